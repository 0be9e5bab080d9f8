"""`inspect` reads what is in a link or a form, shows nothing secret, and names what is suspicious."""

from __future__ import annotations

import contextlib
import datetime
import json
import pickle
from pathlib import Path
from typing import Any

import boto3
import botocore
import pytest
import time_machine
from botocore.config import Config
from botocore.exceptions import EndpointResolutionError, EndpointVariantError
from hypothesis import given
from hypothesis import strategies as st

import presigned
from presigned._links import escapes, hosts

from . import making
from .making import KEYS, NOW, TEMPORARY, TOKEN

LINK = making.link()
UTC = datetime.timezone.utc


def codes(request: Any, now: Any = NOW) -> list[str]:
    return [finding.code for finding in presigned.inspect(request, now=now).findings]


def test_a_link_says_who_signed_what_and_until_when() -> None:
    found = presigned.inspect(making.link("put_object", Key="a b/ü+.txt", ContentType="a/b"), now=NOW)
    assert (found.scheme, found.signature, found.access_key_id) == ("https", "SigV4", KEYS[0])
    assert (found.region, found.service, found.host) == ("eu-central-1", "s3", "photos.s3.amazonaws.com")
    assert (found.bucket, found.key, found.bucket_is_guessed) == ("photos", "a b/ü+.txt", False)
    assert (found.method, found.signed_headers, found.is_temporary) == (None, ("content-type", "host"), False)
    assert found.issued == datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert found.expires == datetime.datetime(2026, 1, 2, 4, 4, 5, tzinfo=UTC)
    assert found.left == datetime.timedelta(seconds=3590)


def test_an_older_signature_does_not_say_when_it_was_made() -> None:
    found = presigned.inspect(making.link(s3=making.client(signature="s3")), now=NOW)
    assert (found.signature, found.region, found.issued) == ("SigV2", None, None)
    assert found.left == datetime.timedelta(seconds=3590)
    assert "sigv2" in [finding.code for finding in found.findings]


def test_the_object_of_a_request_says_its_method() -> None:
    with time_machine.travel(making.SIGNED_AT, tick=False):
        request = making.client().presign("put_object", {"Bucket": "photos", "Key": "k"})
    assert presigned.inspect(request).method == "PUT"
    assert presigned.inspect(request.url.replace("&", "&amp;")).access_key_id == KEYS[0]


@pytest.mark.parametrize(("signature", "kind"), [("s3v4", "POST policy SigV4"), ("s3", "POST policy SigV2")])
def test_a_form_says_the_same(signature: str, kind: str) -> None:
    made = making.form(making.client(signature=signature))
    with time_machine.travel(making.SIGNED_AT, tick=False):
        as_object = making.client(signature=signature).presign_post("photos", "inbox/cat.jpg")
    for form in (made, (made["url"], made["fields"]), as_object):
        found = presigned.inspect(form, now=NOW)
        assert (found.signature, found.method, found.bucket, found.key) == (kind, "POST", "photos", "inbox/cat.jpg")
        assert found.left == datetime.timedelta(seconds=3590)


@pytest.mark.parametrize(
    ("host", "path", "expected"),
    [
        ("photos.s3.amazonaws.com", "/k", ("photos", "k", False)),
        ("photos.s3.eu-central-1.amazonaws.com", "/k", ("photos", "k", False)),
        ("photos.s3-eu-west-1.amazonaws.com", "/k", ("photos", "k", False)),
        ("a.b.c.s3.eu-central-1.amazonaws.com", "/k/l", ("a.b.c", "k/l", False)),
        ("s3.s3.eu-central-1.amazonaws.com", "/k", ("s3", "k", False)),
        ("s3.eu-central-1.amazonaws.com", "/photos/k/l", ("photos", "k/l", False)),
        ("s3.amazonaws.com:443", "/photos", ("photos", None, False)),
        ("s3.amazonaws.com", "/", (None, None, False)),
        ("photos.s3.dualstack.us-west-2.amazonaws.com", "/k", ("photos", "k", False)),
        ("photos.s3-fips.us-east-1.amazonaws.com", "/k", ("photos", "k", False)),
        ("photos.s3-fips.dualstack.us-gov-west-1.amazonaws.com", "/k", ("photos", "k", False)),
        ("photos.s3-accelerate.amazonaws.com", "/k", ("photos", "k", False)),
        ("photos.s3-accelerate.dualstack.amazonaws.com", "/k", ("photos", "k", False)),
        ("photos.s3.cn-north-1.amazonaws.com.cn", "/k", ("photos", "k", False)),
        ("photos.s3.us-iso-east-1.c2s.ic.gov", "/k", ("photos", "k", False)),
        ("photos.s3.eusc-de-east-1.amazonaws.eu", "/k", ("photos", "k", False)),
        ("mine-123456789012.s3-accesspoint.us-west-2.amazonaws.com", "/k",
         ("arn:aws:s3:us-west-2:123456789012:accesspoint/mine", "k", False)),
        ("my-own-123456789012.s3-accesspoint-fips.dualstack.us-gov-east-1.amazonaws.com", "/k",
         ("arn:aws-us-gov:s3:us-gov-east-1:123456789012:accesspoint/my-own", "k", False)),
        ("mine-123456789012.s3-object-lambda.us-west-2.amazonaws.com", "/k",
         ("arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/mine", "k", False)),
        ("mine-123456789012.op-0123abc.s3-outposts.us-west-2.amazonaws.com", "/k",
         ("arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-0123abc/accesspoint/mine", "k", False)),
        ("abc.mrap.accesspoint.s3-global.amazonaws.com", "/k", (None, "k", False)),
        ("photos--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com", "/k",
         ("photos--usw2-az1--x-s3", "k", False)),
        ("photos.s3-website.eu-central-1.amazonaws.com", "/k", ("photos", "k", False)),
        ("photos.s3.evil.com", "/k", ("k", None, True)),
        ("s3.amazonaws.com.evil.com", "/a/b", ("a", "b", True)),
        ("localhost:9000", "/photos/k", ("photos", "k", True)),
        ("minio.example.com", "/", (None, None, False)),
    ],
)  # fmt: skip
def test_the_host_says_which_bucket(host: str, path: str, expected: tuple[str | None, str | None, bool]) -> None:
    found = presigned.inspect(f"https://{host}{path}")
    assert (found.bucket, found.key, found.bucket_is_guessed) == expected


