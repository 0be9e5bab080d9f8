"""A process that has boto3 loaded, or presigned and nothing of boto3, and has a child of its own run each program.

    python fresh.py MODULE SERVER

It reads lines, each as JSON, and answers each. `null` ends a program.

What takes the time of a child is done before in its parent, as far as no program can see it: boto3's models are read,
and packages that botocore needs, which are not botocore's own, are imported.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import gzip
import importlib
import importlib.util
import json
import os
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

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
        answer = {**run(line, names), "names": [name for name in names if name[-1].isdigit()]}
        os.write(1, json.dumps(answer).encode() + b"\n")


#: What botocore and boto3 import. None of these modules imports botocore or boto3.
NEEDED = (
    "concurrent.futures.thread", "configparser", "dateutil.parser", "getpass", "html.parser", "jmespath",
    "multiprocessing.managers", "platform", "urllib.request", "urllib3", "uuid", "xml.etree.ElementTree",
)  # fmt: skip
#: What botocore reads for a client and a resource of S3.
READ = (
    "botocore/data/endpoints.json",
    "botocore/data/partitions.json",
    "botocore/data/_retry.json",
    "botocore/data/sdk-default-configuration.json",
    "botocore/data/s3/2006-03-01/endpoint-rule-set-1.json.gz",
    "botocore/data/s3/2006-03-01/service-2.json.gz",
    "boto3/data/s3/2006-03-01/resources-1.json",
)


@contextlib.contextmanager
def prepared(module: Any) -> Iterator[None]:
    """Does before what the children need."""
    with contextlib.ExitStack() as stack:
        if module.__name__ == "boto3":
            stack.enter_context(importlib.import_module("cached_models").cached_models())
            resource = module.Session().resource("s3", endpoint_url="http://127.0.0.1:9")
            with contextlib.suppress(Exception):
                resource.Object("photos", "cat.jpg").load()
        else:
            for name in NEEDED:
                importlib.import_module(name)
            stack.enter_context(mock.patch.object(json, "loads", remembering_models()))
            assert not {"boto3", "botocore"} & {*sys.modules}
        # A child ends before there is much to collect, and a look at everything would copy its parent's memory.
        gc.disable()
        yield


def remembering_models() -> Any:
    """`json.loads` that has read botocore's models."""
    loads, known = json.loads, dict[str, Any]()
    for name in READ:
        package, _, path = name.partition("/")
        spec = importlib.util.find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        content = (Path(spec.origin).parent / path).read_bytes()
        text = (gzip.decompress(content) if path.endswith(".gz") else content).decode()
        known[text] = loads(text, object_pairs_hook=OrderedDict)

    def remembered(text: Any, **options: Any) -> Any:
        return known[text] if text in known else loads(text, **options)

    return remembered


def main() -> None:
    """Has a child run each program."""
    module = importlib.import_module(sys.argv[1])
    with prepared(module), time_machine.travel(NOON, tick=False):
        for _ in lines():
            child = os.fork()
            if child == 0:
                with contextlib.suppress(BaseException):
                    program(module, sys.argv[2])
                os._exit(0)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main()
