"""Makes existing clients of boto3, botocore and aiobotocore presign through the Rust core, with the same results.

The core answers a call only if everything that decides the result is known to be what the core implements. Any other
call goes to the original function, which gives the result or the error and may write into `Params`. The logger
`presigned` reports the reason at DEBUG.

The extension answers plain calls by itself while nothing has changed (`url_in_place` and `form_in_place`). Otherwise
these modules ask:

| module | asks |
|---|---|
| `originals` | Is the code of botocore that would run still botocore's own, or is what was replaced `harmless`? |
| `handlers` | Do the handlers of its events do what the core does, and nothing else? |
| `model` | Are the operation and the endpoint rules that the client loaded those of the core? |
| `parts` | Is the client made of botocore's own objects? |
| `fingerprint` | Has any of that changed since it was read? |
| `arguments` | Do both give the same result for the values of this call? |
"""

from __future__ import annotations

import os
import sys
import threading

from . import methods, registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType
    from typing import Any, TypeVar

    _C = TypeVar("_C")

#: The libraries whose clients presign, each with the class of its clients and the module of the two functions.
_LIBRARIES = (("botocore", "BaseClient"), ("aiobotocore", "AioBaseClient"))
#: Held by `install` and `uninstall`. Presigning needs no lock.
_LOCK = threading.RLock()


def accelerate(client: _C) -> _C:
    """Lets one client of boto3, botocore or aiobotocore presign through presigned; its results stay as they are.

    The client goes on to sign with its own credentials object, region, endpoint and settings. What presigned does not
    cover goes to the client's own code, as before; so does everything of a client of another service than S3.

    Args:
        client (object): A client, such as `boto3.client("s3")`, or the `meta.client` of a resource.

    Returns:
        object: The same client.

    Raises:
        TypeError: It is not a client.

    Example:
        >>> import boto3, presigned
        >>> s3 = presigned.accelerate(boto3.client("s3", "eu-central-1"))
    """
    kind = type(client)
    bases = [base for library, name in _LIBRARIES if (base := _class(library, name)) is not None]
    if not any(base in kind.__mro__ for base in bases):
        hint = "; give its meta.client" if hasattr(client, "meta") and hasattr(client.meta, "client") else ""
        raise TypeError(f"accelerate() takes a client of boto3, botocore or aiobotocore, not {kind}{hint}")
    with _LOCK:
        registry.open_all()
        for owner in kind.__mro__:
            _replace_in(owner)
    return client


def install() -> None:
    """Lets every client of boto3, botocore and aiobotocore presign through presigned, those made later too.

    Clients give what they would have given: what presigned does not cover goes to their own code, as before. Safe to
    call twice, from any thread, before or after clients exist, and before or after aiobotocore is imported.

    Raises:
        ImportError: botocore is not installed.

    Example:
        >>> import boto3, presigned
        >>> presigned.install()
        >>> s3 = boto3.client("s3", "eu-central-1")
        >>> presigned.uninstall()
    """
    import botocore.client
    import botocore.signers

    with _LOCK:
        registry.open_all()
        base: Any = botocore.client.BaseClient
        if "__init_subclass__" not in vars(base):
            # aiobotocore's classes, which may be imported later, are children of this one too.
            base.__init_subclass__ = _FOR_NEW_CLASSES
        for owner in _owners():
            _replace_in(owner)


def uninstall() -> None:
    """Undoes `install` and every `accelerate`: all clients run botocore's own functions again, and nothing is left.

    Clients of presigned are not changed, even if they have become boto3 clients.

    Example:
        >>> import presigned
        >>> presigned.install()
        >>> presigned.uninstall()
    """
    with _LOCK:
        registry.close_all()
        base: Any = _class(*_LIBRARIES[0])
        if base is not None and vars(base).get("__init_subclass__") is _FOR_NEW_CLASSES:
            del base.__init_subclass__
        for owner in _owners():
            for name in methods.NAMES:
                original = methods.replaced_by(vars(owner).get(name))
                # A function that another program has set there since then stays.
                if original is not None:
                    setattr(owner, name, original)


def _renew_lock() -> None:
    # Another thread of the parent may have held it, which the child does not have.
    global _LOCK  # noqa: PLW0603 - one for the process
    _LOCK = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


def _new_class(kind: type, /, **arguments: Any) -> None:
    base = _class(*_LIBRARIES[0])
    super(base, kind).__init_subclass__(**arguments)  # type: ignore[arg-type] # it has been imported, for this is its child
    _replace_in(kind)


_FOR_NEW_CLASSES: Any = classmethod(_new_class)


def _replace_in(owner: type | ModuleType) -> None:
    for name in methods.NAMES:
        original = vars(owner).get(name)
        if methods.is_original(original):
            setattr(owner, name, methods.replacement(original))


def _owners() -> Iterator[type | ModuleType]:
    """Everything that has the two functions; modules first, from which the classes of later clients take them."""
    for library, name in _LIBRARIES:
        signers = sys.modules.get(f"{library}.signers")
        if signers is not None:
            yield signers
        base = _class(library, name)
        if base is not None:
            yield from _family(base)


def _class(library: str, name: str) -> type | None:
    found: type | None = getattr(sys.modules.get(f"{library}.client"), name, None)
    return found


def _family(kind: type) -> Iterator[type]:
    yield kind
    children: list[type] = kind.__subclasses__()
    for child in children:
        yield from _family(child)
