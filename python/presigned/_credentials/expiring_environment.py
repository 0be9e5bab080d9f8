"""Keys of the environment that end, as `AWS_CREDENTIAL_EXPIRATION` says: read again when they do."""

from __future__ import annotations

import os

import presigned
from presigned._core import Keys

from . import TOKENS
from .expiry import seconds
from .refreshable import RefreshableCredentials

_EXPIRATION = "AWS_CREDENTIAL_EXPIRATION"


def load() -> RefreshableCredentials:
    """Takes the keys as they are now.

    Raises:
        PartialCredentialsError: A variable is missing.
        ValueError: The expiration is no timestamp.
    """
    return RefreshableCredentials(_read, "env", _read())


def _read() -> Keys:
    environ = os.environ
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", _EXPIRATION):
        if not environ.get(variable):
            raise presigned.exceptions.make("PartialCredentialsError", provider="env", cred_var=variable)
    try:
        expiry = seconds(environ[_EXPIRATION])
    except ValueError as error:
        raise ValueError(f"{_EXPIRATION} is not a timestamp: {environ[_EXPIRATION]}") from error
    return Keys(
        environ["AWS_ACCESS_KEY_ID"],
        environ["AWS_SECRET_ACCESS_KEY"],
        next((value for name in TOKENS if (value := environ.get(name))), None),
        environ.get("AWS_ACCOUNT_ID") or None,
        expiry,
    )
