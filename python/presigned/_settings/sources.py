"""Looks up one setting at a time: in the session, then in the environment, then in the files."""

from __future__ import annotations

import os

from presigned._errors import make

from . import config_path, credentials_path, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeAlias

    from .config import Config

#: One section: each option is a string, or a table if the file indents one below it.
Section: TypeAlias = dict[str, str | dict[str, str]]

#: Name in the `s3` section -> name in the profile itself, environment variable, whether it is true or false.
_S3: dict[str, tuple[str | None, str | None, bool]] = {
    "addressing_style": (None, None, False),
    "use_accelerate_endpoint": (None, None, True),
    "use_dualstack_endpoint": (None, None, True),
    "payload_signing_enabled": (None, None, True),
    "use_arn_region": ("s3_use_arn_region", "AWS_S3_USE_ARN_REGION", True),
    "us_east_1_regional_endpoint": ("s3_us_east_1_regional_endpoint", "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", False),
    "s3_disable_multiregion_access_points": (None, "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", True),
}


class Files:
    """The content of the config file and the credentials file."""

    __slots__ = ("profiles", "services", "sso_sessions")

    def __init__(self) -> None:
        self.profiles: dict[str, Section] = {}
        self.sso_sessions: dict[str, Section] = {}
        self.services: dict[str, Section] = {}


class Sources:
    """The sources of one session's settings.

    The environment is read at every look-up, the files once.
    """

    __slots__ = ("_files", "environ", "profile", "region")

    def __init__(self, profile: str | None = None, region: str | None = None) -> None:
        #: The environment variables to read.
        self.environ: Mapping[str, str] = os.environ
        #: The profile that the session was given, not one from the environment.
        self.profile = profile
        #: The region that the session was given.
        self.region = region
        self._files: Files | None = None

    @classmethod
    def without_files(cls, region: str | None = None) -> Sources:
        """Sources with the environment only."""
        sources = cls(None, region)
        sources._files = Files()
        return sources

    @classmethod
    def of_nothing(cls) -> Sources:
        """Empty sources, which set nothing."""
        sources = cls.without_files()
        sources.environ = {}
        return sources

    @property
    def files(self) -> Files:
        """The config file and the credentials file.

        Raises:
            ConfigParseError: One of them is not an INI file.
        """
        if self._files is None:
            files = Files()
            path = find(config_path())
            if path is not None:
                from .config_file import add_config

                add_config(files, path)
            # As in botocore, a credentials file that cannot be read is reported once, then ignored.
            self._files = files
            path = find(credentials_path())
            if path is not None:
                from .config_file import add_credentials

                add_credentials(files, path)
        return self._files

    @property
    def profile_name(self) -> str | None:
        """The profile in use, or `None` if none is named."""
        if self.profile is not None:
            return self.profile
        # boto3's order: the older name has precedence.
        return self.environ.get("AWS_DEFAULT_PROFILE", self.environ.get("AWS_PROFILE"))

    @property
    def section(self) -> Section:
        """The options of the profile in use.

        Raises:
            ProfileNotFound: A profile was named that neither file has.
            ConfigParseError: One of the files is not an INI file.
        """
        name = self.profile_name
        profiles = self.files.profiles
        if name is None:
            return profiles.get("default", {})
        if name not in profiles:
            raise make("ProfileNotFound", profile=name)
        return profiles[name]

    def get(self, option: str, variable: str | None = None) -> str | dict[str, str] | None:
        """Looks a setting up. Its environment variable is `AWS_` and its name, unless given."""
        value = self.environ.get(variable or "AWS_" + option.upper())
        return self.section.get(option) if value is None else value

    def flag(self, option: str) -> bool | None:
        """Looks up a setting that is true or false; `None` if nothing sets it."""
        value = self.get(option)
        return None if value is None else truth(value)

    def s3(self) -> dict[str, Any] | None:
        """The `s3` table of the profile, overridden by the environment; `None` if nothing sets it."""
        profile = self.section
        section: Any = profile.get("s3")
        if not isinstance(section, dict | None):
            return None
        for name, (own_name, variable, is_flag) in _S3.items():
            value: object = self.environ.get(variable) if variable else None
            if value is None and own_name:
                value = profile.get(own_name)
            if value is None and section is not None:
                value = section.get(name)
            if value is not None:
                section = {} if section is None else section
                # It is stored in the profile itself, as in boto3: a later client of the session reads "TRUE" as true.
                section[name] = truth(value) if is_flag else value
        return section  # type: ignore[no-any-return] # tables hold anything

    def api_versions(self) -> Any:
        """The `api_versions` table of the profile."""
        return self.section.get("api_versions", {})

    def model_version(self) -> str | None:
        """The version of the model that the profile asks for.

        Raises:
            InvalidConfigError: `api_versions` is not a table.
        """
        versions = self.api_versions()
        if not isinstance(versions, dict):
            message = (
                f'The "api_versions" setting of the profile must be a table, indented below its name, not {versions!r}'
            )
            raise make("InvalidConfigError", error_msg=message)
        version: str | None = versions.get("s3")
        return version

    def endpoint_url(self) -> str | None:
        """An endpoint that a program has set in the session. Only botocore's sessions have one."""
        return None

    def with_defaults(self, config: Config | None) -> Config | None:
        """Merges a caller's options over the session's. Only botocore's sessions have any."""
        return config

    def region_name(self) -> str | None:
        """The region in use, or `None`.

        `AWS_REGION`, which boto3 ignores, is read if nothing else names a region.
        """
        if self.region is not None:
            return self.region
        # A table in place of a region is refused by the check of the name.
        region = self.get("region", "AWS_DEFAULT_REGION")
        if region is not None:
            return region if isinstance(region, str) else str(region)
        return self.environ.get("AWS_REGION") or None


def truth(value: object) -> bool:
    """Reads a setting as botocore reads it: of all strings, only `true` is true."""
    if isinstance(value, str):
        return value.lower() == "true"
    return value is True


def string(section: Section, option: str, profile: str) -> str | None:
    """Reads an option that is a string, or `None`.

    Raises:
        InvalidConfigError: The file indents a table below it.
    """
    value = section.get(option)
    if isinstance(value, dict):
        problem = f'The "{option}" setting of the profile "{profile}" must be a string on its own line, not a table'
        raise make("InvalidConfigError", error_msg=problem)
    return value
