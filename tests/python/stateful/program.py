"""Runs a program in both worlds, line by line, until they differ."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from unittest import mock

import boto3

import presigned

from . import tools
from .grammar import OBJECTS, Line
from .observed import Observation
from .server import Server
from .world import World

START = {"AWS_ACCESS_KEY_ID": "AKENV", "AWS_SECRET_ACCESS_KEY": "SECRET of env", "AWS_DEFAULT_REGION": "eu-central-1"}
#: presigned asks for the credentials of roles itself.
STS = "AWS_ENDPOINT_URL_STS"
_PLACE = re.compile(r"<(new )?([a-z]+)(?::(\d+))?>")


def difference(lines: Iterable[Line], server: Server, folder: Path) -> str | None:
    """Runs a program; where the two worlds come to differ, the lines up to there, and what differs."""
    with _surroundings(folder, server):
        theirs, ours = World(boto3, server), World(presigned, server)
        program = Program(theirs, ours)
        return program.run_all(lines, at_last=lambda: ours.shown_secret(program.objects()))


class Running(Protocol):
    """What runs the lines of a program."""

    #: How many clients of boto3's were made.
    clients_made: int
    #: Whether something other than arguments may decide what is presigned: a handler, a patch, a redirect.
    is_interfered_with: bool
    #: Whether credentials, environment or files may no longer be those that a client was made with.
    has_moved_on: bool
    #: What `boto3.DEFAULT_SESSION` is while lines run.
    default_session: Any

    @property
    def names(self) -> dict[str, Any]:
        """What the program has made, by name."""

    def do(self, line: str) -> Observation:
        """Runs a line."""

    def follow(self, before: Any, now: Any) -> None:
        """Resets or restores `boto3.DEFAULT_SESSION`, as a line did that ran in the other world alone."""


class Program:
    """A program that is running.

    Args:
        theirs: Where it has boto3.
        ours: Where it has presigned in its place.
    """

    def __init__(self, theirs: Running, ours: Running) -> None:
        self._theirs, self._ours = theirs, ours
        #: Kind -> expressions for the objects there are.
        self._objects: dict[str, list[str]] = {kind: [] for kind in OBJECTS}
        self._objects["maker"].append("boto3")
        self._objects["session"].append("boto3._get_default_session()")
        self._made = dict.fromkeys(OBJECTS, 0)
        self._text: list[str] = []
        self._is_light = True

    def run_all(self, lines: Iterable[Line], at_last: Callable[[], str | None]) -> str | None:
        """Runs lines until something differs; the lines up to there, and what differs."""
        found = next((fault for line in lines if (fault := self.run(line))), None) or at_last()
        return found and "\n".join([*self._text, "", found])

    def objects(self) -> list[str]:
        """The clients, sessions and resources there are."""
        return [name for kind in ("client", "session", "resource") for name in self._objects[kind]]

    def run(self, line: Line) -> str | None:
        """Runs a line, and before it those that make what it needs; says what differs."""
        for _, kind, place in _PLACE.findall(line.text):
            if place and not self._objects[kind]:
                needed = OBJECTS[kind]
                if needed is None:
                    return None
                found = self.run(needed)
                if found or not self._objects[kind]:
                    return found
        made: list[tuple[str, str]] = []
        text = _PLACE.sub(lambda gap: self._name(made, *gap.groups()), line.text)
        self._text.append(text)
        # Where a program brings a session of botocore's, boto3 makes the clients.
        self._is_light = self._is_light and line.table.light and "botocore.session" not in text
        for world in (self._theirs, self._ours):
            world.is_interfered_with = world.is_interfered_with or line.table.interferes
            world.has_moved_on = world.has_moved_on or line.table.moves_on
        before = self._theirs.default_session
        theirs = self._theirs.do(text)
        if line.table.once:
            self._ours.follow(before, self._theirs.default_session)
            self._ours.names.update((name, self._theirs.names[name]) for _, name in made if name in self._theirs.names)
        elif found := theirs.difference(self._ours.do(text)):
            return found
        for kind, name in made:
            if name in self._theirs.names:
                self._keep(kind, name)
        return self._broken_law()

    def _name(self, made: list[tuple[str, str]], new: str | None, kind: str, place: str) -> str:
        if new:
            name = f"{kind}{self._made[kind]}"
            self._made[kind] += 1
            made.append((kind, name))
            return name
        there = self._objects[kind]
        return there[-1 - int(place) % len(there)]

    def _keep(self, kind: str, name: str) -> None:
        self._objects[kind].append(name)
        if kind == "session":
            self._objects["maker"].append(name)
        elif kind == "resource":
            self._objects["client"].append(f"{name}.meta.client")

    def _broken_law(self) -> str | None:
        if self._is_light and self._ours.clients_made:
            return "presigned made a client of boto3's, and nothing had asked what only boto3 can answer"
        if self._ours.clients_made > self._theirs.clients_made:
            return f"presigned made {self._ours.clients_made} clients of boto3's, boto3 {self._theirs.clients_made}"
        return None


@contextmanager
def _surroundings(folder: Path, server: Server) -> Iterator[None]:
    """An environment with credentials and a region, no files, and default sessions that are new."""
    files = {"AWS_CONFIG_FILE": folder / "config", "AWS_SHARED_CREDENTIALS_FILE": folder / "credentials"}
    for file in files.values():
        file.unlink(missing_ok=True)
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "AWS_EC2_METADATA_DISABLED": "true",
        STS: server.url,
        **START,
    }
    environ.update((name, str(file)) for name, file in files.items())
    boto3.DEFAULT_SESSION = presigned.DEFAULT_SESSION = None
    with mock.patch.dict(os.environ, environ, clear=True):
        try:
            yield
        finally:
            tools.stop_all()
            boto3.DEFAULT_SESSION = presigned.DEFAULT_SESSION = None
