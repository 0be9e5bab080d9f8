"""Merges arguments, `Config`, environment and files into the settings of one S3 client, as boto3 does."""

from __future__ import annotations

import os

from presigned import _core
from presigned._errors import make

from . import common_options, s3_options
from .sources import Sources, truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .config import Config

#: Value of `defaults_mode` -> its connect timeout, in seconds.
_DEFAULTS_MODES = {
    "legacy": None,
    "auto": None,
    "standard": 3.1,
    "in-region": 1.1,
    "cross-region": 3.1,
    "mobile": 30.0,
}

#: Names that botocore accepts for the bundle of CA certificates, although they are not files.
_NO_BUNDLE = (
    "Invalid CA bundle: the configured value (ca_bundle, AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE, or verify) resolved to "
    "an empty or whitespace-only string. Provide a valid path to a CA bundle file."
)


class Settings:
    """The settings of one client, merged from all sources."""

    __slots__ = ("core", "endpoint_url", "options", "partition")

    def __init__(self, core: dict[str, Any], options: dict[str, Any], endpoint_url: str, partition: str) -> None:
        #: The keyword arguments of the native client, without the credentials.
        self.core: dict[str, Any] = core
        #: The options of `client.meta.config`.
        self.options: dict[str, Any] = options
        self.endpoint_url: str = endpoint_url
        self.partition: str = partition


def settle(
    sources: Sources,
    config: Config | None,
    *,
    unsigned: bool,
    region: str | None,
    use_ssl: bool | None,
    verify: object,
    endpoint_url: str | None,
    api_version: str | None,
) -> Settings:
    """Merges everything in boto3's order, so that the same error comes first if there are two.

    Args:
        sources: The session, the environment and the files.
        config: The caller's options, as a copy that may be changed.
        unsigned: Whether requests are unsigned.
        region: The region asked for, checked already.
        use_ssl: Whether URLs of AWS's own hosts use https.
        verify: A CA bundle. It is only checked whether it could be one.
        endpoint_url: The caller's own host.
        api_version: The version of the model. There is only one.

    Raises:
        BotoCoreError: A setting is refused; the class says of which kind.
        ValueError: No request could go to the endpoint.
        TypeError: `endpoint_url` is not a string.
    """
    if not isinstance(endpoint_url, str | None):
        # It may contain a password: only its type is shown.
        message = f"endpoint_url must be a str, not {type(endpoint_url)}: convert it, for example with str(url)"
        raise TypeError(message)
    mode = defaults_mode(sources, config)
    _check_version(api_version)
    connect_timeout = connect_timeout_of(mode, region)
    region, config = without_fips(region, config)
    checks_parameters = validates(sources, config)
    s3 = s3_options.merge(sources, config, regional=mode != "legacy")
    if endpoint_url is None:
        endpoint_url = configured_url(sources, config, "s3")
    place = s3_options.Place(sources, config, s3, region, endpoint_url, use_ssl=bool(use_ssl))

    version = _signature_version(sources, config)
    options: dict[str, Any] = {
        "region_name": place.region,
        "signature_version": "s3v4" if version is None else version,
    }
    if place.is_dualstack:
        options["use_dualstack_endpoint"] = True
    if place.is_fips:
        options["use_fips_endpoint"] = True
    common_options.settle(sources, config, options, unsigned=unsigned, connect_timeout=connect_timeout)
    if place.is_dualstack:
        # As in boto3, this may be the section of the session, where its later clients find it.
        s3 = {} if s3 is None else s3
        s3["use_dualstack_endpoint"] = True
    options["s3"] = s3
    if s3 or options["retries"] != {"mode": "standard"}:
        from .config import check_retries, check_s3

        check_s3(s3)
        check_retries(options["retries"])
    check_endpoint(place.url)
    ca_bundle(verify)
    sts_endpoints(sources)

    core: dict[str, Any] = {
        "builtins": s3_options.builtins(sources, config, s3 or {}, place, endpoint_url),
        "client_context": s3_options.client_context(config, s3 or {}, options["s3_disable_express_session_auth"]),
        "use_global_endpoint": s3_options.presigns_globally(s3 or {}, place),
        "use_ssl": bool(use_ssl),
        "signature_version": None if config is None or unsigned else config.signature_version,
        "unsigned": unsigned,
        "auth_scheme_preference": options["auth_scheme_preference"],
        "longest_life": s3_options.longest_life(s3 or {}),
        "signing_region": place.signing_region,
        "parameter_validation": checks_parameters,
        "inject_host_prefix": bool(options["inject_host_prefix"]),
    }
    return Settings(core, options, place.url, place.partition)


def settings_in(region: str) -> Settings:
    """Settles all that `client.meta` shows of a plain client, with an environment that sets nothing."""
    return settle(
        Sources.of_nothing(),
        None,
        unsigned=False,
        region=region,
        use_ssl=True,
        # It is given so that no source is read for it: it changes nothing here.
        verify=True,
        endpoint_url=None,
        api_version=None,
    )


def region_of(sources: Sources, config: Config | None, region: str | None) -> str | None:
    """Decides the region that is asked for.

    Raises:
        InvalidRegionError: It cannot be a part of a host name.
    """
    if region is None and config is not None:
        region = config.region_name
    if region is None:
        region = sources.region_name()
    if region is not None and not is_region(region):
        raise make("InvalidRegionError", region_name=region)
    return region


