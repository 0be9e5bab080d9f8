"""The process of one contender. It sets up a case, and times it, when a request says so.

It reads one request per line, and writes one JSON value per line:
    open CASE KIND COUNT   make the client; the first result, or {"error": why there is none}
    warm COUNT             make so many calls, or as many as two seconds allow
    time COUNT             the seconds that so many calls took
    call                   one more result
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import cases
from awaited import result_of, timer
from variants import EVERY

if TYPE_CHECKING:
    from collections.abc import Callable

    from contenders import Contender

# The most seconds that `warm` takes.
WARMING = 2


def opened(contender: Contender, case: str, kind: str, count: int) -> tuple[Callable[[int], float], dict[str, object]]:
    """The timer for a case, or for a batch with this many keys, and the names that its statement uses."""
    found = cases.names(case) | cases.turns(case)
    if kind:
        found["KEYS"] = keys = cases.keys(count)
        found["ROWS"] = [{"Bucket": cases.BUCKET, "Key": key} for key in keys]
        if kind.startswith("Arrow"):
            import pyarrow as pa  # noqa: PLC0415 - only these batches need it

            found["COLUMN"] = pa.array(keys)
    exec(f"{contender.imports}\n{contender.client}", found)
    statement = contender.batches[kind] if kind else contender.calls[case]
    found["result"] = result_of(statement, found)
    timed = timer(statement, found)
    return timed, {"statement": statement, **found}


def shown(result: object) -> object:
    """A result as a JSON value: the first URL of a batch."""
    if isinstance(result, (str, dict)):
        return result
    return str(result[0])  # type: ignore[index] # a call leaves one


def warmed(timed: Callable[[int], float], count: int) -> int:
    """Makes so many calls, or those of two seconds; returns how many it made."""
    end, made = time.perf_counter() + WARMING, 0
    while made < count and time.perf_counter() < end:
        timed(1000)
        made += 1000
    return made


def main(name: str) -> None:
    """Answers requests until there are no more."""
    contender = EVERY[name]
    timed: Callable[[int], float] = timer("pass", {})
    found: dict[str, object] = {}
    for line in sys.stdin:
        answer: object
        match json.loads(line):
            case ["open", case, kind, count]:
                try:
                    timed, found = opened(contender, case, kind, count)
                    answer = shown(found["result"])
                except Exception as error:  # noqa: BLE001 - the answer says what keeps a library from running
                    answer = {"error": f"{type(error).__name__}: {error}"}
            case ["warm", count]:
                answer = warmed(timed, count)
            case ["time", count]:
                timed(1)
                answer = timed(count)
            case _:
                answer = shown(result_of(str(found["statement"]), found))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
