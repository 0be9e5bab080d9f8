"""Keeps the machine's own settings away from every test, and sets how many examples Hypothesis makes."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# awscrt, if it is installed, signs with another order of parameters. Read when botocore is imported.
os.environ.setdefault("BOTO_DISABLE_CRT", "true")

# A failure prints the line that repeats it (`@reproduce_failure`). CI makes the same examples each
# time, so that a failure comes from the change; `dev` and `long` look for new examples.
settings.register_profile("always", deadline=None, print_blob=True, suppress_health_check=list(HealthCheck))
_ALWAYS = settings.get_profile("always")
settings.register_profile("dev", _ALWAYS, max_examples=150)
settings.register_profile("ci", _ALWAYS, max_examples=1000, derandomize=True, database=None)
settings.register_profile("long", _ALWAYS, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_collection_finish() -> None:
    """Takes what is loaded by now, which stays to the end, out of what each collection of garbage looks at."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def bare_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hides the user's AWS variables and files and the metadata service from every test."""
    empty = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("HOME", str(empty))
        patch.setenv("AWS_CONFIG_FILE", str(empty / "config"))
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(empty / "credentials"))
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield
