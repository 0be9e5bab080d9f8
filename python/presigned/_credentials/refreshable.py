"""Credentials that expire: fetched at the first need and again before they expire, once for all threads.

The windows are boto3's. From 15 minutes before the expiry, one caller fetches new credentials and the
others use the old ones. From 10 minutes before it, all wait, and all get the error if there is one.
Unlike boto3, the next call does not repeat at once an attempt that failed, or a fetch of credentials
whose whole lifetime is shorter than the windows.
"""

from __future__ import annotations

import logging
import os
import sys
import weakref

from presigned import _core

from . import AT_ONCE, Credentials, of_frozen
from .attempt import Attempt, Attempts
from .background import Flight
from .copied import copied

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from presigned._core import FrozenCredentials

    from .background import Call
    from .frozen import ReadOnlyCredentials

logger = logging.getLogger(__name__)
# Without it, Python prints warnings and their tracebacks in a program that has set up no logging. So does botocore.
if not (_package := logging.getLogger("presigned")).handlers:
    _package.addHandler(logging.NullHandler())

#: How many seconds before the expiry new credentials are fetched, and how many before it callers wait for them.
ADVISORY, MANDATORY = 15 * 60, 10 * 60
#: Seconds from a failed attempt to the next one, while the old credentials are used. They double each time.
FIRST_PAUSE, LONGEST_PAUSE = 5, 60

_NEVER, _ALWAYS = float("inf"), float("-inf")

_HOME = "botocore.credentials"

#: All existing objects, for the child of a fork.
_known: weakref.WeakSet[Any] = weakref.WeakSet()


