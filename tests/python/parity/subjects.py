"""Asks boto3, as it is or with one habit switched off, and presigned, at the same frozen instant."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import boto3
import botocore
import botocore.auth
import botocore.client
import botocore.config
import botocore.httpsession
import botocore.session
import botocore.signers
import botocore.utils
import time_machine

import presigned
import presigned.config
from presigned._core import FrozenCredentials
from presigned._credentials.express import OpenedSessions

from . import sigv4a
from .again import again_fault
from .batches import batch_fault
from .case import URL, Case, Setting
from .outcome import Outcome, Raised, read

# A boto3 client costs five milliseconds and half a megabyte.
CLIENTS_KEPT = 128


@dataclass
class Habits:
    """What boto3 does that presigned does not, on purpose; each can be switched off."""

    sigv2_by_default: bool = True
    body_in_query: bool = True
    global_host: bool = True


@dataclass
class Signed:
    """What boto3 was about to sign, last time it signed anything."""

    version: Any = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: Any = b""


_HABITS = Habits()
_SIGNED = Signed()


class NetworkUsed(BaseException):
    """boto3 tried to reach the network; not an `Exception`, so that botocore lets it through."""


#: What S3 Express gives to each bucket: access key, secret key, token, and their end.
SESSION = ("ASIASESSION", "a/secret+of a session", "t/+= ü", "9998-12-31T00:00:00Z")


def _no_network(*_: object, **__: object) -> None:
    raise NetworkUsed


def _before_sign(request: Any, signature_version: Any, **_: object) -> None:
    _SIGNED.version = signature_version
    # Reading a lone surrogate back through the mapping would make a `Header` of it.
    _SIGNED.headers = list(request.headers._headers)
    _SIGNED.body = request.data
    if not _HABITS.body_in_query:
        request.data = b""


def _add_switches() -> None:
    creator: Any = botocore.client.ClientCreator
    signers: Any = botocore.signers
    to_sigv2, to_global = creator._default_s3_presign_to_sigv2, signers._should_use_global_endpoint
    creator._default_s3_presign_to_sigv2 = lambda self, **given: (
        to_sigv2(self, **given) if _HABITS.sigv2_by_default else None
    )
    signers._should_use_global_endpoint = lambda client: _HABITS.global_host and to_global(client)
    setattr(botocore.httpsession.URLLib3Session, "send", _no_network)  # noqa: B010 - mypy refuses the assignment
    cache: Any = botocore.utils.S3ExpressIdentityCache
    names = ("access_key", "secret_key", "token", "expiry_time")
    of_boto3 = cache.build_refresh_callback

    def opened_at_once(self: Any, bucket: Any) -> Callable[[], Any]:
        # Without a bucket, boto3 asks nothing: it refuses the parameter.
        return (lambda: dict(zip(names, SESSION, strict=True))) if bucket else of_boto3(self, bucket)

    cache.build_refresh_callback = opened_at_once
    opened: Any = OpenedSessions
    end = datetime.datetime.fromisoformat(SESSION[3]).timestamp()
    opened._open = lambda *_: FrozenCredentials(*SESSION[:3], None, end)


_add_switches()
sigv4a.stand_in()
_SHARED = botocore.session.Session()
_LOADER = _SHARED.get_component("data_loader")
_SHARED_SESSION = boto3.Session(botocore_session=_SHARED)


@contextmanager
def frozen(instant: float) -> Iterator[None]:
    """Stops the clocks that the two libraries read: far cheaper than freezegun. `test_clock.py` has the rest."""
    auth: Any = botocore.auth
    signers: Any = botocore.signers
    moment = datetime.datetime.fromtimestamp(instant, datetime.timezone.utc).replace(tzinfo=None)
    saved = auth.get_current_datetime, auth.time
    auth.get_current_datetime = signers.get_current_datetime = lambda: moment
    auth.time = SimpleNamespace(time=lambda: instant)
    try:
        with time_machine.travel(instant, tick=False):
            yield
    finally:
        auth.get_current_datetime, auth.time = saved
        signers.get_current_datetime = saved[0]


@contextmanager
def surroundings(made_of: Setting) -> Iterator[None]:
    """Sets the environment and writes the files of a setting, for as long as it is in use."""
    if not made_of.is_ambient:
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        environ["AWS_EC2_METADATA_DISABLED"] = "true"
        environ["HOME"] = folder
        environ["AWS_CONFIG_FILE"] = str(Path(folder, "config"))
        environ["AWS_SHARED_CREDENTIALS_FILE"] = str(Path(folder, "credentials"))
        for name, text in (("config", made_of.config_file), ("credentials", made_of.credentials_file)):
            if text is not None:
                Path(folder, name).write_text(text, encoding="utf-8")
        environ.update(made_of.environ)
        with mock.patch.dict(os.environ, environ, clear=True):
            yield


def copied(value: Any) -> Any:
    """A copy of the containers alone: boto3 changes what it is given."""
    kind = type(value)
    if kind in (dict, OrderedDict):
        return kind((name, copied(item)) for name, item in value.items())
    if kind in (list, tuple):
        return kind(copied(item) for item in value)
    return value


class Subject:
    """A library that makes clients, some of which are kept."""

    def __init__(self, session: Callable[[Mapping[str, Any], bool], Any], config: Callable[..., Any]) -> None:
        self._session = session
        self._config = config
        self._clients: OrderedDict[str, Any] = OrderedDict()

    def _client(self, made_of: Setting, step: list[str]) -> Any:
        key = repr(made_of)
        if key in self._clients:
            self._clients.move_to_end(key)
            return self._clients[key]
        arguments = dict(made_of.client)
        if made_of.config is not None:
            step[0] = "config"
            options = copied(dict(made_of.config))
            if self is PRESIGNED and options.get("signature_version") is botocore.UNSIGNED:
                options["signature_version"] = presigned.UNSIGNED
            arguments["config"] = self._config(**options)
            step[0] = "client"
        client = self._session(made_of.session, made_of.is_ambient).client("s3", **arguments)
        if self is BOTO3:
            client.meta.events.register("before-sign.s3", _before_sign)
        # An address in the key may come to be another object's.
        if not made_of.is_ambient and " at 0x" not in key.replace(repr(botocore.UNSIGNED), ""):
            self._clients[key] = client
            if len(self._clients) > CLIENTS_KEPT:
                self._clients.popitem(last=False)
        return client

    def ask(self, case: Case) -> tuple[Outcome, bool]:
        """What the library makes of a case, and whether it left the arguments as they were."""
        step = ["client"]
        with surroundings(case.setting):
            try:
                call = getattr(self._client(case.setting, step), case.method)
                arguments = copied(case.arguments)
                keywords = copied(dict(case.call_keywords()))
                before = ascii((arguments, keywords)) if self is PRESIGNED else ""
            except Exception as error:  # noqa: BLE001 - the outcome may be any exception
                return Raised(error, step[0]), True
            outcome: Outcome
            try:
                with frozen(case.instant):
                    outcome = read(call(*arguments, **keywords))
            except Exception as error:  # noqa: BLE001 - the outcome may be any exception
                outcome = Raised(error, "call")
            if self is PRESIGNED and case.method == URL:
                with frozen(case.instant):
                    fault = again_fault(call.__self__, arguments, keywords, outcome)
                    fault = fault or batch_fault(call.__self__, arguments, keywords, outcome)
                assert fault is None, f"{case.describe()}\n  {fault}"
            return outcome, self is BOTO3 or before == ascii((arguments, keywords))


def _boto3_session(arguments: Mapping[str, Any], own: bool) -> Any:
    if not own:
        return _SHARED_SESSION
    given = dict(arguments)
    inner = botocore.session.Session(profile=given.pop("profile_name", None))
    inner.register_component("data_loader", _LOADER)
    return boto3.Session(botocore_session=inner, **given)


def _presigned_session(arguments: Mapping[str, Any], own: bool) -> Any:
    del own
    return presigned.Session(**arguments)


BOTO3 = Subject(_boto3_session, botocore.config.Config)
PRESIGNED = Subject(_presigned_session, presigned.config.Config)


def ask_boto3(
    case: Case,
    *,
    sigv2_by_default: bool = True,
    body_in_query: bool = True,
    global_host: bool = True,
) -> tuple[Outcome, Signed]:
    """What boto3 makes of a case with the habits given, and what it signed."""
    global _HABITS, _SIGNED  # noqa: PLW0603 - the switches are reached from boto3's own functions
    _HABITS, _SIGNED = Habits(sigv2_by_default, body_in_query, global_host), Signed()
    try:
        outcome, _ = BOTO3.ask(case)
        return outcome, _SIGNED
    finally:
        _HABITS = Habits()


def ask_presigned(case: Case) -> Outcome:
    """What presigned makes of a case. Arguments that come back changed are a fault of their own."""
    outcome, untouched = PRESIGNED.ask(case)
    assert untouched, f"the caller's arguments were changed:\n{case.describe()}"
    return outcome


def presigned_client(made_of: Setting) -> Any:
    """A client of presigned, for a test that must keep the values that it passes."""
    return PRESIGNED._client(made_of, [""])
