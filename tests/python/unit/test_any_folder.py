"""The project's commands work in a folder of any name, and CI runs them in one of the name that a clone has."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
#: Stands in for the environment's Python: writes down what it is called with, and runs nothing.
PYTHON = """\
#!/bin/sh
test -x "$PYO3_PYTHON" || exit 3
command -v maturin || exit 4
line=$(printf '%s|' "$@")
# At once: two steps run at a time.
printf '%s\\n' "$line" >> "$CALLS"
"""
MAKEFILE = """\
test:
	@pwd > "$(FOLDER)/pwd"
	@echo ran
	@exit 7
"""
NAMES = ["presigned", "two words", "presigné [1] (a+b) 'q'", "x" * 200]


def bare_environment(**variables: str) -> dict[str, str]:
    """Without what the make that runs these tests hands on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "GIT_"))}
    return {**kept, **variables}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("is_link", [False, True])
def test_make_runs_its_steps_in_a_folder_of_any_name(tmp_path: Path, name: str, is_link: bool) -> None:
    clone = tmp_path / "elsewhere" if is_link else tmp_path / name
    for path in ("src/python", "python", "requirements", "scripts", "extensions", ".cache", ".venv/bin"):
        (clone / path).mkdir(parents=True)
    # What is made of others comes after them, so that it is up to date.
    for path in ("Cargo.toml", "Cargo.lock", "pyproject.toml", "extensions/Cargo.lock", "scripts/build_backend.py",
                 "scripts/fetch_botocore_tests.py", "extensions/interpreter.rs", "requirements/dev.txt",
                 ".venv/bin/maturin", ".venv/bin/python", ".venv/.locked", ".venv/.extensions", ".venv/.built",
                 ".cache/.botocore-tests"):  # fmt: skip
        (clone / path).touch()
    python = clone / ".venv" / "bin" / "python"
    python.write_text(PYTHON, encoding="utf-8")
    for program in python.parent.iterdir():
        program.chmod(0o755)
    shutil.copy(ROOT / "Makefile", clone)
    if is_link:
        (tmp_path / name).symlink_to(clone)
    calls = tmp_path / "calls"
    done = subprocess.run(
        ["make", "lint", "types", "test-python"],  # noqa: S607 - the make of this machine
        cwd=tmp_path / name, env=bare_environment(CALLS=str(calls)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    steps = [line.split("|") for line in calls.read_text(encoding="utf-8").splitlines()]
    assert len(steps) > 12
    assert {step[0] for step in steps} == {"scripts/step.py"}
    assert [".venv/bin/python", "-m", "mypy", ""] in [step[2:] for step in steps]


@pytest.mark.parametrize("name", ["presigned", "checkout", "two words"])
def test_ci_runs_the_tests_in_a_folder_that_is_named_as_a_clone_is(tmp_path: Path, name: str) -> None:
    checkout = tmp_path / name
    (checkout / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "run", checkout / ".ci")
    (checkout / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    environment = bare_environment(
        FOLDER=str(tmp_path),
        TMPDIR=str(tmp_path / "temporary"),
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_SYSTEM=os.devnull,
    )
    author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "--quiet"], ["add", "-A"], [*author, "commit", "--quiet", "-m", "all"]):
        subprocess.run(["git", *command], cwd=checkout, env=environment, check=True)  # noqa: S607 - the git of this machine
    done = subprocess.run([checkout / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)
    # make's own status for a step that failed.
    assert (done.returncode, done.stdout) == (2, "ran\n"), done.stderr
    assert Path((tmp_path / "pwd").read_text(encoding="utf-8").strip()).name == "presigned"
    assert list((tmp_path / "temporary").iterdir()) == []
    assert (checkout / "Makefile").exists()
