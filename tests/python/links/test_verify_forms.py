"""`verify` checks forms: signature, expiry, and each condition of the policy against the fields and the file."""

from __future__ import annotations

import base64
import json
from typing import Any

import boto3
import pytest
import time_machine

import presigned
from presigned import PresignedPost
from presigned._links import policies, received, times

from . import making
from .making import KEYS, NOW, TOKEN

FIELDS = {"acl": "private", "Content-Type": "image/png", "x-amz-meta-who": "ü"}
CONDITIONS = [
    {"acl": "private"},
    ["starts-with", "$Content-Type", "image/"],
    ["eq", "$x-amz-meta-who", "ü"],
    ["content-length-range", 1, 100],
]


def a_form(**client: Any) -> dict[str, Any]:
    return making.form(making.client(**client), Fields=dict(FIELDS), Conditions=[*CONDITIONS])


@pytest.mark.parametrize("library", [boto3, presigned])
@pytest.mark.parametrize("signature", ["s3v4", "s3"])
@pytest.mark.parametrize("token", [None, TOKEN])
@pytest.mark.parametrize("style", ["auto", "path"])
def test_every_form_holds(library: Any, signature: str, token: str | None, style: str) -> None:
    made = a_form(library=library, signature=signature, token=token, style=style)
    keys = (*KEYS, token)
    assert presigned.verify(made, keys, file_size=100, now=NOW)
    assert presigned.verify((made["url"], made["fields"]), keys, now=NOW)
    assert presigned.verify(made, (KEYS[0], "another", token), now=NOW).reason == "signature"
    assert presigned.verify(made, keys, now=making.SECONDS + 3600).reason == "expired"


def test_a_form_of_presign_post_holds() -> None:
    with time_machine.travel(making.SIGNED_AT, tick=False):
        made: PresignedPost = making.client().presign_post("photos", "inbox/${filename}")
    assert presigned.verify(made, KEYS, now=NOW)
    fields = {**made.fields, "key": "inbox/cat.jpg"}
    assert presigned.verify((made.url, fields), KEYS, now=NOW)
    assert presigned.verify((made.url, {**fields, "key": "outbox/cat.jpg"}), KEYS, now=NOW).reason == "policy"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"acl": "public-read"}, "the field acl must be 'private', not 'public-read'"),
        ({"acl": None}, "the field acl is missing"),
        ({"Content-Type": "text/html"}, "the field content-type must start with 'image/', not 'text/html'"),
        ({"Content-Type": "image/png, text/html"}, "must start with"),
        ({"key": "inbox/dog.jpg"}, "the field key must be"),
        ({"tagging": "<Tagging/>"}, "no condition names these fields: tagging"),
        ({"x-amz-meta-more": "1", "x-amz-meta-most": "2"}, "x-amz-meta-more, x-amz-meta-most"),
    ],
)
def test_a_field_that_the_policy_does_not_allow_is_named(change: dict[str, str | None], words: str) -> None:
    made = a_form()
    fields = {name: value for name, value in {**made["fields"], **change}.items() if value is not None}
    found = presigned.verify((made["url"], fields), KEYS, now=NOW)
    assert (found.reason, words in found.detail) == ("policy", True), found


def test_what_s3_ignores_needs_no_condition() -> None:
    made = a_form()
    fields = {**made["fields"], "x-ignore-me": "1", "file": "what was uploaded"}
    assert presigned.verify((made["url"], fields), KEYS, now=NOW)
    assert presigned.verify((made["url"], {**made["fields"], "Content-Type": "image/png,image/gif"}), KEYS, now=NOW)


@pytest.mark.parametrize(("size", "reason"), [(0, "policy"), (1, None), (100, None), (101, "policy"), (None, None)])
def test_the_size_of_the_file_is_compared(size: int | None, reason: str | None) -> None:
    assert presigned.verify(a_form(), KEYS, file_size=size, now=NOW).reason == reason


