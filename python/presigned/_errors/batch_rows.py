"""Says which row of a batch an exception is about."""

from __future__ import annotations


def add_row(error: BaseException, row: int) -> None:
    """Adds the row to the message of an exception, if it has one.

    Args:
        error: The exception of the single call. It stays the same object.
        row: The number of the row.
    """
    if isinstance(error, UnicodeEncodeError):
        # Its message is made of its attributes.
        error.reason = f"{error.reason} (row {row})"
    elif error.args and isinstance(error.args[0], str):
        error.args = (f"row {row}: " + error.args[0], *error.args[1:])
