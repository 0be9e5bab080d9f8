"""Loads boto3, for everything but presigning, and makes its modules importable under our name."""

from __future__ import annotations

import sys

from presigned import _errors

from .lock import Lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

#: This package, which may be in `sys.modules` in boto3's place.
_PACKAGE = sys.modules["presigned"]
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
#: The names that presigned takes over while it is in boto3's place.
OURS = ("boto3", "boto3.exceptions", "boto3.session")
_LOADING = Lock()
#: boto3, once it is imported. `sys.modules` may have presigned under its name.
loaded: Any = None
#: Packages that were found.
_is_installed: set[str] = set()
_MISSING_AIO = (
    "aiobotocore is not installed; presigned.aio needs it for everything but presigning: pip install aiobotocore"
)
_MISSING = "boto3 is not installed; presigned needs it for everything but presigning: pip install boto3"


def load() -> Any:
    """Imports boto3.

    Raises:
        ModuleNotFoundError: It is not installed.
    """
    if sys.modules.get("boto3") is not _PACKAGE:
        return _imported()
    # One thread at a time takes presigned out of `sys.modules`.
    with _LOADING:
        return _imported() if loaded is None else loaded


def _imported() -> Any:
    global loaded  # noqa: PLW0603 - there is one boto3
    stands_in = sys.modules.get("boto3") is _PACKAGE
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
    if boto3 is not _PACKAGE:
        loaded = _errors.hidden_boto3 = boto3
    return loaded


def find_spec(name: str, rest: str) -> Any:
    """Finds a boto3 module for the import system.

    Args:
        name: The imported name: below `presigned`, or below `boto3` if that is presigned.
        rest: The rest of that name.
    """
    from importlib.machinery import PathFinder

    if name in OURS:
        return alias(name, f"presigned.{rest}")
    if name.startswith("boto3."):
        found = PathFinder.find_spec(name, load().__path__)
        if found is None and PathFinder.find_spec(name, _PACKAGE.__path__) is not None:
            # Python would go on to look among our files.
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return found
    load()
    return alias(name, f"boto3.{rest}")


def alias(name: str, first: str) -> ModuleSpec:
    """Makes the import system find a module under a second name."""
    from importlib.machinery import ModuleSpec

    return ModuleSpec(name, Alias(first))  # type: ignore[arg-type] # it has the two methods


class Alias:
    """Gives a module a second name. It stays one module.

    Args:
        name: Its first.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def create_module(self, spec: object) -> None:
        """Lets Python make a module, which is then replaced."""

    def exec_module(self, module: Any) -> None:
        """Puts the module into `sys.modules`."""
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
    # A submodule is not an attribute of boto3 if presigned was in its place.
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
    """Why our clients of this class cannot become boto3 clients, or `None`. Nothing is imported to find out."""
    name: str = kind._known_as[0].partition(".")[0]  # type: ignore[attr-defined] # of S3
    is_async = name == "aiobotocore"
    return _absent("aiobotocore", _MISSING_AIO) if is_async else _absent("boto3", _MISSING)


def _absent(name: str, reason: str) -> str | None:
    # The loaded module, `None` where a program has blocked the import, and presigned where neither is known.
    module: Any = sys.modules.get(name, _PACKAGE)
    if module is None:
        return reason
    if name not in _is_installed:
        found = module
        if module is _PACKAGE:
            from importlib.machinery import PathFinder

            found = PathFinder.find_spec(name)
        if found is None:
            # It may be installed later.
            return reason
        _is_installed.add(name)
    return None
