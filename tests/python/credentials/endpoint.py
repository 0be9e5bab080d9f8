"""A server on loopback for one test: it gives the test's answers, and records the requests."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    #: The names in small letters.
    headers: dict[str, str]
    body: bytes = b""


#: A status and a body, or no answer: `"nothing"` waits until the test ends, `"closed"` closes the connection.
Answer: TypeAlias = tuple[int, str] | Literal["nothing", "closed"]


@dataclass
class Endpoint:
    """What was asked of a server, and where it is."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    #: Set after a request that gets no answer.
    waiting: threading.Event = field(default_factory=threading.Event)

    def taken(self) -> list[Asked]:
        """The requests since the last look."""
        taken, self.asked = self.asked, []
        return taken


def as_json(value: Any) -> tuple[int, str]:
    """A good answer in JSON."""
    return 200, json.dumps(value)


@contextlib.contextmanager
def serving(answer: Callable[[Asked], Answer]) -> Iterator[Endpoint]:
    """Runs a server that answers with what `answer` returns."""
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            asked = Asked(self.command, self.path, headers, body)
            endpoint.asked.append(asked)
            said = answer(asked)
            if isinstance(said, tuple):
                status, text = said
                self.send_response(status)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())
                return
            if said == "nothing":
                endpoint.waiting.set()
                ended.wait()
            self.close_connection = True

        do_GET = do_POST = do_PUT = handle_any  # noqa: N815 - the names are http.server's

        def log_message(self, *_: object) -> None:
            """Logs nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield endpoint
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def unused_url() -> str:
    """An address on loopback where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"
