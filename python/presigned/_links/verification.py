"""Whether a request or a form holds: a signature computed again from what was received, with the same keys."""

from __future__ import annotations

import datetime
import hmac
import re

from . import links, policies, received, signing, times
from .records import Record
from .secrets import hide, lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, Literal

    from .links import Scope, Signature
    from .received import Form, Received
    from .secrets import Keys

    Reason = Literal[
        "body", "expired", "headers_missing", "headers_not_signed", "malformed", "not_yet_valid", "policy", "signature",
        "token", "unknown_key", "unsigned", "unsupported",
    ]  # fmt: skip

_WEEK = 604800
#: Longer ones are not shown as a whole.
_LONGEST_ACCESS_KEY = 128
#: How far S3 lets a clock be wrong.
_SKEW = datetime.timedelta(minutes=15)
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([^,\s]+)\s*"
)


class Verified(Record):
    """Whether a request or a form holds. It is true if so, and false otherwise.

    Attributes:
        reason (str | None): Why it does not hold: `"malformed"`, `"unsigned"`, `"unsupported"`, `"unknown_key"`,
            `"token"`, `"expired"`, `"not_yet_valid"`, `"headers_missing"`, `"headers_not_signed"`, `"body"`,
            `"policy"` or `"signature"`. `None` if it holds.
        detail (str): The same in a sentence, without secrets. Do not send it to callers that you do not trust.
        access_key_id (str | None): The access key that the request names.

    Example:
        >>> import presigned
        >>> result = presigned.verify("https://photos.s3.amazonaws.com/cat.jpg", ("AKIDEXAMPLE", "secret"))
        >>> bool(result), result.reason
        (False, 'unsigned')
    """

    __slots__ = ("access_key_id", "detail", "reason")
    reason: Reason | None
    detail: str
    access_key_id: str | None

    def __init__(self, reason: Reason | None, detail: str, access_key_id: str | None) -> None:
        self.reason = reason
        self.detail = detail
        self.access_key_id = access_key_id

    def __bool__(self) -> bool:
        return self.reason is None


