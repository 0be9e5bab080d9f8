"""Running another project's suite twice finds each outcome that presigned changes, and each that it no longer does."""

from __future__ import annotations

from pathlib import Path

import pytest

from inplace import suites

TESTS = """\
import socket

import boto3
import botocore.session
import pytest


def test_that_passes_either_way():
    assert boto3.Session(region_name="eu-west-1").client("s3").meta.region_name == "eu-west-1"


def test_of_a_file():
    assert boto3.__file__.endswith("/boto3/__init__.py")


def test_of_another_file():
    assert boto3.__path__[0].endswith("/boto3")


@pytest.mark.xfail
def test_that_is_expected_to_fail():
    assert boto3 is None


def test_that_fails_either_way():
    assert boto3 is None


def test_of_another_machine():
    with pytest.raises(OSError, match="may not look up"):
        socket.create_connection(("s3.amazonaws.com", 443))
"""
BROKEN = "import boto3\nassert boto3.__name__ == 'boto3'\ndef test(): pass\n"
FILES = ("tests/test_a.py::test_of_a_file", "tests/test_a.py::test_of_another_file")


PATH = "tests/test_a.py"
PROJECT = "project"


def suite(folder: Path, tests: str) -> Path:
    """A suite of one file."""
    (folder / "suite" / "tests").mkdir(parents=True)
    (folder / "suite" / "tests" / "__init__.py").touch()
    (folder / "suite" / PATH).write_text(tests, encoding="utf-8")
    return folder / "suite"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, suites.SuiteRun]:
    """A suite without presigned, with it, and swapped: two of its tests have another outcome then."""
    folder = tmp_path_factory.mktemp("suite")
    made = suite(folder, TESTS)
    return {
        "without": suites.run(made, PATH, folder),
        "installed": suites.run(made, PATH, folder, installs=True),
        "swapped": suites.run(made, PATH, folder, swaps=True),
    }


def stated(monkeypatch: pytest.MonkeyPatch, *tests: str) -> None:
    """States some tests of the project as different."""
    monkeypatch.setattr(suites, "STATED", {PROJECT: dict.fromkeys(tests, "it is about a file")})


def judge(runs: dict[str, suites.SuiteRun]) -> None:
    suites.judge(runs["without"], runs["swapped"], PATH, swaps=True, project=PROJECT)


def test_a_difference_that_is_not_stated_fails_and_is_shown(
    runs: dict[str, suites.SuiteRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    stated(monkeypatch, FILES[0])
    with pytest.raises(AssertionError, match="1 tests have another outcome") as caught:
        judge(runs)
    assert f"{FILES[1]}\n    without: setup passed, call passed, teardown passed; with:" in str(caught.value)
    assert "call failed, teardown passed (AssertionError: " in str(caught.value)
    assert FILES[0] not in str(caught.value)


def test_stated_differences_are_no_failure(runs: dict[str, suites.SuiteRun], monkeypatch: pytest.MonkeyPatch) -> None:
    stated(monkeypatch, *FILES)
    judge(runs)
    outcomes = runs["swapped"].outcomes.items()
    assert {name.partition("::")[2]: outcome[1] for name, outcome in outcomes} == {
        "test_that_passes_either_way": "call passed",
        "test_of_a_file": "call failed",
        "test_of_another_file": "call failed",
        "test_that_is_expected_to_fail": "call xskipped",
        "test_that_fails_either_way": "call failed",
        "test_of_another_machine": "call passed",
    }
    assert runs["swapped"].swapped


@pytest.mark.parametrize("name", ["test_that_passes_either_way", "test_that_is_gone"])
def test_a_stated_difference_that_is_not_there_fails(
    runs: dict[str, suites.SuiteRun], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    stated(monkeypatch, *FILES, f"{PATH}::{name}", "tests/of_another_path.py::test")
    with pytest.raises(AssertionError, match=f"stated as different, and not so:\n{PATH}::{name}"):
        judge(runs)


def test_a_file_that_can_be_imported_only_without_presigned_is_a_difference(tmp_path: Path) -> None:
    with pytest.raises(
        AssertionError, match=r"tests/test_a.py\n    without: not run; with: collect failed \(E? *Asser"
    ):
        suites.compare(suite(tmp_path, BROKEN), "tests", tmp_path, swaps=True)


def test_stated_differences_are_those_of_a_swap_alone(
    runs: dict[str, suites.SuiteRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    stated(monkeypatch, *FILES)
    suites.judge(runs["without"], runs["installed"], PATH, project=PROJECT)
    assert not runs["installed"].swapped
    assert runs["installed"].outcomes[FILES[0]][1] == "call passed"
