"""The S3 client: the native one, with what else boto3's clients have."""

# Annotations are texts, here and in what else every start loads: `from __future__` takes as long as three such modules.

from . import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from ._behind import Elsewhere
    from ._client_exceptions import S3Exceptions
    from ._client_meta import ClientMeta
    from ._settings import Settings

    # What boto3's clients have would be taken for methods.
    _Parent = _core.Client
else:
    #: What boto3's clients offer besides the operations of the model.
    _BOTO3_METHODS = (
        "_convert_to_request_dict",
        "_endpoint",
        "_get_credentials",
        "_make_api_call",
        "_request_signer",
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
    _Parent = type("Client", (_core.Client,), {"__slots__": (), **_core.methods_later(_BOTO3_METHODS)})


class S3(_Parent):
    """Presigns URLs and forms for S3 with one set of keys and settings.

    Clients come from `presigned.client` or `Session.client`. They are safe to share among threads.
    """

    if TYPE_CHECKING:
        meta: ClientMeta
    else:
        meta = _core.Later("meta")
    _exceptions: "S3Exceptions | None" = None
    #: What it is made of: settled by the sources, or the region if there were none to ask.
    _settings: "Settings | str"
    #: The session, the arguments and the keys that it was made with.
    _origin: "tuple[Any, dict[str, Any], dict[str, Any]] | None" = None

    @property
    def _elsewhere(self) -> "Elsewhere | None":
        """What else a client of boto3's has; `None` where nobody can make one."""
        found: Elsewhere | None = self.__dict__.get("_found")
        if found is None and self._origin is not None:
            from . import _behind

            # Of two threads, both get the one that comes first.
            found = self.__dict__.setdefault("_found", _behind.Elsewhere(*self._origin))
        return found

    @property
    def exceptions(self) -> "S3Exceptions":
        """The errors that S3 can answer with, as classes; boto3's own, where its client sends the requests."""
        if "_found" in self.__dict__ and self._elsewhere is not None and self._elsewhere.is_made:
            theirs: S3Exceptions = self._elsewhere.client(self).exceptions
            return theirs
        if self._exceptions is None:
            from . import _client_exceptions

            self._exceptions = _client_exceptions.S3Exceptions()
        return self._exceptions

    def close(self) -> None:
        """Closes the connections of the boto3 client behind this one; there are no others."""
        if "_found" in self.__dict__ and self._elsewhere is not None and self._elsewhere.is_made:
            self._elsewhere.client(self).close()

    if TYPE_CHECKING:
        # What a boto3 client has.
        def __getattr__(self, name: str) -> Any: ...

    def __dir__(self) -> "list[str]":
        return [name for name in super().__dir__() if not isinstance(vars(S3.__base__).get(name), _core.Later)]

    def __reduce__(self) -> "NoReturn":
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it holds a secret key")


if not TYPE_CHECKING:
    # Found by no one but `S3`.
    del _Parent
