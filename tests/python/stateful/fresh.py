"""A process that has boto3 loaded, or presigned and nothing of boto3, and has a child of its own run each program.

    python fresh.py MODULE SERVER

It reads lines, each as JSON, and answers each. `null` ends a program.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any

import time_machine

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.timezone.utc)


class Own:
    """Names that a program takes from botocore, or from presigned in its place, when it asks for them.

    Args:
        module: What the program calls `boto3`.
    """

    def __init__(self, module: str) -> None:
        self._module = module if module == "presigned" else "botocore"

    @property
    def errors(self) -> Any:
        """The module of exceptions."""
        return importlib.import_module(f"{self._module}.exceptions")

    @property
    def UNSIGNED(self) -> Any:  # noqa: N802 - botocore's name
        """The mark of what is not signed."""
        return importlib.import_module(self._module).UNSIGNED

    @property
    def Config(self) -> Any:  # noqa: N802 - botocore's name
        """The class of options."""
        return importlib.import_module(f"{self._module}.config").Config


def has_caught(call: Callable[[], Any], kind: Any) -> Any:
    """Whether an exception is of a kind, and whether it has its name: then it may be, where in boto3 it is not."""
    try:
        return text_of(call())
    except Exception as error:  # noqa: BLE001 - any exception may be the right one
        return {"holds": isinstance(error, kind), "may_hold": kind.__name__ == type(error).__name__}


def text_of(value: Any) -> Any:
    """A value as JSON has it."""
    return value if value is None or isinstance(value, bool | str) else type(value).__name__


def run(line: str, names: dict[str, Any]) -> Any:
    """Runs a line."""
    try:
        try:
            code = compile(line, "<program>", "eval")
        except SyntaxError:
            code = compile(line, "<program>", "exec")
        result = eval(code, names)
        return result if isinstance(result, dict) and "holds" in result else {"value": text_of(result)}
    except Exception as error:  # noqa: BLE001 - any exception may be the right one
        return {"error": f"{type(error).__name__}: {error}"}


def lines() -> Any:
    """What is asked, a line at a time: the rest of it is for the next child."""
    text = b""
    while piece := os.read(0, 1):
        text += piece
        if piece == b"\n":
            yield json.loads(text)
            text = b""


def program(module: Any, server: str) -> None:
    """Runs the lines of one program."""
    own = Own(module.__name__)
    names: dict[str, Any] = {"boto3": module, "own": own, "SERVER": server, "has_caught": has_caught}
    for line in lines():
        if line is None:
            return
        told = {**run(line, names), "names": [name for name in names if name[-1].isdigit()]}
        os.write(1, json.dumps(told).encode() + b"\n")


def main() -> None:
    """Has a child run each program."""
    module = importlib.import_module(sys.argv[1])
    with time_machine.travel(NOON, tick=False):
        for _ in lines():
            child = os.fork()
            if child == 0:
                with contextlib.suppress(BaseException):
                    program(module, sys.argv[2])
                os._exit(0)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main()
