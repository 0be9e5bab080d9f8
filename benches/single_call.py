"""Times one URL and one form, with presigned and other libraries: `single_call.py [--quick]`.

Prints Markdown: microseconds per call, and in brackets how many times as long as presigned.
"""

from __future__ import annotations

from cases import CASES
from contenders import CONTENDERS, OURS, REFERENCE
from interleave import Pace, Worker, figure, least, workers
from same_url import difference

Table = dict[str, dict[str, float]]
Notes = dict[str, dict[str, str]]


def opened(started: dict[str, Worker], case: str, notes: Notes) -> list[Worker]:
    """The contenders that support this call; differences from boto3 are added to the notes."""
    ready = []
    for name, worker in started.items():
        if case not in CONTENDERS[name].calls:
            continue
        try:
            worker.open(case)
        except LookupError as why:
            notes[name][case] = f"does not run here: {why}"
            continue
        ready.append(worker)
        if words := difference(worker, case):
            notes[name][case] = words
    return ready


def cell(table: Table, name: str, case: str) -> str:
    """Microseconds, and how many times as long as presigned."""
    own, ours = table[name].get(case), table[OURS].get(case)
    if own is None:
        return "-"
    return figure(own) if name == OURS or ours is None else f"{figure(own)} ({times(own / ours)}x)"


def times(ratio: float) -> str:
    """A ratio with two digits, or with all digits before its point."""
    return f"{ratio:.{0 if ratio > 9.5 else 1}f}"  # noqa: PLR2004


def main() -> None:
    """Prints the table, and how the results of contenders differ from boto3's."""
    pace = Pace.from_arguments()
    names = [OURS, REFERENCE] if pace.quick else list(CONTENDERS)
    table: Table = {name: {} for name in names}
    notes: Notes = {name: {} for name in names}
    with workers(names) as started:
        for case in CASES:
            for name, seconds in least(opened(started, case, notes), pace.chunks).items():
                table[name][case] = seconds * 1e6
    print("| us per call | " + " | ".join(CASES.values()) + " |\n|---|" + "---|" * len(CASES))
    for name in sorted(names, key=lambda name: table[name].get("get", float("inf"))):
        print(f"| {name} | " + " | ".join(cell(table, name, case) for case in CASES) + " |")
    differing = {name: words for name, words in notes.items() if words}
    print(
        "\nResults that differ from boto3's, or leave out something that was asked for:\n"
        if differing
        else "\nAll results are boto3's."
    )
    for name, words in differing.items():
        print(f"- {name}: " + "; ".join(f"{CASES[case]}: {said}" for case, said in words.items()))


if __name__ == "__main__":
    main()