class _Shown:
    """One of the credentials. As in botocore, reading it may fetch.

    A value that a program sets is shown until the next refresh. Signatures use the fetched credentials.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, credentials: Any, owner: type) -> Any:
        if credentials is None:
            return self
        latest = credentials._refreshed()  # noqa: SLF001 - of this module
        shown = credentials._shown  # noqa: SLF001 - the same
        return shown[self._name] if self._name in shown else getattr(latest, self._name)

    def __set__(self, credentials: Any, value: object) -> None:
        credentials._shown[self._name] = value  # noqa: SLF001 - the same


class RefreshableCredentials(Credentials):
    """Credentials with an expiry, in the shape of botocore's class of this name.

    Args:
        fetch: Fetches credentials; called without arguments by one thread at a time.
        method: Which source it asks, in botocore's words.
        credentials: The first credentials; without them, they are fetched when they are first needed.
    """

    #: The values that programs have set, until the next refresh. A slot: `vars()` must not show a secret.
    __slots__ = ("_shown",)
    #: The windows, in seconds.
    _advisory, _mandatory = ADVISORY, MANDATORY

    if not TYPE_CHECKING:
        access_key = _Shown()
        secret_key = _Shown()
        token = _Shown()
        account_id = _Shown()

    def __init__(
        self, fetch: Callable[[], FrozenCredentials], method: str, credentials: FrozenCredentials | None = None
    ) -> None:
        self.method = method
        self._native = _core.LatestCredentials()
        self._known_as = (
            _HOME,
            "RefreshableCredentials" if credentials is not None else "DeferredRefreshableCredentials",
        )
        self._fetch = fetch
        self._latest: FrozenCredentials | None = None
        self._shown: dict[str, Any] = {}
        #: After the first instant an attempt is due, after the second it must not fail. In seconds since 1970.
        self._advisory_at = self._mandatory_at = _ALWAYS
        self._pause = FIRST_PAUSE
        if credentials is not None:
            self._take(credentials, self._advisory, self._mandatory)
        self._attempts = Attempts()
        self._flight = Flight()
        renew_after_fork(self)

    def _renew(self) -> None:
        """Forgets the fetch in progress: in the child of a fork, its thread does not exist."""
        self._attempts.renew()
        self._flight = Flight()

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns the credentials to sign with, and after which instant to ask again, in seconds since 1970.

        Raises:
            Exception: The credentials expire too soon, and new ones could not be fetched; the class says
                why.
        """
        frozen = vars(self).get("get_frozen_credentials")
        return self._with_instant(self._refreshed()) if frozen is None else (of_frozen(frozen()), AT_ONCE)

    def held(self) -> tuple[FrozenCredentials, float]:
        """Returns the present credentials, even if they have expired, and after which instant to ask again.

        For callers that must not wait. They check `is_usable` first.
        """
        credentials = self._latest
        return self._with_instant(self._refreshed() if credentials is None else credentials)

    def _sign_with(self, function: Any) -> None:
        del function
        self._native.forget()

    def _with_instant(self, credentials: FrozenCredentials) -> tuple[FrozenCredentials, float]:
        due = self._advisory_at
        # Another thread may have replaced the credentials since they were read: this instant may be of the new ones.
        return credentials, due if credentials.expiry is None or due < credentials.expiry else _ALWAYS

    def is_usable(self) -> bool:
        """Whether there are credentials that can be used without waiting."""
        return self._latest is not None and _core.now() <= self._mandatory_at

    def is_due(self) -> bool:
        """Whether it is time to fetch new credentials, even if the old ones still work."""
        return self._latest is None or _core.now() > self._advisory_at

    def refresh_in_background(self) -> Call[FrozenCredentials]:
        """Fetches in its own thread, unless a fetch is running. The interpreter's exit does not wait for it."""
        return self._flight.join(self._refreshed)

    def _refreshed(self) -> FrozenCredentials:
        while True:
            credentials, now = self._latest, _core.now()
            if credentials is not None and now <= self._advisory_at:
                return credentials
            attempt, is_own = self._attempts.join()
            if is_own:
                try:
                    return self._fetched(attempt)
                finally:
                    self._attempts.leave(attempt)
            if credentials is not None and now <= self._mandatory_at:
                return credentials
            # The attempt has a result for all, unless it was interrupted.
            attempt.wait()
            if attempt.credentials is not None:
                return attempt.credentials
            if attempt.error is not None:
                raise copied(attempt.error)

    def _fetched(self, attempt: Attempt) -> FrozenCredentials:
        """Fetches, unless another thread just has."""
        credentials, now = self._latest, _core.now()
        if credentials is not None and now <= self._advisory_at:
            attempt.credentials = credentials
            return credentials
        return self._fetched_again(attempt, must=credentials is None or now > self._mandatory_at)

    def _fetched_again(self, attempt: Attempt, *, must: bool) -> FrozenCredentials:
        credentials, now = self._latest, _core.now()
        handled = sys.exc_info()[1]
        try:
            new = self._fetch()
            self._check(new)
        except Exception as error:
            if self.annotate is not None:
                self.annotate(error)
            attempt.error = copied(error, handled)
            logger.warning(
                "Refreshing temporary credentials failed during %s refresh period.",
                "mandatory" if must else "advisory",
                exc_info=True,
            )
            if credentials is None or must:
                raise
            self._advisory_at = min(now + self._pause, self._mandatory_at)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            return credentials
        finally:
            # A traceback that keeps this frame alive must not keep the error that was being handled.
            del handled
        lifetime = _NEVER if new.expiry is None else new.expiry - now
        # Otherwise every call would fetch credentials that last for 15 minutes only.
        self._take(new, min(self._advisory, lifetime * 3 / 4), min(self._mandatory, lifetime / 2))
        self._pause = FIRST_PAUSE
        attempt.credentials = new
        return new

    def _take(self, credentials: FrozenCredentials, advisory: float, mandatory: float) -> None:
        end = _NEVER if credentials.expiry is None else credentials.expiry
        # The credentials are set last: a thread that sees them then also sees their expiry.
        self._advisory_at, self._mandatory_at = end - advisory, end - mandatory
        self._latest = credentials
        self._shown = {}

    @staticmethod
    def _check(credentials: FrozenCredentials) -> None:
        if credentials.expiry is not None and credentials.expiry < _core.now():
            raise RuntimeError("Credentials were refreshed, but the refreshed credentials are still expired.")

    @property
    def expires_at(self) -> datetime | None:
        """When the credentials stop working; fetches them if there are none yet."""
        expiry = self._refreshed().expiry
        return None if expiry is None else _instant(expiry)

    def refresh_needed(self, refresh_in: float | None = None) -> bool:
        """Whether the credentials end within this many seconds, boto3's 15 minutes unless given."""
        if self._latest is None:
            return True
        expiry = self._latest.expiry
        return expiry is not None and expiry - _core.now() < (ADVISORY if refresh_in is None else refresh_in)

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the credentials as they are now, fetching new ones if it is time.

        Raises:
            Exception: No credentials could be fetched; the class says why.
        """
        return _frozen(self._refreshed())

    # Private attributes of botocore's refreshable credentials that programs use.

    @property
    def _expiry_time(self) -> datetime | None:
        expiry = None if self._latest is None else self._latest.expiry
        return None if expiry is None else _instant(expiry)

    @_expiry_time.setter
    def _expiry_time(self, end: datetime | None) -> None:
        credentials = self._latest
        if credentials is not None:
            values = credentials.access_key, credentials.secret_key, credentials.token, credentials.account_id
            self._take(
                _core.FrozenCredentials(*values, None if end is None else end.timestamp()),
                self._advisory,
                self._mandatory,
            )
            self._native.forget()

    @property
    def _frozen_credentials(self) -> ReadOnlyCredentials | None:
        return None if self._latest is None else _frozen(self._latest)

    def _seconds_remaining(self) -> float:
        expiry = None if self._latest is None else self._latest.expiry
        return _NEVER if expiry is None else expiry - _core.now()

    def _is_expired(self) -> bool:
        return self.refresh_needed(0)

    def _refresh(self) -> None:
        self._refreshed()

    def _protected_refresh(self, is_mandatory: bool) -> None:
        while True:
            attempt, is_own = self._attempts.join()
            if is_own:
                break
            attempt.wait()
        try:
            self._fetched_again(attempt, must=is_mandatory)
        finally:
            self._attempts.leave(attempt)
        self._native.forget()

    def _refresh_using(self) -> dict[str, Any]:
        credentials = self._fetch()
        end = None if credentials.expiry is None else _instant(credentials.expiry).isoformat()
        names = ("access_key", "secret_key", "token", "account_id")
        return {**{name: getattr(credentials, name) for name in names}, "expiry_time": end}

    def __repr__(self) -> str:
        known = None if self._latest is None else self._latest.access_key
        return f"{type(self).__name__}(access_key={known!r}, method={self.method!r})"


def _frozen(credentials: FrozenCredentials) -> ReadOnlyCredentials:
    from .frozen import freeze

    return freeze(credentials.access_key, credentials.secret_key, credentials.token, credentials.account_id)


def _instant(seconds: float) -> datetime:
    from datetime import datetime, timezone

    return datetime.fromtimestamp(seconds, timezone.utc)


def renew_after_fork(holder: Any) -> None:
    """Calls an object's `_renew` in the child of a fork, for as long as the object exists."""
    _known.add(holder)


def _after_fork() -> None:
    for credentials in list(_known):
        credentials._renew()  # noqa: SLF001 - its own class's module


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
