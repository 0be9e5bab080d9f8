"""Loads aiobotocore and aioboto3, for what `presigned.aio` does not do itself."""

from __future__ import annotations

import asyncio

from presigned._credentials.background import in_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any, TypeVar

    _T = TypeVar("_T")

_MISSING = "{0} is not installed; presigned.aio needs it for {1}: pip install {0}"


def load() -> Any:
    """Imports aiobotocore.

    Raises:
        ModuleNotFoundError: It is not installed.
    """
    try:
        # By their names, since they have no types.
        aiobotocore = __import__("aiobotocore")
    except ModuleNotFoundError as error:
        raise _missing(error, "aiobotocore", "everything but presigning") from None
    __import__("aiobotocore.config")
    __import__("aiobotocore.session")
    return aiobotocore


def load_aioboto3() -> Any:
    """Imports aioboto3, the only library with such resources.

    Raises:
        ModuleNotFoundError: It is not installed.
    """
    try:
        return __import__("aioboto3")
    except ModuleNotFoundError as error:
        raise _missing(error, "aioboto3", "resources") from None


def _missing(error: ModuleNotFoundError, name: str, purpose: str) -> ModuleNotFoundError:
    if error.name not in (name, None):
        return error
    return ModuleNotFoundError(_MISSING.format(name, purpose), name=name)


def at_once(make: Callable[[], Awaitable[_T]]) -> _T:
    """Runs a coroutine to its end at once, for methods that aiobotocore does not await, such as `get_paginator`."""
    step = make().__await__()
    try:
        next(step)
    except StopIteration as done:
        made: _T = done.value
        return made
    step.close()

    # It waits: it asks an instance for its region (`defaults_mode="auto"`), or reads models in a thread.
    async def again() -> _T:
        return await make()

    return in_thread(lambda: asyncio.run(again())).result()
