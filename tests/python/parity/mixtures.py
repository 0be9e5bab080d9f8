"""Mixes arguments, `Config`, environment and files: what hypothesis makes clients from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import botocore
from hypothesis import strategies as st

from .made_of import Making


def mostly(good: Sequence[Any], *bad: Any) -> st.SearchStrategy[Any]:
    """A value that is right nine times of ten: of a client that fails at once, there is nothing to compare."""
    return st.integers(0, 9).flatmap(lambda roll: st.sampled_from(bad if bad and roll == 7 else good))


def perhaps(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of these, or every third time nothing."""
    return st.integers(0, 2).flatmap(lambda roll: values if roll else st.none())


def some(most: int, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """So many of these at most, each with one of its values."""
    names = st.lists(st.sampled_from(sorted(values)), unique=True, max_size=most)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: values[name] for name in chosen}))


REGIONS = [
    *("us-east-1", "us-west-2", "eu-central-1", "sa-east-1", "ap-southeast-7", "aws-global", "s3-external-1"),
    *("fips-us-east-1", "us-east-1-fips", "fips-us-west-2", "fips-us-gov-west-1", "fips-aws-global", "fips-"),
    *("cn-north-1", "us-gov-east-1", "us-iso-east-1", "us-isob-west-1", "eu-isoe-west-1", "us-isof-south-1"),
    *("eusc-de-east-1", "aws-cn-global", "us-foo-9", "cn-foo-1", "us-gov-foo-1", "auto", "garage", "US-EAST-1"),
    *("1a", "x" * 63, "us-east-1\n", "us-east-1", "us-east-1", "aws-global"),
]
BAD_REGIONS = ["a b", "-a", "a-", "123", "", "x" * 64, "\n", "12\n", "é", "us_east_1", "a.b", "fips-fips-"]
A_REGION = mostly(REGIONS, *BAD_REGIONS)
URLS = [
    *("http://localhost:9000", "https://example.com/base/", "https://s3-accelerate.amazonaws.com", "http://[::1]:9000"),
    *("https://s3-accelerate.dualstack.amazonaws.com", "ftp://a.b", "HTTPS://User:pw@Example.com:443/?x#y"),
]
BAD_URLS = ["example.com", "http://a_b.com", "", "https://a..b", "http://a.b\n", "http://a b"]
A_URL = mostly(URLS, *BAD_URLS)
WORDS = ["true", "True", "TRUE", "false", "1", "yes", ""]
FLAGS = st.sampled_from([True, False, None, "true", "false"])


