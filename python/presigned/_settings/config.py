"""The options of a client, as `botocore.config.Config` has them."""

# ruff: noqa: SLF001 - the state of a Config has the names it has in botocore

from __future__ import annotations

import sys

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from typing_extensions import TypedDict, Unpack

    class _Options(TypedDict, total=False):
        region_name: str | None
        signature_version: Any
        user_agent: str | None
        user_agent_extra: str | None
        user_agent_appid: str | None
        connect_timeout: float | None
        read_timeout: float | None
        parameter_validation: bool
        max_pool_connections: int
        proxies: Mapping[str, str] | None
        proxies_config: Mapping[str, Any] | None
        s3: Mapping[str, Any] | None
        s3_disable_express_session_auth: Any
        retries: Mapping[str, Any] | None
        client_cert: str | tuple[str, str] | None
        inject_host_prefix: bool | None
        endpoint_discovery_enabled: Any
        use_dualstack_endpoint: bool | None
        use_fips_endpoint: bool | None
        ignore_configured_endpoint_urls: bool | None
        defaults_mode: str | None
        tcp_keepalive: bool | None
        request_min_compression_size_bytes: int | None
        disable_request_compression: bool | None
        client_context_params: Mapping[str, Any] | None
        sigv4a_signing_region_set: str | None
        request_checksum_calculation: str | None
        response_checksum_validation: str | None
        account_id_endpoint_mode: str | None
        auth_scheme_preference: str | None


#: Seconds, and connections: botocore's defaults.
DEFAULT_TIMEOUT = 60
MAX_POOL_CONNECTIONS = 10


class _Unsigned:
    """The signature version of requests without a signature."""

    def __copy__(self) -> _Unsigned:
        return self

    def __deepcopy__(self, memo: object) -> _Unsigned:
        return self

    def __reduce__(self) -> tuple[Callable[[], object], tuple[()]]:
        return unsigned, ()

    def __repr__(self) -> str:
        return "UNSIGNED"


_UNSIGNED = _Unsigned()


def unsigned() -> Any:
    """Returns `UNSIGNED`: botocore's own if it is installed, as its `Config` takes no other. Ours takes both."""
    try:
        from botocore import UNSIGNED
    except ImportError:
        return _UNSIGNED
    return UNSIGNED


# The name in pickles.
unsigned.__module__ = "presigned.config"


def is_unsigned(version: object) -> bool:
    """Whether a signature version is `UNSIGNED`, ours or botocore's."""
    if version is _UNSIGNED:
        return True
    theirs = getattr(sys.modules.get("botocore"), "UNSIGNED", None)
    return theirs is not None and version is theirs


