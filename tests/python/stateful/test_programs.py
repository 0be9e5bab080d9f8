"""Random programs, a theme at a time: presigned is boto3 in all that a program can see."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import settings

from .grammar import Grammar, Line, Numbers, Table
from .shrinking import shrunk
from .tables import (
    CHANGING_INSIDE,
    ERRORS,
    HANDLERS,
    INSIDE,
    KEYS,
    LOOKING,
    MAKING,
    MOTO,
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

#: How many programs of each theme are run, for each of hypothesis's examples.
SHARE = 0.2
#: How many different failures of a theme are shown.
SHOWN = 5
#: Lines that match this are left out, to see what else fails.
WITHOUT = os.environ.get("PROGRAMS_WITHOUT", "")

ALWAYS = (MAKING, PRESIGNING, SENDING)
THEMES: dict[str, tuple[Table, ...]] = {
    "light": (MAKING, PRESIGNING, PRESIGNING, LOOKING, SURROUNDINGS),
    "settings": (*ALWAYS, SURROUNDINGS, SURROUNDINGS, SESSIONS, INSIDE, SERVICES),
    "handlers": (*ALWAYS, HANDLERS, HANDLERS, RESOURCES),
    "replacing": (*ALWAYS, CHANGING_INSIDE, REPLACING, REPLACING, REPLACING_FOR_ALL, RESOURCES),
    "keys": (*ALWAYS, KEYS, KEYS, SURROUNDINGS, SESSIONS, RESOURCES),
    "resources": (*ALWAYS, RESOURCES, RESOURCES, LOOKING, HANDLERS, ERRORS),
    "errors": (*ALWAYS, ERRORS, ERRORS, RESOURCES),
    "moto": (MAKING, MAKING, PRESIGNING, SENDING, MOTO, MOTO, LOOKING, KEYS),
    "everything": (
        *ALWAYS, CHANGING_INSIDE, ERRORS, HANDLERS, INSIDE, KEYS, LOOKING, REPLACING, REPLACING_FOR_ALL, RESOURCES, SERVICES, SESSIONS,
        SURROUNDINGS, TOGETHER,
    ),
}  # fmt: skip


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("theme", THEMES)
def test_a_program_sees_the_same_of_presigned_as_of_boto3(
    theme: str, difference: Callable[[Sequence[Line]], str | None]
) -> None:
    grammar = Grammar(THEMES[theme], WORDS)

    def fails(program: Sequence[Numbers]) -> str | None:
        lines = [grammar.line(numbers) for numbers in program]
        return difference([line for line in lines if not (WITHOUT and re.search(WITHOUT, line.text))])

    # As hypothesis does: CI runs the same programs each time, and other profiles new ones.
    first = 0 if settings().derandomize else random.randrange(10**9)  # noqa: S311 - nobody is to be kept from guessing
    seeds = [f"{theme} {first + number}" for number in range(int(settings().max_examples * SHARE))]
    failed = [seed for seed in seeds if fails(grammar.program(seed))]
    told: dict[str, str] = {}
    for seed in failed:
        program = shrunk(grammar.program(seed), fails)
        text = fails(program) or "It fails only after those before it."
        told.setdefault(re.sub(r"\(.*", "", text), f"{seed}:\n{text}")
        if len(told) == SHOWN:
            break
    if failed:
        raise AssertionError(f"{len(failed)} of {len(seeds)} programs differ\n\n" + "\n\n".join(told.values()))
