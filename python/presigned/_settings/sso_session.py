"""Checks the `sso-session` section that a profile names."""

from __future__ import annotations

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .sources import Section, Sources


def check_session(sources: Sources, profile: str) -> tuple[str, Section] | None:
    """Finds the name and the section of a profile's `sso_session`. boto3 checks it for every client.

    Raises:
        InvalidConfigError: The section is missing, or lacks what a session needs.
    """
    section = sources.files.profiles.get(profile, {})
    if "sso_session" not in section:
        return None
    start = f'The profile "{profile}" is configured to use the SSO token provider but '
    name = str(section["sso_session"])
    session = sources.files.sso_sessions.get(name)
    if not session:
        message = f'{start}the "{name}" sso_session configuration does not exist.'
        raise make("InvalidConfigError", error_msg=message)
    missing = [option for option in ("sso_start_url", "sso_region") if option not in session]
    if missing:
        message = f"{start}is missing the following configuration: {missing}."
        raise make("InvalidConfigError", error_msg=message)
    return name, session
