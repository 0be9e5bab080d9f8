"""The policy of a form: its conditions, and whether fields and a file meet them."""

from __future__ import annotations

import base64
import binascii
import json

from . import hosts, links, times
from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from .received import Form

#: Fields that need no condition.
_FREE = frozenset({"x-amz-signature", "signature", "awsaccesskeyid", "policy", "file", "bucket"})
#: A condition has an operator, a field and a value.
_PARTS = 3


class Policy(Record):
    """A policy that can be read."""

    __slots__ = ("conditions", "expiration")
    expiration: datetime
    conditions: tuple[Any, ...]

    def __init__(self, expiration: datetime, conditions: tuple[Any, ...]) -> None:
        self.expiration = expiration
        self.conditions = conditions


def read(encoded: str) -> Policy | str:
    """Reads a policy from its field; what is wrong with it, if it cannot be read."""
    try:
        content: Any = json.loads(base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return "the policy is not JSON in base64"
    if not isinstance(content, dict):
        return "the policy is not a JSON object"
    expiration = content.get("expiration")
    end = times.of_iso(expiration) if isinstance(expiration, str) else None
    if end is None:
        return "the policy has no expiration such as 2026-01-02T03:04:05Z"
    conditions = content.get("conditions")
    if not isinstance(conditions, list):
        return "the policy has no list of conditions"
    return Policy(end, tuple(conditions))


def failures(
    policy: Policy, form: Form, file_size: int | None, bucket: str | None, *, is_strict: bool = False
) -> Iterator[str]:
    """What the fields and the file do not meet, a sentence each.

    Args:
        policy: The policy.
        form: The form.
        file_size: The bytes of the file, if they are known.
        bucket: The bucket that the form goes to, if it is known.
        is_strict: Whether a condition on a bucket that is not known is not met.
    """
    fields = form.lower()
    if bucket is not None:
        fields["bucket"] = bucket
    named: set[str] = set()
    for condition in policy.conditions:
        for operator, name, value in _single(condition):
            if operator == "content-length-range":
                yield from _size_failure(name, value, file_size)
                continue
            lower = str(name).removeprefix("$").lower()
            named.add(lower)
            if lower == "bucket" and bucket is None:
                if is_strict:
                    yield "the policy names a bucket, and it is not known to which one the form goes: pass `bucket`"
                continue
            yield from _failure(operator, lower, value, fields.get(lower))
    extra = [name for name in form.fields if _needs_condition(name.lower()) and name.lower() not in named]
    if extra:
        yield f"no condition names these fields: {', '.join(extra)}"


def _single(condition: Any) -> Iterator[tuple[str, Any, Any]]:
    """The conditions of one entry, as operator, field and value."""
    if isinstance(condition, dict):
        for name, value in condition.items():
            yield "eq", name, value
    elif isinstance(condition, list) and len(condition) == _PARTS and isinstance(condition[0], str):
        yield condition[0].lower(), condition[1], condition[2]
    else:
        yield "malformed", "", condition


def _failure(operator: str, name: str, wanted: Any, given: str | None) -> Iterator[str]:
    if operator not in {"eq", "starts-with"}:
        yield f"a condition has the unknown operator {operator!r}"
    elif given is None:
        yield f"the field {name} is missing"
    elif operator == "eq" and given != str(wanted):
        yield f"the field {name} must be {_shown(name, wanted)}, not {_shown(name, given)}"
    elif operator == "starts-with":
        # Several content types are compared one by one.
        is_list = name == "content-type" and "," in given
        parts = [part.strip() for part in given.split(",")] if is_list else [given]
        if not all(part.startswith(str(wanted)) for part in parts):
            yield f"the field {name} must start with {_shown(name, wanted)}, not {_shown(name, given)}"


def _size_failure(least: Any, most: Any, size: int | None) -> Iterator[str]:
    try:
        low, high = int(least), int(most)
    except (TypeError, ValueError, OverflowError):
        yield "the condition content-length-range has no two numbers"
        return
    if size is not None and size < low:
        yield f"the file has {size} bytes, and the least is {low}"
    if size is not None and size > high:
        yield f"the file has {size} bytes, and the most is {high}"


def _shown(name: str, value: object) -> str:
    return "another value" if "token" in name or "customer-key" in name else repr(value)


def _needs_condition(name: str) -> bool:
    return name not in _FREE and not name.startswith("x-ignore-")


def bucket_of(form: Form) -> str | None:
    """The bucket that the form goes to, as its URL says."""
    try:
        url = links.split(form.url)
    except ValueError:
        return None
    found = hosts.read(url.netloc)
    if found is not None and found.bucket is not None:
        return found.bucket
    return links.path_style(url.path)[0]
