"""A client recognizes repeated forms by their arguments. It sees every difference, and each form is boto3's."""

from __future__ import annotations

import collections
import datetime
import enum
import sys
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import strategies as draw
from .case import INSTANT
from .clocks import telling
from .signing import always_warm, fresh, is_sigv2, theirs
from .subjects import frozen

pytestmark = pytest.mark.usefixtures("clock", "signature")
# So often is a form made until it is known, even where it takes the place of another.
CALLS = 20
# More kinds of forms than a client caches.
MANY = 30
DAY = 86_400


class Shouting(str):
    """A string whose `str()` is another string."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


class Small(enum.IntEnum):
    """A number that prints as a name."""

    ONE = 1


class Word(str, enum.Enum):
    """A string whose `str()` is a name."""

    ACL = "acl"


class Ordered(dict[str, Any]):
    """A mapping of the caller's own."""


class Conditions(list[Any]):
    """A list of the caller's own."""


def outcome(client: Any, *form: Any) -> Any:
    """The form with the order and the types of its fields, or the error's class and text."""
    try:
        made = client.generate_presigned_post(*form)
    except Exception as error:  # noqa: BLE001 - the outcome may be any exception
        return f"{type(error).__name__}: {error}"
    return list(made), made["url"], [(name, type(value), value) for name, value in made["fields"].items()]


def same(client: Any, *form: Any, calls: int = CALLS) -> None:
    """The client makes boto3's form so often that it is cached."""
    with frozen(INSTANT):
        expected = outcome(theirs(), *form)
    for _ in range(calls):
        assert outcome(client, *form) == expected


def test_a_list_of_conditions_that_is_changed_in_place() -> None:
    client = fresh()
    limits: list[Any] = ["content-length-range", 1, 1000]
    acl: dict[str, Any] = {"acl": "private"}
    deep: list[Any] = ["in", "$a", [1, {"b": [2]}]]
    conditions: list[Any] = [acl, limits, deep]

    def hold() -> None:
        # Once as it is known from before, and then as it becomes known.
        same(client, "bucket", "key", None, conditions)

    hold()
    for change in (
        lambda: limits.__setitem__(2, 1001),
        lambda: limits.append(3),
        limits.pop,
        lambda: acl.update(acl="public-read"),
        lambda: acl.update(more="more"),
        lambda: acl.pop("acl"),
        lambda: acl.update(acl="public-read"),
        acl.clear,
        lambda: conditions.append({"b": "c"}),
        conditions.reverse,
        conditions.pop,
        lambda: deep[2].append(None),
        lambda: deep[2][1].update(b=[2, 3]),
        lambda: deep[2][1].update(b=[]),
        lambda: deep.__setitem__(2, ()),
        lambda: conditions.__setitem__(0, tuple(conditions[0])),
        lambda: conditions.__delitem__(slice(1, None)),
        conditions.clear,
    ):
        change()
        hold()


# Each differs from the one before in what it is, and most say the same.
VALUES: list[Any] = [
    1, True, 1.0, Small.ONE, "1", b"1", 1, 1 + 0j, 0, False, None, "", "None", 0.0, -0.0, "acl", Word.ACL,
    Shouting("acl"), "acl", "ACL", 2**62, 2**63, 2**64, 2**62, float("nan"), float("nan"), "é", "\ud800", "\udc00",
    "e\u0301", "é",
    [1], (1,), [True], {"a": 1}, {"a": True}, Ordered(a=1), collections.OrderedDict(a=1), {1: "a"}, {"1": "a"},
    {True: "a"}, [], (), {}, Conditions([1]), [[]], [()], {"a": {}}, {"a": []}, object, "a" * 1024, "a" * 1025, 1,
]  # fmt: skip


