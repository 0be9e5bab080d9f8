"""Every region of every partition, by every addressing style and variant of the host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest

from .case import Case, Setting, get, label, post, setting, url
from .compare import agree_all, share

_SESSION = botocore.session.Session()
PARTITIONS = {
    partition: _SESSION.get_available_regions("s3", partition, allow_non_regional=True)
    for partition in _SESSION.get_available_partitions()
}
REGIONS = [
    *(region for regions in PARTITIONS.values() for region in regions),
    # Known only to the pattern of a partition, or not at all.
    "eu-mars-1", "us-east-99", "cn-south-9", "us-gov-moon-1", "us-iso-middle-7", "us-isob-x-1", "eu-isoe-x-1",
    "us-isof-x-1", "eusc-fr-west-1", "mars", "garage", "auto", "US-EAST-1", "Eu-West-1", "us-east-1-2", "a",
    "1a", "x" * 63, "us_east_1", "default", "nyc3", "us",
    # Pseudo regions, old and new.
    "aws-global", "aws-cn-global", "aws-us-gov-global", "aws-iso-global", "aws-iso-b-global", "s3-external-1",
    "fips-us-east-1", "us-east-1-fips", "fips-us-west-2", "fips-us-gov-west-1", "ca-central-1-fips",
    "fips-cn-north-1", "fips-aws-global", "aws-global-fips", "fips-", "-fips", "fips-eu-west-1-fips",
    "us-west-2-fips-x", "dualstack-us-west-2", "accesspoint-eu-west-1", "fips-accesspoint-us-east-1",
    None,
]  # fmt: skip
BAD_REGIONS = [
    "", " ", "a b", "us-east-1 ", "us east", "us/east", "us.east.1", "é", "-us", "us-", "12", "x" * 64, "us-east-1\n",
    "\n", "us\neast", "@", "us-east-1/", "a#b", "us:1", "%20", "us_east",
]  # fmt: skip

VARIANTS: dict[str, dict[str, Any] | None] = {
    "plain": None,
    "fips": {"use_fips_endpoint": True},
    "dualstack": {"use_dualstack_endpoint": True},
    "both": {"use_dualstack_endpoint": True, "use_fips_endpoint": True},
    "s3-dualstack": {"s3": {"use_dualstack_endpoint": True}},
    "not-s3-dualstack": {"s3": {"use_dualstack_endpoint": False}, "use_dualstack_endpoint": True},
    "accelerate": {"s3": {"use_accelerate_endpoint": True}},
    "accelerate-dualstack": {"s3": {"use_accelerate_endpoint": True, "use_dualstack_endpoint": True}},
    "accelerate-fips": {"s3": {"use_accelerate_endpoint": True}, "use_fips_endpoint": True},
    "regional": {"s3": {"us_east_1_regional_endpoint": "regional"}},
    "legacy": {"s3": {"us_east_1_regional_endpoint": "legacy"}},
    "standard-mode": {"defaults_mode": "standard"},
    "path-by-context": {"client_context_params": {"force_path_style": True}},
}
STYLES = (None, "auto", "virtual", "path")
# Prime to the eleven calls and to the fifty-two clients: every call meets every client.
STRIDE = 31


def settings_of(region: Any) -> Iterator[Setting]:
    """A client for each style and variant."""
    for variant in VARIANTS.values():
        for style in STYLES:
            config = dict(variant or {})
            if style is not None:
                config["s3"] = {**config.get("s3", {}), "addressing_style": style}
            yield setting(region, config=config or None)


def calls(made_of: Setting) -> Iterator[Case]:
    """One call for each way an operation finds its host."""
    yield get(made_of)
    yield get(made_of, Bucket="dotted.bucket")
    yield get(made_of, Bucket="Upper_Case")
    yield url("list_buckets", {}, made_of)
    yield url("create_bucket", {"Bucket": "bucket"}, made_of)
    yield url("list_objects_v2", {"Bucket": "bucket"}, made_of)
    yield url("get_bucket_location", {"Bucket": "bucket"}, made_of)
    yield url("list_directory_buckets", {}, made_of)
    yield url("write_get_object_response", {"RequestRoute": "route", "RequestToken": "token"}, made_of)
    yield post(made_of=made_of)
    yield post("dotted.bucket", "k", made_of)


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_by_every_style_and_variant(region: str | None) -> None:
    agree_all(share(STRIDE, (case for made_of in settings_of(region) for case in calls(made_of))))


@pytest.mark.parametrize("region", [*REGIONS, *BAD_REGIONS], ids=label)
def test_a_region_signs_by_sigv2_where_asked(region: str | None) -> None:
    agree_all(
        case
        for config in (
            {"signature_version": "s3"},
            {"signature_version": "s3", "s3": {"addressing_style": "virtual"}},
            {"signature_version": "s3", "use_fips_endpoint": True},
        )
        for case in share(3, calls(setting(region, config=config)))
    )


@pytest.mark.parametrize("region", BAD_REGIONS, ids=label)
def test_a_region_that_is_no_host_label(region: str) -> None:
    agree_all(share(STRIDE, (case for made_of in settings_of(region) for case in calls(made_of))))


@pytest.mark.parametrize("region", [1, b"us-east-1", ["us-east-1"], True, 0, 1.5], ids=label)
def test_a_region_that_is_not_a_string(region: object) -> None:
    agree_all([get(setting(None, region_name=region))])


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_in_config_and_over_http(region: str | None) -> None:
    agree_all(
        case
        for made_of in (
            setting(None, config={"region_name": region}),
            setting("eu-west-1", config={"region_name": region}),
            setting(region, use_ssl=False),
            setting(region, use_ssl=False, config={"use_fips_endpoint": True, "s3": {"addressing_style": "virtual"}}),
        )
        for case in share(3, calls(made_of))
    )
