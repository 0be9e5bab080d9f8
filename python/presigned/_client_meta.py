"""What a client tells of itself: region, endpoint, options and operations."""

from __future__ import annotations

from _weakref import ref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._client import S3
    from ._settings import Settings
    from .config import Config


class ServiceModel:
    """What the model says of the service as a whole; its operations and shapes are botocore's.

    Args:
        meta: That of the client.
    """

    service_name = "s3"

    def __init__(self, meta: ClientMeta) -> None:
        self._meta = meta

    @property
    def api_version(self) -> str:
        """The version of the model."""
        from ._names import API_VERSION

        return API_VERSION

    @property
    def operation_names(self) -> list[str]:
        """The operations, as the model spells them."""
        from ._names import OPERATIONS

        return [*OPERATIONS.values()]

    def __getattr__(self, name: str) -> Any:
        text = f"{type(self).__name__!r} object has no attribute {name!r}"
        if name.startswith("_"):
            raise AttributeError(text)
        return self._meta._behind("service_model", text, name)  # noqa: SLF001 - ours

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.service_name})"


class ClientMeta:
    """What a client is made of, read-only."""

    def __init__(self, settings: Settings, client: S3 | None = None) -> None:
        self._settings = settings
        # The client holds this, and would hold itself.
        self._client = None if client is None else ref(client)
        self._config: Config | None = None

    @property
    def service_model(self) -> ServiceModel:
        """The service."""
        return ServiceModel(self)

    @property
    def region_name(self) -> str:
        """The client's region; `us-east-1` where it has none."""
        region: str = self._settings.options["region_name"]
        return region

    @property
    def endpoint_url(self) -> str:
        """The host of the region, or the caller's own endpoint."""
        return self._settings.endpoint_url

    @property
    def partition(self) -> str:
        """The partition of the region."""
        return self._settings.partition

    @property
    def config(self) -> Config:
        """Every option with the value it took in the end."""
        if self._config is None:
            from .config import Config

            self._config = Config(**self._settings.options)
        return self._config

    @property
    def method_to_api_mapping(self) -> dict[str, str]:
        """Method of the client -> operation of the model."""
        from ._names import OPERATIONS

        return dict(OPERATIONS)

    def __getattr__(self, name: str) -> Any:
        text = f"{type(self).__name__!r} object has no attribute {name!r}"
        if name.startswith("_"):
            raise AttributeError(text)
        return self._behind(name, text)

    def _behind(self, name: str, text: str, *further: str) -> Any:
        """Has an attribute of `meta` of the client behind, or one of that; `text` says that there is none."""
        client = None if self._client is None else self._client()
        elsewhere = None if client is None else client._elsewhere  # noqa: SLF001 - ours
        if client is not None and elsewhere is not None:
            try:
                found = elsewhere.client(client).meta
            except ModuleNotFoundError as error:
                raise AttributeError(f"{text}: {error}") from None
            for one in (name, *further):
                found = getattr(found, one)
            return found
        if name == "events":
            text += ": requests are not sent here, and nothing happens on the way; use boto3.client('s3').meta.events"
        raise AttributeError(text)
