"""POST forms: the policy to the last byte, the fields in their order and of their types."""

from __future__ import annotations

import collections
import enum
import types
from typing import Any

import boto3
import pytest

import presigned

from .case import KEYS as KEYS_OF_AN_ACCOUNT
from .case import UNSIGNED, Setting, label, post, setting
from .compare import agree

SIGNERS: dict[str, Setting] = {
    "sigv4": setting(),
    "sigv4-token": setting("eu-central-1", aws_session_token="to/ken+=="),
    "sigv4-empty-token": setting("cn-north-1", aws_session_token=""),
    "sigv2": setting(config={"signature_version": "s3"}),
    "sigv2-token": setting(config={"signature_version": "s3"}, aws_session_token="to/ken+=="),
    "unsigned": setting(config={"signature_version": UNSIGNED}),
    "path": setting("us-west-2", config={"s3": {"addressing_style": "path"}}),
    "custom": setting(endpoint_url="http://localhost:9000/x/"),
}
signers = pytest.mark.parametrize("made_of", SIGNERS.values(), ids=SIGNERS)


class Word(str, enum.Enum):
    """A string whose `str()` is a name."""

    ACL = "public-read"


class Colour(enum.IntEnum):
    """A number that prints as a name."""

    RED = 3


class Ratio(float):
    """A fraction that prints as a word."""

    def __repr__(self) -> str:
        return "half"


class Fields(dict[str, Any]):
    """A mapping class of the caller; its copies are plain dicts."""


class Kept(dict[str, Any]):
    """A mapping class of the caller; its copies are of the same class."""

    def copy(self) -> Kept:
        """Another of the same."""
        return Kept(self)


class Conditions(list[Any]):
    """A list of the caller's own."""


Pair = collections.namedtuple("Pair", "a b")  # noqa: PYI024 - what callers have

FIELDS: list[Any] = [
    None, {}, {"acl": "public-read"}, {"Content-Type": "image/png", "acl": "private", "x-amz-meta-a": "é"},
    {"key": "mine"}, {"Key": "mine"}, {"policy": "p", "a": "b"},
    {"x-amz-signature": "s", "x-amz-date": "d", "a": "b"}, {"signature": "s"}, {"AWSAccessKeyId": "x"},
    {"bucket": "other"}, {"x-amz-algorithm": 1}, {"x-amz-credential": None},
    {"a": None}, {"a": 1}, {"a": 1.5}, {"a": b"x"}, {"a": ["x"]}, {"a": {}}, {"a": object}, {"": ""}, {1: 2},
    {None: None}, {("a",): "b"}, {"\ud800": "\ud800"}, {"é": "日本"},
    {"x-amz-security-token": "mine"}, {"X-Amz-Security-Token": "mine"}, {"a": Word.ACL, Word.ACL: "b"},
    {"success_action_status": 201}, {"a" * 1000: "b" * 1000},
    collections.OrderedDict([("b", "1"), ("a", "2")]), collections.defaultdict(list, {"a": "b"}),
    collections.Counter({"a": 2}), Fields(a="b"), Kept(a="b"),
    collections.ChainMap({"a": "b"}, {"c": "d"}), collections.UserDict({"a": "b"}), types.MappingProxyType({"a": "b"}),
    [], [("a", "b")], (), "", "abc", 0, 1, True, False, {"a"}, set(), object, b"", iter([]), 1.5,
]  # fmt: skip

