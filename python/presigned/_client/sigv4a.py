"""Signs by SigV4A, which the extension cannot do itself. Imported for multi-Region access points, which need it."""

from __future__ import annotations

from presigned import _asymmetric


def signature(access_key: str, secret_key: str, string_to_sign: str) -> str:
    """Makes the signature of a string to sign, in hexadecimal digits."""
    return _asymmetric.sigv4a_signature(access_key, secret_key, string_to_sign.encode())
