"""Makes our credentials instances of botocore's and aiobotocore's classes for `isinstance`, once those are loaded."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: Our class and botocore's class -> the class that an object reports.
_made: dict[tuple[type, type], type] = {}


def seen_as(kind: type, places: Iterable[tuple[str, str]]) -> type:
    """A class of the same name that also derives from botocore's; the class itself if botocore's is not loaded.

    Args:
        kind: Our class.
        places: Module and name of botocore's classes. The first that is loaded is used.
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
    """A class of the same name with both as parents; the class itself if Python cannot make one."""
    if (kind, parent) not in _made:
        try:
            made = type(kind.__name__, (kind, parent), {"__module__": kind.__module__, "__slots__": ()})
        except TypeError:
            made = kind
        _made[kind, parent] = made
    return _made[kind, parent]
