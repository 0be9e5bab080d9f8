"""`credentials=` a function: when it is called, and which caller gets the credentials that it returns."""

from __future__ import annotations

import datetime
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest

import presigned
from credentials.source_classes import (
    HOUR,
    SECRET,
    START,
    Service,
)
from credentials.sources import (
    IAM,
    key_in,
    signing_with,
    url,
)


def test_a_function_without_an_end_is_called_for_each_url() -> None:
    calls = iter(range(1, 100))
    client = signing_with(lambda: (f"A{next(calls)}", SECRET))
    assert [key_in(url(client)) for _ in range(3)] == ["A1", "A2", "A3"]


def test_a_function_with_an_end_is_called_in_boto3s_windows(clock: Any) -> None:
    service = Service()
    client = signing_with(service)
    for minutes, key in ((0, "A1"), (44, "A1"), (46, "A2"), (60, "A2"), (92, "A3"), (300, "A4")):
        clock.move_to(START + datetime.timedelta(minutes=minutes))
        assert [key_in(url(client)) for _ in range(2)] == [key, key]
    service.failure = ConnectionError("no route")
    clock.move_to(START + datetime.timedelta(minutes=346))
    assert key_in(url(client)) == "A4"
    clock.move_to(START + datetime.timedelta(minutes=351))
    with pytest.raises(ConnectionError, match="no route"):
        url(client)


def test_a_function_may_start_and_stop_giving_an_expiry(clock: Any) -> None:
    answers: list[Any] = [("A1", SECRET), {**IAM, "AccessKeyId": "A2", "Expiration": START + HOUR}]
    answers += [("A3", SECRET), ("A4", SECRET)]
    client = signing_with(lambda: answers.pop(0))
    assert [key_in(url(client)) for _ in range(3)] == ["A1", "A2", "A2"]
    clock.tick(HOUR)
    assert [key_in(url(client)) for _ in range(2)] == ["A3", "A4"]


def test_credentials_with_a_shorter_lifetime_than_boto3s_windows_are_not_fetched_for_each_url(clock: Any) -> None:
    calls = []

    def fetch() -> dict[str, Any]:
        calls.append(1)
        return {**IAM, "Expiration": presigned._core.now() + 300}

    client = signing_with(fetch)
    assert {key_in(url(client)) for _ in range(5)} == {"AK"}
    assert len(calls) == 1
    clock.tick(200)
    url(client)
    assert len(calls) == 2


@pytest.mark.usefixtures("clock")
def test_credentials_that_arrive_expired_are_refused_as_by_boto3() -> None:
    with pytest.raises(RuntimeError, match="the refreshed credentials are still expired"):
        url(signing_with(lambda: {**IAM, "Expiration": "2029-12-31T23:59:59Z"}))


def test_one_call_of_a_function_with_an_end_serves_all_threads() -> None:
    gate = threading.Event()
    calls = []

    def slow() -> dict[str, Any]:
        calls.append(1)
        gate.wait(30)
        return {**IAM, "Expiration": datetime.datetime.now(datetime.timezone.utc) + HOUR}

    client = signing_with(slow)
    with ThreadPoolExecutor(16) as pool:
        made = [pool.submit(url, client) for _ in range(16)]
        gate.set()
        assert {key_in(one.result(30)) for one in made} == {"AK"}
    assert len(calls) == 1


def test_each_thread_gets_the_credentials_that_a_function_returned_to_it() -> None:
    client = signing_with(lambda: (f"A{threading.get_ident()}", SECRET))

    def mine(_: int) -> bool:
        return all(key_in(url(client)) == f"A{threading.get_ident()}" for _ in range(200))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(mine, range(8)))


def test_a_child_forked_during_the_first_call_can_make_its_own() -> None:
    entered, gate = threading.Event(), threading.Event()
    parent = os.getpid()

    def slow() -> tuple[str, str]:
        entered.set()
        if os.getpid() == parent:
            gate.wait(30)
        return "AK", SECRET

    client = signing_with(slow)
    thread = threading.Thread(target=url, args=(client,))
    thread.start()
    entered.wait(30)
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if key_in(url(client)) == "AK" else 1)
        finally:
            os._exit(2)
    gate.set()
    thread.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_an_error_of_the_function_reaches_the_caller_unchanged() -> None:
    failure = ZeroDivisionError("of the function")
    with pytest.raises(ZeroDivisionError) as caught:
        url(signing_with(mock.Mock(spec=[], side_effect=failure)))
    assert caught.value is failure
