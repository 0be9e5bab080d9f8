"""Keys that end: fetched at the first need and anew before they stop working, once for all threads.

The windows are boto3's. From 15 minutes before the end, one caller fetches new keys and the
others go on with the old; from 10 minutes before it, all wait, and an error is theirs.
Beyond boto3, an attempt that failed is not repeated by the very next call, nor is a fetch of keys
whose whole life fits into the windows.
"""

from __future__ import annotations

import logging
import os
import threading
import weakref

from presigned import _core

from . import Credentials
from .background import Flight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime
    from typing import Any

    from presigned._core import Keys

    from .frozen import ReadOnlyCredentials

logger = logging.getLogger(__name__)
# Without it, Python prints warnings and their tracebacks in a program that has set up no logging. So does botocore.
if not (_package := logging.getLogger("presigned")).handlers:
    _package.addHandler(logging.NullHandler())

#: How long before their end new keys are fetched, and how long before it one waits for them, in seconds.
ADVISORY, MANDATORY = 15 * 60, 10 * 60
#: After a failed attempt, how long the old keys are used before the next one, in seconds: it doubles.
FIRST_PAUSE, LONGEST_PAUSE = 5, 60

_NEVER, _ALWAYS = float("inf"), float("-inf")

#: All that live, for the child of a fork.
_known: weakref.WeakSet[Any] = weakref.WeakSet()


