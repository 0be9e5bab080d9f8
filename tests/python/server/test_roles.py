"""A role of a profile, assumed at the server's own STS: its credentials sign URLs that the server accepts."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.config import Config

import presigned

from .servers import Server
from .wire import BODY, Send


@pytest.fixture
def profiles(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The profile `reader` assumes the server's role with the credentials of the profile `base`."""
    (tmp_path / "config").write_text(
        f"[profile reader]\nregion = us-east-1\nrole_arn = {server.role_arn}\nsource_profile = base\n"
        "role_session_name = presigned\n",
        encoding="utf-8",
    )
    (tmp_path / "credentials").write_text(
        f"[base]\naws_access_key_id = {server.access_key}\naws_secret_access_key = {server.secret_key}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", server.endpoint)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", server.endpoint)


@pytest.mark.usefixtures("profiles")
@pytest.mark.parametrize("library", [boto3, presigned], ids=["boto3", "presigned"])
def test_a_url_signed_by_a_role_is_accepted(
    library: Any, server: Server, fetch: Send, bucket: str, stored: str
) -> None:
    session = library.Session(profile_name="reader")
    url = session.client("s3", config=Config(signature_version="s3v4")).generate_presigned_url(
        "get_object", {"Bucket": bucket, "Key": stored}
    )
    assert fetch("GET", url).body == BODY
    query = parse_qs(urlsplit(url).query)
    keys = session.get_credentials().get_frozen_credentials()
    assert keys.access_key != server.access_key
    assert query["X-Amz-Security-Token"] == [keys.token]


@pytest.mark.usefixtures("profiles")
def test_the_credentials_of_a_role_expire_when_boto3s_do(server: Server) -> None:
    theirs: Any = boto3.Session(profile_name="reader").get_credentials()
    ours: Any = presigned.Session(profile_name="reader").get_credentials()
    frozen = [keys.get_frozen_credentials() for keys in (theirs, ours)]
    assert (theirs.method, frozen[0].account_id) == (ours.method, frozen[1].account_id)
    assert abs((theirs._expiry_time - ours.expires_at).total_seconds()) < 60
    assert {keys.access_key for keys in frozen}.isdisjoint({server.access_key})


@pytest.mark.usefixtures("profiles")
def test_credentials_that_the_server_does_not_know_assume_no_role(tmp_path: Path) -> None:
    (tmp_path / "credentials").write_text(
        "[base]\naws_access_key_id = AKNOBODY000000000000\naws_secret_access_key = x\n", encoding="utf-8"
    )
    errors = []
    for library in (boto3, presigned):
        client = library.Session(profile_name="reader").client("s3")
        with pytest.raises(presigned.exceptions.ClientError, match="AssumeRole operation") as raised:
            client.generate_presigned_url("list_buckets")
        errors.append((str(raised.value), raised.value.response["ResponseMetadata"]["HTTPStatusCode"]))
    assert errors[0] == errors[1]
    assert errors[0][1] == 403
