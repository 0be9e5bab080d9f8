"""Decides which calls the core answers once a client has become an aiobotocore client; see `_boto3.gate`."""

from __future__ import annotations

from presigned import _core
from presigned._boto3.gate import Gate, copied
from presigned._boto3.presigning import form_end, read_request
from presigned._credentials.provided_base import Provided
from presigned._settings import core_in, signed_by

from .batch import batch
from .credentials import NoCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._aio_client import S3
    from presigned._core import FrozenCredentials


class GateCredentials(Provided):
    """The credentials of an aiobotocore credentials object, which were awaited before."""

    frozen: Any = None

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns what was awaited."""
        return self._answer(self.frozen.access_key, self.frozen.secret_key, self.frozen.token)


class AioGate(Gate):
    """Decides who answers each call of one client. A call waits for credentials only."""

    is_asked_by_core = False
    #: Whether the credentials are those of an aiobotocore session, because the client itself has none.
    is_provided_by_session = False
    #: Whether the connections of aiobotocore's client are still to be closed.
    is_open = True

    async def url(self, client: S3, method: Any, params: Any, *rest: Any) -> Any:
        """Makes a presigned URL."""
        if not self.is_url_covered(method, params):
            return await self.theirs.generate_presigned_url(method, copied(params), *rest)
        core = await self._awaited_core(client)
        return _core.Client.generate_presigned_url(core, method, params, *rest)

    async def post(self, client: S3, bucket: Any, key: Any, fields: Any, conditions: Any, expires_in: Any) -> Any:
        """Makes a form."""
        if not self.is_form_covered(bucket):
            return await self.theirs.generate_presigned_post(
                bucket, key, copied(fields), copied(conditions), expires_in
            )
        core = await self._awaited_core(client)
        return _core.Client.generate_presigned_post(core, bucket, key, fields, conditions, expires_in)

    async def urls(self, client: S3, method: Any, params: Any, expires_in: Any, http_method: Any, threads: Any) -> Any:
        """Makes many URLs."""
        given = (method, params, expires_in, http_method)
        if self.is_covered(method, None, None) and not self.has_moved():
            return await batch(await self._awaited_core(client), *given, threads)
        # The core reads the rows. It is called once more, so that it returns their URLs in its own form.
        rows: list[Any] = []

        def collect(row: Any) -> str:
            # The program may change it while this waits.
            rows.append(row.copy() if type(row) is dict else row)
            return ""

        by_row(collect).generate_presigned_urls(*given, threads=threads)
        urls = [await self.url(client, method, row, expires_in, http_method) for row in rows]
        made = iter(urls)
        return by_row(lambda _: next(made)).generate_presigned_urls(*given, threads=threads)

    async def awaited_core_of_request(self, client: S3, operation: Any, params: Any) -> _core.Client | None:
        """The native client that presigns a request, with fresh credentials; `None` if aiobotocore's client must."""
        is_covered = self.is_url_covered(operation, params)
        return await self._awaited_core(client) if is_covered else None

    async def awaited_core_of_form(self, client: S3, bucket: Any) -> _core.Client | None:
        """The same for a form."""
        return await self._awaited_core(client) if self.is_form_covered(bucket) else None

    async def awaited_request(
        self, operation: Any, params: Any, expires_in: Any, http_method: Any
    ) -> tuple[str, str, dict[str, str], int | None]:
        """Presigns a request by aiobotocore's client: method, URL, headers to send, and when it ends."""
        from presigned._boto3.presigning import noting

        client_that_notes, events = noting(self.theirs, AwaitedNotedEvents)
        url = await client_that_notes.generate_presigned_url(operation, copied(params), expires_in, http_method)
        return read_request(self.theirs, operation, url, events.request, http_method)

    async def awaited_form(
        self, bucket: Any, key: Any, fields: Any, conditions: Any, expires_in: Any
    ) -> tuple[dict[str, Any], int | None]:
        """Presigns a form by aiobotocore's client: what `generate_presigned_post` returns, and when it ends."""
        made = await self.theirs.generate_presigned_post(bucket, key, copied(fields), copied(conditions), expires_in)
        return made, form_end(made)

    def signing_source(self) -> GateCredentials:
        """The source of the credentials that were awaited."""
        return self._source

    async def _awaited_core(self, client: S3) -> _core.Client:
        """Returns what presigns with the credentials object that aiobotocore's client has now, once that is fresh."""
        credentials = self.theirs._request_signer._credentials
        is_same = credentials is self.credentials_as_made
        if is_same and (
            credentials is None or isinstance(credentials, NoCredentials) or not self.is_provided_by_session
        ):
            # The client signs with the same credentials, or reports where it has looked for them.
            waiter = client._presigned.waiter
            pause = None if waiter is None else waiter.pause()
            if pause is not None:
                await pause
            return client
        if credentials is None:
            return self.core() or client
        frozen = await credentials.get_frozen_credentials()
        made = self._made
        if made is None or made[0] is not credentials:
            self._source = GateCredentials(credentials)
            sessions = self._settled.sessions.signed_by(self._source, is_awaited=True)
            core = _core.Client(**self.core_settings(), **signed_by(self._source), sessions=sessions)
            made = self._made = credentials, core
        self._source.frozen = frozen
        return made[1]


class AwaitedNotedEvents:
    """The events of an aiobotocore signer; see `presigning.NotedEvents`."""

    def __init__(self, events: Any, service_id: str) -> None:
        self._events = events
        self._service_id = service_id
        self.request: Any = None

    async def emit(self, event_name: str, **arguments: Any) -> Any:
        """Calls the handlers of an event."""
        if not event_name.startswith("before-sign."):
            return await self._events.emit(event_name, **arguments)
        found = await self._events.emit(event_name, service_id=self._service_id, **arguments)
        self.request = arguments["request"]
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events, name)


class _Rows:
    """Answers for a native client, so that a function makes the URL of each row."""

    def __init__(self, by_row: Any) -> None:
        self._by_row = by_row

    def generate_presigned_urls(self, **_: Any) -> Any:
        """Returns the function that makes the URL of one row."""
        return self._by_row


def by_row(function: Any) -> _core.Client:
    """A native client that makes each row of a batch by a function. Its own settings do not matter."""
    made = _core.Client(**core_in("us-east-1"), **signed_by(None))
    _core.promote(made, _Rows(function))
    return made
