"""Lets `isinstance` find boto3's classes in objects of ours, once a program has those classes."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: A class of ours and one of theirs -> the class that an object answers with.
_made: dict[tuple[type, type], type] = {}


def theirs(module: str, name: str) -> Any:
    """A class of boto3 or botocore, or `None` while nobody has imported it; nothing is imported to find out.

    Args:
        module: Its module, such as `"botocore.client"`.
        name: Its name.
    """
    loader: Any = sys.modules.get("presigned._boto3.loader")
    found: Any = None
    if module.startswith("boto3.") and loader is not None and loader.loaded is not None:
        # Under boto3's name there may be presigned.
        found = loader.loaded
        for part in module.split(".")[1:]:
            found = getattr(found, part, None)
    elif not module.startswith("boto3.") or sys.modules.get("boto3") is not sys.modules.get("presigned"):
        found = sys.modules.get(module)
    return getattr(found, name, None)


def joined(kind: type, module: str, name: str, parents: tuple[type, ...] = ()) -> type:
    """A class of the same name that also derives from theirs; the class itself where theirs is not loaded.

    Args:
        kind: The class.
        module: The module of theirs.
        name: Its name there.
        parents: Classes that a program has added to those that its object is made from, and theirs.
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
