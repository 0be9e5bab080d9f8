"""What programs use besides boto3's names."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
import boto3.resources.base
import boto3.resources.factory
import botocore
import botocore.client
import botocore.config
import botocore.credentials
import botocore.exceptions
import botocore.session
import botocore.stub
import moto

import presigned.config

from .observed import AtLeast, Names, Raised, shown
from .offered import Boto3s, Ours
from .server import Server, without_features
from .together import in_child, in_threads


def for_programs(world: Any, server: Server) -> dict[str, Any]:
    """The names."""
    own = Boto3s(world) if world.is_boto3 else Ours(world)
    return {
        "BaseClient": botocore.client.BaseClient,
        "CACHE": Cache(),
        "PROVIDER": Provider(),
        "Config": botocore.config.Config,
        "Credentials": botocore.credentials.Credentials,
        "OwnConfig": botocore.config.Config if world.is_boto3 else presigned.config.Config,
        "RealSession": boto3.Session,
        "ResourceMeta": boto3.resources.factory.ResourceMeta,
        "SERVER": server.url,
        "ServiceResource": boto3.resources.base.ServiceResource,
        "Stubber": botocore.stub.Stubber,
        "UNSIGNED": botocore.UNSIGNED,
        "at_least": AtLeast,
        "botocore": botocore,
        "caught": caught,
        "class_patched": class_patched,
        "config_of": config_of,
        "downloaded": downloaded,
        "from_handler": from_handler,
        "in_child": in_child,
        "in_threads": in_threads,
        "io": io,
        "credentials_of": credentials_of,
        "mock": mock,
        "names_of": names_of,
        "os": os,
        "patched": patched,
        "started": started,
        "mock_aws": Moto,
        "with_own": with_own,
        "without_features": without_features,
        "write": write,
        **{name: getattr(own, name) for name in vars(Boto3s) if name[0] != "_"},
    }


def caught(call: Callable[[], Any], kind: Any) -> Any:
    """Whether a call raises an exception of a kind, and which it raises.

    boto3 makes new kinds for each session; in presigned there is one of each.
    """
    try:
        return shown(call())
    except Exception as error:  # noqa: BLE001 - any exception may be the right one
        return AtLeast(isinstance(error, kind), kind.__name__ == type(error).__name__), Raised(error)


def config_of(client: Any) -> Any:
    """The options of a client, without its user agent."""
    names = [name for name in botocore.config.Config.OPTION_DEFAULTS if name != "user_agent"]
    return {name: getattr(client.meta.config, name) for name in names}


def credentials_of(credentials: Any) -> Any:
    """The credentials of a session, and the same frozen."""
    if credentials is None:
        return None
    frozen = credentials.get_frozen_credentials()
    return [
        isinstance(credentials, botocore.credentials.Credentials),
        credentials.access_key,
        credentials.secret_key,
        credentials.token,
        credentials.method,
        frozen.access_key,
        tuple(frozen)[:3],
        list(frozen._asdict())[:3],
    ]


def names_of(thing: Any) -> Any:
    """The public names that a thing lists."""
    return Names(frozenset(name for name in dir(thing) if name[0] != "_"))


#: What is to be undone after a program.
TO_STOP: list[Any] = []


def patched(owner: Any, name: str, value: Any) -> Any:
    """Replaces a method, until the patch is stopped."""
    return started(mock.patch.object(owner, name, return_value=value))


def stop_all() -> None:
    """Undoes what a program replaced, the last first."""
    while TO_STOP:
        # The program may have undone it, or taken away what it would put back.
        with contextlib.suppress(AttributeError, RuntimeError, KeyError):
            TO_STOP.pop().stop()


def class_patched(client: Any, name: str, call: Callable[[Any], Any]) -> Any:
    """Asks the client while a method of a client's class is replaced; in boto3 each client has its own class."""
    with mock.patch.object(type(client), name, return_value="mine"):
        return call(client)


def from_handler(thing: Any, name: str) -> Any:
    """An attribute that a handler gave to a class, or that one answers `getattr.*` with."""
    return getattr(thing, name)


def downloaded(client: Any, bucket: str, key: str) -> bytes:
    """Downloads by s3transfer."""
    file = io.BytesIO()
    client.download_fileobj(bucket, key, file)
    return file.getvalue()


def started(mocked: Any) -> Any:
    """Starts a patch, or moto."""
    mocked.start()
    TO_STOP.append(mocked)
    return mocked


class Moto:
    """moto's mock, with a counter: if it is stopped too often, no mock can be started again."""

    def __init__(self) -> None:
        self._mock = moto.mock_aws()
        self._is_on = False

    def start(self) -> None:
        """Starts it."""
        self._mock.start()
        self._is_on = True

    def stop(self) -> None:
        """Stops it, as often as it was started."""
        if not self._is_on:
            raise RuntimeError("Called stop() before start().")
        self._is_on = False
        self._mock.stop()


def with_own(kind: Any, name: str) -> Any:
    """A class of sessions with its own attribute, whose name may be one of presigned's names."""

    class Own(kind):  # type: ignore[misc]  # any class of sessions
        def __init__(self, **named: Any) -> None:
            setattr(self, name, {})
            super().__init__(**named)
            setattr(self, name, {})

    return Own


class Cache(dict[str, Any]):
    """A cache of roles that has credentials for every role."""

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: str) -> Any:
        keys = {"AccessKeyId": "AKCACHED", "SecretAccessKey": "SECRET of cache", "SessionToken": "TOKEN of cache"}
        return {"Credentials": {**keys, "Expiration": "2026-11-24T13:00:00Z"}}


class Provider(botocore.credentials.CredentialProvider):  # type: ignore[misc]  # botocore has no types
    """A source of credentials that a program brings."""

    METHOD = "mine"
    CANONICAL_NAME = "mine"

    def load(self) -> Any:
        """Gives the credentials."""
        return botocore.credentials.Credentials("AKPROVIDED", "SECRET that was provided", method=self.METHOD)


def write(name: str, text: str) -> None:
    """Writes one of AWS's shared files."""
    Path(os.environ[{"config": "AWS_CONFIG_FILE", "credentials": "AWS_SHARED_CREDENTIALS_FILE"}[name]]).write_text(text)
