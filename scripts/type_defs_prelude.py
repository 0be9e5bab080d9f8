"""The hand-written head of presigned/type_defs.py, below its first line.

The types of ``Params`` of ``generate_presigned_url``: one TypedDict for each operation, the structures inside them,
and the documented values of strings that are a choice.

A choice is ``Literal[...] | str``. Editors offer the values, and type checkers accept any string: boto3 does not check
the value, S3 adds new ones, and other S3 servers have their own. Importing this module loads ``typing``;
``import presigned`` does not.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeAlias, TypedDict, TypeVar, overload

_Item_co = TypeVar("_Item_co", covariant=True)


class ListOf(Protocol[_Item_co]):
    """A list or a tuple. ``Sequence[str]`` would also take a ``str``, which boto3 refuses."""

    # The `__contains__` of a str does not accept any object, so a str does not match.
    def __contains__(self, value: object, /) -> bool: ...
    def __iter__(self) -> Iterator[_Item_co]: ...
    def __len__(self) -> int: ...
    def __reversed__(self) -> Iterator[_Item_co]: ...
    def __getitem__(self, index: int, /) -> _Item_co: ...


class Readable(Protocol):
    """Anything that has a ``read`` method."""

    @property
    def read(self) -> Callable[..., object]:
        """Reads a part, or everything."""
        ...


class _CopySourceNames(TypedDict):
    Bucket: str
    Key: str


class CopySourceTypeDef(_CopySourceNames, total=False):
    """``CopySource`` in parts. They are percent-encoded; the string form keeps ``?versionId=``."""

    VersionId: str


Blob: TypeAlias = bytes | bytearray | str | Readable
"""A raw body. A presigned URL does not contain it."""

Timestamp: TypeAlias = datetime | str | float
"""An instant: a naive ``datetime`` is UTC, a number is seconds since 1970."""

ExpiresIn: TypeAlias = float | str | timedelta
"""Whole seconds: ``3600``, ``"3600"`` or ``timedelta(hours=1)``."""

if TYPE_CHECKING:
    from typing_extensions import disjoint_base

    _Fields_co = TypeVar("_Fields_co", bound=Mapping[str, Any], covariant=True)

    @disjoint_base
    class PresignedPost(dict[str, Any], Generic[_Fields_co]):
        """What ``generate_presigned_post`` returns: a plain ``dict`` of ``url`` and ``fields``."""

        @overload
        def __getitem__(self, key: Literal["url"], /) -> str: ...
        @overload
        def __getitem__(self, key: Literal["fields"], /) -> _Fields_co: ...
        @overload
        def __getitem__(self, key: str, /) -> Any: ...
        def __getitem__(self, key: str, /) -> Any: ...

else:
    PresignedPost = dict
