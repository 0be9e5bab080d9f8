"""Writes python/presigned/type_defs.py: the types of ``Params``, from botocore's S3 model, a TypedDict an operation.

Also writes python/presigned/_parameter_kinds.py, which tells the command line which parameters are not strings.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from botocore.handlers import BUILTIN_HANDLERS, sse_md5
from botocore.model import ListShape, MapShape, StringShape, StructureShape

import generator
from generator import PACKAGE, WIDTH, input_of, method_name, python_string

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from botocore.model import OperationModel, Shape

PRELUDE = generator.ROOT / "scripts" / "type_defs_prelude.py"
NOTICE = generator.notice("generate_type_defs.py")
SCALARS = {
    "string": "str",
    "integer": "int",
    "long": "int",
    "boolean": "bool",
    "blob": "Blob",
    "timestamp": "Timestamp",
}

# The overloads that editors show and type checkers try before all others.
FIRST = ("GetObject", "PutObject", "HeadObject", "DeleteObject", "UploadPart", "ListObjectsV2")


def files() -> dict[Path, str]:
    """Returns the text of each file."""
    operations = generator.operations()
    return {
        PACKAGE / "type_defs.py": type_defs(operations),
        PACKAGE / "_parameter_kinds.py": parameter_kinds(operations),
    }


# --- type_defs.py ----------------------------------------------------------------------------


def type_defs(operations: list[OperationModel]) -> str:
    """The module: choices, nested structures, then a TypedDict for each operation."""
    users: dict[str, list[str]] = {}
    nested: dict[str, StructureShape | StringShape] = {}
    for operation in operations:
        inside: dict[str, StructureShape | StringShape] = {}
        for member in input_of(operation).members.values():
            collect(member, inside)
        for name in inside:
            users.setdefault(name, []).append(method_name(operation.name))
        nested.update(inside)

    parts = [
        "# ruff: noqa: PYI030, PYI051 - stubtest wants a union; an open choice keeps its literals for the editor\n"
    ]
    parts += [client_methods(operations)]
    parts += [
        choice(type_name(shape), shape.enum) for _, shape in sorted(nested.items()) if isinstance(shape, StringShape)
    ]
    for name, shape in nested.items():
        if isinstance(shape, StructureShape):
            members = {member: annotation(inner) for member, inner in shape.members.items()}
            doc = f"Inside the Params of {listed(users[name])}."
            if shape.is_tagged_union:
                doc += " Holds exactly one of its members."
            parts += typed_dict(type_name(shape), f"_{name}Required", members, shape.required_members, doc)
    for operation in operations:
        members, required = params_members(operation), input_of(operation).required_members
        # Operations that require the same strings share a base.
        shared = all(members[name] == "str" for name in required)
        base = f"_{''.join(required)}" if shared else f"_{operation.name}Required"
        parts += typed_dict(f"{operation.name}Params", base, members, required, params_doc(operation))
    prelude = PRELUDE.read_text(encoding="utf-8").partition("\n")[2]
    return f'"""{NOTICE}\n{prelude}\n' + "\n".join(dict.fromkeys(parts))


def collect(shape: Shape, found: dict[str, StructureShape | StringShape]) -> None:
    """Adds the structures and choices inside `shape`, the inner ones first, so that a name comes before its use."""
    if isinstance(shape, StructureShape):
        for member in shape.members.values():
            collect(member, found)
        found.setdefault(shape.name, shape)
    elif isinstance(shape, ListShape):
        collect(shape.member, found)
    elif isinstance(shape, MapShape):
        collect(shape.value, found)
    elif isinstance(shape, StringShape) and shape.enum:
        found[shape.name] = shape


def client_methods(operations: list[OperationModel]) -> str:
    """``ClientMethod``: a union of the methods for objects and those for buckets, which stubtest requires."""
    on_objects = [one for one in operations if "Key" in input_of(one).members]
    groups = [on_objects, [one for one in operations if one not in on_objects]]
    literals = [literal([method_name(operation.name) for operation in group]) for group in groups]
    return f"ClientMethod: TypeAlias = (\n    {literals[0]}\n    | {literals[1]}\n)\n"


def choice(name: str, values: list[str]) -> str:
    """``Name: TypeAlias = Literal[...] | str``, with the line breaks of the formatter."""
    line = f"{name}: TypeAlias = Literal[{', '.join(quoted(values))}] | str\n"
    return line if len(line) <= WIDTH else f"{name}: TypeAlias = (\n    {literal(values)}\n    | str\n)\n"


def literal(values: list[str]) -> str:
    """``Literal[...]`` with one value per line, indented once."""
    return "Literal[\n" + "".join(f"        {value},\n" for value in quoted(values)) + "    ]"


def annotation(shape: Shape) -> str:
    """The type of the values that boto3 accepts for a shape."""
    if isinstance(shape, StructureShape) or (isinstance(shape, StringShape) and shape.enum):
        return type_name(shape)
    if isinstance(shape, ListShape):
        return f"ListOf[{annotation(shape.member)}]"
    if isinstance(shape, MapShape):
        return f"Mapping[{annotation(shape.key)}, {annotation(shape.value)}]"
    return SCALARS[shape.type_name]


