"""The S3 client: the native one, with what else boto3's clients have."""

from __future__ import annotations

import sys
from _weakref import ref

from . import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from ._behind import Elsewhere
    from ._client_exceptions import S3Exceptions
    from ._settings import Settings
    from .config import Config

#: What boto3's clients offer besides the operations of the model.
_BOTO3_METHODS = (
    "_PY_TO_OP_NAME",
    "_client_config",
    "_convert_to_request_dict",
    "_emit_api_params",
    "_endpoint",
    "_exceptions_factory",
    "_get_credentials",
    "_loader",
    "_make_api_call",
    "_make_request",
    "_request_signer",
    "_resolve_endpoint_ruleset",
    "_response_parser",
    "_ruleset_resolver",
    "_serializer",
    "_service_model",
    "can_paginate",
    "copy",
    "download_file",
    "download_fileobj",
    "get_paginator",
    "get_waiter",
    "upload_file",
    "upload_fileobj",
    "waiter_names",
)


class _Elsewhere(str):
    """The name of what boto3's clients have and this one has not: a boto3 client, made at the first need, has it.

    A `__getattr__` would say the same, and make each call of a method a third slower: Python looks methods up by a
    shorter way where a class has none.
    """

    __slots__ = ()

    def __get__(self, client: S3 | None, owner: type) -> Any:
        elsewhere = None if client is None else client._elsewhere  # noqa: SLF001 - ours
        if client is not None and elsewhere is not None:
            try:
                return getattr(elsewhere.client(client), str(self))
            except ModuleNotFoundError as error:
                reason = str(error)
        else:
            reason = f"it makes URLs and sends nothing; use boto3.client('s3').{self}"
        raise AttributeError(f"{owner.__name__!r} object has no attribute {str(self)!r}: {reason}")


if TYPE_CHECKING:
    # Which would take each of those names for a method.
    _Parent = _core.Client
else:
    _names = (*_core.method_names(), *_BOTO3_METHODS)
    _Parent = type(
        "Client", (_core.Client,), {"__slots__": (), **dict(zip(_names, map(_Elsewhere, _names), strict=True))}
    )


class S3(_Parent):
    """Presigns URLs and forms for S3 with one set of keys and settings.

    Clients come from `presigned.client` or `Session.client`. They are safe to share among threads.
    """

    meta: ClientMeta
    #: Where the class of botocore's clients is, and its name.
    _known_as = ("botocore.client", "BaseClient")
    _exceptions: S3Exceptions | None = None
    #: The session, the arguments and the keys that it was made with.
    _origin: tuple[Any, dict[str, Any], dict[str, Any]] | None = None

    @property
    def _elsewhere(self) -> Elsewhere | None:
        """What else a client of boto3's has; `None` where nobody can make one."""
        found: Elsewhere | None = self.__dict__.get("_found")
        if found is None and self._origin is not None:
            from ._behind import Elsewhere

            # Of two threads, both get the one that comes first.
            found = self.__dict__.setdefault("_found", Elsewhere(*self._origin))
        return found

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            """The class, as `isinstance` asks: a client of botocore's too, for whoever has that loaded."""
            return _as_botocores(type(self))

    @property
    def exceptions(self) -> S3Exceptions:
        """The errors that S3 can answer with, as classes; boto3's own, where its client sends the requests."""
        if "_found" in self.__dict__ and self._elsewhere is not None and self._elsewhere.is_made:
            theirs: S3Exceptions = self._elsewhere.client(self).exceptions
            return theirs
        if self._exceptions is None:
            from ._client_exceptions import S3Exceptions

            self._exceptions = S3Exceptions()
        return self._exceptions

    def close(self) -> None:
        """Closes the connections of the boto3 client behind this one; there are no others."""
        if "_found" in self.__dict__ and self._elsewhere is not None and self._elsewhere.is_made:
            self._elsewhere.client(self).close()

    if TYPE_CHECKING:
        # What a boto3 client has.
        def __getattr__(self, name: str) -> Any: ...

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if not isinstance(vars(S3.__base__).get(name), _Elsewhere)]

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it holds a secret key")


if not TYPE_CHECKING:
    # Found by no one but `S3`.
    del _Parent, _names


#: A class of ours and one of botocore's -> the class that clients go by.
_made: dict[tuple[type, type], type] = {}


def _as_botocores(kind: type) -> type:
    """A class of the same name that is a kind of botocore's clients; the class itself where nobody can know those."""
    home, name = kind._known_as  # type: ignore[attr-defined] # noqa: SLF001 - of `S3`
    parent = getattr(sys.modules.get(home), name, None)
    if parent is None:
        return kind
    if (kind, parent) not in _made:
        _made[kind, parent] = type(kind.__name__, (kind, parent), {"__module__": kind.__module__})
    return _made[kind, parent]


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
