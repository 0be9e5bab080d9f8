"""Asks a class that has replaced `datetime.datetime` for the time: freezegun's, a mock, a class of a test.

The extension reads the clock itself, and imports this where such a class is.
"""

from __future__ import annotations

import calendar
import datetime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def seconds(kind: Any) -> float:
    """Asks for the seconds since 1970, with their fraction.

    Args:
        kind: What has replaced `datetime.datetime`. `None` if nothing has.

    Raises:
        TypeError: It gives no datetime.
    """
    now = (datetime.datetime if kind is None else kind).now(datetime.timezone.utc)
    try:
        # Its zone is not looked at.
        return float(calendar.timegm(now.timetuple())) + float(now.microsecond) / 1e6
    except Exception:  # noqa: BLE001 - an object of any class
        message = f"datetime.datetime.now() must give a datetime, not {type(now)}"
    raise TypeError(message)


def of_freezegun(time: object, kind: Any) -> float | None:
    """Asks freezegun's class for what its `time.time` gives, if freezegun has replaced both.

    freezegun shows the true time to callers in threads and pools unless their stack is as deep as boto3's, and the
    stack of presigned is not.

    Args:
        time: What has replaced `time.time`.
        kind: What has replaced `datetime.datetime`.

    Returns:
        Seconds since 1970. `None` if the extension must call `time`.
    """
    if not (_is_of_freezegun(time) and _is_of_freezegun(kind)):
        return None
    try:
        # freezegun shifts a datetime by its offset, but not the time.
        offset = float(kind._tz_offset().total_seconds())  # noqa: SLF001 - there is no other way to know it
    except Exception:  # noqa: BLE001 - another version of freezegun may have none
        offset = 0.0
    return seconds(kind) - offset


def _is_of_freezegun(replacement: Any) -> bool:
    try:
        return str(replacement.__module__).startswith("freezegun")
    except Exception:  # noqa: BLE001 - as above
        return False
