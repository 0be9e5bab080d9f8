"""The exceptions of this package, which are also botocore's wherever botocore is installed.

Each name here is botocore's own class, where botocore is installed: looking one up imports `botocore.exceptions`, which
takes 15 ms. What presigned raises is a subclass of it, whether botocore was imported before that or after it:
`except botocore.exceptions.NoCredentialsError` and `except presigned.exceptions.NoCredentialsError` catch the same
errors, whichever library raised them. Without botocore, each name is a class of presigned's with botocore's name,
attributes and message. Raising an error never imports botocore. The tree is drawn in `_errors.classes`.
"""

from __future__ import annotations

import sys

from . import _errors
from ._errors import make as make
from ._errors import restore as restore  # what pickles name
from ._errors.link_warnings import EarlyExpiryWarning as EarlyExpiryWarning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._errors.classes import BaseEndpointResolverError as BaseEndpointResolverError
    from ._errors.classes import BotoCoreError as BotoCoreError
    from ._errors.classes import ClientError as ClientError
    from ._errors.classes import ConfigNotFound as ConfigNotFound
    from ._errors.classes import ConfigParseError as ConfigParseError
    from ._errors.classes import CredentialRetrievalError as CredentialRetrievalError
    from ._errors.classes import DataNotFoundError as DataNotFoundError
    from ._errors.classes import EndpointProviderError as EndpointProviderError
    from ._errors.classes import EndpointResolutionError as EndpointResolutionError
    from ._errors.classes import EndpointVariantError as EndpointVariantError
    from ._errors.classes import InfiniteLoopConfigError as InfiniteLoopConfigError
    from ._errors.classes import InvalidChecksumConfigError as InvalidChecksumConfigError
    from ._errors.classes import InvalidConfigError as InvalidConfigError
    from ._errors.classes import InvalidDefaultsMode as InvalidDefaultsMode
    from ._errors.classes import InvalidHostLabelError as InvalidHostLabelError
    from ._errors.classes import InvalidIMDSEndpointError as InvalidIMDSEndpointError
    from ._errors.classes import InvalidIMDSEndpointModeError as InvalidIMDSEndpointModeError
    from ._errors.classes import InvalidMaxRetryAttemptsError as InvalidMaxRetryAttemptsError
    from ._errors.classes import InvalidRegionError as InvalidRegionError
    from ._errors.classes import InvalidRetryConfigurationError as InvalidRetryConfigurationError
    from ._errors.classes import InvalidRetryModeError as InvalidRetryModeError
    from ._errors.classes import InvalidS3AddressingStyleError as InvalidS3AddressingStyleError
    from ._errors.classes import (
        InvalidS3UsEast1RegionalEndpointConfigError as InvalidS3UsEast1RegionalEndpointConfigError,
    )
    from ._errors.classes import InvalidSTSRegionalEndpointsConfigError as InvalidSTSRegionalEndpointsConfigError
    from ._errors.classes import MissingDependencyException as MissingDependencyException
    from ._errors.classes import NoCredentialsError as NoCredentialsError
    from ._errors.classes import NoRegionError as NoRegionError
    from ._errors.classes import ParamValidationError as ParamValidationError
    from ._errors.classes import PartialCredentialsError as PartialCredentialsError
    from ._errors.classes import ProfileNotFound as ProfileNotFound
    from ._errors.classes import UnknownClientMethodError as UnknownClientMethodError
    from ._errors.classes import UnknownRegionError as UnknownRegionError
    from ._errors.classes import UnknownServiceError as UnknownServiceError
    from ._errors.classes import UnknownSignatureVersionError as UnknownSignatureVersionError
    from ._errors.classes import (
        UnsupportedS3AccesspointConfigurationError as UnsupportedS3AccesspointConfigurationError,
    )
    from ._errors.classes import UnsupportedS3ConfigurationError as UnsupportedS3ConfigurationError
    from ._errors.classes import UnsupportedSignatureVersionError as UnsupportedSignatureVersionError
    from ._errors.classes import ValidationError as ValidationError
    from ._errors.fetch import ConnectionClosedError as ConnectionClosedError
    from ._errors.fetch import ConnectionError as ConnectionError  # noqa: A004 - botocore's name
    from ._errors.fetch import ConnectTimeoutError as ConnectTimeoutError
    from ._errors.fetch import EndpointConnectionError as EndpointConnectionError
    from ._errors.fetch import HTTPClientError as HTTPClientError
    from ._errors.fetch import LoginError as LoginError
    from ._errors.fetch import LoginInsufficientPermissions as LoginInsufficientPermissions
    from ._errors.fetch import LoginRefreshRequired as LoginRefreshRequired
    from ._errors.fetch import LoginTokenLoadError as LoginTokenLoadError
    from ._errors.fetch import MetadataRetrievalError as MetadataRetrievalError
    from ._errors.fetch import ReadTimeoutError as ReadTimeoutError
    from ._errors.fetch import RefreshWithMFAUnsupportedError as RefreshWithMFAUnsupportedError
    from ._errors.fetch import SSLError as SSLError
    from ._errors.fetch import SSOError as SSOError
    from ._errors.fetch import SSOTokenLoadError as SSOTokenLoadError
    from ._errors.fetch import TokenRetrievalError as TokenRetrievalError
    from ._errors.fetch import UnauthorizedSSOTokenError as UnauthorizedSSOTokenError
    from ._errors.fetch import UnknownCredentialError as UnknownCredentialError


def __getattr__(name: str) -> type[Exception]:
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = _errors.find(name)
    if found is None and name[:1].isupper():
        # Only requests raise it, and boto3 sends those.
        found = _of_boto3(name)
    if found is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return found


def _of_boto3(name: str) -> type[Exception] | None:
    from ._boto3.loader import load

    try:
        load()
    except ImportError:
        return None
    return _errors.theirs(name, sys.modules.get("botocore.exceptions"))
