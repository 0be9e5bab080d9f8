"""The network of the programs: the loopback server answers for every host."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from urllib.parse import urlsplit, urlunsplit

import botocore.httpsession

from .server import Server

_SEND = botocore.httpsession.URLLib3Session.send
#: Process -> what its requests are really sent by: a child must not write into its parent's connections.
_WIRES: dict[int, Any] = {}


@contextmanager
def leading_to(server: Server) -> Iterator[None]:
    """Has every request of botocore's go to a server, with the host it was meant for, and how it would have gone."""

    def send(session: Any, request: Any) -> Any:
        meant = urlsplit(request.url)
        headers = request.headers
        headers.setdefault("Host", meant.netloc)
        headers["x-connection"] = "; ".join(
            f"{name}={value}"
            for name, value in {
                "scheme": meant.scheme,
                "proxy": session._proxy_config.proxy_url_for(request.url),
                "verify": session._verify,
                "timeout": session._timeout,
                "pool": session._max_pool_connections,
                "certificate": session._cert_file,
            }.items()
        )
        request.url = urlunsplit(("http", urlsplit(server.url).netloc, meant.path, meant.query, ""))
        wire = _WIRES.get(os.getpid()) or _WIRES.setdefault(os.getpid(), botocore.httpsession.URLLib3Session())
        return _SEND(wire, request)

    with (
        mock.patch.object(botocore.httpsession.URLLib3Session, "send", send),
        # There is no wait between attempts.
        mock.patch("time.sleep", float),
    ):
        yield
