"""Keeps a token and makes a new one in time, for connection pools and clients that ask for a password."""

from __future__ import annotations

import os
import weakref
from _thread import allocate_lock

from presigned import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ParamSpec

    from .token import Token

    P = ParamSpec("P")

#: A token is not served in its last seconds: the clocks differ, and the server gets it later.
_MARGIN = 20
#: Of the whole lifetime: then a new token is made, so that two more attempts can fail.
_THIRD = 1 / 3
#: Seconds from a failed attempt to the next, while the old token is served.
_PAUSE = 5

#: All existing providers, for the child of a fork.
_known: weakref.WeakSet[Any] = weakref.WeakSet()


def provider(make: Callable[P, Token], *args: P.args, **kwargs: P.kwargs) -> TokenProvider:
    """Makes an object that provides tokens: the same until a third of its lifetime is over, and then a new one.

    Args:
        make (Callable): A function of this module, such as `tokens.rds`.
        *args: Its arguments.
        **kwargs: Its arguments by name.

    Raises:
        TypeError: `make` is no function: a token, for example, which would not be renewed.

    Example:
        >>> from presigned import tokens
        >>> keys = ("AKIDEXAMPLE", "secret")
        >>> password = tokens.provider(tokens.elasticache, "cache", "app", "eu-central-1", credentials=keys)
        >>> password() is password.get()
        True
    """
    if not callable(make):
        raise TypeError(f"make must be a function of presigned.tokens, without its arguments, not {type(make)}")
    return TokenProvider(make, args, kwargs)


class TokenProvider:
    """Provides a token that still works. Call it, or its `get`; in asyncio, await its `get_async`.

    It keeps a token for a third of its lifetime, and then makes a new one at the next call. If that fails, because
    credentials cannot be refreshed for example, it serves the old one until 20 seconds before its end. It goes by the
    clock, as servers do: a clock that is set, or a machine that was asleep, makes it make a new token. All threads may
    share it, and so may the processes of a fork.

    Example:
        >>> from presigned import tokens
        >>> token = tokens.provider(tokens.msk, "eu-central-1", credentials=("AKIDEXAMPLE", "secret"))
        >>> token
        <TokenProvider of msk>
    """

    # Slots: the arguments may have secrets, and `vars()` must not show one.
    __slots__ = ("__weakref__", "_args", "_kwargs", "_lock", "_make", "_retry_at", "_token")

    def __init__(self, make: Callable[..., Token], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self._make = make
        self._args = args
        self._kwargs = kwargs
        self._token: Token | None = None
        self._retry_at = 0.0
        self._lock = allocate_lock()
        _known.add(self)

    def __call__(self) -> Token:
        """Returns a token that still works."""
        return self.get()

    def get(self) -> Token:
        """Returns a token that still works.

        Raises:
            Exception: No token can be made, and the last one has expired; as the function itself raises it.
        """
        token, now = self._token, _core.now()
        if token is not None and self._is_fresh(token, now):
            return token
        can_serve = token is not None and _is_usable(token, now)
        # Another thread is making one: the old one is still good.
        if not self._lock.acquire(blocking=not can_serve):
            return token  # type: ignore[return-value] # it can be served
        try:
            token, now = self._token, _core.now()
            if token is not None and self._is_fresh(token, now):
                return token
            return self._renewed(token, now)
        finally:
            self._lock.release()

    async def get_async(self) -> Token:
        """Returns a token that still works. Fetching credentials does not block the event loop.

        Credentials that must be awaited, such as those of aiobotocore, are awaited.

        Raises:
            Exception: As `get`.
        """
        token = self._token
        if token is not None and self._is_fresh(token, _core.now()):
            return token
        from presigned._services.awaited import awaited, must_be_awaited

        credentials = self._kwargs.get("credentials")
        if must_be_awaited(credentials):
            try:
                kwargs = {**self._kwargs, "credentials": await awaited(credentials)}
                self._token = made = _checked(self._make(*self._args, **kwargs))
            except Exception:  # noqa: BLE001 - raised again unless the old token works
                return self._old_or_raise(token, _core.now())
            return made
        import asyncio

        return await asyncio.to_thread(self.get)

    def refresh(self) -> Token:
        """Makes a new token now: for a client whose server has refused the last one.

        Raises:
            Exception: No token can be made.
        """
        self._token = token = _checked(self._make(*self._args, **self._kwargs))
        return token

    def _is_fresh(self, token: Token, now: float) -> bool:
        start, end = token._start, token._end  # noqa: SLF001 - our own class
        if start is None or end is None:
            return False
        if not start - 1 <= now < end - _margin(start, end):
            return False
        return now < start + (end - start) * _THIRD or now < self._retry_at <= now + _PAUSE

    def _renewed(self, old: Token | None, now: float) -> Token:
        try:
            self._token = token = _checked(self._make(*self._args, **self._kwargs))
        except Exception:  # noqa: BLE001 - the same
            return self._old_or_raise(old, now)
        return token

    def _old_or_raise(self, old: Token | None, now: float) -> Token:
        """Returns the old token while it works; else raises the error that is being handled."""
        if old is None or not _is_usable(old, now):
            raise  # noqa: PLE0704 - its callers handle one
        self._retry_at = now + _PAUSE
        return old

    def _renew_lock(self) -> None:
        self._lock = allocate_lock()

    def __repr__(self) -> str:
        return f"<TokenProvider of {getattr(self._make, '__name__', 'a token')}>"

    def __reduce__(self) -> Any:
        if self._kwargs.get("credentials") is not None:
            raise TypeError("cannot pickle 'TokenProvider' object: it holds credentials")
        return TokenProvider, (self._make, self._args, self._kwargs)


def _checked(made: Any) -> Token:
    """Refuses what does not know when it ends."""
    from .token import Token

    if not isinstance(made, Token):
        raise TypeError(f"make must return a presigned.tokens.Token, not {type(made)}")
    return made


def _margin(start: float, end: float) -> float:
    return min(_MARGIN, (end - start) / 2)


def _is_usable(token: Token, now: float) -> bool:
    start, end = token._start, token._end  # noqa: SLF001 - our own class
    return start is not None and end is not None and start - 1 <= now < end - _margin(start, end)


def _after_fork() -> None:
    for one in list(_known):
        one._renew_lock()  # noqa: SLF001 - of this module


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)

# The public module, which pickles name.
TokenProvider.__module__ = "presigned.tokens"
