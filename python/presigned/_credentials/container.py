"""Asks the agent beside a container for the task's credentials, as on ECS, EKS Pod Identity and Greengrass."""

from __future__ import annotations

import os

from presigned import _core
from presigned._errors import make

from .absent import annotate
from .offload import offload
from .refreshable import RefreshableCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from presigned._core import FrozenCredentials
    from presigned._network import RequestError

    from . import Credentials
    from .chain import Search

METHOD = "container-role"

_RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
_FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
_TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN"  # noqa: S105 - a variable's name
_TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"  # noqa: S105 - the same

#: The host for a relative URI.
AGENT = "http://169.254.170.2"
#: Seconds to wait for a connection, and then for an answer.
TIMEOUT = 2.0
#: The number of attempts, and the seconds between them.
ATTEMPTS, PAUSE = 3, 1.0


def load(_: Search, __: str) -> Credentials | None:
    """Asks once now, and again before the credentials expire.

    Raises:
        CredentialRetrievalError: The agent has no credentials to give.
        SSLError: Its certificate does not match.
        OSError: The file of the authorization token cannot be read.
        ValueError: The token cannot be sent in a header, or the URL must not be asked.
    """
    relative = os.environ.get(_RELATIVE)
    # As in botocore, the URL stays the same, and the token is read again each time.
    url = os.environ[_FULL] if relative is None else AGENT + relative
    variable = _FULL if relative is None else _RELATIVE

    def fetch() -> FrozenCredentials:
        try:
            return _asked(url)
        except Exception as error:
            annotate(error, f"This was {variable}: {url}")
            raise

    return RefreshableCredentials(fetch, METHOD, fetch())


def _asked(url: str) -> FrozenCredentials:
    from presigned import _network

    try:
        answer = offload(
            _network.container_credentials,
            full_uri=url,
            authorization_token=_authorization(),
            connect_timeout=TIMEOUT,
            read_timeout=TIMEOUT,
            attempts=ATTEMPTS,
            pause=PAUSE,
        )
    except _network.RequestError as error:
        raise _error_of(error) from None
    return _core.FrozenCredentials(*answer)


def _authorization() -> str | None:
    """Reads the authorization token for the agent, from the file if there is one."""
    path = os.environ.get(_TOKEN_FILE)
    if path is None:
        token, variable = os.environ.get(_TOKEN), _TOKEN
    else:
        variable = _TOKEN_FILE
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib is slow to import
            token = file.read()
    if token is not None and ("\r" in token or "\n" in token):
        error = ValueError("Auth token value is not a legal header value")
        annotate(error, f"{variable} must be one line, without a line break at its end.")
        raise error
    return token


def _error_of(error: RequestError) -> Exception:
    """Makes boto3's exception, to the letter where it has one."""
    if error.kind == "setting":
        return ValueError(error.message)
    if error.kind == "service":
        message = f"Received non 200 response {error.status} from container metadata: {error.message}"
    elif error.kind == "response":
        message = error.message
    else:
        from . import requests

        cause = requests.raised("container credentials", error)
        if error.kind == "tls":
            return cause
        message = f"Received error when attempting to retrieve container metadata: {cause}"
    retrieval = make("MetadataRetrievalError", error_msg=message)
    return make("CredentialRetrievalError", provider=METHOD, error_msg=str(retrieval))
