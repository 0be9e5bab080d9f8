"""Reads a batch's lists that are not plain: subclasses of `list` and `tuple`, and arrays of other libraries."""

from __future__ import annotations

from itertools import islice
from operator import index

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def iterated(sequence: Any, most: int) -> tuple[Any, ...] | None:
    """Reads a sequence as Python reads it, by its own `__iter__`. Its length may be wrong, and it may never end.

    Args:
        sequence: A list or a tuple of a subclass, or what stands in for one.
        most: How many items it may have.

    Returns:
        Its items; `None` if there are more.
    """
    items = tuple(islice(sequence, most + 1))
    return items if len(items) <= most else None


def is_of_pandas(value: Any) -> bool:
    """Whether this is a series or an array of pandas. It offers itself as Arrow too, but users expect plain strings.

    Raises:
        BaseException: A signal that arrived while a class was asked for its module.
    """
    try:
        module: object = type(value).__module__
    except Exception:  # noqa: BLE001 - the class's own code
        return False
    return isinstance(module, str) and module.split(".")[0] == "pandas"


def listed(array: Any, most: int) -> tuple[str, Any]:
    """Turns an array into a list, unless it would become far too large.

    Args:
        array: An array of numpy, a series of pandas, or any other object that can become a list.
        most: How many items it may have.

    Returns:
        `"list"` and the list; `"too long"` and the number of items; `"dimensions"` if there are more than one;
        `"value"` if it is no array.
    """
    if isinstance(array, memoryview):
        return "value", None
    for method in ("tolist", "to_list"):
        if not hasattr(array, method):
            continue
        if _dimensions(array) > 1:
            # It may be far larger than its length.
            return "dimensions", None
        length = _length(array)
        if length > most:
            return "too long", length
        made = getattr(array, method)()
        # By its own class: a list that others only stand in for cannot be copied as one.
        if issubclass(type(made), list):
            return "list", made
    return "value", None


def fault(name: object, array: Any, error: BaseException) -> BaseException:
    """The exception for an Arrow array that cannot be read: it names the parameter, if the array is at fault."""
    kind = type(array)
    if isinstance(error, MemoryError):
        return MemoryError(f"parameter {name}, type: {kind}, is too large: {error}")
    if not isinstance(error, ValueError):
        return error
    return make("ParamValidationError", report=f"Invalid value for parameter {name}, type: {kind}, {error}")


def _dimensions(array: Any) -> int:
    try:
        return index(array.ndim)
    except Exception:  # noqa: BLE001 - it is no array of numpy's kind
        return 0


def _length(array: Any) -> int:
    try:
        return len(array)
    except Exception:  # noqa: BLE001 - an object without a length is not an array
        return 0
