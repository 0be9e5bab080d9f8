"""What programs use besides boto3's names; where presigned offers more than boto3, both have the same name here."""

from __future__ import annotations

import contextlib
import copy
import io
import os
import pickle
import threading
import warnings
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
import botocore.signers
import botocore.stub

import presigned
import presigned.config
import presigned.exceptions

from .observed import Anything, AtLeast, Names, Raised, shown
from .server import Server, without_features


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
        "in_child": in_child,
        "in_threads": in_threads,
        "io": io,
        "keys_of": keys_of,
        "mock": mock,
        "names_of": names_of,
        "os": os,
        "patched": patched,
        "started": started,
        "mock_aws": mock_aws,
        "without_features": without_features,
        "write": write,
        **{name: getattr(own, name) for name in vars(Boto3s) if name[0] != "_"},
    }


class Boto3s:
    """What presigned has more than boto3, in boto3's words."""

    exceptions = botocore.exceptions

    def __init__(self, world: Any) -> None:
        self._world = world

    def urls(self, client: Any, operation: str, rows: list[Any], **named: Any) -> Any:
        """Makes many URLs."""
        made = [client.generate_presigned_url(operation, row, **named) for row in rows]
        return Anything() if _is_replaced(client) else made

    def presign(self, client: Any, operation: str, params: Any, **named: Any) -> Any:
        """Makes a URL."""
        names = {"expires_in": "ExpiresIn", "http_method": "HttpMethod"}
        made = client.generate_presigned_url(operation, params, **{names[name]: named[name] for name in named})
        return Anything() if _is_replaced(client) else made

    def presign_post(self, client: Any, bucket: str, key: str) -> Any:
        """Makes a form."""
        made = client.generate_presigned_post(bucket, key)
        return Anything() if "generate_presigned_post" in vars(client) else [made["url"], list(made["fields"].items())]

    def copied(self, client: Any) -> Any:
        """Copies a client."""
        return client

    def pickled(self, client: Any) -> Any:
        """Sends a client through a pickle."""
        return client

    def lasting(self, client: Any, seconds: Any) -> Any:
        """Makes a URL that lives for a time, or is refused, as SigV4 allows no such time.

        That is the second line of COMPATIBILITY.md, which holds as long as presigned itself presigns.
        """
        version = client.meta.config.signature_version
        if self._world.is_interfered_with or version is botocore.UNSIGNED or "4" not in version:
            return Anything()
        params = {"Bucket": "photos", "Key": "cat.jpg"}
        made = client.generate_presigned_url("get_object", params, ExpiresIn=int(seconds))
        return made if 0 < int(seconds) <= 604800 else "ParamValidationError"


class Ours:
    """The same in presigned's."""

    exceptions = presigned.exceptions

    def __init__(self, world: Any) -> None:
        self._world = world

    def urls(self, client: Any, operation: str, rows: list[Any], **named: Any) -> Any:
        """Makes many URLs."""
        return client.generate_presigned_urls(operation, rows, **named)

    def presign(self, client: Any, operation: str, params: Any, **named: Any) -> Any:
        """Makes a URL."""
        # S3 may have moved the client on.
        may_decline = "moved" in repr(params)
        return self._unless_declined(lambda: client.presign(operation, params, **named).url, may_decline=may_decline)

    def presign_post(self, client: Any, bucket: str, key: str) -> Any:
        """Makes a form."""

        def form() -> Any:
            made = client.presign_post(bucket, key)
            return [made.url, list(made.fields.items())]

        return self._unless_declined(form, may_decline=bucket == "moved")

    def copied(self, client: Any) -> Any:
        """Copies a client."""
        return copy.copy(client)

    def pickled(self, client: Any) -> Any:
        """Sends a client through a pickle, which keeps what it was made with, and nothing that was done to it since."""
        if self._world.has_moved_on or self._world.is_interfered_with:
            return client
        # If it was given no keys, there are none to allow.
        with contextlib.suppress(ValueError):
            presigned.allow_keys_in_pickle(client)
        return pickle.loads(pickle.dumps(client))  # noqa: S301 - our own

    def lasting(self, client: Any, seconds: Any) -> Any:
        """Makes a URL that lives for a time, or names the exception."""
        try:
            return client.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"}, seconds)
        except presigned.exceptions.ParamValidationError as error:
            return type(error).__name__

    def _unless_declined(self, call: Callable[[], Any], *, may_decline: bool) -> Any:
        # Nobody can tell what a handler signs.
        try:
            return call()
        except NotImplementedError:
            if not (may_decline or self._world.is_interfered_with):
                raise
            return Anything()


