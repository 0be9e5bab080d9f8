"""`presigned.uploads.sign_request`: the seven requests of Uppy, and what a browser is refused."""

from __future__ import annotations

import asyncio
import base64
import json
import pickle
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import freezegun
import pytest
from hypothesis import given
from hypothesis import strategies as st

import presigned
import presigned.aio
from presigned.exceptions import ParamValidationError
from presigned.uploads import RefusedRequest, sign_request

START = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
KEYS: dict[str, Any] = {
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "secret",
    "region_name": "us-east-1",
}
S3: Any = presigned.client("s3", **KEYS)
THEIRS = boto3.client("s3", **KEYS, config=boto3.session.Config(signature_version="s3v4"))
MIB = 2**20
KEY = "uploads/user-1/cat.png"
LIMITS: dict[str, Any] = {
    "bucket": "photos",
    "key_prefix": "uploads/user-1/",
    "max_size": 20 * MIB,
    "content_types": ["image/*", "application/pdf"],
}
PLACE = {"Bucket": "photos", "Key": KEY}


def sign(request: dict[str, Any], client: Any = S3, **changed: Any) -> Any:
    return sign_request(client, {"key": KEY, **request}, **{**LIMITS, **changed})


REQUESTS: list[tuple[dict[str, Any], str, dict[str, Any], dict[str, str]]] = [
    (
        {"method": "POST", "contentType": "image/png"},
        "create_multipart_upload",
        {"ContentType": "image/png"},
        {"content-type": "image/png"},
    ),
    ({"method": "PUT", "uploadId": "u", "partNumber": 4}, "upload_part", {"UploadId": "u", "PartNumber": 4}, {}),
    ({"method": "GET", "uploadId": "u"}, "list_parts", {"UploadId": "u"}, {}),
    (
        {"method": "POST", "uploadId": "u", "size": 6 * MIB},
        "complete_multipart_upload",
        {"UploadId": "u", "MpuObjectSize": 6 * MIB},
        {"x-amz-mp-object-size": str(6 * MIB)},
    ),
    ({"method": "DELETE", "uploadId": "u"}, "abort_multipart_upload", {"UploadId": "u"}, {}),
    ({"method": "DELETE"}, "delete_object", {}, {}),
]


@freezegun.freeze_time(START)
@pytest.mark.parametrize(("request_", "operation", "params", "headers"), REQUESTS)
def test_each_request_is_signed_as_boto3_signs_its_operation(
    request_: dict[str, Any], operation: str, params: dict[str, Any], headers: dict[str, str]
) -> None:
    answer = sign(request_, allow_delete=True)
    assert answer["url"] == THEIRS.generate_presigned_url(operation, {**PLACE, **params}, ExpiresIn=900)
    assert answer.get("headers", {}) == headers
    assert "fields" not in answer
    assert answer.get("key") == (KEY if operation == "create_multipart_upload" else None)
    json.dumps(answer)


@freezegun.freeze_time(START)
def test_a_file_in_one_piece_goes_by_a_form_that_holds_its_limits() -> None:
    answer = sign({"method": "PUT", "contentType": "image/png"})
    fields = {"Content-Type": "image/png"}
    rules = [["content-length-range", 0, 20 * MIB], fields]
    assert answer == {"key": KEY, **THEIRS.generate_presigned_post("photos", KEY, fields, rules, 900)}
    assert [*answer["fields"]][-1] != "file"


@freezegun.freeze_time(START)
def test_without_forms_a_put_is_signed_for_one_size() -> None:
    answer = sign({"method": "PUT", "contentType": "image/png", "size": 5}, form=False)
    params = {**PLACE, "ContentType": "image/png", "ContentLength": 5}
    assert answer == {
        "key": KEY,
        "url": THEIRS.generate_presigned_url("put_object", params, ExpiresIn=900),
        # A browser writes the length itself.
        "headers": {"content-type": "image/png"},
    }
    with pytest.raises(RefusedRequest, match="size: the page must add it"):
        sign({"method": "PUT", "contentType": "image/png"}, form=False)
    assert "ContentLength" not in sign({"method": "PUT", "contentType": "image/png"}, form=False, max_size=None)["url"]


def test_where_anything_is_allowed_uppys_own_requests_are_enough() -> None:
    anything = {"max_size": None, "content_types": ["*/*"]}
    made = [
        sign(asked, **anything)
        for asked in (
            {"method": "PUT"},
            {"method": "POST"},
            {"method": "PUT", "uploadId": "u", "partNumber": 10_000},
            {"method": "POST", "uploadId": "u"},
        )
    ]
    policy = json.loads(base64.b64decode(made[0]["fields"]["policy"]))["conditions"]
    assert policy[0] == {"Content-Type": "application/octet-stream"}
    assert all("headers" not in one for one in made)


