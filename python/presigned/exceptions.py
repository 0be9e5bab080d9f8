"""The exceptions of this package, which are also botocore's wherever botocore is installed.

Each name here is botocore's own class, where botocore is installed: looking one up imports `botocore.exceptions`, which
takes 15 ms. What presigned raises is a subclass of it, whether botocore was imported before that or after it:
`except botocore.exceptions.NoCredentialsError` and `except presigned.exceptions.NoCredentialsError` catch the same
errors, whoever raised them. Without botocore, each name is a class of presigned's with botocore's name, attributes and
text. Raising an error never imports botocore. The tree is drawn in `_errors`.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._errors import (
        BaseEndpointResolverError as BaseEndpointResolverError,
    )
    from ._errors import (
        BotoCoreError as BotoCoreError,
    )
    from ._errors import (
        ClientError as ClientError,
    )
    from ._errors import (
        ConfigNotFound as ConfigNotFound,
    )
    from ._errors import (
        ConfigParseError as ConfigParseError,
    )
    from ._errors import (
        CredentialRetrievalError as CredentialRetrievalError,
    )
    from ._errors import (
        DataNotFoundError as DataNotFoundError,
    )
    from ._errors import (
        EndpointProviderError as EndpointProviderError,
    )
    from ._errors import (
        EndpointResolutionError as EndpointResolutionError,
    )
    from ._errors import (
        EndpointVariantError as EndpointVariantError,
    )
    from ._errors import (
        InfiniteLoopConfigError as InfiniteLoopConfigError,
    )
    from ._errors import (
        InvalidChecksumConfigError as InvalidChecksumConfigError,
    )
    from ._errors import (
        InvalidConfigError as InvalidConfigError,
    )
    from ._errors import (
        InvalidDefaultsMode as InvalidDefaultsMode,
    )
    from ._errors import (
        InvalidHostLabelError as InvalidHostLabelError,
    )
    from ._errors import (
        InvalidIMDSEndpointError as InvalidIMDSEndpointError,
    )
    from ._errors import (
        InvalidIMDSEndpointModeError as InvalidIMDSEndpointModeError,
    )
    from ._errors import (
        InvalidMaxRetryAttemptsError as InvalidMaxRetryAttemptsError,
    )
    from ._errors import (
        InvalidRegionError as InvalidRegionError,
    )
    from ._errors import (
        InvalidRetryConfigurationError as InvalidRetryConfigurationError,
    )
    from ._errors import (
        InvalidRetryModeError as InvalidRetryModeError,
    )
    from ._errors import (
        InvalidS3AddressingStyleError as InvalidS3AddressingStyleError,
    )
    from ._errors import (
        InvalidS3UsEast1RegionalEndpointConfigError as InvalidS3UsEast1RegionalEndpointConfigError,
    )
    from ._errors import (
        InvalidSTSRegionalEndpointsConfigError as InvalidSTSRegionalEndpointsConfigError,
    )
    from ._errors import (
        MissingDependencyException as MissingDependencyException,
    )
    from ._errors import (
        NoCredentialsError as NoCredentialsError,
    )
    from ._errors import (
        NoRegionError as NoRegionError,
    )
    from ._errors import (
        ParamValidationError as ParamValidationError,
    )
    from ._errors import (
        PartialCredentialsError as PartialCredentialsError,
    )
    from ._errors import (
        ProfileNotFound as ProfileNotFound,
    )
    from ._errors import (
        UnknownClientMethodError as UnknownClientMethodError,
    )
    from ._errors import (
        UnknownRegionError as UnknownRegionError,
    )
    from ._errors import (
        UnknownServiceError as UnknownServiceError,
    )
    from ._errors import (
        UnknownSignatureVersionError as UnknownSignatureVersionError,
    )
    from ._errors import (
        UnsupportedS3AccesspointConfigurationError as UnsupportedS3AccesspointConfigurationError,
    )
    from ._errors import (
        UnsupportedS3ConfigurationError as UnsupportedS3ConfigurationError,
    )
    from ._errors import (
        UnsupportedSignatureVersionError as UnsupportedSignatureVersionError,
    )
    from ._errors import (
        ValidationError as ValidationError,
    )
    from ._fetch_errors import (
        ConnectionClosedError as ConnectionClosedError,
    )
    from ._fetch_errors import (
        ConnectionError as ConnectionError,  # noqa: A004 - botocore's name
    )
    from ._fetch_errors import (
        ConnectTimeoutError as ConnectTimeoutError,
    )
    from ._fetch_errors import (
        EndpointConnectionError as EndpointConnectionError,
    )
    from ._fetch_errors import (
        HTTPClientError as HTTPClientError,
    )
    from ._fetch_errors import (
        LoginError as LoginError,
    )
    from ._fetch_errors import (
        LoginInsufficientPermissions as LoginInsufficientPermissions,
    )
    from ._fetch_errors import (
        LoginRefreshRequired as LoginRefreshRequired,
    )
    from ._fetch_errors import (
        LoginTokenLoadError as LoginTokenLoadError,
    )
    from ._fetch_errors import (
        MetadataRetrievalError as MetadataRetrievalError,
    )
    from ._fetch_errors import (
        ReadTimeoutError as ReadTimeoutError,
    )
    from ._fetch_errors import (
        RefreshWithMFAUnsupportedError as RefreshWithMFAUnsupportedError,
    )
    from ._fetch_errors import (
        SSLError as SSLError,
    )
    from ._fetch_errors import (
        SSOError as SSOError,
    )
    from ._fetch_errors import (
        SSOTokenLoadError as SSOTokenLoadError,
    )
    from ._fetch_errors import (
        TokenRetrievalError as TokenRetrievalError,
    )
    from ._fetch_errors import (
        UnauthorizedSSOTokenError as UnauthorizedSSOTokenError,
    )
    from ._fetch_errors import (
        UnknownCredentialError as UnknownCredentialError,
    )

#: The module of botocore's that the classes here are joined with, and one of those of each module of ours.
_joined_with: Any = None
#: Whether botocore was looked for in vain.
_is_missing = False


def _ours(name: str) -> type[Exception] | None:
    from . import _errors

    found = getattr(_errors, name, None)
    if found is None:
        from . import _fetch_errors

        found = vars(_fetch_errors).get(name)
    return found if isinstance(found, type) and issubclass(found, Exception) else None


def _botocores() -> Any:
    """The module of botocore's exceptions, imported where it is installed; `None` where it is not."""
    global _is_missing  # noqa: PLW0603 - one for the process, as what is installed
    module = sys.modules.get("botocore.exceptions")
    # While another thread imports it, it has not all its classes: the import waits for that.
    is_ready = module is not None and not getattr(module.__spec__, "_initializing", False)
    if not is_ready and not _is_missing:
        try:
            __import__("botocore.exceptions")
        except ImportError:
            _is_missing = True
    return sys.modules.get("botocore.exceptions")


