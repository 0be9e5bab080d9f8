"""Times one URL and one form, ours and boto3's, in one run: `make bench`.

Each figure is the least of many chunks shorter than a slice of the scheduler, taken in turn, so that
noise on the machine raises neither more than the other. Lower is better; the ratio is what travels.
"""

from __future__ import annotations

import platform
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

import presigned

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS: dict[str, Any] = {
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}
TOKEN: dict[str, Any] = {"aws_session_token": "x+/" * 266}
PLACE = {"Bucket": "my-bucket-1234", "Key": "photos/2026/11/24/holiday-in-iceland.jpg"}
SIX = {
    "VersionId": "3sL4kqtJlcpXroDTDmJ",
    "ResponseContentType": "image/jpeg",
    "ResponseContentDisposition": 'attachment; filename="x.jpg"',
    "ResponseCacheControl": "no-cache",
}
CONDITIONS = [{"acl": "private"}, ["content-length-range", 1, 1000], ["starts-with", "$Content-Type", "image/"]]


def least(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """The least time of a call of each, in microseconds."""
    best = [float("inf"), float("inf")]
    for _ in range(400):
        for at, (call, count) in enumerate(((ours, 200), (theirs, 4))):
            start = time.perf_counter()
            for _ in range(count):
                call()
            best[at] = min(best[at], (time.perf_counter() - start) / count * 1e6)
    return best[0], best[1]


def main() -> None:
    """Prints a table in Markdown."""
    print(f"CPython {platform.python_version()}, boto3 {boto3.__version__}, presigned {presigned.__version__}")
    print("\n| call | boto3, us | presigned, us | ratio |\n|---|---|---|---|")

    def clients(extra: dict[str, Any]) -> tuple[Any, Any]:
        own = presigned.client("s3", "us-west-2", **KEYS, **extra)
        return own, boto3.client("s3", "us-west-2", **KEYS, **extra, config=Config(signature_version="s3v4"))

    plain, token = clients({}), clients(TOKEN)
    for name, (own, their), use in (
        ("GET", plain, lambda s3: s3.generate_presigned_url("get_object", Params={**PLACE}, ExpiresIn=3600)),
        (
            "GET, session token of 800 characters",
            token,
            lambda s3: s3.generate_presigned_url("get_object", Params={**PLACE}),
        ),
        ("GET, 6 parameters", plain, lambda s3: s3.generate_presigned_url("get_object", Params={**PLACE, **SIX})),
        (
            "PUT, 2 signed headers",
            plain,
            lambda s3: s3.generate_presigned_url(
                "put_object", Params={**PLACE, "ContentType": "image/png", "ACL": "private"}
            ),
        ),
        (
            "POST",
            plain,
            lambda s3: s3.generate_presigned_post("my-bucket-1234", "up/${filename}", {"acl": "private"}, CONDITIONS),
        ),
    ):
        ours, theirs = least(partial(use, own), partial(use, their))
        print(f"| {name} | {theirs:.0f} | {ours:.2f} | {theirs / ours:.0f} |")


if __name__ == "__main__":
    main()