def test_the_browser_may_ask_for_less_time() -> None:
    url = sign({"method": "GET", "uploadId": "u", "expiresIn": 60})["url"]
    assert parse_qs(urlsplit(url).query)["X-Amz-Expires"] == ["60"]
    url = sign({"method": "GET", "uploadId": "u"}, expires_in=604_800)["url"]
    assert parse_qs(urlsplit(url).query)["X-Amz-Expires"] == ["604800"]


PUT = {"method": "PUT", "contentType": "image/png"}
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"method": "HEAD"}, "method: 'HEAD' with neither"),
    ({"method": "put"}, "method: 'put'"),
    ({"method": None}, "method: None"),
    ({"method": ["PUT"]}, "method: "),
    ({"method": "GET"}, "method: 'GET' with neither uploadId nor partNumber"),
    ({"method": "PUT", "uploadId": "u"}, "method: 'PUT' with uploadId"),
    ({"method": "PUT", "partNumber": 1}, "method: 'PUT' with partNumber"),
    ({"method": "GET", "uploadId": "u", "partNumber": 1}, "method: 'GET' with uploadId and partNumber"),
    ({"method": "DELETE"}, "method: objects may not be deleted"),
    ({**PUT, "key": None}, "key: it is a string"),
    ({**PUT, "key": "uploads/user-2/cat.png"}, "key: it is outside of 'uploads/user-1/'"),
    ({**PUT, "key": "uploads/user-1"}, "key: it is outside"),
    ({**PUT, "key": "/uploads/user-1/cat.png"}, "key: it is outside"),
    ({**PUT, "key": "uploads/user-1/"}, "key: the name of a file or a folder in it is empty"),
    ({**PUT, "key": "uploads/user-1/a/"}, "key: the name of a file"),
    ({**PUT, "key": "uploads/user-1//a"}, "key: the name of a file"),
    ({**PUT, "key": "uploads/user-1/../user-2/a"}, "key: a folder in it is"),
    ({**PUT, "key": "uploads/user-1/./a"}, "key: a folder in it is"),
    ({**PUT, "key": "uploads/user-1/.."}, "key: a folder in it is"),
    ({**PUT, "key": "uploads/user-1/..\\a"}, "key: a folder in it is"),
    ({**PUT, "key": "uploads/user-1/a\nb"}, "key: it holds a control character"),
    ({**PUT, "key": "uploads/user-1/a\x00"}, "key: it holds a control character"),
    ({**PUT, "key": "uploads/user-1/a\x9f"}, "key: it holds a control character"),
    ({**PUT, "key": "uploads/user-1/a\u2028"}, "key: it holds a control character"),
    ({**PUT, "key": "uploads/user-1/a\ud800"}, "key: it holds a lone surrogate"),
    ({**PUT, "key": "uploads/user-1/${filename}"}, r"key: it holds \$\{filename\}"),
    ({**PUT, "key": "uploads/user-1/" + "ü" * 505}, "key: it has at most 1024 bytes"),
    ({"method": "PUT"}, "contentType: 'application/octet-stream' is not among the allowed types"),
    ({"method": "PUT", "contentType": "text/html"}, "contentType: 'text/html' is not among"),
    ({"method": "PUT", "contentType": "imagex/png"}, "contentType: 'imagex/png' is not among"),
    ({"method": "PUT", "contentType": "image/png, text/html"}, "contentType: it is one type"),
    ({"method": "PUT", "contentType": "image/*"}, "contentType: it is one type"),
    ({"method": "PUT", "contentType": "image/"}, "contentType: it is one type"),
    ({"method": "PUT", "contentType": "image"}, "contentType: it is one type"),
    ({"method": "PUT", "contentType": "image/png\n"}, "contentType: it is one type"),
    ({"method": "PUT", "contentType": "image/ü"}, "contentType: it is one type"),
    ({"method": "PUT", "contentType": 5}, "contentType: it is one type"),
    ({"method": "POST"}, "contentType: the page must add it"),
    ({"method": "POST", "contentType": "text/html"}, "contentType: 'text/html' is not among"),
    ({**PUT, "size": 20 * MIB + 1}, "size: a file has at most 20971520 bytes"),
    ({**PUT, "size": -1}, "size: it is a whole number of bytes"),
    ({**PUT, "size": "5"}, "size: it is a whole number of bytes"),
    ({**PUT, "size": True}, "size: it is a whole number of bytes"),
    ({"method": "POST", "uploadId": "u"}, "size: the page must add it"),
    ({"method": "POST", "uploadId": "u", "size": 20 * MIB + 1}, "size: a file has at most"),
    ({"method": "GET", "uploadId": ""}, "uploadId: it is the string that S3 gave"),
    ({"method": "GET", "uploadId": 5}, "uploadId: it is the string that S3 gave"),
    ({"method": "GET", "uploadId": "a\nb"}, "uploadId: it is the string that S3 gave"),
    # No file of 20 MiB has more than four parts.
    ({"method": "PUT", "uploadId": "u", "partNumber": 5}, "partNumber: it is a whole number from 1 to 4"),
    ({"method": "PUT", "uploadId": "u", "partNumber": 0}, "partNumber: it is a whole number"),
    ({"method": "PUT", "uploadId": "u", "partNumber": "1"}, "partNumber: it is a whole number"),
    ({**PUT, "expiresIn": 901}, "expiresIn: it is a whole number of seconds from 1 to 900"),
    ({**PUT, "expiresIn": 0}, "expiresIn: it is a whole number"),
    ({**PUT, "expiresIn": "60"}, "expiresIn: it is a whole number"),
]