class Config:
    """Options for a client; each may be given by name, or in the order of `OPTION_DEFAULTS`.

    Options that change no URL are only shown in `client.meta.config`.

    Args:
        region_name (str): The region to sign for.
        signature_version (str): `"s3v4"` unless given; `"s3"` for SigV2, or `presigned.UNSIGNED`.
        parameter_validation (bool): Whether `Params` are checked: `True` unless given.
        s3 (dict): Options of S3: `addressing_style` (`"auto"` unless given, `"virtual"` or `"path"`),
            `use_accelerate_endpoint`, `us_east_1_regional_endpoint`, `payload_signing_enabled`,
            `disable_s3_express_session_auth`, and `presign_max_expires_in`, the longest lifetime of a URL in seconds:
            604800 unless given.
        use_dualstack_endpoint (bool): Whether hosts have IPv6 addresses too: `False` unless given.
        use_fips_endpoint (bool): Whether hosts are those of FIPS 140: `False` unless given.
        *args: Options by their place.
        **kwargs: All other options of botocore's `Config`.

    Raises:
        TypeError: There is no such option, or it is given twice.
        InvalidS3AddressingStyleError: `s3["addressing_style"]` is not a known style.
        InvalidRetryConfigurationError: botocore refuses these `retries`.

    Example:
        >>> import presigned
        >>> path_style = presigned.Config(s3={"addressing_style": "path"})
        >>> s3 = presigned.client("s3", region_name="eu-central-1", config=path_style)
    """

    OPTION_DEFAULTS: dict[str, Any] = {  # noqa: RUF012 - botocore's name for a constant
        "region_name": None,
        "signature_version": None,
        "user_agent": None,
        "user_agent_extra": None,
        "user_agent_appid": None,
        "connect_timeout": DEFAULT_TIMEOUT,
        "read_timeout": DEFAULT_TIMEOUT,
        "parameter_validation": True,
        "max_pool_connections": MAX_POOL_CONNECTIONS,
        "proxies": None,
        "proxies_config": None,
        "s3": None,
        "s3_disable_express_session_auth": None,
        "retries": None,
        "client_cert": None,
        "inject_host_prefix": None,
        "endpoint_discovery_enabled": None,
        "use_dualstack_endpoint": None,
        "use_fips_endpoint": None,
        "ignore_configured_endpoint_urls": None,
        "defaults_mode": None,
        "tcp_keepalive": None,
        "request_min_compression_size_bytes": None,
        "disable_request_compression": None,
        "client_context_params": None,
        "sigv4a_signing_region_set": None,
        "request_checksum_calculation": None,
        "response_checksum_validation": None,
        "account_id_endpoint_mode": None,
        "auth_scheme_preference": None,
    }
    #: The defaults if `defaults_mode` is set and is not `legacy`.
    NON_LEGACY_OPTION_DEFAULTS: dict[str, Any] = {"connect_timeout": None}  # noqa: RUF012 - the same

    if TYPE_CHECKING:
        region_name: str | None
        signature_version: Any
        user_agent: str | None
        user_agent_extra: str | None
        user_agent_appid: str | None
        connect_timeout: float | None
        read_timeout: float | None
        parameter_validation: bool
        max_pool_connections: int
        proxies: Mapping[str, str] | None
        proxies_config: Mapping[str, Any] | None
        s3: Mapping[str, Any] | None
        s3_disable_express_session_auth: Any
        retries: Mapping[str, Any] | None
        client_cert: str | tuple[str, str] | None
        endpoint_discovery_enabled: Any
        use_dualstack_endpoint: bool | None
        use_fips_endpoint: bool | None
        ignore_configured_endpoint_urls: bool | None
        defaults_mode: str | None
        tcp_keepalive: bool | None
        request_min_compression_size_bytes: int | None
        disable_request_compression: bool | None
        client_context_params: Mapping[str, Any] | None
        sigv4a_signing_region_set: str | None
        request_checksum_calculation: str | None
        response_checksum_validation: str | None
        account_id_endpoint_mode: str | None
        auth_scheme_preference: str | None

    def __init__(self, *args: Any, **kwargs: Unpack[_Options]) -> None:
        self._user_provided_options = _given(self.OPTION_DEFAULTS, args, dict(kwargs))
        # botocore's own mark: the environment decides only if the caller did not.
        self._inject_host_prefix: Any = "UNSET"
        options = dict(self.OPTION_DEFAULTS)
        if self._user_provided_options.get("defaults_mode", "legacy") != "legacy":
            options.update(self.NON_LEGACY_OPTION_DEFAULTS)
        del options["inject_host_prefix"]
        for name, value in (options | self._user_provided_options).items():
            setattr(self, name, value)
        check_s3(self.s3)
        check_retries(self.retries)

    def __getstate__(self) -> dict[str, Any]:
        # botocore's UNSIGNED cannot be pickled; ours becomes botocore's where that is installed.
        def ours(value: Any) -> Any:
            return _UNSIGNED if is_unsigned(value) else value

        state = {name: ours(value) for name, value in vars(self).items()}
        given = {name: ours(value) for name, value in self._user_provided_options.items()}
        return {**state, "_user_provided_options": given}

    @property
    def inject_host_prefix(self) -> Any:
        """Whether an operation may put a parameter in front of the host."""
        return True if self._inject_host_prefix == "UNSET" else self._inject_host_prefix

    @inject_host_prefix.setter
    def inject_host_prefix(self, value: Any) -> None:
        self._inject_host_prefix = value

    def merge(self, other_config: Config) -> Config:
        """Returns a new object with the options given to this one, then those given to the other."""
        return Config(**(self._user_provided_options | other_config._user_provided_options))


