"""Sessions of `presigned.aio`: to make a client waits for the search for credentials, without blocking the loop."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import boto3
import botocore.config
import botocore.credentials
import botocore.exceptions
import botocore.session
import freezegun
import pytest

import presigned
import presigned.aio
from credentials.looping import PARAMS, Gate, key_of, run, until
from credentials.source_classes import SECRET, START, TOKEN, AioCredentials, AioSession
from presigned._credentials import Credentials
from presigned._credentials.chain import Search

__all__ = ["run"]

KEYS: dict[str, Any] = {"aws_access_key_id": "AK", "aws_secret_access_key": SECRET}


class Looking:
    """Replaces the search for credentials by one that waits for its gate, in any thread."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gate = Gate()
        self.threads: set[int] = set()
        self.regions: list[str | None] = []
        looking = self

        def find(search: Search) -> Credentials:
            looking.threads.add(threading.get_ident())
            looking.regions.append(search.region)
            keys = looking.gate()
            return Credentials(keys.access_key, keys.secret_key, keys.token, "looked for")

        monkeypatch.setattr(Search, "find", find)


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> Looking:
    return Looking(monkeypatch)


async def key_from(context: presigned.aio.ClientContext) -> str:
    async with context as client:
        return await key_of(client)


def test_the_loop_goes_on_while_credentials_are_looked_for(run: Any, looking: Looking) -> None:
    async def made() -> None:
        session = presigned.aio.Session()
        tasks = [asyncio.ensure_future(key_from(session.client("s3", region_name="sa-east-1"))) for _ in range(100)]
        asked = asyncio.ensure_future(session.get_credentials())
        await until(looking.gate.entered.is_set)
        for _ in range(100):
            await asyncio.sleep(0)
        assert not any(task.done() for task in tasks)
        looking.gate.opened.set()
        assert set(await asyncio.gather(*tasks)) == {"A1"}
        found = await asked
        assert found is not None
        assert found.method == "looked for"
        # The next client needs no search.
        assert await key_from(session.client("s3")) == "A1"

    run(made())
    assert looking.gate.fetched == 1
    assert looking.regions == ["sa-east-1"]
    assert threading.get_ident() not in looking.threads


def test_a_client_that_is_given_up_leaves_the_search_to_the_others(run: Any, looking: Looking) -> None:
    async def made() -> None:
        session = presigned.aio.Session()
        first, second = (asyncio.ensure_future(key_from(session.client("s3"))) for _ in range(2))
        await until(looking.gate.entered.is_set)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        looking.gate.opened.set()
        assert await second == "A1"

    run(made())
    assert looking.gate.fetched == 1


def test_a_search_that_fails_fails_where_the_client_is_entered(run: Any, looking: Looking) -> None:
    looking.gate.opened.set()
    looking.gate.failure = ConnectionError("no route")
    session = presigned.aio.Session()
    context = session.client("s3")
    with pytest.raises(ConnectionError, match="no route"):
        run(key_from(context))
    looking.gate.failure = None
    assert run(key_from(session.client("s3"))) == "A2"


@pytest.mark.parametrize("given", ["arguments", "session", "environment", "unsigned"])
def test_available_credentials_start_no_thread(
    run: Any, looking: Looking, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setattr(threading.Thread, "start", lambda _: pytest.fail("a thread was started"))
    session, arguments = presigned.aio.Session(), {}
    if given == "arguments":
        arguments = KEYS
    elif given == "session":
        session = presigned.aio.Session(**KEYS)
    elif given == "unsigned":
        arguments = {"config": presigned.Config(signature_version=presigned.UNSIGNED)}
    else:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AK")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    context = session.client("s3", **arguments)
    with pytest.raises(StopIteration) as done:
        context.__aenter__().__await__().__next__()
    client = done.value.value
    assert isinstance(client, presigned.aio.S3)
    assert run(key_of(client)) == ("" if given == "unsigned" else "AK")
    assert not looking.threads


def test_one_key_without_the_other_and_no_credentials_are_reported_as_by_the_synchronous_client(run: Any) -> None:
    with pytest.raises(botocore.exceptions.PartialCredentialsError):
        run(key_from(presigned.aio.Session().client("s3", aws_access_key_id="AK")))
    with pytest.raises(botocore.exceptions.NoCredentialsError) as caught:
        run(key_from(presigned.aio.Session().client("s3")))
    assert "AWS_ACCESS_KEY_ID is not set" in "".join(getattr(caught.value, "__notes__", []))
    with pytest.raises(botocore.exceptions.InvalidRegionError):
        run(key_from(presigned.aio.Session().client("s3", region_name="a b")))
    with pytest.raises(botocore.exceptions.UnknownServiceError):
        run(key_from(presigned.aio.Session().client("sqs", **KEYS)))


def test_the_shapes_of_aiobotocore_and_aioboto3(run: Any) -> None:
    async def made() -> None:
        session = presigned.aio.get_session()
        assert isinstance(session, presigned.aio.AioSession)
        async with session.create_client("s3", region_name="eu-central-1", **KEYS) as client:
            assert client.meta.region_name == "eu-central-1"
            assert await key_of(client) == "AK"
            async with client as same:
                assert same is client
            await client.close()
        session.set_credentials("SET", SECRET, TOKEN)
        assert await key_from(session.create_client("s3")) == "SET"
        assert await key_from(session.client("s3", aws_access_key_id="AK", aws_secret_access_key="x")) == "AK"
        async with presigned.aio.Session(**KEYS, region_name="eu-central-1").resource("s3") as s3:
            assert await key_of(s3.meta.client) == "AK"
            assert s3.meta.client.meta.config.user_agent_extra == "Resource"
            assert s3.meta.client.meta.region_name == "eu-central-1"

    run(made())


def test_a_profile_is_named_as_in_aiobotocore(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    config = tmp_path_factory.mktemp("aws") / "config"
    config.write_text("[profile p]\nregion = sa-east-1\naws_access_key_id = P\naws_secret_access_key = s\n", "utf-8")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    session = presigned.aio.AioSession(profile="p")
    assert (session.profile_name, session.region_name, session.available_profiles) == ("p", "sa-east-1", ["p"])
    assert run(key_from(session.create_client("s3"))) == "P"
    with pytest.raises(botocore.exceptions.ProfileNotFound):
        presigned.aio.AioSession(profile="missing")


def test_a_botocore_session_is_asked_in_a_thread(run: Any) -> None:
    gate = Gate()

    class Provider(botocore.credentials.CredentialProvider):  # type: ignore[misc] # botocore has no types
        METHOD = "slow"

        def load(self) -> Any:
            keys = gate()
            return botocore.credentials.Credentials(keys.access_key, keys.secret_key, keys.token)

    source = botocore.session.Session()
    source.register_component("credential_provider", botocore.credentials.CredentialResolver([Provider()]))
    source.set_config_variable("region", "sa-east-1")

    async def made() -> None:
        session = presigned.aio.Session(botocore_session=source)
        task = asyncio.ensure_future(key_from(session.client("s3")))
        await until(gate.entered.is_set)
        for _ in range(10):
            await asyncio.sleep(0)
        assert not task.done()
        gate.opened.set()
        assert await task == "A1"

    run(made())


def test_a_session_of_aiobotocores_is_awaited(run: Any) -> None:
    class Session(AioSession, botocore.session.Session):  # type: ignore[misc] # botocore has no types
        def __init__(self) -> None:
            botocore.session.Session.__init__(self)
            AioSession.__init__(self, AioCredentials())

        async def get_credentials(self) -> object:
            await asyncio.sleep(0)
            return await super().get_credentials()

    async def made() -> None:
        source = Session()
        source.set_default_client_config(botocore.config.Config(region_name="sa-east-1"))
        async with presigned.aio.Session(botocore_session=source).client("s3") as client:
            assert client.meta.region_name == "sa-east-1"
            assert await key_of(client) == "AIO"

    run(made())


def test_a_url_of_a_botocore_session_is_that_of_boto3(run: Any) -> None:
    source = botocore.session.Session()
    source.set_credentials("AK", SECRET, TOKEN)
    source.set_config_variable("region", "eu-central-1")

    async def made() -> str:
        async with presigned.aio.Session(botocore_session=source).client("s3") as client:
            return await client.generate_presigned_url("get_object", PARAMS)

    config = botocore.config.Config(signature_version="s3v4")
    theirs = boto3.Session(botocore_session=source).client("s3", config=config)
    with freezegun.freeze_time(START, ignore=["asyncio", "uvloop"]):
        assert run(made()) == theirs.generate_presigned_url("get_object", PARAMS)
