"""Random programs, a theme at a time: presigned is boto3 in all that a program can see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from .grammar import Grammar, Line
from .running import assert_none_differs
from .themes import THEMES
from .words import WORDS


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("theme", THEMES)
def test_a_program_sees_the_same_of_presigned_as_of_boto3(
    theme: str, difference: Callable[[Sequence[Line]], str | None]
) -> None:
    assert_none_differs(theme, Grammar(THEMES[theme], WORDS), difference)
