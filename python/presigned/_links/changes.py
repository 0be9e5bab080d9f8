"""Single changes that requests and keys suffer, each undone: with which of them does the signature fit?

A change is an attempt to go back from what was received to what was signed.
"""

from __future__ import annotations

import unicodedata

from . import hosts, signing
from .escapes import decoded, decoded_query, encoded, encoded_path, readable, to_bytes
from .findings import TRACKERS
from .links import is_of_signature, split
from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from .links import Pairs
    from .received import Received
    from .secrets import Keys

METHODS = ("GET", "PUT", "HEAD", "POST", "DELETE")
#: Content types that clients send.
CONTENT_TYPES = (
    "application/octet-stream", "binary/octet-stream", "image/jpeg", "image/png", "application/json", "text/plain",
    "application/pdf", "text/csv", "text/html", "image/webp", "image/gif", "image/svg+xml", "video/mp4",
    "audio/mpeg", "application/zip", "application/x-www-form-urlencoded", "text/plain; charset=utf-8",
    "text/plain;charset=UTF-8", "application/json; charset=utf-8", "application/json;charset=UTF-8",
    "text/html; charset=utf-8", "application/gzip", "application/x-gzip", "application/xml", "text/xml",
    "application/javascript", "text/css", "image/jpg", "image/heic", "video/quicktime", "video/webm", "audio/wav",
    "audio/mp4", "multipart/form-data", "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel",
    "application/x-tar", "application/parquet", "application/vnd.apache.parquet", "text/markdown", "*/*", "",
)  # fmt: skip
#: Other headers, with the values that they have most often.
HEADER_VALUES = {
    "x-amz-acl": ("private", "public-read", "bucket-owner-full-control", "public-read-write", "authenticated-read"),
    "x-amz-server-side-encryption": ("AES256", "aws:kms", "aws:kms:dsse"),
    "x-amz-storage-class": ("STANDARD", "STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "ONEZONE_IA"),
    "x-amz-request-payer": ("requester",),
    "x-amz-content-sha256": (signing.UNSIGNED_PAYLOAD, signing.EMPTY_PAYLOAD),
    "x-amz-checksum-crc32": ("AAAAAA==",),
    "x-amz-sdk-checksum-algorithm": ("CRC32", "CRC64NVME"),
    "content-length": ("0",),
    "range": ("bytes=0-",),
}
LIFETIMES = ("3600", "900", "300", "60", "600", "1800", "7200", "21600", "43200", "86400", "604800", "120", "30", "180")
#: Ports of HTTP, and those that other servers of S3 have by default.
PORTS = ("443", "80", "9000", "8080", "8333", "4566", "3900", "7480")
#: Slashes of a path that are doubled in turn.
_MOST_SLASHES = 8


class Attempt(Record):
    """A request with the keys and the payload's hash with which its signature may fit.

    Attributes:
        payload: The hash of the body; `None` for what the request itself says.
        bucket: The bucket that the host names, for SigV2.
    """

    __slots__ = ("bucket", "payload", "received", "secret")
    received: Received
    secret: str
    payload: str | None
    bucket: str | None

    def __init__(self, received: Received, secret: str, payload: str | None = None, bucket: str | None = None) -> None:
        self.received = received
        self.secret = secret
        self.payload = payload
        self.bucket = bucket

    def but(self, **changed: Any) -> Attempt:
        """The same with other parts of the request, or another secret, payload or bucket."""
        own = {name: changed.pop(name, getattr(self, name)) for name in ("secret", "payload", "bucket")}
        return Attempt(self.received.but(**changed) if changed else self.received, **own)

    def __repr__(self) -> str:
        return f"<Attempt {self.received.method} {self.received.host}>"


class Change(Record):
    """One change: the code of its cause, and what speaks for it if the signature fits with it."""

    __slots__ = ("code", "evidence")
    code: str
    evidence: str

    def __init__(self, code: str, evidence: str) -> None:
        self.code = code
        self.evidence = evidence


#: A change, and the attempt that it leads to.
if TYPE_CHECKING:
    Changed = tuple[Change, Attempt]


def groups(
    keys: Keys, known_hosts: Sequence[str], *, are_headers_known: bool
) -> tuple[Callable[[Attempt], Iterator[Changed]], ...]:
    """The kinds of changes, the commonest first. Two of one kind are not tried together."""
    return (
        methods,
        lambda attempt: tokens(attempt, keys),
        lambda attempt: of_hosts(attempt, known_hosts),
        of_path,
        of_query,
        lambda attempt: of_headers(attempt, are_known=are_headers_known),
        payloads,
        secrets,
        lifetimes,
    )


def methods(attempt: Attempt) -> Iterator[Changed]:
    """Other methods."""
    sent = attempt.received.method
    for method in METHODS:
        if method != sent:
            yield (
                Change("method", f"The signature fits {method}, and the request is {sent}."),
                attempt.but(method=method),
            )


def tokens(attempt: Attempt, keys: Keys) -> Iterator[Changed]:
    """Without a token, or with that of the credentials."""
    query = attempt.received.query
    is_v2 = any(name == "AWSAccessKeyId" for name, _ in query)
    token = "x-amz-security-token" if is_v2 else "X-Amz-Security-Token"
    without = tuple(pair for pair in query if pair[0] != token)
    if len(without) != len(query):
        yield (
            Change("query_changed", "The signature fits without the token: it was added later."),
            attempt.but(query=without),
        )
    if keys.token is not None:
        changed = (*without, (token, encoded(to_bytes(keys.token))))
        if changed != query:
            yield (
                Change("token_missing", "The signature fits with the token of the credentials, which the link lacks."),
                attempt.but(query=changed),
            )


def of_hosts(attempt: Attempt, known: Sequence[str]) -> Iterator[Changed]:
    """Other hosts: with and without the port, those that are known, and other hosts of AWS for the bucket."""
    given = attempt.received
    sent = given.host
    name = hosts.without_port(sent)
    candidates = [(one.partition("://")[2].partition("/")[0] if "://" in one else one, given.path) for one in known]
    candidates = [(one, path) for host, path in candidates for one in (host, hosts.without_port(host))]
    candidates += [(one, given.path) for one in (name, *(f"{name}:{port}" for port in PORTS)) if one != sent]
    found = hosts.read(sent)
    if found is not None and found.kind in {"s3", "accelerate"}:
        candidates += _other_styles(attempt, found)
    if "AWSAccessKeyId" in given.parameters():
        # SigV2 signs no host.
        return
    if "." in name:
        # The bucket's name moved from the host into the path, or back.
        first, _, rest = sent.partition(".")
        candidates.append((rest, f"/{first}{given.path}"))
    bucket, _, key = given.path[1:].partition("/")
    if bucket:
        candidates += [
            (f"{readable(bucket)}.{one}", f"/{key}") for one in (sent, *[host for host, _ in candidates[:4]])
        ]
    for host, path in dict.fromkeys(candidates):
        if (host, path) != (sent, given.path) and host:
            same = "" if path == given.path else f" with the path {readable(path)!r}"
            evidence = f"The signature fits the host {host}{same}, and the request goes to {sent}."
            yield Change("host", evidence), attempt.but(host=host, path=path)


def _other_styles(attempt: Attempt, found: hosts.Host) -> list[tuple[str, str]]:
    """The hosts of AWS at which the same object is."""
    given = attempt.received
    scope = given.parameters().get("X-Amz-Credential", "").split("/")
    bucket, path = found.bucket, given.path
    if bucket is None:
        first, _, key = path[1:].partition("/")
        bucket, path = readable(first), f"/{key}"
    places = ["s3.amazonaws.com", *(f"s3.{region}.amazonaws.com" for region in (found.region, *scope[2:3]) if region)]
    other = [(f"{bucket}.{place}", path) for place in places]
    other += [(place, f"/{encoded(to_bytes(bucket))}{path}") for place in places]
    return [*other, (f"{bucket}.s3-accelerate.amazonaws.com", path)]


def of_path(attempt: Attempt) -> Iterator[Changed]:
    """Other encodings of the path, prefixes, slashes and ends."""
    raw = attempt.received.path
    path = decoded(raw)
    # Where a client writes + for a space, plus signs of the key are escaped.
    swapped = (
        ("with a space where + was sent", decoded(raw.replace("+", " "))),
        ("with + where a space was sent", decoded(raw.replace("%20", "+"))),
    )
    for what, other in (*swapped, *_paths(path)):
        if other != path and other.startswith(b"/"):
            code = "host" if "prefix" in what else "key_encoding"
            evidence = f"The signature fits the path {other.decode('utf-8', 'replace')!r}, {what}."
            yield Change(code, evidence), attempt.but(path=encoded_path(other))


def _paths(path: bytes) -> Iterator[tuple[str, bytes]]:
    yield "which was encoded once more on its way", decoded(path.decode("latin-1")) if path.isascii() else path
    yield "encoded twice, and it was decoded on its way", encoded_path(path).encode()
    yield "with %25 where % was sent", path.replace(b"%", b"%25")
    for end in (b"\n", b"\r\n", b" ", b"/"):
        yield "which ends in more than was sent", path + end
    yield "without the white space at its end", path.rstrip()
    yield "without the slash at its end", path.rstrip(b"/")
    yield "with single slashes", _collapsed(path)
    slashes = [position for position, one in enumerate(path) if one == ord("/")]
    for position in slashes[:_MOST_SLASHES]:
        yield "with two slashes where one was sent", path[:position] + b"/" + path[position:]
    parts = path.split(b"/")
    for count in (1, 2):
        if len(parts) > count + 1:
            yield "without the prefix that was added", b"/" + b"/".join(parts[count + 1 :])
    try:
        text = path.decode()
        yield "in another form of Unicode (NFC)", unicodedata.normalize("NFC", text).encode()
        yield "in another form of Unicode (NFD)", unicodedata.normalize("NFD", text).encode()
        yield "in UTF-8, and not Latin-1 read as UTF-8", text.encode("latin-1")
    except UnicodeError:
        yield "in UTF-8, where Latin-1 was sent", path.decode("latin-1").encode()


def _collapsed(path: bytes) -> bytes:
    while b"//" in path:
        path = path.replace(b"//", b"/")
    return path


def of_query(attempt: Attempt) -> Iterator[Changed]:
    """Without what was added, and with other encodings of the values."""
    query = attempt.received.query
    for what, other in _queries(query):
        if other != query:
            yield Change("query_changed", f"The signature fits {what}."), attempt.but(query=other)


def _queries(query: Pairs) -> Iterator[tuple[str, Pairs]]:
    foreign = [name for name, _ in query if not is_of_signature(readable(name))]
    for name in dict.fromkeys(foreign):
        yield f"without the parameter {readable(name)!r}", tuple(pair for pair in query if pair[0] != name)
    if any(TRACKERS.fullmatch(name) for name in foreign):
        kept = tuple(pair for pair in query if not TRACKERS.fullmatch(pair[0]))
        yield f"without the parameters of trackers ({', '.join(n for n in foreign if TRACKERS.fullmatch(n))})", kept
    if len(foreign) > 1:
        yield f"without {', '.join(foreign)}", tuple(pair for pair in query if pair[0] not in foreign)
    yield "if no parameter is there twice", tuple(dict.fromkeys(query))
    yield "if a + in the query is a plus sign", _values(query, lambda value: value.replace("+", "%2B"))
    yield (
        "if spaces in the query are plus signs",
        _values(query, lambda value: encoded(decoded_query(value).replace(b" ", b"+"))),
    )
    yield "if the query is decoded once more", _values(query, lambda value: encoded(decoded(readable(value))))
    yield "if the query is encoded once more", _values(query, lambda value: encoded(to_bytes(value)))
    for operation in ("GetObject", "PutObject"):
        yield f"with x-id={operation}, which was removed", (*query, ("x-id", operation))


def _values(query: Pairs, change: Callable[[str], str]) -> Pairs:
    return tuple((name, value if value is None or is_of_signature(name) else change(value)) for name, value in query)


def of_headers(attempt: Attempt, *, are_known: bool) -> Iterator[Changed]:
    """Usual values of the signed headers."""
    given = attempt.received
    parameters = given.parameters()
    signed = parameters.get("X-Amz-SignedHeaders", "").split(";")
    if "AWSAccessKeyId" in parameters:
        # SigV2 always signs it.
        signed = ["content-type"]
    for name in signed:
        sent = given.headers.get(name)
        values = CONTENT_TYPES if name == "content-type" else HEADER_VALUES.get(name, ())
        for value in values:
            if value != (sent or ""):
                what = "it was not sent" if sent is None else f"it was sent as {sent!r}"
                if sent is None and not are_known:
                    what = "what was sent is not known"
                code = "content_type" if name == "content-type" else "headers_missing"
                evidence = f"The signature fits {name}: {value!r}, and {what}."
                yield Change(code, evidence), attempt.but(headers={**given.headers, name: value})


def payloads(attempt: Attempt) -> Iterator[Changed]:
    """Other hashes of the body."""
    given = attempt.received
    hashes = [
        (signing.EMPTY_PAYLOAD, "the hash of an empty body"),
        (signing.UNSIGNED_PAYLOAD, "UNSIGNED-PAYLOAD"),
        (given.headers.get("x-amz-content-sha256"), "the hash in x-amz-content-sha256"),
        (None if given.body is None else signing.sha256(given.body), "the hash of the body"),
    ]
    for value, what in hashes:
        if value is not None and value != attempt.payload:
            evidence = f"The signature fits {what}; S3 expects UNSIGNED-PAYLOAD in presigned URLs."
            yield Change("payload", evidence), attempt.but(payload=value)


def secrets(attempt: Attempt) -> Iterator[Changed]:
    """The secret with white space, or with escapes."""
    secret = attempt.secret
    for what, other in (
        ("without its white space", secret.strip()),
        ("with a line end behind it", secret + "\n"),
        ("with a line end behind it", secret + "\r\n"),
        ("with a carriage return behind it", secret + "\r"),
        ("with a space behind it", secret + " "),
        ("with a space in front of it", " " + secret),
        ("in quotation marks", f'"{secret}"'),
        ("in quotation marks", f"'{secret}'"),
        ("percent-encoded", encoded(to_bytes(secret))),
        ("percent-decoded", readable(secret)),
        ("with spaces in place of its plus signs", secret.replace("+", " ")),
        ("with its slashes escaped", secret.replace("/", "\\/")),
        ("without its last character", secret[:-1]),
        ("without its first character", secret[1:]),
        ("in lower case", secret.lower()),
    ):
        if other != secret:
            yield Change("secret", f"The signature fits the secret key {what}."), attempt.but(secret=other)


def lifetimes(attempt: Attempt) -> Iterator[Changed]:
    """Other lifetimes: somebody may have tried to make the link last longer."""
    query = attempt.received.query
    for seconds in LIFETIMES:
        changed = tuple((name, seconds if name == "X-Amz-Expires" else value) for name, value in query)
        if changed != query:
            evidence = f"The signature fits X-Amz-Expires={seconds}: the lifetime was changed after signing."
            yield Change("query_changed", evidence), attempt.but(query=changed)


def hosts_of(known: Sequence[str]) -> list[str]:
    """The hosts among names and URLs."""
    return [split(one).netloc if "://" in one else one for one in known]
