"""Makes clients of presigned and of boto3 from the same settings, and compares what they are made of."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import botocore
import botocore.config
import botocore.exceptions
import botocore.loaders
import botocore.session
import botocore.signers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import Self

import presigned
import presigned.config
import presigned.session
from presigned._client import S3

_LOADER = botocore.loaders.create_loader()
_CONTEXT = ("accelerate", "disable_multi_region_access_points", "force_path_style", "use_arn_region")
_BUILTINS = {
    "Region": "AWS::Region",
    "UseFIPS": "AWS::UseFIPS",
    "UseDualStack": "AWS::UseDualStack",
    "Endpoint": "SDK::Endpoint",
    "ForcePathStyle": "AWS::S3::ForcePathStyle",
    "Accelerate": "AWS::S3::Accelerate",
    "UseGlobalEndpoint": "AWS::S3::UseGlobalEndpoint",
    "UseArnRegion": "AWS::S3::UseArnRegion",
    "DisableMultiRegionAccessPoints": "AWS::S3::DisableMultiRegionAccessPoints",
}
# An error of boto3's that names its own insides becomes one that names the setting.
_ACCIDENTS = (AttributeError, TypeError, KeyError)


@dataclass
class Making:
    """Everything that a client can be made from."""

    client: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    session: Mapping[str, Any] = field(default_factory=dict)
    config_file: str | None = None
    credentials_file: str | None = None

    @contextmanager
    def surroundings(self) -> Iterator[None]:
        """Sets the environment and writes the files."""
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.setattr("botocore.session.create_loader", lambda _=None: _LOADER)
            for name in [name for name in os.environ if name.startswith(("AWS_", "REQUESTS_"))]:
                patch.delenv(name)
            patch.setenv("HOME", folder)
            patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
            (Path(folder) / ".aws").mkdir()
            for name, text in (("config", self.config_file), ("credentials", self.credentials_file)):
                if text is not None:
                    (Path(folder) / ".aws" / name).write_text(text, encoding="utf-8")
            for variable, value in self.environ.items():
                patch.setenv(variable, value)
            yield


class Recorder(S3):
    """A client that remembers what the native one was given."""

    given: dict[str, Any]

    def __new__(cls, **given: Any) -> Self:
        self = super().__new__(cls, **given)
        self.given = given
        return self


def of_boto3(client: Any) -> dict[str, Any]:
    """What a client of boto3's is made of, in presigned's words."""
    resolver = client._ruleset_resolver
    scheme = resolver._requested_auth_scheme
    keys = client._get_credentials()
    return {
        "builtins": {name: resolver._builtins[key] for name, key in _BUILTINS.items()},
        "client_context": {
            name: resolver._client_context[name] for name in _CONTEXT if resolver._client_context.get(name) is not None
        },
        "express": resolver._client_context["disable_s3_express_session_auth"],
        "use_global_endpoint": botocore.signers._should_use_global_endpoint(client),
        "use_ssl": bool(resolver._use_ssl),
        "signature_version": None if scheme is botocore.UNSIGNED else scheme,
        "unsigned": scheme is botocore.UNSIGNED,
        "signing_region": client._request_signer._region_name,
        "parameter_validation": hasattr(client._serializer, "_param_validator"),
        "inject_host_prefix": bool(client.meta.config.inject_host_prefix),
        "keys": keys and (keys.access_key, keys.secret_key, keys.token),
        **_meta(client),
    }


def of_presigned(client: Any) -> dict[str, Any]:
    """What a client of presigned's is made of."""
    made_of = dict(client.given)
    context = dict(made_of.pop("client_context"))
    keys = tuple(made_of.pop(name) for name in ("access_key", "secret_key", "session_token"))
    return {
        **made_of,
        "express": context.pop("disable_s3_express_session_auth"),
        "client_context": context,
        "keys": None if keys == (None, None, None) else keys,
        **_meta(client),
    }


def _meta(client: Any) -> dict[str, Any]:
    shown = {
        name: getattr(client.meta.config, name)
        for name in presigned.config.Config.OPTION_DEFAULTS
        if name != "user_agent"
    }
    if shown["signature_version"] is presigned.UNSIGNED:
        shown["signature_version"] = botocore.UNSIGNED
    meta = client.meta
    return {
        "config": shown,
        "meta": (meta.region_name, meta.endpoint_url, meta.partition, meta.service_model.service_name),
    }