@pytest.mark.parametrize(
    "placed",
    [
        lambda value: ("bucket", "key", None, [{"a": value}]),
        lambda value: ("bucket", "key", None, [["eq", "$a", value]]),
        lambda value: ("bucket", "key", None, [value]),
        lambda value: ("bucket", "key", None, [("eq", value, "a"), {"b": [value, value]}]),
        lambda value: ("bucket", "key", {"a": value}, [{"b": "c"}]),
        lambda value: ("bucket", "key", {"a": value, "b": value}),
        lambda value: ("bucket", value, {"a": "b"}, [{"b": "c"}]),
        lambda value: (value, "key"),
        lambda value: ("bucket", "key", value),
        lambda value: ("bucket", "key", None, value),
    ],
    ids=["condition", "list", "bare", "nested", "field", "fields", "key", "bucket", "Fields", "Conditions"],
)
def test_what_a_value_is_is_seen(placed: Callable[[Any], tuple[Any, ...]]) -> None:
    client = fresh()
    for value in [*VALUES, *reversed(VALUES)]:
        form = placed(value)
        expected = outcome(fresh(), *form)
        for _ in range(CALLS):
            assert outcome(client, *form) == expected
        with frozen(INSTANT):
            of_boto3 = outcome(theirs(), *form)
        # What is refused is refused in words of our own.
        assert expected == of_boto3 or (isinstance(expected, str) and isinstance(of_boto3, str))


def test_the_names_of_a_mapping_and_their_order_are_seen() -> None:
    client = fresh()
    maps: list[dict[Any, Any]] = [
        {"a": "1", "b": "2"}, {"b": "2", "a": "1"}, {"a": "2", "b": "1"}, {"a": "1"}, {"a": "1", "c": "2"},
        {Word.ACL: "1", "b": "2"}, {"acl": "1", "b": "2"}, {Shouting("acl"): "1", "b": "2"},
        {"a": "1", "b": "2", "c": "3"},
    ]  # fmt: skip
    for mapping in [*maps, *reversed(maps)]:
        same(client, "bucket", "key", mapping, [{"x": "y"}])
        same(client, "bucket", "key", None, [mapping])
        same(client, "bucket", "key", mapping, [mapping])


def test_fields_that_are_changed_in_place() -> None:
    client = fresh()
    fields: dict[str, Any] = {"acl": "private"}
    same(client, "bucket", "key", fields)
    for change in (
        lambda: fields.update(acl="public-read"),
        lambda: fields.update(acl=Word.ACL),
        lambda: fields.update(acl=["a"]),
        lambda: fields.update(more="more"),
        lambda: fields.update(key="mine", policy="mine"),
        lambda: fields.pop("acl"),
        lambda: fields.update({"x-amz-date": "mine"}),
        fields.clear,
    ):
        change()
        same(client, "bucket", "key", fields)


def test_a_value_is_handed_on_as_the_very_object() -> None:
    client = fresh()
    texts = [b"private".decode() for _ in range(2)]
    assert texts[0] is not texts[1]
    for value in [*texts, ["a"], Word.ACL]:
        for _ in range(CALLS):
            assert client.generate_presigned_post("bucket", "key", {"acl": value})["fields"]["acl"] is value


def test_a_form_depends_on_its_key_expiry_and_bucket() -> None:
    client = fresh()
    fields, conditions = {"acl": "private"}, [{"acl": "private"}]
    keys: list[Any] = ["a", "b/${filename}", "", "\ud800", "\ud800${filename}", "é", '"', Shouting("a"), Word.ACL, "a"]
    for key in keys:
        same(client, "bucket", key, fields, conditions)
    for life in [3600, 60, 3600, 60.0, 60.5, 1, 10**9, 3600]:
        same(client, "bucket", "a", fields, conditions, life)
    for bucket in ["bucket", "other", "dotted.bucket", Shouting("bucket"), "UPPER", "bucket"]:
        same(client, bucket, "a", fields, conditions)


def test_an_expiry_has_the_same_outcome_at_each_call() -> None:
    client = fresh()
    conditions = [{"acl": "private"}]
    for life in [60, 0, 60, -1, 60, "60", 60, None, 60, True, 60, 10**12, 60]:
        expected = outcome(fresh(), "bucket", "a", None, conditions, life)
        for _ in range(CALLS):
            assert outcome(client, "bucket", "a", None, conditions, life) == expected


@pytest.mark.parametrize(
    "steps",
    [(1, 2, 3), (DAY, 2 * DAY), (-1, -2), (-DAY, 0), (0.4, -0.7, 59)],
    ids=["seconds", "midnights", "back", "back over midnight", "parts of a second"],
)
def test_forms_move_with_the_clock(steps: tuple[float, ...], clock: Callable[[float], None]) -> None:
    client = fresh()
    form = ("bucket", "key", {"acl": "private"}, [{"acl": "private"}, ["content-length-range", 1, 1000]], 60)
    for step in (0.0, *steps):
        clock(INSTANT + step)
        with frozen(INSTANT + step):
            expected = outcome(theirs(), *form)
        for _ in range(CALLS):
            assert outcome(client, *form) == expected


