"""What all credentials have in common that somebody else holds: the base of their classes, and how they are asked."""

from __future__ import annotations

import abc
import functools

from presigned._core import Keys
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


def kind(lender: object) -> str:
    """Names the type of a lender for a text."""
    return f"{type(lender).__module__}.{type(lender).__qualname__}"


def has(lender: object, name: str) -> bool:
    """Whether a lender has an attribute; a property, which might fetch something, is not run to find out."""
    return hasattr(type(lender), name) or name in getattr(lender, "__dict__", ()) or hasattr(lender, name)


def is_async(function: Any) -> bool:
    """Whether a call returns a coroutine, as far as can be seen before it."""
    # A mock has every attribute, `func` too: only a real partial is looked into.
    while isinstance(function, functools.partial):
        function = function.func
    for one in (function, getattr(type(function), "__call__", None)):  # noqa: B004 - its code is looked at
        code = getattr(getattr(one, "__func__", one), "__code__", None)
        if code is not None and code.co_flags & _COROUTINE:
            return True
    return False


def finish(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Runs a coroutine as far as it goes without waiting, which is to its end while keys are fresh.

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


def keys_of(
    lender: object, access_key: Any, secret_key: Any, token: Any, account_id: Any = None, expiry: float | None = None
) -> Keys:
    """Packs what a lender said.

    Raises:
        NoCredentialsError: It has no keys at all.
        PartialCredentialsError: It has one without the other.
        ValueError: A key is no text.
    """
    if access_key is None or secret_key is None:
        _refuse(lender, "aws_access_key_id" if access_key is None else "aws_secret_access_key", access_key, secret_key)
    return Keys(access_key, secret_key, token, account_id if isinstance(account_id, str) else None, expiry)


def _refuse(lender: object, missing: str, *pair: object) -> NoReturn:
    if pair == (None, None):
        error = make("NoCredentialsError")
    else:
        error = make("PartialCredentialsError", provider="explicit", cred_var=missing)
    annotate(error, f"The client asked the {kind(lender)} that was given as credentials.")
    raise error


class _Asked:
    """One of the keys; each question goes to the lender, and so does what is set."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, credentials: Any, owner: type) -> Any:
        return self if credentials is None else getattr(credentials.current()[0], self._name)

    def __set__(self, credentials: Any, value: object) -> None:
        credentials._set(self._name, value)  # noqa: SLF001 - of this module


class Lent(Credentials, abc.ABC):
    """Keys of a lender, in botocore's shape; each question goes to the lender.

    Args:
        lender: Whoever holds the keys.
    """

    # Slots: what the lender shows of itself may be a secret, and `vars()` must not show one.
    __slots__ = ("_latest", "lender")

    if not TYPE_CHECKING:
        access_key = _Asked()
        secret_key = _Asked()
        token = _Asked()
        account_id = _Asked()

    def __init__(self, lender: Any) -> None:
        self.lender = lender
        #: The texts that the lender showed last, and the answer made of them.
        self._latest: tuple[object, object, object, object, tuple[Keys, float] | None] = (None, None, None, None, None)

    @abc.abstractmethod
    def current(self) -> tuple[Keys, float]:
        """Returns the keys to sign with, and after which instant to ask again, in seconds since 1970.

        Raises:
            NoCredentialsError: The lender has none.
            PartialCredentialsError: The lender has one key without the other.
            Exception: Whatever the lender raises.
        """

    def _answer(
        self, access_key: object, secret_key: object, token: object, account_id: object = None
    ) -> tuple[Keys, float]:
        latest = self._latest
        answer = latest[4]
        # Lenders show the same texts until their keys change: packing them again would double the time.
        if (
            access_key is latest[0]
            and secret_key is latest[1]
            and token is latest[2]
            and account_id is latest[3]
            and answer
        ):
            return answer
        answer = keys_of(self.lender, access_key, secret_key, token, account_id), AT_ONCE
        self._latest = access_key, secret_key, token, account_id, answer
        return answer

    def _set(self, name: str, value: object) -> None:
        """Sets one of the keys, where they are held."""
        setattr(self.lender, name, value)

    def _sign_with(self, function: Any) -> None:
        """Does nothing: clients ask the lender."""

    @property
    def method(self) -> str:  # type: ignore[override] # the lender may change it
        """Which source they came from, in the lender's words."""
        method = getattr(self.lender, "method", None)
        return method if isinstance(method, str) else "explicit"

    @property
    def expires_at(self) -> datetime | None:
        """When the keys stop working, if the lender says so."""
        # botocore's refreshable credentials keep it to themselves.
        found = getattr(self.lender, "expires_at", None) or getattr(self.lender, "_expiry_time", None)
        return found if hasattr(found, "tzinfo") else None

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the keys as they are now."""
        from .frozen import freeze

        keys = self.current()[0]
        return freeze(keys.access_key, keys.secret_key, keys.token, keys.account_id)

    def __repr__(self) -> str:
        # The lender's own repr may show anything.
        return f"{type(self).__name__}({kind(self.lender)})"
