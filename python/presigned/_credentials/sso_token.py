"""Reads the tokens of `aws sso login` from the AWS CLI's cache, and renews those that can be renewed."""

from __future__ import annotations

import logging
import os

from presigned._errors import make

from . import token_file
from .absent import annotate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .chain import Search

logger = logging.getLogger(__name__)

#: How many seconds before its expiry a token is renewed.
_WINDOW = 15 * 60
#: The other fields that are needed to renew a token.
_REGISTRATION = ("refreshToken", "clientId", "clientSecret", "registrationExpiresAt")
_DIRECTORY = "~/.aws/sso/cache"


class SsoToken:
    """The token of one sign-in.

    Args:
        search: The session.
        profile: The profile, for the command that an error recommends.
        start_url: The URL of the sign-in portal.
        region: The portal's region.
        session: The name of its `sso-session` section. Without one, the token cannot be renewed.
    """

    def __init__(self, search: Search, profile: str, start_url: str, region: str, session: str | None) -> None:
        self._search = search
        self._profile = profile
        self._start_url = start_url
        self._region = region
        self._session = session

    def current(self) -> str:
        """Returns a token that works.

        Raises:
            SSOTokenLoadError: There is none on this machine.
            UnauthorizedSSOTokenError: It has expired, and cannot be renewed.
            TokenRetrievalError: It has expired, and its renewal failed.
        """
        from presigned import _core

        token = self._load()
        left = self._end(token) - _core.now()
        if self._session is None:
            if left <= 0:
                raise self.error("UnauthorizedSSOTokenError")
            return str(token["accessToken"])
        if left < _WINDOW:
            renewed = self._renewed(token)
            if renewed is not None:
                token = renewed
                token_file.replace(self._path(), token)
                left = self._end(token) - _core.now()
        if left <= 0:
            raise self.error("TokenRetrievalError", provider="sso", error_msg="Token has expired and refresh failed")
        return str(token["accessToken"])

    def error(self, name: str, **kwargs: object) -> Exception:
        """Makes an error that names the command to run."""
        import shlex

        error = make(name, **kwargs)
        option = "" if self._profile == "default" else f" --profile {shlex.quote(self._profile)}"
        annotate(error, f"Sign in again: aws sso login{option}")
        return error

    def _load(self) -> dict[str, Any]:
        exists, token = token_file.read(self._path())
        if not exists:
            name = self._start_url if self._session is None else self._session
            raise self.error("SSOTokenLoadError", error_msg=f"Token for {name} does not exist")
        if not isinstance(token, dict) or not all(
            isinstance(token.get(key), str) for key in ("accessToken", "expiresAt")
        ):
            raise self._invalid()
        return token

    def _end(self, token: dict[str, Any], key: str = "expiresAt") -> float:
        from .expiry import seconds

        try:
            return seconds(token[key])
        except ValueError:
            raise self._invalid() from None

    def _invalid(self) -> Exception:
        return self.error("SSOTokenLoadError", error_msg=f"Token for {self._start_url} is invalid")

    def _renewed(self, token: dict[str, Any]) -> dict[str, Any] | None:
        """Asks for a new token; `None` if the service gives none, so that the old one is used."""
        from presigned import _core
        from presigned._errors.classes import ClientError

        from . import requests, sts

        missing = [key for key in _REGISTRATION if key not in token]
        if missing:
            logger.info("Unable to refresh SSO token: missing keys: %s", missing)
            return None
        if not all(isinstance(token[key], str) for key in _REGISTRATION):
            raise self._invalid()
        if self._end(token, "registrationExpiresAt") <= _core.now():
            logger.info("SSO token registration expired at %s", token["registrationExpiresAt"])
            return None
        network = sts.network(self._search, "sso-oidc", self._region)
        try:
            access_token, lifetime, refresh_token = requests.sso_create_token(
                client_id=token["clientId"],
                client_secret=token["clientSecret"],
                refresh_token=token["refreshToken"],
                network=network,
            )
        except ClientError:
            logger.warning("SSO token refresh attempt failed", exc_info=True)
            return None
        logger.info("SSO Token refresh succeeded")
        renewed = {
            "startUrl": self._start_url,
            "region": self._region,
            "accessToken": access_token,
            "expiresAt": token_file.instant(_core.now() + lifetime),
            "clientId": token["clientId"],
            "clientSecret": token["clientSecret"],
            "registrationExpiresAt": token["registrationExpiresAt"],
        }
        return renewed if refresh_token is None else {**renewed, "refreshToken": refresh_token}

    def _path(self) -> str:
        from hashlib import sha1

        name = self._start_url if self._session is None else self._session
        # The name of a file, which is not a secret.
        digest = sha1(name.encode(), usedforsecurity=False).hexdigest()
        return os.path.join(os.path.expanduser(_DIRECTORY), digest + ".json")  # noqa: PTH111, PTH118 - the same
