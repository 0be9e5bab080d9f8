"""The options of `presign_post`: the fields and the conditions that each of them writes."""

from __future__ import annotations

from collections.abc import Mapping

from .post_fields import FILENAME, check_value, refuse
from .post_mirror import SIZE, check_sizes, mirrored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: The size that S3 takes in one form: 5 GiB.
LARGEST = 5 * 2**30

_SSE = "x-amz-server-side-encryption"

#: Options whose value becomes that of a field -> the field, and the only values that S3 knows, if they are few.
_PLAIN: dict[str, tuple[str, tuple[str, ...]]] = {
    "acl": (
        "acl",
        (
            "private",
            "public-read",
            "public-read-write",
            "authenticated-read",
            "aws-exec-read",
            "bucket-owner-read",
            "bucket-owner-full-control",
        ),
    ),
    "cache_control": ("Cache-Control", ()),
    "content_disposition": ("Content-Disposition", ()),
    "content_encoding": ("Content-Encoding", ()),
    "storage_class": ("x-amz-storage-class", ()),
    "website_redirect": ("x-amz-website-redirect-location", ()),
    "server_side_encryption": (_SSE, ("AES256", "aws:kms", "aws:kms:dsse")),
    "sse_kms_key_id": (f"{_SSE}-aws-kms-key-id", ()),
    "object_lock_mode": ("x-amz-object-lock-mode", ("GOVERNANCE", "COMPLIANCE")),
}

#: Checksum algorithm -> how many bytes its checksum has.
_CHECKSUMS = {"CRC32": 4, "CRC32C": 4, "CRC64NVME": 8, "SHA1": 20, "SHA256": 32}

_STATUSES = (200, 201, 204)
_MOST_TAGS = 10

#: The name of a field, and its value.
Field = tuple[str, str]


def settled(
    bucket: Any, key: Any, fields: Any, conditions: Any, options: dict[str, Any]
) -> tuple[Any, Mapping[str, Any] | None, list[Any] | None]:
    """Returns the key that the policy is made from, the fields and the conditions of a form.

    Args:
        bucket: The bucket.
        key: The key.
        fields: The fields that were given.
        conditions: The conditions that were given.
        options: The other options; `None` stands for one that was not given.

    Raises:
        ParamValidationError: A value is wrong, is there twice, or contradicts another.
        TypeError: There is no such option.
    """
    given = {name: value for name, value in options.items() if value is not None}
    for name in options:
        if name not in OPTIONS:
            raise TypeError(f"S3.presign_post() got an unexpected keyword argument {name!r}")
    if not _is_readable(fields, conditions):
        if given:
            refuse(
                "fields, conditions", (type(fields), type(conditions)), "fields are a mapping, conditions are a list"
            )
        # The core refuses them.
        return key, fields, conditions
    of_policy = _key_of_policy(key, given)
    _check_together(given)
    made = _written(given, {str(name).lower() for name in fields or ()})
    rules = [*_size(given), *_open_type(given)]
    decided = {*map(str.lower, made), *(rule[0] if rule[0] == SIZE else rule[1][1:].lower() for rule in rules)}
    for condition in conditions or ():
        _check_once(condition, decided)
    rules += [{field: value} for field, value in made.items()]
    all_fields = {**(fields or {}), **made} if made else fields
    all_conditions = [*(conditions or []), *rules] if rules else conditions
    return of_policy, *mirrored(bucket, key, all_fields, all_conditions)


def _written(given: Mapping[str, Any], taken: set[str]) -> dict[str, str]:
    """The fields that options write, besides those that are taken, in lower case."""
    made: dict[str, str] = {}
    for name, write in OPTIONS.items():
        for field, value in write(name, given) if name in given else ():
            if field.lower() in taken or field in made:
                refuse(name, given[name], f"`fields` has {field!r} too: give it once")
            made[field] = check_value(name, field, value)
    return made


def _open_type(given: Mapping[str, Any]) -> list[Any]:
    content_type = given.get("content_type", "")
    if not content_type.endswith("*"):
        return []
    return [["starts-with", "$Content-Type", "" if content_type == "*/*" else content_type[:-1]]]


def remembered(
    fields: Any, conditions: Any, options: dict[str, Any], made: tuple[Any, Any]
) -> tuple[Any, Any, Any, tuple[Any, Any] | None, int | None] | None:
    """What the next call with equal arguments is answered from; `None` if it must be settled again.

    Its last part is the place of the range of sizes among the conditions: other values can equal these numbers.
    """
    if not (_is_readable(fields, conditions) and all(map(_is_plain, (fields, conditions, options)))):
        return None
    if "key_prefix" in options or any(name.lower() in ("bucket", "key") for name in fields or ()):
        # These are compared with other arguments.
        return None
    if "customer-key" in f"{fields} {conditions}".lower():
        # The key of a customer is secret, and is not kept.
        return None
    is_whole = made[0] is fields and made[1] is conditions
    result = None if is_whole else (_copied(made[0]), _copied(made[1]))
    rules = enumerate(conditions or ())
    size_rule = next((at for at, rule in rules if isinstance(rule, list) and rule[0] == SIZE), None)
    return _copied(fields), _copied(conditions), _copied(options), result, size_rule


