"""A provider keeps a token, makes a new one in time, and serves the old one while no new one can be made."""

from __future__ import annotations

import asyncio
import datetime
import os
import pickle
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from presigned import tokens

START = 1767323045.0
Clock = Callable[[float], None]


@pytest.fixture(name="clock")
def a_clock() -> Iterator[Clock]:
    """Stops the clock; the value sets it to so many seconds after the start."""
    with time_machine.travel(START, tick=False) as stopped:
        yield lambda seconds: stopped.move_to(START + seconds)


class Maker:
    """Makes tokens, and fails on request."""

    __name__ = "rds"

    def __init__(self, life: float = 900) -> None:
        self.life = life
        self.made = 0
        self.fails = False

    def __call__(self) -> tokens.Token:
        self.made += 1
        if self.fails:
            raise OSError("no credentials")
        now = datetime.datetime.now(datetime.timezone.utc).timestamp()
        return tokens.Token(f"token {self.made}", now + self.life, now)


def test_a_token_is_kept_for_a_third_of_its_lifetime(clock: Clock) -> None:
    provide = tokens.provider(tokens.rds, "db.example.com", 5432, user="app")
    first = provide()
    assert first == tokens.rds("db.example.com", 5432, "app")
    clock(299)
    assert provide() is provide.get() is first
    clock(301)
    second = provide()
    assert second is not first
    assert second.expires_at is not None
    assert second.expires_at.timestamp() == START + 301 + 900


def test_the_old_token_is_served_until_a_margin_before_its_end(clock: Clock) -> None:
    maker = Maker()
    provide = tokens.provider(maker)
    first = provide()
    maker.fails = True
    clock(400)
    assert provide() is first
    assert maker.made == 2
    clock(402)
    # It waits before the next attempt.
    assert provide() is first
    assert maker.made == 2
    clock(879)
    assert provide() is first
    assert maker.made == 3
    clock(880)
    with pytest.raises(OSError, match="no credentials"):
        provide()
    maker.fails = False
    assert provide() == "token 5"


def test_a_clock_that_is_set_back_makes_a_new_token(clock: Clock) -> None:
    maker = Maker()
    provide = tokens.provider(maker)
    clock(3600)
    assert provide() == "token 1"
    clock(0)
    assert provide() == "token 2"
    clock(100_000)
    assert provide() == "token 3"


def test_a_short_lifetime_has_a_short_margin(clock: Clock) -> None:
    maker = Maker(life=10)
    provide = tokens.provider(maker)
    first = provide()
    assert provide() is first
    maker.fails = True
    clock(4)
    assert provide() is first
    clock(5)
    with pytest.raises(OSError, match="no credentials"):
        provide()


def test_a_token_without_an_end_is_not_kept() -> None:
    made: list[int] = []

    def make() -> tokens.Token:
        made.append(1)
        return tokens.Token("x")

    provide = tokens.provider(make)
    provide()
    provide()
    assert len(made) == 2


def test_a_refused_token_can_be_replaced(clock: Clock) -> None:
    clock(0)
    provide = tokens.provider(Maker())
    first = provide()
    second = provide.refresh()
    assert second != first
    assert provide() is second


def test_threads_share_one_attempt_and_the_old_token_meanwhile(clock: Clock) -> None:
    started, go = threading.Event(), threading.Event()
    maker = Maker()

    def make() -> tokens.Token:
        if maker.made:
            started.set()
            assert go.wait(60)
        return maker()

    provide = tokens.provider(make)
    first = provide()
    clock(400)
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(provide()))
    thread.start()
    assert started.wait(60)
    # The other thread is making a token: this one does not wait.
    assert provide() is first
    go.set()
    thread.join()
    assert found == ["token 2"]
    assert provide() == "token 2"
    assert maker.made == 2


