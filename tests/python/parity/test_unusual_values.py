"""Values that the extension has Python read: what is replaced, claims to be something else, or has its own methods."""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import io
import subprocess
import sys
import types
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest

import presigned

from .case import Case, post, setting, url
from .compare import agree

KEYS: dict[str, Any] = {"aws_access_key_id": "AK", "aws_secret_access_key": "SK"}
PARAMS = {"Bucket": "bucket", "Key": "key"}
CLIENT = presigned.client("s3", "us-east-1", **KEYS)


class Name(str, enum.Enum):
    """Names of operations and parameters as programs write them."""

    GET = "get_object"
    BUCKET = "Bucket"
    KEY = "Key"


class Own(str):
    """A string with methods of its own."""

    __slots__ = ()

    def replace(self, *_: Any) -> Any:
        return Own("replaced")

    def __radd__(self, other: str) -> str:
        return other + "added"

    def encode(self, *_: Any) -> bytes:
        return b"encoded"


class Fields(dict[str, Any]):
    """Fields whose copy is another object."""

    def __init__(self, copy: Callable[[], Any]) -> None:
        super().__init__(acl="private")
        self.copy = copy  # type: ignore[method-assign] # an attribute is found first


CASES: dict[str, Callable[[], Case]] = {
    "an operation of an enumeration": lambda: url(Name.GET, PARAMS),
    "names of an enumeration": lambda: url("get_object", {Name.BUCKET: "bucket", Name.KEY: "key"}),
    "an operation that no dict takes": lambda: url([], PARAMS),
    "a string with its own encoding": lambda: url("get_object", {**PARAMS, "Key": Own("key")}),
    "a string that adds itself": lambda: url("put_object", {**PARAMS, "Metadata": {Own("a"): "b"}}),
    "strings of a list": lambda: url(
        "get_object_attributes", {**PARAMS, "ObjectAttributes": [Own('a"b'), Own("ETag"), "a,b"]}
    ),
    "a mapping that gives triples": lambda: url("put_object", {**PARAMS, "Metadata": Triples(a="b")}),
    "an ordered mapping": lambda: url("put_object", {**PARAMS, "Metadata": collections.OrderedDict(a="b", c="d")}),
    "parameters that cannot be written": lambda: url("get_object", types.MappingProxyType(PARAMS)),
    "an empty stream": lambda: url("put_object", {**PARAMS, "Body": io.BytesIO()}),
    "a method of bytes": lambda: url("get_object", PARAMS, HttpMethod=b"get"),
    "conditions of a deque": lambda: post(Conditions=collections.deque([{"acl": "private"}])),
    "conditions of a tuple": lambda: post(Conditions=({"acl": "private"},)),
    "an ordered condition": lambda: post(Conditions=[collections.OrderedDict(acl="private")]),
    "a condition that gives triples": lambda: post(Conditions=[Triples(acl="private")]),
    "an empty condition": lambda: post(Conditions=[Triples()]),
    "a range of large numbers": lambda: post(Conditions=[["content-length-range", 0, 2**70]]),
    "fields whose copy is an ordered mapping": lambda: post(Fields=Fields(lambda: collections.OrderedDict(a="b"))),
    "fields of 20": lambda: post(Fields={f"x-amz-meta-{at}": "a" for at in range(20)}),
    "a policy without an end": lambda: post(ExpiresIn=1e30),
    "a policy that is true": lambda: post(ExpiresIn=True),
    "a policy of a Decimal": lambda: post(ExpiresIn=decimal.Decimal(60)),
}


class Triples(dict[str, str]):
    """A dict whose entries cannot be taken apart."""

    def items(self) -> Any:
        return [(name, value, "more") for name, value in super().items()]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_a_value_with_its_own_methods_is_read_as_boto3_reads_it(case: Callable[[], Case], version: str) -> None:
    agree(dataclasses.replace(case(), setting=setting(config={"signature_version": version})))


@pytest.mark.parametrize(
    ("lifetime", "seconds"),
    [
        (60.0, "60"),
        (" 60 ", "60"),
        (datetime.timedelta(minutes=1), "60"),
        (decimal.Decimal(60), "60"),
        (fractions.Fraction(120, 2), "60"),
    ],
)
def test_a_lifetime_is_a_number_of_seconds_in_many_forms(lifetime: Any, seconds: str) -> None:
    assert f"X-Amz-Expires={seconds}&" in CLIENT.generate_presigned_url("get_object", PARAMS, lifetime)
    assert CLIENT.generate_presigned_post("bucket", "key", ExpiresIn=lifetime)["url"]


@pytest.mark.parametrize(
    "lifetime", [b"60", bytearray(b"60"), array.array("b", b"60"), True, 0.5, "1e3", [], 2**70, 1j]
)
def test_a_lifetime_is_no_buffer_and_no_truth_value(lifetime: Any) -> None:
    with pytest.raises(presigned.exceptions.ParamValidationError, match="ExpiresIn"):
        CLIENT.generate_presigned_url("get_object", PARAMS, lifetime)


def test_an_upper_that_makes_no_string_is_refused() -> None:
    method = mock.Mock(upper=lambda: 5)
    with pytest.raises(presigned.exceptions.ParamValidationError, match="HttpMethod"):
        CLIENT.generate_presigned_url("get_object", PARAMS, HttpMethod=method)


def test_a_list_that_grows_while_it_is_read_does_not_stop_the_call() -> None:
    attributes: list[Any] = []

    class Grows(str):
        __slots__ = ()

        def replace(self, *_: Any) -> str:
            attributes.append("more")
            return "a"

    attributes += [Grows("a,b"), "ETag"]
    link = CLIENT.generate_presigned_url("get_object_attributes", {**PARAMS, "ObjectAttributes": attributes})
    assert "X-Amz-Signature" in link


PLAIN = """
import datetime, sys, presigned
from presigned.config import Config
for version in ("s3v4", "s3"):
    keys = {"aws_access_key_id": "AK", "aws_secret_access_key": "SK"}
    client = presigned.client("s3", "us-east-1", config=Config(signature_version=version), **keys)
    for _ in range(3):
        client.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "Metadata": {"a": "b"}}, 60, "PUT")
        client.generate_presigned_post("b", "k", {"acl": "private"}, [{"acl": "private"}, ["eq", "$a", 1]], 60)
    client.generate_presigned_urls("get_object", {"Bucket": "b", "Key": ["k", "l"]})
print(*(name for name in ("clock", "lifetimes", "unusual_values") if f"presigned._client.{name}" in sys.modules))
"""


def test_plain_values_load_nothing_that_reads_others() -> None:
    done = subprocess.run([sys.executable, "-c", PLAIN], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
