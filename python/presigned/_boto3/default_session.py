"""Keeps the default session here and that of boto3 the same, while boto3 is loaded.

Other packages of a program use boto3's, and tests reset it: moto sets it to `None` while a mock is active. So each
value that boto3's default session has belongs to one presigned session.
"""

from __future__ import annotations

import sys
import weakref

from .loader import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from presigned.session import Session

#: boto3 session that other code has set there -> our session for it, as long as it is set.
_others: weakref.WeakKeyDictionary[Any, Session] = weakref.WeakKeyDictionary()
#: Our default session at the last look: if it differs now, a program has replaced it.
_latest: Session | None = None
#: The boto3 session for the session that a program has set here.
_placed: Any = None


def followed(package: Any) -> Session:
    """Returns the default session for what boto3's is now.

    Args:
        package: The module `presigned`, whose default session it is; a program may have replaced names in it.
    """
    boto3 = _loaded(package)
    current: Session | None = package.DEFAULT_SESSION
    if boto3 is None:
        while current is None:
            package.setup_default_session()
            current = package.DEFAULT_SESSION
        return current
    theirs = boto3.DEFAULT_SESSION
    known: Any = _known(theirs)
    if current is None:
        # No session was needed yet, or a program has reset it.
        known = _set_up(package, boto3, theirs)
    elif current is not _latest:
        # A program has set it.
        known = current
    elif known is None:
        # Other code has reset or replaced boto3's.
        known = _set_up(package, boto3, theirs)
    if theirs is None or _is_of_ours(theirs):
        if _known(theirs) is not known:
            boto3.DEFAULT_SESSION = _shared(known)
    else:
        _others[theirs] = known
    return _returned(package, known)


def share(package: Any, session: Session) -> None:
    """Makes a session the default one in boto3 too, as it would be if the import were not swapped."""
    boto3 = _loaded(package)
    if boto3 is not None:
        boto3.DEFAULT_SESSION = _shared(session)
        _returned(package, session)


def _set_up(package: Any, boto3: Any, theirs: Any) -> Session:
    """Makes a default session as boto3 does, by a function that programs replace; another package's stays in boto3."""
    package.DEFAULT_SESSION = None
    while package.DEFAULT_SESSION is None:
        package.setup_default_session()
    if theirs is not None:
        boto3.DEFAULT_SESSION = theirs
    made: Session = package.DEFAULT_SESSION
    return made


def _known(theirs: Any) -> Session | None:
    """Our session for a boto3 session."""
    if theirs is None:
        return None
    if theirs is _placed:
        return _latest
    found: Session | None = vars(theirs)["presigned"] if isinstance(theirs, _shared_class()) else _others.get(theirs)
    return found


def _is_of_ours(theirs: Any) -> bool:
    return theirs is _placed or isinstance(theirs, _shared_class())


def _returned(package: Any, session: Session) -> Session:
    global _latest  # noqa: PLW0603 - there is one default session
    package.DEFAULT_SESSION = _latest = session
    return session


def _loaded(package: ModuleType) -> Any:
    """boto3, if it is loaded; it may hide behind presigned."""
    found = sys.modules.get("boto3")
    if found is package:
        from . import loader

        return loader.loaded
    return load() if hasattr(found, "DEFAULT_SESSION") and hasattr(found, "Session") else None


def _shared(session: Session) -> Any:
    global _placed  # noqa: PLW0603 - there is one default session
    if not hasattr(session, "_presigned_theirs"):
        # A program's own session, of any class.
        _placed = session
        return session
    shared = _shared_class()
    made: Any = shared.__new__(shared)
    made.presigned = session
    return made


_class: type | None = None


def _shared_class() -> Any:
    global _class  # noqa: PLW0603 - made once boto3 is loaded
    if _class is None:
        base: Any = load().Session

        class Shared(base):  # type: ignore[misc] # boto3 has no types
            """The default session of presigned, as a session of boto3's: made when it is asked for anything."""

            def __getattr__(self, name: str) -> Any:
                if name.startswith("__"):
                    raise AttributeError(name)
                from .session import like

                state = vars(self)["presigned"]._presigned
                # Our session stays as it is: clients that are made by boto3 do not use it.
                self.__dict__.update(vars(state.boto3 or like(state, load())))
                try:
                    return vars(self)[name]
                except KeyError:
                    raise AttributeError(f"'Session' object has no attribute {name!r}") from None

        Shared.__name__ = Shared.__qualname__ = "Session"
        _class = Shared
    return _class
