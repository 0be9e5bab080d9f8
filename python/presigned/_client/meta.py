"""`client.meta`: region, endpoint, options and operations."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from presigned._settings.client_settings import Settings
    from presigned._settings.config import Config

    from . import S3


#: The attributes of boto3's `meta` that this one has only once the client is a boto3 client.
_THEIRS = ("_client_config", "_endpoint_url", "_method_to_api_mapping", "_partition", "_service_model", "events")


def client_config(
    options: dict[str, Any], user_agent: Callable[[], str | None], set_option: Callable[[str, object], bool]
) -> Config:
    """Every option with its final value. The user agent is looked up only when a program reads it.

    An option that is set here is set on boto3's client.
    """
    from presigned._settings.config import Config

    class ClientConfig(Config):
        """The options of a client."""

        @property
        def user_agent(self) -> str | None:
            """What requests say that they come from."""
            return user_agent() if self._own_agent is None else self._own_agent

        @user_agent.setter
        def user_agent(self, value: str | None) -> None:
            self._own_agent = value

        if not TYPE_CHECKING:

            @property
            def __class__(self) -> type:
                """The class, as `isinstance` asks: botocore's too, once that is loaded."""
                from . import kinds

                return kinds.joined(type(self), "botocore.config", "Config")

        def __setattr__(self, name: str, value: object) -> None:
            if "_is_made" in vars(self) and name in Config.OPTION_DEFAULTS:
                set_option(name, value)
            super().__setattr__(name, value)

    ClientConfig.__name__ = ClientConfig.__qualname__ = "Config"
    made = ClientConfig(**options)
    vars(made)["_is_made"] = True
    return made


class ServiceModel:
    """The model's data about the service as a whole. Its operations and shapes come from botocore.

    Args:
        meta: The client's `meta`.
    """

    service_name = "s3"

    def __init__(self, meta: ClientMeta) -> None:
        self._meta = meta

    @property
    def api_version(self) -> str:
        """The version of the model."""
        from presigned._names import API_VERSION

        return API_VERSION

    @property
    def operation_names(self) -> list[str]:
        """The operations, as the model spells them."""
        from presigned._names import OPERATIONS

        return [*OPERATIONS.values()]

    def __getattr__(self, name: str) -> Any:
        message = f"{type(self).__name__!r} object has no attribute {name!r}"
        if name.startswith("_"):
            raise AttributeError(message)
        return self._meta._behind("service_model", message, name)  # noqa: SLF001 - our own class

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.service_name})"


class ClientMeta:
    """The settings of a client, read-only."""

    def __init__(self, settings: Settings, client: S3 | None = None) -> None:
        self._settings = settings
        #: As in boto3, this object keeps the client alive.
        self._client = client
        self._config: Config | None = None

    def _theirs(self) -> Any:
        """The `meta` of boto3's client, once the client has become one; `None` before."""
        client = self._client
        gate = None if client is None else client._presigned.gate  # noqa: SLF001 - our own class
        return None if gate is None else gate.theirs.meta

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            """The class, as `isinstance` asks: botocore's too, once that is loaded."""
            from . import kinds

            return kinds.joined(type(self), "botocore.client", "ClientMeta")

    @property
    def service_model(self) -> ServiceModel:
        """The service."""
        theirs = self._theirs()
        return ServiceModel(self) if theirs is None else theirs.service_model

    @property
    def region_name(self) -> str:
        """The client's region; `us-east-1` if it has none."""
        theirs = self._theirs()
        region: str = self._settings.options["region_name"] if theirs is None else theirs.region_name
        return region

    @property
    def endpoint_url(self) -> str:
        """The host of the region, or the caller's own endpoint."""
        theirs = self._theirs()
        url: str = self._settings.endpoint_url if theirs is None else theirs.endpoint_url
        return url

    @property
    def partition(self) -> str:
        """The partition of the region."""
        theirs = self._theirs()
        partition: str = self._settings.partition if theirs is None else theirs.partition
        return partition

    @property
    def config(self) -> Config:
        """Every option with its final value."""
        theirs = self._theirs()
        if theirs is not None:
            config: Config = theirs.config
            return config
        if self._config is None:
            self._config = client_config(self._settings.options, self._user_agent, self._set_option)
        return self._config

    def _set_option(self, name: str, value: object) -> bool:
        """Sets an option of boto3's client, which decides from then on. Returns whether there can be a boto3 client."""
        client = self._client
        if client is None:
            return False
        from presigned._boto3.loader import reason_of_absence

        if reason_of_absence(type(client)) is not None:
            return False
        from .boto3_client import theirs_of

        setattr(theirs_of(client).meta.config, name, value)
        return True

    def _user_agent(self) -> str | None:
        """The user agent of requests, from botocore."""
        client = self._client
        if client is None:
            return None
        from presigned._boto3.loader import reason_of_absence

        if reason_of_absence(type(client)) is not None:
            return None
        from .boto3_client import theirs_of

        agent: str = theirs_of(client).meta.config.user_agent
        return agent

    @property
    def method_to_api_mapping(self) -> dict[str, str]:
        """Method of the client -> operation of the model."""
        from presigned._names import OPERATIONS

        return dict(OPERATIONS)

    def __setattr__(self, name: str, value: object) -> None:
        if name in _THEIRS:
            setattr(self._becoming_theirs(name), name, value)
        else:
            object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        if name in _THEIRS:
            delattr(self._becoming_theirs(name), name)
        else:
            object.__delattr__(self, name)

    def __getattr__(self, name: str) -> Any:
        message = f"{type(self).__name__!r} object has no attribute {name!r}"
        if name not in _THEIRS and self._theirs() is None:
            raise AttributeError(message)
        return self._behind(name, message)

    def _behind(self, name: str, message: str, *further: str) -> Any:
        """Reads an attribute of boto3's `meta`, or one below it; `message` is for the error if it does not exist."""
        found = self._becoming_theirs(message)
        for one in (name, *further):
            found = getattr(found, one)
        return found

    def _becoming_theirs(self, message: str) -> Any:
        """Promotes the client, and returns the `meta` of boto3's."""
        client = self._client
        if client is None:
            raise AttributeError(f"{message}: the client of this object is gone")
        from presigned._boto3.loader import reason_of_absence

        from .boto3_client import theirs_of

        reason = reason_of_absence(type(client))
        if reason is not None:
            raise AttributeError(f"{message}: {reason}")
        return theirs_of(client).meta
