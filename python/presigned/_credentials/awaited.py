"""Credentials for a client that must not block: a blocking call runs in a thread, and a coroutine is awaited.

A waiter has two methods. `pause` returns the object that the client must await before it signs, or `None`
while the credentials are fresh. The native client then calls `current`, which never waits.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from functools import partial

from . import AT_ONCE, Credentials, provided
from .background import Flight, in_thread
from .provided import ProvidedCredentials
from .provided_base import is_async
from .provided_function import ProvidedFunction
from .refreshable import MANDATORY, RefreshableCredentials, renew_after_fork

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any, Protocol, TypeVar

    from presigned._core import FrozenCredentials

    from .absent import Absent
    from .background import Call

    _T = TypeVar("_T")

    class _Waiter(Protocol):
        """Credentials, and what to await before they are used."""

        def pause(self) -> Coroutine[Any, Any, None] | None:
            """Returns what must be awaited first. Credentials that will expire soon are refreshed in the background."""

        def current(self) -> tuple[FrozenCredentials, float]:
            """Returns the credentials to sign with, and after which instant to ask again."""


#: How often a thread checks whether the loop that it waits for still runs, in seconds.
_GLANCE = 1.0


def waiter(source: object) -> _Waiter | None:
    """Finds out how to wait for credentials; `None` for those that never need a wait."""
    if isinstance(source, RefreshableCredentials):
        return AwaitedRefreshable(source)
    if isinstance(source, ProvidedFunction):
        return AwaitedFunction(source)
    if isinstance(source, ProvidedCredentials):
        if is_async(source.provider.get_frozen_credentials):
            return AwaitedCoroutine(source)
        if hasattr(source.provider, "refresh_needed"):
            return AwaitedCredentials(source)
    return None


async def adopt(given: Any) -> Credentials | Absent:
    """Turns the caller's `credentials` into an object that a client can ask.

    Raises:
        TypeError: It has no credentials to give.
    """
    is_session = not isinstance(given, type | Credentials) and not hasattr(given, "get_frozen_credentials")
    get_credentials = getattr(given, "get_credentials", None)
    if not is_session or not callable(get_credentials):
        return provided.adopt(given, awaits=True)
    found = get_credentials() if is_async(get_credentials) else await finished(in_thread(get_credentials))
    return provided.of_session(given, await found if hasattr(found, "__await__") else found)


async def finished(call: Call[_T]) -> _T:
    """Waits for a thread; a task that stops waiting leaves it running for the others."""
    return call.taken(await asyncio.wrap_future(call.outcome))


class LoopGoneError(RuntimeError):
    """The event loop that fetched the credentials has ended. Waiters in another loop fetch them again."""

    def __init__(self) -> None:
        super().__init__("the event loop ended while it fetched credentials")


class AwaitedRefreshable:
    """Our own credentials: fetched in a thread."""

    def __init__(self, credentials: RefreshableCredentials) -> None:
        self._credentials = credentials
        #: The part that native clients share.
        self._native = credentials._native  # noqa: SLF001 - our own class

    def pause(self) -> Coroutine[Any, Any, None] | None:
        """Starts a fetch that is due. While the old credentials work, no caller waits for it."""
        credentials = self._credentials
        if not credentials.is_due():
            return None
        fetch = credentials.refresh_in_background()
        return None if credentials.is_usable() else _done(fetch)

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns the present credentials."""
        return self._credentials.held()


async def _done(call: Call[Any]) -> None:
    await finished(call)


class AwaitedCredentials:
    """Credentials of botocore, which decides when to fetch. They are asked in a thread if that would fetch."""

    def __init__(self, source: ProvidedCredentials) -> None:
        self._source = source
        self._shown: tuple[FrozenCredentials, float] | None = None
        self._flight = Flight()
        renew_after_fork(self._flight)

    def pause(self) -> Coroutine[Any, Any, None] | None:
        """Asks at once if no wait is needed."""
        refresh_needed = self._source.provider.refresh_needed
        if not refresh_needed():
            self._shown = self._source.current()
            return None
        fetch = self._flight.join(self._source.current)
        mandatory = getattr(self._source.provider, "_mandatory_refresh_timeout", MANDATORY)
        return None if self._shown is not None and not refresh_needed(mandatory) else self._taken(fetch)

    async def _taken(self, fetch: Call[tuple[FrozenCredentials, float]]) -> None:
        self._shown = await finished(fetch)

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns the credentials that were shown last."""
        return self._source.current() if self._shown is None else self._shown


class AwaitedCoroutine:
    """Credentials of aiobotocore. A coroutine asks them, and waits only if they fetch."""

    def __init__(self, source: ProvidedCredentials) -> None:
        self._source = source
        self._shown: tuple[FrozenCredentials, float] | None = None

    async def pause(self) -> None:
        """Asks."""
        self._shown = self._source.show(await self._source.provider.get_frozen_credentials())

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns the credentials that were shown last."""
        return self._source.current() if self._shown is None else self._shown


