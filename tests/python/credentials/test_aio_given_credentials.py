"""`presigned.aio` with given credentials: every wait is in a thread or awaited, and never blocks the loop."""

from __future__ import annotations

import asyncio
import contextvars
import copy
import datetime
import pickle
import threading
import traceback
from typing import Any

import boto3
import botocore.credentials
import botocore.exceptions
import freezegun
import pytest

import presigned
import presigned.aio
from credentials.looping import PARAMS, Gate, key_in, key_of, run, signing_with, until
from credentials.source_classes import (
    HOUR,
    SECRET,
    START,
    TOKEN,
    AioCredentials,
    AioRefreshableCredentials,
    AioSession,
    Holder,
    Service,
    refreshable,
)
from credentials.sources import functions, of_boto3, source_named, sources, url
from credentials.sources import signing_with as synchronous
from presigned._credentials import provided
from presigned._credentials.refreshable import RefreshableCredentials

__all__ = ["run"]

MINUTE = datetime.timedelta(minutes=1)


def frozen() -> Any:
    return freezegun.freeze_time(START, ignore=["asyncio", "uvloop"])


def at_once(client: presigned.aio.S3) -> str:
    """The access key that a client signs with, without waiting for anything."""
    with pytest.raises(StopIteration) as done:
        client.generate_presigned_url("get_object", PARAMS).send(None)
    return key_in(done.value.value)


def ending(access_key: str) -> dict[str, Any]:
    end = datetime.datetime.now(datetime.timezone.utc) + HOUR
    return {"AccessKeyId": access_key, "SecretAccessKey": SECRET, "SessionToken": TOKEN, "Expiration": end}


