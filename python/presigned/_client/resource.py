"""`presigned.resource("s3")`: its client presigns. It becomes a boto3 resource when an action is first accessed."""

from __future__ import annotations

from _weakref import ref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._settings.config import Config

    from . import S3


class ResourceMeta:  # noqa: PLW1641 - as boto3's, it has no hash
    """The `meta` of a resource."""

    def __init__(self, client: S3, resource: ServiceResource | None = None) -> None:
        self.service_name = "s3"
        self.identifiers: list[str] = []
        #: The client of the resource, and of its buckets and objects.
        self.client = client
        self.data: Any = None
        self._resource = None if resource is None else ref(resource)

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            """The class, as `isinstance` asks: boto3's too, once that is loaded."""
            from . import kinds

            return kinds.joined(type(self), "boto3.resources.base", "ResourceMeta")

    def __getattr__(self, name: str) -> Any:
        resource = self._resource() if name in ("copy", "resource_model") and self._resource is not None else None
        if resource is None:
            raise AttributeError(f"'ResourceMeta' object has no attribute {name!r}")
        # Only boto3 has that.
        if "_is_ours" in vars(resource):
            resource._become_theirs()  # noqa: SLF001 - our own class
        return getattr(resource.meta, name)

    # Like boto3's, it has no hash.
    def __eq__(self, other: object) -> bool:
        names = ("service_name", "identifiers", "client", "data")
        return other.__class__.__name__ == "ResourceMeta" and all(
            getattr(self, name) == getattr(other, name) for name in names
        )

    def __repr__(self) -> str:
        return f"ResourceMeta({self.service_name!r}, identifiers={self.identifiers})"


class ServiceResource:
    """All of S3, like boto3's resource of that name.

    Args:
        client: The client that presigns.
    """

    meta: ResourceMeta

    def __init__(self, client: S3) -> None:
        self.meta = ResourceMeta(client, self)
        self._is_ours = True

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            """The class, as `isinstance` asks: boto3's too, once that is loaded."""
            from . import kinds

            return kinds.joined(type(self), "boto3.resources.base", "ServiceResource")

    def __getattr__(self, name: str) -> Any:
        from presigned._names import RESOURCE

        message = f"{'s3.ServiceResource'!r} object has no attribute {name!r}"
        if name not in RESOURCE:
            raise AttributeError(message)
        try:
            self._become_theirs()
        except ModuleNotFoundError as error:
            raise AttributeError(f"{message}: {error}") from None
        return getattr(self, name)

    def _become_theirs(self) -> None:
        from presigned._boto3.resource import become

        become(self)

    def __dir__(self) -> list[str]:
        from presigned._boto3.loader import reason_of_absence
        from presigned._names import RESOURCE

        own = [name for name in super().__dir__() if name not in ("_become_theirs", "_is_ours")]
        return own if reason_of_absence(type(self.meta.client)) is not None else sorted({*own, *RESOURCE})

    def __eq__(self, other: object) -> bool:
        # As in boto3: there are no identifiers to compare.
        return other.__class__.__name__ == "s3.ServiceResource"

    def __hash__(self) -> int:
        return hash(("s3.ServiceResource", ()))

    def __repr__(self) -> str:
        return "s3.ServiceResource()"


ServiceResource.__name__ = ServiceResource.__qualname__ = "s3.ServiceResource"


def resource_of(client: S3) -> ServiceResource:
    """Makes a resource. If the session has become a boto3 session, the resource is boto3's from the beginning."""
    made = ServiceResource(client)
    if client._presigned.gate is not None:  # noqa: SLF001 - our own class
        made._become_theirs()  # noqa: SLF001 - our own class
    return made


def resource_config(config: Any) -> Config:
    """The options of a resource's client. Its requests name the resource in their user agent."""
    from presigned._settings.config import Config, adopt

    if config is None:
        return Config(user_agent_extra="Resource")
    options = adopt(config)
    if options.user_agent_extra is None:
        options.user_agent_extra = "Resource"
    return options
