"""A client, and the URL that botocore's own signer makes in its place: for the tests of links."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import presigned
import presigned.aio

START = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)


KEYS = ("AKIDEXAMPLE", "wJalrXUtnFEMI")


PHOTO = {"Bucket": "photos", "Key": "cats/a b.jpg"}


def client(**options: Any) -> Any:
    given = {"region_name": "eu-central-1", "aws_access_key_id": KEYS[0], "aws_secret_access_key": KEYS[1]}
    return presigned.client("s3", **{**given, **options})


def by_botocore(
    method: str, url: str, headers: dict[str, str] | None = None, *, life: int = 3600, region: str = "eu-central-1"
) -> str:
    """The URL as botocore signs it at this instant."""
    request = AWSRequest(method, url, headers=headers or {})
    S3SigV4QueryAuth(Credentials(*KEYS), "s3", region, expires=life).add_auth(request)
    signed: str = request.url
    return signed
