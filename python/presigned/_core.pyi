"""The native module: presigning in Rust. Users meet it as the S3 client."""
# ruff: noqa: PYI021 - the stub is the module's manual

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, TypeVar, final, overload, type_check_only

from typing_extensions import Self, Unpack, deprecated, disjoint_base

from presigned import type_defs as types
from presigned._client.multipart import PresignedMultipart
from presigned._client.presign_options import PresignOptions
from presigned._client.presigned_post import PresignedPost
from presigned._client.presigned_request import PresignedRequest
from presigned._client.public_url import PublicUrl
from presigned._overloads import PresignsRequests, PresignsUrls

__all__ = [
    "Answered",
    "ArrowUrls",
    "Client",
    "Fingerprint",
    "FrozenCredentials",
    "HeldCredentials",
    "Later",
    "LatestCredentials",
    "ServiceSigner",
    "Unchanged",
    "__version__",
    "covered_form",
    "covered_url",
    "form_in_place",
    "is_s3_accelerate_url",
    "is_valid_endpoint_url",
    "methods_later",
    "now",
    "partitions",
    "presigned_post",
    "presigned_request",
    "promote",
    "region_endpoint",
    "region_partition_name",
    "served_form",
    "served_url",
    "url_in_place",
]

__version__: str

_Fields = TypeVar("_Fields", bound=Mapping[str, Any])

@final
class FrozenCredentials:
    """An access key, its secret and its token; they cannot change.

    Example:
        >>> from presigned._core import FrozenCredentials
        >>> FrozenCredentials("AKIDEXAMPLE", "secret", "token")
        FrozenCredentials(access_key='AKIDEXAMPLE')
    """

    def __new__(
        cls,
        access_key: str,
        secret_key: str,
        token: str | None = None,
        account_id: str | None = None,
        expiry: float | None = None,
    ) -> Self: ...
    @property
    def access_key(self) -> str: ...
    @property
    def secret_key(self) -> str: ...
    @property
    def token(self) -> str | None: ...
    @property
    def account_id(self) -> str | None: ...
    @property
    def expiry(self) -> float | None: ...

@disjoint_base
class ServiceSigner:
    """Signs for one service and region, with the credentials as they are at each call.

    Example:
        >>> from presigned import _core
        >>> held = _core.HeldCredentials("AKIDEXAMPLE", "secret")
        >>> signer = _core.ServiceSigner("sts", "eu-central-1", held)
        >>> signer.service, signer.region
        ('sts', 'eu-central-1')
    """

    def __new__(cls, service: str, region: str, source: object, /) -> Self: ...
    @property
    def service(self) -> str:
        """The name that the service signs with."""

    @property
    def region(self) -> str:
        """The region to sign for."""

    def presigned(
        self,
        method: str,
        url: str,
        expires_in: int,
        query: Iterable[tuple[str, str]],
        headers: Iterable[tuple[str, str]],
        token: str,
        unsigned_query: Iterable[tuple[str, str]],
        /,
    ) -> tuple[str, int, float | None]:
        """The URL, the second of the signature, and when the credentials expire."""

    def signed(
        self, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes, /
    ) -> list[tuple[str, str]]:
        """The headers to send."""

@final
class HeldCredentials:
    """Credentials that a program may set, for all clients that sign with them. They show no secret.

    Credentials that cannot sign are accepted here, and reported when a client signs with them.

    Example:
        >>> from presigned._core import HeldCredentials
        >>> held = HeldCredentials("AKIDEXAMPLE", "secret")
        >>> held["access_key"] = "AKIDANOTHER"
        >>> held.frozen()
        FrozenCredentials(access_key='AKIDANOTHER')
    """

    def __new__(
        cls, access_key: object, secret_key: object, token: object = None, method: str = "explicit", /
    ) -> Self: ...
    def __getitem__(self, name: str, /) -> Any:
        """The access key, the secret key or the token."""

    def __setitem__(self, name: str, value: object, /) -> None: ...
    def __delitem__(self, name: str, /) -> None: ...
    @property
    def method(self) -> str:
        """Which source they came from, in botocore's words."""

    @property
    def is_whole(self) -> bool:
        """Whether they can sign."""

    def ask(self, function: Callable[[], FrozenCredentials] | None, /) -> None:
        """Has clients sign with the `FrozenCredentials` that a function returns at each call. `None` ends this."""

    def frozen(self, account_id: str | None = None, /) -> FrozenCredentials:
        """The credentials as they are now.

        Raises:
            NoCredentialsError: There are none.
            PartialCredentialsError: One is missing.
            TypeError: One is not a string.
            ValueError: One is a string that UTF-8 cannot hold.
        """

