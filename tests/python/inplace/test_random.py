"""For every call, an accelerated client gives what an untouched client gives."""

from __future__ import annotations

import functools
from typing import Any

import botocore
from hypothesis import given
from hypothesis import strategies as st

from inplace import settings
from inplace.twins import Twins

SIGNATURES = (None, "s3v4", "s3", botocore.UNSIGNED)


@functools.cache
def twins_of(region: str, signature: Any, style: str) -> Twins:
    """Clients that are kept: making one takes longer than a hundred calls."""
    config = {"s3": {"addressing_style": style}, "signature_version": signature}
    return Twins(region_name=region, aws_session_token=settings.TOKENS[1], config=config)


clients = st.builds(
    twins_of, st.sampled_from(["us-east-1", "eu-central-1", "cn-north-1"]), st.sampled_from(SIGNATURES),
    st.sampled_from(["auto", "path", "virtual"]),
)  # fmt: skip
odd = st.sampled_from(" /%+~*'\"\\?#&=;:\t\n\x00\x7f\x85é日\U0001f600")
texts = st.text(st.one_of(st.characters(), odd), max_size=20)
scalars = st.one_of(texts, st.integers(-5, 10**6), st.booleans(), st.none(), st.binary(max_size=5), st.datetimes())
values = st.one_of(scalars, st.lists(texts, max_size=3), st.dictionaries(texts, scalars, max_size=2))
names = st.sampled_from(
    ["VersionId", "PartNumber", "ResponseContentDisposition", "ResponseExpires", "Range", "IfMatch", "IfModifiedSince",
     "ContentType", "ContentLength", "Metadata", "Tagging", "ACL", "SSECustomerKey", "SSECustomerKeyMD5", "CopySource",
     "BucketKeyEnabled", "Prefix", "Delimiter", "MaxKeys", "EncodingType", "UploadId", "ObjectAttributes", "Body",
     "Foo"],
)  # fmt: skip
methods = st.sampled_from(
    ["get_object", "put_object", "head_object", "delete_object", "upload_part", "copy_object", "list_objects_v2",
     "create_multipart_upload", "get_object_attributes", "list_buckets", "create_bucket", "nonsense"],
)  # fmt: skip
buckets = st.one_of(st.sampled_from(settings.BUCKETS), texts)
lives = st.one_of(st.integers(-10, 700_000), st.sampled_from(settings.LIVES))


@given(clients, methods, buckets, texts, st.dictionaries(names, values, max_size=4), lives)
def test_any_url(twins: Twins, method: str, bucket: str, key: str, others: dict[str, Any], life: Any) -> None:
    twins.agree("generate_presigned_url", method, {"Bucket": bucket, "Key": key, **others}, ExpiresIn=life)


@given(clients, buckets, texts, st.none() | st.dictionaries(texts, scalars), st.none() | st.lists(values), lives)
def test_any_form(twins: Twins, bucket: str, key: str, fields: Any, conditions: Any, life: Any) -> None:
    twins.agree("generate_presigned_post", bucket, key, fields, conditions, life)
