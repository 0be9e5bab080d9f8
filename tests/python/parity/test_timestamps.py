"""Timestamps in every form that boto3 accepts, and those that it refuses."""

from __future__ import annotations

import datetime
import decimal
import fractions
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from .case import UNSIGNED, Setting, label, setting, url
from .compare import agree

UTC = datetime.timezone.utc


def zone(hours: float) -> datetime.timezone:
    """A fixed offset from UTC."""
    return datetime.timezone(datetime.timedelta(hours=hours))


class Moment(datetime.datetime):
    """A `datetime` of the caller's own."""


DATETIMES: list[Any] = [
    datetime.datetime(2026, 1, 2, 3, 4, 5), datetime.datetime(2026, 1, 2, 3, 4, 5, 999_999),
    datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    datetime.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=zone(5.5)),
    datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=zone(-12)),
    datetime.datetime(2026, 7, 2, 3, 4, 5, tzinfo=ZoneInfo("Europe/Berlin")),
    datetime.datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1),
    datetime.datetime(1, 1, 1, tzinfo=UTC), datetime.datetime(1, 1, 1), datetime.datetime(1, 1, 1, tzinfo=zone(5)),
    datetime.datetime(9999, 12, 31, 23, 59, 59),
    datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=zone(-5)), datetime.datetime(999, 1, 1, tzinfo=UTC),
    datetime.datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC),
    datetime.datetime(1970, 1, 1, tzinfo=UTC), datetime.datetime(2000, 2, 29, 12, tzinfo=UTC),
    datetime.datetime(2100, 3, 1, tzinfo=zone(0.01)),
    datetime.datetime.max, datetime.datetime.min, Moment(2026, 1, 2, 3, 4, 5),
    Moment(2026, 1, 2, 3, 4, 5, tzinfo=zone(2)),
    datetime.datetime(2026, 1, 2, 3, 4, 5,
    tzinfo=datetime.timezone(datetime.timedelta(seconds=1, microseconds=500_000))),
    datetime.date(2026, 1, 2), datetime.time(3, 4, 5), datetime.timedelta(days=1),
]  # fmt: skip
NUMBERS: list[Any] = [
    0, 1, -1, 1767323045, 1767323045.999, -0.5, -1.5, 0.0, True, False, 2**31, 2**32, 253402300799, 253402300800,
    -62135596800, -62135596801, 10**12, 10**15,
    10**18, 10**19, 10**30, 10**400, -(10**18), 1e10, 1e17, 1e18, 1e19, 1e300, float("nan"), float("inf"),
    float("-inf"), 1.5e-300,
    decimal.Decimal("1767323045.5"), decimal.Decimal("NaN"), decimal.Decimal("Infinity"), decimal.Decimal("1e30"),
    fractions.Fraction(7, 2), 1j,
]  # fmt: skip
TEXTS: list[Any] = [
    # Numbers as text come first.
    "0", "1", "-1", "1767323045", "1767323045.5", " 1767323045 ", "1e9", "1_000", "0x10", "1e400", "nan", "inf", "-inf",
    "infinity", "٣", "+5", ".5", "5.", "1e",
    "2026", "20260102", "20260102030405", "202601020304", "253402300800", "99999999999999999999", "-62135596801",
    # ISO 8601, and what people take for it.
    "2026-01-02", "2026-01-02T03:04:05", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678Z",
    "2026-01-02T03:04:05.678901+02:00", "2026-01-02 03:04:05",
    "2026-01-02T03:04:05+0200", "2026-01-02T03:04:05+02", "2026-01-02T03:04:05-00:00", "2026-01-02T03:04:05 +02:00",
    "20260102T030405Z", "2026-01-02T03:04Z",
    "2026-01-02T03Z", "2026-W01-5", "2026-002", "2026-01-02T24:00:00Z", "2026-01-02T03:04:60Z", "2026-13-01T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-01-02t03:04:05z", "2026-01-02T03:04:05.123456789Z", "2026/01/02 03:04:05", "2026.01.02 03:04:05",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "10000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "2026-01-02T03:04:05,5Z", "2026-01-02T03:04:05+25:00",
    "2026-01-02T03:04:05+14:00", "+2026-01-02T00:00:00Z",
    # RFC 822, asctime and the rest of dateutil's vocabulary.
    "Fri, 02 Jan 2026 03:04:05 GMT", "Fri, 02 Jan 2026 03:04:05 +0100", "Fri, 02 Jan 2026 03:04:05 EST",
    "Fri, 2 Jan 26 03:04:05 GMT", "Fri Jan  2 03:04:05 2026",
    "2 Jan 2026 03:04:05", "Jan 2 2026 00:00", "January 2, 2026 3:04 PM", "02/01/2026 00:00:00", "1/2/2026 00:00",
    "13/1/2026 00:00", "2026-01-02 3pm", "02-Jan-2026 03:04:05",
    "Friday, 02-Jan-26 03:04:05 UTC", "Thu, 02 Jan 2026 03:04:05 GMT", "2026-01-02T03:04:05 UTC",
    "2026-01-02T03:04:05 CET", "2026-01-02 03:04:05 PST",
    "2026-01-02T03:04:05 GMT+3", "2026-01-02T03:04:05 UTC+3", "2026-01-02T03:04:05 BRST", "Jan 2 2026 3h4m5s",
    "2 Jan 2026 AD 03:04:05", "99-01-02 00:00:00", "68-01-02 00:00:00",
    "", " ", "x", "tomorrow", "now", "2026-01-02T", "T03:04:05Z garbage", "é", "\ud800", "2026-01-02T03:04:05Z extra",
    "1" * 400, "(((", "2026-01-02\n", "\x002026",
    b"2026-01-02T03:04:05Z", b"1767323045", b"", b"\xff", bytearray(b"1767323045"), None, [], ["2026-01-02"], {}, (),
    object, {"a": 1},
]  # fmt: skip
SIGNERS: dict[str, Setting] = {
    "sigv4": setting(),
    "sigv2": setting(config={"signature_version": "s3"}),
    "unvalidated": setting(config={"parameter_validation": False, "signature_version": UNSIGNED}),
}


@pytest.mark.parametrize("made_of", SIGNERS.values(), ids=SIGNERS)
@pytest.mark.parametrize("moment", [*DATETIMES, *NUMBERS, *TEXTS], ids=label)
def test_a_timestamp(moment: Any, made_of: Setting) -> None:
    agree(
        url("get_object", {"Bucket": "b-1", "Key": "k", "ResponseExpires": moment}, made_of),
        url("get_object", {"Bucket": "b-1", "Key": "k", "IfModifiedSince": moment}, made_of),
        url("put_object", {"Bucket": "b-1", "Key": "k", "ObjectLockRetainUntilDate": moment}, made_of),
        url("put_object", {"Bucket": "b-1", "Key": "k", "Expires": moment}, made_of),
        url(
            "copy_object",
            {"Bucket": "b-1", "Key": "k", "CopySource": "a/b", "CopySourceIfModifiedSince": moment},
            made_of,
        ),
        url("delete_object", {"Bucket": "b-1", "Key": "k", "IfMatchLastModifiedTime": moment}, made_of),
        url("put_object_retention", {"Bucket": "b-1", "Key": "k", "Retention": {"RetainUntilDate": moment}}, made_of),
        url(
            "write_get_object_response",
            {"RequestRoute": "r", "RequestToken": "t", "LastModified": moment, "Expires": moment},
            made_of,
        ),
    )
