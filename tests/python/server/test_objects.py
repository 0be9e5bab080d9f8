"""Every way to reach an object by a presigned URL, at a server that verifies the signature."""

import base64
import hashlib
from typing import Any
from urllib.parse import unquote_plus

import pytest

from .wire import BODY, Presign, Send


def test_a_put_then_a_get_carry_the_same_bytes(presign: Presign, fetch: Send, key: str) -> None:
    assert fetch("PUT", presign("put_object", Key=key), BODY).status == 200
    got = fetch("GET", presign("get_object", Key=key))
    assert (got.status, got.body) == (200, BODY)


def test_a_head_tells_the_length_and_nothing_else(presign: Presign, fetch: Send, stored: str) -> None:
    got = fetch("HEAD", presign("head_object", Key=stored))
    assert (got.status, got.headers["Content-Length"], got.body) == (200, str(len(BODY)), b"")


def test_a_delete_removes_the_object(presign: Presign, fetch: Send, stored: str) -> None:
    assert fetch("DELETE", presign("delete_object", Key=stored)).status == 204
    gone = fetch("GET", presign("get_object", Key=stored))
    assert (gone.status, gone.code) == (404, "NoSuchKey")


@pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2", "list_object_versions"])
def test_a_list_names_the_object(operation: str, presign: Presign, fetch: Send, stored: str) -> None:
    got = fetch("GET", presign(operation, Prefix=stored, Delimiter="/", MaxKeys=5))
    assert (got.status, got.element("Key")) == (200, stored)


def test_a_list_pages_by_a_signed_continuation_token(presign: Presign, fetch: Send, key: str) -> None:
    for name in ("a+b", "c d"):
        assert fetch("PUT", presign("put_object", Key=f"{key}/{name}"), BODY).status == 200
    first = fetch("GET", presign("list_objects_v2", Prefix=f"{key}/", MaxKeys=1))
    token = first.element("NextContinuationToken")
    second = fetch("GET", presign("list_objects_v2", Prefix=f"{key}/", MaxKeys=1, ContinuationToken=token))
    assert [unquote_plus(page.element("Key")) for page in (first, second)] == [f"{key}/a+b", f"{key}/c d"]


OVERRIDES = {
    "ResponseContentType": ("Content-Type", "text/x-odd; charset=utf-8"),
    "ResponseContentDisposition": (
        "Content-Disposition",
        "attachment; filename=\"a b+c.txt\"; filename*=UTF-8''%C3%BC",
    ),
    "ResponseCacheControl": ("Cache-Control", "no-cache, max-age=0"),
    "ResponseContentLanguage": ("Content-Language", "de-CH"),
    "ResponseContentEncoding": ("Content-Encoding", "x-none"),
}


@pytest.mark.parametrize("parameter", OVERRIDES)
def test_a_response_override_comes_back_as_signed(parameter: str, presign: Presign, fetch: Send, stored: str) -> None:
    header, value = OVERRIDES[parameter]
    got = fetch("GET", presign("get_object", Key=stored, **{parameter: value}))
    assert (got.status, got.headers[header], got.body) == (200, value, BODY)


# Parameter and value, and the header that the sender must send because it is signed.
SIGNED_HEADERS: list[tuple[str, Any, str, str]] = [
    ("ContentType", "text/plain; charset=utf-8", "Content-Type", "text/plain; charset=utf-8"),
    ("Metadata", {"author": "me and you"}, "x-amz-meta-author", "me and you"),
    ("CacheControl", "max-age=60", "Cache-Control", "max-age=60"),
    ("ContentDisposition", "attachment", "Content-Disposition", "attachment"),
    ("ContentLength", len(BODY), "Content-Length", str(len(BODY))),
    ("ContentMD5", base64.b64encode(hashlib.md5(BODY, usedforsecurity=False).digest()).decode(), "Content-MD5", ""),
    ("StorageClass", "STANDARD", "x-amz-storage-class", "STANDARD"),
    ("Tagging", "a=1&b=2", "x-amz-tagging", "a=1&b=2"),
]
CASES = [pytest.param(*case, id=case[0]) for case in SIGNED_HEADERS]
# The sender always sends a length, and a wrong one is an incomplete body, not a wrong signature.
CASES_BUT_LENGTH = [case for case in CASES if case.id != "ContentLength"]


@pytest.mark.parametrize(("parameter", "value", "header", "text"), CASES)
def test_a_signed_header_is_accepted_as_signed(
    parameter: str, value: Any, header: str, text: str, presign: Presign, fetch: Send, key: str
) -> None:
    url = presign("put_object", Key=key, **{parameter: value})
    headers = {} if header == "Content-Length" else {header: text or value}
    assert fetch("PUT", url, BODY, headers).status == 200


@pytest.mark.parametrize(("parameter", "value", "header", "text"), CASES_BUT_LENGTH)
def test_a_signed_header_with_another_value_is_refused(
    parameter: str, value: Any, header: str, text: str, presign: Presign, fetch: Send, key: str
) -> None:
    url = presign("put_object", Key=key, **{parameter: value})
    got = fetch("PUT", url, BODY, {header: (text or value) + "0"})
    assert (got.status, got.code) == (403, "SignatureDoesNotMatch")


@pytest.mark.parametrize(("parameter", "value", "header", "text"), CASES_BUT_LENGTH)
def test_a_signed_header_that_is_not_sent_is_refused(
    parameter: str, value: Any, header: str, text: str, presign: Presign, fetch: Send, key: str
) -> None:
    del header, text
    assert fetch("PUT", presign("put_object", Key=key, **{parameter: value}), BODY).status == 403


def test_a_signed_length_refuses_a_longer_body(presign: Presign, fetch: Send, key: str) -> None:
    assert fetch("PUT", presign("put_object", Key=key, ContentLength=3), b"four").status == 403


def test_metadata_and_type_come_back_on_a_get(presign: Presign, fetch: Send, key: str) -> None:
    url = presign("put_object", Key=key, ContentType="image/png", Metadata={"Author": "me", "b": "x  y"})
    headers = {"Content-Type": "image/png", "x-amz-meta-author": "me", "x-amz-meta-b": "x y"}
    assert fetch("PUT", url, BODY, headers).status == 200
    got = fetch("GET", presign("get_object", Key=key))
    assert (got.headers["Content-Type"], got.headers["x-amz-meta-author"]) == ("image/png", "me")


def test_a_signed_range_gives_that_range(presign: Presign, fetch: Send, stored: str) -> None:
    url = presign("get_object", Key=stored, Range="bytes=5-7")
    got = fetch("GET", url, headers={"Range": "bytes=5-7"})
    assert (got.status, got.body) == (206, BODY[5:8])
    assert fetch("GET", url, headers={"Range": "bytes=0-7"}).code == "SignatureDoesNotMatch"


def test_if_none_match_keeps_what_is_there(presign: Presign, fetch: Send, key: str) -> None:
    url = presign("put_object", Key=key, IfNoneMatch="*")
    assert fetch("PUT", url, BODY, {"If-None-Match": "*"}).status == 200
    assert fetch("PUT", url, b"other", {"If-None-Match": "*"}).status == 412
    assert fetch("GET", presign("get_object", Key=key)).body == BODY


def test_if_match_of_another_version_is_not_served(presign: Presign, fetch: Send, stored: str) -> None:
    url = presign("get_object", Key=stored, IfMatch='"0123"')
    assert fetch("GET", url, headers={"If-Match": '"0123"'}).status == 412
