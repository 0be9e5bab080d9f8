"""Maps of headers at one line of a program: its request is compiled for their names, and fits no others."""

from __future__ import annotations

import collections
import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest

from .again import CALLS
from .case import INSTANT, KEYS
from .model import OPERATIONS, filled, members, required
from .signing import fresh, is_sigv2, tell, theirs
from .subjects import frozen
from .test_warm import PLACE, Shouting, made_anew, outcome, warm
from .test_warm_timestamps import asked, boto3s

pytestmark = pytest.mark.usefixtures("signature", "clock")
#: The operations with a map whose entries become headers.
MAPPED = [
    operation
    for operation in OPERATIONS
    if any(shape.serialization.get("location") == "headers" for shape in members(operation).values())
]
#: Each differs from the one before in its names, in their order, or in what a name or a value is.
MAPS: list[Any] = [
    {"a": "b"}, {"a": "c"}, {"b": "a"}, {"a": "b", "c": "d"}, {"c": "d", "a": "b"},
    {"a": "b", "c": "d", "e-f_9": "g h"},
    {}, {"a": ""}, {"A": "b"}, {"a": "1", "A": "2"}, {"A": "2", "a": "1"}, {"ab": "c"}, {"a": "b", "": "c"}, {"": "c"},
    {"a": "two  spaces"}, {"a": " edge "}, {"a": "tab\t"}, {"a": "line\n"}, {"a": "é"}, {"é": "a"}, {"a": "\ud800"},
    {"a b": "c"}, {" a": "c"}, {"a:b": "c"}, {"a,b": "c"}, {"a.b": "c"}, {"a": "b,c"}, {"a": "%41+&=;"}, {"a": "\x7f"},
    {"a": "application/x-www-form-urlencoded; charset=utf-8"},
    {"a": 1}, {"a": None}, {"a": True}, {"a": b"b"}, {"a": Shouting("b")}, {Shouting("a"): "b"}, {1: "b"},
    {None: "b"},
    collections.OrderedDict(a="b"), collections.defaultdict(str, a="b"), collections.UserDict(a="b"), [("a", "b")], "a",
    None, {f"name-{number}": f"{number}" for number in range(8)},
    {f"name-{number}": f"{number}" for number in range(9)},
    {"a": "stand-in.for.column-1."}, {"stand-in": "b", "for": "c", "a": "stand-in.for.column-3."}, {"a": "x" * 5000},
    {"a": {"b": "c"}}, {"a": ["b"]}, {"x-amz-meta-a": "b"}, {"acl": "b", "a": "b"},
]  # fmt: skip
OTHERS: dict[str, Any] = {"ContentType": "image/png", "CacheControl": "no-cache", "ACL": "private"}


@pytest.mark.parametrize("operation", MAPPED)
def test_each_operation_whose_map_is_anywhere_among_its_parameters(operation: str) -> None:
    least = filled(operation, required(operation))
    more = {**least, **{name: value for name, value in OTHERS.items() if name in members(operation)}}
    for names, at in itertools.product((["a"], ["a", "b"], ["b", "a"], ["z", "0", "m-1", "m_1"], []), (0, 1, 3, 9)):
        client = fresh()
        for number in range(CALLS):
            values = {name: f"{name} {number + place}" for place, name in enumerate(names)}
            rest = list(
                {**more, "CacheControl": f"max-age={number // 4}"}.items() if "CacheControl" in more else more.items()
            )
            params = dict([*rest[:at], ("Metadata", values), *rest[at:]])
            assert asked(client, operation, params) == asked(fresh(), operation, params) == boto3s(operation, params)


