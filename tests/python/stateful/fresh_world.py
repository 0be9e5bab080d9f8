"""A world in a process that has nothing of boto3 loaded, or of presigned, before the program asks for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .observed import AtLeast, Observation
from .server import Server


class Fresh:
    """A process that starts worlds.

    Args:
        module: `boto3` or `presigned`.
        server: Where all requests go.
        environ: The environment of the programs.
    """

    def __init__(self, module: str, server: Server, environ: dict[str, str]) -> None:
        self.server = server
        command = [sys.executable, str(Path(__file__).with_name("fresh.py")), module, server.url]
        given = {**environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=given)

    def ask(self, line: str | None) -> Any:
        """Has a line run, or with `None` a program started or ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(line).encode() + b"\n")
        self._process.stdin.flush()
        return None if line is None else json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


class FreshWorld:
    """Runs the lines of one program.

    Args:
        fresh: The process.
    """

    clients_made = 0
    is_interfered_with = has_moved_on = False
    default_session = None

    def __init__(self, fresh: Fresh) -> None:
        self._fresh = fresh
        self.names: dict[str, Any] = {}
        fresh.ask(None)

    def do(self, line: str) -> Observation:
        """Runs a line."""
        self._fresh.server.taken()
        answer = self._fresh.ask(line)
        self.names = dict.fromkeys(answer.pop("names"))
        result = AtLeast(**answer) if "holds" in answer else answer
        return Observation(result, self._fresh.server.taken())

    def follow(self, before: Any, now: Any) -> None:
        """Does nothing: every line runs in both worlds."""

    def end(self) -> None:
        """Ends the program."""
        self._fresh.ask(None)
