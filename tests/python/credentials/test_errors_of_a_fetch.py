"""After a failed fetch, each thread and task that waited gets its own exception, and nothing else is kept."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import botocore.credentials
import pytest

import presigned
import presigned.aio
from credentials.looping import PARAMS, run, signing_with, until
from credentials.waiting import FailingFetch, Trace, chain, locals_in, together, traces_in
from presigned._credentials.background import in_thread
from presigned._credentials.chain import Search
from presigned._credentials.refreshable import RefreshableCredentials

__all__ = ["run"]


class VaultError(Exception):
    """A program's exception, whose constructor has other arguments than its parent's."""

    def __init__(self, status: int, *, answer: dict[str, Any]) -> None:
        super().__init__(f"the vault said {status}")
        self.status = status
        self.answer = answer


def vault() -> Exception:
    return VaultError(503, answer={"code": "sealed"})


def refused() -> Exception:
    """The error of a failed fetch from STS."""
    response = {"Error": {"Code": "AccessDenied", "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": 403}}
    error = presigned.exceptions.ClientError(response, "AssumeRole")
    error.__cause__ = ConnectionResetError(104, "reset")
    return error


@pytest.fixture(autouse=True)
def nothing_is_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runner keeps each record, and with it the frames of the error."""
    monkeypatch.setattr(logging.getLogger("presigned._credentials.refreshable"), "disabled", True)


def asking(fetch: Any) -> Callable[[], object]:
    return RefreshableCredentials(fetch, "m").get_frozen_credentials


def presigning(fetch: Any) -> Callable[[], object]:
    client = presigned.client("s3", "eu-central-1", credentials=RefreshableCredentials(fetch, "m"))
    return lambda: client.generate_presigned_url("get_object", PARAMS)


@pytest.mark.parametrize("way", [asking, presigning])
@pytest.mark.parametrize("failure", [vault, refused, lambda: RuntimeError("down")])
def test_each_thread_gets_an_exception_of_its_own(
    monkeypatch: pytest.MonkeyPatch, way: Any, failure: Callable[[], Exception]
) -> None:
    fetch = FailingFetch(failure)
    caught = together(way(fetch), fetch, monkeypatch)
    assert len(fetch.traces) == 1
    assert len({id(error) for error in caught}) == len(caught)
    model = failure()
    for error in caught:
        assert type(error) is type(model)
        assert (str(error), error.args) == (str(model), model.args)
        mine = {name: value for name, value in vars(error).items() if name != "__notes__"}
        assert mine == vars(model)
        cause = error.__cause__
        assert (type(cause), str(cause)) == (type(model.__cause__), str(model.__cause__))


def test_boto3_has_each_thread_make_an_attempt_of_its_own() -> None:
    fetch = FailingFetch(vault)
    fetch.opened.set()
    theirs = botocore.credentials.DeferredRefreshableCredentials(fetch, "m")
    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(theirs.get_frozen_credentials) for _ in range(4)]
        assert {type(call.exception(60)) for call in calls} == {VaultError}
    assert len(fetch.traces) == 4


def test_no_thread_can_reach_the_data_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = FailingFetch(refused)
    caught = together(asking(fetch), fetch, monkeypatch)
    for number, error in enumerate(caught):
        # The first thread has fetched, and sees its own frames.
        of_fetch = set() if number else {"of the fetch"}
        assert traces_in(error) == {f"request {number}", *of_fetch}
        # Nor by the text of what another was handling when it asked.
        handled = set() if number % 2 else {f"request {number}"}
        assert {str(one) for one in chain(error) if isinstance(one, LookupError)} == handled