def test_every_partition_of_botocore_is_known() -> None:
    path = Path(botocore.__file__).parent / "data" / "partitions.json"
    partitions = json.loads(path.read_text())["partitions"]
    assert {one["outputs"]["dnsSuffix"] for one in partitions} == {*hosts.SUFFIXES.values()}


@pytest.mark.parametrize("style", ["auto", "virtual", "path"])
@pytest.mark.parametrize("more", [{}, {"use_dualstack_endpoint": True}, {"use_fips_endpoint": True}])
def test_bucket_and_key_of_botocores_links_are_found_in_every_region(style: str, more: dict[str, Any]) -> None:
    session, seen = boto3.Session(*KEYS), 0
    for partition in session.get_available_partitions():
        for region in session.get_available_regions("s3", partition):
            config = Config(signature_version="s3v4", s3={"addressing_style": style}, **more)
            # Some partitions have no such endpoints.
            with contextlib.suppress(EndpointResolutionError, EndpointVariantError):
                s3 = session.client("s3", region_name=region, config=config)
                url = s3.generate_presigned_url("get_object", {"Bucket": "my.photos-1", "Key": "a/b"})
                found = presigned.inspect(url)
                assert (found.bucket, found.key, found.bucket_is_guessed) == ("my.photos-1", "a/b", False), url
                assert "other_region" not in [finding.code for finding in found.findings], url
                seen += 1
    assert seen > 25


REGIONAL = making.link(s3=making.client(style="virtual"))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (REGIONAL.partition("?")[0], "unsigned"),
        (making.link(s3=making.client(signature="s3")), "sigv2"),
        (REGIONAL.replace("X-Amz-Expires=3600", "X-Amz-Expires=604801"), "over_7_days"),
        (REGIONAL.replace("X-Amz-Expires=3600", "X-Amz-Expires=1h"), "expires_malformed"),
        (REGIONAL.replace("X-Amz-Expires=3600", "X-Amz-Expires=0"), "expires_malformed"),
        (making.link(s3=making.client(token=TOKEN)), "temporary_credentials"),
        (making.link(s3=making.client(access_key="ASIAEXAMPLE")), "token_missing"),
        (REGIONAL[:-1], "signature_malformed"),
        (REGIONAL + "%0A", "signature_malformed"),
        (REGIONAL.replace("X-Amz-Date", "X-Amz-Day"), "parameters_missing"),
        (REGIONAL.replace("%2F", "%252F"), "scope_malformed"),
        (REGIONAL + "&x-amz-checksum-crc32=AAAAAA%3D%3D", "empty_checksum"),
        (REGIONAL + "&utm_source=mail", "added_parameters"),
        (REGIONAL + "&fbclid=1", "added_parameters"),
        (REGIONAL.replace("&", "&amp;"), "escaped_ampersand"),
        (f" {REGIONAL}\n", "white_space"),
        (making.link(Key="a%20b"), "escaped_twice"),
        (making.link(Key="a//b"), "path_normalised"),
        (making.link(Key="a/../b"), "path_normalised"),
        (making.link(Key="./b"), "path_normalised"),
        (making.link(Key="/b"), "path_normalised"),
        (making.link(Key="b\n"), "key_ends_in_white_space"),
        (making.link("put_object", ContentType="a/b"), "headers_to_send"),
        (making.link(), "global_host"),
        (REGIONAL.replace("s3.eu-central-1", "s3.eu-west-1"), "other_region"),
        (REGIONAL.replace("photos.s3", "my.photos.s3"), "dotted_bucket"),
        (REGIONAL.replace("s3.eu-", "s3-website.eu-"), "website_host"),
    ],
)
def test_what_is_suspicious_is_found(url: str, code: str) -> None:
    assert code in codes(url)


