"""Servers that take a password, from the system's packages: PostgreSQL, Redis or Valkey, and mosquitto."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

#: The password of the administrator of Redis. Those who have given none may send little.
ADMINISTRATOR = "administrator"
# Where Debian and Ubuntu have servers that are not in PATH.
FOLDERS = ":".join(
    [os.environ.get("PATH", ""), "/usr/sbin", *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin")))]
)


def program(*names: str, package: str) -> str:
    """The first of these programs that is installed."""
    found = next(filter(None, (shutil.which(name, path=FOLDERS) for name in names)), None)
    if found is None:
        raise FileNotFoundError(
            f"{names[0]} is needed and was not found (Debian and Ubuntu: apt-get install {package})"
        )
    return found


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def make_certificate(folder: Path) -> None:
    """Write `certificate.pem` and `key.pem` of `localhost`. The certificate is its own authority."""
    use = ["subjectAltName=DNS:localhost", "keyUsage=critical,digitalSignature,keyCertSign"]
    command = [program("openssl", package="openssl"), "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    extensions = [word for extension in use for word in ("-addext", extension)]
    subprocess.run([*command, *kind, *files, *extensions], check=True, capture_output=True)


@contextlib.contextmanager
def running(command: list[str], is_ready: Callable[[], bool], log: Path, user: str | None = None) -> Iterator[None]:
    """Run a server. It is ready before this yields."""
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output, user=user) as process:
        try:
            while not is_ready():
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.02)
                    raise ChildProcessError(f"{command[0]} has ended: {log.read_text()}")
            yield
        finally:
            # PostgreSQL takes SIGINT for "now", and SIGTERM for "when all clients have left".
            process.send_signal(2)


def _listens(port: int) -> bool:
    """Whether a server has opened its port."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@contextlib.contextmanager
def postgresql(certificate: Path) -> Iterator[tuple[int, str]]:
    """PostgreSQL that asks `app` for its password, in clear and over TLS, as RDS does.

    Yields its port, and the folder with the socket of its administrator.
    """
    server, initdb = (program(name, package="postgresql") for name in ("postgres", "initdb"))
    # It does not run as root.
    user = "postgres" if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="presigned-postgresql-") as name:
        folder, port = Path(name), free_port()
        for file in ("certificate.pem", "key.pem"):
            shutil.copy(certificate / file, folder)
        (folder / "key.pem").chmod(0o600)
        (folder / "hba").write_text("local all all trust\nhostssl all app 127.0.0.1/32 password\n")
        if user is not None:
            owner = pwd.getpwnam(user)
            for path in (folder, *folder.iterdir()):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        data = str(folder / "data")
        subprocess.run(
            [initdb, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C"],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
        )
        settings = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "hba_file": folder / "hba",
            "ssl": "on",
            "ssl_cert_file": folder / "certificate.pem",
            "ssl_key_file": folder / "key.pem",
            "fsync": "off",
        }
        command = [server, "-D", data, *(f"--{name}={value}" for name, value in settings.items())]
        asks = [program("pg_isready", package="postgresql"), "-q", "-h", name, "-p", str(port)]
        with running(command, lambda: subprocess.run(asks, check=False).returncode == 0, folder / "log", user):
            yield port, name


@contextlib.contextmanager
def redis_server(certificate: Path) -> Iterator[tuple[int, str]]:
    """Valkey or Redis, over TLS. Yields its port, and the socket of its administrator."""
    server = program("valkey-server", "redis-server", package="redis-server")
    with tempfile.TemporaryDirectory(prefix="presigned-redis-") as name:
        folder, port = Path(name), free_port()
        settings = {
            "port": "0",
            "bind": "127.0.0.1",
            "tls-port": str(port),
            "tls-cert-file": str(certificate / "certificate.pem"),
            "tls-key-file": str(certificate / "key.pem"),
            "tls-auth-clients": "no",
            "unixsocket": f"{name}/socket",
            "save": "",
            "dir": name,
            "requirepass": ADMINISTRATOR,
        }
        words = [word for setting, value in settings.items() for word in (f"--{setting}", value)]
        with running([server, *words], lambda: _listens(port), folder / "log"):
            yield port, settings["unixsocket"]


@contextlib.contextmanager
def mosquitto() -> Iterator[int]:
    """Mosquitto, for MQTT. Yields its port. Its own WebSockets would listen on all interfaces."""
    server = program("mosquitto", package="mosquitto")
    with tempfile.TemporaryDirectory(prefix="presigned-mosquitto-") as name:
        folder, port = Path(name), free_port()
        lines = [f"listener {port} 127.0.0.1", "allow_anonymous true", "user root"]
        (folder / "conf").write_text("\n".join([*lines, ""]))
        with running([server, "-c", str(folder / "conf")], lambda: _listens(port), folder / "log"):
            yield port
