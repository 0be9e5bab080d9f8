"""Loads boto3, for what is not presigning; a process that only presigns never does.

| module | what it does |
|---|---|
| `promotion` | has a client become a client of boto3's, made of what was settled when ours was made |
| `settled_session` | the botocore session that such a client is made from |
| `session`, `resource` | the same for sessions and resources |
| `gate` | decides which calls of such a client the core answers |
| `presigning` | what `presign` and `presign_post` tell where boto3 answers |
| `error_classes` | one class for each error of S3, whichever client raises it |
| `default_session` | the default session here and in boto3: one and the same |
"""

from __future__ import annotations

import sys

import presigned

from .lock import Lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any
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
_LOADING = Lock()
#: boto3, once it is imported: under its name there may be presigned.
loaded: Any = None
#: Packages that were found.
_is_installed: set[str] = set()
_MISSING_AIO = (
    "aiobotocore is not installed, which presigned.aio asks for everything but presigning: pip install aiobotocore"
)
_MISSING = "boto3 is not installed, which presigned asks for everything but presigning: pip install boto3"


def load() -> Any:
    """Imports boto3.

    Raises:
        ModuleNotFoundError: It is not installed.
    """
    if sys.modules.get("boto3") is not presigned:
        return _imported()
    # One thread at a time takes presigned from where it stands.
    with _LOADING:
        return _imported() if loaded is None else loaded


def _imported() -> Any:
    global loaded  # noqa: PLW0603 - there is one boto3
    stands_in = sys.modules.get("boto3") is presigned
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
    if boto3 is not presigned:
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
        if found is None and PathFinder.find_spec(name, sys.modules["presigned"].__path__) is not None:
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


def of_session(name: str) -> Any:
    """One of the other names of the module `boto3.session`.

    Raises:
        AttributeError: It has no such name, or boto3 is not installed.
    """
    try:
        return getattr(load().session, name)
    except (AttributeError, ModuleNotFoundError) as error:
        raise AttributeError(f"module 'presigned.session' has no attribute {name!r}: {error}") from None


def reason_of_absence(kind: type) -> str | None:
    """Why clients of a class of ours cannot become boto3's, or `None`; nothing is imported to find out."""
    name: str = kind._known_as[0].partition(".")[0]  # type: ignore[attr-defined] # of S3
    is_async = name == "aiobotocore"
    return _absent("aiobotocore", _MISSING_AIO) if is_async else _absent("boto3", _MISSING)


def _absent(name: str, reason: str) -> str | None:
    # What is loaded, `None` where a program has forbidden it, and presigned itself where nothing is said.
    module: Any = sys.modules.get(name, presigned)
    if module is None:
        return reason
    if name not in _is_installed:
        found = module
        if module is presigned:
            from importlib.machinery import PathFinder

            found = PathFinder.find_spec(name)
        if found is None:
            # It may be installed later.
            return reason
        _is_installed.add(name)
    return None


def as_given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that say something."""
    return {name: value for name, value in arguments.items() if value is not None}


def forget_sigv2(client: Any) -> None:
    """Lets a client of boto3's or aiobotocore's presign with SigV4 unless told otherwise, as ours does."""
    events = client.meta.events
    for handler in [*events._emitter._handlers.prefix_search("choose-signer.s3")]:
        if getattr(handler, "__name__", None) == "_default_s3_presign_to_sigv2":
            events.unregister("choose-signer.s3", handler)


def botocore_config(config: Any, kind: Any = None) -> Any:
    """Turns our `Config` into botocore's, or one of a `kind` of botocore's; one of botocore's stays as it is."""
    import botocore
    import botocore.config

    from presigned.config import Config, is_unsigned, leaves_host_prefix

    if not isinstance(config, Config):
        return config
    make: Any = kind or botocore.config.Config
    made = make(**config._user_provided_options)
    for name in Config.OPTION_DEFAULTS:
        if name != "inject_host_prefix" and hasattr(made, name):
            setattr(made, name, getattr(config, name))
    if not leaves_host_prefix(config):
        made.inject_host_prefix = config.inject_host_prefix
    if is_unsigned(config.signature_version):
        made.signature_version = botocore.UNSIGNED
        made._user_provided_options["signature_version"] = botocore.UNSIGNED
    return made
