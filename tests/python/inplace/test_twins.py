"""An accelerated client and an untouched one give the same URL, form or exception, and change `Params` equally."""

from __future__ import annotations

from itertools import product
from typing import Any

import botocore
import pytest
from botocore.exceptions import BotoCoreError

from inplace import settings
from inplace.twins import Twins

URL, POST = "generate_presigned_url", "generate_presigned_post"


def rotated(values: Any, start: int, count: int) -> list[Any]:
    """Some values of a table, others for each start; in the end all of them."""
    return [values[(start + at) % len(values)] for at in range(count)]


def made_of(
    region: str | None, signature: Any, s3: Any, endpoint: str | None, other: Any, token: Any
) -> dict[str, Any]:
    """The arguments of a client."""
    arguments: dict[str, Any] = {"config": {**other}}
    if signature is not None:
        arguments["config"]["signature_version"] = signature
    if s3 is not None:
        arguments["config"]["s3"] = s3
    others = {"region_name": region, "endpoint_url": endpoint, "aws_session_token": token}
    return {**arguments, **{name: value for name, value in others.items() if value is not None}}


GRID = [
    *product(settings.REGIONS, settings.SIGNATURES, settings.S3_OPTIONS, (None,), ({},), (None,)),
    *product(settings.REGIONS[:5], settings.SIGNATURES, settings.S3_OPTIONS, settings.ENDPOINTS, ({},), (None,)),
    *product(settings.REGIONS[:6], settings.SIGNATURES[:4], settings.S3_OPTIONS[:7], settings.ENDPOINTS[:2],
             settings.OTHERS, settings.TOKENS),
]  # fmt: skip


@pytest.mark.parametrize("part", range(8))
def test_every_client_of_the_grid_gives_what_boto3_gives(part: int) -> None:
    # The stride has no common divisor with the lengths of the axes, so that all combinations come up.
    for number in range(part, len(GRID), 8 * 29):
        try:
            twins = Twins(**made_of(*GRID[number]))
        except BotoCoreError:
            # boto3 makes no such client.
            continue
        for method, params in rotated(settings.PLAIN, number, 9) + rotated(settings.ODD, number, 5):
            twins.agree(URL, method, params)
        for bucket in rotated(settings.BUCKETS, number, 6):
            twins.agree(URL, "get_object", {"Bucket": bucket, "Key": "k"})
        for arguments, keywords in rotated(settings.FORMS, number, 5):
            twins.agree(POST, *arguments, **keywords)
        for life in rotated(settings.LIVES, number, 2):
            twins.agree(URL, "get_object", settings.BASE, life)


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1", "cn-north-1"])
@pytest.mark.parametrize("signature", [None, "s3v4", "s3", botocore.UNSIGNED])
def test_ordinary_calls_of_an_ordinary_client_are_answered_here(region: str, signature: Any) -> None:
    twins = Twins(region_name=region, config={"signature_version": signature} if signature else None)
    for method, params in settings.PLAIN:
        assert twins.agree(URL, method, params).reasons == []
    for arguments, keywords in settings.FORMS[:5]:
        assert twins.agree(POST, *arguments, **keywords).reasons == []


@pytest.mark.parametrize("signature", [None, "s3v4", "s3", botocore.UNSIGNED])
@pytest.mark.parametrize("token", settings.TOKENS)
def test_every_call_of_the_tables_gives_what_boto3_gives(signature: Any, token: str | None) -> None:
    for region in ("us-east-1", "eu-central-1"):
        twins = Twins(
            region_name=region, aws_session_token=token, config={"signature_version": signature} if signature else None
        )
        for method, params in (*settings.PLAIN, *settings.ODD):
            twins.agree(URL, method, params)
        for bucket in settings.BUCKETS:
            twins.agree(URL, "get_object", {"Bucket": bucket, "Key": "k"})
            twins.agree(URL, "list_objects_v2", {"Bucket": bucket})
            twins.agree(POST, bucket, "k")
        for life in settings.LIVES:
            twins.agree(URL, "get_object", settings.BASE, ExpiresIn=life)
        for http_method in ("GET", "put", "", "ß", 5, b"GET"):
            twins.agree(URL, "get_object", settings.BASE, HttpMethod=http_method)
        for arguments, keywords in settings.FORMS:
            twins.agree(POST, *arguments, **keywords)


def test_a_call_that_does_not_fit_is_refused_in_boto3s_words() -> None:
    twins = Twins(region_name="us-east-1")
    twins.agree(URL)
    twins.agree(URL, "get_object", {}, 1, "GET", "surplus")
    twins.agree(URL, "get_object", Foo=1)
    twins.agree(URL, "get_object", ClientMethod="get_object")
    twins.agree(POST, "bucket")
    twins.agree(POST, "bucket", "key", {}, [], 1, "surplus")
