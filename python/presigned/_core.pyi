"""The native module: presigning in Rust. Users meet it as the S3 client."""
# ruff: noqa: PYI021 - the stub is the module's manual

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, final, overload, type_check_only

from typing_extensions import LiteralString, Never, Self, TypedDict, deprecated, disjoint_base

from presigned import type_defs as types
from presigned._presigned_post import PresignedPost
from presigned._presigned_request import PresignedRequest

__all__ = [
    "ArrowUrls",
    "Client",
    "HeldKeys",
    "Keys",
    "Later",
    "LatestKeys",
    "Unchanged",
    "__version__",
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
]

__version__: str

_Fields = TypeVar("_Fields", bound=Mapping[str, Any])

# What a display in braces is to a type checker while it fits no TypedDict. Not `dict[str, object]`, which
# mypy infers for a mixed dict; a set, for that is a dict whose first key is being typed, and an editor
# completes the key only if the call has an overload that takes it.
_Value: TypeAlias = types.Blob | types.Timestamp | list[Any] | tuple[Any, ...] | set[Any] | dict[str, Any] | None
_Braces: TypeAlias = dict[str, _Value] | set[str]

@type_check_only
class _NoParams(TypedDict):
    """An empty `Params`; any TypedDict is one too."""

@final
class Keys:
    """An access key, its secret and its token; they cannot change.

    Example:
        >>> from presigned._core import Keys
        >>> Keys("AKIDEXAMPLE", "secret", "token")
        Keys(access_key='AKIDEXAMPLE')
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

@final
class HeldKeys:
    """Keys that a program may set, for all clients that sign with them; they show no secret.

    Keys that cannot sign are taken, and reported to whoever signs with them.

    Example:
        >>> from presigned._core import HeldKeys
        >>> held = HeldKeys("AKIDEXAMPLE", "secret")
        >>> held.access_key = "AKIDANOTHER"
        >>> held.keys()
        Keys(access_key='AKIDANOTHER')
    """

    access_key: Any
    secret_key: Any
    token: Any

    def __new__(
        cls, access_key: object, secret_key: object, token: object = None, method: str = "explicit", /
    ) -> Self: ...
    @property
    def method(self) -> str:
        """Which source they came from, in botocore's words."""

    @property
    def is_whole(self) -> bool:
        """Whether they can sign."""

    def ask(self, function: Callable[[], Keys] | None, /) -> None:
        """Has clients sign with what a function returns, at each call; without one, with these again."""

    def keys(self, account_id: str | None = None, /) -> Keys:
        """The keys as they are now.

        Raises:
            NoCredentialsError: There are none.
            PartialCredentialsError: One is missing.
            TypeError: One is no text.
            ValueError: One is a text that UTF-8 cannot carry.
        """

@final
class LatestKeys:
    """The latest answer of a credentials object, which its clients share."""

    def __new__(cls) -> Self: ...
    def forget(self) -> None:
        """Has every client ask anew before it signs."""

@type_check_only
class _Source(Protocol):
    """Keys that may change."""

    def current(self) -> tuple[Keys, float]:
        """The keys to sign with, and when to ask again, in seconds since 1970."""

