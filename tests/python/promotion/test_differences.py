"""The lettered lines of COMPATIBILITY.md: what a program can still tell apart once the import is swapped."""

from __future__ import annotations

import copy
from typing import Any
from unittest import mock

import boto3
import botocore.client
import botocore.config
import botocore.session
import botocore.stub
import pytest

import presigned

KEYS: dict[str, Any] = {
    "region_name": "eu-central-1",
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "very secret",
}


def clients() -> tuple[Any, Any]:
    return presigned.Session(**KEYS).client("s3"), boto3.Session(**KEYS).client("s3")


def test_a_a_client_is_a_base_client_and_its_class_is_not() -> None:
    for client, is_class in zip(clients(), (False, True), strict=True):
        assert isinstance(client, botocore.client.BaseClient)
        assert issubclass(type(client), botocore.client.BaseClient) is is_class
        assert isinstance(mock.Mock(spec=client), botocore.client.BaseClient) is is_class


def test_b_a_method_replaced_on_the_class_is_used_where_the_program_calls_it() -> None:
    for client, is_used_inside in zip(clients(), (False, True), strict=True):
        with mock.patch.object(type(client), "list_objects_v2", return_value={"Contents": [{"Key": "mine"}]}):
            assert client.list_objects_v2(Bucket="photos")["Contents"][0]["Key"] == "mine"
            with botocore.stub.Stubber(client) as stubber:
                stubber.add_response("list_objects_v2", {"Contents": [{"Key": "answer"}]})
                pages = client.get_paginator("list_objects_v2").paginate(Bucket="photos")
                found = [item["Key"] for page in pages for item in page["Contents"]]
        assert found == ["mine" if is_used_inside else "answer"]


def test_b_a_method_replaced_on_the_client_is_used_everywhere() -> None:
    for client in clients():
        with mock.patch.object(client, "list_objects_v2", return_value={"Contents": [{"Key": "mine"}]}):
            pages = client.get_paginator("list_objects_v2").paginate(Bucket="photos")
            assert [item["Key"] for page in pages for item in page["Contents"]] == ["mine"]


def test_c_private_attributes_are_listed_once_the_client_is_boto3s() -> None:
    ours, theirs = clients()
    assert "_endpoint" in dir(theirs)
    assert "_endpoint" not in dir(ours)
    assert {name for name in dir(theirs) if name[0] != "_"} <= {*dir(ours)}
    assert ours._endpoint is not None
    assert {*dir(theirs)} <= {*dir(ours)}
    assert vars(ours) == {}


def test_d_the_files_of_the_package_are_its_own() -> None:
    assert presigned.__file__ != boto3.__file__


def test_f_a_copy_is_the_same_client() -> None:
    ours, theirs = clients()
    assert copy.copy(ours) is ours
    with pytest.raises(RecursionError):
        copy.copy(theirs)


def test_e_the_version_of_the_package_is_its_own() -> None:
    assert presigned.__version__ != boto3.__version__
    assert presigned.__author__ != boto3.__author__


def test_g_the_retries_of_a_config_stay_as_the_program_wrote_them() -> None:
    for module, are_rewritten in ((presigned, False), (boto3, True)):
        config = botocore.config.Config(retries={"max_attempts": 3})
        client = module.Session(**KEYS).client("s3", config=config)
        assert client._client_config.retries["total_max_attempts"] == 4
        assert (config.retries != {"max_attempts": 3}) is are_rewritten


def test_i_a_handler_of_the_class_counts_for_a_resource_that_was_only_made() -> None:
    for module, counts in ((presigned, True), (boto3, False)):
        session = module.Session(**KEYS)
        resource = session.resource("s3")
        session.events.register(
            "creating-resource-class.s3.ServiceResource",
            lambda class_attributes, **_: class_attributes.update(mine="mine"),
        )
        resource.Bucket("photos")
        assert hasattr(resource, "mine") is counts


def test_j_two_sessions_can_share_one_botocore_session() -> None:
    for module, works in ((presigned, True), (boto3, False)):
        inner = botocore.session.Session()
        first, second = (module.Session(**KEYS, botocore_session=inner) for _ in range(2))
        if works:
            assert not first.client("s3").can_paginate("get_object")
            assert not second.client("s3").can_paginate("get_object")
        else:
            with pytest.raises(RuntimeError, match="Cannot inject class attribute"):
                second.client("s3")


def test_h_a_default_session_that_was_reset_in_boto3_is_replaced_at_the_next_client(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    for module in (presigned, boto3):
        monkeypatch.setattr(module, "DEFAULT_SESSION", None)
    presigned.client("s3")
    before = presigned.DEFAULT_SESSION
    # As moto's mocks do.
    with mock.patch("boto3.DEFAULT_SESSION", None):
        assert presigned.DEFAULT_SESSION is before
        presigned.client("s3")
        inside = presigned.DEFAULT_SESSION
        assert inside is not before
    presigned.client("s3")
    assert presigned.DEFAULT_SESSION not in (inside, None)
