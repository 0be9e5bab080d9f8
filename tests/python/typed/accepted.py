"""Calls that are right: neither mypy nor pyright may say a word about them."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import TYPE_CHECKING, Any

from presigned import explain, inspect, verify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from presigned import S3, Cause, Explanation, Inspection, Objection, PresignedRequest, Verified, attachment
    from presigned import PresignedPost as PresignedForm
    from presigned.type_defs import GetObjectParams, PresignedPost, StorageClassType, TagTypeDef
    from presigned.uploads import sign_request


def every_argument_by_name_or_by_place(s3: S3) -> list[str]:
    return [
        s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"}),
        s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"}, 300, "GET"),
        s3.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}, ExpiresIn=300, HttpMethod=None),
        s3.generate_presigned_url(
            ClientMethod="get_object", Params={"Bucket": "b", "Key": "k"}, HttpMethod="HEAD", ExpiresIn=300
        ),
    ]


def operations_without_required_params_need_none(s3: S3) -> None:
    s3.generate_presigned_url("list_buckets")
    s3.generate_presigned_url("list_buckets", None)
    s3.generate_presigned_url("list_buckets", {}, 60)
    s3.generate_presigned_url("list_directory_buckets", {"MaxDirectoryBuckets": 5})


def every_type_that_boto3_takes(s3: S3, acl: str, tags: list[TagTypeDef], stream: BytesIO) -> None:
    now = datetime.now(timezone.utc)
    for since in (now, "2026-01-02", 1767323045, 1767323045.5):
        s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k", "IfModifiedSince": since})
    for body in (b"", bytearray(), "", stream, BytesIO()):
        s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "Body": body})
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k", "PartNumber": 2, "SSECustomerKey": b"k" * 32})
    s3.generate_presigned_url("list_objects_v2", {"Bucket": "b", "FetchOwner": True, "MaxKeys": 10})
    s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "Metadata": {"colour": "blue"}, "ACL": acl})
    s3.generate_presigned_url("get_object_attributes", {"Bucket": "b", "Key": "k", "ObjectAttributes": ["ETag"]})
    s3.generate_presigned_url("get_object_attributes", {"Bucket": "b", "Key": "k", "ObjectAttributes": ("ETag", "x")})
    s3.generate_presigned_url("put_object_tagging", {"Bucket": "b", "Key": "k", "Tagging": {"TagSet": tags}})
    s3.generate_presigned_url(
        "delete_objects", {"Bucket": "b", "Delete": {"Objects": [{"Key": "k", "VersionId": "v"}], "Quiet": True}}
    )
    s3.generate_presigned_url("copy_object", {"Bucket": "b", "Key": "k", "CopySource": "b/k?versionId=v"})
    s3.generate_presigned_url("copy_object", {"Bucket": "b", "Key": "k", "CopySource": {"Bucket": "b", "Key": "k"}})


def a_choice_may_be_one_that_botocore_does_not_list(s3: S3, chosen: StorageClassType) -> None:
    s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "StorageClass": "STANDARD_IA"})
    s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "StorageClass": "CEPH_COLD"})
    s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "StorageClass": chosen})


def lifetimes_are_numbers_numerals_and_durations(s3: S3) -> None:
    for lifetime in (300, 300.0, "300", timedelta(minutes=5)):
        s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"}, lifetime)
        s3.generate_presigned_post("b", "k", ExpiresIn=lifetime)


def params_may_be_annotated_with_their_own_type(s3: S3, key: str, version: str | None) -> str:
    params: GetObjectParams = {"Bucket": "b", "Key": key}
    if version is not None:
        params["VersionId"] = version
    return s3.generate_presigned_url("get_object", params)


def what_is_presigned_for_new_code_has_attributes(s3: S3, params: GetObjectParams) -> tuple[str, datetime | None]:
    request: PresignedRequest = s3.presign("get_object", {"Bucket": "b", "Key": "k"})
    request = s3.presign("get_object", params, expires_in=timedelta(minutes=5), http_method="HEAD")
    request = s3.presign(operation="list_buckets", params=None, expires_in="300")
    headers: dict[str, str] = request.headers
    form: PresignedForm = s3.presign_post("b", "k", fields={"acl": "private"}, conditions=[{"acl": "private"}])
    form = s3.presign_post(bucket="b", key="k", expires_in=60.0)
    form = s3.presign_post(
        "b", "k", max_size=5, success_status=201, acl="private", tags={"a": "b"}, bucket_key_enabled=None
    )
    objection: Objection | None = form.check("cat.png", size=5, fields={"acl": "private"}, content_type="image/png")
    texts: list[str] = [
        form.html(),
        form.curl("a"),
        request.curl(),
        attachment("a"),
        "" if objection is None else objection.code,
    ]
    answer: dict[str, Any] = sign_request(
        s3, {"method": "GET"}, bucket="b", key_prefix="a/", max_size=None, content_types=("*/*",)
    )
    assert answer
    assert texts
    return request.method + request.url + request.operation + headers["range"] + form.fields["key"], form.expires_at


def a_post_is_a_dict_whose_url_and_fields_are_known(
    s3: S3, mapping: Mapping[str, Any], optional: dict[str, Any] | None
) -> dict[str, Any]:
    s3.generate_presigned_post(
        "b", "uploads/${filename}", {"acl": "private"}, [{"acl": "private"}, ["content-length-range", 1, 10]], 300
    )
    s3.generate_presigned_post(Bucket="b", Key="k", Fields=None, Conditions=None, ExpiresIn=300)
    s3.generate_presigned_post("b", "k", Fields=optional)
    s3.generate_presigned_post("b", "k", mapping)["url"].upper()
    kept: OrderedDict[str, object] = s3.generate_presigned_post("b", "k", OrderedDict[str, object](a=1))["fields"]
    kept.move_to_end("policy")

    post: PresignedPost[dict[str, str]] = s3.generate_presigned_post("b", "k")
    post["url"].upper()
    post["fields"]["policy"].upper()
    return post


def links_are_read_checked_and_explained(request: PresignedRequest, form: PresignedForm, answer: bytes) -> list[str]:
    found: Inspection = inspect(request.url)
    lines = [found.signature, found.bucket or "", *(f"{one.code}{one.message}{one.advice}" for one in found.findings)]
    inspect((form.url, form.fields), now=datetime.now(timezone.utc))
    result: Verified = verify(request, ("a", "b"), method="GET", headers={"host": "h"}, body=b"", now=5.0)
    verify(form, {"a": "b"}.get, file_size=5, bucket="b", max_skew=timedelta(minutes=1), max_expires=60)
    if not result and result.reason in {"expired", "signature"}:
        lines.append(result.detail)
    explanation: Explanation = explain(request.url, method="PUT", response=answer, credentials=("a", "b"), hosts=["h"])
    causes: tuple[Cause, ...] = explanation.causes
    return [*lines, *(f"{one.code}{one.cause}{one.evidence}{one.what_to_do}" for one in causes)]
