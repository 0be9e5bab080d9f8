"""Lets the greenlets of gevent and eventlet run while one of them waits for credentials.

Native code and native locks block the whole thread, and all greenlets run in it. If gevent or eventlet has replaced
the sockets of the standard library, boto3 blocks only its own greenlet. The functions here do the same.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    _T = TypeVar("_T")

#: Library -> its module that replaces others, and the function that tells what it has replaced.
_PATCHING = {
    "gevent": ("gevent.monkey", "is_module_patched"),
    "eventlet": ("eventlet.patcher", "is_monkey_patched"),
}


def offload(call: Callable[..., _T], **arguments: Any) -> _T:
    """Makes a blocking native call. If greenlets share the thread, it runs in gevent's or eventlet's thread pool."""
    library = _in_use()
    if library is None:
        return call(**arguments)

    def outcome() -> tuple[Any, Exception | None]:
        # It is not raised in the pool: gevent's pool would print it.
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
    """The function that lets other greenlets run for some seconds; `None` if there are no greenlets."""
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