class AwaitedFunction:
    """A function: called in the loop if it is `async`, else in a thread.

    One call fetches credentials with an expiry for all callers. Credentials without one belong to the call that asked.
    """

    def __init__(self, source: ProvidedFunction) -> None:
        self._source = source
        self._is_async = is_async(source.provider)
        self._is_known = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: AwaitedRefreshable | None = None
        # The credentials of the present task: two loops in two threads may share a client.
        self._own = threading.local()
        self._flight = Flight()
        renew_after_fork(self._flight)

    def pause(self) -> Coroutine[Any, Any, None] | None:
        """Asks, unless there are credentials that expire late enough."""
        self._own.answer = None
        if self._ending is None:
            return self._asked()
        self._loop = asyncio.get_running_loop()
        pause = self._ending.pause()
        return None if pause is None else self._refreshed(self._ending, pause)

    async def _refreshed(self, ending: AwaitedRefreshable, pause: Coroutine[Any, Any, None]) -> None:
        try:
            await pause
        except LoopGoneError:
            again = ending.pause()
            if again is not None:
                await again
        # Other tasks of this thread may have left their credentials.
        self._own.answer = None

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns the credentials that this call asked for, or those with an expiry."""
        answer: tuple[FrozenCredentials, float] | None = getattr(self._own, "answer", None)
        if answer is not None:
            return answer
        if self._ending is None:
            return self._source.current()
        credentials, due = self._ending.current()
        if credentials.expiry is None:
            # The function no longer gives an expiry.
            self._ending = None
            return credentials, AT_ONCE
        return credentials, due

    async def _asked(self) -> None:
        loop = asyncio.get_running_loop()
        if not self._is_known:
            # Only after the call is it known whether its result serves all callers.
            call = self._flight.join(partial(self._call, loop))
            is_own = call.is_own
            try:
                credentials = await finished(call)
            except LoopGoneError:
                credentials, is_own = await self._call_for_itself(loop), True
            self._is_known = True
            if credentials.expiry is None and not is_own:
                credentials = await self._call_for_itself(loop)
        else:
            credentials = await self._call_for_itself(loop)
        self._own.answer = None if credentials.expiry is not None else (credentials, AT_ONCE)
        if credentials.expiry is not None and self._ending is None:
            self._loop = loop
            fetched = [credentials]
            # Its first fetch has been made.
            ending = RefreshableCredentials(lambda: fetched.pop() if fetched else self._fetch(), self._source.method)
            ending.current()
            self._ending = AwaitedRefreshable(ending)

    async def _call_for_itself(self, loop: asyncio.AbstractEventLoop) -> FrozenCredentials:
        if not self._is_async:
            return await finished(in_thread(partial(self._call, loop)))
        answer = await _resolved(await self._source.provider())
        if hasattr(answer, "get_frozen_credentials") or hasattr(answer, "get_credentials"):
            # They may be botocore's, which may fetch.
            return await finished(in_thread(partial(self._source.read, answer)))
        return self._source.read(answer)

    def _fetch(self) -> FrozenCredentials:
        if self._loop is None:
            raise RuntimeError("presigned.aio fetches credentials only while an event loop runs")
        return self._call(self._loop)

    def _call(self, loop: asyncio.AbstractEventLoop) -> FrozenCredentials:
        """Calls the function from a thread."""
        if self._is_async:
            answer = _wait_for(_answered(self._source.provider), loop)
        else:
            answer = self._source.provider()
            if hasattr(answer, "__await__") or hasattr(answer, "get_frozen_credentials"):
                answer = _wait_for(_resolved(answer), loop)
        return self._source.read(answer)


async def _answered(function: Any) -> Any:
    return await _resolved(await function())


async def _resolved(answer: Any) -> Any:
    """Awaits the answer, and then its frozen credentials if it is an asynchronous credentials object."""
    if hasattr(answer, "__await__"):
        answer = await answer
    for name in ("get_credentials", "get_frozen_credentials"):
        ask = getattr(answer, name, None)
        if callable(ask) and is_async(ask):
            answer = await ask()
    return answer


def _wait_for(coroutine: Coroutine[Any, Any, Any], loop: asyncio.AbstractEventLoop) -> Any:
    """Runs a coroutine in a loop, from another thread."""
    try:
        future = asyncio.run_coroutine_threadsafe(coroutine, loop)
    except RuntimeError:
        # The loop is closed.
        coroutine.close()
        raise
    while not concurrent.futures.wait([future], _GLANCE).done:
        if not loop.is_running():
            future.cancel()
            raise LoopGoneError
    try:
        return future.result()
    except concurrent.futures.CancelledError:
        raise LoopGoneError from None
