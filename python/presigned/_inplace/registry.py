"""Finds the lane of a client, and takes all of them away again."""

from __future__ import annotations

import threading
import weakref

from .declined import decline
from .lane import NAME, Lane

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The clients that keep a lane.
_keepers: weakref.WeakSet[Any] = weakref.WeakSet()
_LOCK = threading.Lock()
#: Whether anything is installed: who took a method along from then must not be answered from here.
_is_open = False


def open_all() -> None:
    """Lets lanes be found."""
    global _is_open  # noqa: PLW0603 - one for the process, as the functions that it is about
    _is_open = True


def close_all() -> None:
    """Takes every client's lane away, and finds no more."""
    global _is_open  # noqa: PLW0603 - the same
    with _LOCK:
        _is_open = False
        for client in [*_keepers]:
            client.__dict__.pop(NAME, None)
        _keepers.clear()


def covered(client: Any) -> Lane | None:
    """Returns the lane of a client, or `None` where its calls go to the original."""
    try:
        lane: Lane | None = client.__dict__.get(NAME)
    except AttributeError:
        # Nothing like a client; the original says so.
        return None
    if lane is None or not lane.is_current(client):
        lane = _opened(client)
        if lane is None:
            return None
    if lane.objection is not None:
        decline(lane.objection)
        return None
    if not lane.are_untouched():
        decline("a function that botocore presigns with was replaced, or the clock")
        return None
    return lane


def _opened(client: Any) -> Lane | None:
    if not _is_open:
        return None
    try:
        lane = Lane(client)
        with _LOCK:
            if not _is_open:
                return None
            _keepers.add(client)
            client.__dict__[NAME] = lane
    except Exception as error:
        decline(f"the client cannot be read ({type(error).__name__})")
        return None
    return lane
