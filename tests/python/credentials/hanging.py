"""Programs that look for credentials where nothing answers, and how they are interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable

#: Waits in its main thread, until Ctrl-C.
_WAITING = """
try:
    presigned.Session().get_credentials()
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""

#: Ends while a thread that it does not wait for does.
_LEAVING = """
threading.Thread(target=presigned.Session().get_credentials, daemon=True).start()
input()
"""


def is_interrupted(is_waiting: Callable[[], object], setup: str = "") -> None:
    """Ctrl-C ends a wait that has begun."""
    assert _printed(_WAITING, is_waiting, setup, interrupt=True) == "interrupted\n"


def is_left(is_waiting: Callable[[], object], setup: str = "") -> None:
    """A program ends while one of its threads waits."""
    assert not _printed(_LEAVING, is_waiting, setup, interrupt=False)


def _printed(program: str, is_waiting: Callable[[], object], setup: str, *, interrupt: bool) -> str:
    # A shell may start a background program so that it ignores Ctrl-C.
    hears = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    lines = ["import signal, threading, presigned", hears, setup, program]
    with subprocess.Popen(
        [sys.executable, "-c", "\n".join(lines)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as python:
        try:
            assert is_waiting()
            if interrupt:
                python.send_signal(signal.SIGINT)
            printed, _ = python.communicate("\n", timeout=30)
        finally:
            python.kill()
    assert python.returncode == 0
    return printed
