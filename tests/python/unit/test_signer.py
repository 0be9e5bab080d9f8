"""Which credentials `presign_url`, `sign` and `Signer` use, what they load, and what they never show."""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import botocore.credentials
import pytest
import time_machine

import presigned
import presigned.aio
from presigned._services import credentials as signers

URL = "https://search.eu-central-1.es.amazonaws.com/_count"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "very secret"}


def signed(credentials: Any = None) -> str:
    """The access key in a URL."""
    url = presigned.presign_url("GET", URL, service="es", region="eu-central-1", credentials=credentials)
    headers = presigned.sign("GET", URL, service="es", region="eu-central-1", credentials=credentials)
    signer = presigned.Signer("es", "eu-central-1", credentials)
    found = {signer.presign_url("GET", URL).partition("Credential=")[2].partition("%2F")[0]}
    found |= {url.partition("Credential=")[2].partition("%2F")[0]}
    found |= {headers["Authorization"].partition("Credential=")[2].partition("/")[0]}
    assert len(found) == 1
    return found.pop()


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Sets a key pair alone."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(presigned, "DEFAULT_SESSION", None)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    return monkeypatch


def test_the_default_session_provides_the_credentials(environment: pytest.MonkeyPatch) -> None:
    assert signed() == "AKIDEXAMPLE"
    # As for the clients of a session, those that were found first stay.
    environment.setenv("AWS_ACCESS_KEY_ID", "AKIDANOTHER")
    assert signed() == "AKIDEXAMPLE"
    presigned.setup_default_session()
    assert signed() == "AKIDANOTHER"
    presigned.setup_default_session(aws_access_key_id="AKIDGIVEN", aws_secret_access_key="secret")
    assert signed() == "AKIDGIVEN"