@pytest.mark.parametrize("name", [*sources(), *functions()])
def test_a_client_signs_with_the_credentials_of_its_source(run: Any, name: str) -> None:
    given = source_named(name)

    async def made() -> list[str]:
        client = await signing_with(given)
        return [await client.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"}) for _ in "12"]

    with frozen():
        assert run(made()) == [of_boto3("AK", SECRET, TOKEN)] * 2


@pytest.mark.parametrize("name", functions())
def test_an_async_function_may_return_what_a_function_may(run: Any, name: str) -> None:
    async def given() -> Any:
        await asyncio.sleep(0)
        return functions()[name]()

    def plain() -> Any:
        # Only the answer shows that it must be awaited.
        return given()

    async def made() -> list[str]:
        clients = [await signing_with(given), await signing_with(plain)]
        return [await one.generate_presigned_url("get_object", PARAMS) for one in clients for _ in "123"]

    with frozen():
        assert run(made()) == [of_boto3("AK", SECRET, TOKEN)] * 6


def test_a_fetch_of_botocores_does_not_block_the_loop(run: Any) -> None:
    gate = Gate()
    gate.opened.set()

    def fetch() -> dict[str, Any]:
        keys = gate()
        end = datetime.datetime.now(datetime.timezone.utc) + HOUR
        return {"access_key": keys.access_key, "secret_key": SECRET, "token": TOKEN, "expiry_time": end.isoformat()}

    async def made() -> None:
        with frozen() as clock:
            client = await signing_with(refreshable(fetch))
            assert await key_of(client) == "A1"
            gate.opened.clear()
            gate.entered.clear()
            clock.move_to(START + 46 * MINUTE)
            # The window in which botocore's other callers use the old credentials.
            assert await key_of(client) == "A1"
            await until(gate.entered.is_set)
            assert await key_of(client) == "A1"
            clock.move_to(START + 51 * MINUTE)
            tasks = [asyncio.ensure_future(key_of(client)) for _ in range(100)]
            for _ in range(100):
                await asyncio.sleep(0)
            assert not any(task.done() for task in tasks)
            gate.opened.set()
            assert set(await asyncio.gather(*tasks)) == {"A2"}
            assert gate.fetched == 2

    run(made())


def test_deferred_credentials_of_botocores_are_fetched_once_for_all(run: Any) -> None:
    gate, service = Gate(), Service()

    def fetch() -> dict[str, Any]:
        gate()
        return service()

    async def made() -> list[str]:
        client = await signing_with(botocore.credentials.DeferredRefreshableCredentials(fetch, "m"))
        tasks = [asyncio.ensure_future(key_of(client)) for _ in range(1000)]
        await until(gate.entered.is_set)
        gate.opened.set()
        return await asyncio.gather(*tasks)

    assert run(made()) == ["A1"] * 1000
    assert gate.fetched == 1


def test_credentials_of_aiobotocores_are_awaited(run: Any) -> None:
    async def made() -> None:
        opened = asyncio.Event()

        async def fetch() -> dict[str, Any]:
            await opened.wait()
            return Service()()

        client = await signing_with(AioSession(AioRefreshableCredentials(fetch)))
        task = asyncio.ensure_future(key_of(client))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not task.done()
        opened.set()
        assert await task == "A1"
        with pytest.raises(StopIteration):
            client.generate_presigned_url("get_object", PARAMS).send(None)

    run(made())


@pytest.mark.parametrize("is_async", [True, False])
def test_a_function_with_an_end_is_called_once_for_all(run: Any, is_async: bool) -> None:
    gate = Gate()

    def blocking() -> dict[str, Any]:
        return ending(gate().access_key)

    async def made() -> None:
        opened = asyncio.Event()

        async def waiting() -> dict[str, Any]:
            gate.opened.set()
            keys = gate()
            await opened.wait()
            return ending(keys.access_key)

        client = await signing_with(waiting if is_async else blocking)
        tasks = [asyncio.ensure_future(key_of(client)) for _ in range(1000)]
        await until(gate.entered.is_set)
        tasks.pop(0).cancel()
        for _ in range(10):
            await asyncio.sleep(0)
        assert not any(task.done() for task in tasks[1:])
        opened.set()
        gate.opened.set()
        assert set(await asyncio.gather(*tasks)) == {"A1"}
        with pytest.raises(StopIteration):
            client.generate_presigned_url("get_object", PARAMS).send(None)

    run(made())
    assert gate.fetched == 1


def test_an_async_function_with_an_end_is_called_in_boto3s_windows(run: Any) -> None:
    service = Service()

    async def fetch() -> dict[str, Any]:
        await asyncio.sleep(0)
        return service()

    async def made() -> None:
        with frozen() as clock:
            client = await signing_with(fetch)
            for minutes, fetched in ((0, 1), (44, 1), (51, 2), (94, 2), (200, 3)):
                clock.move_to(START + minutes * MINUTE)
                assert {await key_of(client) for _ in range(3)} == {f"A{fetched}"}
            clock.move_to(START + 246 * MINUTE)
            assert await key_of(client) == "A3"
            await until(lambda: at_once(client) == "A4")
            service.failure = ConnectionError("no route")
            clock.move_to(START + 300 * MINUTE)
            with pytest.raises(ConnectionError):
                await key_of(client)

    run(made())


CALLER: contextvars.ContextVar[str] = contextvars.ContextVar("CALLER")


@pytest.mark.parametrize("is_async", [True, False])
def test_credentials_without_an_expiry_are_used_by_the_task_that_fetched_them(run: Any, is_async: bool) -> None:
    """Also at the first call, before it is known whether the credentials expire."""

    async def waiting() -> tuple[str, str]:
        await asyncio.sleep(0)
        return CALLER.get(), SECRET

    async def made() -> None:
        client = await signing_with(waiting if is_async else lambda: (CALLER.get(), SECRET))

        async def caller(name: str) -> None:
            CALLER.set(name)
            for _ in range(5):
                assert await key_of(client) == name

        await asyncio.gather(*(caller(f"A{number}") for number in range(20)))

    run(made())


def test_a_function_may_stop_giving_an_expiry(run: Any) -> None:
    answers: list[Any] = [("A1", SECRET), ending, ("A3", SECRET), ("A4", SECRET)]

    async def fetch() -> Any:
        answer = answers.pop(0)
        return answer("A2") if callable(answer) else answer

    async def made() -> None:
        with frozen() as clock:
            client = await signing_with(fetch)
            assert [await key_of(client) for _ in "123"] == ["A1", "A2", "A2"]
            clock.tick(HOUR)
            assert [await key_of(client) for _ in "12"] == ["A3", "A4"]

    run(made())


def test_a_loop_that_is_closed_while_its_async_function_waits_does_not_block_the_next() -> None:
    calls = []

    async def fetch() -> dict[str, Any]:
        calls.append(threading.get_ident())
        if len(calls) == 1:
            await asyncio.Event().wait()
        return ending(f"A{len(calls)}")

    client = asyncio.run(signing_with(fetch))

    async def given_up() -> None:
        task = asyncio.ensure_future(key_of(client))
        await until(lambda: bool(calls))
        task.cancel()

    asyncio.run(given_up())
    assert asyncio.run(key_of(client)) == "A2"


def test_a_function_that_raises_stop_iteration_does_not_leave_the_caller_waiting(run: Any) -> None:
    async def made() -> None:
        client = await signing_with(iter([("AK", SECRET)]).__next__)
        assert await key_of(client) == "AK"
        with pytest.raises(RuntimeError, match="StopIteration"):
            await key_of(client)

    run(made())


def test_an_invalid_source_is_refused_as_by_the_synchronous_client(run: Any) -> None:
    for given in ("AK", 5, {"access_key": SECRET}):
        with pytest.raises(TypeError) as ours:
            run(signing_with(given))
        with pytest.raises(TypeError) as theirs:
            synchronous(given)
        assert str(ours.value) == str(theirs.value)
    with pytest.raises(
        TypeError, match="Give either credentials or aws_access_key_id, aws_secret_access_key, not both"
    ):
        run(presigned.aio.Session().client("s3", None, **pair(), credentials=Holder("A", "B")).__aenter__())
    for empty in (lambda: None, boto3.Session(), presigned.aio.Session()):
        client = run(signing_with(empty))
        with pytest.raises(botocore.exceptions.NoCredentialsError):
            run(key_of(client))
    with pytest.raises(botocore.exceptions.PartialCredentialsError):
        run(key_of(run(signing_with(AioCredentials("AK", None)))))  # type: ignore[arg-type] # that is the point


def pair() -> dict[str, Any]:
    return {"aws_access_key_id": "AK", "aws_secret_access_key": SECRET}


def test_the_credentials_of_a_session_have_aiobotocores_shape(run: Any) -> None:
    async def made() -> None:
        static = await presigned.aio.Session("AK", SECRET, TOKEN).get_credentials()
        assert static is not None
        assert (static.access_key, static.secret_key, static.token) == ("AK", SECRET, TOKEN)
        assert (static.method, static.account_id, static.expires_at) == ("explicit", None, None)
        assert tuple(await static.get_frozen_credentials()) == ("AK", SECRET, TOKEN, None)

        service = Service()
        theirs: Any = boto3.Session()._session
        theirs._credentials = refreshable(service)
        session = presigned.aio.Session(botocore_session=theirs)
        found = await session.get_credentials()
        assert found is not None
        assert (await found.get_frozen_credentials()).access_key == "A1"
        with pytest.raises(NotImplementedError, match="await get_frozen_credentials"):
            assert found.access_key
        assert found.method == "a method"

        own = presigned.aio.Session()
        gate = Gate()
        own._presigned.credentials = RefreshableCredentials(gate, "m")
        found = await own.get_credentials()
        assert found is not None
        assert found.expires_at is None
        task = asyncio.ensure_future(found.get_frozen_credentials())
        await until(gate.entered.is_set)
        gate.opened.set()
        assert (await task).access_key == "A1"
        assert isinstance(found.expires_at, datetime.datetime)
        # What aiobotocore's clients ask for.
        assert await found.get_account_id() is None
        assert await found.get_deferred_property("access_key")() == "A1"
        assert await presigned.aio.Session().get_credentials() is None
        assert key_in(url(synchronous(presigned.aio.Session("AK", SECRET)))) == "AK"

    run(made())


@pytest.mark.parametrize("name", [*sources(), *functions()])
def test_a_given_secret_is_shown_nowhere(name: str) -> None:
    given = source_named(name)

    async def made() -> list[object]:
        client = await signing_with(given)
        await client.generate_presigned_url("list_buckets")
        credentials = await presigned.aio.Session("AK", SECRET, TOKEN).get_credentials()
        coroutine = client.generate_presigned_url("list_buckets")
        coroutine.close()
        return [client, credentials, coroutine, client._presigned.waiter]

    client, credentials, *others = asyncio.run(made())
    shown = [repr(one) for one in (client, credentials, *others)]
    for one in (client, credentials, provided.adopt(given)):
        # Copies of a client are the client itself.
        for attempt in (pickle.dumps, copy.copy, copy.deepcopy)[: 1 if one is client else 3]:
            with pytest.raises(TypeError, match="cannot pickle") as caught:
                attempt(one)
            shown += traceback.format_exception(caught.value)
    assert not any(secret in text for text in shown for secret in (SECRET, TOKEN))
