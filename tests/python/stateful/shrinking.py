"""A program that fails -> the shortest and plainest found that does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .grammar import Numbers


def shrunk(program: Sequence[Numbers], fails: Callable[[Sequence[Numbers]], object]) -> list[Numbers]:
    """Takes lines out, and the first choice in place of others, for as long as the rest fails."""
    kept = list(program)
    while smaller := next((tried for tried in _smaller(kept) if fails(tried)), None):
        kept = smaller
    return kept


def _smaller(program: list[Numbers]) -> Iterator[list[Numbers]]:
    size = len(program) // 2
    while size:
        for start in range(len(program) - size, -1, -size):
            yield program[:start] + program[start + size :]
        size //= 2
    for place, numbers in enumerate(program):
        # The first number says which line it is.
        for choice in range(1, len(numbers)):
            if numbers[choice]:
                plainer = (*numbers[:choice], 0, *numbers[choice + 1 :])
                yield [*program[:place], plainer, *program[place + 1 :]]
