"""Awaits the credentials of asyncio's libraries, for a token."""

from __future__ import annotations

from presigned._credentials.provided_base import is_async

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The methods of credentials and of sessions that may be asynchronous.
_METHODS = ("get_frozen_credentials", "get_credentials")


def must_be_awaited(credentials: Any) -> bool:
    """Whether these credentials, or the function or session that has them, are asynchronous."""
    if credentials is None or isinstance(credentials, (tuple, list, dict, type)):
        return False
    methods = [getattr(credentials, name, None) for name in _METHODS]
    return any(is_async(one) for one in (*filter(None, methods), *([credentials] if callable(credentials) else [])))


async def awaited(credentials: Any) -> Any:
    """What they are now, as plain credentials."""
    found = credentials
    for name in reversed(_METHODS):
        method = getattr(found, name, None)
        if method is not None:
            source, found = found, method()
            if hasattr(found, "__await__"):
                found = await found
            if name == "get_frozen_credentials":
                return _plain(found, source)
    if callable(found):
        found = found()
        if hasattr(found, "__await__"):
            found = await found
        return await awaited(found) if must_be_awaited(found) else found
    return found


def _plain(frozen: Any, source: Any) -> dict[str, Any]:
    plain = {"access_key": frozen.access_key, "secret_key": frozen.secret_key, "token": frozen.token}
    end = getattr(source, "_expiry_time", None)
    return {**plain, "expires_at": end} if hasattr(end, "tzinfo") else plain
