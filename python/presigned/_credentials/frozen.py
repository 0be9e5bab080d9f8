"""Credentials as they were at one moment."""

from __future__ import annotations

import sys
from collections import namedtuple

from .kinds import seen_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple, NoReturn

    from typing_extensions import Self

    class _Fields(NamedTuple):
        access_key: str
        secret_key: str
        token: str | None
        account_id: str | None = None

    _FewerFields = _Fields
else:
    # Not typing's, which is slow to import.
    _Fields = namedtuple("_Fields", ("access_key", "secret_key", "token", "account_id"), defaults=(None,))  # noqa: PYI024 - typing is slow to import
    _FewerFields = namedtuple("_FewerFields", _Fields._fields[:3])  # noqa: PYI024 - the same

_HOME, _NAME = "botocore.credentials", "ReadOnlyCredentials"


class _Masked:
    """Keeps a named tuple's secrets out of output and files. Once botocore is loaded, it is of its class too."""

    __slots__ = ()

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            return seen_as(type(self), [(_HOME, _NAME)])

    def __repr__(self) -> str:
        return f"{_NAME}(access_key={self[0]!r})"  # type: ignore[index] # of a tuple

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"cannot pickle {_NAME!r} object: it holds a secret key")


class ReadOnlyCredentials(_Masked, _Fields):
    """Access key, secret key, token and account, as botocore's named tuple; prints its access key only."""

    __slots__ = ()


class _WithoutAccount(_Masked, _FewerFields):
    """The same for an older botocore without accounts: programs unpack its named tuple into three."""

    __slots__ = ()
    account_id = None


def freeze(access_key: Any, secret_key: Any, token: Any, account_id: Any) -> ReadOnlyCredentials:
    """Makes them with as many fields as the named tuple of the loaded botocore."""
    theirs = getattr(sys.modules.get(_HOME), _NAME, None)
    if "account_id" in getattr(theirs, "_fields", _Fields._fields):
        return ReadOnlyCredentials(access_key, secret_key, token, account_id)
    made: Any = _WithoutAccount(access_key, secret_key, token)
    return made  # type: ignore[no-any-return] # of the same shape
