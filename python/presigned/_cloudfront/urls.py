"""Encodes URLs and patterns so that CloudFront finds in a policy what a browser asks for.

CloudFront compares the policy with the URL as it was sent, and browsers send nothing that is not ASCII. So what is
signed is the encoded URL, and the signed URL has the same text.
"""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import quote, unquote_to_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: What JavaScript's `encodeURIComponent` leaves as it is, besides letters, digits and what `quote` leaves.
_PLAIN = "!~*'()"
#: What a URL may hold (RFC 3986), and the percent sign.
_OF_URLS = "!#$%&'()*+,/:;=?@[]~"
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"(%[0-9A-Fa-f]{2}|\+)")
_HOST = re.compile(r"[\w.:\[\]-]+", re.ASCII)
#: What CloudFront adds to a URL. It takes nothing else of these names.
RESERVED = frozenset({b"Expires", b"Policy", b"Signature", b"Key-Pair-Id", b"Hash-Algorithm"})


def encoded(url: Any) -> str:
    """A URL with its path and query encoded as AWS's SDK for JavaScript encodes them.

    Raises:
        ValueError: No browser would ask for it as it is.
    """
    if not isinstance(url, str):
        raise ValueError("a URL is a string")  # noqa: TRY004 - the caller raises one class for all
    scheme, marker, rest = url.partition("://")
    if not marker or scheme not in ("http", "https", "ws", "wss"):
        raise ValueError("a URL begins with https://, http://, wss:// or ws://")
    if "#" in rest:
        raise ValueError("browsers do not send what is behind #. Leave it out, or write %23 if it is a part of a name")
    place, _, query = rest.partition("?")
    host, _, path = place.partition("/")
    if not _HOST.fullmatch(host):
        raise ValueError("the host is not one that a browser sends. Write other scripts in Punycode (xn--...)")
    try:
        path = "/".join(map(_segment, path.split("/")))
        query = "&".join(map(_pair, filter(None, query.split("&"))))
    except UnicodeEncodeError:
        raise ValueError("it holds a lone surrogate") from None
    if not {".", ".."}.isdisjoint(path.split("/")):
        raise ValueError("browsers resolve the folders . and .. before they send it")
    # Browsers ask for the slash in any case.
    return f"{scheme}://{host}/{path}{'?' if query else ''}{query}"


def encoded_pattern(resource: Any) -> str:
    """A resource of a policy: only what no URL can hold is encoded, as browsers do.

    Raises:
        ValueError: It is not a string, or an empty one.
    """
    if not isinstance(resource, str) or not resource:
        raise ValueError("it is a string with the URL or a pattern")
    try:
        return quote(resource, safe=_OF_URLS)
    except UnicodeEncodeError:
        raise ValueError("it holds a lone surrogate") from None


def _segment(segment: str) -> str:
    if not _BROKEN_ESCAPE.search(segment):
        # Bytes that are not UTF-8 are taken as they stand, with their percent signs.
        with suppress(UnicodeDecodeError):
            segment = unquote_to_bytes(segment).decode()
    return quote(segment, safe=_PLAIN)


def _pair(pair: str) -> str:
    name, _, value = pair.partition("=")
    name, value = _component(name), _component(value)
    if unquote_to_bytes(name) in RESERVED:
        raise ValueError(f"its query has {name}, which is CloudFront's own")
    return f"{name}={value}"


def _component(component: str) -> str:
    parts = _ESCAPE.split(component)
    parts[::2] = [quote(part, safe="!~*()") for part in parts[::2]]
    parts[1::2] = [escape.upper() for escape in parts[1::2]]
    return "".join(parts)
