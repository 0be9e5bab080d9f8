"""The tests of other projects have the same outcomes with presigned in boto3's place, except where one is stated."""

from __future__ import annotations

from pathlib import Path

import pytest

import fetch_app_tests
from inplace import suites

#: moto's tests that start Docker containers. Without Docker each of them waits a minute and fails.
_NEED_DOCKER = "tests/test_s3/test_s3_lambda_integration.py"


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("project", "path", "least"),
    [
        ("kombu", "t/unit/transport/SQS", 30),
        ("moto", "tests/test_core", 300),
        ("moto", "tests/test_s3", 500),
        ("moto", "tests/test_sts", 20),
        ("s3path", "tests", 50),
    ],
)
def test_every_test_has_the_same_outcome_with_the_import_swapped(
    project: str, path: str, least: int, tmp_path: Path
) -> None:
    suite = fetch_app_tests.folder("suites", project)
    environ = {"AWS_DEFAULT_REGION": "us-east-1", "PYTEST_ADDOPTS": f"--ignore={_NEED_DOCKER}"}
    run = suites.compare(suite, path, tmp_path, swaps=True, project=project, environ=environ)
    assert run.passed >= least
