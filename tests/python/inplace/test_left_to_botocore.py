"""What presigned does not cover goes to the original, which gives the result; a line in the log says why."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

import botocore
import botocore.auth
import botocore.client
import botocore.signers
import freezegun
import pytest
from botocore.credentials import Credentials, RefreshableCredentials

import presigned
from inplace import settings
from inplace.twins import Twins, ask, client, listening

URL = "generate_presigned_url"
GET = ("get_object", settings.BASE)


def rename(params: Any, **_: Any) -> None:
    """A handler that changes a parameter."""
    params["Key"] = "other"


def to_sigv2(**_: Any) -> str:
    """A handler that chooses a signature."""
    return "s3-query"


def add_to_url(request: Any, **_: Any) -> None:
    """A handler that changes the request before it is signed."""
    request.url += "?x-id=GetObject"


def replace_params(params: Any, **_: Any) -> dict[str, Any]:
    """A handler that gives other parameters."""
    return {**params, "Key": "another"}


def go_elsewhere(builtins: Any, **_: Any) -> None:
    """A handler that changes the inputs of the endpoint rules."""
    builtins["AWS::Region"] = "eu-west-3"


@pytest.mark.parametrize(
    ("event", "handler"),
    [
        ("before-parameter-build.s3.GetObject", rename),
        ("before-parameter-build.*.*", rename),
        ("provide-client-params.s3.GetObject", replace_params),
        ("provide-client-params", replace_params),
        ("choose-signer.s3.*", to_sigv2),
        ("choose-signer.s3.GetObject", botocore.handlers.disable_signing),
        ("before-sign.s3.GetObject", add_to_url),
        ("before-endpoint-resolution.s3", go_elsewhere),
    ],
)
def test_a_registered_handler_decides_from_then_on(event: str, handler: Callable[..., Any]) -> None:
    twins = Twins(region_name="eu-central-1", config={"signature_version": "s3v4"})
    before = twins.agree(URL, *GET)
    assert before.reasons == []
    for one in (twins.plain, twins.fast):
        one.meta.events.register(event, handler)
    during = twins.agree(URL, *GET)
    assert during.text != before.text
    assert "other handlers" in during.reasons[0]
    for one in (twins.plain, twins.fast):
        one.meta.events.unregister(event, handler)
    after = twins.agree(URL, *GET)
    assert (after.text, after.reasons) == (before.text, [])


def test_a_handler_of_another_operation_or_of_requests_that_are_sent_changes_nothing() -> None:
    twins = Twins(region_name="eu-central-1")
    for one in (twins.plain, twins.fast):
        one.meta.events.register("before-parameter-build.s3.PutObject", rename)
        one.meta.events.register("request-created.s3", add_to_url)
        one.meta.events.register("before-call.s3", rename)
    assert twins.agree(URL, *GET).reasons == []
    assert "other handlers" in twins.agree(URL, "put_object", settings.BASE).reasons[0]


def test_botocores_own_handler_that_is_unregistered_is_missed() -> None:
    twins = Twins(region_name="us-east-1")
    assert twins.agree(URL, *GET).reasons == []
    for one in (twins.plain, twins.fast):
        one.meta.events.unregister("before-parameter-build.s3", botocore.handlers.validate_bucket_name)
    assert twins.agree(URL, "get_object", {"Bucket": "not a name", "Key": "k"}).reasons != []


def test_a_redirected_bucket_is_signed_as_boto3_signs_it() -> None:
    twins = Twins(region_name="us-east-1", config={"signature_version": "s3v4", "s3": {"addressing_style": "path"}})
    assert twins.agree(URL, *GET).reasons == []
    for one in (twins.plain, twins.fast):
        handlers = one.meta.events._emitter._handlers.prefix_search("before-endpoint-resolution.s3")
        redirector = next(handler.__self__ for handler in handlers if hasattr(handler, "__self__"))
        redirector._cache["bucket"] = "eu-west-3"
    moved = twins.agree(URL, *GET)
    assert "s3.eu-west-3.amazonaws.com" in moved.text
    assert "another region" in moved.reasons[0]
    assert twins.agree(URL, "get_object", {"Bucket": "other", "Key": "k"}).reasons == []


@pytest.mark.parametrize(
    ("owner", "name", "signature"),
    [
        (botocore.signers.RequestSigner, "generate_presigned_url", None),
        (botocore.signers.RequestSigner, "sign", None),
        (botocore.client.BaseClient, "_emit_api_params", None),
        (botocore.auth.HmacV1QueryAuth, "_inject_signature", "s3"),
        (botocore.signers, "_should_use_global_endpoint", None),
        (botocore.auth, "get_current_datetime", "s3v4"),
        (time, "time", "s3v4"),
        (time, "time", "s3"),
    ],
)
def test_a_function_that_replaces_botocores_is_called(owner: Any, name: str, signature: str | None) -> None:
    twins = Twins(region_name="us-east-1", config={"signature_version": signature})
    assert twins.agree(URL, *GET).reasons == []
    with mock.patch.object(owner, name, wraps=getattr(owner, name)):
        assert "replaced" in ask(twins.fast, URL, *GET).reasons[0]
    assert twins.agree(URL, *GET).reasons == []


def test_a_method_replaced_for_one_client_is_called() -> None:
    twins = Twins(region_name="us-east-1")
    twins.agree(URL, *GET)
    for part, name in (
        (twins.fast, "_convert_to_request_dict"),
        (twins.fast._request_signer, "sign"),
        (twins.fast._ruleset_resolver, "construct_endpoint"),
        (twins.fast._serializer, "serialize_to_request"),
        (twins.fast.meta.events, "emit"),
    ):
        with mock.patch.object(part, name, wraps=getattr(part, name)) as called:
            assert ask(twins.fast, URL, *GET).reasons != []
        assert called.called
        assert twins.agree(URL, *GET).reasons == []


def test_a_method_replaced_in_the_class_of_the_client_is_called() -> None:
    twins = Twins(region_name="us-east-1")
    twins.agree(URL, *GET)

    def rename_all(self: Any, api_params: Any, **rest: Any) -> Any:
        return botocore.client.BaseClient._emit_api_params(self, {**api_params, "Key": "renamed"}, **rest)

    for one in (twins.plain, twins.fast):
        type(one)._emit_api_params = rename_all
    assert "/renamed?" in twins.agree(URL, *GET).text


@pytest.mark.parametrize(
    "change",
    [
        lambda one: setattr(one._request_signer, "_region_name", "eu-west-3"),
        lambda one: one._ruleset_resolver._builtins.update({"SDK::Endpoint": "http://other.example.com"}),
        lambda one: one._ruleset_resolver._client_context.update({"accelerate": True}),
        lambda one: setattr(one.meta, "_partition", "aws-cn"),
        lambda one: setattr(one.meta.config, "s3", {"addressing_style": "virtual"}),
        lambda one: setattr(one._request_signer, "_credentials", Credentials("NEW", "secret", "token")),
        lambda one: setattr(one._request_signer, "_credentials", None),
        lambda one: setattr(one._request_signer._credentials, "access_key", "LATER"),
    ],
)
def test_what_is_changed_in_a_client_counts_at_once(change: Callable[[Any], None]) -> None:
    twins = Twins(region_name="eu-central-1", config={"signature_version": "s3v4"})
    before = twins.agree(URL, *GET)
    for one in (twins.plain, twins.fast):
        change(one)
    assert twins.agree(URL, *GET).text != before.text


def test_a_stopped_clock_that_botocore_reads_decides() -> None:
    twins = Twins(region_name="us-east-1")
    with freezegun.freeze_time("2030-05-06 07:08:09"):
        assert "Expires=1904285289" in twins.agree(URL, *GET).text
    with freezegun.freeze_time("2030-05-06", ignore=["botocore"]):
        twins.agree(URL, *GET)
    assert twins.agree(URL, *GET).reasons == []


def test_another_service_keeps_its_own_presigning() -> None:
    presigned.install()
    session = botocore.session.get_session()
    sts = session.create_client("sts", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    ours = ask(sts, URL, "get_caller_identity")
    assert "client of sts" in ours.reasons[0]
    presigned.uninstall()
    assert ask(sts, URL, "get_caller_identity").text == ours.text


def test_a_changed_model_goes_by_what_it_says() -> None:
    session = botocore.session.Session()
    plain = session.create_client("s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    presigned.accelerate(plain)
    assert ask(plain, URL, *GET).reasons == []
    # A member that is in another place in a program's own model.
    other = session.create_client("s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    other.meta.service_model._shape_resolver._shape_map["GetObjectRequest"]["members"]["VersionId"]["locationName"] = (
        "v"
    )
    presigned.accelerate(other)
    asked = ask(other, URL, "get_object", {**settings.BASE, "VersionId": "1"})
    assert "&v=1" in asked.text or "?v=1" in asked.text
    assert ask(other, URL, *GET).reasons == []


def test_credentials_that_cannot_be_refreshed_are_asked_once_and_their_error_is_the_clients() -> None:
    asked = []

    def refresh() -> dict[str, str]:
        asked.append(1)
        raise RuntimeError("no keys to be had")

    twins = Twins(region_name="us-east-1")
    for one in (twins.plain, twins.fast):
        soon = datetime.datetime.now(datetime.timezone.utc)
        one._request_signer._credentials = RefreshableCredentials("a", "b", "c", soon, refresh, "test")
    ours = twins.agree(URL, "list_objects_v2", {"Bucket": "bucket"})
    assert "no keys to be had" in ours.text
    assert "EncodingType" in ours.left
    assert len(asked) == 2


def test_refreshed_credentials_sign_the_next_url() -> None:
    twins = Twins(region_name="us-east-1", config={"signature_version": "s3v4"})
    for number in (1, 2):
        for one in (twins.plain, twins.fast):
            one._request_signer._credentials = Credentials(f"KEY{number}", "secret", "token")
        answer = twins.agree(URL, *GET)
        assert f"Credential=KEY{number}" in answer.text
        assert answer.reasons == []


def test_a_token_of_a_rename_is_drawn_by_botocore_and_left_in_the_parameters() -> None:
    one = presigned.accelerate(client(region_name="us-east-1"))
    params = {**settings.BASE, "RenameSource": "a"}
    with listening() as reasons:
        one.generate_presigned_url("rename_object", params)
    assert len(params["ClientToken"]) == 36
    assert reasons != []


def test_the_log_holds_no_secret_and_no_key_of_an_object() -> None:
    twins = Twins(region_name="us-east-1", aws_session_token="the-token")
    for params in (
        {**settings.BASE, "VersionId": None},
        {**settings.BASE, "SSECustomerKey": 5},
        {"Bucket": "b c", "Key": "k"},
    ):
        reasons = " ".join(twins.agree(URL, "get_object", params).reasons)
        assert reasons
        assert all(secret not in reasons for secret in ("the-token", "wJalr", "some/key", "b c"))
