"""Tells whether boto3 and the core give the same result for the values of a call.

Only values of Python's own types are accepted: a subclass may print differently. boto3 handles all other unusual
values.
"""

from __future__ import annotations

from datetime import datetime, timezone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

#: Beyond this many seconds the two could count differently.
LONG = 10**9


def is_moment(value: Any) -> bool:
    """Whether this is a `datetime` in UTC or at a fixed distance from it."""
    return type(value) is datetime and (value.tzinfo is None or type(value.tzinfo) is timezone)


def is_list_of_strings(value: Any) -> bool:
    """Whether this is a list of nothing but strings."""
    return type(value) is list and all(type(item) is str for item in value)


def is_table_of_strings(value: Any) -> bool:
    """Whether this is a dict of nothing but strings."""
    return type(value) is dict and all(type(name) is str and type(item) is str for name, item in value.items())


def is_string_or_bytes(value: Any) -> bool:
    """Whether this is a string, or bytes."""
    return type(value) is str or type(value) is bytes


def is_string_or_table(value: Any) -> bool:
    """Whether this is a string, or a dict of nothing but strings."""
    return type(value) is str or is_table_of_strings(value)


#: Type of a shape -> the type that its values must have.
SCALARS: Mapping[str, type] = {"string": str, "integer": int, "long": int, "boolean": bool}
#: Type of another shape -> whether a value will do.
OTHERS: Mapping[str, Callable[[Any], bool]] = {
    "timestamp": is_moment,
    "list": is_list_of_strings,
    "map": is_table_of_strings,
}


def is_lifetime(value: Any) -> bool:
    """Whether this is a whole number of seconds, of a usual size."""
    return type(value) is int and -LONG < value < LONG


def is_json(value: Any) -> bool:
    """Whether a condition of a policy has only values of JSON's types."""
    kind = type(value)
    if kind is dict:
        return all(type(name) is str and is_json(item) for name, item in value.items())
    if kind is list or kind is tuple:
        return all(map(is_json, value))
    return kind in (str, int, bool, type(None))


def fits_form(bucket: Any, key: Any, fields: Any, conditions: Any) -> bool:
    """Whether the arguments of a form are plain."""
    return (
        type(bucket) is str
        and type(key) is str
        and (fields is None or type(fields) is dict)
        and (conditions is None or (type(conditions) is list and is_json(conditions)))
    )
