"""`presign` and `presign_post`: URLs and forms as boto3 makes them, and the headers that boto3 signs."""

from __future__ import annotations

import base64
import datetime
import itertools
import json
from collections.abc import Iterator
from typing import Any
from unittest import mock

import botocore.auth
import pytest

import presigned
from presigned import exceptions

from .again import CALLS
from .case import INSTANT, UNSIGNED, Setting, label, post, setting, url
from .model import OPERATIONS, filled, members, required
from .outcome import Form, Raised, Url
from .subjects import PRESIGNED, Subject, ask_boto3, ask_presigned, frozen, presigned_client

V4 = setting(config={"signature_version": "s3v4"}, aws_session_token="to/ken+==")
V2 = setting(config={"signature_version": "s3"}, aws_session_token="to/ken+==")
NONE = setting(config={"signature_version": UNSIGNED})
OBJECT = {"Bucket": "bucket", "Key": "key"}
LIFE = 300
END = datetime.datetime.fromtimestamp(int(INSTANT) + LIFE, datetime.timezone.utc)


def presign(operation: Any, params: Any, made_of: Setting, **options: Any) -> presigned.PresignedRequest:
    """The result of presigned at the instant at which boto3 is asked."""
    with frozen(INSTANT):
        found: presigned.PresignedRequest = presigned_client(made_of).presign(operation, params, **options)
        return found


def new_client(made_of: Setting) -> Any:
    """A client that remembers no call."""
    return Subject(PRESIGNED._session, PRESIGNED._config)._client(made_of, [""])


@pytest.fixture(name="canonical")
def what_boto3_signs() -> Iterator[dict[str, str]]:
    """The headers that boto3 signed last by SigV4, with the values that it signed."""
    signed: dict[str, str] = {}
    original = botocore.auth.SigV4Auth.canonical_headers

    def record(self: Any, headers: Any) -> Any:
        lines = original(self, headers)
        signed.clear()
        signed.update(line.split(":", 1) for line in lines.split("\n"))
        return lines

    with mock.patch.object(botocore.auth.SigV4Auth, "canonical_headers", record):
        yield signed


def as_sent(headers: dict[str, str]) -> dict[str, bytes]:
    """What http.client makes of headers; it sends a character as one byte."""
    return {name: value.encode("latin-1") for name, value in headers.items()}


# What the plain values of `filled` are not good for.
PARTICULAR: dict[str, dict[str, Any]] = {
    # Drawn at random unless given.
    "rename_object": {"ClientToken": "drawn"},
    "update_object_encryption": {
        "ObjectEncryption": {"SSEKMS": {"KMSKeyArn": "arn:aws:kms:us-east-1:123456789012:key"}}
    },
    "write_get_object_response": {"RequestRoute": "route"},
}
# A host that boto3 makes up: stated difference 7.
ELSEWHERE = {"list_directory_buckets", "write_get_object_response"}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_url_and_headers_are_what_boto3_signs(operation: str, canonical: dict[str, str]) -> None:
    for names in (required(operation), list(members(operation))):
        params = filled(operation, names) | PARTICULAR.get(operation, {})
        ours = presign(operation, params, V4, expires_in=LIFE)
        case = url(operation, params, V4, ExpiresIn=LIFE)
        theirs, _ = ask_boto3(case, body_in_query=False)
        assert isinstance(theirs, Url)
        assert Url(ours.url) == (ask_presigned(case) if operation in ELSEWHERE else theirs)
        assert canonical.pop("host")
        assert as_sent(ours.headers) == {name: value.encode() for name, value in canonical.items()}
        assert (ours.operation, ours.method) == (operation, OPERATIONS[operation].http["method"])
        assert ours.expires_at == END


