"""Tells whether a client is still what it was: the same objects, made of the same parts, with the same handlers."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Fingerprint:
    """A client as it was when it was looked at.

    Nothing here holds the client itself.
    """

    __slots__ = (
        "_builtins", "_class_names", "_class_size", "_client_size", "_config", "_context", "_emitter",
        "_emitter_names", "_emitter_size", "_events", "_events_names", "_events_size", "_kind", "_lookups",
        "_meta", "_meta_parts", "_region", "_resolver", "_resolver_parts", "_s3", "_serializer",
        "_serializer_names", "_serializer_size", "_signer", "_signer_parts",
    )  # fmt: skip

    def __init__(self, client: Any, *, own_names: int) -> None:
        # What is replaced is another object; what is put over a method makes a dict longer.
        self._client_size = len(client.__dict__) + own_names
        self._kind: Any = type(client)
        self._class_names = self._kind.__dict__
        self._class_size = len(self._class_names)
        self._meta = client.meta
        self._meta_parts = {**self._meta.__dict__}
        self._events = self._meta.events
        self._events_names = self._events.__dict__
        self._events_size = len(self._events_names)
        self._emitter = self._events._emitter
        self._emitter_names = self._emitter.__dict__
        self._emitter_size = len(self._emitter_names)
        # The emitter makes a new dict each time that a handler comes or goes.
        self._lookups = self._emitter._lookup_cache
        self._signer = client._request_signer
        self._signer_parts = {**self._signer.__dict__}
        self._resolver = client._ruleset_resolver
        self._resolver_parts = {**self._resolver.__dict__}
        self._builtins = {**self._resolver._builtins}
        self._context = {**self._resolver._client_context}
        self._serializer = client._serializer
        self._serializer_names = self._serializer.__dict__
        self._serializer_size = len(self._serializer_names)
        self._config = client._client_config
        self._s3 = None if self._config.s3 is None else {**self._config.s3}
        self._region = self._config.region_name

    def is_current(self, client: Any) -> bool:
        """Whether the client is still as it was."""
        parts = client.__dict__
        resolver = self._resolver
        config = self._config
        return (
            self._emitter._lookup_cache is self._lookups
            and parts["_request_signer"] is self._signer
            and parts["meta"] is self._meta
            and parts["_ruleset_resolver"] is resolver
            and parts["_serializer"] is self._serializer
            and parts["_client_config"] is config
            and len(parts) == self._client_size
            and self._signer.__dict__ == self._signer_parts
            and self._meta.__dict__ == self._meta_parts
            and resolver.__dict__ == self._resolver_parts
            and resolver._builtins == self._builtins
            and resolver._client_context == self._context
            and config.s3 == self._s3
            and config.region_name == self._region
            and len(self._class_names) == self._class_size
            and len(self._events_names) == self._events_size
            and len(self._emitter_names) == self._emitter_size
            and len(self._serializer_names) == self._serializer_size
        )
