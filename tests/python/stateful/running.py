"""Runs as many programs as a profile says, and tells of those that fail, each as short as it is found."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Sequence

from hypothesis import settings

from .grammar import Grammar, Line, Numbers
from .shrinking import shrunk

#: How many programs a theme has for each of hypothesis's examples.
SHARE = 0.2
#: How many different failures of a theme are shown.
SHOWN = 5
#: Lines that match this are left out, to see what else fails.
WITHOUT = os.environ.get("PROGRAMS_WITHOUT")
#: The one program to run, by the name that a failure tells.
ONLY = os.environ.get("PROGRAMS_ONLY")


def assert_none_differs(
    theme: str,
    grammar: Grammar,
    difference: Callable[[Sequence[Line]], str | None],
    part: int = 0,
    parts: int = 1,
) -> None:
    """Runs the programs of a theme, and fails if one of them tells presigned from boto3.

    Args:
        theme: The name of the theme, which the names of its programs begin with.
        grammar: What they are made of.
        difference: Runs one, and says what differs.
        part: Which of the parts this is that the programs are divided into.
        parts: How many parts there are.
    """

    def fails(program: Sequence[Numbers]) -> str | None:
        lines = [grammar.line(numbers) for numbers in program]
        return difference([line for line in lines if not (WITHOUT and re.search(WITHOUT, line.text))])

    # As hypothesis does: CI runs the same programs each time, and other profiles new ones.
    first = 0 if settings().derandomize else random.randrange(10**9)  # noqa: S311 - not a secret
    names = [f"{theme} {first + number}" for number in range(part, int(settings().max_examples * SHARE), parts)]
    if ONLY:
        names = [ONLY] if ONLY.startswith(theme) else []
    failed = {name: text for name in names if (text := fails(grammar.program(name)))}
    shown: dict[str, str] = {}
    for name, seen in failed.items():
        shortest = fails(shrunk(grammar.program(name), fails))
        text = shortest or f"{seen}\nIt failed once, and not again."
        # The functions that are called, with any arguments.
        shown.setdefault(re.sub(r"\(.*", "", text), f"{name}:\n{text}")
        if len(shown) == SHOWN:
            break
    if failed:
        raise AssertionError(f"{len(failed)} of {len(names)} programs differ\n\n" + "\n\n".join(shown.values()))
