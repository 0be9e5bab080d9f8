"""Describes in a string what an object is and where it comes from. A stand-in has a different string.

`scripts/generate_lookups.py` writes down the strings of an untouched botocore, and `group` compares them.
"""

from __future__ import annotations

import collections
import datetime
import functools
import re
import sys
from types import BuiltinFunctionType, FunctionType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

#: Where hash functions are defined, which depends on how Python was built; their names may begin with the library's.
_HASHES = ("_hashlib", "_md5", "_sha1", "_sha2", "_sha256")
#: Libraries of objects that have no functions of their own, such as parsers.
_LIBRARIES = ("botocore", "aiobotocore", "string")


def origin(found: Any) -> str | None:
    """Describes an object; `None` for one of an unknown kind, such as a mock or a wrapper.

    It reads the real type: a wrapper may claim to be a function.
    """
    kind = type(found)
    describe = _KINDS.get(kind)
    if describe is not None:
        return describe(found)
    if isinstance(found, type):
        return _of_class(found)
    return _of_object(found) if kind.__module__.partition(".")[0] in _LIBRARIES else None


def _of_function(found: Any) -> str | None:
    module = found.__globals__.get("__name__")
    # A function that another one was given the names of is still in its own module.
    is_whole = module in sys.modules and found.__globals__ is vars(sys.modules[module])
    return f"function {module}.{found.__qualname__}" if is_whole else None


def _of_builtin(found: Any) -> str:
    if found.__module__ in _HASHES:
        return f"hash {found.__name__.removeprefix('openssl_')}"
    return f"builtin {found.__module__}.{found.__qualname__}"


def _of_module(found: Any) -> str | None:
    name: str = found.__name__
    return f"module {name}" if sys.modules.get(name) is found else None


def _of_class(found: type) -> str | None:
    if found is datetime.datetime and "hour" not in vars(found):
        # A stand-in is a subclass, and has the fields of the clock from its parent.
        return None
    return f"class {found.__module__}.{found.__qualname__}"


def _of_items(found: Any) -> str | None:
    items = [origin(one) for one in (sorted(found, key=repr) if type(found) in (set, frozenset) else found)]
    return None if None in items else f"{type(found).__name__} of {', '.join(map(str, items))}"


def _of_dict(found: Any) -> str | None:
    items = {origin(name): origin(one) for name, one in found.items()}
    is_known = None not in items and None not in items.values()
    return f"dict of {', '.join(f'{name}: {one}' for name, one in items.items())}" if is_known else None


def _of_object(found: Any) -> str | None:
    kind = type(found)
    functions = [origin(one) for one in getattr(found, "__dict__", {}).values() if callable(one)]
    if None in functions:
        return None
    return " ".join([f"object {kind.__module__}.{kind.__qualname__}", *map(str, functions)])


_FIELD = type(vars(collections.namedtuple("_Pair", "first"))["first"])  # noqa: PYI024 - for the type of its field
#: Type -> what describes its objects.
_KINDS: Mapping[type, Callable[[Any], str | None]] = {
    FunctionType: _of_function,
    BuiltinFunctionType: _of_builtin,
    ModuleType: _of_module,
    # A function with a result cache. Which functions have one depends on Python's version.
    type(functools.lru_cache(int)): lambda found: origin(found.__wrapped__),
    _FIELD: lambda found: f"field {found.__doc__}",
    re.Pattern: lambda found: f"pattern {found.flags} {found.pattern!r}",
    property: lambda found: f"property {origin(found.fget)}",
    staticmethod: lambda found: f"staticmethod {origin(found.__func__)}",
    classmethod: lambda found: f"classmethod {origin(found.__func__)}",
    **dict.fromkeys((str, bytes, int, float, bool, type(None)), repr),
    **dict.fromkeys((list, tuple, set, frozenset), _of_items),
    dict: _of_dict,
}


def resolved(place: str) -> Any:
    """The module or class of this name, or `None`."""
    parts = place.split(".")
    for count in range(len(parts), 0, -1):
        found: Any = sys.modules.get(".".join(parts[:count]))
        if found is not None:
            for part in parts[count:]:
                found = vars(found).get(part)
                if not isinstance(found, type):
                    return None
            return found
    return None
