"""The objects that `async with` turns into a client or a resource, and closes at the end."""

from __future__ import annotations

from presigned._client import resource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType
    from typing import Any

    from presigned._aio_client import S3


class ClientContext:
    """The object that `async with` turns into a client.

    Args:
        make: Makes the client, already entered.
    """

    def __init__(self, make: Callable[[], Awaitable[S3]]) -> None:
        self._make = make
        self._client: S3 | None = None

    async def __aenter__(self) -> S3:
        self._client = await self._make()
        return self._client

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Closes the client. Its only connections are those of the aiobotocore client behind it."""
        if self._client is not None:
            await self._client.__aexit__(kind, error, where)


class ResourceMeta(resource.ResourceMeta):
    """What a resource is made of."""

    client: S3


class ServiceResource(resource.ServiceResource):
    """All of S3, like aioboto3's resource: its client presigns, and the rest is aioboto3's.

    Args:
        client: The client that presigns.
        enter: Enters aioboto3's resource.
    """

    meta: ResourceMeta

    def __init__(self, client: S3, enter: Callable[[], Any]) -> None:
        super().__init__(client)
        self._enter = enter

    def _become_theirs(self) -> None:
        from presigned._boto3.resource import take_over

        take_over(self, self._enter)

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name != "_enter"]


ServiceResource.__name__ = ServiceResource.__qualname__ = "s3.ServiceResource"


class ResourceContext:
    """The object that `async with` turns into a resource.

    Args:
        client: Makes the client that presigns.
        make: Makes aioboto3's context manager of the resource, from that client.
    """

    def __init__(self, client: ClientContext, make: Callable[[S3], Any]) -> None:
        self._client = client
        self._make = make
        self._theirs: Any = None

    async def __aenter__(self) -> ServiceResource:
        client = await self._client.__aenter__()
        return ServiceResource(client, lambda: self._enter(client))

    def _enter(self, client: S3) -> Any:
        context = self._make(client)
        from .loader import at_once

        made = at_once(context.__aenter__)
        # Not before there is something to close.
        self._theirs = context
        return made

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Closes the client, and aioboto3's resource if there is one."""
        try:
            if self._theirs is not None:
                await self._theirs.__aexit__(kind, error, where)
        finally:
            await self._client.__aexit__(kind, error, where)
