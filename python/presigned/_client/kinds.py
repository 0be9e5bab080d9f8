"""Makes our objects instances of boto3's classes for `isinstance`, once a program has loaded those classes."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Our class and boto3's class -> the class that an object reports.
_made: dict[tuple[type, type], type] = {}


def theirs(module: str, name: str) -> Any:
    """A class of boto3 or botocore, or `None` if it is not imported yet. Nothing is imported to find out.

    Args:
        module: Its module, such as `"botocore.client"`.
        name: Its name.
    """
    loader: Any = sys.modules.get("presigned._boto3.loader")
    found: Any = None
    if module.startswith("boto3.") and loader is not None and loader.loaded is not None:
        # `sys.modules` may have presigned under boto3's name.
        found = loader.loaded
        for part in module.split(".")[1:]:
            found = getattr(found, part, None)
    elif not module.startswith("boto3.") or sys.modules.get("boto3") is not sys.modules.get("presigned"):
        found = sys.modules.get(module)
    return getattr(found, name, None)


def joined(kind: type, module: str, name: str, parents: tuple[type, ...] = ()) -> type:
    """A class of the same name that also derives from boto3's; the class itself if boto3's is not loaded.

    Args:
        kind: The class.
        module: The module of boto3's class.
        name: The name of boto3's class.
        parents: Further base classes: those that a program has added to the object's class, and boto3's.
    """
    parent = theirs(module, name)
    for other in parents:
        if other is not parent and other not in kind.__mro__:
            kind = _with(kind, other)
    if parent is None or parent in kind.__mro__:
        return kind
    return _with(kind, parent)


def _with(kind: type, parent: type) -> type:
    if (kind, parent) not in _made:
        _made[kind, parent] = type(kind)(kind.__name__, (kind, parent), {"__module__": kind.__module__})
    return _made[kind, parent]
