"""What a host of AWS says about a request: the bucket, the region, and the kind of the endpoint."""

from __future__ import annotations

import re

from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["s3", "accelerate", "accesspoint", "object-lambda", "outposts", "express", "multi-region", "website"]

#: Partition -> the end of its hosts. A test compares it with botocore's table.
SUFFIXES = {
    "aws": "amazonaws.com",
    "aws-cn": "amazonaws.com.cn",
    "aws-eusc": "amazonaws.eu",
    "aws-iso": "c2s.ic.gov",
    "aws-iso-b": "sc2s.sgov.gov",
    "aws-iso-e": "cloud.adc-e.uk",
    "aws-iso-f": "csp.hci.ic.gov",
}
_REGION = r"[a-z]{2,5}(?:-[a-z]+)+-\d+"
_OWNER = r"(?P<name>[a-z0-9-]+)-(?P<account>\d{12})"
_BUCKET = r"(?:(?P<bucket>.+)\.)?"
#: The kind of an endpoint -> its hosts, without the end. The first that fits is right.
_SHAPES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(shape))  # type: ignore[misc] # a tuple of literals
    for kind, shape in (
        ("accelerate", r"(?P<bucket>.+)\.s3-accelerate(?:\.dualstack)?"),
        ("multi-region", r"(?P<alias>[a-z0-9.]+)\.accesspoint\.s3-global"),
        ("accesspoint", rf"{_OWNER}\.s3-accesspoint(?:-fips)?(?:\.dualstack)?\.(?P<region>{_REGION})"),
        ("object-lambda", rf"{_OWNER}\.s3-object-lambda(?:-fips)?\.(?P<region>{_REGION})"),
        # The route of an answer to GetObject.
        ("object-lambda", rf"[a-z0-9.-]+\.s3-object-lambda(?:-fips)?\.(?P<region>{_REGION})"),
        ("outposts", rf"{_OWNER}\.(?P<outpost>op-[a-z0-9]+)\.s3-outposts(?:-fips)?\.(?P<region>{_REGION})"),
        (
            "express",
            rf"{_BUCKET}s3express(?:-fips)?-(?P<zone>control|[a-z0-9]+-az\d+)(?:\.dualstack)?\.(?P<region>{_REGION})",
        ),
        ("website", rf"{_BUCKET}s3-website[.-](?P<region>{_REGION})"),
        ("s3", rf"{_BUCKET}s3(?:-fips)?(?:\.dualstack)?[.-](?P<region>{_REGION})"),
        ("s3", rf"{_BUCKET}s3(?:-external-1)?(?:\.dualstack)?"),
    )
)


class Host(Record):
    """What a host says.

    Attributes:
        kind: The kind of the endpoint.
        bucket: The bucket, or the ARN of the access point, if the host names it.
        region: The region, if the host names it.
    """

    __slots__ = ("bucket", "kind", "region")
    kind: Kind
    bucket: str | None
    region: str | None

    def __init__(self, kind: Kind, bucket: str | None, region: str | None) -> None:
        self.kind = kind
        self.bucket = bucket
        self.region = region


def read(netloc: str) -> Host | None:
    """Reads a host, with or without its port; `None` if it is not one of S3's own."""
    name = without_port(netloc).lower()
    # `amazonaws.com.cn` does not end in `amazonaws.com`, so that one partition fits at most.
    for partition, suffix in SUFFIXES.items():
        if not name.endswith(f".{suffix}"):
            continue
        for kind, shape in _SHAPES:
            if found := shape.fullmatch(name[: -len(suffix) - 1]):
                return _host(kind, found.groupdict(), partition)
    return None


def _host(kind: Kind, parts: dict[str, str | None], partition: str) -> Host:
    region, bucket = parts.get("region"), parts.get("bucket")
    if region is not None and region.startswith("us-gov-"):
        partition = "aws-us-gov"
    if "account" in parts:
        service = {"accesspoint": "s3", "object-lambda": "s3-object-lambda"}.get(kind, "s3-outposts")
        outpost = f"outpost/{parts['outpost']}/" if "outpost" in parts else ""
        bucket = f"arn:{partition}:{service}:{region}:{parts['account']}:{outpost}accesspoint/{parts['name']}"
    return Host(kind, bucket, region)


def without_port(netloc: str) -> str:
    """A host without its port."""
    name, colon, port = netloc.rpartition(":")
    return name if colon and port.isdigit() else netloc


def is_global(netloc: str) -> bool:
    """Whether the host is S3's global one, which redirects requests for buckets of most regions."""
    found = read(netloc)
    return found is not None and found.kind == "s3" and found.region is None and "-external-1" not in netloc
