"""Small programs print the same with boto3 and with presigned in its place, in `sys.modules` or by their imports."""

from __future__ import annotations

import ast
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "swapped"
PYTHONPATH = os.pathsep.join([str(FOLDER.parents[1]), *sys.path])
#: The files of programs: each function whose name has no underscore in front is one, unless it takes arguments.
FILES = ("settings", "environment", "state", "keys", "mocks", "kinds", "subclasses", "errors", "resources")


def programs() -> list[tuple[str, str]]:
    """File and function of each program."""
    return [
        (file, node.name)
        for file in FILES
        for node in ast.parse((FOLDER / f"{file}.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.args.args and not node.name.startswith("_")
    ]


@functools.cache
def server(world: str) -> subprocess.Popen[str]:
    """A process that forks for each program. It ends with its stdin, which is to say with this process."""
    environ = {**os.environ, "PYTHONPATH": PYTHONPATH}
    command = [sys.executable, "-W", "ignore", str(FOLDER / "serve.py"), world]
    return subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@functools.cache
def printed(world: str, file: str, function: str) -> str:
    """What a program prints, without what differs in every process."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as outside:
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "HTTP", "http"))},
            "AWS_ACCESS_KEY_ID": "AKENV",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "eu-central-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": f"{folder}/none",
            "AWS_SHARED_CREDENTIALS_FILE": f"{folder}/none",
            "FOLDER": folder,
            "HOME": folder,
            "PYTHONPATH": PYTHONPATH,
        }
        outputs = [Path(outside, name) for name in ("stdout", "stderr")]
        for output in outputs:
            output.touch()
        process = server(world)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([str(FOLDER / f"{file}.py"), function, environ, *map(str, outputs)]) + "\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        stdout, stderr = (output.read_text(encoding="utf-8") for output in outputs)
    end = "" if code == 0 else f"ended with {code}: {stderr.strip().splitlines()[-1:]}"
    text = (stdout + end).replace(folder, "FOLDER")
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", re.sub("0x[0-9a-f]+", "0x", text))


@pytest.mark.parametrize("world", ["replaced", "rewritten"])
@pytest.mark.parametrize(("file", "function"), programs())
def test_a_program_prints_the_same(file: str, function: str, world: str) -> None:
    theirs = printed("boto3", file, function)
    assert "ended with" not in theirs
    assert printed(world, file, function) == theirs
