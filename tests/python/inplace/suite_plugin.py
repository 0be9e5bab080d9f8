"""A pytest plugin for the suites of other projects: installs presigned where it is asked to, and records outcomes."""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import presigned

#: Test -> the outcomes of its setup, its call and its teardown.
outcomes: dict[str, list[str]] = {}
#: Test -> the first line of its failure.
failures: dict[str, str] = {}
answered: list[str] = []
left: list[str] = []
#: Where to write the report. Read before the suite runs, whose tests may empty the environment.
REPORT = Path(os.environ["SUITE_REPORT"])
#: The tests to run are those with one of these in their name; all are run if there are none.
WORDS = os.environ["SUITE_WORDS"].split()
_HERE = {"", "::", "::1", "0.0.0.0", "127.0.0.1", "localhost", socket.gethostname()}  # noqa: S104 - to compare with


class Left(logging.Handler):
    """Keeps why calls are left to botocore."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one reason."""
        left.append(record.getMessage())


def _counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*arguments: Any) -> Any:
        made = function(*arguments)
        if made is not None:
            answered.append(name)
        return made

    return counted


def _refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo" and isinstance(arguments[0], str) and arguments[0] not in _HERE:
        raise socket.gaierror(f"a suite may not look up {arguments[0]}")
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in _HERE:
        raise ConnectionRefusedError(f"a suite may not connect to {arguments[1][0]}")


def _install() -> None:
    from presigned._boto3.inplace import calls  # noqa: PLC0415 - the other runs go without it

    for name in ("signed_url", "signed_form"):
        setattr(calls, name, _counted(name, getattr(calls, name)))
    logger = logging.getLogger("presigned")
    logger.addHandler(Left(logging.DEBUG))
    logger.setLevel(logging.DEBUG)
    presigned.install()


def _swap() -> None:
    assert "boto3" not in sys.modules, "boto3 was imported before the suite"
    sys.modules["boto3"] = presigned


# At import, which is before pytest loads the `conftest.py` of the suite.
sys.addaudithook(_refuse_other_machines)
if os.environ["SUITE_INSTALLS"] == "1":
    _install()
if os.environ["SUITE_SWAPS"] == "1":
    _swap()


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    """Leaves out the tests that no word names; the folder of their file does not matter."""
    if not WORDS:
        return
    chosen = {item for item in items if any(word in item.nodeid.partition("::")[2].lower() for word in WORDS)}
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = [item for item in items if item in chosen]


def _keep(report: Any, stage: str) -> None:
    expected = "x" if hasattr(report, "wasxfail") else ""
    outcomes.setdefault(report.nodeid, []).append(f"{stage} {expected}{report.outcome}")
    if report.failed:
        crash = getattr(report.longrepr, "reprcrash", None)
        text = str(report.longrepr) if crash is None else crash.message
        failures[report.nodeid] = (text.strip().splitlines() or [""])[-1 if crash is None else 0][:300]


def pytest_collectreport(report: Any) -> None:
    """Keeps what could not be collected."""
    if not report.passed:
        _keep(report, "collect")


def pytest_runtest_logreport(report: Any) -> None:
    """Keeps one outcome."""
    _keep(report, report.when)


def pytest_unconfigure() -> None:
    """Writes everything down."""
    swapped = sys.modules.get("boto3") is presigned
    report = {"outcomes": outcomes, "failures": failures, "answered": answered, "left": left, "swapped": swapped}
    REPORT.write_text(json.dumps(report), encoding="utf-8")
