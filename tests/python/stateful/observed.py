"""What a line of a program came to, as plain values that two worlds can be compared by."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import botocore.exceptions

from .server import Seen

#: How boto3 fails without credentials, where presigned says that there are none: the fourth line of COMPATIBILITY.md.
NO_KEYS_FOR_A_FORM = "'NoneType' object has no attribute 'access_key'"
#: How boto3 fails where two of its sessions share one session of botocore's.
INJECTED_TWICE = "attribute already exists in class dict"
#: Where boto3 makes the classes of modelled errors, new ones for each session.
_MODELLED = "botocore.errorfactory"


@dataclass(frozen=True)
class Raised:
    """An exception."""

    error: BaseException

    def __repr__(self) -> str:
        kind = type(self.error)
        response = getattr(self.error, "response", None)
        suffix = "" if response is None else f" {shown(response)!r}"
        return f"{kind.__module__}.{kind.__qualname__}: {text_of(self.error)}{suffix}"

    def as_caught(self) -> str:
        """Its name, the class of botocore that catches it, and its text: the same for presigned's as for botocore's."""
        kind = type(self.error)
        catching = next(base for base in kind.__mro__ if not base.__module__.startswith(("presigned", _MODELLED)))
        return f"{kind.__name__} {catching.__name__} {repr(self).partition(': ')[2]}"

    def is_like(self, other: object) -> bool:
        """Whether presigned's error passes as this one in every `except` clause and for every reader."""
        if not isinstance(other, Raised):
            return False
        if str(self.error) == NO_KEYS_FOR_A_FORM and isinstance(other.error, botocore.exceptions.NoCredentialsError):
            return True
        if type(self.error).__name__ != type(other.error).__name__:
            return False
        kind = type(self.error)
        expected = botocore.exceptions.ClientError if kind.__module__ == _MODELLED else kind
        return (
            isinstance(other.error, expected)
            and text_of(self.error) == text_of(other.error)
            and repr(shown(getattr(self.error, "response", None)))
            == repr(shown(getattr(other.error, "response", None)))
        )


@dataclass(frozen=True)
class AtLeast:
    """Whether something holds that must hold in presigned wherever it does in boto3."""

    holds: bool
    #: Whether it may hold in presigned where it does not in boto3.
    may_hold: bool = True

    def is_like(self, other: object) -> bool:
        """Whether it is true of presigned's result too."""
        return isinstance(other, AtLeast) and (other.holds is self.holds or (other.holds and self.may_hold))


@dataclass(frozen=True)
class Anything:
    """What boto3's answer says nothing about."""

    def is_like(self, other: object) -> bool:
        """Always."""
        del other
        return True


@dataclass(frozen=True)
class Names:
    """What a thing lists: presigned's may list more."""

    names: frozenset[str]

    def __repr__(self) -> str:
        return f"{len(self.names)} names"

    def is_like(self, other: object) -> bool:
        """Whether presigned's result lists all of these."""
        return isinstance(other, Names) and self.names <= other.names


@dataclass
class Observation:
    """All that there is to see of one line."""

    result: Any
    requests: list[Seen] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)

    def difference(self, ours: Observation) -> str | None:
        """What differs, or `None`."""
        if isinstance(self.result, Anything) or isinstance(ours.result, Anything):
            return None
        if isinstance(self.result, Raised) and INJECTED_TWICE in str(self.result.error):
            return None
        if not alike(self.result, ours.result):
            theirs, mine = _parting(self.result, ours.result)
            return f"boto3:     {theirs!r}\npresigned: {mine!r}"
        if self.requests != ours.requests:
            theirs, mine = ([line for seen in one.requests for line in seen.lines()] for one in (self, ours))
            return "\n".join(["boto3 sent -, presigned sent +:", *difflib.ndiff(theirs, mine)])
        if self.events != ours.events:
            return f"boto3's handlers:     {self.events!r}\npresigned's handlers: {ours.events!r}"
        return None


def alike(theirs: Any, ours: Any) -> bool:
    """Whether no program could tell two results apart."""
    if isinstance(ours, Anything):
        return True
    if hasattr(theirs, "is_like"):
        return bool(theirs.is_like(ours))
    if isinstance(theirs, tuple) and isinstance(ours, tuple):
        return len(theirs) == len(ours) and all(map(alike, theirs, ours))
    return type(theirs) is type(ours) and bool(theirs == ours)


def _parting(theirs: Any, ours: Any) -> tuple[Any, Any]:
    """The parts of two results where they differ."""
    if isinstance(theirs, tuple) and isinstance(ours, tuple) and len(theirs) == len(ours):
        differing = [pair for pair in zip(theirs, ours, strict=True) if not alike(*pair)]
        if len(differing) == 1:
            return _parting(*differing[0])
    return theirs, ours


def text_of(thing: object) -> str:
    """Its text, without addresses and modules of objects, and without which row of a batch it is about."""
    return re.sub(r"<(?:\w+\.)*(\w+ object) at 0x[0-9a-f]+>", r"<\1>", re.sub(r"^(['\"]?)row \d+: ", r"\1", str(thing)))


def shown(value: Any) -> Any:
    """A value as plain data, types included."""
    if isinstance(value, dict):
        return (type(value).__name__, *((shown(name), shown(item)) for name, item in value.items()))
    if isinstance(value, list | tuple):
        return (type(value).__name__, *map(shown, value))
    return next((show(value) for is_so, show in _SINGLE if is_so(value)), f"a {type(value).__name__}")


_SINGLE: tuple[tuple[Callable[[Any], bool], Callable[[Any], Any]], ...] = (
    # moto draws the number of each request.
    (
        lambda value: type(value) is str and bool(re.fullmatch(r"[A-Za-z0-9]{52}", value)),
        lambda _: "a request id of moto's",
    ),
    (lambda value: value is None or type(value) in (bool, int, float, str, bytes), lambda value: value),
    (lambda value: hasattr(value, "is_like"), lambda value: value),
    # What botocore marks by its class in a client's own options.
    (lambda value: type(value).__name__ == "ClientConfigString", str),
    (lambda value: isinstance(value, BaseException), Raised),
    (lambda value: isinstance(value, type), lambda value: f"class {value.__name__}"),
    (lambda value: hasattr(value, "read"), lambda value: ("stream", value.read())),
    (lambda value: hasattr(value, "isoformat"), lambda value: value.isoformat()),
)
