"""Writes to standard output and standard error, even if one of them is closed or has no reader."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn, TextIO

#: Exit codes beside 0: standard output cannot be written; an error; Ctrl-C, and a reader that has gone, as shells have
#: them for programs that end by these signals.
UNWRITABLE, WRONG, INTERRUPTED, UNREAD = 1, 2, 130, 141


def show(text: str) -> None:
    """Writes to standard output.

    Raises:
        SystemExit: That cannot be written; standard error says why, unless the reader has had enough.
    """
    stream = sys.stdout
    if stream is None:
        leave_unwritten(stream, "it is closed")
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            # A command for a shell, with arguments that came from one: as the bytes that they were.
            stream.buffer.write(os.fsencode(text))
        stream.flush()
    except BrokenPipeError:
        give_up(stream)
        raise SystemExit(UNREAD) from None
    except (OSError, ValueError) as error:
        leave_unwritten(stream, getattr(error, "strerror", None) or error)


def leave_unwritten(stream: TextIO | None, why: object) -> NoReturn:
    """Says why standard output cannot be written, and leaves."""
    give_up(stream)
    complain(f"presigned: cannot write to standard output: {why}\n")
    raise SystemExit(UNWRITABLE)


def complain(text: str) -> None:
    """Writes to standard error, if that can be written; the exit code says that something is wrong in any case."""
    stream = sys.stderr
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError):
        give_up(stream)


def give_up(stream: TextIO | None) -> None:
    """Discards what a stream still holds: at exit Python would try to write it again, and report the failure."""
    if stream is None:
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (AttributeError, OSError, ValueError):
        # It is no file, and what it holds is lost with it.
        pass
