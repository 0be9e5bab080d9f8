"""Asks each case again as a batch, in every form that a batch has: each row is the single call's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .model import OPERATIONS, members
from .outcome import Outcome, Raised, Url, same_error

ARGUMENTS = ("ClientMethod", "Params", "ExpiresIn", "HttpMethod")

# Enough rows: the first makes a compiled request, and the others use it.
ROWS = 3


def batch_fault(client: Any, arguments: Sequence[Any], keywords: Mapping[str, Any], single: Outcome) -> str | None:
    """What is wrong with the batches that repeat a call, or `None`."""
    call = bound(arguments, keywords)
    if call is None or not isinstance(single, Url | Raised):
        return None
    for form, params in _forms(call.get("ClientMethod"), call.get("Params")):
        text = f"as a batch of {form}: {params!a}"
        try:
            urls = client.generate_presigned_urls(**{**call, "Params": params})
        except Exception as error:  # noqa: BLE001 - the outcome may be any exception
            if not isinstance(single, Raised) or not _same_but_row(single.error, error):
                return f"{text}\n  single: {single.describe()}\n  batch:  {Raised(error, 'call').describe()}"
            continue
        if not isinstance(single, Url) or urls != [single.text] * ROWS:
            return f"{text}\n  single: {single.describe()}\n  batch:  {urls!a}"
    return None


def bound(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> dict[str, Any] | None:
    """The arguments by name; `None` if they are not those of a call that can be made."""
    call = dict(zip(ARGUMENTS, arguments, strict=False))
    fits = len(arguments) <= len(ARGUMENTS) and not call.keys() & keywords.keys() and keywords.keys() <= set(ARGUMENTS)
    call.update(keywords)
    if not fits or "ClientMethod" not in call:
        return None
    # A token is drawn for each row.
    params = call.get("Params")
    if call["ClientMethod"] == "rename_object" and "ClientToken" not in (params if isinstance(params, dict) else {}):
        return None
    return call


def _forms(operation: Any, params: Any) -> list[tuple[str, Any]]:
    """The same Params three times: in a list, in a tuple of copies, and as columns."""
    forms: list[tuple[str, Any]] = [("rows", [params] * ROWS)]
    if not isinstance(params, dict):
        return forms
    forms.append(("copies", tuple(dict(params) for _ in range(ROWS))))
    known = members(operation) if isinstance(operation, str) and operation in OPERATIONS else {}
    # A list is a value if the member is a list, else a column.
    columned = [name for name in params if getattr(known.get(name), "type_name", None) != "list"]
    columns = {name: [params[name]] * ROWS for name in columned}
    if columns:
        forms.append(("columns", {**params, **columns}))
    if not any(isinstance(value, list | tuple | range) for value in params.values()):
        forms += [(f"the column {name}", {**params, name: column}) for name, column in columns.items()]
    return forms


def _same_but_row(single: BaseException, batch: BaseException) -> bool:
    if same_error(single, batch):
        return True
    if type(single).__name__ != type(batch).__name__ or not isinstance(batch, type(single)):
        return False
    text = str(batch)
    return "row 0: " in text and text.replace("row 0: ", "", 1) == str(single)
