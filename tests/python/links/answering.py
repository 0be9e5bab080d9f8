"""Answers to refused requests, with the elements that AWS's answers have."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from presigned._links import links, signing
from presigned._links.received import Received, read


def xml(code: str, message: str, **elements: str) -> str:
    """The body of an error."""
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in elements.items())
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    ids = "<RequestId>4442587FB7D0A2F9</RequestId><HostId>host</HostId>"
    return f"{head}<Error><Code>{code}</Code><Message>{escape(message)}</Message>{inner}{ids}</Error>"


def mismatch(url: str, method: str = "GET", headers: Any = None, *, with_elements: bool = True) -> str:
    """The body of SignatureDoesNotMatch, with what AWS's server computes from the request that it received."""
    received = read(url, method, headers)
    assert isinstance(received, Received)
    signature = links.of_query(received.parameters())
    canonical = signing.canonical_request(received, signature.signed_headers, signing.UNSIGNED_PAYLOAD, is_s3=True)
    message = (
        "The request signature we calculated does not match the signature you provided. "
        "Check your key and signing method."
    )
    assert signature.scope is not None
    text = signing.string_to_sign(canonical, received.parameters()["X-Amz-Date"], signature.scope)
    if not with_elements:
        return xml("SignatureDoesNotMatch", message)
    return xml(
        "SignatureDoesNotMatch",
        message,
        AWSAccessKeyId=signature.access_key_id or "",
        StringToSign=text,
        SignatureProvided=signature.value or "",
        StringToSignBytes=text.encode().hex(" "),
        CanonicalRequest=canonical.decode(),
        CanonicalRequestBytes=canonical.hex(" "),
    )
