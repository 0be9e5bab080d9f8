# ruff: noqa: PLC0415 - what is replaced is to be imported afterwards
"""A program of greenlets that presigns with fetched credentials. `test_greenlets` runs it in its own process.

    python greenlets.py LIBRARY WHAT SOURCE

The server of the credentials is a greenlet too. It answers only after another greenlet has run since it was asked, so
code that blocks the thread waits forever. `WHAT` is replaced in the standard library: `all`, `socket`, or `late`,
which is all of it once presigned and its client are there.
"""

from __future__ import annotations

import datetime
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

KEYS = {"AccessKeyId": "ASIAKEYS", "SecretAccessKey": "hush", "Expiration": "2090-01-31T12:00:00Z"}
WEB_IDENTITY = """<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAKEYS</AccessKeyId><SecretAccessKey>hush</SecretAccessKey>
<SessionToken>t</SessionToken><Expiration>2090-01-31T12:00:00Z</Expiration></Credentials>
</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"""
CALLERS = 12


class Greenlets:
    """gevent or eventlet, as far as both do the same."""

    def __init__(self, library: str) -> None:
        self.library = importlib.import_module(library)
        self.sleep: Any = self.library.sleep
        self.spawn: Any = self.library.spawn

    def patch(self, what: str) -> None:
        if self.library.__name__ == "eventlet":
            self.library.monkey_patch(**({} if what == "all" else {what: True}))
        else:
            monkey = importlib.import_module("gevent.monkey")
            getattr(monkey, f"patch_{what}")()


class Server:
    """Answers each request for credentials after the other greenlets have run."""

    def __init__(self, greenlets: Greenlets) -> None:
        import socket

        self.greenlets = greenlets
        self.asked: list[str] = []
        #: Grows while other greenlets run.
        self.turns = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        greenlets.spawn(self.turn)
        greenlets.spawn(self.serve)

    def turn(self) -> None:
        while True:
            self.turns += 1
            self.greenlets.sleep(0.001)

    def serve(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            self.greenlets.spawn(self.answer, connection)

    def answer(self, connection: Any) -> None:
        while True:
            request = b""
            while b"\r\n\r\n" not in request:
                part = connection.recv(65536)
                if not part:
                    return
                request += part
            head, _, body = request.partition(b"\r\n\r\n")
            lines = head.decode().lower().split("\r\n")
            length = next((int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")), 0)
            while len(body) < length:
                body += connection.recv(65536)
            path = head.decode().split(" ")[1]
            self.asked.append(path)
            before = self.turns
            while self.turns < before + 3:
                self.greenlets.sleep(0)
            text = self.text(path).encode()
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(text) + text)

    def text(self, path: str) -> str:
        if path.endswith("/security-credentials/"):
            return "the-role"
        if path.endswith("/api/token"):
            return "the token"
        if path == "/":
            return WEB_IDENTITY
        if path == "/process":
            return json.dumps({"Version": 1, "SessionToken": "t", **KEYS})
        return json.dumps({"Code": "Success", "Token": "t", **KEYS})


def configured(source: str, server: Server, folder: str) -> None:
    """Sets the variables that name the source of credentials."""
    os.environ["AWS_EC2_METADATA_DISABLED"] = "false" if source == "instance" else "true"
    if source == "instance":
        os.environ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = server.url
    elif source == "container":
        os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = f"{server.url}/keys"
    elif source == "web identity":
        token = Path(folder, "token")
        token.write_text("a token", encoding="utf-8")
        os.environ.update(AWS_ENDPOINT_URL_STS=server.url, AWS_ROLE_ARN="arn:aws:iam::1:role/r")
        os.environ["AWS_WEB_IDENTITY_TOKEN_FILE"] = str(token)
    elif source == "process":
        fetch = f"import urllib.request as u; print(u.urlopen('{server.url}/process').read().decode())"
        config = f'[default]\ncredential_process = {sys.executable} -c "{fetch}"\n'
        Path(os.environ["AWS_CONFIG_FILE"]).write_text(config, encoding="utf-8")


def main() -> None:
    """Signs, alone and then with many at once, and prints what was signed with and how often it was fetched."""
    library, what, source, folder = sys.argv[1:]
    greenlets = Greenlets(library)
    if what != "late":
        greenlets.patch(what)
    import presigned
    from presigned._core import FrozenCredentials
    from presigned._credentials.refreshable import RefreshableCredentials

    fetched: list[int] = []

    def fetch() -> FrozenCredentials:
        fetched.append(1)
        greenlets.sleep(0.05)
        return FrozenCredentials("ASIAKEYS", "hush", "t", None, presigned._core.now() + 3600)

    if source == "function":
        client = presigned.client("s3", "eu-central-1", credentials=RefreshableCredentials(fetch, "m"))
        if what == "late":
            greenlets.patch("all")
        server = Server(greenlets)
        server.asked = fetched  # type: ignore[assignment] # both are counted
    else:
        server = Server(greenlets)
        configured(source, server, folder)
        client = presigned.client("s3", "eu-central-1")

    signed: list[str] = []

    def sign() -> None:
        url = client.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"})
        signed.append(url.partition("Credential=")[2].partition("%2F")[0])

    sign()
    credentials = client._presigned.credentials["source"]
    # All greenlets wait for the next fetch.
    if hasattr(credentials, "_expiry_time"):
        credentials._expiry_time = datetime.datetime.fromtimestamp(0, datetime.timezone.utc)
    before = len(server.asked)
    for _ in range(CALLERS):
        greenlets.spawn(sign)
    while len(signed) <= CALLERS:
        greenlets.sleep(0.001)
    sys.stdout.write(json.dumps({"signed": sorted(set(signed)), "first": before, "then": len(server.asked) - before}))


if __name__ == "__main__":
    main()
