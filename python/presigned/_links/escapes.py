"""Percent-encoding as SigV4 has it. `urllib.parse` would take longer to import than a link takes to read."""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNSAFE = re.compile(rb"[^A-Za-z0-9\-_.~]")
_UNSAFE_IN_PATH = re.compile(rb"[^A-Za-z0-9\-_.~/]")


def to_bytes(text: str) -> bytes:
    """The bytes that a client sends for a part of a URL."""
    return text.encode("utf-8", "surrogatepass")


def decoded(text: str) -> bytes:
    """A part of a URL without its escapes. A `%` that begins no escape stays."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), to_bytes(text))


def decoded_query(text: str) -> bytes:
    """A name or a value of a query without its escapes. There, a plus sign is a space."""
    return decoded(text.replace("+", " "))


def readable(text: str) -> str:
    """A part of a URL as people read it. What is not UTF-8 is replaced."""
    return decoded(text).decode("utf-8", "replace")


def encoded(value: bytes) -> str:
    """Encodes all but `A-Z a-z 0-9 - _ . ~`."""
    return _encoded(value, _UNSAFE)


def encoded_path(value: bytes) -> str:
    """The same, but slashes stay."""
    return _encoded(value, _UNSAFE_IN_PATH)


def _encoded(value: bytes, unsafe: re.Pattern[bytes]) -> str:
    return unsafe.sub(lambda found: b"%%%02X" % found[0][0], value).decode("ascii")
