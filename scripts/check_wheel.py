"""Installs a wheel of dist/wheels for each Python of its platform, and compares what it signs there with botocore's.

check_wheel.py TAG. botocore signs here, in the seconds in which the other Python signed. That Python also loads each
extension module, and fetches credentials from a server, as in a container.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import botocore.session
import time_machine
from botocore.config import Config

from audit_wheel import modules
from debian_packages import CACHE
from foreign_pythons import pythons
from platforms import Platform, chosen
from wheel_calls import ACCESS_KEY, CLIENTS, SECRET_KEY, calls

ROOT = Path(__file__).parent.parent
OUT = Path("dist/wheels")
ZIG = str(CACHE / "tools/bin/python-zig")
FETCHED = "ASIAFETCHEDFROMASERVER"
CREDENTIALS = {
    "AccessKeyId": FETCHED,
    "SecretAccessKey": SECRET_KEY,
    "Token": "t",
    "Expiration": "2099-01-01T00:00:00Z",
}


class Container(BaseHTTPRequestHandler):
    """Gives credentials, as ECS does."""

    def do_GET(self) -> None:
        """Answers."""
        content = json.dumps(CREDENTIALS).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Prints nothing."""


def main(tag: str) -> None:
    """Tests the wheel of a platform."""
    (platform,) = chosen([tag])
    (wheel,) = OUT.glob(platform.pattern())
    folder = install(wheel, platform)
    found = pythons(platform, ZIG)
    if not found:
        raise SystemExit(f"{tag}: this machine has no Python to test it with")
    for description, command in found.items():
        answer = compare(command, folder)
        print(f"{tag}: {len(answer['signed'])} URLs and forms are botocore's, in {description} ({answer['version']})")
    # As scripts/step.py counts them.
    print(f"{len(found)} passed in {tag}")


def install(wheel: Path, platform: Platform) -> Path:
    """Lets pip install the wheel for that platform. It refuses a wheel whose tags are others."""
    folder = CACHE / "installed" / platform.tag
    shutil.rmtree(folder, ignore_errors=True)
    kind = ["--platform", platform.tag, "--implementation", "cp", "--python-version", "3.10", "--abi", "abi3"]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*pip, *kind, "--find-links", str(wheel.parent), "--target", str(folder), "presigned"], check=True)
    return folder


def compare(command: list[str], folder: Path) -> dict[str, Any]:
    """Lets the other Python sign, and fails if anything is not as botocore has it; returns what it printed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Container)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        answer = run(command, folder, server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    check(answer)
    return answer


def run(command: list[str], folder: Path, port: int) -> dict[str, Any]:
    """Runs the program in the other Python; returns what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))}
    environment |= {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://127.0.0.1:{port}/",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    program = [*command, str(ROOT / "scripts/wheel_program.py"), str(folder)]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command}:\n{done.stdout}{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def botocore_client(signature_version: str = "s3v4", **options: str) -> Any:
    """Makes botocore's client of the same name."""
    return botocore.session.get_session().create_client(
        "s3",
        config=Config(signature_version=signature_version),
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        **options,
    )


def check(answer: dict[str, Any]) -> None:
    """Fails if an answer is not complete and right."""
    clients = [botocore_client(**options) for options in CLIENTS]
    asked = list(calls())
    if len(answer["signed"]) != len(asked):
        raise SystemExit(f"{len(answer['signed'])} results for {len(asked)} calls")
    for call, (second, result) in zip(asked, answer["signed"], strict=True):
        with time_machine.travel(second, tick=False):
            expected = call.ask(clients)
        if result != expected:
            raise SystemExit(f"{call}:\n{result}\n{expected}")
    if set(answer["modules"]) != modules(ROOT):
        raise SystemExit(f"it loaded {answer['modules']} only")
    if answer["fetched"] != FETCHED:
        raise SystemExit(f"it fetched {answer['fetched']}")


if __name__ == "__main__":
    main(sys.argv[1])
