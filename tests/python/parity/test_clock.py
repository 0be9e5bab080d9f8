"""What freezes boto3's clock freezes presigned's, and nothing else does: freezegun, time-machine, mocks.

A patch of a name of botocore's (`botocore.auth.datetime`, `botocore.compat.get_current_datetime`) reaches boto3 alone.
"""

from __future__ import annotations

import asyncio
import base64
import concurrent.futures
import datetime
import decimal
import itertools
import json
import math
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

import boto3
import freezegun
import pytest
import time_machine
from botocore.config import Config

import presigned

from .case import KEYS

UTC = datetime.timezone.utc
INSTANT = datetime.datetime(2020, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)
SIGNED_AT = "20200229T235959Z"
PARAMS = {"Bucket": "bucket", "Key": "key"}


def clients(version: str) -> list[Any]:
    """A client of boto3 and one of presigned with the same arguments."""
    config = Config(signature_version=version)
    return [library.client("s3", region_name="us-east-1", config=config, **KEYS) for library in (boto3, presigned)]


THEIRS, OURS = clients("s3v4")
OLD_THEIRS, OLD_OURS = clients("s3")


def dates(client: Any) -> tuple[str, str, str]:
    """When a URL was signed, when a form was, and when the form's policy ends."""
    link = client.generate_presigned_url("get_object", PARAMS, 60)
    fields = client.generate_presigned_post("bucket", "key", ExpiresIn=60)["fields"]
    found = re.search(r"X-Amz-Date=(\w+)|Expires=(\d+)", link)
    assert found is not None
    policy = json.loads(base64.b64decode(fields["policy"]))
    return found[1] or found[2], fields.get("x-amz-date", ""), policy["expiration"]


def in_this_thread(call: Callable[[], Any]) -> Any:
    """Calls it."""
    return call()


def in_a_thread(call: Callable[[], Any]) -> Any:
    """Calls it in a thread of its own."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(call()))
    thread.start()
    thread.join()
    return results[0]


def in_a_pool(call: Callable[[], Any]) -> Any:
    """Calls it in a pool of threads."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return pool.submit(call).result()


def by_asyncio(call: Callable[[], Any]) -> Any:
    """Calls it by `asyncio.to_thread`."""
    return asyncio.run(asyncio.to_thread(call))


def in_a_task(call: Callable[[], Any]) -> Any:
    """Calls it in a running event loop."""

    async def run() -> Any:
        return call()

    return asyncio.run(run())


everywhere = pytest.mark.parametrize("somewhere", [in_this_thread, in_a_thread, in_a_pool, by_asyncio, in_a_task])


@everywhere
def test_freezegun_freezes_sigv4(somewhere: Callable[[Callable[[], Any]], Any]) -> None:
    with freezegun.freeze_time(INSTANT):
        theirs, ours = (somewhere(lambda client=client: dates(client)) for client in (THEIRS, OURS))
    assert theirs == ours == (SIGNED_AT, SIGNED_AT, "2020-03-01T00:00:59Z")


@everywhere
def test_freezegun_freezes_sigv2(somewhere: Callable[[Callable[[], Any]], Any]) -> None:
    with freezegun.freeze_time(INSTANT):
        theirs, ours = (somewhere(lambda client=client: dates(client)) for client in (OLD_THEIRS, OLD_OURS))
    # freezegun gives the true time to callers near a thread's start: boto3 has many frames there, presigned has none.
    assert theirs == ours == ("1583020859", "", "2020-03-01T00:00:59Z")


def test_freezegun_moves_and_ticks() -> None:
    with freezegun.freeze_time(INSTANT) as clock:
        for step in (datetime.timedelta(microseconds=1), datetime.timedelta(days=366), datetime.timedelta(hours=-5)):
            clock.tick(step)
            assert dates(THEIRS) == dates(OURS)
            assert dates(OLD_THEIRS) == dates(OLD_OURS)
        clock.move_to("2031-12-31T23:59:59Z")
        assert dates(THEIRS) == dates(OURS)
        assert dates(OURS)[0] == "20311231T235959Z"
        assert dates(OLD_THEIRS) == dates(OLD_OURS)


def test_freezegun_with_an_offset_shifts_both_clocks() -> None:
    with freezegun.freeze_time(INSTANT, tz_offset=-7):
        assert dates(THEIRS) == dates(OURS)
        assert dates(OLD_THEIRS) == dates(OLD_OURS)


def test_the_clock_runs_again_after_freezegun() -> None:
    with freezegun.freeze_time(INSTANT):
        assert dates(OURS)[0] == SIGNED_AT
    year = str(datetime.datetime.now(UTC).year)
    assert dates(OURS)[0].startswith(year)
    assert abs(int(dates(OLD_OURS)[0]) - 60 - time.time()) < 5


