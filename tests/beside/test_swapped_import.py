"""Programs that use boto3 for more than presigning print the same with presigned in its place, at a real server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import pytest

import seaweedfs

PROGRAMS = Path(__file__).parent / "programs"
#: What a process does before a program in it says `import boto3`.
SWAP = "import sys, presigned; sys.modules['boto3'] = presigned\n"
RUN = "import runpy; runpy.run_path(sys.argv[1], run_name='__main__')\n"


def printed(program: Path, bucket: str, server: seaweedfs.SeaweedFS, start: str) -> str:
    """What a program prints, in a new bucket."""
    keys = {"aws_access_key_id": server.access_key, "aws_secret_access_key": server.secret_key}
    s3: Any = boto3.client("s3", region_name="us-east-1", endpoint_url=server.endpoint, **keys)
    s3.create_bucket(Bucket=bucket)
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AWS_") or name.endswith("_FILE")},
        "AWS_ACCESS_KEY_ID": server.access_key,
        "AWS_SECRET_ACCESS_KEY": server.secret_key,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_S3": server.endpoint,
        "BUCKET": bucket,
    }
    done = subprocess.run(
        [sys.executable, "-c", start + RUN, str(program)], env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-5000:]
    return done.stdout.replace(bucket, "BUCKET")


@pytest.mark.parametrize("name", ["django_files", "cloud_paths", "manual"])
def test_a_program_prints_the_same_with_the_import_swapped(name: str, server: seaweedfs.SeaweedFS) -> None:
    program = PROGRAMS / f"{name}.py"
    bucket = name.replace("_", "-")
    theirs = printed(program, f"{bucket}-boto3", server, "import sys\n")
    assert printed(program, f"{bucket}-swapped", server, SWAP) == theirs
    assert len(theirs.splitlines()) > 20


def test_the_manual_prints_the_same_with_the_import_rewritten(tmp_path: Path, server: seaweedfs.SeaweedFS) -> None:
    text = (PROGRAMS / "manual.py").read_text(encoding="utf-8")
    theirs = printed(PROGRAMS / "manual.py", "rewritten-boto3", server, "import sys\n")
    # Every `import boto3`, `import boto3.exceptions` and `from boto3.s3.transfer import ...`.
    text = re.sub(r"^( *)import boto3$", r"\1import presigned as boto3", text, flags=re.MULTILINE)
    text = re.sub(r"^( *)import boto3\.([a-z.0-9]+)", r"\1import presigned.\2", text, flags=re.MULTILINE)
    text = re.sub(r"^( *)from boto3", r"\1from presigned", text, flags=re.MULTILINE)
    assert "import boto3" not in text.replace("as boto3", "")
    (tmp_path / "rewritten.py").write_text(text, encoding="utf-8")
    assert printed(tmp_path / "rewritten.py", "rewritten-ours", server, "import sys\n") == theirs
