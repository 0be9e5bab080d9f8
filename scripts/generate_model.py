"""Writes src/model/generated: the operations of S3, from botocore's service model, as Rust tables.

The script asserts everything that the Rust side takes for granted. So a new botocore that breaks it fails here, and
not in a URL.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore import xform_name

import generator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FOLDER = generator.ROOT / "src" / "model" / "generated"
HEADER = f"// {generator.notice('generate_model.py')}\n"

BUCKET = "/{Bucket}"
PATH = re.compile(r"|/|/\{Key\+\}|/[A-Za-z]+")
QUERY = re.compile(r"|[A-Za-z0-9-]+(=[A-Za-z0-9-]+)?(&[A-Za-z0-9-]+(=[A-Za-z0-9-]+)?)*")
LABEL = re.compile(r"\{([A-Za-z]+)\+?\}")
HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")
QUERY_NAME = re.compile(r"[A-Za-z0-9.~_-]+")
PLACES = {"uri": "Path", "querystring": "Query", "header": "Header", "headers": "HeaderMap", None: "Body"}
# The look-up of an operation compares this many bytes at the end of the name first.
COMPARED_FIRST = 8
# The types that may stand in each place. Rust has no code to write any other there.
ALLOWED = {
    "uri": {"string"},
    "querystring": {"string", "integer", "boolean", "timestamp"},
    "header": {"string", "integer", "long", "boolean", "timestamp", "list"},
    "headers": {"map"},
    None: {"string", "integer", "long", "boolean", "timestamp", "blob", "list", "structure"},
}
# The traits that are written into the tables, and `max`, `enum` and `pattern`, which boto3 does not check either.
TRAITS = {"required", "min", "max", "enum", "pattern", "sensitive", "contextParam", "idempotencyToken", "union"}
STATIC_CONTEXT = {
    "UseS3ExpressControlEndpoint": "use_s3_express_control_endpoint",
    "DisableS3ExpressSessionAuth": "disable_s3_express_session_auth",
    "DisableAccessPoints": "disable_access_points",
    "UseObjectLambdaEndpoint": "use_object_lambda_endpoint",
}


def expect(fact: object, *about: object) -> None:
    """Stop, and print what was found, if something that the Rust side takes for granted is not true."""
    if not fact:
        raise SystemExit("src/model cannot represent this change of the model: " + " ".join(map(str, about)))


def screaming(name: str) -> str:
    """Turn VersionId into VERSION_ID, by botocore's rule for method names."""
    return str(xform_name(name)).upper()


def quoted(string: str | None) -> str:
    """Write a Rust string literal, or `None` for no string."""
    return "None" if string is None else '"' + string + '"'


def some(value: object | None) -> str:
    """Write a Rust option."""
    return "None" if value is None else f"Some({value})"


class Shapes:
    """The distinct shapes and their Rust names; shapes with the same Rust code are one."""

    def __init__(self) -> None:
        self.code: dict[str, str] = {}

    def name(self, shape: Any, location: str | None = None) -> str:
        """Name the static of a shape; its first use adds it."""
        name, code = self._described(shape, location)
        if code in self.code.values():
            name = next(known for known, same in self.code.items() if same == code)
        expect(self.code.setdefault(name, code) == code, "two shapes named", name)
        return name

    def _described(self, shape: Any, location: str | None) -> tuple[str, str]:
        kind, traits = shape.type_name, shape.metadata
        expect(traits.keys() <= TRAITS, shape.name, sorted(traits))
        expect("min" not in traits or kind in {"string", "integer", "long", "list"}, shape.name, "min")
        # A string that becomes part of the host may not be empty: botocore's validator says so, not the model.
        least = 1 if shape.serialization.get("hostLabel") and "min" not in traits else traits.get("min")
        expect(isinstance(least, int | None), shape.name, least)
        suffix = "" if least is None else f"_MIN_{least}"
        match kind:
            case "string":
                described = f"STRING{suffix}", f"Shape::String {{ min: {some(least)} }}"
            case "integer" | "long":
                described = f"INTEGER{suffix}", f"Shape::Integer {{ min: {some(least)} }}"
            case "boolean" | "blob":
                described = kind.upper(), f"Shape::{kind.capitalize()}"
            case "timestamp":
                form = shape.serialization.get("timestampFormat", "rfc822" if location == "header" else "iso8601")
                expect(form in {"rfc822", "iso8601"}, shape.name, form)
                # boto3 writes the microseconds of an ISO timestamp in a query. Rust has whole seconds only.
                expect(location != "querystring" or form == "rfc822", shape.name, form)
                described = f"TIMESTAMP_{form.upper()}", f"Shape::Timestamp(TimestampFormat::{form.capitalize()})"
            case "list":
                item = self.name(shape.member)
                expect(location is None or item == "STRING", shape.name, "a list of", item)
                described = f"LIST_OF_{item}{suffix}", f"Shape::List {{ item: &{item}, min: {some(least)} }}"
            case "map":
                key, value = self.name(shape.key), self.name(shape.value)
                expect(key == value == "STRING", shape.name, "a map of", value, "by", key)
                described = "MAP_OF_STRINGS", "Shape::Map { key: &STRING, value: &STRING }"
            case "structure":
                expect(not (shape.is_document_type or shape.serialization.get("eventstream")), shape.name)
                described = screaming(shape.name), self._structure(shape)
            case _:
                raise SystemExit(f"src/model has no shape for {shape.name}, which is of type {kind}")
        return described

    def _structure(self, shape: Any) -> str:
        members = "".join(f'("{name}", &{self.name(member)}),' for name, member in shape.members.items())
        required = shape.metadata.get("required", [])
        expect(set(required) <= set(shape.members), shape.name, "requires", required)
        return (
            f"Shape::Structure(&Structure {{ members: &[{members}], required: &[{', '.join(map(quoted, required))}],"
            f" is_union: {str(shape.is_tagged_union).lower()} }})"
        )


