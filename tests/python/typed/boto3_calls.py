"""Calls that mypy_boto3_s3 accepts; the same file is checked with mypy_boto3_s3's client in place of presigned's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from presigned import S3


def params_of_plain_dict_types(s3: S3, bucket: str, key: str, version: str | None) -> list[str]:
    inferred = {"Bucket": bucket, "Key": key}
    mixed = {"Bucket": bucket, "Key": key, "PartNumber": 2}
    loose: dict[str, Any] = {"Bucket": bucket, "Key": key}
    built = dict(Bucket=bucket, Key=key)  # noqa: C408 - as s3fs writes it
    if version:
        loose["VersionId"] = version
    return [
        s3.generate_presigned_url("get_object", inferred),
        s3.generate_presigned_url("get_object", Params=mixed, ExpiresIn=60),
        s3.generate_presigned_url("get_object", loose, 60),
        s3.generate_presigned_url("get_object", Params=built),
        s3.generate_presigned_url(ClientMethod="get_object", Params=loose, ExpiresIn=60, HttpMethod="GET"),
    ]


def params_of_any_mapping_type(
    s3: S3, mapping: Mapping[str, Any], objects: Mapping[str, object], texts: Mapping[str, str]
) -> None:
    s3.generate_presigned_url("get_object", mapping)
    s3.generate_presigned_url("get_object", objects)
    s3.generate_presigned_url("get_object", texts)


def a_method_that_is_not_a_literal(
    s3: S3, method: str, loose: dict[str, Any], texts: dict[str, str], mapping: Mapping[str, Any]
) -> None:
    s3.generate_presigned_url(method)
    s3.generate_presigned_url(method, loose)
    s3.generate_presigned_url(method, texts)
    s3.generate_presigned_url(ClientMethod=method, Params=mapping, ExpiresIn=60, HttpMethod="PUT")
    s3.generate_presigned_url(method, {})
    operation = "upload_part" if loose else "put_object"
    s3.generate_presigned_url(operation, loose)


def a_wrapper(s3: S3, method: str, *args: Any, **kwargs: Any) -> str:
    return s3.generate_presigned_url(method, *args, **kwargs)


def posts(
    s3: S3, fields: dict[str, Any] | None, conditions: list[Any] | None, listed: list[dict[str, str] | list[Any]]
) -> dict[str, Any]:
    s3.generate_presigned_post("b", "k", ExpiresIn=60)
    s3.generate_presigned_post("b", "k", fields, conditions, 60)
    s3.generate_presigned_post(Bucket="b", Key="k", Fields={"acl": "private"}, Conditions=[{"acl": "private"}])
    s3.generate_presigned_post(Bucket="b", Key="k", Fields={"size": 5}, Conditions=[["content-length-range", 1, 5]])
    s3.generate_presigned_post("b", "k", Conditions=listed)
    response: dict[str, Any] = s3.generate_presigned_post("b", "k", None, None)
    response["fields"]["Content-Type"] = "image/png"
    fields_only: dict[str, Any] = response["fields"]
    print(fields_only, response.get("url"), response | {"key": "k"})  # noqa: T201 - what programs do with it
    return s3.generate_presigned_post("b", "k")
