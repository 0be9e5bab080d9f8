"""The process of one contender. It sets up a case, and times it, when a request says so.

It reads one request per line, and writes one JSON value per line:
    open CASE KIND COUNT   make the client; the first result, or {"error": why there is none}
    time COUNT             the seconds that so many calls took
    call                   one more result
"""

from __future__ import annotations

import json
import sys
import timeit

import cases
from contenders import CONTENDERS, Contender


def opened(contender: Contender, case: str, kind: str, count: int) -> tuple[timeit.Timer, dict[str, object]]:
    """The timer for a case, or for a batch with this many keys, and the names that its statement uses."""
    found = cases.names(case)
    if kind:
        found["KEYS"] = keys = cases.keys(count)
        found["ROWS"] = [{"Bucket": cases.BUCKET, "Key": key} for key in keys]
        if kind.startswith("Arrow"):
            import pyarrow as pa  # noqa: PLC0415 - only these batches need it

            found["COLUMN"] = pa.array(keys)
    exec(f"{contender.imports}\n{contender.client}", found)
    statement = contender.batches[kind] if kind else contender.calls[case]
    found["result"] = eval(statement, found)
    return timeit.Timer(statement, globals=found), {"statement": statement, **found}


def shown(result: object) -> object:
    """A result as a JSON value: the first URL of a batch."""
    if isinstance(result, (str, dict)):
        return result
    return str(result[0])  # type: ignore[index] # a call leaves one


def main(name: str) -> None:
    """Answers requests until there are no more."""
    contender = CONTENDERS[name]
    timer, found = timeit.Timer(), dict[str, object]()
    for line in sys.stdin:
        answer: object
        match json.loads(line):
            case ["open", case, kind, count]:
                try:
                    timer, found = opened(contender, case, kind, count)
                    answer = shown(found["result"])
                except Exception as error:  # noqa: BLE001 - the answer says what keeps a library from running
                    answer = {"error": f"{type(error).__name__}: {error}"}
            case ["time", count]:
                timer.timeit(1)
                answer = timer.timeit(count)
            case _:
                answer = shown(eval(str(found["statement"]), found))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
