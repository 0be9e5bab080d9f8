"""The tests of presigning in botocore's own suite pass with presigned installed, as they pass without."""

from __future__ import annotations

from pathlib import Path

import botocore
import pytest

from inplace import suites

SUITE = Path(__file__).parents[3] / ".cache" / f"botocore-{botocore.__version__}"


@pytest.mark.parametrize(
    ("path", "words"),
    [("tests/unit/test_signers.py", ()), ("tests/functional/test_s3.py", ("presign",))],
)
def test_every_test_has_the_same_outcome_with_presigned_and_without(
    path: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    run = suites.compare(SUITE, path, tmp_path, words=words)
    assert len(run.outcomes) > 20
    assert run.answered or run.left
