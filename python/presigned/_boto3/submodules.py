"""Makes `botocore.client` and similar submodules available after `import botocore`, as if boto3 were imported too.

Programs import boto3 and botocore, and write `botocore.exceptions.ClientError`. That works because boto3 has imported
the submodule. presigned does not import it, so each submodule is imported when a program accesses it.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

#: The submodules that `import boto3` imports.
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
    """Makes the package import a submodule when a program accesses it."""
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


def find_botocore(name: str, path: Any) -> Any:
    """Finds botocore, or its exceptions, for the import system, and does what follows once they are there."""
    from importlib.machinery import PathFinder

    from presigned._errors import join

    spec = PathFinder.find_spec(name, path)
    if spec is not None and spec.loader is not None:
        follow = offer if name == "botocore" else join
        spec.loader = Followed(spec.loader, follow)  # type: ignore[assignment] # it has a loader's methods
    return spec


class Followed:
    """Loads a module by its own loader, then calls a function with it.

    Args:
        loader: The loader.
        follow: The function.
    """

    def __init__(self, loader: Any, follow: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._follow = follow

    def create_module(self, spec: Any) -> Any:
        """Calls the loader."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Runs the module."""
        self._loader.exec_module(module)
        self._follow(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)
