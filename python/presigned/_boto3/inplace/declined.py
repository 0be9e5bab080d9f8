"""Leaves a call to the original. The caller does not notice, and a line in the log says why."""

from __future__ import annotations

import logging

_LOG = logging.getLogger("presigned")


class NotCovered(Exception):
    """Why something is left to the original, until the client changes."""


class NotCoveredNow(NotCovered):
    """Why something is left to the original at this moment; the next call asks again."""


def decline(reason: str) -> None:
    """Notes why a call goes to the original."""
    _LOG.debug("left to botocore: %s", reason)