@everywhere
def test_time_machine_freezes_both(somewhere: Callable[[Callable[[], Any]], Any]) -> None:
    with time_machine.travel(INSTANT, tick=False):
        assert somewhere(lambda: dates(THEIRS)) == somewhere(lambda: dates(OURS))
        assert somewhere(lambda: dates(OLD_THEIRS)) == somewhere(lambda: dates(OLD_OURS))
        assert dates(OURS)[0] == SIGNED_AT


def test_time_machine_shifts() -> None:
    with time_machine.travel(INSTANT, tick=False) as traveller:
        traveller.shift(datetime.timedelta(days=1))
        assert dates(THEIRS) == dates(OURS)
        assert dates(OLD_THEIRS) == dates(OLD_OURS)
        traveller.move_to(datetime.datetime(2040, 1, 1, tzinfo=UTC))
        assert dates(OURS)[0] == "20400101T000000Z"


def frozen_as_botocore_does(moment: datetime.datetime) -> Any:
    """Botocore's own test suite replaces the class in the module, and only what `now` returns."""
    stand_in = mock.Mock(wraps=datetime.datetime)
    stand_in.now.return_value = moment
    return mock.patch.object(datetime, "datetime", stand_in)


@pytest.mark.parametrize("moment", [INSTANT, INSTANT.replace(tzinfo=None)], ids=["aware", "naive"])
@everywhere
def test_botocores_own_helper_freezes_sigv4(
    moment: datetime.datetime, somewhere: Callable[[Callable[[], Any]], Any]
) -> None:
    with frozen_as_botocore_does(moment):
        theirs, ours = (somewhere(lambda client=client: dates(client)) for client in (THEIRS, OURS))
    assert theirs == ours == (SIGNED_AT, SIGNED_AT, "2020-03-01T00:00:59Z")


