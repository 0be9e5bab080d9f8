"""Runs nginx for a while, with a configuration of the caller's."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING = "nginx is needed and was not found (Debian and Ubuntu: apt-get install nginx-light)"

CONFIGURATION = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    proxy_cache_path {folder}/cache keys_zone=links:1m;
    server {{
        listen 127.0.0.1:{port};
        {locations}
    }}
}}
"""


@contextlib.contextmanager
def running(locations: str) -> Iterator[int]:
    """Starts nginx with these locations, and yields its port.

    Raises:
        FileNotFoundError: It is not installed.
        ChildProcessError: It does not start.
    """
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        raise FileNotFoundError(MISSING)
    with tempfile.TemporaryDirectory(prefix="presigned-nginx-") as folder:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        written = Path(folder, "nginx.conf")
        written.write_text(CONFIGURATION.format(folder=folder, port=port, locations=locations))
        with subprocess.Popen([program, "-e", f"{folder}/error.log", "-c", written, "-p", folder]) as process:
            try:
                _wait(port, process, Path(folder, "error.log"))
                yield port
            finally:
                process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until it listens: a connection is refused at once until then."""
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
            raise ChildProcessError(f"nginx has ended: {log.read_text()}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
