"""Instants: those that signatures contain, and the present one."""

from __future__ import annotations

import datetime
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UTC = datetime.timezone.utc
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)


def present(now: Any) -> datetime.datetime:
    """The instant to compare with.

    Args:
        now: A `datetime`, which is in UTC unless it has a time zone, or seconds since 1970; `None` for the clock.

    Raises:
        TypeError: It is something else.
        ValueError: The calendar has no such instant.
    """
    if now is None:
        # By its name in the module, which libraries that stop the clock replace.
        return datetime.datetime.now(UTC)
    if isinstance(now, (int, float)) and not isinstance(now, bool):
        try:
            return of_seconds(now)
        except OverflowError:
            raise ValueError("now must be an instant of the years 1 to 9999") from None
    if not isinstance(now, datetime.datetime):
        raise TypeError(f"now must be a datetime or seconds since 1970, not {type(now)}")
    return now.replace(tzinfo=UTC) if now.tzinfo is None else now.astimezone(UTC)


def of_seconds(seconds: float) -> datetime.datetime:
    """The instant so many seconds after 1970."""
    return _EPOCH + datetime.timedelta(seconds=seconds)


def later(start: datetime.datetime, seconds: int) -> datetime.datetime | None:
    """The instant so many seconds later; `None` if the calendar has no such day."""
    try:
        return start + datetime.timedelta(seconds=seconds)
    except OverflowError:
        return None


def of_sigv4(text: str) -> datetime.datetime | None:
    """Reads `20260102T030405Z`."""
    found = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z", text)
    if found is None:
        return None
    try:
        return datetime.datetime(*(int(part) for part in found.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc] # six
    except ValueError:
        return None


def of_epoch(text: str) -> datetime.datetime | None:
    """Reads seconds since 1970."""
    return of_seconds(int(text)) if re.fullmatch(r"[0-9]{1,11}", text) else None


def of_iso(text: str) -> datetime.datetime | None:
    """Reads `2026-01-02T03:04:05Z`, also with a fraction, as policies and answers have it."""
    main, _, fraction = text.strip().removesuffix("Z").partition(".")
    if not (text.strip().endswith("Z") and (not fraction or fraction.isdigit())):
        return None
    return of_sigv4(main.replace("-", "").replace(":", "") + "Z")


def of_http(text: str) -> datetime.datetime | None:
    """Reads the `Date` of an answer."""
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def any_of(text: str) -> datetime.datetime | None:
    """Reads an instant in any of these forms."""
    return of_sigv4(text) or of_iso(text) or of_epoch(text) or of_http(text)


def shown(instant: datetime.datetime | None) -> str:
    """An instant for people to read."""
    return "unknown" if instant is None else f"{instant:%Y-%m-%d %H:%M:%S} UTC"


def shown_duration(duration: datetime.timedelta) -> str:
    """A duration for people to read, in its two largest units."""
    seconds = abs(int(duration.total_seconds()))
    parts = []
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}{'s' if count != 1 else ''}")
        elif parts:
            break
    return " ".join(parts[:2]) or "0 seconds"
