"""The exceptions themselves, with botocore's names, parents and messages. `exceptions` makes them public.

Those for credentials that must be fetched are in `fetch`.

```
Exception
├── BotoCoreError
│   ├── DataNotFoundError
│   │   └── UnknownServiceError
│   ├── UnknownRegionError
│   ├── NoCredentialsError, PartialCredentialsError, CredentialRetrievalError
│   ├── UnknownCredentialError, RefreshWithMFAUnsupportedError
│   ├── MetadataRetrievalError, TokenRetrievalError
│   ├── SSOError
│   │   └── SSOTokenLoadError, UnauthorizedSSOTokenError
│   ├── LoginError
│   │   └── LoginTokenLoadError, LoginRefreshRequired, LoginInsufficientPermissions
│   ├── ConnectionError
│   │   └── EndpointConnectionError, ConnectTimeoutError, SSLError
│   ├── HTTPClientError
│   │   └── ConnectionClosedError, ReadTimeoutError
│   ├── ProfileNotFound, ConfigNotFound, ConfigParseError
│   ├── InvalidConfigError
│   │   └── InfiniteLoopConfigError
│   ├── InvalidDefaultsMode, InvalidChecksumConfigError
│   ├── InvalidRetryConfigurationError
│   │   └── InvalidMaxRetryAttemptsError, InvalidRetryModeError
│   ├── InvalidS3AddressingStyleError, InvalidS3UsEast1RegionalEndpointConfigError
│   ├── InvalidSTSRegionalEndpointsConfigError
│   ├── InvalidIMDSEndpointError, InvalidIMDSEndpointModeError
│   ├── BaseEndpointResolverError
│   │   └── NoRegionError, EndpointVariantError
│   ├── EndpointProviderError
│   │   └── EndpointResolutionError
│   ├── ValidationError
│   │   └── InvalidRegionError (also a ValueError)
│   ├── ParamValidationError, UnknownClientMethodError
│   ├── InvalidHostLabelError
│   ├── UnsupportedS3ConfigurationError, UnsupportedS3AccesspointConfigurationError
│   ├── UnknownSignatureVersionError, UnsupportedSignatureVersionError
│   └── MissingDependencyException
└── ClientError
```
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

#: The public module of these classes, which tracebacks show.
PUBLIC = "presigned.exceptions"

#: The functions that restore exceptions from pickles: by name, or by a program's own class. The package sets them.
restored_by: Any = None


class _Root(Exception):
    """The parent of both trees: a class whose only parent is built in cannot get other parents later."""


class BotoCoreError(_Root):
    """Anything that goes wrong before a request is made.

    The message is `fmt` with the keyword arguments filled in. The attribute `kwargs` has these arguments.
    """

    fmt = "An unspecified error occurred"

    def __init_subclass__(cls) -> None:
        # Of this module and of `fetch`; a user's own class stays where it is.
        if cls.__module__.startswith("presigned._"):
            cls.__module__ = PUBLIC

    def __init__(self, **kwargs: object) -> None:
        # Not super(): if the class is botocore's too, the next class in its order takes other arguments.
        Exception.__init__(self, self.fmt.format(**kwargs))
        self.kwargs = kwargs

    def __reduce__(self) -> tuple[Callable[..., BaseException], tuple[object, ...]]:
        by_name, by_class = restored_by
        if type(self).__module__ == PUBLIC:
            # By name: the class may exist in this process only.
            return by_name, (type(self).__name__, self.kwargs)
        return by_class, (type(self), self.kwargs)


class DataNotFoundError(BotoCoreError):
    """There is no model of this service or of this version of it."""

    fmt = "Unable to load data for: {data_path}"


class UnknownServiceError(DataNotFoundError):
    """No service has this name, or presigned does not support it."""

    fmt = "Unknown service: '{service_name}'. Valid service names are: {known_service_names}"


class UnknownRegionError(BotoCoreError):
    """No partition has a region of this form."""

    fmt = "Unknown region: '{region_name}'. {error_msg}"


class NoCredentialsError(BotoCoreError):
    """There is nothing to sign with."""

    fmt = "Unable to locate credentials"


class PartialCredentialsError(BotoCoreError):
    """One of the two keys is missing."""

    fmt = "Partial credentials found in {provider}, missing: {cred_var}"


class CredentialRetrievalError(BotoCoreError):
    """Credentials are configured, but could not be retrieved."""

    fmt = "Error when retrieving credentials from {provider}: {error_msg}"


class ProfileNotFound(BotoCoreError):
    """Neither file has a profile of this name."""

    fmt = "The config profile ({profile}) could not be found"


class ConfigNotFound(BotoCoreError):
    """A file that was named does not exist."""

    fmt = "The specified config file ({path}) could not be found."


class ConfigParseError(BotoCoreError):
    """A config file or a credentials file is not an INI file."""

    fmt = "Unable to parse config file: {path}"


class InvalidConfigError(BotoCoreError):
    """A setting has a value that is not valid."""

    fmt = "{error_msg}"


class InfiniteLoopConfigError(InvalidConfigError):
    """Profiles name each other as their source."""

    fmt = (
        "Infinite loop in credential configuration detected. Attempting to load from profile {source_profile} "
        "which has already been visited. Visited profiles: {visited_profiles}"
    )


class InvalidDefaultsMode(BotoCoreError):
    """`defaults_mode` is not a known mode."""

    fmt = "Client configured with invalid defaults mode: {mode}. Valid defaults modes include: {valid_modes}."


class InvalidChecksumConfigError(BotoCoreError):
    """A checksum setting is not one of its options."""

    fmt = "Unsupported configuration value for {config_key}. Expected one of {valid_options} but got {config_value}."


class InvalidRetryConfigurationError(BotoCoreError):
    """`retries` has an option that does not exist."""

    fmt = (
        'Cannot provide retry configuration for "{retry_config_option}". '
        "Valid retry configuration options are: {valid_options}"
    )


class InvalidMaxRetryAttemptsError(InvalidRetryConfigurationError):
    """A number of attempts is too small."""

    fmt = (
        'Value provided to "max_attempts": {provided_max_attempts} must be an integer greater than or '
        "equal to {min_value}."
    )


class InvalidRetryModeError(InvalidRetryConfigurationError):
    """A retry mode is not a known mode."""

    fmt = 'Invalid value provided to "mode": "{provided_retry_mode}" must be one of: {valid_modes}'


class InvalidS3AddressingStyleError(BotoCoreError):
    """`addressing_style` is not a known style."""

    fmt = "S3 addressing style {s3_addressing_style} is invalid. Valid options are: 'auto', 'virtual', and 'path'"


class InvalidS3UsEast1RegionalEndpointConfigError(BotoCoreError):
    """`us_east_1_regional_endpoint` has neither of its two values."""

    fmt = (
        "S3 us-east-1 regional endpoint option {s3_us_east_1_regional_endpoint_config} is invalid. "
        'Valid options are: "legacy", "regional"'
    )


class InvalidSTSRegionalEndpointsConfigError(BotoCoreError):
    """`sts_regional_endpoints` has neither of its two values. boto3 checks it for every service."""

    fmt = (
        "STS regional endpoints option {sts_regional_endpoints_config} is invalid. "
        'Valid options are: "legacy", "regional"'
    )


class InvalidIMDSEndpointError(BotoCoreError):
    """The address given for instance metadata is not valid."""

    fmt = "Invalid endpoint EC2 Instance Metadata endpoint: {endpoint}"


class InvalidIMDSEndpointModeError(BotoCoreError):
    """The address family given for instance metadata is not valid."""

    fmt = "Invalid EC2 Instance Metadata endpoint mode: {mode} Valid endpoint modes (case-insensitive): {valid_modes}."


class BaseEndpointResolverError(BotoCoreError):
    """Anything that goes wrong when the host of a region is looked up."""


class NoRegionError(BaseEndpointResolverError):
    """A region is needed, and nothing names one."""

    fmt = "You must specify a region."


class EndpointVariantError(BaseEndpointResolverError):
    """The partition has no dual-stack or no FIPS hosts."""

    fmt = "Unable to construct a modeled endpoint with the following variant(s) {tags}: "


class EndpointProviderError(BotoCoreError):
    """Anything that goes wrong in the endpoint rules."""

    fmt = "{msg}"


class EndpointResolutionError(EndpointProviderError):
    """The endpoint rules refuse these parameters together."""


class ValidationError(BotoCoreError):
    """A value is not what it should be."""

    fmt = "Invalid value ('{value}') for param {param} of type {type_name} "


class InvalidRegionError(ValidationError, ValueError):
    """A region name cannot be a part of a host name."""

    fmt = "Provided region_name '{region_name}' doesn't match a supported format."


class ParamValidationError(BotoCoreError):
    """Parameters of an operation are wrong; the report says which."""

    fmt = "Parameter validation failed:\n{report}"


class UnknownClientMethodError(BotoCoreError):
    """No operation has this name."""

    fmt = "Client does not have method: {method_name}"


class InvalidHostLabelError(BotoCoreError):
    """A name cannot be a part of a host name."""

    fmt = 'Invalid host label to be bound to the hostname of the endpoint: "{label}".'


class UnsupportedS3ConfigurationError(BotoCoreError):
    """Settings do not go together."""

    fmt = "Unsupported configuration when using S3: {msg}"


class UnsupportedS3AccesspointConfigurationError(BotoCoreError):
    """Settings do not go together with this access point."""

    fmt = "Unsupported configuration when using S3 access-points: {msg}"


class UnknownSignatureVersionError(BotoCoreError):
    """The endpoint requires a signature of an unknown kind."""

    fmt = "Unknown Signature Version: {signature_version}."


class UnsupportedSignatureVersionError(BotoCoreError):
    """No signer has this name."""

    fmt = "Signature version(s) are not supported: {signature_version}"


class MissingDependencyException(BotoCoreError):
    """A signature of this kind needs a package that is not installed."""

    fmt = "Missing Dependency: {msg}"


class ClientError(_Root):
    """The service has answered with an error; `response` contains the answer."""

    MSG_TEMPLATE = (
        "An error occurred ({error_code}) when calling the {operation_name} operation{retry_info}: {error_message}"
    )

    def __init__(self, error_response: Mapping[str, Any], operation_name: str) -> None:
        error = error_response.get("Error", {})
        metadata = error_response.get("ResponseMetadata", {})
        retries = ""
        if metadata.get("MaxAttemptsReached", False) and "RetryAttempts" in metadata:
            retries = f" (reached max retries: {metadata['RetryAttempts']})"
        message = self.MSG_TEMPLATE.format(
            error_code=error.get("Code", "Unknown"),
            error_message=error.get("Message", "Unknown"),
            operation_name=operation_name,
            retry_info=retries,
        )
        Exception.__init__(self, message)
        self.response = error_response
        self.operation_name = operation_name

    def __reduce__(self) -> tuple[Callable[..., BaseException], tuple[object, ...]]:
        # As in botocore, the pickle of a modelled error has its parent class: its own class belongs to a client.
        arguments = {"error_response": self.response, "operation_name": self.operation_name}
        return restored_by[0], ("ClientError", arguments)


BotoCoreError.__module__ = PUBLIC
ClientError.__module__ = PUBLIC
