"""A lock that is new in the child of a fork, because the thread that held it does not exist there."""

from __future__ import annotations

import os
import threading


class Lock:
    """A lock for all threads, which one thread may take again."""

    def __init__(self) -> None:
        self.renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.renew)

    def renew(self) -> None:
        """Forgets who holds it."""
        # A handler of a program's may ask another client while one is made.
        self._lock = threading.RLock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()
