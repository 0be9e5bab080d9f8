"""Fetches that fail while several wait for them, and what can be reached from the exceptions that those get."""

from __future__ import annotations

import gc
import threading
import types
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from presigned._credentials import attempt


class Trace:
    """Data of one request; a `weakref` shows whether something keeps it."""

    def __init__(self, name: str) -> None:
        self.name = name


class FailingFetch:
    """A fetch that fails when the test allows it, while a caller has data in its frame."""

    def __init__(self, failure: Callable[[], BaseException]) -> None:
        self.failure = failure
        self.entered, self.opened = threading.Event(), threading.Event()
        #: The data of each call, as long as it exists.
        self.traces: list[weakref.ref[Trace]] = []

    def __call__(self) -> Any:
        trace = Trace("of the fetch")
        self.traces.append(weakref.ref(trace))
        self.entered.set()
        assert self.opened.wait(60)
        raise self.failure()

    def is_forgotten(self) -> bool:
        gc.collect()
        return all(trace() is None for trace in self.traces)


def chain(error: BaseException) -> Iterator[BaseException]:
    """An exception, and all that is linked to it or kept in it."""
    # By identity; kept, so that no other object takes the identity of one that has gone.
    seen: dict[int, Any] = {}
    todo: list[Any] = [error]
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        if isinstance(one, BaseException):
            yield one
            todo += [one.__cause__, one.__context__, one.args, vars(one), *getattr(one, "exceptions", ())]
        elif isinstance(one, dict):
            todo += one.values()
        elif isinstance(one, list | tuple):
            todo += one


def locals_in(error: BaseException) -> list[Any]:
    """The values of all local variables that can be reached from an exception: of its frames and of their callers."""
    found: list[Any] = []
    for one in chain(error):
        trace = one.__traceback__
        while trace is not None:
            frame: types.FrameType | None = trace.tb_frame
            while frame is not None:
                found += frame.f_locals.values()
                frame = frame.f_back
            trace = trace.tb_next
    return found


def traces_in(error: BaseException) -> set[str]:
    """The requests whose data can be reached from an exception, also through an attempt in a local variable."""
    values = locals_in(error)
    for value in values:
        if isinstance(value, attempt.Attempt) and value.error is not None:
            values += locals_in(value.error)
    return {value.name for value in values if isinstance(value, Trace)}


def together(ask: Callable[[], object], fetch: FailingFetch, monkeypatch: Any, *, callers: int = 6) -> list[Exception]:
    """Has several threads ask at once, all but the first of which wait for its fetch; returns what each caught.

    Every other one, and the first, asks while it handles another exception.
    """
    caught: list[Exception | None] = [None] * callers
    waiting = threading.Semaphore(0)
    wait = attempt.Attempt.wait

    def counted(self: attempt.Attempt) -> None:
        waiting.release()
        wait(self)

    monkeypatch.setattr(attempt.Attempt, "wait", counted)

    def call(number: int) -> None:
        mine = Trace(f"request {number}")
        try:
            if number % 2:
                ask()
            try:
                raise LookupError(mine.name)  # noqa: TRY301 - to be handled
            except LookupError:
                ask()
        except Exception as error:  # noqa: BLE001 - any error
            caught[number] = error

    with ThreadPoolExecutor(callers) as pool:
        calls = [pool.submit(call, 0)]
        assert fetch.entered.wait(60)
        calls += [pool.submit(call, number) for number in range(1, callers)]
        for _ in range(callers - 1):
            assert waiting.acquire(timeout=60)
        fetch.opened.set()
        for one in calls:
            one.result(60)
    found = [error for error in caught if error is not None]
    assert len(found) == callers
    return found
