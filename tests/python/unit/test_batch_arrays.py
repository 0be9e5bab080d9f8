"""A batch reads arrays of any library: objects that can become a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

import presigned
from presigned import exceptions

PLACE = {"Bucket": "bucket"}


@pytest.fixture(autouse=True)
def a_clock_that_stands_still() -> Iterator[None]:
    with time_machine.travel(1_767_323_045, tick=False):
        yield


class Array:
    """An object of a library for arrays, with these attributes."""

    def __init__(self, **attributes: Any) -> None:
        vars(self).update(attributes)


@pytest.mark.parametrize(
    "attributes",
    [
        {"tolist": lambda: ["a", "b"]},
        {"to_list": lambda: ["a", "b"]},
        {"tolist": lambda: "a", "to_list": lambda: ["a", "b"]},
        {"tolist": lambda: ["a", "b"], "ndim": 1},
        {"tolist": lambda: ["a", "b"], "ndim": "two"},
        {"tolist": lambda: type("Own", (list,), {})(["a", "b"])},
    ],
)
def test_an_object_that_becomes_a_list_is_a_column(s3: presigned.S3, attributes: dict[str, Any]) -> None:
    urls = s3.generate_presigned_urls("get_object", {**PLACE, "Key": Array(**attributes)})
    assert urls == s3.generate_presigned_urls("get_object", {**PLACE, "Key": ["a", "b"]})


@pytest.mark.parametrize("value", [Array(tolist=lambda: ("a", "b")), memoryview(b"ab"), Array()])
def test_an_object_that_becomes_no_list_is_one_value(s3: presigned.S3, value: Any) -> None:
    with pytest.raises(exceptions.ParamValidationError, match="No parameter is a column"):
        s3.generate_presigned_urls("get_object", {**PLACE, "Key": value})


class Shapeless(Array):
    """An array that raises when it is asked for its shape."""

    @property
    def ndim(self) -> int:
        raise OSError("no shape")

    def __len__(self) -> int:
        raise OSError("no length")


def test_an_array_of_unknown_shape_is_a_column(s3: presigned.S3) -> None:
    urls = s3.generate_presigned_urls("get_object", {**PLACE, "Key": Shapeless(tolist=lambda: ["a", "b"])})
    assert urls == s3.generate_presigned_urls("get_object", {**PLACE, "Key": ["a", "b"]})


def test_what_an_array_raises_instead_of_a_list_is_passed_on(s3: presigned.S3) -> None:
    def raises() -> list[str]:
        raise OSError("no list")

    with pytest.raises(OSError, match="no list"):
        s3.generate_presigned_urls("get_object", {**PLACE, "Key": Array(tolist=raises)})