VALUES: list[Any] = [
    "a", "", "é", "日本", "🙂", "\ud800", "\udc00\ud800", "\ud83d\ude00", "\x00\x01\x1f", "\t\n\r\x08\x0c\x0b", "\x7f",
    "\x80\x9f", "\u2028\u2029", "\uffff", "\ufeff", '"', "\\", "/", "</script>", "'", "a" * 5000,
    0, 1, -1, 10**30, 10**4000, True, False, None, 0.0, -0.0, 1.0, 1.5, 0.1, 1e16, 1e17, 1e-5, 1e-7, 1e300,
    123456789.123456789, float("nan"), float("inf"), float("-inf"), Word.ACL, Colour.RED, Ratio(0.5),
    [], [1, [2, [3, []]]], (), (1, "a"), {}, {"a": {"b": [1, None, True]}}, Pair(1, 2),
    collections.OrderedDict([("b", 1), ("a", 2)]),
    {1: "a"}, {1.5: "a"}, {True: "a"}, {None: "a"}, {False: 1, "false": 2}, {float("nan"): 1}, {float("inf"): 1},
    {10**30: 1}, {Colour.RED: 1}, {Word.ACL: 1}, {"": ""}, {"é\n": "\ud800"}, {-0.0: 1}, {1: 1, "1": 2},
    b"x", bytearray(b"x"), {1, 2}, frozenset(), object, 1j, range(3), iter([]), types.MappingProxyType({}), {("a",): 1},
    {b"a": 1}, {object: 1}, Ellipsis, len,
]  # fmt: skip
CONDITIONS: list[Any] = [
    None, [], [{"acl": "public-read"}], [["content-length-range", 1, 1024]],
    [["starts-with", "$key", "a/"], ["eq", "$acl", "private"], {"Content-Type": "x"}], [{"bucket": "other"}],
    [{"key": "other"}],
    [{"x-amz-date": "d"}, {"x-amz-algorithm": "a"}, {"x-amz-credential": "c"}], [["starts-with", "$Content-Type", ""]],
    [["content-length-range", "0", "10485760"]], [["content-length-range", 0.5, 1e3]],
    [{"a": "b", "c": "d"}], [{}], [[]], [None], [1], ["text"], [("starts-with", "$key", "x")], Conditions([{"a": "b"}]),
    collections.deque([{"a": "b"}]),
    (), ({"a": "b"},), {}, {"a": "b"}, "", "abc", 0, 1, True, False, {1}, set(), object, b"", iter([]), range(2),
    collections.UserList([{"a": "b"}]), 1.5, {"conditions": []},
]  # fmt: skip
KEYS: list[Any] = [
    "key", "", "a/b c/é", "${filename}", "a/${filename}", "a/${filename}/b", "${filename}${filename}", "$${filename}",
    "${filename} ", " ${filename}", "${FILENAME}", "$filename", "{filename}", "${filename", "é${filename}",
    '"${filename}', "\ud800${filename}", Word.ACL, b"key", b"${filename}", bytearray(b"k"), None, 1, 0, True, [], {},
    (), object, 1.5, "k" * 3000, "\x7f\x00\n", "a\\b", "</x>", "$", "${}",
]  # fmt: skip


@signers
@pytest.mark.parametrize("fields", FIELDS, ids=label)
def test_fields(fields: Any, made_of: Setting) -> None:
    agree(
        post(made_of=made_of, Fields=fields),
        post(made_of=made_of, Fields=fields, Conditions=[{"a": "b"}], ExpiresIn=5),
        post("bucket", "x/${filename}", made_of, Fields=fields),
    )


@signers
@pytest.mark.parametrize("conditions", CONDITIONS, ids=label)
def test_conditions(conditions: Any, made_of: Setting) -> None:
    agree(
        post(made_of=made_of, Conditions=conditions),
        post("bucket", "x/${filename}", made_of, Conditions=conditions, Fields={"a": "b"}),
    )


@signers
@pytest.mark.parametrize("value", VALUES, ids=label)
def test_a_value_in_a_condition(value: Any, made_of: Setting) -> None:
    agree(
        post(made_of=made_of, Conditions=[{"a": value}]),
        post(made_of=made_of, Conditions=[["eq", "$a", value]]),
        post(made_of=made_of, Conditions=[value]),
        post(made_of=made_of, Fields={"a": value}),
        post(made_of=made_of, Conditions=[{"deep": [[[[{"x": [value, value]}]]]]}]),
    )


@signers
@pytest.mark.parametrize("key", KEYS, ids=label)
def test_a_key(key: Any, made_of: Setting) -> None:
    agree(
        post("bucket", key, made_of),
        post("dotted.bucket", key, made_of, Fields={"key": "x"}, Conditions=[{"key": "y"}]),
    )


@pytest.mark.parametrize("levels", [1, 10, 100, 500, 900])
def test_conditions_may_nest(levels: int) -> None:
    lists: Any = "leaf"
    mappings: Any = "leaf"
    for _ in range(levels):
        lists, mappings = [lists], {"a": mappings}
    agree(post(Conditions=[lists]), post(Conditions=[mappings]))


def test_containers_that_are_shared_are_written_twice() -> None:
    shared = [1, 2]
    agree(post(Conditions=[shared, shared, {"a": shared, "b": shared}]))


def test_containers_that_contain_themselves_are_refused_as_by_boto3() -> None:
    loop: list[Any] = []
    loop.append(loop)
    ring: dict[str, Any] = {}
    ring["ring"] = ring
    for conditions in ([loop], [ring], [{"a": [loop]}]):
        for library in (boto3, presigned):
            client = library.client("s3", region_name="eu-central-1", **KEYS_OF_AN_ACCOUNT)
            with pytest.raises(ValueError, match="Circular reference detected"):
                client.generate_presigned_post("bucket", "key", Conditions=conditions)


def test_the_same_form_twice_changes_nothing_of_the_callers() -> None:
    fields, conditions = {"acl": "private"}, [{"acl": "private"}]
    agree(post(Fields=fields, Conditions=conditions), post(Fields=fields, Conditions=conditions))
    assert (fields, conditions) == ({"acl": "private"}, [{"acl": "private"}])
