"""`credential_process`: a program prints credentials; boto3 runs the same one."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import subprocess
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.compat import compat_shell_split
from hypothesis import given
from hypothesis import strategies as st

import presigned
from credentials.hanging import is_interrupted, is_left
from credentials.resolved import Found, children, notes_of, ours, same_credentials, same_error, theirs
from presigned._credentials import process

KEYS = {"Version": 1, "AccessKeyId": "AKIDPROCESS", "SecretAccessKey": "a secret"}


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes a profile that runs a command."""
    config = tmp_path / "config"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))

    def write(line: str, *more: str) -> None:
        config.write_text("\n".join(["[default]", f"credential_process = {line}", *more]), encoding="utf-8")

    return write


@pytest.fixture
def prints(tmp_path: Path, command: Callable[..., None]) -> Callable[..., None]:
    """Writes a profile that runs a command which prints this."""

    def write(printed: object, *more: str) -> None:
        file = tmp_path / "two words"
        file.write_text(printed if isinstance(printed, str) else json.dumps(printed), encoding="utf-8")
        command(f'cat "{file}"', *more)

    return write


def test_the_credentials_that_a_program_prints_are_found(prints: Callable[..., None]) -> None:
    prints(KEYS)
    found = same_credentials()
    assert (found.method, found.access_key, found.token, found.expiry) == ("custom-process", "AKIDPROCESS", None, None)
    prints({**KEYS, "SessionToken": "t", "AccountId": "123456789012"})
    assert same_credentials().account_id == "123456789012"


def test_the_account_of_the_profile_stands_in_for_one_that_is_not_printed(prints: Callable[..., None]) -> None:
    prints({**KEYS, "AccountId": ""}, "aws_account_id = 1")
    assert same_credentials().account_id == "1"


@pytest.mark.parametrize("end", ["2090-01-31T12:00:00Z", "2090-01-31T12:00:00.5+02:00"])
def test_credentials_with_an_expiry_are_refreshable(prints: Callable[..., None], end: str) -> None:
    prints({**KEYS, "Expiration": end})
    assert same_credentials().expiry is not None


def test_the_program_runs_again_shortly_before_its_credentials_expire(
    tmp_path: Path, command: Callable[..., None]
) -> None:
    count = tmp_path / "count"
    script = tmp_path / "script.sh"
    ends = '"2001-01-01T00:00:00Z"', '"2090-01-01T00:00:00Z"'
    text = f"""
        echo run >> {shlex.quote(str(count))}
        runs=$(wc -l < {shlex.quote(str(count))} | tr -d ' ')
        if [ "$runs" = 1 ]; then end='{ends[0]}'; else end='{ends[1]}'; fi
        echo '{{"Version": 1, "AccessKeyId": "A'$runs'", "SecretAccessKey": "S'$runs'", "Expiration": '$end'}}'
    """
    script.write_text(textwrap.dedent(text), encoding="utf-8")
    command(f"sh '{script}'")
    found = ours()
    assert isinstance(found, Found)
    assert (found.access_key, found.secret_key) == ("A2", "S2")
    count.unlink()
    assert theirs() == found


def test_expired_credentials_are_refused(prints: Callable[..., None]) -> None:
    prints({**KEYS, "Expiration": "2001-01-01T00:00:00Z"})
    assert isinstance(same_error(), RuntimeError)


@pytest.mark.parametrize(
    "printed",
    ["", "garbage", "{", {}, {"Version": 2}, {"Version": "1"}, {"Version": 1}, {"Version": 1, "AccessKeyId": "A"}],
)
def test_an_answer_without_credentials_is_refused_in_boto3s_words(prints: Callable[..., None], printed: object) -> None:
    prints(printed)
    error = same_error()
    assert notes_of(error).startswith("This was credential_process of profile 'default'.")


@pytest.mark.parametrize("line", ["no-such-program", "''", "/", "'open", "sh -c 'echo oops >&2; exit 1'"])
def test_a_program_that_cannot_run_is_refused_in_boto3s_words(command: Callable[..., None], line: str) -> None:
    command(line)
    assert "This was credential_process of profile 'default'." in notes_of(same_error())


def test_a_program_that_fails_without_a_word_is_named(command: Callable[..., None]) -> None:
    command("sh -c 'kill -9 $$'")
    assert "sh ended with status -9." in notes_of(same_error())


