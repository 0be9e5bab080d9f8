"""Reads the sign-in that `aws login` stores. It contains credentials, and is renewed before they expire."""

from __future__ import annotations

import os

from presigned import _core
from presigned._errors import make

from .absent import annotate
from .offload import offload
from .refreshable import RefreshableCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._core import FrozenCredentials
    from presigned._network import RequestError

    from . import Credentials
    from .chain import Search

METHOD = "login"

_OPTION = "login_session"
#: How many seconds before its credentials expire a sign-in is renewed. If another program renewed it
#: before, the file has the new credentials.
_WINDOW = 5 * 60
_NEEDED = ("accessToken", "refreshToken", "dpopKey", "clientId")
#: The fields of the access token.
_KEYS = ("accessKeyId", "secretAccessKey", "sessionToken", "accountId", "expiresAt")
#: The service's reason for a refusal -> the exception that boto3 raises.
_REFUSALS = {
    "TOKEN_EXPIRED": "LoginRefreshRequired",
    "USER_CREDENTIALS_CHANGED": "LoginRefreshRequired",
    "INSUFFICIENT_PERMISSIONS": "LoginInsufficientPermissions",
}
_STRANGE_ANSWER = (
    "Unable to refresh access token due to an invalid service response. Please try running 'aws login' again. "
    "If the issue persists, there may be a temporary signin service problem."
)


def load(search: Search, profile: str) -> Credentials | None:
    """Reads the credentials of the sign-in. If they have expired, it is renewed when they are first needed.

    Raises:
        LoginTokenLoadError: There is no sign-in on this machine.
    """
    sign_in = SignIn(search, profile)
    return RefreshableCredentials(sign_in.fetch, METHOD, sign_in.credentials())


class SignIn:
    """One sign-in, in the file where the AWS CLI leaves it."""

    def __init__(self, search: Search, profile: str) -> None:
        from hashlib import sha256

        self._search = search
        self._profile = profile
        self._session = str(search.section(profile)[_OPTION])
        directory = os.path.expandvars(os.environ.get("AWS_LOGIN_CACHE_DIRECTORY", "~/.aws/login/cache"))
        name = sha256(self._session.encode()).hexdigest() + ".json"
        self._path = os.path.join(os.path.expanduser(directory), name)  # noqa: PTH111, PTH118 - pathlib is slow to import

    def credentials(self) -> FrozenCredentials:
        """Reads the credentials, even if they have expired.

        Raises:
            LoginTokenLoadError: The file is missing, or lacks something.
        """
        return self._credentials_of(self._token())

    def fetch(self) -> FrozenCredentials:
        """Returns fresh credentials: those of the file, or of the renewed sign-in.

        Raises:
            LoginTokenLoadError: The file is missing, or lacks something.
            LoginRefreshRequired: The sign-in has ended.
            LoginInsufficientPermissions: The user may not renew the sign-in.
            LoginError: It is refused for another reason.
            ClientError: The service cannot renew it.
            Exception: The service cannot be reached.
        """
        token = self._token()
        credentials = self._credentials_of(token)
        if credentials.expiry is not None and credentials.expiry - _core.now() > _WINDOW:
            return credentials
        token = self._renewed(token)
        from .token_file import replace

        replace(self._path, token)
        return self._credentials_of(token)

    def _token(self) -> dict[str, Any]:
        from .token_file import read

        found, token = read(self._path)
        if token is None:
            error = self._unusable(
                f"Unable to load a existing login session for session {self._session}. "
                "Please reauthenticate with 'aws login'."
            )
            annotate(error, f"{self._path} {'is not JSON' if found else 'does not exist'}.")
            raise error
        if not isinstance(token, dict):
            token = {}
        credentials = token.get("accessToken")
        credentials = credentials if isinstance(credentials, dict) else {}
        missing = [name for name in _NEEDED if name not in token]
        missing = missing or [f"accessToken.{name}" for name in _KEYS if name not in credentials]
        if missing:
            message = f"Failed to load access token from token cache, missing required fields: {', '.join(missing)}."
            raise self._unusable(message)
        strings = [token[name] for name in _NEEDED[1:]] + [credentials[name] for name in _KEYS if name != "accountId"]
        if not all(isinstance(value, str) for value in strings):
            raise self._unusable("Failed to load access token from token cache, a field is not a string.")
        return token

    def _credentials_of(self, token: dict[str, Any]) -> FrozenCredentials:
        from .expiry import seconds

        values = token["accessToken"]
        try:
            expiry = seconds(values["expiresAt"])
        except ValueError as error:
            raise self._unusable(f"Failed to load access token from token cache: {error}.") from None
        account = values["accountId"]
        return _core.FrozenCredentials(
            values["accessKeyId"],
            values["secretAccessKey"],
            values["sessionToken"],
            None if account is None else str(account),
            expiry,
        )

    def _renewed(self, token: dict[str, Any]) -> dict[str, Any]:
        """The file's content, with the values that the service has renewed."""
        from . import sts
        from .token_file import instant

        # Sign-ins of older versions of the CLI do not say where they were made.
        network = sts.network(self._search, "signin", token.get("signInRegion") or None)
        if network["region"] is None:
            raise make("NoRegionError")
        arguments: dict[str, Any] = {
            "client_id": token["clientId"],
            "refresh_token": token["refreshToken"],
            "dpop_key": token["dpopKey"],
            "network": network,
        }
        from presigned import _network

        try:
            renewed = offload(_network.login_create_token, **arguments)
        except _network.RequestError as error:
            raise self._refused(error) from None
        access_key, secret_key, session_token, lifetime, refresh_token = renewed
        credentials = {
            "accessKeyId": access_key,
            "secretAccessKey": secret_key,
            "sessionToken": session_token,
            "accountId": token["accessToken"]["accountId"],
            "expiresAt": instant(_core.now() + lifetime),
        }
        return {**token, "accessToken": credentials, "refreshToken": refresh_token}

    def _refused(self, error: RequestError) -> Exception:
        if error.kind == "setting" and error.endpoint is None:
            return self._unusable("Unable to load private key from cached token.")
        if error.kind == "response":
            refusal = self._unusable(_STRANGE_ANSWER)
        elif error.code == "AccessDeniedException":
            refusal = self._advised(make(_REFUSALS.get(error.reason or "", "LoginError")))
        else:
            from . import requests

            return requests.raised("CreateOAuth2Token", error)
        annotate(refusal, str(error))
        return refusal

    def _unusable(self, message: str) -> Exception:
        return self._advised(make("LoginTokenLoadError", error_msg=message))

    def _advised(self, error: Exception) -> Exception:
        """Returns the command to run."""
        import shlex

        option = "" if self._profile == "default" else f" --profile {shlex.quote(self._profile)}"
        annotate(error, f"Sign in again: aws login{option}")
        return error
