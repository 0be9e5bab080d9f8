"""Finds credentials in the shared files and in those of older tools."""

from __future__ import annotations

import os

from presigned._errors import make
from presigned._settings import config_path, credentials_path, find
from presigned._settings.sources import Files

from . import Credentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from presigned._settings.sources import Section

    from .chain import Search

_TOKENS = ("aws_security_token", "aws_session_token")
_OPTIONS = ("aws_access_key_id", "aws_secret_access_key")


def shared(search: Search, profile: str) -> Credentials | None:
    """Reads the credentials file."""
    path = credentials_path()
    return _pick(search, "shared-credentials-file", path, _sections(path), profile)


def config(search: Search, profile: str) -> Credentials | None:
    """Reads the config file alone; the profiles of a session hold the credentials of both files."""
    files, path = Files(), config_path()
    found = find(path)
    if found is not None:
        from presigned._settings.config_file import add_config

        add_config(files, found)
    return _pick(search, "config-file", path, files.profiles, profile)


def ec2(search: Search, _: str) -> Credentials | None:
    """Reads the file of the oldest EC2 tools, one `name=value` a line.

    Raises:
        ConfigNotFound: The file that the environment names does not exist.
    """
    if "AWS_CREDENTIAL_FILE" not in os.environ:
        search.decline("ec2-credentials-file", "AWS_CREDENTIAL_FILE is not set")
        return None
    path = os.path.expanduser(os.environ["AWS_CREDENTIAL_FILE"])  # noqa: PTH111 - pathlib is slow to import
    try:
        with open(path) as file:  # noqa: PTH123 - the same
            lines = file.read().splitlines()
    except OSError:
        raise make("ConfigNotFound", path=path) from None
    pairs = dict(line.split("=", 1) for line in lines if "=" in line)
    keys: Section = {name.strip(): value.strip() for name, value in pairs.items()}
    found = _read("ec2-credentials-file", keys, ("AWSAccessKeyId", "AWSSecretKey"))
    if found is None:
        search.decline("ec2-credentials-file", f"{path} has no AWSAccessKeyId")
    return found


def boto2(search: Search, _: str) -> Credentials | None:
    """Reads the config file of boto's first version."""
    named = os.environ.get("BOTO_CONFIG")
    paths = ("/etc/boto.cfg", "~/.boto") if named is None else (named,)
    for path in paths:
        found = _read("boto-config", _sections(path).get("Credentials", {}), _OPTIONS)
        if found is not None:
            return found
    search.decline("boto-config", f"no aws_access_key_id in {' and '.join(paths)}")
    return None


def _sections(path: str) -> dict[str, Section]:
    found = find(path)
    if found is None:
        return {}
    from presigned._settings.config_file import read_ini

    return read_ini(found)


def _pick(
    search: Search, provider: str, path: str, sections: Mapping[str, Section], profile: str
) -> Credentials | None:
    found = _read(provider, sections.get(profile, {}), _OPTIONS, _TOKENS)
    if found is None:
        search.decline(provider, f"no aws_access_key_id for profile {profile!r} in {path}")
    return found


def _read(provider: str, section: Section, options: tuple[str, str], tokens: Sequence[str] = ()) -> Credentials | None:
    access_option, secret_option = options
    if access_option not in section:
        return None
    if secret_option not in section:
        raise make("PartialCredentialsError", provider=provider, cred_var=secret_option)
    token = next((section[name] for name in tokens if name in section), None)
    account = section.get("aws_account_id") if tokens else None
    values = (section[access_option], section[secret_option])
    return Credentials(
        str(values[0]),
        str(values[1]),
        None if token is None else str(token),
        provider,
        None if account is None else str(account),
    )
