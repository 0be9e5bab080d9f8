"""Finds keys in the shared files and the older ones, in boto3's order.

Sources that need a request or a program (roles, SSO, processes, containers) are recognised in
their place and refused by name: passing one over would sign with somebody else's keys.
"""

from __future__ import annotations

import os

import presigned

from ._credentials import Credentials
from ._sources import Files, config_path, credentials_path, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._sources import Section, Sources

_TOKENS = ("aws_security_token", "aws_session_token")
_CONTAINER = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")


def load(sources: Sources) -> Credentials | None:
    """Asks each source that comes after the environment; `None` where none has anything.

    Raises:
        PartialCredentialsError: A source has an access key without its secret.
        CredentialRetrievalError: A source comes next that is not read here.
    """
    profile = sources.profile_name or "default"
    section = sources.files.profiles.get(profile, {})
    if "role_arn" in section and "web_identity_token_file" not in section:
        raise _refusal("assume-role", f"role_arn in profile {profile!r}")
    if section.get("web_identity_token_file") or _has_identity_token(sources):
        raise _refusal("assume-role-with-web-identity", "a web identity token file")
    if "sso_role_name" in section or "sso_account_id" in section:
        raise _refusal("sso", f"single sign-on in profile {profile!r}")
    found = _pick("shared-credentials-file", _sections(credentials_path()), profile)
    if found is not None:
        return found
    if "login_session" in section:
        raise _refusal("login", f"login_session in profile {profile!r}")
    if "credential_process" in section:
        raise _refusal("custom-process", f"credential_process in profile {profile!r}")
    found = _config_file(profile) or _ec2_file() or _boto2_file()
    if found is None and any(variable in os.environ for variable in _CONTAINER):
        raise _refusal("container-role", "the container's environment")
    return found


def check_sso_session(sources: Sources) -> None:
    """Refuses an `sso_session` that leads nowhere; boto3 asks this for every client of such a profile.

    Raises:
        InvalidConfigError: The section is missing, or lacks what a session needs.
    """
    profile = sources.profile_name or "default"
    section = sources.files.profiles.get(profile, {})
    start = f'The profile "{profile}" is configured to use the SSO token provider but '
    name = section["sso_session"]
    session = sources.files.sso_sessions.get(str(name))
    if not session:
        text = f'{start}the "{name}" sso_session configuration does not exist.'
        raise presigned.exceptions.make("InvalidConfigError", error_msg=text)
    missing = [option for option in ("sso_start_url", "sso_region") if option not in session]
    if missing:
        text = f"{start}is missing the following configuration: {missing}."
        raise presigned.exceptions.make("InvalidConfigError", error_msg=text)


def _has_identity_token(sources: Sources) -> bool:
    # Like the keys of the environment, its token counts only where no profile was asked for.
    return sources.profile is None and bool(os.environ.get("AWS_WEB_IDENTITY_TOKEN_FILE"))


def _config_file(profile: str) -> Credentials | None:
    path = find(config_path())
    if path is None:
        return None
    from ._configfile import add_config

    # Read again, because the profiles of a session hold the keys of both files.
    files = Files()
    add_config(files, path)
    return _pick("config-file", files.profiles, profile)


def _sections(path: str) -> dict[str, Section]:
    found = find(path)
    if found is None:
        return {}
    from ._configfile import read_ini

    return read_ini(found)


def _ec2_file() -> Credentials | None:
    """Reads the file of the oldest EC2 tools, one `name=value` a line."""
    if "AWS_CREDENTIAL_FILE" not in os.environ:
        return None
    path = os.path.expanduser(os.environ["AWS_CREDENTIAL_FILE"])  # noqa: PTH111 - pathlib is slow to import
    try:
        with open(path) as file:  # noqa: PTH123 - the same
            lines = file.read().splitlines()
    except OSError:
        raise presigned.exceptions.make("ConfigNotFound", path=path) from None
    pairs = dict(line.split("=", 1) for line in lines if "=" in line)
    keys: Section = {name.strip(): value.strip() for name, value in pairs.items()}
    return _read("ec2-credentials-file", keys, ("AWSAccessKeyId", "AWSSecretKey"))


def _boto2_file() -> Credentials | None:
    """Reads the config file of boto's first version."""
    named = os.environ.get("BOTO_CONFIG")
    for path in ("/etc/boto.cfg", "~/.boto") if named is None else (named,):
        found = _pick("boto-config", _sections(path), "Credentials", tokens=())
        if found is not None:
            return found
    return None


def _pick(
    provider: str, sections: Mapping[str, Section], name: str, *, tokens: Sequence[str] = _TOKENS
) -> Credentials | None:
    keys = sections.get(name, {})
    return _read(provider, keys, ("aws_access_key_id", "aws_secret_access_key"), tokens)


def _read(provider: str, section: Section, options: tuple[str, str], tokens: Sequence[str] = ()) -> Credentials | None:
    access_option, secret_option = options
    if access_option not in section:
        return None
    if secret_option not in section:
        raise presigned.exceptions.make("PartialCredentialsError", provider=provider, cred_var=secret_option)
    token = next((section[name] for name in tokens if name in section), None)
    account = section.get("aws_account_id") if tokens else None
    texts = (section[access_option], section[secret_option])
    return Credentials(
        str(texts[0]),
        str(texts[1]),
        None if token is None else str(token),
        provider,
        None if account is None else str(account),
    )


def _refusal(provider: str, cause: str) -> Exception:
    return presigned.exceptions.make(
        "CredentialRetrievalError",
        provider=provider,
        error_msg=(
            f"{cause} is configured, which presigned does not read yet. Give it keys instead, for example those of "
            "boto3.Session().get_credentials().get_frozen_credentials(), as aws_access_key_id, "
            "aws_secret_access_key and aws_session_token"
        ),
    )
