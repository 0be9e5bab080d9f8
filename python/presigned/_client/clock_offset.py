"""How far the clock of this machine is behind a server's: `presigned.clock_offset`."""

from __future__ import annotations

from presigned import _core


def clock_offset(date: str) -> float:
    """How far the clock of this machine is behind a server's.

    S3 refuses links that are signed more than 15 minutes ahead of its clock, and links expire by its clock.

    Args:
        date (str): The `Date` header of any answer of the server, such as `"Mon, 30 Nov 2026 12:00:00 GMT"`.

    Returns:
        float: Seconds, for `clock_offset` of `presign` or `presign_clock_offset` of `Config(s3=...)`; below zero if
        this clock is ahead. The header has whole seconds, and the answer took time to arrive.

    Raises:
        ValueError: It is not such a date.

    Example:
        >>> import presigned
        >>> from email.utils import formatdate
        >>> -2 < presigned.clock_offset(formatdate(usegmt=True)) < 1
        True
    """
    from email.utils import parsedate_to_datetime

    try:
        instant = parsedate_to_datetime(date)
        seconds = None if instant.tzinfo is None else instant.timestamp()
    except (TypeError, ValueError, OverflowError):
        seconds = None
    if seconds is None:
        raise ValueError(f"{date!r} is not the value of a Date header")
    return seconds - _core.now()


# The public module.
clock_offset.__module__ = "presigned"
