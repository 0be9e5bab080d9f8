"""Keys that somebody else holds, asked for at each URL: what changes there counts here at once.

| lender | asked by | what is botocore's stays botocore's |
|---|---|---|
| credentials of botocore, aiobotocore or ours | `get_frozen_credentials()` | when to refresh, and how |
| a session of theirs or ours | `get_credentials()`, once | which credentials those are |
| an object with keys | `access_key`, `secret_key`, `token` | |
| a function | a call; see `lent_function` | |
"""

from __future__ import annotations

import abc
import functools

import presigned
from presigned._core import HeldKeys, Keys

from . import AT_ONCE, Credentials
from .absent import LENDER, Absent, annotate
from .kinds import is_botocores, joined, seen_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import datetime
    from typing import Any, NoReturn

    from .frozen import ReadOnlyCredentials

_ACCEPTED = (
    "credentials must be a credentials object or a session of boto3, botocore, aiobotocore or presigned, "
    "a function that returns keys, or an object with access_key, secret_key and token"
)
_AWAITED = "must be awaited: make the client with presigned.aio, which can wait for them"
#: The flag of a code object that belongs to an `async def`; `inspect`, which knows it too, is slow to import.
_COROUTINE = 0x80


def adopt(given: Any, *, awaits: bool = False) -> Credentials | Absent:
    """Makes what a client can ask out of what a caller gave as `credentials`.

    Args:
        given: One of the lenders above.
        awaits: Whether whoever asks can wait for an `async` function.

    Raises:
        TypeError: It is none of them.
    """
    if isinstance(given, type):
        # A class has the attributes of its objects; what can be asked is its call.
        return _function(given, awaits=awaits)
    if isinstance(given, Credentials | HeldKeys):
        return Credentials.holding(given) if isinstance(given, HeldKeys) else given
    if callable(getattr(given, "get_frozen_credentials", None)):
        return LentCredentials(given)
    if callable(getattr(given, "get_credentials", None)):
        found = given.get_credentials()
        return of_session(given, finish(found) if hasattr(found, "send") else found)
    if has(given, "access_key") and has(given, "secret_key"):
        return LentObject(given)
    if callable(given):
        return _function(given, awaits=awaits)
    raise unacceptable(given)


def of_session(session: object, found: Any) -> Credentials | Absent:
    """Lends what a session found; one without credentials has none for any client, as in boto3."""
    if found is not None:
        return adopt(found)
    return Absent([(LENDER, f"the {kind(session)} that was given has none")])


def _function(given: Any, *, awaits: bool) -> Credentials:
    from .lent_function import LentFunction

    if is_async(given) and not awaits:
        raise TypeError(f"The keys of the async function that was given as credentials {_AWAITED}")
    return LentFunction(given)


def unacceptable(given: object) -> TypeError:
    """The error about a lender that is none; it shows the type, never the value."""
    hint = ""
    if isinstance(given, str | tuple | list | dict):
        hint = "; keys as they are go into aws_access_key_id, aws_secret_access_key and aws_session_token"
    return TypeError(f"{_ACCEPTED}, not {type(given)}{hint}")


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
        annotate(error, f"Raised by asynchronous credentials. If they have to wait for new keys, these {_AWAITED}.")
        raise
    coroutine.close()
    raise RuntimeError(f"The lent credentials have to wait for new keys, which {_AWAITED}")


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
        error = presigned.exceptions.make("NoCredentialsError")
    else:
        error = presigned.exceptions.make("PartialCredentialsError", provider="explicit", cred_var=missing)
    annotate(error, f"The client was given a {kind(lender)} as credentials, and asked it for keys.")
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


class LentCredentials(Lent):
    """Credentials of botocore, of aiobotocore, or of whoever has their `get_frozen_credentials`."""

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            """The class, as `isinstance` asks: the lender's too."""
            theirs = type(self.lender)
            if is_botocores(theirs):
                return joined(type(self), theirs)
            return seen_as(type(self), [self._known_as])

        def __getattr__(self, name: str) -> Any:
            # `refresh_needed` and the like.
            if name.startswith("__") or name in ("_latest", "_native", "lender"):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            return getattr(self.lender, name)

        def __setattr__(self, name: str, value: object) -> None:
            if self._is_lenders(name):
                setattr(self.lender, name, value)
            else:
                object.__setattr__(self, name, value)

        def __delattr__(self, name: str) -> None:
            if self._is_lenders(name):
                delattr(self.lender, name)
            else:
                object.__delattr__(self, name)

        def _is_lenders(self, name: str) -> bool:
            # What clients ask the lender for, and what is not known here.
            return name in ("get_frozen_credentials", "method") or not hasattr(type(self), name)

    def current(self) -> tuple[Keys, float]:
        """Asks for frozen credentials, which belong together."""
        return self.show(self.lender.get_frozen_credentials())

    def show(self, frozen: Any) -> tuple[Keys, float]:
        """Makes an answer of frozen credentials, or of a coroutine that has them without waiting."""
        if hasattr(frozen, "send"):
            frozen = finish(frozen)
        return self._answer(frozen.access_key, frozen.secret_key, frozen.token, getattr(frozen, "account_id", None))


class LentObject(Lent):
    """Any object with `access_key`, `secret_key` and, where there is one, `token`."""

    def current(self) -> tuple[Keys, float]:
        """Reads the attributes."""
        lender = self.lender
        token, account_id = getattr(lender, "token", None), getattr(lender, "account_id", None)
        return self._answer(lender.access_key, lender.secret_key, token, account_id)
