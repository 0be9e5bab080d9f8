"""`presigned.aio`: coroutines that are done at once, or wait for a fetch of credentials without blocking the loop."""

from __future__ import annotations

import asyncio
import collections.abc
import concurrent.futures
import datetime
import inspect
import subprocess
import sys
import textwrap
from typing import Any

import botocore.exceptions
import freezegun
import pytest

import presigned
import presigned.aio
from credentials.looping import PARAMS, Gate, guarded_by, key_in, key_of, run, signing_with, until
from credentials.source_classes import START
from presigned._credentials.refreshable import RefreshableCredentials

__all__ = ["run"]

KEYS: dict[str, Any] = {"aws_access_key_id": "AK", "aws_secret_access_key": "secret"}
HOUR = datetime.timedelta(hours=1)


async def warm() -> presigned.aio.S3:
    async with presigned.aio.Session(**KEYS).client("s3", region_name="eu-central-1") as client:
        return client


def test_urls_and_forms_are_those_of_the_synchronous_client(run: Any) -> None:
    ours = presigned.client("s3", region_name="eu-central-1", **KEYS)

    async def made() -> Any:
        client = await warm()
        conditions: list[Any] = [{"acl": "private"}]
        return (
            await client.generate_presigned_url("put_object", PARAMS, 60, "POST"),
            await client.generate_presigned_url(ClientMethod="list_buckets"),
            await client.generate_presigned_post("b-1", "k", {"acl": "private"}, conditions, 60),
            await client.generate_presigned_post(Bucket="b-1", Key="k"),
            await client.presign("put_object", PARAMS, expires_in=60, http_method="POST"),
            await client.presign_post("b-1", "k", fields={"acl": "private"}, conditions=conditions, expires_in=60),
        )

    with freezegun.freeze_time(START):
        assert run(made()) == (
            ours.generate_presigned_url("put_object", PARAMS, 60, "POST"),
            ours.generate_presigned_url("list_buckets"),
            ours.generate_presigned_post("b-1", "k", {"acl": "private"}, [{"acl": "private"}], 60),
            ours.generate_presigned_post("b-1", "k"),
            ours.presign("put_object", PARAMS, expires_in=60, http_method="POST"),
            ours.presign_post("b-1", "k", fields={"acl": "private"}, conditions=[{"acl": "private"}], expires_in=60),
        )


def test_a_client_is_a_client_of_presigned(run: Any) -> None:
    client = run(warm())
    assert isinstance(client, presigned.S3)
    assert isinstance(client, presigned.aio.S3)
    assert type(client).__name__ == "S3"
    assert client.meta.region_name == "eu-central-1"


def test_a_coroutine_with_fresh_credentials_is_done_at_its_first_step(run: Any) -> None:
    client = run(warm())
    for coroutine in (
        client.generate_presigned_url("get_object", PARAMS),
        client.generate_presigned_post("b-1", "k"),
        client.presign("get_object", PARAMS),
        client.presign_post("b-1", "k"),
        client.close(),
    ):
        with pytest.raises(StopIteration):
            coroutine.send(None)


def test_credentials_that_are_fetched_are_fresh_at_the_next_call(run: Any) -> None:
    gate = Gate()
    gate.opened.set()

    async def made() -> None:
        client = await guarded_by(gate)
        assert await key_of(client) == "A1"
        with pytest.raises(StopIteration) as done:
            client.generate_presigned_url("get_object", PARAMS).send(None)
        assert key_in(done.value.value) == "A1"

    run(made())
    assert gate.fetched == 1


def test_presign_and_presign_post_wait_for_cold_credentials(run: Any) -> None:
    gate = Gate()
    gate.opened.set()

    async def made() -> None:
        for presign in ("presign", "presign_post"):
            client = await guarded_by(gate)
            arguments = ("get_object", PARAMS) if presign == "presign" else ("b-1", "k")
            assert (await getattr(client, presign)(*arguments)).expires_at is not None
            with pytest.raises(StopIteration):
                getattr(client, presign)(*arguments).send(None)

    run(made())
    assert gate.fetched == 2


