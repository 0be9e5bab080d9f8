"""Gathers the names that botocore, or aiobotocore, looks up when a client of one signature presigns."""

from __future__ import annotations

import sys
from types import CodeType, FunctionType

from . import _lookups
from .group import Group
from .origin import origin, resolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from .group import Heir, Lookup

    _Names = dict[str, tuple[str, ...]]

#: botocore's class -> aiobotocore's in its place.
_AIO = {
    "botocore.client.BaseClient": "aiobotocore.client.AioBaseClient",
    "botocore.hooks.HierarchicalEmitter": "aiobotocore.hooks.AioHierarchicalEmitter",
    "botocore.regions.EndpointRulesetResolver": "aiobotocore.regions.AioEndpointRulesetResolver",
    "botocore.signers.RequestSigner": "aiobotocore.signers.AioRequestSigner",
    "botocore.signers.S3PostPresigner": "aiobotocore.signers.AioS3PostPresigner",
}
#: Functions of aiobotocore's modules. The names that they look up are read from the functions themselves.
_AIO_FUNCTIONS = ("generate_presigned_url", "generate_presigned_post")
#: Names of these modules that do not affect the result: the two functions themselves, and those for logging.
_SILENT = (*_AIO_FUNCTIONS, "LOG", "logger")
#: awscrt's classes that sign URLs, and the botocore classes that they replace.
_CRT = ("botocore.crt.auth.CrtS3SigV4QueryAuth", "botocore.crt.auth.CrtSigV4QueryAuth")
_NOT_CRT = ("botocore.auth.S3SigV4QueryAuth", "botocore.auth.SigV4QueryAuth", "botocore.auth.SigV4Auth")
#: Signature -> the signers that URLs and forms of it ask the table for, with botocore's class of each.
_SIGNERS = {
    "s3v4": (
        {"s3v4-query": "S3SigV4QueryAuth", "v4-query": "SigV4QueryAuth"},
        {"s3v4-presign-post": "S3SigV4PostAuth"},
    ),
    "s3": ({"s3-query": "HmacV1QueryAuth"}, {"s3-presign-post": "HmacV1PostAuth"}),
    "unsigned": ({}, {}),
}
#: Names that older botocores, before 1.44, had in place of others: module, name now, and the older name.
_BEFORE = (
    ("botocore.auth", "get_current_datetime", "datetime"),
    ("botocore.signers", "get_current_datetime", "datetime"),
)


#: The names by which the core reads the time.
_CLOCK = {"datetime": ("datetime",), "time": ("time",)}


#: The objects under the names of Python's clock.
_OF_CLOCK = ("builtin time.time", "class datetime.datetime")


class Lookups:
    """The names for clients of one library and one signature, in groups.

    Args:
        library: `botocore` or `aiobotocore`.
        signature: `s3v4`, `s3` or `unsigned`.
        crt: The signers of URLs that awscrt has put into the table, by name; empty without it.
        clock: Whether Python's clock is compared too. If not, the core reads the time from the replaced clock.
    """

    def __init__(self, library: str, signature: str, crt: dict[str, Any], *, clock: bool = True) -> None:
        self._watches_clock = clock
        self._is_aio = library == "aiobotocore"
        self._signature = signature
        self._has_crt = bool(crt) and signature == "s3v4"
        self._signers, posts = _SIGNERS[signature]
        auth = sys.modules["botocore.auth"]
        kinds = {name: vars(auth).get(kind) for name, kind in self._signers.items()}
        if self._has_crt:
            kinds = {name: crt[name] for name in self._signers}
        #: The names that each URL looks up.
        self.url = self._group(_lookups.URL, kinds)
        #: The names that URLs with special values look up too.
        self.special = self._group(_lookups.SPECIAL)
        #: The names that forms look up.
        self.form = self._group(_lookups.FORM, {name: vars(auth).get(kind) for name, kind in posts.items()})
        #: The names that are compared only once for each operation.
        self.first = self._group(_lookups.FIRST)

    def _group(self, table: dict[str, dict[str, str]], signers: dict[str, Any] | None = None) -> Group:
        names: _Names = {} if table is _lookups.SPECIAL or table is _lookups.FIRST else {**_CLOCK}
        for key in ("every", self._signature):
            for place, found in table[key].items():
                names[place] = (*names.get(place, ()), *found.split())
        if signers:
            names["botocore.auth"] = (*names.get("botocore.auth", ()), "AUTH_TYPE_MAPS")
        if self._has_crt and table is _lookups.URL:
            for place in _NOT_CRT:
                names.pop(place, None)
        lookups = [one for one in _known(names) if self._watches_clock or one[3] not in _OF_CLOCK]
        if self._is_aio:
            lookups = [*_of_aio(lookups)]
        if self._has_crt and table is _lookups.URL:
            lookups += _asked_of_functions(_CRT)
        heirs = [*_heirs(names), *(_heirs_of_aio(names) if self._is_aio else ())]
        if self._has_crt and table is _lookups.URL:
            heirs += [(kind, place, ()) for place in _CRT if (kind := resolved(place)) is not None]
        return Group(_unique(lookups), heirs, signers)


