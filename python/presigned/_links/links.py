"""A link's or a form's parameters: who signed, for which region and service, from when until when."""

from __future__ import annotations

import re

from . import times
from .escapes import decoded, decoded_query, readable
from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

SIGV4 = "AWS4-HMAC-SHA256"
SIGV4A = "AWS4-ECDSA-P256-SHA256"
#: A query parameter and its value, as the URL has them.
if TYPE_CHECKING:
    Pairs = tuple[tuple[str, str | None], ...]


class Url(Record):
    """The parts of a URL, with every character as it was written."""

    __slots__ = ("netloc", "path", "query", "scheme")
    scheme: str
    netloc: str
    path: str
    query: Pairs

    def __init__(self, scheme: str, netloc: str, path: str, query: Pairs) -> None:
        self.scheme = scheme
        self.netloc = netloc
        self.path = path
        self.query = query

    def parameters(self) -> dict[str, str]:
        """The parameters, decoded; the first of each name."""
        found: dict[str, str] = {}
        for name, value in self.query:
            text = decoded_query(value or "").decode("utf-8", "replace")
            found.setdefault(decoded_query(name).decode("utf-8", "replace"), text)
        return found


def split(url: str) -> Url:
    """Takes a URL apart.

    Raises:
        ValueError: It has no scheme and host of a web address.
    """
    whole, _, _ = url.partition("#")
    place, _, query = whole.partition("?")
    scheme, colon, rest = place.partition("://")
    netloc, slash, path = rest.partition("/")
    if not (colon and netloc and scheme.lower() in {"http", "https", "ws", "wss"}):
        # It may contain a signature, so it is not shown.
        raise ValueError("not the URL of a web address: it must begin with https:// or http:// and a host")
    netloc = netloc.rpartition("@")[2]
    return Url(scheme.lower(), netloc, slash + path if slash else "/", pairs(query))


def pairs(query: str) -> Pairs:
    """Takes a query apart."""
    found = (piece.partition("=") for piece in query.split("&") if piece)
    return tuple((name, value if equals else None) for name, equals, value in found)


class Scope(Record):
    """A credential and its scope: `AKID/20260102/eu-central-1/s3/aws4_request`."""

    __slots__ = ("access_key_id", "date", "region", "service")
    access_key_id: str
    date: str
    region: str | None
    service: str

    def __init__(self, access_key_id: str, date: str, region: str | None, service: str) -> None:
        self.access_key_id = access_key_id
        self.date = date
        self.region = region
        self.service = service

    def __str__(self) -> str:
        """The scope alone, as it is signed."""
        return "/".join(part for part in (self.date, self.region, self.service, "aws4_request") if part is not None)


def scope(credential: str, *, has_region: bool = True) -> Scope | None:
    """Takes a credential apart; `None` if it has no such shape. An access key may contain slashes."""
    count = 4 if has_region else 3
    parts = credential.rsplit("/", count)
    if len(parts) != count + 1 or parts[-1] != "aws4_request" or not re.fullmatch(r"[0-9]{8}", parts[1]):
        return None
    return Scope(parts[0], parts[1], parts[2] if has_region else None, parts[-2])


class Signature(Record):
    """What signs a link or a form, as far as it can be read; what is missing or malformed is `None` or empty.

    Attributes:
        kind: "SigV4", "SigV4A", "SigV2", "unsigned", or an algorithm that is not known.
        lifetime: The seconds of `X-Amz-Expires`, as text.
    """

    __slots__ = (
        "access_key_id", "expires", "issued", "kind", "lifetime", "region", "scope", "service", "signed_headers",
        "token", "value",
    )  # fmt: skip
    kind: str
    access_key_id: str | None
    scope: Scope | None
    region: str | None
    service: str | None
    issued: datetime | None
    expires: datetime | None
    lifetime: str | None
    signed_headers: tuple[str, ...]
    token: str | None
    value: str | None

    def __repr__(self) -> str:
        return f"<Signature {self.kind}>"