@pytest.mark.parametrize(("request_", "why"), REFUSED)
def test_a_browser_is_refused_by_the_name_of_the_field(request_: dict[str, Any], why: str) -> None:
    with pytest.raises(RefusedRequest, match=f"^{why}") as raised:
        sign(request_)
    assert raised.value.field == why.partition(":")[0]
    assert isinstance(raised.value, ValueError)
    again = pickle.loads(pickle.dumps(raised.value))  # noqa: S301 - our own
    assert (type(again), str(again), again.field) == (RefusedRequest, str(raised.value), raised.value.field)


@pytest.mark.parametrize("body", [None, 5, "PUT", ["PUT"]])
def test_what_is_not_an_object_of_json_is_refused(body: Any) -> None:
    with pytest.raises(RefusedRequest, match="request: it is a JSON object"):
        sign_request(S3, body, **LIMITS)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"bucket": ""}, "bucket"),
        ({"key_prefix": ""}, "key_prefix"),
        ({"key_prefix": "/"}, "key_prefix"),
        ({"key_prefix": "uploads/user-1"}, "key_prefix"),
        ({"max_size": "20MB"}, "max_size"),
        ({"max_size": True}, "max_size"),
        ({"content_types": "image/*"}, "content_types"),
        ({"content_types": []}, "content_types"),
        ({"content_types": ["image"]}, "content_types"),
        ({"expires_in": 0}, "expires_in"),
        ({"expires_in": 604_801}, "expires_in"),
        ({"expires_in": 5.5}, "expires_in"),
        ({"client": object()}, "s3"),
    ],
)
def test_wrong_limits_are_the_servers_own_fault(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(ParamValidationError, match=f"Invalid value for parameter {why}"):
        sign(PUT, **changed)


def test_the_limits_are_required() -> None:
    for name in LIMITS:
        with pytest.raises(TypeError, match=name):
            sign_request(S3, {**PUT, "key": KEY}, **{other: LIMITS[other] for other in LIMITS if other != name})


def test_types_are_compared_without_case_and_parameters() -> None:
    asked = {"method": "PUT", "contentType": "Application/PDF; a=b"}
    assert sign(asked)["fields"]["Content-Type"] == "Application/PDF; a=b"
    assert sign({"method": "PUT", "contentType": "text/csv"}, content_types=("Text/CSV",))


@freezegun.freeze_time(START)
def test_an_asynchronous_client_is_awaited_for_the_same_answer() -> None:
    async def answers() -> list[Any]:
        async with presigned.aio.get_session().create_client("s3", **KEYS) as client:
            return [await sign(asked, client) for asked in (PUT, {"method": "GET", "uploadId": "u"})]

    assert asyncio.run(answers()) == [sign(PUT), sign({"method": "GET", "uploadId": "u"})]


KEYS_OF_BROWSERS = st.text(st.characters(blacklist_categories=[]), max_size=12)


@given(st.one_of(KEYS_OF_BROWSERS, KEYS_OF_BROWSERS.map(LIMITS["key_prefix"].__add__)))
def test_a_key_that_is_signed_stays_in_the_folder(key: str) -> None:
    try:
        answer = sign({**PUT, "key": key})
    except RefusedRequest:
        return
    assert answer["key"] == answer["fields"]["key"] == key
    assert key.startswith("uploads/user-1/")
    assert not {"", ".", ".."} & {*key.replace("\\", "/").split("/")}


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"method": "PUT", "contentType": "image/png;*"}, "contentType"),
        ({"method": "PUT", "contentType": "image/png; a=*b"}, "contentType"),
        ({"method": "PUT", "contentType": " image/png "}, "contentType"),
        ({"method": "GET", "uploadId": "\ud800"}, "uploadId"),
        ({"method": ["PUT"]}, "method"),
    ],
)
def test_what_would_open_a_limit_or_cannot_be_sent_is_refused(request_: dict[str, Any], field: str) -> None:
    with pytest.raises(RefusedRequest) as refused:
        sign(request_)
    assert str(refused.value).startswith(field)


@pytest.mark.parametrize("prefix", ["../", "a/../", "a/./b/", "a\\..\\b/"])
def test_a_prefix_that_leaves_its_folder_is_the_server_s_fault(prefix: str) -> None:
    with pytest.raises(ParamValidationError, match="parameter key_prefix"):
        sign({"method": "PUT", "key": f"{prefix}x"}, key_prefix=prefix)
