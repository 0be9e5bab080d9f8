"""Timestamps at one line of a program: its request is compiled for plain ones, and fits no others."""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import freezegun
import pytest

from presigned._settings import timestamps

from .again import CALLS
from .case import INSTANT
from .model import OPERATIONS, filled, members, required
from .signing import fresh, theirs
from .subjects import frozen
from .test_timestamps import Moment, zone
from .test_warm import PLACE, outcome, warm

pytestmark = pytest.mark.usefixtures("signature", "clock")
UTC = datetime.timezone.utc
#: The members of each operation that are timestamps and not in the body.
DATED = {
    operation: names
    for operation in OPERATIONS
    if (
        names := [
            name
            for name, shape in members(operation).items()
            if shape.type_name == "timestamp" and shape.serialization.get("location") in ("header", "querystring")
        ]
    )
}
with freezegun.freeze_time("2026-01-02 03:04:05", real_asyncio=True):
    FROZEN = [datetime.datetime.now(UTC), datetime.datetime.now(), datetime.date.today()]
#: They read as instants in different ways; boto3 refuses some.
MOMENTS: list[Any] = [
    datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), datetime.datetime(2026, 1, 2, 3, 4, 5),
    datetime.datetime(2026, 1, 2, 3, 4, 5, 999_999, tzinfo=UTC),
    datetime.datetime(2026, 1, 2, 3, 4, 5, 1, tzinfo=zone(5.5)),
    datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=zone(-12)),
    datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(0), "somewhere")),
    datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(microseconds=1))),
    datetime.datetime(2026, 7, 2, 3, 4, 5, tzinfo=ZoneInfo("Europe/Berlin")),
    datetime.datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1),
    datetime.datetime(1, 1, 1, tzinfo=UTC), datetime.datetime(1, 1, 1, tzinfo=zone(5)),
    datetime.datetime(1, 1, 1, tzinfo=zone(-5)), datetime.datetime(999, 12, 31, 23, 59, 59, tzinfo=UTC),
    datetime.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=zone(-5)), datetime.datetime.max,
    datetime.datetime(9990, 1, 1, tzinfo=UTC), datetime.datetime(9990, 1, 1, 0, 0, 1, tzinfo=UTC),
    datetime.datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC), datetime.datetime(1970, 1, 1, tzinfo=UTC),
    datetime.datetime(2300, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC), Moment(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    *FROZEN, datetime.date(2026, 1, 2), "2026-01-02T03:04:05Z", "1767323045", 1767323045, -1, 1.5, True, None, b"0",
    "tomorrow", [], 2**70, datetime.time(3, 4, 5),
]  # fmt: skip


def params_of(operation: str, names: list[str], second: int) -> dict[str, Any]:
    """`Params` in which each of these members has another instant."""
    start = datetime.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    moments = {name: start + datetime.timedelta(days=97 * at, seconds=second) for at, name in enumerate(names)}
    # Otherwise each URL has a token of its own.
    token = {"ClientToken": "token"} if operation == "rename_object" else {}
    return {**filled(operation, required(operation)), **token, **moments}


def asked(client: Any, operation: str, params: dict[str, Any]) -> str:
    """The client's answer. boto3 writes into what it is given."""
    return outcome(client, operation, dict(params), 60)


def boto3s(operation: str, params: dict[str, Any]) -> str:
    """boto3's answer."""
    with frozen(INSTANT):
        return asked(theirs(), operation, params)


@pytest.mark.parametrize("operation", DATED)
def test_each_operation_with_each_timestamp_and_with_all_of_them(operation: str) -> None:
    for names in (*([name] for name in DATED[operation]), DATED[operation], DATED[operation][::-1]):
        client = fresh()
        for second in range(CALLS):
            params = params_of(operation, names, second)
            assert asked(client, operation, params) == asked(fresh(), operation, params) == boto3s(operation, params)