def of_query(given: Mapping[str, str]) -> Signature:
    """Reads the signature of a link from its parameters."""
    found = Signature()
    found.scope = found.region = found.service = found.issued = found.expires = found.lifetime = None
    found.signed_headers = ()
    if "X-Amz-Algorithm" in given or "X-Amz-Signature" in given or "X-Amz-Credential" in given:
        algorithm = given.get("X-Amz-Algorithm", SIGV4)
        found.kind = {SIGV4: "SigV4", SIGV4A: "SigV4A"}.get(algorithm, algorithm)
        found.signed_headers = tuple(name for name in given.get("X-Amz-SignedHeaders", "").split(";") if name)
        found.token = given.get("X-Amz-Security-Token") or given.get("X-Amz-S3session-Token")
        found.value = given.get("X-Amz-Signature")
        found.lifetime = given.get("X-Amz-Expires")
        _read_scope(found, given.get("X-Amz-Credential", ""), given.get("X-Amz-Region-Set"))
        found.issued = times.of_sigv4(given.get("X-Amz-Date", ""))
        if found.issued and re.fullmatch(r"[0-9]{1,12}", found.lifetime or ""):
            found.expires = times.later(found.issued, int(found.lifetime or ""))
    elif "AWSAccessKeyId" in given or "Signature" in given:
        found.kind = "SigV2"
        found.access_key_id = given.get("AWSAccessKeyId")
        found.service = "s3"
        found.token = given.get("x-amz-security-token")
        found.value = given.get("Signature")
        found.expires = times.of_epoch(given.get("Expires", ""))
    else:
        found.kind, found.access_key_id, found.token, found.value = "unsigned", None, None, None
    return found


def of_fields(given: Mapping[str, str], expiration: datetime | None) -> Signature:
    """Reads the signature of a form from its fields, which have lower-case names, and its policy's end."""
    found = Signature()
    found.scope = found.region = found.service = found.issued = found.lifetime = None
    found.signed_headers, found.expires, found.token = (), expiration, given.get("x-amz-security-token")
    if "x-amz-signature" in given or "x-amz-credential" in given:
        found.kind = "POST policy SigV4"
        _read_scope(found, given.get("x-amz-credential", ""), None)
        found.issued = times.of_sigv4(given.get("x-amz-date", ""))
        found.value = given.get("x-amz-signature")
    elif "signature" in given or "awsaccesskeyid" in given:
        found.kind, found.service = "POST policy SigV2", "s3"
        found.access_key_id, found.value = given.get("awsaccesskeyid"), given.get("signature")
    else:
        found.kind, found.access_key_id, found.value, found.expires = "unsigned", None, None, None
    return found


def _read_scope(found: Signature, credential: str, region_set: str | None) -> None:
    found.scope = scope(credential, has_region=found.kind != "SigV4A")
    found.access_key_id = found.scope.access_key_id if found.scope else credential.partition("/")[0] or None
    if found.scope:
        found.region, found.service = found.scope.region or region_set, found.scope.service


#: In either case: parameters of a signature itself.
_OF_SIGNATURE = frozenset({"awsaccesskeyid", "signature", "expires", "x-amz-security-token"})


def is_of_signature(name: str) -> bool:
    """Whether a query parameter is part of a signature, and not of the request that is signed."""
    return name.startswith("X-Amz-") or name.lower() in _OF_SIGNATURE


def has_good_form(signature: Signature) -> bool:
    """Whether the signature has the form of its kind: a short or changed one was cut off or mangled."""
    value = signature.value or ""
    if signature.kind.endswith("SigV2"):
        return re.fullmatch(r"[A-Za-z0-9+/]{27}=", value) is not None
    return re.fullmatch(r"[0-9a-f]{130,150}" if signature.kind == "SigV4A" else r"[0-9a-f]{64}", value) is not None


def path_style(path: str) -> tuple[str | None, str | None]:
    """Bucket and key of a path that begins with the bucket."""
    bucket, _, key = path.removeprefix("/").partition("/")
    return readable(bucket) or None, readable(key) or None


def segments(path: str) -> Sequence[bytes]:
    """The parts of a path between its slashes, decoded."""
    return [decoded(part) for part in path.removeprefix("/").split("/")]
