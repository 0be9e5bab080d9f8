"""The exceptions of credentials that must be fetched, with botocore's names, parents and messages."""

from __future__ import annotations

from .classes import BotoCoreError


class _SystemRoot(OSError):
    """The second parent of the classes that are system errors in botocore; see `classes._Root`."""


class UnknownCredentialError(BotoCoreError):
    """A `credential_source` names no source of credentials."""

    fmt = "Credential named {name} not found."


class RefreshWithMFAUnsupportedError(BotoCoreError):
    """The credentials were fetched with an MFA code, which works only once."""

    fmt = "Cannot refresh credentials: MFA token required."


class MetadataRetrievalError(BotoCoreError):
    """A metadata endpoint did not give a usable answer."""

    fmt = "Error retrieving metadata: {error_msg}"


class TokenRetrievalError(BotoCoreError):
    """A token is configured, but could not be retrieved."""

    fmt = "Error when retrieving token from {provider}: {error_msg}"


class SSOError(BotoCoreError):
    """Single sign-on failed."""

    fmt = "An unspecified error happened when resolving AWS credentials or an access token from SSO."


class SSOTokenLoadError(SSOError):
    """There is no usable token of a single sign-on on this machine."""

    fmt = "Error loading SSO Token: {error_msg}"


class UnauthorizedSSOTokenError(SSOError):
    """The token of a single sign-on has expired, or was refused."""

    fmt = (
        "The SSO session associated with this profile has expired or is otherwise invalid. To refresh "
        "this SSO session run aws sso login with the corresponding profile."
    )


class LoginError(BotoCoreError):
    """A session of `aws login` failed."""

    fmt = "An unspecified error happened when resolving AWS credentials or refreshing a login session profile."


class LoginTokenLoadError(LoginError):
    """There is no usable session of `aws login` on this machine."""

    fmt = "Error loading login session token: {error_msg}"


class LoginRefreshRequired(LoginError):
    """The session of `aws login` has ended."""

    fmt = "Your session has expired or credentials have changed. Please reauthenticate using 'aws login'."


class LoginInsufficientPermissions(LoginError):
    """The user may not renew the session of `aws login`."""

    fmt = (
        "Unable to create or refresh login credentials due to insufficient permissions. You may be "
        "missing permission for the 'signin:CreateOAuth2Token' action."
    )


class ConnectionError(BotoCoreError):  # noqa: A001 - botocore's name
    """No connection could be made."""

    fmt = "An HTTP Client failed to establish a connection: {error}"


class EndpointConnectionError(ConnectionError):
    """Nothing answers at the endpoint."""

    fmt = 'Could not connect to the endpoint URL: "{endpoint_url}"'


class ConnectTimeoutError(ConnectionError, _SystemRoot):
    """Nothing answered at the endpoint in time."""

    fmt = 'Connect timeout on endpoint URL: "{endpoint_url}"'


class SSLError(ConnectionError, _SystemRoot):
    """The certificate of the endpoint is not trusted."""

    fmt = "SSL validation failed for {endpoint_url} {error}"


class HTTPClientError(BotoCoreError):
    """A request had no answer."""

    fmt = "An HTTP Client raised an unhandled exception: {error}"


class ConnectionClosedError(HTTPClientError):
    """The connection was closed before the answer."""

    fmt = 'Connection was closed before we received a valid response from endpoint URL: "{endpoint_url}".'


class ReadTimeoutError(HTTPClientError, _SystemRoot):
    """The answer did not come in time."""

    fmt = 'Read timeout on endpoint URL: "{endpoint_url}"'