class _Fault(Exception):
    """Why something does not hold."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason: Reason = reason
        self.detail = detail


def verify(
    request: Any,
    credentials: Any,
    *,
    method: str | None = None,
    headers: Any = None,
    body: bytes | str | None = None,
    file_size: int | None = None,
    bucket: str | None = None,
    now: Any = None,
    max_skew: float | datetime.timedelta = _SKEW,
    max_expires: int = _WEEK,
) -> Verified:
    """Checks a presigned URL, a request with an `Authorization` header, or a form, as a server would that received it.

    The signature is computed again in Python, from the request as it was received, and compared in constant time.
    SigV4 and SigV2 are supported, for S3 and for tokens of other services that are URLs. SigV4A is not: the result is
    then `"unsupported"`.

    Args:
        request (object): A presigned URL; an object with `method`, `url` and `headers`, such as a `PresignedRequest`
            or a request of requests or botocore; a dict with these names; or a form: an object or a dict with `url`
            and `fields`, or a tuple of both. Path and query must have the characters that were sent.
        credentials (object): An object with `access_key`, `secret_key` and `token`, a tuple of these, a session, or a
            function that takes an access key and returns its secret, such an object or tuple, or `None`. If only a
            secret is returned, a token in the request is accepted as it is.
        method (str): The method as it arrived, if `request` has none: `GET` unless given. `get` is another method.
        headers (Mapping): The headers as they were received, if `request` has none. `Host` is the URL's unless given.
        body (bytes): The body. It is hashed and compared with a signed hash. Without it, the signed hash is believed.
        file_size (int): The bytes of the file that came with a form, for its `content-length-range`.
        bucket (str): The bucket, where the host of a server that is not AWS's names it: SigV2 signs it, and policies
            name it.
        now (datetime): The instant of the check, in UTC unless it has a time zone, or seconds since 1970.
        max_skew (timedelta): How far the signer's clock may be ahead, and by how much the date of an `Authorization`
            may differ: 15 minutes unless given.
        max_expires (int): The longest `X-Amz-Expires` in seconds: 604800, which are 7 days, unless given.

    Returns:
        Verified: True if it holds, else false with the reason.

    Raises:
        TypeError: `request`, `credentials` or `now` is of no such type.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> request = s3.presign("get_object", {"Bucket": "photos", "Key": "cat.jpg"})
        >>> bool(presigned.verify(request, ("AKIDEXAMPLE", "secret")))
        True
        >>> presigned.verify(request, ("AKIDEXAMPLE", "another")).reason
        'signature'
    """
    find = lookup(credentials)
    instant = times.present(now)
    skew = max_skew if isinstance(max_skew, datetime.timedelta) else datetime.timedelta(seconds=max_skew)
    named: list[str] = []

    def keys_of(access_key_id: str | None) -> Keys:
        if not access_key_id:
            raise _Fault("malformed", "it names no access key")
        named.append(access_key_id)
        keys = find(access_key_id)
        if keys is None:
            raise _Fault("unknown_key", f"the access key {hide(access_key_id)[:_LONGEST_ACCESS_KEY]} is not known")
        return keys

    try:
        try:
            given = received.read(request, method, headers, body)
        except ValueError as error:
            raise _Fault("malformed", str(error)) from None
        if isinstance(given, received.Form):
            _check_form(given, keys_of, file_size, bucket, instant)
        elif "authorization" in given.headers:
            _check_authorization(given, keys_of, instant, skew)
        else:
            _check_link(given, keys_of, bucket, instant, skew, max_expires)
    except _Fault as fault:
        return Verified(fault.reason, fault.detail, named[0] if named else None)
    return Verified(None, "it holds", named[0])


def _check_link(
    given: Received,
    keys_of: Callable[[str | None], Keys],
    bucket: str | None,
    now: datetime.datetime,
    skew: datetime.timedelta,
    max_expires: int,
) -> None:
    parameters = given.parameters()
    signature = links.of_query(parameters)
    if signature.kind == "unsigned":
        raise _Fault("unsigned", "it has no signature")
    if signature.kind == "SigV4":
        _refuse_malformed(given, parameters, signature, max_expires)
    elif signature.kind != "SigV2":
        raise _Fault("unsupported", f"signatures by {hide(signature.kind)} are not supported")
    else:
        _refuse_malformed_sigv2(given, parameters, signature)
    _refuse_bad_form(signature)
    keys = keys_of(signature.access_key_id)
    _check_token(keys, signature.token)
    _check_times(signature, now, skew)
    if signature.kind == "SigV2":
        text = signing.sigv2_string(given, bucket)
        _compare(signing.sigv2(keys.secret, text), signature)
        return
    _check_headers(given, signature.signed_headers)
    scope = _scope(signature)
    is_s3 = scope.service in signing.S3_SERVICES
    hashed = payload_hash(given, parameters, signature.signed_headers, is_s3=is_s3)
    _check_body(given, hashed)
    canonical = signing.canonical_request(given, signature.signed_headers, hashed, is_s3=is_s3)
    text4 = signing.string_to_sign(canonical, parameters["X-Amz-Date"], scope)
    _compare(signing.sigv4(signing.signing_key(keys.secret, scope), text4), signature)


def payload_hash(
    given: Received, parameters: Mapping[str, str], signed_headers: tuple[str, ...], *, is_s3: bool
) -> str:
    """The hash of the body that a presigned URL was signed with."""
    if "X-Amz-Content-Sha256" in parameters:
        return parameters["X-Amz-Content-Sha256"]
    if "x-amz-content-sha256" in signed_headers:
        return given.headers.get("x-amz-content-sha256", "")
    return signing.UNSIGNED_PAYLOAD if is_s3 else signing.EMPTY_PAYLOAD


def _refuse_malformed(given: Received, parameters: Mapping[str, str], signature: Signature, max_expires: int) -> None:
    _refuse_twice(name for name in given.names() if name.startswith("X-Amz-"))
    _refuse_line_ends(given.headers.values())
    wanted = ("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders")
    missing = [name for name in (*wanted, "X-Amz-Signature") if name not in parameters]
    if missing:
        raise _Fault("malformed", f"these parameters are missing: {', '.join(missing)}")
    lifetime = signature.lifetime or ""
    if not re.fullmatch(r"[0-9]{1,12}", lifetime) or signature.expires is None:
        raise _Fault("malformed", "X-Amz-Expires must be a number of seconds, and X-Amz-Date like 20260102T030405Z")
    if int(lifetime) > max_expires:
        raise _Fault("malformed", f"X-Amz-Expires is {lifetime}, and {max_expires} seconds are the most")
    if "host" not in signature.signed_headers:
        raise _Fault("malformed", "the host is not signed")
    _check_scope(signature.scope, parameters["X-Amz-Date"])


def _refuse_malformed_sigv2(given: Received, parameters: Mapping[str, str], signature: Signature) -> None:
    # Signers move these headers into the query.
    names = [name for name in given.names() if links.is_of_signature(name) or signing.is_moved(name)]
    _refuse_twice(name.lower() for name in names)
    if signature.expires is None:
        raise _Fault("malformed", "Expires must be seconds since 1970")
    # SigV2 signs lines, the path and its parameters last. A line end before these would let one part pass for another.
    moved = [value for name, value in parameters.items() if name not in signing.SUBRESOURCES]
    _refuse_line_ends([*given.headers.values(), *moved])


def _refuse_twice(names: Iterable[str]) -> None:
    found = [*names]
    if len(found) != len({*found}):
        raise _Fault("malformed", "a parameter of the signature is there twice")


def _refuse_line_ends(values: Iterable[str]) -> None:
    if re.search(r"[\r\n\v\f\0]", "".join(values)):
        raise _Fault("malformed", "a header or a parameter has a line end")


def _check_scope(scope: Scope | None, date: str) -> None:
    if scope is None:
        raise _Fault("malformed", "the credential must be like AKID/20260102/REGION/s3/aws4_request")
    if scope.date != date[:8]:
        raise _Fault("malformed", "the date of the credential is not that of the signature")


def _scope(signature: Signature) -> Scope:
    if signature.scope is None:
        raise _Fault("malformed", "the credential cannot be read")
    return signature.scope


def _refuse_bad_form(signature: Signature) -> None:
    if not links.has_good_form(signature):
        raise _Fault("malformed", "the signature has not the form of its kind: it was cut off, or changed")


def _check_token(keys: Keys, token: str | None) -> None:
    if not keys.is_token_known:
        return
    if not hmac.compare_digest((keys.token or "").encode(), (token or "").encode("utf-8", "surrogatepass")):
        detail = "it has no session token" if token is None else "its session token is not that of the credentials"
        raise _Fault("token", detail)


def _check_times(signature: Signature, now: datetime.datetime, skew: datetime.timedelta) -> None:
    if signature.issued is not None and signature.issued > now + skew:
        raise _Fault("not_yet_valid", f"it is valid from {times.shown(signature.issued)}")
    if signature.expires is not None and now >= signature.expires:
        raise _Fault("expired", f"it expired at {times.shown(signature.expires)}")


def _check_headers(given: Received, signed: tuple[str, ...]) -> None:
    missing = [name for name in signed if name != "host" and name not in given.headers]
    if missing:
        raise _Fault("headers_missing", f"these headers are signed, and were not sent: {', '.join(missing)}")
    unsigned = [name for name in signing.signed_names(given.headers) if name not in signed]
    if unsigned:
        raise _Fault("headers_not_signed", f"these headers were sent, and are not signed: {', '.join(unsigned)}")


def _check_body(given: Received, hashed: str) -> None:
    if given.body is None or not re.fullmatch(r"[0-9a-f]{64}", hashed):
        return
    if not hmac.compare_digest(signing.sha256(given.body), hashed):
        raise _Fault("body", "the body is not the one that was signed")


def _compare(wanted: str, signature: Signature) -> None:
    if not hmac.compare_digest(wanted.encode(), (signature.value or "").encode("utf-8", "surrogatepass")):
        raise _Fault("signature", "the signature does not fit the request and the secret key")


def _check_authorization(
    given: Received, keys_of: Callable[[str | None], Keys], now: datetime.datetime, skew: datetime.timedelta
) -> None:
    parameters = given.parameters()
    _refuse_line_ends(given.headers.values())
    if links.of_query(parameters).kind != "unsigned":
        raise _Fault("malformed", "it has a signature in its query and an Authorization header: S3 takes one of them")
    found = _AUTHORIZATION.fullmatch(given.headers["authorization"].strip())
    if found is None:
        known = given.headers["authorization"].startswith("AWS4-HMAC-SHA256")
        raise _Fault(
            "malformed" if known else "unsupported", "Authorization must be a complete one of AWS4-HMAC-SHA256"
        )
    date = given.headers.get("x-amz-date") or ""
    issued = times.of_sigv4(date)
    if issued is None and "date" in given.headers:
        # Without X-Amz-Date, the date of HTTP counts.
        issued = times.of_sigv4(given.headers["date"]) or times.of_http(given.headers["date"])
        date = "" if issued is None else f"{issued:%Y%m%dT%H%M%SZ}"
    if issued is None:
        raise _Fault("malformed", "it has neither X-Amz-Date nor Date")
    signature = links.of_query({"X-Amz-Credential": found[1], "X-Amz-Date": date, "X-Amz-Signature": found[3]})
    _check_scope(signature.scope, date)
    _refuse_bad_form(signature)
    signed = tuple(found[2].split(";"))
    if "host" not in signed:
        raise _Fault("malformed", "the host is not signed")
    keys = keys_of(signature.access_key_id)
    _check_token(keys, given.headers.get("x-amz-security-token"))
    if issued > now + skew:
        raise _Fault("not_yet_valid", f"it was signed at {times.shown(issued)}, which has not come yet")
    if issued < now - skew:
        raise _Fault("expired", f"it was signed at {times.shown(issued)}, too long ago")
    _check_headers(given, signed)
    scope = _scope(signature)
    hashed = given.headers.get("x-amz-content-sha256") or signing.sha256(given.body or b"")
    _check_body(given, hashed)
    is_s3 = scope.service in signing.S3_SERVICES
    canonical = signing.canonical_request(given, signed, hashed, is_s3=is_s3)
    text = signing.string_to_sign(canonical, date, scope)
    _compare(signing.sigv4(signing.signing_key(keys.secret, scope), text), signature)


def _check_form(
    form: Form, keys_of: Callable[[str | None], Keys], size: int | None, bucket: str | None, now: datetime.datetime
) -> None:
    fields = form.lower()
    if form.has_twice:
        raise _Fault("malformed", "a field is there twice")
    policy = policies.read(fields.get("policy", ""))
    signature = links.of_fields(fields, None if isinstance(policy, str) else policy.expiration)
    if signature.kind == "unsigned":
        raise _Fault("unsigned", "it has no signature")
    if isinstance(policy, str):
        raise _Fault("malformed", policy)
    _refuse_bad_form(signature)
    is_v2 = signature.kind == "POST policy SigV2"
    if not is_v2:
        if fields.get("x-amz-algorithm") != links.SIGV4:
            raise _Fault("unsupported", "x-amz-algorithm must be AWS4-HMAC-SHA256")
        if signature.issued is None:
            raise _Fault("malformed", "x-amz-date must be like 20260102T030405Z")
        _check_scope(signature.scope, fields["x-amz-date"])
    keys = keys_of(signature.access_key_id)
    _check_token(keys, signature.token)
    if is_v2:
        _compare(signing.sigv2(keys.secret, fields["policy"].encode()), signature)
    else:
        _compare(signing.sigv4(signing.signing_key(keys.secret, _scope(signature)), fields["policy"]), signature)
    if now >= policy.expiration:
        raise _Fault("expired", f"the policy expired at {times.shown(policy.expiration)}")
    found = [*policies.failures(policy, form, size, bucket or policies.bucket_of(form), is_strict=True)]
    if found:
        raise _Fault("policy", "; ".join(found))


# The public module, which pickles name.
Verified.__module__ = "presigned"
