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

from . import _assembly, _resource, _settings
from . import session as _session
from ._aio_client import S3 as S3
from ._aio_contexts import ClientContext as ClientContext
from ._aio_contexts import ResourceContext as ResourceContext
from ._credentials import Credentials
from ._credentials.aio_credentials import AioCredentials as AioCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from ._aio_behind import SessionBehind
    from ._credentials.awaited import _Waiter
    from .config import Config
    from .session import _Source

__all__ = ["S3", "AioCredentials", "AioSession", "Session", "get_session"]


class Session(_session.Session):
    """Keys, a region and a profile for clients to share; the arguments are those of `presigned.Session`.

    A session of aiobotocore may be given as `botocore_session`.
    """

    #: Whether what is not presigning is aioboto3's, where that is installed.
    _with_aioboto3 = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from ._credentials.background import Flight
        from ._credentials.refreshable import renew_after_fork

        self._flight = Flight()
        renew_after_fork(self._flight)

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

        Keys that have to be looked for are looked for in a thread. `credentials` may also be an
        `async` function, or lend what only a coroutine can read. A client of another service is
        aiobotocore's.
        """
        arguments = _session.arguments_of(locals())
        if service_name != "s3" and isinstance(service_name, str):
            return self._behind().client(service_name, arguments, lambda: self._search(arguments, credentials))

        async def make() -> S3:
            found = await self._awaited_keys(arguments, credentials)
            settings, core = _assembly.settled(self, service_name, arguments, found)
            client = _client(settings, core)
            client._origin = (self, arguments, core)  # noqa: SLF001 - this is its maker
            if self._boto3 is not None:
                self._boto3.hand_down(client)
            return client

        return ClientContext(make)

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
        """Makes a resource, of which `meta.client` is here, for `async with`; the rest is aioboto3's."""
        arguments = _session.arguments_of(locals())
        if service_name != "s3" and isinstance(service_name, str):
            return self._behind().resource(service_name, arguments, lambda: self._search(arguments, credentials))
        client = self.client(
            service_name,
            region_name,
            api_version,
            use_ssl,
            verify,
            endpoint_url,
            aws_access_key_id,
            aws_secret_access_key,
            aws_session_token,
            _resource.resource_config(config),
            credentials=credentials,
        )
        return ResourceContext(client, lambda s3: self._behind().resource_of(s3, arguments))

    def _behind(self) -> SessionBehind:
        """What the session has from aiobotocore."""
        if self._boto3 is None:
            from ._aio_behind import SessionBehind

            self._boto3 = SessionBehind(self, self._given, with_aioboto3=self._with_aioboto3)
        behind: SessionBehind = self._boto3  # type: ignore[assignment] # made here
        return behind

    async def get_credentials(self) -> AioCredentials | None:  # type: ignore[override] # the same
        """Returns the keys that clients sign with unless they are given others, or `None`.

        Raises:
            BotoCoreError: A source is configured wrongly, or has no keys to give.
        """
        found = await self._searched(None, None)
        if not isinstance(found, Credentials):
            return None
        shown: AioCredentials | None = vars(self).get("_shown_credentials")
        if shown is None or shown._source is not found:  # noqa: SLF001 - ours
            # As in aiobotocore, it is the same object each time.
            shown = vars(self)["_shown_credentials"] = AioCredentials(found)
        return shown

    async def _search(self, arguments: Mapping[str, Any], lender: Any) -> tuple[Mapping[str, Any], _Waiter | None]:
        """Looks for the keys of a client of another service, with the arguments of `client`."""
        found = await self._awaited_keys(arguments, lender)
        core = _assembly.core_keys(self, found(arguments["region_name"]), unsigned=False)
        return core, _waiter_of(core)

    async def _awaited_keys(self, arguments: Mapping[str, Any], lender: Any) -> Callable[[str | None], _Source]:
        """Finds out what a client signs with, so that making it waits for nothing."""
        keys = _assembly.key_arguments(arguments)
        if lender is not None:
            _assembly.check_alone(*keys)
            from ._credentials.awaited import adopt

            lent = await adopt(lender)
            return lambda _: lent
        if keys[0] is not None or keys[1] is not None:
            return lambda region: _assembly.keys_given(self, region, *keys)
        found = await self._searched(arguments["region_name"], arguments["config"])
        return lambda _: found

    async def _searched(self, region_name: str | None, config: Any) -> _Source:
        config = self._sources.with_defaults(config)
        options: Config | None = None
        if config is not None:
            from .config import adopt, is_unsigned

            options = adopt(config)
            if is_unsigned(options.signature_version):
                return None
        has_pair = self._sources.profile is None and bool(os.environ.get("AWS_ACCESS_KEY_ID"))
        if self._lender is None and (self._credentials is not None or self._held is not None or has_pair):
            return self._found_for(None)
        from ._credentials.awaited import finished

        def search() -> Any:
            region = _settings.region_of(self._sources, options, region_name)
            return self._found_for(region) if self._lender is None else self._lender.ask(region)

        if self._lender is None:
            found: _Source = await finished(self._flight.join(search))
            return found
        from ._credentials import lent
        from ._credentials.background import in_thread

        if lent.is_async(self._lender.session.get_credentials):
            keys = await search()
        else:
            keys = await finished(in_thread(search))
        return self._lender.lend(keys)


class AioSession(Session):
    """A session in aiobotocore's shape, as `get_session` makes it.

    Args:
        profile: The profile of the shared files; it beats keys in the environment.
    """

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
        return self.client(
            service_name,
            region_name,
            api_version,
            use_ssl,
            verify,
            endpoint_url,
            aws_access_key_id,
            aws_secret_access_key,
            aws_session_token,
            config,
            aws_account_id,
            credentials=credentials,
        )

    def set_credentials(
        self, access_key: str, secret_key: str, token: str | None = None, account_id: str | None = None
    ) -> None:
        """Gives keys to all clients that are made from now on."""
        self._credentials = Credentials(access_key, secret_key, token, account_id=account_id)


def get_session() -> AioSession:
    """Returns a new session; what it is not told, the environment and AWS's shared files say."""
    return AioSession()


def _client(settings: Any, core: dict[str, Any]) -> S3:
    waiter = _waiter_of(core)
    client = _assembly.assemble(S3, settings, core if waiter is None else {**core, "source": waiter})
    if waiter is not None:
        client._waiter = waiter  # noqa: SLF001 - this is its maker
    return client


def _waiter_of(core: Mapping[str, Any]) -> _Waiter | None:
    """How to wait for the keys of a client; `None` where nobody has to."""
    if core["source"] is None:
        return None
    from ._credentials import awaited

    return awaited.waiter(core["source"])
