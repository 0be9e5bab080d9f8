"""The comparison of names with what they held, which reads each where it was found before."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest

from presigned._core import Unchanged


class Value:
    """An object that a weak reference can watch."""


def names(count: int = 40) -> dict[str, Any]:
    return {f"name {number}": Value() for number in range(count)}


def compared(of: dict[str, Any], size: int | None = None) -> Unchanged:
    return Unchanged([(of, size, [*of.items()])], [])


@pytest.mark.parametrize("place", [0, 1, 20, 39])
def test_another_object_under_a_name_counts(place: int) -> None:
    dict_ = names()
    unchanged = compared(dict_)
    assert unchanged.is_so()
    name = [*dict_][place]
    value, dict_[name] = dict_[name], Value()
    assert not unchanged.is_so()
    dict_[name] = value
    assert unchanged.is_so()


def test_a_name_may_move() -> None:
    dict_ = names()
    unchanged = compared(dict_)
    for name in [*dict_]:
        dict_[name] = dict_.pop(name)
        assert unchanged.is_so()
    # A dict that grows is written again, without its gaps.
    dict_.update(names(1000))
    dict_.update({name: value for name, value in dict_.items() if not name.endswith("7")})
    assert not unchanged.is_so()


def test_a_dict_that_becomes_longer_keeps_its_names() -> None:
    dict_ = names()
    unchanged, sized = compared(dict_), compared(dict_, 40)
    for number in range(1000):
        dict_[f"more {number}"] = number
        assert unchanged.is_so()
        assert not sized.is_so()


def test_a_dict_that_becomes_shorter_is_not_read_behind_its_end() -> None:
    dict_ = names()
    unchanged = compared(dict_)
    assert unchanged.is_so()
    everything = [*dict_.items()]
    dict_.clear()
    assert not unchanged.is_so()
    dict_.update(reversed(everything))
    assert unchanged.is_so()


def test_a_name_that_is_missing_counts() -> None:
    dict_ = names()
    unchanged = compared(dict_)
    for name in [*dict_]:
        value = dict_.pop(name)
        assert not unchanged.is_so()
        dict_[name] = value


def test_the_dict_of_an_object_is_read_too() -> None:
    one = Value()
    one.first, one.second = Value(), Value()  # type: ignore[attr-defined]
    unchanged = compared(vars(one), 2)
    assert unchanged.is_so()
    one.second = Value()  # type: ignore[attr-defined]
    assert not unchanged.is_so()


def test_no_code_of_the_objects_runs() -> None:
    class Loud(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            raise AssertionError

        __hash__ = str.__hash__

    dict_: dict[str, Any] = {Loud("first"): Loud("value")}
    unchanged = compared(dict_)
    assert unchanged.is_so()
    dict_ = {"first": 1}
    assert not Unchanged([(dict_, None, [(Loud("first"), 1)])], []).is_so()


def test_a_list_counts_by_its_items() -> None:
    items = ["a", "b"]
    unchanged = Unchanged([], [(items, ["a", "b"])])
    assert unchanged.is_so()
    items.append("c")
    assert not unchanged.is_so()


def test_what_is_compared_is_kept_alive_and_let_go() -> None:
    dict_ = names(1)
    watched = weakref.ref(dict_["name 0"])
    unchanged = compared(dict_)
    dict_["name 0"] = unchanged
    gc.collect()
    assert watched() is not None
    del unchanged, dict_
    gc.collect()
    assert watched() is None
