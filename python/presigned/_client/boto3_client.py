"""Finds the client of boto3's behind a client of ours."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import S3


def theirs_of(client: S3) -> Any:
    """The client of boto3's that a client is; it becomes one if it is not yet.

    Raises:
        ModuleNotFoundError: boto3 is not installed.
    """
    promotion: Any = __import__(client._promotion, fromlist=["promoted"])  # noqa: SLF001 - ours
    return promotion.promoted(client).theirs
