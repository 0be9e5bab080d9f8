"""Makes a hundred calls of each kind, for callgrind to count: see `instructions`.

The clock stands still, so that every call of every run does the same. `os.getppid` is nothing but a mark: callgrind
is told to write down its counts whenever that is called.
"""

from __future__ import annotations

import os
import time
from itertools import repeat

import cases
from contenders import CONTENDERS, OURS

NOW = 1_767_323_045.0
CALLS = 100


def main() -> None:
    """Makes the calls, between marks."""
    time.time = lambda: NOW
    contender = CONTENDERS[OURS]
    for case in cases.CASES:
        found = cases.names(case)
        exec(f"{contender.imports}\n{contender.client}", found)
        exec(f"def calls(times):\n    for _ in times:\n        {contender.calls[case]}", found)
        calls = found["calls"]
        calls(repeat(None, CALLS))  # type: ignore[operator]
        os.getppid()
        calls(repeat(None, CALLS))  # type: ignore[operator]
        os.getppid()


if __name__ == "__main__":
    main()
