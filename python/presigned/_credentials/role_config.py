"""Reads from a profile which role to assume and whose credentials ask for it."""

from __future__ import annotations

from presigned._errors import make
from presigned._settings.sources import string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from presigned._settings.sources import Section

    from .chain import Search

METHOD = "assume-role"


class RoleConfig:
    """The settings of one role."""

    __slots__ = (
        "credential_source",
        "duration_seconds",
        "external_id",
        "mfa_serial",
        "profile",
        "role_arn",
        "role_session_name",
        "source_profile",
    )

    def __init__(self, profile: str, section: Section) -> None:
        self.profile = profile
        self.role_arn = string(section, "role_arn", profile) or ""
        self.source_profile = string(section, "source_profile", profile)
        self.credential_source = string(section, "credential_source", profile)
        self.role_session_name = string(section, "role_session_name", profile)
        self.external_id = string(section, "external_id", profile)
        self.mfa_serial = string(section, "mfa_serial", profile)
        self.duration_seconds = _whole(string(section, "duration_seconds", profile))


def read(search: Search, profile: str, visited: list[str]) -> RoleConfig:
    """Reads the role of a profile, and checks that it names a source of credentials.

    Args:
        search: The session.
        profile: The profile.
        visited: The profiles of the chain so far; this one is the last.

    Raises:
        InvalidConfigError: It names two sources, or one that does not exist.
        PartialCredentialsError: It names no source.
        InfiniteLoopConfigError: Its source leads back to it.
    """
    config = RoleConfig(profile, search.section(profile))
    if config.credential_source is not None and config.source_profile is not None:
        raise _invalid(f'The profile "{profile}" contains both source_profile and credential_source.')
    if config.credential_source is not None:
        if not search.has_source(config.credential_source):
            raise _invalid(
                f'The credential source "{config.credential_source}" referenced in profile "{profile}" is not valid.'
            )
    elif config.source_profile is not None:
        _check_source(search, config, config.source_profile, visited)
    else:
        raise make("PartialCredentialsError", provider=METHOD, cred_var="source_profile or credential_source")
    return config


def _check_source(search: Search, config: RoleConfig, source: str, visited: list[str]) -> None:
    if source not in search.sources.files.profiles:
        raise _invalid(f'The source_profile "{source}" referenced in the profile "{config.profile}" does not exist.')
    if source not in visited:
        return
    # A profile may have credentials, and a role that they assume: then it is its own source.
    if source != config.profile or not has_keys(search.section(source)):
        raise make("InfiniteLoopConfigError", source_profile=source, visited_profiles=visited)


def has_keys(section: Section) -> bool:
    """Whether a profile contains an access key or a secret key."""
    return "aws_secret_access_key" in section or "aws_access_key_id" in section


def has_role(section: Section) -> bool:
    """Whether a profile assumes a role with other credentials. With a web identity it needs none."""
    return "role_arn" in section and "web_identity_token_file" not in section


def _whole(value: str | None) -> int | None:
    """Reads a number of seconds; as in boto3, anything else counts as not given."""
    try:
        return None if value is None else int(value)
    except ValueError:
        return None


def _invalid(problem: str) -> Exception:
    return make("InvalidConfigError", error_msg=problem)
