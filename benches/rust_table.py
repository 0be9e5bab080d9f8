"""Prints the last figures of `make bench-rust` as Markdown: the minimum of criterion's samples, in nanoseconds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cases import CASES

MEASURED = Path(__file__).resolve().parent.parent / "target" / "benches" / "criterion"
OURS = "presigned"


def least() -> dict[str, dict[str, float]]:
    """The minimum of nanoseconds of each library, by case."""
    table: dict[str, dict[str, float]] = {}
    for file in sorted(MEASURED.glob("*/new/benchmark.json")):
        case, library = json.loads(file.read_text())["full_id"].split("/")
        sample = json.loads(file.with_name("sample.json").read_text())
        per_call = (nanoseconds / calls for nanoseconds, calls in zip(sample["times"], sample["iters"], strict=True))
        table.setdefault(library, {})[case] = min(per_call)
    return table


def main() -> None:
    """Prints the table, slowest last."""
    table = least()
    if not table:
        sys.exit("nothing measured yet: make bench-rust")
    print("| ns per call | " + " | ".join(CASES.values()) + " |\n|---|" + "---|" * len(CASES))
    for library in sorted(table, key=lambda name: table[name].get("get", 0) or table[name].get("token", 0)):
        cells = (f"{table[library][case]:.0f}" if case in table[library] else "-" for case in CASES)
        print(f"| {library} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
