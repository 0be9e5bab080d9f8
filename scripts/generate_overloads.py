"""Writes python/presigned/_overloads.pyi: two overloads an operation for the methods that presign any of them.

The clients of ``presigned`` and of ``presigned.aio`` share them. The latter's methods return coroutines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import generator
from generator import input_of, method_name

if TYPE_CHECKING:
    from pathlib import Path

    from botocore.model import OperationModel

TARGET = generator.PACKAGE / "_overloads.pyi"

#: The overloads that editors show first, and that type checkers try first.
FIRST = ("GetObject", "PutObject", "HeadObject", "DeleteObject", "UploadPart", "ListObjectsV2")

HEAD = f'''\
"""{generator.notice("generate_overloads.py")}

The methods that presign any operation, for type checkers: clients inherit them from here. No module of this name exists
at run time.

For the literal name of an operation, an overload checks `Params` against its TypedDict. boto3's own types also accept
`Params` that fit no TypedDict: they are reported as deprecated where they are known to be wrong, or accepted.
"""

# ruff: noqa: E501, PYI021 - an overload takes two lines; docstrings and messages are for people
# fmt: off

from collections.abc import Coroutine, Mapping
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, overload, type_check_only

from typing_extensions import LiteralString, Never, TypedDict, Unpack, deprecated

from presigned import type_defs as types
from presigned._client.presign_options import PresignOptions
from presigned._client.presigned_request import PresignedRequest

_Result = TypeVar("_Result")

# The type of a dict display that fits no TypedDict. Not `dict[str, object]`, which mypy infers for any mixed dict. It
# includes a set, because that is a dict whose first key is being typed: an editor completes the key only if an overload
# takes the call.
_Value: TypeAlias = types.Blob | types.Timestamp | list[Any] | tuple[Any, ...] | set[Any] | dict[str, Any] | None
_Display: TypeAlias = dict[str, _Value] | set[str]

@type_check_only
class _NoParams(TypedDict):
    """Empty `Params`; any TypedDict fits too."""

@type_check_only
class _ReturnsUrl(Protocol[_Result]):
    """A client, by what its `generate_presigned_url` returns."""

    _url_result: _Result

@type_check_only
class _ReturnsRequest(Protocol[_Result]):
    """A client, by what its `presign` returns."""

    _request_result: _Result

@type_check_only
class Awaited:
    """The first base of clients whose methods return coroutines."""

    _url_result: Coroutine[Any, Any, str]
    _request_result: Coroutine[Any, Any, PresignedRequest]
'''


@dataclass(frozen=True)
class Method:
    """A method that presigns any operation: the head of its class, its parameters and the type of its ``self``."""

    head: str
    name: str
    operation: str
    params: str
    others: str
    client: str


METHODS = (
    Method(
        """
@type_check_only
class PresignsUrls:
    _url_result: str
""",
        "generate_presigned_url",
        "ClientMethod",
        "Params",
        "ExpiresIn: types.ExpiresIn = 3600, HttpMethod: str | None = None",
        "_ReturnsUrl[_Result]",
    ),
    Method(
        """
@type_check_only
class PresignsRequests:
    _request_result: PresignedRequest
""",
        "presign",
        "operation",
        "params",
        "*, expires_in: types.ExpiresIn = 3600, http_method: str | None = None, **options: Unpack[PresignOptions]",
        "_ReturnsRequest[_Result]",
    ),
)


def files() -> dict[Path, str]:
    """Returns the text of the stub."""
    operations = generator.operations()
    return {TARGET: HEAD + "".join(overloads(one, operations) for one in METHODS)}


def overloads(method: Method, operations: list[OperationModel]) -> str:
    """All overloads of a method, in the order in which type checkers try them."""
    name, params = method.operation, method.params
    ordered = sorted(operations, key=lambda one: FIRST.index(one.name) if one.name in FIRST else len(FIRST))
    none_given = f"{params} are missing, or those of another operation"
    no_operation = f"{name} is no S3 operation's name, so that {params} cannot be checked"
    parts = [
        method.head,
        *(overload(method, method_literal(one), f"types.{one.name}Params{or_none(one)}") for one in ordered),
        f"    # No {params} for an operation that needs some, or those of another operation.\n",
        overload(method, "types.ClientMethod", "_NoParams | None = None", none_given),
        "    # A dict[str, Any] cannot be checked.\n",
        overload(method, "str", "dict[str, Never]"),
        "    # A dict display that fits no overload above. A variable has another type and is not reported.\n",
        *(
            overload(method, method_literal(one), f"types.{one.name}Params | _Display", misfit(method, one))
            for one in ordered
        ),
        "    # The same for a literal that names no operation. To mypy, any str is a LiteralString.\n",
        overload(method, "LiteralString", "_Display", no_operation),
        "    # Everything else that boto3 accepts.\n",
        overload(method, "str", "Mapping[str, Any] | None = None"),
    ]
    return "".join(parts)


def method_literal(operation: OperationModel) -> str:
    """The type of ``ClientMethod`` in the overloads of an operation."""
    return f'Literal["{method_name(operation.name)}"]'


def or_none(operation: OperationModel) -> str:
    """What follows the type of ``Params`` where a call may leave them out."""
    return "" if input_of(operation).required_members else " | None = None"


def misfit(method: Method, operation: OperationModel) -> str:
    """The message for parameters that an operation cannot take."""
    return f"{method.params} does not fit presigned.type_defs.{operation.name}Params"


def overload(method: Method, operation: str, params: str, deprecation: str | None = None) -> str:
    """One overload of a method."""
    decorator = f'    @deprecated("{deprecation}")\n' if deprecation else ""
    return (
        f"    @overload\n{decorator}    def {method.name}(self: {method.client}, {method.operation}: {operation}, "
        f"{method.params}: {params},\n        {method.others}) -> _Result: ...\n"
    )


if __name__ == "__main__":
    generator.main(files, __doc__)
