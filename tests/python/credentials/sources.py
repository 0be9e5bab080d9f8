"""One source of credentials of each kind, clients that sign with it, and what boto3 signs with the same credentials."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import boto3
import botocore.credentials
import botocore.exceptions
import botocore.session

import presigned
from credentials.source_classes import (
    HOUR,
    SECRET,
    START,
    TOKEN,
    AioCredentials,
    AioSession,
    Holder,
    Service,
)
from presigned._core import FrozenCredentials
from presigned._credentials import Credentials
from presigned._credentials.refreshable import RefreshableCredentials

PARAMS = {"Bucket": "photos", "Key": "cat.jpg"}
PAIR = {"aws_access_key_id": "AK", "aws_secret_access_key": SECRET}
IAM = {"AccessKeyId": "AK", "SecretAccessKey": SECRET, "SessionToken": TOKEN}


def signing_with(credentials: object) -> presigned.S3:
    return presigned.client("s3", "eu-central-1", credentials=credentials)


def url(client: Any) -> str:
    made = client.generate_presigned_url("get_object", PARAMS)
    assert isinstance(made, str)
    return made


def key_in(text: str) -> str:
    return text.partition("X-Amz-Credential=")[2].partition("%2F")[0]


def of_boto3(access_key: str, secret_key: str, token: str | None) -> str:
    session = boto3.Session(access_key, secret_key, token, region_name="eu-central-1")
    return url(session.client("s3", config=boto3.session.Config(signature_version="s3v4")))


def boto3_client(credentials: object) -> Any:
    session = botocore.session.Session()
    session._credentials = credentials
    return session.create_client("s3", "eu-central-1", config=boto3.session.Config(signature_version="s3v4"))


def sources() -> dict[str, Callable[[], object]]:
    """One source of each kind, all with the same credentials."""
    end = START + 5 * HOUR
    theirs = botocore.credentials
    return {
        "botocore": lambda: theirs.Credentials("AK", SECRET, TOKEN),
        "botocore, refreshable": lambda: theirs.RefreshableCredentials("AK", SECRET, TOKEN, end, Service(), "m"),
        "botocore, deferred": lambda: theirs.DeferredRefreshableCredentials(
            lambda: {"access_key": "AK", "secret_key": SECRET, "token": TOKEN, "expiry_time": end.isoformat()}, "m"
        ),
        "botocore, frozen": lambda: theirs.ReadOnlyCredentials("AK", SECRET, TOKEN),
        "aiobotocore": lambda: AioCredentials("AK", SECRET, TOKEN),
        "a boto3 session": lambda: boto3.Session("AK", SECRET, TOKEN),
        "a botocore session": lambda: boto3.Session("AK", SECRET, TOKEN)._session,
        "an aiobotocore session": lambda: AioSession(AioCredentials("AK", SECRET, TOKEN)),
        "our session": lambda: presigned.Session("AK", SECRET, TOKEN),
        "our credentials": lambda: presigned.Session("AK", SECRET, TOKEN).get_credentials(),
        "our frozen credentials": lambda: Credentials("AK", SECRET, TOKEN).get_frozen_credentials(),
        "our refreshable credentials": lambda: RefreshableCredentials(
            lambda: FrozenCredentials("AK", SECRET, TOKEN), "m"
        ),
        "our native credentials": lambda: FrozenCredentials("AK", SECRET, TOKEN),
        "an object": lambda: Holder("AK", SECRET, TOKEN),
        "an object without a class": lambda: SimpleNamespace(access_key="AK", secret_key=SECRET, token=TOKEN),
    }


def functions() -> dict[str, Callable[[], Any]]:
    """Functions that return credentials, one for each form."""
    return {
        "a tuple": lambda: ("AK", SECRET, TOKEN),
        "names of arguments": lambda: {**PAIR, "aws_session_token": TOKEN},
        "names of botocore": lambda: {"access_key": "AK", "secret_key": SECRET, "token": TOKEN},
        "names of a service": lambda: IAM,
        "the answer of STS": lambda: {"Credentials": {**IAM, "Expiration": START + HOUR}, "ResponseMetadata": {}},
        "the answer of a container": lambda: {
            **{name: value for name, value in IAM.items() if name != "SessionToken"},
            "Token": TOKEN,
            "Expiration": (START + HOUR).isoformat(),
        },
        "an object with an end": lambda: SimpleNamespace(
            access_key="AK", secret_key=SECRET, token=TOKEN, expires_at=START + HOUR
        ),
        "a number for an end": lambda: (
            {"access_key": "AK", "secret_key": SECRET, "token": TOKEN} | {"expires_at": (START + HOUR).timestamp()}
        ),
        "a class": functools.partial(Holder, "AK", SECRET, TOKEN),
        **{f"{name}, from a function": source for name, source in sources().items()},
    }


def source_named(name: str) -> object:
    """The source of this name, or the function of this name."""
    makers = sources()
    return makers[name]() if name in makers else functions()[name]
