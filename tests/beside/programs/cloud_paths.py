"""A folder of S3 as paths, by cloudpathlib, and as streams, by smart_open, printed."""

from __future__ import annotations

import os
import pathlib
import tempfile
import urllib.request

import boto3
import boto3.session
import smart_open
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError
from cloudpathlib import S3Client, S3Path

BUCKET = os.environ["BUCKET"]
ENDPOINT = os.environ["AWS_ENDPOINT_URL_S3"]


def read(url: str) -> bytes:
    """The content behind a URL."""
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - of this machine
        body: bytes = answer.read()
        return body


def paths(client: S3Client) -> None:
    """Writes, reads, lists, links and deletes paths."""
    client.set_as_default_client()
    root = S3Path(f"s3://{BUCKET}/paths")
    (root / "a" / "one.txt").write_text("one")
    (root / "a" / "two.bin").write_bytes(b"\0two")
    (root / "b" / "three.txt").write_text("three")
    print("found", sorted(str(path) for path in root.rglob("*.txt")))
    print("children", sorted((path.name, path.is_dir(), path.is_file()) for path in root.iterdir()))
    print("read", (root / "a" / "one.txt").read_text(), (root / "a" / "two.bin").read_bytes())
    with (root / "a" / "one.txt").open("a") as file:
        file.write(" and more")
    print("stat", (root / "a" / "one.txt").stat().st_size, (root / "none").exists(), (root / "a").exists())
    link = (root / "a" / "one.txt").as_url(presign=True, expire_seconds=60)
    print("link", read(link), "://" in link)
    print("plain", (root / "a" / "one.txt").as_url().rpartition("/")[2])
    print("copied", (root / "a" / "one.txt").copy(root / "c.txt").read_text())
    print("renamed", (root / "c.txt").rename(root / "d.txt").name, (root / "c.txt").exists())
    with tempfile.TemporaryDirectory() as folder:
        (root / "a").download_to(folder)
        print("downloaded", sorted(path.name for path in pathlib.Path(folder).iterdir()))
        (root / "up").upload_from(folder)
    print("uploaded", sorted(path.name for path in (root / "up").iterdir()))
    (root / "d.txt").unlink()
    (root / "a").rmtree()
    print("left", sorted(str(path) for path in root.rglob("*")))
    try:
        (root / "a" / "one.txt").read_text()
    except FileNotFoundError as error:
        print("missing", type(error).__name__)


def streams() -> None:
    """Writes and reads streams, with the client that the program made and with smart_open's own."""
    client = boto3.session.Session().client("s3", endpoint_url=ENDPOINT)
    for parameters in ({"client": client}, {}):
        where = f"s3://{BUCKET}/streams/large"
        with smart_open.open(where, "wb", transport_params=parameters) as stream:
            for _ in range(7):
                stream.write(bytes(1_000_000))
        with smart_open.open(where, "rb", transport_params=parameters) as stream:
            stream.seek(6_999_999)
            print("end", len(stream.read()), stream.tell())
    try:
        smart_open.open(f"s3://{BUCKET}/streams/none", transport_params={"client": client})
    except (OSError, ClientError, ValueError) as error:
        print("missing", type(error).__name__)


session = boto3.Session(region_name="us-east-1")
paths(S3Client(endpoint_url=ENDPOINT))
paths(S3Client(boto3_session=session, endpoint_url=ENDPOINT))
paths(S3Client(endpoint_url=ENDPOINT, boto3_transfer_config=TransferConfig(use_threads=False)))
streams()
