"""What boto3 and this package find in one environment: the same credentials, or the same error."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import botocore.session

import presigned


@dataclass(frozen=True)
class Found:
    """Credentials, and how they were found."""

    method: str
    access_key: str
    secret_key: str
    token: str | None
    account_id: str | None
    #: Seconds since 1970.
    expiry: float | None


def theirs(**session: str) -> Found | Exception | None:
    """boto3's answer, from a new session."""
    try:
        # botocore makes the clients that it needs itself from its own session.
        keys = boto3.Session(botocore_session=botocore.session.Session(), **session).get_credentials()
        if keys is None:
            return None
        frozen = keys.get_frozen_credentials()
    except Exception as error:  # noqa: BLE001 - errors are answers
        return error
    expiry = getattr(keys, "_expiry_time", None)
    return _found(keys.method, frozen, None if expiry is None else expiry.timestamp())


def ours(**session: str) -> Found | Exception | None:
    """This package's answer."""
    try:
        keys = presigned.Session(**session).get_credentials()
        if keys is None:
            return None
        frozen = keys.get_frozen_credentials()
    except Exception as error:  # noqa: BLE001 - errors are answers
        return error
    expires_at = keys.expires_at
    return _found(keys.method, frozen, None if expires_at is None else expires_at.timestamp())


def _found(method: str, keys: Any, expiry: float | None) -> Found:
    return Found(method, keys.access_key, keys.secret_key, keys.token, keys.account_id, expiry)


def same_credentials(**session: str) -> Found:
    """Both find the same credentials."""
    found = ours(**session)
    assert isinstance(found, Found), repr(found)
    assert found == theirs(**session)
    return found


def same_error(**session: str) -> Exception:
    """Both raise the same class with the same message."""
    raised, expected = ours(**session), theirs(**session)
    assert isinstance(expected, Exception), repr(expected)
    assert isinstance(raised, Exception), repr(raised)
    assert isinstance(raised, type(expected)), repr(raised)
    assert str(raised) == str(expected)
    return raised


def reasons(method: str) -> str:
    """Why each source had no credentials, as the error of a client without credentials says."""
    client: Any = presigned.client("s3", region_name="eu-central-1")
    try:
        client.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"})
    except presigned.exceptions.NoCredentialsError as error:
        notes = "\n".join(getattr(error, "__notes__", []))
        [line] = [line.strip() for line in notes.splitlines() if line.strip().startswith(method + ":")]
        return line
    raise AssertionError("there are keys")


def notes_of(error: BaseException) -> str:
    """The notes below an error's text."""
    return "\n".join(getattr(error, "__notes__", []))


def children() -> list[int]:
    """The processes that this one has started and not yet waited for."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if int(text.rpartition(")")[2].split()[1]) == os.getpid():
            found.append(int(status.parent.name))
    return found
