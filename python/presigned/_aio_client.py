"""The client of `presigned.aio`: the synchronous one, whose methods are coroutines."""

from __future__ import annotations

from . import _client, _core
from ._session_state import SessionNeededError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self

    from ._aio.gate import AioGate
    from ._client.multipart import PresignedMultipart
    from ._client.presigned_post import PresignedPost
    from ._client.presigned_request import PresignedRequest

_URL = _core.Client.generate_presigned_url
_FORM = _core.Client.generate_presigned_post


class S3(_client.S3):
    """Presigns URLs and forms without ever blocking the loop.

    A coroutine waits for credentials only: while those are fresh, it is done at its first step.
    """

    __slots__ = ()
    _known_as = ("aiobotocore.client", "AioBaseClient")
    _promotion = "presigned._aio.promotion"
    #: Calls are awaited, because credentials may have to be fetched.
    _is_awaited = True

    async def generate_presigned_url(
        self, ClientMethod: Any, Params: Any = None, ExpiresIn: Any = 3600, HttpMethod: Any = None
    ) -> str:
        """Makes a presigned URL; the arguments are those of `presigned.S3`."""
        settled = self._presigned
        while True:
            try:
                if settled.gate is not None:
                    gate: Any = settled.gate
                    url: str = await gate.url(self, ClientMethod, Params, ExpiresIn, HttpMethod)
                    return url
                if settled.waiter is not None:
                    pause = settled.waiter.pause()
                    if pause is not None:
                        await pause
                return _URL(self, ClientMethod, Params, ExpiresIn, HttpMethod)
            except SessionNeededError as needed:
                await _opened(needed)

    async def generate_presigned_post(
        self, Bucket: Any, Key: Any, Fields: Any = None, Conditions: Any = None, ExpiresIn: Any = 3600
    ) -> dict[str, Any]:
        """Makes a POST form; the arguments are those of `presigned.S3`."""
        gate = await self._await_credentials()
        if gate is not None:
            form: dict[str, Any] = await gate.post(self, Bucket, Key, Fields, Conditions, ExpiresIn)
            return form
        return _FORM(self, Bucket, Key, Fields, Conditions, ExpiresIn)

    async def generate_presigned_urls(
        self, ClientMethod: Any, Params: Any, ExpiresIn: Any = 3600, HttpMethod: Any = None, *, threads: Any = None
    ) -> Any:
        """Makes many presigned URLs; the arguments are those of `presigned.S3`. A large batch is made in a thread."""
        while True:
            try:
                return await self._urls((ClientMethod, Params, ExpiresIn, HttpMethod), threads)
            except SessionNeededError as needed:
                await _opened(needed)

    async def _urls(self, given: tuple[Any, Any, Any, Any], threads: Any) -> Any:
        gate = await self._await_credentials()
        if gate is not None:
            return await gate.urls(self, *given, threads)
        from ._aio.batch import batch, with_credentials

        waiter = self._presigned.waiter
        core: Any = self if waiter is None else with_credentials(self, waiter.current())
        return await batch(core, *given, threads)

    async def presign(
        self, operation: Any, params: Any = None, *, expires_in: Any = 3600, http_method: Any = None, **options: Any
    ) -> PresignedRequest:
        """Presigns a request; the arguments are those of `presigned.S3`."""
        while True:
            try:
                return await self._presigned_request(operation, params, expires_in, http_method, options)
            except SessionNeededError as needed:
                await _opened(needed)

    async def _presigned_request(
        self, operation: Any, params: Any, expires_in: Any, http_method: Any, options: dict[str, Any]
    ) -> PresignedRequest:
        gate = await self._await_credentials()
        if gate is None:
            return super().presign(operation, params, expires_in=expires_in, http_method=http_method, **options)
        core = await gate.awaited_core_of_request(self, operation, params)
        if options or self._presigned.presign_options is not None:
            from ._client.presign_options import Presigning

            return Presigning(self, core, operation, params, options).request(expires_in, http_method)
        if core is not None:
            return _core.presigned_request(core, operation, params, expires_in, http_method)
        from ._client.presigned_request import PresignedRequest

        made = await gate.awaited_request(operation, params, expires_in, http_method)
        return PresignedRequest(operation, *made)

    async def presign_many(self, operation: Any, params: Any, **rest: Any) -> list[PresignedRequest]:
        """Presigns many requests of one operation; the arguments are those of `presigned.S3`."""
        from ._client.presign_many import presign_many
        from ._client.steps import run_awaited

        return await run_awaited(self, presign_many(operation, params, rest))

    async def presign_multipart(
        self, bucket: Any, key: Any, upload_id: Any, *, size: Any, **rest: Any
    ) -> PresignedMultipart:
        """Presigns all requests of an upload in parts; the arguments are those of `presigned.S3`."""
        from ._client.multipart import presign_multipart
        from ._client.steps import run_awaited

        has_options = self._presigned.presign_options is not None
        steps = presign_multipart(bucket, key, upload_id, size=size, has_options=has_options, **rest)
        return await run_awaited(self, steps)

    async def presign_post(
        self,
        bucket: Any,
        key: Any,
        *,
        fields: Any = None,
        conditions: Any = None,
        expires_in: Any = 3600,
        **kwargs: Any,
    ) -> PresignedPost:
        """Presigns a POST form; the arguments are those of `presigned.S3`."""
        gate = await self._await_credentials()
        if gate is None:
            return super().presign_post(
                bucket, key, fields=fields, conditions=conditions, expires_in=expires_in, **kwargs
            )
        options = _client.taken(kwargs)
        of_policy = key
        if kwargs or fields is not None or conditions is not None:
            of_policy, fields, conditions = _client.settled_form(bucket, key, fields, conditions, kwargs)
        core = await gate.awaited_core_of_form(self, bucket)
        if core is not None:
            form = _core.presigned_post(core, bucket, of_policy, fields, conditions, expires_in)
        else:
            from ._client.presigned_post import PresignedPost

            made, end = await gate.awaited_form(bucket, of_policy, fields, conditions, expires_in)
            form = PresignedPost(made["url"], made["fields"], end)
        from ._client.post_delivery import delivered

        arguments = bucket, of_policy, fields, conditions, expires_in
        form = delivered(form, self, core, key, arguments, options)
        return _client.with_key(form, of_policy, key)

    async def _await_credentials(self) -> AioGate | None:
        """Waits for the credentials of a client. If it has become an aiobotocore client, its gate does this."""
        settled = self._presigned
        if settled.gate is None and settled.waiter is not None:
            pause = settled.waiter.pause()
            if pause is not None:
                await pause
        # It may have become an aiobotocore client meanwhile.
        return settled.gate  # type: ignore[return-value] # the gate of an asynchronous client

    async def close(self) -> None:
        """Closes the connections of the aiobotocore client that this one has become; before, there are none."""
        await self.__aexit__(None, None, None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        gate: Any = self._presigned.gate
        if gate is not None and gate.is_open:
            gate.is_open = False
            await gate.theirs.__aexit__(kind, error, where)


async def _opened(needed: SessionNeededError) -> None:
    """Waits until a session with a directory bucket is open."""
    from ._credentials.awaited import finished

    await finished(needed.credentials.refresh_in_background())


for _method in (
    S3.generate_presigned_url,
    S3.generate_presigned_post,
    S3.generate_presigned_urls,
    S3.presign,
    S3.presign_post,
):
    # As in aiobotocore, a call that does not fit is refused at once, in the words of boto3's functions.
    _method.__qualname__ = _method.__name__
    # `inspect` shows boto3's signature: the types are in the stub.
    _method.__annotations__ = {}
del _method
