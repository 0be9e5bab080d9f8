"""What a call came to: a URL, a form, or an exception; and when two of them are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError


@dataclass(frozen=True)
class Url:
    """A presigned URL."""

    text: str

    def describe(self) -> str:
        """The URL itself."""
        return ascii(self.text)


@dataclass(frozen=True)
class Form:
    """A presigned POST: its fields in order, and what kind of mapping holds them."""

    url: str
    fields: tuple[tuple[Any, Any], ...]
    kind: type

    def describe(self) -> str:
        """URL and fields, one a line."""
        lines = [f"{self.url!a} fields: {self.kind.__name__}"]
        lines += [f"    {name!a}: {value!a} ({type(value).__name__})" for name, value in self.fields]
        return "\n".join(lines)


@dataclass(frozen=True)
class Raised:
    """An exception, and at which step: `config`, `client` or `call`."""

    error: BaseException
    step: str

    def describe(self) -> str:
        """Class, bases and text."""
        bases = [base.__name__ for base in type(self.error).__mro__[:-2]]
        return f"at {self.step}: {' < '.join(bases)}: {str(self.error)!a}"


Outcome = Url | Form | Raised


def read(result: Any) -> Outcome:
    """The outcome of a call that returned."""
    if isinstance(result, dict):
        assert type(result) is dict, f"not a plain dict: {type(result)}"
        assert list(result) == ["url", "fields"], list(result)
        fields = result["fields"]
        return Form(result["url"], tuple(fields.items()), type(fields))
    assert type(result) is str, f"neither a str nor a dict: {result!r}"
    return Url(result)


def same(theirs: Outcome, ours: Outcome) -> bool:
    """Whether no caller could tell the two apart."""
    if isinstance(theirs, Raised) and isinstance(ours, Raised):
        return theirs.step == ours.step and same_error(theirs.error, ours.error)
    if isinstance(theirs, Form) and isinstance(ours, Form):
        # Values that are not equal to themselves, or only to a value of another type, are told
        # apart by type and repr.
        return (
            theirs.url == ours.url
            and theirs.kind is ours.kind
            and len(theirs.fields) == len(ours.fields)
            and all(map(same_pair, theirs.fields, ours.fields))
        )
    return theirs == ours


def same_pair(theirs: tuple[Any, Any], ours: tuple[Any, Any]) -> bool:
    """Whether two fields have the same name and value, types included."""
    return all(
        one is other or (type(one) is type(other) and ascii(one) == ascii(other))
        for one, other in zip(theirs, ours, strict=True)
    )


def same_error(theirs: BaseException, ours: BaseException) -> bool:
    """Whether every `except` clause and every reader takes the two for one."""
    if not isinstance(ours, type(theirs)) or type(ours).__name__ != type(theirs).__name__:
        return False
    if isinstance(theirs, UnicodeError):
        # Where in which text it stands depends on what was joined before it was encoded.
        return True
    if str(theirs) != str(ours):
        return False
    if isinstance(theirs, BotoCoreError):
        arguments = {name: str(value) for name, value in theirs.kwargs.items()}
        return theirs.fmt == getattr(ours, "fmt", None) and arguments == {
            name: str(value) for name, value in getattr(ours, "kwargs", {}).items()
        }
    return ascii(theirs.args) == ascii(ours.args)
