"""Every command that the READMEs of the examples show is run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import seaweedfs

ROOT = Path(__file__).parents[3]
READMES = sorted(path.relative_to(ROOT) for path in (ROOT / "examples").rglob("README.md"))


def commands(readme: Path) -> list[str]:
    """The lines that begin with a prompt."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / readme).read_text(), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.usefixtures("bucket")
@pytest.mark.parametrize("readme", READMES, ids=str)
def test_the_commands_of_a_readme_run(readme: Path, server: seaweedfs.SeaweedFS) -> None:
    lines = commands(readme)
    assert lines
    # `make` is what runs these tests, after these very goals.
    script = "\n".join(line for line in lines if not line.startswith("make "))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}",
        # Where a README names no endpoint of its own.
        "AWS_ENDPOINT_URL_S3": server.endpoint,
        "AWS_ACCESS_KEY_ID": server.access_key,
        "AWS_SECRET_ACCESS_KEY": server.secret_key,
    }
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],  # noqa: S607 - whichever there is
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_what_the_readmes_make_is_made_before_these_tests() -> None:
    makefile = (ROOT / "Makefile").read_text()
    goals = re.search(r"^test-examples: (.*?) ##", makefile, re.MULTILINE)
    assert goals is not None
    made = {goal for readme in READMES for line in commands(readme) for goal in line.split()[1:] if line[:5] == "make "}
    assert made <= set(goals[1].split())
