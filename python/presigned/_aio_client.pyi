"""The client of `presigned.aio`. Users meet it as `presigned.aio.S3`."""
# ruff: noqa: PYI021 - the stub is the module's manual

from collections.abc import Coroutine, Iterable, Mapping
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Literal, overload

from typing_extensions import Self, Unpack, deprecated

from presigned import _client
from presigned import type_defs as types
from presigned._client.multipart import PresignedMultipart
from presigned._client.presign_options import PresignOptions
from presigned._client.presigned_post import PresignedPost
from presigned._client.presigned_request import PresignedRequest
from presigned._client.public_url import PublicUrl
from presigned._core import ArrowUrls, _Fields
from presigned._overloads import Awaited

TYPE_CHECKING: bool

class S3(Awaited, _client.S3):  # type: ignore[misc] # the results of the first are awaited
    """An S3 client whose methods are coroutines, to be awaited.

    Example:
        >>> import asyncio
        >>> import presigned.aio
        >>> async def link(key: str) -> str:
        ...     async with presigned.aio.Session().client("s3", region_name="eu-central-1") as s3:
        ...         return await s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": key})
        >>> asyncio.run(link("cat.jpg")).split("?")[0]
        'https://photos.s3.amazonaws.com/cat.jpg'
    """

    @overload  # type: ignore[override] # awaited
    def generate_presigned_urls(
        self,
        ClientMethod: types.ClientMethod | str,
        Params: list[Any] | tuple[Any, ...],
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
        *,
        threads: int | None = None,
    ) -> Coroutine[Any, Any, list[str]]: ...
    @overload
    def generate_presigned_urls(
        self,
        ClientMethod: types.ClientMethod | str,
        Params: Mapping[str, Any],
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
        *,
        threads: int | None = None,
    ) -> Coroutine[Any, Any, list[str] | ArrowUrls]: ...
    @overload  # type: ignore[override] # awaited
    def generate_presigned_post(
        self,
        Bucket: str,
        Key: str,
        Fields: dict[str, str] | None = None,
        Conditions: list[Any] | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
    ) -> Coroutine[Any, Any, types.PresignedPost[dict[str, str]]]: ...
    @overload
    def generate_presigned_post(
        self,
        Bucket: str,
        Key: str,
        Fields: _Fields,
        Conditions: list[Any] | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
    ) -> Coroutine[Any, Any, types.PresignedPost[_Fields]]: ...
    @overload
    @deprecated("Conditions is a list: boto3's own types take a dict too, and boto3 fails on it")
    def generate_presigned_post(
        self,
        Bucket: str,
        Key: str,
        Fields: Mapping[str, Any] | None = None,
        Conditions: list[Any] | dict[str, Any] | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
    ) -> Coroutine[Any, Any, types.PresignedPost[Mapping[str, Any]]]: ...
    async def presign_many(  # type: ignore[override] # awaited
        self,
        operation: str,
        params: Any,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
        **rest: Unpack[PresignOptions],
    ) -> list[PresignedRequest]: ...
    async def presign_multipart(  # type: ignore[override] # awaited
        self,
        bucket: str,
        key: str,
        upload_id: str,
        *,
        size: int,
        part_size: int | None = None,
        parts: Iterable[int] | None = None,
        checksums: Mapping[int, str] | None = None,
        checksum_algorithm: Literal["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] | None = None,
        expires_in: types.ExpiresIn = 3600,
        **rest: Unpack[PresignOptions],
    ) -> PresignedMultipart: ...
    async def presign_post(  # type: ignore[override] # awaited
        self,
        bucket: str,
        key: str,
        *,
        fields: Mapping[str, str] | None = None,
        conditions: list[Any] | None = None,
        expires_in: types.ExpiresIn = 3600,
        max_size: int | None = None,
        min_size: int | None = None,
        content_type: str | None = None,
        key_prefix: str | None = None,
        success_redirect: str | None = None,
        success_status: Literal[200, 201, 204] | None = None,
        acl: types.ObjectCannedACLType | None = None,
        storage_class: types.StorageClassType | None = None,
        cache_control: str | None = None,
        content_disposition: str | None = None,
        content_encoding: str | None = None,
        website_redirect: str | None = None,
        metadata: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
        server_side_encryption: types.ServerSideEncryptionType | None = None,
        sse_kms_key_id: str | None = None,
        sse_kms_encryption_context: Mapping[str, str] | None = None,
        bucket_key_enabled: bool | None = None,
        object_lock_mode: types.ObjectLockModeType | None = None,
        object_lock_retain_until: datetime | None = None,
        object_lock_legal_hold: bool | None = None,
        checksum_algorithm: Literal["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] | None = None,
        checksum: str | None = None,
        public_url: str | PublicUrl | None = None,
        stable_for: float | str | timedelta | None = None,
        signed_at: datetime | float | None = None,
        clock_offset: float | timedelta | None = None,
        on_temporary: Literal["raise", "allow"] = ...,
        on_early_expiry: Literal["warn", "raise", "clamp", "refresh", "ignore"] = ...,
    ) -> PresignedPost: ...
    async def close(self) -> None: ...  # type: ignore[override] # awaited
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None: ...
