"""Presigning in `asyncio` programs, in the shape of aiobotocore and of aioboto3.

>>> import asyncio
>>> import presigned.aio
>>> async def link() -> str:
...     session = presigned.aio.Session(aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
...     async with session.client("s3", "eu-central-1") as s3:
...         return await s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "cat.jpg"})
>>> asyncio.run(link()).startswith("https://photos.s3.amazonaws.com/cat.jpg?")
True
"""

from __future__ import annotations

import os
import sys

from . import session as _session
from ._aio.contexts import ClientContext as ClientContext
from ._aio.contexts import ResourceContext as ResourceContext
from ._aio_client import S3 as S3
from ._client import assembly
from ._client.resource import resource_config
from ._credentials import Credentials
from ._credentials.aio_credentials import AioCredentials as AioCredentials
from ._settings import client_settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from ._credentials.awaited import _Waiter
    from ._session_state import _Source
    from ._settings.config import Config

__all__ = ["S3", "AioCredentials", "AioSession", "Session", "get_session", "presign_url", "sign"]


class Session(_session.Session):
    """Credentials, a region and a profile for clients to share; the arguments are those of `presigned.Session`.

    A session of aiobotocore may be given as `botocore_session`.
    """

    _presigned_known_as = ("aioboto3.session", "Session")
    _presigned_theirs = "presigned._aio.session"
    #: Whether everything but presigning comes from aioboto3, if it is installed.
    _with_aioboto3 = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from ._credentials.background import Flight
        from ._credentials.refreshable import renew_after_fork

        state = self._presigned
        state.has_aioboto3_shape = self._with_aioboto3
        state.flight = Flight()
        renew_after_fork(state.flight)

    def client(  # type: ignore[override] # what is made here is awaited
        self,
        service_name: str,
        region_name: str | None = None,
        api_version: str | None = None,
        use_ssl: bool | None = True,
        verify: bool | str | None = None,
        endpoint_url: str | None = None,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        config: Any = None,
        aws_account_id: str | None = None,
        *,
        credentials: Any = None,
    ) -> ClientContext:
        """Makes a client, for `async with`; the arguments are those of `presigned.Session.client`.

        A thread looks for credentials if that may block. `credentials` may also be an
        `async` function, or an object that only a coroutine can read. A client of another service is
        aiobotocore's.
        """
        arguments = _session.arguments_of(locals())
        if service_name != "s3" and isinstance(service_name, str):
            from ._aio import session as behind

            return behind.client(self, service_name, arguments, self._provider_search(arguments, credentials))

        async def make() -> S3:
            if _is_decided_by_aiobotocore(self):
                return await self._client_of_aiobotocore(service_name, arguments, credentials)
            found = await self._awaited_credentials(arguments, credentials)
            settings, settled = assembly.settle(self, service_name, arguments, found)
            settled.is_provided = credentials is not None
            return _client(settings, settled)

        return ClientContext(make)

    async def _client_of_aiobotocore(self, service_name: str, arguments: dict[str, Any], provider: Any) -> S3:
        """Makes an aiobotocore client, and one of our clients that is joined with it from the beginning."""
        from ._aio.gate import AioGate
        from ._aio.session import client_of
        from ._boto3.promotion import become

        settings, settled = assembly.settle(self, service_name, arguments, lambda _: None)
        search = self._provider_search(arguments, provider)
        theirs, made_by = await client_of(self, settled.region, arguments, search)
        settled.is_provided = provider is not None
        made = _client(settings, settled)
        gate = AioGate(theirs, made_by, settled)
        gate.is_provided_by_session = True
        become(made, gate)
        return made

    def _provider_search(self, arguments: Mapping[str, Any], provider: Any) -> Any:
        """The function that looks for the credentials of a provider; `None` if there is no provider."""
        if provider is None:
            return None
        assembly.check_alone(*assembly.credential_arguments(arguments))
        return lambda: self._search(arguments, provider)

    def resource(  # type: ignore[override] # the same
        self,
        service_name: str,
        region_name: str | None = None,
        api_version: str | None = None,
        use_ssl: bool | None = True,
        verify: bool | str | None = None,
        endpoint_url: str | None = None,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        config: Any = None,
        *,
        credentials: Any = None,
    ) -> ResourceContext:
        """Makes a resource, for `async with`. Its `meta.client` is presigned's, and the rest is aioboto3's."""
        arguments = _session.arguments_of(locals())
        if service_name != "s3" and isinstance(service_name, str):
            from ._aio import session as behind

            return behind.resource(self, service_name, arguments, self._provider_search(arguments, credentials))
        client = self.client(service_name, **{**arguments, "config": resource_config(config)}, credentials=credentials)
        return ResourceContext(client, self._resource_of)

    def _resource_of(self, client: S3) -> Any:
        from ._aio.session import resource_of

        return resource_of(self, client)

    async def get_credentials(self) -> AioCredentials | None:  # type: ignore[override] # the same
        """Returns the credentials that clients sign with unless they are given others, or `None`.

        Raises:
            BotoCoreError: A source is configured wrongly, or has no credentials to give.
        """
        if self._presigned.boto3 is not None:
            # From then on all clients of the session sign with aiobotocore's object.
            theirs: AioCredentials | None = await self._presigned.boto3.get_credentials()
            return theirs
        found = await self._searched(None, None)
        if not isinstance(found, Credentials):
            return None
        shown: AioCredentials | None = self._presigned.shown
        if shown is None or shown._source is not found:  # noqa: SLF001 - our own class
            # As in aiobotocore, it is the same object each time.
            shown = self._presigned.shown = AioCredentials(found)
        return shown

    async def _search(self, arguments: Mapping[str, Any], provider: Any) -> tuple[Mapping[str, Any], _Waiter | None]:
        """Looks for the credentials of a client of another service, with the arguments of `client`."""
        found = await self._awaited_credentials(arguments, provider)
        core = assembly.core_credentials(self, found(arguments["region_name"]), unsigned=False)
        return core, _waiter_of(core)

    async def _awaited_credentials(
        self, arguments: Mapping[str, Any], provider: Any
    ) -> Callable[[str | None], _Source]:
        """Finds a client's credentials first, so that making the client does not block."""
        credentials = assembly.credential_arguments(arguments)
        if provider is not None:
            assembly.check_alone(*credentials)
            from ._credentials.awaited import adopt

            given = await adopt(provider)
            return lambda _: given
        if credentials[0] is not None or credentials[1] is not None:
            return lambda region: assembly.credentials_given(self, region, *credentials)
        found = await self._searched(arguments["region_name"], arguments["config"])
        return lambda _: found

    async def _searched(self, region_name: str | None, config: Any) -> _Source:
        state = self._presigned
        config = state.sources.with_defaults(config)
        options: Config | None = None
        if config is not None:
            from ._settings.config import adopt, is_unsigned

            options = adopt(config)
            if is_unsigned(options.signature_version):
                return None
        has_pair = state.sources.profile is None and bool(os.environ.get("AWS_ACCESS_KEY_ID"))
        if state.provider is None and (state.credentials is not None or state.held is not None or has_pair):
            return state.found_for(None)
        from ._credentials.awaited import finished

        def search() -> Any:
            region = client_settings.region_of(state.sources, options, region_name)
            return state.found_for(region) if state.provider is None else state.provider.ask(region)

        if state.provider is None:
            flight: Any = state.flight
            found: _Source = await finished(flight.join(search))
            return found
        from ._credentials.background import in_thread
        from ._credentials.provided_base import is_async

        if is_async(state.provider.session.get_credentials):
            credentials = await search()
        else:
            credentials = await finished(in_thread(search))
        return state.provider.provide(credentials)


