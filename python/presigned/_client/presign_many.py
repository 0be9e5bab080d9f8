"""`presign_many`: what `generate_presigned_urls` takes, with method, headers and expiry of each link."""

from __future__ import annotations

from presigned._errors import make
from presigned._errors.batch_rows import add_row
from presigned._parameter_kinds import LISTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from .presigned_request import PresignedRequest
    from .steps import Steps


def presign_many(operation: str, params: Any, rest: Mapping[str, Any]) -> Steps[list[PresignedRequest]]:
    """Presigns one request for each row.

    Args:
        operation: The operation.
        params: A list of parameters, or parameters with columns.
        rest: The other arguments of `presign`.

    Raises:
        Exception: That of the first row which has a fault; its message names the row.
    """
    made = []
    for row, one in enumerate(rows(params)):
        try:
            made.append((yield "presign", (operation, one), dict(rest)))
        except Exception as error:  # noqa: PERF203 - the row is known only here
            add_row(error, row)
            raise
    return made


def rows(params: Any) -> Iterator[Any]:
    """The parameters of each row.

    Raises:
        ParamValidationError: It is neither, there is no column, or they differ in length.
    """
    if not hasattr(params, "items"):
        if isinstance(params, str | bytes) or not hasattr(params, "__iter__"):
            report = (
                f"Invalid type for parameter params, value: {params!r:.80}, type: {type(params)}: give a list with the "
                "parameters of each request, or one dict in which some values are lists"
            )
            raise make("ParamValidationError", report=report)
        yield from params
        return
    columns: dict[str, Any] = {}
    values = dict(params)
    for name, value in values.items():
        column = None if name in LISTS else _column(value)
        if column is None:
            continue
        for other, first in columns.items():
            if len(first) != len(column):
                unequal = f"{other} has {len(first)} rows, {name} has {len(column)}"
                raise make("ParamValidationError", report=f"Columns of unequal length: {unequal}")
        columns[name] = column
    if not columns:
        report = "No parameter is a column: give a list for at least one, or presign one request with presign"
        raise make("ParamValidationError", report=report)
    for at in range(len(next(iter(columns.values())))):
        yield {**values, **{name: column[at] for name, column in columns.items()}}


def _column(value: Any) -> Any:
    if isinstance(value, list | tuple | range):
        return value
    if isinstance(value, str | bytes | bytearray | memoryview | int | float) or value is None:
        return None
    for method in ("tolist", "to_list", "to_pylist"):
        if hasattr(value, method):
            made = getattr(value, method)()
            if isinstance(made, list):
                return made
    return None
