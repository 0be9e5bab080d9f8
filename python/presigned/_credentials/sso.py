"""Exchanges the token of `aws sso login` at IAM Identity Center for the credentials of a role."""

from __future__ import annotations

from presigned._errors import make
from presigned._settings.sources import string
from presigned._settings.sso_session import check_session

from .refreshable import RefreshableCredentials
from .sso_token import SsoToken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from presigned._core import FrozenCredentials
    from presigned._settings.sources import Section

    from . import Credentials
    from .chain import Search

METHOD = "sso"

_NEEDED = ("sso_role_name", "sso_account_id", "sso_start_url", "sso_region")


def load(search: Search, profile: str) -> Credentials | None:
    """Reads the role and its account. It sends no request yet.

    Raises:
        InvalidConfigError: Something is missing, or the profile and its `sso-session` contradict each other.
    """
    return RefreshableCredentials(SsoRole(search, profile).fetch, METHOD)


class SsoRole:
    """One role, and the sign-in that may have its credentials."""

    def __init__(self, search: Search, profile: str) -> None:
        section = _merged(search, profile)
        self._session = string(section, "sso_session", profile)
        missing = [option for option in _NEEDED if option not in section]
        if missing:
            raise _invalid(
                f'The profile "{profile}" is configured to use SSO but is missing required configuration: '
                + ", ".join(missing)
            )
        values = [str(string(section, option, profile)) for option in _NEEDED]
        self._role_name, self._account_id, start_url, self._region = values
        self._search = search
        self._profile = profile
        self._token = SsoToken(search, profile, start_url, self._region, self._session)

    def fetch(self) -> FrozenCredentials:
        """Asks for the role's credentials.

        Raises:
            SSOTokenLoadError: There is no sign-in on this machine.
            UnauthorizedSSOTokenError: The sign-in has ended, or is refused.
            TokenRetrievalError: The sign-in has ended, and could not be renewed.
            ClientError: The signed-in user has no such role.
            Exception: The service cannot be reached.
        """
        from presigned import _core
        from presigned._errors.classes import ClientError

        from . import requests, sts

        network = sts.network(self._search, "sso", self._region)
        if self._session is not None:
            check_session(self._search.sources, self._profile)
        token = self._token.current()
        try:
            credentials = requests.sso_role_credentials(
                role_name=self._role_name, account_id=self._account_id, access_token=token, network=network
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "UnauthorizedException":
                raise self._token.error("UnauthorizedSSOTokenError") from error
            raise
        # As in boto3, the account is the configured one, and the expiry is a whole second.
        expiry = None if credentials.expiry is None else float(int(credentials.expiry))
        return _core.FrozenCredentials(
            credentials.access_key, credentials.secret_key, credentials.token, self._account_id, expiry
        )


def _merged(search: Search, profile: str) -> Section:
    """Adds the options of the profile's `sso-session`. The two must not contradict each other."""
    section = dict(search.section(profile))
    name = string(section, "sso_session", profile)
    if name is None:
        return section
    sessions = search.sources.files.sso_sessions
    if name not in sessions:
        raise _invalid(f'The specified sso-session does not exist: "{name}"')
    for option, value in sessions[name].items():
        own = section.setdefault(option, value)
        if own != value:
            raise _invalid(f"The value for {option} is inconsistent between profile ({own}) and sso-session ({value}).")
    return section


def _invalid(problem: str) -> Exception:
    return make("InvalidConfigError", error_msg=problem)