class RefreshableCredentials(Credentials):
    """Keys with an end, in the shape of botocore's class of this name.

    Args:
        fetch: Fetches keys; called without arguments by one thread at a time.
        method: Which source it asks, in botocore's words.
        keys: Keys to begin with; without, the first need fetches them.
    """

    def __init__(self, fetch: Callable[[], Keys], method: str, keys: Keys | None = None) -> None:
        self.method = method
        self._fetch = fetch
        self._keys: Keys | None = None
        #: After which an attempt is due, and after which it must not fail, in seconds since 1970.
        self._advisory_at = self._mandatory_at = _ALWAYS
        self._pause = FIRST_PAUSE
        if keys is not None:
            self._take(keys, ADVISORY, MANDATORY)
        self._renew()
        renew_after_fork(self)

    def _renew(self) -> None:
        """Forgets whoever was fetching: in the child of a fork, that thread does not exist."""
        self._lock = threading.Lock()
        self._attempt: Attempt | None = None
        self._flight = Flight()

    def current(self) -> tuple[Keys, float]:
        """Returns the keys to sign with, and after which instant to ask again, in seconds since 1970.

        Raises:
            Exception: There are none that work for long enough, and none could be had; the class
                says why.
        """
        return self._with_instant(self._refreshed())

    def held(self) -> tuple[Keys, float]:
        """Returns the keys that are here, whatever their age, and after which instant to ask again.

        For those who must not wait, and see to `is_usable` first.
        """
        keys = self._keys
        return self._with_instant(self._refreshed() if keys is None else keys)

    def _with_instant(self, keys: Keys) -> tuple[Keys, float]:
        due = self._advisory_at
        # Another thread may have replaced the keys since they were read: then that is the instant of the new ones.
        return keys, due if keys.expiry is None or due < keys.expiry else _ALWAYS

    def is_usable(self) -> bool:
        """Whether there are keys that need no waiting."""
        return self._keys is not None and _core.now() <= self._mandatory_at

    def is_due(self) -> bool:
        """Whether it is time to fetch new keys, be it that the old ones still do."""
        return self._keys is None or _core.now() > self._advisory_at

    def refresh_in_background(self) -> Future[Keys]:
        """Fetches in a thread of its own, unless one is at it; the interpreter's exit does not wait for it."""
        return self._flight.join(self._refreshed)[0]

    def _refreshed(self) -> Keys:
        keys = self._keys
        now = _core.now()
        if keys is not None and now <= self._advisory_at:
            return keys
        # Whoever forks while fetching releases the lock that it took, not the child's new one.
        attempt, lock = self._attempt, self._lock
        if lock.acquire(blocking=False):
            try:
                return self._fetched(now)
            finally:
                lock.release()
        if keys is not None and now <= self._mandatory_at:
            return keys
        with lock:
            # The attempt that was waited for has an answer for all.
            done = self._attempt
            if done is not None and done is not attempt and done.error is not None:
                raise done.error
            return self._fetched(_core.now())

    def _fetched(self, now: float) -> Keys:
        """Fetches, unless another thread just has; the lock is held."""
        keys = self._keys
        if keys is not None and now <= self._advisory_at:
            return keys
        must = keys is None or now > self._mandatory_at
        attempt = Attempt()
        try:
            new = self._fetch()
            self._check(new)
        except Exception as error:
            attempt.error = error
            self._attempt = attempt
            logger.warning(
                "Refreshing temporary credentials failed during %s refresh period.",
                "mandatory" if must else "advisory",
                exc_info=True,
            )
            if keys is None or must:
                if self.tell is not None:
                    self.tell(error)
                raise
            self._advisory_at = min(now + self._pause, self._mandatory_at)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            return keys
        self._attempt = attempt
        life = _NEVER if new.expiry is None else new.expiry - now
        # Keys of 15 minutes would else be fetched at every call.
        self._take(new, min(ADVISORY, life * 3 / 4), min(MANDATORY, life / 2))
        self._pause = FIRST_PAUSE
        return new

    def _take(self, keys: Keys, advisory: float, mandatory: float) -> None:
        end = _NEVER if keys.expiry is None else keys.expiry
        # The keys last: whoever sees them sees their end.
        self._advisory_at, self._mandatory_at = end - advisory, end - mandatory
        self._keys = keys

    @staticmethod
    def _check(keys: Keys) -> None:
        if keys.expiry is not None and keys.expiry < _core.now():
            raise RuntimeError("Credentials were refreshed, but the refreshed credentials are still expired.")

    @property
    def access_key(self) -> str:  # type: ignore[override] # as in botocore, each question may fetch
        """The access key; `get_frozen_credentials` is the way to keys that belong together."""
        return self._refreshed().access_key

    @property
    def secret_key(self) -> str:  # type: ignore[override] # the same
        """The secret key."""
        return self._refreshed().secret_key

    @property
    def token(self) -> str | None:  # type: ignore[override] # the same
        """The session token."""
        return self._refreshed().token

    @property
    def account_id(self) -> str | None:  # type: ignore[override] # the same
        """The account, where it is known."""
        return self._refreshed().account_id

    @property
    def expires_at(self) -> datetime | None:
        """When the keys stop working; fetches them if there are none yet."""
        from datetime import datetime, timezone

        expiry = self._refreshed().expiry
        return None if expiry is None else datetime.fromtimestamp(expiry, timezone.utc)

    def refresh_needed(self, refresh_in: float | None = None) -> bool:
        """Whether the keys end within this many seconds, boto3's 15 minutes unless given."""
        if self._keys is None:
            return True
        expiry = self._keys.expiry
        return expiry is not None and expiry - _core.now() < (ADVISORY if refresh_in is None else refresh_in)

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the keys as they are now, fetching new ones if it is time.

        Raises:
            Exception: None could be had; the class says why.
        """
        from .frozen import ReadOnlyCredentials

        keys = self._refreshed()
        return ReadOnlyCredentials((keys.access_key, keys.secret_key, keys.token, keys.account_id))

    def __repr__(self) -> str:
        known = None if self._keys is None else self._keys.access_key
        return f"{type(self).__name__}(access_key={known!r}, method={self.method!r})"


class Attempt:
    """One fetch, for those who waited for it."""

    __slots__ = ("error",)

    def __init__(self) -> None:
        self.error: Exception | None = None


def renew_after_fork(holder: Any) -> None:
    """Has the `_renew` of whoever holds a lock called in the child of a fork, for as long as it lives."""
    _known.add(holder)


def _after_fork() -> None:
    for credentials in list(_known):
        credentials._renew()  # noqa: SLF001 - its own class's module


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