def made(making: Making, library: Any, config_class: Any, *, times: int = 1) -> dict[str, Any] | Exception:
    """Makes a client, or several from one session of which the last counts, or the error it ends in."""
    try:
        session = library.Session(**making.session)
        for _ in range(times):
            config = None if making.config is None else config_class(**making.config)
            client = session.client("s3", **making.client, config=config)
    except Exception as error:  # noqa: BLE001 - every error is compared
        return error
    return of_boto3(client) if library is boto3 else of_presigned(client)


def compare(making: Making, *, times: int = 1) -> dict[str, Any] | Exception:
    """Asserts that both libraries make the same, and returns it."""
    with making.surroundings(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(presigned.session, "S3", Recorder)
        theirs = made(making, boto3, botocore.config.Config, times=times)
        ours = made(making, presigned, presigned.config.Config, times=times)
    if isinstance(theirs, Exception):
        assert isinstance(ours, Exception), f"boto3 raised {theirs!r}"
        if isinstance(theirs, _ACCIDENTS):
            assert isinstance(ours, botocore.exceptions.BotoCoreError)
        else:
            assert isinstance(ours, type(theirs)), f"boto3 raised {theirs!r}"
            assert str(ours) == str(theirs)
    else:
        if isinstance(ours, Exception):
            raise ours
        assert ours == theirs
    return theirs


REGIONS = [
    *("us-east-1", "us-west-2", "eu-central-1", "sa-east-1", "ap-southeast-7", "aws-global", "s3-external-1"),
    *("fips-us-east-1", "us-east-1-fips", "fips-us-west-2", "fips-us-gov-west-1", "fips-aws-global", "fips-"),
    *("cn-north-1", "us-gov-east-1", "us-iso-east-1", "us-isob-west-1", "eu-isoe-west-1", "us-isof-south-1"),
    *("eusc-de-east-1", "aws-cn-global", "us-foo-9", "cn-foo-1", "us-gov-foo-1", "auto", "garage", "US-EAST-1"),
    *("a b", "-a", "a-", "123", "1a", "", "x" * 63, "x" * 64, "us-east-1\n", "\n", "12\n", "é", "us_east_1", "a.b"),
]
URLS = [
    *("http://localhost:9000", "https://example.com/base/", "https://s3-accelerate.amazonaws.com", "http://[::1]:9000"),
    *(
        "https://s3-accelerate.dualstack.amazonaws.com",
        "example.com",
        "http://a_b.com",
        "",
        "https://a..b",
        "ftp://a.b",
    ),
]
WORDS = ["true", "True", "TRUE", "false", "1", "yes", ""]
FLAGS = st.sampled_from([True, False, None, "true", "false"])


def by_name(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any subset of these, each with one of its values."""
    return st.fixed_dictionaries({}, optional=values)


S3_OPTIONS = by_name(
    addressing_style=st.sampled_from(["auto", "path", "virtual", "virtual", None, "foo"]),
    use_accelerate_endpoint=FLAGS,
    use_dualstack_endpoint=FLAGS,
    use_arn_region=FLAGS,
    us_east_1_regional_endpoint=st.sampled_from(["legacy", "regional", "regional", "foo", None]),
    s3_disable_multiregion_access_points=FLAGS,
    disable_s3_express_session_auth=st.sampled_from([True, False, "true", "FALSE", None, "1", 1]),
    payload_signing_enabled=FLAGS,
    force_path_style=FLAGS,
    accelerate=FLAGS,
    unknown=st.just(1),
)
CONFIGS = by_name(
    region_name=st.sampled_from(REGIONS),
    signature_version=st.sampled_from(["s3v4", "s3", "v4", "", None, botocore.UNSIGNED, presigned.UNSIGNED]),
    s3=S3_OPTIONS,
    use_fips_endpoint=FLAGS,
    use_dualstack_endpoint=FLAGS,
    ignore_configured_endpoint_urls=FLAGS,
    parameter_validation=st.booleans(),
    inject_host_prefix=FLAGS,
    client_context_params=by_name(
        accelerate=FLAGS, force_path_style=FLAGS, disable_multi_region_access_points=FLAGS, use_arn_region=FLAGS
    ),
    defaults_mode=st.sampled_from(["legacy", "standard", "IN-REGION", "auto", "foo"]),
    retries=by_name(
        max_attempts=st.integers(-1, 2), total_max_attempts=st.integers(0, 2), mode=st.sampled_from(["legacy", "foo"])
    ),
    connect_timeout=st.just(5),
    request_checksum_calculation=st.sampled_from(["when_supported", "WHEN_REQUIRED", "foo"]),
    response_checksum_validation=st.sampled_from(["when_required", "foo"]),
    account_id_endpoint_mode=st.sampled_from(["preferred", "DISABLED", "foo"]),
    auth_scheme_preference=st.sampled_from(["sigv4", " sigv4a , sigv4 ", "", 5]),
    request_min_compression_size_bytes=st.sampled_from([1, "2", 0, "x", 1048577]),
    disable_request_compression=FLAGS,
    user_agent_extra=st.just("x"),
    tcp_keepalive=st.booleans(),
    sigv4a_signing_region_set=st.just("*"),
)
ENVIRONS = by_name(
    AWS_DEFAULT_REGION=st.sampled_from([region for region in REGIONS if "\0" not in region]),
    AWS_ENDPOINT_URL=st.sampled_from(URLS),
    AWS_ENDPOINT_URL_S3=st.sampled_from(URLS),
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=st.sampled_from(WORDS),
    AWS_USE_FIPS_ENDPOINT=st.sampled_from(WORDS),
    AWS_USE_DUALSTACK_ENDPOINT=st.sampled_from(WORDS),
    AWS_S3_US_EAST_1_REGIONAL_ENDPOINT=st.sampled_from(["regional", "legacy", "foo", ""]),
    AWS_S3_USE_ARN_REGION=st.sampled_from(WORDS),
    AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS=st.sampled_from(WORDS),
    AWS_S3_DISABLE_EXPRESS_SESSION_AUTH=st.sampled_from(WORDS),
    AWS_DEFAULTS_MODE=st.sampled_from(["legacy", "standard", "Cross-Region", "auto", "foo"]),
    AWS_DISABLE_HOST_PREFIX_INJECTION=st.sampled_from(WORDS),
    AWS_PROFILE=st.sampled_from(["default", "p", "a b", "missing", ""]),
    AWS_DEFAULT_PROFILE=st.sampled_from(["default", "p", "c"]),
    AWS_RETRY_MODE=st.sampled_from(["standard", "foo", ""]),
    AWS_MAX_ATTEMPTS=st.sampled_from(["3", "0", "x"]),
    AWS_REQUEST_CHECKSUM_CALCULATION=st.sampled_from(["when_required", "foo"]),
    AWS_ACCOUNT_ID_ENDPOINT_MODE=st.sampled_from(["required", "foo"]),
    AWS_AUTH_SCHEME_PREFERENCE=st.sampled_from(["sigv4,sigv4a", ""]),
    AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES=st.sampled_from(["100", "x", "0"]),
    AWS_CA_BUNDLE=st.sampled_from(["/bundle.pem", "", " "]),
    AWS_SDK_UA_APP_ID=st.just("app"),
    AWS_ACCESS_KEY_ID=st.sampled_from(["AKIDENV", ""]),
    AWS_SECRET_ACCESS_KEY=st.sampled_from(["secret", ""]),
    AWS_SESSION_TOKEN=st.sampled_from(["token", ""]),
    AWS_SECURITY_TOKEN=st.sampled_from(["older", ""]),
)
OPTION_LINES = st.sampled_from(
    [
        *(f"region = {region}" for region in ("eu-west-1", "us-east-1", "fips-us-east-2", "cn-north-1", "a b", "")),
        *(f"{name} = {word}" for name in ("use_fips_endpoint", "use_dualstack_endpoint") for word in WORDS),
        *(f"parameter_validation = {word}" for word in WORDS),
        *("endpoint_url = http://localhost:1234", "services = local", "services = missing", "services = flat"),
        *("s3_use_arn_region = true", "s3_us_east_1_regional_endpoint = regional", "defaults_mode = standard"),
        *("ignore_configured_endpoint_urls = true", "s3 = path", "s3 =", "api_versions =\n  s3 = 2006-03-01"),
        *("api_versions =\n  s3 = 2000-01-01", "api_versions = x", "s3_disable_express_session_auth = true"),
        *("disable_host_prefix_injection = true", "retry_mode = adaptive", "max_attempts = 4", "sso_session = s"),
        *("sso_session = missing", "sso_session = incomplete", "ca_bundle = ", "nonsense", "region"),
        "s3 =\n  addressing_style = virtual\n  use_dualstack_endpoint = TRUE",
        "s3 =\n  addressing_style = path\n  us_east_1_regional_endpoint = regional\n  signature_version = s3",
        "s3 =\n  use_accelerate_endpoint = true\n  use_arn_region = False\n  force_path_style = true",
        "s3 =\n  s3_disable_multiregion_access_points = true\n  addressing_style = foo",
        "s3 =\n  not an option",
    ]
)
KEY_LINES = st.sampled_from(
    [
        *("aws_access_key_id = AKIDFILE", "aws_access_key_id = AKIDFILE\naws_secret_access_key = secret"),
        "aws_access_key_id = AKIDFILE\naws_secret_access_key = secret\naws_session_token = token",
        "aws_access_key_id = AKIDFILE\naws_secret_access_key = s\naws_security_token = older\naws_session_token = t",
    ]
)
SECTIONS_BESIDES = """
[services local]
s3 =
  endpoint_url = http://services:9000
[services flat]
s3 = http://services:9000
[sso-session s]
sso_start_url = https://example.com
sso_region = us-east-1
[sso-session incomplete]
sso_region = us-east-1
[DEFAULT]
use_fips_endpoint = false
"""


def files(titles: list[str], besides: str = "") -> st.SearchStrategy[str | None]:
    """A file with any of these sections, and any lines in them."""
    lines = st.lists(st.one_of(OPTION_LINES, OPTION_LINES, KEY_LINES), max_size=3).map("\n".join)
    section = st.tuples(st.sampled_from(titles), lines).map(lambda pair: f"[{pair[0]}]\n{pair[1]}\n")
    return st.none() | st.lists(section, max_size=3).map(lambda sections: "".join(sections) + besides)


KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
MAKINGS = st.builds(
    Making,
    client=by_name(
        region_name=st.sampled_from(REGIONS),
        use_ssl=st.booleans(),
        endpoint_url=st.sampled_from(URLS),
        verify=st.sampled_from([False, True, "", "/bundle.pem", None]),
        api_version=st.sampled_from(["2006-03-01", "2006-03-01", "x"]),
        aws_session_token=st.just("token"),
        **{name: st.just(value) for name, value in KEYS.items()},
    ),
    config=st.none() | CONFIGS,
    environ=ENVIRONS,
    session=st.tuples(
        by_name(
            region_name=st.sampled_from(REGIONS),
            profile_name=st.sampled_from(["default", "p", "c", "missing"]),
            aws_account_id=st.sampled_from(["", "123456789012"]),
        ),
        # In whole pairs: with half of one, boto3's client fails only when it signs.
        st.sampled_from([{}, {}, KEYS, {**KEYS, "aws_session_token": "session token"}]),
    ).map(lambda pair: {**pair[0], **pair[1]}),
    config_file=files(["default", "profile p", 'profile "a b"', "p", "profile p q", "profile 'x"], SECTIONS_BESIDES),
    credentials_file=files(["default", "p", "c", "a b"]),
)


@given(MAKINGS, st.integers(1, 2))
def test_any_mixture_of_sources_makes_the_same_client(making: Making, times: int) -> None:
    compare(making, times=times)


@pytest.mark.parametrize("way", ["argument", "config", "session", "environment", "file"])
@pytest.mark.parametrize("region", REGIONS)
def test_a_region_counts_the_same_wherever_it_is_written(region: str, way: str) -> None:
    compare(
        {
            "argument": Making(client={"region_name": region}),
            "config": Making(config={"region_name": region}),
            "session": Making(session={"region_name": region}),
            "environment": Making(environ={"AWS_DEFAULT_REGION": region}),
            "file": Making(config_file=f"[default]\nregion = {region}\n"),
        }[way]
    )


@pytest.mark.parametrize("kind", [{}, {"use_dualstack_endpoint": True}, {"use_fips_endpoint": True}])
@pytest.mark.parametrize("url", [None, *URLS])
@pytest.mark.parametrize("region", ["us-east-1", "us-east-1-fips", "cn-north-1", "aws-global"])
def test_two_regions_and_a_host_are_weighed_as_in_boto3(region: str, url: str | None, kind: dict[str, Any]) -> None:
    for other in (None, "eu-west-1", "us-east-1", "aws-global", "a b", "fips-us-west-2", "us-iso-east-1"):
        config = dict(kind) if other is None else {"region_name": other, **kind}
        compare(Making(client={"region_name": region, "endpoint_url": url}, config=config))


@pytest.mark.parametrize("partition", botocore.session.get_session().get_available_partitions())
def test_every_endpoint_of_every_partition_is_known(partition: str) -> None:
    theirs, ours = boto3.Session(), presigned.Session()
    for others in (False, True):
        regions = theirs.get_available_regions("s3", partition, others)
        assert ours.get_available_regions("s3", partition, others) == regions
    for region in regions:
        for options in ({}, {"use_dualstack_endpoint": True}, {"use_fips_endpoint": True}):
            compare(Making(client={"region_name": region}, config=options))
        compare(
            Making(config={"region_name": region, "use_fips_endpoint": True, "s3": {"use_dualstack_endpoint": True}})
        )
    assert ours.get_available_partitions() == theirs.get_available_partitions()
