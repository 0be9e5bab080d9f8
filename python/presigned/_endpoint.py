"""Turns a region into a partition, a host and a region to sign for, from botocore's endpoint data.

This is the older of botocore's two resolvers. It decides what `client.meta` shows, which region is
signed for and which combinations are refused; the host of a URL comes from the endpoint rules.
"""

from __future__ import annotations

import presigned

from ._regions import PARTITIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._regions import Partition

#: Where botocore refuses dual stack before it looks whether there are such hosts.
_NO_DUALSTACK = ("aws-iso", "aws-iso-b")


class Endpoint:
    """What the endpoint data says of one region."""

    __slots__ = ("host", "is_dualstack", "is_fips", "partition", "region", "signing_region")

    def __init__(self, partition: Partition, name: str, *, dualstack: bool, fips: bool) -> None:
        template = _template(partition, dualstack=dualstack, fips=fips)
        if template is None:
            tags = ["dualstack"] * dualstack + ["fips"] * fips
            raise presigned.exceptions.make(
                "EndpointVariantError", tags=tags, error_msg=f"Endpoint does not exist for s3 in region {name}"
            )
        host, scope = partition.special.get(name, (template, name))
        self.partition = partition.name
        #: The endpoint's name: the region, or `aws-global` where none was given.
        self.region = name
        self.signing_region = scope
        self.host = (template if dualstack or fips else host).replace("{region}", name)
        self.is_dualstack = dualstack
        self.is_fips = fips


def resolve(region: str | None, *, dualstack: bool, fips: bool) -> Endpoint:
    """Looks a region up; an unknown one belongs to the partition that names such regions, or to `aws`.

    Raises:
        EndpointVariantError: The partition has no hosts of the kind asked for.
    """
    if region is None:
        # `aws` comes first, and is where clients without a region go.
        region = "us-east-1" if dualstack else str(PARTITIONS[0].global_name)
    candidates = [partition for partition in PARTITIONS if not (dualstack and partition.name in _NO_DUALSTACK)]
    partition = _listed(region, candidates) or _similar(region, candidates) or PARTITIONS[0]
    return Endpoint(partition, region, dualstack=dualstack, fips=fips)


def _listed(region: str, partitions: Iterable[Partition]) -> Partition | None:
    for partition in partitions:
        if region in partition.regions or region in partition.special:
            return partition
    return None


def _similar(region: str, partitions: Iterable[Partition]) -> Partition | None:
    # Every pattern ends in two parts and a number. Names such as "auto" need no regular expressions.
    if region.count("-") < 2 or not region.rstrip("\n")[-1:].isdigit():  # noqa: PLR2004 - see above
        return None
    import re

    for partition in partitions:
        if re.match(partition.pattern, region):
            return partition
    return None


def partition_of(region: str) -> str:
    """Names the partition of a region.

    Raises:
        UnknownRegionError: No partition has regions of this form.
    """
    partition = next((one for one in PARTITIONS if region in one.regions), None) or _similar(region, PARTITIONS)
    if partition is not None:
        return partition.name
    raise presigned.exceptions.make(
        "UnknownRegionError", region_name=region, error_msg="No partition found for provided region_name."
    )


def regions(partition_name: str, *, with_others: bool) -> list[str]:
    """Lists the regions of a partition in which S3 is, and on request its other endpoints."""
    for partition in PARTITIONS:
        if partition.name == partition_name:
            return sorted([*partition.regions, *(partition.special if with_others else ())])
    return []


def _template(partition: Partition, *, dualstack: bool, fips: bool) -> str | None:
    if dualstack:
        return partition.dualstack_fips if fips else partition.dualstack
    return partition.fips if fips else partition.plain
