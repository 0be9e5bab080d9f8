"""Values that travel in the query and in signed headers."""

from __future__ import annotations

import enum
from typing import Any

import pytest

from .case import UNSIGNED, Setting, label, setting, url
from .compare import agree, agree_all

TEXTS = [
    "", "a", " ", "  a  b  ", "\ta", "a\t b", " a ", "a b", "a+b", "a%20b", "%", "a/b", "a=b&c=d", "?", "#", "~", "*",
    "'", '"', '"quoted"',
    "a,b", 'a,"b', "a;b", "é", "ü" * 20, "e\u0301", "日本", "🙂", "\u00a0a\u00a0", "a\u2003b", "a\u3000 b", "\x85",
    "a\x85b", "\u2028", "\ud800", "text/plain; charset=utf-8",
    'attachment; filename="ä ö.pdf"; filename*=UTF-8\'\'%C3%A4.pdf', "bytes=0-1023", "bytes=-1", "no-cache, max-age=0",
    'W/"abc"', "*/*",
    "application/x-www-form-urlencoded; charset=utf-8", "application/x-www-form-urlencoded", "x" * 3000, "\ufeffa",
    "\u200b", "{}", "[1]", "a\\b",
    "a\nb", "a\r\nX-Evil: 1", "\n", "\x00", "a\x1fb", "\x1c\x1d", "\x7f", "a\x0bb\x0cc", "None", "0",
]  # fmt: skip
texts = pytest.mark.parametrize("text", TEXTS, ids=label)

SIGNERS: dict[str, Setting] = {
    "sigv4": setting(),
    "sigv2": setting(config={"signature_version": "s3"}),
    "sigv2-token": setting(config={"signature_version": "s3"}, aws_session_token="tok+/="),
    "unsigned": setting(config={"signature_version": UNSIGNED}),
    "v4": setting(config={"signature_version": "v4"}),
}
signers = pytest.mark.parametrize("made_of", SIGNERS.values(), ids=SIGNERS)


@signers
@texts
def test_a_string_in_every_query_and_header_member_of_get_and_put(text: str, made_of: Setting) -> None:
    query = ("ResponseContentType", "ResponseContentDisposition", "ResponseCacheControl", "VersionId")
    headers = ("Range", "IfMatch", "IfNoneMatch", "ExpectedBucketOwner", "RequestPayer", "SSECustomerAlgorithm")
    put = ("ContentType", "ContentMD5", "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage",
    "ACL", "Tagging",
           "StorageClass", "GrantRead", "WebsiteRedirectLocation", "SSEKMSKeyId", "ChecksumSHA256", "ChecksumAlgorithm",
           "IfNoneMatch")  # fmt: skip
    agree_all(
        [
            *(url("get_object", {"Bucket": "b-1", "Key": "k", name: text}, made_of) for name in query + headers),
            *(url("put_object", {name: text, "Bucket": "b-1", "Key": "k"}, made_of) for name in put),
            url("get_object", {"Bucket": "b-1", "Key": "k", **dict.fromkeys(query + headers, text)}, made_of),
            url("put_object", {"Bucket": "b-1", "Key": "k", **dict.fromkeys(put, text)}, made_of),
            url(
                "list_multipart_uploads",
                {"Bucket": "b-1", "Prefix": text, "KeyMarker": text, "EncodingType": text},
                made_of,
            ),
            url("get_bucket_analytics_configuration", {"Bucket": "b-1", "Id": text}, made_of),
        ]
    )


@signers
@texts
def test_a_string_in_metadata(text: str, made_of: Setting) -> None:
    for operation in ("put_object", "create_multipart_upload", "copy_object", "write_get_object_response"):
        params: dict[str, Any] = {"Bucket": "b-1", "Key": "k", "CopySource": "a/b"}
        if operation == "write_get_object_response":
            params = {"RequestRoute": "route", "RequestToken": "t"}
        elif operation != "copy_object":
            del params["CopySource"]
        agree(
            url(operation, {**params, "Metadata": {"name": text}}, made_of),
            url(operation, {**params, "Metadata": {text: "value"}}, made_of),
            url(operation, {**params, "Metadata": {"a": "1", text: text, "A": "2", "b": text}}, made_of),
        )


@signers
def test_metadata_of_odd_shapes(made_of: Setting) -> None:
    shapes: list[Any] = [
        {}, {"a": "1", "A": "2"}, {"A": "2", "a": "1", "b": "3"}, {"a": ""}, {"": ""}, {"a b": "c"},
        {"x-amz-meta-a": "1"}, {"a:b": "c"},
        {"Content-Type": "x"}, {"a": 1}, {1: "a"}, {"a": None}, {None: "a"}, {"a": b"x"}, {b"a": "x"}, {"a": ["x"]},
        {"a": {}}, {"a": "1", "b": "é"},
        {"é": "1"}, {"a": "\x7f"}, {"z": "1", "y": "2", "x": "3"}, [], [("a", "b")], "a", 1, None, True, {"a": True},
        {"a": 1.5}, {("a",): "b"},
        {"é": 1}, {"a": "é", "b": 1}, {"b": 1, "a": "é"}, {"host": "evil"}, {"\U0001f600": "a"}, {"a": "\ud800"},
        {"-": "-"}, {"_a_": "x"},
    ]  # fmt: skip
    agree_all(
        case
        for shape in shapes
        for case in (
            url("put_object", {"Bucket": "b-1", "Key": "k", "Metadata": shape}, made_of),
            url("copy_object", {"Bucket": "b-1", "Key": "k", "Metadata": shape, "CopySource": "a/b"}, made_of),
            url("create_multipart_upload", {"Metadata": shape}, made_of),
            url("write_get_object_response", {"RequestRoute": "r", "RequestToken": "t", "Metadata": shape}, made_of),
            url("get_object", {"Bucket": "b-1", "Key": "k", "Metadata": shape}, made_of),
        )
    )


