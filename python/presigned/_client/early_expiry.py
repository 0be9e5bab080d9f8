"""What to do about a link that outlives its credentials: S3 refuses it as soon as these expire."""

from __future__ import annotations

import sys
import warnings

from presigned import _core
from presigned._errors import make
from presigned._errors.link_warnings import EarlyExpiryWarning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from .presigned_post import PresignedPost
    from .presigned_request import PresignedRequest

    _Made = TypeVar("_Made", PresignedRequest, PresignedPost)

#: The last second of the year 9999, the last instant that an expiry can be.
_LAST = 253_402_300_799
#: What `on_early_expiry` may be.
CHOICES = ("warn", "raise", "clamp", "refresh", "ignore")


def noticed(request: PresignedRequest) -> PresignedRequest:
    """Warns of a request that outlives its credentials. The extension calls it."""
    _warn(request)
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


def check_refresh(client: Any) -> None:
    """Refuses to fetch credentials where that would block a loop.

    Raises:
        ParamValidationError: The calls of the client are awaited.
    """
    if getattr(client, "_is_awaited", False):
        why = "a client of asyncio cannot fetch here, as that would block the loop. Choose another"
        raise make("ParamValidationError", report=f"Invalid value for parameter on_early_expiry: {why}")


def settled(
    choice: str,
    made: _Made,
    life: int | None,
    again: Callable[[int | None], _Made],
    *,
    left: Callable[[_Made], int | None],
    source: Any,
) -> _Made:
    """Does what the caller has chosen.

    Args:
        choice: One of `CHOICES`.
        made: A request or a form.
        life: How long its signature lasts, in seconds; `None` for what `again` knows itself.
        again: Signs it again, for another lifetime.
        left: How long one works because its credentials expire first, in seconds; `None` if they do not.
        source: The credentials object.

    Raises:
        ParamValidationError: The caller wants an error, or the credentials have expired already.
    """
    seconds = left(made)
    if choice == "ignore" or seconds is None:
        return made
    if choice == "refresh" and hasattr(source, "_protected_refresh"):
        source._protected_refresh(is_mandatory=False)  # noqa: SLF001 - botocore's name, which programs use too
        made = again(life)
        seconds = left(made)
        if seconds is None:
            return made
    if choice == "clamp" and seconds >= 1:
        return again(seconds)
    if choice in ("raise", "clamp"):
        report = (
            f"Invalid value for parameter expires_in: the credentials expire at {made.expires_at}, and this would last "
            "longer. Ask for less, or choose another on_early_expiry"
        )
        raise make("ParamValidationError", report=report)
    _warn(made)
    return made


def left_of_request(signed_at: int, life: int) -> Callable[[PresignedRequest], int | None]:
    """How long a request works, if its credentials expire before its signature."""
    last = min(signed_at + life, _LAST)

    def left(request: PresignedRequest) -> int | None:
        end = request._end  # noqa: SLF001 - our own class
        return end - signed_at if end is not None and end < last else None

    return left


def left_of_form(signed_at: int | None) -> Callable[[PresignedPost], int | None]:
    """How long a form works from an instant, or else from now, if its credentials expire before its policy."""

    def left(form: PresignedPost) -> int | None:
        end = form._end  # noqa: SLF001 - our own class
        if end is None or not form._is_early:  # noqa: SLF001 - the same
            return None
        return end - (int(_core.now()) if signed_at is None else signed_at)

    return left


def _warn(made: PresignedRequest | PresignedPost) -> None:
    message = (
        f"{made!r} ends before its time: the credentials that signed it expire then. Ask for less with expires_in, or "
        "choose another on_early_expiry"
    )
    # The warning names the line of the caller, which is below some functions of this package.
    level, frame = 2, sys._getframe(1)  # noqa: SLF001 - warnings counts these frames too
    while frame.f_back is not None and frame.f_globals["__name__"].startswith("presigned."):
        level, frame = level + 1, frame.f_back
    warnings.warn(message, EarlyExpiryWarning, stacklevel=level)
