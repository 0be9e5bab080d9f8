"""Credentials that another object provides. It is asked for each URL, so its changes take effect at once.

| provider | asked by | what the provider still decides |
|---|---|---|
| credentials of botocore, aiobotocore or presigned | `get_frozen_credentials()` | when to refresh, and how |
| a session of boto3, aiobotocore or presigned | `get_credentials()`, once | which credentials those are |
| an object with credentials | `access_key`, `secret_key`, `token` | |
| a function | a call; see `provided_function` | |
"""

from __future__ import annotations

from presigned._core import HeldCredentials

from . import Credentials
from .absent import PROVIDER, Absent
from .kinds import is_botocores, joined, seen_as
from .provided_base import AWAITED, Provided, finish, has, is_async, kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._core import FrozenCredentials

_ACCEPTED = (
    "credentials must be a credentials object or a session of boto3, botocore, aiobotocore or presigned, "
    "a function that returns credentials, or an object with access_key, secret_key and token"
)


def adopt(given: Any, *, awaits: bool = False) -> Credentials | Absent:
    """Turns the caller's `credentials` into an object that a client can ask.

    Args:
        given: One of the providers above.
        awaits: Whether the caller can await an `async` function.

    Raises:
        TypeError: It is of another type.
    """
    if isinstance(given, type):
        # A class has the attributes of its objects, but only its call returns credentials.
        return _function(given, awaits=awaits)
    if isinstance(given, Credentials | HeldCredentials):
        return Credentials.holding(given) if isinstance(given, HeldCredentials) else given
    if callable(getattr(given, "get_frozen_credentials", None)):
        return ProvidedCredentials(given)
    if callable(getattr(given, "get_credentials", None)):
        found = given.get_credentials()
        return of_session(given, finish(found) if hasattr(found, "send") else found)
    if has(given, "access_key") and has(given, "secret_key"):
        return ProvidedObject(given)
    if callable(given):
        return _function(given, awaits=awaits)
    raise unacceptable(given)


def of_session(session: object, found: Any) -> Credentials | Absent:
    """Takes the credentials that a session found. A session without any has none for all clients, as in boto3."""
    if found is not None:
        return adopt(found)
    return Absent([(PROVIDER, f"the {kind(session)} that was given has none")])


def _function(given: Any, *, awaits: bool) -> Credentials:
    from .provided_function import ProvidedFunction

    if is_async(given) and not awaits:
        raise TypeError(f"What the async function returns that was given as credentials {AWAITED}")
    return ProvidedFunction(given, adopt)


def unacceptable(given: object) -> TypeError:
    """Makes the error for a value that cannot provide credentials; it shows the type, never the value."""
    hint = ""
    if isinstance(given, str | tuple | list | dict):
        hint = "; pass the values themselves as aws_access_key_id, aws_secret_access_key and aws_session_token"
    return TypeError(f"{_ACCEPTED}, not {type(given)}{hint}")


class ProvidedCredentials(Provided):
    """Credentials of botocore or aiobotocore, or any object with their `get_frozen_credentials`."""

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            """The class, as `isinstance` asks: the provider's too."""
            theirs = type(self.provider)
            if is_botocores(theirs):
                return joined(type(self), theirs)
            return seen_as(type(self), [self._known_as])

        def __getattr__(self, name: str) -> Any:
            # `refresh_needed` and the like.
            if name.startswith("__") or name in ("_latest", "_native", "provider"):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            return getattr(self.provider, name)

        def __setattr__(self, name: str, value: object) -> None:
            if self._is_providers(name):
                setattr(self.provider, name, value)
            else:
                object.__setattr__(self, name, value)

        def __delattr__(self, name: str) -> None:
            if self._is_providers(name):
                delattr(self.provider, name)
            else:
                object.__delattr__(self, name)

        def _is_providers(self, name: str) -> bool:
            # What clients ask the provider for, and what is not known here.
            return name in ("get_frozen_credentials", "method") or not hasattr(type(self), name)

    def current(self) -> tuple[FrozenCredentials, float]:
        """Asks for frozen credentials, whose parts belong together."""
        return self.show(self.provider.get_frozen_credentials())

    def show(self, frozen: Any) -> tuple[FrozenCredentials, float]:
        """Turns frozen credentials, or a coroutine that returns them without waiting, into an answer."""
        if hasattr(frozen, "send"):
            frozen = finish(frozen)
        return self._answer(frozen.access_key, frozen.secret_key, frozen.token, getattr(frozen, "account_id", None))


class ProvidedObject(Provided):
    """Any object with `access_key`, `secret_key` and perhaps `token`."""

    def current(self) -> tuple[FrozenCredentials, float]:
        """Reads the attributes."""
        provider = self.provider
        token, account_id = getattr(provider, "token", None), getattr(provider, "account_id", None)
        return self._answer(provider.access_key, provider.secret_key, token, account_id)
