"""Runs what has to wait in a thread of its own, which neither a loop nor the interpreter's exit waits for."""

from __future__ import annotations

import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from typing import Any, TypeVar

    _T = TypeVar("_T")


def in_thread(function: Callable[[], _T]) -> Future[_T]:
    """Calls a function in a new thread, in a copy of the caller's context."""
    # asyncio's own pool is waited for when the interpreter ends.
    from concurrent.futures import Future
    from contextvars import copy_context

    future: Future[_T] = Future()
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            found = function()
        except StopIteration as error:
            # No future takes it, for it would end the coroutine that waits.
            failure = RuntimeError("credentials raised StopIteration")
            failure.__cause__ = error
            future.set_exception(failure)
        except BaseException as error:  # noqa: BLE001 - whoever waits raises it
            future.set_exception(error)
        else:
            future.set_result(found)

    threading.Thread(target=copy_context().run, args=(run,), name="presigned credentials", daemon=True).start()
    return future


class Flight:
    """One call at a time, for all who ask while it runs."""

    def __init__(self) -> None:
        self._renew()

    def _renew(self) -> None:
        """Forgets the call: in the child of a fork, its thread does not exist."""
        self._lock = threading.Lock()
        self._running: Future[Any] | None = None

    def join(self, function: Callable[[], _T]) -> tuple[Future[_T], bool]:
        """Returns the call that runs, or one of `function`, and whether it is the caller's own."""
        with self._lock:
            running = self._running
            is_own = running is None or running.done()
            if running is None or is_own:
                running = self._running = in_thread(function)
            return running, is_own
