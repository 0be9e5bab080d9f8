"""What programs print: requests as a loopback server sees them, and links without what changes from call to call."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

PHOTO: dict[str, Any] = {"Bucket": "photos", "Key": "cat.jpg"}
KEYS: dict[str, Any] = {"aws_access_key_id": "AKGIVEN", "aws_secret_access_key": "secret"}
#: What a server answers with: the status, headers and the body.
Answer = tuple[int, Mapping[str, str], str]

#: What no two links have in common, or what says which signature version it is: boto3 presigns with SigV2 at times.
_CHANGING = {"X-Amz-Algorithm", "X-Amz-Date", "X-Amz-Expires", "X-Amz-Signature", "Expires", "Signature"}


def link(url: str) -> str:
    """A presigned URL: the host, the path, who signed it for which region, and what else was asked for."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    named = dict(query)
    key, _, scope = named.pop("X-Amz-Credential", named.pop("AWSAccessKeyId", "nobody")).partition("/")
    region = f" for {scope.split('/')[1]}" if scope else ""
    rest = sorted(f"{name}={value}" for name, value in named.items() if name not in _CHANGING)
    return f"{parts.scheme}://{parts.hostname}{parts.path} by {key}{region} {' '.join(rest)}".rstrip()


def form(post: Mapping[str, Any]) -> str:
    """A presigned form, likewise."""
    fields = post["fields"]
    by = fields.get("x-amz-credential", fields.get("AWSAccessKeyId", "nobody")).split("/")
    names = sorted(set(fields) - {"policy", "signature", "x-amz-signature", "x-amz-date", "x-amz-algorithm"})
    return f"{re.sub(r':[0-9]+', '', post['url'])} by {by[0]} for {by[2:3]} {names}"


def failure(function: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    """What a call raises: the class and the text."""
    try:
        made = function(*arguments, **named)
    except Exception as error:  # noqa: BLE001 - any error is printed
        return f"{type(error).__name__}: {error}"
    return f"no error but {type(made).__name__}"


def error(code: str, status: int = 404) -> Answer:
    """An error of S3's."""
    return status, {"Content-Type": "application/xml"}, f"<Error><Code>{code}</Code><Message>no</Message></Error>"


class Server:
    """A server of this machine that writes down what is sent to it.

    Args:
        answer: What it answers to a method and a path; an empty success unless given.
    """

    def __init__(self, answer: Callable[[str, str], Answer] | None = None) -> None:
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        reply = answer or (lambda _method, _path: (200, {"ETag": '"e"'}, ""))

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self) -> None:
                super().handle_one_request()

            def _answer(handler: Any) -> None:  # noqa: N805 - `self` is the server
                headers = {name.lower(): value for name, value in handler.headers.items()}
                body = handler.rfile.read(int(headers.get("content-length", 0)))
                self.requests.append((handler.command, handler.path, headers, body))
                status, given, text = reply(handler.command, handler.path)
                content = text.encode()
                handler.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **given}.items():
                    handler.send_header(name, value)
                handler.end_headers()
                if handler.command != "HEAD":
                    handler.wfile.write(content)

            do_DELETE = do_GET = do_HEAD = do_POST = do_PUT = _answer  # noqa: N815 - as the library names them

            def log_message(self, *_: Any) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def taken(self, *names: str) -> list[str]:
        """What was sent since the last time: method, path, who signed it for what, and headers by name."""
        requests, self.requests = self.requests, []
        return [sent(*request[:3], *names) for request in requests]


def sent(method: str, path: str, headers: Mapping[str, str], *names: str) -> str:
    """One request, as text."""
    found = re.search(r"Credential=([^/]+)/[0-9]+/([^/]+)/([^/]+)", headers.get("authorization", ""))
    old = re.search(r"^AWS ([^:]+):", headers.get("authorization", ""))
    by = "/".join(found.groups()) if found else f"{old[1]}/SigV2" if old else "nobody"
    rest = "".join(f" {name}={headers.get(name)}" for name in names)
    return f"{method} {path} by {by}{rest}"
