"""What to do about a link that outlives its credentials: S3 refuses it as soon as these expire."""

from __future__ import annotations

import warnings

from presigned._errors import make
from presigned._errors.link_warnings import EarlyExpiryWarning

from . import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .presigned_request import PresignedRequest

#: The last second of the year 9999, the last instant that an expiry can be.
_LAST = 253_402_300_799
#: What `on_early_expiry` may be.
CHOICES = ("warn", "raise", "clamp", "refresh", "ignore")


def noticed(request: PresignedRequest) -> PresignedRequest:
    """Warns of a request that outlives its credentials. The extension calls it."""
    _warn(request, stacklevel=4)
    return request


def check(choice: object) -> None:
    """Refuses what is no choice.

    Raises:
        ParamValidationError: It is another word.
    """
    if choice not in CHOICES:
        choices = ", ".join(map(repr, CHOICES))
        report = f"Invalid value for parameter on_early_expiry, value: {choice!r}, valid values: {choices}"
        raise make("ParamValidationError", report=report)


def settled(
    choice: str,
    request: PresignedRequest,
    signed_at: int,
    life: int,
    again: Callable[[int], PresignedRequest],
    source: Any,
) -> PresignedRequest:
    """Does what the caller has chosen.

    Args:
        choice: One of `CHOICES`.
        request: The request.
        signed_at: When it was signed, in seconds since 1970.
        life: How long its signature lasts, in seconds.
        again: Signs it again, for another lifetime.
        source: The credentials object.

    Raises:
        ParamValidationError: The caller wants an error, or the credentials have expired already.
    """
    if choice == "ignore" or not _is_early(request, signed_at, life):
        return request
    if choice == "refresh" and hasattr(source, "_protected_refresh"):
        source._protected_refresh(is_mandatory=False)  # noqa: SLF001 - botocore's name, which programs use too
        request = again(life)
        if not _is_early(request, signed_at, life):
            return request
    left = _end(request) - signed_at
    if choice == "clamp" and left >= 1:
        return again(left)
    if choice in ("raise", "clamp"):
        report = (
            f"Invalid value for parameter expires_in: the credentials expire at {shown.instant(_end(request))}, "
            f"{left} seconds from now, and the link would last for {life}. Ask for less, or choose another "
            "on_early_expiry"
        )
        raise make("ParamValidationError", report=report)
    _warn(request, stacklevel=5)
    return request


def _end(request: PresignedRequest) -> int:
    end: int = request._end  # type: ignore[assignment] # noqa: SLF001 - our own class; only signed ones get here
    return end


def _is_early(request: PresignedRequest, signed_at: int, life: int) -> bool:
    end = request._end  # noqa: SLF001 - our own class
    return end is not None and end < min(signed_at + life, _LAST)


def _warn(request: PresignedRequest, stacklevel: int) -> None:
    message = (
        f"The link for {request.operation} works only {shown.end(request.expires_at)}: the credentials that signed it "
        "expire then. Ask for less with expires_in, or choose another on_early_expiry"
    )
    warnings.warn(message, EarlyExpiryWarning, stacklevel=stacklevel)
