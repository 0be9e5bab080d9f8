"""What docstrings show is run, and tables name tests that exist. Pages are run by `test_shown_code.py`."""

from __future__ import annotations

import doctest
import importlib
import logging
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import presigned

ROOT = Path(__file__).parents[3]
MODULES = ["presigned", *(module.name for module in pkgutil.walk_packages(presigned.__path__, "presigned."))]
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}


@pytest.fixture(autouse=True)
def keys_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    logger = logging.getLogger("presigned")
    before = logger.level, [*logger.handlers]
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(presigned, "DEFAULT_SESSION", None)
    yield
    logger.level, logger.handlers = before


@pytest.mark.parametrize("name", [name for name in MODULES if name != "presigned.__main__"])
def test_the_examples_of_a_module_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    "method",
    ["generate_presigned_url", "generate_presigned_urls", "generate_presigned_post", "presign", "presign_post"],
)
def test_the_example_of_a_method_is_true(method: str) -> None:
    examples = doctest.DocTestParser().get_doctest(getattr(presigned.S3, method).__doc__, {}, method, None, 0)
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_every_row_about_credentials_names_tests_that_exist() -> None:
    rows = re.findall(r"^\| \d+ \| .*", (ROOT / "docs/CREDENTIALS.md").read_text(), re.MULTILINE)
    rows += re.findall(r"^\| [KQT]\d+ \| .*", (ROOT / "docs/COMPATIBILITY.md").read_text(), re.MULTILINE)
    named = [re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", row) for row in rows]
    assert len(named) >= 12
    assert all(named), "a row without a test"
    folder = ROOT / "tests/python"
    for file, test in (pair for row in named for pair in row):
        found = [path for path in folder.rglob(file) if not test or f"def {test}(" in path.read_text()]
        assert found, f"{file} has no {test}"


def test_every_numbered_difference_has_its_test() -> None:
    lines = re.findall(r"^\| (\d+) \|", (ROOT / "docs/COMPATIBILITY.md").read_text(), re.MULTILINE)
    tests = (ROOT / "tests/python/parity/test_stated_differences.py").read_text()
    assert lines
    assert [line for line in lines if f"def test_{line}_" not in tests] == []
