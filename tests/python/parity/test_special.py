"""Parameters that boto3 rewrites on the way: SSE-C keys, copy sources, tokens; and what it writes where."""

from __future__ import annotations

import io
from collections import OrderedDict
from types import MappingProxyType
from typing import Any

import pytest

from .case import UNSIGNED, Setting, get, label, setting, url
from .compare import agree, agree_all
from .model import OPERATIONS, filled, members, required

SIGNERS: dict[str, Setting] = {
    "sigv4": setting(),
    "sigv2": setting(config={"signature_version": "s3"}),
    "unsigned": setting(config={"signature_version": UNSIGNED}),
    "unvalidated": setting(config={"parameter_validation": False}),
}
signers = pytest.mark.parametrize("made_of", SIGNERS.values(), ids=SIGNERS)

SSE_KEYS: list[Any] = [
    "0123456789abcdef0123456789abcdef", b"0123456789abcdef0123456789abcdef", bytearray(b"0" * 32),
    memoryview(b"0" * 32), "", b"", "é", "日本",
    "\ud800", b"\x00\xff" * 16, "k" * 500, b"k" * 57, b"k" * 58, 1, 0, None, True, 1.5, ["k"], {"k": "v"}, "MDEyMw==",
    "\n", io.BytesIO(b"key"),
]  # fmt: skip
PREFIXES = ("SSECustomer", "CopySourceSSECustomer")


@signers
@pytest.mark.parametrize("key", SSE_KEYS, ids=label)
@pytest.mark.parametrize("operation", [name for name in OPERATIONS if "SSECustomerKey" in members(name)])
def test_an_sse_c_key(operation: str, key: Any, made_of: Setting) -> None:
    params = filled(operation, required(operation))
    both = [name for prefix in PREFIXES if (name := f"{prefix}Key") in members(operation)]
    agree_all(
        [
            *(url(operation, {**params, name: key}, made_of) for name in both),
            *(url(operation, {name: key, **params}, made_of) for name in both),
            url(operation, {**params, **dict.fromkeys(both, key)}, made_of),
            url(operation, {**params, **dict.fromkeys(both[::-1], key), "SSECustomerAlgorithm": "AES256"}, made_of),
            *(
                url(operation, {**params, name: key, f"{name}MD5": md5}, made_of)
                for name in both
                for md5 in ("given", "", None, 1)
            ),
            *(url(operation, {**params, f"{name}MD5": "given"}, made_of) for name in both),
        ]
    )


COPY_SOURCES: list[Any] = [
    "bucket/key", "/bucket/key", "bucket", "", "/", "bucket/", "bucket//key", "bucket/a b", "bucket/a+b",
    "bucket/a%20b", "bucket/é", "bucket/日本",
    "bucket/key?versionId=abc", "bucket/key?versionId=", "bucket/key?versionId=a b", "bucket/key?versionId=a%20b",
    "bucket/key?versionId=é",
    "bucket/key?versionId=a?versionId=b", "bucket/key?versionid=abc", "bucket/key?x=1", "bucket/key?versionId=abc&x=1",
    {"Bucket": "arn:aws:s3:us-west-2:123456789012:accesspoint:my-ap\n", "Key": "k"},
    "bucket/?versionId=abc",
    "?versionId=abc", "bucket/key?versionId=abc ", "bucket/key?versionId=abc\n", "bucket/key?versionId= abc",
    "bucket/a?versionId=1/b", "bucket/key#x",
    "arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap/object/key",
    "arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap/object/key?versionId=1",
    "bucket/\ud800", "bucket/key?versionId=\ud800", "bucket/\x00", "bucket/\n", "bucket/a\nb?versionId=1",
    "bucket/key?versionId=\u00a0x", "b/k" * 400,
    "bucket/~-_.key", "bucket/'*()!", "bucket/%", "bucket\\key", "BUCKET/Key", "b/k?versionId=x/y+z~",
    "b/k?versionId=\u3000", "b/k?versionId=\x1f",
    1, 0, None, True, b"bucket/key", bytearray(b"b/k"), [], ["bucket/key"], ("b", "k"), {1}, object, 1.5,
    {}, {"Bucket": "b"}, {"Key": "k"}, {"Bucket": "b", "Key": "k"}, {"Key": "k", "Bucket": "b"},
    {"Bucket": "b", "Key": "k", "VersionId": "v"},
    {"Bucket": "b", "Key": "k", "VersionId": ""}, {"Bucket": "b", "Key": "k", "VersionId": None},
    {"Bucket": "b", "Key": "k", "VersionId": 1},
    {"Bucket": "b", "Key": "k", "VersionId": "a b+é"}, {"Bucket": "b", "Key": "a b/é+~%2F"}, {"Bucket": "", "Key": ""},
    {"Bucket": "b", "Key": ""},
    {"Bucket": "arn:aws:s3:us-west-2:123456789012:accesspoint:my-ap", "Key": "a/b c"}, {"Bucket": "arn:x", "Key": "k"},
    {"Bucket": "arn", "Key": "k"},
    {"Bucket": "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-1:accesspoint:ap", "Key": "k", "VersionId": "1"},
    {"Bucket": "b", "Key": "k", "Foo": 1}, {"Bucket": None, "Key": "k"}, {"Bucket": "b", "Key": None},
    {"Bucket": 1, "Key": 2}, {"bucket": "b", "key": "k"},
    {"Bucket": "b", "Key": b"k"}, {"Bucket": "b", "Key": "\ud800"}, {"Bucket": "b", "Key": "k", "VersionId": b"v"},
    {"Bucket": "b", "Key": "k\n"},
    OrderedDict([("Bucket", "b"), ("Key", "k")]), MappingProxyType({"Bucket": "b", "Key": "k"}),
    {"Bucket": "b", "Key": ["k"]}, {"VersionId": "v"},
    {"Bucket": "b--usw2-az1--x-s3", "Key": "k"}, {"Bucket": "b", "Key": "?versionId=1"},
    {"Bucket": "b", "Key": "k", "VersionId": "?versionId=2"},
]  # fmt: skip


