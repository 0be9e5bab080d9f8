"""`help`, and Shift-Tab in a notebook, read like a manual: arguments with types, errors, an example that is run."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

import presigned
from presigned._client import presign_options

METHODS = ["generate_presigned_url", "generate_presigned_urls", "generate_presigned_post", "presign", "presign_post"]
MANUALS: dict[str, Any] = {
    **{name: getattr(presigned, name) for name in presigned.__all__ if callable(getattr(presigned, name))},
    **{f"S3.{name}": getattr(presigned.S3, name) for name in METHODS},
    "Session.client": presigned.Session.client,
}
# The first is made by others, the rest by the methods that presign: what they have is under Attributes.
RETURNED = ["Inspection", "Finding", "Verified", "Explanation", "Cause"]
MADE = ["PresignedMultipart", "PresignedPart", "PresignedPost", "PresignedRequest", "Objection"]
NOT_CALLED = {"S3", "UNSIGNED", *MADE, *RETURNED}
CALLED = sorted(MANUALS.keys() - NOT_CALLED)
#: What raises nothing of its own.
SAFE = {"set_stream_logger", "uninstall"}


def arguments(name: str) -> list[str]:
    """The arguments that a caller can give."""
    return [argument for argument in inspect.signature(MANUALS[name]).parameters if argument != "self"]


def section(name: str, heading: str) -> str:
    """What stands below a heading of a docstring, up to the next."""
    page = inspect.getdoc(MANUALS[name]) or ""
    found = re.search(rf"^{heading}:\n(.*?)(?=^\S|\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def test_what_is_public_is_here() -> None:
    assert {"client", "Session", "Config", "install", "accelerate", "S3.presign"} <= {*CALLED}


@pytest.mark.parametrize("name", CALLED)
def test_every_argument_has_its_type_and_a_sentence(name: str) -> None:
    described = re.findall(r"^    (\*{0,2}\w+)(?: \([^)]+\))?: \S", section(name, "Args"), re.MULTILINE)
    typed = re.findall(r"^    (\w+) \([^)]+\): \S", section(name, "Args"), re.MULTILINE)
    given = arguments(name)
    assert {argument.lstrip("*") for argument in described} >= {*given}
    assert {argument for argument in given if argument not in {"args", "kwargs", "options"}} <= {*typed}


def test_every_option_of_presign_has_its_type_and_a_sentence() -> None:
    described = re.findall(r"^    (\w+) \([^)]+\): \S", section("S3.presign", "Options"), re.MULTILINE)
    assert described == [*presign_options._NAMES]


@pytest.mark.parametrize("name", CALLED)
def test_errors_and_an_example_are_described(name: str) -> None:
    page = inspect.getdoc(MANUALS[name]) or ""
    assert page.splitlines()[0].endswith(".")
    assert name in SAFE or re.match(r"    \w+: \S", section(name, "Raises"))
    assert ">>> " in section(name, "Example")


@pytest.mark.parametrize("name", [name for name in CALLED if name.startswith("S3.")])
def test_times_have_their_unit_and_their_default(name: str) -> None:
    [life] = [argument for argument in arguments(name) if argument.lower().startswith("expires")]
    described = re.search(rf"{life} .*?(?=^    \w+ \(|\Z)", section(name, "Args"), re.MULTILINE | re.DOTALL)
    assert described is not None
    assert "in seconds" in described[0]
    assert "3600" in described[0]
    assert inspect.signature(MANUALS[name]).parameters[life].default == 3600


@pytest.mark.parametrize("name", RETURNED)
def test_what_a_check_returns_says_what_it_has(name: str) -> None:
    described = re.findall(r"^    (\w+) \([^)]+\): \S", section(name, "Attributes"), re.MULTILINE)
    assert {*described} == {*MANUALS[name].__slots__}
    assert ">>> " in section(name, "Example")


@pytest.mark.parametrize("name", ["PresignedRequest", "PresignedPost"])
def test_what_is_returned_says_what_it_has(name: str) -> None:
    kind = MANUALS[name]
    described = re.findall(r"^    (\w+) \([^)]+\): \S", section(name, "Attributes"), re.MULTILINE)
    assert {*described} == {slot for slot in kind.__slots__ if not slot.startswith("_")}
    assert (inspect.getdoc(kind.expires_at) or "").startswith("When S3 stops accepting it, in UTC")
    assert ">>> " in section(name, "Example")
