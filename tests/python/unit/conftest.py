"""Fixtures that several files of unit tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

import presigned


@pytest.fixture(name="s3")
def a_client() -> presigned.S3:
    """A client with fixed credentials."""
    return presigned.client("s3", "us-west-2", aws_access_key_id="AKID", aws_secret_access_key="secret")


@pytest.fixture
def command_line(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sets credentials in the environment and stops the clock, so that a command prints the URL that boto3 makes."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    with time_machine.travel("2026-01-02T03:04:05Z", tick=False):
        yield
