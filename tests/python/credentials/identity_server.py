"""A server on loopback that speaks STS and the two services of IAM Identity Center, and records the requests."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

#: When the credentials that it returns expire.
EXPIRATION = "2099-01-01T00:00:00Z"
EXPIRATION_MS = 4070908800_000
ACCOUNT = "123456789012"


@dataclass(frozen=True)
class Asked:
    """One request: what is asked for, and by whom."""

    operation: str
    parameters: dict[str, Any]
    #: The access key, region and service of the signature, if there is one.
    signer: tuple[str, str, str] | None = None
    token: str | None = None
    #: Host and path.
    where: str = ""


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    status: int
    body: str
    content_type: str = "text/xml"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Identity:
    """What the server will answer, and which requests it got."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    #: Operation -> the answer, in place of credentials or a token.
    answers: dict[str, Callable[[Asked], Answer]] = field(default_factory=dict)

    def taken(self) -> list[Asked]:
        """The requests since the last look."""
        asked, self.asked = self.asked, []
        return asked

    def answer(self, asked: Asked) -> Answer:
        """The answer set for the operation, or else credentials named after what was asked for."""
        self.asked.append(asked)
        return self.answers.get(asked.operation, USUAL[asked.operation])(asked)


def sts_credentials(asked: Asked, expiration: str = EXPIRATION) -> Answer:
    """Credentials of a role, in the form of STS; the access key ends like the role's name."""
    arn, session = asked.parameters["RoleArn"], asked.parameters["RoleSessionName"]
    name = arn.rpartition("/")[2]
    user = f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/{session}"
    return Answer(
        200,
        f'<{asked.operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{asked.operation}Result>'
        f"<Credentials><AccessKeyId>ASIA{escape(name)}</AccessKeyId><SecretAccessKey>secret of {escape(name)}"
        f"</SecretAccessKey><SessionToken>token of {escape(name)}</SessionToken><Expiration>{expiration}</Expiration>"
        f"</Credentials><AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>{escape(user)}</Arn>"
        f"</AssumedRoleUser></{asked.operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
        f"</{asked.operation}Response>",
    )


def sts_error(code: str, message: str, status: int = 403) -> Callable[[Asked], Answer]:
    """An error in the form of STS."""
    body = (
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>'
        f"<Code>{code}</Code><Message>{escape(message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    )
    return lambda _: Answer(status, body)


def sso_credentials(asked: Asked) -> Answer:
    """Credentials of a role, in the form of IAM Identity Center; they expire at a fraction of a second."""
    name = asked.parameters["role_name"]
    keys = {
        "accessKeyId": f"ASIA{name}",
        "secretAccessKey": f"secret of {name}",
        "sessionToken": f"token of {name}",
        "expiration": EXPIRATION_MS + 987,
    }
    return Answer(200, json.dumps({"roleCredentials": keys}), "application/json")


def sso_token(_: Asked) -> Answer:
    """A new token, and one to renew it by."""
    token = {"accessToken": "renewed", "tokenType": "Bearer", "expiresIn": 28800, "refreshToken": "next"}
    return Answer(200, json.dumps(token), "application/json")


def json_error(code: str, message: str, status: int) -> Callable[[Asked], Answer]:
    """An error in the form of IAM Identity Center."""
    headers = {"x-amzn-ErrorType": code}
    return lambda _: Answer(status, json.dumps({"message": message}), "application/json", headers)


USUAL: dict[str, Callable[[Asked], Answer]] = {
    "AssumeRole": sts_credentials,
    "AssumeRoleWithWebIdentity": sts_credentials,
    "GetRoleCredentials": sso_credentials,
    "CreateToken": sso_token,
}


class Handler(BaseHTTPRequestHandler):
    """Reads one request after another."""

    protocol_version = "HTTP/1.1"
    identity: Identity

    def do_GET(self) -> None:
        """The portal of IAM Identity Center."""
        parameters = dict(parse_qsl(urlsplit(self.path).query))
        self._reply(
            Asked("GetRoleCredentials", parameters, None, self.headers["x-amz-sso_bearer_token"], self._where())
        )

    def do_POST(self) -> None:
        """STS, and the tokens of IAM Identity Center."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if urlsplit(self.path).path.endswith("/token"):
            self._reply(Asked("CreateToken", json.loads(body), where=self._where()))
            return
        parameters = dict(parse_qsl(body, keep_blank_values=True))
        scope = re.search("Credential=([^/]+)/[0-9]+/([^/]+)/([^/]+)/", self.headers.get("Authorization", ""))
        signer = None if scope is None else (scope[1], scope[2], scope[3])
        operation = parameters.pop("Action")
        assert parameters.pop("Version") == "2011-06-15"
        self._reply(Asked(operation, parameters, signer, self.headers["X-Amz-Security-Token"], self._where()))

    def _where(self) -> str:
        return self.headers["Host"] + urlsplit(self.path).path

    def _reply(self, asked: Asked) -> None:
        answer = self.identity.answer(asked)
        body = answer.body.encode()
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Type": answer.content_type}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        # No thread waits for a second request: other tests count threads.
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@contextlib.contextmanager
def running(handler: type[Handler]) -> Iterator[Identity]:
    """Start the server on a free port; the handler is a class made for this one."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        handler.identity = identity = Identity(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield identity
        finally:
            server.shutdown()
            thread.join()
