"""Reads, sets and deletes the attributes of boto3's clients that our clients get only when promoted.

A program can read such a method without loading boto3. The client becomes a boto3 client when the method is called.
Attributes that were set before are stored in the client, and are then set on boto3's client.
"""

from __future__ import annotations

from .boto3_client import theirs_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FunctionType
    from typing import Any

    from . import S3
    from .meta import ClientMeta

#: The attributes of boto3's clients that are not methods.
_KEPT = (
    "_cache",
    "_client_config",
    "_endpoint",
    "_exceptions_factory",
    "_loader",
    "_request_signer",
    "_response_parser",
    "_ruleset_resolver",
    "_serializer",
    "_service_model",
    "_user_agent_creator",
)
#: The methods that aiobotocore's clients have as plain functions.
_NOT_AWAITED = ("can_paginate", "get_paginator", "get_waiter")

#: The parameters of the methods that do not take arbitrary ones: `=` marks an optional one.
_PARAMETERS = {
    "can_paginate": "operation_name",
    "close": "",
    "copy": "CopySource Bucket Key ExtraArgs= Callback= SourceClient= Config=",
    "download_file": "Bucket Key Filename ExtraArgs= Callback= Config=",
    "download_fileobj": "Bucket Key Fileobj ExtraArgs= Callback= Config=",
    "get_paginator": "operation_name",
    "get_waiter": "waiter_name",
    "upload_file": "Filename Bucket Key ExtraArgs= Callback= Config=",
    "upload_fileobj": "Fileobj Bucket Key ExtraArgs= Callback= Config=",
    "_make_api_call": "operation_name api_params",
}

#: Name of a method, and whether it is awaited -> the function that stands for it.
_methods: dict[tuple[str, bool], FunctionType] = {}


def attribute(client: S3 | None, owner: type, name: str) -> Any:
    """Returns the value of a `_core.Later` attribute, for a client or its class."""
    if client is None:
        if name in _KEPT or name == "meta":
            raise AttributeError(f"type object {owner.__name__!r} has no attribute {name!r}")
        return _known(name) or _method(owner, name)
    gate = client._presigned.gate  # noqa: SLF001 - our own class
    if gate is not None:
        return getattr(gate.theirs, name)
    own = vars(client)
    if name in own or name == "meta":
        return own[name] if name in own else _meta(client)
    from presigned._boto3.loader import reason_of_absence

    reason = reason_of_absence(owner)
    if reason is not None:
        raise AttributeError(f"{owner.__name__!r} object has no attribute {name!r}: {reason}")
    if name in _KEPT:
        return getattr(theirs_of(client), name)
    return _known(name) or _method(owner, name).__get__(client)


def set_attribute(client: S3, name: str, value: Any) -> None:
    """Sets an attribute of a client; of boto3's client, if it has become one."""
    gate = client._presigned.gate  # noqa: SLF001 - our own class
    if gate is not None:
        setattr(gate.theirs, name, value)
    elif name[0] == "_" and _can_become_theirs(client):
        # It may decide what is presigned.
        setattr(theirs_of(client), name, value)
    else:
        vars(client)[name] = value


def _can_become_theirs(client: S3) -> bool:
    from presigned._boto3.loader import reason_of_absence

    return reason_of_absence(type(client)) is None


def delete_attribute(client: S3, name: str) -> None:
    """Deletes an attribute that was set."""
    gate = client._presigned.gate  # noqa: SLF001 - our own class
    if gate is not None:
        delattr(gate.theirs, name)
    elif name in vars(client):
        del vars(client)[name]
    else:
        raise AttributeError(f"{type(client).__name__!r} object has no attribute {name!r}")


def names(client: S3, own: Iterable[str]) -> list[str]:
    """What `dir` lists: also the methods of boto3's client, and its attributes once there is one."""
    from presigned._boto3.loader import reason_of_absence

    gate = client._presigned.gate  # noqa: SLF001 - our own class
    if gate is not None:
        return sorted({*own, *dir(gate.theirs)})
    if reason_of_absence(type(client)) is None:
        return [name for name in own if name not in _KEPT]
    from presigned._boto3.promotion import later_names

    later = later_names(type(client))
    return [name for name in own if name not in later or name == "meta"]


def _known(name: str) -> Any:
    """Returns an attribute that is the same for all clients of S3."""
    if name == "waiter_names":
        from presigned._names import WAITERS

        return [*WAITERS]
    if name == "_PY_TO_OP_NAME":
        from presigned._names import OPERATIONS

        return {**OPERATIONS}
    return None


def _method(owner: type, name: str) -> FunctionType:
    """The function that stands for a method of boto3's client. Calling it turns the client into a boto3 client."""
    is_awaited = owner._known_as[0] == "aiobotocore.client" and name not in _NOT_AWAITED  # type: ignore[attr-defined] # noqa: SLF001 - of S3
    if (name, is_awaited) not in _methods:
        if is_awaited:

            async def method(self: S3, *args: Any, **kwargs: Any) -> Any:
                return await getattr(theirs_of(self), name)(*args, **kwargs)

        else:

            def method(self: S3, *args: Any, **kwargs: Any) -> Any:  # type: ignore[misc] # one of the two
                return getattr(theirs_of(self), name)(*args, **kwargs)

        if name in _PARAMETERS:
            method.__signature__ = _signature(_PARAMETERS[name])  # type: ignore[attr-defined] # as `inspect` reads it
        method.__annotations__ = {}
        method.__name__ = name
        method.__qualname__ = f"S3.{name}"
        method.__module__ = "botocore.client"
        _methods[name, is_awaited] = method  # type: ignore[assignment] # it is a function
    return _methods[name, is_awaited]


def _signature(parameters: str) -> Any:
    from inspect import Parameter, Signature

    kind = Parameter.POSITIONAL_OR_KEYWORD
    optional = {each[:-1] for each in parameters.split() if each[-1] == "="}
    names = ["self", *parameters.replace("=", "").split()]
    return Signature([Parameter(name, kind, default=None if name in optional else Parameter.empty) for name in names])


def _meta(client: S3) -> ClientMeta:
    from presigned._settings.client_settings import settings_in

    from .meta import ClientMeta

    settings = client._presigned.settings  # noqa: SLF001 - our own class
    if isinstance(settings, str):
        settings = settings_in(settings)
    # From now on it is an attribute of the client itself, as in boto3.
    meta: ClientMeta = vars(client).setdefault("meta", ClientMeta(settings, client))
    client._presigned.meta = meta  # noqa: SLF001 - our own class
    return meta
