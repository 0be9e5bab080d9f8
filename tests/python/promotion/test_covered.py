"""A client that has become boto3's: the extension answers plain calls without its gate until something has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

import botocore.auth
import botocore.awsrequest
import botocore.client
import botocore.credentials
import botocore.signers
import freezegun
import pytest

import presigned
from presigned._boto3.coverage import Coverage
from presigned._core import covered_form, covered_url

from .test_links import KEYS, OBJECT, outcome, vars_of

ANSWERS: tuple[Callable[[Any], Any], ...] = (
    lambda s3: s3.generate_presigned_url("get_object", OBJECT),
    lambda s3: s3.generate_presigned_post("photos", "cat.jpg"),
    lambda s3: vars_of(s3.presign("get_object", OBJECT)),
    lambda s3: s3.presign_post("photos", "cat.jpg").fields,
)


class Name(str):
    """A string of another type."""

    __slots__ = ()


def promoted() -> Any:
    client = presigned.Session(**KEYS).client("s3")
    assert client.can_paginate("list_objects_v2")
    return client


def warm() -> Any:
    """A client whose next plain calls the extension answers."""
    client = promoted()
    assert covered(client) == [False, False]
    for ask in ANSWERS:
        ask(client)
    assert covered(client) == [True, True]
    return client


def covered(client: Any) -> list[bool]:
    """Whether the extension would answer, for a URL and for a form."""
    gate = client._presigned.gate
    return [covered_url(gate, "get_object", OBJECT) is not None, covered_form(gate, "photos") is not None]


def answers(client: Any) -> list[str]:
    return [outcome(ask, client) for ask in ANSWERS]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: setattr(one, "more", 1),
        lambda one: setattr(one, "_request_signer", mock.Mock(wraps=one._request_signer)),
        lambda one: setattr(one._request_signer, "more", 1),
        lambda one: setattr(one._request_signer, "_region_name", "eu-west-3"),
        lambda one: setattr(one._request_signer, "_credentials", botocore.credentials.Credentials("NEW", "s", "t")),
        lambda one: setattr(one._request_signer, "_credentials", None),
        lambda one: setattr(one._serializer, "_param_validator", None),
        lambda one: setattr(one._ruleset_resolver, "_use_ssl", False),
        lambda one: one._ruleset_resolver._builtins.update({"AWS::Region": "eu-west-3"}),
        lambda one: setattr(one.meta.config, "s3", {"addressing_style": "path"}),
        lambda one: setattr(one.meta.events, "emit", one.meta.events.emit),
        lambda one: setattr(one.meta.events._emitter, "emit", one.meta.events._emitter.emit),
        lambda one: setattr(type(one), "_emit_api_params", botocore.client.BaseClient._emit_api_params),
        lambda one: one.meta.events.register("before-sign.s3", lambda request, **_: request.headers.add("x-a", "1")),
    ],
)
@freezegun.freeze_time("2030-01-01 12:00:00")
def test_what_changes_in_boto3s_client_counts_as_if_no_call_had_come_before(change: Callable[[Any], None]) -> None:
    known, new = warm(), promoted()
    for client in (known, new):
        change(client._presigned.gate.theirs)
    assert covered(known) == [False, False]
    assert answers(known) == answers(new)


@pytest.mark.parametrize(
    ("owner", "name", "counts"),
    [
        (botocore.auth.SigV4Auth, "signature", [True, True]),
        (botocore.auth.SigV4Auth, "canonical_request", [True, False]),
        (botocore.auth.S3SigV4PostAuth, "add_auth", [False, True]),
        (botocore.signers.RequestSigner, "get_auth_instance", [True, True]),
        (botocore.awsrequest, "AWSRequest", [True, True]),
    ],
)
@freezegun.freeze_time("2030-01-01 12:00:00")
def test_what_is_replaced_in_botocore_counts_until_it_is_put_back(owner: Any, name: str, counts: list[bool]) -> None:
    known = warm()
    before = answers(known)
    with mock.patch.object(owner, name, side_effect=ValueError("replaced")):
        assert [not one for one in covered(known)] == counts
        assert answers(known) == answers(promoted())
        assert "replaced" in str(answers(known))
    assert answers(known) == before
    assert covered(known) == [True, True]


@freezegun.freeze_time("2030-01-01 12:00:00")
def test_credentials_that_are_replaced_sign_the_next_plain_call() -> None:
    client = warm()
    client._request_signer._credentials = botocore.credentials.Credentials("AKNEW", "x")
    for _ in range(2):
        assert all("AKNEW" in answer for answer in answers(client)[:3])
        assert client.presign_post("photos", "k").fields["x-amz-credential"].startswith("AKNEW/")
    assert covered(client) == [True, True]


def test_a_redirected_bucket_is_left_to_the_gate() -> None:
    client = warm()
    handlers = client.meta.events._emitter._handlers.prefix_search("before-endpoint-resolution.s3")
    redirector = next(one.__self__ for one in handlers if hasattr(one, "__self__"))
    redirector._cache["photos"] = "eu-west-3"
    assert covered(client) == [False, False]
    assert covered_form(client._presigned.gate, "cats") is not None
    assert ".eu-west-3." in client.generate_presigned_url("get_object", OBJECT)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        (Name("get_object"), OBJECT),
        (["get_object"], OBJECT),
        ("put_object", OBJECT),
        ("get_object", {**OBJECT, Name("VersionId"): "v"}),
        ("get_object", {**OBJECT, "VersionId": Name("v")}),
        ("get_object", {**OBJECT, "SSECustomerKey": "k" * 32}),
        ("get_object", {**OBJECT, "Unknown": "v"}),
        ("get_object", {**OBJECT, "Bucket": "photos-s3"}),
        ("get_object", [*OBJECT.items()]),
    ],
)
def test_a_value_that_is_not_plain_is_left_to_the_gate(method: Any, params: Any) -> None:
    gate = warm()._presigned.gate
    assert covered_url(gate, method, params) is None
    assert covered_url(gate, "get_object", {**OBJECT, "VersionId": "v", "PartNumber": 3}) is not None


@pytest.mark.parametrize("ask", ANSWERS)
def test_credentials_that_another_thread_swaps_during_a_call_do_not_stay(ask: Callable[[Any], Any]) -> None:
    client = promoted()
    signer = client._request_signer
    own, other = signer._credentials, botocore.credentials.Credentials("AKOTHER", "x")
    look = Coverage.are_untouched

    def swap(coverage: Coverage, *, form: bool) -> bool:
        # The client was read with its own credentials, and signs with others now.
        signer._credentials = other
        return look(coverage, form=form)

    with mock.patch.object(Coverage, "are_untouched", swap):
        assert "AKOTHER" in str(ask(client))
    signer._credentials = own
    for _ in range(2):
        assert "AKIDEXAMPLE" in str(ask(client))
    signer._credentials = other
    assert "AKOTHER" in str(ask(client))


@freezegun.freeze_time("2030-01-01 12:00:00")
def test_presigning_that_is_replaced_in_the_class_of_boto3s_client_decides() -> None:
    client = warm()
    kind = type(client._presigned.gate.theirs)
    with mock.patch.object(kind, "generate_presigned_url", return_value="mine"):
        assert client.generate_presigned_url("get_object", OBJECT) == "mine"
    assert client.generate_presigned_url("get_object", OBJECT) != "mine"


def test_a_method_that_is_replaced_in_the_class_of_credentials_decides() -> None:
    client = warm()
    shown = botocore.credentials.ReadOnlyCredentials("AKCLASS", "x", None)
    with mock.patch.object(type(client._request_signer._credentials), "get_frozen_credentials", return_value=shown):
        assert "AKCLASS" in client.generate_presigned_url("get_object", OBJECT)
    assert "AKIDEXAMPLE" in client.generate_presigned_url("get_object", OBJECT)


@freezegun.freeze_time("2030-01-01 12:00:00")
def test_sigv2_by_boto3_has_no_header_for_its_expiry() -> None:
    client = presigned.Session(**KEYS).client("s3", config=presigned.Config(signature_version="s3"))
    light = vars_of(client.presign("put_object", {**OBJECT, "ContentType": "image/png"}))
    client.meta.events.register("before-sign.s3.PutObject", lambda **_: None)
    assert vars_of(client.presign("put_object", {**OBJECT, "ContentType": "image/png"})) == light
