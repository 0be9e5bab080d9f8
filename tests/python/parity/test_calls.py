"""How a call itself may be made: its arguments, method, expiry, credentials and time."""

from __future__ import annotations

import datetime
import decimal
import fractions
from dataclasses import replace
from typing import Any

import pytest

from .case import POST, UNSIGNED, URL, Case, Setting, get, label, post, setting, url
from .compare import agree, agree_all

PARAMS = {"Bucket": "bucket", "Key": "key"}
SIGNERS: dict[str, Setting] = {
    "sigv4": setting(),
    "sigv2": setting(config={"signature_version": "s3"}),
    "unsigned": setting(config={"signature_version": UNSIGNED}),
    "v4": setting(config={"signature_version": "v4"}),
}
signers = pytest.mark.parametrize("made_of", SIGNERS.values(), ids=SIGNERS)

CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    (URL, (), {}), (URL, ("get_object",), {}), (URL, ("get_object", PARAMS), {}), (URL, ("get_object", PARAMS, 60), {}),
    (URL, ("get_object", PARAMS, 60, "PUT"), {}),
    (URL, ("get_object", PARAMS, 60, "PUT", 1), {}), (URL, ("get_object", PARAMS, 60, "PUT", 1, 2), {}),
    (URL, (), {"ClientMethod": "get_object", "Params": PARAMS}),
    (URL, (), {"Params": PARAMS}), (URL, (), {"Params": PARAMS, "Foo": 1}),
    (URL, ("get_object",), {"ClientMethod": "get_object"}), (URL, ("get_object",), {"params": PARAMS}),
    (URL, ("get_object",), {"Foo": 1, "Bar": 2}), (URL, ("get_object", PARAMS), {"Params": PARAMS}),
    (URL, ("get_object", PARAMS, 60, None), {"HttpMethod": "PUT"}),
    (URL, (), {"ClientMethod": "get_object", "Params": PARAMS, "ExpiresIn": 60, "HttpMethod": "PUT"}),
    (URL, ("get_object", None, 60, None), {}), (URL, ("list_buckets", None), {}),
    (URL, ("list_buckets",), {"Params": {}}), (URL, ("list_buckets",), {"ExpiresIn": 5}),
    (URL, ("get_object", PARAMS, None), {}), (URL, ("get_object", PARAMS), {"": 1}),
    (URL, ("get_object", PARAMS), {"Expires In": 1}), (URL, ("get_object", PARAMS), {"é": 1}),
    (URL, ("get_object", PARAMS, 1, 2, 3, 4, 5), {"Foo": 1}), (URL, (), {"Foo": 1}),
    (URL, (), {"ExpiresIn": 1, "HttpMethod": "PUT"}), (URL, (), {"self": 1}), (URL, ("get_object",), {"self": 1}),
    (POST, (), {}), (POST, ("bucket",), {}), (POST, ("bucket", "key"), {}), (POST, ("bucket", "key", None), {}),
    (POST, ("bucket", "key", {}, []), {}),
    (POST, ("bucket", "key", {"a": "b"}, [{"a": "b"}], 60), {}), (POST, ("bucket", "key", {}, [], 60, 1), {}),
    (POST, (), {"Bucket": "bucket"}), (POST, (), {"Key": "key"}),
    (POST, (), {"Key": "key", "Bucket": "bucket"}), (POST, ("bucket",), {"Key": "key", "ExpiresIn": 5}),
    (POST, ("bucket", "key"), {"Bucket": "b"}), (POST, ("bucket", "key"), {"foo": 1}),
    (POST, (), {"Foo": 1}), (POST, (), {"Bucket": "b", "Foo": 1}), (POST, ("bucket", "key"), {"Params": {}}),
    (POST, ("b", "k", {}, [], 1, 2, 3), {}), (POST, (), {"Fields": {}, "Conditions": []}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "arguments", "keywords"), CALLS, ids=label)
