"""Tables of lines with gaps, and numbers that choose among them -> the lines of a program.

`<client>` is a client that the program has made, `<new client>` the name for one that it makes now; any other gap is
filled from `words.py`. Which client it is, is known when the program runs: the nth of those that there are, the
newest first. So a program stays one when lines are taken out of it, and what is left of a failure is short.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

#: What a line is made of: how to choose at each gap.
Numbers: TypeAlias = tuple[int, ...]

#: How many gaps a line has at most, and how many lines a program.
CHOICES = 14
LINES = (6, 18)
GAP = re.compile(r"<([a-z ]+)>")
#: Mostly what was made last.
PLACES = (0, 0, 0, 1, 1, 2)


@dataclass(frozen=True)
class Several:
    """A gap that takes up to `at_most` of these arguments, each after a comma."""

    texts: tuple[str, ...]
    at_most: int


@dataclass(frozen=True)
class Table:
    """Lines of one kind, with gaps."""

    texts: tuple[str, ...]
    #: Whether both worlds share what they do: they run once.
    once: bool = False
    #: Whether presigned needs no boto3 for them.
    light: bool = False
    #: Whether afterwards something else than arguments may decide what is presigned.
    interferes: bool = False
    #: Whether afterwards a client made now may have other credentials or settings than one that was made before.
    moves_on: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a program, with gaps for objects only."""

    text: str
    table: Table


class Choices:
    """Numbers, each of which is a choice; once they are used up, the first of all there is."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = iter(numbers)

    def among(self, many: Sequence[Any]) -> Any:
        """One of many."""
        return many[next(self._numbers, 0) % len(many)]


class Grammar:
    """What programs of one theme are made of.

    Args:
        tables: The lines, with gaps. A table that is there twice is twice as likely.
        words: What fills the gaps.
    """

    def __init__(self, tables: Sequence[Table], words: Mapping[str, tuple[str, ...] | Several]) -> None:
        self._lines = [(text, table) for table in tables for text in table.texts]
        self._words = words

    def program(self, seed: str) -> list[Numbers]:
        """A program drawn at random, which is the same for the same seed."""
        draw = random.Random(seed)  # noqa: S311 - not a secret
        return [tuple(draw.randrange(1 << 16) for _ in range(CHOICES)) for _ in range(draw.randint(*LINES))]

    def line(self, numbers: Numbers) -> Line:
        """The line that some numbers stand for."""
        choices = Choices(numbers)
        text, table = choices.among(self._lines)
        return Line(self._filled(text, choices).replace("(, ", "("), table)

    def _filled(self, text: str, choices: Choices) -> str:
        return GAP.sub(lambda gap: self._fill(gap[1], choices), text)

    def _fill(self, name: str, choices: Choices) -> str:
        if name.startswith("new "):
            return f"<{name}>"
        if name in OBJECTS:
            return f"<{name}:{choices.among(PLACES)}>"
        texts = self._words[name]
        if not isinstance(texts, Several):
            return self._filled(choices.among(texts), choices)
        # An argument is given once.
        chosen: dict[str, str] = {}
        for _ in range(choices.among(range(texts.at_most + 1))):
            text = choices.among(texts.texts)
            chosen.setdefault(text.partition("=")[0], text)
        return self._filled("".join(f", {text}" for text in chosen.values()), choices)


_LIGHT = Table((), light=True)

#: What programs make -> the line that makes one where another line needs it; `None` where that other line is left out.
OBJECTS = {
    "client": Line("<new client> = boto3.client('s3')", _LIGHT),
    "resource": Line("<new resource> = boto3.resource('s3')", _LIGHT),
    "session": Line("<new session> = boto3.Session()", _LIGHT),
    "stubber": Line("<new stubber> = Stubber(<client:0>)", Table((), interferes=True)),
    "kept": Line("<new kept> = <client:0>.generate_presigned_url", _LIGHT),
    "error": Line("<new error> = <client:0>.exceptions.NoSuchKey", _LIGHT),
    "keptform": Line("<new keptform> = <client:0>.generate_presigned_post", _LIGHT),
    "sender": Line("<new sender> = <client:0>.head_object", Table(())),
    "meta": Line("<new meta> = <client:0>.meta", _LIGHT),
    "credentials": Line("<new credentials> = <session:0>.get_credentials()", _LIGHT),
    "inner": Line("<new inner> = botocore.session.Session()", Table(())),
    "unsigned": Line("<new unsigned> = own.UNSIGNED", _LIGHT),
    "maker": None,
    "moto": None,
    "patch": None,
    "classpatch": None,
}
