"""With a boto3 that has other endpoint rules, botocore answers every call, with the same result as before."""

from __future__ import annotations

from typing import Any

import botocore
import pytest

from inplace import settings
from inplace.conftest import nothing_left, stopped_clock
from inplace.twins import Twins

__all__ = ["nothing_left", "stopped_clock"]


@pytest.mark.parametrize("signature", [None, "s3v4", "s3", botocore.UNSIGNED])
@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1"])
def test_every_call_of_the_tables_is_botocores(region: str, signature: Any) -> None:
    twins = Twins(region_name=region, config={"signature_version": signature} if signature else None)
    for method, params in (*settings.PLAIN, *settings.ODD):
        assert "another version" in twins.agree("generate_presigned_url", method, params).reasons[0]
    for arguments, keywords in settings.FORMS:
        assert "another version" in twins.agree("generate_presigned_post", *arguments, **keywords).reasons[0]
