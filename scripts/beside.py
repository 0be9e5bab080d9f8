"""Tests the package with other versions of boto3 and its relatives, each in its own locked environment.

`make test-beside` runs it. It tests the package of the working tree, which `make build` has built.
"""

import os
import subprocess
import sys
from pathlib import Path

import fetch_app_tests
from environments import environment, start, step, total

BOTH = ("tests/python/inplace/test_twins.py", "tests/python/inplace/test_call_sites.py")
#: Environment -> the tests that run there.
TESTS = {
    "oldest": ("tests/beside/test_oldest.py",),
    "aiobotocore": (
        "tests/beside/test_aiobotocore.py",
        "tests/beside/test_aio_credentials.py",
        "tests/beside/test_aio_elsewhere.py",
        "tests/beside/test_s3fs.py",
        *BOTH,
    ),
    "aioboto3": ("tests/beside/test_aioboto3.py",),
    "apps": ("tests/beside/test_django_storages.py", "tests/beside/test_swapped_import.py"),
    "awscrt": ("tests/beside/test_awscrt.py", *BOTH),
    "suites": ("tests/beside/test_swapped_suites.py",),
    "tracers": ("tests/beside/test_tracers.py",),
}

#: Keeps the user's files and the metadata service away from the tests.
BARE = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


def package() -> str:
    """Return the folder of the built package."""
    code = "import presigned, pathlib; print(pathlib.Path(presigned.__file__).parents[1])"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def main() -> int:
    """Test in all environments, or in those that the command line names."""
    # Other steps may run meanwhile, and count their own tests.
    os.environ["STEP_COUNTS"] = ".cache/step-counts-beside"
    start()
    where = package()
    for name in sys.argv[1:] or TESTS:
        python = environment(Path(".cache", "beside", name), Path(f"requirements/beside-{name}.txt"))
        if name in fetch_app_tests.PROGRAMS:
            step(
                f"{name}: tests of {', '.join(fetch_app_tests.PROGRAMS[name])}",
                sys.executable,
                "scripts/fetch_app_tests.py",
                name,
            )
        # All other tests run without awscrt.
        crt = "false" if name == "awscrt" else "true"
        environ = {**BARE, "BOTO_DISABLE_CRT": crt, "PYTHONPATH": where}
        # Only the tests of s3fs use pytest-asyncio.
        step(f"{name}: tests", python, "-m", "pytest", "-q", "-p", "no:asyncio", *TESTS[name], **environ)
    return total()


if __name__ == "__main__":
    sys.exit(main())
