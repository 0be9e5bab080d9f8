"""Finds the keys to sign with: the environment's, then the files', in boto3's order.

Sources that need a request or a program (roles, SSO, processes, containers) are recognised in
their place and refused by name: passing one over would sign with somebody else's keys.
"""

from __future__ import annotations

import os

from . import exceptions
from ._configfile import read_ini
from ._sources import config_path, credentials_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._configfile import Section
    from ._sources import Sources

#: The older name of a session token comes first.
_TOKEN_VARIABLES = ("AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN")
_TOKEN_OPTIONS = ("aws_security_token", "aws_session_token")
_CONTAINER_VARIABLES = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")


class Credentials:
    """An access key, its secret and the token of a session, in the shape of botocore's class.

    It prints its access key and nothing more, and refuses to be pickled: no secret gets into a
    file or another process by accident.
    """

    def __init__(
        self,
        access_key: str,
        secret_key: str,
        token: str | None = None,
        method: str | None = None,
        account_id: str | None = None,
    ) -> None:
        self.access_key = access_key
        self.secret_key = secret_key
        self.token = token
        #: Which source they came from, in botocore's words.
        self.method = "explicit" if method is None else method
        self.account_id = account_id

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the keys as they are now."""
        return ReadOnlyCredentials((self.access_key, self.secret_key, self.token, self.account_id))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(access_key={self.access_key!r}, method={self.method!r})"

    def __reduce__(self) -> str:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it holds a secret key")


class ReadOnlyCredentials(tuple[str, str, "str | None", "str | None"]):
    """Access key, secret key, token and account, as a tuple with names; prints its access key only."""

    __slots__ = ()

    @property
    def access_key(self) -> str:
        """The access key."""
        return self[0]

    @property
    def secret_key(self) -> str:
        """The secret key."""
        return self[1]

    @property
    def token(self) -> str | None:
        """The session token, if the keys are those of a session."""
        return self[2]

    @property
    def account_id(self) -> str | None:
        """The account, if it is known."""
        return self[3]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(access_key={self.access_key!r})"

    def __reduce__(self) -> str:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it holds a secret key")


def load(sources: Sources) -> Credentials | None:
    """Asks each source in turn; `None` where none has anything.

    Raises:
        PartialCredentialsError: A source has an access key without its secret.
        CredentialRetrievalError: A source comes next that is not read here.
    """
    if sources.profile is None:
        # A profile that was asked for by name beats the environment; AWS_PROFILE does not.
        found = _environment()
        if found is not None:
            return found
    profile = sources.profile_name or "default"
    section = sources.files.profiles.get(profile, {})
    if "role_arn" in section and "web_identity_token_file" not in section:
        raise _refusal("assume-role", f"role_arn in profile {profile!r}")
    if section.get("web_identity_token_file") or _has_identity_token(sources):
        raise _refusal("assume-role-with-web-identity", "a web identity token file")
    if "sso_role_name" in section or "sso_account_id" in section:
        raise _refusal("sso", f"single sign-on in profile {profile!r}")
    found = _pick("shared-credentials-file", read_ini(credentials_path()), profile)
    if found is not None:
        return found
    if "login_session" in section:
        raise _refusal("login", f"login_session in profile {profile!r}")
    if "credential_process" in section:
        raise _refusal("custom-process", f"credential_process in profile {profile!r}")
    found = _config_file(profile) or _ec2_file() or _boto2_file()
    if found is None and any(variable in os.environ for variable in _CONTAINER_VARIABLES):
        raise _refusal("container-role", "the container's environment")
    return found


def check_sso_session(sources: Sources) -> None:
    """Refuses a profile whose `sso_session` leads nowhere; boto3 asks this for every client.

    Raises:
        InvalidConfigError: The section is missing, or lacks what a session needs.
    """
    profile = sources.profile_name or "default"
    section = sources.files.profiles.get(profile, {})
    if "sso_session" not in section:
        return
    start = f'The profile "{profile}" is configured to use the SSO token provider but '
    name = section["sso_session"]
    session = sources.files.sso_sessions.get(str(name))
    if not session:
        text = f'{start}the "{name}" sso_session configuration does not exist.'
        raise exceptions.make("InvalidConfigError", error_msg=text)
    missing = [option for option in ("sso_start_url", "sso_region") if option not in session]
    if missing:
        text = f"{start}is missing the following configuration: {missing}."
        raise exceptions.make("InvalidConfigError", error_msg=text)


def _environment() -> Credentials | None:
    environ = os.environ
    access_key = environ.get("AWS_ACCESS_KEY_ID")
    if not access_key:
        return None
    secret_key = environ.get("AWS_SECRET_ACCESS_KEY")
    if not secret_key:
        raise exceptions.make("PartialCredentialsError", provider="env", cred_var="AWS_SECRET_ACCESS_KEY")
    token = next((value for name in _TOKEN_VARIABLES if (value := environ.get(name))), None)
    if expiry := environ.get("AWS_CREDENTIAL_EXPIRATION"):
        _check_expiry(expiry)
    return Credentials(access_key, secret_key, token, "env", environ.get("AWS_ACCOUNT_ID") or None)


def _check_expiry(text: str) -> None:
    """Refuses keys of the environment that are no longer valid, in botocore's words."""
    from datetime import datetime, timezone

    try:
        expiry = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise ValueError(f"AWS_CREDENTIAL_EXPIRATION is not a timestamp: {text}") from error
    if expiry.tzinfo is None:
        expiry = expiry.replace(tzinfo=timezone.utc)
    if expiry <= datetime.now(timezone.utc):
        raise RuntimeError("Credentials were refreshed, but the refreshed credentials are still expired.")


