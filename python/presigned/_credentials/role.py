"""Names a role's session, and checks the parameters of a request to STS as boto3 does."""

from __future__ import annotations

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._settings.sources import Sources

#: Parameter of `_core`'s functions -> its name in STS, and its least length or number, in the order in which boto3
#: reports them.
_LEAST = {
    "role_session_name": ("RoleSessionName", 2),
    "external_id": ("ExternalId", 2),
    "serial_number": ("SerialNumber", 9),
    "duration_seconds": ("DurationSeconds", 900),
    "role_arn": ("RoleArn", 20),
    "token_code": ("TokenCode", 6),
    "web_identity_token": ("WebIdentityToken", 4),
}
#: The largest number that the request can carry. boto3 sends any number, and STS refuses a larger one.
_LONGEST_DURATION = 2**31 - 1


def session_name(configured: str | None) -> str:
    """Names the session as configured, or as botocore does, by the current second."""
    if configured:
        return configured
    import time

    return f"botocore-session-{int(time.time())}"


def check(sources: Sources, parameters: dict[str, Any]) -> None:
    """Refuses parameters that boto3 does not send, unless the profile turns such checks off.

    Raises:
        ParamValidationError: One is too short or too small.
    """
    from presigned._settings import client_settings

    report = []
    for parameter, (name, least) in _LEAST.items():
        value = parameters.get(parameter)
        if isinstance(value, str) and len(value) < least:
            report.append(f"Invalid length for parameter {name}, value: {len(value)}, valid min length: {least}")
        elif isinstance(value, int) and value < least:
            report.append(f"Invalid value for parameter {name}, value: {value}, valid min value: {least}")
    if not client_settings.validates(sources, None):
        report = []
    duration = parameters.get("duration_seconds")
    if duration is not None and not -_LONGEST_DURATION <= duration <= _LONGEST_DURATION:
        report.append(f"Invalid value for parameter DurationSeconds, value: {duration}, valid max value: 43200")
    if report:
        raise make("ParamValidationError", report="\n".join(report))
