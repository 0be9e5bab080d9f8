"""Runs a blocking call in its own thread. Neither a loop nor the interpreter's exit waits for that thread."""

from __future__ import annotations

import threading
import weakref

from .copied import copied

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from typing import Any, Generic, TypeAlias, TypeVar

    _T = TypeVar("_T")
    #: The result of a call, or its error without frames.
    _Outcome: TypeAlias = tuple[Any, BaseException | None]

    class _Returns(Generic[_T]): ...
else:
    # typing is slow to import.
    _T = "_T"
    _Returns = {_T: object}


class Call(_Returns[_T]):
    """One call in a thread, for one of its waiters.

    The caller that started it gets the raised exception with the frames of the thread. The others get copies without
    frames. No exception is stored.
    """

    __slots__ = ("__weakref__", "_raised", "is_own", "outcome")

    def __init__(self, outcome: Future[_Outcome], *, is_own: bool) -> None:
        #: The outcome, shared with the thread and all waiters.
        self.outcome = outcome
        #: Whether the owner of this object started the call.
        self.is_own = is_own
        self._raised: BaseException | None = None

    def result(self, timeout: float | None = None) -> _T:
        """Waits, and returns what the call returned, or raises what it raised.

        Args:
            timeout: How long to wait, in seconds; without it, until the call is over.
        """
        return self.taken(self.outcome.result(timeout))

    def taken(self, outcome: _Outcome) -> _T:
        """Returns what the call returned, or raises what it raised; `outcome` is the content of `self.outcome`."""
        found, failure = outcome
        if failure is None:
            return found  # type: ignore[no-any-return] # what the call returned
        error, self._raised = self._raised or copied(failure), None
        try:
            raise error
        finally:
            # The traceback holds this frame.
            del error


def in_thread(function: Callable[[], _T]) -> Call[_T]:
    """Calls a function in a new thread, in a copy of the caller's context."""
    return _Running(function).start({})


class Flight:
    """One call at a time, shared by all who ask while it runs."""

    def __init__(self) -> None:
        self._renew()

    def _renew(self) -> None:
        """Forgets the call: in the child of a fork, its thread does not exist."""
        self._now: dict[str, _Running] = {}

    def join(self, function: Callable[[], _T]) -> Call[_T]:
        """Returns the call that runs, or one of `function`."""
        mine = _Running(function)
        # If two threads make one, both get the first. There is no lock that a fork could leave locked.
        running = self._now.setdefault(_CALL, mine)
        return mine.start(self._now) if running is mine else Call(running.outcome, is_own=False)


_CALL = "call"


class _Running:
    """A function in a thread, and its outcome."""

    def __init__(self, function: Callable[[], Any]) -> None:
        # Not in asyncio's pool: the interpreter waits for that when it ends.
        from concurrent.futures import Future

        self._function = function
        self.outcome: Future[_Outcome] = Future()

    def start(self, among: dict[str, _Running]) -> Call[Any]:
        """Starts the thread; when the call is over, it is no longer `among` those that run."""
        from contextvars import copy_context

        self.outcome.set_running_or_notify_cancel()
        call: Call[Any] = Call(self.outcome, is_own=True)
        # If no caller waits for the error, it is not stored.
        arguments = self._run, weakref.ref(call), among
        try:
            threading.Thread(
                target=copy_context().run, args=arguments, name="presigned credentials", daemon=True
            ).start()
        except RuntimeError as error:
            # There are too many threads: callers that have joined meanwhile must not wait for ever.
            among.pop(_CALL, None)
            self.outcome.set_result((None, copied(error)))
            raise
        return call

    def _run(self, asked_by: weakref.ref[Call[Any]], among: dict[str, _Running]) -> None:
        found: Any = None
        failure: BaseException | None = None
        try:
            found = self._function()
        except StopIteration as error:
            # It would end the coroutine that waits.
            failure = RuntimeError("credentials raised StopIteration")
            failure.__cause__ = copied(error)
        except BaseException as error:  # noqa: BLE001 - the waiters raise it
            failure = copied(error)
            call = asked_by()
            if call is not None:
                call._raised = error  # noqa: SLF001 - of this module
            del call
        among.pop(_CALL, None)
        self.outcome.set_result((found, failure))
