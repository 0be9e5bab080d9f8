"""Turns one of our resources into a boto3 resource, whose buckets and objects keep our client."""

from __future__ import annotations

from copy import copy

from .promotion import LOCK, promoted
from .session import promoted as promoted_session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from presigned._client.resource import ServiceResource


def become(resource: ServiceResource) -> None:
    """Gives the object boto3's class.

    Raises:
        ModuleNotFoundError: boto3 is not installed.
    """
    client = resource.meta.client
    promoted(client)
    # Its handlers decide what the classes of buckets and objects contain.
    theirs = copy(promoted_session(client._presigned.session))
    # It makes a client for the resource: this is the one.
    theirs.client = lambda *_, **__: client
    take_over(resource, lambda: theirs.resource("s3"))


def take_over(resource: ServiceResource, make: Callable[[], Any]) -> None:
    """Turns the object into the one that `make` returns, once for all threads."""
    with LOCK:
        if "_is_ours" in vars(resource):
            made = make()
            vars(resource).clear()
            vars(resource).update(vars(made))
            _set_class(resource, type(made))


def _set_class(thing: Any, kind: type) -> None:
    # Not by our own property `__class__`, which answers `isinstance`.
    object.__dict__["__class__"].__set__(thing, kind)
