"""Runs coroutines on each kind of loop, and shows that a loop goes on while something waits."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest

import presigned
import presigned.aio
from presigned._core import FrozenCredentials
from presigned._credentials.refreshable import RefreshableCredentials

T = TypeVar("T")

Run = Callable[[Coroutine[Any, Any, T]], T]

PARAMS = {"Bucket": "photos", "Key": "cat.jpg"}
LOOPS: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {"asyncio": asyncio.new_event_loop}
if sys.platform != "win32":
    import uvloop

    LOOPS["uvloop"] = uvloop.new_event_loop


@pytest.fixture(params=LOOPS)
def run(request: pytest.FixtureRequest) -> Any:
    """Runs a coroutine on a new loop, as `asyncio.run` does."""

    def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        loop = LOOPS[request.param]()
        try:
            return loop.run_until_complete(asyncio.wait_for(coroutine, 60))
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    return run


class Gate:
    """A service that returns credentials A1, A2 ... for an hour, when the test allows it. It waits in its thread."""

    def __init__(self) -> None:
        self.fetched = 0
        self.failure: Exception | None = None
        self.entered = threading.Event()
        self.opened = threading.Event()

    def __call__(self) -> FrozenCredentials:
        self.fetched += 1
        self.entered.set()
        assert self.opened.wait(60)
        if self.failure is not None:
            raise self.failure
        return FrozenCredentials(
            f"A{self.fetched}", "hush-hush-secret", "hush-hush-token", None, presigned._core.now() + 3600
        )


async def until(happened: Callable[[], bool]) -> int:
    """Runs the loop until something has happened; returns the number of its steps."""
    turns = 0
    while not happened():
        turns += 1
        await asyncio.sleep(0)
    return turns


async def signing_with(credentials: Any) -> presigned.aio.S3:
    async with presigned.aio.Session().client("s3", "eu-central-1", credentials=credentials) as client:
        return client


async def guarded_by(gate: Gate) -> presigned.aio.S3:
    return await signing_with(RefreshableCredentials(gate, "a method"))


def key_in(url: str) -> str:
    return url.partition("X-Amz-Credential=")[2].partition("%2F")[0]


async def key_of(client: presigned.aio.S3) -> str:
    """The access key that a client signs with."""
    return key_in(await client.generate_presigned_url("get_object", PARAMS))
