"""Checks that a client is made of botocore's own parts, or aiobotocore's, with no method put over another."""

from __future__ import annotations

import sys

from .declined import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The methods of a client that presigning goes through.
_METHODS = ("_convert_to_request_dict", "_emit_api_params", "_resolve_endpoint_ruleset")


def library_of(client: Any) -> str:
    """Names the library of a client.

    Raises:
        NotCovered: It is of neither.
    """
    for library, name in (("aiobotocore", "AioBaseClient"), ("botocore", "BaseClient")):
        base = getattr(sys.modules.get(f"{library}.client"), name, None)
        if base is not None and isinstance(client, base):
            for method in _METHODS:
                if method in client.__dict__ or getattr(type(client), method) is not getattr(base, method):
                    raise NotCovered(f"the client has a {method} of its own")
            return library
    raise NotCovered("this is no client of botocore's")


def check(client: Any, library: str) -> None:
    """Refuses a client that has other parts.

    Raises:
        NotCovered: A part is of a class that the core does not stand for.
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
        (serializer, "botocore.validate.ParamValidationDecorator"),
        (serializer._param_validator, "botocore.validate.ParamValidator"),
        (serializer._serializer, "botocore.serialize.RestXMLSerializer"),
    )
    for part, name in expected:
        kind = type(part)
        if f"{kind.__module__}.{kind.__qualname__}" != name:
            raise NotCovered(f"a part of the client is no {name}")
        replaced = [one for one in vars(part) if callable(getattr(kind, one, None))]
        if replaced:
            raise NotCovered(f"{name}.{replaced[0]} was replaced for this client")