@final
class LatestCredentials:
    """The latest answer of a credentials object, which its clients share."""

    def __new__(cls) -> Self: ...
    def forget(self) -> None:
        """Has every client ask again before it signs."""

@type_check_only
class _Source(Protocol):
    """Credentials that may change."""

    def current(self) -> tuple[FrozenCredentials, float]:
        """The credentials to sign with, and when to ask again, in seconds since 1970."""

@final
class ArrowUrls:
    """Presigned URLs as an Arrow array of type large_string, for every reader of Arrow; each gets a copy.

    Example:
        >>> import presigned, pyarrow
        >>> s3 = presigned.client("s3", region_name="eu-central-1")
        >>> keys = pyarrow.array(["a.jpg", "b.jpg"])
        >>> urls = s3.generate_presigned_urls("get_object", {"Bucket": "photos", "Key": keys})
        >>> str(pyarrow.array(urls).type)
        'large_string'
    """

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> str: ...

@disjoint_base
class Client(PresignsUrls):
    """An S3 client that only presigns; `presigned.S3` is made from it.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", region_name="eu-central-1")
        >>> url = s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"}, ExpiresIn=300)
    """

    def __new__(
        cls,
        *,
        builtins: dict[str, object],
        client_context: dict[str, object],
        use_global_endpoint: bool,
        use_ssl: bool,
        signature_version: str | None,
        unsigned: bool,
        auth_scheme_preference: str | None,
        longest_life: int,
        signing_region: str | None,
        parameter_validation: bool,
        inject_host_prefix: bool,
        has_presign_options: bool = False,
        sessions: Callable[[str, str, str], FrozenCredentials] | None = None,
        source: _Source | HeldCredentials | None,
    ) -> Self: ...

    # generate_presigned_urls(ClientMethod, Params, ExpiresIn=3600, HttpMethod=None, *, threads=None)
    #
    # A list holds the Params of single calls; in a dict, a member may be a column, which no TypedDict says.
    @overload
    def generate_presigned_urls(
        self,
        ClientMethod: types.ClientMethod | str,
        Params: list[Any] | tuple[Any, ...],
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
        *,
        threads: int | None = None,
    ) -> list[str]: ...
    @overload
    def generate_presigned_urls(
        self,
        ClientMethod: types.ClientMethod | str,
        Params: Mapping[str, Any],
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
        *,
        threads: int | None = None,
    ) -> list[str] | ArrowUrls: ...
    @overload
    def generate_presigned_post(
        self,
        Bucket: str,
        Key: str,
        Fields: dict[str, str] | None = None,
        Conditions: list[Any] | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
    ) -> types.PresignedPost[dict[str, str]]: ...
    @overload
    def generate_presigned_post(
        self,
        Bucket: str,
        Key: str,
        Fields: _Fields,
        Conditions: list[Any] | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
    ) -> types.PresignedPost[_Fields]: ...
    @overload
    @deprecated("Conditions is a list: boto3's own types take a dict too, and boto3 fails on it")
    def generate_presigned_post(
        self,
        Bucket: str,
        Key: str,
        Fields: Mapping[str, Any] | None = None,
        Conditions: list[Any] | dict[str, Any] | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
    ) -> types.PresignedPost[Mapping[str, Any]]: ...

