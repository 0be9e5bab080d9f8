"""The session and the client of aiobotocore's that stand behind those of `presigned.aio`."""

from __future__ import annotations

from contextlib import suppress

from . import _behind
from ._aio_contexts import ClientContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from types import TracebackType
    from typing import Any

    from ._aio_client import S3
    from ._aio_contexts import ResourceContext
    from ._credentials.awaited import _Waiter

    #: Looks for keys; returns them as the native client takes them, and how to wait for them.
    _Search = Callable[[], Awaitable[tuple[Mapping[str, Any], _Waiter | None]]]

#: What hands out handlers, or takes them, which new clients inherit.
_EVENTS = ("events", "get_component", "register", "unregister")
#: What changes the settings of a session that has made clients of its own by then.
_SETTERS = ("set_config_variable", "set_default_client_config")


class SessionBehind(_behind.SessionBehind):
    """What one of our asynchronous sessions has from a session of aiobotocore's.

    Args:
        session: Ours.
        given: Its arguments.
        with_aioboto3: Whether it has the shape of aioboto3's sessions, not aiobotocore's.
    """

    def __init__(self, session: Any, given: Mapping[str, Any], *, with_aioboto3: bool) -> None:
        super().__init__(session, given)
        self._with_aioboto3 = with_aioboto3
        self._aioboto3: Any = None

    def session(self) -> Any:
        """Returns a session of aiobotocore's with the same arguments; the same one each time.

        Raises:
            ModuleNotFoundError: aiobotocore is not installed.
        """
        if self._theirs is None:
            from ._aiobotocore import session_like

            self._theirs = session_like(self._given, self._ours.region_name)
            if self._with_aioboto3:
                with suppress(ModuleNotFoundError):
                    self.aioboto3()
        return self._theirs

    def aioboto3(self) -> Any:
        """Returns the session of aioboto3's; there is no more than one, as each hands methods to all clients.

        Raises:
            ModuleNotFoundError: aioboto3 or aiobotocore is not installed.
        """
        session = self.session()
        if self._aioboto3 is None:
            from ._aiobotocore import aioboto3_session

            self._aioboto3 = aioboto3_session(session)
        return self._aioboto3

    def client(self, service_name: str, arguments: Mapping[str, Any], search: _Search) -> ClientContext:
        """Makes a client of another service than S3, for `async with`."""

        async def make() -> S3:
            session, keys = await self._prepared("client", service_name, search)
            from ._aiobotocore import client_like

            made: S3 = await client_like(session, service_name, self._with_region(arguments), keys)
            return made

        return ClientContext(make)

    def resource(self, service_name: str, arguments: Mapping[str, Any], search: _Search) -> ResourceContext:
        """Makes a resource of another service than S3, for `async with`."""

        async def make() -> Any:
            _, keys = await self._prepared("resource", service_name, search)
            from ._aiobotocore import resource_like

            given = self._with_region(arguments)
            return await resource_like(self.aioboto3(), service_name, given, keys).__aenter__()

        context: ResourceContext = ClientContext(make)  # type: ignore[assignment] # entered and left alike
        return context

    def resource_of(self, client: S3, arguments: Mapping[str, Any]) -> Any:
        """Makes what `async with` makes aioboto3's resource of, with the keys of a client of ours."""
        session = self.aioboto3()
        from ._aiobotocore import lent, resource_like

        keys = lent(client._origin[2], client._waiter)  # type: ignore[index] # noqa: SLF001 - sessions make it with one
        return resource_like(session, "s3", self._with_region(arguments), keys)

    async def _prepared(self, what: str, service_name: str, search: _Search) -> tuple[Any, Any]:
        try:
            session = self.session()
        except ModuleNotFoundError as error:
            self.refuse(service_name, what, error)
            raise
        from ._aiobotocore import lent

        return session, lent(*await search())

    def _with_region(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        given = dict(arguments)
        if given["region_name"] is None:
            given["region_name"] = self._ours.region_name
        return given

    def attribute(self, name: str) -> Any:
        """Has an attribute from aiobotocore's session; clients inherit handlers from it from then on."""
        if name in _SETTERS:
            raise AttributeError(f"{self._told(name)}: give settings to the session, or to its clients")
        try:
            session = self.session()
        except ModuleNotFoundError as error:
            raise AttributeError(f"{self._told(name)}: {error}") from None
        if name in _EVENTS:
            self._gives_events = True
        return session.get_component("event_emitter") if name == "events" else getattr(session, name)

    def _told(self, name: str) -> str:
        return f"{type(self._ours).__name__!r} object has no attribute {name!r}"


class Elsewhere(_behind.Elsewhere):
    """aiobotocore's client of the same arguments as one of ours, made when it is first asked for.

    Args:
        session: The session of the client.
        arguments: Those of the client, without its keys.
        keys: What the client signs with, as the native client takes it.
        waiter: How to wait for them; `None` where nobody has to.
    """

    __slots__ = ("_is_open", "_waiter")

    def __init__(
        self, session: Any, arguments: Mapping[str, Any], keys: Mapping[str, Any], waiter: _Waiter | None
    ) -> None:
        super().__init__(session, arguments, keys)
        self._waiter = waiter
        self._is_open = True

    def client(self, ours: Any) -> Any:
        """Returns aiobotocore's client, entered; from then on ours asks it what it has been told to do otherwise.

        Raises:
            ModuleNotFoundError: aiobotocore is not installed.
        """
        if self._client is None:
            behind = self._session._behind()  # noqa: SLF001 - ours
            session = behind.session()
            from ._aiobotocore import at_once, client_like, lent
            from ._watched import AioWatched, watch

            given = {**self._arguments, "region_name": self._arguments["region_name"] or self._session.region_name}
            keys = lent(self._keys, self._waiter)
            made = at_once(lambda: client_like(session, "s3", given, keys))
            watch(ours, made, AioWatched)
            self._client = made
        return self._client

    async def close(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Closes the connections of aiobotocore's client, once."""
        if self._client is not None and self._is_open:
            self._is_open = False
            await self._client.__aexit__(kind, error, where)
