"""Lets one caller fetch what several need, while the others wait for its outcome."""

from __future__ import annotations

import threading

from .offload import greenlets_sleep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from presigned._core import Keys

#: How often a greenlet looks whether a fetch is over, in seconds.
_GLANCE = 0.005


class Attempt:
    """One fetch. It is forgotten with its outcome once nobody waits for it any more."""

    __slots__ = ("_being_made", "_is_over", "error", "keys")

    def __init__(self) -> None:
        self._being_made = threading.Lock()
        self._being_made.acquire()
        self._is_over = False
        #: What was fetched.
        self.keys: Keys | None = None
        #: Why nothing was; it has no frames, and each waiter raises a copy of it.
        self.error: BaseException | None = None

    def wait(self) -> None:
        """Waits until it is over, even if it was interrupted and has no outcome."""
        sleep = greenlets_sleep()
        if sleep is None:
            with self._being_made:
                return
        # No lock serves both threads and greenlets: the standard library's would stop all greenlets of this thread,
        # among which may be the one that fetches, and gevent's do not wake those of other threads.
        while not self._is_over:
            sleep(_GLANCE)

    def end(self) -> None:
        """Lets all who wait go on."""
        self._is_over = True
        self._being_made.release()


class Attempts:
    """The fetches of one credentials object: one at a time."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Forgets the one that is being made: in the child of a fork, its thread does not exist."""
        self._now: dict[str, Attempt] = {}

    def join(self) -> tuple[Attempt, bool]:
        """Returns the attempt that is being made or a new one, and whether the caller is to make it, and `leave` it."""
        mine = Attempt()
        # Of two threads, both get the one that comes first; there is no lock that a fork could leave locked.
        attempt = self._now.setdefault("attempt", mine)
        return attempt, attempt is mine

    def leave(self, attempt: Attempt) -> None:
        """Ends an attempt of the caller's."""
        # In a child that was forked while it fetched, it may be another's.
        if self._now.get("attempt") is attempt:
            del self._now["attempt"]
        attempt.end()