def test_what_one_does_to_its_exception_does_not_show_in_anothers(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = FailingFetch(refused)
    first, *others = together(asking(fetch), fetch, monkeypatch)
    first.response["Error"]["Code"] = "changed"  # type: ignore[attr-defined] # of `ClientError`
    first.__notes__ = ["mine"]  # type: ignore[attr-defined] # of Python 3.11
    for other in others:
        assert other.response["Error"]["Code"] == "AccessDenied"  # type: ignore[attr-defined] # the same
        assert not hasattr(other, "__notes__")


def test_the_notes_that_say_where_credentials_were_looked_for_are_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = FailingFetch(vault)
    credentials = RefreshableCredentials(fetch, "m")
    credentials.annotate = lambda error: setattr(error, "__notes__", ["asked before: env"])
    caught = together(credentials.current, fetch, monkeypatch)
    assert [error.__notes__ for error in caught] == [["asked before: env"]] * len(caught)  # type: ignore[attr-defined] # the same


@pytest.mark.parametrize("way", [asking, presigning])
def test_nothing_of_a_failed_fetch_is_kept(monkeypatch: pytest.MonkeyPatch, way: Any) -> None:
    fetch = FailingFetch(vault)
    ask = way(fetch)
    together(ask, fetch, monkeypatch).clear()
    assert fetch.is_forgotten()
    # Alone, it is no otherwise.
    with pytest.raises(VaultError):
        ask()
    assert fetch.is_forgotten()


def test_only_the_thread_that_fetched_sees_its_frames() -> None:
    """No other caller has waited, and the traceback shows where the error came from."""

    def fetch() -> Any:
        trace = Trace("of the fetch")
        raise RuntimeError(trace.name)

    with pytest.raises(RuntimeError) as caught:
        RefreshableCredentials(fetch, "m").current()
    assert traces_in(caught.value) == {"of the fetch"}


def test_each_task_gets_an_exception_of_its_own(run: Any) -> None:
    fetch = FailingFetch(refused)

    async def made() -> list[BaseException]:
        client = await signing_with(RefreshableCredentials(fetch, "m"))

        async def call(number: int) -> str:
            mine = Trace(f"request {number}")
            assert mine.name
            return await client.generate_presigned_url("get_object", PARAMS)

        tasks = [asyncio.ensure_future(call(number)) for number in range(6)]
        await until(fetch.entered.is_set)
        for _ in range(10):
            await asyncio.sleep(0)
        fetch.opened.set()
        caught = await asyncio.gather(*tasks, return_exceptions=True)
        return [error for error in caught if isinstance(error, BaseException)]

    caught = run(made())
    assert len({id(error) for error in caught}) == 6
    assert {str(error) for error in caught} == {str(refused())}
    seen = [{name for name in traces_in(error) if name.startswith("request")} for error in caught]
    assert seen == [{f"request {number}"} for number in range(6)]
    assert [type(error.__cause__) for error in caught] == [ConnectionResetError] * 6
    del caught
    assert fetch.is_forgotten()


@pytest.mark.parametrize("is_async", [True, False])
def test_tasks_that_wait_for_the_first_call_of_a_function_too(run: Any, is_async: bool) -> None:
    fetch = FailingFetch(vault)

    async def waits() -> Any:
        trace = Trace("of the fetch")
        fetch.entered.set()
        await until(fetch.opened.is_set)
        assert trace.name
        raise vault()

    async def made() -> list[BaseException]:
        client = await signing_with(waits if is_async else fetch)
        tasks = [asyncio.ensure_future(client.generate_presigned_url("get_object", PARAMS)) for _ in range(5)]
        await until(fetch.entered.is_set)
        for _ in range(10):
            await asyncio.sleep(0)
        fetch.opened.set()
        caught = await asyncio.gather(*tasks, return_exceptions=True)
        return [error for error in caught if isinstance(error, BaseException)]

    caught = run(made())
    assert len({id(error) for error in caught}) == 5
    assert [(type(error), str(error)) for error in caught] == [(VaultError, "the vault said 503")] * 5
    # The frames of the fetch are those of the task that made it.
    assert len([error for error in caught if "of the fetch" in traces_in(error)]) == 1
    del caught
    assert fetch.is_forgotten()


def test_a_task_that_was_cancelled_leaves_no_error_behind(run: Any) -> None:
    fetch = FailingFetch(vault)

    async def made() -> None:
        client = await signing_with(RefreshableCredentials(fetch, "m"))
        first, second = (asyncio.ensure_future(client.generate_presigned_url("get_object", PARAMS)) for _ in "12")
        await until(fetch.entered.is_set)
        first.cancel()
        await asyncio.wait([first])
        fetch.opened.set()
        with pytest.raises(VaultError) as caught:
            await second
        assert "of the fetch" not in traces_in(caught.value)

    run(made())
    assert fetch.is_forgotten()


def test_sessions_of_aio_that_look_for_credentials_share_no_error(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = FailingFetch(vault)
    monkeypatch.setattr(Search, "find", lambda _: fetch())

    async def made() -> list[BaseException]:
        session = presigned.aio.Session(region_name="eu-central-1")

        async def call(number: int) -> object:
            mine = Trace(f"request {number}")
            assert mine.name
            return await session.get_credentials()

        tasks = [asyncio.ensure_future(call(number)) for number in range(4)]
        await until(fetch.entered.is_set)
        fetch.opened.set()
        caught = await asyncio.gather(*tasks, return_exceptions=True)
        return [error for error in caught if isinstance(error, BaseException)]

    caught = run(made())
    assert len({id(error) for error in caught}) == 4
    requests = [{name for name in traces_in(error) if name.startswith("request")} for error in caught]
    assert requests == [{f"request {number}"} for number in range(4)]
    del caught
    assert fetch.is_forgotten()


def test_no_caller_waits_for_a_thread_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    credentials = RefreshableCredentials(lambda: 1 / 0, "m")  # type: ignore[arg-type, return-value] # never called
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError, match="can't start"):
            credentials.refresh_in_background()
    with pytest.raises(ZeroDivisionError):
        credentials.refresh_in_background().result(60)


def test_a_waiting_caller_fetches_again_after_an_interrupted_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = iter([KeyboardInterrupt, RuntimeError])
    fetch = FailingFetch(lambda: next(outcomes)("stop"))
    credentials = RefreshableCredentials(fetch, "m")

    def ask() -> None:
        try:
            credentials.current()
        except KeyboardInterrupt:
            raise InterruptedError from None

    caught = together(ask, fetch, monkeypatch, callers=2)
    assert {type(error) for error in caught} == {InterruptedError, RuntimeError}
    assert len(fetch.traces) == 2


def test_a_call_in_a_thread_raises_what_it_raised_where_it_was_made() -> None:
    def fail() -> None:
        trace = Trace("of the thread")
        raise VaultError(1, answer={"a": trace})

    with pytest.raises(VaultError) as caught:
        in_thread(fail).result(60)
    assert "of the thread" in traces_in(caught.value)
    assert locals_in(caught.value)
