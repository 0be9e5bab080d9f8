"""The tests of presigning in botocore's own suite pass with presigned installed, as they pass without."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import botocore
import pytest

SUITE = Path(__file__).parents[3] / ".cache" / f"botocore-{botocore.__version__}"
PLUGIN = """
def pytest_configure(config):
    import presigned
    presigned.install()
"""


@pytest.mark.parametrize(
    ("path", "words"),
    [("tests/unit/test_signers.py", ""), ("tests/functional/test_s3.py", "resign")],
)
def test_every_test_that_passes_without_presigned_passes_with_it(path: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "installing.py").write_text(PLUGIN, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    counts = []
    for plugins in ((), ("-p", "installing")):
        inherited = os.environ.get("PYTHONPATH", "")
        paths = os.pathsep.join(str(one) for one in (tmp_path, SUITE, inherited) if str(one))
        told = subprocess.run(
            [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugins, "-c",
             str(tmp_path / "pytest.ini"), "--rootdir", str(SUITE), "-k", words, str(SUITE / path)],
            env={**os.environ, "PYTHONPATH": paths}, cwd=SUITE, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stdout[-5000:]
        counts.append(re.findall(r"(\d+) passed", told.stdout))
    assert counts[0] == counts[1]
    assert int(counts[0][0]) > 20