def _known(names: _Names) -> Iterator[Lookup]:
    """The names that exist: older versions lack some."""
    for place, found in names.items():
        owner = resolved(place)
        for name in found:
            if owner is not None and name in vars(owner):
                yield owner, place, name, _lookups.ORIGINS.get(place, {}).get(name, f"function {place}.{name}")
    for module, name, before in _BEFORE:
        owner = sys.modules[module]
        if name in names.get(module, ()) and name not in vars(owner) and before in vars(owner):
            yield owner, module, before, f"module {before}"


def _of_aio(lookups: Iterable[Lookup]) -> Iterator[Lookup]:
    """The same for aiobotocore: its own methods, and the names that they look up."""
    functions = [getattr(sys.modules["aiobotocore.signers"], name) for name in _AIO_FUNCTIONS]
    for owner, place, name, expected in lookups:
        kind = resolved(_AIO.get(place, ""))
        if kind is None or name not in vars(kind):
            yield owner, place, name, expected
            continue
        yield kind, _AIO[place], name, f"function {_AIO[place]}.{name}"
        functions.append(vars(kind)[name])
    for function in functions:
        yield from _looked_up_by(getattr(function, "__wrapped__", function))


def _asked_of_functions(places: Iterable[str]) -> Iterator[Lookup]:
    """The methods of classes and of their base classes, and the names that these look up."""
    for place in places:
        kind = resolved(place)
        for owner in getattr(kind, "__mro__", ())[:-1]:
            where = f"{owner.__module__}.{owner.__qualname__}"
            for name, found in vars(owner).items():
                if type(found) is FunctionType:
                    yield owner, where, name, f"function {where}.{name}"
                    yield from _looked_up_by(found)


def _looked_up_by(function: Any) -> Iterator[Lookup]:
    """The names of its module that a function mentions, with `origin` of a library's own object."""
    module = sys.modules.get(getattr(function, "__module__", None) or "")
    if type(function) is not FunctionType or module is None or function.__globals__ is not vars(module):
        return
    for name in sorted(_mentioned(function.__code__)):
        found = function.__globals__.get(name)
        is_silent = isinstance(found, type) and issubclass(found, BaseException)
        if name in function.__globals__ and name not in _SILENT and not is_silent:
            yield module, module.__name__, name, _plausible(name, found)


def _plausible(name: str, found: Any) -> str:
    """`origin` of the object under a name, if it is a library's or Python's own; else a string for no object."""
    expected = str(origin(found))
    kind, _, where = expected.partition(" ")
    home = where.partition(".")[0]
    is_library = home in ("botocore", "aiobotocore", "awscrt") or home in sys.stdlib_module_names
    if kind in ("function", "class", "module"):
        return expected if is_library and where.rpartition(".")[2] == name else f"something else than {expected}"
    return expected


def _mentioned(code: CodeType) -> set[str]:
    names = {*code.co_names}
    for one in code.co_consts:
        if isinstance(one, CodeType):
            names |= _mentioned(one)
    return names


def _heirs(names: _Names) -> Iterator[Heir]:
    for place, inherited in _lookups.INHERITED.items():
        owner = resolved(place) if place in names else None
        if owner is not None:
            own = {*names[place]}
            yield owner, place, [name for base in inherited.split() for name in names.get(base, ()) if name not in own]


def _heirs_of_aio(names: _Names) -> Iterator[Heir]:
    # The names that they define themselves are compared too.
    for place, own in _AIO.items():
        kind = resolved(own) if place in names else None
        if kind is not None:
            yield kind, own, ()


def _unique(lookups: Iterable[Lookup]) -> Iterator[Lookup]:
    seen = set()
    for owner, place, name, expected in lookups:
        if (place, name) not in seen:
            seen.add((place, name))
            yield owner, place, name, expected
