"""Credentials that a function returns: reused until they expire, if it says when; else it is called for each URL."""

from __future__ import annotations

from presigned._core import Keys
from presigned._errors import make

from . import AT_ONCE, Credentials, refreshable
from .absent import annotate
from .attempt import Attempts
from .provided_base import Provided, has, keys_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from .refreshable import RefreshableCredentials

#: What is looked for -> its names: botocore's own, those of arguments, those of AWS's services.
_NAMES = {
    "access_key": ("access_key", "aws_access_key_id", "AccessKeyId"),
    "secret_key": ("secret_key", "aws_secret_access_key", "SecretAccessKey"),
    "token": ("token", "aws_session_token", "SessionToken", "Token"),
    "account_id": ("account_id", "aws_account_id", "AccountId"),
    "expiry": ("expires_at", "expiry_time", "Expiration"),
}
#: A pair of keys, and a pair with a token.
_LENGTHS = (2, 3)


class ProvidedFunction(Provided):
    """A function without arguments that returns credentials, or a provider of them.

    The credentials are a tuple of two or three strings, a mapping, or an object; the mapping may be the
    answer of an AWS service. With an end (`expires_at`, `expiry_time` or `Expiration`) they are kept
    until boto3's windows, for all threads. Without one they are the credentials of this one call, and two
    threads that ask at once make two calls: the function may look at who asks.

    Args:
        provider: The function.
        adopt: Makes credentials of what the function returns, where that is itself a provider.
    """

    def __init__(self, provider: Callable[[], Any], adopt: Callable[[Any], Any]) -> None:
        super().__init__(provider)
        self._adopt = adopt
        #: The latest credentials, while the function says when they end.
        self.ending: RefreshableCredentials | None = None
        self._is_known = False
        self._first = Attempts()
        refreshable.renew_after_fork(self)

    def _renew(self) -> None:
        """Forgets, in the child of a fork, that another thread was asking for the first time."""
        self._first.renew()

    def current(self) -> tuple[Keys, float]:
        """Returns credentials that are fresh, by a call or without one."""
        while not self._is_known:
            # Whether one call serves all is known after it.
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

    def ask(self) -> Keys:
        """Calls the function."""
        return self.read(self.provider())

    def take(self, keys: Keys) -> tuple[Keys, float]:
        """Keeps credentials that say when they end."""
        self._is_known = True
        if keys.expiry is None:
            return keys, AT_ONCE
        # Its first fetch has been made.
        fetched = [keys]
        self.ending = refreshable.RefreshableCredentials(lambda: fetched.pop() if fetched else self.ask(), self.method)
        return self._refreshed(self.ending)

    def _refreshed(self, ending: RefreshableCredentials) -> tuple[Keys, float]:
        keys, due = ending.current()
        if keys.expiry is None:
            # The function has stopped to say when they end.
            self.ending = None
            return keys, AT_ONCE
        return keys, due

    def _set(self, name: str, value: object) -> None:
        del value
        raise AttributeError(f"{name} cannot be set: the function that was given as credentials returns it")

    def read(self, answer: Any) -> Keys:
        """Packs what the function returned.

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
        if isinstance(answer, Keys):
            return answer
        from collections.abc import Mapping

        if isinstance(answer, Mapping):
            return self._pack(answer.get("Credentials", answer).get)
        if isinstance(answer, Credentials) or not (has(answer, "access_key") and has(answer, "secret_key")):
            return self._nested(answer)
        if callable(getattr(answer, "get_frozen_credentials", None)):
            return self._nested(answer)
        return self._pack(lambda name: getattr(answer, name, None))

    def _pack(self, look_up: Callable[[str], Any]) -> Keys:
        found = {
            what: next((value for name in names if (value := look_up(name)) is not None), None)
            for what, names in _NAMES.items()
        }
        expiry = found.pop("expiry")
        if expiry is not None:
            from .expiry import seconds

            expiry = seconds(expiry)
        return keys_of(self.provider, **found, expiry=expiry)

    def _nested(self, answer: Any) -> Keys:
        if callable(answer) or isinstance(answer, str | bytes | list | tuple):
            # Not even its length is shown: it may be a key.
            raise TypeError(
                "The function that was given as credentials must return a credentials object or a session, "
                "a mapping with access_key, secret_key, token and perhaps expires_at, or such a tuple, "
                f"not {type(answer)}"
            )
        source: Any = self._adopt(answer)
        keys: Keys = source.current()[0]
        return keys

    @property
    def expires_at(self) -> datetime | None:
        """When the credentials stop working, if the function says so."""
        keys = self.current()[0]
        if keys.expiry is None:
            return None
        from datetime import datetime, timezone

        return datetime.fromtimestamp(keys.expiry, timezone.utc)
