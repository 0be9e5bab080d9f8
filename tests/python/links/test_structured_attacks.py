"""Changes of a link or a form that one reader does not notice and another acts on."""

from __future__ import annotations

from typing import Any

import pytest

import presigned
from presigned.config import Config

from .making import KEYS, TOKEN

PLACE = {"Bucket": "photos", "Key": "cat.jpg"}


def client(signature: str = "s3v4", token: str | None = None) -> Any:
    return presigned.client(
        "s3",
        "us-east-1",
        aws_access_key_id=KEYS[0],
        aws_secret_access_key=KEYS[1],
        aws_session_token=token,
        config=Config(signature_version=signature),
    )


def reason(request: Any, method: str, url: str) -> str | None:
    return presigned.verify({"method": method, "url": url, "headers": request.headers}, KEYS).reason


@pytest.mark.parametrize(
    ("operation", "more"),
    [
        ("put_object", "&%61cl"),
        ("put_object", "&upload%49d=x&part%4Eumber=1"),
        ("put_object", "&%74agging="),
        ("delete_object", "&version%49d=3"),
        ("get_object", "&response-content%2Dtype=text/html"),
        ("put_object", "&x-amz-acl=public-read"),
        ("put_object", "&X-Amz-%41cl=public-read"),
        ("get_object", "&%45xpires=9999999999"),
        ("get_object", "&%53ignature=x"),
    ],
)
def test_a_sigv2_link_that_gained_a_parameter_does_not_hold(operation: str, more: str) -> None:
    params = {**PLACE, "ACL": "private"} if operation == "put_object" else PLACE
    request = client("s3").presign(operation, params)
    assert reason(request, request.method, request.url) is None
    assert reason(request, request.method, request.url + more) in ("signature", "malformed")


@pytest.mark.parametrize("more", ["&X%2DAmz-Signature=zzz", "&X-Amz-%44ate=20260101T000000Z"])
def test_a_parameter_of_the_signature_is_there_once_however_it_is_written(more: str) -> None:
    request = client().presign("get_object", PLACE)
    assert reason(request, "GET", request.url + more) == "malformed"


@pytest.mark.parametrize("end", ["\n", "\x0b", "\r\n "])
def test_a_line_end_in_a_header_is_no_space(end: str) -> None:
    request = client().presign("put_object", {**PLACE, "Metadata": {"a": "b c"}})
    assert reason(request, "PUT", request.url) is None
    request.headers["x-amz-meta-a"] = f"b{end}c"
    assert reason(request, "PUT", request.url) == "malformed"


class Several:
    """Fields of which a name may be there twice, as web frameworks have them."""

    def __init__(self, items: list[tuple[str, Any]]) -> None:
        self._items = items

    def items(self) -> list[tuple[str, Any]]:
        return self._items


def test_a_field_that_is_there_twice_does_not_hold() -> None:
    form = client().presign_post("photos", "cat.jpg")
    for name in ("key", "Key"):
        fields: Any = Several([(name, "evil.html"), *form.fields.items()])
        assert presigned.verify({"url": form.url, "fields": fields}, KEYS).reason == "malformed"


@pytest.mark.parametrize("value", [["a", "b"], None, b"z", 5])
def test_a_field_that_is_not_a_string_is_a_type_error(value: Any) -> None:
    form = client().presign_post("photos", "cat.jpg", conditions=[["starts-with", "$x-amz-meta-a", ""]])
    with pytest.raises(TypeError, match="fields must be strings"):
        presigned.verify({"url": form.url, "fields": {**form.fields, "x-amz-meta-a": value}}, KEYS)


def test_the_type_of_a_form_is_compared_as_it_was_sent() -> None:
    form = client().presign_post("photos", "cat.jpg", content_type="image/*")
    for content_type, holds in (("image/png", True), (" image/png", False), ("image/png, image/gif", True)):
        fields = {**form.fields, "Content-Type": content_type}
        assert bool(presigned.verify({"url": form.url, "fields": fields}, KEYS)) is holds
        assert (form.check(content_type=content_type) is None) is holds


@pytest.mark.parametrize(("before", "after"), [("?", "%3F"), ("&", "%26"), ("&", ";")])
def test_a_mangled_link_shows_no_signature_and_no_token(before: str, after: str) -> None:
    request = client(token=TOKEN).presign("get_object", PLACE)
    secret = request.url.rpartition("=")[2]
    mangled = request.url.replace(before, after)
    found = presigned.inspect(mangled)
    result = presigned.verify(mangled, (*KEYS[:2], TOKEN))
    shown = f"{found!r} {found} {found.key} {found.signature} {result!r} {result.detail}"
    assert secret not in shown
    assert TOKEN not in shown


@pytest.mark.parametrize("date", ["Fri, 31 Dec 9999 23:59:59 -2300", "Mon, 30 Nov 2026 12:00:00 +9999999999999999"])
def test_a_date_that_no_calendar_has_is_malformed(date: str) -> None:
    scope = f"{KEYS[0]}/20261130/us-east-1/s3/aws4_request"
    authorization = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host;date, Signature={'0' * 64}"
    request = {"method": "GET", "url": "https://x/k", "headers": {"Authorization": authorization, "Date": date}}
    assert presigned.verify(request, KEYS).reason == "malformed"
    with pytest.raises(ValueError, match="Date header"):
        presigned.clock_offset("Mon, 30 Nov 2026 12:00:00 +9999999999999999")


@pytest.mark.parametrize("now", [1e20, 10**400, float("nan"), float("inf")], ids=["large", "huge", "nan", "infinite"])
def test_an_instant_that_no_calendar_has_is_a_value_error(now: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        presigned.verify(client().presign("get_object", PLACE), KEYS, now=now)
