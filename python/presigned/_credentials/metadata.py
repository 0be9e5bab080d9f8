"""Asks the metadata service of an EC2 instance for the credentials of the instance's role."""

from __future__ import annotations

import logging

from presigned import _core
from presigned._errors import make

from .absent import annotate
from .metadata_settings import MetadataSettings
from .offload import offload
from .refreshable import ADVISORY, RefreshableCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from presigned._core import FrozenCredentials
    from presigned._network import RequestError

    from . import Credentials
    from .chain import Search

logger = logging.getLogger(__name__)

METHOD = "iam-role"

_TOKEN_PATH = "/latest/api/token"  # noqa: S105 - a path
_ROLE_PATH = "/latest/meta-data/iam/security-credentials/"
#: How long expired credentials stay in use if the service has no newer ones: until the next attempt, after
#: 2 to 10 minutes. The time is random, so that instances do not all ask at once.
_EXTENSIONS = (ADVISORY + 2 * 60, ADVISORY + 10 * 60)


def load(search: Search, _: str) -> Credentials | None:
    """Asks once now, and again before the credentials expire.

    Raises:
        MetadataRetrievalError: The service gives no token, and must not be asked without one.
        HTTPClientError: The time-out is not above zero.
        InvalidIMDSEndpointError, InvalidIMDSEndpointModeError: The endpoint or its mode is not valid.
        ValueError: The time-out or the number of attempts is not a whole number.
    """
    service = Service(MetadataSettings(search.sources))
    try:
        credentials = service.asked()
    except Nothing as nothing:
        search.decline(METHOD, str(nothing))
        return None
    return RefreshableCredentials(service.fetch, METHOD, credentials)


class Nothing(Exception):
    """The service has no credentials; the message says why."""


class Service:
    """The metadata service.

    Args:
        settings: Its address, and how to ask it.
    """

    def __init__(self, settings: MetadataSettings) -> None:
        self._settings = settings

    def fetch(self) -> FrozenCredentials:
        """Asks for new credentials, for a refresh.

        Raises:
            CredentialRetrievalError: The service has no credentials.
            MetadataRetrievalError: The service gives no token, and must not be asked without one.
        """
        try:
            return self.asked()
        except Nothing as nothing:
            message = "Credential refresh failed, response did not contain: access_key, secret_key, token, expiry_time"
            error = make("CredentialRetrievalError", provider=METHOD, error_msg=message)
            annotate(error, str(nothing))
            raise error from None

    def asked(self) -> FrozenCredentials:
        """Asks for credentials.

        Raises:
            Nothing: There are none.
            MetadataRetrievalError: The service gives no token, and must not be asked without one.
        """
        settings = self._settings
        if settings.is_off:
            raise Nothing("AWS_EC2_METADATA_DISABLED is true")
        if settings.attempts < 1:
            raise Nothing(f"metadata_service_num_attempts is {settings.attempts}")
        if settings.timeout <= 0:
            message = (
                f"Attempted to set connect timeout to {settings.timeout}, but the timeout cannot be set to a value "
                "less than or equal to 0."
            )
            raise make("HTTPClientError", error=message)
        from presigned import _network

        try:
            answer = offload(
                _network.metadata_credentials,
                endpoint=settings.endpoint,
                endpoint_mode=settings.mode,
                timeout=float(settings.timeout),
                attempts=settings.attempts,
                version_1=not settings.needs_token,
            )
        except _network.RequestError as error:
            raise self._error_of(error) from None
        return _extended(_core.FrozenCredentials(*answer))

    def _error_of(self, error: RequestError) -> Exception:
        endpoint = error.endpoint or ""
        if error.kind == "setting":
            return make("InvalidIMDSEndpointError", endpoint=self._settings.endpoint)
        if self._settings.needs_token and error.status != 400 and endpoint.endswith(_TOKEN_PATH):  # noqa: PLR2004 - Bad Request
            message = "Unable to retrieve token for use in IMDSv2 call and IMDSv1 has been disabled"
            retrieval = make("MetadataRetrievalError", error_msg=message)
            annotate(retrieval, str(error))
            return retrieval
        why = str(error)
        if error.status == 401:  # noqa: PLR2004 - Unauthorized
            why += ": it requires a token but gave none; in a container, the instance's hop limit must be 2"
        elif error.status == 404 and endpoint.endswith(_ROLE_PATH):  # noqa: PLR2004 - Not Found
            why += ": the instance has no role"
        return Nothing(why)


def _extended(credentials: FrozenCredentials) -> FrozenCredentials:
    """Extends expired credentials: AWS accepts them while its metadata services are in trouble.

    botocore also moves the expiry of credentials that have not expired.
    """
    if credentials.expiry is None or credentials.expiry > _core.now():
        return credentials
    import random

    lifetime = random.randint(*_EXTENSIONS)  # noqa: S311 - no secret
    logger.info(
        "The metadata service returned expired credentials. They stay in use, and it is asked again in %.0f minutes.",
        (lifetime - ADVISORY) / 60,
    )
    return _core.FrozenCredentials(
        credentials.access_key,
        credentials.secret_key,
        credentials.token,
        credentials.account_id,
        _core.now() + lifetime,
    )