#: The attributes that only a session in aiobotocore's shape has.
_OWN = ("_session", "available_profiles", "events", "profile_name", "region_name")


class AioSession(Session):
    """A session in aiobotocore's shape, as `get_session` makes it.

    Args:
        profile: The profile of the shared files. It has precedence over credentials in the environment.
    """

    _presigned_known_as = ("aiobotocore.session", "AioSession")
    _with_aioboto3 = False

    def __init__(self, profile: str | None = None) -> None:
        super().__init__(profile_name=profile)

    def create_client(
        self,
        service_name: str,
        region_name: str | None = None,
        api_version: str | None = None,
        use_ssl: bool | None = True,
        verify: bool | str | None = None,
        endpoint_url: str | None = None,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        config: Any = None,
        aws_account_id: str | None = None,
        *,
        credentials: Any = None,
    ) -> ClientContext:
        """Makes a client, for `async with`: aiobotocore's name for `client`."""
        return self.client(service_name, **_session.arguments_of(locals()), credentials=credentials)

    def set_credentials(
        self, access_key: str, secret_key: str, token: str | None = None, account_id: str | None = None
    ) -> None:
        """Gives credentials to all clients that are made from now on."""
        state = self._presigned
        if state.boto3 is not None:
            state.boto3.set_credentials(access_key, secret_key, token, account_id)
        else:
            state.credentials = Credentials(access_key, secret_key, token, account_id=account_id)

    def __setattr__(self, name: str, value: Any) -> None:
        # The attributes of aiobotocore's session decide what its clients sign with.
        from ._names import BOTOCORE_SESSION

        if name in BOTOCORE_SESSION and name not in _OWN:
            from ._aio.session import set_attribute

            set_attribute(self, name, value)
        else:
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        from ._names import BOTOCORE_SESSION

        if name in BOTOCORE_SESSION:
            return _theirs(self, name)
        return super().__getattr__(name)


