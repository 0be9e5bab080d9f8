"""Runs in the Python that a wheel is tested with, and prints what the wheel answers.

wheel_program.py FOLDER: the folder that the wheel was installed into. The output is JSON: the second and the result of
each call, the modules that were loaded, and the access key that a server gave.
"""

from __future__ import annotations

import importlib
import json
import platform
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, sys.argv[1])

import presigned
from wheel_calls import ACCESS_KEY, CLIENTS, SECRET_KEY, Call, calls


def client(signature_version: str = "s3v4", **options: Any) -> object:
    """Makes a client with keys."""
    config = presigned.Config(signature_version=signature_version)
    options |= {"aws_access_key_id": ACCESS_KEY, "aws_secret_access_key": SECRET_KEY}
    return presigned.client("s3", config=config, **options)


def in_one_second(call: Call, clients: list[object]) -> tuple[int, object]:
    """Signs until a call begins and ends in the same second."""
    while True:
        began = int(time.time())
        result = call.ask(clients)
        if int(time.time()) == began:
            return began, result


def main() -> None:
    """Prints all of it."""
    folder = Path(presigned.__file__).parent
    if folder.parent != Path(sys.argv[1]):
        raise SystemExit(f"this is another presigned: {folder}")
    modules = sorted(path.name.partition(".")[0] for path in folder.glob("*.so"))
    for name in modules:
        importlib.import_module(f"presigned.{name}")
    clients = [client(**options) for options in CLIENTS]
    signed = [in_one_second(call, clients) for call in calls()]
    credentials = presigned.Session().get_credentials()
    fetched = None if credentials is None else credentials.access_key
    found = {"version": platform.python_version(), "machine": platform.machine(), "libc": platform.libc_ver()[0]}
    print(json.dumps({**found, "modules": modules, "signed": signed, "fetched": fetched}))


if __name__ == "__main__":
    main()
