#!/usr/bin/env python3
"""Fetches the published test cases of the pinned botocore into .cache/botocore-VERSION/.

Only botocore's source distribution contains them. pip downloads the version that requirements/dev.txt pins, and
verifies its hash. Only the files that the tests of this project read are unpacked.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "requirements/dev.txt"
CACHE = ROOT / ".cache"
WANTED = (
    "LICENSE.txt",
    "NOTICE",
    "tests/__init__.py",
    "tests/functional/__init__.py",
    "tests/functional/endpoint-rules/s3/",
    "tests/functional/endpoint-rules/sts/",
    "tests/functional/test_s3.py",
    "tests/unit/__init__.py",
    "tests/unit/data/endpoints/",
    "tests/unit/protocols/input/rest-xml.json",
    "tests/unit/test_signers.py",
)


def pinned(requirements: str, name: str = "botocore") -> tuple[str, str]:
    """Return the version of a package, and its requirement with the hashes in one line."""
    pin = rf"^{name}==(?P<version>\S+)(?: \\\n +--hash=sha256:[0-9a-f]{{64}})+"
    found = re.search(pin, requirements, re.MULTILINE)
    if found is None:
        raise ValueError(f"no requirement pins {name} by version and hash")
    return found["version"], found[0].replace("\\\n", "")


def download(requirement: str, folder: Path, name: str = "botocore") -> Path:
    """Download the source distribution; pip verifies it."""
    pin = folder / "requirement.txt"
    pin.write_text(f"{requirement}\n", encoding="utf-8")
    options = ["--quiet", "--no-deps", "--no-binary", name, "--require-hashes", "--disable-pip-version-check"]
    pip = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), "--requirement", str(pin)]
    subprocess.run(pip, check=True)
    return next(folder.glob("*.tar.gz"))


def unpack(archive: Path, target: Path, wanted: tuple[str, ...] = WANTED) -> int:
    """Write the files whose paths begin with one of `wanted` below `target`; return their number."""
    count = 0
    with tarfile.open(archive) as tar:
        for member in tar:
            path = member.name.partition("/")[2]
            content = tar.extractfile(member) if member.isfile() and path.startswith(wanted) else None
            if content is None:
                continue
            file = target / path
            if not file.resolve().is_relative_to(target.resolve()):
                raise ValueError(f"a path outside of the target folder: {member.name}")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.read())
            count += 1
    return count


def main() -> int:
    """Fetch the files, unless they are there."""
    version, requirement = pinned(PINS.read_text(encoding="utf-8"))
    target = CACHE / f"botocore-{version}"
    if all((target / path).exists() for path in WANTED):
        print(f"{target.relative_to(ROOT)} is there already")
        return 0
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        unpacked = Path(scratch) / "unpacked"
        count = unpack(download(requirement, Path(scratch)), unpacked)
        # The folder gets its name when it is complete, so that an interrupted run leaves no incomplete one.
        if target.exists():
            target.rename(Path(scratch) / "of an older list")
        unpacked.rename(target)
    print(f"wrote {count} files to {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
