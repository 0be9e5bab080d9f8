"""Reads values of a caller that are not plain by their own methods, as boto3 does.

The extension reads strings, dicts and lists of no subclass itself, and imports this for all others. Where an object
claims to be of a class (`__class__`), the extension has decided what counts: so `type` is asked here, not `isinstance`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
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


def upper_case(method: Any) -> Any:
    """Writes an HTTP method in capitals, by its own method. `None` if it has none."""
    return method.upper() if hasattr(method, "upper") else None


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


def number(value: Any) -> str:
    """Writes a number as its class does, and not as a subclass prints it."""
    return float.__repr__(value) if issubclass(type(value), float) else int.__repr__(value)


def in_header(value: Any, is_string: Any) -> Any:
    """Prints a value for a header. `None` if boto3 cannot split it at its blanks."""
    try:
        is_printed = is_string or hasattr(value, "split")
    except Exception:  # noqa: BLE001 - an object of any class
        is_printed = False
    return str(value) if is_printed else None


def bytes_of_buffer(value: Any) -> bytes:
    """The bytes of an object that has a buffer: `bytes` of an int would make zeros."""
    return memoryview(value).tobytes()


def bytes_of_stand_in(value: Any) -> bytes:
    """The bytes of an object that stands in for one."""
    return bytes(value)


def is_empty_stream(stream: Any) -> bool:
    """Whether a stream has nothing left to read. It may be of a class that raises anything."""
    position = stream.tell()
    first = stream.read(1)
    stream.seek(position)
    return not first


def items(mapping: Any) -> Any:
    """The entries of a mapping."""
    return mapping.items()


def json_items(mapping: Any) -> Any:
    """The entries of a mapping as Python's encoder of JSON reads them: it does not ask an empty dict."""
    is_empty = issubclass(type(mapping), dict) and not dict.__len__(mapping)
    return () if is_empty else mapping.items()


def merged_items(mapping: Any) -> list[tuple[Any, Any]]:
    """The entries of a mapping as another one takes them over."""
    entries: dict[Any, Any] = {}
    entries.update(mapping)
    return [*entries.items()]


def pair(item: Any) -> tuple[Any, Any]:
    """Takes an entry of a mapping apart."""
    name, value = item
    return name, value


def json_pair(item: Any) -> tuple[Any, Any]:
    """Takes an entry of a mapping apart as Python's encoder of JSON does."""
    if not issubclass(type(item), tuple) or tuple.__len__(item) != 2:  # noqa: PLR2004 - a name and a value
        message = "items must return 2-tuples"
        raise ValueError(message)
    name, value = tuple.__iter__(item)
    return name, value


def item(mapping: Any, name: str) -> tuple[Any] | None:
    """Looks a name up by `mapping[name]`. `None` if it is not there."""
    try:
        return (mapping[name],)
    except KeyError:
        return None


def get(mapping: Any, name: str) -> tuple[Any]:
    """Looks a name up by `mapping.get`."""
    return (mapping.get(name),)


def copied_fields(fields: Any) -> tuple[Any] | None:
    """Copies the fields of a form by their own method; a mapping without one becomes a dict. `None` if it is none."""
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
