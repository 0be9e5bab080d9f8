"""Stops the clock, which two clients are asked at one after the other, and leaves nothing installed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine

import presigned

INSTANT = datetime.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=datetime.timezone.utc)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """Stops it."""
    # Not by a stand-in for the clock: presigned leaves calls under one of those to botocore.
    with time_machine.travel(INSTANT, tick=False):
        yield


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Undoes everything."""
    yield
    presigned.uninstall()