def get_session() -> AioSession:
    """Returns a new session, which takes its settings from the environment and AWS's shared files."""
    return AioSession()


async def presign_url(method: str, url: str, **arguments: Any) -> str:
    """Signs a request to any service of AWS in its URL, as `presigned.presign_url`, whose arguments these are.

    It waits for credentials only: those of aiobotocore are awaited, and others are fetched in a thread.
    """
    from . import _services
    from ._services.awaited import made

    return await made(_services.presign_url, method, url, arguments)


async def sign(method: str, url: str, **arguments: Any) -> dict[str, str]:
    """Returns the headers that sign a request to any service of AWS; the arguments are those of `presigned.sign`.

    It waits for credentials only, as `presign_url` does.
    """
    from . import _services
    from ._services.awaited import made

    return await made(_services.sign, method, url, arguments)


def _is_decided_by_aiobotocore(session: Session) -> bool:
    """Whether a session has become an aiobotocore session or was given one, so that its handlers and settings count."""
    state = session._presigned  # noqa: SLF001 - our own class
    if state.boto3 is not None:
        return True
    if state.provider is None:
        return False
    aios = getattr(sys.modules.get("aiobotocore.session"), "AioSession", None)
    return aios is not None and isinstance(state.provider.session, aios)


def _theirs(session: Session, name: str) -> Any:
    from ._aio.session import attribute

    return attribute(session, name)


def _client(settings: Any, settled: Any) -> S3:
    waiter = _waiter_of(settled.credentials)
    credentials = settled.credentials if waiter is None else {**settled.credentials, "source": waiter}
    sessions = settled.sessions.signed_by(credentials["source"], is_awaited=True)
    client = S3(**settings.core, **credentials, sessions=sessions)
    settled.sessions = sessions
    settled.waiter = waiter
    client._presigned = settled  # noqa: SLF001 - our own class
    return client


def _waiter_of(core: Mapping[str, Any]) -> _Waiter | None:
    """How to wait for the credentials of a client; `None` if no wait is needed."""
    if core["source"] is None:
        return None
    from ._credentials import awaited

    return awaited.waiter(core["source"])
