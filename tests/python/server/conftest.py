"""One real server for all tests of this folder, a bucket in it, and clients that sign for it."""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest

import presigned
from presigned.config import Config

from .servers import RUNNING, Credentials, Server
from .wire import BODY, MakeClient, Presign, Reply, Send, Submit, multipart, send

BUCKET = "test-bucket"
OTHER_BUCKET = "other-bucket"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--server", choices=sorted(RUNNING), default="seaweedfs", help="the S3 server to test against")


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The server, running. One that does not start is a failure: nothing is skipped."""
    with RUNNING[request.config.getoption("--server", default="seaweedfs")]() as running:
        yield running


@pytest.fixture(scope="session")
def boto3_client(server: Server) -> Any:
    """boto3's own client, with which the tests read what is on the server."""
    return boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url=server.endpoint,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
    )


@pytest.fixture(scope="session")
def bucket(boto3_client: Any) -> str:
    """A bucket that all tests share: each test has its own `key`."""
    boto3_client.create_bucket(Bucket=BUCKET)
    return BUCKET


@pytest.fixture(scope="session")
def other_bucket(boto3_client: Any) -> str:
    """Another bucket of the same owner."""
    boto3_client.create_bucket(Bucket=OTHER_BUCKET)
    return OTHER_BUCKET


@pytest.fixture
def key() -> str:
    """A key that no other test uses."""
    return uuid.uuid4().hex


@pytest.fixture
def prefix(key: str) -> str:
    """The beginning of object keys that no other test uses."""
    return key


@pytest.fixture(scope="session")
def temporary_credentials(server: Server) -> Credentials:
    """Credentials with a session token, made by the server."""
    return server.temporary_credentials()


@pytest.fixture(scope="session")
def make_client(server: Server) -> MakeClient:
    """Make a presigned client with this server's credentials; every argument can be overridden."""

    def make(config: Config | None = None, **options: Any) -> Any:
        defaults = {
            "region_name": "us-east-1",
            "endpoint_url": server.endpoint,
            "aws_access_key_id": server.access_key,
            "aws_secret_access_key": server.secret_key,
        }
        return presigned.client("s3", config=config, **{**defaults, **options})

    return make


@pytest.fixture(scope="session")
def client(make_client: MakeClient) -> Any:
    """A presigned client: path style, SigV4."""
    return make_client()


@pytest.fixture(scope="session")
def virtual_client(make_client: MakeClient, server: Server) -> Any:
    """A presigned client that writes the bucket into the host name."""
    return make_client(Config(s3={"addressing_style": "virtual"}), endpoint_url=server.virtual_endpoint)


@pytest.fixture(scope="session")
def presign(client: Any, bucket: str) -> Presign:
    """Sign a URL for the bucket, and see that it is SigV4: a server's 200 alone does not prove it."""

    def sign(operation: str, signer: Any = client, expires_in: int = 3600, **params: Any) -> str:
        url: str = signer.generate_presigned_url(operation, {"Bucket": bucket, **params}, ExpiresIn=expires_in)
        assert_sigv4(parse_qs(urlsplit(url).query, keep_blank_values=True, strict_parsing=True))
        return url

    return sign


def assert_sigv4(query: Mapping[str, list[str]]) -> None:
    """Every SigV4 parameter once, nothing of SigV2."""
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert len(query["X-Amz-Signature"]) == 1
    assert re.fullmatch("[0-9a-f]{64}", query["X-Amz-Signature"][0])
    assert not query.keys() & {"AWSAccessKeyId", "Signature", "Expires"}


@pytest.fixture
def stored(presign: Presign, fetch: Send, key: str) -> str:
    """The key of an object that holds BODY."""
    assert fetch("PUT", presign("put_object", Key=key), BODY).status == 200
    return key


@pytest.fixture(scope="session")
def fetch(server: Server) -> Send:
    """Send a request to the server: `fetch(method, url, body, headers)`."""

    def go(*args: Any, **options: Any) -> Reply:
        return send(server.address, *args, **options)

    return go


@pytest.fixture(scope="session")
def submit(server: Server) -> Submit:
    """Send a form to the server: `submit(post, file, filename)`, where post is what generate_presigned_post gave."""

    def go(
        post: Mapping[str, Any], file: bytes | None = b"file", filename: str = "file", host: str | None = None
    ) -> Reply:
        body, content_type = multipart(post["fields"], file, filename)
        return send(server.address, "POST", post["url"], body, {"Content-Type": content_type}, host)

    return go


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a server, for `-m 'not server'`."""
    name = config.getoption("--server", default="seaweedfs")
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker("ceph" if name == "ceph" else "server")