# The public module.
Config.__module__ = "presigned.config"


def adopt(config: Any) -> Config:
    """Copies a `Config`, ours or botocore's, by its attributes, so that the caller's object does not change.

    Raises:
        TypeError: It is not a `Config`.
    """
    if not hasattr(config, "signature_version") or not hasattr(config, "s3"):
        raise TypeError(f"config must be a presigned.config.Config or a botocore.config.Config, not {type(config)}")
    # As in botocore, the options are stored twice: if a program sets an attribute later, `merge` does not see it.
    shown = {name: getattr(config, name) for name in Config.OPTION_DEFAULTS if hasattr(config, name)}
    given = dict(getattr(config, "_user_provided_options", shown))
    if shown["s3"] is not None:
        shared = given.get("s3") is shown["s3"]
        shown["s3"] = dict(shown["s3"])
        if shared:
            given["s3"] = shown["s3"]
    adopted = Config()
    for name, value in shown.items():
        setattr(adopted, name, value)
    adopted._inject_host_prefix = getattr(config, "_inject_host_prefix", "UNSET")
    adopted._user_provided_options = given
    return adopted


def leaves_host_prefix(config: Config) -> bool:
    """Whether the environment decides if operations may put a parameter in front of the host."""
    return bool(config._inject_host_prefix == "UNSET")


def check_s3(options: Mapping[str, Any] | None) -> None:
    """Refuses an unknown addressing style.

    Raises:
        InvalidS3AddressingStyleError: It is not `auto`, `virtual` or `path`.
        InvalidConfigError: The options are not a dict.
    """
    if options is not None:
        if not isinstance(options, dict):
            message = f"The s3 option must be a dict, not {type(options).__name__}"
            raise make("InvalidConfigError", error_msg=message)
        style = options.get("addressing_style")
        if style not in ("virtual", "auto", "path", None):
            raise make("InvalidS3AddressingStyleError", s3_addressing_style=style)


def check_retries(options: Mapping[str, Any] | None) -> None:
    """Refuses retry options that botocore refuses.

    Raises:
        InvalidRetryConfigurationError: An option is unknown or too small, or the mode is unknown.
        InvalidConfigError: The options are not a dict.
    """
    known = ("max_attempts", "mode", "total_max_attempts")
    modes = ("legacy", "standard", "adaptive")
    if not isinstance(options, dict | None):
        message = f"The retries option must be a dict, not {type(options).__name__}"
        raise make("InvalidConfigError", error_msg=message)
    for name, value in (options or {}).items():
        if name not in known:
            raise make("InvalidRetryConfigurationError", retry_config_option=name, valid_options=known)
        if name == "mode":
            if value not in modes:
                raise make("InvalidRetryModeError", provided_retry_mode=value, valid_modes=modes)
        elif value < (minimum := int(name == "total_max_attempts")):
            raise make("InvalidMaxRetryAttemptsError", provided_max_attempts=value, min_value=minimum)


def _given(known: Mapping[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Names the options that were given by position, after those given by name."""
    for name in kwargs:
        if name not in known:
            raise TypeError(f"Got unexpected keyword argument '{name}'")
    if len(args) > len(known):
        raise TypeError(f"Takes at most {len(known)} arguments ({len(args)} given)")
    given = dict(kwargs)
    for name, value in zip(known, args, strict=False):
        if name in given:
            raise TypeError(f"Got multiple values for keyword argument '{name}'")
        given[name] = value
    return given
