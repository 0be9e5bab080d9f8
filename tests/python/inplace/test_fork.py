"""A child of a fork presigns, installs and uninstalls, even if other threads of the parent were busy with that."""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import presigned
from inplace import settings
from inplace.twins import client
from presigned._boto3 import inplace
from presigned._boto3.inplace import registry

GET = ("get_object", settings.BASE)
#: The kinds of locks that a module may have.
LOCKS = (type(threading.Lock()), type(threading.RLock()))

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork"),
    # The test is about a process with threads that forks.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


def locks() -> list[Any]:
    """Every lock of the modules that stand in for botocore's functions."""
    names = [f"presigned._boto3.inplace.{one.name}" for one in pkgutil.iter_modules(inplace.__path__)]
    modules = [inplace, *map(importlib.import_module, names)]
    return [value for module in modules for value in vars(module).values() if isinstance(value, LOCKS)]


@contextmanager
def held_by_another_thread(held: list[Any]) -> Iterator[None]:
    """Has a thread hold locks, like a thread that is in the middle of its work."""
    is_held, is_over = threading.Event(), threading.Event()

    def hold() -> None:
        for lock in held:
            lock.acquire()
        is_held.set()
        is_over.wait()
        for lock in held:
            lock.release()

    thread = threading.Thread(target=hold)
    thread.start()
    is_held.wait()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def in_child(work: Callable[[], bool]) -> int:
    """Forks, and returns how the child ended: 0 if its work was right, a signal's number if it hung."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            signal.alarm(10)
            code = 0 if work() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_there_is_a_lock_that_a_thread_may_hold() -> None:
    assert inplace._LOCK in locks()


def installs(_: Any, expected: str) -> bool:
    """Installs, and presigns with a new client."""
    presigned.install()
    one = client(region_name="us-east-1")
    return one.generate_presigned_url(*GET) == expected and registry.covered(one) is not None


def undoes(before: Any, expected: str) -> bool:
    """Uninstalls, and presigns with the client of the parent."""
    presigned.uninstall()
    return before.generate_presigned_url(*GET) == expected and registry.covered(before) is None


def accelerates(_: Any, expected: str) -> bool:
    """Makes a client, and speeds it up."""
    one = presigned.accelerate(client(region_name="us-east-1"))
    return one.generate_presigned_url(*GET) == expected and registry.covered(one) is not None


def presigns(before: Any, expected: str) -> bool:
    """Presigns with the client of the parent, which must be checked again in the child."""
    before.meta.events.register("before-send.s3", lambda **_: None)
    made = before.generate_presigned_url(*GET)
    form = before.generate_presigned_post("bucket", "key")
    return made == expected and "fields" in form and registry.covered(before) is not None


@pytest.mark.parametrize("work", [installs, undoes, accelerates, presigns])
def test_a_child_is_not_held_up_by_what_a_thread_of_the_parent_held(work: Callable[[Any, str], bool]) -> None:
    presigned.install()
    before = client(region_name="us-east-1")
    expected = before.generate_presigned_url(*GET)
    with held_by_another_thread(locks()):
        assert in_child(lambda: work(before, expected)) == 0
    # The parent's own lock works.
    presigned.uninstall()
    assert before.generate_presigned_url(*GET) == expected


def test_a_client_that_is_undone_while_it_is_looked_at_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    presigned.install()
    one = client(region_name="us-east-1")
    expected = one.generate_presigned_url(*GET)
    vars(one).pop("_presigned_fast_path")
    names = set(vars(one))
    real: Any = vars(registry)["FastPath"]

    def slow(client_: Any) -> Any:
        made = real(client_)
        # Another thread uninstalls and installs again, before this one has stored its result.
        presigned.uninstall()
        presigned.install()
        return made

    monkeypatch.setattr(registry, "FastPath", slow)
    assert one.generate_presigned_url(*GET) == expected
    assert set(vars(one)) == names


def test_a_client_of_presigned_does_not_change() -> None:
    own, other = client(region_name="us-east-1"), client(region_name="us-east-1")
    registry.adopt(own)
    assert registry.covered(own) is not None
    assert registry.covered(other) is None
    presigned.install()
    assert registry.covered(own) is not None
    presigned.uninstall()
    assert registry.covered(own) is not None
    assert "_presigned_fast_path" in vars(own)
    ours = presigned.client("s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    methods = {name: getattr(type(ours), name) for name in ("generate_presigned_url", "generate_presigned_post")}
    presigned.install()
    presigned.uninstall()
    assert {name: getattr(type(ours), name) for name in methods} == methods
