"""Asks of a form whether S3 would take it, by the policy that is signed.

S3 compares in this order: expiry, the conditions in the order of the policy, fields without a condition, and, while it
reads the file, the size.
"""

from __future__ import annotations

import base64
import json

from . import shown
from .objection import Objection
from .post_fields import FILENAME, UNCHECKED
from .post_mirror import SIZE, starts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .presigned_post import PresignedPost

_LONGEST_KEY = 1024


def policy_of(fields: Mapping[str, str]) -> dict[str, Any] | None:
    """The policy of a form; `None` if it is not signed."""
    encoded = fields.get("policy")
    if encoded is None:
        return None
    policy: dict[str, Any] = json.loads(base64.b64decode(encoded))
    return policy


def open_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields that the uploader must add -> how their values begin, by the policy."""
    policy = policy_of(fields) or {"conditions": []}
    present = {name.lower() for name in fields}
    rules = [rule for rule in policy["conditions"] if isinstance(rule, list) and rule[0] == "starts-with"]
    found: dict[str, str] = {}
    for _, name, prefix in rules:
        if name[1:].lower() not in present and len(prefix) >= len(found.get(name[1:], "")):
            found[name[1:]] = prefix
    return found


def check(
    form: PresignedPost,
    filename: str | None,
    size: int | None,
    fields: Mapping[str, str] | None,
    content_type: str | None,
) -> Objection | None:
    """Returns S3's first objection to a form as it would be sent, or `None`."""
    policy = policy_of(form.fields)
    if policy is None:
        return None
    sent = {name.lower(): (name, value) for name, value in form.fields.items()}
    sent.update({name.lower(): (name, value) for name, value in (fields or {}).items()})
    if content_type is not None:
        sent["content-type"] = ("Content-Type", content_type)
    if "key" in sent:
        # Browsers and programs may send a path; S3 takes the name alone.
        name = (filename or "").replace("\\", "/").rpartition("/")[2]
        sent["key"] = ("key", sent["key"][1].replace(FILENAME, name))
    return (
        _end(form, policy)
        or _conditions(policy, sent)
        or _extra_fields(policy, sent)
        or _key_length(sent)
        or (None if size is None else _size(policy, size))
    )


def _end(form: PresignedPost, policy: Mapping[str, Any]) -> Objection | None:
    from datetime import datetime, timezone

    now = datetime.now(timezone.utc)
    # The fraction of a second, which S3 reads, is written by others.
    end = str(policy["expiration"]).partition(".")[0].rstrip("Z")
    if now >= datetime.strptime(end, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc):
        return _denied("Policy expired.")
    if form.expires_at is not None and now >= form.expires_at:
        return Objection("ExpiredToken", "The provided token has expired.", 400)
    return None


def _conditions(policy: Mapping[str, Any], sent: Mapping[str, tuple[str, str]]) -> Objection | None:
    for rule in policy["conditions"]:
        operator, name, wanted = ("eq", *next(iter(rule.items()))) if isinstance(rule, dict) else rule
        name = str(name).removeprefix("$")
        if operator == SIZE or name.lower() == "bucket":
            # The bucket is that of the URL.
            continue
        value = sent.get(name.lower(), (name, None))[1]
        if value is not None and (value == wanted if operator == "eq" else starts(name, value, wanted)):
            continue
        shown_condition = [operator, f"${name}", shown.field(name, wanted)]
        return _denied(f"Policy Condition failed: {json.dumps(shown_condition, ensure_ascii=False)}")
    return None


def _extra_fields(policy: Mapping[str, Any], sent: Mapping[str, tuple[str, str]]) -> Objection | None:
    named = {"bucket"}
    for rule in policy["conditions"]:
        named.update(str(name).lower() for name in rule) if isinstance(rule, dict) else named.add(
            str(rule[1])[1:].lower()
        )
    extra = [
        name
        for lower, (name, _) in sent.items()
        if lower not in named and lower not in UNCHECKED and not lower.startswith("x-ignore-")
    ]
    return _denied(f"Extra input fields: {', '.join(extra)}") if extra else None


def _key_length(sent: Mapping[str, tuple[str, str]]) -> Objection | None:
    if len(sent.get("key", ("", ""))[1].encode("utf-8", "surrogatepass")) > _LONGEST_KEY:
        return Objection("KeyTooLongError", "Your key is too long", 400)
    return None


def _size(policy: Mapping[str, Any], size: int) -> Objection | None:
    for rule in policy["conditions"]:
        if not isinstance(rule, list) or rule[0] != SIZE:
            continue
        smallest, largest = int(rule[1]), int(rule[2])
        if size > largest:
            return Objection("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400)
        if size < smallest:
            return Objection("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400)
    return None


def _denied(why: str) -> Objection:
    return Objection("AccessDenied", f"Invalid according to Policy: {why}", 403)
