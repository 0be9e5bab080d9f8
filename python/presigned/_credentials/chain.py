"""Asks every source of credentials in boto3's order, and remembers why each had none.

docs/CREDENTIALS.md lists the sources and what each reads.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from presigned._settings.sources import Section, Sources

    from . import Credentials

    #: Returns the credentials of a profile, or notes why there are none and returns `None`.
    _Provider: TypeAlias = Callable[["Search", str], Credentials | None]


def _log(message: str, *arguments: str | None) -> None:
    """Logs at level DEBUG. If the program has not imported `logging`, which takes 3 ms, nobody can see the line."""
    if "logging" in sys.modules:
        import logging

        logging.getLogger(__name__).debug(message, *arguments)


class Search:
    """One search through the sources.

    Args:
        sources: The session's settings.
        region: The region of the client that asks: roles are assumed there.
    """

    def __init__(self, sources: Sources, region: str | None = None) -> None:
        self.sources = sources
        self.region = region
        self.profile = sources.profile_name or "default"
        #: A profile that was given by name has precedence over the environment; AWS_PROFILE does not.
        self.reads_environment = sources.profile is None
        #: (source, why it had no credentials), in the order asked.
        self.declined: list[tuple[str, str]] = []

    def find(self) -> Credentials | None:
        """Returns the credentials of the first source that has any.

        Raises:
            PartialCredentialsError: A source has an access key without its secret.
            CredentialRetrievalError: A source is configured, and has no credentials to give.
            InvalidConfigError: A source is configured wrongly.
            InvalidIMDSEndpointError, InvalidIMDSEndpointModeError, ValueError: The settings of the
                metadata service are refused, whichever source has the credentials.
        """
        from .metadata_settings import MetadataSettings

        # As in botocore, before the first source is asked.
        MetadataSettings(self.sources)
        try:
            found = self.first([*_before(), *_of_profile(), *_after()], self.profile)
        except Exception as error:
            self.annotate(error)
            raise
        if found is not None:
            # For the error of a later fetch.
            found.annotate = self.annotate
        return found

    def annotate(self, error: Exception) -> None:
        """Adds to the error of a source a note about the sources that were asked before it."""
        from .absent import annotate, listed

        if self.declined:
            annotate(error, listed("Sources that were asked before it and had no credentials:", self.declined))

    def first(self, providers: Sequence[_Provider], profile: str) -> Credentials | None:
        """Asks some of the sources."""
        for provider in providers:
            found = provider(self, profile)
            if found is not None:
                _log("Found credentials via: %s", found.method)
                return found
        return None

    def of_profile(self, profile: str) -> Credentials | None:
        """Asks the sources that a profile can name."""
        return self.first(_of_profile(), profile)

    def in_files(self) -> Search:
        """Makes a separate search, for a profile that another one names. The environment is not read for it."""
        search = Search(self.sources, self.region)
        search.reads_environment = False
        return search

    def has_source(self, name: str) -> bool:
        """Whether this is a valid `credential_source` of a role."""
        return name in _NAMED

    def named(self, name: str, profile: str) -> Credentials | None:
        """Asks the source that a role's `credential_source` names."""
        return _NAMED[name](self, profile)

    def decline(self, method: str, why: str) -> None:
        """Records why a source has no credentials. If no source has any, the error lists the reasons."""
        _log("No credentials via %s: %s", method, why)
        self.declined.append((method, why))

    def section(self, profile: str) -> Section:
        """The options of a profile in the files; none if they do not have the profile."""
        return self.sources.files.profiles.get(profile, {})


def _of_profile() -> list[_Provider]:
    """The sources that a profile can name, in boto3's order."""
    from . import files

    return [_web_identity, _sso, files.shared, _login, _process, files.config]


def _before() -> list[_Provider]:
    return [_environment, _assume_role]


def _after() -> list[_Provider]:
    from . import files

    return [files.ec2, files.boto2, _container, _metadata]


# The functions below check whether a source is configured. The code that asks a source is in its own file,
# which is imported only then.


def _environment(search: Search, profile: str) -> Credentials | None:
    if not search.reads_environment:
        search.decline("env", "skipped, because the session was given a profile by name")
        return None
    return _variables(search, profile)


def _variables(search: Search, _: str) -> Credentials | None:
    from .environment import of_environment

    found = of_environment()
    if found is None:
        search.decline("env", "AWS_ACCESS_KEY_ID is not set")
    return found


def _assume_role(search: Search, profile: str) -> Credentials | None:
    section = search.section(profile)
    # A web identity assumes a role, too: the next source handles it.
    if "role_arn" not in section or "web_identity_token_file" in section:
        search.decline("assume-role", f"profile {profile!r} has no role_arn")
        return None
    from . import assume_role

    return assume_role.load(search, profile)


def _web_identity(search: Search, profile: str) -> Credentials | None:
    from . import web_identity

    return web_identity.load(search, profile)


def _sso(search: Search, profile: str) -> Credentials | None:
    section = search.section(profile)
    if "sso_role_name" not in section and "sso_account_id" not in section:
        search.decline("sso", f"profile {profile!r} has no sso_account_id and sso_role_name")
        return None
    from . import sso

    return sso.load(search, profile)


def _login(search: Search, profile: str) -> Credentials | None:
    if "login_session" not in search.section(profile):
        search.decline("login", f"profile {profile!r} has no login_session")
        return None
    from . import login

    return login.load(search, profile)


def _process(search: Search, profile: str) -> Credentials | None:
    if "credential_process" not in search.section(profile):
        search.decline("custom-process", f"profile {profile!r} has no credential_process")
        return None
    from . import process

    return process.load(search, profile)


def _container(search: Search, profile: str) -> Credentials | None:
    variables = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")
    if not any(variable in os.environ for variable in variables):
        search.decline("container-role", f"{' and '.join(variables)} are not set")
        return None
    from . import container

    return container.load(search, profile)


def _metadata(search: Search, profile: str) -> Credentials | None:
    from . import metadata

    return metadata.load(search, profile)


#: The valid values of a role's `credential_source`, spelt exactly so.
_NAMED: dict[str, _Provider] = {
    "Environment": _variables,
    "EcsContainer": _container,
    "Ec2InstanceMetadata": _metadata,
}
