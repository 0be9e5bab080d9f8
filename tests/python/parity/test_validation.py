"""The report on parameters that do not fit: its lines, their order and their wording."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .case import label, setting, url
from .compare import agree, agree_all, share
from .model import OPERATIONS, filled, members, required, value

OBJECT = {"Bucket": "bucket", "Key": "key"}
# Payloads are validated completely, although they are not in the URL.
PAYLOADS: list[tuple[str, str, Any]] = [
    ("delete_objects", "Delete", payload)
    for payload in (
        None, 1, "x", [], {}, {"Objects": []}, {"Objects": None}, {"Objects": {}}, {"Objects": "ab"},
        {"Objects": [1, None, "x", {}]}, {"Objects": [{"Key": ""}]},
        {"Objects": [{"Key": 1, "VersionId": 2, "Foo": 3}], "Quiet": "x", "Bar": 1}, {"Quiet": True},
        {"Objects": ({"Key": "k"},)}, {"Objects": [{"Key": "k", "Size": "1"}]},
        {"Foo": 1, "Objects": [{"VersionId": 1}]}, {"Objects": [{"Key": "k"}], 1: 2, None: 3},
    )
] + [
    ("put_object_tagging", "Tagging", payload)
    for payload in ({"TagSet": [{"Key": "", "Value": None}]}, {"TagSet": [{"Value": 1}, {"Key": "a"}]}, {"TagSet": ""},
    {"TagSet": {"Key": "a"}}, {"Tagset": []})
] + [
    ("complete_multipart_upload", "MultipartUpload", payload)
    for payload in ({"Parts": [{"ETag": 1, "PartNumber": "1"}]}, {"Parts": [{"PartNumber": True}]},
    {"Parts": [{"PartNumber": 1.5}]}, {"Parts": 1}, None)
] + [
    ("update_object_encryption", "ObjectEncryption", payload)
    for payload in (
        {}, {"SSEKMS": {}}, {"SSEKMS": {"KMSKeyArn": "a"}}, {"SSEKMS": None}, {"Foo": 1}, {"SSEKMS": {}, "Foo": 1},
        {"SSES3": {}}, {"SSEKMS": {"KMSKeyArn": ""}},
        {"SSEKMS": {"KMSKeyArn": "x" * 30, "BucketKeyEnabled": 1}},
        {"SSEKMS": {"KMSKeyArn": 5}, "SSES3": {}, "Foo": {}}, None, [], "x", 1,
    )
] + [
    ("put_bucket_lifecycle_configuration", "LifecycleConfiguration", payload)
    for payload in ({}, {"Rules": []}, {"Rules": [{}]},
    {"Rules": [{"Status": "x", "Filter": {"And": {"Tags": [{}], "Prefix": 1}},
    "Expiration": {"Date": "x", "Days": "1"}}]},
                    {"Rules": [{"Status": "Enabled", "Transitions": [{"Date": float("nan")}, {"Days": True}]}, 1]})
] + [
    ("restore_object", "RestoreRequest", payload)
    for payload in ({"OutputLocation": {"S3": {}}},
    {"OutputLocation": {"S3": {"BucketName": "b", "Prefix": "p", "UserMetadata": [{"Name": 1}], "Encryption": {}}}},
                    {"GlacierJobParameters": {}}, {"SelectParameters": {"InputSerialization": {"CSV": 1}}})
] + [
    ("put_bucket_cors", "CORSConfiguration", payload)
    for payload in ({"CORSRules": [{"AllowedMethods": "GET", "AllowedOrigins": [1, None]}]},
    {"CORSRules": [{"AllowedHeaders": ["a"], "MaxAgeSeconds": "5"}]})
]  # fmt: skip


@pytest.mark.parametrize(
    "config", [None, {"signature_version": "s3"}, {"parameter_validation": False}], ids=["v4", "v2", "off"]
)
@pytest.mark.parametrize(("operation", "member", "payload"), PAYLOADS, ids=label)
def test_a_payload(operation: str, member: str, payload: Any, config: dict[str, Any] | None) -> None:
    params = filled(operation, required(operation))
    agree(
        url(operation, {**params, member: payload}, setting(config=config)),
        url(operation, {member: payload, "Foo": 1}, setting(config=config)),
    )


def leaves(shape: Any, depth: int = 0) -> Iterator[list[Any]]:
    """A path to each leaf below a shape."""
    if depth > 7:
        return
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from ([name, *rest] for rest in leaves(member, depth + 1))
    elif shape.type_name == "list":
        yield from ([0, *rest] for rest in leaves(shape.member, depth + 1))
    else:
        yield []


def replaced(given: Any, path: list[Any], leaf: Any) -> Any:
    """The same value with another leaf at the end of a path."""
    if not path:
        return leaf
    if isinstance(given, list):
        return [replaced(given[0], path[1:], leaf), *given[1:]]
    return {**given, path[0]: replaced(given.get(path[0], {}), path[1:], leaf)}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_leaf_of_each_payload_of_a_wrong_type(operation: str) -> None:
    everything = filled(operation, list(members(operation)))
    agree_all(
        list(
            share(
                5,
                (
                    url(operation, {**everything, name: replaced(everything[name], path, leaf)}, made_of)
                    for name, shape in members(operation).items()
                    for path in leaves(shape)
                    if path
                    for leaf in (object, None)
                    for made_of in (setting(), setting(config={"parameter_validation": False}))
                ),
            )
        )
        or [url(operation, everything)]
    )


@pytest.mark.parametrize("operation", OPERATIONS)
def test_everything_wrong_at_once_in_either_order(operation: str) -> None:
    wrong = {name: (value(shape, name) if name == "Bucket" else object) for name, shape in members(operation).items()}
    agree(
        url(operation, {"Foo": 1, **wrong, "Bar": 2}),
        url(operation, dict(reversed(wrong.items()))),
        url(operation, {"B": 0, "A": 0}),
    )


def test_minima() -> None:
    agree_all(
        url(operation, {**filled(operation, required(operation)), **params})
        for operation, params in (
            ("get_object", {"Key": ""}), ("get_object", {"Key": "", "Foo": 1, "PartNumber": 0}),
            ("head_object", {"Key": ""}), ("put_object", {"Key": "", "ACL": ""}),
            ("copy_object", {"Key": ""}), ("list_buckets", {"MaxBuckets": 0}), ("list_buckets", {"MaxBuckets": -1}),
            ("list_buckets", {"MaxBuckets": True}),
            ("list_buckets", {"MaxBuckets": False}), ("list_buckets", {"MaxBuckets": 10**30}),
            ("list_buckets", {"ContinuationToken": ""}), ("list_buckets", {"Prefix": ""}),
            ("list_directory_buckets", {"MaxDirectoryBuckets": -1}),
            ("list_directory_buckets", {"ContinuationToken": ""}), ("list_objects_v2", {"MaxKeys": -1}),
            ("create_session", {"SessionMode": "x"}), ("get_object", {"VersionId": ""}),
            ("upload_part", {"UploadId": ""}), ("list_parts", {"Key": "", "UploadId": ""}),
            ("get_object_annotation", {"Key": ""}), ("put_object_annotation", {"Key": ""}),
        )
    )  # fmt: skip


class Quiet:
    """An object with a `str` and no more."""

    def __str__(self) -> str:
        return "quiet, please"


class Reader:
    """An object that can be read."""

    def read(self) -> bytes:
        """Nothing."""
        return b""


def test_how_a_wrong_value_is_printed() -> None:
    values: list[Any] = [
        Quiet, {"a": "é"}, ["é", 1.0, None], b"\xff", 1e100, 10**40, float("nan"), (1,), frozenset({1}), range(3),
        Ellipsis, len, {"a": {"b": [1]}},
        "x" * 3, "\ud800", "a\nb", complex(1, 2), -0.0,
    ]  # fmt: skip
    agree_all(
        case
        for given in values
        for case in (
            url(
                "get_object",
                {"Bucket": "bucket", "Key": given, "PartNumber": given, "ResponseExpires": given, "Foo": given},
            ),
            url("put_object", {**OBJECT, "BucketKeyEnabled": given, "Body": given, "ContentLength": given}),
            url("put_object", {**OBJECT, "Metadata": given}),
            url("get_object_attributes", {**OBJECT, "ObjectAttributes": given}),
            url("get_object_attributes", {**OBJECT, "ObjectAttributes": [given]}),
        )
    )
    agree_all(url("put_object", {**OBJECT, "ACL": Quiet, "Body": Reader}) for _ in range(1))


def test_without_validation_what_is_missing_or_unknown_fails_later() -> None:
    made_of = setting(config={"parameter_validation": False})
    old = setting(config={"parameter_validation": False, "signature_version": "s3"})
    agree_all(
        url(operation, params, each)
        for each in (made_of, old)
        for operation, params in (
            ("get_object", {}), ("get_object", {"Bucket": "b-1"}), ("get_object", {"Key": "k"}),
            ("get_object", {"Bucket": "b-1", "Key": ""}), ("get_object", {**OBJECT, "Foo": 1}),
            ("get_object", {**OBJECT, "Key": 1}), ("get_object", {**OBJECT, "Key": None}),
            ("get_object", {**OBJECT, "PartNumber": "x"}), ("get_object", {**OBJECT, "PartNumber": None}),
            ("get_object", {**OBJECT, "Range": 5}), ("get_object", {**OBJECT, "Range": None}),
            ("get_object", {**OBJECT, "Range": ["a"]}), ("get_object", {**OBJECT, "ResponseExpires": "x"}),
            ("get_object", {**OBJECT, "VersionId": 5}), ("get_object", {**OBJECT, "VersionId": True}),
            ("get_object", {**OBJECT, "VersionId": 1.5}), ("get_object", {**OBJECT, "VersionId": [1, 2]}),
            ("get_object", {**OBJECT, "VersionId": {"a": "b"}}), ("get_object", {**OBJECT, "VersionId": b"x"}),
            ("list_objects_v2", {"Bucket": "b-1", "FetchOwner": "x"}),
            ("list_objects_v2", {"Bucket": "b-1", "MaxKeys": True}),
            ("list_objects_v2", {"Bucket": "b-1", "MaxKeys": "5"}), ("put_object", {**OBJECT, "BucketKeyEnabled": "x"}),
            ("put_object", {**OBJECT, "BucketKeyEnabled": 1}), ("put_object", {**OBJECT, "ContentLength": "5"}),
            ("put_object", {**OBJECT, "Metadata": {"a": "b"}}), ("put_object", {**OBJECT, "Body": 5}),
            ("put_object", {**OBJECT, "ACL": b"x"}), ("delete_objects", {"Bucket": "b-1"}),
            ("delete_objects", {"Bucket": "b-1", "Delete": {}}), ("delete_objects", {"Bucket": "b-1", "Delete": "x"}),
            ("upload_part", {**OBJECT}), ("upload_part", {**OBJECT, "PartNumber": "1", "UploadId": 5}),
            ("get_object_attributes", {**OBJECT, "ObjectAttributes": "ETag"}),
            ("get_object_attributes", {**OBJECT, "ObjectAttributes": [1]}), ("list_buckets", {"MaxBuckets": -5}),
            ("list_buckets", {"Foo": None}), ("put_object", {**OBJECT, "Expires": "x"}),
            ("put_object", {**OBJECT, "ObjectLockRetainUntilDate": 5}),
            ("update_object_encryption", {**OBJECT, "ObjectEncryption": {}}),
        )
    )  # fmt: skip
