"""The command, where standard streams are closed, full, broken or of another encoding: no traceback, a true status."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import presigned

URL = ("s3://photos/cat.jpg",)
PAGE = ("post", "s3://photos/cät.jpg", "--html")
CURL = ("post", "s3://photos/cät.jpg", "--curl", "cät.jpg")
WRONG = ("s3://photos/cat.jpg", "--expires-in", "söon")
#: An error that is found later than the arguments are parsed.
LATE = ("s3://photos/cat.jpg", "--region", "a b")
ALL = [URL, PAGE, CURL, ("--help",), ("post", "--help"), ("--version",)]

NO_SPACE = "presigned: cannot write to standard output: No space left on device\n"


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    folder = str(Path(presigned.__file__).parents[1])
    keys = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "eu-west-1"}
    return {**kept, **keys, "PYTHONPATH": folder, **variables}


def run(arguments: tuple[str | bytes, ...], redirections: str = "", **variables: str) -> tuple[int, bytes, str]:
    """Runs the command in a shell, with redirections; returns its status and what it wrote to its two streams."""
    program = f'"$0" -m presigned "$@" {redirections}'
    done = subprocess.run(
        ["sh", "-c", program, sys.executable, *arguments],  # noqa: S607 - the shell of this machine
        env=environment(**variables), capture_output=True, check=False, start_new_session=True,
    )  # fmt: skip
    complaints = done.stderr.decode()
    assert "Traceback" not in complaints
    assert "Exception ignored" not in complaints
    return done.returncode, done.stdout, complaints


@pytest.mark.parametrize("arguments", ALL)
def test_a_full_disk_and_a_closed_output_are_said_and_are_no_success(arguments: tuple[str, ...]) -> None:
    assert run(arguments, ">/dev/full") == (1, b"", NO_SPACE)
    closed = "presigned: cannot write to standard output: it is closed\n"
    assert run(arguments, ">&-") == (1, b"", closed)
    code, _, complaints = run(arguments, "1</dev/null")
    assert (code, complaints) == (1, "presigned: cannot write to standard output: Bad file descriptor\n")


@pytest.mark.parametrize("arguments", ALL)
def test_a_reader_that_has_gone_is_no_news(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as broken:
        done = subprocess.run(
            [sys.executable, "-m", "presigned", *arguments],
            env=environment(), stdout=broken, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    # As a shell shows a program that the signal of a broken pipe has ended.
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize("arguments", [WRONG, LATE, ("post", "s3://photos"), ()])
@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", "2</dev/null", ">&- 2>&-", "<&- >&- 2>&-"])
def test_the_status_of_an_error_needs_no_standard_error(arguments: tuple[str, ...], redirection: str) -> None:
    assert run(arguments, redirection) == (2, b"", "")


@pytest.mark.parametrize("redirection", [">/dev/full 2>/dev/full", ">&- 2>&-", ">&- 2>/dev/full"])
def test_an_output_that_cannot_be_written_is_a_failure_even_without_stderr(redirection: str) -> None:
    assert run(URL, redirection) == (1, b"", "")


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", "<&-", "<&- 2>&-"])
def test_a_url_needs_neither_standard_input_nor_standard_error(redirection: str) -> None:
    code, printed, _ = run(URL, redirection)
    assert (code, printed[:8]) == (0, b"https://")


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii", "LC_ALL": "POSIX"},
        {},
    ],
)
def test_what_is_printed_does_not_depend_on_the_encoding_of_the_output(variables: dict[str, str]) -> None:
    code, printed, complaints = run(("s3://photos/cät.jpg",), **variables)
    assert (code, complaints) == (0, "")
    assert b"/c%C3%A4t.jpg?" in printed
    code, printed, complaints = run(PAGE, **variables)
    assert (code, complaints) == (0, "")
    assert b'value="c&#228;t.jpg"' in printed
    code, printed, complaints = run(CURL, **variables)
    assert (code, complaints) == (0, "")
    words = shlex.split(printed.decode())
    assert {"key=cät.jpg", 'file=@"cät.jpg"'} <= {*words}


def test_the_name_of_a_file_may_be_of_any_bytes() -> None:
    code, printed, complaints = run(("post", "s3://photos/cat.jpg", "--curl", b"c\xe4t.jpg"))
    assert (code, complaints) == (0, "")
    assert b'file=@"c\xe4t.jpg"' in printed


@pytest.mark.parametrize(
    "arguments",
    [
        (b"s3://photos/c\xe4t.jpg",),
        (b"s3://ph\xe4tos/cat.jpg",),
        (*URL, "--param", b"VersionId=\xe4"),
        (*URL, "--region", b"\xe4"),
        (*URL, "--profile", b"\xe4"),
        (*URL, "--endpoint-url", b"http://\xe4"),
        (*URL, "--expires-in", b"\xe4"),
        (b"\xe4", b"\xe4"),
        ("post", b"s3://photos/c\xe4t.jpg"),
        ("post", b"s3://photos/c\xe4t.jpg", "--html"),
        ("post", b"s3://photos/c\xe4t.jpg", "--curl", "a"),
        ("post", "s3://photos/cat.jpg", "--field", b"acl=\xe4"),
        ("post", "s3://photos/cat.jpg", "--starts-with", b"\xe4=a"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_an_argument_that_is_not_utf8_is_refused_and_named(arguments: tuple[str | bytes, ...], encoding: str) -> None:
    code, printed, complaints = run(arguments, PYTHONIOENCODING=encoding)
    assert (code, printed) == (2, b"")
    assert re.search(r"^presigned( post)?: .*\\udce4", complaints, re.MULTILINE | re.DOTALL)


def test_a_complaint_is_readable_in_any_encoding() -> None:
    code, _, complaints = run(WRONG, PYTHONIOENCODING="ascii")
    assert (code, complaints.splitlines()[-1]) == (
        2,
        "presigned: error: argument --expires-in: invalid duration 's\\xf6on': use seconds, or 5m, 12h, 7d",
    )


def test_an_interrupted_command_ends_in_silence_with_the_status_of_the_signal() -> None:
    with socket.create_server(("127.0.0.1", 0)) as agent:
        hanging = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://127.0.0.1:{agent.getsockname()[1]}/"}
        without_keys = {name: value for name, value in environment().items() if not name.startswith("AWS_")}
        with subprocess.Popen(
            [sys.executable, "-m", "presigned", *URL],
            env={**without_keys, **hanging}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as command:  # fmt: skip
            # It waits for the agent's answer.
            connection, _ = agent.accept()
            with connection:
                command.send_signal(signal.SIGINT)
                printed, complaints = command.communicate(timeout=60)
    assert (command.returncode, printed, complaints) == (128 + signal.SIGINT, b"", b"")


@pytest.mark.parametrize("redirection", ["</dev/null", "<&-", "<&- 2>&-", "</dev/null 2>/dev/full"])
def test_an_mfa_code_that_cannot_be_typed_is_an_error(tmp_path: Path, redirection: str) -> None:
    config = tmp_path / "config"
    config.write_text(
        "[profile mfa]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = keys\nmfa_serial = mfa\n"
        "[profile keys]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n"
    )
    # Without a terminal.
    code, printed, complaints = run((*URL, "--profile", "mfa"), redirection, AWS_CONFIG_FILE=str(config))
    assert (code, printed) == (2, b"")
    assert "2>" in redirection or complaints.endswith("presigned: standard input has ended\n")


def test_a_service_that_says_no_is_an_error_in_one_sentence(tmp_path: Path) -> None:
    """The error of such an answer is of another kind than all others of boto3's."""
    with socket.create_server(("127.0.0.1", 0)) as sts:
        body = (
            b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error>"
            b"<RequestId>1</RequestId></ErrorResponse>"
        )
        answer = b"HTTP/1.1 403 Forbidden\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body)
        config = tmp_path / "config"
        config.write_text(
            "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = keys\n"
            "[profile keys]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n"
        )
        variables = {
            "AWS_CONFIG_FILE": str(config),
            "AWS_ENDPOINT_URL_STS": f"http://127.0.0.1:{sts.getsockname()[1]}",
        }
        with subprocess.Popen(
            [sys.executable, "-m", "presigned", *URL, "--profile", "role"], env=environment(**variables),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as command:  # fmt: skip
            connection, _ = sts.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)
                printed, complaints = command.communicate(timeout=60)
    assert (command.returncode, printed) == (2, "")
    denied = "An error occurred (AccessDenied) when calling the AssumeRole operation: not you"
    assert complaints == f"presigned: {denied}\n"
