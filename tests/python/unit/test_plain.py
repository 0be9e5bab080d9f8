"""A client that is given credentials and a region alone is made on the fast path, and equals one of the slow path."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import pytest

import presigned
from presigned import _settings

KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "very secret"}
#: Changes no URL, but is more than credentials and a region: the client is made on the slow path.
MORE: dict[str, Any] = {"verify": True}


def regions() -> list[str]:
    session = boto3.Session()
    partitions = session.get_available_partitions()
    return [name for partition in partitions for name in session.get_available_regions("s3", partition)]


def is_plain(client: presigned.S3) -> bool:
    return isinstance(client._presigned.settings, str)


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Sets a key pair and a region alone."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "REQUESTS_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setattr(presigned, "DEFAULT_SESSION", None)
    return monkeypatch


@pytest.mark.parametrize("region", [*regions(), "us-newplace-7", "cn-newplace-7"])
def test_the_fast_path_and_the_slow_path_make_the_same_client(region: str) -> None:
    settings = presigned.client("s3", region, **MORE)._presigned.settings
    assert not isinstance(settings, str)
    assert _settings.core_in(region) == settings.core
    client = presigned.client("s3", region)
    assert is_plain(client)
    found = client.meta._settings
    assert (found.core, found.options) == (settings.core, settings.options)
    assert (found.endpoint_url, found.partition) == (settings.endpoint_url, settings.partition)


@pytest.mark.parametrize(
    "region", ["", "aws-global", "us-east-1\n", "us-east-1-fips", "fips-us-east-1", "us-fips-1", "-", "nowhere", 5]
)
def test_a_region_that_is_not_like_aws_s_takes_the_slow_path(region: Any) -> None:
    assert _settings.region_of(region) is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("AWS_ENDPOINT_URL", "http://localhost:1"),
        ("AWS_S3_USE_ARN_REGION", "false"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "true"),
        ("AWS_MAX_ATTEMPTS", "3"),
        ("AWS_CREDENTIAL_EXPIRATION", "2999-01-01T00:00:00Z"),
        ("AWS_SOMETHING_NEW", "1"),
        ("AWS_SECRET_ACCESS_KEY", None),
        ("AWS_DEFAULT_REGION", None),
    ],
)
def test_other_settings_than_credentials_and_a_region_take_the_slow_path(
    environment: pytest.MonkeyPatch, variable: str, value: str | None
) -> None:
    if value is None:
        environment.delenv(variable)
    else:
        environment.setenv(variable, value)
    arguments = {**_settings._NOTHING, "region_name": None, "aws_access_key_id": None, "aws_secret_access_key": None}
    session = presigned.Session()
    given = {**arguments, "aws_session_token": None}
    assert presigned.session._plain_client(session, session._presigned, given) is None


@pytest.mark.parametrize("variable", ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
def test_a_profile_of_the_environment_that_is_not_there_is_refused(
    environment: pytest.MonkeyPatch, variable: str
) -> None:
    environment.setenv(variable, "p")
    with pytest.raises(presigned.exceptions.ProfileNotFound):
        presigned.Session()


@pytest.mark.parametrize("variable", ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
def test_a_bundle_without_a_name_is_refused_all_the_same(environment: pytest.MonkeyPatch, variable: str) -> None:
    environment.setenv(variable, "a.pem")
    assert is_plain(presigned.client("s3"))
    environment.setenv(variable, " ")
    with pytest.raises(presigned.exceptions.InvalidConfigError, match="CA bundle"):
        presigned.client("s3")


@pytest.mark.parametrize("name", ["config", "credentials"])
def test_clients_take_the_slow_path_where_a_file_exists(tmp_path: Path, name: str) -> None:
    assert presigned.Session()._presigned.is_plain
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / name).write_text("[default]\n", encoding="utf-8")
    assert not presigned.Session()._presigned.is_plain


def test_a_file_that_comes_after_the_session_is_not_read_as_in_boto3(tmp_path: Path) -> None:
    ours, theirs = presigned.Session(), boto3.Session()
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text("[profile p]\n[default]\nregion = sa-east-1\n", encoding="utf-8")
    assert ours.available_profiles == theirs.available_profiles == []
    # The variable of the region would win anyway.
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AWS_DEFAULT_REGION")
        assert ours.region_name == theirs.region_name


def test_what_a_client_shows_stays_when_the_environment_changes(environment: pytest.MonkeyPatch) -> None:
    ours, theirs = presigned.client("s3"), boto3.client("s3")
    environment.setenv("AWS_USE_DUALSTACK_ENDPOINT", "true")
    environment.setenv("AWS_ENDPOINT_URL", "http://localhost:1")
    environment.setenv("AWS_RETRY_MODE", "adaptive")
    assert is_plain(ours)
    meta = ours.meta
    assert meta is ours.meta
    assert (meta.region_name, meta.partition) == (theirs.meta.region_name, theirs.meta.partition)
    assert meta.config.retries == theirs.meta.config.retries
    assert meta.config.s3 == theirs.meta.config.s3
    # Where requests go, boto3 says; presigned URLs go to the global host.
    assert meta.endpoint_url == theirs.meta.endpoint_url


def test_a_session_keeps_the_credentials_that_its_first_client_found(environment: pytest.MonkeyPatch) -> None:
    ours, theirs = presigned.Session(), boto3.Session()
    for session in (ours, theirs):
        session.client("s3")
    environment.setenv("AWS_ACCESS_KEY_ID", "ANOTHER")
    for session in (ours, theirs):
        url = session.client("s3").generate_presigned_url("get_object", {"Bucket": "b-1", "Key": "k"})
        assert "AKIDEXAMPLE" in url
    keys, expected = ours.get_credentials(), theirs.get_credentials()
    assert keys is not None
    assert (keys.access_key, keys.method) == (expected.access_key, expected.method) == ("AKIDEXAMPLE", "env")


@pytest.mark.parametrize(
    "given",
    [
        {"aws_access_key_id": "AK", "aws_secret_access_key": "SK"},
        {"aws_access_key_id": "AK", "aws_secret_access_key": "SK", "aws_session_token": "T"},
    ],
)
def test_given_credentials_are_those_of_the_session_and_of_its_clients(given: dict[str, str]) -> None:
    ours, theirs = presigned.Session(**given), boto3.Session(**given)
    keys, expected = ours.get_credentials(), theirs.get_credentials()
    assert keys is not None
    assert (keys.access_key, keys.secret_key, keys.token, keys.method) == (
        expected.access_key,
        expected.secret_key,
        expected.token,
        expected.method,
    )
    client = presigned.Session(**given).client("s3")
    assert is_plain(client)
    assert client.generate_presigned_post("b-1", "k")["fields"]["x-amz-credential"].startswith("AK/")


def test_credentials_that_were_changed_in_the_session_are_those_of_its_next_client() -> None:
    for library in (boto3, presigned):
        session = library.Session()
        session.get_credentials().access_key = "CHANGED"
        url = session.client("s3").generate_presigned_url("get_object", {"Bucket": "b-1", "Key": "k"})
        assert "CHANGED" in url


def test_a_token_of_the_environment_is_signed_with_under_its_older_name_first(environment: pytest.MonkeyPatch) -> None:
    for name, value in (("AWS_SESSION_TOKEN", "new"), ("AWS_SECURITY_TOKEN", "old")):
        environment.setenv(name, value)
        client = presigned.Session().client("s3")
        assert is_plain(client)
        assert f"X-Amz-Security-Token={value}&" in client.generate_presigned_url(
            "get_object", {"Bucket": "b-1", "Key": "k"}
        )


def test_a_plain_client_loads_nothing_that_looks_for_more() -> None:
    program = (
        "import sys; before = set(sys.modules)\n"
        "import presigned\n"
        "presigned.client('s3').generate_presigned_url('get_object', {'Bucket': 'b-1', 'Key': 'k'})\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "presigned",
        "presigned._client",
        "presigned._core",
        "presigned._session_state",
        "presigned._settings",
        "presigned.session",
    ]


def test_the_asynchronous_package_loads_only_modules_of_its_own() -> None:
    program = (
        "import sys; before = set(sys.modules)\n"
        "import presigned.aio\n"
        "print(*sorted(name for name in set(sys.modules) - before if not name.startswith('presigned')))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__future__"]
