"""A server on the loopback that answers as AWS does, and writes down each request as it came."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

#: What depends on the connection, or is drawn at random.
UNSTABLE = frozenset({"accept-encoding", "amz-sdk-invocation-id", "connection", "expect"})
OBJECTS = ("cat.jpg", "dog.jpg")


@dataclass(frozen=True)
class Seen:
    """One request."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def lines(self) -> list[str]:
        """The request, one header a line."""
        lines = [f"{self.method} {self.path}", *(f"    {name}: {value}" for name, value in self.headers)]
        return [*lines, f"    {self.body!r}"] if self.body else lines


class Server(ThreadingHTTPServer):
    """Listens on a port of its own from the start."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._seen: list[Seen] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def note(self, seen: Seen) -> None:
        """Writes a request down."""
        self._seen.append(seen)

    def taken(self) -> list[Seen]:
        """The requests since the last time, in an order that threads do not change."""
        seen, self._seen = self._seen, []
        return sorted(seen, key=repr)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Server

    def _answer(self) -> None:
        body = _body(self.headers, self.rfile)
        headers = {name.lower(): value for name, value in self.headers.items() if name.lower() not in UNSTABLE}
        headers["user-agent"] = without_features(headers.get("user-agent", ""))
        self.server.note(_role_of(body) or Seen(self.command, self.path, tuple(sorted(headers.items())), body))
        status, given, text = answer(self.command, self.path, self.headers, body)
        self.send_response_only(status)
        for name, value in {"x-amz-request-id": "REQUEST", **given}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text.encode())

    do_DELETE = do_GET = do_HEAD = do_POST = do_PUT = _answer  # noqa: N815 - the names are the standard library's

    def handle_expect_100(self) -> bool:
        """Lets the client send the body, at once."""
        done = super().handle_expect_100()
        self.wfile.flush()
        return done

    def log_message(self, *_: Any) -> None:
        """Logs nothing."""


def _role_of(body: bytes) -> Seen | None:
    """The role of a request for credentials. presigned writes its requests differently from boto3."""
    asked = dict(parse_qsl(body.decode(errors="replace")))
    return Seen("AssumeRole", asked["RoleArn"], (), b"") if asked.get("Action") == "AssumeRole" else None


def without_features(user_agent: str) -> str:
    """The user agent of a client, without the features that it has used: they depend on which client was made first."""
    return re.sub(r" m/\S+", "", user_agent)


def _body(headers: Message, stream: Any) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return bytes(stream.read(int(headers.get("content-length") or 0)))
    body = b""
    while size := int(stream.readline().split(b";")[0], 16):
        body += stream.read(size)
        stream.readline()
    stream.readline()
    return body


def answer(method: str, path: str, headers: Message, body: bytes) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of the answer to a request: words in its host and path say which."""
    where = f"{headers['host']}{path}"
    if target := headers.get("x-amz-target"):
        return 200, {"content-type": "application/x-amz-json-1.0"}, _JSON.get(target.partition(".")[2], "{}")
    if body.startswith(b"Action="):
        return 200, {}, _action(body)
    if "moved" in where and "/ap-south-1/s3/" not in headers.get("authorization", "/ap-south-1/s3/"):
        return 301, {"x-amz-bucket-region": "ap-south-1"}, _error("PermanentRedirect")
    for word, (status, code) in _ERRORS.items():
        if word in where:
            return status, {}, _error(code)
    return 200, {"etag": '"tag"', "last-modified": "Tue, 24 Nov 2026 12:00:00 GMT"}, _found(method, path, headers)


#: Word in host or path -> the error that it stands for.
_ERRORS = {
    "missing": (404, "NoSuchKey"),
    "nowhere": (404, "NoSuchBucket"),
    "denied": (403, "AccessDenied"),
    "busy": (503, "SlowDown"),
}
_JSON = {
    "ListQueues": '{"QueueUrls": ["http://queue"]}',
    "ListTables": '{"TableNames": ["table"]}',
}


def _error(code: str) -> str:
    return f"<Error><Code>{code}</Code><Message>It is {code}</Message></Error>"


def _found(method: str, path: str, headers: Message) -> str:
    if method == "PUT":
        copied = "x-amz-copy-source" in headers
        return '<CopyObjectResult><ETag>"tag"</ETag></CopyObjectResult>' if copied else ""
    if "list-type=" in path or "encoding-type=" in path:
        return _listing(is_last="continuation-token=" in path or "marker=" in path)
    if path == "/":
        return (
            "<ListAllMyBucketsResult><Buckets><Bucket><Name>photos</Name></Bucket></Buckets></ListAllMyBucketsResult>"
        )
    return "content" if method == "GET" else ""


def _listing(*, is_last: bool) -> str:
    name = OBJECTS[is_last]
    more = "" if is_last else "<NextContinuationToken>more</NextContinuationToken><NextMarker>more</NextMarker>"
    item = f"<Contents><Key>{name}</Key><Size>7</Size><ETag>tag</ETag></Contents>"
    return f"<ListBucketResult>{item}<IsTruncated>{str(not is_last).lower()}</IsTruncated>{more}</ListBucketResult>"


def _action(body: bytes) -> str:
    name = body.partition(b"=")[2].partition(b"&")[0].decode()
    keys = (
        "<AccessKeyId>AKROLE</AccessKeyId><SecretAccessKey>SECRET of the role</SecretAccessKey>"
        "<SessionToken>TOKEN of the role</SessionToken><Expiration>2026-11-24T13:00:00Z</Expiration>"
    )
    result = {
        "AssumeRole": f"<Credentials>{keys}</Credentials>",
        "GetCallerIdentity": "<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/a</Arn>",
    }.get(name, "")
    space = "https://sts.amazonaws.com/doc/2011-06-15/"
    return f'<{name}Response xmlns="{space}"><{name}Result>{result}</{name}Result></{name}Response>'
