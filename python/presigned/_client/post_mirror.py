"""Mirrors the fields of a form into the conditions of its policy, and exact conditions into fields.

S3 refuses a form with a field that no condition names, and a condition whose field is missing. boto3 leaves both to the
caller. `presign_post` writes the missing half, and refuses what cannot go together.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import shown
from .post_fields import FILENAME, UNCHECKED, check_name, check_value, refuse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Where the range of sizes is kept among the rules of fields. No field has this name.
SIZE = "content-length-range"

#: The parts of a condition that is a list.
_PARTS = 3


def mirrored(
    bucket: Any, key: Any, fields: Mapping[str, Any] | None, conditions: list[Any] | None
) -> tuple[Mapping[str, Any] | None, list[Any] | None]:
    """Returns fields and conditions that agree; the given objects if nothing is missing.

    Args:
        bucket: The bucket of the form, which has a condition.
        key: The key of the form, which has a condition.
        fields: The fields, all of them strings.
        conditions: The conditions, a list.

    Raises:
        ParamValidationError: A condition or a field is not what S3 takes, is there twice, or contradicts another.
    """
    rules = _rules(conditions or [])
    new_conditions: list[Any] = []
    new_fields: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, value in (fields or {}).items():
        parameter = f"fields[{name!r}]"
        lower = check_name(parameter, name)
        if lower in names:
            refuse(parameter, name, f"the same field is also there as {names[lower]!r}")
        names[lower] = name
        check_value(parameter, lower, value)
        if lower in ("bucket", "key"):
            _check_place(parameter, lower, value, {"bucket": bucket, "key": key}[lower])
        elif lower in rules:
            _check_rules(parameter, name, value, rules[lower])
        elif lower not in UNCHECKED and not lower.startswith("x-ignore-"):
            new_conditions.append({name: value})
    for lower, found in rules.items():
        exact = [(name, value) for operator, name, value in found if operator == "eq"]
        if exact and lower not in names:
            name, value = exact[0]
            new_fields[name] = check_value(f"conditions ({name})", lower, value)
    return (
        {**(fields or {}), **new_fields} if new_fields else fields,
        [*(conditions or []), *new_conditions] if new_conditions else conditions,
    )


def _rules(conditions: list[Any]) -> dict[str, list[tuple[str, str, str]]]:
    """The conditions by the field that they are about, in lower case: operator, name and value."""
    rules: dict[str, list[tuple[str, str, str]]] = {}
    for place, condition in enumerate(conditions):
        parameter = f"conditions[{place}]"
        operator, name, value = read(parameter, condition)
        if operator == SIZE:
            if SIZE in rules:
                refuse(parameter, condition, "there is a content-length-range already")
            rules[SIZE] = []
            continue
        lower = check_name(parameter, name)
        if lower in ("bucket", "key"):
            other = ": give `key_prefix` if the uploader chooses the rest of the key" if lower == "key" else ""
            refuse(parameter, condition, f"the condition on the {lower} is written from `{lower}`{other}")
        others = rules.setdefault(lower, [])
        for before in others:
            _check_pair(parameter, condition, (operator, name, value), before)
        others.append((operator, name, value))
    return rules


def read(parameter: str, condition: Any) -> tuple[str, str, Any]:
    """Returns operator, name and value of a condition; of a range of sizes, its ends as the value.

    Raises:
        ParamValidationError: It is not a condition.
    """
    if isinstance(condition, Mapping):
        if len(condition) != 1:
            refuse(parameter, condition, "a condition that is a dict has one entry, as {'acl': 'private'}")
        [(name, value)] = condition.items()
        if not isinstance(value, str):
            refuse(parameter, condition, "the value of a field is a string")
        return "eq", name, value
    if not isinstance(condition, list | tuple) or len(condition) != _PARTS:
        refuse(
            parameter,
            condition,
            "a condition is a dict with one entry, ['eq', '$NAME', VALUE], ['starts-with', '$NAME', PREFIX] "
            "or ['content-length-range', SMALLEST, LARGEST]",
        )
    operator, name, value = condition
    if operator == SIZE:
        check_sizes(parameter, condition, name, value)
        return SIZE, SIZE, (name, value)
    if operator not in ("eq", "starts-with"):
        refuse(parameter, condition, "a condition begins with 'eq', 'starts-with' or 'content-length-range'")
    if not isinstance(name, str) or not name.startswith("$"):
        refuse(parameter, condition, "the name of its field begins with '$'")
    if not isinstance(value, str):
        refuse(parameter, condition, "the value of a field is a string")
    return operator, name[1:], value


def check_sizes(parameter: str, given: object, smallest: Any, largest: Any) -> None:
    """Refuses sizes that are not whole numbers of bytes, in order.

    Raises:
        ParamValidationError: They are not.
    """
    for size in (smallest, largest):
        if not isinstance(size, int) or isinstance(size, bool):
            refuse(parameter, given, "a size is a whole number of bytes")
        if size < 0:
            refuse(parameter, given, "a size is at least 0 bytes")
    if smallest > largest:
        refuse(parameter, given, f"no file has at least {smallest} and at most {largest} bytes")


def _fits(operator: str, name: str, value: str, wanted: str) -> bool:
    if operator == "eq":
        return value == wanted
    if "," in value:
        # Rare: it may be a list of types.
        from presigned._links.conditions import fits

        return fits(operator, name, value, wanted)
    return value.startswith(wanted)


def _shown(operator: str, name: str, value: str) -> list[str]:
    return [operator, f"${name}", shown.field(name, value)]


def _check_pair(parameter: str, condition: Any, one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    if one[1] != other[1]:
        refuse(parameter, condition, f"the same field is {other[1]!r} in another condition: write it alike")
    if one == other:
        refuse(parameter, condition, "the same condition is there already")
    values = {operator: value for operator, _, value in (one, other)}
    if "eq" not in values:
        prefixes = sorted((one[2], other[2]), key=len)
        fits = prefixes[1].startswith(prefixes[0])
    else:
        fits = len(values) > 1 and _fits("starts-with", one[1], values["eq"], values["starts-with"])
    if not fits:
        refuse(parameter, condition, f"it contradicts the condition {_shown(*other)}")


def _check_rules(parameter: str, name: str, value: str, rules: list[tuple[str, str, str]]) -> None:
    for operator, spelling, wanted in rules:
        if spelling != name:
            refuse(parameter, name, f"the same field is {spelling!r} in a condition: write it alike")
        if not _fits(operator, name, value, wanted):
            refuse(parameter, value, f"it contradicts the condition {_shown(operator, spelling, wanted)}")


def _check_place(parameter: str, name: str, value: str, wanted: Any) -> None:
    if value != wanted:
        hint = f"; {FILENAME} may be in `key` itself" if name == "key" else ""
        refuse(parameter, value, f"it contradicts the argument `{name}`{hint}")