def test_a_profile_provides_the_credentials(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        environment.delenv(name)
    file = tmp_path / "credentials"
    file.write_text("[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = secret\n")
    environment.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    environment.setenv("AWS_PROFILE", "work")
    assert signed() == "AKIDWORK"


def test_a_session_that_has_become_boto3s_provides_them_too() -> None:
    assert signed() == "AKIDEXAMPLE"
    session = presigned._get_default_session()
    assert session.events is not None
    session._session.set_credentials("AKIDSET", "secret")
    assert signed() == "AKIDSET"


def test_no_credentials_are_an_error_that_names_the_sources(environment: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        environment.delenv(name)
    with pytest.raises(presigned.exceptions.NoCredentialsError) as raised:
        signed()
    assert "AWS_ACCESS_KEY_ID is not set" in "".join(getattr(raised.value, "__notes__", []))


def test_credentials_that_come_later_are_found(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("AWS_ACCESS_KEY_ID")
    with pytest.raises(presigned.exceptions.NoCredentialsError):
        signed()
    environment.setenv("AWS_ACCESS_KEY_ID", "AKIDLATER")
    assert signed() == "AKIDLATER"


class _Keys:
    access_key = "AKIDOBJECT"
    secret_key = "secret"
    token = None


def function() -> dict[str, str]:
    return {"access_key": "AKIDFUNCTION", "secret_key": "secret"}


@pytest.mark.parametrize(
    ("given", "access_key"),
    [
        (("AKIDTUPLE", "secret"), "AKIDTUPLE"),
        (["AKIDLIST", "secret", "token"], "AKIDLIST"),
        ({"AccessKeyId": "AKIDDICT", "SecretAccessKey": "secret", "SessionToken": "token"}, "AKIDDICT"),
        (_Keys(), "AKIDOBJECT"),
        (function, "AKIDFUNCTION"),
        (botocore.credentials.Credentials("AKIDBOTOCORE", "secret"), "AKIDBOTOCORE"),
        (boto3.Session("AKIDBOTO3", "secret"), "AKIDBOTO3"),
        (presigned.Session("AKIDSESSION", "secret"), "AKIDSESSION"),
    ],
)
def test_credentials_may_be_what_a_client_takes_or_plain_values(given: Any, access_key: str) -> None:
    assert signed(given) == signed(given) == access_key


@pytest.mark.parametrize("given", [5, "AKIDEXAMPLE", (), ("one",), ("AKID", 5), {"a": "b"}])
def test_other_credentials_are_refused_and_not_shown(given: Any) -> None:
    with pytest.raises((TypeError, ValueError, presigned.exceptions.BotoCoreError)):
        signed(given)


def test_credentials_that_change_are_noticed_at_the_next_call() -> None:
    given = botocore.credentials.Credentials("AKIDFIRST", "secret")
    assert signed(given) == "AKIDFIRST"
    given.access_key = "AKIDSECOND"
    assert signed(given) == "AKIDSECOND"


def test_another_object_at_the_same_address_has_a_signer_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _Keys(), _Keys()
    second.access_key = "AKIDSECOND"
    monkeypatch.setattr(signers, "id", lambda _: 5, raising=False)
    assert [signed(first), signed(second), signed(first)] == ["AKIDOBJECT", "AKIDSECOND", "AKIDOBJECT"]


def test_a_signer_is_made_once_for_a_service_and_a_region() -> None:
    first = signers.signer_for("es", "eu-central-1", None)
    assert signers.signer_for("es", "eu-central-1", None) is first
    assert signers.signer_for("es", "eu-west-1", None) is not first
    given = _Keys()
    assert signers.signer_for("es", "eu-central-1", given) is signers.signer_for("es", "eu-central-1", given)
    plain = ("AKID", "secret")
    assert signers.signer_for("es", "eu-central-1", plain) is not signers.signer_for("es", "eu-central-1", plain)


def test_the_signers_that_are_kept_are_bounded() -> None:
    for number in range(200):
        signers.signer_for(f"service{number}", "eu-central-1", None)
    assert len(signers._of_session) == 64


def test_threads_share_a_signer() -> None:
    signer = presigned.Signer("es", "eu-central-1", ("AKIDEXAMPLE", "secret"))
    found: list[str] = []

    def work() -> None:
        found.extend(signer.presign_url("GET", URL).partition("&X-Amz-Date")[0] for _ in range(200))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1600
    assert len({*found}) == 1


def test_a_signer_shows_no_secret() -> None:
    signer = presigned.Signer("es", "eu-central-1", ("AKIDEXAMPLE", "very secret", "the token"))
    assert repr(signer) == "<Signer of es in eu-central-1>"
    with pytest.raises(TypeError, match="it holds a secret key"):
        pickle.dumps(signer)


@pytest.mark.parametrize("attribute", ["presign_url", "sign", "Signer"])
def test_a_public_name_is_looked_up_once(attribute: str) -> None:
    found = getattr(presigned, attribute)
    assert vars(presigned)[attribute] is found


def test_the_first_url_loads_few_modules(environment: pytest.MonkeyPatch) -> None:
    del environment
    program = (
        "import sys; before = {*sys.modules}; import presigned\n"
        f"presigned.presign_url('GET', {URL!r}, service='es', region='eu-central-1', expires_in=60)\n"
        "print(*sorted({*sys.modules} - before))"
    )
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert [name for name in made.stdout.split() if not name.startswith("presigned")] == ["__future__"]
    assert [name for name in made.stdout.split() if name.startswith("presigned")] == [
        "presigned", "presigned._client", "presigned._core", "presigned._services", "presigned._services.credentials",
        "presigned._session_state", "presigned._settings", "presigned.session",
    ]  # fmt: skip


class AwaitedCredentials:
    """Credentials of asyncio's libraries."""

    async def get_frozen_credentials(self) -> Any:
        await asyncio.sleep(0)
        return SimpleNamespace(access_key="AKIDEXAMPLE", secret_key="secret", token=None)


FETCHED_IN: list[int] = []


def fetched() -> tuple[str, str]:
    FETCHED_IN.append(threading.get_ident())
    return "AKIDEXAMPLE", "secret"


@pytest.mark.parametrize("credentials", [("AKIDEXAMPLE", "secret"), AwaitedCredentials(), fetched])
def test_asyncio_signs_alike_and_is_not_blocked(credentials: Any) -> None:
    place: dict[str, Any] = {"service": "sts", "region": "eu-central-1"}
    with time_machine.travel(1_790_000_000, tick=False):
        url = asyncio.run(presigned.aio.presign_url("GET", "https://a.example", credentials=credentials, **place))
        headers = asyncio.run(
            presigned.aio.sign("PUT", "https://a.example", body="b", credentials=credentials, **place)
        )
        keys = ("AKIDEXAMPLE", "secret")
        assert url == presigned.presign_url("GET", "https://a.example", credentials=keys, **place)
        assert headers == presigned.sign("PUT", "https://a.example", body="b", credentials=keys, **place)
    assert threading.get_ident() not in FETCHED_IN
