"""The policies that CloudFront reads: their text, and how it is written into URLs and cookies."""

from __future__ import annotations

from binascii import b2a_base64

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: CloudFront's own Base64.
_TO_URL = bytes.maketrans(b"+=/", b"-_~")


class Policy:
    """A policy.

    Args:
        text: What is signed.
        end: When it expires, in seconds since 1970, if CloudFront writes the text again from that.
    """

    __slots__ = ("_end", "text")

    def __init__(self, text: str, end: int | None) -> None:
        self.text = text.encode("ascii")
        self._end = end

    def parts(self, signature: bytes, key_id: str, algorithm: str) -> list[tuple[str, str]]:
        """The names and values that CloudFront needs, in the order of its documentation."""
        first = ("Policy", encoded(self.text)) if self._end is None else ("Expires", str(self._end))
        found = [first, ("Signature", encoded(signature)), ("Key-Pair-Id", key_id)]
        return found if algorithm == "SHA1" else [*found, ("Hash-Algorithm", algorithm)]

    def query(self, signature: bytes, key_id: str, algorithm: str) -> str:
        """The same as a query."""
        return "&".join(f"{name}={value}" for name, value in self.parts(signature, key_id, algorithm))


def canned(resource: str, end: int) -> Policy:
    """A policy of which the URL has only the end."""
    return Policy(_text(resource, end), end)


def custom(resource: str, end: int, since: int | None, ip: str | None) -> Policy:
    """A policy that the URL has."""
    return Policy(_text(resource, end, since, ip), None)


def _text(resource: str, end: int, since: int | None = None, ip: str | None = None) -> str:
    # The resource has no character that JSON would escape. CloudFront allows no white space.
    conditions = f'"DateLessThan":{{"AWS:EpochTime":{end}}}'
    if since is not None:
        conditions += f',"DateGreaterThan":{{"AWS:EpochTime":{since}}}'
    if ip is not None:
        conditions += f',"IpAddress":{{"AWS:SourceIp":"{ip}"}}'
    return f'{{"Statement":[{{"Resource":"{resource}","Condition":{{{conditions}}}}}]}}'


def encoded(content: bytes) -> str:
    """The content in CloudFront's Base64."""
    return b2a_base64(content, newline=False).translate(_TO_URL).decode("ascii")


def matcher(resource: str) -> Callable[[str], bool]:
    """Makes the function that says whether a resource, with its wildcards, matches a URL."""
    import re

    marks = {"*": ".*", "?": "."}
    pattern = re.compile("".join(marks.get(mark) or re.escape(mark) for mark in resource))
    return lambda url: pattern.fullmatch(url) is not None


def address_range(given: Any) -> str:
    """Reads an IPv4 address or a range of them.

    Raises:
        ParamValidationError: It is something else. CloudFront has no IPv6 addresses in policies.
    """
    import ipaddress

    try:
        return str(ipaddress.IPv4Network(str(given), strict=False))
    except ValueError:
        report = f"Invalid value for parameter ip: {given!r} is no IPv4 address, and no range such as 192.0.2.0/24"
        raise make("ParamValidationError", report=report) from None
