"""Finds the boto3 client behind one of our clients."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import S3


def theirs_of(client: S3) -> Any:
    """The boto3 client of a client, which becomes one if it is not one yet.

    Raises:
        ModuleNotFoundError: boto3 is not installed.
    """
    promotion: Any = __import__(client._promotion, fromlist=["promoted"])  # noqa: SLF001 - our own class
    return promotion.promoted(client).theirs
