"""Times the calls that programs make, with presigned and with boto3: `calls_of_a_program.py [--quick]`.

Prints Markdown: microseconds per call, how many times as long boto3 takes, and the other libraries that have such a
call. The tables of `--clients` are the same calls of clients that are boto3's.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from cases import BUCKETS, CASES, MANY_BUCKETS, VARYING
from contenders import AWAITED, CONTENDERS, OURS, PORTABLE, REFERENCE
from interleave import Pace, Worker, figure, least, workers
from variants import EVERY, IN_PLACE, PROMOTED, SIGV2

# Both sign in the same second in one of so many tries.
TRIES = 10


@dataclass(frozen=True)
class Row:
    """A call: its case, who makes it, and the ratio that it should have at least."""

    words: str
    case: str
    goal: int | None = None
    ours: str = OURS
    reference: str = REFERENCE

    def others(self) -> list[str]:
        """The other libraries that have this call; `single_call` has the other cases."""
        known = CONTENDERS if self.case not in CASES else {}
        return [name for name in known if name not in {OURS, PORTABLE, REFERENCE} and self.case in known[name].calls]


CALLS = [
    Row("GET", "get", 200),
    Row(VARYING["fresh"], "fresh", 190),
    Row(VARYING["buckets"], "buckets", 170),
    Row("GET, 100,000 buckets in turn", MANY_BUCKETS, 150),
    Row(VARYING["lifetimes"], "lifetimes", 170),
    Row(CASES["token"], "token", 150),
    Row(CASES["six"], "six", 200),
    Row(VARYING["timestamp"], "timestamp", 120),
    Row(VARYING["metadata"], "metadata", 120),
    Row(VARYING["slow"], "slow"),
    Row("GET by SigV2", "get", 80, OURS + SIGV2, REFERENCE + SIGV2),
    Row(VARYING["presign"], "presign", 110),
    Row("GET awaited, `presigned.aio`", "get", 160, AWAITED),
    Row(CASES["post"], "post", 70),
    Row(VARYING["conditions"], "conditions"),
    Row("POST by SigV2", "post", None, OURS + SIGV2, REFERENCE + SIGV2),
    Row(VARYING["presign_post"], "presign_post", 60),
]
CLIENTS = [
    Row("GET in place", "get", 90, IN_PLACE),
    Row("GET in place, SigV2", "get", 60, IN_PLACE + SIGV2, REFERENCE + SIGV2),
    Row("POST in place", "post", 45, IN_PLACE),
    Row("POST in place, SigV2", "post", 35, IN_PLACE + SIGV2, REFERENCE + SIGV2),
    Row("GET of a promoted client", "get", None, PROMOTED),
    Row("GET of a promoted client, SigV2", "get", None, PROMOTED + SIGV2, REFERENCE + SIGV2),
    Row("POST of a promoted client", "post", None, PROMOTED),
    Row("POST of a promoted client, SigV2", "post", None, PROMOTED + SIGV2, REFERENCE + SIGV2),
]


def is_same(ours: Worker, reference: Worker, case: str) -> bool:
    """Whether both make the same URL or form as their first; both have the case open afterwards.

    Raises:
        LookupError: One of them does not run here.
    """
    return any(reference.open(case) == ours.open(case) for _ in range(TRIES))


def opens(worker: Worker, case: str) -> bool:
    """Whether a library runs here."""
    try:
        worker.open(case)
    except LookupError:
        return False
    return True


def line(row: Row, started: dict[str, Worker], pace: Pace, differing: list[str]) -> str:
    """The line of a call in the table."""
    ours, reference = started[row.ours], started[row.reference]
    try:
        if not is_same(ours, reference, row.case):
            differing.append(row.words)
    except LookupError as why:
        return f"| {row.words} | does not run here: {why} | | | | |"
    others = [] if pace.quick else row.others()
    absent = [name for name in others if not opens(started[name], row.case)]
    ready = [ours, reference, *(started[name] for name in others if name not in absent)]
    for worker in ready if row.case in BUCKETS else []:
        # A cache that is still empty is faster than a full one.
        worker.ask("warm", BUCKETS[row.case])
    best = {name: seconds * 1e6 for name, seconds in least(ready, pace.chunks).items()}
    own, theirs = best.pop(row.ours), best.pop(row.reference)
    said = [f"{name} {figure(best[name])}" for name in sorted(best, key=lambda name: best[name])]
    said += [f"{name} does not run here" for name in absent]
    goal = f"{row.goal}x" if row.goal else "-"
    cells = [row.words, figure(own), figure(theirs), f"{theirs / own:.0f}x", goal, ", ".join(said) or "-"]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Prints the table, and the rows whose results are not boto3's."""
    pace, rows = Pace.from_arguments(), CLIENTS if "--clients" in sys.argv else CALLS
    names = {name for row in rows for name in (row.ours, row.reference, *([] if pace.quick else row.others()))}
    differing: list[str] = []
    print("| us per call | presigned | boto3 | ratio | goal | others |\n|---|---|---|---|---|---|")
    with workers([name for name in EVERY if name in names]) as started:
        for row in rows:
            print(line(row, started, pace, differing), flush=True)
    print("\n" + ("Not boto3's: " + "; ".join(differing) if differing else "presigned's results are boto3's."))


if __name__ == "__main__":
    main()