def test_a_good_link_and_a_good_form_have_no_finding() -> None:
    assert codes(REGIONAL) == []
    assert codes(making.link(Key="folder/", s3=making.client(style="virtual"))) == []
    assert codes(making.link(s3=making.client(region="us-east-1"))) == []
    assert codes(making.link(s3=making.client(endpoint="http://localhost:9000"))) == []
    assert codes(making.form()) == []


@pytest.mark.parametrize(("seconds", "code"), [(-60, "not_yet_valid"), (3599, None), (3600, "expired")])
def test_times_are_compared(seconds: int, code: str | None) -> None:
    assert codes(REGIONAL, making.SECONDS + seconds) == ([code] if code else [])
    with time_machine.travel(making.SECONDS + seconds, tick=False):
        assert codes(REGIONAL, None) == ([code] if code else [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"acl": "private"}, "form_not_in_policy"),
        ({"key": "another"}, "form_not_in_policy"),
        ({"policy": "e30="}, "policy_malformed"),
        ({"x-amz-signature": "0"}, "signature_malformed"),
        ({"file": "1", "x-ignore-a": "2"}, "file_not_last"),
        ({"x-amz-credential": "ASIAEXAMPLE/20260102/eu-central-1/s3/aws4_request"}, "token_missing"),
    ],
)
def test_what_is_suspicious_in_a_form_is_found(change: dict[str, str], code: str) -> None:
    made = making.form()
    assert code in codes((made["url"], {**made["fields"], **change}))


def test_nothing_secret_is_shown() -> None:
    made = making.form(making.client(token=TOKEN, access_key=TEMPORARY[0]))
    url = making.link(s3=making.client(token=TOKEN, access_key=TEMPORARY[0]))
    secrets = [TOKEN, escapes.encoded(TOKEN.encode()), made["fields"]["policy"], made["fields"]["x-amz-signature"]]
    secrets += [url.rpartition("X-Amz-Signature=")[2], "swordfish"]
    for one in (made, url, url.replace("https://", "https://me:swordfish@"), url[:-2], url.replace("&", "&amp;")):
        found = presigned.inspect(one, now=NOW)
        for shown in (str(found), repr(found), repr(found.findings), repr(pickle.loads(pickle.dumps(found)))):  # noqa: S301
            assert not any(secret in shown for secret in secrets)


def test_a_key_cannot_change_the_display() -> None:
    found = presigned.inspect(making.link(Key="a\x1b[31m\nb\u202e"), now=NOW)
    assert found.key == "a\x1b[31m\nb\u202e"
    assert "\x1b" not in str(found) + repr(found)
    assert "\u202e" not in str(found) + repr(found)


@pytest.mark.parametrize("wrong", [None, 5, [], {"fields": {}}, ("https://a/", 5)])
def test_what_is_no_link_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError):
        presigned.inspect(wrong)
    for text in ("", "photos/cat.jpg", "s3://photos/cat.jpg", "https://"):
        with pytest.raises(ValueError, match="not the URL of a web address"):
            presigned.inspect(text)


@given(st.text(), st.text())
def test_any_path_and_query_can_be_read(path: str, query: str) -> None:
    found = presigned.inspect(f"https://a/{path}?X-Amz-Signature=x&{query}")
    assert str(found)
    assert repr(found)


@given(key=st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_any_key_is_read_as_it_was_signed(key: str) -> None:
    assert presigned.inspect(making.link(Key=key)).key == key
    assert presigned.inspect(making.link(Key=key, s3=making.client(style="path"))).key == key


def test_a_file_name_that_no_header_can_have_is_found() -> None:
    assert "disposition" in codes(making.link(ResponseContentDisposition='attachment; filename="Größe.pdf"'))
    assert "disposition" not in codes(making.link(ResponseContentDisposition=presigned.attachment("Größe.pdf")))


def test_a_bucket_that_is_there_twice_is_found() -> None:
    assert "bucket_twice" in codes(LINK.replace("amazonaws.com/", "amazonaws.com/photos/"))
    assert "bucket_twice" not in codes(LINK)


def test_a_presigned_request_and_a_form_tell_their_findings() -> None:
    s3 = presigned.client("s3", "eu-central-1", aws_access_key_id=KEYS[0], aws_secret_access_key=KEYS[1])
    place = {"Bucket": "photos", "Key": "k"}
    assert [finding.code for finding in s3.presign("get_object", place).findings] == ["global_host"]
    assert s3.presign("get_object", place, region="eu-central-1").findings == ()
    assert s3.presign_post("photos", "k").findings == ()
