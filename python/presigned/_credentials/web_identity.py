"""Assumes a role with the token of an identity provider, as pods on EKS do."""

from __future__ import annotations

import os

from presigned._errors import make
from presigned._settings.sources import string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from presigned._core import FrozenCredentials

    from . import Credentials
    from .chain import Search

METHOD = "assume-role-with-web-identity"

_VARIABLES = {
    "web_identity_token_file": "AWS_WEB_IDENTITY_TOKEN_FILE",
    "role_session_name": "AWS_ROLE_SESSION_NAME",
    "role_arn": "AWS_ROLE_ARN",
}
_NO_ROLE = (
    "The provided profile or the current environment is configured to assume role with web identity but has no "
    "role ARN configured. Ensure that the profile has the role_arnconfiguration set or the AWS_ROLE_ARN env var is set."
)


def load(search: Search, profile: str) -> Credentials | None:
    """Reads the role and the token file. It sends no request to STS yet.

    Raises:
        InvalidConfigError: There is a token and no role.
    """
    path = _setting(search, profile, "web_identity_token_file")
    if not path:
        search.decline(METHOD, f"neither AWS_WEB_IDENTITY_TOKEN_FILE nor profile {profile!r} names a token file")
        return None
    arn = _setting(search, profile, "role_arn")
    if not arn:
        raise make("InvalidConfigError", error_msg=_NO_ROLE)
    from . import role
    from .refreshable import RefreshableCredentials

    name = role.session_name(_setting(search, profile, "role_session_name"))
    return RefreshableCredentials(WebIdentity(search, path, arn, name).fetch, METHOD)


def _setting(search: Search, profile: str, option: str) -> str | None:
    """Reads the environment, unless it does not count, and then the profile."""
    value = os.environ.get(_VARIABLES[option]) if search.reads_environment else None
    return string(search.section(profile), option, profile) if value is None else value


class WebIdentity:
    """One role, and the file of the token that asks for it."""

    def __init__(self, search: Search, path: str, arn: str, name: str) -> None:
        self._search = search
        self._path = path
        self._arn = arn
        self._name = name

    def fetch(self) -> FrozenCredentials:
        """Reads the token, which other programs renew, and asks STS.

        Raises:
            OSError: The token cannot be read.
            ClientError: STS refuses.
            Exception: STS cannot be reached.
        """
        from . import requests, role, sts

        parameters = {"role_arn": self._arn, "role_session_name": self._name, "web_identity_token": self._token()}
        network = sts.network(self._search)
        role.check(self._search.sources, parameters)
        return requests.assume_role_with_web_identity(network=network, **parameters)

    def _token(self) -> str:
        try:
            with open(self._path) as file:  # noqa: PTH123 - pathlib is slow to import
                return file.read()
        except OSError as error:
            from .absent import annotate

            variable = _VARIABLES["web_identity_token_file"]
            annotate(error, f"This is the token file of {variable} or of web_identity_token_file in the profile.")
            raise
