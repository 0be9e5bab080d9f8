"""Fetches the tests of programs that use boto3 into .cache/NAME-VERSION/, to run them with presigned.

The source distributions contain the tests. pip downloads those that the requirements of the environments pin, and
verifies their hashes. Only the tests are unpacked, so that they test the installed program.
"""

import sys
import tempfile
from pathlib import Path

from fetch_botocore_tests import CACHE, ROOT, download, pinned, unpack

#: Environment of `make test-beside` -> program -> the paths of its tests.
PROGRAMS: dict[str, dict[str, tuple[str, ...]]] = {
    "apps": {
        "django-storages": ("tests/__init__.py", "tests/settings.py", "tests/test_s3.py", "tests/utils.py"),
    },
    "aiobotocore": {"s3fs": ("s3fs/tests/",)},
    "suites": {
        "kombu": ("t/__init__.py", "t/mocks.py", "t/unit/__init__.py", "t/unit/conftest.py", "t/unit/transport/SQS/"),
        "moto": ("tests/",),
        "s3path": ("tests/",),
    },
}


def folder(environment: str, name: str) -> Path:
    """Return the folder for the tests of a program."""
    version, _ = pinned(_requirements(environment), name)
    return CACHE / f"{name}-{version}"


def _requirements(environment: str) -> str:
    return (ROOT / f"requirements/beside-{environment}.txt").read_text(encoding="utf-8")


def fetch(environment: str) -> None:
    """Fetch the tests of an environment that are not there yet."""
    for name, wanted in PROGRAMS[environment].items():
        target = folder(environment, name)
        if target.exists():
            continue
        _, requirement = pinned(_requirements(environment), name)
        CACHE.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            unpacked = Path(scratch) / "unpacked"
            count = unpack(download(requirement, Path(scratch), name), unpacked, wanted)
            # The folder gets its name when it is complete, so that an interrupted run leaves no incomplete one.
            unpacked.rename(target)
        print(f"wrote {count} files to {target.relative_to(ROOT)}")


if __name__ == "__main__":
    for one in sys.argv[1:] or PROGRAMS:
        fetch(one)
