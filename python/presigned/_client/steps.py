"""Runs what takes several calls of a client, for clients whose calls are awaited and for those whose are not.

It is written once, as a generator. It yields each call (name, arguments, keywords), and gets the answer or the error.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any, TypeVar

    _T = TypeVar("_T")
    Steps = Generator[tuple[str, tuple[Any, ...], dict[str, Any]], Any, _T]


def run(client: Any, steps: Steps[_T]) -> _T:
    """Runs the steps with a client."""
    answer = None
    error: Exception | None = None
    while True:
        try:
            name, arguments, keywords = steps.send(answer) if error is None else steps.throw(error)
        except StopIteration as end:
            result: _T = end.value
            return result
        answer = error = None
        try:
            answer = getattr(client, name)(*arguments, **keywords)
        except Exception as raised:  # noqa: BLE001 - the generator gets it
            error = raised


async def run_awaited(client: Any, steps: Steps[_T]) -> _T:
    """Runs the steps with a client whose calls are awaited."""
    answer = None
    error: Exception | None = None
    while True:
        try:
            name, arguments, keywords = steps.send(answer) if error is None else steps.throw(error)
        except StopIteration as end:
            result: _T = end.value
            return result
        answer = error = None
        try:
            answer = await getattr(client, name)(*arguments, **keywords)
        except Exception as raised:  # noqa: BLE001 - the generator gets it
            error = raised
