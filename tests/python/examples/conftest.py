"""One S3 server for all examples, with the bucket that they use; and the upload page in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped] # it has no types
import pytest
from playwright.sync_api import Browser, Page

import presigned
import seaweedfs
import set_cors

from .pages import SETTINGS, MakeFile, Stored, chromium, serving

BUCKET = "holiday"


@pytest.fixture(autouse=True)
def new_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test gets credentials that the session of another test has cached."""
    monkeypatch.setattr(presigned, "DEFAULT_SESSION", None)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)


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
    """boto3's own client, with which the tests read what is on the server."""
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


@pytest.fixture(scope="session")
def address(aws: dict[str, str], bucket: str) -> Iterator[str]:
    """The address of the page. The bucket's CORS rules allow its origin."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in aws.items():
            patch.setenv(name, value)
        patch.setattr(presigned, "DEFAULT_SESSION", None)
        with serving(SETTINGS) as address:
            set_cors.main(bucket, address)
            yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page in a new browser profile. An error of a script fails the test."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(address)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def stored(s3: Any, bucket: str) -> Stored:
    """Get the one object of that file name."""

    def get(name: str) -> Any:
        keys = [found["Key"] for found in s3.list_objects_v2(Bucket=bucket, Prefix="uploads/").get("Contents", [])]
        [key] = [key for key in keys if key.endswith(f"/{name}")]
        return s3.get_object(Bucket=bucket, Key=key)

    return get


@pytest.fixture
def file(tmp_path: Path) -> MakeFile:
    """Make a file. Chromium derives the type from the name."""

    def make(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return make
