"""Takes the place of all of AWS: a proxy that answers for every host."""

from __future__ import annotations

import contextlib
import datetime
import ssl
from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from credentials.identity_server import Handler, Identity, running


class Authority:
    """Signs a certificate for each host; clients trust it by the file `bundle`."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of this test")])
        self._contexts: dict[str, ssl.SSLContext] = {}
        certificate = self._signed(self._name, self._key.public_key(), x509.BasicConstraints(ca=True, path_length=None))
        self.bundle = home / "bundle.pem"
        self.bundle.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, host: str) -> ssl.SSLContext:
        """What a server needs to act as this host."""
        if host not in self._contexts:
            key = ec.generate_private_key(ec.SECP256R1())
            name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:64])])
            names = x509.SubjectAlternativeName([x509.DNSName(host)])
            path = self._home / f"{host}.pem"
            path.write_bytes(
                key.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
                + self._signed(name, key.public_key(), names).public_bytes(serialization.Encoding.PEM)
            )
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(path)
            self._contexts[host] = context
        return self._contexts[host]

    def _signed(
        self, name: x509.Name, key: ec.EllipticCurvePublicKey, extension: x509.ExtensionType
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.timezone.utc)
        day = datetime.timedelta(days=1)
        builder = x509.CertificateBuilder(self._name, name, key, x509.random_serial_number(), now - day, now + day)
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        return builder.sign(self._key, hashes.SHA256())


class Proxy(Handler):
    """Answers in place of the host."""

    authority: Authority

    def do_CONNECT(self) -> None:  # noqa: N802 - the standard library's name
        """Accept the connection, and then answer as the host."""
        host = self.path.partition(":")[0]
        self.send_response(200)
        self.end_headers()
        try:
            self.connection = self.authority.context(host).wrap_socket(self.connection, server_side=True)
        except ssl.SSLError:
            # A client that does not trust the certificate closes the connection.
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def finish(self) -> None:
        """Close the sockets, so that the garbage collector finds none."""
        super().finish()
        self.connection.close()


@contextlib.contextmanager
def pretended(home: Path) -> Iterator[tuple[Identity, Authority]]:
    """Start the proxy."""
    authority = Authority(home)
    with running(type("Local", (Proxy,), {"authority": authority})) as identity:
        yield identity, authority
