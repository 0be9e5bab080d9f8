"""Random programs, a theme at a time: presigned is boto3 in all that a program can see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .grammar import Grammar, Line, Table
from .tables import (
    ERRORS,
    HANDLERS,
    INSIDE,
    KEYS,
    LOOKING,
    MAKING,
    PRESIGNING,
    REPLACING,
    REPLACING_FOR_ALL,
    RESOURCES,
    SENDING,
    SERVICES,
    SESSIONS,
    SURROUNDINGS,
    TOGETHER,
)
from .words import WORDS

#: Of each theme, a part of what a profile says.
SHARE = 5
#: How many choices a line has at most.
CHOICES = 14
ALWAYS = (MAKING, PRESIGNING, SENDING)
THEMES: dict[str, tuple[Table, ...]] = {
    "light": (MAKING, PRESIGNING, PRESIGNING, LOOKING, SURROUNDINGS),
    "settings": (*ALWAYS, SURROUNDINGS, SURROUNDINGS, SESSIONS, INSIDE, SERVICES),
    "handlers": (*ALWAYS, HANDLERS, HANDLERS, RESOURCES),
    "replacing": (*ALWAYS, REPLACING, REPLACING, REPLACING_FOR_ALL, RESOURCES),
    "keys": (*ALWAYS, KEYS, KEYS, SURROUNDINGS, SESSIONS, RESOURCES),
    "resources": (*ALWAYS, RESOURCES, RESOURCES, LOOKING, HANDLERS, ERRORS),
    "errors": (*ALWAYS, ERRORS, ERRORS, RESOURCES),
    "everything": (
        *ALWAYS, ERRORS, HANDLERS, INSIDE, KEYS, LOOKING, REPLACING, REPLACING_FOR_ALL, RESOURCES, SERVICES, SESSIONS,
        SURROUNDINGS, TOGETHER,
    ),
}  # fmt: skip


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("theme", THEMES)
def test_a_program_sees_the_same_of_presigned_as_of_boto3(
    theme: str, difference: Callable[[Sequence[Line]], str | None]
) -> None:
    lines = st.binary(min_size=CHOICES, max_size=CHOICES).map(Grammar(THEMES[theme], WORDS))

    @settings(max_examples=settings().max_examples // SHARE)
    @given(st.lists(lines, min_size=6, max_size=18))
    def run(program: list[Line | None]) -> None:
        if found := difference([line for line in program if line]):
            raise AssertionError(found)

    run()