def is_region(region: object) -> bool:
    """Whether this is a host label or empty. Like botocore's check, it ignores one newline at the end."""
    if not isinstance(region, str):
        return False
    name = region.removesuffix("\n")
    letters = name.replace("-", "")
    return not name or (
        name.isascii()
        and letters.isalnum()
        and not name.isdigit()
        and not name.startswith("-")
        and not name.endswith("-")
        and len(name) <= 63  # noqa: PLR2004 - the length of a label, as DNS has it
    )


def defaults_mode(sources: Sources, config: Config | None) -> str:
    """Reads `defaults_mode`.

    Raises:
        InvalidDefaultsMode: There is no such mode.
    """
    mode = config.defaults_mode if config is not None else None
    if not mode:
        mode = sources.get("defaults_mode")  # type: ignore[assignment] # a table is not a mode
    if mode is None:
        return "legacy"
    lower = str(mode).lower()
    if lower not in _DEFAULTS_MODES:
        raise make("InvalidDefaultsMode", mode=mode, valid_modes=", ".join(_DEFAULTS_MODES))
    return lower


def connect_timeout_of(mode: str, region: str | None) -> float | None:
    """Returns the timeout of the mode. `auto` reads the region that it runs in from Lambda's and ECS's variables."""
    if mode == "auto":
        environ = os.environ
        here = (
            environ.get("AWS_REGION", environ.get("AWS_DEFAULT_REGION")) if environ.get("AWS_EXECUTION_ENV") else None
        )
        mode = "standard" if not here else "in-region" if region == here else "cross-region"
    return _DEFAULTS_MODES[mode]


def _check_version(version: str | None) -> None:
    if version is None:
        return
    from presigned._names import API_VERSION

    if version != API_VERSION:
        raise make("DataNotFoundError", data_path=f"s3/{version}/service-2")


def without_fips(region: str | None, config: Config | None) -> tuple[str | None, Config | None]:
    """Reads `fips-us-east-1` and `us-east-1-fips` as the region and a request for FIPS."""
    if region is None or "fips" not in region:
        return region, config
    name = region.replace("fips-", "").replace("-fips", "")
    if name == region:
        return region, config
    from .config import Config

    wish = Config(use_fips_endpoint=True)
    return name, wish if config is None else config.merge(wish)


def validates(sources: Sources, config: Config | None) -> bool:
    """Whether parameters are checked."""
    if config is not None and not config.parameter_validation:
        return False
    value = sources.section.get("parameter_validation")
    return True if value is None else truth(value)


def _signature_version(sources: Sources, config: Config | None) -> Any:
    """Finds the configured signature version. The files' one is shown in `client.meta.config`, but not used to sign."""
    if config is not None and config.signature_version is not None:
        return config.signature_version
    section = sources.section.get("s3")
    return (section.get("signature_version") or None) if isinstance(section, dict) else None


def configured_url(sources: Sources, config: Config | None, service: str) -> str | None:
    """Finds an endpoint in the environment or the files, unless those must be ignored.

    Args:
        sources: The environment and the files.
        config: The caller's options.
        service: The service, by boto3's name.

    Raises:
        InvalidConfigError: The profile names a services section that does not exist.
    """
    ignores = config.ignore_configured_endpoint_urls if config is not None else None
    if ignores is None:
        ignores = sources.flag("ignore_configured_endpoint_urls")
    if ignores:
        return None
    name = service.replace("-", "_")
    environ = sources.environ
    url = sources.endpoint_url() or environ.get("AWS_ENDPOINT_URL_" + name.upper()) or environ.get("AWS_ENDPOINT_URL")
    if url:
        return url
    found = _service_url(sources, name) or sources.section.get("endpoint_url")
    return str(found) if found else None


def _service_url(sources: Sources, service: str) -> object:
    name = sources.section.get("services")
    if name is None:
        return None
    services = sources.files.services.get(str(name))
    if not services:
        message = (
            "The profile is configured to use the services section but the "
            f'"{name}" services configuration does not exist.'
        )
        raise make("InvalidConfigError", error_msg=message)
    own = services.get(service, {})
    if isinstance(own, str):
        message = f'The "{service}" setting of the services section "{name}" must be a table, indented below its name'
        raise make("InvalidConfigError", error_msg=message)
    return own.get("endpoint_url")


def sts_endpoints(sources: Sources) -> str:
    """Which endpoints of STS are used, `regional` or `legacy`. boto3 checks it for every client.

    Raises:
        InvalidSTSRegionalEndpointsConfigError: It is neither.
    """
    setting = sources.get("sts_regional_endpoints") or "regional"
    if setting not in ("legacy", "regional"):
        raise make("InvalidSTSRegionalEndpointsConfigError", sts_regional_endpoints_config=setting)
    return str(setting)


def check_endpoint(url: str) -> None:
    """Refuses an endpoint to which no request can be sent.

    Raises:
        ValueError: The URL has no valid host.
    """
    if not _core.is_valid_endpoint_url(url):
        raise ValueError(f"Invalid endpoint: {url}")


def ca_bundle(verify: object) -> str | None:
    """Finds the file of CA certificates to trust; `None` for those of the client.

    Args:
        verify: The value that was given or configured. Without one, the variable of `requests` is used.

    Raises:
        InvalidConfigError: Its name is blank.
    """
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") if verify is None else verify
    if not isinstance(bundle, str):
        return None
    if not bundle.strip():
        raise make("InvalidConfigError", error_msg=_NO_BUNDLE)
    return bundle
