"""What may be asked for: the fields of a request, and the limits that the environment sets."""

from collections.abc import Mapping
from typing import Any, NamedTuple

FIELDS = {"bucket", "key", "method", "content_type", "size", "expires_in"}
MINUTES = 60
DAYS = 24 * 60 * MINUTES


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A request that is not granted: the status of the answer, and what it says."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Wish(NamedTuple):
    """A request that is granted. A GET has no content type and no size."""

    method: str
    bucket: str
    key: str
    expires_in: int
    content_type: str
    size: int


class Limits(NamedTuple):
    """What one deployment gives links to."""

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

    def check(self, asked: object) -> Wish:
        """Grant a request, or say why not: 400 malformed, 403 elsewhere, 413 too large, 415 of a wrong type."""
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
        # A PUT is held to its size to the byte, a form to a range: it may say none.
        size = whole(asked, "size", 0, None, default=self.max_bytes if method == "POST" else None)
        if size > self.max_bytes:
            raise Refused(413, f"size must be at most {self.max_bytes} bytes")
        return Wish(method, bucket, key, expires_in, content_type, size)


def text(asked: dict[str, Any], name: str) -> str:
    """Get a field that must be a text with something in it."""
    value = asked.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(400, f"{name} must be a text that is not empty")
    return value


def object_key(asked: dict[str, Any]) -> str:
    """Get the key: one that every proxy and client on the way leaves as it is."""
    key = text(asked, "key")
    try:
        length = len(key.encode())
    except UnicodeEncodeError:  # half of a character, which JSON can spell
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
