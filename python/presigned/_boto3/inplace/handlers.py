"""Compares the handlers of a client's events with those whose work the core does.

If a program has registered a handler for an operation, or a handler of botocore's is missing, the calls of that
operation go to the original. Handlers that are known not to affect presigning (`harmless`) are allowed.
"""

from __future__ import annotations

import sys
from types import FunctionType, MethodType

from .declined import NotCovered
from .harmless import is_harmless

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Operation -> the handlers that rewrite or look at its parameters, before those of all operations.
_OWN = {
    "CompleteMultipartUpload": ("sse_md5",),
    "CopyObject": ("handle_copy_source_param", "validate_ascii_metadata", "sse_md5", "copy_source_sse_md5"),
    "CreateMultipartUpload": ("validate_ascii_metadata", "sse_md5"),
    "GetObject": ("sse_md5",),
    "HeadObject": ("sse_md5",),
    "ListObjectVersions": ("set_list_objects_encoding_type_url",),
    "ListObjects": ("set_list_objects_encoding_type_url",),
    "ListObjectsV2": ("set_list_objects_encoding_type_url",),
    "PutObject": ("validate_ascii_metadata", "sse_md5", "convert_body_to_file_like_object"),
    "SelectObjectContent": ("sse_md5",),
    "UploadPart": ("sse_md5", "convert_body_to_file_like_object"),
    "UploadPartCopy": ("handle_copy_source_param", "sse_md5", "copy_source_sse_md5"),
}
#: The modules that define handlers and their objects.
_HOMES = ("botocore.client", "botocore.handlers", "botocore.utils", "aiobotocore.client", "aiobotocore.utils")
#: Those of all operations.
_PARAMETERS = (
    "validate_bucket_name",
    "remove_bucket_from_url_paths_from_model",
    "S3RegionRedirectorv2.annotate_request_context",
    "ClientCreator._inject_s3_input_parameters",
    "generate_idempotent_uuid",
    "_handle_request_validation_mode_member",
)
_ENDPOINT = ("customize_endpoint_resolver_builtins", "S3RegionRedirectorv2.redirect_from_cache")
_SIGNER = ("set_operation_specific_signer", "_set_auth_scheme_preference_signer")
#: The handler of clients that presign with SigV2 unless a signature version is set.
SIGV2 = "ClientCreator._default_s3_presign_to_sigv2"
_SIGNING = (
    "remove_arn_from_signing_path",
    "_set_extra_headers_for_unsigned_request",
    "S3ExpressIdentityResolver.resolve_s3express_identity",
)
#: The handlers that write into the caller's parameters.
WRITING = ("handle_copy_source_param", "sse_md5", "copy_source_sse_md5", "set_list_objects_encoding_type_url")


class Handlers:
    """The handlers that run for one operation, found to be botocore's own.

    Args:
        events: The events of a client.
        operation: The operation whose parameters are read.
        signed_as: The operation that the signer gets.

    Raises:
        NotCovered: There are others.
    """

    def __init__(self, events: Any, operation: str, signed_as: str) -> None:
        parameters = _registered(events, f"before-parameter-build.s3.{operation}")
        endpoint = _registered(events, "before-endpoint-resolution.s3")
        signer = _registered(events, f"choose-signer.s3.{signed_as}")
        #: Whether SigV2 is the default.
        self.defaults_to_sigv2: bool = bool(signer) and _name(signer[0]) == SIGV2
        expected = (
            ("provide-client-params", _registered(events, f"provide-client-params.s3.{operation}"), ()),
            ("before-parameter-build", parameters, (*_OWN.get(operation, ()), *_PARAMETERS)),
            ("before-endpoint-resolution", endpoint, _ENDPOINT),
            ("choose-signer", signer, (SIGV2, *_SIGNER) if self.defaults_to_sigv2 else _SIGNER),
            ("before-sign", _registered(events, f"before-sign.s3.{signed_as}"), _SIGNING),
        )
        for event, handlers, names in expected:
            found = tuple(_name(one) for one in handlers if not is_harmless(event, one))
            if found != names:
                raise NotCovered(f"the event {event} of {operation} has other handlers than botocore's own")
        #: The object whose cache has the regions of buckets that S3 has redirected; it may replace the cache.
        self.redirector: Any = endpoint[1].__self__
        #: The handlers that write into the parameters, in their order.
        self.writing: tuple[Any, ...] = tuple(one for one in parameters if _name(one) in WRITING)


def has_sigv2_default(events: Any) -> bool:
    """Whether a client presigns with SigV2 unless a signature version is set, for every operation."""
    return any(_name(one) == SIGV2 for one in _registered(events, "choose-signer.s3"))


def _registered(events: Any, event: str) -> list[Any]:
    """Every handler of an event, in the order in which they run."""
    if events._alias_event_name(event) != event:
        raise NotCovered(f"the event {event} goes by another name")
    return [*events._emitter._handlers.prefix_search(event)]


def _name(handler: Any) -> str | None:
    """The name of a function of botocore's, or of a method of its objects; `None` for anything else."""
    function = handler.__func__ if isinstance(handler, MethodType) else handler
    if not isinstance(function, FunctionType) or function.__module__ not in _HOMES:
        return None
    if function.__globals__ is not vars(sys.modules[function.__module__]):
        return None
    if isinstance(handler, MethodType):
        # aiobotocore's objects inherit these methods.
        kind = type(handler.__self__)
        is_known = kind.__module__ in _HOMES and getattr(kind, function.__name__, None) is function
        return function.__qualname__ if is_known else None
    return function.__qualname__