class Colour(enum.IntEnum):
    """An integer that prints as a name."""

    RED = 3


class Word(str, enum.Enum):
    """A string whose `str()` is a name."""

    ACL = "public-read"


class Count(int):
    """An integer that prints as a word."""

    def __str__(self) -> str:
        return "many"


@signers
def test_numbers_and_booleans(made_of: Setting) -> None:
    numbers = [
        0,
        1,
        -1,
        10**30,
        True,
        False,
        1.0,
        1.5,
        "1",
        None,
        Colour.RED,
        Count(5),
        [1],
        b"1",
        2**63,
        -(2**70),
        float("nan"),
        1j,
    ]
    agree_all(
        case
        for number in numbers
        for case in (
            url("list_objects_v2", {"Bucket": "b-1", "MaxKeys": number, "FetchOwner": number}, made_of),
            url("upload_part", {"Bucket": "b-1", "Key": "k", "UploadId": "u", "PartNumber": number}, made_of),
            url("put_object", {"Bucket": "b-1", "Key": "k", "ContentLength": number}, made_of),
            url("put_object", {"Bucket": "b-1", "Key": "k", "BucketKeyEnabled": number}, made_of),
            url("write_get_object_response", {"RequestRoute": "r", "RequestToken": "t", "StatusCode": number}, made_of),
            url("delete_object", {"Bucket": "b-1", "Key": "k", "BypassGovernanceRetention": number}, made_of),
            url("delete_object", {"Bucket": "b-1", "Key": "k", "IfMatchSize": number}, made_of),
        )
    )


@signers
def test_strings_of_other_types(made_of: Setting) -> None:
    agree_all(
        url("put_object", {"Bucket": "b-1", "Key": "k", "ACL": value, "ContentType": value}, made_of)
        for value in (
            Word.ACL,
            Colour.RED,
            b"x",
            bytearray(b"x"),
            None,
            1,
            1.5,
            [],
            ["a"],
            {},
            {"a": 1},
            ("a",),
            object,
            len,
        )
    )


LISTS: list[Any] = [
    [], ["a"], ["a", "b"], ("a", "b"), ["a,b"], ['a"b'], ['a,"b', "c"], [""], ["", ""], [" a ", "b "], ["é"], ["a\\b"],
    ['"'], [","], ["ETag"] * 6,
    ["a", 1], [None], "a", "ab", None, {}, {"a": 1}, [["a"]], ["\ud800"], ["a\nb"], ["a", "a,b", 'c"d', 'e,"f"', ""],
    iter(["a"]), range(2), {"a"},
]  # fmt: skip


@signers
@pytest.mark.parametrize("value", LISTS, ids=label)
def test_a_list_in_a_header(value: Any, made_of: Setting) -> None:
    agree_all(
        [
            url("get_object_attributes", {"Bucket": "b-1", "Key": "k", "ObjectAttributes": value}, made_of),
            url("list_objects_v2", {"Bucket": "b-1", "OptionalObjectAttributes": value}, made_of),
            url("list_objects", {"OptionalObjectAttributes": value, "Bucket": "b-1", "EncodingType": "url"}, made_of),
            url("list_object_versions", {"OptionalObjectAttributes": value, "Bucket": "b-1"}, made_of),
        ]
    )


@signers
@pytest.mark.parametrize(
    "operation", ["list_objects", "list_objects_v2", "list_object_versions", "list_multipart_uploads"]
)
def test_encoding_type_is_added_where_it_is_absent(operation: str, made_of: Setting) -> None:
    agree_all(
        url(operation, {"Bucket": "b-1", **extra}, made_of)
        for extra in (
            {}, {"EncodingType": "url"}, {"EncodingType": ""}, {"EncodingType": "x y"}, {"EncodingType": None},
            {"EncodingType": 1},
            {"Prefix": "p", "Delimiter": "/", "MaxKeys": 5}, {"EncodingType": "url", "Prefix": "a"},
            {"Prefix": "a", "EncodingType": "url"},
        )
    )  # fmt: skip


@signers
@texts
def test_a_request_route_is_a_part_of_the_host(text: str, made_of: Setting) -> None:
    agree(
        url("write_get_object_response", {"RequestRoute": text, "RequestToken": "t"}, made_of),
        url("write_get_object_response", {"RequestToken": text, "RequestRoute": "r.a-b"}, made_of),
    )


@pytest.mark.parametrize("inject", [True, False, None])
def test_the_host_prefix_can_be_switched_off(inject: object) -> None:
    agree_all(
        url("write_get_object_response", {"RequestRoute": route, "RequestToken": "t"}, made_of)
        for route in ("r", "a.b", "R-1", "a_b", "", "-", ".", "é", "a/b", 1, None, "r\n", "r" * 300)
        for made_of in (
            setting("us-west-2", config={"inject_host_prefix": inject}),
            setting("eu-central-1", config={"inject_host_prefix": inject, "s3": {"addressing_style": "virtual"}}),
            setting("us-west-2", config={"inject_host_prefix": inject, "parameter_validation": False}),
            setting("us-west-2", endpoint_url="http://localhost:9000", config={"inject_host_prefix": inject}),
            setting("us-west-2", endpoint_url="https://u:p@ex.com/x", config={"inject_host_prefix": inject}),
        )
    )
