"""The instant that a link or a form is signed for: `stable_for`, `signed_at`, `clock_offset` and `on_temporary`."""

from __future__ import annotations

from math import isfinite

from presigned import _core
from presigned._errors import make

from .lifetimes import seconds as seconds_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: The last second of the year 9999, the last instant that a signature can name.
LAST = 253_402_300_799


class Timing:
    """The options of one call that decide its instant.

    Args:
        given: All options of the call, by name.
        is_signed: Whether the client signs.
        longest: The longest life of a link, in seconds; `None` for a form, which has no limit.

    Raises:
        ParamValidationError: One has a value that cannot be, or two contradict each other.
    """

    def __init__(self, given: Mapping[str, Any], *, is_signed: bool, longest: int | None) -> None:
        self._longest = longest
        self._window = given.get("stable_for")
        self._instant = given.get("signed_at")
        if not is_signed and (self._window is not None or self._instant is not None):
            raise _refused("signed_at" if self._window is None else "stable_for", "the client signs nothing")
        self._behind = clock_seconds(given.get("clock_offset", 0))
        if self._window is not None and self._instant is not None:
            raise _refused("signed_at", "stable_for chooses the instant. Leave one of the two out")
        on_temporary = given.get("on_temporary", "raise")
        if on_temporary not in ("raise", "allow"):
            raise _refused("on_temporary", "it must be 'raise' or 'allow'")
        self._may_be_temporary = on_temporary == "allow"

    def settle(self, place: Any, expires_in: Any) -> tuple[int, int]:
        """Works out when to sign, in seconds since 1970, and for how many seconds.

        Args:
            place: The parameters, of which `Bucket` and `Key` choose the second of a window.
            expires_in: How long it shall work.

        Raises:
            ParamValidationError: It is no whole number of seconds, or more than the longest life.
        """
        life = whole_seconds("expires_in", expires_in)
        if self._window is None:
            return int(self._now()) if self._instant is None else instant("signed_at", self._instant), life
        window = whole_seconds("stable_for", self._window)
        if window < 1:
            raise _refused("stable_for", "a window has at least one second")
        if self._longest is not None and window + life > self._longest:
            raise _refused(
                "stable_for",
                f"a stable link lives for window and expires_in together, {window} + {life} seconds, and S3 allows "
                f"{self._longest}",
            )
        offset = stable_offset(place, window)
        begin = (int(self._now()) - offset) // window * window + offset
        if begin < 0:
            raise _refused("stable_for", "so long a window begins before 1970")
        return begin, window + life

    def check_temporary(self, what: str) -> None:
        """Refuses a stable link that contains the token of temporary credentials.

        Args:
            what: What contains it.

        Raises:
            ParamValidationError: The caller has not allowed it.
        """
        if self._window is not None and not self._may_be_temporary:
            raise _refused(
                "stable_for",
                f"the credentials are temporary. Their token is a part of the {what}, so the {what} changes with each "
                "new token, and on each machine. Use long-lived keys, or on_temporary='allow'",
            )

    def _now(self) -> float:
        return _core.now() + self._behind


def clock_seconds(given: Any) -> float:
    """Reads the offset of a clock, in seconds.

    Raises:
        ParamValidationError: It is not a number of seconds, or more than a day.
    """
    found = seconds_of(given) if not isinstance(given, str) else None
    if found is None or not abs(found) <= 86_400:  # noqa: PLR2004 - a day: no clock is off by more
        raise _refused("clock_offset", f"{given!r} is not a number of seconds, a day at most")
    return found


def stable_offset(params: Any, window: int) -> int:
    """When in its window a link changes, in seconds: the CRC-32 of bucket, slash and key, modulo the window.

    So the links of a page do not all change in the same second. This is part of the contract: another machine, or
    another version, must choose the same instant.
    """
    get = params.get if hasattr(params, "get") else {}.get
    return offset_of(f"{get('Bucket', '')}/{get('Key', '')}", window)


def offset_of(name: str, window: int) -> int:
    """The CRC-32 of a name in UTF-8, modulo a window."""
    from binascii import crc32

    return crc32(name.encode("utf-8", "surrogatepass")) % window


def whole_seconds(name: str, given: Any) -> int:
    """Reads a number of whole seconds.

    Raises:
        ParamValidationError: It is something else.
    """
    if isinstance(given, str):
        number = given.strip()
        digits = (number[1:] if number[:1] in ("+", "-") else number).replace(".", "", 1)
        found = float(number) if digits.isascii() and digits.isdigit() else None
    else:
        found = seconds_of(given)
    if found is None or not isfinite(found) or found != int(found):
        raise _refused(name, f"{given!r} is not a whole number of seconds")
    return int(found)


def instant(name: str, given: Any) -> int:
    """Reads an instant, in seconds since 1970; a part of a second is cut off.

    Raises:
        ParamValidationError: It is something else, or it has no time zone.
    """
    if hasattr(given, "utcoffset"):
        if given.utcoffset() is None:
            raise _refused(name, "the datetime has no time zone. Use datetime.now(timezone.utc), for example")
        found = given.timestamp()
    else:
        found = None if type(given) is bool or not isinstance(given, int | float) else given
    # The years that a signature can name.
    if found is None or not 0 <= found < LAST + 1:
        raise _refused(name, f"{given!r} is neither a datetime nor seconds since 1970")
    return int(found)


def _refused(name: str, why: str) -> Exception:
    return make("ParamValidationError", report=f"Invalid value for parameter {name}: {why}")