@pytest.mark.parametrize("operation", DATED)
def test_instants_that_stay_the_same_and_then_change(operation: str) -> None:
    names, client = DATED[operation], fresh()
    params = params_of(operation, names, 0)
    for turn, name in itertools.product(range(3), names):
        for _ in range(CALLS):
            assert asked(client, operation, params) == boto3s(operation, params)
        params = {**params, name: params_of(operation, names, turn + 7)[name]}


@pytest.mark.parametrize(
    ("operation", "names"),
    [
        ("get_object", ["ResponseExpires"]),
        ("get_object", ["IfModifiedSince", "ResponseExpires"]),
        ("put_object", ["ObjectLockRetainUntilDate", "Expires"]),
        ("delete_object", ["IfMatchLastModifiedTime"]),
    ],
)
def test_timestamps_of_any_kind_in_any_order_at_one_line(operation: str, names: list[str]) -> None:
    order = random.Random(operation)  # noqa: S311 - not a secret
    client, expected = fresh(), {}
    warm(client, operation, {**PLACE, **dict.fromkeys(names, MOMENTS[0])})
    for number in (*range(len(MOMENTS)), *order.choices(range(len(MOMENTS)), k=300)):
        chosen = [MOMENTS[(number + 5 * at) % len(MOMENTS)] for at in range(len(names))]
        params = {**PLACE, **dict(zip(names, chosen, strict=True))}
        if number not in expected:
            expected[number] = boto3s(operation, params)
        ours = asked(client, operation, params)
        assert ours == asked(fresh(), operation, params), params
        if not ours.startswith("ParamValidationError"):
            assert ours == expected[number], params


@pytest.mark.parametrize("first", range(len(MOMENTS)))
def test_a_line_whose_first_timestamps_are_of_another_kind(first: int) -> None:
    client = fresh()
    for moment in (*CALLS * [MOMENTS[first]], *CALLS * [MOMENTS[0]], *CALLS * [MOMENTS[first]]):
        params = {**PLACE, "ResponseExpires": moment}
        assert outcome(client, "get_object", params) == outcome(fresh(), "get_object", params)


def test_a_class_that_stands_for_datetime_does_not_make_its_objects_plain() -> None:
    with freezegun.freeze_time("2026-01-02 03:04:05", real_asyncio=True):
        epoch = timestamps.plain_epoch()
        assert datetime.datetime is not type(MOMENTS[0])
    assert type(epoch) is type(MOMENTS[0])
    assert epoch is not None and epoch.timestamp() == 0  # noqa: PT018 - for mypy


@pytest.mark.parametrize("replaced", [object, type("datetime", (), {"__module__": "datetime"})])
def test_without_a_datetime_of_the_standard_library_no_object_is_plain(
    replaced: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datetime, "datetime", replaced)
    assert timestamps.plain_epoch() is None


def test_presign_returns_the_headers_with_these_instants() -> None:
    client = fresh()
    for second in range(CALLS):
        params = params_of("put_object", DATED["put_object"], second)
        found, expected = (one.presign("put_object", params) for one in (client, fresh()))
        assert (found.url, found.headers) == (expected.url, expected.headers)
        assert any(f":0{5 + second}" in value or f":{5 + second}" in value for value in found.headers.values())


@pytest.mark.parametrize("of", [list, tuple])
def test_a_batch_with_a_column_of_timestamps(of: Callable[[Any], Any]) -> None:
    moments = [moment for moment in MOMENTS if isinstance(moment, datetime.datetime | int | str)]
    good = [
        one for one in moments if not outcome(fresh(), "get_object", {**PLACE, "ResponseExpires": one})[0].isupper()
    ]
    expected = [outcome(fresh(), "get_object", {**PLACE, "ResponseExpires": moment}) for moment in good]
    assert len(good) > 20
    found = fresh().generate_presigned_urls("get_object", {**PLACE, "ResponseExpires": of(good)})
    rows = fresh().generate_presigned_urls("get_object", of([{**PLACE, "ResponseExpires": one} for one in good]))
    assert found == rows == expected
