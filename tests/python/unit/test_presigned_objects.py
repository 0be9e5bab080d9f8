"""What `presign` and `presign_post` give: how it is shown, what is hidden, when it ends, what it loads."""

from __future__ import annotations

import copy
import html.parser
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import freezegun
import pytest

import presigned
from presigned._core import FrozenCredentials
from presigned.config import Config

START = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
PLACE = {"Bucket": "photos", "Key": "cat & <b>dog</b>.jpg"}
SECRETS = ("AKIDEXAMPLE", "very-secret", "a-token", "a2tra2tr")


def client(**options: Any) -> presigned.S3:
    given: dict[str, Any] = {
        "aws_access_key_id": "AKIDEXAMPLE",
        "aws_secret_access_key": "very-secret",
        "aws_session_token": "a-token",
        "region_name": "eu-central-1",
    }
    return presigned.client("s3", **{**given, **options})


class Page(html.parser.HTMLParser):
    """What a reader sees of a piece of HTML, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shown = ""
        self.links: list[str | None] = []
        self.tags: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.shown += data


def page(shown: object) -> Page:
    return Page(shown._repr_html_())  # type: ignore[attr-defined] # the protocol of IPython


@freezegun.freeze_time(START)
def test_str_of_a_request_is_its_url() -> None:
    request = client().presign("get_object", PLACE)
    assert str(request) == f"{request}" == request.url == client().generate_presigned_url("get_object", PLACE)


@freezegun.freeze_time(START)
def test_a_request_shows_where_it_goes_and_until_when() -> None:
    request = client().presign("get_object", {**PLACE, "VersionId": "v1"}, expires_in=300)
    address = "https://photos.s3.amazonaws.com/cat%20%26%20%3Cb%3Edog%3C/b%3E.jpg?versionId=v1"
    assert repr(request) == f"<PresignedRequest GET {address} until 2026-11-24 12:05:00 UTC>"
    assert page(request).shown == f"GET {address}, until 2026-11-24 12:05:00 UTC"
    assert page(request).links == [request.url]


VERSIONS = ["s3v4", "s3", presigned.UNSIGNED]


@pytest.mark.parametrize("version", VERSIONS, ids=["s3v4", "s3", "unsigned"])
def test_nothing_that_is_shown_signs(version: Any) -> None:
    s3 = client(config=Config(signature_version=version), endpoint_url="https://user:very-secret@files.example.org")
    given = {**PLACE, "SSECustomerKey": "k" * 32, "ContentType": "image/jpeg", "Metadata": {"a": "very-secret"}}
    request = s3.presign("put_object", given)
    form = s3.presign_post("photos", "k", fields={"x-amz-server-side-encryption-customer-key": "very-secret"})
    signature = "Signature="
    for shown in (repr(request), page(request).shown, repr(form), page(form).shown):
        assert not [secret for secret in (*SECRETS, signature) if secret in shown]
        assert "files.example.org" in shown
    for value in form.fields.values():
        if len(value) > 20:
            assert value not in repr(form)
            assert value not in form._repr_html_()
    assert "content-type" in repr(request)
    assert "image/jpeg" not in repr(request)


def test_a_notebook_shows_what_a_click_does_not_send() -> None:
    s3 = client()
    for request in (
        s3.presign("put_object", PLACE),
        s3.presign("get_object", {**PLACE, "Range": "bytes=0-9"}),
        s3.presign("get_object", PLACE, http_method="HEAD"),
    ):
        assert "a click sends a plain GET" in page(request).shown
    assert "headers to send: range" in page(s3.presign("get_object", {**PLACE, "Range": "bytes=0-9"})).shown
    assert "click" not in page(s3.presign("get_object", PLACE)).shown


def test_what_others_chose_is_escaped() -> None:
    s3 = client(endpoint_url="https://files.example.org/%22%3E<script>alert(1)</script>")
    request = s3.presign("put_object", PLACE, http_method="<i>'\"")
    form = s3.presign_post("photos", "<script>${filename}", fields={"x-amz-meta-<u>": '"><img src=x>'})
    assert set(page(request).tags) == {"div", "code", "a"}
    assert page(request).links == [request.url]
    assert set(page(form).tags) == {"table", "caption", "tr", "th", "td"}
    assert "<script>${filename}" in page(form).shown
    assert '"><img src=x>' in page(form).shown


def test_an_address_is_escaped_in_the_link_and_in_its_text() -> None:
    url = 'https://files.example.org/"><script>alert(1)</script>?list=1&copy=2'
    request = presigned.PresignedRequest("get_object", "GET", url, {}, None)
    assert (page(request).links, page(request).tags) == ([url], ["div", "code", "a"])
    assert url in page(request).shown


def test_what_is_no_web_address_is_no_link() -> None:
    request = presigned.PresignedRequest("get_object", "GET", "javascript:alert(1)//", {}, None)
    assert page(request).links == []
    assert page(request).shown == "GET javascript:alert(1)//, unsigned"


@freezegun.freeze_time(START)
def test_a_form_shows_its_fields_and_until_when() -> None:
    form = client().presign_post("photos", "k", fields={"acl": "private"}, conditions=[{"acl": "private"}])
    assert repr(form).startswith(
        "<PresignedPost https://photos.s3.amazonaws.com/ until 2026-11-24 13:00:00 UTC, fields acl='private', key='k', "
    )
    assert repr(form).endswith("policy='…', x-amz-signature='…'>")
    assert "POST https://photos.s3.amazonaws.com/, until 2026-11-24 13:00:00 UTC" in page(form).shown


def ending(end: float | None) -> Callable[[], FrozenCredentials]:
    return lambda: FrozenCredentials("AKIDEXAMPLE", "very-secret", "a-token", None, end)


@pytest.mark.filterwarnings("ignore::presigned.exceptions.EarlyExpiryWarning")
@freezegun.freeze_time(START)
@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_a_url_expires_no_later_than_its_credentials(version: str) -> None:
    now, minute = START.timestamp(), 60.0
    for end, expected in ((None, 3600), (now + 20 * minute + 0.9, 1200), (now + 120 * minute, 3600)):
        source = ending(end)
        none = dict.fromkeys(("aws_access_key_id", "aws_secret_access_key", "aws_session_token"))
        s3 = client(
            credentials=lambda made=source: as_mapping(made()), config=Config(signature_version=version), **none
        )
        until = datetime.fromtimestamp(now + expected, timezone.utc)
        # Of forty forms, the later ones are made of what the earlier ones left.
        for _ in range(40):
            assert s3.presign("get_object", PLACE).expires_at == until
            assert s3.presign_post("photos", "k").expires_at == until


def as_mapping(keys: FrozenCredentials) -> dict[str, Any]:
    """Credentials in the form that a function returns."""
    end = keys.expiry and datetime.fromtimestamp(keys.expiry, timezone.utc)
    return {"access_key": keys.access_key, "secret_key": keys.secret_key, "token": keys.token, "expires_at": end}


@pytest.mark.filterwarnings("ignore::presigned.exceptions.EarlyExpiryWarning")
@freezegun.freeze_time(START)
def test_the_same_credentials_with_another_expiry_set_the_next_expiry() -> None:
    ends = [START.timestamp() + 1200, START.timestamp() + 1800]
    later: list[float] = []

    def from_the_vault() -> dict[str, Any]:
        return as_mapping(ending(ends[len(later)])())

    session = presigned.Session()
    s3 = session.client("s3", region_name="eu-central-1", credentials=from_the_vault)
    assert s3.presign("get_object", PLACE).expires_at == datetime(2026, 11, 24, 12, 20, tzinfo=timezone.utc)
    with freezegun.freeze_time(datetime(2026, 11, 24, 12, 19, tzinfo=timezone.utc)):
        later.append(1)
        assert s3.presign("get_object", PLACE).expires_at == datetime(2026, 11, 24, 12, 30, tzinfo=timezone.utc)


@pytest.mark.filterwarnings("ignore::presigned.exceptions.EarlyExpiryWarning")
@freezegun.freeze_time(START)
def test_the_expiry_of_credentials_in_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "A"),
        ("AWS_SECRET_ACCESS_KEY", "S"),
        ("AWS_CREDENTIAL_EXPIRATION", "2026-11-24T12:30:00Z"),
    ):
        monkeypatch.setenv(name, value)
    s3 = presigned.Session().client("s3", region_name="eu-central-1")
    assert s3.presign("get_object", PLACE).expires_at == datetime(2026, 11, 24, 12, 30, tzinfo=timezone.utc)


@freezegun.freeze_time(START)
def test_two_are_equal_if_all_that_they_say_is() -> None:
    s3 = client()
    assert s3.presign("get_object", PLACE) == s3.presign("get_object", PLACE)
    assert hash(s3.presign("get_object", PLACE)) == hash(s3.presign("get_object", PLACE))
    assert s3.presign("get_object", PLACE) != s3.presign("get_object", PLACE, expires_in=60)
    assert s3.presign("get_object", PLACE) != s3.presign("get_object", PLACE).url
    assert s3.presign_post("b-1", "k") == s3.presign_post("b-1", "k")
    assert hash(s3.presign_post("b-1", "k")) == hash(s3.presign_post("b-1", "k"))
    assert s3.presign_post("b-1", "k") != s3.presign_post("b-1", "l")
    for made in (s3.presign("get_object", PLACE), s3.presign_post("b-1", "k")):
        assert copy.deepcopy(made) == made
        assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own pickle


def test_the_fields_of_the_caller_are_copied_and_keep_their_order() -> None:
    fields = {"success_action_status": "201", "acl": "private"}
    form = client().presign_post("photos", "k", fields=fields)
    assert list(form.fields)[:3] == ["success_action_status", "acl", "key"]
    assert list(fields) == ["success_action_status", "acl"]


def test_a_process_that_makes_urls_only_loads_neither_class() -> None:
    program = (
        "import sys, presigned\n"
        "s3 = presigned.client('s3', region_name='eu-central-1')\n"
        "s3.generate_presigned_url('get_object', {'Bucket': 'b', 'Key': 'k'})\n"
        "ours = {f'presigned._client.{name}' for name in ('presigned_request', 'presigned_post', 'shown')}\n"
        "assert not ours & set(sys.modules)\n"
        "request = s3.presign('get_object', {'Bucket': 'b', 'Key': 'k'})\n"
        "assert ours - set(sys.modules) == {'presigned._client.presigned_post'}\n"
        "str(request), request.headers\n"
        "heavy = {'datetime', 'html', 're', 'json', 'typing', 'dataclasses', 'enum'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert request.expires_at > request.expires_at.min.replace(tzinfo=request.expires_at.tzinfo)\n"
    )
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "B"}
    subprocess.run(
        [sys.executable, "-S", "-c", program], check=True, env={**environment, "PYTHONPATH": ":".join(sys.path)}
    )
