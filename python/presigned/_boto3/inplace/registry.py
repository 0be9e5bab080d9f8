"""Finds the fast path of a client, and takes all of them away again.

There is no lock: after a fork, a lock that another thread held would stay locked in the child. Each step is one that
Python does as a whole, and code that adds a fast path checks afterwards whether it may stay.
"""

from __future__ import annotations

import weakref

from .declined import NotCoveredNow, decline
from .fast_path import NAME, FastPath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Identity of a client -> the client, for those that keep a fast path.
_keepers: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
#: Stands for the present `install`; `None` if nothing is installed. A program may have kept a method from an earlier
#: `install`. It is a new object each time, so that an earlier fast path is never used again.
_installation: object | None = None
#: The name by which a client is marked as presigned's own.
_OWN = "_presigned_is_own"


def open_all() -> None:
    """Enables fast paths."""
    global _installation  # noqa: PLW0603 - one for the process, as the functions that it is about
    if _installation is None:
        _installation = object()


def close_all() -> None:
    """Removes every client's fast path and disables new ones. Presigned's own clients keep theirs."""
    global _installation  # noqa: PLW0603 - the same
    _installation = None
    for reference in _keepers.valuerefs():
        client = reference()
        if client is not None:
            _keepers.pop(id(client), None)
            client.__dict__.pop(NAME, None)


def adopt(client: Any) -> None:
    """Enables the fast path of a client that presigned has made for itself, even if nothing is installed."""
    client.__dict__[_OWN] = True


def covered(client: Any, *, form: bool = False) -> FastPath | None:
    """Returns the fast path of a client, or `None` if its calls go to the original.

    Args:
        client: The client.
        form: Whether a form is asked for. `calls.form_operation` checks the names that botocore looks up for those.
    """
    try:
        names = client.__dict__
        fast_path: FastPath | None = names.get(NAME)
    except AttributeError:
        # It is not a client; the original raises the error.
        return None
    if fast_path is None or not fast_path.is_made_of(names):
        fast_path = _opened(client)
        if fast_path is None:
            return None
    if fast_path.objection is not None:
        decline(fast_path.objection)
        return None
    if fast_path.is_finished if form else fast_path.are_untouched():
        return fast_path
    return _renewed(client, fast_path)


def _renewed(client: Any, fast_path: FastPath) -> FastPath | None:
    """Returns the fast path if the replaced names are harmless, or are not replaced any more."""
    if not fast_path.is_replaced_by_harmless():
        decline(fast_path.fault)
        return None
    if fast_path.is_finished:
        return fast_path
    found = _opened(client)
    if found is None or not found.is_finished:
        return None
    if found.objection is not None:
        decline(found.objection)
        return None
    return found


def _opened(client: Any) -> FastPath | None:
    installation = _installation
    is_own = _OWN in client.__dict__
    if installation is None and not is_own:
        return None
    try:
        fast_path = FastPath(client)
        if not is_own:
            _keepers[id(client)] = client
        client.__dict__[NAME] = fast_path
    except NotCoveredNow as reason:
        decline(str(reason))
        return None
    except Exception as error:
        decline(f"the client cannot be read ({type(error).__name__})")
        return None
    if _installation is not installation and not is_own:
        # `uninstall` ran meanwhile, and may not have seen this one.
        client.__dict__.pop(NAME, None)
        return None
    return fast_path
