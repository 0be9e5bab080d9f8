"""What our credentials are as `isinstance` asks: of botocore's and aiobotocore's classes too, once those are loaded."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: A class of ours and one of theirs -> the class that objects go by.
_made: dict[tuple[type, type], type] = {}


def seen_as(kind: type, places: Iterable[tuple[str, str]]) -> type:
    """A class of the same name that also derives from theirs; the class itself where theirs is not loaded.

    Args:
        kind: Ours.
        places: Module and name of classes of theirs; the first that is loaded is taken.
    """
    for home, name in places:
        parent = getattr(sys.modules.get(home), name, None)
        if isinstance(parent, type):
            return joined(kind, parent)
    return kind


def is_botocores(kind: type) -> bool:
    """Whether a class is one of botocore's credentials, or made of one."""
    theirs = getattr(sys.modules.get("botocore.credentials"), "Credentials", None)
    return isinstance(theirs, type) and issubclass(kind, theirs)


def joined(kind: type, parent: type) -> type:
    """A class of the same name that is a kind of both; the class itself where Python knows no such class."""
    if (kind, parent) not in _made:
        try:
            made = type(kind.__name__, (kind, parent), {"__module__": kind.__module__, "__slots__": ()})
        except TypeError:
            made = kind
        _made[kind, parent] = made
    return _made[kind, parent]
