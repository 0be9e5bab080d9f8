"""Writes _digests.py of the clients in place: digests of the botocore that the core's tables were made from.

A client of boto3 uses the core in place only for operations and members with the same digests.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import generator
from generator import method_name, python_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TARGET = generator.IN_PLACE / "_digests.py"
shapes = generator.module(generator.IN_PLACE / "shapes.py")

#: Method of a client -> digest of the operation, and the digests of those members that can go into a URL.
Digests = dict[str, tuple[str, dict[str, str]]]


def digests() -> Digests:
    """The digests of all operations, in the order of their names."""
    found: Digests = {}
    for operation in sorted(generator.operations(), key=lambda one: one.name):
        members = operation.input_shape.members if operation.input_shape else {}
        in_url = {name: shape for name, shape in members.items() if shapes.goes_into_url(shape)}
        of_members = {name: shapes.member_digest(shape) for name, shape in in_url.items()}
        found[method_name(operation.name)] = shapes.operation_digest(operation), of_members
    return found


def most_frequent(found: Digests) -> dict[str, str]:
    """The digest that a member has in most operations."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for _, members in found.values():
        for name, digest in members.items():
            uses[name][digest] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in sorted(uses.items())}


def lines() -> Iterator[str]:
    """The lines of the module."""
    found = digests()
    shared = most_frequent(found)
    yield f"# {generator.notice('generate_digests.py')}"
    yield '"""Digests of the operations, the endpoint rules and the partitions that the core knows."""'
    yield from ("", "from __future__ import annotations", "", "# fmt: off", "")
    yield f'RULES = "{shapes.rules_digest(generator.endpoint_rules())}"'
    yield f'PARTITIONS = "{shapes.partitions_digest(generator.data("partitions"))}"'
    yield ""
    yield "#: Member that can go into a URL -> its digest in most operations."
    yield "MEMBERS = {"
    for name, digest in shared.items():
        yield f'    "{name}": "{digest}",'
    yield from ("}", "")
    yield "#: Method of a client -> digest of the operation, then the members that can go into a URL."
    yield "#: `Name=digest` is a member whose digest is not that of `MEMBERS`."
    yield "OPERATIONS = {"
    for method, (digest, members) in found.items():
        own = [name if shared[name] == one else f"{name}={one}" for name, one in members.items()]
        yield from python_entry(4, f'"{method}": ', " ".join([digest, *own]))
    yield "}"


def files() -> dict[Path, str]:
    """Returns the text of `_digests.py`."""
    return {TARGET: "\n".join([*lines(), ""])}


if __name__ == "__main__":
    generator.main(files, __doc__)
