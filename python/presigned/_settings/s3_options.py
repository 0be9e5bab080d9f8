"""Settles what decides an S3 host: the `s3` options, the endpoint and the parameters of the endpoint rules."""

from __future__ import annotations

from presigned import _core
from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .config import Config
    from .sources import Sources

#: S3's own limit on the lifetime of a SigV4 URL, in seconds.
_SEVEN_DAYS = 604_800

#: The client context parameters of the S3 model, in `Config`'s spelling.
_CONTEXT = (
    "accelerate",
    "disable_multi_region_access_points",
    "disable_s3_express_session_auth",
    "force_path_style",
    "use_arn_region",
)


def merge(sources: Sources, config: Config | None, *, regional: bool) -> dict[str, Any] | None:
    """Merges the `s3` options, key by key: `Config` has precedence over the environment, and that over the files.

    Args:
        sources: The environment and the files.
        config: The caller's options.
        regional: Whether `us_east_1_regional_endpoint` is `regional` if nothing sets it.
    """
    options = _configured(sources, regional=regional)
    if config is None or config.s3 is None:
        return options
    # The private copy itself, not a second one: the result about dual stack is stored in it.
    return config.s3 if options is None else {**options, **config.s3}  # type: ignore[return-value] # a dict by now


def _configured(sources: Sources, *, regional: bool) -> dict[str, Any] | None:
    section = sources.s3()
    if regional and isinstance(sources.section.get("s3"), dict | None):
        section = {} if section is None else section
        section.setdefault("us_east_1_regional_endpoint", "regional")
    return section


def longest_life(s3: Mapping[str, Any]) -> int:
    """The longest `ExpiresIn` of a SigV4 URL in seconds: S3's seven days, unless a server that allows more is named.

    Args:
        s3: The merged `s3` options; `presign_max_expires_in` is ours, and boto3 ignores it.

    Raises:
        InvalidConfigError: The option is not a whole number of seconds above zero.
    """
    value = s3.get("presign_max_expires_in", _SEVEN_DAYS)
    try:
        seconds = int(value)
    except (TypeError, ValueError, OverflowError):
        seconds = 0
    if seconds < 1:
        message = f"Invalid value {value!r} for presign_max_expires_in: use a whole number of seconds above zero"
        raise make("InvalidConfigError", error_msg=message)
    return seconds


class Place:
    """The host of a client and the region that it signs for, by the older of botocore's two resolvers."""

    __slots__ = ("is_dualstack", "is_fips", "partition", "region", "signing_region", "url")

    def __init__(
        self,
        sources: Sources,
        config: Config | None,
        s3: Mapping[str, Any] | None,
        region: str | None,
        endpoint_url: str | None,
        *,
        use_ssl: bool,
    ) -> None:
        is_global = goes_global(region, s3 or {})
        # A client without its own region, not even the one that means "global", has the region of its `Config`.
        asked = None if is_global else region
        if asked is None and config is not None:
            asked = config.region_name
        if not isinstance(asked, str | None):
            raise make("InvalidRegionError", region_name=asked)
        self.is_dualstack = bool(_dualstack(sources, config))
        self.is_fips = bool(_variant(sources, config, "use_fips_endpoint"))
        #: The region and the endpoint that `client.meta` shows.
        self.partition, self.region, self.signing_region, host = _core.region_endpoint(
            asked, dualstack=self.is_dualstack, fips=self.is_fips
        )
        if host is None:
            tags = ["dualstack"] * self.is_dualstack + ["fips"] * self.is_fips
            message = f"Endpoint does not exist for s3 in region {self.region}"
            raise make("EndpointVariantError", tags=tags, error_msg=message)
        self.url = f"{'https' if use_ssl else 'http'}://{host}" if endpoint_url is None else endpoint_url
        if endpoint_url is not None and asked is not None:
            # With a custom endpoint, the region stays as the caller wrote it.
            self.region = self.signing_region = asked
        if is_global and self.region == "aws-global":
            self.region = "us-east-1"


def goes_global(region: str | None, s3: Mapping[str, Any]) -> bool:
    """Whether a client uses `s3.amazonaws.com` because it has no region, or the region `aws-global`.

    Raises:
        InvalidS3UsEast1RegionalEndpointConfigError: The setting is neither `legacy` nor `regional`.
    """
    setting = s3.get("us_east_1_regional_endpoint", "legacy")
    if setting not in ("legacy", "regional"):
        raise make("InvalidS3UsEast1RegionalEndpointConfigError", s3_us_east_1_regional_endpoint_config=setting)
    return setting == "legacy" and region in ("us-east-1", None)


def builtins(
    sources: Sources, config: Config | None, s3: Mapping[str, Any], place: Place, endpoint_url: str | None
) -> dict[str, object]:
    """Returns the parameters of the endpoint rules. The rules themselves report values of a wrong type."""
    accelerates = s3.get("use_accelerate_endpoint", False)
    style = s3.get("addressing_style")
    if accelerates:
        path_style = False
    elif endpoint_url is not None and not _core.is_s3_accelerate_url(endpoint_url):
        path_style = style != "virtual"
    else:
        path_style = style == "path"
    # The rules accept neither FIPS nor dual stack together with an endpoint: boto3 ignores them silently.
    own = bool(endpoint_url)
    return {
        "Region": place.region,
        "UseFIPS": (not own and _variant(sources, config, "use_fips_endpoint")) or False,
        "UseDualStack": (not own and _dualstack(sources, config)) or False,
        "Endpoint": endpoint_url or None,
        "ForcePathStyle": path_style,
        "Accelerate": accelerates,
        "UseGlobalEndpoint": goes_global(place.region, s3),
        "UseArnRegion": s3.get("use_arn_region", True),
        "DisableMultiRegionAccessPoints": s3.get("s3_disable_multiregion_access_points", False),
    }


def client_context(config: Config | None, s3: Mapping[str, Any], express_disabled: object) -> dict[str, object]:
    """Returns the client context parameters of the endpoint rules. `s3` has precedence over `client_context_params`."""
    given = config.client_context_params if config is not None else None
    merged = {**(given or {}), **s3, "disable_s3_express_session_auth": express_disabled}
    return {name: merged[name] for name in _CONTEXT if merged.get(name) is not None}


def presigns_globally(s3: Mapping[str, Any], place: Place) -> bool:
    """Whether presigned URLs use the global host if possible. Requests would use the region's host."""
    is_regional = s3.get("us_east_1_regional_endpoint") == "regional" and place.region == "us-east-1"
    return not (
        place.partition != "aws"
        or s3.get("use_dualstack_endpoint", False)
        or is_regional
        or s3.get("addressing_style") == "virtual"
    )


def _variant(sources: Sources, config: Config | None, name: str) -> Any:
    value = getattr(config, name) if config is not None else None
    return sources.flag(name) if value is None else value


def _dualstack(sources: Sources, config: Config | None) -> Any:
    given = config.s3 if config is not None and config.s3 is not None else {}
    section = sources.section.get("s3", {})
    # boto3 accepts a string in place of the table until it reads an option in it.
    if not isinstance(section, dict) and (not section or "use_dualstack_endpoint" not in given):
        message = f'The "s3" setting of the profile must be a table, indented below its name, not {section!r}'
        raise make("InvalidConfigError", error_msg=message)
    if "use_dualstack_endpoint" in given:
        value = given["use_dualstack_endpoint"]
    elif isinstance(section, dict):
        value = section.get("use_dualstack_endpoint") in (True, "True", "true") or None
    return _variant(sources, config, "use_dualstack_endpoint") if value is None else value
