"""Settles the address of EC2's metadata service and how to ask it: the environment first, then the profile."""

from __future__ import annotations

import os

from presigned import _core
from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from presigned._settings.sources import Sources

_MODES = ("ipv4", "ipv6")


class MetadataSettings:
    """The settings. Wrong ones are refused as by botocore: before the first source of credentials is asked.

    Args:
        sources: The session's settings.

    Raises:
        InvalidIMDSEndpointError, InvalidIMDSEndpointModeError: The endpoint or its mode is not valid.
        ValueError: The time-out or the number of attempts is not a whole number.
    """

    __slots__ = ("attempts", "endpoint", "is_off", "mode", "needs_token", "timeout")

    def __init__(self, sources: Sources) -> None:
        #: How long to wait for each step, in seconds.
        self.timeout = _whole(sources, "metadata_service_timeout")
        #: How often to try each step in all.
        self.attempts = _whole(sources, "metadata_service_num_attempts")
        endpoint = sources.get("ec2_metadata_service_endpoint")
        #: Where the service is, if not at AWS's own address of the mode.
        self.endpoint = str(endpoint) if endpoint else None
        #: `"ipv4"` or `"ipv6"`.
        self.mode = _mode(sources)
        #: Whether it must not be asked without a token, as in its first version.
        self.needs_token = bool(sources.flag("ec2_metadata_v1_disabled"))
        #: Whether it is asked at all.
        self.is_off = os.environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true"
        if self.endpoint is not None and not _core.is_valid_endpoint_url(self.endpoint):
            raise make("InvalidIMDSEndpointError", endpoint=self.endpoint)


def _whole(sources: Sources, option: str) -> int:
    value = sources.get(option)
    return 1 if value is None else int(value)  # type: ignore[arg-type] # a table is refused by int()


def _mode(sources: Sources) -> str:
    value = sources.get("ec2_metadata_service_endpoint_mode")
    if value is None:
        return _MODES[bool(sources.flag("imds_use_ipv6"))]
    mode = str(value).lower()
    if mode not in _MODES:
        raise make("InvalidIMDSEndpointModeError", mode=value, valid_modes=_MODES)
    return mode
