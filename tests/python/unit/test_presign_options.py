"""The options of `presign`: what they sign is compared with botocore's own signer, on the whole URL."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import freezegun
import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, RefreshableCredentials
from hypothesis import given
from hypothesis import strategies as st

import presigned
import presigned.aio
from presigned.config import Config
from presigned.exceptions import EarlyExpiryWarning, ParamValidationError

START = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
KEYS = ("AKIDEXAMPLE", "wJalrXUtnFEMI")
PHOTO = {"Bucket": "photos", "Key": "cats/a b.jpg"}


def client(**options: Any) -> Any:
    given = {"region_name": "eu-central-1", "aws_access_key_id": KEYS[0], "aws_secret_access_key": KEYS[1]}
    return presigned.client("s3", **{**given, **options})


def by_botocore(
    method: str, url: str, headers: dict[str, str] | None = None, *, life: int = 3600, region: str = "eu-central-1"
) -> str:
    """The URL as botocore signs it at this instant."""
    request = AWSRequest(method, url, headers=headers or {})
    S3SigV4QueryAuth(Credentials(*KEYS), "s3", region, expires=life).add_auth(request)
    signed: str = request.url
    return signed


@freezegun.freeze_time(START)
def test_more_query_is_signed_as_botocore_signs_it() -> None:
    query = {"x-trace": "a b/ü", "Zebra": "", "x-id": "GetObject"}
    made = client().presign("get_object", PHOTO, query=query)
    pairs = "&".join(f"{name}={quote(value, safe='-_.~')}" for name, value in query.items())
    assert made.url == by_botocore("GET", f"https://photos.s3.amazonaws.com/cats/a%20b.jpg?{pairs}")


@freezegun.freeze_time(START)
def test_more_headers_are_signed_and_must_be_sent() -> None:
    headers = {"X-Amz-Request-Payer": "requester", "cache-control": "max-age=5"}
    made = client().presign("put_object", PHOTO, headers=headers)
    assert made.headers == {"cache-control": "max-age=5", "x-amz-request-payer": "requester"}
    assert made.url == by_botocore("PUT", "https://photos.s3.amazonaws.com/cats/a%20b.jpg", headers)


@freezegun.freeze_time(START)
def test_hoisted_headers_are_parameters_and_need_not_be_sent() -> None:
    given = {**PHOTO, "ACL": "public-read", "Metadata": {"who": "a b"}, "ContentType": "image/jpeg"}
    made = client().presign("put_object", given, hoist=("X-Amz-Acl", "x-amz-meta-*"))
    assert made.headers == {"content-type": "image/jpeg"}
    url = "https://photos.s3.amazonaws.com/cats/a%20b.jpg?x-amz-acl=public-read&x-amz-meta-who=a%20b"
    assert made.url == by_botocore("PUT", url, {"content-type": "image/jpeg"})


@pytest.mark.parametrize("moment", [START - timedelta(days=400), START + timedelta(seconds=1.5)])
@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_an_instant_of_one_s_own_gives_the_url_of_that_instant(moment: datetime, version: str) -> None:
    s3 = client(config=Config(signature_version=version))
    with freezegun.freeze_time(moment):
        expected = s3.generate_presigned_url("get_object", PHOTO, 60)
    for instant in (moment, moment.timestamp(), moment.astimezone(timezone(timedelta(hours=9)))):
        made = s3.presign("get_object", PHOTO, expires_in=60, signed_at=instant)
        assert made.url == expected
        assert made.expires_at == moment.replace(microsecond=0) + timedelta(seconds=60)


@freezegun.freeze_time(START)
def test_a_region_has_its_own_host() -> None:
    made = client().presign("get_object", PHOTO, region="us-west-2")
    expected = by_botocore("GET", "https://photos.s3.us-west-2.amazonaws.com/cats/a%20b.jpg", region="us-west-2")
    assert made.url == expected
    # Without the option, the host is the global one there.
    virginia = client(region_name="us-east-1").presign("get_object", PHOTO, region="us-east-1")
    url = "https://photos.s3.us-east-1.amazonaws.com/cats/a%20b.jpg"
    assert virginia.url == by_botocore("GET", url, region="us-east-1")
    at_own = client(endpoint_url="http://127.0.0.1:9000").presign("get_object", PHOTO, region="us-west-2")
    assert at_own.url == by_botocore("GET", "http://127.0.0.1:9000/photos/cats/a%20b.jpg", region="us-west-2")


PUBLIC: list[tuple[Any, str, str]] = [
    # What is given, what readers ask, what S3 receives.
    ("https://files.example.org", "https://files.example.org/photos", "https://files.example.org/photos"),
    ("https://Files.example.org:443/", "https://files.example.org/photos", "https://files.example.org/photos"),
    (
        "http://files.example.org:8080/media",
        "http://files.example.org:8080/media/photos",
        "http://files.example.org:8080/photos",
    ),
    (
        presigned.PublicUrl("https://files.example.org/media", forwards="/media/{bucket}"),
        "https://files.example.org/media/photos",
        "https://files.example.org/media/photos",
    ),
    (
        presigned.PublicUrl("https://files.example.org", shows_bucket=False),
        "https://files.example.org",
        "https://files.example.org/photos",
    ),
    (
        presigned.PublicUrl("https://{bucket}.example.org/x/", forwards=""),
        "https://photos.example.org/x",
        "https://photos.example.org",
    ),
]


@freezegun.freeze_time(START)
@pytest.mark.parametrize(("given", "shown", "received"), PUBLIC)
def test_a_public_url_signs_what_s3_receives_and_shows_what_readers_ask(given: Any, shown: str, received: str) -> None:
    inner = client(endpoint_url="http://minio:9000")
    signed = by_botocore("GET", f"{received}/cats/a%20b.jpg")
    expected = signed.replace(received, shown, 1)
    assert inner.presign("get_object", PHOTO, public_url=given).url == expected
    if isinstance(given, str):
        config = Config(s3={"presign_public_url": given})
        assert client(endpoint_url="http://minio:9000", config=config).presign("get_object", PHOTO).url == expected


def test_a_public_url_leaves_the_methods_of_boto3_alone() -> None:
    config = Config(s3={"presign_public_url": "https://files.example.org"})
    url = client(endpoint_url="http://minio:9000", config=config).generate_presigned_url("get_object", PHOTO)
    assert url.startswith("http://minio:9000/photos/")


@given(
    window=st.integers(1, 600_000),
    life=st.integers(1, 4_800),
    seconds=st.integers(0, 10_000_000),
    key=st.text(min_size=1, max_size=20).filter(lambda key: key.isprintable()),
)
def test_a_stable_link_is_one_link_for_a_window_and_lives_longer_than_promised(
    window: int, life: int, seconds: int, key: str
) -> None:
    s3 = client()
    place = {"Bucket": "photos", "Key": key}
    now = START + timedelta(seconds=seconds)

    def made(after: int) -> str:
        with freezegun.freeze_time(now + timedelta(seconds=after)):
            url: str = s3.presign("get_object", place, expires_in=life, stable_for=window).url
            return url

    url = made(0)
    query = parse_qs(urlsplit(url).query)
    begin = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    assert int(query["X-Amz-Expires"][0]) == window + life
    assert begin <= now
    left = begin + timedelta(seconds=window + life) - now
    assert timedelta(seconds=life) < left <= timedelta(seconds=window + life)
    last = int((begin + timedelta(seconds=window) - now).total_seconds()) - 1
    assert made(last) == url
    assert made(last + 1) != url


def test_the_window_of_a_link_begins_where_the_contract_says() -> None:
    # Not computed here: another version must choose the same instant.
    with freezegun.freeze_time(START):
        url = client().presign("get_object", {"Bucket": "photos", "Key": "cat.jpg"}, stable_for=3600).url
    begin = START.replace(hour=11) + timedelta(seconds=3056)
    assert f"X-Amz-Date={begin:%Y%m%dT%H%M%SZ}&" in url


def test_temporary_credentials_make_no_stable_link_unless_allowed() -> None:
    s3 = client(aws_session_token="token")
    with pytest.raises(ParamValidationError, match="stable_for: the credentials are temporary"):
        s3.presign("get_object", PHOTO, stable_for=60)
    assert s3.presign("get_object", PHOTO, stable_for=60, on_temporary="allow").url
    assert s3.presign("get_object", PHOTO).url


@freezegun.freeze_time(START)
@pytest.mark.parametrize("offset", [90, -90.0, timedelta(seconds=90)])
def test_the_offset_of_a_clock_is_added_to_it(offset: Any) -> None:
    seconds = offset.total_seconds() if isinstance(offset, timedelta) else offset
    with freezegun.freeze_time(START + timedelta(seconds=seconds)):
        expected = client().presign("get_object", PHOTO).url
        stable = client().presign("get_object", PHOTO, stable_for=60).url
    assert client().presign("get_object", PHOTO, clock_offset=offset).url == expected
    assert client().presign("get_object", PHOTO, clock_offset=offset, stable_for=60).url == stable
    s3 = client(config=Config(s3={"presign_clock_offset": offset}))
    assert s3.presign("get_object", PHOTO).url == expected
    assert s3.generate_presigned_url("get_object", PHOTO) != expected


@freezegun.freeze_time(START)
def test_the_offset_of_a_clock_is_learnt_from_a_date() -> None:
    assert presigned.clock_offset("Tue, 24 Nov 2026 12:00:30 GMT") == 30
    assert presigned.clock_offset("Tue, 24 Nov 2026 12:59:30 +0100") == -30
    for wrong in ("", "Tue, 24 Nov 2026 12:00:30 -0000", "2026-11-24T12:00:00Z", None):
        with pytest.raises(ValueError, match="not the value of a Date header"):
            presigned.clock_offset(wrong)  # type: ignore[arg-type] # that is the fault


def ending_in(seconds: float) -> Callable[[], dict[str, Any]]:
    end = START + timedelta(seconds=seconds)
    return lambda: {"access_key": "AK", "secret_key": "SK", "token": "T", "expiry_time": end.isoformat()}


def of_a_role(seconds: float) -> Any:
    none = dict.fromkeys(("aws_access_key_id", "aws_secret_access_key"))
    return client(credentials=ending_in(seconds), **none)


@freezegun.freeze_time(START)
def test_a_link_that_outlives_its_credentials_gives_a_warning_unless_something_else_is_chosen() -> None:
    s3 = of_a_role(1800)
    for _ in range(4):
        with pytest.warns(EarlyExpiryWarning, match="until 2026-11-24 12:30:00 UTC> ends before its time") as noted:
            s3.presign("get_object", PHOTO)
        assert [one.filename for one in noted] == [__file__]
    with pytest.warns(EarlyExpiryWarning) as noted:
        s3.presign("get_object", PHOTO, on_early_expiry="warn")
    assert [one.filename for one in noted] == [__file__]
    # The suite turns each other warning into an error.
    assert s3.presign("get_object", PHOTO, expires_in=1800).url
    assert s3.presign("get_object", PHOTO, on_early_expiry="ignore").url
    clamped = s3.presign("get_object", PHOTO, on_early_expiry="clamp")
    assert "&X-Amz-Expires=1800&" in clamped.url
    assert clamped.expires_at == START + timedelta(seconds=1800)
    with pytest.raises(ParamValidationError, match="the credentials expire at 2026-11-24 12:30:00"):
        s3.presign("get_object", PHOTO, on_early_expiry="raise")


@freezegun.freeze_time(START)
def test_a_form_that_outlives_its_credentials_gives_a_warning_unless_something_else_is_chosen() -> None:
    s3 = of_a_role(1800)
    for options in ({}, {"on_early_expiry": "warn"}, {"on_early_expiry": "warn", "max_size": 5}):
        with pytest.warns(EarlyExpiryWarning, match=r"<PresignedPost .* ends before its time") as noted:
            s3.presign_post("photos", "k", **options)
        assert [one.filename for one in noted] == [__file__]
    assert s3.presign_post("photos", "k", expires_in=1800).expires_at == START + timedelta(seconds=1800)
    ignored = s3.presign_post("photos", "k", on_early_expiry="ignore")
    clamped = s3.presign_post("photos", "k", on_early_expiry="clamp")
    assert (ignored.expires_at, clamped.expires_at) == (START + timedelta(seconds=1800),) * 2
    policies = [json.loads(base64.b64decode(form.fields["policy"])) for form in (ignored, clamped)]
    assert [policy["expiration"] for policy in policies] == ["2026-11-24T13:00:00Z", "2026-11-24T12:30:00Z"]
    assert policies[0]["conditions"] == policies[1]["conditions"]
    with pytest.raises(ParamValidationError, match="the credentials expire at 2026-11-24 12:30:00"):
        s3.presign_post("photos", "k", on_early_expiry="raise")
    with pytest.raises(ParamValidationError, match="valid values: 'warn'"):
        client().presign_post("photos", "k", on_early_expiry="shout")


@freezegun.freeze_time(START)
def test_credentials_are_refreshed_for_a_long_link() -> None:
    asked = []

    def fetch() -> dict[str, str]:
        asked.append(1)
        end = START + timedelta(hours=len(asked))
        return {"access_key": f"AK{len(asked)}", "secret_key": "SK", "token": "T", "expiry_time": end.isoformat()}

    source = RefreshableCredentials.create_from_metadata(fetch(), fetch, "role")
    none = dict.fromkeys(("aws_access_key_id", "aws_secret_access_key"))
    s3 = client(credentials=source, **none)
    form = s3.presign_post("photos", "k", expires_in=5400, on_early_expiry="refresh")
    assert ("AK2/" in form.fields["x-amz-credential"], len(asked)) == (True, 2)
    asked.clear()
    source._protected_refresh(is_mandatory=True)
    made = s3.presign("get_object", PHOTO, expires_in=5400, on_early_expiry="refresh")
    assert ("Credential=AK2" in made.url, len(asked)) == (True, 2)
    with pytest.warns(EarlyExpiryWarning):
        s3.presign("get_object", PHOTO, expires_in=604_800, on_early_expiry="refresh")


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"hoist": ("x-amz-tagging",)}, "S3 takes only these headers"),
        ({"hoist": "x-amz-acl"}, "must be a sequence"),
        ({"hoist": ("x-amz-acl",)}, "no parameter of this call sets the header x-amz-acl"),
        ({"query": {"X-Amz-Date": "1"}}, "parameter of the signature"),
        ({"query": {"response-content-type": "a/b"}}, "set already"),
        ({"query": {"a": 1}}, "must be str"),
        ({"query": [("a", "b")]}, "not a mapping"),
        ({"headers": {"Host": "a"}}, "set by the sender"),
        ({"headers": {"a b": "c"}}, "not the name of a header"),
        ({"headers": {"x-a": "c", "X-A": "d"}}, "twice"),
        ({"headers": {"x-a": "c\nd"}}, "control character"),
        ({"stable_for": 604_800}, "604800 \\+ 3600 seconds"),
        ({"stable_for": 0}, "at least one second"),
        ({"stable_for": 1.5}, "not a whole number"),
        ({"stable_for": 60, "signed_at": 0}, "Leave one of the two out"),
        ({"clock_offset": "5"}, "not a number of seconds"),
        ({"clock_offset": 86_401}, "a day at most"),
        ({"clock_offset": float("nan")}, "a day at most"),
        ({"signed_at": datetime(2026, 1, 1)}, "no time zone"),
        ({"signed_at": "now"}, "neither a datetime nor seconds"),
        ({"signed_at": -1}, "neither a datetime nor seconds"),
        ({"region": ""}, "cannot be the region of a bucket"),
        ({"region": "eu/1"}, "cannot be the region of a bucket"),
        ({"region": "aws-global"}, "cannot be the region of a bucket"),
        ({"expires_in": "+-60", "query": {"a": "b"}}, "not a whole number"),
        ({"hoist": 5}, "must be a sequence"),
        ({"query": {"": "b"}}, "a name is empty"),
        ({"public_url": "https://files.example.org/{key}"}, "a path has letters"),
        ({"public_url": "https://files.example.org:99999"}, "its port must be a number"),
        ({"public_url": "https://files.example.org:080"}, "its host must be"),
        ({"public_url": "https://[x"}, "its host must be"),
        ({"public_url": "https://files.example.org/a+b"}, "a path has letters"),
        ({"headers": {"User-Agent": "me"}}, "set by the sender"),
        ({"headers": {"x-amz-content-sha256": "a"}}, "set by the sender"),
        ({"query": {"X-Amz-Content-Sha256": "a"}}, "parameter of the signature"),
        ({"on_early_expiry": "shout"}, "valid values: 'warn'"),
        ({"on_temporary": "no"}, "'raise' or 'allow'"),
        ({"public_url": "files.example.org"}, "begin with https://"),
        ({"public_url": "https://me:pw@files.example.org"}, "its host must be"),
        ({"public_url": 5}, "must be a str"),
    ],
)
def test_an_option_that_cannot_be_is_refused(options: dict[str, Any], fault: str) -> None:
    with pytest.raises(ParamValidationError, match=fault):
        client().presign("get_object", {**PHOTO, "ResponseContentType": "image/jpeg"}, **options)


def test_an_unknown_option_is_an_unexpected_keyword() -> None:
    with pytest.raises(TypeError, match=r"presign\(\) got an unexpected keyword argument 'expire_in'"):
        client().presign("get_object", PHOTO, expire_in=5)


@pytest.mark.parametrize("config", [Config(signature_version="s3"), Config(signature_version=presigned.UNSIGNED)])
def test_what_a_signature_would_not_hold_is_refused(config: Any) -> None:
    s3 = client(config=config)
    for options in ({"query": {"a": "b"}}, {"headers": {"a": "b"}}):
        with pytest.raises(ParamValidationError, match="Use a client that signs with SigV4"):
            s3.presign("get_object", PHOTO, **options)
    place = {**PHOTO, "ACL": "private"}
    with pytest.raises(ParamValidationError, match="parameter hoist"):
        s3.presign("put_object", place, hoist=("x-amz-acl",))


def test_nothing_is_remembered_of_a_call_with_options() -> None:
    s3 = client()
    with freezegun.freeze_time(START):
        expected = s3.generate_presigned_url("get_object", PHOTO)
        for _ in range(5):
            s3.presign("get_object", PHOTO, query={"a": "b"}, region="us-west-2")
            s3.presign("get_object", PHOTO, signed_at=0, headers={"a": "b"})
            assert s3.presign("get_object", PHOTO).url == expected
            assert s3.generate_presigned_url("get_object", PHOTO) == expected


def test_a_client_that_has_become_boto3_s_has_the_options_too() -> None:
    options: dict[str, Any] = {"stable_for": 600, "region": "us-west-2", "query": {"a": "b"}}
    with freezegun.freeze_time(START):
        expected = client().presign("get_object", PHOTO, **options)
        promoted = client()
        assert promoted.can_paginate("list_objects_v2")
        assert promoted.presign("get_object", PHOTO, **options) == expected
        promoted.meta.events.register("before-sign.s3.GetObject", lambda **_: None)
        with pytest.raises(ParamValidationError, match="boto3's client decides this URL"):
            promoted.presign("get_object", PHOTO, **options)
        assert promoted.presign("get_object", PHOTO).url


def test_the_clients_of_asyncio_have_the_options_too() -> None:
    options: dict[str, Any] = {"stable_for": 600, "region": "us-west-2", "headers": {"x-a": "b"}}

    async def made() -> tuple[Any, Any, Any]:
        keys = {"aws_access_key_id": KEYS[0], "aws_secret_access_key": KEYS[1], "region_name": "eu-central-1"}
        async with presigned.aio.Session(**keys).client("s3") as s3:
            with pytest.raises(ParamValidationError, match="would block the loop"):
                await s3.presign("get_object", PHOTO, on_early_expiry="refresh")
            one = await s3.presign("get_object", PHOTO, **options)
            many = await s3.presign_many("get_object", {**PHOTO, "Key": ["a", "b"]}, **options)
            return one, many, await s3.presign_multipart("photos", "k", "id", size=12_000_000)

    with freezegun.freeze_time(START):
        s3 = client()
        many = s3.presign_many("get_object", {**PHOTO, "Key": ["a", "b"]}, **options)
        upload = s3.presign_multipart("photos", "k", "id", size=12_000_000)
        one, others, awaited = asyncio.run(made())
        assert (one, others) == (s3.presign("get_object", PHOTO, **options), many)
        assert awaited.as_dict() == upload.as_dict()


@freezegun.freeze_time(START)
def test_a_form_goes_to_a_public_url_with_the_same_fields() -> None:
    inner = client(endpoint_url="http://minio:9000")
    form = inner.presign_post("photos", "k", max_size=5, public_url="https://files.example.org/media")
    assert form.url == "https://files.example.org/media/photos"
    assert form.fields == inner.presign_post("photos", "k", max_size=5).fields
    short = presigned.PublicUrl("https://files.example.org", shows_bucket=False)
    assert inner.presign_post("photos", "k", public_url=short).url == "https://files.example.org/"
    config = Config(s3={"presign_public_url": short})
    of_client = client(endpoint_url="http://minio:9000", config=config)
    assert of_client.presign_post("photos", "k").url == "https://files.example.org/"
    assert of_client.generate_presigned_post("photos", "k")["url"] == "http://minio:9000/photos"
    with pytest.raises(ParamValidationError, match="parameter public_url"):
        inner.presign_post("photos", "k", public_url="ftp://files.example.org")


def test_what_options_need_is_loaded_only_for_options() -> None:
    program = """
