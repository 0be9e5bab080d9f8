"""Whatever freezes boto3's clock freezes ours: freezegun, time-machine, botocore's own helper, a patch."""

from __future__ import annotations

import asyncio
import base64
import concurrent.futures
import datetime
import json
import re
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
    """boto3's client and ours, alike."""
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
    # freezegun gives the true time to callers near a thread's start: boto3's frames are many, ours none.
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


def test_freezegun_with_an_offset_shifts_both_alike() -> None:
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


def test_a_patch_of_time_freezes_sigv2() -> None:
    with mock.patch("time.time", return_value=INSTANT.timestamp()):
        assert dates(OLD_THEIRS)[0] == dates(OLD_OURS)[0]


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