def _is_plain(value: Any) -> bool:
    if type(value) is dict:
        return all(map(_is_plain, value.values()))
    return all(map(_is_plain, value)) if type(value) is list else value is None or type(value) in (str, int, bool)


def _copied(value: Any) -> Any:
    """A copy that nobody else can change."""
    if type(value) is dict:
        return {name: _copied(item) for name, item in value.items()}
    return [*map(_copied, value)] if type(value) is list else value


def _is_readable(fields: Any, conditions: Any) -> bool:
    are_fields = fields is None or isinstance(fields, Mapping)
    return are_fields and (conditions is None or isinstance(conditions, list))


def _check_once(condition: Any, decided: set[str]) -> None:
    """Refuses a condition about what an option decides."""
    name: Any = None
    if isinstance(condition, Mapping) and len(condition) == 1:
        [name] = condition
    elif isinstance(condition, list | tuple) and len(condition) > 1:
        name = condition[0] if condition[0] == SIZE else condition[1]
    if isinstance(name, str) and name.removeprefix("$").lower() in decided:
        refuse("conditions", condition, "an option decides this already: give it once")


def _key_of_policy(key: Any, given: Mapping[str, Any]) -> Any:
    """The key that the core writes the condition from."""
    prefix = given.get("key_prefix")
    if prefix is None:
        if given and isinstance(key, str) and FILENAME in key.removesuffix(FILENAME):
            refuse("key", key, f"{FILENAME} is at the end of a key, once; else give `key_prefix` too")
        return key
    if not isinstance(prefix, str) or FILENAME in prefix:
        refuse("key_prefix", prefix, "it is the fixed beginning of the keys that the policy allows, a string")
    if not isinstance(key, str) or not key.startswith(prefix):
        refuse("key", key, f"it begins with `key_prefix`, {prefix!r}")
    return prefix + FILENAME


def _size(given: Mapping[str, Any]) -> list[Any]:
    smallest, largest = given.get("min_size"), given.get("max_size")
    if smallest is None and largest is None:
        return []
    for name in ("min_size", "max_size"):
        if name in given:
            check_sizes(name, given[name], given[name], given[name])
    smallest = 0 if smallest is None else smallest
    largest = max(LARGEST, smallest) if largest is None else largest
    check_sizes("min_size", smallest, smallest, largest)
    return [[SIZE, smallest, largest]]


def _check_together(given: Mapping[str, Any]) -> None:
    if "success_redirect" in given and "success_status" in given:
        refuse("success_status", given["success_status"], "S3 ignores it where `success_redirect` is given: give one")
    if ("checksum" in given) is not ("checksum_algorithm" in given):
        missing = "checksum" if "checksum_algorithm" in given else "checksum_algorithm"
        refuse(missing, None, "`checksum_algorithm` and `checksum` go together")
    for name in ("sse_kms_key_id", "sse_kms_encryption_context", "bucket_key_enabled"):
        if name in given and not str(given.get("server_side_encryption", "")).startswith("aws:kms"):
            refuse(name, given[name], "it needs server_side_encryption='aws:kms' or 'aws:kms:dsse'")
    if ("object_lock_mode" in given) is not ("object_lock_retain_until" in given):
        refuse("object_lock_mode", given.get("object_lock_mode"), "it goes together with `object_lock_retain_until`")


def _plain(name: str, given: Mapping[str, Any]) -> list[Field]:
    field, known = _PLAIN[name]
    value = given[name]
    if not isinstance(value, str) or not value:
        refuse(name, value, "it is a string")
    if known and value not in known:
        refuse(name, value, f"S3 knows {', '.join(known)}")
    return [(field, value)]


def _content_type(name: str, given: Mapping[str, Any]) -> list[Field]:
    value = given[name]
    if not isinstance(value, str) or not value:
        refuse(name, value, "a policy holds one type, such as 'image/png', or how types begin, such as 'image/*'")
    # Any type; but the form must have one.
    fixed = "" if value == "*/*" else value.removesuffix("*")
    if "*" in fixed or "," in value:
        refuse(name, value, "a policy holds one type, such as 'image/png', or how types begin, such as 'image/*'")
    check_value(name, name, value)
    return [] if fixed != value else [("Content-Type", value)]


def _redirect(name: str, given: Mapping[str, Any]) -> list[Field]:
    value = given[name]
    if not isinstance(value, str) or not value.lower().startswith(("https://", "http://")):
        refuse(name, value, "it is a whole URL that begins with https:// or http://, which S3 else ignores")
    return [("success_action_redirect", value)]


