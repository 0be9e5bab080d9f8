"""Forms for another instant than now, compared with botocore's own under a clock that stands at that instant."""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import freezegun
import pytest
from botocore.config import Config as BotocoreConfig
from hypothesis import given
from hypothesis import strategies as st

import presigned
import presigned.aio
from link_oracle import START
from presigned.config import Config
from presigned.exceptions import ParamValidationError

KEYS = {"aws_access_key_id": "AKID/EXAMPLE", "aws_secret_access_key": "wJalr+XUtnFEMI"}
KEY = "inbox/Größe \U0001f431/${filename}"
FIELDS = {"acl": "private", "x-amz-meta-who": 'ü "\\'}
CONDITIONS = [{"acl": "private"}, ["eq", "$x-amz-meta-who", 'ü "\\'], ["content-length-range", 1, 10**12]]


def client(**options: Any) -> Any:
    return presigned.client("s3", **{"region_name": "eu-central-1", **KEYS, **options})


def by_botocore(moment: datetime, life: int, version: str = "s3v4", token: str | None = None) -> dict[str, Any]:
    config = BotocoreConfig(signature_version=version)
    s3 = boto3.client("s3", region_name="eu-central-1", config=config, aws_session_token=token, **KEYS)
    with freezegun.freeze_time(moment):
        form: dict[str, Any] = s3.generate_presigned_post("photos", KEY, dict(FIELDS), [*CONDITIONS], life)
        return form


def made_by(s3: Any, life: int, **options: Any) -> dict[str, Any]:
    form = s3.presign_post("photos", KEY, fields=FIELDS, conditions=CONDITIONS, expires_in=life, **options)
    return {"url": form.url, "fields": {**form.fields}}


def same(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    return ours == theirs and [*ours["fields"]] == [*theirs["fields"]]


def expiration(form: Any) -> str:
    found: str = json.loads(base64.b64decode(form.fields["policy"]))["expiration"]
    return found


@pytest.mark.parametrize(
    "moment", [datetime(1970, 1, 1, tzinfo=timezone.utc), START + timedelta(days=400, seconds=1.5)]
)
@pytest.mark.parametrize("version", ["s3v4", "s3"])
@pytest.mark.parametrize("token", [None, "a token/+="])
def test_a_form_of_an_instant_is_botocores_form_of_that_instant(
    moment: datetime, version: str, token: str | None
) -> None:
    s3 = client(config=Config(signature_version=version), aws_session_token=token)
    expected = by_botocore(moment, 60, version, token)
    for instant in (moment, moment.timestamp(), moment.astimezone(timezone(timedelta(hours=9)))):
        assert same(made_by(s3, 60, signed_at=instant), expected)
    end = s3.presign_post("photos", "k", expires_in=60, signed_at=moment).expires_at
    assert end == moment.replace(microsecond=0) + timedelta(seconds=60)


@pytest.mark.parametrize("offset", [90, -90.25, timedelta(seconds=90)])
def test_the_offset_of_a_clock_is_added(offset: Any) -> None:
    seconds = offset if isinstance(offset, timedelta) else timedelta(seconds=offset)
    expected = by_botocore(START + seconds, 60)
    of_client = client(config=Config(s3={"presign_clock_offset": offset}))
    with freezegun.freeze_time(START):
        assert same(made_by(client(), 60, clock_offset=offset), expected)
        assert same(made_by(of_client, 60), expected)
        assert same(made_by(of_client, 60, clock_offset=0), by_botocore(START, 60))
        assert of_client.generate_presigned_post("photos", KEY, ExpiresIn=60) == client().generate_presigned_post(
            "photos", KEY, ExpiresIn=60
        )


@given(
    window=st.integers(1, 40_000_000),
    life=st.integers(1, 40_000_000),
    seconds=st.integers(0, 10_000_000),
    key=st.text(min_size=1, max_size=20).filter(lambda key: key.isprintable()),
)
def test_a_stable_form_is_one_form_for_a_window_and_lives_longer_than_promised(
    window: int, life: int, seconds: int, key: str
) -> None:
    s3 = client()
    now = START + timedelta(seconds=seconds)

    def made(after: int) -> Any:
        with freezegun.freeze_time(now + timedelta(seconds=after)):
            return s3.presign_post("photos", key, expires_in=life, stable_for=window)

    form = made(0)
    begin = datetime.strptime(form.fields["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    assert begin <= now
    assert timedelta(seconds=life) < form.expires_at - now <= timedelta(seconds=window + life)
    assert f"{begin + timedelta(seconds=window + life):%Y-%m-%dT%H:%M:%SZ}" == expiration(form)
    last = int((begin + timedelta(seconds=window) - now).total_seconds()) - 1
    assert made(last) == form
    assert made(last + 1) != form


def test_the_window_of_a_form_is_that_of_a_link_and_the_form_is_botocores() -> None:
    with freezegun.freeze_time(START):
        link = client().presign("get_object", {"Bucket": "photos", "Key": KEY}, stable_for=3600)
        form = made_by(client(), 600, stable_for=3600)
    date = form["fields"]["x-amz-date"]
    assert f"X-Amz-Date={date}&" in link.url
    begin = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    assert same(form, by_botocore(begin, 4200))


@freezegun.freeze_time(START)
def test_a_stable_form_has_the_other_options_and_its_own_key() -> None:
    form = client().presign_post(
        "photos", "users/1/a.png", key_prefix="users/1/", max_size=5, stable_for=600, public_url="https://f.example.org"
    )
    assert (form.url, form.fields["key"]) == ("https://f.example.org/photos", "users/1/a.png")
    assert ["starts-with", "$key", "users/1/"] in json.loads(base64.b64decode(form.fields["policy"]))["conditions"]
    keys = KEYS["aws_access_key_id"], KEYS["aws_secret_access_key"]
    assert presigned.verify(form, keys, bucket="photos", now=START)
    assert form.check(size=5) is None
    link = client().presign("get_object", {"Bucket": "photos", "Key": "users/1/a.png"}, stable_for=600)
    assert f"X-Amz-Date={form.fields['x-amz-date']}&" in link.url


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_temporary_credentials_make_no_stable_form_unless_allowed(version: str) -> None:
    s3 = client(aws_session_token="token", config=Config(signature_version=version))
    with pytest.raises(
        ParamValidationError, match=r"stable_for: the credentials are temporary\. Their token is a part of"
    ):
        s3.presign_post("photos", "k", stable_for=60)
    assert s3.presign_post("photos", "k", stable_for=60, on_temporary="allow").fields["x-amz-security-token"] == "token"
    assert s3.presign_post("photos", "k", signed_at=0).url


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"stable_for": 0}, "at least one second"),
        ({"stable_for": 1.5}, "not a whole number"),
        ({"stable_for": 10**11}, "begins before 1970"),
        ({"stable_for": 60, "signed_at": 0}, "Leave one of the two out"),
        ({"stable_for": 60, "expires_in": 1.5}, "expires_in: 1.5 is not a whole number"),
        ({"signed_at": 5, "expires_in": 0}, "must end in the future"),
        ({"signed_at": 253_402_300_799}, "after the year 9999"),
        ({"signed_at": datetime(2026, 1, 1)}, "no time zone"),
        ({"signed_at": "now"}, "neither a datetime nor seconds"),
        ({"signed_at": -1}, "neither a datetime nor seconds"),
        ({"clock_offset": 86_401}, "a day at most"),
        ({"on_temporary": "no"}, "'raise' or 'allow'"),
    ],
)
def test_an_option_that_cannot_be_is_refused(options: dict[str, Any], fault: str) -> None:
    with pytest.raises(ParamValidationError, match=fault):
        client().presign_post("photos", "k", **options)


