"""`Config` and the other arguments of a client: signature versions, S3 settings, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import botocore
import botocore.config
import pytest

import presigned
from presigned.config import Config

from .case import INSTANT, KEYS, UNSIGNED, Case, Setting, get, label, post, setting, url
from .compare import agree, agree_all, share
from .subjects import frozen

VERSIONS: list[Any] = [
    None, "s3", "s3v4", "v4", "s3-query", "s3v4-query", "v4-query", "s3-presign-post", "s3v4-presign-post",
    "v4-presign-post", "v2", "v3", "v3https", "bearer", "v4a", "s3v4a", "v4-s3express", "v4-s3express-query",
    "none", "", "foo", "S3V4", "S3", "s3v4 ", "-query", "query", "s3-query-query", "s3v4-foo", "v4-foo-query",
    "s3v4-query-presign-post", "é", "\ud800", "x" * 300, "{0}", "UNSIGNED",
    UNSIGNED, 1, 0, True, False, b"s3v4", [], {}, ("s3v4",), object, 1.5,
]  # fmt: skip
BUCKETS = [
    "bucket", "dotted.bucket", "arn:aws:s3:us-west-2:123456789012:accesspoint:my-ap",
    "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/my-ap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/my-ap",
    "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap",
]  # fmt: skip


def calls(made_of: Setting) -> Iterator[Case]:
    """A URL and a form of each kind of bucket, and operations of other shapes."""
    for bucket in BUCKETS:
        yield get(made_of, Bucket=bucket, VersionId="v", IfMatch="e", RequestPayer="requester")
        yield post(bucket, "key", made_of, Fields={"a": "b"})
    yield url("list_buckets", {}, made_of)
    yield url("put_bucket_tagging", {"Bucket": "b-1", "Tagging": {"TagSet": []}}, made_of)
    yield url("create_multipart_upload", {"Bucket": "b-1", "Key": "k", "ContentType": "a/b"}, made_of)
    yield url("get_object", {"Bucket": "b-1"}, made_of)
    yield url("list_directory_buckets", {}, made_of)


@pytest.mark.parametrize("keys", [KEYS, {}, {**KEYS, "aws_session_token": "t/+="}], ids=["keys", "none", "token"])
@pytest.mark.parametrize("version", VERSIONS, ids=label)
def test_a_signature_version(version: Any, keys: dict[str, Any]) -> None:
    agree_all(
        share(
            3,
            (
                case
                for region in ("us-east-1", "eu-central-1", None)
                for case in calls(setting(region, keys=keys, config={"signature_version": version}))
            ),
        )
    )


S3: list[Any] = [
    {}, None, [], "x", 1, True, (), {"foo": 1}, {"addressing_style": None}, {"addressing_style": "auto"},
    {"addressing_style": "Virtual"}, {"addressing_style": ""}, {"addressing_style": "foo"}, {"addressing_style": 1},
    {"addressing_style": b"path"}, {"addressing_style": []}, {"use_accelerate_endpoint": "true"},
    {"use_accelerate_endpoint": "false"}, {"use_accelerate_endpoint": 1}, {"use_accelerate_endpoint": 0},
    {"use_accelerate_endpoint": None},
    {"use_accelerate_endpoint": ""}, {"use_dualstack_endpoint": "true"}, {"use_dualstack_endpoint": "false"},
    {"use_dualstack_endpoint": 1}, {"use_dualstack_endpoint": None}, {"use_dualstack_endpoint": False},
    {"use_dualstack_endpoint": ""},
    {"us_east_1_regional_endpoint": "regional"}, {"us_east_1_regional_endpoint": "legacy"},
    {"us_east_1_regional_endpoint": "Regional"}, {"us_east_1_regional_endpoint": ""},
    {"us_east_1_regional_endpoint": None}, {"us_east_1_regional_endpoint": True},
    {"us_east_1_regional_endpoint": "foo"}, {"use_arn_region": "false"}, {"use_arn_region": "true"},
    {"use_arn_region": 0}, {"use_arn_region": None}, {"use_arn_region": False}, {"use_arn_region": ""},
    {"payload_signing_enabled": True},
    {"payload_signing_enabled": "x"}, {"signature_version": "s3"}, {"signature_version": "foo"},
    {"s3_disable_multiregion_access_points": True}, {"s3_disable_multiregion_access_points": "true"},
    {"s3_disable_multiregion_access_points": None},
    {"disable_multiregion_access_points": True}, {"disable_s3_express_session_auth": True},
    {"disable_s3_express_session_auth": "true"}, {"disable_s3_express_session_auth": "maybe"},
    {"disable_s3_express_session_auth": 1},
    {"disable_s3_express_session_auth": None}, {"disable_s3_express_session_auth": []},
    {"disable_s3_express_session_auth": "False"}, {"force_path_style": True}, {"force_path_style": "true"},
    {"force_path_style": False}, {"force_path_style": 1},
    {"accelerate": True}, {"accelerate": 1},
    {"use_arn_region": True, "addressing_style": "path", "use_dualstack_endpoint": True,
    "us_east_1_regional_endpoint": "regional"}, {1: 2}, {None: 1},
    {"addressing_style": "path", "use_accelerate_endpoint": True},
    {"addressing_style": "virtual", "force_path_style": True}, {"accelerate": True, "addressing_style": "virtual"},
    {"use_global_endpoint": True}, {"region": "eu-west-1"}, {"endpoint": "http://x"},
]  # fmt: skip


@pytest.mark.parametrize("s3", S3, ids=label)
def test_the_s3_settings(s3: Any) -> None:
    agree_all(share(5, (
        case
        for made_of in (setting(config={"s3": s3}), setting("us-west-2", config={"s3": s3}),
        setting("us-west-2", config={"s3": s3, "signature_version": "s3"}),
        setting(config={"s3": s3}, endpoint_url="http://localhost:9000"))
        for case in calls(made_of)
    )))  # fmt: skip


OPTIONS: list[dict[str, Any]] = [
    {"use_fips_endpoint": given} for given in (True, False, None, "true", "false", "", 1, 0, [])
] + [{"use_dualstack_endpoint": given} for given in (True, False, None, "true", "false", "", 1, 0, [])] + [
    {"client_context_params": given}
    for given in (
        None, {}, {"force_path_style": True}, {"force_path_style": "true"}, {"force_path_style": False},
        {"accelerate": True}, {"use_arn_region": False}, {"disable_multi_region_access_points": True},
        {"disable_multiregion_access_points": True},
        {"foo": 1}, {"region": "x"}, {"force_path_style": None}, {"accelerate": True, "force_path_style": True},
        {"disable_s3_express_session_auth": True}, [], "x", 1, {"force_path_style": 1}, {"use_arn_region": "false"},
    )
] + [{"defaults_mode": given} for given in ("legacy", "standard", "in-region", "cross-region", "mobile", "auto", "foo",
"", "Standard", None, 1)] + [
    {"region_name": given} for given in (None, "", "us-west-2", "a b", 1, "fips-us-west-2")
] + [
    {"parameter_validation": given} for given in (True, False, None, 0, 1, "false", "", [])
] + [{"retries": given} for given in (None, {}, {"max_attempts": 3}, {"max_attempts": -1}, {"total_max_attempts": 0},
{"mode": "foo"}, {"mode": "standard"}, {"foo": 1}, {"max_attempts": "x"}, 1)] + [
    {"auth_scheme_preference": given} for given in ("sigv4", "sigv4a", "sigv4a,sigv4", "foo", "", "bearer", None,
    "httpBearerAuth", "noAuth", ["sigv4"], 1)
] + [
    {name: given}
    for name, values in {
        "user_agent": ("x", ""), "user_agent_extra": ("x",), "user_agent_appid": ("x",),
        "connect_timeout": (5, 1.5, None), "read_timeout": (5, None), "max_pool_connections": (5,),
        "proxies": ({}, None, {"http": "x"}),
        "proxies_config": ({}, None), "client_cert": ("x", ("x", "y")), "inject_host_prefix": (True, False, None),
        "endpoint_discovery_enabled": (True, "auto"), "ignore_configured_endpoint_urls": (True, False, None),
        "tcp_keepalive": (True, False), "request_min_compression_size_bytes": (5, "5", 0, 10**7, "x"),
        "disable_request_compression": (True, "true"), "sigv4a_signing_region_set": ("*", None),
        "request_checksum_calculation": ("when_required", "when_supported", "foo"),
        "response_checksum_validation": ("when_required", "foo"),
        "account_id_endpoint_mode": ("preferred", "disabled", "required", "foo"),
        "s3_disable_express_session_auth": (True, False, "x"),
    }.items()
    for given in values
] + [{"foo": 1}, {"Region_Name": "x"}, {"": 1}, {"foo": 1, "bar": 2}]  # fmt: skip


@pytest.mark.parametrize("config", OPTIONS, ids=label)
def test_an_option(config: dict[str, Any]) -> None:
    agree_all(share(7, (
        case
        for made_of in (setting(config=config), setting("eu-west-1", config={**config, "signature_version": "s3"}),
        setting("us-west-2", config=config, endpoint_url="https://ex.com/p"), setting(None, config=config))
        for case in calls(made_of)
    )))  # fmt: skip


CLIENTS: list[dict[str, Any]] = [
    {"use_ssl": given} for given in (True, False, None, 0, 1, "false", "")
] + [{"verify": given} for given in (True, False, None, "/ca.pem", 1)] + [
    {"api_version": given} for given in (None, "2006-03-01")
] + [{"aws_account_id": given} for given in (None, "123456789012")] + [{"foo": 1}, {"service_name": "s3"},
{"endpoint": "x"}, {"aws_access_key": "x"}]  # fmt: skip


@pytest.mark.parametrize("arguments", CLIENTS, ids=label)
def test_an_argument_of_client(arguments: dict[str, Any]) -> None:
    agree_all(case for region in ("us-east-1", "us-west-2") for case in calls(setting(region, **arguments)))
    agree_all(calls(setting("us-west-2", endpoint_url="http://localhost:9000", **arguments)))


def options_of(make: Any, arguments: tuple[Any, ...]) -> Any:
    """What a `Config` of positional arguments holds, or why there is none."""
    try:
        made = make(*arguments)
    except TypeError as error:
        return str(error)
    return made.region_name, made.signature_version, made.user_agent


@pytest.mark.parametrize(
    "arguments", [("us-west-2",), ("us-west-2", "s3"), (None, "s3v4", "agent"), ("us-west-2",) * 40], ids=len
)
def test_config_takes_its_options_by_place_too(arguments: tuple[Any, ...]) -> None:
    assert options_of(Config, arguments) == options_of(botocore.config.Config, arguments)


def test_an_option_given_twice_is_refused_as_by_botocore() -> None:
    texts = []
    for make in (botocore.config.Config, Config):
        with pytest.raises(TypeError) as caught:
            make("us-west-2", region_name="x")
        texts.append(str(caught.value))
    assert texts[0] == texts[1]


def test_a_later_config_wins_when_two_are_merged() -> None:
    for make in (botocore.config.Config, Config):
        one = make(region_name="us-west-2", s3={"addressing_style": "path"}, signature_version="s3")
        both = one.merge(make(region_name="eu-west-1", s3={"use_accelerate_endpoint": True}))
        assert (both.region_name, both.signature_version, both.s3) == (
            "eu-west-1",
            "s3",
            {"use_accelerate_endpoint": True},
        )


@pytest.mark.parametrize(
    "options",
    [
        {}, {"s3": {"addressing_style": "virtual"}}, {"signature_version": "s3"},
        {"signature_version": botocore.UNSIGNED},
        {"use_fips_endpoint": True}, {"region_name": "eu-west-1"}, {"s3": {"use_accelerate_endpoint": True}},
        {"inject_host_prefix": False},
        {"client_context_params": {"force_path_style": True}},
        {"parameter_validation": False, "s3": {"use_dualstack_endpoint": True}},
    ],
    ids=label,
)  # fmt: skip
def test_a_botocore_config_is_as_good_as_our_own(options: dict[str, Any]) -> None:
    one, other = (
        presigned.client("s3", region_name="us-west-2", config=make(**options), **KEYS)
        for make in (botocore.config.Config, Config)
    )
    route = {"RequestRoute": "route", "RequestToken": "token"} if "s3" not in options else {"Bucket": "b-1"}
    operation = "write_get_object_response" if "s3" not in options else "list_objects_v2"
    with frozen(INSTANT):
        assert one.generate_presigned_url(operation, route) == other.generate_presigned_url(operation, route)
        assert one.generate_presigned_post("b-1", "k") == other.generate_presigned_post("b-1", "k")


def host_of(library: Any, arguments: tuple[Any, ...]) -> str:
    """Where a client of positional arguments would post to, or why there is none."""
    try:
        client = library.Session(aws_access_key_id="a", aws_secret_access_key="b").client(*arguments)
    except TypeError as error:
        return str(error)
    return str(client.generate_presigned_post("b-1", "k")["url"])


@pytest.mark.parametrize(
    "arguments",
    [("s3",), ("s3", "us-west-2"), ("s3", "us-west-2", None), ("s3", "us-west-2", None, False),
    ("s3", "us-west-2", None, True, None, "https://ex.com"),
     ("s3", None, None, True, None, None, "AKID", "secret", "token"), ()],
    ids=label,
)  # fmt: skip
def test_client_takes_its_arguments_by_place_too(arguments: tuple[Any, ...]) -> None:
    assert host_of(boto3, arguments) == host_of(presigned, arguments)


def test_unsigned_is_botocores_own() -> None:
    assert presigned.UNSIGNED is botocore.UNSIGNED
    agree(get(setting(config={"signature_version": botocore.UNSIGNED})))
