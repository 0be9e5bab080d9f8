"""Freezes the clock, because two clients are asked one after the other, and uninstalls at the end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine

import presigned

INSTANT = datetime.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=datetime.timezone.utc)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """Freezes the clock."""
    # Not by a replaced clock: presigned leaves calls with one of those to botocore.
    with time_machine.travel(INSTANT, tick=False):
        yield


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Uninstalls everything."""
    yield
    presigned.uninstall()
