"""Credentials that a function returns. With an expiry they are reused until then; else each URL calls the function."""

from __future__ import annotations

from presigned._core import FrozenCredentials
from presigned._errors import make

from . import AT_ONCE, Credentials, refreshable
from .absent import annotate
from .attempt import Attempts
from .provided_base import Provided, checked_credentials, has

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from .refreshable import RefreshableCredentials

#: Field -> its names: in botocore, in arguments, and in AWS's services.
_NAMES = {
    "access_key": ("access_key", "aws_access_key_id", "AccessKeyId"),
    "secret_key": ("secret_key", "aws_secret_access_key", "SecretAccessKey"),
    "token": ("token", "aws_session_token", "SessionToken", "Token"),
    "account_id": ("account_id", "aws_account_id", "AccountId"),
    "expiry": ("expires_at", "expiry_time", "Expiration"),
}
#: The lengths of a tuple: two keys, or two keys and a token.
_LENGTHS = (2, 3)


class ProvidedFunction(Provided):
    """A function without arguments that returns credentials, or a provider of them.

    The credentials are a tuple of two or three strings, a mapping, or an object; the mapping may be the
    answer of an AWS service. With an expiry (`expires_at`, `expiry_time` or `Expiration`) all threads reuse
    them until boto3's refresh windows. Without one they are the credentials of this one call, and two threads
    that ask at once make two calls: the function may depend on the caller.

    Args:
        provider: The function.
        adopt: Makes credentials from the function's result, if that is itself a provider.
    """

    def __init__(self, provider: Callable[[], Any], adopt: Callable[[Any], Any]) -> None:
        super().__init__(provider)
        self._adopt = adopt
        #: The latest credentials, if the function gives their expiry.
        self.ending: RefreshableCredentials | None = None
        self._is_known = False
        self._first = Attempts()
        refreshable.renew_after_fork(self)

    def _renew(self) -> None:
        """Forgets the first call of another thread: in the child of a fork, that thread does not exist."""
        self._first.renew()

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns fresh credentials, and calls the function if that is needed."""
        while not self._is_known:
            # Only after the call is it known whether its result serves all callers.
            attempt, is_own = self._first.join()
            if not is_own:
                attempt.wait()
                continue
            try:
                if not self._is_known:
                    return self.take(self.ask())
            finally:
                self._first.leave(attempt)
        ending = self.ending
        return self.take(self.ask()) if ending is None else self._refreshed(ending)

    def ask(self) -> FrozenCredentials:
        """Calls the function."""
        return self.read(self.provider())

    def take(self, credentials: FrozenCredentials) -> tuple[FrozenCredentials, float]:
        """Stores credentials that have an expiry."""
        self._is_known = True
        if credentials.expiry is None:
            return credentials, AT_ONCE
        # Its first fetch has been made.
        fetched = [credentials]
        self.ending = refreshable.RefreshableCredentials(lambda: fetched.pop() if fetched else self.ask(), self.method)
        return self._refreshed(self.ending)

    def _refreshed(self, ending: RefreshableCredentials) -> tuple[FrozenCredentials, float]:
        credentials, due = ending.current()
        if credentials.expiry is None:
            # The function no longer gives an expiry.
            self.ending = None
            return credentials, AT_ONCE
        return credentials, due

    def _set(self, name: str, value: object) -> None:
        del value
        raise AttributeError(f"{name} cannot be set: the function that was given as credentials returns it")

    def read(self, answer: Any) -> FrozenCredentials:
        """Turns the function's result into `FrozenCredentials`.

        Raises:
            NoCredentialsError: It returned none.
            TypeError: It returned something else.
        """
        if type(answer) is tuple and len(answer) in _LENGTHS:
            return self._answer(answer[0], answer[1], answer[2] if len(answer) == _LENGTHS[1] else None)[0]
        if answer is None:
            error = make("NoCredentialsError")
            annotate(error, "The function that was given as credentials returned None.")
            raise error
        if hasattr(answer, "__await__"):
            if hasattr(answer, "close"):
                answer.close()
            message = "returned an awaitable: create the client with presigned.aio, which can await it"
            raise TypeError(f"The function that was given as credentials {message}")
        if isinstance(answer, FrozenCredentials):
            return answer
        from collections.abc import Mapping

        if isinstance(answer, Mapping):
            return self._pack(answer.get("Credentials", answer).get)
        if isinstance(answer, Credentials) or not (has(answer, "access_key") and has(answer, "secret_key")):
            return self._nested(answer)
        if callable(getattr(answer, "get_frozen_credentials", None)):
            return self._nested(answer)
        return self._pack(lambda name: getattr(answer, name, None))

    def _pack(self, look_up: Callable[[str], Any]) -> FrozenCredentials:
        found = {
            what: next((value for name in names if (value := look_up(name)) is not None), None)
            for what, names in _NAMES.items()
        }
        expiry = found.pop("expiry")
        if expiry is not None:
            from .expiry import seconds

            expiry = seconds(expiry)
        return checked_credentials(self.provider, **found, expiry=expiry)

    def _nested(self, answer: Any) -> FrozenCredentials:
        if callable(answer) or isinstance(answer, str | bytes | list | tuple):
            # Not even its length is shown: it may be a key.
            raise TypeError(
                "The function that was given as credentials must return a credentials object or a session, "
                "a mapping with access_key, secret_key, token and perhaps expires_at, or such a tuple, "
                f"not {type(answer)}"
            )
        source: Any = self._adopt(answer)
        credentials: FrozenCredentials = source.current()[0]
        return credentials

    @property
    def expires_at(self) -> datetime | None:
        """When the credentials stop working, if the function says so."""
        credentials = self.current()[0]
        if credentials.expiry is None:
            return None
        from datetime import datetime, timezone

        return datetime.fromtimestamp(credentials.expiry, timezone.utc)
