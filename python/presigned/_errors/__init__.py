"""Makes the errors of this package, and joins their classes with botocore's.

presigned raises its own classes. Each is also a child of botocore's class of the same name, whether botocore was
imported before or after. Raising an error never imports botocore. This room imports none of the others, so that all
of them can raise errors from here.

| module | what it has |
|---|---|
| `classes` | the classes, with botocore's names, parents and messages |
| `fetch` | the classes for credentials that must be fetched |
| `extensions`, `library_files` | why an extension module cannot be loaded |
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from .classes import BotoCoreError

#: boto3, if presigned has taken its place in `sys.modules`. The loader of boto3 sets it.
hidden_boto3: Any = None
#: The botocore module with which the classes here are joined, and one class of each of our modules.
_joined_with: Any = None
#: Whether botocore was looked for and is not installed.
_is_missing = False


def make(name: str, /, **kwargs: object) -> Exception:
    """Makes the exception `name`, which the caller raises.

    Args:
        name: A name of `presigned.exceptions`.
        **kwargs: The values for its message.
    """
    kind = ours(name)
    if kind is None:
        raise AttributeError(f"module 'presigned.exceptions' has no attribute {name!r}")
    _join(sys.modules.get("botocore.exceptions"))
    return kind(**kwargs)


def restore(name: str, kwargs: dict[str, object]) -> Exception:
    """Makes an exception again from its pickle."""
    return make(name, **kwargs)


# The name in pickles.
restore.__module__ = "presigned.exceptions"


def _restore_subclass(cls: type[BotoCoreError], kwargs: dict[str, object]) -> BotoCoreError:
    """Makes an exception of a program's own class again from its pickle, which has this name in it."""
    return cls(**kwargs)


def ours(name: str) -> type[Exception] | None:
    """Finds the class of this package."""
    found = getattr(_classes(), name, None)
    if found is None:
        from . import fetch

        found = vars(fetch).get(name)
    return found if isinstance(found, type) and issubclass(found, Exception) else None


def find(name: str) -> type[Exception] | None:
    """Finds botocore's class, or boto3's if that is loaded; our class if botocore is not installed."""
    botocores = _botocores()
    _join(botocores)
    return theirs(name, botocores) or ours(name)


def theirs(name: str, botocores: Any) -> type[Exception] | None:
    """Finds the class in the AWS packages that are loaded. A package that is still being imported may lack it."""
    boto3s = sys.modules.get("boto3.exceptions")
    if boto3s is sys.modules.get("presigned.exceptions"):
        # presigned is in boto3's place.
        boto3s = getattr(hidden_boto3, "exceptions", None)
    for module in (botocores, boto3s):
        found = getattr(module, name, None)
        if isinstance(found, type) and issubclass(found, Exception):
            return found
    return None


def join(botocores: Any) -> None:
    """Joins the classes with those of botocore, which has just been imported: an error may have been raised already."""
    if f"{__name__}.classes" in sys.modules:
        _join(botocores, is_whole=True)


def _classes() -> ModuleType:
    from . import classes

    # They are arguments: if the classes imported that module, the two would import each other.
    classes.restored_by = restore, _restore_subclass
    return classes


def _botocores() -> Any:
    """Imports the module of botocore's exceptions; `None` if botocore is not installed."""
    global _is_missing  # noqa: PLW0603 - one for the process
    module = sys.modules.get("botocore.exceptions")
    # While another thread imports it, some classes are missing: this import waits for that thread.
    is_ready = module is not None and not getattr(module.__spec__, "_initializing", False)
    if not is_ready and not _is_missing:
        try:
            __import__("botocore.exceptions")
        except ImportError:
            _is_missing = True
    return sys.modules.get("botocore.exceptions")


def _join(botocores: Any, *, is_whole: bool = False) -> None:
    """Makes each of our classes a child of botocore's, also the classes of errors that were raised already."""
    global _joined_with  # noqa: PLW0603 - as above
    if botocores is None:
        return
    classes = _classes()
    from . import fetch

    # A program may load any of them again.
    joined = botocores, classes.BotoCoreError, fetch.ConnectionError
    if joined == _joined_with:
        return
    for module in (classes, fetch):
        for kind in [*vars(module).values()]:
            if isinstance(kind, type) and issubclass(kind, classes.BotoCoreError | classes.ClientError):
                _add_parent(kind, theirs(kind.__name__, botocores))
    # A module that is being imported has more classes later.
    spec = getattr(botocores, "__spec__", None)
    if is_whole or not getattr(spec, "_initializing", False):
        _joined_with = joined


def _add_parent(kind: type, parent: type | None) -> None:
    if parent is None or parent in kind.__mro__ or kind in parent.__mro__:
        return
    own = [one for one in kind.__bases__ if one.__module__.partition(".")[0] == "presigned"]
    others = [one for one in kind.__bases__ if one not in own]
    kind.__bases__ = (*own, parent, *others)
