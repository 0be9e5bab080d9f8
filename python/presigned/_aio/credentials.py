"""A client's credentials, in the shape that aiobotocore's clients ask for."""

from __future__ import annotations

from presigned._core import HeldCredentials
from presigned._credentials.absent import Absent
from presigned._credentials.aio_credentials import AioCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Any

    from presigned._credentials.awaited import _Waiter
    from presigned._credentials.frozen import ReadOnlyCredentials


def credentials_of(credentials: Mapping[str, Any], waiter: _Waiter | None) -> Any:
    """Makes the object that aiobotocore's clients ask for credentials.

    Args:
        credentials: Credentials, or the object to ask for them, as the native client takes them.
        waiter: How to wait for them; `None` if no wait is needed.
    """
    from presigned._credentials import Credentials

    source = credentials["source"]
    if isinstance(source, Absent):
        return NoCredentials(source)
    if source is None:
        return None
    if isinstance(source, HeldCredentials):
        source = Credentials.holding(source)
    return AioCredentials(source, waiter)


class NoCredentials:
    """Stands for missing credentials in aiobotocore's clients: the call that must be signed raises the error."""

    method = "none"

    def __init__(self, source: Absent) -> None:
        self.source = source

    async def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Raises the error.

        Raises:
            NoCredentialsError: Always.
        """
        self.source.current()

    async def get_account_id(self) -> None:
        """Returns no account."""

    def get_deferred_property(self, property_name: str) -> Callable[[], Awaitable[None]]:
        """Returns a coroutine function that returns `None`."""
        del property_name
        return self.get_account_id