def test_none_stands_for_an_option_that_is_not_given() -> None:
    with freezegun.freeze_time(START):
        none = dict.fromkeys(("stable_for", "signed_at", "clock_offset", "on_temporary", "public_url"))
        assert client().presign_post("photos", "k", **none) == client().presign_post("photos", "k")


def test_an_unsigned_form_has_no_instant() -> None:
    s3 = client(config=Config(signature_version=presigned.UNSIGNED))
    for option in ("stable_for", "signed_at"):
        with pytest.raises(ParamValidationError, match=f"parameter {option}: the client signs nothing"):
            s3.presign_post("photos", "k", **{option: 60})
    assert [*s3.presign_post("photos", "k", clock_offset=5).fields] == ["key"]


def test_a_client_that_has_become_boto3_s_has_the_options_too() -> None:
    expected = by_botocore(START, 60)
    promoted = client()
    assert promoted.can_paginate("list_objects_v2")
    assert same(made_by(promoted, 60, signed_at=START), expected)
    # The credentials of boto3's client are replaced.
    boto3_keys = boto3.Session("A", "S").get_credentials()
    promoted._request_signer._credentials = boto3_keys
    assert promoted.presign_post("photos", "k", signed_at=START) == client(
        aws_access_key_id="A", aws_secret_access_key="S"
    ).presign_post("photos", "k", signed_at=START)
    promoted.meta.events.register("before-sign.s3.PutObject", lambda **_: None)
    with pytest.raises(ParamValidationError, match="parameter signed_at: boto3's client decides this form"):
        promoted.presign_post("photos", "k", signed_at=START)
    assert promoted.presign_post("photos", "k").url


def test_the_clients_of_asyncio_have_the_options_too() -> None:
    expected = by_botocore(START, 60)
    asked = []

    async def credentials() -> dict[str, Any]:
        asked.append(1)
        end = START + timedelta(hours=9)
        return {"access_key": "AK", "secret_key": "SK", "token": "T", "expiry_time": end.isoformat()}

    async def made() -> None:
        async with presigned.aio.Session(region_name="eu-central-1", **KEYS).client("s3") as s3:
            form = await s3.presign_post(
                "photos", KEY, fields=FIELDS, conditions=CONDITIONS, expires_in=60, signed_at=START
            )
            assert same({"url": form.url, "fields": form.fields}, expected)
            with pytest.raises(ParamValidationError, match="would block the loop"):
                await s3.presign_post("photos", KEY, on_early_expiry="refresh")
            stable = await s3.presign_post("photos", "k", stable_for=60)
            assert stable == client().presign_post("photos", "k", stable_for=60)
        async with presigned.aio.Session(region_name="eu-central-1").client("s3", credentials=credentials) as s3:
            ours = client(aws_access_key_id="AK", aws_secret_access_key="SK", aws_session_token="T")
            form = await s3.presign_post("photos", "k", signed_at=START)
            assert (form, asked) == (ours.presign_post("photos", "k", signed_at=START), [1])

    with freezegun.freeze_time(START):
        asyncio.run(made())


def test_the_credentials_of_a_session_sign_as_they_are_now() -> None:
    session: Any = presigned.Session(region_name="eu-central-1", **KEYS)
    s3 = session.client("s3")
    assert s3.presign_post("photos", "k", signed_at=START).fields["x-amz-credential"].startswith("AKID/EXAMPLE/")
    session.get_credentials().access_key = "OTHER"
    other = client(aws_access_key_id="OTHER").presign_post("photos", "k", signed_at=START)
    assert s3.presign_post("photos", "k", signed_at=START) == other
