"""Reads the credentials of the environment, which most processes have."""

from __future__ import annotations

import os

from presigned import _core
from presigned._errors import make

from . import Credentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from presigned._core import FrozenCredentials
    from presigned._settings.sources import Sources

#: The expiry, as a timestamp.
_EXPIRATION = "AWS_CREDENTIAL_EXPIRATION"
#: The settings that `metadata_settings` checks.
_OF_METADATA = (
    "ec2_metadata_service_endpoint",
    "ec2_metadata_service_endpoint_mode",
    "metadata_service_num_attempts",
    "metadata_service_timeout",
)


def are_in_environment(sources: Sources) -> bool:
    """Whether the credentials of the environment can be used without a look at other settings.

    boto3 refuses wrong settings of the metadata service even if the credentials come from elsewhere. So if
    any are set, the chain checks them.
    """
    if sources.profile is not None:
        return False
    environ, section = os.environ, sources.section
    return not any("AWS_" + option.upper() in environ or option in section for option in _OF_METADATA)


def of_environment() -> Credentials | None:
    """Reads the credentials of the environment; `None` where it names none.

    Raises:
        PartialCredentialsError: There is an access key without its secret.
    """
    environ = os.environ
    access_key = environ.get("AWS_ACCESS_KEY_ID")
    if not access_key:
        return None
    secret_key = environ.get("AWS_SECRET_ACCESS_KEY")
    if not secret_key:
        raise make("PartialCredentialsError", provider="env", cred_var="AWS_SECRET_ACCESS_KEY")
    if environ.get(_EXPIRATION):
        from .refreshable import RefreshableCredentials

        # They expire, and are then read again.
        return RefreshableCredentials(_expiring_credentials, "env", _expiring_credentials())
    return Credentials(access_key, secret_key, _token(), "env", environ.get("AWS_ACCOUNT_ID") or None)


def _token() -> str | None:
    # The older name comes first.
    return os.environ.get("AWS_SECURITY_TOKEN") or os.environ.get("AWS_SESSION_TOKEN") or None


def _expiring_credentials() -> FrozenCredentials:
    """Reads credentials that expire at `AWS_CREDENTIAL_EXPIRATION`.

    Raises:
        PartialCredentialsError: A variable is missing.
        ValueError: The expiration is not a timestamp.
    """
    from .expiry import seconds

    environ = os.environ
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", _EXPIRATION):
        if not environ.get(variable):
            raise make("PartialCredentialsError", provider="env", cred_var=variable)
    try:
        expiry = seconds(environ[_EXPIRATION])
    except ValueError as error:
        raise ValueError(f"{_EXPIRATION} is not a timestamp: {environ[_EXPIRATION]}") from error
    return _core.FrozenCredentials(
        environ["AWS_ACCESS_KEY_ID"],
        environ["AWS_SECRET_ACCESS_KEY"],
        _token(),
        environ.get("AWS_ACCOUNT_ID") or None,
        expiry,
    )
