"""Presigning of a client that has a boto3 client behind it, on which somebody may have registered handlers."""

from __future__ import annotations

from ._core import Client
from ._names import OPERATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._client import S3
    from ._presigned_post import PresignedPost
    from ._presigned_request import PresignedRequest

#: What is put in front of the client's own.
METHODS = ("generate_presigned_url", "generate_presigned_post", "presign", "presign_post")

#: What boto3's functions take for a form, and what the signer is told.
_FORM = ("create_bucket", "PutObject")

#: What is said where only boto3 knows what is signed.
_NOT_HERE = (
    "{} cannot tell what boto3 signs, which presigns here: event handlers that were registered bear on it, or S3 has "
    "redirected it from this bucket to another region. Use {}, or another client"
)


def watch(ours: S3, theirs: Any, kind: type[Watched] | None = None) -> None:
    """Has a client of ours presign itself only while boto3's would do nothing else than the core does."""
    watched = (kind or Watched)(ours, theirs)
    vars(ours).update((name, getattr(watched, name)) for name in METHODS)


class Watched:
    """The methods of one client that presign."""

    def __init__(self, ours: S3, theirs: Any) -> None:
        self._ours = ours
        self._url, self._form = self._own(ours)
        self._theirs = theirs
        self._emitter = theirs.meta.events._emitter  # noqa: SLF001 - botocore has no other way to ask
        self._lookups: Any = None
        #: Method -> the region redirector, or `None` where somebody's handlers bear on the operation.
        self._known: dict[str, Any] = {}

    def _own(self, ours: S3) -> tuple[Any, Any]:
        """What the client itself would presign by."""
        return Client.generate_presigned_url.__get__(ours), Client.generate_presigned_post.__get__(ours)

    def generate_presigned_url(
        self, ClientMethod: Any, Params: Any = None, ExpiresIn: Any = 3600, HttpMethod: Any = None
    ) -> Any:
        """Makes a presigned URL, here or by boto3."""
        bucket = Params.get("Bucket") if isinstance(Params, dict) else None
        if isinstance(ClientMethod, str) and self._is_theirs(ClientMethod, None, bucket):
            return self._theirs.generate_presigned_url(ClientMethod, Params, ExpiresIn, HttpMethod)
        return self._url(ClientMethod, Params, ExpiresIn, HttpMethod)

    def generate_presigned_post(
        self, Bucket: Any, Key: Any, Fields: Any = None, Conditions: Any = None, ExpiresIn: Any = 3600
    ) -> Any:
        """Makes a form, here or by boto3."""
        if self._is_theirs(*_FORM, Bucket):
            return self._theirs.generate_presigned_post(Bucket, Key, Fields, Conditions, ExpiresIn)
        return self._form(Bucket, Key, Fields, Conditions, ExpiresIn)

    def presign(
        self, operation: Any, params: Any = None, *, expires_in: Any = 3600, http_method: Any = None
    ) -> PresignedRequest:
        """Presigns a request here, or says why it cannot."""
        bucket = params.get("Bucket") if isinstance(params, dict) else None
        if isinstance(operation, str) and self._is_theirs(operation, None, bucket):
            raise NotImplementedError(_NOT_HERE.format("presign", "generate_presigned_url"))
        return type(self._ours).presign(self._ours, operation, params, expires_in=expires_in, http_method=http_method)

    def presign_post(
        self, bucket: Any, key: Any, *, fields: Any = None, conditions: Any = None, expires_in: Any = 3600
    ) -> PresignedPost:
        """Presigns a form here, or says why it cannot."""
        if self._is_theirs(*_FORM, bucket):
            raise NotImplementedError(_NOT_HERE.format("presign_post", "generate_presigned_post"))
        return type(self._ours).presign_post(
            self._ours, bucket, key, fields=fields, conditions=conditions, expires_in=expires_in
        )

    def has_handlers(self) -> bool:
        """Whether somebody's handlers bear on presigning, of whatever operation."""
        return None in (self._redirector(*_FORM), *(self._redirector(method, None) for method in OPERATIONS))

    def _is_theirs(self, method: str, signed_as: str | None, bucket: Any) -> bool:
        if self._emitter._lookup_cache is not self._lookups:  # noqa: SLF001 - a new one for each change of handlers
            self._known = {}
            self._lookups = self._emitter._lookup_cache  # noqa: SLF001 - the same
        key = signed_as or method
        if key not in self._known:
            self._known[key] = self._redirector(method, signed_as)
        redirector = self._known[key]
        if redirector is None:
            return method in OPERATIONS
        # After a redirect boto3 signs for the region that S3 named.
        moved = redirector._cache  # noqa: SLF001 - botocore has no other way to ask
        return bool(moved) and isinstance(bucket, str) and bucket in moved

    def _redirector(self, method: str, signed_as: str | None) -> Any:
        from ._inplace.declined import NotCovered
        from ._inplace.handlers import Handlers

        operation = OPERATIONS.get(method)
        if operation is None:
            return None
        try:
            return Handlers(self._theirs.meta.events, operation, signed_as or operation).redirector
        except NotCovered:
            return None


class AioWatched(Watched):
    """The same where aiobotocore's client is behind: what either of them returns is a coroutine."""

    def _own(self, ours: S3) -> tuple[Any, Any]:
        kind = type(ours)
        return kind.generate_presigned_url.__get__(ours), kind.generate_presigned_post.__get__(ours)