@pytest.mark.parametrize(
    "printed",
    [
        "[]",
        "null",
        {**KEYS, "AccessKeyId": 5},
        {**KEYS, "SecretAccessKey": None},
        {**KEYS, "SessionToken": 5},
        {**KEYS, "Expiration": 5},
    ],
)
def test_output_that_boto3_fails_on_or_cannot_sign_with_is_refused(
    prints: Callable[..., None], printed: object
) -> None:
    prints(printed)
    assert isinstance(ours(), presigned.exceptions.CredentialRetrievalError)
    assert not isinstance(theirs(), presigned.exceptions.CredentialRetrievalError)


@pytest.mark.parametrize("line", ["", "\n  program = x"])
def test_a_profile_that_names_no_program_says_so(command: Callable[..., None], line: str) -> None:
    command(line)
    assert isinstance(theirs(), IndexError | AttributeError)
    error = ours()
    assert isinstance(error, presigned.exceptions.InvalidConfigError)
    assert "credential_process must be a command" in str(error)


@pytest.mark.parametrize("end", ["soon", ""])
def test_an_end_that_is_no_instant_is_refused(prints: Callable[..., None], end: object) -> None:
    prints({**KEYS, "Expiration": end})
    assert isinstance(theirs(), ValueError)
    assert isinstance(ours(), ValueError)


def test_a_complaint_in_another_encoding_is_shown_nevertheless(command: Callable[..., None]) -> None:
    command(r"""sh -c 'printf "no\\377" >&2; exit 3'""")
    assert isinstance(theirs(), UnicodeDecodeError)
    error = ours()
    assert isinstance(error, presigned.exceptions.CredentialRetrievalError)
    assert str(error).endswith("custom-process: no�")


def test_no_error_holds_what_the_program_printed(tmp_path: Path, command: Callable[..., None]) -> None:
    file = tmp_path / "printed"
    file.write_bytes(b'{"SecretAccessKey": "wJalr", \xff')
    command(f"cat '{file}'")
    for error in (same_error(), _with(file, b'{"SecretAccessKey": "wJalr", ')):
        held = [repr(error), repr(vars(error)), repr(getattr(error, "object", "")), repr(getattr(error, "doc", ""))]
        assert "wJalr" not in "".join(held)


def _with(file: Path, printed: bytes) -> Exception:
    file.write_bytes(printed)
    return same_error()


def test_no_child_is_left_behind(command: Callable[..., None], prints: Callable[..., None]) -> None:
    before = children()
    prints(KEYS)
    ours()
    command("sh -c 'exit 1'")
    ours()
    assert children() == before


def test_ctrl_c_leaves_no_child_behind(tmp_path: Path, command: Callable[..., None]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command(f"""sh -c 'echo > "{pipe}"; exec tail -f /dev/null'""")
    before = children()
    main = threading.get_ident()

    def press() -> None:
        pipe.read_text(encoding="utf-8")
        signal.pthread_kill(main, signal.SIGINT)

    thread = threading.Thread(target=press)
    # Tests that run in the background may ignore Ctrl-C.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            presigned.Session().get_credentials()
    finally:
        signal.signal(signal.SIGINT, heard)
    thread.join()
    assert children() == before


def test_ctrl_c_in_the_middle_of_a_start_leaves_no_pipe_open(
    monkeypatch: pytest.MonkeyPatch, command: Callable[..., None]
) -> None:
    command("tail -f /dev/null")
    before = children()
    started: list[subprocess.Popen[bytes]] = []

    class Interrupted(subprocess.Popen[bytes]):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            started.append(self)
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            presigned.Session().get_credentials()
    finally:
        signal.signal(signal.SIGINT, heard)
    (process,) = started
    pipes = (process.stdout, process.stderr)
    assert [pipe is not None and pipe.closed for pipe in pipes] == [True, True]
    assert process.returncode == -signal.SIGKILL
    assert children() == before


@pytest.mark.parametrize("happens", [is_interrupted, is_left])
def test_a_program_that_hangs_does_not_delay_the_exit(
    tmp_path: Path, command: Callable[..., None], happens: Callable[..., None]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command(f"""sh -c 'echo $$ > "{pipe}"; exec tail -f /dev/null'""")
    started: list[int] = []

    def is_waiting() -> bool:
        started.append(int(pipe.read_text(encoding="utf-8")))
        return True

    try:
        happens(is_waiting)
        if happens is is_interrupted:
            with pytest.raises(ProcessLookupError):
                os.kill(started[0], 0)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(started[0], signal.SIGKILL)


@given(st.text(alphabet=' \t"\\ab\n'))
def test_windows_splits_a_command_as_boto3_says(line: str) -> None:
    try:
        expected: object = compat_shell_split(line, "win32")
    except ValueError as error:
        expected = str(error)
    try:
        split: object = process.windows_words(line)
    except ValueError as error:
        split = str(error)
    assert split == expected