def _has_identity_token(sources: Sources) -> bool:
    # Like the keys of the environment, its token counts only where no profile was asked for.
    return sources.profile is None and bool(os.environ.get("AWS_WEB_IDENTITY_TOKEN_FILE"))


def _config_file(profile: str) -> Credentials | None:
    from ._configfile import ConfigFiles

    # Read again, because the profiles of a session hold the keys of both files.
    files = ConfigFiles()
    files.add_config(config_path())
    return _pick("config-file", files.profiles, profile)


def _ec2_file() -> Credentials | None:
    """Reads the file of the oldest EC2 tools, one `name=value` a line."""
    if "AWS_CREDENTIAL_FILE" not in os.environ:
        return None
    path = os.path.expanduser(os.environ["AWS_CREDENTIAL_FILE"])  # noqa: PTH111 - pathlib is slow to import
    try:
        with open(path) as file:  # noqa: PTH123 - the same
            lines = file.read().splitlines()
    except OSError:
        raise exceptions.make("ConfigNotFound", path=path) from None
    pairs = dict(line.split("=", 1) for line in lines if "=" in line)
    keys: Section = {name.strip(): value.strip() for name, value in pairs.items()}
    return _read("ec2-credentials-file", keys, ("AWSAccessKeyId", "AWSSecretKey"))


def _boto2_file() -> Credentials | None:
    """Reads the config file of boto's first version."""
    named = os.environ.get("BOTO_CONFIG")
    for path in ("/etc/boto.cfg", "~/.boto") if named is None else (named,):
        found = _pick("boto-config", read_ini(path), "Credentials", tokens=())
        if found is not None:
            return found
    return None


def _pick(
    provider: str, sections: Mapping[str, Section] | None, name: str, *, tokens: Sequence[str] = _TOKEN_OPTIONS
) -> Credentials | None:
    keys = (sections or {}).get(name, {})
    return _read(provider, keys, ("aws_access_key_id", "aws_secret_access_key"), tokens)


def _read(provider: str, section: Section, options: tuple[str, str], tokens: Sequence[str] = ()) -> Credentials | None:
    access_option, secret_option = options
    if access_option not in section:
        return None
    if secret_option not in section:
        raise exceptions.make("PartialCredentialsError", provider=provider, cred_var=secret_option)
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
    return exceptions.make(
        "CredentialRetrievalError",
        provider=provider,
        error_msg=(
            f"{cause} is configured, which presigned does not read yet. Give it keys instead, for example those of "
            "boto3.Session().get_credentials().get_frozen_credentials(), as aws_access_key_id, "
            "aws_secret_access_key and aws_session_token"
        ),
    )
