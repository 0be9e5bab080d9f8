"""Turns everything that boto3 accepts as a timestamp into whole seconds since 1970.

It is imported with the first timestamp: importing `datetime` alone costs more than making a thousand
URLs.
"""

from __future__ import annotations

import datetime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeGuard

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_UTC = datetime.timezone.utc


def whole_seconds(value: object) -> int | None:
    """Seconds since 1970-01-01T00:00:00Z, rounded down; `None` if `value` is not a timestamp.

    Args:
        value: A `datetime` (naive is UTC), a number or a numeric string (seconds since 1970), or
            a string in any form that dateutil reads; without dateutil: ISO 8601 and RFC 822.

    Raises:
        RuntimeError: A number is too large for a date, with boto3's message.
        OverflowError: A `datetime` whose UTC form lies outside the years 1 to 9999.
    """
    try:
        since = moment(value) - _EPOCH
    except (TypeError, ValueError, AttributeError):
        return None
    return since.days * 86_400 + since.seconds


def moment(value: object) -> datetime.datetime:
    """The instant in UTC that `value` stands for.

    Args:
        value: As for `whole_seconds`.

    Raises:
        ValueError, TypeError, AttributeError: `value` is not a timestamp, with boto3's message.
        RuntimeError, OverflowError: As for `whole_seconds`.
    """
    found = value if _is_datetime(value) else _parsed(value)
    return found.replace(tzinfo=_UTC) if found.tzinfo is None else found.astimezone(_UTC)


def plain_epoch() -> datetime.datetime | None:
    """1970 in UTC, of the standard library's own classes; `None` if Python code may have made them.

    A program may have put other classes in their place: a frozen clock does. Then the own class is among the
    bases of the other.
    """
    own: list[type[datetime.datetime]] = [one for one in datetime.datetime.__mro__ if _is_native(one, "datetime")]
    if own and _is_native(type(_UTC), "timezone"):
        return own[-1](1970, 1, 1, tzinfo=_UTC)
    return None


def _is_native(one: type, name: str) -> bool:
    # Code in Python cannot make a class whose attributes cannot be set.
    return one.__module__ == "datetime" and one.__name__ == name and bool(one.__flags__ & 1 << 8)


def _is_datetime(value: object) -> TypeGuard[datetime.datetime]:
    # By the fields that only a datetime has: a frozen clock replaces the class.
    return isinstance(value, datetime.date) and hasattr(value, "utctimetuple")


def _parsed(value: object) -> datetime.datetime:
    try:
        if isinstance(value, (int, float)):
            return _from_number(value)
        try:
            return _from_number(float(value))  # type: ignore[arg-type] # float() refuses other types
        except (TypeError, ValueError):
            return _from_string(value)
    except (OSError, OverflowError):
        pass
    # Beyond what the platform can convert, but perhaps not beyond a datetime.
    try:
        seconds = float(value)  # type: ignore[arg-type] # as above
        return _EPOCH + datetime.timedelta(seconds=seconds)
    except (TypeError, ValueError, OSError):
        pass
    except OverflowError:
        if isinstance(value, int):
            float(value)  # raises Python's own error if the number is too large
    message = f'Unable to calculate correct timezone offset for "{value}"'
    raise RuntimeError(message)


def _from_number(seconds: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, _UTC)


def _from_string(value: object) -> datetime.datetime:
    try:
        from dateutil import parser, tz
    except ImportError:
        return _from_plain_string(value)
    try:
        # GMT is UTC even where the local zone is called GMT.
        return parser.parse(value, tzinfos={"GMT": tz.tzutc()})  # type: ignore[call-overload, no-any-return] # it refuses other types itself
    except (TypeError, ValueError) as error:
        message = f'Invalid timestamp "{value}": {error}'
        raise ValueError(message) from error


def _from_plain_string(value: object) -> datetime.datetime:
    """ISO 8601 and RFC 822, by the standard library alone."""
    string = value.decode() if isinstance(value, (bytes, bytearray)) else value
    if not isinstance(string, str):
        raise TypeError(string)
    string = string.strip()
    try:
        # Python 3.10 does not read the Z.
        return datetime.datetime.fromisoformat(string[:-1] + "+00:00" if string[-1:] in "Zz" else string)
    except ValueError:
        from email.utils import parsedate_to_datetime

        return parsedate_to_datetime(string)
