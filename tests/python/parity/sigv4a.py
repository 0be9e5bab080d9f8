"""Signs by SigV4A in boto3's place, for comparisons: boto3 itself needs awscrt for it, whose signatures are random.

`scripts/record_sigv4a.py` compares the signer with awscrt: all but the signature is the same, byte for byte.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from urllib.parse import quote, urlsplit, urlunsplit

import botocore.auth
import botocore.regions
from botocore.exceptions import MissingDependencyException, UnsupportedSignatureVersionError
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

ALGORITHM = "AWS4-ECDSA-P256-SHA256"
#: The number of points of the curve P-256.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
#: The parameters of the signature in awscrt's order.
NAMES = ("Algorithm", "Credential", "Date", "SignedHeaders", "Expires", "Security-Token", "Region-Set")


@functools.cache
def key_of(access_key: str, secret_key: str) -> ec.EllipticCurvePrivateKey:
    """The private key that credentials sign with."""
    for counter in range(1, 255):
        message = b"\0\0\0\1" + ALGORITHM.encode() + b"\0" + access_key.encode() + bytes([counter]) + b"\0\0\1\0"
        number = int.from_bytes(hmac.digest(b"AWS4A" + secret_key.encode(), message, "sha256"), "big")
        if number <= ORDER - 2:
            return ec.derive_private_key(number + 1, ec.SECP256R1())
    raise AssertionError


class StandIn(botocore.auth.S3SigV4QueryAuth):
    """A signer in the place of awscrt's, with signatures that repeat."""

    def scope(self, request: Any) -> str:
        return f"{self.credentials.access_key}/{self.credential_scope(request)}"

    def credential_scope(self, request: Any) -> str:
        return f"{request.context['timestamp'][:8]}/{self._service_name}/aws4_request"

    def string_to_sign(self, request: Any, canonical_request: str) -> str:
        hashed = hashlib.sha256(canonical_request.encode()).hexdigest()
        return "\n".join([ALGORITHM, request.context["timestamp"], self.credential_scope(request), hashed])

    def signature(self, string_to_sign: str, request: Any) -> str:
        del request
        key = key_of(self.credentials.access_key, self.credentials.secret_key)
        return key.sign(string_to_sign.encode(), ec.ECDSA(SHA256(), deterministic_signing=True)).hex()

    def _modify_request_before_signing(self, request: Any) -> None:
        super()._modify_request_before_signing(request)
        parts = urlsplit(request.url)
        pairs = parts.query.split("&")
        own = pairs[: pairs.index("X-Amz-Algorithm=AWS4-HMAC-SHA256")]
        found = dict(pair.split("=", 1) for pair in pairs[len(own) :])
        found |= {"X-Amz-Algorithm": ALGORITHM, "X-Amz-Region-Set": quote(self._region_name, safe="-_.~")}
        ordered = [f"X-Amz-{name}={found[f'X-Amz-{name}']}" for name in NAMES if f"X-Amz-{name}" in found]
        request.url = urlunsplit(parts._replace(query="&".join([*own, *ordered])))


RESOLVER: Any = botocore.regions.EndpointRulesetResolver
ORIGINAL = RESOLVER.auth_schemes_to_signing_ctx
NAME = "auth_schemes_to_signing_ctx"


def chosen(self: Any, auth_schemes: Any) -> Any:
    """What boto3 chooses among schemes; where it would raise an error for want of awscrt, what it chooses with that."""
    try:
        return ORIGINAL(self, auth_schemes)
    except (MissingDependencyException, UnsupportedSignatureVersionError):
        with mock.patch.dict(botocore.auth.AUTH_TYPE_MAPS, {"v4a": StandIn}):
            return ORIGINAL(self, auth_schemes)


def stand_in() -> None:
    """Has boto3 sign by SigV4A where it would raise an error for want of awscrt, and nowhere else."""
    setattr(RESOLVER, NAME, chosen)
    botocore.auth.AUTH_TYPE_MAPS["s3v4a-query"] = StandIn


@contextmanager
def boto3_alone() -> Iterator[None]:
    """boto3 as it is without awscrt."""
    with mock.patch.object(RESOLVER, NAME, ORIGINAL), mock.patch.dict(botocore.auth.AUTH_TYPE_MAPS):
        del botocore.auth.AUTH_TYPE_MAPS["s3v4a-query"]
        yield