def type_name(shape: StructureShape | StringShape) -> str:
    """The name of a structure or choice, as in mypy_boto3_s3: a member may not have the name of its type."""
    return f"{shape.name}TypeDef" if isinstance(shape, StructureShape) else f"{shape.name}Type"


def params_members(operation: OperationModel) -> dict[str, str]:
    """The members of ``Params``, with the types of the model and those that boto3's handlers also accept."""
    members = {name: annotation(shape) for name, shape in input_of(operation).members.items()}
    if "CopySource" in members:
        members["CopySource"] = "str | CopySourceTypeDef"
    encodes_keys = (f"before-parameter-build.s3.{operation.name}", sse_md5) in [entry[:2] for entry in BUILTIN_HANDLERS]
    for name in ("SSECustomerKey", "CopySourceSSECustomerKey"):
        if encodes_keys and name in members:
            members[name] = "str | bytes"
    return members


def typed_dict(name: str, base: str, members: dict[str, str], required: list[str], doc: str) -> list[str]:
    """The source of a TypedDict, after that of its base if it needs one.

    If it has required and optional members, the base has the required ones: ``typing.Required`` needs Python 3.11.
    """
    needed = {member: kind for member, kind in members.items() if member in required}
    optional = {member: kind for member, kind in members.items() if member not in required}
    if needed and optional:
        return [
            class_source(base, "TypedDict", "", needed),
            class_source(name, f"{base}, total=False", doc, optional),
        ]
    return [class_source(name, "TypedDict" if needed else "TypedDict, total=False", doc, members)]


def class_source(name: str, parents: str, doc: str, members: dict[str, str]) -> str:
    """The source of a class: docstring, then members."""
    head = f"class {name}({parents}):\n"
    if len(head) > WIDTH:
        head = f"class {name}(\n    {parents}\n):\n"
    body = "".join(f"    {member}: {kind}\n" for member, kind in members.items())
    gap = "\n" if doc and members else ""
    docstring = f'    """{doc}"""\n' if doc else ""
    return f"\n{head}{docstring}{gap}{body}"


def params_doc(operation: OperationModel) -> str:
    """The docstring of an operation: its request, and where each member goes."""
    places: dict[str, list[str]] = {}
    shape = input_of(operation)
    for name, member in shape.members.items():
        place = member.serialization.get("location", "body")
        wire = member.serialization.get("name", name)
        places.setdefault(place, []).append(name if wire == name or place in ("uri", "body") else f"{name} as {wire}")
    heads = {
        "uri": "In the path",
        "querystring": "In the query",
        "header": "In headers, which the sender must send",
        "headers": "In headers with their own names",
        "body": "In the body, which the URL does not contain",
    }
    lines = [f"``{method_name(operation.name)}``: {operation.http['method']} ``{operation.http['requestUri']}``."]
    if operation.deprecated:
        lines[0] += " Deprecated by S3."
    lines.append("")
    if shape.required_members:
        lines += wrapped(f"Required: {', '.join(shape.required_members)}.")
    for place, head in heads.items():
        if place in places:
            lines += wrapped(f"{head}: {', '.join(places[place])}.")
    return "\n    ".join([*lines, ""]).replace("    \n", "\n")


def wrapped(text: str) -> list[str]:
    """The lines of a paragraph inside a class docstring, without breaks in wire names."""
    return textwrap.wrap(text, WIDTH - 4, break_on_hyphens=False, break_long_words=False, subsequent_indent="    ")


def listed(methods: list[str]) -> str:
    """The first of these methods, and the number of the others."""
    others = {1: "", 2: " and 1 other"}.get(len(methods), f" and {len(methods) - 1} others")
    return f"``{methods[0]}``{others}"


# --- _parameter_kinds.py ---------------------------------------------------------------------


def parameter_kinds(operations: list[OperationModel]) -> str:
    """The module that tells the command line which parameters are not strings."""
    kinds: dict[str, set[str]] = {}
    for operation in operations:
        for name, shape in input_of(operation).members.items():
            kinds.setdefault(shape.type_name, set()).add(name)
    tables = {
        "INTEGERS": kinds["integer"] | kinds["long"],
        "BOOLEANS": kinds["boolean"],
        "LISTS": kinds["list"],
        "MAPS": kinds["map"],
        "STRUCTURES": kinds["structure"],
    }
    lines = [f'"""{NOTICE}\n\nThe members of ``Params`` that are not strings, in any operation.\n"""\n']
    for name, members in tables.items():
        values = "".join(f'        "{member}",\n' for member in sorted(members))
        one_line = f"{name} = frozenset({{{', '.join(quoted(sorted(members)))}}})\n"
        lines.append(one_line if len(one_line) <= WIDTH else f"{name} = frozenset(\n    {{\n{values}    }}\n)\n")
    return "\n".join(lines[:1]) + "\n" + "".join(lines[1:])


def quoted(values: Iterable[str]) -> list[str]:
    """Strings as Python source."""
    return [python_string(value) for value in values]


if __name__ == "__main__":
    generator.main(files, __doc__)
