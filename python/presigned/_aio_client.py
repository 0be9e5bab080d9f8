"""The client of `presigned.aio`: the synchronous one, whose methods are coroutines."""

from __future__ import annotations

from . import _client, _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self

    from ._aio_behind import Elsewhere
    from ._credentials.awaited import _Waiter
    from ._presigned_post import PresignedPost
    from ._presigned_request import PresignedRequest

_URL = _core.Client.generate_presigned_url
_FORM = _core.Client.generate_presigned_post


class S3(_client.S3):
    """Presigns URLs and forms without ever blocking the loop.

    A coroutine waits for keys only: while those are fresh, it is done at its first step.
    """

    _known_as = ("aiobotocore.client", "AioBaseClient")
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

    @property
    def _elsewhere(self) -> Elsewhere | None:
        """What else a client of aiobotocore's has; `None` where nobody can make one."""
        found: Elsewhere | None = self.__dict__.get("_found")
        if found is None and self._origin is not None:
            from ._aio_behind import Elsewhere

            found = self.__dict__["_found"] = Elsewhere(*self._origin, self._waiter)
        return found

    async def close(self) -> None:
        """Closes the connections of the aiobotocore client behind this one; there are no others."""
        await self.__aexit__(None, None, None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if "_found" in self.__dict__ and self._elsewhere is not None:
            await self._elsewhere.close(kind, error, where)


for _method in (S3.generate_presigned_url, S3.generate_presigned_post, S3.presign, S3.presign_post):
    # As in aiobotocore, a call that does not fit is refused at once, in the words of boto3's functions.
    _method.__qualname__ = _method.__name__
    # A signature is shown as boto3's: the types are in the stub.
    _method.__annotations__ = {}
del _method
