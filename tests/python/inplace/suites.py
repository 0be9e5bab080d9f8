"""Runs a suite of another project twice, without presigned and with it, and compares every test's outcome.

With it means with it installed, or in boto3's place from before anything imports boto3. By hand, in `tests/python` and
in an environment that has what the suite imports:

    python -m inplace.suites FOLDER PATH [--project PROJECT] [--installs] [--words WORD ...]

compares one path of a suite in a folder, prints every difference, and fails on those that `stated_differences.py` does
not list for the project.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from inplace.stated_differences import STATED

#: Does what `python -P -m pytest` does, which Python 3.10 lacks: no module comes from the current folder.
_PYTEST = "import sys; del sys.path[0]; import pytest; sys.exit(pytest.main())"
#: Where `inplace` is, and with it the plugin.
_HERE = Path(__file__).parents[1]


@dataclass
class SuiteRun:
    """The outcome of one run of a suite.

    Attributes:
        outcomes: Test -> the outcomes of its setup, its call and its teardown.
        failures: Test -> the first line of its failure.
        answered: The function of presigned's that answered each call of a boto3 client.
        left: Why each other call was left to botocore.
        swapped: Whether presigned was in boto3's place at the end.
        output: What pytest printed.
    """

    outcomes: dict[str, list[str]]
    failures: dict[str, str]
    answered: list[str]
    left: list[str]
    swapped: bool
    output: str

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum("call passed" in outcome for outcome in self.outcomes.values())


def run(
    suite: Path,
    path: str,
    folder: Path,
    *,
    installs: bool = False,
    swaps: bool = False,
    words: tuple[str, ...] = (),
    environ: Mapping[str, str] | None = None,
) -> SuiteRun:
    """Runs one path of a suite in a process of its own, which can connect to this machine alone.

    Args:
        suite: Where the suite is.
        path: The file or the folder in it.
        folder: For what is written.
        installs: Whether presigned is installed.
        swaps: Whether presigned is in boto3's place.
        words: The tests to run are those with one of these words in their name; without words, all are run. Not
            `pytest -k`, which also looks at the names of the folders above, and a clone may have any.
        environ: Variables for the process.
    """
    settings, report = folder / "pytest.ini", folder / f"report-{installs}-{swaps}.json"
    settings.write_text("[pytest]\n", encoding="utf-8")
    inherited = os.environ.get("PYTHONPATH", "")
    paths = os.pathsep.join(str(one) for one in (suite, _HERE, inherited) if str(one))
    done = subprocess.run(
        [sys.executable, "-c", _PYTEST, "-q", "-p", "no:cacheprovider", "-p", "inplace.suite_plugin",
         "-c", str(settings), "--rootdir", str(suite), "--continue-on-collection-errors", path],
        env={**os.environ, **(environ or {}), "PYTHONPATH": paths, "SUITE_INSTALLS": str(int(installs)),
             "SUITE_SWAPS": str(int(swaps)), "SUITE_REPORT": str(report), "SUITE_WORDS": " ".join(words)},
        cwd=suite, capture_output=True, text=True, check=False,
    )  # fmt: skip
    # 0: all passed. 1: some did not, and that is compared.
    assert done.returncode in {0, 1}, done.stdout[-5000:] + done.stderr[-2000:]
    return SuiteRun(**json.loads(report.read_text(encoding="utf-8")), output=done.stdout)


def differences(without: SuiteRun, given: SuiteRun) -> dict[str, str]:
    """The tests whose outcomes differ -> both outcomes."""
    return {
        test: f"without: {_outcome(without, test)}; with: {_outcome(given, test)}"
        for test in sorted({*without.outcomes, *given.outcomes})
        if without.outcomes.get(test) != given.outcomes.get(test)
    }


def _outcome(done: SuiteRun, test: str) -> str:
    failure = f" ({done.failures[test]})" if test in done.failures else ""
    return ", ".join(done.outcomes.get(test, ["not run"])) + failure


def compare(
    suite: Path,
    path: str,
    folder: Path,
    *,
    swaps: bool = False,
    project: str = "",
    words: tuple[str, ...] = (),
    environ: Mapping[str, str] | None = None,
) -> SuiteRun:
    """Runs one path of a suite without presigned and with it; fails unless every test has the same outcome.

    A test whose difference is stated must differ as stated. A stated difference that does not occur is a failure too.

    Args:
        suite: Where the suite is.
        path: The file or the folder in it.
        folder: For what is written.
        swaps: Whether presigned is in boto3's place the second time, and not installed.
        project: Whose stated differences hold; they concern a swap alone.
        words: Which tests, as `run` takes it.
        environ: Variables for the process.

    Returns:
        The outcome of the second run.
    """
    without = run(suite, path, folder, words=words, environ=environ)
    given = run(suite, path, folder, installs=not swaps, swaps=swaps, words=words, environ=environ)
    judge(without, given, path, swaps=swaps, project=project)
    return given


def judge(without: SuiteRun, given: SuiteRun, path: str, *, swaps: bool = False, project: str = "") -> None:
    """Fails unless every test has the same outcome in both runs, except as stated; the arguments are `compare`'s."""
    assert (without.answered, without.swapped, given.swapped) == ([], False, swaps), (
        "presigned is not where it is to be"
    )
    found = differences(without, given)
    stated = {test for test in STATED.get(project, {}) if test.startswith(path)} if swaps else set()
    unlisted = [f"{test}\n    {text}" for test, text in found.items() if test not in stated]
    assert not unlisted, "\n".join([f"{len(unlisted)} tests have another outcome:", *unlisted])
    assert not stated - {*found}, "\n".join(["stated as different, and not so:", *sorted(stated - {*found})])


def copied(suite: Path, folder: Path, replaced: Mapping[str, str]) -> Path:
    """Copies a suite, with some strings in its tests replaced, such as a port that may be taken."""
    target = folder / "suite"
    shutil.copytree(suite, target)
    for file in target.rglob("test_*.py"):
        text = file.read_text(encoding="utf-8")
        for old, new in replaced.items():
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
    return target


def main() -> int:
    """Compares one path of a suite and prints the differences."""
    parser = argparse.ArgumentParser(description="Compares a suite's outcomes without presigned and with it.")
    parser.add_argument("suite", type=Path, help="the folder of the suite")
    parser.add_argument("path", help="the file or folder in it")
    parser.add_argument("--project", default="", help="whose stated differences hold")
    parser.add_argument("--installs", action="store_true", help="presigned is installed, not in boto3's place")
    parser.add_argument("--words", nargs="*", default=[], help="the tests with one of these in their name")
    asked = parser.parse_args()
    suite, words = asked.suite.resolve(), tuple(asked.words)
    with tempfile.TemporaryDirectory() as folder:
        without = run(suite, asked.path, Path(folder), words=words)
        how = {"installs": asked.installs, "swaps": not asked.installs}
        given = run(suite, asked.path, Path(folder), words=words, **how)
    found, stated = differences(without, given), STATED.get(asked.project, {})
    lines = [f"{test}\n    {text}\n    {stated.get(test, 'NOT STATED')}" for test, text in found.items()]
    counts = f"{len(without.outcomes)} tests: {without.passed} passed without and {given.passed} with presigned"
    unlisted = {*found} - {*stated}
    print(*lines, f"{counts}; {len(found)} differ, {len(unlisted)} of them not stated", sep="\n")  # noqa: T201 - its output
    return int(bool(unlisted))


if __name__ == "__main__":
    sys.exit(main())
