"""`PresignedPost.check`: S3's first objection to a form, in the words of its answers."""

from __future__ import annotations

import copy
import pickle
from datetime import datetime, timedelta, timezone
from typing import Any

import freezegun
import pytest

import presigned
from presigned._client import post_fields
from presigned._links import conditions
from presigned.config import Config

START = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
KEYS: dict[str, Any] = {
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "secret",
    "region_name": "us-east-1",
}
S3: Any = presigned.client("s3", **KEYS)
DENIED = "Invalid according to Policy: "


def image(**options: Any) -> Any:
    return S3.presign_post("photos", "inbox/${filename}", content_type="image/*", min_size=2, max_size=10, **options)


OBJECTIONS: list[tuple[dict[str, Any], str, str, int]] = [
    (
        {},
        "AccessDenied",
        f'{DENIED}Policy Condition failed: ["starts-with", "$Content-Type", "image/"]',
        403,
    ),
    (
        {"content_type": "text/html"},
        "AccessDenied",
        f'{DENIED}Policy Condition failed: ["starts-with", "$Content-Type", "image/"]',
        403,
    ),
    (
        {"content_type": "image/png,text/html"},
        "AccessDenied",
        f'{DENIED}Policy Condition failed: ["starts-with", "$Content-Type", "image/"]',
        403,
    ),
    (
        {"content_type": "image/png", "fields": {"key": "private/cat.png"}},
        "AccessDenied",
        f'{DENIED}Policy Condition failed: ["starts-with", "$key", "inbox/"]',
        403,
    ),
    (
        {"content_type": "image/png", "fields": {"x-amz-algorithm": "none"}},
        "AccessDenied",
        f'{DENIED}Policy Condition failed: ["eq", "$x-amz-algorithm", "AWS4-HMAC-SHA256"]',
        403,
    ),
    (
        {"content_type": "image/png", "fields": {"acl": "public-read", "tagging": ""}, "size": 100},
        "AccessDenied",
        f"{DENIED}Extra input fields: acl, tagging",
        403,
    ),
    (
        {"content_type": "image/png", "size": 11},
        "EntityTooLarge",
        "Your proposed upload exceeds the maximum allowed size",
        400,
    ),
    (
        {"content_type": "image/png", "size": 1},
        "EntityTooSmall",
        "Your proposed upload is smaller than the minimum allowed size",
        400,
    ),
    ({"content_type": "image/png", "filename": "ü" * 510}, "KeyTooLongError", "Your key is too long", 400),
]


@pytest.mark.parametrize(("sent", "code", "message", "status"), OBJECTIONS)
def test_the_first_objection_is_s3s(sent: dict[str, Any], code: str, message: str, status: int) -> None:
    objection = image().check(**sent)
    assert (objection.code, objection.message, objection.status) == (code, message, status)
    assert str(objection) == f"{code}: {message}"
    assert repr(objection) == f"<Objection {status} {code}: {message}>"
    assert objection == copy.deepcopy(objection) == pickle.loads(pickle.dumps(objection))  # noqa: S301 - our own
    assert len({objection, image().check(**sent)}) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"content_type": "image/png"},
        {"content_type": "image/png", "size": 2},
        {"content_type": "image/png", "size": 10, "filename": "cat.png"},
        {"content_type": "image/png, image/gif"},
        {"fields": {"content-type": "image/png", "x-ignore-me": "1"}},
    ],
)
def test_what_fits_has_no_objection(sent: dict[str, Any]) -> None:
    assert image().check(**sent) is None


@pytest.mark.parametrize("path", ["cat.png", "/home/me/cat.png", "C:\\pictures\\cat.png"])
def test_the_name_of_the_file_is_what_follows_the_last_slash(path: str) -> None:
    form = S3.presign_post("photos", "${filename}", fields={})
    assert form.check(path) is None
    exact = S3.presign_post("photos", "a/${filename}", key_prefix="a/")
    exact.fields["key"] = "b/${filename}"
    assert exact.check(path) is not None


def test_a_condition_in_another_script_is_shown_as_it_is() -> None:
    objection = S3.presign_post("photos", "ü", max_size=1).check(fields={"key": "u"})
    assert objection.message == f'{DENIED}Policy Condition failed: ["eq", "$key", "ü"]'


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_a_policy_ends(version: str) -> None:
    client: Any = presigned.client("s3", **KEYS, config=Config(signature_version=version))
    with freezegun.freeze_time(START):
        form = client.presign_post("photos", "k", expires_in=60)
    with freezegun.freeze_time(START + timedelta(seconds=59)):
        assert form.check() is None
    with freezegun.freeze_time(START + timedelta(seconds=60)):
        assert form.check() == presigned.Objection("AccessDenied", f"{DENIED}Policy expired.", 403)


@pytest.mark.filterwarnings("ignore::presigned.exceptions.EarlyExpiryWarning")
def test_credentials_that_end_before_the_policy_end_the_form() -> None:
    def given() -> dict[str, Any]:
        return {"access_key": "A", "secret_key": "S", "token": "T", "expires_at": START + timedelta(minutes=5)}

    with freezegun.freeze_time(START):
        client: Any = presigned.client("s3", region_name="us-east-1", credentials=given)
        form = client.presign_post("photos", "k")
        assert form.check() is None
    with freezegun.freeze_time(START + timedelta(minutes=6)):
        assert form.check() == presigned.Objection("ExpiredToken", "The provided token has expired.", 400)


def test_a_form_without_a_policy_has_no_objection_of_its_own() -> None:
    client: Any = presigned.client("s3", region_name="us-east-1", config=Config(signature_version=presigned.UNSIGNED))
    assert client.presign_post("photos", "k").check(size=10**9) is None


def test_an_objection_shows_no_secret_field() -> None:
    secret = "c2VjcmV0c2VjcmV0"
    name = "x-amz-server-side-encryption-customer-key"
    s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
    form = s3.presign_post("photos", "k", fields={name: secret})
    objection = form.check("a", 1, fields={name: "x"})
    assert objection is not None
    assert secret not in f"{objection!r} {objection}"


def test_a_policy_that_cannot_be_read_is_refused_as_s3_refuses_it() -> None:
    form = S3.presign_post("photos", "k")
    form.fields["policy"] = "e30="
    objection = form.check()
    assert (objection.code, objection.status) == ("InvalidPolicyDocument", 400)
    assert objection.message.startswith("Invalid Policy: ")


def test_check_and_verify_object_to_the_same_forms() -> None:
    keys = KEYS["aws_access_key_id"], KEYS["aws_secret_access_key"]
    now = datetime.now(timezone.utc)
    sent: dict[str, Any]
    for sent, *_ in [*OBJECTIONS, ({"content_type": "image/png", "size": 5}, "", "", 0)]:
        form = image()
        if len(sent.get("filename", "")) > 100:
            # `verify` leaves the length of a key to S3.
            continue
        objection = form.check(**sent)
        fields = {**form.fields, **sent.get("fields", {})}
        if "content_type" in sent:
            fields["Content-Type"] = sent["content_type"]
        verified = presigned.verify((form.url, fields), keys, file_size=sent.get("size"), now=now)
        assert bool(verified) is (objection is None), (sent, verified)


def test_fields_without_a_condition_are_those_of_the_evaluator() -> None:
    assert post_fields.UNCHECKED == conditions.UNCHECKED
