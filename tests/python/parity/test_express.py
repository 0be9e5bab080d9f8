"""S3 Express directory buckets, with and without a session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .case import UNSIGNED, Case, Setting, get, label, post, setting, url
from .compare import agree_all, share
from .model import OPERATIONS, filled, required

NAMES = [
    "bucket--usw2-az1--x-s3", "bucket--use1-az4--x-s3", "b--usw2-az1--x-s3", "my-bucket--usw2-az12--x-s3",
    "a--b--usw2-az1--x-s3",
    "bucket--test-ab1--x-s3", "bucket--test1-zone-ab1--x-s3", "bucket--abcde-az1234567--x-s3",
    "bucket--12345678901234567--x-s3",
    "bucket--a--x-s3", "bucket----x-s3", "--usw2-az1--x-s3", "bucket--x-s3", "--x-s3", "x-s3",
    "bucket--usw2-az1--x-s3-suffix",
    "my.bucket--usw2-az1--x-s3", "Bucket--usw2-az1--x-s3", "bucket_--usw2-az1--x-s3", "bucket--usw2_az1--x-s3",
    "bucket--usw2-az1--X-S3", "bucket--usw2-az1--xa-s3", "ap--usw2-az1--xa-s3", "my.ap--usw2-az1--xa-s3", "a--x--xa-s3",
    "-bucket--usw2-az1--x-s3", "bucket--usw2-az1-d--x-s3", "a" * 60 + "--usw2-az1--x-s3", "bucket--usw2-az1--x-s3.",
    "1--usw2-az1--x-s3",
    "bucket--usw2-lax1-az1--x-s3", "bucket--apne1-az4--x-s3", "bucket--aps1-az1--x-s3", "bucket--usw2-az1\n--x-s3",
]  # fmt: skip
OFF = {"disable_s3_express_session_auth": True}
CONFIGS: dict[str, dict[str, Any]] = {
    "session": {},
    "session-virtual": {"s3": {"addressing_style": "virtual"}},
    "session-path": {"s3": {"addressing_style": "path"}},
    "session-fips": {"use_fips_endpoint": True},
    "session-dualstack": {"s3": {"use_dualstack_endpoint": True}},
    "session-by-name": {"signature_version": "v4-s3express"},
    "off": {"s3": OFF},
    "off-as-text": {"s3": {"disable_s3_express_session_auth": "true"}},
    "off-virtual": {"s3": {**OFF, "addressing_style": "virtual"}},
    "off-path": {"s3": {**OFF, "addressing_style": "path"}},
    "off-s3v4": {"s3": OFF, "signature_version": "s3v4"},
    "off-sigv2": {"s3": OFF, "signature_version": "s3"},
    "off-fips": {"s3": OFF, "use_fips_endpoint": True},
    "off-dualstack": {"s3": {**OFF, "use_dualstack_endpoint": True}},
    "off-both": {"s3": OFF, "use_dualstack_endpoint": True, "use_fips_endpoint": True},
    "off-accelerate": {"s3": {**OFF, "use_accelerate_endpoint": True}},
    "off-unsigned": {"s3": OFF, "signature_version": UNSIGNED},
    "s3v4": {"signature_version": "s3v4"},
    "v4": {"signature_version": "v4"},
    "s3v4-virtual": {"signature_version": "s3v4", "s3": {"addressing_style": "virtual"}},
    "sigv2": {"signature_version": "s3"},
    "unsigned": {"signature_version": UNSIGNED},
}


def calls(bucket: str, made_of: Setting) -> Iterator[Case]:
    """Object and bucket operations: each has another host."""
    yield get(made_of, Bucket=bucket)
    yield url("list_objects_v2", {"Bucket": bucket}, made_of)
    yield url("create_bucket", {"Bucket": bucket}, made_of)
    yield url("get_bucket_policy", {"Bucket": bucket}, made_of)
    yield url("get_bucket_location", {"Bucket": bucket}, made_of)
    yield url("create_session", {"Bucket": bucket}, made_of)
    yield url("copy_object", {"Bucket": bucket, "Key": "k", "CopySource": "a/b"}, made_of)
    yield post(bucket, "k", made_of)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
@pytest.mark.parametrize("bucket", NAMES, ids=label)
def test_a_directory_bucket(bucket: str, config: dict[str, Any]) -> None:
    regions = ("us-west-2", "us-east-1", "eu-north-1", None)
    agree_all(share(5, (case for region in regions for case in calls(bucket, setting(region, config=config)))))


@pytest.mark.parametrize(
    "config", [CONFIGS["off"], CONFIGS["s3v4"], CONFIGS["off-sigv2"], {}], ids=["off", "s3v4", "sigv2", "session"]
)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_on_a_directory_bucket(operation: str, config: dict[str, Any]) -> None:
    params = filled(operation, required(operation))
    if "Bucket" in params:
        params["Bucket"] = "bucket--usw2-az1--x-s3"
    agree_all(
        [
            url(operation, params, setting("us-west-2", config=config)),
            url(operation, params, setting("us-west-2", config=config, aws_session_token="t/+=")),
        ]
    )


@pytest.mark.parametrize("expires_in", [None, 1, 300, 3600, 604_800, "60"])
def test_the_lifetime_of_a_url_with_a_session(expires_in: Any) -> None:
    bucket = NAMES[0]
    for made_of in (setting("us-west-2"), setting("us-west-2", endpoint_url="http://localhost:9000")):
        agree_all(
            url(operation, {"Bucket": bucket, "Key": "k"}, made_of, ExpiresIn=expires_in)
            for operation in ("get_object", "put_object", "delete_object")
        )


def test_client_context_params_do_not_switch_sessions_off() -> None:
    config = {"client_context_params": OFF, "signature_version": "s3v4"}
    agree_all(calls(NAMES[0], setting("us-west-2", config=config)))