@dataclass(frozen=True)
class Member:
    """One distinct member of an operation's input."""

    name: str
    wire_name: str
    place: str
    shape: str
    is_host_label: bool
    is_idempotency_token: bool

    @classmethod
    def of(cls, name: str, shape: Any, shapes: Shapes) -> Member:
        """Read a member of the model."""
        traits, location = shape.serialization, shape.serialization.get("location")
        known = {"location", "locationName", "name", "timestampFormat", "hostLabel", "xmlNamespace", "streaming"}
        expect(traits.keys() <= known, name, dict(traits))
        expect(shape.type_name in ALLOWED[location], name, "is a", shape.type_name, "in", location)
        wire_name = traits.get("name", name)
        expect(location != "querystring" or QUERY_NAME.fullmatch(wire_name), name, wire_name)
        expect(not (location or "").startswith("header") or HEADER_NAME.fullmatch(wire_name), name, wire_name)
        expect(location != "uri" or wire_name == name, name, wire_name)
        is_label, is_token = bool(traits.get("hostLabel")), bool(shape.metadata.get("idempotencyToken"))
        return cls(name, wire_name, PLACES[location], shapes.name(shape, location), is_label, is_token)

    def rust(self) -> str:
        """Write the member as a Rust value."""
        return (
            f'Member {{ name: "{self.name}", wire_name: "{self.wire_name}", place: Place::{self.place},'
            f" shape: &shapes::{self.shape}, is_host_label: {str(self.is_host_label).lower()} }}"
        )


def named(uses: Counter[Member]) -> dict[Member, str]:
    """Name each distinct member: the most frequent one as it is called, the others by how they differ."""
    names: dict[Member, str] = {}
    for member in sorted(uses, key=lambda member: (member.name, -uses[member], member.wire_name, member.shape)):
        plain = screaming(member.name)
        wire = re.sub("[^A-Za-z0-9]", "_", member.wire_name).upper()
        # The whole wire name of these would make lines that rustfmt leaves as they are, however long.
        wire = "FORWARDED" if member.wire_name.startswith("x-amz-fwd-header-") else wire
        choices = (plain, f"{plain}_AS_{wire}", f"{plain}_AS_{wire}_{member.shape}", f"{plain}_IN_{member.place}")
        names[member] = next(choice for choice in choices if choice not in names.values())
    return names


