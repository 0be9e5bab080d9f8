"""Starts Ceph radosgw on free loopback ports, with a monitor and one OSD in memory, and stops them.

Debian and Ubuntu: `apt-get install --no-install-recommends radosgw ceph-mon ceph-osd`. No systemd, no manager daemon.
"""

import contextlib
import http.client
import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seaweedfs import ServerError, free_ports

ACCESS_KEY = "AKCEPH000000000000EX"
SECRET_KEY = "cephsecretcephsecretcephsecret"
DOMAIN = "s3.localhost"
PROGRAMS = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
STARTUP_SECONDS = 90

# cephx stays on: without it radosgw waits for ever at its start.
# "local, sts" gives exact error codes; the default order answers AccessDenied to everything.
CONFIGURATION = """\
[global]
fsid = {fsid}
mon_host = {monitors}
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
auth_allow_insecure_global_id_reclaim = false
run_dir = {directory}/run
admin_socket = {directory}/run/$name.$pid.asok
log_file = {directory}/log/$name.log
keyring = {directory}/keyring
osd_pool_default_size = 1
osd_pool_default_min_size = 1
mon_allow_pool_size_one = true
osd_crush_chooseleaf_type = 0
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
mon_max_pg_per_osd = 1000

[mon]
mon_data = {directory}/mon
mon_cluster_log_file = {directory}/log/cluster.log
mon_data_avail_warn = 1
mon_data_avail_crit = 1

[osd]
osd_data = {directory}/osd
osd_objectstore = memstore
memstore_device_bytes = 4294967296
osd_class_load_list = *
osd_class_default_list = *

[client.rgw]
rgw_frontends = beast endpoint=127.0.0.1:{port}
rgw_dns_name = {domain}
rgw_s3_auth_use_sts = true
rgw_s3_auth_order = local, sts
rgw_sts_key = abcdefghijklmnop
rgw_data = {directory}/rgw
rgw_enable_gc_threads = false
rgw_enable_lc_threads = false
rgw_thread_pool_size = 16
"""


@dataclass(frozen=True)
class Radosgw:
    """A running gateway: where it listens, and its key pair."""

    host: str
    port: int
    access_key: str = ACCESS_KEY
    secret_key: str = SECRET_KEY


class Cluster:
    """A folder with a configuration in it, and the daemons that were started from it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port, v2, v1 = free_ports(3)
        self.monitors = f"[v2:127.0.0.1:{v2}/0,v1:127.0.0.1:{v1}/0]"
        self.fsid = str(uuid.uuid4())
        self.environment = {**os.environ, "CEPH_CONF": f"{directory}/ceph.conf"}
        self.daemons: list[subprocess.Popen[bytes]] = []

    def run(self, program: str, *arguments: str) -> str:
        """Run one of Ceph's programs to its end; return what it printed."""
        result = subprocess.run(
            [program, *arguments],
            cwd=self.directory,
            env=self.environment,
            capture_output=True,
            check=False,
            timeout=STARTUP_SECONDS,
        )
        if result.returncode:
            said = (result.stdout + result.stderr).decode(errors="replace")
            raise ServerError(f"{program} {' '.join(arguments)} failed:\n{said[-4000:]}")
        return result.stdout.decode().strip()

    def start_daemon(self, *command: str) -> None:
        """Start one of Ceph's daemons as a child of this process."""
        with (self.directory / "log" / f"{command[0]}.out").open("wb") as output:
            daemon = subprocess.Popen(
                [*command, "-f"], cwd=self.directory, env=self.environment, stdout=output, stderr=output
            )
        self.daemons.append(daemon)

    def configure(self) -> None:
        """Write the configuration, and a keyring in which everyone may do everything."""
        for name in ("mon", "osd", "run", "rgw", "log"):
            (self.directory / name).mkdir()
        (self.directory / "ceph.conf").write_text(
            CONFIGURATION.format(
                fsid=self.fsid, monitors=self.monitors, directory=self.directory, port=self.port, domain=DOMAIN
            )
        )
        self.run("ceph-authtool", "keyring", "--create-keyring", "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
        everything = [word for daemon in ("mon", "osd", "mgr", "mds") for word in ("--cap", daemon, "allow *")]
        for name in ("client.admin", "client.rgw", "osd.0"):
            self.run("ceph-authtool", "keyring", "--gen-key", "-n", name, *everything)

    def start(self) -> None:
        """Start the monitor, the OSD and the gateway, in this order, and make the user."""
        addresses = self.monitors.replace("/0", "")
        self.run("monmaptool", "--create", "--clobber", "--fsid", self.fsid, "--addv", "a", addresses, "monmap")
        self.run("ceph-mon", "-i", "a", "--mkfs", "--monmap", "monmap", "--keyring", "keyring")
        self.start_daemon("ceph-mon", "-i", "a")
        osd = str(uuid.uuid4())
        self.run("ceph", "osd", "new", osd)
        self.run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd, "--keyring", "keyring")
        self.start_daemon("ceph-osd", "-i", "0")
        self.start_daemon("radosgw", "-n", "client.rgw")
        self.run(
            "radosgw-admin",
            "user",
            "create",
            "--uid=tester",
            "--display-name=tester",
            f"--access-key={ACCESS_KEY}",
            f"--secret-key={SECRET_KEY}",
            "--caps=roles=*;users=*;user-policy=*",
        )

    def wait(self) -> None:
        """Return once the gateway answers."""
        deadline = time.monotonic() + STARTUP_SECONDS
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
            try:
                connection.request("GET", "/")
                connection.getresponse()
                return  # noqa: TRY300 - there is nothing between the answer and the way out
            except OSError:
                if time.monotonic() > deadline:
                    log = self.directory / "log" / "client.rgw.log"
                    raise ServerError(f"radosgw did not answer:\n{log.read_text()[-4000:]}") from None
                time.sleep(0.1)
            finally:
                connection.close()

    def stop(self) -> None:
        """Kill the daemons: a normal stop takes half a minute, and the data is not needed."""
        for daemon in self.daemons:
            daemon.kill()
            daemon.wait()


@contextlib.contextmanager
def running() -> Iterator[Radosgw]:
    """A gateway in its own folder, which is removed afterwards."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        raise ServerError(
            f"Ceph is not installed ({', '.join(missing)} not found). Debian and Ubuntu: "
            "apt-get install --no-install-recommends radosgw ceph-mon ceph-osd"
        )
    with tempfile.TemporaryDirectory(prefix="presigned-ceph-", ignore_cleanup_errors=True) as name:
        cluster = Cluster(Path(name))
        cluster.configure()
        try:
            cluster.start()
            cluster.wait()
            yield Radosgw("127.0.0.1", cluster.port)
        finally:
            cluster.stop()
