"""Regions and hosts of tokens, and the checks of what callers give."""

from __future__ import annotations

from presigned import _core
from presigned._errors import make
from presigned._services.credentials import default_session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar

    T = TypeVar("T")
    #: The URL of a token, the parameters of its query, and its headers.
    Request = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]

#: Partition -> the end of its hosts; all others end in `amazonaws.com`.
_SUFFIXES = {
    "aws-cn": "amazonaws.com.cn",
    "aws-eusc": "amazonaws.eu",
    "aws-iso": "c2s.ic.gov",
    "aws-iso-b": "sc2s.sgov.gov",
    "aws-iso-e": "cloud.adc-e.uk",
    "aws-iso-f": "csp.hci.ic.gov",
}
_LAST_PORT = 65535
#: The parameters of a signature, in lower case.
_OF_SIGNATURES = frozenset(
    f"x-amz-{name}"
    for name in ("algorithm", "credential", "date", "expires", "security-token", "signature", "signedheaders")
)


#: More databases, caches and clusters than most programs use.
_LIMIT = 256
#: What `kept` has checked.
_kept: dict[Any, Any] = {}


def kept(checked: Callable[..., T], *arguments: Any) -> T:
    """What a check makes of its arguments, run once for the same ones: checks take as long as a signature."""
    try:
        found = _kept.get((checked, arguments))
    except TypeError:
        # Of a type that a check refuses.
        return checked(*arguments)
    if found is None:
        found = checked(*arguments)
        if len(_kept) >= _LIMIT:
            _kept.clear()
        _kept[checked, arguments] = found
    return found


def region_in_use(credentials: Any) -> str:
    """The region of a session that was given as credentials, or else that of the default session.

    Raises:
        NoRegionError: There is none.
    """
    region = known_region(credentials)
    if region is None:
        raise make("NoRegionError")
    return region


def known_region(credentials: Any) -> str | None:
    """The same; `None` if there is none."""
    region = getattr(credentials, "region_name", None)
    return region if isinstance(region, str) else default_session().region_name


def host_in(service: str, region: str) -> str:
    """The host of a service in a region."""
    partition = _core.region_partition_name(region) if type(region) is str else None
    return f"{service}.{region}.{_SUFFIXES.get(partition or '', 'amazonaws.com')}"


def refused(name: str, value: object, why: str) -> Exception:
    """The error for an argument."""
    from presigned._services.arguments import shown

    return make("ParamValidationError", report=f"Invalid value for parameter {name}, value: {shown(value)}: {why}")


def check_flag(name: str, value: Any) -> bool:
    """Refuses what is neither true nor false: credentials at the place of a flag would make it true."""
    if type(value) is not bool:
        raise refused(name, value, "it must be True or False")
    return value


def check_host(name: str, host: Any) -> str:
    """Checks a host without a port, and puts an IPv6 address into brackets."""
    host = _plain(host)
    if type(host) is str and host.isascii():
        if host.replace(".", "").replace("-", "").isalnum():
            return host
        address = host[1:-1] if host[:1] + host[-1:] == "[]" else host
        if address.count(":") > 1 and _is_ipv6(address):
            return f"[{address}]"
        if host.replace(".", "").replace("-", "").replace("_", "").isalnum():
            return host
    raise refused(name, host, "it must be a host, without https:// and without a port")


def _is_ipv6(address: str) -> bool:
    from ipaddress import IPv6Address

    try:
        return IPv6Address(address).scope_id is None
    except ValueError:
        return False


def check_port(port: Any) -> None:
    """Refuses what is not a port: a whole number, which may be text."""
    is_text = type(port) is str and port.isascii() and port.isdigit() and len(port) <= len(str(_LAST_PORT))
    number = int(port) if is_text else port
    if type(number) is not int or not 0 < number <= _LAST_PORT:
        raise refused("port", port, f"it must be a number from 1 to {_LAST_PORT}")


def check_name(name: str, value: Any) -> str:
    """Checks that it is text, and returns it as a plain string."""
    value = _plain(value)
    if type(value) is not str or not value:
        raise refused(name, value, "it must be a string that is not empty")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise refused(name, value, "it has a character that UTF-8 does not have") from None
    return value


def _plain(value: Any) -> Any:
    """Text without its class: members of enums and strings of numpy and Django are of others."""
    return str.__str__(value) if isinstance(value, str) else value


def words(name: str, value: Any, *, may_end_in_hyphens: bool = False) -> str:
    """Checks a name of letters, digits and hyphens that begins with a letter, and returns it in lower case.

    Args:
        name: The parameter.
        value: Its value.
        may_end_in_hyphens: Whether hyphens may follow each other and end it.
    """
    value = _plain(value)
    parts = value.split("-") if type(value) is str and value.isascii() else [""]
    if may_end_in_hyphens:
        parts = [parts[0], *filter(None, parts[1:])]
    if not parts[0][:1].isalpha() or not all(part.isalnum() for part in parts):
        raise refused(name, value, "it must be letters, digits and hyphens, and begin with a letter")
    return str(value.lower())


def seconds(expires_in: Any, most: int) -> int:
    """Checks a lifetime in seconds."""
    if type(expires_in) is int and 0 < expires_in <= most:
        return expires_in
    from presigned._services.arguments import seconds_of

    return seconds_of(expires_in, most)


def pairs(query: Mapping[str, str] | None, *own: tuple[str, str]) -> list[tuple[str, str]]:
    """The parameters of a URL: its own, and more."""
    if query is None:
        return [*own]
    from presigned._services.arguments import check_pairs, pairs_of

    more = pairs_of("query", query)
    check_pairs(query=more)
    there = {name.lower() for name, _ in own}
    for name, _ in more:
        if name.lower() in there or name.lower() in _OF_SIGNATURES:
            raise refused("query", name, "the URL has this parameter already")
    return [*own, *more]
