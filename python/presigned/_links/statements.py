"""What a server's answer says about the cause: its code, and the canonical request that it computed."""

from __future__ import annotations

import re
from datetime import timedelta

from . import links, signing, times
from .causes import cause
from .escapes import decoded, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .answers import Answer
    from .causes import Cause
    from .links import Signature
    from .received import Received

_SKEW = timedelta(minutes=15)
#: Code -> the cause that it always has.
_PLAIN = {
    "ExpiredToken": "session_ended",
    "InvalidToken": "session_ended",
    "TokenRefreshRequired": "session_ended",
    "ExpiredRequest": "expired",
    "RequestExpired": "expired",
    "RequestTimeTooSkewed": "clock",
    "RequestNotYetValid": "clock",
    "PermanentRedirect": "redirect",
    "TemporaryRedirect": "redirect",
    "Redirect": "redirect",
    "IllegalLocationConstraintException": "region",
    "MethodNotAllowed": "method",
    "NoSuchKey": "not_found",
    "NoSuchBucket": "not_found",
    "NoSuchVersion": "not_found",
    "AllAccessDisabled": "permission",
    "AccountProblem": "permission",
    "BadDigest": "payload",
    "InvalidDigest": "payload",
    "XAmzContentChecksumMismatch": "payload",
    "XAmzContentSHA256Mismatch": "payload",
    **dict.fromkeys(
        (
            "EntityTooLarge",
            "EntityTooSmall",
            "IncorrectNumberOfFilesInPostRequest",
            "InvalidPolicyDocument",
            "MalformedPOSTRequest",
        ),
        "form",
    ),
}
#: Codes that have several causes: the message decides.
_MANY = frozenset(
    {
        "AccessDenied",
        "AuthorizationHeaderMalformed",
        "AuthorizationQueryParametersError",
        "InvalidArgument",
        "InvalidRequest",
    }
)
#: Words of a message, in lower case -> the cause. The first that is found counts.
_WORDS = (
    ("has expired", "expired"),
    ("policy expired", "expired"),
    ("not yet valid", "clock"),
    ("not valid yet", "clock"),
    ("not signed", "headers_not_signed"),
    ("according to policy", "form"),
    ("only one auth", "two_signatures"),
    ("signature version 4", "sigv2"),
    ("aws4-hmac-sha256", "sigv2"),
    ("not authorized to perform", "permission"),
    ("explicit deny", "permission"),
    ("requires the x-amz-algorithm", "cut_off"),
    ("x-amz-expires", "lifetime"),
    ("the region", "region"),
    ("wrong region", "region"),
)


def of_answer(answer: Answer, signature: Signature, secrets: tuple[str | None, ...]) -> Iterator[Cause]:
    """What the code, the message and the headers say."""
    if not answer.is_s3:
        yield cause("not_s3", f"The body of the answer{_status(answer)} has no code of S3 in XML.", *secrets)
        return
    region = answer.elements.get("Region") or answer.headers.get("x-amz-bucket-region")
    if region and signature.region and region != signature.region and "*" not in signature.region:
        evidence = f"It is signed for {signature.region}, and the bucket is in {region}: the server says so."
        yield cause("region", evidence, *secrets)
    name = _of_code(answer, signature)
    if name is not None:
        message = f": {answer.message.rstrip('.')}." if answer.message else "."
        says = " ".join(f"The server answers {answer.status or ''} {answer.code}".split()) + message
        yield cause(name, says + _times(answer) + _endpoint(answer) + _names(answer) + _sizes(answer), *secrets)


def _of_code(answer: Answer, signature: Signature) -> str | None:
    """The cause that a code stands for; `None` if it says no more than that something differs."""
    code = answer.code
    if code in _PLAIN:
        return _PLAIN[code]
    if code in _MANY:
        return _of_message(answer, signature)
    if code == "InvalidAccessKeyId":
        lacks = (signature.access_key_id or "").startswith("ASIA") and signature.token is None
        return "token_missing" if lacks else "access_key"
    if code.startswith("KMS."):
        return "permission"
    if not code:
        return "redirect" if answer.status in {301, 307} else None
    return None if code == "SignatureDoesNotMatch" else "other"


def _status(answer: Answer) -> str:
    return f" ({answer.status})" if answer.status else ""


def _of_message(answer: Answer, signature: Signature) -> str:
    """The cause of an answer whose code has many."""
    code, lower = answer.code, answer.message.lower()
    for words, name in _WORDS:
        if words in lower:
            return name
    if "HeadersNotSigned" in answer.elements:
        return "headers_not_signed"
    if code.startswith("Authorization"):
        return "cut_off"
    if code == "AccessDenied":
        return "unsigned" if signature.kind == "unsigned" else "permission"
    return "form" if "ArgumentName" in answer.elements and signature.kind.startswith("POST") else "other"


def _times(answer: Answer) -> str:
    parts = [
        f"{label} {times.shown(times.any_of(answer.elements[name]))}"
        for name, label in (
            ("Expires", "it expired at"),
            ("RequestTime", "the request says"),
            ("ServerTime", "the server's clock says"),
        )
        if times.any_of(answer.elements.get(name, ""))
    ]
    return f" Times: {', '.join(parts)}." if parts else ""


def _endpoint(answer: Answer) -> str:
    place = answer.elements.get("Endpoint") or answer.headers.get("location", "").partition("?")[0]
    return f" The bucket is at {place}." if place else ""


