"""Turns the value that says when credentials expire into seconds since 1970."""

from __future__ import annotations


def seconds(value: object) -> float:
    """Reads an ISO 8601 string, or any that dateutil reads if it is installed. Without a zone it is UTC.

    Raises:
        ValueError: It is not a timestamp.
    """
    from presigned._settings.timestamps import moment

    try:
        if not isinstance(value, str):
            return moment(value).timestamp()
        # A number would be seconds to S3's timestamps, and a year or a day to botocore's credentials.
        from datetime import datetime, timezone

        try:
            found = datetime.fromisoformat(value[:-1] + "+00:00" if value[-1:] in "Zz" else value)
        except ValueError:
            found = _by_dateutil(value)
        return (found.replace(tzinfo=timezone.utc) if found.tzinfo is None else found).timestamp()
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ValueError(f"invalid expiry {value!r}: use a timestamp such as 2030-01-31T12:00:00Z") from error


def _by_dateutil(string: str) -> datetime:
    try:
        from dateutil import parser
    except ImportError:
        raise ValueError(string) from None
    found: datetime = parser.parse(string)
    return found


TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
