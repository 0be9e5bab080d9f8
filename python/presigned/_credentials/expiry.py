"""Turns the string that says when credentials expire into seconds since 1970."""

from __future__ import annotations


def seconds(text: object) -> float:
    """Reads an ISO 8601 string, or any that dateutil reads if it is installed. Without a zone it is UTC.

    Raises:
        ValueError: It is not a timestamp.
    """
    from presigned._settings.timestamps import moment

    try:
        if not isinstance(text, str):
            return moment(text).timestamp()
        # A number would be seconds to S3's timestamps, and a year or a day to botocore's credentials.
        from datetime import datetime, timezone

        try:
            found = datetime.fromisoformat(text[:-1] + "+00:00" if text[-1:] in "Zz" else text)
        except ValueError:
            found = _by_dateutil(text)
        return (found.replace(tzinfo=timezone.utc) if found.tzinfo is None else found).timestamp()
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ValueError(f"invalid expiry {text!r}: use a timestamp such as 2030-01-31T12:00:00Z") from error


def _by_dateutil(text: str) -> datetime:
    try:
        from dateutil import parser
    except ImportError:
        raise ValueError(text) from None
    found: datetime = parser.parse(text)
    return found


TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
