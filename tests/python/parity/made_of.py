"""Makes a client of boto3's and one of presigned's from the same things, and compares what they are made of."""

from __future__ import annotations

import copy
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import botocore
import botocore.config
import botocore.exceptions
import botocore.loaders
import botocore.session
import botocore.signers
import pytest
from typing_extensions import Self

import presigned
import presigned._client.assembly
import presigned.config
import presigned.session
from presigned._client import S3
from presigned._credentials.absent import Absent
from presigned._credentials.provided import adopt
from presigned.config import UNSIGNED

_LOADER = botocore.loaders.create_loader()
_CONTEXT = ("accelerate", "disable_multi_region_access_points", "force_path_style", "use_arn_region")
_BUILTINS = {
    "Region": "AWS::Region",
    "UseFIPS": "AWS::UseFIPS",
    "UseDualStack": "AWS::UseDualStack",
    "Endpoint": "SDK::Endpoint",
    "ForcePathStyle": "AWS::S3::ForcePathStyle",
    "Accelerate": "AWS::S3::Accelerate",
    "UseGlobalEndpoint": "AWS::S3::UseGlobalEndpoint",
    "UseArnRegion": "AWS::S3::UseArnRegion",
    "DisableMultiRegionAccessPoints": "AWS::S3::DisableMultiRegionAccessPoints",
}
# boto3's internal error becomes one that names the setting.
_ACCIDENTS = (AttributeError, TypeError, KeyError)


@dataclass
class Making:
    """Everything from which a client can be made."""

    client: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    session: Mapping[str, Any] = field(default_factory=dict)
    config_file: str | None = None
    credentials_file: str | None = None

    @contextmanager
    def surroundings(self) -> Iterator[None]:
        """Sets the environment and writes the files."""
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.setattr("botocore.session.create_loader", lambda _=None: _LOADER)
            for name in [name for name in os.environ if name.startswith(("AWS_", "REQUESTS_"))]:
                patch.delenv(name)
            patch.setenv("HOME", folder)
            patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
            (Path(folder) / ".aws").mkdir()
            for name, text in (("config", self.config_file), ("credentials", self.credentials_file)):
                if text is not None:
                    (Path(folder) / ".aws" / name).write_text(text, encoding="utf-8")
            for variable, value in self.environ.items():
                patch.setenv(variable, value)
            yield


class Recorder(S3):
    """A client that records the arguments of the native one."""

    given: dict[str, Any]

    def __new__(cls, **given: Any) -> Self:
        self = super().__new__(cls, **given)
        self.given = given
        return self


def record(patch: pytest.MonkeyPatch) -> None:
    """Makes sessions create recorders in place of clients, with the short cut and without it."""
    for module in (presigned.session, presigned._client.assembly):
        patch.setattr(module, "S3", Recorder)


def of_boto3(client: Any) -> dict[str, Any]:
    """The settings of a boto3 client, in presigned's form."""
    resolver = client._ruleset_resolver
    scheme = resolver._requested_auth_scheme
    keys = client._get_credentials()
    return {
        "builtins": {name: resolver._builtins[key] for name, key in _BUILTINS.items()},
        "client_context": {
            name: resolver._client_context[name] for name in _CONTEXT if resolver._client_context.get(name) is not None
        },
        "express": resolver._client_context["disable_s3_express_session_auth"],
        "use_global_endpoint": botocore.signers._should_use_global_endpoint(client),
        "use_ssl": bool(resolver._use_ssl),
        "signature_version": None if scheme is botocore.UNSIGNED else scheme,
        "unsigned": scheme is botocore.UNSIGNED,
        "auth_scheme_preference": resolver._auth_scheme_preference,
        "signing_region": client._request_signer._region_name,
        "parameter_validation": hasattr(client._serializer, "_param_validator"),
        "inject_host_prefix": bool(client.meta.config.inject_host_prefix),
        "keys": keys and (keys.access_key, keys.secret_key, keys.token),
        **_meta(client),
    }


def of_presigned(client: Any) -> dict[str, Any]:
    """The settings of a presigned client."""
    made_of = dict(client.given)
    # Settings that boto3 does not have.
    del made_of["longest_life"], made_of["sessions"]
    context = dict(made_of.pop("client_context"))
    keys = tuple(made_of.pop(name) for name in ("access_key", "secret_key", "session_token"))
    source = made_of.pop("source")
    if source is not None and not isinstance(source, Absent):
        found = adopt(source).current()[0]
        keys = (found.access_key, found.secret_key, found.token)
    return {
        **made_of,
        "express": context.pop("disable_s3_express_session_auth"),
        "client_context": context,
        "keys": None if keys == (None, None, None) else keys,
        **_meta(client),
    }


def _meta(client: Any) -> dict[str, Any]:
    shown = {
        name: getattr(client.meta.config, name)
        for name in presigned.config.Config.OPTION_DEFAULTS
        # boto3 names itself in the one, and writes the `s3` options into the caller's other.
        if name not in ("user_agent", "client_context_params")
    }
    if shown["signature_version"] is UNSIGNED:
        shown["signature_version"] = botocore.UNSIGNED
    meta = client.meta
    return {
        "config": shown,
        "meta": (meta.region_name, meta.endpoint_url, meta.partition, meta.service_model.service_name),
    }


def made(making: Making, library: Any, config_class: Any, *, times: int = 1) -> dict[str, Any] | Exception:
    """Makes a client, or several from one session of which the last counts, or the error it ends in."""
    try:
        session = library.Session(**making.session)
        for _ in range(times):
            # A copy for each: boto3 writes into what it is given.
            config = None if making.config is None else config_class(**copy.deepcopy(dict(making.config)))
            client = session.client("s3", **making.client, config=config)
    except Exception as error:  # noqa: BLE001 - every error is compared
        return error
    return of_boto3(client) if library is boto3 else of_presigned(client)


def compare(making: Making, *, times: int = 1) -> dict[str, Any] | Exception:
    """Asserts that both libraries make the same, and returns it."""
    with making.surroundings(), pytest.MonkeyPatch.context() as patch:
        record(patch)
        theirs = made(making, boto3, botocore.config.Config, times=times)
        ours = made(making, presigned, presigned.config.Config, times=times)
    if isinstance(theirs, Exception):
        assert isinstance(ours, Exception), f"boto3 raised {theirs!r}"
        if isinstance(theirs, _ACCIDENTS):
            assert isinstance(ours, botocore.exceptions.BotoCoreError)
        else:
            assert isinstance(ours, type(theirs)), f"boto3 raised {theirs!r}"
            assert str(ours) == str(theirs)
    else:
        if isinstance(ours, Exception):
            raise ours
        differing = {name: (ours.get(name), value) for name, value in theirs.items() if ours.get(name) != value}
        assert not differing, f"ours and theirs: {differing}"
        assert ours.keys() == theirs.keys()
    return theirs