@pytest.mark.parametrize("others", [{}, OTHERS])
@pytest.mark.parametrize("operation", ["put_object", "create_multipart_upload"])
def test_maps_of_any_kind_in_any_order_at_one_line(operation: str, others: dict[str, Any]) -> None:
    order = random.Random(operation)  # noqa: S311 - not a secret
    client = fresh()
    expected: dict[int, str] = {}
    warm(client, operation, {**PLACE, "Metadata": {"a": "b"}, **others})
    for number in (*range(len(MAPS)), *order.choices(range(len(MAPS)), k=400)):
        params = {**PLACE, "Metadata": MAPS[number], **others}
        if number not in expected:
            expected[number] = boto3s(operation, params)
        ours = asked(client, operation, params)
        assert ours == asked(fresh(), operation, params), ascii(MAPS[number])
        if not ours.startswith("ParamValidationError"):
            assert ours == expected[number], ascii(MAPS[number])


@pytest.mark.parametrize("first", range(len(MAPS)))
def test_a_line_whose_first_maps_are_of_another_kind(first: int) -> None:
    client = fresh()
    for given in (*CALLS * [MAPS[first]], *CALLS * [MAPS[0]], *CALLS * [MAPS[3]], *CALLS * [MAPS[first]]):
        params = {**PLACE, "Metadata": given}
        assert outcome(client, "put_object", params) == outcome(fresh(), "put_object", params)


@pytest.mark.parametrize("keys", [KEYS, {**KEYS, "aws_session_token": "to/ken+=="}], ids=["keys", "token"])
def test_values_that_stay_the_same_beside_others_that_change(keys: dict[str, str]) -> None:
    client = fresh(**keys)
    given = {"a": "1", "b": "2", "c": "3"}
    for number, name in itertools.product(range(8), given):
        params = {**PLACE, "Metadata": {**given, name: f"{number} 100%"}, "ContentType": f"image/{number // 3}"}
        with frozen(INSTANT):
            expected = theirs(**keys).generate_presigned_url("put_object", params, 60)
        assert client.generate_presigned_url("put_object", params, 60) == expected


def test_a_map_that_changes_while_its_url_is_made_leaves_no_wrong_names(monkeypatch: pytest.MonkeyPatch) -> None:
    client = fresh()
    given: dict[str, str] = {}

    def clock() -> float:
        given.clear()
        given["b"] = "2"
        return INSTANT

    tell(monkeypatch, clock)
    for _ in range(CALLS):
        given.clear()
        given["a"] = "1"
        client.generate_presigned_url("put_object", {**PLACE, "Metadata": given})
    for _ in range(CALLS):
        params = {**PLACE, "Metadata": {"b": "2"}}
        with frozen(INSTANT):
            expected = theirs().generate_presigned_url("put_object", params)
        assert client.generate_presigned_url("put_object", params) == expected


@pytest.mark.parametrize("names", [["a"], ["b", "a"], ["z", "content-type", "0"], []])
def test_presign_returns_the_headers_of_the_map(names: list[str]) -> None:
    client = fresh()
    for number in range(CALLS):
        params = {**PLACE, "ContentType": "a/b", "Metadata": dict.fromkeys(names, f"{number}"), "ACL": "private"}
        found, expected = (one.presign("put_object", params) for one in (client, fresh()))
        assert (found.url, list(found.headers.items())) == (expected.url, list(expected.headers.items()))
        assert [found.headers[f"x-amz-meta-{name}"] for name in names] == [f"{number}"] * len(names)


@pytest.mark.parametrize("of", [list, tuple])
def test_a_batch_whose_rows_have_other_maps(of: Callable[[Any], Any]) -> None:
    rows = [{**PLACE, "Metadata": {"a": f"{number}"} if number % 5 else {"b": "1"}} for number in range(20)]
    expected = [outcome(fresh(), "put_object", row) for row in rows]
    assert fresh().generate_presigned_urls("put_object", of(rows)) == expected


def test_strings_that_are_new_at_each_call() -> None:
    client = fresh()
    for number in range(4 * CALLS):
        name = made_anew("name" if number % 3 else "other")
        params = {made_anew("Bucket"): "bucket", "Key": f"{number}", "Metadata": {name: f"{number} 1"}}
        with frozen(INSTANT):
            expected = theirs().generate_presigned_url("put_object", params)
        assert client.generate_presigned_url("put_object", params) == expected
        assert is_sigv2() == ("AWSAccessKeyId" in expected)
