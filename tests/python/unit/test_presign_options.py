"""The options of `presign`: what they sign is compared with botocore's own signer, on the whole URL."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any
from urllib.parse import quote

import freezegun
import pytest

import presigned
import presigned.aio
from link_oracle import KEYS, PHOTO, START, by_botocore, client
from presigned.config import Config
from presigned.exceptions import ParamValidationError


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
        ({"region": ""}, "cannot be the region of a bucket"),
        ({"region": "eu/1"}, "cannot be the region of a bucket"),
        ({"region": "aws-global"}, "cannot be the region of a bucket"),
        ({"expires_in": "+-60", "query": {"a": "b"}}, "not a whole number"),
        ({"hoist": 5}, "must be a sequence"),
        ({"query": {"": "b"}}, "a name is empty"),
        ({"headers": {"User-Agent": "me"}}, "set by the sender"),
        ({"headers": {"x-amz-content-sha256": "a"}}, "set by the sender"),
        ({"query": {"X-Amz-Content-Sha256": "a"}}, "parameter of the signature"),
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


def test_a_header_that_a_pattern_has_hoisted_may_be_named_too() -> None:
    given = {**PHOTO, "Metadata": {"a": "1"}}
    made = client().presign("put_object", given, hoist=["x-amz-meta-*", "x-amz-meta-a"])
    assert (made.headers, "?x-amz-meta-a=1&" in made.url) == ({}, True)
    place = {**PHOTO, "ACL": "private"}
    with pytest.raises(ParamValidationError, match="X-Amz-ACL is set already"):
        client().presign("put_object", place, hoist=["x-amz-acl"], query={"X-Amz-ACL": "public-read"})
