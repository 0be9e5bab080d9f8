"""Objects with wrong lengths, that raise, grow, contain themselves or nest without end, as a faulty caller may pass."""

from __future__ import annotations

import datetime
import decimal
import fractions
import functools
import io
import sys
import uuid
from collections import OrderedDict, UserDict, UserString, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import presigned
from presigned.config import Config

from .case import KEYS, UNSIGNED

OBJECT = {"Bucket": "bucket", "Key": "key"}


class Angry(Exception):  # noqa: N818 - what a caller's object may raise
    """Raised by the objects below."""


def fails(*_: object, **__: object) -> NoReturn:
    """What every method of a hostile object does."""
    raise Angry


def hostile(base: type, *names: str, value: Any = None) -> Any:
    """An object of a subclass of `base` whose methods of these names raise."""
    made = type("Hostile", (base,), dict.fromkeys(names, fails))
    return made() if value is None else made(value)


NAMES = ("__str__", "__repr__", "__len__", "__eq__", "__bool__", "__iter__", "__getitem__", "__contains__", "__int__",
"__index__", "__float__", "keys", "items", "get", "copy", "read", "encode", "endswith", "__getattr__", "utctimetuple",
"timetuple", "tzinfo", "total_seconds", "__format__", "__bytes__", "__buffer__", "__call__", "upper", "append",
"__lt__", "__hash__")  # fmt: skip


class Unhashable(str):
    """A string that cannot be a key."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment] # the point of it


class Lying(str):
    """A string whose `len()` is too small."""

    __slots__ = ()

    def __len__(self) -> int:
        return -1  # noqa: PLE0303 - the lie


class Growing(list[Any]):
    """A list that grows while it is walked."""

    def __iter__(self) -> Iterator[Any]:
        self.append({"a": "b"})
        return super().__iter__()


class Shrinking(dict[str, Any]):
    """A mapping that empties itself when it is asked for anything."""

    def items(self) -> Any:
        self.clear()
        return super().items()

    def __getitem__(self, name: str) -> Any:
        self.clear()
        raise KeyError(name)


class Zone(datetime.tzinfo):
    """A zone that raises."""

    utcoffset = dst = tzname = fails


def ring() -> list[Any]:
    """A list that holds itself."""
    held: list[Any] = []
    held.append(held)
    return held


def circle() -> dict[str, Any]:
    """A mapping that holds itself."""
    held: dict[str, Any] = {"Bucket": "bucket", "Key": "key"}
    held["Key"] = held
    held["Metadata"] = held
    return held


@functools.cache
def deep() -> list[Any]:
    """Lists in lists."""
    held: list[Any] = []
    for _ in range(100_000):
        held = [held]
    return held


@functools.cache
def deep_mapping() -> dict[str, Any]:
    """Mappings in mappings."""
    held: dict[str, Any] = {}
    for _ in range(100_000):
        held = {"a": held}
    return held


def _released() -> memoryview:
    view = memoryview(b"abc")
    view.release()
    return view


def _closed() -> io.BytesIO:
    stream = io.BytesIO(b"abc")
    stream.close()
    return stream


OBJECTS: dict[str, Callable[[], Any]] = {
    **{f"object.{name}": lambda name=name: hostile(object, name) for name in NAMES},
    **{f"str.{name}": lambda name=name: hostile(str, name, value="text") for name in NAMES},
    **{f"dict.{name}": lambda name=name: hostile(dict, name,
    value={"Bucket": "bucket", "Key": "key"}) for name in NAMES},
    **{f"list.{name}": lambda name=name: hostile(list, name, value=[{"a": "b"}, "c"]) for name in NAMES},

    **{f"int.{name}": lambda name=name: hostile(int, name, value=60) for name in NAMES},
    **{f"float.{name}": lambda name=name: hostile(float, name, value=60.0) for name in NAMES},
    **{f"bytes.{name}": lambda name=name: hostile(bytes, name, value=b"text") for name in NAMES},
    "ring": ring, "circle": circle, "deep": deep, "deep_mapping": deep_mapping,
    "growing": lambda: Growing([{"a": "b"}]), "shrinking": lambda: Shrinking(OBJECT),
    "unhashable": lambda: Unhashable("text"),
    "lying": lambda: Lying("text"), "generator": lambda: (each for each in "abc"), "iterator": lambda: iter([1]),
    "class": lambda: object, "metaclass": lambda: type, "function": lambda: len, "lambda": lambda: lambda: None,
    "method": lambda: "".join, "module": lambda: sys, "ellipsis": lambda: ..., "none": lambda: None,
    "bytes": lambda: b"\x00\xff", "bytearray": lambda: bytearray(b"x"),
    "memoryview": lambda: memoryview(b"abc"), "released": _released, "nan": lambda: float("nan"),
    "inf": lambda: float("inf"), "huge": lambda: 10**4000, "enormous": lambda: 10**5000, "negative": lambda: -(2**70),
    "complex": lambda: 1j, "decimal": lambda: decimal.Decimal("sNaN"), "fraction": lambda: fractions.Fraction(1, 3),
    "set": lambda: {1}, "frozenset": lambda: frozenset({1}), "deque": lambda: deque([1]),
    "user_dict": lambda: UserDict(OBJECT),
    "user_string": lambda: UserString("text"), "ordered": lambda: OrderedDict(OBJECT), "path": lambda: Path("a"),
    "uuid": uuid.uuid4, "closed": _closed, "stream": lambda: io.BytesIO(b"abc"),
    "text_stream": lambda: io.StringIO("abc"),
    "date": lambda: datetime.date(2026, 1, 2), "zone": lambda: datetime.datetime(2026, 1, 2, tzinfo=Zone()),
    "timedelta": lambda: datetime.timedelta.max, "exception": Angry, "surrogates": lambda: "\ud800\udfff",
    "empty": lambda: "",
    "long": lambda: "x" * 100_000, "wide": lambda: [0] * 10_000, "unsigned": lambda: UNSIGNED,
    "client": lambda: presigned.client("s3", **KEYS), "config": Config, "session": presigned.Session,
    "nul": lambda: "\x00",
    "object": object,
}  # fmt: skip
