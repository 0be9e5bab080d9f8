"""Tells whether a client is unchanged: the same objects, made of the same parts, with the same handlers."""

from __future__ import annotations

from presigned import _core
from presigned._credentials import Credentials

from .group import namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The names that a client must have.
_PARTS = ("_client_config", "_request_signer", "_ruleset_resolver", "_serializer", "meta")


class Fingerprint(_core.Fingerprint):
    """A client as it was when it was read.

    It holds no reference to the client itself.
    """

    __slots__ = ("_builtins", "_config", "_context", "_events", "_resolver", "_signer")

    def __init__(self, client: Any, *, own_names: int) -> None:
        self._events = client.meta.events
        self._signer = client._request_signer
        self._resolver = client._ruleset_resolver
        self._builtins = {**self._resolver._builtins}
        self._context = {**self._resolver._client_context}
        self._config = client._client_config
        own = [(name, getattr(client, name)) for name in _PARTS]
        # The emitter makes a new dict each time that a handler comes or goes.
        emitter = self._events._emitter.__dict__
        same = [
            (emitter, "_lookup_cache", emitter["_lookup_cache"]),
            (self._events.__dict__, "_emitter", self._events._emitter),
        ]
        config = self._config.__dict__
        same += [(config, name, config[name]) for name in ("region_name", "s3")]
        if type(self._signer._credentials) is Credentials:
            # The core signs with these without calling their method.
            names = namespace(Credentials)
            same.append((names, "get_frozen_credentials", names["get_frozen_credentials"]))
        # A method that is replaced on an object makes its dict longer.
        sizes = [emitter, self._events.__dict__, namespace(type(client))]
        others = _core.Unchanged(same, [], sizes, self._dicts(client))
        self.set_read(own, len(client.__dict__) + own_names, others)

    def _dicts(self, client: Any) -> list[dict[str, Any]]:
        """The dicts in which every name must keep its object."""
        serializer, resolver = client._serializer, self._resolver
        parts = [self._signer, client.meta, resolver, resolver._provider, serializer]
        if hasattr(serializer, "_param_validator"):
            parts += [serializer._serializer, serializer._param_validator]
        found = [*(part.__dict__ for part in parts), resolver._builtins, resolver._client_context]
        return found if self._config.s3 is None else [*found, self._config.s3]

    def is_current(self, client: Any) -> bool:
        """Whether the client is unchanged."""
        return self.is_made_of(client.__dict__)