def test_it_is_a_coroutine_that_everything_takes(run: Any) -> None:
    client = run(warm())
    assert inspect.iscoroutinefunction(client.generate_presigned_url)
    coroutine = client.generate_presigned_url("get_object", PARAMS)
    assert isinstance(coroutine, collections.abc.Coroutine)
    assert key_in(asyncio.run(coroutine)) == "AK"

    async def taken() -> list[str]:
        found = [await asyncio.create_task(client.generate_presigned_url("get_object", PARAMS))]
        found += await asyncio.gather(*(client.generate_presigned_url("get_object", PARAMS) for _ in range(3)))
        if sys.version_info >= (3, 11):
            async with asyncio.TaskGroup() as group:
                task = group.create_task(client.generate_presigned_url("get_object", PARAMS))
            found.append(task.result())
        loop = asyncio.get_running_loop()

        def elsewhere() -> str:
            asked = asyncio.run_coroutine_threadsafe(client.generate_presigned_url("get_object", PARAMS), loop)
            url: str = asked.result(60)
            return url

        with concurrent.futures.ThreadPoolExecutor() as pool:
            found.append(await loop.run_in_executor(pool, elsewhere))
        return found

    assert {key_in(url) for url in run(taken())} == {"AK"}


def test_the_signature_is_boto3s_and_a_call_that_does_not_fit_is_refused_at_once(run: Any) -> None:
    client = run(warm())
    ours = presigned.client("s3", **KEYS)
    for name in ("generate_presigned_url", "generate_presigned_post"):
        assert str(inspect.signature(getattr(client, name))) == str(inspect.signature(getattr(ours, name)))
        texts = set()
        for method in (getattr(client, name), getattr(ours, name)):
            with pytest.raises(TypeError) as caught:
                method(foo=1)
            # The native method names its class: difference 10 of docs/COMPATIBILITY.md.
            texts.add(str(caught.value).removeprefix("Client."))
        assert len(texts) == 1


def test_what_the_call_itself_gets_wrong_is_raised_at_the_await(run: Any) -> None:
    async def made() -> None:
        client = await warm()
        coroutine = client.generate_presigned_url("get_object", {"Bucket": "b-1"})
        with pytest.raises(
            botocore.exceptions.ParamValidationError, match='Missing required parameter in input: "Key"'
        ):
            await coroutine
        with pytest.raises(botocore.exceptions.UnknownClientMethodError):
            await client.generate_presigned_url("nothing")

    run(made())


def test_the_loop_goes_on_while_credentials_are_fetched(run: Any) -> None:
    gate = Gate()

    async def made() -> None:
        client = await guarded_by(gate)
        task = asyncio.ensure_future(key_of(client))
        await until(gate.entered.is_set)
        for _ in range(100):
            await asyncio.sleep(0)
        assert not task.done()
        gate.opened.set()
        assert await task == "A1"

    run(made())


def test_one_fetch_serves_a_thousand_calls(run: Any) -> None:
    gate = Gate()

    async def made() -> list[str]:
        client = await guarded_by(gate)
        tasks = [asyncio.ensure_future(key_of(client)) for _ in range(1000)]
        await until(gate.entered.is_set)
        gate.opened.set()
        return await asyncio.gather(*tasks)

    assert run(made()) == ["A1"] * 1000
    assert gate.fetched == 1


def test_a_call_that_is_cancelled_leaves_the_fetch_to_the_others(run: Any) -> None:
    gate = Gate()

    async def made() -> None:
        client = await guarded_by(gate)
        first, second = (asyncio.ensure_future(key_of(client)) for _ in range(2))
        await until(gate.entered.is_set)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(key_of(client), 0.001)
        assert not second.done()
        gate.opened.set()
        assert await second == "A1"

    run(made())
    assert gate.fetched == 1


def test_a_fetch_that_fails_fails_for_all_who_wait_and_is_tried_again_by_the_next(run: Any) -> None:
    gate = Gate()
    gate.failure = ConnectionError("no route")

    async def made() -> None:
        client = await guarded_by(gate)
        tasks = [asyncio.ensure_future(key_of(client)) for _ in range(10)]
        await until(gate.entered.is_set)
        gate.opened.set()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert [str(outcome) for outcome in outcomes] == ["no route"] * 10
        assert all(isinstance(outcome, ConnectionError) for outcome in outcomes)
        gate.failure = None
        assert await key_of(client) == "A2"

    run(made())


