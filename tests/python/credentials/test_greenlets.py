"""gevent and eventlet: while one greenlet waits for credentials, the others of its thread go on, as with boto3."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import presigned._credentials
from credentials.endpoint import unused_url
from presigned._credentials.offload import offload

PROGRAM = Path(__file__).with_name("greenlets.py")
#: Source -> how many requests a fetch takes.
REQUESTS = {"instance": 3, "container": 1, "web identity": 1, "process": 1, "function": 1}
LIBRARIES = {"gevent": ("all", "socket"), "eventlet": ("all",)}


def printed(folder: Path, *arguments: str) -> dict[str, Any]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    files = {"AWS_CONFIG_FILE": str(folder / "config"), "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(PROGRAM), *arguments, str(folder)],
        env={**environ, **files, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def cases() -> Iterator[tuple[str, str, str]]:
    for library, kinds in LIBRARIES.items():
        for what in kinds:
            for source in REQUESTS:
                # The standard library itself waits for a process without letting greenlets go on.
                if (what, source) != ("socket", "process"):
                    yield library, what, source


@pytest.mark.parametrize(("library", "what", "source"), list(cases()))
def test_other_greenlets_go_on_while_credentials_are_fetched(
    tmp_path: Path, library: str, what: str, source: str
) -> None:
    requests = REQUESTS[source]
    # A process and a container are asked when the client is made, and each source once for all waiters.
    assert printed(tmp_path, library, what, source) == {"signed": ["ASIAKEYS"], "first": requests, "then": requests}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_client_that_is_older_than_the_greenlets_does_not_stop_them(tmp_path: Path, library: str) -> None:
    assert printed(tmp_path, library, "late", "function") == {"signed": ["ASIAKEYS"], "first": 1, "then": 1}


def test_a_thread_pool_of_gevents_and_its_greenlets_wait_for_one_fetch() -> None:
    """Threads of the operating system, each with greenlets of its own."""
    program = """
from gevent import monkey; monkey.patch_all()
import gevent, presigned
from presigned._core import FrozenCredentials
from presigned._credentials.refreshable import RefreshableCredentials

fetched = []

def fetch():
    fetched.append(1)
    gevent.sleep(0.1)
    return FrozenCredentials("ASIAKEYS", "hush", "t", None, presigned._core.now() + 3600)

client = presigned.client("s3", "eu-central-1", credentials=RefreshableCredentials(fetch, "m"))
pool = gevent.get_hub().threadpool
calls = [pool.spawn(client.generate_presigned_url, "list_buckets") for _ in range(8)]
calls += [gevent.spawn(client.generate_presigned_url, "list_buckets") for _ in range(8)]
assert all("ASIAKEYS" in call.get(timeout=60) for call in calls)
print(len(fetched))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=90, check=False)
    assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr


def test_a_greenlet_that_is_given_up_leaves_the_fetch_to_another() -> None:
    program = """
from gevent import monkey; monkey.patch_all()
import gevent, presigned
from presigned._core import FrozenCredentials
from presigned._credentials.refreshable import RefreshableCredentials

fetched, opened = [], gevent.event.Event()

def fetch():
    fetched.append(1)
    opened.wait()
    return FrozenCredentials("ASIAKEYS", "hush", "t", None, presigned._core.now() + 3600)

client = presigned.client("s3", "eu-central-1", credentials=RefreshableCredentials(fetch, "m"))
first, second = (gevent.spawn(client.generate_presigned_url, "list_buckets") for _ in "12")
while not fetched:
    gevent.sleep(0)
first.kill()
opened.set()
print("ASIAKEYS" in second.get(timeout=60), len(fetched))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=90, check=False)
    assert (done.returncode, done.stdout) == (0, "True 2\n"), done.stderr


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_fetch_that_fails_is_raised_and_prints_nothing(library: str) -> None:
    patch = (
        "import gevent.monkey as m; m.patch_all()" if library == "gevent" else "import eventlet as m; m.monkey_patch()"
    )
    program = f"""
{patch}
import presigned, os
os.environ.update(AWS_EC2_METADATA_DISABLED="", AWS_EC2_METADATA_SERVICE_ENDPOINT="{unused_url()}")
try:
    presigned.client("s3", "eu-central-1").generate_presigned_url("list_buckets")
except presigned.exceptions.NoCredentialsError as error:
    print("Connection refused" in error.__notes__[0])
"""
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_every_request_for_credentials_lets_greenlets_run() -> None:
    """Also requests to services for which the tests have no server."""
    for file in Path(presigned._credentials.__file__).parent.glob("*.py"):
        assert not re.findall(r"_network\.[a-z]\w+\(", file.read_text(encoding="utf-8")), file.name


def test_without_greenlets_a_call_is_made_as_it_is_and_neither_library_is_loaded() -> None:
    assert offload(dict, name=1) == {"name": 1}
    program = (
        "import sys, presigned._credentials.offload as o; o.offload(dict); "
        "print([name for name in ('gevent', 'eventlet') if name in sys.modules], o.greenlets_sleep())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[] None\n"
