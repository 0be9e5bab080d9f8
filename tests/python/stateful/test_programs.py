"""Random programs, a theme at a time: presigned is boto3 in all that a program can see."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import settings

from .grammar import Grammar, Line, Numbers
from .shrinking import shrunk
from .themes import THEMES
from .words import WORDS

#: How many programs of each theme are run, for each of hypothesis's examples.
SHARE = 0.2
#: How many different failures of a theme are shown.
SHOWN = 5
#: Lines that match this are left out, to see what else fails.
WITHOUT = os.environ.get("PROGRAMS_WITHOUT")
#: The one program to run, by the name that a failure tells.
ONLY = os.environ.get("PROGRAMS_ONLY")


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
    first = 0 if settings().derandomize else random.randrange(10**9)  # noqa: S311 - as a seed
    seeds = [f"{theme} {first + number}" for number in range(int(settings().max_examples * SHARE))]
    if ONLY:
        seeds = [ONLY] if ONLY.startswith(theme) else []
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