def test_credentials_are_fetched_in_advance_while_the_old_ones_sign(run: Any) -> None:
    gate = Gate()
    gate.opened.set()

    async def made() -> None:
        with freezegun.freeze_time(START, ignore=["asyncio", "uvloop"]) as clock:
            client = await guarded_by(gate)
            assert await key_of(client) == "A1"
            gate.opened.clear()
            gate.entered.clear()
            clock.move_to(START + datetime.timedelta(minutes=46))
            for _ in range(5):
                with pytest.raises(StopIteration) as done:
                    client.generate_presigned_url("get_object", PARAMS).send(None)
                assert key_in(done.value.value) == "A1"
            await until(gate.entered.is_set)
            assert gate.fetched == 2
            # In the last ten minutes one waits for the same fetch.
            clock.move_to(START + datetime.timedelta(minutes=51))
            task = asyncio.ensure_future(key_of(client))
            await asyncio.sleep(0)
            assert not task.done()
            gate.opened.set()
            assert await task == "A2"
            assert gate.fetched == 2

    run(made())


def test_a_refresh_that_fails_early_leaves_the_old_credentials_and_late_is_raised(run: Any) -> None:
    gate = Gate()
    gate.opened.set()

    async def made() -> None:
        with freezegun.freeze_time(START, ignore=["asyncio", "uvloop"]) as clock:
            credentials = RefreshableCredentials(gate, "a method")
            client = await signing_with(credentials)
            assert await key_of(client) == "A1"
            gate.failure = ConnectionError("no route")
            clock.move_to(START + datetime.timedelta(minutes=46))
            assert await key_of(client) == "A1"
            # The attempt is over when the time of the next one is set.
            await until(lambda: gate.fetched == 2 and not credentials.is_due())
            assert await key_of(client) == "A1"
            clock.move_to(START + datetime.timedelta(minutes=51))
            with pytest.raises(ConnectionError):
                await key_of(client)

    run(made())


def test_two_loops_in_two_threads_share_a_client_and_its_fetch() -> None:
    gate = Gate()
    client = asyncio.run(guarded_by(gate))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(asyncio.run, key_of(client)) for _ in range(2)]
        gate.opened.set()
        assert [call.result(60) for call in calls] == ["A1", "A1"]
    assert gate.fetched == 1


def test_a_client_serves_one_loop_after_another() -> None:
    gate = Gate()
    client = asyncio.run(guarded_by(gate))

    async def given_up() -> None:
        task = asyncio.ensure_future(key_of(client))
        await until(gate.entered.is_set)
        task.cancel()

    asyncio.run(given_up())
    gate.opened.set()
    assert asyncio.run(key_of(client)) == "A1"
    assert gate.fetched == 1


def test_the_interpreter_ends_at_once_while_credentials_are_fetched() -> None:
    program = """
        import asyncio, threading
        import presigned.aio
        from presigned._credentials.refreshable import RefreshableCredentials

        entered = threading.Event()

        def fetch():
            entered.set()
            threading.Event().wait()

        async def main():
            async with presigned.aio.Session().client("s3", credentials=RefreshableCredentials(fetch, "m")) as s3:
                task = asyncio.create_task(s3.generate_presigned_url("list_buckets"))
                while not entered.is_set():
                    await asyncio.sleep(0)

        asyncio.run(main())
        print("done")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60, check=True
    )
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_importing_it_loads_no_asyncio_and_importing_the_package_does_not_import_it() -> None:
    program = (
        "import sys, presigned; first = 'presigned.aio' in sys.modules; presigned.aio; print(first, "
        "[name for name in ('asyncio', 'typing', 're', 'threading', 'datetime') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", path() + program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False []\n"


def path() -> str:
    folder = presigned.__file__.rpartition("presigned")[0].rstrip("/")
    return f"import sys; sys.path.insert(0, {folder!r}); "


def test_a_function_and_a_client_may_be_used_by_a_synchronous_caller_too(run: Any) -> None:
    client = run(signing_with(lambda: ("AK", "secret")))
    assert key_in(presigned.S3.generate_presigned_url(client, "list_buckets")) == "AK"
