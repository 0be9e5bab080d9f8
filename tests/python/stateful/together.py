"""The same question asked in threads at once, and in a child of the process."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable
from typing import Any

from .observed import Raised, shown


def in_threads(*calls: Callable[[], Any]) -> Any:
    """Asks the same, or one thing and another, in four threads at once."""
    together = threading.Barrier(4)
    found: list[Any] = []

    def ask(call: Callable[[], Any]) -> None:
        together.wait()
        found.append(_outcome(call))

    threads = [threading.Thread(target=ask, args=(calls[number % len(calls)],)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    errors = [id(each.error) for each in found if isinstance(each, Raised)]
    return [len({*errors}) == len(errors), sorted(found, key=repr)]


def in_child(call: Callable[[], Any]) -> Any:
    """Asks in a child of this process."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # The threads of the server are not the child's.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            os.write(writing, _text(_outcome(call)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:  # noqa: PTH123 - it has no path
        output = pipe.read()
    os.waitpid(child, 0)
    return output.decode()


def _text(outcome: Any) -> str:
    return outcome.as_caught() if isinstance(outcome, Raised) else repr(outcome)


def _outcome(call: Callable[[], Any]) -> Any:
    try:
        return shown(call())
    except Exception as error:  # noqa: BLE001 - any exception may be the right one
        return Raised(error)
