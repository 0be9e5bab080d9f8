"""Installs the wheel of dist into an environment for each Python version, and runs the quick tests there.

`make matrix` runs it. At the end it names the versions that this machine does not have.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from environments import environment, start, step, total

VERSIONS = ("3.10", "3.12", "3.13", "3.14")
LOCK = Path("requirements/dev.txt")
# `make test` checks the types in the working tree; they are the same for every version.
NO_TYPES = "--ignore=tests/python/unit/test_typing.py"
# Each in a step of its own: the parity tests replace a function of botocore, and keep boto3 from all networks, even the
# loopback interface.
FOLDERS = ("unit", "parity", "credentials", "inplace", "links")


def interpreter(version: str) -> str | None:
    """Find a Python of that version, by its name or among those of pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    named = shutil.which(f"python{version}")
    candidates = [named] if named else []
    candidates += [str(path) for path in sorted(pyenv.glob(f"{version}.*/bin/python{version}"))]
    for candidate in candidates:
        said = subprocess.run([candidate, "-c", "import venv, ensurepip"], capture_output=True, check=False)
        if said.returncode == 0:
            return candidate
    return None


def main() -> int:
    """Test every version that this machine has; fail if it has none."""
    wheels = sorted(Path("dist").glob("presigned-*.whl"), key=lambda wheel: wheel.stat().st_mtime)
    if not wheels:
        raise SystemExit("matrix: no wheel in dist; `make wheel` builds it")
    start()
    missing = []
    for version in VERSIONS:
        base = interpreter(version)
        if base is None:
            missing.append(version)
            continue
        python = environment(Path(".cache", "matrix", version), LOCK, base)
        install = ("-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", str(wheels[-1]))
        step(f"{version}: wheel", python, *install)
        step(f"{version}: import", python, "-I", "-c", "import presigned; presigned.client('s3', 'us-east-1')")
        for folder in FOLDERS:
            tests = ("-m", "pytest", "-q", "-n", "auto", f"tests/python/{folder}", NO_TYPES)
            step(f"{version}: {folder}", python, *tests)
    for version in missing:
        print(f"  NOT TESTED: Python {version} was not found on this machine")
    return total()


if __name__ == "__main__":
    sys.exit(main())
