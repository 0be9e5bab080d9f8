"""What a presigned link or form says, and what is suspicious in it."""

from __future__ import annotations

import re

from . import findings, hosts, links, policies, received, times
from .escapes import readable
from .records import Record
from .secrets import HIDDEN, hide

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from typing import Any

    from .findings import Finding
    from .links import Signature


class Inspection(Record):
    """What a presigned link or form says. It contains no signature, no policy and no token.

    `str(inspection)` is a page for people to read.

    Attributes:
        scheme (str): `"https"` or `"http"`.
        signature (str): `"SigV4"`, `"SigV4A"`, `"SigV2"`, `"POST policy SigV4"`, `"POST policy SigV2"`, `"unsigned"`,
            or the name of an algorithm that is not known.
        access_key_id (str | None): Whose signature it is.
        region (str | None): The region that it is signed for; the host's, if the signature names none.
        service (str | None): The service that it is signed for: `"s3"` in most cases.
        host (str): Where it goes, with the port.
        bucket (str | None): The bucket, or the ARN of an access point, if it can be known.
        bucket_is_guessed (bool): Whether host and path do not say for certain which part is the bucket: the host is not
            one of AWS, and the path is taken for one that begins with the bucket.
        key (str | None): The object's key, decoded; guessed if the bucket is.
        method (str | None): `"POST"` for a form, and what the object of a request says. A link alone does not say.
        signed_headers (tuple[str, ...]): The headers that the sender must send as they were signed.
        issued (datetime | None): When it was signed, in UTC. SigV2 does not say.
        expires (datetime | None): When the signature expires, in UTC; temporary credentials may expire before.
        left (timedelta | None): How long that is from now; negative if it has passed.
        is_temporary (bool): Whether it has a session token, and so ends with the session.
        findings (tuple[Finding, ...]): What is suspicious, the gravest first.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> found = presigned.inspect(s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "a b.jpg"}))
        >>> found.signature, found.region, found.bucket, found.key
        ('SigV4', 'eu-central-1', 'photos', 'a b.jpg')
    """

    __slots__ = (
        "access_key_id", "bucket", "bucket_is_guessed", "expires", "findings", "host", "is_temporary", "issued", "key",
        "left", "method", "region", "scheme", "service", "signature", "signed_headers",
    )  # fmt: skip
    scheme: str
    signature: str
    access_key_id: str | None
    region: str | None
    service: str | None
    host: str
    bucket: str | None
    bucket_is_guessed: bool
    key: str | None
    method: str | None
    signed_headers: tuple[str, ...]
    issued: datetime | None
    expires: datetime | None
    left: timedelta | None
    is_temporary: bool
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        guess = " (a guess: the host is not one of AWS)" if self.bucket_is_guessed else ""
        rows = [
            ("host", f"{self.scheme}://{self.host}"),
            ("bucket", f"{self.bucket or 'unknown'}{guess}"),
            ("key", self.key or "none"),
            ("signature", self.signature),
        ]
        if self.signature != "unsigned":
            session = ", with the token of a session" if self.is_temporary else ""
            rows += [
                ("access key", f"{self.access_key_id or 'missing'}{session}"),
                ("region", self.region or "not named"),
                ("service", self.service or "unknown"),
                ("headers", ", ".join(name for name in self.signed_headers if name != "host") or "none to send"),
                ("issued", times.shown(self.issued)),
                ("expires", f"{times.shown(self.expires)}{self._remaining()}"),
            ]
        # A key may contain any character, also those that would change the display.
        lines = [f"{name + ':':<11} {_printable(value)}" for name, value in rows]
        lines += [f"- {_printable(str(finding))}" for finding in self.findings]
        return "\n".join(lines)

    def _remaining(self) -> str:
        if self.left is None:
            return ""
        duration = times.shown_duration(self.left)
        return f", in {duration}" if self.left.total_seconds() > 0 else f", {duration} ago"

    def __repr__(self) -> str:
        codes = ", ".join(finding.code for finding in self.findings) or "nothing"
        place = _printable(f"{self.host} bucket {self.bucket} key {self.key}")
        return f"<Inspection {self.signature} {place} until {times.shown(self.expires)}, findings: {codes}>"


def inspect(request: Any, *, now: Any = None) -> Inspection:
    """Reads what a presigned link or form says, without credentials and without a network.

    Args:
        request (object): A presigned URL, a `PresignedRequest`, or a form: a `PresignedPost`, a dict with `url` and
            `fields`, or a tuple of both.
        now (datetime): The instant to compare with, in UTC unless it has a time zone, or seconds since 1970; the
            present unless given.

    Returns:
        Inspection: Who signed it, for what and until when, and what is suspicious in it.

    Raises:
        TypeError: `request` or `now` is of no such type.
        ValueError: The URL is not one of a web address.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "us-west-2", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> url = s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"}, ExpiresIn=300)
        >>> found = presigned.inspect(url)
        >>> found.left.total_seconds() <= 300
        True
        >>> [finding.code for finding in found.findings]
        ['global_host']
    """
    instant = times.present(now)
    text = request if isinstance(request, str) else None
    # People paste URLs with what stands around them.
    given = received.read(request.strip().strip("<>\"'") if isinstance(request, str) else request)
    if isinstance(given, received.Form):
        return _of_form(given, instant)
    signature = links.of_query(given.unescaped().parameters())
    found = _made(given.scheme, given.host, given.path, signature, instant)
    found.method = None if text is not None else given.method
    found.findings = tuple(findings.of_link(given, signature, instant, text))
    return found


def _of_form(form: received.Form, now: datetime) -> Inspection:
    fields = form.lower()
    policy = policies.read(fields.get("policy", ""))
    signature = links.of_fields(fields, None if isinstance(policy, str) else policy.expiration)
    url = links.split(form.url)
    found = _made(url.scheme, url.netloc, url.path, signature, now)
    found.method = "POST"
    found.key = fields.get("key")
    found.findings = tuple(findings.of_form(form, policy, signature, now))
    return found


def _made(scheme: str, netloc: str, path: str, signature: Signature, now: datetime) -> Inspection:
    found = Inspection()
    found.scheme, found.host = scheme, netloc
    host = hosts.read(netloc)
    if host is not None and (host.bucket is not None or host.kind not in {"s3", "express"}):
        found.bucket, found.key = host.bucket, readable(path.removeprefix("/")) or None
    else:
        found.bucket, found.key = links.path_style(path)
    # A link that was escaped as a whole has its query there.
    found.bucket, found.key = (value and hide(value) for value in (found.bucket, found.key))
    found.bucket_is_guessed = host is None and found.bucket is not None
    found.signature = hide(signature.kind)
    found.access_key_id = signature.access_key_id and hide(signature.access_key_id)
    found.region = signature.region or (host.region if host else None)
    found.service, found.signed_headers = signature.service, signature.signed_headers
    found.issued, found.expires = signature.issued, signature.expires
    found.left = None if signature.expires is None else signature.expires - now
    found.is_temporary = signature.token is not None
    return found


def _printable(text: str) -> str:
    """The text without what would move the cursor, and without user names and passwords of a URL."""
    text = re.sub(r"(?<=//)[^/@\s]+@", f"{HIDDEN}@", text)
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


# The public module, which pickles name.
Inspection.__module__ = "presigned"
