"""A server's answer: its status, headers, and the elements of its XML, read without expanding anything."""

from __future__ import annotations

import re

from .received import lower_headers
from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: S3's answers to a refused request have a few kilobytes.
_LONGEST = 1 << 20
#: Elements of an answer. No answer of S3 has more, nor deeper ones.
_MOST_ELEMENTS = 200


class Answer(Record):
    """What a server has answered.

    Attributes:
        status: The status of HTTP, if it is known.
        headers: The headers, names in lower case.
        elements: The text of each XML element, by its name; the first of each name.
        is_s3: Whether the body is one of S3: an XML document with a code, or nothing.
    """

    __slots__ = ("elements", "headers", "is_s3", "status")
    status: int | None
    headers: dict[str, str]
    elements: dict[str, str]
    is_s3: bool

    def __init__(self, status: int | None, headers: dict[str, str], elements: dict[str, str], *, is_s3: bool) -> None:
        self.status = status
        self.headers = headers
        self.elements = elements
        self.is_s3 = is_s3

    @property
    def code(self) -> str:
        """The code of the error."""
        return self.elements.get("Code", "")

    @property
    def message(self) -> str:
        """The message of the error."""
        return self.elements.get("Message", "")

    def __repr__(self) -> str:
        return f"<Answer {self.status} {self.code}>"


def read(response: Any) -> Answer:
    """Reads an answer.

    Args:
        response: The body as `str` or `bytes`, which may begin with the status line and headers, as `curl -i` prints
            them; or an object with `status_code` or `status`, `headers`, and `text`, `content`, `body` or `data`, such
            as a response of requests, httpx or urllib3.

    Raises:
        TypeError: It is something else.
    """
    if isinstance(response, (str, bytes, bytearray)):
        content = response.encode("utf-8", "replace") if isinstance(response, str) else bytes(response)
        status, headers, body = _head(content)
    else:
        status = next((one for one in (_part(response, "status_code"), _part(response, "status")) if one), None)
        headers = lower_headers(_part(response, "headers"))
        names = ("content", "body", "data", "text")
        found = next((one for one in (_part(response, name) for name in names) if isinstance(one, (str, bytes))), None)
        if status is None and found is None:
            raise TypeError(
                f"response must be a body or an object with status_code, headers and text, not {type(response)}"
            )
        body = found.encode("utf-8", "replace") if isinstance(found, str) else found or b""
        status = int(status) if status is not None else None
    elements = _elements(body[:_LONGEST])
    is_empty = not body.strip()
    return Answer(status, headers, elements or {}, is_s3=is_empty or bool(elements and "Code" in elements))


def _part(response: Any, name: str) -> Any:
    if hasattr(response, "keys"):
        return response.get(name)
    return getattr(response, name, None)


def _head(content: bytes) -> tuple[int | None, dict[str, str], bytes]:
    """Splits the status line and headers from a body that begins with them."""
    status, headers = None, {}
    # After a redirect or "100 Continue" there are several.
    while found := re.match(rb"HTTP/[0-9.]+ ([0-9]{3})[^\r\n]*\r?\n", content):
        head, _, content = content[found.end() :].replace(b"\r\n", b"\n").partition(b"\n\n")
        status = int(found[1])
        pairs = (line.partition(":") for line in head.decode("latin-1").split("\n") if ":" in line)
        headers = lower_headers([(name, value.strip()) for name, _, value in pairs])
    return status, headers, content


class _Refused(Exception):
    """The document is not one of S3."""


def _elements(body: bytes) -> dict[str, str] | None:
    """Reads the elements; `None` if it is no XML, or has a document type: entities are declared there."""
    from xml.parsers import expat

    found: dict[str, str] = {}
    path: list[str] = []
    text: list[str] = []

    def refuse(*_: object) -> None:
        raise _Refused

    def start(name: str, _: object) -> None:
        path.append(name.rpartition(":")[2])
        text.clear()
        if len(found) > _MOST_ELEMENTS:
            raise _Refused

    def end(_: str) -> None:
        value = "".join(text)
        if value or path[-1] not in found:
            found.setdefault(path[-1], value)
        text.clear()
        path.pop()

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    try:
        parser.Parse(body, True)  # noqa: FBT003 - its own signature
    except _Refused:
        return None
    except (expat.ExpatError, ValueError, LookupError):
        # The end may be cut off, as where a log keeps so many characters.
        pass
    return found or None
