"""The 116 operations as botocore's own service model has them, and a plain value for each shape."""

from __future__ import annotations

import datetime
from typing import Any

import botocore.session
from botocore import xform_name

SERVICE = botocore.session.Session().get_service_model("s3")
OPERATIONS: dict[str, Any] = {xform_name(name): SERVICE.operation_model(name) for name in SERVICE.operation_names}

A_DATE = datetime.datetime(2026, 3, 4, 5, 6, 7, 890_123, tzinfo=datetime.timezone.utc)


def members(operation: str) -> dict[str, Any]:
    """Each input member of an operation with its shape, in the model's order."""
    shape = OPERATIONS[operation].input_shape
    return dict(shape.members) if shape else {}


def required(operation: str) -> list[str]:
    """The members that must be given, in the model's order."""
    shape = OPERATIONS[operation].input_shape
    return list(shape.required_members) if shape else []


def value(shape: Any, name: str, depth: int = 0) -> Any:  # noqa: PLR0911 - one return a kind of shape
    """A value of a shape that boto3 accepts, and that shows where it went."""
    match shape.type_name:
        case "string":
            return {"Bucket": "bucket", "CopySource": "source/a key?versionId=v1"}.get(name, f"{name}/1 +")
        case "integer" | "long":
            return 7
        case "boolean":
            return True
        case "timestamp":
            return A_DATE
        case "blob":
            return b""
        case "list":
            return [value(shape.member, name, depth + 1)] * 2
        case "map":
            return {f"{name}-key": value(shape.value, name, depth + 1)}
        case "structure":
            names = list(shape.members)[:1] if shape.is_tagged_union else list(shape.members)
            return {each: value(shape.members[each], each, depth + 1) for each in names if depth < 8}
    raise AssertionError(shape.type_name)


def filled(operation: str, names: list[str]) -> dict[str, Any]:
    """`Params` with a plain value for each of these members."""
    shapes = members(operation)
    return {name: value(shapes[name], name) for name in names}
