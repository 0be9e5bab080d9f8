"""Private keys for tests, in every format that programs keep them in, and two verifiers that others wrote."""

from __future__ import annotations

import functools
import os
import subprocess
from pathlib import Path
from typing import TypeAlias

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa, x25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

Key: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
AnyKey: TypeAlias = (
    Key | dsa.DSAPrivateKey | ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey | x25519.X25519PrivateKey
)

HASHES: dict[str, hashes.HashAlgorithm] = {"SHA1": hashes.SHA1(), "SHA256": hashes.SHA256()}  # noqa: S303 - CloudFront's
KINDS = ("RSA", "ECDSA")
FORMS = {"PKCS#8": PrivateFormat.PKCS8, "PKCS#1 or SEC1": PrivateFormat.TraditionalOpenSSL}
#: Fedora and its relatives forbid signatures over SHA-1 by a setting that other systems do not know.
ALLOW_SHA1 = """\
openssl_conf = all
[all]
alg_section = properties
[properties]
rh-allow-sha1-signatures = yes
"""


@functools.cache
def key(kind: str) -> Key:
    """A key of CloudFront's kinds, the same for the whole run."""
    if kind == "RSA":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1())


def pem(private: AnyKey, form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    """A key in PEM."""
    return private.private_bytes(Encoding.PEM, form, NoEncryption())


def public(private: AnyKey) -> bytes:
    """The public part of a key, in PEM."""
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def by_cryptography(private: Key, message: bytes, algorithm: str = "SHA1") -> bytes:
    """The signature that pyca/cryptography makes: a reference for RSA, and random for ECDSA."""
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(message, padding.PKCS1v15(), HASHES[algorithm])
    return private.sign(message, ec.ECDSA(HASHES[algorithm]))


def verify(private: Key, signature: bytes, message: bytes, algorithm: str) -> None:
    """Raises `InvalidSignature` unless pyca/cryptography accepts a signature."""
    held = private.public_key()
    if isinstance(held, rsa.RSAPublicKey):
        held.verify(signature, message, padding.PKCS1v15(), HASHES[algorithm])
    else:
        held.verify(signature, message, ec.ECDSA(HASHES[algorithm]))


def verify_by_openssl(folder: Path, private: Key, signature: bytes, message: bytes, algorithm: str) -> bool:
    """Whether the program `openssl` accepts a signature. A system that forbids SHA-1 is asked to allow it."""
    paths = {"key": public(private), "signature": signature, "message": message, "allowed.cnf": ALLOW_SHA1.encode()}
    for name, content in paths.items():
        (folder / name).write_bytes(content)
    command = ["openssl", "dgst", f"-{algorithm.lower()}", "-verify", "key", "-signature", "signature", "message"]
    said = ""
    for environment in ({}, {"OPENSSL_CONF": str(folder / "allowed.cnf")}):
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        if done.stdout in {"Verified OK\n", "Verification failure\n", "Verification Failure\n"}:
            return done.stdout == "Verified OK\n"
        said += done.stdout + done.stderr
    pytest.fail(f"openssl verifies no signature over {algorithm} on this system, even when it is asked to:\n{said}")


def others() -> dict[str, tuple[bytes, str]]:
    """Keys that cannot be used, by name: the text, and a part of what is said about it."""
    ours = key("RSA"), key("ECDSA")
    encrypted = serialization.BestAvailableEncryption(b"hush")
    found = {
        f"encrypted {kind}, {name}": (private.private_bytes(Encoding.PEM, form, encrypted), "is encrypted")
        for kind, private in zip(KINDS, ours, strict=True)
        for name, form in FORMS.items()
    }
    found |= {f"public {kind}": (public(key(kind)), "public key") for kind in KINDS}
    found |= {f"OpenSSH {kind}": (pem(key(kind), PrivateFormat.OpenSSH), "ssh-keygen -p") for kind in KINDS}
    curves: list[tuple[ec.EllipticCurve, str]] = [
        (ec.SECP224R1(), "P-224"), (ec.SECP384R1(), "P-384"), (ec.SECP521R1(), "P-521"), (ec.SECP256K1(), "secp256k1"),
        (ec.BrainpoolP256R1(), "1.3.36.3.3.2.8.1.1.7"),
    ]  # fmt: skip
    for curve, name in curves:
        private = ec.generate_private_key(curve)
        for its_name, form in FORMS.items():
            found[f"{name}, {its_name}"] = (pem(private, form), f"of the kind {name}:")
    for bits in (1024, 2047, 3072):
        private_rsa = rsa.generate_private_key(public_exponent=65537, key_size=bits)
        found[f"RSA {bits}"] = (pem(private_rsa), f"RSA with {bits} bits")
    found["Ed25519"] = (pem(ed25519.Ed25519PrivateKey.generate()), "kind Ed25519:")
    found["Ed448"] = (pem(ed448.Ed448PrivateKey.generate()), "kind Ed448:")
    found["X25519"] = (pem(x25519.X25519PrivateKey.generate()), "kind X25519:")
    dsa_key = dsa.generate_private_key(1024)  # noqa: S505 - longer ones take a second to make
    found["DSA"] = (pem(dsa_key), "kind DSA:")
    found["DSA, its own format"] = (pem(dsa_key, PrivateFormat.TraditionalOpenSSL), "kind DSA:")
    good = pem(ours[0])
    lines = good.splitlines(keepends=True)
    found["nothing"] = (b"", "no private key in PEM")
    found["not text"] = (bytes(range(128, 256)), "no private key in PEM")
    found["DER"] = (ours[0].private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), "no private key in PEM")
    found["without its end"] = (b"".join(lines[:-1]), "is incomplete")
    found["with another end"] = (good.replace(b"END PRIVATE", b"END RSA PRIVATE"), "is incomplete")
    found["without a line"] = (b"".join(lines[:5] + lines[6:]), "is malformed")
    found["with a changed character"] = (good.replace(lines[9][:8], lines[9][1:8] + b"*"), "not in base64")
    found["one line with escapes"] = (good.replace(b"\n", b"\\n"), "replace them first")
    found["an empty block"] = (b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", "is malformed")
    return found
