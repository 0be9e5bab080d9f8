"""docs/recipes: the code of each page is run, at a server that verifies."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import seaweedfs

FOLDER = Path(__file__).parents[3] / "docs/recipes"
# Its programs have other servers than S3: test_tokens.py.
TOKENS = "tokens.md"
PAGES = sorted(path.name for path in FOLDER.glob("*.md") if path.name not in {"README.md", TOKENS})
# Where the pages say that SeaweedFS is.
ADDRESS = "http://localhost:8333"
# Goes before a page's code: what clients in place leave to botocore they tell this logger.
WITNESS = """import logging
class _Left(logging.Handler):
    def emit(self, record):
        raise SystemExit(f"left to botocore: {record.getMessage()}")
logging.getLogger("presigned").setLevel(logging.DEBUG)
logging.getLogger("presigned").addHandler(_Left())
"""


def files(page: str) -> dict[str, str]:
    """The Python of a page, as the files that its blocks name in their first line; the other blocks are one program."""
    found: dict[str, str] = {}
    for block in re.findall(r"```python\n(.*?)```", (FOLDER / page).read_text(), re.DOTALL):
        named = re.match(r"# (\w+\.py)\n", block)
        name = named[1] if named else "recipe.py"
        found[name] = found.get(name, "") + block
    return found


@pytest.mark.usefixtures("bucket")
@pytest.mark.parametrize("page", PAGES)
def test_the_code_of_a_page_runs(page: str, tmp_path: Path, server: seaweedfs.SeaweedFS, aws: dict[str, str]) -> None:
    code = files(page)
    assert code
    for name, text in code.items():
        (tmp_path / name).write_text(WITNESS + text.replace(ADDRESS, server.endpoint))
    # The tests of a page bring credentials and servers of their own.
    tests = any(name.startswith("test_") for name in code)
    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider"] if tests else ["recipe.py"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **({} if tests else aws)}
    run = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_witness_sees_what_is_left_to_botocore(tmp_path: Path, aws: dict[str, str]) -> None:
    code = "import presigned, boto3\npresigned.install()\ns3 = boto3.client('s3')\ns3.generate_presigned_url('none')\n"
    (tmp_path / "recipe.py").write_text(WITNESS + code)
    run = subprocess.run(
        [sys.executable, "recipe.py"],
        cwd=tmp_path,
        env={**os.environ, **aws},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "left to botocore: " in run.stderr


def test_the_list_of_pages_is_complete() -> None:
    listed = re.findall(r"\]\((\w+\.md)\)", (FOLDER / "README.md").read_text())
    assert sorted(listed) == sorted([*PAGES, TOKENS])
