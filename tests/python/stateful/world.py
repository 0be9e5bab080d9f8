"""One of the two worlds: a namespace in which the lines of a program run, with boto3 in it or presigned."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any
from unittest import mock

import boto3
import botocore.client

from . import handlers, tools
from .observed import Observation, shown
from .server import Server


class World:
    """Runs lines, and says what came of each.

    Args:
        module: What the programs call `boto3`.
        server: Where all requests go.
    """

    def __init__(self, module: Any, server: Server) -> None:
        self.is_boto3 = module.__name__ == "boto3"
        self._server = server
        self._events: list[Any] = []
        self.clients_made = 0
        self.is_interfered_with = self.has_moved_on = False
        #: What `boto3.DEFAULT_SESSION` is while lines of this world run: presigned sets it too, for other packages.
        self.default_session: Any = None
        self._earlier_default_sessions: list[tuple[Any, Any]] = []
        self.names: dict[str, Any] = {
            "boto3": module,
            **tools.for_programs(self, server),
            **handlers.for_programs(self._events.append),
        }

    def do(self, line: str) -> Observation:
        """Runs a line."""
        self._events.clear()
        self._server.taken()
        with _in(self):
            try:
                result = shown(eval(_compiled(line), self.names))
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # noqa: BLE001 - any exception may be the right one, and a panic is not
                # Its frames hold the whole world.
                result = shown(error.with_traceback(None))
        return Observation(result, self._server.taken(), [*self._events])

    def follow(self, before: Any, now: Any) -> None:
        """Resets or restores `boto3.DEFAULT_SESSION` here, as a line did that ran in the other world alone.

        Args:
            before: What it was in the other world.
            now: What it is there since.
        """
        if now is not before:
            self._earlier_default_sessions.append((before, self.default_session))
            # moto's mock sets `None` there. When it ends, it sets what was there before.
            self.default_session = next(
                (ours for theirs, ours in self._earlier_default_sessions if theirs is now and now is not None), None
            )

    def shown_secret(self, expressions: list[str]) -> str | None:
        """The first of these objects that shows a secret."""
        for name in expressions:
            try:
                thing = eval(name, self.names)
                shown = f"{thing!r} {getattr(thing, '__dict__', None)}"
            except Exception:  # noqa: BLE001, S112 - the program left nothing there to look at
                continue
            if "SECRET" in shown:
                return f"vars({name}) shows a secret"
        return None


@functools.lru_cache(4096)
def _compiled(line: str) -> CodeType:
    try:
        return compile(line, "<program>", "eval")
    except SyntaxError:
        return compile(line, "<program>", "exec")


_CURRENT: list[World] = []
_LOCK = threading.Lock()


@contextmanager
def _in(world: World) -> Iterator[None]:
    _CURRENT.append(world)
    boto3.DEFAULT_SESSION = world.default_session
    try:
        yield
    finally:
        world.default_session = boto3.DEFAULT_SESSION
        _CURRENT.pop()


@contextmanager
def watching_clients() -> Iterator[None]:
    """Counts boto3's clients, and has those of boto3's world presign with SigV4 unless set otherwise.

    That is the first line of COMPATIBILITY.md. Nothing else of boto3's is changed.
    """
    creator: Any = botocore.client.ClientCreator
    create, to_sigv2 = creator.create_client, creator._default_s3_presign_to_sigv2

    def create_client(self: Any, *given: Any, **named: Any) -> Any:
        with _LOCK:
            if _CURRENT:
                _CURRENT[-1].clients_made += 1
        return create(self, *given, **named)

    def _default_s3_presign_to_sigv2(self: Any, **given: Any) -> Any:
        return None if _CURRENT and _CURRENT[-1].is_boto3 else to_sigv2(self, **given)

    with (
        mock.patch.object(creator, "create_client", create_client),
        mock.patch.object(creator, "_default_s3_presign_to_sigv2", _default_s3_presign_to_sigv2),
    ):
        yield
