"""Where credentials come from, as boto3 finds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import boto3
import botocore.exceptions
import pytest

import presigned

PAIR = "aws_access_key_id = {0}\naws_secret_access_key = secret of {0}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "$HOME/credentials")
    return tmp_path


def found(library: Any, **session: str) -> Any:
    keys = library.Session(**session).get_credentials()
    return keys and (keys.method, keys.access_key, keys.secret_key, keys.token, keys.account_id)


def same(**session: str) -> Any:
    ours = found(presigned, **session)
    assert ours == found(boto3, **session)
    return ours


def test_each_source_is_asked_in_boto3s_order(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert same() is None
    (home / ".boto").write_text("[Credentials]\n" + PAIR.format("BOTO2") + "aws_session_token = T\n", encoding="utf-8")
    assert same()[0] == "boto-config"
    (home / "boto.cfg").write_text("[Credentials]\n" + PAIR.format("NAMED"), encoding="utf-8")
    monkeypatch.setenv("BOTO_CONFIG", "~/boto.cfg")
    assert same()[1] == "NAMED"
    (home / "ec2").write_text("# keys\nAWSAccessKeyId = EC2\nAWSSecretKey=a=b\n", encoding="utf-8")
    monkeypatch.setenv("AWS_CREDENTIAL_FILE", "~/ec2")
    assert same()[:3] == ("ec2-credentials-file", "EC2", "a=b")
    both = f"[default]\n{PAIR.format('CONFIG')}[profile p]\n{PAIR.format('P')}"
    (home / "config").write_text(both, encoding="utf-8")
    assert same()[0] == "config-file"
    (home / "credentials").write_text("[default]\n" + PAIR.format("SHARED") + "aws_account_id = 1\n", encoding="utf-8")
    assert same()[0] == "shared-credentials-file"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    monkeypatch.setenv("AWS_ACCOUNT_ID", "123456789012")
    assert same()[0] == "env"
    monkeypatch.setenv("AWS_PROFILE", "p")
    assert same()[0] == "env"
    assert same(profile_name="p")[1] == "P"


def test_a_file_that_is_named_and_missing_is_reported(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CREDENTIAL_FILE", str(home / "missing"))
    for library in (presigned, boto3):
        with pytest.raises(botocore.exceptions.ConfigNotFound, match="could not be found"):
            found(library)


def test_credentials_given_to_a_client_ask_no_source(home: Path) -> None:
    (home / "config").write_text("[default]\ncredential_process = /bin/false\n", encoding="utf-8")
    client = presigned.Session().client("s3", aws_access_key_id="A", aws_secret_access_key="B")
    assert "Credential=A%2F" in client.generate_presigned_url("list_buckets")


@pytest.mark.usefixtures("home")
def test_expired_credentials_of_the_environment_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "A")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "B")
    monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", "2099-01-01T00:00:00Z")
    assert presigned.Session().get_credentials() is not None
    for past in ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00", "2020-01-01T00:00:00+02:00"):
        monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", past)
        keys = presigned.Session().get_credentials()
        assert keys is not None
        with pytest.raises(RuntimeError, match="still expired"):
            keys.get_frozen_credentials()
    monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", "soon")
    with pytest.raises(ValueError, match="AWS_CREDENTIAL_EXPIRATION is not a timestamp: soon"):
        presigned.Session().get_credentials()
