"""Compares the objects under some names of modules and classes with those found before, fast enough for each call."""

from __future__ import annotations

import gc
import sys
from types import ModuleType

from presigned._core import Unchanged

from . import harmless
from .origin import origin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    #: A module or class, its name, a name in it, and `origin` of the object there in an untouched botocore.
    Lookup = tuple[Any, str, str, str]
    #: A class, its name, and the names that it must inherit and must not define itself.
    Heir = tuple[Any, str, Sequence[str]]

_ABSENT = object()
#: Mutable values: they are compared with a copy.
_MUTABLE = (list, dict)
#: The one table whose other entries do not affect presigning.
_SIGNERS = "AUTH_TYPE_MAPS"
_HEADERS = ("botocore.auth", "SIGNED_HEADERS_BLACKLIST")


class Group:
    """Names that are looked up together.

    Args:
        lookups: The names.
        heirs: Classes that inherit some of these methods.
        signers: Names of signers -> the classes that the table of signers must have for them.
    """

    def __init__(self, lookups: Iterable[Lookup], heirs: Iterable[Heir], signers: dict[str, Any] | None = None) -> None:
        self._lookups = [
            (namespace(owner), place, sys.intern(name), expected) for owner, place, name, expected in lookups
        ]
        self._heirs = [(namespace(owner), place, names) for owner, place, names in heirs]
        self._signers = signers or {}
        #: The first replaced name that was found: the namespace, the name, the object there and a copy of it.
        self._foreign: tuple[Any, str, Any, Any] | None = None
        #: Everything as it was found, if all of it was botocore's own or harmless.
        self.unchanged = NOTHING_FOUND
        #: What is not botocore's own, if something is not.
        self.fault = ""
        self.renew()

    def is_own(self) -> bool:
        """Whether everything is botocore's own, or harmless."""
        return self.are_untouched() or self.renew()

    @property
    def are_untouched(self) -> Callable[[], bool]:
        """Whether everything is as it was found."""
        return self.unchanged.is_so

    def renew(self) -> bool:
        """Looks at everything again, as something was replaced. Returns whether all is botocore's own, or harmless."""
        if self._foreign is not None:
            names, name, found, copy = self._foreign
            if names.get(name, _ABSENT) is found and found == copy:
                return False
        seen = [names.get(name, _ABSENT) for names, _, name, _ in self._lookups]
        for found, (names, place, name, expected) in zip(seen, self._lookups, strict=True):
            if not _is_own(place, name, found, expected):
                return self._refuse(names, place, name, found)
        for names, place, inherited in self._heirs:
            for name in inherited:
                if name in names:
                    return self._refuse(names, place, name, names[name])
        table = _table_of_signers()
        for name, kind in self._signers.items():
            if table.get(name) is not kind:
                return self._refuse(table, f"botocore.auth.{_SIGNERS}", name, table.get(name, _ABSENT))
        self._foreign = None
        # Not with the object that is there now, which another thread may have replaced.
        self.unchanged = self._comparison(seen)
        return self.unchanged.is_so()

    def _refuse(self, names: Any, place: str, name: str, found: Any) -> bool:
        # The table of signers is compared with the object under another name.
        if name != _SIGNERS:
            self._foreign = names, name, found, found.copy() if type(found) in _MUTABLE else found
        self.fault = f"{place}.{name} was replaced, or is another in this version of botocore"
        return False

    def _comparison(self, seen: Sequence[Any]) -> Unchanged:
        """Makes what compares everything with what was found."""
        same, equal = [], []
        for found, (names, _, name, _) in zip(seen, self._lookups, strict=True):
            same.append((names, name, found))
            if type(found) in _MUTABLE and name != _SIGNERS:
                equal.append((found, found.copy()))
        table = _table_of_signers()
        # With the table's own strings: a name is found by its address.
        same += [(table, name, self._signers[name]) for name in table if name in self._signers]
        return unchanged(same, [(names, len(names)) for names, _, _ in self._heirs], equal)


#: The comparison if there is nothing to compare: it finds a difference each time.
NOTHING_FOUND = Unchanged([({}, 1, [])], [])


def unchanged(
    same: Iterable[tuple[dict[str, Any], str, object]],
    sizes: Iterable[tuple[dict[str, Any], int]],
    equal: list[tuple[object, object]],
) -> Unchanged:
    """Makes what compares some names of dicts.

    Args:
        same: Dict, name and the object that must be there. A name must be the string of the dict itself, or interned.
        sizes: Dicts, each with the number of names that it must have.
        equal: Lists or dicts, each with what it must be equal to.
    """
    numbers = {id(names): (names, number) for names, number in sizes}
    found: dict[int, tuple[dict[str, Any], dict[str, object]]] = {key: (one[0], {}) for key, one in numbers.items()}
    for names, name, value in same:
        found.setdefault(id(names), (names, {}))[1][name] = value
    compared = [
        (names, numbers[key][1] if key in numbers else None, [*values.items()])
        for key, (names, values) in found.items()
    ]
    return Unchanged(compared, equal)


def namespace(owner: Any) -> dict[str, Any]:
    """The dict of a module or a class. A class shows only a view; this returns the dict behind it.

    Raises:
        TypeError: It has none, or hides it.
    """
    shown = vars(owner)
    behind = [shown] if isinstance(owner, ModuleType) else gc.get_referents(shown)
    if len(behind) == 1 and type(behind[0]) is dict and behind[0] == shown:
        found: dict[str, Any] = behind[0]
        return found
    raise TypeError(f"{owner} has no dict")


def _is_own(place: str, name: str, found: Any, expected: str) -> bool:
    if name == _SIGNERS:
        return found is _table_of_signers() and type(found) is dict
    if (place, name) == _HEADERS and type(found) is list:
        found = harmless.without_unsigned_headers(found)
    return origin(harmless.unwrapped(place, name, found)) == expected


def _table_of_signers() -> Any:
    return vars(sys.modules["botocore.auth"]).get(_SIGNERS)