S3_OPTIONS = some(
    4,
    addressing_style=mostly(["auto", "path", "virtual", None], "foo"),
    use_accelerate_endpoint=FLAGS,
    use_dualstack_endpoint=FLAGS,
    use_arn_region=FLAGS,
    us_east_1_regional_endpoint=mostly(["legacy", "regional"], "foo", None),
    s3_disable_multiregion_access_points=FLAGS,
    disable_s3_express_session_auth=mostly([True, False, "true", "FALSE", None], "1", 1),
    payload_signing_enabled=FLAGS,
    force_path_style=FLAGS,
    accelerate=FLAGS,
    unknown=st.just(1),
)
CONFIGS = some(
    6,
    region_name=A_REGION,
    signature_version=st.sampled_from(["s3v4", "s3", "v4", "", None, botocore.UNSIGNED]),
    s3=S3_OPTIONS,
    use_fips_endpoint=FLAGS,
    use_dualstack_endpoint=FLAGS,
    ignore_configured_endpoint_urls=FLAGS,
    parameter_validation=st.booleans(),
    inject_host_prefix=FLAGS,
    client_context_params=some(
        3, accelerate=FLAGS, force_path_style=FLAGS, disable_multi_region_access_points=FLAGS, use_arn_region=FLAGS
    ),
    defaults_mode=mostly(["legacy", "standard", "IN-REGION", "auto"], "foo", ""),
    retries=some(
        2, max_attempts=mostly([0, 2], -1), total_max_attempts=mostly([1, 2], 0), mode=mostly(["legacy"], "foo")
    ),
    connect_timeout=st.just(5),
    request_checksum_calculation=mostly(["when_supported", "WHEN_REQUIRED"], "foo"),
    response_checksum_validation=mostly(["when_required"], "foo"),
    account_id_endpoint_mode=mostly(["preferred", "DISABLED"], "foo"),
    auth_scheme_preference=mostly(["sigv4", " sigv4a , sigv4 ", ""], 5),
    request_min_compression_size_bytes=mostly([1, "2"], 0, "x", 1048577),
    disable_request_compression=FLAGS,
    user_agent_extra=st.just("x"),
    tcp_keepalive=st.booleans(),
    sigv4a_signing_region_set=st.just("*"),
)
PAIR = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "secret"}
ENVIRON_KEYS = mostly(
    [{}, PAIR, PAIR | {"AWS_SESSION_TOKEN": "token"}, PAIR | {"AWS_SECURITY_TOKEN": "", "AWS_SESSION_TOKEN": "token"}],
    PAIR | {"AWS_SECRET_ACCESS_KEY": ""},
    PAIR | {"AWS_ACCESS_KEY_ID": ""},
    PAIR | {"AWS_SECURITY_TOKEN": "older", "AWS_SESSION_TOKEN": "token"},
)
ENVIRONS = some(
    5,
    AWS_DEFAULT_REGION=A_REGION,
    AWS_ENDPOINT_URL=A_URL,
    AWS_ENDPOINT_URL_S3=A_URL,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=st.sampled_from(WORDS),
    AWS_USE_FIPS_ENDPOINT=st.sampled_from(WORDS),
    AWS_USE_DUALSTACK_ENDPOINT=st.sampled_from(WORDS),
    AWS_S3_US_EAST_1_REGIONAL_ENDPOINT=mostly(["regional", "legacy"], "foo", ""),
    AWS_S3_USE_ARN_REGION=st.sampled_from(WORDS),
    AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS=st.sampled_from(WORDS),
    AWS_S3_DISABLE_EXPRESS_SESSION_AUTH=mostly(WORDS[:4], "1", ""),
    AWS_DEFAULTS_MODE=mostly(["legacy", "standard", "Cross-Region", "auto"], "foo"),
    AWS_DISABLE_HOST_PREFIX_INJECTION=st.sampled_from(WORDS),
    AWS_PROFILE=mostly(["default", "p", "a b"], "missing", ""),
    AWS_DEFAULT_PROFILE=mostly(["default", "p", "c"], "q"),
    AWS_RETRY_MODE=mostly(["standard"], "foo", ""),
    AWS_MAX_ATTEMPTS=mostly(["3"], "0", "x"),
    AWS_REQUEST_CHECKSUM_CALCULATION=mostly(["when_required"], "foo"),
    AWS_ACCOUNT_ID_ENDPOINT_MODE=mostly(["required"], "foo"),
    AWS_AUTH_SCHEME_PREFERENCE=st.sampled_from(["sigv4,sigv4a", ""]),
    AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES=mostly(["100"], "x", "0"),
    AWS_CA_BUNDLE=mostly(["/bundle.pem"], "", " "),
    AWS_SDK_UA_APP_ID=st.just("app"),
).flatmap(lambda environ: ENVIRON_KEYS.map(lambda keys: environ | keys))
OPTION_LINES = mostly(
    [
        *(f"region = {region}" for region in ("eu-west-1", "us-east-1", "fips-us-east-2", "cn-north-1", "aws-global")),
        *(f"{name} = {word}" for name in ("use_fips_endpoint", "use_dualstack_endpoint") for word in WORDS),
        *(f"parameter_validation = {word}" for word in WORDS),
        *("endpoint_url = http://localhost:1234", "services = local", "defaults_mode = standard"),
        *("s3_use_arn_region = true", "s3_us_east_1_regional_endpoint = regional", "sso_session = s"),
        *("ignore_configured_endpoint_urls = true", "api_versions =\n  s3 = 2006-03-01", "max_attempts = 4"),
        *("disable_host_prefix_injection = true", "retry_mode = adaptive", "s3_disable_express_session_auth = true"),
        "s3 =\n  addressing_style = virtual\n  use_dualstack_endpoint = TRUE",
        "s3 =\n  addressing_style = path\n  us_east_1_regional_endpoint = regional\n  signature_version = s3",
        "s3 =\n  use_accelerate_endpoint = true\n  use_arn_region = False\n  force_path_style = true",
        "s3 =\n  s3_disable_multiregion_access_points = true\n  addressing_style = auto",
        "s3 =\n  use_dualstack_endpoint = yes",
    ],
    *("region = a b", "region =", "services = missing", "services = flat", "s3 = path", "s3 =", "s3 =\n  no option"),
    *("api_versions =\n  s3 = 2000-01-01", "api_versions = x", "sso_session = missing", "sso_session = incomplete"),
    *("ca_bundle = ", "nonsense", "region", "s3 =\n  addressing_style = foo", "max_attempts = x", "retry_mode = foo"),
)
KEY_LINES = mostly(
    [
        "aws_access_key_id = AKIDFILE\naws_secret_access_key = secret",
        "aws_access_key_id = AKIDFILE\naws_secret_access_key = secret\naws_session_token = token",
        "aws_access_key_id = AKIDFILE\naws_secret_access_key = s\naws_security_token = older\naws_session_token = t",
    ],
    "aws_access_key_id = AKIDFILE",
)
MORE = """
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


def files(titles: list[str], besides: str = "") -> st.SearchStrategy[str]:
    """A file with these sections, and any lines in them."""

    def first_word(text: str) -> str:
        return text.partition("=")[0]

    lines = st.lists(st.one_of(OPTION_LINES, OPTION_LINES, KEY_LINES), max_size=3, unique_by=first_word)
    sections = st.tuples(*(lines.map("\n".join).map(f"[{title}]\n{{}}\n".format) for title in titles))
    return sections.map(lambda texts: "".join(texts) + besides)


KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
MAKINGS = st.builds(
    Making,
    client=some(
        5,
        region_name=A_REGION,
        use_ssl=st.booleans(),
        endpoint_url=A_URL,
        verify=mostly([False, True, "/bundle.pem", None], ""),
        api_version=mostly(["2006-03-01"], "x"),
        aws_session_token=st.just("token"),
    ).flatmap(lambda given: mostly([{}, KEYS], {"aws_access_key_id": "AKID"}).map(lambda keys: given | keys)),
    config=st.none() | CONFIGS,
    environ=ENVIRONS,
    session=st.tuples(
        some(
            2,
            region_name=A_REGION,
            profile_name=mostly(["default", "p"], "c", "missing"),
        ),
        # In whole pairs: with half of one, boto3's client fails only when it signs.
        st.sampled_from([{}, {}, KEYS, {**KEYS, "aws_session_token": "session token", "aws_account_id": "1"}]),
    ).map(lambda pair: {**pair[0], **pair[1]}),
    config_file=perhaps(files(["default", "profile p", 'profile "a b"', "profile c", "profile x y", "q"], MORE)),
    credentials_file=perhaps(files(["default", "p", "d"])),
)
