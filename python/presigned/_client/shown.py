"""Shows links and forms to people, without the parts that are needed to use them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

#: In place of what is not shown.
HIDDEN = "…"

#: Query parameters of a signature, in lower case, besides those that begin with `x-amz-`: SigV2 moves headers there.
_OF_SIGNATURE = frozenset({"awsaccesskeyid", "content-md5", "content-type", "expires", "signature"})

#: Fields of a form that are secret: they sign it, or only its sender may know them. In lower case.
_SECRET_FIELDS = frozenset(
    {"awsaccesskeyid", "policy", "signature", "x-amz-credential", "x-amz-security-token", "x-amz-signature"}
)


def address(url: str) -> str:
    """Returns a URL without its signature's parameters, and without a password in front of its host."""
    place, mark, query = url.partition("?")
    scheme, slashes, rest = place.partition("://")
    host, slash, path = rest.partition("/")
    if "@" in host:
        host = f"{HIDDEN}@{host.rpartition('@')[2]}"
    shown = [pair for pair in query.split("&") if mark and not _is_of_signature(pair.partition("=")[0].lower())]
    return f"{scheme}{slashes}{host}{slash}{path}{'?' if shown else ''}{'&'.join(shown)}"


def _is_of_signature(name: str) -> bool:
    return name.startswith("x-amz-") or name in _OF_SIGNATURE


def field(name: str, value: object) -> str:
    """Returns what may be shown of the value of a form's field."""
    lower = name.lower()
    return HIDDEN if lower in _SECRET_FIELDS or "customer-key" in lower else str(value)


def instant(seconds: int | None) -> datetime | None:
    """Returns the instant so many seconds after 1970, in UTC."""
    if seconds is None:
        return None
    from datetime import datetime, timedelta, timezone

    return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)


def end(expires_at: datetime | None) -> str:
    """Returns until when a URL or a form works, for people to read."""
    return "unsigned" if expires_at is None else f"until {expires_at:%Y-%m-%d %H:%M:%S} UTC"


def link(url: str, text: str) -> str:
    """Returns an HTML link; only the text, if the URL is not a web address."""
    from html import escape

    if not url.lower().startswith(("https://", "http://")):
        return escape(text)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'
