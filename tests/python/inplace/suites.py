"""Runs a suite of another project twice, without presigned and with it installed, and compares every test's outcome."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: Where `inplace` is, and with it the plugin.
_HERE = Path(__file__).parents[1]


@dataclass
class Told:
    """What a run told.

    Attributes:
        outcomes: Test -> what became of its setup, its call and its teardown.
        answered: The function of presigned's that answered each call.
        left: Why each other call was left to botocore.
        output: What pytest printed.
    """

    outcomes: dict[str, list[str]]
    answered: list[str]
    left: list[str]
    output: str


def run(
    suite: Path,
    path: str,
    folder: Path,
    *,
    installs: bool,
    words: tuple[str, ...] = (),
    environ: Mapping[str, str] | None = None,
) -> Told:
    """Runs one file of a suite in a process of its own.

    Args:
        suite: Where the suite is.
        path: The file in it.
        folder: For what is written.
        installs: Whether presigned is installed.
        words: The tests to run are those with one of these words in their name; all are run if there are none. Not
            `pytest -k`, which also looks at the names of the folders above, and a clone may have any.
        environ: Variables for the process.
    """
    settings, told = folder / "pytest.ini", folder / f"told-{installs}.json"
    settings.write_text("[pytest]\n", encoding="utf-8")
    inherited = os.environ.get("PYTHONPATH", "")
    paths = os.pathsep.join(str(one) for one in (suite, _HERE, inherited) if str(one))
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "inplace.suite_plugin",
         "-c", str(settings), "--rootdir", str(suite), path],
        env={**os.environ, **(environ or {}), "PYTHONPATH": paths, "SUITE_INSTALLS": str(int(installs)),
             "SUITE_TOLD": str(told), "SUITE_WORDS": " ".join(words)},
        cwd=suite, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    return Told(**json.loads(told.read_text(encoding="utf-8")), output=done.stdout)


def compare(
    suite: Path, path: str, folder: Path, *, words: tuple[str, ...] = (), environ: Mapping[str, str] | None = None
) -> Told:
    """Runs one file of a suite both ways; fails unless every test has the same outcome."""
    without = run(suite, path, folder, installs=False, words=words, environ=environ)
    installed = run(suite, path, folder, installs=True, words=words, environ=environ)
    assert installed.outcomes == without.outcomes
    assert without.answered == []
    return installed


def copied(suite: Path, folder: Path, replaced: Mapping[str, str]) -> Path:
    """Copies a suite, with some texts in its tests replaced, such as a port that may be taken."""
    target = folder / "suite"
    shutil.copytree(suite, target)
    for file in target.rglob("test_*.py"):
        text = file.read_text(encoding="utf-8")
        for old, new in replaced.items():
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
    return target
