"""Makes a hundred calls of each kind, for callgrind to count their instructions: see `instructions`.

The clock is stopped, so that every call of every run does the same. `os.getppid` is only a mark: callgrind writes its
counts whenever it is called.
"""

from __future__ import annotations

import os
from itertools import repeat
from typing import Any

import time_machine

import cases
from contenders import CONTENDERS, OURS, REFERENCE, VARYING_CALLS

NOW = 1_767_323_045.0
CALLS = 100


def between_marks(case: str, statement: str, count: int, client: str = CONTENDERS[OURS].client) -> None:
    """Makes the calls twice, the second time between marks, when the caches are filled."""
    found = {**cases.names(case), **cases.turns(), "KEYS": cases.keys(CALLS)}
    exec(f"{CONTENDERS[OURS].imports}\n{client}", found)
    exec(f"def calls(times):\n    for _ in times:\n        {statement}", found)
    calls: Any = found["calls"]
    calls(repeat(None, count))
    os.getppid()
    calls(repeat(None, count))
    os.getppid()


def by_sigv2() -> str:
    """Makes a client that signs by SigV2."""
    client = CONTENDERS[OURS].client.removesuffix(")")
    return f'from presigned.config import Config\n{client}, config=Config(signature_version="s3"))'


def in_place(signature: str) -> str:
    """Makes a client of boto3 that presigns with presigned."""
    client = CONTENDERS[REFERENCE].client.replace('"s3v4"', repr(signature))
    return f"{CONTENDERS[REFERENCE].imports}\n{client}\npresigned.accelerate(s3)"


def main() -> None:
    """Makes the calls: each kind separately, those that vary, a batch, those by SigV2, and those of boto3's clients."""
    stopped = time_machine.travel(NOW, tick=False)
    stopped.start()
    for case in cases.CASES:
        between_marks(case, CONTENDERS[OURS].calls[case], CALLS)
    for case, statement in VARYING_CALLS.items():
        between_marks(case, statement, CALLS)
    between_marks("get", CONTENDERS[OURS].batches["list"], 1)
    for case in cases.BY_SIGV2.values():
        between_marks(case, CONTENDERS[OURS].calls[case], CALLS, by_sigv2())
    for case, signature in cases.IN_PLACE.values():
        between_marks(case, CONTENDERS[OURS].calls[case], CALLS, in_place(signature))


if __name__ == "__main__":
    main()
