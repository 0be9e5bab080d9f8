"""Turns a session's settings into the network settings for STS, IAM Identity Center's two services, and Sign-In.

boto3 makes a separate client for each of them. That client does not use the `Config` of the client that asks:
it reads only the environment and the files.
"""

from __future__ import annotations

from presigned._errors import make
from presigned._settings import client_settings, common_options
from presigned._settings.sso_session import check_session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    from presigned._settings.sources import Sources

    from .chain import Search

    _Service: TypeAlias = Literal["sts", "sso", "sso-oidc", "signin"]

#: The endpoint of boto3's STS client without a region. Its requests are signed for us-east-1.
GLOBAL = "aws-global"
#: The regions that `sts_regional_endpoints = legacy` sends there.
_LEGACY_REGIONS = (
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "aws-global",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
)
#: Seconds: botocore's own.
_TIMEOUT = 60.0
#: Attempts in all, by retry mode.
_ATTEMPTS = {"legacy": 5}
_OTHER_ATTEMPTS = 3


def network(
    search: Search, service: _Service = "sts", region: str | None = None, *, signs: bool = False
) -> dict[str, Any]:
    """Settles the address of a service and its timeouts, as the `network` argument of `_network`'s functions.

    The environment is read again each time: boto3 makes a new client for each fetch.

    Args:
        search: The session, and the region of the client that asks.
        service: Which service.
        region: Its region, instead of the client's.
        signs: Whether its requests are signed, so that they need a region.

    Raises:
        BotoCoreError: A setting is refused; the class says of which kind.
        ValueError: No request could go to the endpoint.
    """
    sources = search.sources
    region = client_settings.region_of(sources, None, search.region if region is None else region)
    verify = sources.get("ca_bundle")
    check_session(sources, search.profile)
    connect_timeout = client_settings.connect_timeout_of(client_settings.defaults_mode(sources, None), region)
    region, wish = client_settings.without_fips(region, None)
    url = client_settings.configured_url(sources, None, service)
    fips = bool(sources.flag("use_fips_endpoint") if wish is None else wish.use_fips_endpoint)
    dualstack = bool(sources.flag("use_dualstack_endpoint"))
    is_legacy = client_settings.sts_endpoints(sources) == "legacy"
    if url is not None:
        client_settings.check_endpoint(url)
    if service == "sts":
        region = _sts_region(region, url, signs=signs, is_plain=not (fips or dualstack), is_legacy=is_legacy)
    return {
        "region": region,
        "endpoint_url": url,
        # The rules accept neither together with an endpoint: boto3 ignores them silently.
        "use_fips": fips and url is None,
        "use_dualstack": dualstack and url is None,
        "connect_timeout": connect_timeout or _TIMEOUT,
        "read_timeout": _TIMEOUT,
        "attempts": _attempts(sources),
        "ca_bundle": client_settings.ca_bundle(verify),
    }


def _sts_region(region: str | None, url: str | None, *, signs: bool, is_plain: bool, is_legacy: bool) -> str | None:
    if url is not None:
        if region is None and signs:
            raise make("NoRegionError")
        return region
    if not is_plain:
        # boto3 asks at sts-fips.aws-global.amazonaws.com, which does not exist.
        return "us-east-1" if region in (None, GLOBAL) else region
    return GLOBAL if region is None or (is_legacy and region in _LEGACY_REGIONS) else region


def _attempts(sources: Sources) -> int:
    from presigned._settings.config import check_retries

    options: dict[str, Any] = {}
    common_options.settle_retries(sources, options)
    retries = options["retries"]
    check_retries(retries)
    attempts: int = retries.get("total_max_attempts", _ATTEMPTS.get(retries["mode"], _OTHER_ATTEMPTS))
    return attempts
