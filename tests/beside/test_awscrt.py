"""Where awscrt signs, the parameters of a SigV4 URL stand in its order."""

from __future__ import annotations

import re

from botocore.compat import HAS_CRT

from inplace import settings
from inplace.conftest import nothing_left, stopped_clock
from inplace.twins import Twins

__all__ = ["nothing_left", "stopped_clock"]


def test_a_url_has_awscrts_order_and_is_made_here() -> None:
    assert HAS_CRT
    twins = Twins(region_name="eu-central-1", aws_session_token="token")
    made = twins.agree("generate_presigned_url", "get_object", settings.BASE)
    names = re.findall(r"X-Amz-([A-Za-z-]+)=", made.text)
    assert names[3:] == ["SignedHeaders", "Expires", "Security-Token", "Signature"]
    assert made.reasons == []


def test_what_awscrt_does_otherwise_is_left_to_it() -> None:
    twins = Twins(region_name="eu-central-1", aws_session_token="")
    assert "empty token" in twins.agree("generate_presigned_url", "get_object", settings.BASE).reasons[0]
    twins = Twins(region_name="eu-central-1")
    made = twins.agree("generate_presigned_url", "get_object", settings.BASE, HttpMethod="put")
    assert "awscrt" in made.reasons[0]
    made = twins.agree("generate_presigned_url", "get_object", {"Bucket": settings.MULTI_REGION, "Key": "k"})
    assert "ECDSA" in made.text
