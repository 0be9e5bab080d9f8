"""`ExpiresIn` in every form: the equal value that boto3 accepts, and whether presigned accepts or refuses it."""

from __future__ import annotations

import datetime
import decimal
import fractions
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .case import POST, UNSIGNED, Case

WEEK = 604_800


@dataclass(frozen=True)
class Reading:
    """A case with a lifetime that boto3 accepts too, and what presigned may do with the given one.

    Both may be true at an edge: a string of blanks around digits, a `Decimal`.
    """

    case: Case
    taken: bool = True
    refused: bool = False


def reading(case: Case) -> Reading:
    """The only way to read a lifetime."""
    place = 4 if case.method == POST else 2
    given = case.argument("ExpiresIn", place, 3600)
    version = (case.setting.config or {}).get("signature_version")
    old = isinstance(version, str) and re.match(r"s3($|-)", version) is not None

    def read(value: Any, *, taken: bool = True, refused: bool = False) -> Reading:
        return Reading(case if value is given else case.with_argument("ExpiresIn", place, value), taken, refused)

    if type(given) is int and 1 <= given <= WEEK:
        return read(given)
    if case.method == POST:
        return _of_a_form(given, read, unsigned=version is UNSIGNED)
    if old or version is UNSIGNED:
        # boto3 takes everything that `int` takes; presigned a timedelta besides.
        return read(int(given.total_seconds()) if isinstance(given, datetime.timedelta) else given)
    if given is None:
        return read(given)
    seconds = span(given)
    if seconds is None or seconds != seconds // 1 or not 1 <= seconds <= WEEK:
        return read(3600, taken=False, refused=True)
    return read(int(seconds), refused=in_doubt(given))


def _of_a_form(given: Any, read: Callable[..., Reading], *, unsigned: bool) -> Reading:
    """A policy has no limit, but must expire in the future; without a signature there is no policy."""
    if isinstance(given, int | float) or not isinstance(given, SPANS):
        if not isinstance(given, int | float) or not given < 1:
            return read(given)
        # Half a second is in the future, and the policy still ends now.
        return read(given, refused=True) if given > 0 or unsigned else read(60, taken=False, refused=True)
    seconds = span(given)
    if seconds is None or seconds <= 0:
        return read(60, taken=unsigned, refused=True)
    # Beyond the calendar boto3 overflows, and presigned says so.
    return read(seconds, refused=unsigned or seconds < 1 or seconds > 1e10 or in_doubt(given))


SPANS = (str, datetime.timedelta, decimal.Decimal, fractions.Fraction)


def span(given: Any) -> float | None:
    """The seconds that a value means, or `None` if it is not a timestamp."""
    if isinstance(given, datetime.timedelta):
        return given.total_seconds()
    if not isinstance(given, int | float | bytes | bytearray | str | decimal.Decimal | fractions.Fraction):
        return None
    if isinstance(given, int):
        # By its value: a subclass may convert itself to another number.
        given = int.__pos__(given)
    try:
        seconds = float(given.decode() if isinstance(given, bytes | bytearray) else given)
    except (ValueError, ArithmeticError):
        return None
    # Neither NaN nor a number that is too large for a date.
    return seconds if abs(seconds) < 1e12 else None


def in_doubt(given: Any) -> bool:
    """Whether a lifetime may also be refused: it is not exactly a number, or not only digits."""
    if isinstance(given, str):
        return re.fullmatch(r"[0-9]+", given) is None
    unusual = bool | bytes | bytearray | decimal.Decimal | fractions.Fraction
    return isinstance(given, unusual) or (isinstance(given, int) and type(given) is not int)
