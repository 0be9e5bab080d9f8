"""The hand-written head of presigned/type_defs.py, below its first line.

What ``Params`` of ``generate_presigned_url`` may hold: one TypedDict an operation, the structures
inside them, and the values that S3 documents for texts that name a choice.

A choice is ``Literal[...] | str``: editors offer the values, and none is refused, for boto3 checks
none, S3 adds new ones, and other S3 servers have their own. Importing this module loads ``typing``;
``import presigned`` does not.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeAlias, TypedDict, TypeVar, overload

_Item_co = TypeVar("_Item_co", covariant=True)


class ListOf(Protocol[_Item_co]):
    """A list or a tuple. ``Sequence[str]`` would also take a ``str``, which boto3 refuses."""

    # Whoever takes any object here cannot be a str.
    def __contains__(self, value: object, /) -> bool: ...
    def __iter__(self) -> Iterator[_Item_co]: ...
    def __len__(self) -> int: ...
    def __reversed__(self) -> Iterator[_Item_co]: ...
    def __getitem__(self, index: int, /) -> _Item_co: ...


class Readable(Protocol):
    """Anything that has a ``read``."""

    @property
    def read(self) -> Callable[..., object]:
        """Reads some of it, or all."""
        ...


class _CopySourceNames(TypedDict):
    Bucket: str
    Key: str


class CopySourceTypeDef(_CopySourceNames, total=False):
    """``CopySource`` in parts, which are percent-encoded where the text form keeps ``?versionId=``."""

    VersionId: str


Blob: TypeAlias = bytes | bytearray | str | Readable
"""A raw body. It is no part of a presigned URL."""

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
