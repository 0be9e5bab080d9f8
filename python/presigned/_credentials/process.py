"""Runs the program that a profile names as `credential_process`, and reads the credentials that it prints."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading

from presigned._core import FrozenCredentials
from presigned._errors import make

from . import Credentials
from .absent import annotate
from .expiry import seconds
from .refreshable import RefreshableCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any

    from .chain import Search

METHOD = "custom-process"
_OPTION = "credential_process"
_REQUIRED = ("AccessKeyId", "SecretAccessKey")


def load(search: Search, profile: str) -> Credentials | None:
    """Runs the program, and runs it again before the credentials expire, if they do.

    Raises:
        CredentialRetrievalError: It failed, or printed no credentials.
        InvalidConfigError: The profile names no program.
        OSError: It cannot be started.
        ValueError: The command has an open quotation, or the program printed something that is not
            JSON.
    """
    section = search.section(profile)
    command, account_id = section[_OPTION], section.get("aws_account_id")

    def fetch() -> FrozenCredentials:
        try:
            return _credentials_of(_printed(_words(command)), account_id)
        except Exception as error:
            annotate(error, f"This was {_OPTION} of profile {profile!r}.")
            raise

    credentials = fetch()
    if credentials.expiry is not None:
        return RefreshableCredentials(fetch, METHOD, credentials)
    return Credentials(
        credentials.access_key, credentials.secret_key, credentials.token, METHOD, credentials.account_id
    )


def _words(command: object) -> list[str]:
    words: list[str] = []
    if isinstance(command, str):
        if sys.platform == "win32":
            words = windows_words(command)
        else:
            import shlex

            words = shlex.split(command)
    if not words:
        message = f"{_OPTION} must be a command: a program and its arguments on one line, not {command!r}"
        raise make("InvalidConfigError", error_msg=message)
    return words


def windows_words(command: str) -> list[str]:
    r"""Splits a command into words as C programs on Windows do.

    Blanks separate the words, except within double quotes. A backslash is an ordinary character, except before a
    double quote: there two backslashes mean one, and a single one makes the quote a character of the word.

    Raises:
        ValueError: A quotation is not closed.
    """
    import re

    words: list[str] = []
    word: str | None = None
    quoted = False
    for slashes, sign in re.findall(r"(\\*)([^\\]|\Z)", command):
        if sign == '"':
            word = (word or "") + slashes[: len(slashes) // 2]
            if len(slashes) % 2:
                word += sign
            else:
                quoted = not quoted
        elif sign in {" ", "\t", ""} and not quoted:
            if word is not None or slashes:
                words.append((word or "") + slashes)
            word = None
        else:
            word = (word or "") + slashes + sign
    if quoted:
        raise ValueError(f"No closing quotation in string: {command}")
    return words


def _printed(words: list[str]) -> bytes:
    """Runs a program to its end. An interrupt of the wait ends the program, too."""
    process = None
    try:
        with _interrupted_afterwards():
            process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 - the user's own
        with process:
            printed, complaint = process.communicate()
    except BaseException:
        if process is not None:
            # Waits for it, and closes its pipes.
            with process:
                process.kill()
        raise
    if process.returncode != 0:
        error = _refused(complaint.decode(errors="replace"))
        annotate(error, f"{words[0]} ended with status {process.returncode}.")
        raise error
    return printed


@contextlib.contextmanager
def _interrupted_afterwards() -> Iterator[None]:
    """Defers Ctrl-C: in the middle of a start it would leave a child process running."""
    handler = signal.getsignal(signal.SIGINT)
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda *args: caught.append(args))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if caught:
            handler(*caught[0])


def _credentials_of(printed: bytes, account_id: object) -> FrozenCredentials:
    answer = _parsed(printed)
    if not isinstance(answer, dict):
        raise _refused(f"A JSON object was expected, not {type(answer).__name__}")
    version = answer.get("Version", "<Version key not provided>")
    if version != 1:
        message = f"Unsupported version '{version}' for credential process provider, supported versions: 1"
        raise _refused(message)
    for name in _REQUIRED:
        if name not in answer:
            raise _refused(f"Missing required key in response: {name!r}")
    for name in (*_REQUIRED, "SessionToken", "Expiration"):
        value = answer.get(name)
        if not isinstance(value, str) and (name in _REQUIRED or value is not None):
            raise _refused(f"{name} must be a string, not {type(value).__name__}")
    account = answer.get("AccountId") or account_id
    expiration = answer.get("Expiration")
    return FrozenCredentials(
        answer["AccessKeyId"],
        answer["SecretAccessKey"],
        answer.get("SessionToken"),
        None if account is None else str(account),
        None if expiration is None else seconds(expiration),
    )


def _parsed(printed: bytes) -> Any:
    """Reads JSON. A string that is not JSON may hold a secret, so the error does not contain it."""
    try:
        return json.loads(printed.decode())
    except UnicodeDecodeError as error:
        wrong = bytes(error.start) + printed[error.start : error.end]
        raise UnicodeDecodeError(error.encoding, wrong, error.start, error.end, error.reason) from None
    except json.JSONDecodeError as error:
        error.doc = ""
        raise


def _refused(message: str) -> Exception:
    return make("CredentialRetrievalError", provider=METHOD, error_msg=message)
