"""`on_early_expiry`: what becomes of a link or a form that outlives its credentials."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import freezegun
import pytest
from botocore.credentials import RefreshableCredentials

from link_oracle import PHOTO, START, client
from presigned.exceptions import EarlyExpiryWarning, ParamValidationError


def ending_in(seconds: float) -> Callable[[], dict[str, Any]]:
    end = START + timedelta(seconds=seconds)
    return lambda: {"access_key": "AK", "secret_key": "SK", "token": "T", "expiry_time": end.isoformat()}


def of_a_role(seconds: float) -> Any:
    none = dict.fromkeys(("aws_access_key_id", "aws_secret_access_key"))
    return client(credentials=ending_in(seconds), **none)


def end_of_policy(form: Any) -> str:
    found: str = json.loads(base64.b64decode(form.fields["policy"]))["expiration"]
    return found


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
    assert [end_of_policy(form) for form in (ignored, clamped)] == ["2026-11-24T13:00:00Z", "2026-11-24T12:30:00Z"]
    policies = [json.loads(base64.b64decode(form.fields["policy"])) for form in (ignored, clamped)]
    assert policies[0]["conditions"] == policies[1]["conditions"]
    with pytest.raises(ParamValidationError, match="the credentials expire at 2026-11-24 12:30:00"):
        s3.presign_post("photos", "k", on_early_expiry="raise")
    with pytest.raises(ParamValidationError, match="valid values: 'warn'"):
        client().presign_post("photos", "k", on_early_expiry="shout")


@freezegun.freeze_time(START)
def test_a_form_of_another_instant_that_outlives_its_credentials_gives_a_warning_unless_something_else_is_chosen() -> (
    None
):
    s3 = of_a_role(1800)
    begin = START - timedelta(seconds=100)
    with pytest.warns(EarlyExpiryWarning, match="until 2026-11-24 12:30:00 UTC, .* ends before its time") as noted:
        form = s3.presign_post("photos", "k", signed_at=begin)
    assert [one.filename for one in noted] == [__file__]
    assert (form.expires_at, end_of_policy(form)) == (START + timedelta(seconds=1800), "2026-11-24T12:58:20Z")
    assert s3.presign_post("photos", "k", signed_at=begin, expires_in=1900).expires_at == form.expires_at
    clamped = s3.presign_post("photos", "k", signed_at=begin, on_early_expiry="clamp")
    assert (clamped.expires_at, end_of_policy(clamped)) == (form.expires_at, "2026-11-24T12:30:00Z")
    assert clamped.fields["x-amz-date"] == "20261124T115820Z"
    with pytest.raises(ParamValidationError, match="the credentials expire at 2026-11-24 12:30:00"):
        s3.presign_post("photos", "k", signed_at=begin, on_early_expiry="raise")


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
        ({"on_early_expiry": "shout"}, "valid values: 'warn'"),
    ],
)
def test_another_choice_is_refused(options: dict[str, Any], fault: str) -> None:
    with pytest.raises(ParamValidationError, match=fault):
        client().presign("get_object", PHOTO, **options)
