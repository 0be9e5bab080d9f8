"""A desk: one machine with its files and variables, on which boto3 and this package ask the same server in turn."""

from __future__ import annotations

import datetime
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
import time_machine

import presigned
from credentials.identity_server import Asked, Identity
from credentials.resolved import Found, ours, theirs

PAIR = "aws_access_key_id = {0}\naws_secret_access_key = secret of {0}\n"


class Desk:
    """A home folder, its variables, and the server of its services."""

    def __init__(
        self, home: Path, patch: pytest.MonkeyPatch, identity: Identity, clock: time_machine.Traveller
    ) -> None:
        self.home = home
        self.patch = patch
        self.identity = identity
        self.clock = clock
        #: What was typed when a code was asked for, and what was asked.
        self.code = "123456"
        self.prompts: list[str] = []

    @property
    def now(self) -> int:
        """The instant at which the clock stands, in seconds since 1970; may be set."""
        return int(time.time())

    @now.setter
    def now(self, seconds: int) -> None:
        self.clock.move_to(seconds)

    def write(self, config: str = "", credentials: str = "", **environ: str) -> None:
        """Write the two files, where `HOME` stands for the home, and set variables."""
        (self.home / "config").write_text(config.replace("HOME", str(self.home)), encoding="utf-8")
        (self.home / "credentials").write_text(credentials, encoding="utf-8")
        for name, value in environ.items():
            self.patch.setenv(name, value.replace("HOME", str(self.home)))

    def instant(self, seconds: float) -> str:
        """So many seconds from now, as services write it."""
        moment = datetime.datetime.fromtimestamp(self.now + seconds, datetime.timezone.utc)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def token_file(self, name: str) -> Path:
        """The file of a sign-in's token, by the name of its session or its portal."""
        return self.home / ".aws/sso/cache" / (hashlib.sha1(name.encode()).hexdigest() + ".json")  # noqa: S324 - the name of a file

    def sign_in(self, name: str, left: float = 8 * 3600, **token: object) -> None:
        """Write a token, as `aws sso login` does."""
        path = self.token_file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        usual = {
            "startUrl": "https://start",
            "region": "us-west-2",
            "accessToken": "t",
            "expiresAt": self.instant(left),
        }
        path.write_text(json.dumps({**usual, **token}), encoding="utf-8")

    def prompt(self, text: str) -> str:
        """Replaces `getpass.getpass`."""
        self.prompts.append(text)
        return self.code

    def keys(self, **session: str) -> tuple[Found, list[Asked]]:
        """Both find the same credentials by the same requests."""
        found, asked = self.resolved(**session)
        assert isinstance(found, Found), repr(found)
        return found, asked

    def error(self, **session: str) -> tuple[Exception, list[Asked]]:
        """Both raise the same class with the same message, after the same requests."""
        raised, asked = self.resolved(**session)
        assert isinstance(raised, Exception), repr(raised)
        return raised, asked

    def unresolved(self, **session: str) -> list[Any]:
        """The credentials of boto3 and of this package, before any fetch."""
        inner: Any = botocore.session.Session()
        sessions = [boto3.Session(botocore_session=inner, **session), presigned.Session(**session)]
        return [one.get_credentials() for one in sessions]

    def both(self, **session: str) -> Iterator[Callable[[], list[Asked]]]:
        """Lets boto3 and this package look for credentials in turn; returns the requests of each."""
        for library in (theirs, ours):

            def resolve(library: Callable[..., Found | Exception | None] = library) -> list[Asked]:
                found = library(**session)
                assert isinstance(found, Found), repr(found)
                return self.identity.taken()

            yield resolve

    def resolved(self, **session: str) -> tuple[Found | Exception | None, list[Asked]]:
        """What both find."""
        expected, they_asked = theirs(**session), self.identity.taken()
        found, we_asked = ours(**session), self.identity.taken()
        if isinstance(expected, Exception):
            assert isinstance(found, Exception), repr(found)
            assert isinstance(found, _public(expected)), repr(found)
            assert str(found) == str(expected)
        else:
            assert found == expected, repr(found)
        assert we_asked == they_asked
        return found, we_asked


def _public(error: Exception) -> type[Exception]:
    """Its class; for a class that a boto3 client makes for itself, the parent."""
    return next(cls for cls in type(error).__mro__ if cls.__module__ != "botocore.errorfactory")
