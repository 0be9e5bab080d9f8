"""Handlers of tracing products are recognized; operations with other handlers go to botocore."""

from __future__ import annotations

import logging
import sys
import types
from collections.abc import Callable
from typing import Any

import boto3
import pytest

import presigned

KEYS: dict[str, Any] = {
    "region_name": "eu-central-1",
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "very secret",
}
OBJECT = {"Bucket": "photos", "Key": "cat.jpg"}
#: Like Sentry's: it looks whether the request is presigned, and leaves it alone then.
SENTRY = """
def _sentry_before_sign(request, signature_version="", **kwargs):
    if signature_version.endswith(("-query", "-presign-post")):
        return
    request.headers["sentry-trace"] = "1"
"""
#: A handler of the same name that changes every request.
FALSE = """
def _sentry_before_sign(request, **kwargs):
    request.headers["sentry-trace"] = "1"
"""


def handler_of(monkeypatch: pytest.MonkeyPatch, module: str, source: str, name: str) -> Callable[..., Any]:
    """A function that a module of a product defines."""
    made = types.ModuleType(module)
    monkeypatch.setitem(sys.modules, module, made)
    exec(compile(source, module, "exec"), vars(made))  # noqa: S102 - the source is above
    found: Callable[..., Any] = vars(made)[name]
    return found


def left(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was left to botocore since the last question."""
    found = [record.getMessage() for record in caplog.records if record.name == "presigned"]
    caplog.clear()
    return found


@pytest.fixture
def client() -> Any:
    presigned.install()
    return boto3.Session(**KEYS).client("s3")


def test_a_tracer_that_leaves_presigned_requests_alone_costs_nothing(
    client: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "presigned")
    module = "sentry_sdk.integrations.boto3"
    client.meta.events.register("before-sign.s3", handler_of(monkeypatch, module, SENTRY, "_sentry_before_sign"))
    url = client.generate_presigned_url("get_object", OBJECT)
    assert left(caplog) == []
    presigned.uninstall()
    assert url == client.generate_presigned_url("get_object", OBJECT)


@pytest.mark.parametrize(
    ("module", "source"), [("sentry_sdk.integrations.boto3", FALSE), ("elsewhere", SENTRY), ("elsewhere", FALSE)]
)
def test_a_name_alone_is_not_trusted(
    client: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, module: str, source: str
) -> None:
    caplog.set_level(logging.DEBUG, "presigned")
    client.meta.events.register("before-sign.s3", handler_of(monkeypatch, module, source, "_sentry_before_sign"))
    url = client.generate_presigned_url("get_object", OBJECT)
    assert left(caplog) != []
    presigned.uninstall()
    assert url == client.generate_presigned_url("get_object", OBJECT)


def test_a_handler_of_one_operation_sends_that_alone_to_botocore(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "presigned")
    # As mlflow registers one for the servers of Backblaze.
    client.meta.events.register("before-sign.s3.GetObject", lambda **_: None)
    client.generate_presigned_url("get_object", OBJECT)
    assert left(caplog) != []
    client.generate_presigned_url("head_object", OBJECT)
    client.generate_presigned_url("put_object", OBJECT)
    client.generate_presigned_post("photos", "cat.jpg")
    assert left(caplog) == []


def test_a_client_of_presigned_that_has_become_boto3s_is_covered_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = presigned.Session(**KEYS).client("s3")
    module = "sentry_sdk.integrations.boto3"
    ours.meta.events.register("before-sign.s3", handler_of(monkeypatch, module, SENTRY, "_sentry_before_sign"))
    # A value on which the two differ, so that the result shows which one answers.
    with pytest.raises(presigned.exceptions.ParamValidationError):
        ours.generate_presigned_url("get_object", OBJECT, ExpiresIn=10**7)
    ours.meta.events.register("before-sign.s3.GetObject", lambda **_: None)
    assert "X-Amz-Expires=10000000" in ours.generate_presigned_url("get_object", OBJECT, ExpiresIn=10**7)
