"""Installs what we are timed beside, into environments of its own below .cache/bench.

A package that cannot be had on this machine is named, and the others are installed without it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from contenders import CONTENDERS
from interleave import ENVIRONMENTS, HERE

LOCKS = {"rivals": "requirements/bench.txt", "aiobotocore": "requirements/bench-aiobotocore.txt"}


def install(environment: Path, lock: Path, *options: str) -> str:
    """What pip says of a failure; empty if there is none."""
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command = [*pip, "--only-binary", ":all:", "--require-hashes", *options, "-r", str(lock)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stderr if result.returncode else ""


def one_by_one(environment: Path, lock: Path) -> None:
    """Installs each package of a lock file by itself, and names those that fail."""
    for entry in re.findall(r"^[\w.-]+==[^\\\n]*(?:\\\n[^\\\n]*)*", lock.read_text(), re.MULTILINE):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as single:
            single.write(entry)
            single.flush()
            if why := install(environment, Path(single.name), "--no-deps"):
                print(f"  not on this machine: {entry.split()[0]}: {why.strip().splitlines()[0]}")


def main() -> None:
    """Makes the environments."""
    if set(LOCKS) != {contender.environment for contender in CONTENDERS.values()}:
        raise RuntimeError("an environment without a lock file")
    for name, file in LOCKS.items():
        print(f"  installing {file} into .cache/bench/{name}", flush=True)
        environment, lock = ENVIRONMENTS / name, HERE.parent / file
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        if install(environment, lock):
            one_by_one(environment, lock)


if __name__ == "__main__":
    main()