def test_forms_are_signed_with_the_credentials_of_the_moment() -> None:
    keys: list[tuple[str, ...]] = [
        ("AKID1", "secret1", "a/token+"),
        ("AKID2", "secret2"),
        ("AKID2", "secret3"),
        ("AKID2", "secret3", "another"),
        ("AKID1", "secret1", "a/token+"),
    ]
    names = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
    current = keys[0]
    client = fresh(credentials=lambda: current)
    form = ("bucket", "key", {"acl": "private"}, [{"acl": "private"}])
    for current in keys:
        arguments: dict[str, Any] = dict(zip(names, current, strict=False))
        with frozen(INSTANT):
            expected = outcome(theirs(**arguments), *form)
        for _ in range(CALLS):
            assert outcome(client, *form) == expected


def test_policies_of_every_length_up_to_their_key() -> None:
    client = fresh()
    for length in range(100):
        same(client, "bucket", "key/${filename}", None, [{"a": "x" * length}])


def test_more_kinds_of_forms_than_a_client_knows() -> None:
    client = fresh()
    forms = [("bucket", "key", {f"x-amz-meta-{number}": "a"}, [{"a": number}]) for number in range(MANY)]
    for _ in range(3):
        for form in forms:
            same(client, *form, calls=1)


def test_a_known_form_keeps_no_object_of_the_callers_that_may_change() -> None:
    class Values(list[Any]):
        """What can be watched."""

    class Text(str):  # noqa: SLOT000 - slots would keep it from being watched
        """What can be watched."""

    client = fresh()
    watched: list[Any] = [Values(["a"]), Text("a"), Ordered(a="b")]
    gone = [weakref.ref(value) for value in watched]
    for value in watched:
        for _ in range(CALLS):
            client.generate_presigned_post("bucket", "key", {"a": value}, [{"a": value}, ["eq", "$a", value]])
    del watched, value
    assert [value() for value in gone] == [None] * 3


@pytest.mark.parametrize(
    "name", ["x-amz-server-side-encryption-customer-key", "X-Amz-Security-Token", "x-amz-security-token"]
)
def test_a_known_form_keeps_no_secret(name: str) -> None:
    client = fresh()
    values = [b"a secret".decode() for _ in range(3)]
    before = [sys.getrefcount(value) for value in values]
    for _ in range(CALLS):
        client.generate_presigned_post("bucket", "key", {name: values[0]})
        client.generate_presigned_post("bucket", "key", None, [{name: values[1]}, ["eq", f"${name}", values[2]]])
    assert [sys.getrefcount(value) for value in values] == before


def test_a_clock_that_changes_the_conditions_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    client = fresh()
    conditions: list[Any] = [{"acl": "private"}]
    same(client, "bucket", "key", None, conditions)

    def changing() -> float:
        conditions.append("b")
        return INSTANT

    with monkeypatch.context() as patched:
        patched.setattr(datetime, "datetime", telling(changing))
        client.generate_presigned_post("bucket", "key", None, conditions)
    # For the end of the policy and for the date of the signature, as in boto3; SigV2 signs no date.
    assert conditions == [{"acl": "private"}, *(["b"] if is_sigv2() else ["b", "b"])]
    same(client, "bucket", "key", None, conditions)


leaves = st.one_of(draw.words, st.integers(-3, 3), st.booleans(), st.none(), st.floats(allow_nan=False))
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(draw.words, inner, max_size=3), max_leaves=6
)


@given(st.lists(values, max_size=4), st.dictionaries(draw.words, draw.words, max_size=3), draw.keys)
def test_warm_and_boto3_agree(conditions: list[Any], fields: dict[str, Any], key: str) -> None:
    with frozen(INSTANT):
        expected = outcome(theirs(), "bucket", key, fields, conditions)
        for _ in range(CALLS):
            assert outcome(always_warm(), "bucket", key, fields, conditions) == expected