def _names(answer: Answer) -> str:
    names = answer.elements.get("HeadersNotSigned")
    return f" Not signed: {names}." if names else ""


def _sizes(answer: Answer) -> str:
    named = {"ProposedSize": "the file has", "MaxSizeAllowed": "the most is", "MinSizeAllowed": "the least is"}
    parts = [f"{label} {answer.elements[name]} bytes" for name, label in named.items() if name in answer.elements]
    return f" Sizes: {', '.join(parts)}." if parts else ""


def of_clock(answer: Answer, signature: Signature, secrets: tuple[str | None, ...]) -> Iterator[Cause]:
    """What the time of the answer says. That is all there is to an answer to HEAD, which has no body."""
    server = times.of_http(answer.headers.get("date", ""))
    if server is None or answer.status in {200, 204, 206}:
        return
    clock = f"The server's clock says {times.shown(server)}"
    if signature.expires is not None and server >= signature.expires:
        yield cause("expired", f"{clock}, and the link expired at {times.shown(signature.expires)}.", *secrets)
    elif signature.issued is not None and signature.issued > server + _SKEW:
        yield cause("clock", f"{clock}, and the link was signed at {times.shown(signature.issued)}.", *secrets)


def of_canonical_request(
    text: str, given: Received, signature: Signature, secrets: tuple[str | None, ...]
) -> Iterator[Cause]:
    """Where the canonical request of the server differs from the link, and from the request as it was described."""
    server = received_by(text, given)
    if server is None:
        return
    if server.method != given.method:
        evidence = f"The server received {server.method}, and {given.method} was meant."
        yield cause("method", evidence, *secrets)
    is_s3 = (signature.service or "s3") in signing.S3_SERVICES
    ours = signing.canonical_path(given.path, is_s3=is_s3)
    if is_s3 and decoded(server.path) != decoded(ours):
        is_prefix = server.path.endswith(ours) or ours.endswith(server.path)
        evidence = f"The server received the path {readable(server.path)!r}, and the link has {readable(given.path)!r}."
        yield cause("host" if is_prefix else "key_encoding", evidence, *secrets)
    yield from _of_query(server, given, secrets)
    host, own = signing.signed_host(server), signing.signed_host(given)
    if host != own:
        yield cause("host", f"The server received a request for the host {host!r}, and the link has {own!r}.", *secrets)
    yield from _of_headers(server, given, signature, secrets)


def _of_query(server: Received, given: Received, secrets: tuple[str | None, ...]) -> Iterator[Cause]:
    theirs, ours = server.parameters(), given.parameters()
    theirs.pop("X-Amz-Signature", None)
    ours.pop("X-Amz-Signature", None)
    changes = (
        ("more than the link has", [name for name in theirs if name not in ours]),
        ("not", [name for name in ours if name not in theirs]),
        ("with another value", [name for name in ours if name in theirs and ours[name] != theirs[name]]),
    )
    said = [f"{what}: {', '.join(names)}" for what, names in changes if names]
    if said:
        yield cause("query_changed", f"The server received these parameters {'; '.join(said)}.", *secrets)


def _of_headers(
    server: Received, given: Received, signature: Signature, secrets: tuple[str | None, ...]
) -> Iterator[Cause]:
    for name in signature.signed_headers:
        if name == "host" or name not in server.headers:
            continue
        value = server.headers[name]
        code = "content_type" if name == "content-type" else "headers_missing"
        # S3 writes an empty line for a header that it did not receive.
        if not value:
            yield cause(code, f"{name} is signed, and the server received none.", *secrets)
        elif name in given.headers and given.headers[name].split() != value.split():
            evidence = f"The server received {name}: {value!r}, and {given.headers[name]!r} was meant."
            yield cause(code, evidence, *secrets)


def received_by(text: str, given: Received) -> Received | None:
    """The request that a server received, from its canonical request; `None` if that cannot be read."""
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    if len(lines) < 6 or not re.fullmatch(r"[A-Z]+", lines[0]) or not lines[1].startswith("/"):  # noqa: PLR2004 - parts
        return None
    headers = dict(given.headers)
    for line in lines[3:]:
        name, colon, value = line.partition(":")
        if not colon:
            break
        headers[name] = value
    host = headers.pop("host", given.host)
    signed = [pair for pair in given.query if pair[0] == "X-Amz-Signature"]
    return given.but(
        method=lines[0], path=lines[1], query=links.pairs(lines[2]) + tuple(signed), headers=headers, host=host
    )


def of_request(
    given: Received, signature: Signature, now: datetime, secrets: tuple[str | None, ...]
) -> Iterator[Cause]:
    """What the request itself says, before any server has seen it."""
    if "authorization" in given.headers and signature.kind != "unsigned":
        yield cause("two_signatures", "Authorization is among the headers.", *secrets)
    missing = [name for name in signature.signed_headers if name != "host" and name not in given.headers]
    for name in missing:
        code = "content_type" if name == "content-type" else "headers_missing"
        yield cause(code, f"{name} is signed, and is not among the headers.", *secrets)
    if signature.kind == "SigV4":
        unsigned = [name for name in signing.signed_names(given.headers) if name not in signature.signed_headers]
        if unsigned:
            yield cause("headers_not_signed", f"Sent, and not signed: {', '.join(unsigned)}.", *secrets)
    if signature.expires is not None and now >= signature.expires:
        yield cause("expired", f"It expired at {times.shown(signature.expires)}.", *secrets)
