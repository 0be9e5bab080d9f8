"""Turns a session of `presigned.aio` into an aiobotocore session, which makes everything but presigning clients.

From then on the session below decides: which credentials, region, profile and handlers clients get.
"""

from __future__ import annotations

from contextlib import suppress
from copy import copy

from presigned._boto3.arguments import as_given, botocore_config, forget_sigv2
from presigned._boto3.promotion import LOCK, without_credentials
from presigned._boto3.session import last_region, refuse, settings_of
from presigned._settings import signed_by

from .contexts import ClientContext
from .credentials import credentials_of
from .loader import load, load_aioboto3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Any

    from presigned._aio_client import S3
    from presigned._credentials.awaited import _Waiter
    from presigned._session_state import SessionState
    from presigned.aio import Session

    from .contexts import ResourceContext

    #: Looks for credentials; returns them as the native client takes them, and how to wait for them.
    _Search = Callable[[], Awaitable[tuple[Mapping[str, Any], _Waiter | None]]]


def promoted(session: Session) -> Any:
    """Returns the aiobotocore session of a session, which becomes one if it is not one yet.

    Raises:
        ModuleNotFoundError: aiobotocore is not installed.
    """
    state = session._presigned
    if state.boto3 is None:
        load()
        with LOCK:
            if state.boto3 is None:
                _become(state)
    return state.boto3


def is_patched() -> bool:
    """Always `False`: aiobotocore's session is asked when a client is made."""
    return False


def takes(session: Session) -> bool:  # noqa: ARG001 - the same question as to boto3
    """Always `False`: an aiobotocore session that was given is asked when a client is made."""
    return False


def _become(state: SessionState) -> None:
    from presigned._boto3.sources import BotocoreSources

    base = load().session.AioSession
    if state.provider is not None and isinstance(state.provider.session, base):
        below = state.provider.session
    else:
        from presigned._boto3.settled_session import take_settings

        below = base()
        take_settings(below, state)
        if state.given["region_name"] is not None:
            below.set_config_variable("region", state.given["region_name"])
        credentials = state.provider.credentials(None) if state.provider is not None else state.known_credentials()
        if credentials is not None:
            # The object that clients of this session sign with at present.
            below._credentials = credentials_of(signed_by(credentials), None)
    if state.has_aioboto3_shape:
        with suppress(ModuleNotFoundError):
            state.aioboto3 = aioboto3_session(below)
    state.boto3_as_made = settings_of(below)
    state.asked = state.provider = BotocoreSources(below)
    state.is_plain = False
    state.boto3 = below


def aioboto3_session(session: Any) -> Any:
    """Makes an aioboto3 session of an aiobotocore session, whose clients can then transfer files.

    Raises:
        ModuleNotFoundError: aioboto3 is not installed.
    """
    return load_aioboto3().Session(botocore_session=session)


def aioboto3_of(session: Session) -> Any:
    """Returns the one aioboto3 session above the aiobotocore session: each one adds its methods to all clients.

    Raises:
        ModuleNotFoundError: aioboto3 or aiobotocore is not installed.
    """
    below = promoted(session)
    state = session._presigned
    if state.aioboto3 is None:
        state.aioboto3 = aioboto3_session(below)
    return state.aioboto3


def attribute(session: Session, name: str) -> Any:
    """Reads an attribute of aiobotocore's session, or of aioboto3's."""
    try:
        below = promoted(session)
        if name == "_session":
            return below
        if name == "profile_name":
            return below.profile or "default"
        if name == "events":
            return below.get_component("event_emitter")
        if name in ("resource_factory", "_loader"):
            return getattr(aioboto3_of(session), name)
    except ModuleNotFoundError as error:
        raise AttributeError(f"{type(session).__name__!r} object has no attribute {name!r}: {error}") from None
    return getattr(below, name)


def set_attribute(session: Session, name: str, value: Any) -> None:
    """Sets an attribute of aiobotocore's session."""
    setattr(promoted(session), name, value)


def client(session: Session, service_name: str, arguments: Mapping[str, Any], search: _Search | None) -> ClientContext:
    """Makes a client of another service than S3, for `async with`; `search` finds given credentials."""

    async def make() -> S3:
        below = await _prepared(session, "client", service_name, search)
        made: S3 = await below.create_client(service_name, **_given(session, arguments, search)).__aenter__()
        return made

    return ClientContext(make)


def resource(
    session: Session, service_name: str, arguments: Mapping[str, Any], search: _Search | None
) -> ResourceContext:
    """Makes a resource of another service than S3, for `async with`."""

    async def make() -> Any:
        below = await _prepared(session, "resource", service_name, search)
        above = copy(aioboto3_of(session))
        above._session = below
        return await above.resource(service_name, **_given(session, arguments, search)).__aenter__()

    context: ResourceContext = ClientContext(make)  # type: ignore[assignment] # entered and left alike
    return context


async def client_of(
    session: Session, region: str | None, arguments: Mapping[str, Any], search: _Search | None
) -> tuple[Any, Any]:
    """Makes the S3 client of a session that has become aiobotocore's; returns also the session that made it."""
    below = await _with_credentials(promoted(session), search)
    made = await below.create_client("s3", **{**_given(session, arguments, search), "region_name": region}).__aenter__()
    forget_sigv2(made)
    return made, below


def resource_of(session: Session, client: S3) -> Any:
    """Makes aioboto3's context manager of a resource, whose buckets and objects have this client."""
    above = copy(aioboto3_of(session))

    class Entered:
        """The context manager that aioboto3 enters to get the client of a resource."""

        async def __aenter__(self) -> S3:
            return client

        async def __aexit__(self, *_: object) -> None:
            """Leaves the client open: it was entered elsewhere."""

    above.client = lambda *_, **__: Entered()
    return above.resource("s3")


async def _prepared(session: Session, what: str, service_name: str, search: _Search | None) -> Any:
    try:
        below = promoted(session)
    except ModuleNotFoundError as error:
        refuse(service_name, what, error)
        raise
    return await _with_credentials(below, search)


async def _with_credentials(below: Any, search: _Search | None) -> Any:
    """Copies a session, for clients that sign with given credentials. The original does not change."""
    if search is None:
        return below
    made = copy(below)
    made._credentials = credentials_of(*await search())
    return made


def _given(session: Session, arguments: Mapping[str, Any], search: _Search | None) -> dict[str, Any]:
    given = as_given(arguments if search is None else without_credentials(arguments))
    if "config" in given:
        given["config"] = botocore_config(given["config"], load().config.AioConfig)
    region = last_region(session, arguments)
    return given if region is None else {**given, "region_name": region}


def listed(session: Session, name: str) -> list[str]:
    """Calls a method of aiobotocore's session that lists something; without aiobotocore, there is only S3."""
    try:
        found: Any = getattr(promoted(session), name, None) or getattr(aioboto3_of(session), name)
    except ModuleNotFoundError:
        return ["s3"]
    return list(found())


def regions(session: Session, service_name: str, partition_name: str, *, allow_non_regional: bool) -> list[str]:
    """Asks aiobotocore's session for the regions of another service than S3."""
    try:
        below = promoted(session)
    except ModuleNotFoundError as error:
        refuse(service_name, "Session().get_available_regions", error)
        raise
    found: list[str] = below.get_available_regions(service_name, partition_name, allow_non_regional)
    return found
