"""The native module that asks AWS for credentials that expire. It is loaded only when some must be fetched."""
# ruff: noqa: PYI021 - the stub is the module's manual

from typing import Literal, Protocol, TypeAlias, type_check_only

from typing_extensions import TypedDict

__all__ = [
    "RequestError",
    "assume_role",
    "assume_role_with_web_identity",
    "container_credentials",
    "create_session",
    "login_create_token",
    "metadata_credentials",
    "sso_create_token",
    "sso_role_credentials",
]

class RequestError(Exception):
    """A service was asked for credentials, and none came back. Holds no secret."""

    kind: Literal["service", "connect", "connect_timeout", "read_timeout", "closed", "tls", "response", "setting"]
    """What went wrong: the service refused, could not be reached, was silent, made no sense, or could not be asked."""
    code: str | None
    """The service's name for its error."""
    message: str
    """The service's message, or presigned's if there is none."""
    reason: str | None
    """The OAuth error of a console sign-in, such as `TOKEN_EXPIRED`."""
    status: int | None
    """The status of the answer, if there was one."""
    request_id: str | None
    """The service's id of the request."""
    endpoint: str | None
    """The URL that was asked."""
    attempts: int
    """How often it was asked, where that is counted."""

@type_check_only
class _Network(TypedDict):
    """How to reach a service: its region, or a URL instead of AWS's own; times in seconds; attempts in all."""

    region: str | None
    endpoint_url: str | None
    use_fips: bool
    use_dualstack: bool
    connect_timeout: float
    read_timeout: float
    attempts: int
    ca_bundle: str | None

@type_check_only
class _Source(Protocol):
    """The credentials that ask for others."""

    @property
    def access_key(self) -> str: ...
    @property
    def secret_key(self) -> str: ...
    @property
    def token(self) -> str | None: ...

#: Access key, secret key, session token, account, and when they end, in seconds since 1970: the arguments of
#: `presigned._core.FrozenCredentials`.
_FrozenParts: TypeAlias = tuple[str, str, str | None, str | None, float | None]

# All functions below block only this thread, and Ctrl-C still works. They raise RequestError.

def assume_role(
    *,
    source: _Source,
    role_arn: str,
    role_session_name: str,
    duration_seconds: int | None = None,
    external_id: str | None = None,
    serial_number: str | None = None,
    token_code: str | None = None,
    network: _Network,
) -> _FrozenParts:
    """Assumes a role with other credentials, by `AssumeRole` of STS."""

def assume_role_with_web_identity(
    *, role_arn: str, role_session_name: str, web_identity_token: str, network: _Network
) -> _FrozenParts:
    """Assumes a role with an identity provider's token, by `AssumeRoleWithWebIdentity` of STS."""

def sso_role_credentials(*, role_name: str, account_id: str, access_token: str, network: _Network) -> _FrozenParts:
    """Exchanges a sign-in at IAM Identity Center for a role's credentials."""

def sso_create_token(
    *, client_id: str, client_secret: str, refresh_token: str, network: _Network
) -> tuple[str, int, str | None]:
    """Renews a sign-in at IAM Identity Center: the access token, its lifetime in seconds, the next refresh token."""

def login_create_token(
    *, client_id: str, refresh_token: str, dpop_key: str, network: _Network
) -> tuple[str, str, str, int, str]:
    """Renews a console sign-in: access key, secret key, session token, lifetime in seconds, next refresh token."""

def container_credentials(
    *,
    full_uri: str,
    authorization_token: str | None = None,
    connect_timeout: float = 2.0,
    read_timeout: float = 2.0,
    attempts: int = 3,
    pause: float = 1.0,
) -> _FrozenParts:
    """Asks the container's agent, at `full_uri`, for the task's credentials."""

def create_session(*, url: str, headers: list[tuple[str, str]], network: _Network) -> _FrozenParts:
    """Opens a session with a directory bucket, by a request that is signed already."""

def metadata_credentials(
    *,
    endpoint: str | None = None,
    endpoint_mode: str | None = None,
    timeout: float = 1.0,
    attempts: int = 1,
    version_1: bool = False,
) -> _FrozenParts:
    """Asks an EC2 instance's metadata service for the credentials of the instance's role."""
