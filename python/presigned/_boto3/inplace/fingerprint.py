"""Tells whether a client is unchanged: the same objects, made of the same parts, with the same handlers."""

from __future__ import annotations

from presigned import _core

from .client_credentials import SHOWING, are_own
from .group import namespace, unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The functions that presigned replaces.
NAMES = ("generate_presigned_post", "generate_presigned_url")
#: The names that a client must have.
_PARTS = ("_client_config", "_request_signer", "_ruleset_resolver", "_serializer", "meta")


class Fingerprint(_core.Fingerprint):
    """A client as it was when it was read.

    It holds no reference to the client itself.
    """

    __slots__ = ("_builtins", "_config", "_context", "_events", "_resolver", "_signer", "credentials")

    def __init__(self, client: Any, *, own_names: int) -> None:
        self._events = client.meta.events
        self._signer = client._request_signer
        self._resolver = client._ruleset_resolver
        self._builtins = {**self._resolver._builtins}
        self._context = {**self._resolver._client_context}
        self._config = client._client_config
        #: The client's credentials. Another thread may replace them while the client is read.
        self.credentials = self._signer._credentials
        own = [(name, getattr(client, name)) for name in _PARTS]
        # The emitter makes a new dict each time that a handler comes or goes.
        emitter = self._events._emitter.__dict__
        same = [
            (emitter, "_lookup_cache", emitter["_lookup_cache"]),
            (self._signer.__dict__, "_credentials", self.credentials),
        ]
        config, kind = self._config.__dict__, namespace(type(client))
        same += [(config, name, config[name]) for name in ("region_name", "s3", "signature_version")]
        same += [(kind, name, kind[name]) for name in NAMES if name in kind]
        sizes = [emitter, kind]
        if are_own(self.credentials):
            names = namespace(type(self.credentials))
            same += [(names, name, names[name]) for name in SHOWING]
            sizes.append(names)
        # A method that is replaced on an object makes its dict longer. The number goes first: a name that another
        # thread adds meanwhile makes it wrong for good.
        sized = [(names, len(names)) for names in (*sizes, *self._dicts(client))]
        whole = [(names, *item) for names in self._dicts(client) for item in names.copy().items()]
        others = unchanged([*whole, *same], sized, [])
        self.set_read(own, len(client.__dict__) + own_names, others)

    def _dicts(self, client: Any) -> list[dict[str, Any]]:
        """The dicts in which every name must keep its object."""
        serializer, resolver = client._serializer, self._resolver
        parts = [self._signer, self._events, client.meta, resolver, resolver._provider, serializer]
        if hasattr(serializer, "_param_validator"):
            parts += [serializer._serializer, serializer._param_validator]
        found = [*(part.__dict__ for part in parts), resolver._builtins, resolver._client_context]
        if are_own(self.credentials):
            # The core signs with a part of it, and does not call its method.
            found.append(self.credentials.__dict__)
        return found if self._config.s3 is None else [*found, self._config.s3]

    def is_current(self, client: Any) -> bool:
        """Whether the client is unchanged."""
        return self.is_made_of(client.__dict__)
