"""The policy of a form: what it says, and in sentences what fields and a file do not meet."""

from __future__ import annotations

import base64
import binascii
import json

from . import hosts, links, times
from .conditions import SIZE, unmet
from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from .conditions import Unmet
    from .received import Form


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
    for one in unmet(policy.conditions, form.fields, file_size, bucket):
        if one.kind != "bucket" or is_strict:
            yield from _sentences(one)


def _sentences(one: Unmet) -> Iterator[str]:
    name, given = one.name.lower(), one.given
    if one.kind == "bucket":
        yield "the policy names a bucket, and it is not known to which one the form goes: pass `bucket`"
    elif one.kind == "extra":
        yield f"no condition names these fields: {one.name}"
    elif one.kind == "size":
        low, high = one.wanted
        if given < low:
            yield f"the file has {given} bytes, and the least is {low}"
        if given > high:
            yield f"the file has {given} bytes, and the most is {high}"
    elif one.kind == "malformed" and one.operator == SIZE:
        yield "the condition content-length-range has no two numbers"
    elif one.kind == "malformed":
        yield f"a condition has the unknown operator {one.operator!r}"
    elif given is None:
        yield f"the field {name} is missing"
    else:
        must = "be" if one.operator == "eq" else "start with"
        yield f"the field {name} must {must} {_shown(name, one.wanted)}, not {_shown(name, given)}"


def _shown(name: str, value: object) -> str:
    return "another value" if "token" in name or "customer-key" in name else repr(value)


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
