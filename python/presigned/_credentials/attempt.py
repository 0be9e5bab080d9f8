"""One caller fetches credentials that several need. The others wait for its result."""

from __future__ import annotations

import threading

from .offload import greenlets_sleep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from presigned._core import FrozenCredentials

#: How often a greenlet checks whether a fetch is over, in seconds.
_GLANCE = 0.005


class Attempt:
    """One fetch. It and its result are freed once no caller waits for it any more."""

    __slots__ = ("_being_made", "_is_over", "credentials", "error")

    def __init__(self) -> None:
        self._being_made = threading.Lock()
        self._being_made.acquire()
        self._is_over = False
        #: The fetched credentials.
        self.credentials: FrozenCredentials | None = None
        #: Why the fetch failed. The error has no frames, and each waiter raises a copy of it.
        self.error: BaseException | None = None

    def wait(self) -> None:
        """Waits until it is over, even if it was interrupted and has no result."""
        sleep = greenlets_sleep()
        if sleep is None:
            with self._being_made:
                return
        # No lock works for both threads and greenlets. One of the standard library would stop all greenlets of this
        # thread, and one of them may be the one that fetches. gevent's locks do not wake other threads.
        while not self._is_over:
            sleep(_GLANCE)

    def end(self) -> None:
        """Wakes all waiters."""
        self._is_over = True
        self._being_made.release()


class Attempts:
    """The fetches of one credentials object: one at a time."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Forgets the current fetch: in the child of a fork, its thread does not exist."""
        self._now: dict[str, Attempt] = {}

    def join(self) -> tuple[Attempt, bool]:
        """Returns the current attempt or a new one, and whether the caller must fetch and then call `leave`."""
        mine = Attempt()
        # If two threads make one, both get the first. There is no lock that a fork could leave locked.
        attempt = self._now.setdefault("attempt", mine)
        return attempt, attempt is mine

    def leave(self, attempt: Attempt) -> None:
        """Ends the caller's attempt."""
        # In a child that was forked while it fetched, it may be another's.
        if self._now.get("attempt") is attempt:
            del self._now["attempt"]
        attempt.end()
