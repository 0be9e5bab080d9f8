"""A replacement of `datetime.datetime` that a test controls: presigned asks it, as boto3 does."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

REAL = datetime.datetime


def telling(seconds: Callable[[], float]) -> type[datetime.datetime]:
    """A class whose `now` asks a function for the seconds since 1970."""

    class Telling(REAL):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return REAL.fromtimestamp(seconds(), tz)

    return Telling
