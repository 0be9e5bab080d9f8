"""s3fs's own tests of URLs pass with presigned installed, as they pass without, and have their URLs from presigned."""

from __future__ import annotations

from pathlib import Path

import fetch_app_tests
from inplace import suites
from seaweedfs import free_ports

SUITE = fetch_app_tests.folder("aiobotocore")
#: Those of URLs, and of what else takes little time.
WORDS = "url or anon or info or public or simple"


def test_every_test_has_the_same_outcome_with_presigned_and_without(tmp_path: Path) -> None:
    [port] = free_ports(1)
    suite = suites.copied(SUITE, tmp_path, {"port = 5555": f"port = {port}"})
    told = suites.compare(suite, "s3fs/tests/test_s3fs.py", tmp_path, words=WORDS)
    assert f"port = {port}" in (suite / "s3fs/tests/test_s3fs.py").read_text(encoding="utf-8")
    assert any("test_url" in name for name in told.outcomes)
    assert told.answered
    assert told.left == []