@final
class ArrowUrls:
    """Presigned URLs as an Arrow array of type large_string, for whatever reads Arrow; it gets a copy.

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
class Client:
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
        source: _Source | HeldKeys | None,
    ) -> Self: ...

    # generate_presigned_url(ClientMethod, Params=None, ExpiresIn=3600, HttpMethod=None) -> str
    #
    # For the literal name of an operation, Params is checked against its TypedDict. What fits none, and is
    # accepted by boto3's own types, is deprecated where it is known to be wrong, and else accepted here too.
    # Overloads of generate_presigned_url generated by scripts/generate_stubs.py; do not edit up to the next mark.
    # The model is that of botocore 1.44.5.
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object"],
        Params: types.GetObjectParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object"],
        Params: types.PutObjectParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["head_object"],
        Params: types.HeadObjectParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_object"],
        Params: types.DeleteObjectParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["upload_part"],
        Params: types.UploadPartParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_objects_v2"],
        Params: types.ListObjectsV2Params,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["abort_multipart_upload"],
        Params: types.AbortMultipartUploadParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["complete_multipart_upload"],
        Params: types.CompleteMultipartUploadParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["copy_object"],
        Params: types.CopyObjectParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_bucket"],
        Params: types.CreateBucketParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_bucket_metadata_configuration"],
        Params: types.CreateBucketMetadataConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_bucket_metadata_table_configuration"],
        Params: types.CreateBucketMetadataTableConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_multipart_upload"],
        Params: types.CreateMultipartUploadParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_session"],
        Params: types.CreateSessionParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket"],
        Params: types.DeleteBucketParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_analytics_configuration"],
        Params: types.DeleteBucketAnalyticsConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_cors"],
        Params: types.DeleteBucketCorsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_encryption"],
        Params: types.DeleteBucketEncryptionParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_intelligent_tiering_configuration"],
        Params: types.DeleteBucketIntelligentTieringConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_inventory_configuration"],
        Params: types.DeleteBucketInventoryConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_lifecycle"],
        Params: types.DeleteBucketLifecycleParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_metadata_configuration"],
        Params: types.DeleteBucketMetadataConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_metadata_table_configuration"],
        Params: types.DeleteBucketMetadataTableConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_metrics_configuration"],
        Params: types.DeleteBucketMetricsConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_ownership_controls"],
        Params: types.DeleteBucketOwnershipControlsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_policy"],
        Params: types.DeleteBucketPolicyParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_replication"],
        Params: types.DeleteBucketReplicationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_tagging"],
        Params: types.DeleteBucketTaggingParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_website"],
        Params: types.DeleteBucketWebsiteParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_object_annotation"],
        Params: types.DeleteObjectAnnotationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_object_tagging"],
        Params: types.DeleteObjectTaggingParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_objects"],
        Params: types.DeleteObjectsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_public_access_block"],
        Params: types.DeletePublicAccessBlockParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_abac"],
        Params: types.GetBucketAbacParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_accelerate_configuration"],
        Params: types.GetBucketAccelerateConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_acl"],
        Params: types.GetBucketAclParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_analytics_configuration"],
        Params: types.GetBucketAnalyticsConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_cors"],
        Params: types.GetBucketCorsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_encryption"],
        Params: types.GetBucketEncryptionParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_intelligent_tiering_configuration"],
        Params: types.GetBucketIntelligentTieringConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_inventory_configuration"],
        Params: types.GetBucketInventoryConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_lifecycle"],
        Params: types.GetBucketLifecycleParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_lifecycle_configuration"],
        Params: types.GetBucketLifecycleConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_location"],
        Params: types.GetBucketLocationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_logging"],
        Params: types.GetBucketLoggingParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_metadata_configuration"],
        Params: types.GetBucketMetadataConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_metadata_table_configuration"],
        Params: types.GetBucketMetadataTableConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_metrics_configuration"],
        Params: types.GetBucketMetricsConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_notification"],
        Params: types.GetBucketNotificationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_notification_configuration"],
        Params: types.GetBucketNotificationConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_ownership_controls"],
        Params: types.GetBucketOwnershipControlsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_policy"],
        Params: types.GetBucketPolicyParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_policy_status"],
        Params: types.GetBucketPolicyStatusParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_replication"],
        Params: types.GetBucketReplicationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_request_payment"],
        Params: types.GetBucketRequestPaymentParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_tagging"],
        Params: types.GetBucketTaggingParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_versioning"],
        Params: types.GetBucketVersioningParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_website"],
        Params: types.GetBucketWebsiteParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_acl"],
        Params: types.GetObjectAclParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_annotation"],
        Params: types.GetObjectAnnotationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_attributes"],
        Params: types.GetObjectAttributesParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_legal_hold"],
        Params: types.GetObjectLegalHoldParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_lock_configuration"],
        Params: types.GetObjectLockConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_retention"],
        Params: types.GetObjectRetentionParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_tagging"],
        Params: types.GetObjectTaggingParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_torrent"],
        Params: types.GetObjectTorrentParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_public_access_block"],
        Params: types.GetPublicAccessBlockParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["head_bucket"],
        Params: types.HeadBucketParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_bucket_analytics_configurations"],
        Params: types.ListBucketAnalyticsConfigurationsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_bucket_intelligent_tiering_configurations"],
        Params: types.ListBucketIntelligentTieringConfigurationsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_bucket_inventory_configurations"],
        Params: types.ListBucketInventoryConfigurationsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_bucket_metrics_configurations"],
        Params: types.ListBucketMetricsConfigurationsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_buckets"],
        Params: types.ListBucketsParams | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_directory_buckets"],
        Params: types.ListDirectoryBucketsParams | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_multipart_uploads"],
        Params: types.ListMultipartUploadsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_object_annotations"],
        Params: types.ListObjectAnnotationsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_object_versions"],
        Params: types.ListObjectVersionsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_objects"],
        Params: types.ListObjectsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_parts"],
        Params: types.ListPartsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_abac"],
        Params: types.PutBucketAbacParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_accelerate_configuration"],
        Params: types.PutBucketAccelerateConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_acl"],
        Params: types.PutBucketAclParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_analytics_configuration"],
        Params: types.PutBucketAnalyticsConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_cors"],
        Params: types.PutBucketCorsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_encryption"],
        Params: types.PutBucketEncryptionParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_intelligent_tiering_configuration"],
        Params: types.PutBucketIntelligentTieringConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_inventory_configuration"],
        Params: types.PutBucketInventoryConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_lifecycle"],
        Params: types.PutBucketLifecycleParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_lifecycle_configuration"],
        Params: types.PutBucketLifecycleConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_logging"],
        Params: types.PutBucketLoggingParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_metrics_configuration"],
        Params: types.PutBucketMetricsConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_notification"],
        Params: types.PutBucketNotificationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_notification_configuration"],
        Params: types.PutBucketNotificationConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_ownership_controls"],
        Params: types.PutBucketOwnershipControlsParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_policy"],
        Params: types.PutBucketPolicyParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_replication"],
        Params: types.PutBucketReplicationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_request_payment"],
        Params: types.PutBucketRequestPaymentParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_tagging"],
        Params: types.PutBucketTaggingParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_versioning"],
        Params: types.PutBucketVersioningParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_website"],
        Params: types.PutBucketWebsiteParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_acl"],
        Params: types.PutObjectAclParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_annotation"],
        Params: types.PutObjectAnnotationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_legal_hold"],
        Params: types.PutObjectLegalHoldParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_lock_configuration"],
        Params: types.PutObjectLockConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_retention"],
        Params: types.PutObjectRetentionParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_tagging"],
        Params: types.PutObjectTaggingParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_public_access_block"],
        Params: types.PutPublicAccessBlockParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["rename_object"],
        Params: types.RenameObjectParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["restore_object"],
        Params: types.RestoreObjectParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["select_object_content"],
        Params: types.SelectObjectContentParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["update_bucket_metadata_annotation_table_configuration"],
        Params: types.UpdateBucketMetadataAnnotationTableConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["update_bucket_metadata_inventory_table_configuration"],
        Params: types.UpdateBucketMetadataInventoryTableConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["update_bucket_metadata_journal_table_configuration"],
        Params: types.UpdateBucketMetadataJournalTableConfigurationParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["update_object_encryption"],
        Params: types.UpdateObjectEncryptionParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["upload_part_copy"],
        Params: types.UploadPartCopyParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: Literal["write_get_object_response"],
        Params: types.WriteGetObjectResponseParams,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    # No Params where some are required, or those of another operation.
    @overload
    @deprecated("Params are missing, or those of another operation")
    def generate_presigned_url(
        self,
        ClientMethod: types.ClientMethod,
        Params: _NoParams | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    # Nobody can check a dict[str, Any].
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: str,
        Params: dict[str, Never],
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    # A display in braces that fits no overload above. A variable passes by: its type is not this one.
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetObjectParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object"],
        Params: types.GetObjectParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutObjectParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object"],
        Params: types.PutObjectParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.HeadObjectParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["head_object"],
        Params: types.HeadObjectParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteObjectParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_object"],
        Params: types.DeleteObjectParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.UploadPartParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["upload_part"],
        Params: types.UploadPartParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListObjectsV2Params")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_objects_v2"],
        Params: types.ListObjectsV2Params | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.AbortMultipartUploadParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["abort_multipart_upload"],
        Params: types.AbortMultipartUploadParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.CompleteMultipartUploadParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["complete_multipart_upload"],
        Params: types.CompleteMultipartUploadParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.CopyObjectParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["copy_object"],
        Params: types.CopyObjectParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.CreateBucketParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_bucket"],
        Params: types.CreateBucketParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.CreateBucketMetadataConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_bucket_metadata_configuration"],
        Params: types.CreateBucketMetadataConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.CreateBucketMetadataTableConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_bucket_metadata_table_configuration"],
        Params: types.CreateBucketMetadataTableConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.CreateMultipartUploadParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_multipart_upload"],
        Params: types.CreateMultipartUploadParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.CreateSessionParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["create_session"],
        Params: types.CreateSessionParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket"],
        Params: types.DeleteBucketParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketAnalyticsConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_analytics_configuration"],
        Params: types.DeleteBucketAnalyticsConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketCorsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_cors"],
        Params: types.DeleteBucketCorsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketEncryptionParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_encryption"],
        Params: types.DeleteBucketEncryptionParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketIntelligentTieringConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_intelligent_tiering_configuration"],
        Params: types.DeleteBucketIntelligentTieringConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketInventoryConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_inventory_configuration"],
        Params: types.DeleteBucketInventoryConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketLifecycleParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_lifecycle"],
        Params: types.DeleteBucketLifecycleParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketMetadataConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_metadata_configuration"],
        Params: types.DeleteBucketMetadataConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketMetadataTableConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_metadata_table_configuration"],
        Params: types.DeleteBucketMetadataTableConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketMetricsConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_metrics_configuration"],
        Params: types.DeleteBucketMetricsConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketOwnershipControlsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_ownership_controls"],
        Params: types.DeleteBucketOwnershipControlsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketPolicyParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_policy"],
        Params: types.DeleteBucketPolicyParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketReplicationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_replication"],
        Params: types.DeleteBucketReplicationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketTaggingParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_tagging"],
        Params: types.DeleteBucketTaggingParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteBucketWebsiteParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_bucket_website"],
        Params: types.DeleteBucketWebsiteParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteObjectAnnotationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_object_annotation"],
        Params: types.DeleteObjectAnnotationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteObjectTaggingParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_object_tagging"],
        Params: types.DeleteObjectTaggingParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeleteObjectsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_objects"],
        Params: types.DeleteObjectsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.DeletePublicAccessBlockParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["delete_public_access_block"],
        Params: types.DeletePublicAccessBlockParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketAbacParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_abac"],
        Params: types.GetBucketAbacParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketAccelerateConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_accelerate_configuration"],
        Params: types.GetBucketAccelerateConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketAclParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_acl"],
        Params: types.GetBucketAclParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketAnalyticsConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_analytics_configuration"],
        Params: types.GetBucketAnalyticsConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketCorsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_cors"],
        Params: types.GetBucketCorsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketEncryptionParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_encryption"],
        Params: types.GetBucketEncryptionParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketIntelligentTieringConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_intelligent_tiering_configuration"],
        Params: types.GetBucketIntelligentTieringConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketInventoryConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_inventory_configuration"],
        Params: types.GetBucketInventoryConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketLifecycleParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_lifecycle"],
        Params: types.GetBucketLifecycleParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketLifecycleConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_lifecycle_configuration"],
        Params: types.GetBucketLifecycleConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketLocationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_location"],
        Params: types.GetBucketLocationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketLoggingParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_logging"],
        Params: types.GetBucketLoggingParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketMetadataConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_metadata_configuration"],
        Params: types.GetBucketMetadataConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketMetadataTableConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_metadata_table_configuration"],
        Params: types.GetBucketMetadataTableConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketMetricsConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_metrics_configuration"],
        Params: types.GetBucketMetricsConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketNotificationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_notification"],
        Params: types.GetBucketNotificationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketNotificationConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_notification_configuration"],
        Params: types.GetBucketNotificationConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketOwnershipControlsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_ownership_controls"],
        Params: types.GetBucketOwnershipControlsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketPolicyParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_policy"],
        Params: types.GetBucketPolicyParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketPolicyStatusParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_policy_status"],
        Params: types.GetBucketPolicyStatusParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketReplicationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_replication"],
        Params: types.GetBucketReplicationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketRequestPaymentParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_request_payment"],
        Params: types.GetBucketRequestPaymentParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketTaggingParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_tagging"],
        Params: types.GetBucketTaggingParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketVersioningParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_versioning"],
        Params: types.GetBucketVersioningParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetBucketWebsiteParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_bucket_website"],
        Params: types.GetBucketWebsiteParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetObjectAclParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_acl"],
        Params: types.GetObjectAclParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetObjectAnnotationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_annotation"],
        Params: types.GetObjectAnnotationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetObjectAttributesParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_attributes"],
        Params: types.GetObjectAttributesParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetObjectLegalHoldParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_legal_hold"],
        Params: types.GetObjectLegalHoldParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetObjectLockConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_lock_configuration"],
        Params: types.GetObjectLockConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetObjectRetentionParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_retention"],
        Params: types.GetObjectRetentionParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetObjectTaggingParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_tagging"],
        Params: types.GetObjectTaggingParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetObjectTorrentParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object_torrent"],
        Params: types.GetObjectTorrentParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.GetPublicAccessBlockParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_public_access_block"],
        Params: types.GetPublicAccessBlockParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.HeadBucketParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["head_bucket"],
        Params: types.HeadBucketParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListBucketAnalyticsConfigurationsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_bucket_analytics_configurations"],
        Params: types.ListBucketAnalyticsConfigurationsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListBucketIntelligentTieringConfigurationsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_bucket_intelligent_tiering_configurations"],
        Params: types.ListBucketIntelligentTieringConfigurationsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListBucketInventoryConfigurationsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_bucket_inventory_configurations"],
        Params: types.ListBucketInventoryConfigurationsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListBucketMetricsConfigurationsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_bucket_metrics_configurations"],
        Params: types.ListBucketMetricsConfigurationsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListBucketsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_buckets"],
        Params: types.ListBucketsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListDirectoryBucketsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_directory_buckets"],
        Params: types.ListDirectoryBucketsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListMultipartUploadsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_multipart_uploads"],
        Params: types.ListMultipartUploadsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListObjectAnnotationsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_object_annotations"],
        Params: types.ListObjectAnnotationsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListObjectVersionsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_object_versions"],
        Params: types.ListObjectVersionsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListObjectsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_objects"],
        Params: types.ListObjectsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.ListPartsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["list_parts"],
        Params: types.ListPartsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketAbacParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_abac"],
        Params: types.PutBucketAbacParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketAccelerateConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_accelerate_configuration"],
        Params: types.PutBucketAccelerateConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketAclParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_acl"],
        Params: types.PutBucketAclParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketAnalyticsConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_analytics_configuration"],
        Params: types.PutBucketAnalyticsConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketCorsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_cors"],
        Params: types.PutBucketCorsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketEncryptionParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_encryption"],
        Params: types.PutBucketEncryptionParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketIntelligentTieringConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_intelligent_tiering_configuration"],
        Params: types.PutBucketIntelligentTieringConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketInventoryConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_inventory_configuration"],
        Params: types.PutBucketInventoryConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketLifecycleParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_lifecycle"],
        Params: types.PutBucketLifecycleParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketLifecycleConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_lifecycle_configuration"],
        Params: types.PutBucketLifecycleConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketLoggingParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_logging"],
        Params: types.PutBucketLoggingParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketMetricsConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_metrics_configuration"],
        Params: types.PutBucketMetricsConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketNotificationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_notification"],
        Params: types.PutBucketNotificationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketNotificationConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_notification_configuration"],
        Params: types.PutBucketNotificationConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketOwnershipControlsParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_ownership_controls"],
        Params: types.PutBucketOwnershipControlsParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketPolicyParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_policy"],
        Params: types.PutBucketPolicyParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketReplicationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_replication"],
        Params: types.PutBucketReplicationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketRequestPaymentParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_request_payment"],
        Params: types.PutBucketRequestPaymentParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketTaggingParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_tagging"],
        Params: types.PutBucketTaggingParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketVersioningParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_versioning"],
        Params: types.PutBucketVersioningParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutBucketWebsiteParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_bucket_website"],
        Params: types.PutBucketWebsiteParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutObjectAclParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_acl"],
        Params: types.PutObjectAclParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutObjectAnnotationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_annotation"],
        Params: types.PutObjectAnnotationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutObjectLegalHoldParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_legal_hold"],
        Params: types.PutObjectLegalHoldParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutObjectLockConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_lock_configuration"],
        Params: types.PutObjectLockConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutObjectRetentionParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_retention"],
        Params: types.PutObjectRetentionParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutObjectTaggingParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_object_tagging"],
        Params: types.PutObjectTaggingParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.PutPublicAccessBlockParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["put_public_access_block"],
        Params: types.PutPublicAccessBlockParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.RenameObjectParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["rename_object"],
        Params: types.RenameObjectParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.RestoreObjectParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["restore_object"],
        Params: types.RestoreObjectParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.SelectObjectContentParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["select_object_content"],
        Params: types.SelectObjectContentParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.UpdateBucketMetadataAnnotationTableConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["update_bucket_metadata_annotation_table_configuration"],
        Params: types.UpdateBucketMetadataAnnotationTableConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.UpdateBucketMetadataInventoryTableConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["update_bucket_metadata_inventory_table_configuration"],
        Params: types.UpdateBucketMetadataInventoryTableConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.UpdateBucketMetadataJournalTableConfigurationParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["update_bucket_metadata_journal_table_configuration"],
        Params: types.UpdateBucketMetadataJournalTableConfigurationParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.UpdateObjectEncryptionParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["update_object_encryption"],
        Params: types.UpdateObjectEncryptionParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.UploadPartCopyParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["upload_part_copy"],
        Params: types.UploadPartCopyParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    @overload
    @deprecated("Params does not fit presigned.type_defs.WriteGetObjectResponseParams")
    def generate_presigned_url(
        self,
        ClientMethod: Literal["write_get_object_response"],
        Params: types.WriteGetObjectResponseParams | _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    # The same for a text that names no operation; to mypy, any str is a LiteralString.
    @overload
    @deprecated("ClientMethod is no S3 operation's name, so that Params cannot be checked")
    def generate_presigned_url(
        self,
        ClientMethod: LiteralString,
        Params: _Braces,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    # Whatever else boto3 takes.
    @overload
    def generate_presigned_url(
        self,
        ClientMethod: str,
        Params: Mapping[str, Any] | None = None,
        ExpiresIn: types.ExpiresIn = 3600,
        HttpMethod: str | None = None,
    ) -> str: ...
    # End of the overloads of generate_presigned_url.
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
class _Presigning(Client):
    """What a client has for new code; its methods are those of `presigned._client.S3`."""

    # presign(operation, params=None, *, expires_in=3600, http_method=None)
    #
    # Overloads of presign generated by scripts/generate_stubs.py; do not edit up to the next mark.
    # The model is that of botocore 1.44.5.
    @overload
    def presign(
        self,
        operation: Literal["get_object"],
        params: types.GetObjectParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_object"],
        params: types.PutObjectParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["head_object"],
        params: types.HeadObjectParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_object"],
        params: types.DeleteObjectParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["upload_part"],
        params: types.UploadPartParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_objects_v2"],
        params: types.ListObjectsV2Params,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["abort_multipart_upload"],
        params: types.AbortMultipartUploadParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["complete_multipart_upload"],
        params: types.CompleteMultipartUploadParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["copy_object"],
        params: types.CopyObjectParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["create_bucket"],
        params: types.CreateBucketParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["create_bucket_metadata_configuration"],
        params: types.CreateBucketMetadataConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["create_bucket_metadata_table_configuration"],
        params: types.CreateBucketMetadataTableConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["create_multipart_upload"],
        params: types.CreateMultipartUploadParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["create_session"],
        params: types.CreateSessionParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket"],
        params: types.DeleteBucketParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_analytics_configuration"],
        params: types.DeleteBucketAnalyticsConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_cors"],
        params: types.DeleteBucketCorsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_encryption"],
        params: types.DeleteBucketEncryptionParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_intelligent_tiering_configuration"],
        params: types.DeleteBucketIntelligentTieringConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_inventory_configuration"],
        params: types.DeleteBucketInventoryConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_lifecycle"],
        params: types.DeleteBucketLifecycleParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_metadata_configuration"],
        params: types.DeleteBucketMetadataConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_metadata_table_configuration"],
        params: types.DeleteBucketMetadataTableConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_metrics_configuration"],
        params: types.DeleteBucketMetricsConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_ownership_controls"],
        params: types.DeleteBucketOwnershipControlsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_policy"],
        params: types.DeleteBucketPolicyParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_replication"],
        params: types.DeleteBucketReplicationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_tagging"],
        params: types.DeleteBucketTaggingParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_bucket_website"],
        params: types.DeleteBucketWebsiteParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_object_annotation"],
        params: types.DeleteObjectAnnotationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_object_tagging"],
        params: types.DeleteObjectTaggingParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_objects"],
        params: types.DeleteObjectsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["delete_public_access_block"],
        params: types.DeletePublicAccessBlockParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_abac"],
        params: types.GetBucketAbacParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_accelerate_configuration"],
        params: types.GetBucketAccelerateConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_acl"],
        params: types.GetBucketAclParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_analytics_configuration"],
        params: types.GetBucketAnalyticsConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_cors"],
        params: types.GetBucketCorsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_encryption"],
        params: types.GetBucketEncryptionParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_intelligent_tiering_configuration"],
        params: types.GetBucketIntelligentTieringConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_inventory_configuration"],
        params: types.GetBucketInventoryConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_lifecycle"],
        params: types.GetBucketLifecycleParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_lifecycle_configuration"],
        params: types.GetBucketLifecycleConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_location"],
        params: types.GetBucketLocationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_logging"],
        params: types.GetBucketLoggingParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_metadata_configuration"],
        params: types.GetBucketMetadataConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_metadata_table_configuration"],
        params: types.GetBucketMetadataTableConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_metrics_configuration"],
        params: types.GetBucketMetricsConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_notification"],
        params: types.GetBucketNotificationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_notification_configuration"],
        params: types.GetBucketNotificationConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_ownership_controls"],
        params: types.GetBucketOwnershipControlsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_policy"],
        params: types.GetBucketPolicyParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_policy_status"],
        params: types.GetBucketPolicyStatusParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_replication"],
        params: types.GetBucketReplicationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_request_payment"],
        params: types.GetBucketRequestPaymentParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_tagging"],
        params: types.GetBucketTaggingParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_versioning"],
        params: types.GetBucketVersioningParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_bucket_website"],
        params: types.GetBucketWebsiteParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_object_acl"],
        params: types.GetObjectAclParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_object_annotation"],
        params: types.GetObjectAnnotationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_object_attributes"],
        params: types.GetObjectAttributesParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_object_legal_hold"],
        params: types.GetObjectLegalHoldParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_object_lock_configuration"],
        params: types.GetObjectLockConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_object_retention"],
        params: types.GetObjectRetentionParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_object_tagging"],
        params: types.GetObjectTaggingParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_object_torrent"],
        params: types.GetObjectTorrentParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["get_public_access_block"],
        params: types.GetPublicAccessBlockParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["head_bucket"],
        params: types.HeadBucketParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_bucket_analytics_configurations"],
        params: types.ListBucketAnalyticsConfigurationsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_bucket_intelligent_tiering_configurations"],
        params: types.ListBucketIntelligentTieringConfigurationsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_bucket_inventory_configurations"],
        params: types.ListBucketInventoryConfigurationsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_bucket_metrics_configurations"],
        params: types.ListBucketMetricsConfigurationsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_buckets"],
        params: types.ListBucketsParams | None = None,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_directory_buckets"],
        params: types.ListDirectoryBucketsParams | None = None,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_multipart_uploads"],
        params: types.ListMultipartUploadsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_object_annotations"],
        params: types.ListObjectAnnotationsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_object_versions"],
        params: types.ListObjectVersionsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_objects"],
        params: types.ListObjectsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["list_parts"],
        params: types.ListPartsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_abac"],
        params: types.PutBucketAbacParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_accelerate_configuration"],
        params: types.PutBucketAccelerateConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_acl"],
        params: types.PutBucketAclParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_analytics_configuration"],
        params: types.PutBucketAnalyticsConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_cors"],
        params: types.PutBucketCorsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_encryption"],
        params: types.PutBucketEncryptionParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_intelligent_tiering_configuration"],
        params: types.PutBucketIntelligentTieringConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_inventory_configuration"],
        params: types.PutBucketInventoryConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_lifecycle"],
        params: types.PutBucketLifecycleParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_lifecycle_configuration"],
        params: types.PutBucketLifecycleConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_logging"],
        params: types.PutBucketLoggingParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_metrics_configuration"],
        params: types.PutBucketMetricsConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_notification"],
        params: types.PutBucketNotificationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_notification_configuration"],
        params: types.PutBucketNotificationConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_ownership_controls"],
        params: types.PutBucketOwnershipControlsParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_policy"],
        params: types.PutBucketPolicyParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_replication"],
        params: types.PutBucketReplicationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_request_payment"],
        params: types.PutBucketRequestPaymentParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_tagging"],
        params: types.PutBucketTaggingParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_versioning"],
        params: types.PutBucketVersioningParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_bucket_website"],
        params: types.PutBucketWebsiteParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_object_acl"],
        params: types.PutObjectAclParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_object_annotation"],
        params: types.PutObjectAnnotationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_object_legal_hold"],
        params: types.PutObjectLegalHoldParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_object_lock_configuration"],
        params: types.PutObjectLockConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_object_retention"],
        params: types.PutObjectRetentionParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_object_tagging"],
        params: types.PutObjectTaggingParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["put_public_access_block"],
        params: types.PutPublicAccessBlockParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["rename_object"],
        params: types.RenameObjectParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["restore_object"],
        params: types.RestoreObjectParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["select_object_content"],
        params: types.SelectObjectContentParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["update_bucket_metadata_annotation_table_configuration"],
        params: types.UpdateBucketMetadataAnnotationTableConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["update_bucket_metadata_inventory_table_configuration"],
        params: types.UpdateBucketMetadataInventoryTableConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["update_bucket_metadata_journal_table_configuration"],
        params: types.UpdateBucketMetadataJournalTableConfigurationParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["update_object_encryption"],
        params: types.UpdateObjectEncryptionParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["upload_part_copy"],
        params: types.UploadPartCopyParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    def presign(
        self,
        operation: Literal["write_get_object_response"],
        params: types.WriteGetObjectResponseParams,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    # No params where some are required, or those of another operation.
    @overload
    @deprecated("params are missing, or those of another operation")
    def presign(
        self,
        operation: types.ClientMethod,
        params: _NoParams | None = None,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    # Nobody can check a dict[str, Any].
    @overload
    def presign(
        self,
        operation: str,
        params: dict[str, Never],
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    # A display in braces that fits no overload above. A variable passes by: its type is not this one.
    @overload
    @deprecated("params does not fit presigned.type_defs.GetObjectParams")
    def presign(
        self,
        operation: Literal["get_object"],
        params: types.GetObjectParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutObjectParams")
    def presign(
        self,
        operation: Literal["put_object"],
        params: types.PutObjectParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.HeadObjectParams")
    def presign(
        self,
        operation: Literal["head_object"],
        params: types.HeadObjectParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteObjectParams")
    def presign(
        self,
        operation: Literal["delete_object"],
        params: types.DeleteObjectParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.UploadPartParams")
    def presign(
        self,
        operation: Literal["upload_part"],
        params: types.UploadPartParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListObjectsV2Params")
    def presign(
        self,
        operation: Literal["list_objects_v2"],
        params: types.ListObjectsV2Params | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.AbortMultipartUploadParams")
    def presign(
        self,
        operation: Literal["abort_multipart_upload"],
        params: types.AbortMultipartUploadParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.CompleteMultipartUploadParams")
    def presign(
        self,
        operation: Literal["complete_multipart_upload"],
        params: types.CompleteMultipartUploadParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.CopyObjectParams")
    def presign(
        self,
        operation: Literal["copy_object"],
        params: types.CopyObjectParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.CreateBucketParams")
    def presign(
        self,
        operation: Literal["create_bucket"],
        params: types.CreateBucketParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.CreateBucketMetadataConfigurationParams")
    def presign(
        self,
        operation: Literal["create_bucket_metadata_configuration"],
        params: types.CreateBucketMetadataConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.CreateBucketMetadataTableConfigurationParams")
    def presign(
        self,
        operation: Literal["create_bucket_metadata_table_configuration"],
        params: types.CreateBucketMetadataTableConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.CreateMultipartUploadParams")
    def presign(
        self,
        operation: Literal["create_multipart_upload"],
        params: types.CreateMultipartUploadParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.CreateSessionParams")
    def presign(
        self,
        operation: Literal["create_session"],
        params: types.CreateSessionParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketParams")
    def presign(
        self,
        operation: Literal["delete_bucket"],
        params: types.DeleteBucketParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketAnalyticsConfigurationParams")
    def presign(
        self,
        operation: Literal["delete_bucket_analytics_configuration"],
        params: types.DeleteBucketAnalyticsConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketCorsParams")
    def presign(
        self,
        operation: Literal["delete_bucket_cors"],
        params: types.DeleteBucketCorsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketEncryptionParams")
    def presign(
        self,
        operation: Literal["delete_bucket_encryption"],
        params: types.DeleteBucketEncryptionParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketIntelligentTieringConfigurationParams")
    def presign(
        self,
        operation: Literal["delete_bucket_intelligent_tiering_configuration"],
        params: types.DeleteBucketIntelligentTieringConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketInventoryConfigurationParams")
    def presign(
        self,
        operation: Literal["delete_bucket_inventory_configuration"],
        params: types.DeleteBucketInventoryConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketLifecycleParams")
    def presign(
        self,
        operation: Literal["delete_bucket_lifecycle"],
        params: types.DeleteBucketLifecycleParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketMetadataConfigurationParams")
    def presign(
        self,
        operation: Literal["delete_bucket_metadata_configuration"],
        params: types.DeleteBucketMetadataConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketMetadataTableConfigurationParams")
    def presign(
        self,
        operation: Literal["delete_bucket_metadata_table_configuration"],
        params: types.DeleteBucketMetadataTableConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketMetricsConfigurationParams")
    def presign(
        self,
        operation: Literal["delete_bucket_metrics_configuration"],
        params: types.DeleteBucketMetricsConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketOwnershipControlsParams")
    def presign(
        self,
        operation: Literal["delete_bucket_ownership_controls"],
        params: types.DeleteBucketOwnershipControlsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketPolicyParams")
    def presign(
        self,
        operation: Literal["delete_bucket_policy"],
        params: types.DeleteBucketPolicyParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketReplicationParams")
    def presign(
        self,
        operation: Literal["delete_bucket_replication"],
        params: types.DeleteBucketReplicationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketTaggingParams")
    def presign(
        self,
        operation: Literal["delete_bucket_tagging"],
        params: types.DeleteBucketTaggingParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteBucketWebsiteParams")
    def presign(
        self,
        operation: Literal["delete_bucket_website"],
        params: types.DeleteBucketWebsiteParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteObjectAnnotationParams")
    def presign(
        self,
        operation: Literal["delete_object_annotation"],
        params: types.DeleteObjectAnnotationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteObjectTaggingParams")
    def presign(
        self,
        operation: Literal["delete_object_tagging"],
        params: types.DeleteObjectTaggingParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeleteObjectsParams")
    def presign(
        self,
        operation: Literal["delete_objects"],
        params: types.DeleteObjectsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.DeletePublicAccessBlockParams")
    def presign(
        self,
        operation: Literal["delete_public_access_block"],
        params: types.DeletePublicAccessBlockParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketAbacParams")
    def presign(
        self,
        operation: Literal["get_bucket_abac"],
        params: types.GetBucketAbacParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketAccelerateConfigurationParams")
    def presign(
        self,
        operation: Literal["get_bucket_accelerate_configuration"],
        params: types.GetBucketAccelerateConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketAclParams")
    def presign(
        self,
        operation: Literal["get_bucket_acl"],
        params: types.GetBucketAclParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketAnalyticsConfigurationParams")
    def presign(
        self,
        operation: Literal["get_bucket_analytics_configuration"],
        params: types.GetBucketAnalyticsConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketCorsParams")
    def presign(
        self,
        operation: Literal["get_bucket_cors"],
        params: types.GetBucketCorsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketEncryptionParams")
    def presign(
        self,
        operation: Literal["get_bucket_encryption"],
        params: types.GetBucketEncryptionParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketIntelligentTieringConfigurationParams")
    def presign(
        self,
        operation: Literal["get_bucket_intelligent_tiering_configuration"],
        params: types.GetBucketIntelligentTieringConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketInventoryConfigurationParams")
    def presign(
        self,
        operation: Literal["get_bucket_inventory_configuration"],
        params: types.GetBucketInventoryConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketLifecycleParams")
    def presign(
        self,
        operation: Literal["get_bucket_lifecycle"],
        params: types.GetBucketLifecycleParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketLifecycleConfigurationParams")
    def presign(
        self,
        operation: Literal["get_bucket_lifecycle_configuration"],
        params: types.GetBucketLifecycleConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketLocationParams")
    def presign(
        self,
        operation: Literal["get_bucket_location"],
        params: types.GetBucketLocationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketLoggingParams")
    def presign(
        self,
        operation: Literal["get_bucket_logging"],
        params: types.GetBucketLoggingParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketMetadataConfigurationParams")
    def presign(
        self,
        operation: Literal["get_bucket_metadata_configuration"],
        params: types.GetBucketMetadataConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketMetadataTableConfigurationParams")
    def presign(
        self,
        operation: Literal["get_bucket_metadata_table_configuration"],
        params: types.GetBucketMetadataTableConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketMetricsConfigurationParams")
    def presign(
        self,
        operation: Literal["get_bucket_metrics_configuration"],
        params: types.GetBucketMetricsConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketNotificationParams")
    def presign(
        self,
        operation: Literal["get_bucket_notification"],
        params: types.GetBucketNotificationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketNotificationConfigurationParams")
    def presign(
        self,
        operation: Literal["get_bucket_notification_configuration"],
        params: types.GetBucketNotificationConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketOwnershipControlsParams")
    def presign(
        self,
        operation: Literal["get_bucket_ownership_controls"],
        params: types.GetBucketOwnershipControlsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketPolicyParams")
    def presign(
        self,
        operation: Literal["get_bucket_policy"],
        params: types.GetBucketPolicyParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketPolicyStatusParams")
    def presign(
        self,
        operation: Literal["get_bucket_policy_status"],
        params: types.GetBucketPolicyStatusParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketReplicationParams")
    def presign(
        self,
        operation: Literal["get_bucket_replication"],
        params: types.GetBucketReplicationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketRequestPaymentParams")
    def presign(
        self,
        operation: Literal["get_bucket_request_payment"],
        params: types.GetBucketRequestPaymentParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketTaggingParams")
    def presign(
        self,
        operation: Literal["get_bucket_tagging"],
        params: types.GetBucketTaggingParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketVersioningParams")
    def presign(
        self,
        operation: Literal["get_bucket_versioning"],
        params: types.GetBucketVersioningParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetBucketWebsiteParams")
    def presign(
        self,
        operation: Literal["get_bucket_website"],
        params: types.GetBucketWebsiteParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetObjectAclParams")
    def presign(
        self,
        operation: Literal["get_object_acl"],
        params: types.GetObjectAclParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetObjectAnnotationParams")
    def presign(
        self,
        operation: Literal["get_object_annotation"],
        params: types.GetObjectAnnotationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetObjectAttributesParams")
    def presign(
        self,
        operation: Literal["get_object_attributes"],
        params: types.GetObjectAttributesParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetObjectLegalHoldParams")
    def presign(
        self,
        operation: Literal["get_object_legal_hold"],
        params: types.GetObjectLegalHoldParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetObjectLockConfigurationParams")
    def presign(
        self,
        operation: Literal["get_object_lock_configuration"],
        params: types.GetObjectLockConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetObjectRetentionParams")
    def presign(
        self,
        operation: Literal["get_object_retention"],
        params: types.GetObjectRetentionParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetObjectTaggingParams")
    def presign(
        self,
        operation: Literal["get_object_tagging"],
        params: types.GetObjectTaggingParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetObjectTorrentParams")
    def presign(
        self,
        operation: Literal["get_object_torrent"],
        params: types.GetObjectTorrentParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.GetPublicAccessBlockParams")
    def presign(
        self,
        operation: Literal["get_public_access_block"],
        params: types.GetPublicAccessBlockParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.HeadBucketParams")
    def presign(
        self,
        operation: Literal["head_bucket"],
        params: types.HeadBucketParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListBucketAnalyticsConfigurationsParams")
    def presign(
        self,
        operation: Literal["list_bucket_analytics_configurations"],
        params: types.ListBucketAnalyticsConfigurationsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListBucketIntelligentTieringConfigurationsParams")
    def presign(
        self,
        operation: Literal["list_bucket_intelligent_tiering_configurations"],
        params: types.ListBucketIntelligentTieringConfigurationsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListBucketInventoryConfigurationsParams")
    def presign(
        self,
        operation: Literal["list_bucket_inventory_configurations"],
        params: types.ListBucketInventoryConfigurationsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListBucketMetricsConfigurationsParams")
    def presign(
        self,
        operation: Literal["list_bucket_metrics_configurations"],
        params: types.ListBucketMetricsConfigurationsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListBucketsParams")
    def presign(
        self,
        operation: Literal["list_buckets"],
        params: types.ListBucketsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListDirectoryBucketsParams")
    def presign(
        self,
        operation: Literal["list_directory_buckets"],
        params: types.ListDirectoryBucketsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListMultipartUploadsParams")
    def presign(
        self,
        operation: Literal["list_multipart_uploads"],
        params: types.ListMultipartUploadsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListObjectAnnotationsParams")
    def presign(
        self,
        operation: Literal["list_object_annotations"],
        params: types.ListObjectAnnotationsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListObjectVersionsParams")
    def presign(
        self,
        operation: Literal["list_object_versions"],
        params: types.ListObjectVersionsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListObjectsParams")
    def presign(
        self,
        operation: Literal["list_objects"],
        params: types.ListObjectsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.ListPartsParams")
    def presign(
        self,
        operation: Literal["list_parts"],
        params: types.ListPartsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketAbacParams")
    def presign(
        self,
        operation: Literal["put_bucket_abac"],
        params: types.PutBucketAbacParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketAccelerateConfigurationParams")
    def presign(
        self,
        operation: Literal["put_bucket_accelerate_configuration"],
        params: types.PutBucketAccelerateConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketAclParams")
    def presign(
        self,
        operation: Literal["put_bucket_acl"],
        params: types.PutBucketAclParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketAnalyticsConfigurationParams")
    def presign(
        self,
        operation: Literal["put_bucket_analytics_configuration"],
        params: types.PutBucketAnalyticsConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketCorsParams")
    def presign(
        self,
        operation: Literal["put_bucket_cors"],
        params: types.PutBucketCorsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketEncryptionParams")
    def presign(
        self,
        operation: Literal["put_bucket_encryption"],
        params: types.PutBucketEncryptionParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketIntelligentTieringConfigurationParams")
    def presign(
        self,
        operation: Literal["put_bucket_intelligent_tiering_configuration"],
        params: types.PutBucketIntelligentTieringConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketInventoryConfigurationParams")
    def presign(
        self,
        operation: Literal["put_bucket_inventory_configuration"],
        params: types.PutBucketInventoryConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketLifecycleParams")
    def presign(
        self,
        operation: Literal["put_bucket_lifecycle"],
        params: types.PutBucketLifecycleParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketLifecycleConfigurationParams")
    def presign(
        self,
        operation: Literal["put_bucket_lifecycle_configuration"],
        params: types.PutBucketLifecycleConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketLoggingParams")
    def presign(
        self,
        operation: Literal["put_bucket_logging"],
        params: types.PutBucketLoggingParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketMetricsConfigurationParams")
    def presign(
        self,
        operation: Literal["put_bucket_metrics_configuration"],
        params: types.PutBucketMetricsConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketNotificationParams")
    def presign(
        self,
        operation: Literal["put_bucket_notification"],
        params: types.PutBucketNotificationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketNotificationConfigurationParams")
    def presign(
        self,
        operation: Literal["put_bucket_notification_configuration"],
        params: types.PutBucketNotificationConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketOwnershipControlsParams")
    def presign(
        self,
        operation: Literal["put_bucket_ownership_controls"],
        params: types.PutBucketOwnershipControlsParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketPolicyParams")
    def presign(
        self,
        operation: Literal["put_bucket_policy"],
        params: types.PutBucketPolicyParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketReplicationParams")
    def presign(
        self,
        operation: Literal["put_bucket_replication"],
        params: types.PutBucketReplicationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketRequestPaymentParams")
    def presign(
        self,
        operation: Literal["put_bucket_request_payment"],
        params: types.PutBucketRequestPaymentParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketTaggingParams")
    def presign(
        self,
        operation: Literal["put_bucket_tagging"],
        params: types.PutBucketTaggingParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketVersioningParams")
    def presign(
        self,
        operation: Literal["put_bucket_versioning"],
        params: types.PutBucketVersioningParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutBucketWebsiteParams")
    def presign(
        self,
        operation: Literal["put_bucket_website"],
        params: types.PutBucketWebsiteParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutObjectAclParams")
    def presign(
        self,
        operation: Literal["put_object_acl"],
        params: types.PutObjectAclParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutObjectAnnotationParams")
    def presign(
        self,
        operation: Literal["put_object_annotation"],
        params: types.PutObjectAnnotationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutObjectLegalHoldParams")
    def presign(
        self,
        operation: Literal["put_object_legal_hold"],
        params: types.PutObjectLegalHoldParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutObjectLockConfigurationParams")
    def presign(
        self,
        operation: Literal["put_object_lock_configuration"],
        params: types.PutObjectLockConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutObjectRetentionParams")
    def presign(
        self,
        operation: Literal["put_object_retention"],
        params: types.PutObjectRetentionParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutObjectTaggingParams")
    def presign(
        self,
        operation: Literal["put_object_tagging"],
        params: types.PutObjectTaggingParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.PutPublicAccessBlockParams")
    def presign(
        self,
        operation: Literal["put_public_access_block"],
        params: types.PutPublicAccessBlockParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.RenameObjectParams")
    def presign(
        self,
        operation: Literal["rename_object"],
        params: types.RenameObjectParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.RestoreObjectParams")
    def presign(
        self,
        operation: Literal["restore_object"],
        params: types.RestoreObjectParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.SelectObjectContentParams")
    def presign(
        self,
        operation: Literal["select_object_content"],
        params: types.SelectObjectContentParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.UpdateBucketMetadataAnnotationTableConfigurationParams")
    def presign(
        self,
        operation: Literal["update_bucket_metadata_annotation_table_configuration"],
        params: types.UpdateBucketMetadataAnnotationTableConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.UpdateBucketMetadataInventoryTableConfigurationParams")
    def presign(
        self,
        operation: Literal["update_bucket_metadata_inventory_table_configuration"],
        params: types.UpdateBucketMetadataInventoryTableConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.UpdateBucketMetadataJournalTableConfigurationParams")
    def presign(
        self,
        operation: Literal["update_bucket_metadata_journal_table_configuration"],
        params: types.UpdateBucketMetadataJournalTableConfigurationParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.UpdateObjectEncryptionParams")
    def presign(
        self,
        operation: Literal["update_object_encryption"],
        params: types.UpdateObjectEncryptionParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.UploadPartCopyParams")
    def presign(
        self,
        operation: Literal["upload_part_copy"],
        params: types.UploadPartCopyParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    @overload
    @deprecated("params does not fit presigned.type_defs.WriteGetObjectResponseParams")
    def presign(
        self,
        operation: Literal["write_get_object_response"],
        params: types.WriteGetObjectResponseParams | _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    # The same for a text that names no operation; to mypy, any str is a LiteralString.
    @overload
    @deprecated("operation is no S3 operation's name, so that params cannot be checked")
    def presign(
        self,
        operation: LiteralString,
        params: _Braces,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    # Whatever else boto3 takes.
    @overload
    def presign(
        self,
        operation: str,
        params: Mapping[str, Any] | None = None,
        *,
        expires_in: types.ExpiresIn = 3600,
        http_method: str | None = None,
    ) -> PresignedRequest: ...
    # End of the overloads of presign.
    def presign_post(
        self,
        bucket: str,
        key: str,
        *,
        fields: Mapping[str, str] | None = None,
        conditions: list[Any] | None = None,
        expires_in: types.ExpiresIn = 3600,
    ) -> PresignedPost: ...

def presigned_request(
    client: Client, client_method: object, params: object, expires_in: object, http_method: object, /
) -> tuple[str, str, dict[str, str], int | None]:
    """A presigned URL: method, URL, headers to send, and when it stops working in seconds since 1970, if it does."""

def presigned_post(
    client: Client, bucket: object, key: object, fields: object, conditions: object, expires_in: object, /
) -> tuple[dict[str, Any], int | None]:
    """A form as `generate_presigned_post` gives it, and when it stops working, if it does."""

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
        same: Dict, name and the object that must be there.
        equal: Dict, name and what that which is there must be equal to.
        sizes: Dicts that must have as many names as now.
        own: Name and object of a dict that is handed over at each question.
        own_size: How many names that dict must have.

    Example:
        >>> from presigned._core import Unchanged
        >>> names = {"a": 1}
        >>> unchanged = Unchanged([(names, "a", names["a"])], [], [names])
        >>> names["b"] = 2
        >>> unchanged.is_so()
        False
    """

    def __new__(
        cls,
        same: list[tuple[dict[str, Any], str, object]],
        equal: list[tuple[dict[str, Any], str, object]],
        sizes: list[dict[str, Any]],
        own: list[tuple[str, object]] = ...,
        own_size: int = 0,
        /,
    ) -> Self: ...
    def is_so(self) -> bool:
        """Whether all names hold what they held."""

    def is_so_with(self, own: dict[str, Any], /) -> bool:
        """Whether the dict holds what it should, and all other names what they held."""

def partitions() -> list[tuple[str, list[str], list[str]]]:
    """Each partition with its regions, and its endpoints that are none."""

def region_endpoint(region: str | None, *, dualstack: bool, fips: bool) -> tuple[str, str, str, str | None]:
    """What botocore's endpoint data says of a region: partition, name, region to sign for, host if there is one."""

def region_partition_name(region: str, /) -> str | None:
    """The partition that a region belongs to, if one has regions of this form."""

def now() -> float:
    """The time by the clock that URLs are signed by, in seconds since 1970, frozen or not."""
