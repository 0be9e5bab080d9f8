"""Reads arguments that are not plain, and refuses those that no service would accept."""

from __future__ import annotations

from presigned._client import lifetimes
from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def refused(name: str, why: str) -> Exception:
    """The error for an argument."""
    return make("ParamValidationError", report=f"Invalid value for parameter {name}: {why}")


def seconds_of(lifetime: Any, most: int) -> int:
    """Reads a lifetime in seconds: a whole number, one in a string, or a `timedelta`.

    Raises:
        ParamValidationError: It is of another type, too long or too short.
    """
    if isinstance(lifetime, str):
        found = float(lifetime) if lifetime.isascii() and lifetime.isdigit() else None
    else:
        found = lifetimes.seconds(lifetime)
    if found is None or not found.is_integer() or not 0 < found <= most:
        raise refused("expires_in", f"{lifetime!r} is not a whole number of seconds from 1 to {most}")
    return int(found)


def pairs_of(name: str, given: Any) -> list[tuple[str, str]]:
    """Reads names and values: a mapping, or pairs of them.

    Raises:
        ParamValidationError: It is neither, or one of them is not a string.
    """
    try:
        pairs = [(key, value) for key, value in (given.items() if hasattr(given, "items") else given)]
    except (TypeError, ValueError):
        pairs = [(None, None)]
    if not all(isinstance(key, str) and isinstance(value, str) for key, value in pairs):
        raise refused(name, "it must be a mapping of strings to strings, or pairs of strings")
    return pairs


def bytes_of(body: Any) -> bytes:
    """Reads a body.

    Raises:
        ParamValidationError: It is neither bytes nor a string.
    """
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    raise refused("body", f"it must be bytes or a string, not {type(body)}")
