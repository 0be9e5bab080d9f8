"""Makes the links, forms and requests that the tests of this folder look at, with boto3 and with presigned."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import boto3
import time_machine
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

import presigned

KEYS = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
TOKEN = "AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthT+FvwqnKwRcOIfrRh3c/LTo6UDdyJwOOvEVPvLXCrrrUtdnniCEXAMPLE=="
TEMPORARY = ("ASIAEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", TOKEN)
#: When everything here is signed, and a time at which it still holds.
SIGNED_AT = "2026-01-02T03:04:05Z"
SECONDS = 1767323045
NOW = SECONDS + 10

BUCKET = "photos"
OBJECT_KEYS = (
    "cat.jpg", "a b+c%25ü日本!'()*~.txt", "/leading//double/", "dots/./and/../more", "q?x=1&y#z;,:@$=", "line\nend",
)  # fmt: skip


class Case(NamedTuple):
    """A call that presigns, and how its request is sent."""

    operation: str
    params: dict[str, Any]
    method: str
    headers: dict[str, str]


CASES = [
    *(Case("get_object", {"Bucket": BUCKET, "Key": key}, "GET", {}) for key in OBJECT_KEYS),
    Case(
        "get_object",
        {
            "Bucket": BUCKET,
            "Key": "k",
            "VersionId": "a b",
            "ResponseContentDisposition": 'attachment; filename="ü +.t"',
        },
        "GET",
        {},
    ),
    Case(
        "put_object",
        {"Bucket": BUCKET, "Key": "k", "ContentType": "text/plain;  charset=utf-8", "ACL": "private"},
        "PUT",
        {"Content-Type": "text/plain;  charset=utf-8", "x-amz-acl": "private"},
    ),
    Case(
        "put_object",
        {"Bucket": BUCKET, "Key": "k", "Metadata": {"who": "me  and you"}, "ServerSideEncryption": "AES256"},
        "PUT",
        {"x-amz-meta-who": "me  and you", "X-Amz-Server-Side-Encryption": "AES256"},
    ),
    Case("head_object", {"Bucket": BUCKET, "Key": "k"}, "HEAD", {}),
    Case("delete_object", {"Bucket": BUCKET, "Key": "k", "VersionId": "v"}, "DELETE", {}),
    Case("upload_part", {"Bucket": BUCKET, "Key": "k", "UploadId": "u/+=", "PartNumber": 3}, "PUT", {}),
    Case("create_multipart_upload", {"Bucket": BUCKET, "Key": "k"}, "POST", {}),
    Case("list_objects_v2", {"Bucket": BUCKET, "Prefix": "a/b +ü", "Delimiter": "/"}, "GET", {}),
    Case("get_bucket_location", {"Bucket": BUCKET}, "GET", {}),
    Case("get_object_tagging", {"Bucket": BUCKET, "Key": "k"}, "GET", {}),
    Case("list_buckets", {}, "GET", {}),
]

#: Arguments of a client: signature, token, style, endpoint, region.
CLIENTS = list(
    itertools.product(
        ("s3v4", "s3"),
        (None, TOKEN),
        ("auto", "virtual", "path"),
        (None, "http://localhost:9000", "https://s3.example.com"),
        ("us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1"),
    )
)


def client(
    library: Any = presigned,
    signature: str = "s3v4",
    token: str | None = None,
    style: str = "auto",
    endpoint: str | None = None,
    region: str = "eu-central-1",
    access_key: str = KEYS[0],
) -> Any:
    """A client of boto3 or presigned."""
    config = Config(signature_version=signature, s3={"addressing_style": style})
    return library.client(
        "s3",
        region_name=region,
        endpoint_url=endpoint,
        aws_access_key_id=access_key,
        aws_secret_access_key=KEYS[1],
        aws_session_token=token,
        config=config,
    )


def link(operation: str = "get_object", expires_in: int = 3600, s3: Any = None, **params: Any) -> str:
    """A link, signed at the instant of this folder; of presigned's client unless another is given."""
    with time_machine.travel(SIGNED_AT, tick=False):
        place = {"Bucket": BUCKET, "Key": "dir/cat.jpg", **params}
        url: str = (s3 or client()).generate_presigned_url(operation, place, ExpiresIn=expires_in)
        return url


def form(s3: Any = None, key: str = "inbox/cat.jpg", **arguments: Any) -> dict[str, Any]:
    """A form, signed at the same instant."""
    with time_machine.travel(SIGNED_AT, tick=False):
        made: dict[str, Any] = (s3 or client()).generate_presigned_post(BUCKET, key, **arguments)
        return made


def header_signed(url: str, method: str = "GET", body: bytes = b"", signer: str = "s3", **headers: str) -> Any:
    """A request that botocore has signed by an Authorization header."""
    auth = (S3SigV4Auth if signer == "s3" else SigV4Auth)(Credentials(*KEYS), signer, "eu-central-1")
    request = AWSRequest(method, url, {name.replace("_", "-"): value for name, value in headers.items()}, body)
    with time_machine.travel(SIGNED_AT, tick=False):
        auth.add_auth(request)
    return request.prepare()


__all__ = ["BUCKET", "CASES", "CLIENTS", "KEYS", "NOW", "OBJECT_KEYS", "SECONDS", "SIGNED_AT", "TEMPORARY", "TOKEN",
           "Case", "boto3", "client", "form", "header_signed", "link"]  # fmt: skip
