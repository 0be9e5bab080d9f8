"""Makes batches in asyncio: small ones at once, large ones in a thread, so that the loop is not blocked."""

from __future__ import annotations

from presigned import _core
from presigned._credentials.background import in_thread
from presigned._settings import signed_by

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._aio_client import S3

_URLS = _core.Client.generate_presigned_urls
#: The rows of a batch that are made at once, in about a third of a millisecond.
_ROWS_AT_ONCE = 1000


async def batch(core: _core.Client, method: Any, params: Any, expires_in: Any, http_method: Any, threads: Any) -> Any:
    """Makes many URLs, in a thread if it would block the loop."""

    def made() -> Any:
        return _URLS(core, method, params, expires_in, http_method, threads=threads)

    if _rows(params) < _ROWS_AT_ONCE:
        return made()
    from presigned._credentials.awaited import finished

    return await finished(in_thread(made))


def _rows(params: Any) -> int:
    """Estimates how many rows a batch has. Errors in it are reported later, when the batch is made."""
    columns = params.values() if isinstance(params, dict) else (params,)
    return max((len(one) for one in columns if hasattr(one, "__len__") and not isinstance(one, str)), default=0)


class _Fixed:
    """Credentials that were awaited before, because a thread cannot await them."""

    def __init__(self, found: tuple[_core.FrozenCredentials, float]) -> None:
        self._found = found

    def current(self) -> tuple[_core.FrozenCredentials, float]:
        """Returns them."""
        return self._found


def with_credentials(client: S3, found: tuple[_core.FrozenCredentials, float]) -> _core.Client:
    """A native client that presigns with credentials that were awaited before."""
    settings: Any = client._presigned.settings
    return _core.Client(**settings.core, **signed_by(_Fixed(found)), sessions=client._presigned.sessions)
