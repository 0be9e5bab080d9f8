"""Installs the libraries that presigned is compared with, into environments below .cache/bench.

If a package has no wheel for this machine, prints its name and installs the others.
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
    """Installs a lock file; returns the error message of pip, or an empty string."""
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command = [*pip, "--only-binary", ":all:", "--require-hashes", *options, "-r", str(lock)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stderr if result.returncode else ""


def one_by_one(environment: Path, lock: Path) -> None:
    """Installs the packages of a lock file one by one, and prints those that fail."""
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
