"""The client of `presigned.aio`: the synchronous one, whose methods are coroutines."""

from __future__ import annotations

from . import _client, _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self

    from ._credentials.awaited import _Waiter
    from ._presigned_post import PresignedPost
    from ._presigned_request import PresignedRequest

_URL = _core.Client.generate_presigned_url
_FORM = _core.Client.generate_presigned_post


class S3(_client.S3):
    """Presigns URLs and forms without ever blocking the loop.

    A coroutine waits for keys only: while those are fresh, it is done at its first step.
    """

    #: How to wait for the keys; `None` where nobody has to.
    _waiter: _Waiter | None = None

    async def generate_presigned_url(
        self, ClientMethod: Any, Params: Any = None, ExpiresIn: Any = 3600, HttpMethod: Any = None
    ) -> str:
        """Makes a presigned URL; the arguments are those of `presigned.S3`."""
        if self._waiter is not None:
            pause = self._waiter.pause()
            if pause is not None:
                await pause
        return _URL(self, ClientMethod, Params, ExpiresIn, HttpMethod)

    async def generate_presigned_post(
        self, Bucket: Any, Key: Any, Fields: Any = None, Conditions: Any = None, ExpiresIn: Any = 3600
    ) -> dict[str, Any]:
        """Makes a POST form; the arguments are those of `presigned.S3`."""
        if self._waiter is not None:
            pause = self._waiter.pause()
            if pause is not None:
                await pause
        return _FORM(self, Bucket, Key, Fields, Conditions, ExpiresIn)

    async def presign(
        self, operation: Any, params: Any = None, *, expires_in: Any = 3600, http_method: Any = None
    ) -> PresignedRequest:
        """Presigns a request; the arguments are those of `presigned.S3`."""
        if self._waiter is not None:
            pause = self._waiter.pause()
            if pause is not None:
                await pause
        return super().presign(operation, params, expires_in=expires_in, http_method=http_method)

    async def presign_post(
        self, bucket: Any, key: Any, *, fields: Any = None, conditions: Any = None, expires_in: Any = 3600
    ) -> PresignedPost:
        """Presigns a POST form; the arguments are those of `presigned.S3`."""
        if self._waiter is not None:
            pause = self._waiter.pause()
            if pause is not None:
                await pause
        return super().presign_post(bucket, key, fields=fields, conditions=conditions, expires_in=expires_in)

    async def close(self) -> None:
        """Does nothing: there are no connections to close."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        await self.close()


for _method in (S3.generate_presigned_url, S3.generate_presigned_post, S3.presign, S3.presign_post):
    # As in aiobotocore, a call that does not fit is refused at once, in the words of boto3's functions.
    _method.__qualname__ = _method.__name__
    # A signature is shown as boto3's: the types are in the stub.
    _method.__annotations__ = {}
del _method
