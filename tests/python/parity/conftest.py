"""boto3 reads its models once for all tests of parity."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cached_models import cached_models


@pytest.fixture(autouse=True, scope="session")
def models_are_read_once() -> Iterator[None]:
    """A client of boto3's costs a millisecond then, and ten without."""
    with cached_models():
        yield
