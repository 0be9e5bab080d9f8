"""s3fs's own tests of URLs pass with presigned installed, as they pass without, and have their URLs from presigned."""

from __future__ import annotations

import urllib.request
from pathlib import Path
from typing import Any

import pytest
import s3fs

import fetch_app_tests
import presigned.aio
import seaweedfs
from inplace import suites

SUITE = fetch_app_tests.folder("aiobotocore", "s3fs")
#: Those of URLs, and of what else takes little time.
WORDS = ("url", "anon", "info", "public", "simple")


def test_every_test_has_the_same_outcome_with_presigned_and_without(tmp_path: Path) -> None:
    [port] = seaweedfs.free_ports(1)
    suite = suites.copied(SUITE, tmp_path, {"port = 5555": f"port = {port}"})
    run = suites.compare(suite, "s3fs/tests/test_s3fs.py", tmp_path, words=WORDS)
    assert f"port = {port}" in (suite / "s3fs/tests/test_s3fs.py").read_text(encoding="utf-8")
    assert any("test_url" in name for name in run.outcomes)
    assert run.answered
    assert run.left == []


def test_a_file_system_on_a_session_of_presigneds_does_everything(server: seaweedfs.SeaweedFS) -> None:
    def used(session: Any) -> list[Any]:
        files = s3fs.S3FileSystem(
            key=server.access_key,
            secret=server.secret_key,
            endpoint_url=server.endpoint,
            client_kwargs={"region_name": "us-east-1"},
            session=session,
            skip_instance_cache=True,
        )
        files.mkdir("s3fs")
        files.pipe({"s3fs/a/1": b"one", "s3fs/a/2": b"two"})
        with files.open("s3fs/a/large", "wb") as file:
            for _ in range(3):
                file.write(bytes(3_000_000))
        seen = [
            files.find("s3fs"),
            files.ls("s3fs/a", detail=False),
            files.cat(["s3fs/a/1", "s3fs/a/2"]),
            files.info("s3fs/a/1")["size"],
        ]
        with files.open("s3fs/a/large", "rb") as file:
            file.seek(8_999_999)
            seen.append(file.read())
        files.copy("s3fs/a/1", "s3fs/b")
        files.mv("s3fs/b", "s3fs/c")
        seen += [files.exists("s3fs/b"), files.exists("s3fs/c"), files.du("s3fs")]
        with pytest.raises(FileNotFoundError):
            files.cat("s3fs/none")
        with urllib.request.urlopen(files.url("s3fs/c", expires=60)) as answer:  # noqa: S310 - of this machine
            seen.append(answer.read())
        files.setxattr("s3fs/c", copy_kwargs={}, made="here")
        seen.append(files.getxattr("s3fs/c", "made"))
        files.rm("s3fs", recursive=True)
        seen.append(files.exists("s3fs"))
        files.close_session(files.loop, files.s3)
        return seen

    expected = used(None)
    assert len(expected) == 11
    session = presigned.aio.get_session()
    assert used(session) == expected
