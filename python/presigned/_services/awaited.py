"""Awaits credentials for a signature: those of asyncio's libraries, and those that must be fetched."""

from __future__ import annotations

from presigned._credentials.provided_base import is_async

from .credentials import default_session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    _T = TypeVar("_T")

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


async def made(sign: Callable[..., _T], method: str, url: str, arguments: dict[str, Any]) -> _T:
    """Signs a request, once its credentials are there.

    Args:
        sign: The function that signs.
        method: The method of the request.
        url: Its URL.
        arguments: The other arguments by name.
    """
    credentials = arguments.get("credentials")
    if must_be_awaited(credentials):
        return sign(method, url, **{**arguments, "credentials": await awaited(credentials)})
    if isinstance(credentials, (tuple, list, dict)) or (credentials is None and _are_held()):
        return sign(method, url, **arguments)
    from presigned._credentials.awaited import finished
    from presigned._credentials.background import in_thread

    return await finished(in_thread(lambda: sign(method, url, **arguments)))


def _are_held() -> bool:
    """Whether the default session has credentials that need no fetch."""
    state = default_session()._presigned  # noqa: SLF001 - our own class
    return state.boto3 is None and state.held is not None


def _plain(frozen: Any, source: Any) -> dict[str, Any]:
    plain = {"access_key": frozen.access_key, "secret_key": frozen.secret_key, "token": frozen.token}
    end = getattr(source, "_expiry_time", None)
    return {**plain, "expires_at": end} if hasattr(end, "tzinfo") else plain
