"""The native module for signatures by private keys. It is loaded only when such a signature is made."""
# ruff: noqa: PYI021 - the stub is the module's manual

from collections.abc import Sequence
from typing import Literal, final

__all__ = ["PrivateKey", "sigv4a_signature"]

@final
class PrivateKey:
    """A private key: RSA with 2048 bits, or ECDSA on the curve P-256. It cannot be pickled or shown."""

    @staticmethod
    def from_pem(text: bytes, /) -> PrivateKey:
        """Reads the first private key in PEM. A `ValueError` says why it cannot be used."""

    @property
    def kind(self) -> Literal["RSA", "ECDSA"]: ...
    def sign(self, message: bytes, algorithm: str, /) -> bytes:
        """The signature of a message; `algorithm` is `"SHA1"` or `"SHA256"`."""

    def sign_many(self, messages: Sequence[bytes], algorithm: str, threads: int, /) -> list[bytes]:
        """The signatures of several messages, by several threads."""

def sigv4a_signature(access_key: str, secret_key: str, string_to_sign: bytes, /) -> str:
    """The signature of a string to sign by SigV4A, in hexadecimal digits."""
