"""Bucket ARNs of every kind, good and bad, and S3 Express and Outposts names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .case import Case, Setting, get, label, post, setting, url
from .compare import agree_all, share

GOOD = [
    f"arn:{partition}:{service}:{region}:123456789012:{resource}"
    for partition in ("aws", "aws-cn", "aws-us-gov")
    for region in ("us-east-1", "us-west-2", "cn-north-1", "us-gov-west-1")
    for service, resource in (
        ("s3", "accesspoint:my-ap"),
        ("s3", "accesspoint/my-ap"),
        ("s3-object-lambda", "accesspoint/my-ap"),
        ("s3-outposts", "outpost:op-01234567890123456:accesspoint:my-ap"),
        ("s3-outposts", "outpost/op-01234567890123456/accesspoint/my-ap"),
    )
]
MULTI_REGION = [
    "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap",
    "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
    "arn:aws:s3::123456789012:accesspoint:my-ap",
    "arn:aws:s3::123456789012:accesspoint:my.b-a.d.mrap",
    "arn:aws-cn:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap",
    "arn:aws:s3-object-lambda::123456789012:accesspoint:mfzwi23gnjvgw.mrap",
]
BAD = [
    "arn", "arn:", "arn:aws", "arn:aws:s3", "arn:aws:s3:::bucket", "arn:aws:s3:::bucket/key",
    "arn:aws:s3:us-east-1:1:x",
    "arn:aws:s3:us-west-2:123456789012:accesspoint", "arn:aws:s3:us-west-2:123456789012:accesspoint:",
    "arn:aws:s3:us-west-2:123456789012:accesspoint/", "arn:aws:s3:us-west-2:123456789012:accesspoint:a:b",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:a/b", "arn:aws:s3:us-west-2:123456789012:accesspoint/a/b",
    "arn:aws:s3:us-west-2::accesspoint:my-ap", "arn:aws:s3:us-west-2:12345:accesspoint:my-ap",
    "arn:aws:s3:us-west-2:1234567890123:accesspoint:my-ap", "arn:aws:s3:us-west-2:1234_5678:accesspoint:my-ap",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:my_ap", "arn:aws:s3:us-west-2:123456789012:accesspoint:my.ap",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:-my-ap", "arn:aws:s3:us-west-2:123456789012:accesspoint:my-ap-",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:MyAp", "arn:aws:s3:us-west-2:123456789012:accesspoint:" + "a" * 63,
    "arn:aws:s3:us-west-2:123456789012:accesspoint:" + "a" * 50,
    "arn:aws:s3:us-west-2:123456789012:accesspoint:" + "a" * 64,
    "arn:aws:s3:us_west_2:123456789012:accesspoint:my-ap", "arn:aws:s3:us-we$t-2:123456789012:accesspoint:my-ap",
    "arn:aws:s3:us.west:123456789012:accesspoint:my-ap", "arn:aws:s3:mars-1:123456789012:accesspoint:my-ap",
    "arn:aws:s3:aws-global:123456789012:accesspoint:my-ap", "arn:aws:s3:fips-us-west-2:123456789012:accesspoint:my-ap",
    "arn:aws:s3:us-west-2-fips:123456789012:accesspoint:my-ap", "arn:aws:s3:US-WEST-2:123456789012:accesspoint:my-ap",
    "arn:aws:sqs:us-west-2:123456789012:accesspoint:my-ap", "arn:aws:S3:us-west-2:123456789012:accesspoint:my-ap",
    "ARN:aws:s3:us-west-2:123456789012:accesspoint:my-ap", "arn::s3:us-west-2:123456789012:accesspoint:my-ap",
    "arn:aws::us-west-2:123456789012:accesspoint:my-ap", "arn:mars:s3:us-west-2:123456789012:accesspoint:my-ap",
    "arn:aws:s3:us-west-2:123456789012:bucket:my-ap", "arn:aws:s3:us-west-2:123456789012:AccessPoint:my-ap",
    "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint",
    "arn:aws:s3-object-lambda:us-west-2::accesspoint/my-ap",
    "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/my_ap",
    "arn:aws:s3-object-lambda:us-west-2:123:accesspoint:a.b",
    "arn:aws:s3-object-lambda::123456789012:accesspoint/my-ap",
    "arn:aws:s3-object-lambda:us-west-2:123456789012:bucket:x",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost", "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op_1:accesspoint:my-ap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-1:bucket:my-ap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-1:accesspoint:my_ap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-1:accesspoint:my:ap",
    "arn:aws:s3-outposts:us-west-2:12345:outpost:op-1:accesspoint:my-ap",
    "arn:aws:s3-outposts:us-west-2:12_45:outpost:op-1:accesspoint:my-ap",
    "arn:aws:s3-outposts::123456789012:outpost:op-1:accesspoint:my-ap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost::accesspoint:my-ap",
    "arn:aws:s3-outposts:us-west-2:123456789012:accesspoint:my-ap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/my-ap/x",
    " arn:aws:s3:us-west-2:123456789012:accesspoint:my-ap", "arn:aws:s3:us-west-2:123456789012:accesspoint:my-ap ",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:my-ap\n", "arn:aws:s3:us-west-2:123456789012:accesspoint:é",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:my-ap/object/key",
    "arn:aws:s3express:us-west-2:1:accesspoint/x--usw2-az1--xa-s3",
    "arn:aws:s3::123456789012:accesspoint", "arn:aws:s3::123456789012:accesspoint:",
    "arn:aws:s3::1_2:accesspoint:x.mrap",
    "arn:aws:s3:*:123456789012:accesspoint:my-ap", "arn:aws:s3::123456789012:accesspoint:my_ap.mrap",
]  # fmt: skip
OUTPOSTS_ALIASES = [
    "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
    "test-accessp-e0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
    "test-accessp-x0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
    "test-accessp-o0000075431d83bebde8xz5w8ijx1qzlbp3i3kebeta0--op-s3",
    "test-accessp-00b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
    "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse1_--op-s3",
    "short--op-s3", "--op-s3", "x--op-s3", "a.b--op-s3",
    "UPPER-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
]  # fmt: skip
CONFIGS: dict[str, dict[str, Any] | None] = {
    "none": None,
    "s3v4": {"signature_version": "s3v4"},
    "sigv2": {"signature_version": "s3"},
    "not-arn-region": {"s3": {"use_arn_region": False}},
    "arn-region": {"s3": {"use_arn_region": True, "addressing_style": "path"}},
    "virtual": {"s3": {"addressing_style": "virtual"}},
    "fips": {"use_fips_endpoint": True},
    "dualstack": {"use_dualstack_endpoint": True},
    "fips-dualstack": {"use_fips_endpoint": True, "use_dualstack_endpoint": True},
    "accelerate": {"s3": {"use_accelerate_endpoint": True}},
    "no-mrap": {"s3": {"s3_disable_multiregion_access_points": True}},
    "v4": {"signature_version": "v4", "s3": {"use_arn_region": False}},
}


def calls(bucket: str, made_of: Setting) -> Iterator[Case]:
    """The ways a bucket is used."""
    yield get(made_of, Bucket=bucket, Key="a/b c")
    yield url("list_objects_v2", {"Bucket": bucket, "Prefix": "p"}, made_of)
    yield url("put_object", {"Bucket": bucket, "Key": "k", "ACL": "private"}, made_of)
    yield url("create_bucket", {"Bucket": bucket}, made_of)
    yield url("get_bucket_location", {"Bucket": bucket}, made_of)
    yield url("copy_object", {"Bucket": bucket, "Key": "k", "CopySource": {"Bucket": bucket, "Key": "s"}}, made_of)
    yield post(bucket, "k", made_of)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
@pytest.mark.parametrize("bucket", [*GOOD, *MULTI_REGION], ids=label)
def test_an_arn(bucket: str, config: dict[str, Any] | None) -> None:
    regions = ("us-west-2", "us-east-1", "cn-north-1", "aws-global", None, "us-gov-west-1", "mars")
    agree_all(share(4, (case for region in regions for case in calls(bucket, setting(region, config=config)))))


@pytest.mark.parametrize("bucket", [*BAD, *OUTPOSTS_ALIASES], ids=label)
def test_a_bucket_that_is_almost_an_arn(bucket: str) -> None:
    regions = ("us-west-2", "us-east-1", "cn-north-1", None)
    settings = (setting(region, config=config) for config in CONFIGS.values() for region in regions)
    agree_all(share(9, (case for made_of in settings for case in calls(bucket, made_of))))


@pytest.mark.parametrize("bucket", [*BAD[:30], *GOOD[:5]], ids=label)
def test_an_arn_is_judged_before_anything_else(bucket: str) -> None:
    agree_all(
        [
            url("get_object", {"Bucket": bucket}),
            url("get_object", {"Bucket": bucket, "Key": 1, "Foo": 2}),
            url("put_object", {"Bucket": bucket, "Key": "k", "Metadata": {"a": "é"}}),
            get(setting(keys={}), Bucket=bucket),
            get(setting(config={"signature_version": "nonsense"}), Bucket=bucket),
            url("get_object", {"Bucket": bucket, "Key": "k"}, setting(config={"parameter_validation": False})),
            post(bucket, None),
            post(bucket, "k", ExpiresIn="x"),
        ]
    )
