"""Makes environments with locked packages, and runs steps in them, for `make test-beside` and `make matrix`."""

import os
import subprocess
import sys
from pathlib import Path


def step(name: str, *command: str, **environ: str) -> None:
    """Run a step as `make test` does, and stop if it fails."""
    runner = [sys.executable, "scripts/step.py", name, *command]
    if code := subprocess.run(runner, check=False, env={**os.environ, **environ}).returncode:
        raise SystemExit(code)


def start() -> None:
    """Forget the counts of an earlier run."""
    subprocess.run([sys.executable, "scripts/step.py", "--start"], check=True)


def total() -> int:
    """Print how many tests the steps ran; return the exit code."""
    return subprocess.run([sys.executable, "scripts/step.py", "--total"], check=False).returncode


def environment(directory: Path, lock: Path, base: str = sys.executable) -> str:
    """Make an environment with the packages of a lock file, unless it is there; return its Python.

    Args:
        directory: Its folder, whose name begins the names of the steps.
        lock: The file with versions and hashes. If it is newer than the environment, that is made again.
        base: The Python that it is made from.
    """
    python = str(directory / "bin" / "python")
    stamp = directory / ".locked"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        install = ("-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock))
        step(f"{directory.name}: environment", base, "-m", "venv", "--clear", str(directory))
        step(f"{directory.name}: packages", python, *install)
        stamp.touch()
    return python
