"""The rest of boto3: what is not presigning comes from a client or a session of boto3's, made at the first need.

Made of the same arguments, and with the same keys. A process that only presigns never loads boto3.
"""

from __future__ import annotations

import sys

import presigned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .session import Session

#: Names of the package boto3 that are not ours -> the module whose import brings them.
NAMES = {
    "NullHandler": "boto3",
    "compat": "boto3.compat",
    "docs": "boto3.docs",
    "dynamodb": "boto3.dynamodb.conditions",
    "ec2": "boto3.ec2.createtags",
    "logging": "boto3",
    "resources": "boto3.resources",
    "s3": "boto3.s3.transfer",
    "utils": "boto3.utils",
}
#: What is presigned's own where that stands in boto3's place.
OURS = ("boto3", "boto3.exceptions", "boto3.session")
#: boto3, once it is imported: under its name there may be presigned.
loaded: Any = None
_MISSING = "boto3 is not installed, which presigned asks for everything but presigning: pip install boto3"


def load() -> Any:
    """Imports boto3.

    Raises:
        ModuleNotFoundError: It is not installed.
    """
    global loaded  # noqa: PLW0603 - there is one boto3
    stands_in = sys.modules.get("boto3") is presigned
    if stands_in and loaded is not None:
        return loaded
    hidden = {name: sys.modules.pop(name, None) for name in OURS} if stands_in else {}
    try:
        import boto3
    except ModuleNotFoundError as error:
        if error.name not in ("boto3", None):
            raise
        raise ModuleNotFoundError(_MISSING, name="boto3") from None
    finally:
        for name, module in hidden.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module
    loaded = boto3
    return loaded


def find_spec(name: str, rest: str) -> Any:
    """Finds a module of boto3's for the import system.

    Args:
        name: As it is imported: below `presigned`, or below `boto3` where that is presigned.
        rest: The name below that.
    """
    from importlib.machinery import ModuleSpec, PathFinder

    if name in OURS:
        return ModuleSpec(name, Alias(f"presigned.{rest}"))  # type: ignore[arg-type] # it has the two methods
    if name.startswith("boto3."):
        found = PathFinder.find_spec(name, load().__path__)
        if found is None:
            # Python would go on to look among our files.
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return found
    load()
    return ModuleSpec(name, Alias(f"boto3.{rest}"))  # type: ignore[arg-type] # the same


class Alias:
    """Loads a module under a second name: it stays one.

    Args:
        name: Its first.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def create_module(self, spec: object) -> None:
        """Leaves it to Python to make one, which is then replaced."""

    def exec_module(self, module: Any) -> None:
        """Puts the module where it is looked for."""
        __import__(self._name)
        sys.modules[module.__name__] = sys.modules[self._name]


def public(name: str) -> Any:
    """One of the other names of the package boto3, such as `dynamodb`.

    Raises:
        AttributeError: boto3 has no such name, or is not installed.
    """
    try:
        boto3 = load()
        __import__(NAMES[name])
    except ImportError as error:
        raise AttributeError(f"module 'presigned' has no attribute {name!r}: {error}") from None
    # A submodule is no attribute of boto3's where presigned stood in its place.
    return sys.modules.get(f"boto3.{name}") or getattr(boto3, name)


def session_like(arguments: Mapping[str, Any]) -> Any:
    """Makes a session of boto3's from the arguments of ours."""
    return load().Session(**{name: value for name, value in arguments.items() if value is not None})


def client_like(session: Session, arguments: Mapping[str, Any], keys: Mapping[str, Any]) -> Any:
    """Makes a client of boto3's from what one of ours was made of.

    Args:
        session: The session of ours.
        arguments: Those of the client, without its keys.
        keys: What the client signs with, as the native client takes it.

    Raises:
        ModuleNotFoundError: boto3 is not installed.
    """
    given = {"region_name": session.region_name, **as_given(arguments)}
    if keys["access_key"] is not None:
        given["aws_access_key_id"] = keys["access_key"]
        given["aws_secret_access_key"] = keys["secret_key"]
        given["aws_session_token"] = keys["session_token"]
    return make_of(session._behind().session(), "client", "s3", given, keys["source"])  # noqa: SLF001 - ours


def make_of(session: Any, what: str, service_name: str, arguments: Mapping[str, Any], lender: Any = None) -> Any:
    """Makes a client or a resource of boto3's.

    Args:
        session: A session of boto3's.
        what: `"client"` or `"resource"`.
        service_name: The service.
        arguments: Those of `Session.client`; a `config` may be ours.
        lender: Whoever has the keys, if neither the arguments nor the session do.
    """
    given = as_given(arguments)
    if "config" in given:
        given["config"] = botocore_config(given["config"])
    if lender is not None:
        from ._lent_to_botocore import session_with

        session = session_with(session, lender)
    made = getattr(session, what)(service_name, **given)
    if service_name == "s3":
        forget_sigv2(made if what == "client" else made.meta.client)
    return made


def as_given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that say something."""
    return {name: value for name, value in arguments.items() if value is not None}


def forget_sigv2(client: Any) -> None:
    """Lets a client of boto3's or aiobotocore's presign with SigV4 unless told otherwise, as ours does."""
    events = client.meta.events
    for handler in [*events._emitter._handlers.prefix_search("choose-signer.s3")]:  # noqa: SLF001 - no other way
        if getattr(handler, "__name__", None) == "_default_s3_presign_to_sigv2":
            events.unregister("choose-signer.s3", handler)


def botocore_config(config: Any, kind: Any = None) -> Any:
    """Turns our `Config` into botocore's, or one of a `kind` of botocore's; one of botocore's stays as it is."""
    import botocore
    import botocore.config

    from .config import Config, is_unsigned, leaves_host_prefix

    if not isinstance(config, Config):
        return config
    make: Any = kind or botocore.config.Config
    made = make(**config._user_provided_options)  # noqa: SLF001 - ours
    for name in Config.OPTION_DEFAULTS:
        if name != "inject_host_prefix" and hasattr(made, name):
            setattr(made, name, getattr(config, name))
    if not leaves_host_prefix(config):
        made.inject_host_prefix = config.inject_host_prefix
    if is_unsigned(config.signature_version):
        made.signature_version = botocore.UNSIGNED
        made._user_provided_options["signature_version"] = botocore.UNSIGNED  # noqa: SLF001 - no other way
    return made
