"""Lets the greenlets of gevent and eventlet go on while one of them waits for credentials.

Native code and native locks stop their thread of the operating system, in which all greenlets run. Where the sockets
of the standard library have been replaced, boto3 stops only its own greenlet, and so does what goes through here.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    _T = TypeVar("_T")

#: Library -> its module that replaces others, and how that is asked what it has replaced.
_PATCHING = {
    "gevent": ("gevent.monkey", "is_module_patched"),
    "eventlet": ("eventlet.patcher", "is_monkey_patched"),
}


def offload(call: Callable[..., _T], **arguments: Any) -> _T:
    """Makes a native call that waits; where greenlets share the thread, in one of gevent's or eventlet's pool."""
    library = _in_use()
    if library is None:
        return call(**arguments)

    def outcome() -> tuple[Any, Exception | None]:
        # Not raised there: gevent's pool prints what is.
        try:
            return call(**arguments), None
        except Exception as error:  # noqa: BLE001 - raised below
            return None, error

    found, error = _in_pool(library, outcome)
    try:
        if error is not None:
            raise error
    finally:
        # The traceback holds this frame.
        del error
    return found  # type: ignore[no-any-return] # what the call returned


def _in_pool(library: str, call: Callable[[], Any]) -> Any:
    if library == "gevent":
        import gevent

        return gevent.get_hub().threadpool.apply(call)
    from eventlet import tpool

    return tpool.execute(call)


def greenlets_sleep() -> Callable[[float], object] | None:
    """What lets other greenlets run for some seconds; `None` where there are none."""
    library = _in_use()
    if library is None:
        return None
    sleep: Callable[[float], object] = __import__(library).sleep
    return sleep


def _in_use() -> str | None:
    """The library that has replaced the sockets of this process, if one has."""
    for library, (module, question) in _PATCHING.items():
        # A library that is not imported has replaced nothing.
        is_patched = getattr(sys.modules.get(module), question, None)
        if is_patched is not None and is_patched("socket"):
            return library
    return None
