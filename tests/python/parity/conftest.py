"""boto3 reads its models once for all tests of parity, and some of them stop the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine

from cached_models import cached_models

from . import signing
from .case import INSTANT


@pytest.fixture(autouse=True, scope="session")
def models_are_read_once() -> Iterator[None]:
    """A client of boto3's costs a millisecond then, and ten without."""
    with cached_models():
        yield


@pytest.fixture(scope="module", params=signing.SIGNATURES)
def signature(request: pytest.FixtureRequest) -> None:
    """Runs the tests of a module once for each signature."""
    signing.choose(request.param)


@pytest.fixture(name="clock")
def a_clock() -> Iterator[Callable[[float], None]]:
    """Stops the clock; the value sets it to another instant."""
    with time_machine.travel(INSTANT, tick=False) as stopped:
        yield stopped.move_to
