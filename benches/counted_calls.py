"""Makes a hundred calls of each kind, for callgrind to count their instructions: see `instructions`.

The clock is stopped, so that every call of every run does the same. `os.getppid` is only a mark: callgrind writes its
counts whenever it is called.
"""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING, Any

import time_machine

import cases
from awaited import AWAIT, finished
from contenders import AWAITED, CONTENDERS, OURS, REFERENCE, VARYING_CALLS
from variants import PROMOTED, SIGV2, VARIANTS

if TYPE_CHECKING:
    from contenders import Contender

NOW = 1_767_323_045.0
CALLS = 100


def between_marks(case: str, statement: str, count: int, contender: Contender = CONTENDERS[OURS]) -> None:
    """Makes the calls twice, the second time between marks, when the caches are filled."""
    found = {**cases.names(case), **cases.turns(case), "KEYS": cases.keys(CALLS)}
    exec(f"{contender.imports}\n{contender.client}", found)
    is_awaited = statement.startswith(AWAIT)
    exec(f"{'async ' * is_awaited}def calls(times):\n    for _ in times:\n        {statement}", found)
    calls: Any = found["calls"]

    def make() -> None:
        made = calls(repeat(None, count))
        if is_awaited:
            finished(made)

    make()
    os.getppid()
    make()
    os.getppid()


def in_place(signature: str) -> Contender:
    """A client of boto3 that presigns with presigned."""
    reference = CONTENDERS[REFERENCE]
    client = reference.client.replace('"s3v4"', repr(signature))
    return replace(
        reference, imports=f"{reference.imports}; import presigned", client=f"{client}\npresigned.accelerate(s3)"
    )


def main() -> None:
    """Makes the calls, in the order of the cases in `instructions`."""
    stopped = time_machine.travel(NOW, tick=False)
    stopped.start()
    for case in cases.CASES:
        between_marks(case, CONTENDERS[OURS].calls[case], CALLS)
    for case in cases.VARYING:
        between_marks(case, VARYING_CALLS[case], CALLS)
    between_marks("get", CONTENDERS[OURS].batches["list"], 1)
    others = [(case, VARIANTS[OURS + SIGV2]) for case in cases.BY_SIGV2.values()]
    others += [(case, in_place(signature)) for case, signature in cases.IN_PLACE.values()]
    others += [(case, VARIANTS[PROMOTED]) for case in cases.PROMOTED.values()]
    others += [(case, CONTENDERS[AWAITED]) for case in cases.AWAITED.values()]
    for case, contender in others:
        between_marks(case, contender.calls[case], CALLS, contender)


if __name__ == "__main__":
    main()
