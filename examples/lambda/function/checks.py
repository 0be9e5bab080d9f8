"""Checks requests: their fields, and the limits that the environment sets."""

from collections.abc import Mapping
from typing import Any, NamedTuple

FIELDS = {"bucket", "key", "method", "content_type", "size", "expires_in"}
MINUTES = 60
DAYS = 24 * 60 * MINUTES


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A refused request: the status and the message of the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Wish(NamedTuple):
    """An accepted request. A GET has no content type and no size."""

    method: str
    bucket: str
    key: str
    expires_in: int
    content_type: str
    size: int


class Limits(NamedTuple):
    """The limits of a deployment."""

    places: list[tuple[str, str]]
    content_types: list[str]
    max_bytes: int

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Limits":
        """Read ALLOW (`bucket/prefix,...`; all of a bucket is `bucket/`), CONTENT_TYPES and MAX_BYTES."""
        places = [place.strip().partition("/") for place in environment["ALLOW"].split(",")]
        if not all(bucket and slash for bucket, slash, _ in places):
            raise ValueError(f"ALLOW is a list of bucket/prefix, with commas between: {environment['ALLOW']!r} is not")
        return cls(
            [(bucket, prefix) for bucket, _, prefix in places],
            [name.strip() for name in environment["CONTENT_TYPES"].split(",")],
            int(environment["MAX_BYTES"]),
        )

    def folder(self) -> tuple[str, str]:
        """Return the bucket and the prefix for uploads by Uppy, which names no bucket: the first of ALLOW."""
        bucket, prefix = self.places[0]
        if not prefix.endswith("/"):
            raise Refused(403, "no uploads: the first place of ALLOW is not a folder, which ends in a slash")
        return bucket, prefix

    def check(self, asked: object) -> Wish:
        """Accept a request, or raise `Refused`: 400 malformed, 403 not allowed, 413 too large, 415 of a wrong type."""
        if not isinstance(asked, dict):
            raise Refused(400, "the body is not a JSON object")
        if unknown := asked.keys() - FIELDS:
            raise Refused(400, f"unknown field {min(unknown)!r}; known are {', '.join(sorted(FIELDS))}")
        method = text(asked, "method")
        if method not in {"GET", "PUT", "POST"}:
            raise Refused(400, "method must be GET, PUT or POST")
        bucket, key = text(asked, "bucket"), object_key(asked)
        expires_in = whole(asked, "expires_in", 1, 7 * DAYS, default=5 * MINUTES)
        if not any(bucket == place and key.startswith(prefix) and key != prefix for place, prefix in self.places):
            raise Refused(403, "no links are given to this key of this bucket")
        if method == "GET":
            if excess := asked.keys() & {"content_type", "size"}:
                raise Refused(400, f"{min(excess)} is for uploads only")
            return Wish(method, bucket, key, expires_in, "", 0)
        content_type = text(asked, "content_type")
        if content_type not in self.content_types:
            raise Refused(415, f"content_type must be one of {', '.join(self.content_types)}")
        # S3 checks the exact size of a PUT, and a range for a form, which therefore needs no size.
        size = whole(asked, "size", 0, None, default=self.max_bytes if method == "POST" else None)
        if size > self.max_bytes:
            raise Refused(413, f"size must be at most {self.max_bytes} bytes")
        return Wish(method, bucket, key, expires_in, content_type, size)


def text(asked: dict[str, Any], name: str) -> str:
    """Get a field that must be a string and not empty."""
    value = asked.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(400, f"{name} must be a string that is not empty")
    return value


def object_key(asked: dict[str, Any]) -> str:
    """Get the key. It must be one that no proxy or client on the way changes."""
    key = text(asked, "key")
    try:
        length = len(key.encode())
    except UnicodeEncodeError:  # a lone surrogate, which JSON can contain
        raise Refused(400, "key must be valid Unicode") from None
    if length > 1024:  # noqa: PLR2004 - S3's own limit
        raise Refused(400, "key must be at most 1024 bytes of UTF-8")
    if any(character < " " or character == "\x7f" for character in key):
        raise Refused(400, "key must have no control characters")
    if {".", ".."} & set(key.split("/")):
        raise Refused(400, "key must have no part that is . or ..")
    return key


def whole(asked: dict[str, Any], name: str, least: int, most: int | None, default: int | None) -> int:
    """Get a field that must be a whole number in a range."""
    value = asked.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < least or (most is not None and value > most):
        upper = "" if most is None else f" to {most}"
        raise Refused(400, f"{name} must be a whole number, {least}{upper or ' or more'}")
    return value
