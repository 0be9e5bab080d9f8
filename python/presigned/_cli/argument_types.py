"""Turns a command-line argument into its value."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError

from presigned import _parameter_kinds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

# Patterns are compiled at their first use: most commands use none of them.
#: A bucket that is an ARN contains slashes itself.
ACCESS_POINT = r"(arn:aws.*:s3(?:-object-lambda)?:[a-z0-9-]*:[0-9]{12}:accesspoint[:/][^/]+)/?(.*)"
OUTPOST_ACCESS_POINT = (
    r"(arn:aws.*:s3-outposts:[a-z0-9-]+:[0-9]{12}:outpost[/:][a-zA-Z0-9-]{1,63}"
    r"[/:]accesspoint[/:][a-zA-Z0-9-]{1,63})[/:]?(.*)"
)
DURATION = r"(?=.)(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s?)?"
SIZE = r"([0-9]+) ?(?:([KMGT]?)I?B?)"


def bucket_and_key(uri: str) -> tuple[str, str]:
    """The two parts of ``s3://bucket/key`` or ``bucket/key``, as ``aws s3 presign`` takes them apart."""
    path = uri.removeprefix("s3://")
    if path.startswith("arn:"):
        for pattern in (ACCESS_POINT, OUTPOST_ACCESS_POINT):
            if arn := re.fullmatch(pattern, path, re.DOTALL):
                return arn[1], arn[2]
    bucket, _, key = path.partition("/")
    return bucket, key


def operation_name(string: str) -> str:
    """``list_objects_v2``, also where ``list-objects-v2`` is written, as the aws command does."""
    return string.replace("-", "_")


def duration(string: str) -> int:
    """The seconds of ``300``, ``5m``, ``1h30m`` or ``7d``."""
    found = re.fullmatch(DURATION, string)
    if not found:
        raise ArgumentTypeError(f"invalid duration {string!r}: use seconds, or 5m, 12h, 7d")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def instant(string: str) -> float:
    """The seconds since 1970 of ``1764504000`` or of ``2026-11-30T12:00:00Z``."""
    if string.isascii() and string.isdigit():
        return int(string)
    from datetime import datetime

    try:
        found = datetime.fromisoformat(string.replace("Z", "+00:00"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ArgumentTypeError(f"invalid instant {string!r}: use seconds since 1970, or 2026-11-30T12:00:00Z")
    return found.timestamp()


def date(string: str) -> datetime:
    """The same as a `datetime` in UTC."""
    from datetime import datetime, timezone

    return datetime.fromtimestamp(instant(string), timezone.utc)


def size(string: str) -> int:
    """The bytes of ``500``, ``10MB`` or ``10MiB``. A KB is 1024 bytes, as in the aws command."""
    # `wc -c` puts spaces in front of it on some systems.
    found = re.fullmatch(SIZE, string.strip().upper())
    if not found:
        raise ArgumentTypeError(f"invalid size {string!r}: use bytes, or 10KB, 10MB, 5GB")
    return int(found[1]) << 10 * " KMGT".index(found[2] or " ")


def pair(string: str) -> tuple[str, str]:
    """The name and the value of ``name=value``."""
    name, equals, value = string.partition("=")
    if not (name and equals):
        raise ArgumentTypeError(f"invalid argument {string!r}: use NAME=VALUE")
    return name, value


def numbered(string: str) -> tuple[int, str]:
    """The number and the value of ``3=value``."""
    name, value = pair(string)
    if not re.fullmatch(r"[0-9]{1,5}", name):
        raise ArgumentTypeError(f"invalid argument {string!r}: use NUMBER=VALUE")
    return int(name), value


def numbers(string: str) -> list[int]:
    """The numbers of ``1,3-5``."""
    found: list[int] = []
    for part in string.split(","):
        first, dash, last = part.partition("-")
        ends = [first, last] if dash else [first]
        if not all(re.fullmatch(r"[0-9]{1,5}", end) for end in ends):
            raise ArgumentTypeError(f"invalid numbers {string!r}: use 1,3-5")
        found += range(int(first), int(ends[-1]) + 1)
    return found


def content_type(string: str) -> tuple[str, str]:
    """The form field of a content type."""
    return "Content-Type", string


def parameter(string: str) -> tuple[str, Any]:
    """A member of ``Params`` and its value, in the type that the member has in S3's model."""
    name, value = pair(string)
    return name, typed(name, value)


def typed(name: str, value: str) -> Any:
    """The value of a member of ``Params``. A value of a wrong type stays a string, and is reported as by boto3."""
    kinds = _parameter_kinds
    if name in kinds.INTEGERS:
        return int(value) if re.fullmatch(r"-?[0-9]+", value) else value
    if name in kinds.BOOLEANS:
        return {"true": True, "false": False}.get(value.lower(), value)
    if name in kinds.LISTS:
        return from_json(name, value) if value.startswith("[") else value.split(",")
    if name in kinds.MAPS:
        return from_json(name, value) if value.startswith("{") else dict(pair(item) for item in value.split(","))
    if name in kinds.STRUCTURES and value.startswith("{"):
        return from_json(name, value)
    return value


def from_json(name: str, value: str) -> Any:
    """The value of a JSON string."""
    import json

    try:
        return json.loads(value)
    except ValueError as error:
        raise ArgumentTypeError(f"{name} is not JSON: {error}") from error
