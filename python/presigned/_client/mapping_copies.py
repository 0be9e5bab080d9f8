"""Writes into a copy of a mapping what boto3 writes into the caller's mapping."""

from __future__ import annotations

from collections import OrderedDict, defaultdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The classes of dicts with their own storage. A class comes before the class that it extends.
_DICTS = (OrderedDict, defaultdict, dict)


def written(mapping: Any, values: dict[str, str]) -> Any:
    """Copies a mapping, and sets values in the copy by its own method.

    Args:
        mapping: A dict of a subclass, or another mapping. It stays as it is.
        values: The values to set.

    Returns:
        A mapping of the same class. `None` if it cannot be copied.

    Raises:
        Exception: The mapping's own error when a value is set: it may be read-only.
    """
    try:
        copy = _copied(mapping)
    except Exception:  # noqa: BLE001 - a program's own class may raise anything
        return None
    for name, value in values.items():
        copy[name] = value
    return copy


def _copied(mapping: Any) -> Any:
    """Copies a mapping without its own methods, which may hide what it contains."""
    kind: type[Any] = type(mapping)
    base: Any = next((base for base in _DICTS if issubclass(kind, base)), None)
    if base is None:
        from copy import copy

        return copy(mapping)
    made = base.__new__(kind)
    for name in base.__iter__(mapping):
        base.__setitem__(made, name, dict.__getitem__(mapping, name))
    if base is defaultdict:
        made.default_factory = mapping.default_factory
    if hasattr(mapping, "__dict__"):
        object.__getattribute__(made, "__dict__").update(object.__getattribute__(mapping, "__dict__"))
    for cls in kind.__mro__:
        slots = cls.__dict__.get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else slots:
            if slot not in ("__dict__", "__weakref__") and hasattr(mapping, slot):
                object.__setattr__(made, slot, getattr(mapping, slot))
    return made