def _theirs(name: str, botocores: Any) -> type[Exception] | None:
    """Finds the class in the AWS packages that are loaded; in a half-imported one it may be missing."""
    boto3s = sys.modules.get("boto3.exceptions")
    if boto3s is sys.modules[__name__]:
        # presigned stands in boto3's place.
        boto3s = getattr(getattr(sys.modules.get("presigned._boto3"), "loaded", None), "exceptions", None)
    for module in (botocores, boto3s):
        found = getattr(module, name, None)
        if isinstance(found, type) and issubclass(found, Exception):
            return found
    return None


def _join(botocores: Any, *, is_whole: bool = False) -> None:
    """Makes each class of ours a child of botocore's, those of errors that were raised already too."""
    global _joined_with  # noqa: PLW0603 - as above
    if botocores is None:
        return
    from . import _errors, _fetch_errors

    # A program may load any of them anew.
    joined = botocores, _errors.BotoCoreError, _fetch_errors.ConnectionError
    if joined == _joined_with:
        return
    for module in (_errors, _fetch_errors):
        for kind in [*vars(module).values()]:
            if isinstance(kind, type) and issubclass(kind, _errors.BotoCoreError | _errors.ClientError):
                _add_parent(kind, _theirs(kind.__name__, botocores))
    # A module that is being imported has more classes later.
    spec = getattr(botocores, "__spec__", None)
    if is_whole or not getattr(spec, "_initializing", False):
        _joined_with = joined


def _add_parent(kind: type, theirs: type | None) -> None:
    if theirs is None or theirs in kind.__mro__ or kind in theirs.__mro__:
        return
    ours = [parent for parent in kind.__bases__ if parent.__module__.startswith(__package__)]
    others = [parent for parent in kind.__bases__ if parent not in ours]
    kind.__bases__ = (*ours, theirs, *others)


def join(botocores: Any) -> None:
    """Joins the classes with those of botocore, which has just been imported: an error may be on its way already."""
    if "presigned._errors" in sys.modules:
        _join(botocores, is_whole=True)


def make(name: str, /, **kwargs: object) -> Exception:
    """Makes the exception `name` for its caller to raise.

    Args:
        name: A name of this module.
        **kwargs: What its text is filled in from.
    """
    ours = _ours(name)
    if ours is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    _join(sys.modules.get("botocore.exceptions"))
    return ours(**kwargs)


def _of_boto3(name: str) -> type[Exception] | None:
    from ._boto3 import load

    try:
        load()
    except ImportError:
        return None
    return _theirs(name, sys.modules.get("botocore.exceptions"))


def restore(name: str, kwargs: dict[str, object]) -> Exception:
    """Makes an exception again from its pickle."""
    return make(name, **kwargs)


def __getattr__(name: str) -> type[Exception]:
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    botocores = _botocores()
    _join(botocores)
    found = _theirs(name, botocores) or _ours(name)
    if found is None and name[:1].isupper():
        # One that only requests raise, which boto3 sends.
        found = _of_boto3(name)
    if found is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return found
