"""Compares what a client has loaded, S3's operations, its endpoint rules and the partitions, with the core's tables.

botocore's versions differ in them, and a program may have changed a model.
"""

from __future__ import annotations

import weakref

from . import shapes
from ._digests import MEMBERS, OPERATIONS, PARTITIONS, RULES
from .declined import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Loader of models -> the rules and partitions that it has read, and how they differ from the core's.
_judged: weakref.WeakKeyDictionary[Any, tuple[Any, Any, str | None]] = weakref.WeakKeyDictionary()


def check_rules(loader: Any) -> None:
    """Refuses a client whose endpoint rules or partitions are not the core's.

    Raises:
        NotCovered: They differ.
    """
    # The loader caches what it has read: its clients were made from these objects.
    rules = loader.load_service_model("s3", "endpoint-rule-set-1", api_version=None)
    partitions = loader.load_data("partitions")
    judged = _judged.get(loader)
    if judged is None or judged[0] is not rules or judged[1] is not partitions:
        judged = _judged[loader] = rules, partitions, _fault(rules, partitions)
    if judged[2] is not None:
        raise NotCovered(judged[2])


def _fault(rules: Any, partitions: Any) -> str | None:
    if shapes.rules_digest(rules) != RULES:
        return "its endpoint rules are those of another version of botocore"
    if shapes.partitions_digest(partitions) != PARTITIONS:
        return "its partitions are those of another version of botocore"
    return None


def known_members(method: str, model: Any) -> dict[str, Any]:
    """Returns the members of an operation that are the same in both models, and can go into a URL.

    Raises:
        NotCovered: The operation itself differs.
    """
    digest, *members = OPERATIONS.get(method, "unknown").split()
    if digest != shapes.operation_digest(model):
        raise NotCovered(f"{method} differs from the operation of this name that presigned knows")
    known = {name: own or MEMBERS[name] for name, _, own in (member.partition("=") for member in members)}
    return {
        name: shape
        for name, shape in model.input_shape.members.items()
        if shapes.goes_into_url(shape) and known.get(name) == shapes.member_digest(shape)
    }