import sys, presigned
config = presigned.Config(s3={"addressing_style": "path"})
s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="A", aws_secret_access_key="S", config=config)
place = {"Bucket": "b", "Key": "k"}
s3.presign("get_object", place)
s3.presign_post("b", "k")
print([name for name in sys.modules if name.startswith(("presigned._client.p", "presigned._links"))])
s3.presign("get_object", place, stable_for=5)
assert "presigned._client.presign_options" in sys.modules
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "['presigned._client.presigned_request', 'presigned._client.presigned_post']\n"


def test_an_unsigned_client_has_a_public_url_and_no_instant() -> None:
    config = Config(signature_version=presigned.UNSIGNED, s3={"presign_public_url": "https://files.example.org"})
    s3 = client(config=config)
    made = s3.presign("get_object", PHOTO)
    assert (made.url, made.expires_at) == ("https://files.example.org/photos/cats/a%20b.jpg", None)
    assert s3.presign("get_object", PHOTO, public_url=None, region="eu-west-1").url.startswith(
        "https://photos.s3.eu-west-1."
    )
    for option in ("stable_for", "signed_at"):
        with pytest.raises(ParamValidationError, match=f"parameter {option}: the client signs nothing"):
            s3.presign("get_object", PHOTO, **{option: 60})


def test_a_request_without_a_key_has_no_path_that_a_proxy_could_change() -> None:
    hidden = presigned.PublicUrl("https://files.example.org", shows_bucket=False)
    with pytest.raises(ParamValidationError, match="a request without a key has no path there"):
        client().presign("list_objects_v2", {"Bucket": "photos"}, public_url=hidden)
    shown = client().presign("list_objects_v2", {"Bucket": "photos"}, public_url="https://files.example.org")
    assert shown.url.startswith("https://files.example.org/photos?")


def test_a_header_that_a_pattern_has_hoisted_may_be_named_too() -> None:
    given = {**PHOTO, "Metadata": {"a": "1"}}
    made = client().presign("put_object", given, hoist=["x-amz-meta-*", "x-amz-meta-a"])
    assert (made.headers, "?x-amz-meta-a=1&" in made.url) == ({}, True)
    place = {**PHOTO, "ACL": "private"}
    with pytest.raises(ParamValidationError, match="X-Amz-ACL is set already"):
        client().presign("put_object", place, hoist=["x-amz-acl"], query={"X-Amz-ACL": "public-read"})
