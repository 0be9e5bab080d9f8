"""Every command that the READMEs of the examples show is run."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

import seaweedfs

ROOT = Path(__file__).parents[3]
READMES = sorted(path.relative_to(ROOT) for path in (ROOT / "examples").rglob("README.md"))


def commands(readme: Path) -> list[str]:
    """The lines that begin with a prompt."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / readme).read_text(), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def serves(line: str) -> bool:
    """Whether a command runs until it is stopped."""
    return "uvicorn" in line or "on_this_machine.py" in line


@pytest.fixture
def environment(aws: dict[str, str]) -> dict[str, str]:
    """What the reader's shell has set."""
    return {**os.environ, **aws, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.usefixtures("bucket")
@pytest.mark.parametrize("readme", READMES, ids=str)
def test_the_commands_of_a_readme_run(readme: Path, environment: dict[str, str]) -> None:
    lines = commands(readme)
    assert lines
    # `make` runs these tests, after these goals.
    script = "\n".join(line for line in lines if not line.startswith("make ") and not serves(line))
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],  # noqa: S607 - the one of this machine
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("line", [line for readme in READMES for line in commands(readme) if serves(line)])
def test_what_a_readme_starts_answers_until_it_is_stopped(line: str, environment: dict[str, str]) -> None:
    [port] = seaweedfs.free_ports(1)
    elsewhere = f"--port {port}" if "uvicorn" in line else port
    command = ["bash", "-c", f"exec env {line} {elsewhere}"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            transport = httpx2.HTTPTransport(retries=8)
            with httpx2.Client(transport=transport, base_url=f"http://127.0.0.1:{port}") as browser:
                assert "<title>Send files</title>" in browser.get("/").text
                body = {"name": "cat.png", "size": 20_000_000, "content_type": "image/png"}
                assert browser.post("/api/uploads", json=body).json()["how"] == "put"
        finally:
            process.send_signal(signal.SIGINT)
    assert process.returncode in {0, 130, -signal.SIGINT}


def test_what_the_readmes_make_is_made_before_these_tests() -> None:
    makefile = (ROOT / "Makefile").read_text()
    goals = re.search(r"^test-examples: (.*?) ##", makefile, re.MULTILINE)
    assert goals is not None
    made = {goal for readme in READMES for line in commands(readme) for goal in line.split()[1:] if line[:5] == "make "}
    assert made <= set(goals[1].split())


def test_the_table_that_polars_prints_is_shown() -> None:
    # AWS's hosts are shown, and signing needs no server.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}
    environment["AWS_DEFAULT_REGION"] = "eu-central-1"
    folder = ROOT / "examples/engines"
    command = [sys.executable, str(folder / "with_polars.py"), str(folder / "objects.csv")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    [shown] = re.findall(r"```text\n(.*?)```", (folder / "README.md").read_text(), re.DOTALL)
    assert shown in printed
