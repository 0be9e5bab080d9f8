"""Sends requests and forms exactly as given: nothing is normalised or added but Host and Content-Length."""

import http.client
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

# What most objects of the tests hold.
BODY = b"what the object holds"
BOUNDARY = "a-line-that-no-test-sends"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def code(self) -> str:
        """The `<Code>` of an S3 error, or nothing."""
        return self.element("Code")

    def element(self, name: str) -> str:
        """The text of the first XML element of that name in the body, or nothing."""
        found = re.search(rf"<{name}>([^<]*)</{name}>", self.body.decode(errors="replace"))
        return found[1] if found else ""


def send(
    address: tuple[str, int],
    method: str,
    url: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    host: str | None = None,
) -> Reply:
    """Send to the address whatever host the URL names: the URL's goes into `Host`, unless another is given."""
    split = urlsplit(url)
    # Not rebuilt from its parts: the server must see the very characters that were signed.
    target = url[len(f"{split.scheme}://{split.netloc}") :]
    connection = http.client.HTTPConnection(*address, timeout=30)
    try:
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", host or split.netloc)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body or method in {"PUT", "POST"}:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def multipart(fields: Mapping[str, str], file: bytes | None, filename: str = "file") -> tuple[bytes, str]:
    """Encode a form as a browser does, fields first; return the body and its Content-Type."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if file is not None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
        parts.append(head.encode() + file + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"


# What the fixtures of the same names, in lower case, are.
MakeClient = Callable[..., Any]
Presign = Callable[..., str]
Send = Callable[..., Reply]
Submit = Callable[..., Reply]
