"""The part of `boto3.resource("s3")` that presigns: `meta.client`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from ._client import S3


class ResourceMeta:
    """What a resource is made of."""

    service_name = "s3"

    def __init__(self, client: S3) -> None:
        self.client = client
        self.identifiers: list[str] = []

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.service_name!r}, identifiers={self.identifiers})"


class ServiceResource:
    """All of S3, as boto3's resource of that name; its client presigns."""

    def __init__(self, client: S3) -> None:
        self.meta: ResourceMeta = ResourceMeta(client)

    def __getattr__(self, name: str) -> NoReturn:
        text = f"{'s3.ServiceResource'!r} object has no attribute {name!r}"
        if not name.startswith("_"):
            text += f": of a resource, only meta.client is here; use boto3.resource('s3').{name}"
        raise AttributeError(text)

    def __repr__(self) -> str:
        return "s3.ServiceResource()"
