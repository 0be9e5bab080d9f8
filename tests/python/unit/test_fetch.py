"""A wait for a service does not block Ctrl-C, other threads, the end of the process, or a fork."""

from __future__ import annotations

import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from presigned import _network

CERTIFICATE = Path(__file__).parent / "fetch" / "localhost.pem"

KEYS = b"""{"AccessKeyId": "ASIATASK", "SecretAccessKey": "task-secret", "Token": "task-token",
    "Expiration": "2030-01-02T03:04:05Z", "AccountId": "123456789012"}"""

# What each program below starts with: asks the URL that it is given, and waits for a minute.
ASK = """
import signal, sys, threading, time
# A shell may start a background program so that it ignores Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
from presigned import _network

def ask(read_timeout=60.0):
    return _network.container_credentials(full_uri=sys.argv[1], read_timeout=read_timeout, attempts=1)
"""


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(60)
        yield listening


def url(listening: socket.socket, scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{listening.getsockname()[1]}/keys"


def network(endpoint_url: str, **changes: Any) -> Any:
    settings = {
        "region": "eu-central-1",
        "endpoint_url": endpoint_url,
        "use_fips": False,
        "use_dualstack": False,
        "connect_timeout": 5.0,
        "read_timeout": 5.0,
        "attempts": 1,
        "ca_bundle": None,
    }
    return {**settings, **changes}


def asked(connection: socket.socket) -> bytes:
    """The head of a request."""
    text = b""
    while b"\r\n\r\n" not in text:
        part = connection.recv(4096)
        assert part, "no whole request"
        text += part
    return text


def answer(connection: socket.socket, body: bytes = KEYS) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


@contextmanager
def program(text: str, listening: socket.socket) -> Iterator[subprocess.Popen[str]]:
    """A Python program that asks the listener."""
    arguments = [sys.executable, "-c", ASK + text, url(listening)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def ended(running: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = running.communicate(timeout=30)
    return running.returncode, out, err


def test_ctrl_c_ends_a_wait_at_once(listener: socket.socket) -> None:
    text = """
try:
    ask()
except KeyboardInterrupt:
    print(time.monotonic())
"""
    with program(text, listener) as running:
        connection, _ = listener.accept()
        with connection:
            asked(connection)
            start = time.monotonic()
            running.send_signal(signal.SIGINT)
            status, out, err = ended(running)
    assert (status, err) == (0, "")
    # 25 ms at most, and the patience of a busy machine. All processes share this clock.
    assert float(out) - start < 0.5


def test_another_signal_runs_its_handler_and_the_wait_goes_on(listener: socket.socket) -> None:
    text = """
import signal
signal.signal(signal.SIGUSR1, lambda *_: print("handled", flush=True))
print("ready", flush=True)
print(ask()[0])
"""
    with program(text, listener) as running:
        connection, _ = listener.accept()
        with connection:
            asked(connection)
            running.send_signal(signal.SIGUSR1)
            assert running.stdout is not None
            assert [running.stdout.readline(), running.stdout.readline()] == ["ready\n", "handled\n"]
            answer(connection)
        assert ended(running) == (0, "ASIATASK\n", "")


def test_ctrl_c_reaches_the_main_thread_while_another_one_waits(listener: socket.socket) -> None:
    text = """
try:
    threading.Thread(target=ask, daemon=True).start()
    threading.Event().wait()
except KeyboardInterrupt:
    print("interrupted")
"""
    with program(text, listener) as running:
        connection, _ = listener.accept()
        with connection:
            asked(connection)
            running.send_signal(signal.SIGINT)
            assert ended(running) == (0, "interrupted\n", "")


def test_the_interpreter_ends_while_a_daemon_thread_waits(listener: socket.socket) -> None:
    text = """
threading.Thread(target=ask, daemon=True).start()
sys.stdin.read(1)
"""
    arguments = [sys.executable, "-c", ASK + text, url(listener)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        connection, _ = listener.accept()
        with connection:
            asked(connection)
            _, err = running.communicate("x", timeout=30)
            assert (running.returncode, err) == (0, "")


def test_a_wait_that_is_over_while_the_interpreter_ends_comes_back_to_nothing(listener: socket.socket) -> None:
    # A module's globals are dropped when the interpreter is already closed to other threads; the
    # sleep in there lets the daemon thread try to come back.
    text = """
import builtins

class Last:
    def __del__(self, sleep=time.sleep, out=sys.stdout):
        sleep(1)
        out.write("the end")
        out.flush()

def wait():
    try:
        ask(read_timeout=0.5)
    finally:
        print("came back")

builtins.last = Last()
threading.Thread(target=wait, daemon=True).start()
sys.stdin.read(1)
"""
    arguments = [sys.executable, "-c", ASK + text, url(listener)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as running:
        connection, _ = listener.accept()
        with connection:
            asked(connection)
            out, err = running.communicate("x", timeout=30)
            assert (running.returncode, out, err) == (0, "the end", "")


def test_a_child_of_a_fork_asks_while_its_parent_waits(listener: socket.socket) -> None:
    text = """
import os, warnings
warnings.simplefilter("ignore", DeprecationWarning)
waiting = threading.Thread(target=lambda: print("parent", ask()[0], flush=True))
waiting.start()
sys.stdin.read(1)
child = os.fork()
if child == 0:
    print("child", ask()[0], flush=True)
    os._exit(0)
_, status = os.waitpid(child, 0)
print("status", status, flush=True)
waiting.join()
"""
    arguments = [sys.executable, "-c", ASK + text, url(listener)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as running:
        of_parent, _ = listener.accept()
        with of_parent:
            asked(of_parent)
            assert running.stdin is not None
            running.stdin.write("x")
            running.stdin.flush()
            of_child, _ = listener.accept()
            with of_child:
                asked(of_child)
                answer(of_child)
            assert running.stdout is not None
            assert [running.stdout.readline(), running.stdout.readline()] == ["child ASIATASK\n", "status 0\n"]
            answer(of_parent)
        out, err = running.communicate(timeout=30)
        assert (running.returncode, out, err) == (0, "parent ASIATASK\n", "")


def test_other_threads_run_during_a_wait(listener: socket.socket) -> None:
    # This thread answers itself: it could not if the lock were held.
    fetched: list[Any] = []

    def ask() -> None:
        fetched.append(_network.container_credentials(full_uri=url(listener), attempts=1))

    waiting = threading.Thread(target=ask)
    waiting.start()
    connection, _ = listener.accept()
    with connection:
        asked(connection)
        answer(connection)
    waiting.join(30)
    assert fetched == [("ASIATASK", "task-secret", "task-token", "123456789012", 1893553445.0)]


def test_a_refusal_says_all_that_is_known(listener: socket.socket) -> None:
    def refuse() -> None:
        connection, _ = listener.accept()
        with connection:
            asked(connection)
            body = b"no such task"
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    threading.Thread(target=refuse).start()
    with pytest.raises(_network.RequestError) as caught:
        _network.container_credentials(full_uri=url(listener), authorization_token="hush", attempts=1)
    assert vars(caught.value) == {
        "kind": "service",
        "code": None,
        "message": "no such task",
        "reason": None,
        "status": 404,
        "request_id": None,
        "attempts": 0,
        "endpoint": url(listener),
    }
    assert str(caught.value) == f"no such task (status 404) [{url(listener)}]"


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("web_identity_token", _network.assume_role_with_web_identity),
        ("access_token", _network.sso_role_credentials),
        ("client_secret", _network.sso_create_token),
    ],
)
def test_a_secret_that_utf8_cannot_carry_is_refused_without_showing_it(name: str, call: Any) -> None:
    others = {
        "web_identity_token": {"role_arn": "r", "role_session_name": "s"},
        "access_token": {"role_name": "r", "account_id": "1"},
        "client_secret": {"client_id": "c", "refresh_token": "r"},
    }
    with pytest.raises(ValueError, match=f"^{name} must be a string that UTF-8 can hold$") as caught:
        call(**others[name], **{name: "hush\ud800"}, network=network("http://127.0.0.1:9"))
    assert "hush" not in repr(vars(caught.value))


@pytest.mark.parametrize("changes", [{"connect_timeout": -1.0}, {"read_timeout": float("nan")}, {"attempts": -1}])
def test_an_invalid_timeout_or_number_of_attempts_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises((ValueError, OverflowError)):
        _network.sso_role_credentials(
            role_name="r", account_id="1", access_token="t", network=network("http://127.0.0.1:9", **changes)
        )


ROLE = b"""<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
<Expiration>2030-01-02T03:04:05Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>"""


def by_identity(endpoint_url: str, **changes: Any) -> str:
    return _network.assume_role_with_web_identity(
        role_arn="r", role_session_name="s", web_identity_token="t", network=network(endpoint_url, **changes)
    )[0]


def test_a_certificate_counts_only_if_the_bundle_says_so(listener: socket.socket) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)

    def serve() -> None:
        for _ in range(2):
            connection, _ = listener.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as secured:
                    asked(secured)
                    answer(secured, ROLE)
            except ssl.SSLError:
                connection.close()

    threading.Thread(target=serve).start()
    with pytest.raises(_network.RequestError) as caught:
        by_identity(url(listener, "https"))
    assert caught.value.kind == "tls"
    assert by_identity(url(listener, "https"), ca_bundle=str(CERTIFICATE)) == "ASIAROLE"


def test_a_proxy_of_the_environment_is_asked_unless_the_host_is_an_exception(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", url(listener))
    monkeypatch.setenv("http_proxy", url(listener))
    seen: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            seen.append(asked(connection))
            answer(connection, ROLE)

    threading.Thread(target=serve).start()
    assert by_identity("http://sts.example.invalid") == "ASIAROLE"
    assert seen[0].startswith(b"POST http://sts.example.invalid/ HTTP/1.1\r\n")

    monkeypatch.setenv("NO_PROXY", "example.invalid")
    monkeypatch.setenv("no_proxy", "example.invalid")
    with pytest.raises(_network.RequestError) as caught:
        by_identity("http://sts.example.invalid")
    assert caught.value.kind == "connect"


def test_no_proxy_comes_between_a_container_and_its_agent(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            asked(connection)
            answer(connection)

    threading.Thread(target=serve).start()
    assert _network.container_credentials(full_uri=url(listener), attempts=1)[0] == "ASIATASK"
