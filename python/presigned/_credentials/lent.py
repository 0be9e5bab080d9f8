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

import presigned
from presigned._core import Keys

from . import Credentials
from .absent import LENDER, Absent, annotate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import datetime
    from typing import Any, NoReturn

    from .frozen import ReadOnlyCredentials

#: When to ask a lender again: at the next URL.
AT_ONCE = float("-inf")

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
    if isinstance(given, Credentials):
        return LentObject(given) if type(given) is Credentials else given
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
    while hasattr(function, "func"):  # functools.partial
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


class Lent(Credentials, abc.ABC):
    """Keys of a lender, in botocore's shape; each question goes to the lender.

    Args:
        lender: Whoever holds the keys.
    """

    def __init__(self, lender: Any) -> None:
        self.lender = lender
        #: The texts that the lender showed last, and the answer made of them.
        self._latest: tuple[object, object, object, tuple[Keys, float] | None] = (None, None, None, None)

    @abc.abstractmethod
    def current(self) -> tuple[Keys, float]:
        """Returns the keys to sign with, and after which instant to ask again, in seconds since 1970.

        Raises:
            NoCredentialsError: The lender has none.
            PartialCredentialsError: The lender has one key without the other.
            Exception: Whatever the lender raises.
        """

    def _answer(self, access_key: object, secret_key: object, token: object) -> tuple[Keys, float]:
        latest = self._latest
        # Lenders show the same texts until their keys change: packing them again would double the time.
        if access_key is latest[0] and secret_key is latest[1] and token is latest[2] and latest[3] is not None:
            return latest[3]
        answer = keys_of(self.lender, access_key, secret_key, token), AT_ONCE
        self._latest = access_key, secret_key, token, answer
        return answer

    @property
    def method(self) -> str:  # type: ignore[override] # the lender may change it
        """Which source they came from, in the lender's words."""
        method = getattr(self.lender, "method", None)
        return method if isinstance(method, str) else "explicit"

    @property
    def access_key(self) -> str:  # type: ignore[override] # the lender is asked
        """The access key; `get_frozen_credentials` is the way to keys that belong together."""
        return self.current()[0].access_key

    @property
    def secret_key(self) -> str:  # type: ignore[override] # the same
        """The secret key."""
        return self.current()[0].secret_key

    @property
    def token(self) -> str | None:  # type: ignore[override] # the same
        """The session token."""
        return self.current()[0].token

    @property
    def account_id(self) -> str | None:  # type: ignore[override] # the same
        """The account, where it is known."""
        return self.get_frozen_credentials().account_id

    @property
    def expires_at(self) -> datetime | None:
        """When the keys stop working, if the lender says so."""
        # botocore's refreshable credentials keep it to themselves.
        found = getattr(self.lender, "expires_at", None) or getattr(self.lender, "_expiry_time", None)
        return found if hasattr(found, "tzinfo") else None

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the keys as they are now."""
        from .frozen import ReadOnlyCredentials

        keys = self.current()[0]
        return ReadOnlyCredentials((keys.access_key, keys.secret_key, keys.token, keys.account_id))

    def __repr__(self) -> str:
        # The lender's own repr may show anything.
        return f"{type(self).__name__}({kind(self.lender)})"


class LentCredentials(Lent):
    """Credentials of botocore, of aiobotocore, or of whoever has their `get_frozen_credentials`."""

    def current(self) -> tuple[Keys, float]:
        """Asks for frozen credentials, which belong together."""
        return self.show(self.lender.get_frozen_credentials())

    def show(self, frozen: Any) -> tuple[Keys, float]:
        """Makes an answer of frozen credentials, or of a coroutine that has them without waiting."""
        if hasattr(frozen, "send"):
            frozen = finish(frozen)
        return self._answer(frozen.access_key, frozen.secret_key, frozen.token)

    @property
    def account_id(self) -> str | None:  # type: ignore[override] # the lender is asked
        """The account, where it is known."""
        frozen = self.lender.get_frozen_credentials()
        account_id = getattr(finish(frozen) if hasattr(frozen, "send") else frozen, "account_id", None)
        return account_id if isinstance(account_id, str) else None


class LentObject(Lent):
    """Any object with `access_key`, `secret_key` and, where there is one, `token`."""

    def current(self) -> tuple[Keys, float]:
        """Reads the attributes."""
        lender = self.lender
        return self._answer(lender.access_key, lender.secret_key, getattr(lender, "token", None))
