"""Wrong arguments of a call are reported as boto3 does; difference 10 is about unknown names."""

from __future__ import annotations

from typing import Any

import pytest

from .case import POST, URL, Case, post, setting, url
from .compare import agree_all
from .outcome import Raised
from .subjects import ask_boto3, ask_presigned

PARAMS = {"Bucket": "bucket", "Key": "key"}
FIVE: tuple[Any, ...] = ("get_object", PARAMS, 1, "GET", 5)
WRONG: dict[str, tuple[str, tuple[Any, ...], dict[str, Any]]] = {
    "nothing": (URL, (), {}),
    "without the operation": (URL, (), {"Params": PARAMS}),
    "the first twice": (URL, ("get_object",), {"ClientMethod": "get_object"}),
    "the second twice": (URL, ("get_object", PARAMS), {"Params": PARAMS}),
    "too many": (URL, FIVE, {}),
    "too many, and one twice": (URL, FIVE, {"Params": PARAMS}),
    "form: nothing": (POST, (), {}),
    "form: without the key": (POST, ("bucket",), {}),
    "form: without the bucket": (POST, (), {"Key": "key"}),
    "form: the last twice": (POST, ("bucket", "key", None, None, 1), {"ExpiresIn": 1}),
    "form: too many": (POST, ("bucket", "key", None, None, 1, 2), {}),
}


@pytest.mark.parametrize(("method", "positional", "named"), WRONG.values(), ids=WRONG)
def test_the_error_is_boto3s(method: str, positional: tuple[Any, ...], named: dict[str, Any]) -> None:
    case = Case(setting(), method, positional, named)
    (expected, _), answer = ask_boto3(case), ask_presigned(case)
    assert isinstance(expected, Raised)
    assert isinstance(answer, Raised)
    assert (type(answer.error), str(answer.error)) == (TypeError, str(expected.error))


class Seconds(int):
    """A whole number with conversions of its own, which boto3 does not call."""

    __slots__ = ()

    def __float__(self) -> float:
        return 99.0

    def __index__(self) -> int:
        return 98

    def __int__(self) -> int:
        return 97


def test_an_expiry_of_a_subclass_of_int_counts_by_its_value() -> None:
    for version in ("s3v4", "s3"):
        made_of = setting(config={"signature_version": version})
        agree_all([post(made_of=made_of, ExpiresIn=Seconds(60))])
    agree_all([url("get_object", PARAMS, ExpiresIn=Seconds(60))])
