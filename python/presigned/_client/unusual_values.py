"""Reads values of a caller that are not plain by their own methods, as boto3 does.

The extension reads strings, dicts and lists of no subclass itself, and imports this for all others. Where an object
claims to be of a class (`__class__`), the extension has decided what counts: so `type` is asked here, not `isinstance`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

#: S3 replaces it by the name of the user's file.
_FILENAME = "${filename}"


def operation_id(method_name: Any) -> str | None:
    """Finds the operation of any object that a dict of the names would take for one of them."""
    from presigned._names import OPERATIONS

    try:
        return OPERATIONS[method_name]
    except (KeyError, TypeError):
        # An object that cannot be a key of a dict cannot be a name either.
        return None


def upper_case(method: Any) -> str | None:
    """Writes an HTTP method in capitals, by its own method. `None` if it has none, or one that makes no string."""
    if type(method) is str:
        # It has a lone surrogate: the extension raises the error.
        return method
    upper_case = method.upper() if hasattr(method, "upper") else None
    return upper_case if issubclass(type(upper_case), str) else None


def is_ascii(string: Any) -> bool | None:
    """Whether a string is all ASCII. `None` if it cannot be encoded at all."""
    try:
        string.encode("ascii")
    except UnicodeEncodeError:
        return False
    except AttributeError:
        return None
    return True


def in_header_list(string: Any) -> Any:
    """Writes a string as boto3 does in a header that lists several."""
    if not ('"' in string or "," in string):
        return string
    return '"' + string.replace('"', '\\"') + '"'


def behind(prefix: str, string: Any) -> Any:
    """A prefix with a string behind it, which may have its own `__radd__`. `None` if it cannot stand there."""
    try:
        return prefix + string
    except TypeError:
        return None


def code_points(string: Any) -> list[int]:
    """The code points of a string, lone surrogates included."""
    encoded = string.encode("utf-32-le", "surrogatepass")
    return [int.from_bytes(encoded[at : at + 4], "little") for at in range(0, len(encoded), 4)]


def string_of(code_points: list[int]) -> str:
    """The string with these code points."""
    return "".join(map(chr, code_points))


def threads(given: Any) -> int:
    """How many threads a batch is to have.

    Raises:
        ParamValidationError: It is not a whole number from 1 on.
    """
    from operator import index

    from presigned._errors import make

    try:
        wanted = 0 if isinstance(given, bool) else index(given)
    except Exception:  # noqa: BLE001 - the object's own code
        wanted = 0
    if not 1 <= wanted < 1 << 64:
        report = (
            f"Invalid type for parameter threads, value: {given}, type: {type(given)}, valid types: <class 'int'> from "
            "1 to 2**64 - 1 (at most 256 threads are started), or None"
        )
        raise make("ParamValidationError", report=report)
    return wanted


def number(value: Any) -> str:
    """Writes a number as its class does, and not as a subclass prints it."""
    return float.__repr__(value) if issubclass(type(value), float) else int.__repr__(value)


def in_header(value: Any, is_string: Any) -> Any:
    """Prints a value for a header. `None` if boto3 cannot split it at its blanks."""
    if issubclass(type(value), str):
        return value
    try:
        is_printed = is_string or hasattr(value, "split")
    except Exception:  # noqa: BLE001 - an object of any class
        is_printed = False
    return str(value) if is_printed else None


def as_bytes(value: Any, is_stand_in: Any) -> bytes:
    """The bytes of a buffer, or of an object that stands in for one."""
    # `bytes` of an int would make zeros: only an object with a buffer is taken.
    return bytes(value) if is_stand_in else memoryview(value).tobytes()


def type_name(value: object) -> str:
    """How the class of a value is printed."""
    try:
        return _without_surrogates(str(type(value)))
    except Exception:  # noqa: BLE001 - its class may have a class of the program's own
        return f"<class '{id(type(value))}'>"


def claimed_class_name(value: object) -> str:
    """The name of the class that a value claims to be of."""
    return _without_surrogates(str(value.__class__.__name__))


def _without_surrogates(string: str) -> str:
    return string.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def is_empty_stream(stream: Any) -> bool:
    """Whether a stream has nothing left to read. It may be of a class that raises anything."""
    position = stream.tell()
    first = stream.read(1)
    stream.seek(position)
    return not first


def entries(mapping: Any) -> Iterator[tuple[Any, Any]]:
    """The entries of a mapping, taken apart one after the other."""
    return map(_pair, mapping.items())


def json_entries(mapping: Any) -> Iterator[tuple[Any, Any]]:
    """The same as Python's encoder of JSON reads them: it does not ask an empty dict."""
    is_empty = issubclass(type(mapping), dict) and not dict.__len__(mapping)
    return map(_json_pair, () if is_empty else mapping.items())


def merged_entries(mapping: Any) -> list[tuple[Any, Any]]:
    """The same as another mapping takes them over."""
    merged: dict[Any, Any] = {}
    merged.update(mapping)
    return [*merged.items()]


def _pair(entry: Any) -> tuple[Any, Any]:
    name, value = entry
    return name, value


def _json_pair(entry: Any) -> tuple[Any, Any]:
    if not issubclass(type(entry), tuple) or tuple.__len__(entry) != 2:  # noqa: PLR2004 - a name and a value
        message = "items must return 2-tuples"
        raise ValueError(message)
    name, value = tuple.__iter__(entry)
    return name, value


def find(mapping: Any, name: str, by_item: Any) -> tuple[Any] | None:
    """Looks a name up by `mapping[name]`, or else by `mapping.get`. `None` if the first does not find it."""
    if not by_item:
        return (mapping.get(name),)
    try:
        return (mapping[name],)
    except KeyError:
        return None


def copied_fields(fields: Any) -> tuple[Any] | None:
    """Copies the fields of a form by their own method; a mapping without one becomes a dict. `None` for all others."""
    if not hasattr(fields, "keys"):
        return None
    return (fields.copy() if hasattr(fields, "copy") else dict(fields),)


def copied_conditions(conditions: Any) -> list[Any] | None:
    """Copies the conditions of a form by their own method. `None` if nothing can be appended to them."""
    if not (hasattr(conditions, "copy") and hasattr(conditions, "append")):
        return None
    copy: Iterable[Any] = conditions.copy()
    return list(copy)


def key_of_policy(key: Any) -> Any:
    """The key that the policy of a form is made from.

    boto3 asks an object of any class whether it ends with the browser's file name. If so, the policy has the part in
    front of it, which is a string if the key stands in for one.
    """
    if not (hasattr(key, "endswith") and key.endswith(_FILENAME)):
        return key
    prefix = key[: -len(_FILENAME)]
    return prefix + _FILENAME if issubclass(type(prefix), str) else key