@pytest.mark.parametrize("made_of", [V4, V2, NONE], ids=["SigV4", "SigV2", "unsigned"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_client_that_knows_a_line_gives_what_a_new_one_gives(operation: str, made_of: Setting) -> None:
    warm = new_client(made_of)
    for names in (required(operation), list(members(operation))):
        params = filled(operation, names) | PARTICULAR.get(operation, {})
        for at in range(2 * CALLS):
            options: dict[str, Any] = {"expires_in": LIFE + at // CALLS}
            if at % 3 == 0:
                options["http_method"] = "get"
            with frozen(INSTANT + at // 2):
                ours = warm.presign(operation, params, **options)
                expected = new_client(made_of).presign(operation, params, **options)
            assert ours == expected
            assert [*ours.headers] == [*expected.headers]


@pytest.mark.parametrize("made_of", [V4, V2], ids=["SigV4", "SigV2"])
def test_headers_that_change_at_one_line_are_those_of_each_call(made_of: Setting) -> None:
    warm = new_client(made_of)
    values = ("image/png", "größe", "a b", "a  b", "", " x", "application/x-www-form-urlencoded; charset=utf-8", "b=1")
    for first, second in itertools.product(values, repeat=2):
        params = {**OBJECT, "ContentType": first, "ACL": "private", "CacheControl": second}
        with frozen(INSTANT):
            ours, expected = (client.presign("put_object", params) for client in (warm, new_client(made_of)))
        assert ours == expected
        assert [*ours.headers] == [*expected.headers]


ODD = [
    {"ContentType": "  text/plain;   charset=utf-8 "},
    {"ContentType": "application/x-www-form-urlencoded; charset=utf-8", "ContentMD5": "abc="},
    {"Metadata": {"A": "1", "b": "", "a": " 2  3 "}},
    {"ContentDisposition": 'attachment; filename="Größe €.txt"'},
    {"CacheControl": "no\u00a0store\u2003now"},
    {"ContentLength": 0, "ACL": "private", "Tagging": "a=b&c=d"},
    {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32},
]


@pytest.mark.parametrize("given", ODD, ids=label)
def test_odd_headers_are_sent_as_boto3_signs_them(given: dict[str, Any], canonical: dict[str, str]) -> None:
    ours = presign("put_object", {**OBJECT, **given}, V4)
    theirs, _ = ask_boto3(url("put_object", {**OBJECT, **given}, V4))
    assert Url(ours.url) == theirs
    del canonical["host"]
    assert as_sent(ours.headers) == {name: value.encode() for name, value in canonical.items()}


def test_by_sigv2_and_unsigned_all_headers_of_the_request_are_sent() -> None:
    params = {
        **OBJECT,
        "ContentType": " text/plain ",
        "CacheControl": "no-store",
        "Metadata": {"A": "1", "a": "2"},
        "ContentDisposition": "inline; é",
    }
    _, of_boto3 = ask_boto3(url("put_object", params, V2))
    wanted: dict[str, list[str]] = {}
    for name, value in of_boto3.headers:
        wanted.setdefault(name.lower(), []).append(value.strip())
    assert len(wanted) == 4
    for made_of in (V2, NONE):
        ours = presign("put_object", params, made_of)
        theirs, _ = ask_boto3(url("put_object", params, made_of))
        assert Url(ours.url) == theirs
        assert as_sent(ours.headers) == {name: ",".join(values).encode() for name, values in wanted.items()}


def test_the_end_of_a_sigv2_url_is_the_one_that_it_names() -> None:
    ours = presign("get_object", OBJECT, V2, expires_in=LIFE)
    assert f"Expires={int(INSTANT) + LIFE}" in ours.url
    assert ours.expires_at == END
    assert presign("get_object", OBJECT, NONE, expires_in=LIFE).expires_at is None
    assert presign("get_object", OBJECT, V2, expires_in=10**30).expires_at == datetime.datetime(
        9999, 12, 31, 23, 59, 59, tzinfo=datetime.timezone.utc
    )


@pytest.mark.parametrize("method", ["head", "DELETE", "ß"])
def test_the_method_is_the_one_that_is_signed(method: str) -> None:
    for made_of in (V4, V2, NONE):
        ours = presign("get_object", OBJECT, made_of, http_method=method)
        theirs, _ = ask_boto3(url("get_object", OBJECT, made_of, HttpMethod=method))
        assert Url(ours.url) == theirs
        assert ours.method == method.upper()


EXPRESS = {"Bucket": "bucket--use1-az4--x-s3", "Key": "key"}


def test_an_express_bucket_is_signed_with_the_clients_own_credentials_without_session_auth(
    canonical: dict[str, str],
) -> None:
    own = {"s3": {"disable_s3_express_session_auth": True}, "signature_version": "s3v4"}
    params = {**EXPRESS, "ContentType": "text/plain"}
    ours = presign("put_object", params, setting(config=own))
    theirs, _ = ask_boto3(url("put_object", params, setting(config=own)))
    assert Url(ours.url) == theirs
    assert ours.headers == {"content-type": canonical["content-type"]}


REFUSED = [
    ("get_object", {"Bucket": "bucket"}, V4, {}),
    ("get_object", {**OBJECT, "Kye": 1}, V4, {}),
    ("get_objct", OBJECT, V4, {}),
    (5, OBJECT, V4, {}),
    ("get_object", ["bucket"], V4, {}),
    ("get_object", OBJECT, V4, {"ExpiresIn": 0}),
    ("get_object", OBJECT, V4, {"ExpiresIn": "soon"}),
    ("get_object", OBJECT, V2, {"ExpiresIn": "soon"}),
    ("get_object", OBJECT, V4, {"HttpMethod": 5}),
    ("get_object", OBJECT, setting(keys={}), {}),
    ("put_object", {**OBJECT, "Body": b"text"}, V4, {}),
    ("put_object", {**OBJECT, "ContentType": "a\nb"}, V2, {}),
    ("get_object", {**OBJECT, "Bucket": "a b"}, V4, {}),
]
OPTIONS = {"ExpiresIn": "expires_in", "HttpMethod": "http_method"}


@pytest.mark.parametrize(("operation", "params", "made_of", "options"), REFUSED, ids=label)
def test_presign_refuses_what_generate_presigned_url_refuses(
    operation: Any, params: Any, made_of: Setting, options: dict[str, Any]
) -> None:
    refusal = ask_presigned(url(operation, params, made_of, **options))
    assert isinstance(refusal, Raised)
    with pytest.raises(type(refusal.error)) as raised:
        presign(operation, params, made_of, **{OPTIONS[name]: value for name, value in options.items()})
    assert type(raised.value) is type(refusal.error)
    assert str(raised.value) == str(refusal.error)


def test_a_header_that_utf8_cannot_carry_is_refused_even_where_it_is_not_signed() -> None:
    params = {**OBJECT, "CacheControl": "no\ud800store"}
    for made_of in (V2, NONE):
        with pytest.raises(exceptions.ParamValidationError, match="cache-control: it holds a lone surrogate"):
            presign("put_object", params, made_of)


def test_the_callers_params_stay_as_they_are() -> None:
    params = {**OBJECT, "SSECustomerKey": "k" * 32, "SSECustomerAlgorithm": "AES256"}
    before = dict(params)
    presign("put_object", params, V4)
    assert params == before


FORMS: list[dict[str, Any]] = [
    {},
    {"Fields": {"acl": "private"}, "Conditions": [{"acl": "private"}, ["content-length-range", 1, 10]]},
    {"ExpiresIn": LIFE},
]
FORM_OPTIONS = {"Fields": "fields", "Conditions": "conditions", "ExpiresIn": "expires_in"}


@pytest.mark.parametrize("given", FORMS, ids=label)
def test_a_form_is_boto3s_and_ends_with_its_policy(given: dict[str, Any]) -> None:
    for made_of in (V4, V2):
        theirs, _ = ask_boto3(post("bucket", "key", made_of, **given))
        assert isinstance(theirs, Form)
        client = presigned_client(made_of)
        # From the third on, forms are made of what the earlier ones left.
        for _ in range(40):
            with frozen(INSTANT):
                options = {FORM_OPTIONS[name]: value for name, value in given.items()}
                ours = client.presign_post("bucket", "key", **options)
            assert (ours.url, tuple(ours.fields.items())) == (theirs.url, theirs.fields)
            policy = json.loads(base64.b64decode(ours.fields["policy"]))
            assert ours.expires_at == datetime.datetime.fromisoformat(policy["expiration"].replace("Z", "+00:00"))


def test_an_unsigned_form_has_no_end() -> None:
    form = presigned_client(NONE).presign_post("bucket", "key")
    assert (form.fields, form.expires_at) == ({"key": "key"}, None)


@pytest.mark.parametrize(
    ("bucket", "key", "made_of", "given"),
    [
        (5, "key", V4, {}),
        ("bucket", 5, V4, {}),
        ("bucket", "key", V4, {"Conditions": "all"}),
        ("bucket", "key", V4, {"Fields": 5}),
        ("bucket", "key", V4, {"ExpiresIn": -1}),
        ("bucket", "key", setting(keys={}), {}),
    ],
    ids=label,
)
def test_presign_post_refuses_what_generate_presigned_post_refuses(
    bucket: Any, key: Any, made_of: Setting, given: dict[str, Any]
) -> None:
    refusal = ask_presigned(post(bucket, key, made_of, **given))
    assert isinstance(refusal, Raised)
    with frozen(INSTANT), pytest.raises(type(refusal.error)) as raised:
        presigned_client(made_of).presign_post(
            bucket, key, **{FORM_OPTIONS[name]: value for name, value in given.items()}
        )
    assert str(raised.value) == str(refusal.error)
