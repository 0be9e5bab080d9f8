"""One S3 server for all examples, with the bucket that they speak of."""

from collections.abc import Iterator
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest

import seaweedfs

BUCKET = "holiday"


@pytest.fixture(scope="session")
def server() -> Iterator[seaweedfs.SeaweedFS]:
    """SeaweedFS, running. If it does not start, that is a failure."""
    with seaweedfs.running() as running:
        yield running


@pytest.fixture(scope="session")
def aws(server: seaweedfs.SeaweedFS) -> dict[str, str]:
    """The environment that points boto3 and presigned at the server."""
    return {
        "AWS_ACCESS_KEY_ID": server.access_key,
        "AWS_SECRET_ACCESS_KEY": server.secret_key,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_S3": server.endpoint,
    }


@pytest.fixture(scope="session")
def s3(server: seaweedfs.SeaweedFS) -> Any:
    """boto3's own client, with which the tests look at what the server holds."""
    return boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url=server.endpoint,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
    )


@pytest.fixture(scope="session")
def bucket(s3: Any) -> str:
    """The bucket."""
    s3.create_bucket(Bucket=BUCKET)
    return BUCKET
