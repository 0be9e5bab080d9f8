"""`verify` checks requests that botocore has signed by an Authorization header."""

from __future__ import annotations

from typing import Any

import pytest

import presigned

from . import making
from .making import KEYS, NOW

URL = "https://photos.s3.eu-central-1.amazonaws.com/a%20b%2Bc/%C3%BC.txt?versionId=1&x=a%20b&empty"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("body", [b"", b"what the object holds"])
def test_requests_to_s3_hold(method: str, body: bytes) -> None:
    request = making.header_signed(URL, method, body, content_type="text/plain", x_amz_meta_who="me  and you")
    assert presigned.verify(request, KEYS, now=NOW)
    for change in ({"method": "HEAD"}, {"url": request.url + "&a=b"}, {"url": request.url.replace("eu-", "us-")}):
        given = {"method": request.method, "url": request.url, "headers": request.headers, **change}
        assert presigned.verify(given, KEYS, now=NOW).reason == "signature"


def test_the_body_is_compared_where_it_is_given() -> None:
    request = making.header_signed(URL, "PUT", b"body")
    given = {"method": "PUT", "url": request.url, "headers": request.headers}
    assert presigned.verify(given, KEYS, now=NOW)
    assert presigned.verify(given, KEYS, body="body", now=NOW)
    assert presigned.verify(given, KEYS, body=b"another", now=NOW).reason == "body"


@pytest.mark.parametrize(
    "url",
    [
        "https://dynamodb.eu-central-1.amazonaws.com/",
        "https://iot.eu-central-1.amazonaws.com/things/a%2Fb/../c//d/?q=%C3%BC",
        "https://execute-api.eu-central-1.amazonaws.com:8443/prod/a b",
    ],
)
def test_requests_to_other_services_hold(url: str) -> None:
    request = making.header_signed(url, "POST", b"{}", "execute-api", content_type="application/json")
    given = {"method": "POST", "url": request.url, "headers": request.headers}
    assert presigned.verify(request, KEYS, now=NOW)
    assert presigned.verify(given, KEYS, body=b"{}", now=NOW)
    # Nothing names the hash of this body: it must be given.
    assert presigned.verify(given, KEYS, body=b"[]", now=NOW).reason == "signature"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Authorization": "AWS AKIDEXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg="}, "unsupported"),
        ({"Authorization": "Bearer token"}, "unsupported"),
        ({"Authorization": "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE"}, "malformed"),
        ({"X-Amz-Date": "yesterday"}, "malformed"),
        ({"X-Amz-Date": "20260103T030405Z"}, "malformed"),
        ({"X-Amz-Meta-More": "1"}, "headers_not_signed"),
        ({"X-Amz-Security-Token": "t" * 20}, "token"),
        ({"X-Amz-Content-SHA256": "0" * 64}, "signature"),
        ({"Content-Type": "text/html"}, "signature"),
    ],
)
def test_changed_headers_are_refused(change: dict[str, str], reason: str) -> None:
    request = making.header_signed(URL, "GET", content_type="text/plain")
    headers: dict[str, Any] = {**request.headers}
    for name in [name for name in headers if name.lower() in {one.lower() for one in change}]:
        del headers[name]
    given = {"url": request.url, "headers": {**headers, **change}}
    assert presigned.verify(given, KEYS, now=NOW).reason == reason


@pytest.mark.parametrize(("seconds", "reason"), [(-901, "not_yet_valid"), (-899, None), (899, None), (901, "expired")])
def test_a_request_holds_for_15_minutes(seconds: int, reason: str | None) -> None:
    request = making.header_signed(URL)
    assert presigned.verify(request, KEYS, now=making.SECONDS + seconds).reason == reason
    assert presigned.verify(request, KEYS, now=making.SECONDS + seconds, max_skew=3600)


def test_headers_that_were_signed_must_be_there() -> None:
    request = making.header_signed(URL, content_type="text/plain")
    headers = {name: value for name, value in request.headers.items() if name.lower() != "content-type"}
    found = presigned.verify({"url": request.url, "headers": headers}, KEYS, now=NOW)
    assert (found.reason, "content-type" in found.detail) == ("headers_missing", True)
