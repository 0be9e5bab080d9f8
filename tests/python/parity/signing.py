"""The clients of tests that run once for each signature: `usefixtures("signature")`."""

from __future__ import annotations

import datetime
import functools
import time
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.config import Config

import presigned
from presigned.config import Config as OurConfig

from .case import KEYS
from .clocks import telling

SIGNATURES = ("s3v4", "s3")
_REGION = "eu-central-1"
_CHOSEN = [SIGNATURES[0]]


def choose(signature: str) -> None:
    """Makes the clients sign so from now on."""
    _CHOSEN[0] = signature


def is_sigv2() -> bool:
    """Whether the clients sign by SigV2."""
    return _CHOSEN[0] == "s3"


def theirs(style: str | None = None, **keys: str) -> Any:
    """A client of boto3, of an addressing style."""
    return _theirs(_CHOSEN[0], style, **(keys or KEYS))


@functools.cache
def _theirs(signature: str, style: str | None, **keys: str) -> Any:
    return boto3.client("s3", _REGION, config=Config(signature_version=signature, s3=_s3(style)), **keys)


def _s3(style: str | None) -> dict[str, str] | None:
    return None if style is None else {"addressing_style": style}


def fresh(style: str | None = None, **more: Any) -> Any:
    """A client of presigned that remembers nothing yet."""
    given = more if "credentials" in more else {**KEYS, **more}
    return presigned.client("s3", _REGION, config=OurConfig(signature_version=_CHOSEN[0], s3=_s3(style)), **given)


@functools.cache
def _warm(signature: str) -> Any:
    del signature
    return fresh()


def always_warm() -> Any:
    """A client of presigned that all examples share."""
    return _warm(_CHOSEN[0])


def tell(monkeypatch: pytest.MonkeyPatch, seconds: Callable[[], float]) -> None:
    """Replaces the clock that a URL is signed by: SigV2 reads `time.time`, SigV4 `datetime`."""
    if is_sigv2():
        monkeypatch.setattr(time, "time", seconds)
    else:
        monkeypatch.setattr(datetime, "datetime", telling(seconds))
