"""`presigned.resource("s3")`: its `meta.client` presigns, the rest is boto3's resource, made at the first need."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ._client import S3
    from .config import Config


class ResourceMeta:
    """What a resource is made of."""

    service_name = "s3"

    def __init__(self, client: S3) -> None:
        self.client = client
        self.identifiers: list[str] = []

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.service_name!r}, identifiers={self.identifiers})"


class ServiceResource:
    """All of S3, as boto3's resource of that name.

    Args:
        client: The client that presigns.
        make: Makes boto3's resource; left out where there is none.
    """

    def __init__(self, client: S3, make: Callable[[], Any] | None = None) -> None:
        self.meta: ResourceMeta = ResourceMeta(client)
        self._make = make
        self._theirs: Any = None

    def __getattr__(self, name: str) -> Any:
        text = f"{'s3.ServiceResource'!r} object has no attribute {name!r}"
        if name.startswith("_"):
            raise AttributeError(text)
        if self._make is None:
            raise AttributeError(f"{text}: of a resource, only meta.client is here; use boto3.resource('s3').{name}")
        try:
            if self._theirs is None:
                self._theirs = self._make()
        except ModuleNotFoundError as error:
            raise AttributeError(f"{text}: {error}") from None
        return getattr(self._theirs, name)

    def __repr__(self) -> str:
        return "s3.ServiceResource()"


def resource_config(config: Any) -> Config:
    """The options of the client of a resource, whose requests say so."""
    from .config import Config, adopt

    options = Config() if config is None else adopt(config)
    return options.merge(Config(user_agent_extra="Resource")) if options.user_agent_extra is None else options