def test_a_subclass_of_datetime_freezes_both() -> None:
    class Frozen(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return INSTANT.astimezone(tz) if tz else INSTANT.replace(tzinfo=None)

    with mock.patch.object(datetime, "datetime", Frozen):
        theirs, ours = dates(THEIRS), dates(OURS)
    assert theirs == ours
    assert ours[0] == SIGNED_AT


def outcome(call: Callable[[], Any]) -> Any:
    """What a call gives, or which class it raises."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - any error
        return type(error)


TIMES: dict[str, Any] = {
    "a float": {"return_value": INSTANT.timestamp()},
    "a whole number": {"return_value": 10**9},
    "a decimal": {"return_value": decimal.Decimal("5.5")},
    "a string": {"return_value": "5"},
    "not a number": {"return_value": math.nan},
    "beyond all dates": {"return_value": 1e30},
    "one after the other": {"side_effect": [1.0, 2.0, 3.0]},
    "the last": {"side_effect": [1.0]},
    "none left": {"side_effect": []},
    "an error": {"side_effect": OSError},
    "a bare mock": {},
}


@pytest.mark.parametrize("time_is", TIMES.values(), ids=TIMES)
@pytest.mark.parametrize("calls", [1, 20], ids=["cold", "warm"])
def test_a_patch_of_the_name_time_moves_sigv2_as_in_boto3(time_is: Any, calls: int) -> None:
    client = presigned.client("s3", region_name="us-east-1", config=Config(signature_version="s3"), **KEYS)
    for _ in range(calls):
        client.generate_presigned_url("get_object", PARAMS, 60)
    answers = []
    for one in (OLD_THEIRS, client):
        with mock.patch("time.time", **time_is) as clock:
            answers.append(
                (outcome(lambda one=one: one.generate_presigned_url("get_object", PARAMS, 60)), clock.call_count)
            )
            assert one.generate_presigned_post("bucket", "key")
    assert answers[0] == answers[1]


@pytest.mark.parametrize("time_is", TIMES.values(), ids=TIMES)
def test_a_patch_of_the_name_time_moves_no_sigv4_and_loses_no_value(time_is: Any) -> None:
    client = presigned.client("s3", region_name="us-east-1", **KEYS)
    for calls in range(20):
        start = datetime.datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        with mock.patch("time.time", **time_is) as clock:
            date, of_form, _ = dates(client)
            (of_batch,) = client.generate_presigned_urls("get_object", [PARAMS])
            of_batch = re.findall(r"X-Amz-Date=(\w+)", of_batch)[0]
            of_object = client.presign("get_object", PARAMS).url.partition("X-Amz-Date=")[2][:16]
            presigned._core.now()
        assert clock.call_count == 0, calls
        end = datetime.datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        assert {start <= one <= end for one in (date, of_form, of_batch, of_object)} == {True}


def test_a_patch_of_the_name_time_expires_no_credentials() -> None:
    asked = []

    def keys() -> dict[str, Any]:
        asked.append(1)
        end = datetime.datetime.now(UTC) + datetime.timedelta(hours=1)
        return {"access_key": "AK", "secret_key": "SK", "token": "t", "expires_at": end}

    client = presigned.client("s3", "us-east-1", credentials=keys)
    for year in (1, 10):
        with mock.patch("time.time", return_value=time.time() + year * 366 * 86_400):
            client.generate_presigned_url("get_object", PARAMS)
    assert len(asked) == 1


def counting(start: datetime.datetime) -> Any:
    """A stand-in for the class, each answer of which is a day later."""
    stand_in = mock.Mock(wraps=datetime.datetime)
    stand_in.now.side_effect = (start + datetime.timedelta(days=days) for days in itertools.count())
    return stand_in


@pytest.mark.parametrize("pair", [(THEIRS, OURS), (OLD_THEIRS, OLD_OURS)], ids=["sigv4", "sigv2"])
def test_a_clock_that_counts_its_answers_counts_as_with_boto3(pair: tuple[Any, Any]) -> None:
    answers = []
    for client in pair:
        with mock.patch.object(datetime, "datetime", counting(INSTANT)) as clock:
            answers.append([(dates(client)[1:], clock.now.call_count) for _ in range(8)])
    assert answers[0] == answers[1]


@pytest.mark.parametrize("pair", [(THEIRS, OURS), (OLD_THEIRS, OLD_OURS)], ids=["sigv4", "sigv2"])
def test_freezegun_that_ticks_by_itself(pair: tuple[Any, Any]) -> None:
    answers = []
    for client in pair:
        with freezegun.freeze_time(INSTANT, auto_tick_seconds=15):
            answers.append([dates(client)[1:] for _ in range(8)])
    assert answers[0] == answers[1]


def test_a_stand_in_that_gives_no_datetime_is_a_type_error_as_in_boto3() -> None:
    for client in (THEIRS, OURS, OLD_THEIRS, OLD_OURS):
        with mock.patch("datetime.datetime"), pytest.raises(TypeError):
            client.generate_presigned_post("bucket", "key")


# What is frozen while the extension is loaded freezes it, and is off when it is over.
WHILE_LOADED = r"""
import datetime, re, sys, time
from unittest import mock
import freezegun, time_machine
UTC = datetime.timezone.utc
INSTANT = datetime.datetime(2020, 2, 29, 23, 59, 59, tzinfo=UTC)


class Frozen(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return INSTANT


def signed_at():
    import presigned

    keys = {{"aws_access_key_id": "AK", "aws_secret_access_key": "SK"}}
    client = presigned.client("s3", "us-east-1", **keys)
    url = client.generate_presigned_url("get_object", {{"Bucket": "b", "Key": "k"}})
    return re.findall(r"X-Amz-Date=(\w+)", url)[0]


assert "presigned" not in sys.modules
with {how}:
    print(signed_at())
print(signed_at())
with freezegun.freeze_time(INSTANT):
    print(signed_at())
with time_machine.travel(INSTANT):
    print(signed_at())
print(signed_at())
"""


@pytest.mark.parametrize(
    ("how", "is_frozen"),
    [
        ("freezegun.freeze_time(INSTANT)", True),
        ("time_machine.travel(INSTANT)", True),
        ('mock.patch.object(datetime, "datetime", Frozen)', True),
        ('mock.patch("time.time", side_effect=[])', False),
        ('mock.patch("time.time", time.monotonic)', False),
        ('mock.patch("time.time", side_effect=[]), mock.patch.object(datetime, "datetime", Frozen)', True),
    ],
)
def test_what_stops_the_clock_while_the_extension_is_loaded(how: str, is_frozen: bool) -> None:
    before = datetime.datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    program = WHILE_LOADED.format(how=how)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    first, *others, last = done.stdout.split()
    assert [first == SIGNED_AT, last >= before, others[0] >= before] == [is_frozen, True, True]
    assert others[1:] == [SIGNED_AT, SIGNED_AT]


@pytest.mark.parametrize("stop", ["freezegun", "time_machine"])
def test_every_second_around_a_midnight(stop: str) -> None:
    start = datetime.datetime(2023, 12, 31, 23, 59, 57, 500_000, tzinfo=UTC)
    for seconds in range(6):
        moment = start + datetime.timedelta(seconds=seconds)
        freeze = freezegun.freeze_time(moment) if stop == "freezegun" else time_machine.travel(moment, tick=False)
        with freeze:
            for theirs, ours in ((THEIRS, OURS), (OLD_THEIRS, OLD_OURS)):
                arguments = ("put_object", {**PARAMS, "Metadata": {"a": "b"}}, 60)
                assert theirs.generate_presigned_url(*arguments) == ours.generate_presigned_url(*arguments)
                assert theirs.generate_presigned_post("bucket", "key") == ours.generate_presigned_post("bucket", "key")
