"""Copies an exception, once for each thread or task that waited for the call which raised it.

A traceback holds the frames of the caller, with the data of its request. Each thread that raises an exception
adds its own frames. Another thread must not see these.
"""

from __future__ import annotations

import builtins
from contextlib import suppress
from types import FrameType, MemberDescriptorType, TracebackType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The flag of a class that is defined in Python, not in C.
_MADE_AT_RUN_TIME = 1 << 9
#: Python 3.10 has no groups.
_GROUPS: Any = getattr(builtins, "BaseExceptionGroup", ())


def copied(error: BaseException, end: BaseException | None = None) -> BaseException:
    """Copies an exception without any frame: class, message, attributes, notes, and the exceptions that led to it.

    Its class is not called, because it may need arguments that the exception does not keep. Plain containers are
    copied with what they hold; other values are shared.

    Args:
        error: The exception.
        end: The exception that was being handled when the call was made. It belongs to the caller, and is left out.

    Returns:
        The copy. If it cannot be copied, a `CredentialRetrievalError` that names its class and message.
    """
    copies = _Copies()
    if end is not None and end is not error:
        copies.keep(end, None)
    made: BaseException = copies.of(error)
    copies.chain()
    return made


class _Copies:
    """The copies of one exception and of all that is reached from it."""

    def __init__(self) -> None:
        #: Identity of an original -> the original and its copy. It is kept, so that nothing else gets its identity.
        self._known: dict[int, tuple[object, Any]] = {}
        #: Exceptions whose causes and contexts are still to be copied: their chain may be longer than Python's stack.
        self._unchained: list[tuple[BaseException, BaseException]] = []

    def keep(self, original: object, made: Any) -> Any:
        self._known[id(original)] = original, made
        return made

    def of(self, error: BaseException) -> Any:
        if id(error) in self._known:
            return self._known[id(error)][1]
        try:
            made = self.keep(error, self._empty(error))
            self._fill(made, error)
            is_like = str(made) == str(error)
        except Exception:  # noqa: BLE001 - a class may refuse in any way
            is_like = False
        if not is_like:
            made = self.keep(error, _named(error))
        self._unchained.append((made, error))
        return made

    def chain(self) -> None:
        """Copies the causes and contexts of the copied exceptions."""
        while self._unchained:
            made, error = self._unchained.pop()
            for name in ("__cause__", "__context__"):
                led_to_it = getattr(error, name)
                if led_to_it is not None:
                    _set(made, name, self.of(led_to_it))
            # Last: a cause sets it.
            _set(made, "__suppress_context__", error.__suppress_context__)

    def _empty(self, error: BaseException) -> BaseException:
        kind = type(error)
        base: Any = kind
        while base.__flags__ & _MADE_AT_RUN_TIME:
            base = base.__base__
        if isinstance(error, _GROUPS):
            group: Any = error
            made: BaseException = base.__new__(kind, group.message, [self.of(each) for each in group.exceptions])
        else:
            made = base.__new__(kind)
        if type(made) is not kind:
            raise TypeError(kind)
        return made

    def _fill(self, made: BaseException, error: BaseException) -> None:
        if not isinstance(error, _GROUPS):
            _set(made, "args", self._value(error.args))
        for kind in type(error).__mro__:
            for name, slot in vars(kind).items():
                if isinstance(slot, MemberDescriptorType) and not name.startswith("__"):
                    # Empty slots cannot be read, and some of C's cannot be written.
                    with suppress(AttributeError, TypeError):
                        value = slot.__get__(error)
                        # Members in C are empty if they show `None`.
                        if value is not None or kind.__flags__ & _MADE_AT_RUN_TIME:
                            slot.__set__(made, self._value(value))
        for name, value in vars(error).items():
            vars(made)[name] = self._value(value)

    def _value(self, value: Any) -> Any:
        if isinstance(value, BaseException):
            return self.of(value)
        if isinstance(value, TracebackType | FrameType):
            return None
        kind = type(value)
        if kind not in (dict, list, tuple):
            return value
        if id(value) in self._known:
            return self._known[id(value)][1]
        if kind is tuple:
            return self.keep(value, tuple(self._value(each) for each in value))
        made = self.keep(value, kind())
        if kind is dict:
            made.update((key, self._value(each)) for key, each in value.items())
        else:
            made.extend(self._value(each) for each in value)
        return made


def _set(made: BaseException, name: str, value: object) -> None:
    # Not by assignment, which a class may forbid.
    vars(BaseException)[name].__set__(made, value)


def _named(error: BaseException) -> BaseException:
    from presigned._errors import make

    kind = type(error)
    try:
        message = str(error)
    except Exception:  # noqa: BLE001 - the same
        message = "?"
    return make(
        "CredentialRetrievalError",
        provider="the call that was waited for",
        error_msg=f"{kind.__module__}.{kind.__qualname__}: {message}",
    )
