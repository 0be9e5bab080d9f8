"""Tells whether the functions that would presign are still botocore's own: tests and tracers replace some.

Once, each must have been defined in the module that it is found in. From then on, at each call, it must be the one
that was found.
"""

from __future__ import annotations

import datetime
import sys
import time
from types import BuiltinFunctionType, FunctionType, ModuleType

import botocore.auth
import botocore.regions
import botocore.serialize
import botocore.signers
import botocore.validate

from .declined import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    _Place = tuple[Any, str, Any]

#: Module -> the functions and methods in it that make a presigned URL or form.
_BOTH = {
    "botocore.auth": (
        "SigV4Auth.add_auth", "SigV4Auth.canonical_request", "SigV4Auth.signature",
        "SigV4QueryAuth._modify_request_before_signing", "S3SigV4PostAuth.add_auth", "HmacV1Auth.add_auth",
        "HmacV1Auth.get_signature", "HmacV1QueryAuth._inject_signature", "HmacV1PostAuth.add_auth",
    ),
    "botocore.awsrequest": ("create_request_object", "prepare_request_dict", "AWSRequest.prepare"),
    "botocore.endpoint_provider": ("EndpointProvider.resolve_endpoint",),
    "botocore.serialize": ("RestXMLSerializer.serialize_to_request",),
    "botocore.signers": ("_should_use_global_endpoint",),
    "botocore.validate": ("ParamValidationDecorator.serialize_to_request",),
}  # fmt: skip
#: The same, for the functions that aiobotocore has versions of its own of; `{}` is its prefix for classes.
_EACH = {
    "client": (
        "{}BaseClient._emit_api_params", "{}BaseClient._resolve_endpoint_ruleset",
        "{}BaseClient._convert_to_request_dict",
    ),
    "hooks": ("{}HierarchicalEmitter._emit",),
    "regions": ("{}EndpointRulesetResolver.construct_endpoint",),
    "signers": (
        "{}RequestSigner.generate_presigned_url", "{}RequestSigner.sign", "{}RequestSigner._choose_signer",
        "{}RequestSigner.get_auth_instance", "{}S3PostPresigner.generate_presigned_post",
    ),
}  # fmt: skip
#: What the modules of the signers have taken over from others, where somebody may have replaced it.
_TAKEN = (
    "ArnParser", "_should_use_global_endpoint", "create_request_object", "datetime", "get_current_datetime",
    "prepare_request_dict", "time",
)  # fmt: skip
#: Signer -> botocore's class of that name; awscrt, where it is installed, has taken the place of the first two.
_SIGV4_URLS = {"s3v4-query": "S3SigV4QueryAuth", "v4-query": "SigV4QueryAuth"}
_OTHERS = {"s3-query": "HmacV1QueryAuth", "s3v4-presign-post": "S3SigV4PostAuth", "s3-presign-post": "HmacV1PostAuth"}


class Originals:
    """The code of botocore, or of aiobotocore, found to be its own.

    Args:
        library: `botocore` or `aiobotocore`.

    Raises:
        NotCovered: It is not; the text says what.
    """

    def __init__(self, library: str) -> None:
        places = [*_places(library)]
        for place, name, found in places:
            if not _is_own(found):
                raise NotCovered(f"{getattr(place, '__name__', place)}.{name} is not its own")
        #: Whether awscrt signs SigV4 URLs.
        self.has_awscrt: bool = _has_awscrt()
        #: Whether everything is still as it was found.
        self.are_untouched: Callable[[], bool] = _comparison(places)


_found: dict[str, Originals] = {}


def of(library: str) -> Originals:
    """The code of a library; looked through once, or until it is found to be its own.

    Raises:
        NotCovered: Something in it is somebody else's.
    """
    found = _found.get(library)
    if found is None:
        found = _found[library] = Originals(library)
    return found


def _places(library: str) -> Iterator[_Place]:
    """Every place to look at: an object, a name in it, and what stands there."""
    prefix = "Aio" if library == "aiobotocore" else ""
    each = {f"{library}.{module}": tuple(part.format(prefix) for part in parts) for module, parts in _EACH.items()}
    for module, parts in {**_BOTH, **each}.items():
        for part in parts:
            owner, _, name = part.rpartition(".")
            place = getattr(sys.modules[module], owner) if owner else sys.modules[module]
            yield place, name, getattr(place, name)
    for module in ("botocore.auth", "botocore.crt.auth", f"{library}.signers"):
        names = (
            vars(
                sys.modules.get(module, object()),
            )
            if module in sys.modules
            else {}
        )
        for name in _TAKEN:
            if name in names:
                yield sys.modules[module], name, names[name]
    yield time, "time", time.time
    yield datetime, "datetime", datetime.datetime


def _is_own(found: Any) -> bool:
    """Whether this is what its module defines, and no stand-in for it."""
    if isinstance(found, FunctionType):
        # Of a function that botocore has decorated, this is the decorator's module.
        name = found.__globals__.get("__name__", "")
        return _is_library(name) and name in sys.modules and found.__globals__ is vars(sys.modules[name])
    if isinstance(found, ModuleType):
        return found is time or found is datetime
    if found is datetime.datetime:
        # A stand-in is a subclass, and has the fields of the clock from its parent.
        return "hour" in vars(found)
    if isinstance(found, type):
        return _is_library(found.__module__)
    return found is time.time and isinstance(found, BuiltinFunctionType)


def _is_library(module: str) -> bool:
    return module.partition(".")[0] in ("botocore", "aiobotocore")


def _has_awscrt() -> bool:
    auth: Any = botocore.auth
    signers = auth.AUTH_TYPE_MAPS
    for name, kind in _OTHERS.items():
        if signers.get(name) is not getattr(auth, kind):
            raise NotCovered(f"the signer {name} is not botocore's own")
    if all(signers.get(name) is getattr(auth, kind) for name, kind in _SIGV4_URLS.items()):
        return False
    awscrt = getattr(auth, "CRT_AUTH_TYPE_MAPS", {})
    if all(name in awscrt and signers.get(name) is awscrt[name] for name in _SIGV4_URLS):
        return True
    raise NotCovered("the signer of SigV4 URLs is not botocore's own")


def _comparison(places: list[_Place]) -> Callable[[], bool]:
    """Makes the function that compares every place with what was found there.

    Written out as one expression: a loop would take as long as a signature.
    """
    names: dict[str, Any] = {}
    terms = []
    for number, (place, name, found) in enumerate(places):
        names[f"place{number}"], names[f"found{number}"] = place, found
        terms.append(f"place{number}.{name} is found{number}")
    for name in (*_SIGV4_URLS, *_OTHERS):
        names[f"signer{len(terms)}"] = botocore.auth.AUTH_TYPE_MAPS[name]
        terms.append(f"signers[{name!r}] is signer{len(terms)}")
    names["signers"] = botocore.auth.AUTH_TYPE_MAPS
    # Arguments are found sooner than globals.
    arguments = ", ".join(f"{name}={name}" for name in names)
    untouched: Callable[[], bool] = eval(f"lambda {arguments}: {' and '.join(terms)}", names)  # noqa: S307 - all ours
    return untouched
