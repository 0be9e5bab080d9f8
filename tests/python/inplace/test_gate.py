"""The extension answers a call itself only if nothing has changed that decides the result, and the values are plain."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any
from unittest import mock

import botocore.auth
import botocore.awsrequest
import botocore.handlers
import botocore.signers
import pytest
from botocore.credentials import Credentials

from inplace import settings
from inplace.twins import Twins
from presigned._core import form_in_place, url_in_place

URL, POST = "generate_presigned_url", "generate_presigned_post"
GET = ("get_object", settings.BASE)
FORM = ("bucket", "key", {"acl": "private"}, [{"acl": "private"}, ["content-length-range", 1, 1000]])
SIGNATURES = ("s3v4", "s3", botocore.UNSIGNED)


class Text(str):
    """A string of another type."""

    __slots__ = ()


class Number(int):
    """A number of another type."""


def warm(signature: Any = "s3v4") -> Twins:
    """Clients whose next plain call the extension answers."""
    twins = Twins(region_name="eu-central-1", config={"signature_version": signature})
    assert (url(twins), form(twins)) == (None, None)
    twins.agree(URL, *GET)
    twins.agree(POST, *FORM)
    assert url(twins)
    assert form(twins)
    return twins


def url(twins: Twins, method: Any = GET[0], params: Any = GET[1], life: Any = 3600, http_method: Any = None) -> Any:
    """What the extension answers."""
    return url_in_place(twins.fast, method, params, life, http_method)


def form(twins: Twins, *arguments: Any, life: Any = 3600) -> Any:
    """What the extension answers for a form."""
    bucket, key, fields, conditions = arguments or FORM
    return form_in_place(twins.fast, bucket, key, fields, conditions, life)


@pytest.mark.parametrize("signature", SIGNATURES)
def test_every_call_that_is_made_again_gives_what_boto3_gives(signature: Any) -> None:
    twins = warm(signature)
    for method, params in (*settings.PLAIN, *settings.ODD):
        for _ in range(3):
            twins.agree(URL, method, params)
    for bucket in settings.BUCKETS:
        twins.agree(URL, "get_object", {"Bucket": bucket, "Key": "k"})
        twins.agree(POST, bucket, "key")
    for arguments, keywords in settings.FORMS:
        for _ in range(2):
            twins.agree(POST, *arguments, **keywords)
    for life in settings.LIVES:
        twins.agree(URL, *GET, life)
        twins.agree(POST, "bucket", "key", None, None, life)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: setattr(one, "more", 1),
        lambda one: setattr(one, "_request_signer", mock.Mock(wraps=one._request_signer)),
        lambda one: setattr(one._request_signer, "more", 1),
        lambda one: setattr(one._request_signer, "_region_name", "eu-west-3"),
        lambda one: setattr(one._request_signer, "_credentials", Credentials("NEW", "secret", "token")),
        lambda one: setattr(one._serializer, "_param_validator", mock.Mock()),
        lambda one: setattr(one._ruleset_resolver, "_use_ssl", False),
        lambda one: one._ruleset_resolver._builtins.update({"AWS::Region": "eu-west-3"}),
        lambda one: setattr(one.meta.config, "s3", {"addressing_style": "path"}),
        lambda one: setattr(one.meta, "more", 1),
        lambda one: setattr(one.meta.events, "emit", one.meta.events.emit),
        lambda one: setattr(one.meta.events._emitter, "emit", one.meta.events._emitter.emit),
        lambda one: setattr(type(one), "_emit_api_params", botocore.client.BaseClient._emit_api_params),
        lambda one: one.meta.events.register("before-sign.s3", lambda **_: None),
    ],
)
def test_a_change_in_the_client_is_python_s_to_look_at(change: Callable[[Any], None]) -> None:
    twins = warm()
    for one in (twins.plain, twins.fast):
        change(one)
    assert (url(twins), form(twins)) == (None, None)


def test_the_last_name_of_a_part_that_gets_another_name_counts() -> None:
    twins = warm()
    names = twins.fast._ruleset_resolver._builtins
    name, value = names.popitem()
    names[f"{name} "] = value
    assert url(twins) is None


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (botocore.auth.SigV4Auth, "signature"),
        (botocore.auth.SigV4Auth, "canonical_request"),
        (botocore.auth, "sha256"),
        (botocore.signers.RequestSigner, "sign"),
        (botocore.awsrequest, "AWSRequest"),
    ],
)
def test_a_replaced_name_is_python_s_to_look_at(owner: Any, name: str) -> None:
    twins = warm()
    with mock.patch.object(owner, name, wraps=getattr(owner, name)):
        assert url(twins) is None
    assert url(twins)


def test_a_list_that_another_item_is_added_to_counts() -> None:
    twins = warm()
    with mock.patch.object(botocore.auth, "SIGNED_HEADERS_BLACKLIST", [*botocore.auth.SIGNED_HEADERS_BLACKLIST]):
        twins.agree(URL, *GET)
    twins.agree(URL, *GET)
    assert url(twins)
    botocore.auth.SIGNED_HEADERS_BLACKLIST.append("host")
    try:
        assert url(twins) is None
        twins.agree(URL, *GET)
    finally:
        botocore.auth.SIGNED_HEADERS_BLACKLIST.remove("host")


def test_a_method_that_a_class_defines_itself_counts() -> None:
    twins = warm()
    kind: Any = botocore.auth.S3SigV4QueryAuth
    kind.signature = botocore.auth.SigV4Auth.signature
    try:
        assert url(twins) is None
    finally:
        del kind.signature
    kind = botocore.auth.S3SigV4PostAuth
    kind.signature = botocore.auth.SigV4Auth.signature
    try:
        assert form(twins) is None
    finally:
        del kind.signature


def test_a_redirected_bucket_is_python_s_to_look_at() -> None:
    twins = warm()
    handlers = twins.fast.meta.events._emitter._handlers.prefix_search("before-endpoint-resolution.s3")
    redirector = next(handler.__self__ for handler in handlers if hasattr(handler, "__self__"))
    redirector._cache["bucket"] = "eu-west-3"
    assert (url(twins), form(twins)) == (None, None)
    assert url(twins, params={"Bucket": "other", "Key": "k"})
    redirector._cache = {}
    assert url(twins)
    redirector._cache = collections.UserDict()
    assert url(twins) is None


@pytest.mark.parametrize(
    "arguments",
    [
        {"method": Text("get_object")},
        {"method": "put_object"},
        {"method": None},
        {"life": Number(3600)},
        {"life": 3600.0},
        {"life": True},
        {"life": 10**9},
        {"life": -(10**9)},
        {"life": 10**30},
        {"http_method": Text("GET")},
        {"params": collections.OrderedDict(settings.BASE)},
        {"params": {**settings.BASE, "Key": Text("k")}},
        {"params": {**settings.BASE, "Key": None}},
        {"params": {**settings.BASE, "PartNumber": True}},
        {"params": {**settings.BASE, "Unknown": "k"}},
        {"params": {**settings.BASE, Text("VersionId"): "k"}},
        {"params": {**settings.BASE, "SSECustomerKey": "k" * 32}},
        {"params": {**settings.BASE, "IfModifiedSince": settings.MOMENT}},
        {"params": {"Bucket": "photos-s3", "Key": "k"}},
        {"params": {"Bucket": settings.ACCESS_POINT, "Key": "k"}},
        {"params": {"Bucket": "\ud800", "Key": "k"}},
    ],
)
def test_a_value_that_is_not_plain_is_python_s_to_look_at(arguments: dict[str, Any]) -> None:
    assert url(warm(), **arguments) is None


@pytest.mark.parametrize(
    "arguments",
    [
        (Text("bucket"), "key", None, None),
        ("photos-s3", "key", None, None),
        (settings.ACCESS_POINT, "key", None, None),
        ("bucket", Text("key"), None, None),
        ("bucket", "key", collections.OrderedDict(), None),
        ("bucket", "key", None, ()),
        ("bucket", "key", None, [{"acl": Text("private")}]),
        ("bucket", "key", None, [{Text("acl"): "private"}]),
        ("bucket", "key", None, [["content-length-range", 1.5, 2]]),
        ("bucket", "key", None, [("eq", b"x")]),
    ],
)
def test_an_argument_of_a_form_that_is_not_plain_is_python_s_to_look_at(arguments: tuple[Any, ...]) -> None:
    twins = warm()
    assert form(twins, *arguments) is None
    assert form(twins, life=Number(5)) is None


def test_conditions_inside_of_themselves_are_python_s_to_look_at() -> None:
    conditions: list[Any] = []
    conditions.append(conditions)
    assert form(warm(), "bucket", "key", None, conditions) is None


def test_parameters_of_an_equal_string_are_known_too() -> None:
    # Each is a new string.
    name, method = str(b"Bucket", "ascii"), str(b"get_object", "ascii")
    assert url(warm(), method, {name: "bucket", "Key": "k"})


def test_keys_that_are_set_on_the_credentials_object_sign_the_next_url() -> None:
    twins = warm()
    for name in ("access_key", "secret_key", "token"):
        before = twins.agree(URL, *GET).text
        for one in (twins.plain, twins.fast):
            setattr(one._request_signer._credentials, name, f"NEW{name}")
        assert url(twins)
        assert twins.agree(URL, *GET).text != before


def test_an_object_that_is_no_client_is_python_s_to_look_at() -> None:
    for one in (None, object(), mock.Mock(spec=[]), Text("x")):
        assert url_in_place(one, *GET, 3600, None) is None
        assert form_in_place(one, "bucket", "key", None, None, 3600) is None