@type_check_only
class _Presigning(Client, PresignsRequests):
    """What a client has for new code; its methods are those of `presigned._client.S3`."""

    def presign_many(
        self,
        operation: str,
        params: Any,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
        **rest: Unpack[PresignOptions],
    ) -> list[PresignedRequest]: ...
    def presign_multipart(
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
    def presign_post(
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

def presigned_request(
    client: Client,
    client_method: object,
    params: object,
    expires_in: object,
    http_method: object,
    additions: tuple[int | None, list[tuple[str, str]], list[tuple[str, str]], list[str], tuple[str, str, str] | None]
    | None = None,
    /,
) -> PresignedRequest:
    """A presigned URL, and the method, headers and expiry that its sender needs.

    Args:
        client: The client.
        client_method: The operation.
        params: Its parameters.
        expires_in: The lifetime, in seconds.
        http_method: The method to sign for.
        additions: When to sign, in seconds since 1970; what to add to the query and to the headers, and which headers
            become parameters; and scheme, host and path of the place where the request arrives.
    """

def presigned_post(
    client: Client, bucket: object, key: object, fields: object, conditions: object, expires_in: object, /
) -> PresignedPost:
    """A form, and when it stops working."""

def is_valid_endpoint_url(url: str, /) -> bool:
    """Whether boto3 would take this as an `endpoint_url`."""

def is_s3_accelerate_url(url: str, /) -> bool:
    """Whether this names the host of S3 Transfer Acceleration."""

@final
class Later:
    """An attribute that `presigned._later` makes at the first need."""

    def __new__(cls, name: str, /) -> Self: ...
    def __get__(self, client: object, owner: type | None = None, /) -> Any: ...
    def __set__(self, client: object, value: object, /) -> None: ...
    def __delete__(self, client: object, /) -> None: ...

def promote(client: Client, gate: object, /) -> None:
    """Has a client ask `gate` from now on, before the core presigns: it has become a client of boto3's."""

def methods_later(others: tuple[str, ...], /) -> dict[str, Later]:
    """The operations of the model, which are methods of boto3's client, as attributes of a class; and `others`."""

@final
class Unchanged:
    """Tells whether names of dicts hold the objects that they held.

    Args:
        same: Dicts, each with the number of names that it must have, or `None`; and names with their objects.
        equal: Lists or dicts, each with what it must be equal to.

    Example:
        >>> from presigned._core import Unchanged
        >>> names = {"a": 1}
        >>> unchanged = Unchanged([(names, 1, [("a", names["a"])])], [])
        >>> names["b"] = 2
        >>> unchanged.is_so()
        False
    """

    def __new__(
        cls,
        same: list[tuple[dict[str, Any], int | None, list[tuple[str, object]]]],
        equal: list[tuple[object, object]],
        /,
    ) -> Self: ...
    def is_so(self) -> bool:
        """Whether all names hold what they held."""

@final
class Answered:
    """The plain calls of one method that the core answers.

    Args:
        core: What answers; `None` for a client that asks for itself.
        names: The names that botocore looks up; they must be unchanged.
        redirector: The object whose cache has the buckets that S3 has redirected.
        members: Each member with the type that its value must have.
    """

    @property
    def core(self) -> Client | None:
        """What answers; `None` for a client that asks for itself."""

    def __new__(cls, core: Client | None, names: Unchanged, redirector: object, members: dict[str, Any], /) -> Self: ...

@disjoint_base
class Fingerprint:
    """A client of boto3 as it was when it was read, and the calls that the core answers until it changes."""

    def __new__(cls, *arguments: object, **named: object) -> Self: ...
    def set_read(self, own: list[tuple[str, object]], own_size: int, others: Unchanged, /) -> None:
        """Sets what was read: names of the client's own dict, its size, and others."""

    def is_made_of(self, names: dict[str, Any], /) -> bool:
        """Whether a client, whose `__dict__` this is, still has the same parts."""

    def serve(self, answered: Answered, method: str | None = None, /) -> None:
        """Has the core answer the plain calls for URLs of a method, or those for forms."""

    def serve_none(self) -> None:
        """Leaves all calls to Python, for good."""

def url_in_place(
    client: object, method: object, params: object, expires_in: object, http_method: object, /
) -> str | Literal[False] | None:
    """The URL of a call that replaces boto3's; `None` if Python must look at it, `False` if the core has refused it."""

def form_in_place(
    client: object, bucket: object, key: object, fields: object, conditions: object, expires_in: object, /
) -> dict[str, Any] | Literal[False] | None:
    """The form of a call that replaces boto3's, in the same way."""

def served_url(
    client: object, method: object, params: object, expires_in: object, http_method: object, /
) -> Answered | None:
    """What the core knows of a call that replaces boto3's, if it answers it."""

def served_form(
    client: object, bucket: object, key: object, fields: object, conditions: object, expires_in: object, /
) -> Answered | None:
    """The same for a form."""

def covered_url(gate: object, method: object, params: object, /) -> Answered | None:
    """What answers a URL of a client that has become boto3's, if nothing has changed since its gate was asked."""

def covered_form(gate: object, bucket: object, /) -> Answered | None:
    """The same for a form."""

def partitions() -> list[tuple[str, list[str], list[str]]]:
    """Each partition with its regions, and its endpoints that are not regions."""

def region_endpoint(region: str | None, *, dualstack: bool, fips: bool) -> tuple[str, str, str, str | None]:
    """What botocore's endpoint data says of a region: partition, name, region to sign for, host if there is one."""

def region_partition_name(region: str, /) -> str | None:
    """The partition that a region belongs to, if one has regions of this form."""

def now() -> float:
    """The time by the clock that URLs are signed by, in seconds since 1970, frozen or not."""