def _status(name: str, given: Mapping[str, Any]) -> list[Field]:
    value = given[name]
    if type(value) is not int or value not in _STATUSES:
        refuse(name, value, "S3 answers with 200, 201 or 204")
    return [("success_action_status", str(value))]


def _checksum(name: str, given: Mapping[str, Any]) -> list[Field]:
    from base64 import b64decode

    algorithm, value = given["checksum_algorithm"], given["checksum"]
    length = _CHECKSUMS.get(algorithm) if isinstance(algorithm, str) else None
    if length is None:
        refuse("checksum_algorithm", algorithm, f"S3 knows {', '.join(_CHECKSUMS)}")
    try:
        is_right = len(b64decode(value, validate=True)) == length
    except (TypeError, ValueError):
        is_right = False
    if not is_right or not isinstance(value, str):
        refuse("checksum", value, f"it is the base64 of the {length} bytes that {algorithm} has")
    del name
    return [("x-amz-checksum-algorithm", algorithm), (f"x-amz-checksum-{algorithm.lower()}", value)]


def _kms_context(name: str, given: Mapping[str, Any]) -> list[Field]:
    import json
    from base64 import b64encode

    value = given[name]
    if not isinstance(value, Mapping) or not all(isinstance(part, str) for pair in value.items() for part in pair):
        refuse(name, value, "it is a mapping of strings to strings")
    return [(f"{_SSE}-context", b64encode(json.dumps(dict(value)).encode()).decode())]


def _flag(name: str, given: Mapping[str, Any], field: str, words: tuple[str, str]) -> list[Field]:
    value = given[name]
    if not isinstance(value, bool):
        refuse(name, value, "it is True or False")
    return [(field, words[value])]


def _retain_until(name: str, given: Mapping[str, Any]) -> list[Field]:
    from datetime import datetime, timezone

    value = given[name]
    if not isinstance(value, datetime) or value.tzinfo is None:
        refuse(name, value, "it is a datetime with a time zone")
    return [("x-amz-object-lock-retain-until-date", f"{value.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}")]


def _tags(name: str, given: Mapping[str, Any]) -> list[Field]:
    from xml.sax.saxutils import escape

    value = given[name]
    if not isinstance(value, Mapping) or not all(isinstance(part, str) for pair in value.items() for part in pair):
        refuse(name, value, "tags are a mapping of strings to strings")
    if not 0 < len(value) <= _MOST_TAGS:
        refuse(name, value, f"an object has 1 to {_MOST_TAGS} tags")
    if not all(0 < len(tag) <= 128 and len(text) <= 256 for tag, text in value.items()):  # noqa: PLR2004 - S3's limits
        refuse(name, value, "the key of a tag has 1 to 128 characters, its value at most 256")
    if not all(part.isprintable() for pair in value.items() for part in pair):
        refuse(name, value, "a tag holds a control character, which XML cannot carry")
    tags = "".join(f"<Tag><Key>{escape(tag)}</Key><Value>{escape(text)}</Value></Tag>" for tag, text in value.items())
    return [("tagging", f"<Tagging><TagSet>{tags}</TagSet></Tagging>")]


def _metadata(name: str, given: Mapping[str, Any]) -> list[Field]:
    value = given[name]
    if not isinstance(value, Mapping) or not all(isinstance(part, str) for pair in value.items() for part in pair):
        refuse(name, value, "metadata is a mapping of strings to strings")
    prefix = "x-amz-meta-"
    short = {entry: entry[len(prefix) :] if entry.lower().startswith(prefix) else entry for entry in value}
    for entry in short.values():
        if not entry.isascii() or not entry.replace("-", "").replace("_", "").replace(".", "").isalnum():
            refuse(name, entry, "a name of metadata has letters, digits, '-', '_' and '.' of ASCII")
    return [(prefix + short[entry], text) for entry, text in value.items()]


def _nothing(name: str, given: Mapping[str, Any]) -> list[Field]:
    """Writes no field: the option decides a condition alone."""
    del name, given
    return []


#: Option -> what writes its fields, in the order of the form.
OPTIONS: dict[str, Callable[[str, Mapping[str, Any]], list[Field]]] = {
    "key_prefix": _nothing,
    "max_size": _nothing,
    "min_size": _nothing,
    "content_type": _content_type,
    "success_redirect": _redirect,
    "success_status": _status,
    **dict.fromkeys(_PLAIN, _plain),
    "sse_kms_encryption_context": _kms_context,
    "bucket_key_enabled": lambda name, given: _flag(name, given, f"{_SSE}-bucket-key-enabled", ("false", "true")),
    "object_lock_retain_until": _retain_until,
    "object_lock_legal_hold": lambda name, given: _flag(name, given, "x-amz-object-lock-legal-hold", ("OFF", "ON")),
    "checksum_algorithm": _checksum,
    "checksum": _nothing,
    "metadata": _metadata,
    "tags": _tags,
}
