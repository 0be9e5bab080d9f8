"""Which tests of another project's suite are run does not depend on where the suite is."""

from __future__ import annotations

from pathlib import Path

import pytest

from inplace import suites

TESTS = """\
import os
import unittest


class TestPresigned(unittest.TestCase):
    def test_url(self):
        pass

    def test_form(self):
        pass


class TestOther(unittest.TestCase):
    def test_presigns(self):
        pass

    def test_rest(self):
        raise AssertionError


def test_leaves_no_environment_behind_after_it_presigns():
    os.environ.clear()
"""
CHOSEN = ["TestOther::test_presigns", "TestPresigned::test_form", "TestPresigned::test_url",
          "test_leaves_no_environment_behind_after_it_presigns"]  # fmt: skip


@pytest.mark.parametrize("name", ["presigned", "presigné [1]", "test_presign-or-rest"])
def test_a_word_chooses_tests_by_their_own_names_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    suite = tmp_path / name / "presign"
    (suite / "tests").mkdir(parents=True)
    (suite / "tests" / "__init__.py").touch()
    (suite / "tests" / "test_presign.py").write_text(TESTS, encoding="utf-8")
    run = suites.run(suite, "tests/test_presign.py", tmp_path, installs=False, words=("presign",))
    assert sorted(test.partition("::")[2] for test in run.outcomes) == CHOSEN
    only = suites.run(suite, "tests/test_presign.py", tmp_path, installs=False, words=("url", "form"))
    assert sorted(test.partition("::")[2] for test in only.outcomes) == CHOSEN[1:3]
