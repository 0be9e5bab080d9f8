"""The rest of aiobotocore: what `presigned.aio` has not comes from its clients, made at the first need.

Made of the same arguments, and signing with the same keys. Resources, and uploads and downloads of files, are
aioboto3's, where that is installed.
"""

from __future__ import annotations

import asyncio
from copy import copy

from ._boto3 import as_given, botocore_config, forget_sigv2
from ._credentials.absent import Absent
from ._credentials.background import in_thread
from .aio import AioCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Any, TypeVar

    from ._credentials.awaited import _Waiter
    from ._credentials.frozen import ReadOnlyCredentials

    _T = TypeVar("_T")

_MISSING = "{0} is not installed, which presigned.aio asks for {1}: pip install {0}"


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
    """Imports aioboto3, whose resources there are no others of.

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


def session_like(arguments: Mapping[str, Any], region_name: str | None) -> Any:
    """Makes a session of aiobotocore's from the arguments of one of ours.

    Args:
        arguments: Those of ours; a session of aiobotocore's among them is the one that is returned.
        region_name: The region of ours.
    """
    theirs = load().session.AioSession
    made = arguments["botocore_session"]
    if not isinstance(made, theirs):
        made = theirs(profile=arguments["profile_name"])
        if region_name is not None:
            made.set_config_variable("region", region_name)
        if arguments["aws_access_key_id"] is not None:
            names = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
            made.set_credentials(*(arguments[name] for name in names))
    return made


def aioboto3_session(session: Any) -> Any:
    """Makes a session of aioboto3's of one of aiobotocore's, whose clients then upload and download files.

    Raises:
        ModuleNotFoundError: aioboto3 is not installed.
    """
    return load_aioboto3().Session(botocore_session=session)


async def client_like(session: Any, service_name: str, arguments: Mapping[str, Any], keys: Any) -> Any:
    """Makes a client of aiobotocore's, and enters it.

    Args:
        session: A session of aiobotocore's, which stays as it is.
        service_name: The service.
        arguments: Those of `Session.client`, without keys; a `config` may be ours.
        keys: What it signs with, as `lent` makes it.
    """
    made = await session_with(session, keys).create_client(service_name, **_given(arguments)).__aenter__()
    if service_name == "s3":
        forget_sigv2(made)
    return made


def resource_like(session: Any, service_name: str, arguments: Mapping[str, Any], keys: Any) -> Any:
    """Makes what `async with` makes a resource of aioboto3's of, from its session; else as `client_like`."""
    made = copy(session)
    made._session = session_with(session._session, keys)  # noqa: SLF001 - aioboto3 has no other way
    return made.resource(service_name, **_given(arguments))


def session_with(session: Any, keys: Any) -> Any:
    """Makes a session of aiobotocore's like another, for clients that sign with other keys."""
    made = copy(session)
    made._credentials = keys  # noqa: SLF001 - its method takes texts alone
    return made


def _given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    given = as_given(arguments)
    for name in ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_account_id"):
        given.pop(name, None)
    if "config" in given:
        given["config"] = botocore_config(given["config"], load().config.AioConfig)
    return given


def at_once(make: Callable[[], Awaitable[_T]]) -> _T:
    """Awaits something without letting go of the loop, for what is no coroutine in aiobotocore: `get_paginator` ..."""
    step = make().__await__()
    try:
        next(step)
    except StopIteration as done:
        made: _T = done.value
        return made
    step.close()

    # An instance that is asked for its region (`defaults_mode="auto"`), or models that are read in a thread.
    async def again() -> _T:
        return await make()

    return in_thread(lambda: asyncio.run(again())).result()


def lent(keys: Mapping[str, Any], waiter: _Waiter | None) -> Any:
    """Makes what aiobotocore's clients ask for keys.

    Args:
        keys: Keys, or whom to ask for them, as the native client takes them.
        waiter: How to wait for them; `None` where nobody has to.
    """
    from ._credentials import Credentials

    source = keys["source"]
    if isinstance(source, Absent):
        return NoKeys(source)
    if source is None and keys["access_key"] is None:
        return None
    if source is None:
        source = Credentials(keys["access_key"], keys["secret_key"], keys["session_token"])
    return AioCredentials(source, waiter)


class NoKeys:
    """Stands where keys would, for clients of aiobotocore's: the error is raised by the call that is to be signed."""

    method = "none"

    def __init__(self, source: Absent) -> None:
        self._source = source

    async def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Has none.

        Raises:
            NoCredentialsError: Always.
        """
        self._source.current()

    async def get_account_id(self) -> None:
        """Knows of no account."""

    def get_deferred_property(self, property_name: str) -> Callable[[], Awaitable[None]]:
        """Returns a coroutine function that knows of nothing."""
        del property_name
        return self.get_account_id