def test_the_bucket_is_that_of_the_url() -> None:
    made = a_form()
    other = made["url"].replace("photos", "secrets")
    assert presigned.verify((other, made["fields"]), KEYS, now=NOW).reason == "policy"
    unknown = presigned.verify(("https://uploads.example.com/", made["fields"]), KEYS, now=NOW)
    assert (unknown.reason, "pass `bucket`" in unknown.detail) == ("policy", True)
    assert presigned.verify(("https://uploads.example.com/", made["fields"]), KEYS, bucket="photos", now=NOW)
    found = presigned.verify(("https://uploads.example.com/", made["fields"]), KEYS, bucket="secrets", now=NOW)
    assert found.reason == "policy"


@pytest.mark.parametrize("signature", ["s3v4", "s3"])
def test_every_changed_byte_of_the_policy_and_of_the_signature_is_refused(signature: str) -> None:
    made = a_form(signature=signature)
    name = "x-amz-signature" if signature == "s3v4" else "signature"
    for field in ("policy", name):
        value = made["fields"][field]
        for position in range(len(value)):
            for other in "aA1+":
                if other != value[position]:
                    changed = {**made["fields"], field: value[:position] + other + value[position + 1 :]}
                    assert not presigned.verify((made["url"], changed), KEYS, now=NOW)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("x-amz-signature", None, "malformed"),
        ("x-amz-credential", "AKIDEXAMPLE/20260102/eu-central-1/s3", "malformed"),
        ("x-amz-credential", "NOBODY/20260102/eu-central-1/s3/aws4_request", "unknown_key"),
        ("x-amz-date", "20260103T030405Z", "malformed"),
        ("x-amz-date", "soon", "malformed"),
        ("x-amz-algorithm", "AWS4-ECDSA-P256-SHA256", "unsupported"),
        ("policy", None, "malformed"),
        ("policy", "e30", "malformed"),
        ("policy", "bm8=", "malformed"),
        ("policy", "&#x65;30=", "malformed"),
        ("X-Amz-Signature", "0" * 64, "malformed"),
        ("x-amz-security-token", "t" * 20, "token"),
    ],
)
def test_what_cannot_be_read_is_malformed(field: str, value: str | None, reason: str) -> None:
    made = a_form()
    fields = {name: one for name, one in {**made["fields"], field: value}.items() if one is not None}
    assert presigned.verify((made["url"], fields), KEYS, now=NOW).reason == reason


def test_a_form_without_a_signature_is_unsigned() -> None:
    assert presigned.verify(("https://photos.s3.amazonaws.com/", {"key": "k"}), KEYS).reason == "unsigned"


@pytest.mark.parametrize(
    "policy",
    [
        [],
        {"conditions": []},
        {"expiration": "2027-01-01", "conditions": []},
        {"expiration": 5, "conditions": []},
        {"expiration": "2027-01-01T00:00:00Z"},
        {"expiration": "2027-13-01T00:00:00Z", "conditions": []},
        {"expiration": "2027-01-01T00:00:00Z", "conditions": {}},
    ],
)
def test_a_policy_that_s3_cannot_read_is_malformed(policy: object) -> None:
    fields = {**a_form()["fields"], "policy": base64.b64encode(json.dumps(policy).encode()).decode()}
    assert presigned.verify(("https://photos.s3.amazonaws.com/", fields), KEYS, now=NOW).reason == "malformed"


@pytest.mark.parametrize(
    "condition",
    [
        ["contains", "$acl", "p"],
        ["eq", "$acl"],
        "acl",
        5,
        ["content-length-range", "a", None],
        ["content-length-range", float("inf"), 1],
        ["content-length-range", float("nan"), 1],
    ],
)
def test_a_condition_that_s3_does_not_know_is_refused(condition: object) -> None:
    made = a_form()
    policy = policies.Policy(times.of_seconds(NOW), (condition,))
    assert [*policies.failures(policy, received.Form(made["url"], {}), 5, None)]
