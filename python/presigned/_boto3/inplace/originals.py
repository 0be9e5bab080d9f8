"""Tells whether the functions that would presign are still botocore's own: tests and tracers replace some.

Each call compares the names that botocore looks up (`_lookups`) with the objects found there before. Those must have
been botocore's own, or harmless. The names that functions of Python's library look up are not compared.
"""

from __future__ import annotations

import sys

import botocore.auth
import botocore.client
import botocore.endpoint_provider
import botocore.regions
import botocore.serialize
import botocore.signers
import botocore.validate

from .lookups import Lookups

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: The signers that awscrt replaces, if it is installed.
_SIGV4_URLS = ("s3v4-query", "v4-query")


class Originals:
    """The code of botocore, or of aiobotocore.

    Args:
        library: `botocore` or `aiobotocore`.
    """

    def __init__(self, library: str) -> None:
        self._library = library
        self._crt = _crt()
        self._lookups: dict[tuple[str, bool], Lookups] = {}

    @property
    def has_awscrt(self) -> bool:
        """Whether awscrt signs SigV4 URLs."""
        return bool(self._crt)

    @property
    def are_untouched(self) -> Callable[[], bool]:
        """Tells whether everything that SigV4 URLs look up is as it was found."""
        return self.lookups("s3v4").url.are_untouched

    def lookups(self, signature: str, *, clock: bool = True) -> Lookups:
        """The names for one signature, `s3v4`, `s3` or `unsigned`; with or without those of Python's clock."""
        found = self._lookups.get((signature, clock))
        if found is None:
            found = self._lookups[signature, clock] = Lookups(self._library, signature, self._crt, clock=clock)
        return found


_found: dict[str, Originals] = {}


def of(library: str) -> Originals:
    """The code of a library."""
    found = _found.get(library)
    if found is None:
        found = _found[library] = Originals(library)
    return found


def _crt() -> dict[str, Any]:
    """Returns awscrt's signers of SigV4 URLs, if they have replaced botocore's own; else nothing."""
    auth: Any = botocore.auth
    awscrt = vars(sys.modules.get("botocore.crt.auth", object)).get("CRT_AUTH_TYPE_MAPS", {})
    is_used = all(name in awscrt and auth.AUTH_TYPE_MAPS.get(name) is awscrt[name] for name in _SIGV4_URLS)
    return {name: awscrt[name] for name in _SIGV4_URLS} if is_used else {}
