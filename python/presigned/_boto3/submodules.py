"""Lets `botocore.client` and the like be found after `import botocore`, as they are where boto3 is imported too.

Programs import boto3 and botocore, and write `botocore.exceptions.ClientError`: it is boto3 that has imported the
submodule. With presigned in boto3's place nobody has; so each is imported when it is asked for.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

#: What `import boto3` brings.
NAMES = frozenset(
    (
        "args", "auth", "awsrequest", "client", "compat", "compress", "config", "configloader", "configprovider",
        "context", "credentials", "discovery", "endpoint", "endpoint_provider", "errorfactory", "eventstream",
        "exceptions", "handlers", "history", "hooks", "httpchecksum", "httpsession", "loaders", "model", "monitoring",
        "paginate", "parsers", "plugin", "regions", "response", "retries", "retryhandler", "serialize", "session",
        "signers", "tokens", "translate", "useragent", "utils", "validate", "vendored", "waiter",
    )
)  # fmt: skip


def offer(botocore: ModuleType) -> None:
    """Has the package import a submodule when it is asked for."""
    if "__getattr__" not in vars(botocore):

        def attribute(name: str) -> Any:
            if name not in NAMES:
                raise AttributeError(f"module 'botocore' has no attribute {name!r}")
            try:
                __import__(f"botocore.{name}")
            except ModuleNotFoundError as error:
                raise AttributeError(f"module 'botocore' has no attribute {name!r}: {error}") from None
            return sys.modules[f"botocore.{name}"]

        vars(botocore)["__getattr__"] = attribute


def find_botocore(path: Any) -> Any:
    """Finds botocore for the import system, so that it offers its submodules once it is there."""
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("botocore", path)
    if spec is not None and spec.loader is not None:
        spec.loader = Offering(spec.loader)  # type: ignore[assignment] # it has a loader's methods
    return spec


class Offering:
    """Loads a package by its own loader.

    Args:
        loader: That.
    """

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: Any) -> Any:
        """Leaves it to the loader."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Runs the package."""
        self._loader.exec_module(module)
        offer(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)
