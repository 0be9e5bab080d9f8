"""The base class of credentials that another object provides, and the functions that ask such objects."""

from __future__ import annotations

import abc

from presigned._core import FrozenCredentials
from presigned._errors import make

from . import AT_ONCE, Credentials
from .absent import annotate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import datetime
    from typing import Any, NoReturn

    from .frozen import ReadOnlyCredentials

AWAITED = "must be awaited: create the client with presigned.aio, which can wait for them"
#: The flag of a code object that belongs to an `async def`; `inspect`, which knows it too, is slow to import.
_COROUTINE = 0x80


def kind(provider: object) -> str:
    """The type of a provider, for a message."""
    return f"{type(provider).__module__}.{type(provider).__qualname__}"


def has(provider: object, name: str) -> bool:
    """Whether a provider has an attribute. A property is not run to find out, as it might fetch something."""
    return hasattr(type(provider), name) or name in getattr(provider, "__dict__", ()) or hasattr(provider, name)


def is_async(function: Any) -> bool:
    """Whether a call returns a coroutine, as far as is known before the call."""
    # Not at the top: an import of `presigned.aio` would take half as long again.
    from functools import partial

    # A mock has every attribute, `func` too: so only a real partial is unwrapped.
    while isinstance(function, partial):
        function = function.func
    for one in (function, getattr(type(function), "__call__", None)):  # noqa: B004 - its code is looked at
        code = getattr(getattr(one, "__func__", one), "__code__", None)
        if code is not None and code.co_flags & _COROUTINE:
            return True
    return False


def finish(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Runs a coroutine without waiting. While the credentials are fresh, it finishes at once.

    Raises:
        RuntimeError: It would have to wait.
    """
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    except Exception as error:
        annotate(error, f"Raised by asynchronous credentials. If they have to be refreshed, they {AWAITED}.")
        raise
    coroutine.close()
    raise RuntimeError(f"The given credentials have to be refreshed, and {AWAITED}")


def checked_credentials(
    provider: object, access_key: Any, secret_key: Any, token: Any, account_id: Any = None, expiry: float | None = None
) -> FrozenCredentials:
    """Turns a provider's answer into `FrozenCredentials`.

    Raises:
        NoCredentialsError: It has no credentials at all.
        PartialCredentialsError: It has one without the other.
        ValueError: A key is not a string.
    """
    if access_key is None or secret_key is None:
        _refuse(
            provider, "aws_access_key_id" if access_key is None else "aws_secret_access_key", access_key, secret_key
        )
    return FrozenCredentials(access_key, secret_key, token, account_id if isinstance(account_id, str) else None, expiry)


def _refuse(provider: object, missing: str, *pair: object) -> NoReturn:
    if pair == (None, None):
        error = make("NoCredentialsError")
    else:
        error = make("PartialCredentialsError", provider="explicit", cred_var=missing)
    annotate(error, f"The client asked the {kind(provider)} that was given as credentials.")
    raise error


class _Asked:
    """One of the credentials. Reading it asks the provider, and setting it sets it there."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, credentials: Any, owner: type) -> Any:
        return self if credentials is None else getattr(credentials.current()[0], self._name)

    def __set__(self, credentials: Any, value: object) -> None:
        credentials._set(self._name, value)  # noqa: SLF001 - of this module


class Provided(Credentials, abc.ABC):
    """Credentials of a provider, in botocore's shape. Each access asks the provider.

    Args:
        provider: The object that has the credentials.
    """

    # Slots: the provider may be a secret itself, and `vars()` must not show one.
    __slots__ = ("_latest", "provider")

    if not TYPE_CHECKING:
        access_key = _Asked()
        secret_key = _Asked()
        token = _Asked()
        account_id = _Asked()

    def __init__(self, provider: Any) -> None:
        self.provider = provider
        #: The strings that the provider showed last, and the answer made of them.
        self._latest: tuple[object, object, object, object, tuple[FrozenCredentials, float] | None] = (
            None,
            None,
            None,
            None,
            None,
        )

    @abc.abstractmethod
    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns the credentials to sign with, and after which instant to ask again, in seconds since 1970.

        Raises:
            NoCredentialsError: The provider has none.
            PartialCredentialsError: The provider has one key without the other.
            Exception: The provider raises it.
        """

    def _answer(
        self, access_key: object, secret_key: object, token: object, account_id: object = None
    ) -> tuple[FrozenCredentials, float]:
        latest = self._latest
        answer = latest[4]
        # Providers return the same strings until their credentials change. To convert them again would double the time.
        if (
            access_key is latest[0]
            and secret_key is latest[1]
            and token is latest[2]
            and account_id is latest[3]
            and answer
        ):
            return answer
        # botocore's refreshable credentials have it there. Their methods, and those of others, might fetch new ones.
        end: Any = getattr(self.provider, "__dict__", {}).get("_expiry_time")
        expiry = end.timestamp() if hasattr(end, "tzinfo") else None
        # A mock of credentials has a mock of an instant.
        expiry = expiry if type(expiry) is float else None
        answer = checked_credentials(self.provider, access_key, secret_key, token, account_id, expiry), AT_ONCE
        self._latest = access_key, secret_key, token, account_id, answer
        return answer

    def _set(self, name: str, value: object) -> None:
        """Sets one of the credentials in the provider."""
        setattr(self.provider, name, value)

    def _sign_with(self, function: Any) -> None:
        """Does nothing: clients ask the provider."""

    @property
    def method(self) -> str:  # type: ignore[override] # the provider may change it
        """Which source they came from, in the provider's words."""
        method = getattr(self.provider, "method", None)
        return method if isinstance(method, str) else "explicit"

    @property
    def expires_at(self) -> datetime | None:
        """When the credentials stop working, if the provider says so."""
        # botocore's refreshable credentials have it in a private attribute.
        found = getattr(self.provider, "expires_at", None) or getattr(self.provider, "_expiry_time", None)
        return found if hasattr(found, "tzinfo") else None

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the credentials as they are now."""
        from .frozen import freeze

        credentials = self.current()[0]
        return freeze(credentials.access_key, credentials.secret_key, credentials.token, credentials.account_id)

    def __repr__(self) -> str:
        # The provider's own repr may show anything.
        return f"{type(self).__name__}({kind(self.provider)})"
