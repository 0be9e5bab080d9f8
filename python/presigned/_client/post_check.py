"""Asks of a form whether S3 would take it, by the policy that is signed.

S3 compares in this order: expiry, the conditions in the order of the policy, fields without a condition, and, while it
reads the file, the size.
"""

from __future__ import annotations

import json

from presigned._links import policies
from presigned._links.conditions import unmet

from . import shown
from .objection import Objection
from .post_fields import FILENAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from presigned._links.conditions import Unmet

    from .presigned_post import PresignedPost

_LONGEST_KEY = 1024


def open_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields that the uploader must add -> how their values begin, by the policy."""
    policy = policies.read(fields["policy"]) if "policy" in fields else ""
    present = {name.lower() for name in fields}
    conditions = () if isinstance(policy, str) else policy.conditions
    rules = [rule for rule in conditions if isinstance(rule, list) and rule[0] == "starts-with"]
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
    if "policy" not in form.fields:
        return None
    policy = policies.read(form.fields["policy"])
    if isinstance(policy, str):
        return Objection("InvalidPolicyDocument", f"Invalid Policy: {policy}", 400)
    sent = {name.lower(): (name, value) for name, value in form.fields.items()}
    sent.update({name.lower(): (name, value) for name, value in (fields or {}).items()})
    if content_type is not None:
        sent["content-type"] = ("Content-Type", content_type)
    if "key" in sent:
        # Browsers and programs may send a path; S3 takes the name alone.
        name = (filename or "").replace("\\", "/").rpartition("/")[2]
        sent["key"] = ("key", sent["key"][1].replace(FILENAME, name))
    # The bucket is that of the URL.
    found = [one for one in unmet(policy.conditions, dict(sent.values()), size, None) if one.kind != "bucket"]
    of_fields = (_of_fields(one) for one in found if one.kind != "size")
    of_size = (_of_size(one) for one in found if one.kind == "size")
    return _end(form, policy.expiration) or next(of_fields, None) or _key_length(sent) or next(of_size, None)


def _end(form: PresignedPost, end: datetime) -> Objection | None:
    from datetime import datetime, timezone

    now = datetime.now(timezone.utc)
    if now >= end:
        return _denied("Policy expired.")
    if form.expires_at is not None and now >= form.expires_at:
        return Objection("ExpiredToken", "The provided token has expired.", 400)
    return None


def _of_fields(one: Unmet) -> Objection:
    if one.kind == "extra":
        return _denied(f"Extra input fields: {one.name}")
    condition = [one.operator, f"${one.name}", shown.field(one.name, one.wanted)]
    return _denied(f"Policy Condition failed: {json.dumps(condition, ensure_ascii=False)}")


def _key_length(sent: Mapping[str, tuple[str, str]]) -> Objection | None:
    if len(sent.get("key", ("", ""))[1].encode("utf-8", "surrogatepass")) > _LONGEST_KEY:
        return Objection("KeyTooLongError", "Your key is too long", 400)
    return None


def _of_size(one: Unmet) -> Objection:
    if one.given > one.wanted[1]:
        return Objection("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400)
    return Objection("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400)


def _denied(why: str) -> Objection:
    return Objection("AccessDenied", f"Invalid according to Policy: {why}", 403)