def _is_replaced(client: Any) -> bool:
    function = getattr(type(client), "generate_presigned_url", None)
    return "generate_presigned_url" in vars(client) or function is not botocore.signers.generate_presigned_url


def caught(call: Callable[[], Any], kind: Any) -> Any:
    """Whether a call raises an exception of a kind, and which it raises.

    boto3 makes the kinds anew for each session; in presigned there is one of each.
    """
    try:
        return shown(call())
    except Exception as error:  # noqa: BLE001 - any exception may be the right one
        return AtLeast(isinstance(error, kind), kind.__name__ == type(error).__name__), Raised(error)


def config_of(client: Any) -> Any:
    """The options of a client, but for how it names itself to servers."""
    names = [name for name in botocore.config.Config.OPTION_DEFAULTS if name != "user_agent"]
    return {name: getattr(client.meta.config, name) for name in names}


def keys_of(credentials: Any) -> Any:
    """The keys of a session, and the same frozen."""
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


def patched(owner: Any, name: str, value: Any) -> Any:
    """Replaces a method, until the patch is stopped."""
    patch = mock.patch.object(owner, name, return_value=value)
    patch.start()
    return patch


def class_patched(client: Any, name: str, call: Callable[[], Any]) -> Any:
    """Asks while a method of a client's class is replaced; in boto3 each client has a class of its own."""
    with mock.patch.object(type(client), name, return_value="mine"):
        return call()


def downloaded(client: Any, bucket: str, key: str) -> bytes:
    """Downloads by s3transfer."""
    file = io.BytesIO()
    client.download_fileobj(bucket, key, file)
    return file.getvalue()


def started(mocked: Any) -> Any:
    """Starts moto."""
    mocked.start()
    return mocked


def mock_aws() -> Any:
    """Makes a mock of moto's, which takes a second to import."""
    import moto  # noqa: PLC0415 - one theme needs it

    return moto.mock_aws()


class Cache(dict[str, Any]):
    """A cache of roles that has keys for every role."""

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: str) -> Any:
        keys = {"AccessKeyId": "AKCACHED", "SecretAccessKey": "SECRET of cache", "SessionToken": "TOKEN of cache"}
        return {"Credentials": {**keys, "Expiration": "2026-11-24T13:00:00Z"}}


class Provider(botocore.credentials.CredentialProvider):
    """A source of keys that a program brings."""

    METHOD = "mine"
    CANONICAL_NAME = "mine"

    def load(self) -> Any:
        """Gives the keys."""
        return botocore.credentials.Credentials("AKPROVIDED", "SECRET that was provided", method=self.METHOD)


def write(name: str, text: str) -> None:
    """Writes one of AWS's shared files."""
    Path(os.environ[{"config": "AWS_CONFIG_FILE", "credentials": "AWS_SHARED_CREDENTIALS_FILE"}[name]]).write_text(text)


def in_threads(*calls: Callable[[], Any]) -> Any:
    """Asks the same, or one thing and another, in four threads at once."""
    together = threading.Barrier(4)
    found: list[Any] = []

    def ask(call: Callable[[], Any]) -> None:
        together.wait()
        found.append(_outcome(call))

    threads = [threading.Thread(target=ask, args=(calls[number % len(calls)],)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    errors = [id(each.error) for each in found if isinstance(each, Raised)]
    return [len({*errors}) == len(errors), sorted(found, key=repr)]


def in_child(call: Callable[[], Any]) -> Any:
    """Asks in a child of this process."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # The threads of the server are not the child's.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            os.write(writing, repr(_outcome(call)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:  # noqa: PTH123 - it has no path
        told = pipe.read()
    os.waitpid(child, 0)
    return told.decode()


def _outcome(call: Callable[[], Any]) -> Any:
    try:
        return shown(call())
    except Exception as error:  # noqa: BLE001 - any exception may be the right one
        return Raised(error)
