"""Runs one of the programs with boto3, or with presigned in its place.

    python run.py boto3|replaced|rewritten FILE FUNCTION

`replaced`: `sys.modules["boto3"]` is presigned before anything imports boto3. `rewritten`: the program says
`import presigned as boto3`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any


class NetworkUsed(BaseException):
    """A program would have sent a request to another machine. botocore would retry after an `Exception`."""


def refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    """Allows connections and look-ups on the loopback interface only."""
    host = {"socket.connect": lambda: arguments[1][0], "socket.getaddrinfo": lambda: arguments[0]}.get(event, str)()
    if isinstance(host, str) and host not in {"", "127.0.0.1", "localhost"}:
        raise NetworkUsed(host)


def rewritten(text: str) -> str:
    """A program with its imports of boto3 rewritten, and the names of what it patches."""
    text = re.sub(r"^( *)import boto3$", r"\1import presigned as boto3", text, flags=re.MULTILINE)
    text = re.sub(r"^( *)import boto3\.([a-z.0-9]+)$", r"\1import presigned.\2", text, flags=re.MULTILINE)
    text = re.sub(r"^( *)from boto3", r"\1from presigned", text, flags=re.MULTILINE)
    return re.sub(r"(mock\.patch\(\s*\"|import_module\(\"|find_spec\(\")boto3\.", r"\1presigned.", text)


def main() -> None:
    """Runs it."""
    world, file, function = sys.argv[1:]
    text = Path(file).read_text(encoding="utf-8")
    if world == "rewritten":
        text = rewritten(text)
    elif world == "replaced":
        import presigned

        sys.modules["boto3"] = presigned
    sys.addaudithook(refuse_other_machines)
    namespace: dict[str, Any] = {"__name__": "program", "__file__": file}
    exec(compile(text, file, "exec"), namespace)  # noqa: S102 - a file of this folder
    namespace[function]()


if __name__ == "__main__":
    main()
