"""What a client signs with, in the shape that aiobotocore's clients ask for."""

from __future__ import annotations

from presigned._core import HeldKeys
from presigned._credentials.absent import Absent
from presigned._credentials.aio_credentials import AioCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Any

    from presigned._credentials.awaited import _Waiter
    from presigned._credentials.frozen import ReadOnlyCredentials


def credentials_of(keys: Mapping[str, Any], waiter: _Waiter | None) -> Any:
    """Makes what aiobotocore's clients ask for credentials.

    Args:
        keys: Credentials, or whom to ask for them, as the native client takes them.
        waiter: How to wait for them; `None` where nobody has to.
    """
    from presigned._credentials import Credentials

    source = keys["source"]
    if isinstance(source, Absent):
        return NoKeys(source)
    if source is None:
        return None
    if isinstance(source, HeldKeys):
        source = Credentials.holding(source)
    return AioCredentials(source, waiter)


class NoKeys:
    """Stands for missing credentials in clients of aiobotocore's: the call that is to be signed raises the error."""

    method = "none"

    def __init__(self, source: Absent) -> None:
        self.source = source

    async def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Has none.

        Raises:
            NoCredentialsError: Always.
        """
        self.source.current()

    async def get_account_id(self) -> None:
        """Knows of no account."""

    def get_deferred_property(self, property_name: str) -> Callable[[], Awaitable[None]]:
        """Returns a coroutine function that knows of nothing."""
        del property_name
        return self.get_account_id
