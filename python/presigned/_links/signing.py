"""Signatures as a server computes them from a request that it has received: SigV4 and SigV2."""

from __future__ import annotations

import base64
import hashlib
import hmac

from . import hosts
from .escapes import decoded, decoded_query, encoded, encoded_path, to_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .links import Pairs, Scope
    from .received import Received

UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
#: Service -> what its tokens have behind the signature: IoT's the session token, and others the name of the program.
_UNSIGNED = {"iotdevicegateway": "X-Amz-Security-Token", "kafka-cluster": "User-Agent", "bedrock": "Version"}
EMPTY_PAYLOAD = hashlib.sha256(b"").hexdigest()
#: Services that sign the path as it is sent, and not encoded a second time.
S3_SERVICES = frozenset({"s3", "s3-object-lambda", "s3-outposts", "s3express"})
#: Parameters of a query that SigV2 signs.
SUBRESOURCES = frozenset({
    "accelerate", "acl", "analytics", "cors", "defaultObjectAcl", "delete", "inventory", "lifecycle", "location",
    "logging", "metrics", "notification", "object-lock", "partNumber", "policy", "replication", "requestPayment",
    "response-cache-control", "response-content-disposition", "response-content-encoding",
    "response-content-language", "response-content-type", "response-expires", "restore", "select", "select-type",
    "storageClass", "tagging", "torrent", "uploadId", "uploads", "versionId", "versioning", "versions", "website",
})  # fmt: skip
_DEFAULT_PORTS = {"https": ":443", "http": ":80", "wss": ":443", "ws": ":80"}
#: Parameters of a SigV2 signature.
_OF_SIGV2 = frozenset({"AWSAccessKeyId", "Signature", "Expires"})


