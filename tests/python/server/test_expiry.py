"""URLs and forms are refused once their time is over: they are signed in the past, so that no test waits."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine

from .servers import EXPIRED_TEXT, Server
from .wire import BODY, Presign, Send, Submit

HOUR = 3600
DAY = 24 * HOUR


@contextmanager
def ago(seconds: int) -> Iterator[None]:
    """In here, Python's clock is behind by that much, and stands."""
    then = dt.datetime.now(dt.timezone.utc) - dt.timedelta(seconds=seconds)
    with time_machine.travel(then, tick=False):
        yield


def when(url: str) -> dt.datetime:
    """The instant a URL says it was signed at."""
    text = url.partition("X-Amz-Date=")[2][:16]
    return dt.datetime.strptime(text + "+0000", "%Y%m%dT%H%M%SZ%z")


METHODS = [("get_object", "GET"), ("head_object", "HEAD"), ("put_object", "PUT"), ("delete_object", "DELETE")]


@pytest.mark.parametrize(("operation", "method"), METHODS)
def test_an_expired_url_is_refused(
    operation: str, method: str, server: Server, presign: Presign, fetch: Send, stored: str
) -> None:
    with ago(HOUR):
        url = presign(operation, Key=stored, expires_in=HOUR - 60)
    age = dt.datetime.now(dt.timezone.utc) - when(url)
    assert HOUR <= age.total_seconds() < HOUR + 60
    got = fetch(method, url, b"other" if method == "PUT" else b"")
    assert got.status == 403
    if method != "HEAD":
        assert got.code == "AccessDenied"
        assert (b"xpired" in got.body) != (server.does(EXPIRED_TEXT))
    assert fetch("GET", presign("get_object", Key=stored)).body == BODY


def test_a_url_signed_long_ago_is_accepted_until_it_expires(presign: Presign, fetch: Send, stored: str) -> None:
    for age, life in ((HOUR, HOUR + 60), (6 * DAY + 23 * HOUR, 7 * DAY)):
        with ago(age):
            url = presign("get_object", Key=stored, expires_in=life)
        assert fetch("GET", url).body == BODY


def test_an_expired_url_with_another_date_is_refused(presign: Presign, fetch: Send, stored: str) -> None:
    with ago(HOUR):
        url = presign("get_object", Key=stored, expires_in=60)
    now = dt.datetime.now(dt.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    revived = url.replace(when(url).strftime("%Y%m%dT%H%M%SZ"), now)
    assert revived != url
    assert fetch("GET", revived).code == "SignatureDoesNotMatch"


def test_an_expired_form_is_refused(client: Any, submit: Submit, bucket: str, key: str) -> None:
    with ago(HOUR):
        post = client.generate_presigned_post(bucket, key, ExpiresIn=HOUR - 60)
    assert submit(post).status == 403


def test_a_form_signed_long_ago_is_accepted_until_it_expires(
    client: Any, submit: Submit, bucket: str, key: str
) -> None:
    with ago(HOUR):
        post = client.generate_presigned_post(bucket, key, ExpiresIn=HOUR + 60)
    assert submit(post).status == 204
