"""Sends requests for credentials by the native module, and raises their errors as boto3 would."""

from __future__ import annotations

from presigned import _network
from presigned._core import FrozenCredentials
from presigned._errors import make
from presigned._network import RequestError

from .absent import annotate
from .offload import offload

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    _T = TypeVar("_T")

#: The exceptions if no answer came; each takes the URL.
_CLASSES = {
    "connect": "EndpointConnectionError",
    "connect_timeout": "ConnectTimeoutError",
    "read_timeout": "ReadTimeoutError",
    "tls": "SSLError",
    "closed": "ConnectionClosedError",
}


def assume_role(**arguments: Any) -> FrozenCredentials:
    """Asks STS for the credentials of a role; the arguments are those of `_network.assume_role`.

    Raises:
        ClientError: STS refuses.
        EndpointConnectionError, ConnectTimeoutError, ReadTimeoutError, SSLError: STS does not answer.
    """
    return FrozenCredentials(*_sent("AssumeRole", _network.assume_role, arguments))


def assume_role_with_web_identity(**arguments: Any) -> FrozenCredentials:
    """Asks STS for the credentials of a role, for a token of an identity provider; raises as `assume_role`."""
    return FrozenCredentials(*_sent("AssumeRoleWithWebIdentity", _network.assume_role_with_web_identity, arguments))


def sso_role_credentials(**arguments: Any) -> FrozenCredentials:
    """Asks IAM Identity Center for the credentials of a role; raises as `assume_role`."""
    return FrozenCredentials(*_sent("GetRoleCredentials", _network.sso_role_credentials, arguments))


def sso_create_token(**arguments: Any) -> tuple[str, int, str | None]:
    """Asks IAM Identity Center for a new token. Returns it, its lifetime in seconds, and the next refresh token.

    Raises as `assume_role`.
    """
    return _sent("CreateToken", _network.sso_create_token, arguments)


def _sent(operation: str, send: Callable[..., _T], arguments: dict[str, Any]) -> _T:
    try:
        return offload(send, **arguments)
    except RequestError as error:
        raise raised(operation, error, arguments["network"]["attempts"]) from None


def raised(operation: str, error: RequestError, attempts: int = 0) -> Exception:
    """Makes boto3's exception of a request that failed.

    Args:
        operation: What was asked for.
        error: How it failed.
        attempts: The maximum number of attempts; 0 if it is not known.
    """
    if error.kind == "service":
        # boto3 adds this to any error of the last attempt, even if another attempt could not help.
        limit = {"MaxAttemptsReached": True} if 0 < attempts <= error.attempts else {}
        response = {
            "Error": {"Code": error.code or "Unknown", "Message": error.message or "Unknown"},
            "ResponseMetadata": {
                "RequestId": error.request_id,
                "HTTPStatusCode": error.status,
                "HTTPHeaders": {},
                "RetryAttempts": max(error.attempts - 1, 0),
                **limit,
            },
        }
        return make("ClientError", error_response=response, operation_name=operation)
    name = _CLASSES.get(error.kind, "HTTPClientError")
    made = make(name, endpoint_url=error.endpoint, error=error.message)
    annotate(made, f"This was {operation} at {error.endpoint}: {error.message}")
    return made
