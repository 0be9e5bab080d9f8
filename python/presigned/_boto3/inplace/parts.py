"""Checks that a client is made of botocore's or aiobotocore's own parts, and that no method was replaced."""

from __future__ import annotations

import sys
from types import MethodType

from .declined import NotCovered
from .harmless import unwrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The methods of a client that presigning calls.
_METHODS = ("_convert_to_request_dict", "_emit_api_params", "_resolve_endpoint_ruleset")


def library_of(client: Any) -> str:
    """Names the library of a client.

    Raises:
        NotCovered: It is a client of neither library.
    """
    for library, name in (("aiobotocore", "AioBaseClient"), ("botocore", "BaseClient")):
        base = getattr(sys.modules.get(f"{library}.client"), name, None)
        family = type(client).__mro__
        if base in family:
            for kind in (client, *family[: family.index(base)]):
                replaced = [method for method in _METHODS if method in vars(kind)]
                if replaced:
                    raise NotCovered(f"the client has a {replaced[0]} of its own")
            return library
    raise NotCovered("this is not a botocore client")


def _of_serializer(serializer: Any) -> tuple[tuple[Any, str], ...]:
    if not hasattr(serializer, "_param_validator"):
        # Of `Config(parameter_validation=False)`.
        return ((serializer, "botocore.serialize.RestXMLSerializer"),)
    return (
        (serializer, "botocore.validate.ParamValidationDecorator"),
        (serializer._param_validator, "botocore.validate.ParamValidator"),
        (serializer._serializer, "botocore.serialize.RestXMLSerializer"),
    )


def check(client: Any, library: str) -> None:
    """Refuses a client that has other parts.

    Raises:
        NotCovered: A part is of a class that the core does not implement.
    """
    prefix = "Aio" if library == "aiobotocore" else ""
    resolver, serializer, events = client._ruleset_resolver, client._serializer, client.meta.events
    expected = (
        (client._request_signer, f"{library}.signers.{prefix}RequestSigner"),
        (resolver, f"{library}.regions.{prefix}EndpointRulesetResolver"),
        (resolver._provider, "botocore.endpoint_provider.EndpointProvider"),
        (client.meta, "botocore.client.ClientMeta"),
        (events, "botocore.hooks.EventAliaser"),
        (events._emitter, f"{library}.hooks.{prefix}HierarchicalEmitter"),
        *_of_serializer(serializer),
    )
    for part, name in expected:
        kind = type(part)
        if f"{kind.__module__}.{kind.__qualname__}" != name:
            raise NotCovered(f"a part of the client is not a {name}")
        for method, found in vars(part).items():
            if callable(getattr(kind, method, None)) and not _is_own(part, name, method, found):
                raise NotCovered(f"{name}.{method} was replaced for this client")
    emitters = (client._request_signer._event_emitter._emitter, resolver._event_emitter._emitter)
    if any(one is not events._emitter for one in emitters):
        raise NotCovered("the parts of the client have handlers of their own")


def _is_own(part: Any, name: str, method: str, found: Any) -> bool:
    """Whether the replacement of a part's method is that method, in wrappers that change nothing."""
    inner = unwrapped(name, method, found)
    return type(inner) is MethodType and inner.__self__ is part and inner.__func__ is vars(type(part)).get(method)
