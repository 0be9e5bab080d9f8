"""Stores a sign-in in a file that other programs read and replace, too."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def read(path: str) -> tuple[bool, Any]:
    """Returns whether the file exists, and its content: `None` if that is not JSON."""
    import json

    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib is slow to import
            return True, json.load(file)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return False, None
    except (OSError, ValueError):
        return True, None


def replace(path: str, token: dict[str, Any]) -> None:
    """Replaces the file as a whole: a concurrent reader finds the old one or the new one.

    Raises:
        OSError: It cannot be written.
    """
    import json
    import tempfile

    directory = os.path.dirname(path)  # noqa: PTH120 - pathlib is slow to import
    os.makedirs(directory, exist_ok=True)  # noqa: PTH103 - the same
    # Readable by its owner alone.
    handle, written = tempfile.mkstemp(dir=directory, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(token, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(written, path)  # noqa: PTH105 - the same
    except BaseException:
        os.unlink(written)  # noqa: PTH108 - the same
        raise


def instant(seconds: float) -> str:
    """Writes seconds since 1970 as botocore writes them into such a file."""
    from datetime import datetime, timezone

    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