class Operation:
    """One operation of the model, checked."""

    def __init__(self, model: Any, shapes: Shapes) -> None:
        self.name: str = model.name
        self.method: str = model.http["method"]
        self.template: str = model.http["requestUri"]
        self.model, self.shape = model, model.input_shape
        expect(self.shape is not None and not self.shape.is_tagged_union, self.name, "has no plain input")
        expect(model.http.keys() <= {"method", "requestUri", "responseCode"}, self.name, dict(model.http))
        self.has_bucket = self.template.startswith(BUCKET)
        self.path, _, self.query = self.template.removeprefix(BUCKET).partition("?")
        expect(PATH.fullmatch(self.path) and QUERY.fullmatch(self.query), self.name, self.template)
        self.members = [Member.of(name, shape, shapes) for name, shape in self.shape.members.items()]
        self.required: list[str] = self.shape.metadata.get("required", [])
        self.payload: str | None = self.shape.serialization.get("payload")
        self.host_prefix: str | None = (model.endpoint or {}).get("hostPrefix")
        self._check()

    def _check(self) -> None:
        by_name = {member.name: member for member in self.members}
        labels = set(LABEL.findall(self.template))
        expect(set(self.required) <= by_name.keys(), self.name, "requires", self.required)
        expect(labels == {member.name for member in self.members if member.place == "Path"}, self.name, labels)
        expect(labels <= set(self.required), self.name, "has an optional label")
        expect(self.payload is None or by_name[self.payload].place == "Body", self.name, self.payload)
        expect(self.host_prefix in {None, "{RequestRoute}."}, self.name, self.host_prefix)
        hosts = [member.name for member in self.members if member.is_host_label]
        expect(hosts == LABEL.findall(self.host_prefix or ""), self.name, hosts)
        expect(set(hosts) <= set(self.required), self.name, "has an optional host label")
        # Two members with one wire name would overwrite each other.
        wires = [(member.place, member.wire_name.lower()) for member in self.members]
        wires += [("Query", pair.partition("=")[0].lower()) for pair in self.query.split("&") if pair]
        expect(len(wires) == len(set(wires)), self.name, "uses a wire name twice")
        context = {parameter.name for parameter in self.model.context_parameters}
        expect(("Bucket" in context) == self.has_bucket, self.name, "and the endpoint rules' bucket")
        expect(not self.model.operation_context_parameters, self.name, "computes endpoint parameters")

    def rust(self, names: dict[Member, str]) -> str:
        """Write the operation as a documented Rust static."""
        static = self.model.static_context_parameters
        expect(all(parameter.value is True for parameter in static), self.name, static)
        flags = "".join(f"{STATIC_CONTEXT[parameter.name]}: true, " for parameter in static)
        rest = "..NO_CONTEXT" if len(static) < len(STATIC_CONTEXT) else ""
        members = ", ".join(f"&members::{names[member]}" for member in self.members)
        tokens = [f"&members::{names[member]}" for member in self.members if member.is_idempotency_token]
        expect(len(tokens) <= 1, self.name, "has several idempotency tokens")
        token = tokens[0] if tokens else None
        return (
            f"/// `{self.method} {self.template}`.\npub static {screaming(self.name)}: Operation = Operation {{"
            f'name: "{self.name}", method_name: "{xform_name(self.name)}", http_method: "{self.method}",'
            f' has_bucket: {str(self.has_bucket).lower()}, path: "{self.path}", query: "{self.query}",'
            f"members: &[{members}], required: &[{', '.join(map(quoted, self.required))}],"
            f"payload: {some(self.payload and quoted(self.payload))}, idempotency_token: {some(token)},"
            f"host_prefix: {some(self.host_prefix and quoted(self.host_prefix))},"
            f"endpoint: {f'EndpointContext {{ {flags}{rest} }}' if static else 'NO_CONTEXT'} }};\n"
        )


def by_length(operations: list[Operation]) -> Iterator[str]:
    """Sort the operations for the look-up: first by the length of the method's name, then by the name."""
    names = sorted(str(xform_name(operation.name)) for operation in operations)
    expect(all(len(name) >= COMPARED_FIRST for name in names), "a method's name is too short for the look-up")
    for length in range(max(map(len, names)) + 1):
        yield f"&[{', '.join(f'&{name.upper()}' for name in names if len(name) == length)}]"


def formatted(parts: Iterable[str]) -> str:
    """Lay Rust out as `cargo fmt` does."""
    command = ["rustfmt", "--edition", "2024", "--emit", "stdout"]
    return subprocess.run(command, input=HEADER + "".join(parts), capture_output=True, text=True, check=True).stdout


def files() -> dict[Path, str]:
    """Return the text of each file."""
    service = generator.service_model()
    expect(service.metadata["protocol"] == "rest-xml", service.metadata)
    shapes = Shapes()
    operations = [Operation(service.operation_model(name), shapes) for name in service.operation_names]
    names = named(Counter(member for operation in operations for member in operation.members))
    every = ", ".join(f"&{screaming(operation.name)}" for operation in operations)
    index = list(by_length(operations))
    return {
        FOLDER / "mod.rs": formatted(["//! The S3 operations.\n\nmod members;\npub mod operations;\nmod shapes;\n"]),
        FOLDER / "shapes.rs": formatted(
            [
                "//! The distinct shapes that members have.\n\n",
                "use crate::model::operation::{Shape, Structure, TimestampFormat};\n\n",
                *(f"pub(super) static {name}: Shape = {code};\n" for name, code in sorted(shapes.code.items())),
            ]
        ),
        FOLDER / "members.rs": formatted(
            [
                "//! The distinct members that operations have.\n\nuse super::shapes;\n",
                "use crate::model::operation::{Member, Place};\n\n",
                *(f"pub(super) static {name}: Member = {member.rust()};\n" for member, name in names.items()),
            ]
        ),
        FOLDER / "operations.rs": formatted(
            [
                f"//! The {len(operations)} operations of S3, each with its members in the model's order.\n\n",
                "use super::members;\nuse crate::model::operation::{EndpointContext, Operation};\n\n",
                "const NO_CONTEXT: EndpointContext = EndpointContext {",
                "".join(f"{field}: false, " for field in STATIC_CONTEXT.values()),
                "};\n\n/// Every operation, in the model's order.\n",
                f"pub static OPERATIONS: [&Operation; {len(operations)}] = [{every}];\n\n",
                "/// The operations by the length of their method's name, sorted by that name.\n",
                f"pub(in crate::model) static BY_LENGTH: [&[&Operation]; {len(index)}] = [{', '.join(index)}];\n\n",
                *(operation.rust(names) + "\n" for operation in operations),
            ]
        ),
    }


if __name__ == "__main__":
    generator.main(files, __doc__)
