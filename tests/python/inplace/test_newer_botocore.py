"""A botocore newer than the tests know is asked itself, once an operation, and goes on alone where the two differ."""

from __future__ import annotations

from typing import Any

import botocore.signers
import pytest

from inplace import settings
from inplace.twins import Twins, ask
from presigned._inplace import calls, lane

URL, POST = "generate_presigned_url", "generate_presigned_post"


@pytest.fixture(autouse=True)
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has this botocore be newer than known."""
    monkeypatch.setattr(lane, "_NEWEST", (1, 43, 0))


def made_by_core(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each URL of the core's."""
    made: list[str] = []
    real = calls.signed_url

    def noting(*arguments: Any) -> str | None:
        url = real(*arguments)
        made.append(str(url))
        return url

    monkeypatch.setattr(calls, "signed_url", noting)
    return made


def test_the_first_call_of_an_operation_is_answered_by_both_and_the_next_here(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = Twins(region_name="us-east-1")
    made = made_by_core(monkeypatch)
    params = {"Bucket": "bucket", "Key": "k", "SSECustomerKey": "k" * 32, "SSECustomerAlgorithm": "AES256"}
    assert twins.agree(URL, "get_object", params).reasons == []
    assert len(made) == 2
    assert twins.agree(URL, "get_object", params).reasons == []
    assert len(made) == 3
    assert twins.agree(URL, "list_objects_v2", {"Bucket": "bucket"}).reasons == []
    assert len(made) == 5
    for _ in range(2):
        assert twins.agree(POST, "bucket", "key", {"acl": "private"}, [{"acl": "private"}]).reasons == []


def test_a_result_that_differs_is_botocores_and_so_are_all_that_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = Twins(region_name="us-east-1")
    monkeypatch.setattr(calls, "signed_url", lambda *_: "https://another.example.com")
    first = twins.agree(URL, "get_object", settings.BASE)
    assert "another result" in first.reasons[0]
    monkeypatch.undo()
    assert "another result" in ask(twins.fast, URL, "head_object", settings.BASE).reasons[0]
    assert botocore.signers.generate_presigned_url(twins.plain, "get_object", dict(settings.BASE)) in first.text
