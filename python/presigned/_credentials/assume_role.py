"""Assumes the role of a profile, with the credentials of another profile or of a source that it names.

Those credentials may themselves be those of a role, and so on. Nothing is fetched before it is needed.
Then, and at each refresh, every link of such a chain is asked for its current credentials.
"""

from __future__ import annotations

from presigned import _core
from presigned._errors import make

from . import requests, role, role_config, sts
from .absent import annotate
from .refreshable import RefreshableCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._core import FrozenCredentials

    from . import Credentials
    from .chain import Search
    from .role_config import RoleConfig


def load(search: Search, profile: str) -> Credentials | None:
    """Reads the whole chain of a profile. It sends no request to STS yet.

    Raises:
        InvalidConfigError: A profile of the chain cannot be followed to credentials.
        InfiniteLoopConfigError: The chain leads back to one of its profiles.
        PartialCredentialsError: A profile has a role and no source of credentials, or only one of the two keys.
        CredentialRetrievalError: The source that a profile names has no credentials.
    """
    return _role(search, profile, [profile])


def _role(search: Search, profile: str, visited: list[str]) -> RefreshableCredentials:
    config = role_config.read(search, profile, visited)
    if config.credential_source is not None:
        source = _named(search, config.credential_source, profile)
    else:
        source_profile = str(config.source_profile)
        visited.append(source_profile)
        source = _of_profile(search, source_profile, visited)
    return RefreshableCredentials(Role(search, config, source).fetch, role_config.METHOD)


def _named(search: Search, name: str, profile: str) -> Credentials:
    found = search.named(name, profile)
    if found is None:
        message = f"No credentials found in credential_source referenced in profile {profile}"
        error = make("CredentialRetrievalError", provider=name, error_msg=message)
        annotate(error, "It said: " + search.declined[-1][1])
        raise error
    return found


def _of_profile(search: Search, profile: str, visited: list[str]) -> Credentials:
    section = search.section(profile)
    if role_config.has_role(section) and not role_config.has_keys(section):
        return _role(search, profile, visited)
    inner = search.in_files()
    found = inner.of_profile(profile)
    if found is None:
        message = f'The source profile "{profile}" must have credentials.'
        error = make("InvalidConfigError", error_msg=message)
        annotate(error, "\n".join(["Asked:", *(f"  {method}: {why}" for method, why in inner.declined)]))
        raise error
    return found


class Role:
    """One role, and the credentials that ask for it."""

    def __init__(self, search: Search, config: RoleConfig, source: Credentials) -> None:
        self._search = search
        self._source = source
        self._parameters: dict[str, Any] = {
            "role_arn": config.role_arn,
            "role_session_name": role.session_name(config.role_session_name),
            "duration_seconds": config.duration_seconds,
            "external_id": config.external_id,
            "serial_number": config.mfa_serial,
        }
        self._code_is_used = False

    def fetch(self) -> FrozenCredentials:
        """Asks STS.

        Raises:
            RefreshWithMFAUnsupportedError: It would need another code of the MFA device.
            ClientError: STS refuses.
            Exception: The source has no credentials, or STS cannot be reached.
        """
        parameters = dict(self._parameters)
        serial = parameters["serial_number"]
        if serial is not None:
            parameters["token_code"] = self._ask_for_code(serial)
        source = _core.FrozenCredentials(*self._source.get_frozen_credentials())
        network = sts.network(self._search, signs=True)
        role.check(self._search.sources, parameters)
        return requests.assume_role(source=source, network=network, **parameters)

    def _ask_for_code(self, serial: str) -> str:
        if self._code_is_used:
            error = make("RefreshWithMFAUnsupportedError")
            annotate(error, f"A code of {serial} works for one set of credentials: a new session asks for another.")
            raise error
        self._code_is_used = True
        from getpass import getpass

        return getpass(f"Enter MFA code for {serial}: ")
