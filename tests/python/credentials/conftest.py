"""The desk that most tests of this folder use, and the server behind it."""

from __future__ import annotations

import getpass
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.credentials
import botocore.tokens
import freezegun
import pytest
import time_machine

from cached_models import cached_models
from credentials.desk import Desk
from credentials.identity_server import Handler, Identity, running
from credentials.source_classes import START

# A fixture may freeze the clock between two readings of pytest's: the duration would be years.
freezegun.configure(extend_ignore_list=["_pytest.timing"])


@pytest.fixture(autouse=True, scope="session")
def boto3_of_one_model() -> Iterator[None]:
    """Hundreds of tests make a session of boto3: it need not read its models again for each."""
    with cached_models(tls=True):
        yield


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that is frozen at `START`, until the test moves it."""
    with freezegun.freeze_time(START) as frozen:
        yield frozen


@pytest.fixture(scope="session")
def server() -> Iterator[Identity]:
    with running(type("Local", (Handler,), {})) as identity:
        yield identity


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Identity) -> Iterator[Desk]:
    server.answers.clear()
    server.taken()
    # The sessions of roles are named after the second.
    with time_machine.travel(int(time.time()), tick=False) as clock:
        yield furnished(Desk(tmp_path, monkeypatch, server, clock))


def furnished(made: Desk) -> Desk:
    """Points both libraries at a desk."""
    monkeypatch, tmp_path, server = made.patch, made.home, made.identity
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setattr(getpass, "getpass", made.prompt)
    monkeypatch.setattr(botocore.credentials.AssumeRoleProvider.__init__, "__defaults__", (made.prompt, None, None))
    # botocore settles these when it is imported.
    for cls in (botocore.credentials.SSOProvider, botocore.tokens.SSOTokenProvider):
        monkeypatch.setattr(cls, "_SSO_TOKEN_CACHE_DIR", str(tmp_path / ".aws/sso/cache"))
    return made
