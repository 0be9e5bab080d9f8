"""Credentials of `presigned.aio` in the place of aiobotocore's: their classes, and clients that sign with them."""

from __future__ import annotations

import asyncio
import datetime
import http.server
import itertools
import threading
from collections.abc import Callable, Iterator
from typing import Any

import aiobotocore.credentials
import aiobotocore.session
import botocore.credentials
import botocore.exceptions
import pytest

import presigned
import presigned.aio
from presigned._core import FrozenCredentials
from presigned._credentials import Credentials, awaited
from presigned._credentials.refreshable import RefreshableCredentials
from presigned.aio import AioCredentials

SECRET, TOKEN, ACCOUNT = "hush-hush-secret", "hush-hush-token", "123456789012"
REGION = "eu-central-1"
CLASSES = ("AioCredentials", "AioRefreshableCredentials", "AioDeferredRefreshableCredentials")


@pytest.fixture
def service() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server on loopback that remembers the headers of its requests."""
    seen: list[dict[str, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            seen.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            """Logs nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ending() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=5)


def fetching(numbers: Iterator[int]) -> FrozenCredentials:
    return FrozenCredentials(f"A{next(numbers)}", SECRET, TOKEN, ACCOUNT, ending().timestamp())


def begun() -> RefreshableCredentials:
    numbers = itertools.count(1)
    return RefreshableCredentials(lambda: fetching(numbers), "iam-role", fetching(numbers))


def deferred() -> RefreshableCredentials:
    numbers = itertools.count(1)
    return RefreshableCredentials(lambda: fetching(numbers), "assume-role")


async def adopted(given: Any) -> AioCredentials:
    source: Any = await awaited.adopt(given)
    return AioCredentials(source)


async def of_function() -> Any:
    return {"access_key": "A1", "secret_key": SECRET, "token": TOKEN, "account_id": ACCOUNT, "expires_at": ending()}


MADE: dict[str, Callable[[], Any]] = {
    "static": lambda: AioCredentials(Credentials("A1", SECRET, TOKEN, account_id=ACCOUNT)),
    "refreshable": lambda: AioCredentials(begun()),
    "deferred": lambda: AioCredentials(deferred()),
    "given by aiobotocore": lambda: adopted(
        aiobotocore.credentials.AioCredentials("A1", SECRET, TOKEN, account_id=ACCOUNT)
    ),
    "given by botocore": lambda: adopted(botocore.credentials.Credentials("A1", SECRET, TOKEN, account_id=ACCOUNT)),
    "given by an async function": lambda: adopted(of_function),
}


async def made(name: str) -> AioCredentials:
    found = MADE[name]()
    credentials: AioCredentials = await found if hasattr(found, "__await__") else found
    return credentials


def session_with(credentials: Any) -> Any:
    session = aiobotocore.session.get_session()
    session._credentials = credentials
    return session


@pytest.mark.parametrize("name", MADE)
def test_a_client_of_aiobotocores_signs_requests(name: str, service: tuple[str, list[dict[str, str]]]) -> None:
    url, seen = service

    async def program() -> None:
        credentials = await made(name)
        async with session_with(credentials).create_client("dynamodb", REGION, endpoint_url=url) as client:
            assert client._request_signer._credentials is credentials
            await client.list_tables()
        async with session_with(credentials).create_client("s3", REGION) as client:
            presigned_url = await client.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"})
            assert "X-Amz-Credential=A1%2F" in presigned_url or "AWSAccessKeyId=A1&" in presigned_url

    asyncio.run(program())
    assert seen[0]["x-amz-security-token"] == TOKEN
    assert "Credential=A1/" in seen[0]["authorization"]


@pytest.mark.parametrize("name", MADE)
def test_the_account_is_part_of_endpoints_that_want_it(name: str) -> None:
    hosts: list[str] = []

    class StopError(Exception):
        pass

    def see(request: Any, **_: Any) -> None:
        hosts.append(request.url)
        raise StopError

    async def program() -> None:
        config = aiobotocore.config.AioConfig(account_id_endpoint_mode="required")
        async with session_with(await made(name)).create_client("dynamodb", REGION, config=config) as client:
            client.meta.events.register("before-send.dynamodb", see)
            with pytest.raises(StopError):
                await client.list_tables()

    asyncio.run(program())
    assert hosts == [f"https://{ACCOUNT}.ddb.{REGION}.amazonaws.com/"]


def test_they_are_of_aiobotocores_classes() -> None:
    async def theirs() -> dict[str, str]:
        return {"access_key": "A", "secret_key": "B", "token": "C", "expiry_time": ending().isoformat()}

    theirs_made = (
        aiobotocore.credentials.AioCredentials("A", "B"),
        aiobotocore.credentials.AioRefreshableCredentials("A", "B", "C", ending(), theirs, "m"),
        aiobotocore.credentials.AioDeferredRefreshableCredentials(theirs, "m"),
    )
    classes = [getattr(aiobotocore.credentials, name) for name in CLASSES]
    for ours, model in zip((Credentials("A", "B"), begun(), deferred()), theirs_made, strict=True):
        found = AioCredentials(ours)
        assert [isinstance(found, each) for each in classes] == [isinstance(model, each) for each in classes]
        assert isinstance(found, botocore.credentials.Credentials)
        assert isinstance(found, AioCredentials)
        # And what their clients and programs call.
        names = {name for name in dir(model) if not name.startswith("_") and name != "create_from_metadata"}
        assert names <= {*dir(found), "refresh_needed"}


def test_attributes_of_credentials_are_read_as_from_aiobotocores() -> None:
    async def program() -> None:
        static = AioCredentials(Credentials("A1", SECRET, TOKEN, account_id=ACCOUNT))
        values = (static.get_access_key(), static.get_secret_key(), static.get_token(), static.get_account_id())
        assert values == ("A1", SECRET, TOKEN, ACCOUNT)
        for source in (begun(), deferred()):
            found: Any = AioCredentials(source)
            asked = (found.get_access_key, found.get_secret_key, found.get_token, found.get_account_id)
            assert [await each() for each in asked] == ["A1", SECRET, TOKEN, ACCOUNT]
            with pytest.raises(NotImplementedError):
                _ = found.access_key
            found.access_key = "SET"
            assert await found.get_access_key() == "SET"
            assert (await found.get_frozen_credentials()).access_key == "A1"
            assert not found.refresh_needed()
            assert isinstance(found._expiry_time, datetime.datetime)
            await found._protected_refresh(is_mandatory=True)
            assert await found.get_access_key() == "A2"
            found._expiry_time = datetime.datetime.fromtimestamp(0, datetime.timezone.utc)
            assert found.refresh_needed(0)
            await found._refresh()
            assert await found.get_access_key() == "A3"
            shown = repr(vars(found)) + repr(found)
            assert not any(secret in shown for secret in (SECRET, TOKEN))

    asyncio.run(program())


def test_a_session_returns_the_same_credentials_and_what_is_set_on_them_signs() -> None:
    async def program() -> None:
        session = presigned.aio.Session("A1", SECRET, region_name=REGION)
        credentials = await session.get_credentials()
        assert credentials is await session.get_credentials()
        assert isinstance(credentials, aiobotocore.credentials.AioCredentials)
        async with session.client("s3") as client:
            credentials.access_key = "NEW"
            assert "Credential=NEW%2F" in await client.generate_presigned_url("list_buckets")

    asyncio.run(program())
