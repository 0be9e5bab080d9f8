"""Reads an `ExpiresIn` that is neither a plain whole number nor a string: the extension reads these two itself."""

from __future__ import annotations

import math
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The numbers of 64 bits end before it.
_BEYOND = 2**63


def seconds(lifetime: Any) -> float | None:
    """Reads the seconds of a number or a `timedelta`.

    Args:
        lifetime: A number is also any object that only `float` accepts: a Decimal, a Fraction, a number of numpy.

    Returns:
        `None` if it is neither, or a truth value.
    """
    if type(lifetime) is bool:
        return None
    of_timedelta = _of_timedelta(lifetime)
    return _of_number(lifetime) if of_timedelta is None else of_timedelta


def policy_seconds(lifetime: Any) -> float | None:
    """Reads the same for the policy of a form: boto3 adds it as a `timedelta`, which takes truth values too."""
    if not _is_number(lifetime):
        return seconds(lifetime)
    number = _of_number(lifetime)
    return math.inf if number is None else number


def check_range(lifetime: Any) -> None:
    """Raises Python's own error for a number of seconds that no `timedelta` or no `datetime` can hold.

    Args:
        lifetime: Any other object passes.

    Raises:
        OverflowError: It is too large.
        ValueError: It is not a number.
    """
    if _is_number(lifetime):
        import datetime

        datetime.timedelta(seconds=lifetime)
        message = "date value out of range"
        raise OverflowError(message)


def expiry(now: Any, default: int, lifetime: Any) -> int | None:
    """Works out when a SigV2 URL expires, in seconds since 1970, as boto3 does: it takes what `int` takes.

    Args:
        now: The answer of the clock. A replaced one may give an object of any class.
        default: The lifetime if the caller gives none.
        lifetime: The caller's.

    Returns:
        `None` if `int` does not take the lifetime.

    Raises:
        Exception: The error of the lifetime, or of adding it.
    """
    of_timedelta = _of_timedelta(lifetime)
    if of_timedelta is not None:
        lifetime = of_timedelta
    try:
        whole = int(default if lifetime is None else lifetime)
    except TypeError:
        return None
    return int(now + whole)


def _is_number(lifetime: object) -> bool:
    # Not `isinstance`, which also believes what an object claims to be.
    return issubclass(type(lifetime), (int, float))


def _of_number(lifetime: Any) -> float | None:
    if issubclass(type(lifetime), int):
        # By its value, as for `timedelta`, and not by a `__float__` of its own.
        whole = int.__index__(lifetime)
        return float(whole) if -_BEYOND <= whole < _BEYOND else math.copysign(math.inf, -1 if whole < 0 else 1)
    try:
        # Not `float`, which reads bytes too.
        return math.fsum((lifetime,))
    except Exception:  # noqa: BLE001 - an object of any class
        return None


def _of_timedelta(lifetime: Any) -> float | None:
    # A timedelta exists only where its module is loaded.
    timedelta: Any = getattr(sys.modules.get("datetime"), "timedelta", None)
    try:
        is_timedelta = isinstance(timedelta, type) and isinstance(lifetime, timedelta)
        return math.fsum((lifetime.total_seconds(),)) if is_timedelta else None
    except Exception:  # noqa: BLE001 - as above
        return None
