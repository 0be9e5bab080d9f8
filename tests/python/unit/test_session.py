"""Sessions, clients and the module itself: the shapes of boto3, and what is refused in their place."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
import botocore.exceptions
import pytest

import presigned
from presigned.session import Session

KEYS: dict[str, Any] = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "very secret"}


def without_boto3(patch: pytest.MonkeyPatch) -> None:
    """Has boto3 not installed, and no session that has found it."""
    patch.setitem(sys.modules, "boto3", None)
    patch.setattr(presigned, "DEFAULT_SESSION", None)


@pytest.fixture
def shared_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "config").write_text(
        "[profile p]\nregion = eu-west-1\n[default]\nregion = us-west-2\n", encoding="utf-8"
    )
    (tmp_path / "credentials").write_text("[q]\naws_access_key_id = A\naws_secret_access_key = B\n", encoding="utf-8")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    return tmp_path


@pytest.mark.usefixtures("shared_files")
@pytest.mark.parametrize("given", [{}, {"profile_name": "p"}, {"region_name": "sa-east-1"}, {"profile_name": "q"}])
def test_a_session_shows_what_a_boto3_session_shows(given: dict[str, str]) -> None:
    ours, theirs = presigned.Session(**given), boto3.Session(**given)
    for name in ("profile_name", "region_name", "available_profiles"):
        assert getattr(ours, name) == getattr(theirs, name)
    assert repr(ours) == repr(theirs)
    keys, expected = ours.get_credentials(), theirs.get_credentials()
    assert (keys and (keys.method, keys.get_frozen_credentials())) == (
        expected and (expected.method, tuple(expected.get_frozen_credentials()))
    )


@pytest.mark.parametrize("region", ["us-east-1", "cn-foo-1", "us-isof-east-1"])
def test_a_region_has_the_partition_it_has_in_boto3(region: str) -> None:
    assert presigned.Session().get_partition_for_region(region) == boto3.Session().get_partition_for_region(region)


@pytest.mark.parametrize("region", ["aws-global", "nowhere"])
def test_a_region_without_a_partition_is_refused_in_boto3s_words(region: str) -> None:
    with pytest.raises(botocore.exceptions.UnknownRegionError) as theirs:
        boto3.Session().get_partition_for_region(region)
    with pytest.raises(botocore.exceptions.UnknownRegionError) as ours:
        presigned.Session().get_partition_for_region(region)
    assert str(ours.value) == str(theirs.value)


def test_aws_region_is_asked_where_nothing_else_names_a_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-3")
    assert presigned.Session().client("s3").meta.region_name == "eu-west-3"
    assert repr(presigned.Session()) == "Session(region_name='eu-west-3')"
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    assert presigned.Session().client("s3").meta.region_name == "eu-west-2"
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_REGION", "")
    assert presigned.Session().client("s3").meta.region_name == "us-east-1"


@pytest.mark.parametrize("name", ["ec2", "S3", None, 5])
def test_without_boto3_another_service_is_refused_and_boto3_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    without_boto3(monkeypatch)
    with pytest.raises(botocore.exceptions.UnknownServiceError, match=r"use boto3\.client"):
        presigned.client(name)
    with pytest.raises(botocore.exceptions.DataNotFoundError, match=r"use boto3\.resource"):
        presigned.resource(name)


def test_one_key_without_the_other_is_refused() -> None:
    with pytest.raises(botocore.exceptions.PartialCredentialsError, match="missing: aws_secret_access_key"):
        presigned.client("s3", aws_access_key_id="A")
    with pytest.raises(botocore.exceptions.PartialCredentialsError, match="missing: aws_access_key_id"):
        presigned.Session(aws_session_token="T").client("s3")


def test_a_client_has_the_shape_of_a_boto3_client() -> None:
    client, theirs = presigned.client("s3", **KEYS), boto3.client("s3", **KEYS)
    assert type(client).__name__ == type(theirs).__name__
    assert client.meta.method_to_api_mapping == theirs.meta.method_to_api_mapping
    assert client.meta.service_model.api_version == theirs.meta.service_model.api_version
    assert client.meta.service_model.operation_names == theirs.meta.service_model.operation_names
    names = {name for name in dir(theirs.exceptions) if name[0].isupper()}
    assert {name for name in dir(client.exceptions) if name[0].isupper()} == names
    assert issubclass(client.exceptions.NoSuchKey, botocore.exceptions.ClientError)
    assert client.exceptions.from_code("NoSuchKey") is client.exceptions.NoSuchKey
    assert client.exceptions.from_code("Other") is client.exceptions.ClientError
    client.close()


@pytest.mark.parametrize("name", ["get_object", "upload_file", "get_paginator", "waiter_names"])
def test_without_boto3_what_sends_requests_is_missing_and_boto3_named(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    without_boto3(monkeypatch)
    client = presigned.client("s3", **KEYS)
    assert not hasattr(client, name)
    with pytest.raises(AttributeError, match=rf"no attribute '{name}': .*pip install boto3"):
        getattr(client, name)
    with pytest.raises(AttributeError, match=r"^'S3' object has no attribute 'nonsense'$"):
        getattr(client, "nonsense")  # noqa: B009 - a type checker knows
    assert name not in dir(client)
    assert "generate_presigned_url" in dir(client)


def test_a_method_can_be_patched() -> None:
    client = presigned.client("s3", **KEYS)
    with mock.patch.object(client, "generate_presigned_url", return_value="patched"):
        assert client.generate_presigned_url("get_object") == "patched"
    assert client.generate_presigned_url("list_buckets").startswith("https://s3.amazonaws.com/?X-Amz")


def test_a_resource_lends_its_client(monkeypatch: pytest.MonkeyPatch) -> None:
    resource, theirs = presigned.resource("s3", **KEYS), boto3.resource("s3", **KEYS)
    assert (repr(resource), repr(resource.meta)) == (repr(theirs), repr(theirs.meta))
    assert resource.meta.client.meta.config.user_agent_extra == theirs.meta.client.meta.config.user_agent_extra
    assert resource.meta.client.generate_presigned_url("list_buckets")
    without_boto3(monkeypatch)
    resource = presigned.resource("s3", **KEYS)
    with pytest.raises(AttributeError, match=r"no attribute 'Bucket': .*pip install boto3"):
        resource.Bucket  # noqa: B018 - looking is the test


def test_no_secret_is_printed_or_pickled() -> None:
    session = presigned.Session(**KEYS)
    client, keys = session.client("s3"), session.get_credentials()
    assert keys is not None
    for thing in (session, client, client.meta, keys, keys.get_frozen_credentials()):
        assert "very secret" not in f"{thing!r}{thing!s}"
    for thing in (session, client, keys, keys.get_frozen_credentials()):
        with pytest.raises(TypeError, match="cannot pickle"):
            pickle.dumps(thing)


def test_the_default_session_is_made_once_and_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presigned, "DEFAULT_SESSION", None)
    presigned.setup_default_session(region_name="ap-south-1", **KEYS)
    session = presigned.DEFAULT_SESSION
    assert isinstance(session, Session)
    assert presigned.client("s3").meta.region_name == "ap-south-1"
    assert presigned.DEFAULT_SESSION is session


def test_everything_the_module_offers_is_there() -> None:
    for name in presigned.__all__:
        assert hasattr(presigned, name)
    assert {*presigned.__all__} <= {*dir(presigned)}
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        getattr(presigned, "nonsense")  # noqa: B009 - a type checker knows


def test_a_client_of_the_environment_loads_nothing_heavy() -> None:
    heavy = {"typing", "re", "json", "urllib", "configparser", "datetime", "dataclasses", "logging", "enum"}
    program = (
        "import os, sys\n"
        "os.environ.update(AWS_ACCESS_KEY_ID='A', AWS_SECRET_ACCESS_KEY='B')\n"
        "before = set(sys.modules)\n"
        "import presigned\n"
        "presigned.client('s3').generate_presigned_url('get_object', Params={'Bucket': 'b', 'Key': 'k'})\n"
        f"loaded = (set(sys.modules) - before) & {heavy!r}\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
