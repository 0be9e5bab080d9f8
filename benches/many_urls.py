"""Times many URLs at once: `many_urls.py [--quick]`.

Prints Markdown: microseconds per URL, and in brackets how many times as long boto3 takes in a loop, in the same run.
"""

from __future__ import annotations

from contenders import CONTENDERS, OURS, REFERENCE
from interleave import Pace, Worker, figure, least, workers

COLUMNS = {
    "10 keys": ("get", 10),
    "1,000 keys": ("get", 1_000),
    "100,000 keys": ("get", 100_000),
    "1,000 keys, token": ("token", 1_000),
}
# A longer loop over boto3 takes as long per URL.
LOOP = 10


def cell(worker: Worker, boto3: Worker, kind: str, column: str, chunks: int) -> str:
    """Microseconds per URL of this batch, and how many times as long boto3 takes."""
    case, size = COLUMNS[column]
    worker.open(case, kind, size)
    boto3.open(case, "list", LOOP)
    best = least([worker, boto3], max(5, chunks * 1_000 // (1_000 + size)))
    own, theirs = best[worker.name] / size * 1e6, best[boto3.name] / LOOP * 1e6
    return f"{figure(own)} ({theirs / own:.0f}x)"


def row(name: str, kind: str, started: dict[str, Worker], chunks: int) -> str:
    """The line of one kind of batch in the table."""
    try:
        cells = [cell(started[name], started[REFERENCE], kind, column, chunks) for column in COLUMNS]
    except LookupError as why:
        cells = [f"does not run here: {why}"] + [""] * (len(COLUMNS) - 1)
    return f"| {name}, {kind} | " + " | ".join(cells) + " |"


def main() -> None:
    """Prints the table."""
    pace = Pace.from_arguments()
    names = [OURS] if pace.quick else [name for name, each in CONTENDERS.items() if each.batches and name != REFERENCE]
    print("| us per URL | " + " | ".join(COLUMNS) + " |\n|---|" + "---|" * len(COLUMNS))
    with workers([*names, REFERENCE]) as started:
        for name in names:
            for kind in CONTENDERS[name].batches:
                print(row(name, kind, started, pace.chunks), flush=True)


if __name__ == "__main__":
    main()