@signers
@pytest.mark.parametrize("source", COPY_SOURCES, ids=label)
def test_a_copy_source(source: Any, made_of: Setting) -> None:
    agree(
        url("copy_object", {"Bucket": "b-1", "Key": "k", "CopySource": source}, made_of),
        url("copy_object", {"CopySource": source, "Key": "k"}, made_of),
        url(
            "upload_part_copy",
            {"Bucket": "b-1", "Key": "k", "CopySource": source, "PartNumber": 1, "UploadId": "u"},
            made_of,
        ),
        url("copy_object", {"Bucket": "b-1", "Key": "k", "CopySource": source, "Metadata": {"a": "é"}}, made_of),
        url("rename_object", {"Bucket": "b-1", "Key": "k", "RenameSource": source, "ClientToken": "t"}, made_of),
        url("get_object", {"Bucket": "b-1", "Key": "k", "CopySource": source}, made_of),
    )


@signers
def test_a_client_token_is_drawn_only_where_none_is_given(made_of: Setting) -> None:
    agree_all(
        url("rename_object", {"Bucket": "b-1", "Key": "k", "RenameSource": "r", **extra}, made_of)
        for extra in (
            {},
            {"ClientToken": "t"},
            {"ClientToken": ""},
            {"ClientToken": None},
            {"ClientToken": 1},
            {"ClientToken": "é ö"},
        )
    )
    agree(url("rename_object", {"ClientToken": "t"}, made_of), url("rename_object", {}, made_of))


class Params(dict[str, Any]):
    """A `dict` of the caller's own."""


class Missing(dict[str, Any]):
    """A `dict` that answers for every name."""

    def __missing__(self, name: str) -> str:
        return f"missing {name}"


@signers
def test_params_of_any_mapping(made_of: Setting) -> None:
    given = {"Bucket": "b-1", "Key": "k"}
    agree_all(
        url("get_object", params, made_of)
        for params in (
            given, Params(given), OrderedDict(given), Missing(given), Missing(Bucket="b-1"), MappingProxyType(given),
            list(given), list(given.items()),
            (), [], "", "Bucket", 0, 1, True, False, b"", {1}, object, {**given, 1: 2}, {**given, None: 2},
            {**given, ("a",): 2}, {**given, b"Key": 2}, {1: 2},
            {**given, "": ""}, {**given, "é": ""}, {**given, "\ud800": ""}, {**given, 1.5: "", True: "", "Z": 0},
        )
    )  # fmt: skip
    agree(url("list_buckets", (), made_of), url("list_buckets", "", made_of), url("list_buckets", [], made_of))


def test_tagging_is_a_string_in_some_operations_and_a_structure_in_others() -> None:
    tags = [{"Key": "a", "Value": "b"}, {"Key": "é", "Value": ""}]
    agree_all(
        case
        for made_of in SIGNERS.values()
        for tagging in (
            "a=b&c=d",
            "",
            "é=ü",
            "a=b c",
            {"TagSet": tags},
            {"TagSet": []},
            {},
            None,
            {"TagSet": [{"Key": "a"}]},
            {"TagSet": tags[0]},
        )
        for case in (
            url("put_object", {"Bucket": "b-1", "Key": "k", "Tagging": tagging}, made_of),
            url("put_object_tagging", {"Bucket": "b-1", "Key": "k", "Tagging": tagging}, made_of),
            url("create_multipart_upload", {"Bucket": "b-1", "Key": "k", "Tagging": tagging}, made_of),
            url(
                "copy_object",
                {"Bucket": "b-1", "Key": "k", "CopySource": "a/b", "Tagging": tagging, "TaggingDirective": "REPLACE"},
                made_of,
            ),
        )
    )


def test_the_same_params_presigned_twice_give_the_same_url() -> None:
    params = {"Bucket": "b-1", "Key": "k", "SSECustomerKey": "0" * 32, "CopySource": {"Bucket": "a", "Key": "ö"}}
    agree(
        url("copy_object", params),
        url("copy_object", params),
        get(SSECustomerKey=b"1" * 32, SSECustomerAlgorithm="AES256"),
    )