def test_threads_without_a_token_wait_for_one() -> None:
    maker = Maker()
    provide = tokens.provider(maker)
    found: list[tokens.Token] = []
    threads = [threading.Thread(target=lambda: found.append(provide())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (maker.made, found) == (1, ["token 1"] * 8)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_the_child_of_a_fork_does_not_wait_for_a_thread_that_it_has_not() -> None:
    provide = tokens.provider(Maker())
    provide._lock.acquire()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if provide() == "token 1" else 2
        finally:
            os._exit(code)
    provide._lock.release()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_in_asyncio_the_loop_goes_on_while_credentials_are_fetched(clock: Clock) -> None:
    clock(0)
    threads: list[threading.Thread] = []

    def credentials() -> tuple[str, str]:
        threads.append(threading.current_thread())
        return "AKIDEXAMPLE", "secret"

    provide = tokens.provider(tokens.rds, "db.example.com", 5432, "app", credentials=credentials)

    async def main() -> None:
        token = await provide.get_async()
        assert token.startswith("db.example.com:5432/")
        assert await provide.get_async() is token
        assert provide() is token

    asyncio.run(main())
    assert threads
    assert threading.main_thread() not in threads


class _AsyncCredentials:
    """As aiobotocore's: they must be awaited."""

    _expiry_time = datetime.datetime.fromtimestamp(START + 500, datetime.timezone.utc)

    async def get_frozen_credentials(self) -> Any:
        await asyncio.sleep(0)
        return type("Frozen", (), {"access_key": "AKIDASYNC", "secret_key": "x", "token": "y"})()


class _AsyncSession:
    async def get_credentials(self) -> _AsyncCredentials:
        await asyncio.sleep(0)
        return _AsyncCredentials()


async def _async_function() -> tuple[str, str]:
    await asyncio.sleep(0)
    return "AKIDASYNC", "x"


@pytest.mark.parametrize("given", [_AsyncCredentials(), _AsyncSession(), _async_function])
def test_credentials_of_asyncio_are_awaited(given: Any, clock: Clock) -> None:
    clock(0)
    provide = tokens.provider(tokens.rds, "db.example.com", 5432, "app", credentials=given)
    token = asyncio.run(provide.get_async())
    assert "Credential=AKIDASYNC%2F" in token
    assert token.expires_at is not None
    assert token.expires_at.timestamp() == START + (900 if given is _async_function else 500)
    assert asyncio.run(provide.get_async()) is token
    assert provide() is token


def test_a_provider_shows_no_token_and_can_be_pickled() -> None:
    provide = tokens.provider(tokens.rds, "db.example.com", 5432, "app")
    token = provide()
    assert repr(provide) == "<TokenProvider of rds>"
    again = pickle.loads(pickle.dumps(provide))  # noqa: S301 - our own
    assert token.rpartition("=")[2].encode() not in pickle.dumps(provide)
    assert again().startswith("db.example.com:5432/")
    with pytest.raises(TypeError):
        vars(provide)


def test_a_provider_with_credentials_is_not_pickled() -> None:
    provide = tokens.provider(tokens.msk, "eu-central-1", credentials=("AKIDEXAMPLE", "very secret"))
    assert provide()
    with pytest.raises(TypeError, match="it holds credentials"):
        pickle.dumps(provide)


class _FailingCredentials(_AsyncCredentials):
    fails = False

    async def get_frozen_credentials(self) -> Any:
        if self.fails:
            raise OSError("no credentials")
        return await super().get_frozen_credentials()


def test_the_old_token_is_served_in_asyncio_too(clock: Clock) -> None:
    clock(0)
    given = _FailingCredentials()
    provide = tokens.provider(tokens.rds, "db.example.com", 5432, "app", credentials=given)
    first = asyncio.run(provide.get_async())
    given.fails = True
    clock(400)
    assert asyncio.run(provide.get_async()) is first
    clock(490)
    with pytest.raises(OSError, match="no credentials"):
        asyncio.run(provide.get_async())