def test_the_shape_of_a_call(method: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    agree_all(Case(made_of, method, arguments, keywords) for made_of in SIGNERS.values())


NAMES: list[Any] = [
    "get_object", "GetObject", "getObject", "get-object", "GET_OBJECT", " get_object", "get_object ", "", "upload_file",
    "download_fileobj", "generate_presigned_url", "get_waiter", "can_paginate",
    "exceptions", "meta", "close", "__init__", "list_objects_v2", "list_objects_v3", "ListObjectsV2", "copy",
    "get_object\n", "é", "\ud800", "x" * 2000, None, 1, 1.5, True, b"get_object", (), ("get_object",), [],
    ["get_object"], {}, {"a": 1}, object, "select_object_content", "create_session", "get_bucket_lifecycle",
    "put_bucket_notification", "{0}", "%s", "{method_name}",
]  # fmt: skip


@signers
@pytest.mark.parametrize("name", NAMES, ids=label)
def test_the_name_of_a_method(name: Any, made_of: Setting) -> None:
    agree(
        url(name, PARAMS, made_of),
        url(name, None, made_of),
        url(name, {}, replace(made_of, client={"region_name": "us-east-1"})),
    )


METHODS: list[Any] = [
    "GET", "get", "Put", "POST", "", " ", "G\nET", "ß", "ŉ", "ﬃ", "İ", "ǰ", "ΐ", "ά", "x" * 100, "日本", "\ud800",
    "\x00",
    None, 1, 0, True, b"GET", b"", bytearray(b"GET"), [], ["GET"], {}, (), object, 1.5, "DELETE",
]  # fmt: skip


@signers
@pytest.mark.parametrize("http_method", METHODS, ids=label)
def test_an_http_method(http_method: Any, made_of: Setting) -> None:
    agree(
        url("get_object", PARAMS, made_of, HttpMethod=http_method),
        url("put_object", PARAMS, made_of, HttpMethod=http_method),
        url("get_object", PARAMS, replace(made_of, client={"region_name": "us-east-1"}), HttpMethod=http_method),
        url("get_object", {}, made_of, HttpMethod=http_method),
    )


EXPIRIES: list[Any] = [
    1, 60, 3600, 604800, 604801, 0, -1, -3600, 10**6, 10**9, 10**10, 10**12, 10**30, -(10**30), 10**400, True, False,
    None, 1.0, 60.0, 3600.0, 3600.5, 0.5, 0.0, -0.5, -1.0, 604800.0, 604800.5, 1e9,
    1e18, 1e30, float("nan"), float("inf"), float("-inf"), "60", "3600", " 60 ", "6_0", "٣", "0", "-1", "+60", "060",
    "1e3", "60.0", "abc", "", " ", "604801", "\ud800", "x" * 50, b"60", b"abc", bytearray(b"60"),
    decimal.Decimal(60), decimal.Decimal("60.5"), decimal.Decimal("NaN"), fractions.Fraction(60),
    fractions.Fraction(1, 3), datetime.timedelta(hours=1), datetime.timedelta(0), datetime.timedelta(days=7),
    datetime.timedelta(days=7, seconds=1), datetime.timedelta(seconds=1.5), datetime.timedelta(days=-1), [], [60],
    [60, 61], (60,), {}, {"a": 1}, {60}, object, 60j, datetime.datetime(2027, 1, 1, tzinfo=datetime.timezone.utc),
    datetime.date(2027, 1, 1), 2**31, 2**63, 2**64, 251_000_000_000, 252_000_000_000, -63_000_000_000, -64_000_000_000,
]  # fmt: skip


@signers
@pytest.mark.parametrize("expires_in", EXPIRIES, ids=label)
def test_an_expiry(expires_in: Any, made_of: Setting) -> None:
    agree(
        url("get_object", PARAMS, made_of, ExpiresIn=expires_in),
        Case(made_of, URL, ("put_object", PARAMS, expires_in)),
        url("get_object", {"Bucket": "bucket"}, made_of, ExpiresIn=expires_in),
        url("get_object", PARAMS, replace(made_of, client={"region_name": "us-east-1"}), ExpiresIn=expires_in),
        post("bucket", "key", made_of, ExpiresIn=expires_in),
        Case(made_of, POST, ("bucket", "key", {"a": "b"}, [["eq", "$a", "b"]], expires_in)),
        post("bucket", "key", replace(made_of, client={"region_name": "us-east-1"}), ExpiresIn=expires_in),
        post("b b", 1, made_of, ExpiresIn=expires_in),
    )


INSTANTS = [
    0.0,
    0.999,
    1.0,
    86399.999999,
    951782400.5,
    1e9,
    1767323045.0,
    1767323045.999999,
    1798761599.9999,
    4102444800.0,
    32503680000.0,
    253402300799.0,
    253402297199.5,
]


@signers
@pytest.mark.parametrize("instant", INSTANTS)
def test_any_instant(instant: float, made_of: Setting) -> None:
    agree_all(
        replace(case, instant=instant)
        for expiry in (1, 3600, 604800)
        for case in (
            url("get_object", PARAMS, made_of, ExpiresIn=expiry),
            post("bucket", "key", made_of, ExpiresIn=expiry),
        )
    )


KEYS: list[dict[str, Any]] = [
    {"aws_access_key_id": key, "aws_secret_access_key": secret, "aws_session_token": token}
    for key in ("AKID", "", "a/b+c=d", "é", "a b", "日本", "a\nb", "ASIA" * 50)
    for secret in ("secret", "", "é/+", "s" * 200)
    for token in (None, "", "token", "t/+=" * 300, "é", "a b\nc", " padded ")
] + [
    {}, {"aws_access_key_id": "a"}, {"aws_secret_access_key": "b"}, {"aws_session_token": "t"},
    {"aws_access_key_id": "a", "aws_session_token": "t"},
    {"aws_secret_access_key": "b", "aws_session_token": "t"},
    {"aws_access_key_id": None, "aws_secret_access_key": None, "aws_session_token": None},
    {"aws_access_key_id": "a", "aws_secret_access_key": None},
    {"aws_access_key_id": None, "aws_secret_access_key": "b"}, {"aws_access_key_id": "", "aws_secret_access_key": None},
    {"aws_access_key_id": "\ud800", "aws_secret_access_key": "b"},
    {"aws_access_key_id": "a", "aws_secret_access_key": "\ud800"},
    {"aws_access_key_id": "a", "aws_secret_access_key": "b", "aws_session_token": "\ud800"},
    {"aws_access_key_id": "a", "aws_secret_access_key": "b", "aws_account_id": "123456789012"},
]  # fmt: skip


@signers
@pytest.mark.parametrize("keys", KEYS, ids=label)
def test_credentials(keys: dict[str, Any], made_of: Setting) -> None:
    signed = setting(keys=keys, config=made_of.config)
    agree(
        get(signed),
        url("list_objects_v2", {"Bucket": "b-1", "Prefix": "x"}, signed),
        url("put_object", {**PARAMS, "ACL": "private", "Metadata": {"a": "b"}}, signed),
        post("bucket", "key", signed, Fields={"x-amz-security-token": "mine"}, Conditions=[{"a": "b"}]),
        post("bucket", "key", signed),
    )


def test_the_order_in_which_faults_are_reported() -> None:
    nobody = {"region_name": "us-east-1"}
    agree_all(
        case
        for version in (None, "s3", "s3v4", "nonsense", UNSIGNED)
        for made_of in (replace(setting(config={"signature_version": version}), client=client) for client in (nobody,
        setting().client))
        for case in (
            url("nothing", {"Bucket": "a b"}, made_of, ExpiresIn="x"),
            url("put_object", {"Bucket": "a b", "Metadata": {"a": "é"}}, made_of, ExpiresIn="x"),
            url("get_object", {"Bucket": "a b"}, made_of, ExpiresIn="x"),
            url("get_object", {"Bucket": "arn:aws:s3:us-west-2:1:accesspoint:a_b"}, made_of, ExpiresIn="x"),
            url("get_object", {"Bucket": "b-1"}, made_of, ExpiresIn="x"),
            url("get_object", PARAMS, made_of, ExpiresIn="x"), url("get_object", PARAMS, made_of, ExpiresIn=0),
            url("get_object", PARAMS, made_of, HttpMethod=1, ExpiresIn="x"),
            url("put_object", {**PARAMS, "Body": b"abcd"}, made_of, ExpiresIn="x"),
            url("put_bucket_tagging", {"Bucket": "b-1", "Tagging": {"TagSet": []}}, made_of, ExpiresIn=-1),
            url("get_object", [], made_of), url("get_object", {"Bucket": 1}, made_of),
            post("a b", 1, made_of, ExpiresIn="x"), post("b-1", 1, made_of, ExpiresIn="x"),
            post("b-1", "k", made_of, ExpiresIn="x"), post("b-1", "k", made_of, ExpiresIn=10**30),
            post("b-1", "k", made_of, Conditions=[b"x"]),
            post("b-1", "k", made_of, Conditions=[b"x"], ExpiresIn=10**30),
            post("b-1", "k", made_of, Fields=1, Conditions=2),
            post("a b", "k", made_of, Fields=1), post("b-1", 1, made_of, Conditions={}),
            post("b-1", "k", made_of, Conditions=1), post("b-1", "\ud800", made_of),
        )
    )  # fmt: skip
