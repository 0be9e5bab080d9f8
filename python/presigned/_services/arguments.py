"""Reads arguments that are not plain, and refuses those that no service would accept."""

from __future__ import annotations

from datetime import timedelta

from presigned._client import lifetimes
from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def refused(name: str, why: str) -> Exception:
    """The error for an argument."""
    return make("ParamValidationError", report=f"Invalid value for parameter {name}: {why}")


def shown(value: Any) -> str:
    """A value as errors show it. Of a tuple or an object only the type: it may be credentials at the wrong place."""
    is_plain = value is None or isinstance(value, (str, int, float, timedelta))
    return repr(value) if is_plain else str(type(value))


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
        raise refused("expires_in", f"{shown(lifetime)} is not a whole number of seconds from 1 to {most}")
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


def check_text(**given: Any) -> None:
    """Refuses what is not text, and text that UTF-8 does not have. Signing raises errors that do not name it.

    Args:
        **given: The arguments by name.

    Raises:
        ParamValidationError: It names the argument.
    """
    for name, text in given.items():
        if not isinstance(text, str):
            raise refused(name, f"it must be a string, not {type(text)}")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise refused(name, "it has a character that UTF-8 does not have") from None


def check_pairs(**given: Iterable[tuple[str, str]]) -> None:
    """Refuses the same in pairs of text.

    Args:
        **given: The arguments by name.

    Raises:
        ParamValidationError: It names the argument.
    """
    for name, pairs in given.items():
        for pair in pairs:
            for text in pair:
                check_text(**{name: text})


def bytes_of(body: Any) -> bytes:
    """Reads a body.

    Raises:
        ParamValidationError: It is neither bytes nor a string.
    """
    if isinstance(body, str):
        check_text(body=body)
        return body.encode()
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    raise refused("body", f"it must be bytes or a string, not {type(body)}")
