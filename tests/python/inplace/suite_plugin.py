"""A plugin of pytest for the suites of other projects: installs presigned if told to, and writes down what happened."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import presigned
from presigned._inplace import calls

#: Test -> what became of its setup, its call and its teardown.
outcomes: dict[str, list[str]] = {}
answered: list[str] = []
left: list[str] = []
#: Where to write all that. Read before the suite runs, whose tests may empty the environment.
TOLD = Path(os.environ["SUITE_TOLD"])
#: The tests to run are those with one of these in their name; all are run if there are none.
WORDS = os.environ["SUITE_WORDS"].split()


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


def pytest_configure() -> None:
    """Installs presigned before the suite is imported."""
    if os.environ["SUITE_INSTALLS"] == "1":
        for name in ("signed_url", "signed_form"):
            setattr(calls, name, _counted(name, getattr(calls, name)))
        logger = logging.getLogger("presigned")
        logger.addHandler(Left(logging.DEBUG))
        logger.setLevel(logging.DEBUG)
        presigned.install()


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    """Leaves out the tests that no word names; the folder of their file does not matter."""
    if not WORDS:
        return
    chosen = {item for item in items if any(word in item.nodeid.partition("::")[2].lower() for word in WORDS)}
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = [item for item in items if item in chosen]


def pytest_runtest_logreport(report: Any) -> None:
    """Keeps one outcome."""
    outcomes.setdefault(report.nodeid, []).append(f"{report.when} {report.outcome}")


def pytest_unconfigure() -> None:
    """Writes everything down."""
    told = json.dumps({"outcomes": outcomes, "answered": answered, "left": left})
    TOLD.write_text(told, encoding="utf-8")
