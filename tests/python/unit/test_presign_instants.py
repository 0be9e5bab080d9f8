"""`stable_for`, `signed_at` and `clock_offset` of `presign`: the instant that a link is signed for."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import freezegun
import pytest
from hypothesis import given
from hypothesis import strategies as st

import presigned
import presigned.aio
from link_oracle import PHOTO, START, client
from presigned.config import Config
from presigned.exceptions import ParamValidationError


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


@pytest.mark.parametrize(
    ("options", "fault"),
    [
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
        ({"on_temporary": "no"}, "'raise' or 'allow'"),
    ],
)
def test_an_instant_that_cannot_be_is_refused(options: dict[str, Any], fault: str) -> None:
    with pytest.raises(ParamValidationError, match=fault):
        client().presign("get_object", PHOTO, **options)
