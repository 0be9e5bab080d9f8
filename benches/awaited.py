"""Runs statements that may await, without an event loop: what is timed never waits, and a loop would only add time."""

from __future__ import annotations

import ast
import gc
import inspect
import time
import timeit
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

AWAIT = "await "
_LOOP = """
async def calls(times, now):
    start = now()
    for _ in times:
        {}
    return now() - start
"""


def finished(coroutine: Coroutine[None, None, Any]) -> Any:
    """The result of a coroutine that is done after its first step."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("the call waits")


def result_of(statement: str, names: dict[str, object]) -> Any:
    """The value of an expression."""
    code = compile(statement, "<statement>", "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    made = eval(code, names)
    return finished(made) if code.co_flags & inspect.CO_COROUTINE else made


def timer(statement: str, names: dict[str, object]) -> Callable[[int], float]:
    """Returns a function that times so many calls: `timeit`'s, or the same for a statement that awaits."""
    if not statement.startswith(AWAIT):
        return timeit.Timer(statement, globals=names).timeit
    exec(_LOOP.format(statement), names)
    calls: Any = names["calls"]

    def timed(count: int) -> float:
        gc.disable()
        try:
            return float(finished(calls(repeat(None, count), time.perf_counter)))
        finally:
            gc.enable()

    return timed
