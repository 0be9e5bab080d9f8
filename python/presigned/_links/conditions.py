"""Evaluates the conditions of a policy: what the fields and the file of a form do not meet.

`verify` says all of it in sentences, and `check` of a form says the first of it in S3's words.
"""

from __future__ import annotations

from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, Literal

    _Kind = Literal["bucket", "extra", "field", "malformed", "size"]

#: Fields that need no condition, in lower case, as those that begin with `x-ignore-`.
UNCHECKED = frozenset({"awsaccesskeyid", "file", "policy", "signature", "x-amz-signature"})
SIZE = "content-length-range"
#: A condition has an operator, a field and a value.
_PARTS = 3


class Unmet(Record):
    """What a form does not meet.

    Attributes:
        kind (str): `"field"`: the value of a field does not fit, or the field is missing. `"size"`: that of the file
            does not fit. `"extra"`: fields are there that no condition names. `"bucket"`: it is not known to which one
            the form goes. `"malformed"`: a condition cannot be read.
        operator (str): That of the condition, in lower case.
        name (str): The field as the condition spells it, without `$`; of extra fields their names.
        wanted (object): The value of the condition; of a size the least and the most.
        given (object): The value of the field, or `None`; of a size the file's.
    """

    __slots__ = ("given", "kind", "name", "operator", "wanted")
    kind: _Kind
    operator: str
    name: str
    wanted: Any
    given: Any

    def __init__(self, kind: _Kind, operator: str = "", name: str = "", wanted: Any = None, given: Any = None) -> None:
        self.kind = kind
        self.operator = operator
        self.name = name
        self.wanted = wanted
        self.given = given


def unmet(
    conditions: Iterable[Any], fields: Mapping[str, str], file_size: int | None, bucket: str | None
) -> Iterator[Unmet]:
    """Evaluates conditions in their order, and then the fields that none of them names.

    Args:
        conditions: Those of the policy.
        fields: The fields that are sent; their names may be in any case, and none is there twice.
        file_size: The bytes of the file, if they are known.
        bucket: The bucket that the form goes to, if it is known.
    """
    values = {name.lower(): value for name, value in fields.items()}
    if bucket is not None:
        values["bucket"] = bucket
    named = {"bucket"}
    for condition in conditions:
        for operator, spelling, wanted in _single(condition):
            if operator == SIZE:
                yield from _size(spelling, wanted, file_size)
                continue
            name = str(spelling).removeprefix("$")
            named.add(name.lower())
            if name.lower() == "bucket" and bucket is None:
                yield Unmet("bucket", operator, name, wanted)
            elif operator not in ("eq", "starts-with"):
                yield Unmet("malformed", operator, name, wanted)
            elif not fits(operator, name, values.get(name.lower()), wanted):
                yield Unmet("field", operator, name, wanted, values.get(name.lower()))
    extra = [name for name in fields if name.lower() not in named and _needs_condition(name.lower())]
    if extra:
        yield Unmet("extra", name=", ".join(extra))


def fits(operator: str, name: str, value: str | None, wanted: Any) -> bool:
    """Whether the value of a field fits a condition. Of a Content-Type, S3 compares each type of a list."""
    if value is None or operator == "eq":
        return value == str(wanted)
    if name.lower() == "content-type" and "," in value:
        return all(one.strip().startswith(str(wanted)) for one in value.split(","))
    return value.startswith(str(wanted))


def _single(condition: Any) -> Iterator[tuple[str, Any, Any]]:
    """The conditions of one entry, as operator, field and value."""
    if isinstance(condition, dict):
        for name, value in condition.items():
            yield "eq", name, value
    elif isinstance(condition, list) and len(condition) == _PARTS and isinstance(condition[0], str):
        yield condition[0].lower(), condition[1], condition[2]
    else:
        yield "malformed", "", condition


def _size(least: Any, most: Any, size: int | None) -> Iterator[Unmet]:
    try:
        low, high = int(least), int(most)
    except (TypeError, ValueError, OverflowError):
        yield Unmet("malformed", SIZE, wanted=(least, most))
        return
    if size is not None and not low <= size <= high:
        yield Unmet("size", SIZE, wanted=(low, high), given=size)


def _needs_condition(name: str) -> bool:
    return name not in UNCHECKED and not name.startswith("x-ignore-")
