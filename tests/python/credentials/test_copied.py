"""Copies of exceptions: the same as the original in all that can be seen, without any frame, for every class."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import urllib.error
from collections.abc import Callable
from typing import Any

import botocore.exceptions
import pytest
from typing_extensions import Self

import presigned
from credentials.waiting import chain
from presigned._credentials.copied import copied


class OddError(Exception):
    """An exception whose `args` are not the arguments of its class."""

    def __init__(self, status: int, *, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status


class SlottedError(Exception):
    """An exception with slots."""

    __slots__ = ("code", "never_set")

    def __init__(self, code: int) -> None:
        self.code = code

    def __str__(self) -> str:
        return f"code {self.code}"


@dataclasses.dataclass(frozen=True)
class FrozenError(Exception):
    """An exception whose attributes cannot be set."""

    code: int
    why: str


class FromNewError(Exception):
    """An exception whose constructor needs arguments."""

    def __new__(cls, code: int, why: str) -> Self:
        made = super().__new__(cls, why)
        vars(made)["code"] = code
        return made

    def __init__(self, *_: object) -> None:
        """An exception that sets everything in `__new__`."""


class OfTheSystemError(OSError):
    """An exception with a keyword argument only."""

    def __init__(self, path: str) -> None:
        super().__init__(2, "not there", path)
        self.where = path


def undecodable() -> Exception:
    try:
        b"ab\xff".decode()
    except UnicodeDecodeError as error:
        return error
    raise AssertionError


def no_json() -> Exception:
    try:
        json.loads("{")
    except ValueError as error:
        return error
    raise AssertionError


def not_found() -> Exception:
    try:
        open("/nowhere/at/all")  # noqa: PTH123, SIM115 - it is not there
    except OSError as error:
        return error
    raise AssertionError


FAILURES: dict[str, Callable[[], BaseException]] = {
    "without arguments": RuntimeError,
    "with arguments": lambda: ValueError("a", 1),
    "a key": lambda: KeyError("name"),
    "a file": not_found,
    "of the system": lambda: OSError("just text"),
    "of a class of its own": lambda: OfTheSystemError("/etc/vault"),
    "undecodable": undecodable,
    "no JSON": no_json,
    "an import": lambda: ImportError("no module", name="hvac", path="/p"),
    "an exit": lambda: SystemExit(3),
    "a stop": lambda: StopIteration("value"),
    "syntax": lambda: SyntaxError("bad", ("f.py", 1, 2, "x = ", 1, 3)),
    "a process": lambda: subprocess.CalledProcessError(2, ["vault"], output=b"o", stderr=b"e"),
    "a time-out": lambda: subprocess.TimeoutExpired(["vault"], 1.5),
    "of urllib": lambda: urllib.error.URLError(ConnectionRefusedError(111, "refused")),
    "other arguments": lambda: OddError(503, reason="sealed"),
    "slots": lambda: SlottedError(7),
    "a data class": lambda: FrozenError(7, "sealed"),
    "of __new__": lambda: FromNewError(7, "sealed"),
    "ours": lambda: presigned.exceptions.make("CredentialRetrievalError", provider="p", error_msg="m"),
    "ours, a parent's class": lambda: presigned.exceptions.ClientError({"Error": {"Code": "A"}}, "AssumeRole"),
    "botocore's": lambda: botocore.exceptions.EndpointConnectionError(endpoint_url="http://h", error=OSError(1, "x")),
    "botocore's answer": lambda: botocore.exceptions.ClientError(
        {"Error": {"Code": "A", "Message": "m"}, "ResponseMetadata": {"HTTPHeaders": {"a": "b"}}}, "AssumeRole"
    ),
    "an interruption": lambda: KeyboardInterrupt("now"),
}


def seen(error: BaseException) -> Any:
    """What a program can see of an exception, values that are exceptions by what they say."""

    def plain(value: Any) -> Any:
        if isinstance(value, BaseException):
            return type(value), str(value)
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items()}
        return tuple(map(plain, value)) if isinstance(value, tuple) else value

    names: tuple[str, ...] = (
        "errno",
        "strerror",
        "filename",
        "reason",
        "object",
        "start",
        "end",
        "code",
        "name",
        "path",
        "value",
    )
    names += ("msg", "doc", "pos", "lineno", "text", "returncode", "cmd", "stderr", "response", "kwargs", "status")
    parts = {name: plain(getattr(error, name)) for name in names if hasattr(error, name)}
    return type(error), str(error), repr(error), plain(error.args), plain(vars(error)), parts


@pytest.mark.parametrize("name", FAILURES)
def test_a_copy_says_what_the_original_says(name: str) -> None:
    error = FAILURES[name]()
    error.__dict__["__notes__"] = ["a note"]
    copy = copied(error)
    assert copy is not error
    assert seen(copy) == seen(error)
    assert copy.__traceback__ is None
    # And again, because each waiter copies the copy.
    assert seen(copied(copy)) == seen(error)


def failing() -> BaseException:
    """An exception with all that can lead to one, each with a traceback."""
    try:
        try:
            try:
                raise LookupError("first")  # noqa: TRY301 - to be handled
            except LookupError as error:
                raise OSError(1, "second") from error
        except OSError as error:
            raise OddError(503, reason="third") from botocore.exceptions.HTTPClientError(error=error)
    except OddError as error:
        error.__dict__.update(attempts=[error.__context__, {"last": error}], trace=error.__traceback__)
        return error


def test_what_led_to_it_is_copied_too_and_has_no_frames() -> None:
    error = failing()
    copy = copied(error)
    originals = {id(one) for one in chain(error)}
    assert len(originals) == 4
    for one in chain(copy):
        assert id(one) not in originals
        assert one.__traceback__ is None
    assert seen(copy.__cause__) == seen(error.__cause__)  # type: ignore[arg-type] # it has one
    assert copy.__suppress_context__
    context, original = copy.__context__, error.__context__
    assert context is not None
    assert original is not None
    assert (seen(context), seen(context.__cause__)) == (seen(original), seen(original.__cause__))  # type: ignore[arg-type] # each has a cause
    # As in the original, the same object is in several places.
    assert vars(copy)["attempts"] == [context, {"last": copy}]
    assert vars(copy)["trace"] is None


def test_what_a_traceback_leaves_out_it_leaves_out_of_a_copy_too() -> None:
    for cause, suppresses in ((None, True), (None, False), (KeyError("k"), False), (KeyError("k"), True)):
        error = RuntimeError("down")
        error.__cause__ = cause
        error.__context__ = LookupError("before")
        error.__suppress_context__ = suppresses
        copy = copied(error)
        assert (str(copy.__cause__), str(copy.__context__)) == (str(cause), "before")
        assert copy.__suppress_context__ is suppresses


def test_what_was_being_handled_before_is_left_out() -> None:
    before = KeyError("of a request")
    try:
        try:
            raise before
        except KeyError:
            raise RuntimeError("down")  # noqa: B904 - the point
    except RuntimeError as error:
        raised = error
    assert copied(raised).__context__ is not None
    assert copied(raised, before).__context__ is None
    # Unless that error was raised again.
    assert str(copied(before, before)) == str(before)


def test_a_chain_that_is_longer_than_pythons_stack_is_copied() -> None:
    error = last = RuntimeError("0")
    for number in range(5 * sys.getrecursionlimit()):
        last.__context__ = RuntimeError(str(number))
        last = last.__context__
    assert len(list(chain(copied(error)))) == len(list(chain(error)))
    while error.__context__ is not None:
        # Python would free it by recursion.
        error, error.__context__ = error.__context__, None  # type: ignore[assignment] # one of these


@pytest.mark.skipif(sys.version_info < (3, 11), reason="groups are of Python 3.11")
def test_a_group_is_copied_with_its_exceptions() -> None:
    group = ExceptionGroup("several", [OddError(1, reason="a"), ExceptionGroup("more", [failing()])])  # type: ignore[name-defined, unused-ignore] # noqa: F821 - of 3.11
    copy = copied(group)
    assert type(copy) is type(group)
    assert str(copy) == str(group)
    assert all(one.__traceback__ is None for one in chain(copy))
    assert len(list(chain(copy))) == len(list(chain(group)))


class UnwillingError(Exception):
    """Has another message after it is copied."""

    def __init__(self) -> None:
        super().__init__()
        self.own = id(self)

    def __str__(self) -> str:
        return "as it was" if self.own == id(self) else "something else"


class BrokenError(Exception):
    """Has no message: its `__str__` raises."""

    def __str__(self) -> str:
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("error", "text"), [(UnwillingError(), "UnwillingError: as it was"), (BrokenError(), "BrokenError: ?")]
)
def test_an_exception_that_cannot_be_copied_is_named_by_another_one(error: Exception, text: str) -> None:
    error.__cause__ = failing()
    copy = copied(error)
    assert isinstance(copy, presigned.exceptions.CredentialRetrievalError)
    assert str(copy).endswith(text)
    assert all(one.__traceback__ is None for one in chain(copy))
    assert type(copy.__cause__) is OddError