def header_bytes(value: str) -> bytes:
    """The bytes of a header's value: a character for each, as servers pass them on, or UTF-8."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return to_bytes(value)


def sha256(content: bytes) -> str:
    """The hash of a body or a canonical request."""
    return hashlib.sha256(content).hexdigest()


def signed_host(received: Received) -> str:
    """The host as signatures have it: in lower case, without the port that belongs to the scheme."""
    return received.host.strip().lower().removesuffix(_DEFAULT_PORTS.get(received.scheme, ""))


# SigV4


def canonical_request(received: Received, signed_headers: Sequence[str], payload_hash: str, *, is_s3: bool) -> bytes:
    """The canonical request of SigV4."""
    lines = [received.method.encode("utf-8", "replace"), canonical_path(received.path, is_s3=is_s3).encode()]
    query = received.query if is_s3 else without_unsigned(received.query)
    lines.append(canonical_query(query).encode())
    for name in signed_headers:
        value = signed_host(received) if name == "host" else received.headers.get(name, "")
        lines.append(to_bytes(name) + b":" + b" ".join(header_bytes(value).split()))
    lines += [b"", to_bytes(";".join(signed_headers)), payload_hash.encode("utf-8", "replace")]
    return b"\n".join(lines)


def canonical_path(path: str, *, is_s3: bool) -> str:
    """The path: S3 signs what it decodes to; other services tidy it, and encode it a second time."""
    if is_s3:
        return encoded_path(decoded(path))
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in {"", "."}:
            kept.append(part)
    end = "/" if kept and path.endswith("/") else ""
    return encoded_path(to_bytes("/" + "/".join(kept) + end))


def without_unsigned(query: Pairs) -> Pairs:
    """The query without the parameter that the service of a token takes behind the signature."""
    names = [name for name, _ in query]
    if "X-Amz-Signature" not in names:
        return query
    credential = decoded_query(dict(query).get("X-Amz-Credential") or "").decode("utf-8", "replace").split("/")
    unsigned = _UNSIGNED.get(credential[-2]) if len(credential) > 1 else None
    behind = names.index("X-Amz-Signature")
    return tuple(pair for at, pair in enumerate(query) if at < behind or pair[0] != unsigned)


def canonical_query(query: Pairs) -> str:
    """All parameters but the signature, decoded, encoded and sorted."""
    found = [(encoded(decoded_query(name)), encoded(decoded_query(value or ""))) for name, value in query]
    return "&".join(f"{name}={value}" for name, value in sorted(found) if name != "X-Amz-Signature")


def string_to_sign(request: bytes, date: str, scope: Scope) -> str:
    """The string that SigV4 signs."""
    return f"AWS4-HMAC-SHA256\n{date}\n{scope}\n{sha256(request)}"


def signing_key(secret: str, scope: Scope) -> bytes:
    """The key that signs on one day, for one region and service."""
    key = b"AWS4" + to_bytes(secret)
    for part in (scope.date, scope.region or "", scope.service, "aws4_request"):
        key = hmac.digest(key, to_bytes(part), "sha256")
    return key


def sigv4(key: bytes, text: str) -> str:
    """The signature of a string to sign, or of a policy."""
    return hmac.digest(key, to_bytes(text), "sha256").hex()


# SigV2


def sigv2_string(received: Received, bucket: str | None) -> bytes:
    """The string that SigV2 signs for a link.

    Args:
        received: The request.
        bucket: The bucket, if the host names it and it is not a host of S3 itself.
    """
    given = {name: value for name, value in received.parameters().items() if name not in SUBRESOURCES}
    headers = {**received.headers}
    # Signers move these headers into the query. What is sent there and as a header counts once.
    for name, value in given.items():
        lower = name.lower()
        if is_moved(name):
            sent = headers.get(lower)
            headers[lower] = value if sent is None or _same(sent, value) else f"{value},{sent}"
    lines = [received.method, headers.get("content-md5", ""), headers.get("content-type", ""), given.get("Expires", "")]
    lines += [f"{name}:{headers[name].strip()}" for name in sorted(headers) if name.startswith("x-amz-")]
    return b"\n".join([_header_text(line.strip()) for line in lines] + [_resource(received, bucket)])


def is_moved(name: str) -> bool:
    """Whether a parameter stands for a header that SigV2 signs."""
    lower = name.lower()
    return lower in {"content-md5", "content-type"} or lower.startswith("x-amz-")


def _header_text(text: str) -> bytes:
    # Values of a query are text. Those of a header may be bytes, a character for each.
    if text.isascii():
        return text.encode()
    try:
        text.encode("latin-1").decode()
    except UnicodeError:
        return to_bytes(text)
    return text.encode("latin-1")


def _same(sent: str, value: str) -> bool:
    return _header_text(sent.strip()) == _header_text(value.strip())


def _resource(received: Received, bucket: str | None) -> bytes:
    """The path, behind the bucket if the host names it, and the parameters that SigV2 signs."""
    path = received.path
    found = hosts.read(received.host)
    if bucket is None and found is not None and found.kind in {"s3", "accelerate"}:
        bucket = found.bucket
    if bucket is not None:
        path = f"/{bucket}{path}"
    elif found is None or found.kind == "s3":
        # A bucket without a key ends in a slash.
        path += "/" if path.count("/") == 1 and path != "/" else ""
    # By their decoded names: a server that decodes them acts on them.
    names = zip(received.names(), received.query, strict=True)
    signed = [
        (name.encode(), None if value is None else decoded_query(value))
        for name, (_, value) in names
        if name in SUBRESOURCES
    ]
    # Those of one name keep their order.
    parts = [name if value is None else name + b"=" + value for name, value in sorted(signed, key=_first)]
    return to_bytes(path) + (b"?" + b"&".join(parts) if parts else b"")


def _first(pair: tuple[bytes, bytes | None]) -> bytes:
    return pair[0]


def sigv2(secret: str, text: bytes) -> str:
    """The signature of a string to sign, or of a policy."""
    return base64.b64encode(hmac.digest(to_bytes(secret), text, "sha1")).decode("ascii")


def signed_names(headers: Iterable[str]) -> list[str]:
    """Headers that a signature must cover if they are sent: S3 refuses others."""
    return sorted(name for name in headers if name.startswith("x-amz-") and name != "x-amz-content-sha256")
