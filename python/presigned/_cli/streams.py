"""Writes to standard output and standard error, even if one of them is closed or has no reader."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn, TextIO

#: Exit codes besides 0: standard output cannot be written; an error; Ctrl-C; the reader has closed the pipe. Shells use
#: the last two for programs that end by these signals.
UNWRITABLE, WRONG, INTERRUPTED, UNREAD = 1, 2, 130, 141
#: What a link is that `verify` does not accept, as other programs answer no.
REFUSED = 1


def show(string: str) -> None:
    """Writes to standard output.

    Raises:
        SystemExit: It cannot be written. Standard error says why, unless the reader has closed the pipe.
    """
    stream = sys.stdout
    if stream is None:
        leave_unwritten(stream, "it is closed")
    try:
        try:
            stream.write(string)
        except UnicodeEncodeError:
            # A shell command with arguments that came from a shell: they are written as the original bytes.
            stream.buffer.write(os.fsencode(string))
        stream.flush()
    except BrokenPipeError:
        give_up(stream)
        raise SystemExit(UNREAD) from None
    except (OSError, ValueError) as error:
        leave_unwritten(stream, getattr(error, "strerror", None) or error)


def leave_unwritten(stream: TextIO | None, why: object) -> NoReturn:
    """Prints why standard output cannot be written, and exits."""
    give_up(stream)
    complain(f"presigned: cannot write to standard output: {why}\n")
    raise SystemExit(UNWRITABLE)


def complain(message: str) -> None:
    """Writes to standard error, if that can be written; the exit code says that something is wrong in any case."""
    stream = sys.stderr
    try:
        stream.write(message)
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
        # It is not a file, and its content is lost.
        pass
