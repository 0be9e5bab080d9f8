"""Settles the options that do not affect the host, in botocore's order, and refuses what botocore refuses."""

from __future__ import annotations

from presigned._errors import make

from .sources import truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .config import Config
    from .sources import Sources

#: The options of a `Config` that are copied to `client.meta.config` before anything is settled.
_CARRIED = (
    "connect_timeout",
    "read_timeout",
    "max_pool_connections",
    "proxies",
    "proxies_config",
    "retries",
    "client_cert",
    "inject_host_prefix",
    "tcp_keepalive",
    "user_agent_extra",
    "user_agent_appid",
    "request_min_compression_size_bytes",
    "disable_request_compression",
    "client_context_params",
    "sigv4a_signing_region_set",
    "request_checksum_calculation",
    "response_checksum_validation",
    "account_id_endpoint_mode",
    "auth_scheme_preference",
)
_CHECKSUM_MODES = ("when_supported", "when_required")
_ACCOUNT_ID_MODES = ("preferred", "disabled", "required")
#: The valid compression thresholds, in bytes.
_COMPRESSION_SIZES = range(1, 1048577)


def settle(
    sources: Sources, config: Config | None, options: dict[str, Any], *, unsigned: bool, connect_timeout: float | None
) -> None:
    """Completes `options`, which become `client.meta.config`.

    Args:
        sources: The environment and the files.
        config: The caller's own options. They have precedence.
        options: The options that are settled already. The others are added to it.
        unsigned: Whether requests are signed at all.
        connect_timeout: The default of the defaults mode, in seconds.

    Raises:
        InvalidConfigError: A setting has a value that is not valid.
        InvalidChecksumConfigError: The same, for a checksum setting.
        ValueError: `max_attempts` is not a number.
    """
    leaves_host_prefix = True
    express = None
    if config is not None:
        from .config import leaves_host_prefix as leaves

        leaves_host_prefix = leaves(config)
        options.update((name, getattr(config, name)) for name in _CARRIED)
        express = config.s3.get("disable_s3_express_session_auth") if config.s3 is not None else None

    settle_retries(sources, options)
    if options.get("connect_timeout") is None and connect_timeout:
        options["connect_timeout"] = connect_timeout
    if options.get("user_agent_appid") is None:
        options["user_agent_appid"] = sources.get("sdk_ua_app_id")
    _compression(sources, options)
    _fall_back(sources, options, "sigv4a_signing_region_set")
    for name in ("request_checksum_calculation", "response_checksum_validation"):
        _checksums(sources, options, name)
    _account_id(sources, options, unsigned=unsigned)
    if leaves_host_prefix:
        options["inject_host_prefix"] = not sources.flag("disable_host_prefix_injection")
    _auth_schemes(sources, config, options)
    options["s3_disable_express_session_auth"] = _express(sources, express)


def _fall_back(sources: Sources, options: dict[str, Any], name: str, default: object = None) -> Any:
    """Reads the environment and the files for options that the caller did not set."""
    value = options.get(name)
    if value is None:
        value = sources.get(name)
    options[name] = default if value is None else value
    return options[name]


def settle_retries(sources: Sources, options: dict[str, Any]) -> None:
    """Settles the retry mode and, if something sets it, the total number of attempts.

    Raises:
        ValueError: `max_attempts` is not a number.
    """
    # A copy: the caller may give the same dict to another client.
    retries = dict(options.get("retries") or {})
    if "total_max_attempts" in retries:
        retries.pop("max_attempts", None)
    elif "max_attempts" in retries:
        # `max_attempts` of a caller counts retries; the total counts the first attempt too.
        retries["total_max_attempts"] = retries.pop("max_attempts") + 1
    else:
        attempts = sources.get("max_attempts")
        if attempts is not None:
            retries["total_max_attempts"] = int(attempts)  # type: ignore[arg-type] # a table is refused by int()
    if "mode" not in retries:
        mode = sources.get("retry_mode")
        retries["mode"] = "standard" if mode is None else mode
    options["retries"] = retries


def _compression(sources: Sources, options: dict[str, Any]) -> None:
    name = "request_min_compression_size_bytes"
    value = _fall_back(sources, options, name, 10240)
    problem = f'Invalid value "{value}" for {name}.'
    try:
        options[name] = int(value)
    except (ValueError, TypeError):
        message = f"{problem} Value must be an integer. Received {type(value)} instead."
        raise make("InvalidConfigError", error_msg=message) from None
    if options[name] not in _COMPRESSION_SIZES:
        message = f"{problem} Value must be between {_COMPRESSION_SIZES[0]} and {_COMPRESSION_SIZES[-1]}."
        raise make("InvalidConfigError", error_msg=message)
    options["disable_request_compression"] = truth(_fall_back(sources, options, "disable_request_compression"))


def _checksums(sources: Sources, options: dict[str, Any], name: str) -> None:
    value = _fall_back(sources, options, name, "when_supported")
    if isinstance(value, str):
        value = value.lower()
    if value not in _CHECKSUM_MODES:
        raise make("InvalidChecksumConfigError", config_key=name, config_value=value, valid_options=_CHECKSUM_MODES)
    options[name] = value


def _account_id(sources: Sources, options: dict[str, Any], *, unsigned: bool) -> None:
    name = "account_id_endpoint_mode"
    if unsigned:
        options[name] = "disabled"
        return
    value = _fall_back(sources, options, name, "preferred")
    if isinstance(value, str):
        value = value.lower()
    if value not in _ACCOUNT_ID_MODES:
        message = f"The configured value '{value}' for '{name}' is invalid. Valid values are: {_ACCOUNT_ID_MODES}."
        raise make("InvalidConfigError", error_msg=message)
    options[name] = value


def _auth_schemes(sources: Sources, config: Config | None, options: dict[str, Any]) -> None:
    name = "auth_scheme_preference"
    value: object = (config.auth_scheme_preference if config is not None else None) or sources.get(name)
    if value is not None and not isinstance(value, str):
        message = f"{name} must be a comma-delimited string. Received {type(value)} instead: {value}."
        raise make("InvalidConfigError", error_msg=message)
    if value is not None:
        schemes = (scheme.replace(" ", "").replace("\t", "") for scheme in value.split(",") if scheme.strip())
        value = ",".join(schemes)
    options[name] = value


def _express(sources: Sources, value: object) -> bool:
    name = "s3_disable_express_session_auth"
    if value is None:
        value = sources.get(name)
    is_boolean = isinstance(value, bool) or (isinstance(value, str) and value.lower() in ("true", "false"))
    if value is not None and not is_boolean:
        message = f'Invalid value "{value}" for {name}. Value must be a boolean'
        raise make("InvalidConfigError", error_msg=message)
    return truth(value)
