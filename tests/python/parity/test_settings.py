"""What a client is made of, from every source of settings, as boto3 weighs them."""

from __future__ import annotations

from typing import Any

import boto3
import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

import presigned

from .made_of import Making, compare
from .mixtures import BAD_REGIONS, BAD_URLS, MAKINGS, REGIONS, URLS


@given(MAKINGS, st.integers(1, 2))
def test_any_mixture_of_sources_makes_the_same_client(making: Making, times: int) -> None:
    compare(making, times=times)


@pytest.mark.parametrize("way", ["argument", "config", "session", "environment", "file"])
@pytest.mark.parametrize("region", [*REGIONS, *BAD_REGIONS])
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
@pytest.mark.parametrize("url", [None, *URLS, *BAD_URLS])
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
