"""The credentials of a session of `presigned.aio`, in the shape of aiobotocore's classes."""

from __future__ import annotations

from .kinds import is_botocores, joined, seen_as
from .provided import ProvidedCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from typing import Any, NoReturn

    from . import Credentials
    from .awaited import _Waiter
    from .frozen import ReadOnlyCredentials

#: The methods of aiobotocore's refreshable credentials that do not wait.
_ASKED_AT_ONCE = ("_frozen_credentials", "_is_expired", "_seconds_remaining", "refresh_needed")


class _AtHand:
    """One of the credentials, if no wait is needed. A value that is set reaches all clients of the session."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, credentials: Any, owner: type) -> Any:
        if credentials is None:
            return self
        if credentials._waiter is not None:  # noqa: SLF001 - of this module
            raise NotImplementedError("These credentials may have to be fetched: await get_frozen_credentials()")
        return getattr(credentials._source, self._name)  # noqa: SLF001 - the same

    def __set__(self, credentials: Any, value: object) -> None:
        setattr(credentials._source, self._name, value)  # noqa: SLF001 - the same

    def __delete__(self, credentials: Any) -> None:
        delattr(credentials._source, self._name)  # noqa: SLF001 - the same


class AioCredentials:
    """The credentials of a session, in the shape of aiobotocore's classes.

    Credentials that may have to be fetched have no attributes to read: `get_frozen_credentials` waits for them.
    """

    if TYPE_CHECKING:
        access_key: str
        secret_key: str
        token: str | None
        account_id: str | None
    else:
        access_key = _AtHand()
        secret_key = _AtHand()
        token = _AtHand()
        account_id = _AtHand()

        @property
        def __class__(self) -> type:
            """The class, as `isinstance` asks: aiobotocore's too, once that is loaded."""
            source = self._source
            if type(source) is ProvidedCredentials and is_botocores(type(source.provider)):
                return joined(type(self), type(source.provider))
            home, name = source._known_as  # noqa: SLF001 - our own class
            return seen_as(type(self), [("aiobotocore.credentials", f"Aio{name}"), (home, name)])

        def __getattr__(self, name: str) -> Any:
            if name not in _ASKED_AT_ONCE:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            return getattr(self._source, name)

    def __init__(self, source: Credentials, waiter: _Waiter | None = None) -> None:
        from . import awaited

        self._source = source
        self._waiter = waiter or awaited.waiter(source)
        self.method: str = source.method

    async def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the credentials as they are now.

        Raises:
            Exception: No credentials could be fetched; the class says why.
        """
        if self._waiter is None:
            return self._source.get_frozen_credentials()
        pause = self._waiter.pause()
        if pause is not None:
            await pause
        from .frozen import freeze

        credentials = self._waiter.current()[0]
        return freeze(credentials.access_key, credentials.secret_key, credentials.token, credentials.account_id)

    def get_access_key(self) -> Any:
        """Returns the access key; a coroutine if credentials may have to be fetched, as in aiobotocore."""
        return self._part("access_key")

    def get_secret_key(self) -> Any:
        """Returns the secret key in the same way."""
        return self._part("secret_key")

    def get_token(self) -> Any:
        """Returns the session token in the same way; `None` if there is none."""
        return self._part("token")

    def get_account_id(self) -> Any:
        """Returns the account in the same way; `None` where it is not known."""
        return self._part("account_id")

    def _part(self, name: str) -> Any:
        return getattr(self._source, name) if self._waiter is None else self._awaited(name)

    async def _awaited(self, name: str) -> object:
        frozen = await self.get_frozen_credentials()
        # Until the next refresh, the value that a program has set.
        shown: dict[str, object] = getattr(self._source, "_shown", {})
        return shown[name] if name in shown else getattr(frozen, name, None)

    def get_deferred_property(self, property_name: str) -> Callable[[], Awaitable[object]]:
        """Returns a coroutine function that reads an attribute of the credentials; aiobotocore's clients ask so."""

        async def read() -> object:
            return getattr(await self.get_frozen_credentials(), property_name, None)

        return read

    @property
    def expires_at(self) -> datetime | None:
        """When the credentials that were returned last expire; `None` if they do not, or none were returned."""
        if self._waiter is None:
            return self._source.expires_at
        from .refreshable import RefreshableCredentials

        source = self._source
        return source._expiry_time if isinstance(source, RefreshableCredentials) and source.is_usable() else None  # noqa: SLF001 - our own class

    # Private attributes of aiobotocore's refreshable credentials that programs use.

    @property
    def _expiry_time(self) -> Any:
        return self._source._expiry_time  # type: ignore[attr-defined] # noqa: SLF001 - our own class, or the provider's

    @_expiry_time.setter
    def _expiry_time(self, end: datetime | None) -> None:
        self._source._expiry_time = end  # noqa: SLF001 - the same

    async def _refresh(self) -> None:
        await self.get_frozen_credentials()

    async def _protected_refresh(self, is_mandatory: bool) -> None:
        from functools import partial

        from .awaited import finished
        from .background import in_thread

        await finished(in_thread(partial(self._source._protected_refresh, is_mandatory)))  # type: ignore[attr-defined] # noqa: SLF001 - the same

    def __repr__(self) -> str:
        return f"{type(self).__name__}(method={self.method!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it holds a secret key")


# The public module.
AioCredentials.__module__ = "presigned.aio"
