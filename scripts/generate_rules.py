"""Writes src/rules/s3.rs and src/rules/partitions.rs: botocore's endpoint rules and partitions as Rust tables.

Equal conditions, endpoint properties and subtrees are written once, and shared by name.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

import botocore

import generator

Json = Mapping[str, Any]

RULES = generator.ROOT / "src" / "rules"
WIDTH = 120
TEMPLATE = re.compile(r"\{[a-zA-Z#]+\}")
REFERENCE = re.compile(r"\w+(#\w+)*")
REGION_PATTERN = re.compile(r"\^(?P<prefix>[a-z]*(?:\\-)?)(?P<choice>\([a-z|]+\)|[a-z]+)\\-\\w\+\\-\\d\+\$")
# Parameters that no rule reads. botocore leaves them out too.
UNREAD = {"s3": {"Key", "Prefix", "CopySource"}}
KINDS = {"boolean": "Boolean", "string": "String"}


def words(string: str) -> str:
    """`bucketArn` as BUCKET_ARN, `us-east-1` as US_EAST_1."""
    string = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])", "_", string)
    return re.sub(r"[^A-Za-z0-9]+", "_", string).strip("_").upper()


def quoted(string: str) -> str:
    """A Rust string literal."""
    return '"' + string.replace("\\", "\\\\").replace('"', '\\"') + '"'


def checked(string: str) -> str:
    """A string literal whose braces are references only, as the evaluator expects."""
    if not TEMPLATE.search(string) and "{" in string:
        raise ValueError(f"a string with braces that botocore does not take for a template: {string}")
    for literal, reference, spec, conversion in Formatter().parse(string):
        if "{" in literal or "}" in literal or spec or conversion or not REFERENCE.fullmatch(reference or "none"):
            raise ValueError(f"a template with more in its braces than a reference: {string}")
    return quoted(string)


def wrapped(items: Sequence[str], indent: int) -> str:
    """`&[a, b]`, on one line where it fits, else with several items a line."""
    line = f"&[{', '.join(items)}]"
    if len(line) + indent <= WIDTH - 20:
        return line
    pad = " " * (indent + 4)
    rows, row = [], ""
    for item in items:
        if row and len(pad) + len(row) + len(item) + 2 > WIDTH:
            rows.append(row.rstrip())
            row = ""
        row += f"{item}, "
    rows.append(row.rstrip())
    body = "".join(f"{pad}{row}\n" for row in rows)
    return f"&[\n{body}{' ' * indent}]"


class Table:
    """The static items of one rule set, each before the items that use it."""

    def __init__(self, rule_set: Json) -> None:
        """Take a rule set as botocore loads it."""
        self.rule_set = rule_set
        self.names: dict[str, str] = {}
        self.taken: Counter[str] = Counter()
        self.conditions: list[str] = []
        self.properties: list[str] = []
        self.trees: list[str] = []

    def named(self, key: str, name: str) -> tuple[str, bool]:
        """The name of an item, and whether it is new."""
        if key in self.names:
            return self.names[key], False
        self.taken[name] += 1
        count = self.taken[name]
        self.names[key] = name if count == 1 else f"{name}_{count}"
        return self.names[key], True

    def call(self, call: Json) -> str:
        """A call as a Rust expression."""
        function = re.sub(r"(?:^|\.)(\w)", lambda found: found[1].upper(), call["fn"]).replace("URL", "Url")
        arguments = f"{function}, &[{', '.join(map(self.argument, call['argv']))}]"
        if "assign" in call:
            return f"FunctionCall::assign({quoted(call['assign'])}, {arguments})"
        return f"FunctionCall::new({arguments})"

    def argument(self, argument: Any) -> str:
        """An argument of a call."""
        match argument:
            case bool():
                return f"Bool({str(argument).lower()})"
            case int():
                return f"Number({argument})"
            case str():
                return f"Template({checked(argument)})" if TEMPLATE.search(argument) else f"String({quoted(argument)})"
            case {"ref": name}:
                return f"Ref({quoted(name)})"
            case {"fn": _} if "assign" not in argument:
                return f"Nested(&{self.condition(argument)})"
        raise ValueError(f"an argument of an unknown kind: {argument}")

    def condition(self, condition: Json) -> str:
        """The name of a condition; a new one is added to the table."""
        key = json.dumps(condition)
        name, new = self.named(key, condition_name(condition))
        if new:
            call = self.call(condition)
            self.conditions.append(f"static {name}: FunctionCall = {call};")
        return name

    def property(self, value: Any) -> str:
        """A property of an endpoint as a Rust expression."""
        match value:
            case bool():
                return f"Property::Bool({str(value).lower()})"
            case str():
                return f"Property::String({checked(value)})"
            case list():
                items = [self.property(item) for item in value]
                if any(isinstance(item, dict) for item in value):
                    return "Property::List(&[\n" + "".join(f"    {item},\n" for item in items) + "])"
                return f"Property::List(&[{', '.join(items)}])"
            case dict():
                return f"Property::Record(&[{self.members(value)}])"
        raise ValueError(f"a property of an unknown kind: {value}")

    def members(self, properties: Json) -> str:
        """Names and values of an object."""
        return ", ".join(f"({quoted(name)}, {self.property(value)})" for name, value in properties.items())

    def endpoint(self, endpoint: Json) -> str:
        """The URL and the properties of an endpoint."""
        if endpoint.get("headers"):
            raise ValueError(f"an endpoint with headers: {endpoint}")
        properties = endpoint.get("properties", {})
        name, new = self.named(json.dumps(["properties", properties]), properties_name(properties))
        if new:
            self.properties.append(
                f"static {name}: [(&str, Property); {len(properties)}] = [{self.members(properties)}];"
            )
        return f"{checked(endpoint['url'])}, &{name}"

    def rule(self, rule: Json) -> str:
        """A rule as a Rust expression; a tree becomes an item with a name."""
        conditions = [f"&{self.condition(condition)}" for condition in rule["conditions"]]
        if rule["type"] == "tree":
            key = json.dumps(rule)
            if key not in self.names:
                rules = [self.rule(child) for child in rule["rules"]]
                name, _ = self.named(key, f"TREE_{len(self.trees) + 1}")
                body = "".join(f"    &{child},\n" for child in rules)
                self.trees.append(f"static {name}: Rule = Tree({wrapped(conditions, 0)}, &[\n{body}]);")
            return self.names[key]
        if rule["type"] == "endpoint":
            return f"Serve({wrapped(conditions, 4)}, {self.endpoint(rule['endpoint'])})"
        return f"Refuse({wrapped(conditions, 4)}, {checked(rule['error'])})"


def condition_name(condition: Json) -> str:
    """The name of a Rust static for a condition, such as USE_FIPS_IS_TRUE."""
    if "assign" in condition:
        positions = [argument for argument in condition["argv"] if type(argument) is int]
        return words("_".join([condition["assign"], *map(str, positions)]) + "_is_set")
    subjects = [subject_name(argument) for argument in condition["argv"]]
    subject, rest = subjects[0], subjects[1:]
    match condition["fn"]:
        case "not":
            name = f"not_{subject}"
        case "getAttr":
            name = f"{subject}_{rest[0]}"
        case "booleanEquals" | "stringEquals":
            name = f"{subject}_is_{rest[0]}"
        case "isSet":
            name = f"{subject}_is_set"
        case "isValidHostLabel":
            name = f"{subject}_is_{'labels' if condition['argv'][1] else 'label'}"
        case "aws.isVirtualHostableS3Bucket":
            name = f"{subject}_is_{'dotted_' if condition['argv'][1] else ''}hostable"
        case function:
            name = "_".join([function, *subjects])
    return words(name)


def subject_name(argument: Any) -> str:
    """An argument as a part of a name."""
    match argument:
        case {"ref": name}:
            return words(name)
        case {"fn": _}:
            return condition_name(argument)
    return words(str(argument)) or ("EMPTY" if argument == "" else "HYPHENS")


def properties_name(properties: Json) -> str:
    """The name of a Rust static for an endpoint's properties: scheme, service and region of its signature."""
    parts = []
    for scheme in properties.get("authSchemes", []):
        region = scheme.get("signingRegion") or "any"
        parts += [scheme["name"], scheme["signingName"], region]
    return words("_".join(parts) or "no_signature")


def head(what: str) -> str:
    """The first lines of a generated file."""
    return f"// {generator.notice('generate_rules.py')}\n//! {what}\n\n"


def rule_set_file(service: str, rule_set: Json) -> str:
    """The Rust text of one service's rules."""
    if rule_set["version"] not in {"1.0", "1.1"}:
        raise ValueError(f"rules of version {rule_set['version']}")
    table = Table(rule_set)
    rules = [f"&{table.rule(rule)}" for rule in rule_set["rules"]]
    parameters = [
        f"    {parameter(name, spec)},\n"
        for name, spec in rule_set["parameters"].items()
        if name not in UNREAD.get(service, ())
    ]
    functions = sorted(set(re.findall(r"(?:new\(|assign\(\"\w+\", )(\w+)", "\n".join(table.conditions))))
    arguments = sorted(set(re.findall(r"\b(Bool|Nested|Number|Ref|String|Template)\(", "\n".join(table.conditions))))
    return "".join(
        [
            head(f"The endpoint rules of {service}: what decides the host, the path and the signature."),
            "use super::ruleset::Argument::{" + ", ".join(arguments) + "};\n",
            "use super::ruleset::RuleFunction::" + wrapped(functions, 0).replace("&[", "{").replace("]", "}") + ";\n",
            "use super::ruleset::Rule::{Refuse, Serve, Tree};\n",
            "use super::ruleset::{FunctionCall, Parameter, ParameterKind, Property, Rule, RuleSet};\n",
            "use super::value::Value;\n\n",
            "/// The version of botocore that has these rules.\n",
            f"pub const BOTOCORE_VERSION: &str = {quoted(botocore.__version__)};\n\n",
            "/// The rules, from their root.\n",
            "pub static RULES: RuleSet = RuleSet { parameters: &PARAMETERS, rules: " + wrapped(rules, 0) + " };\n\n",
            f"static PARAMETERS: [Parameter; {len(parameters)}] = [\n{''.join(parameters)}];\n\n",
            "// Conditions.\n",
            "\n".join(table.conditions),
            "\n\n// How endpoints are signed for.\n",
            "\n".join(table.properties),
            "\n\n// Trees, each after those it holds.\n",
            "\n".join(table.trees),
            "\n",
        ]
    )


def parameter(name: str, spec: Json) -> str:
    """A parameter of a rule set."""
    default = spec.get("default")
    if not isinstance(default, bool | None):
        raise TypeError(f"a default that is not a boolean: {name}")
    shown = "None" if default is None else f"Some(Value::Bool({str(default).lower()}))"
    required = str(spec.get("required", False)).lower()
    kind = KINDS[spec["type"].lower()]
    return f"Parameter {{ name: {quoted(name)}, kind: ParameterKind::{kind}, default: {shown}, required: {required} }}"


def region_prefixes(pattern: str) -> list[str]:
    """The prefixes of a partition's regions, from its regular expression."""
    found = REGION_PATTERN.fullmatch(pattern)
    if found is None:
        raise ValueError(f"a region pattern of another form: {pattern}")
    prefix = found["prefix"].replace("\\-", "-")
    return [prefix + choice for choice in found["choice"].strip("()").split("|")]


def partitions_file(partitions: Sequence[Json]) -> str:
    """The Rust text of the partitions."""
    rows = []
    for partition in partitions:
        outputs = partition["outputs"]
        rows.append(
            "    Partition {\n"
            f"        name: {quoted(partition['id'])},\n"
            f"        regions: {wrapped([quoted(region) for region in partition['regions']], 8)},\n"
            "        pattern: RegionPattern { prefixes: &["
            + ", ".join(map(quoted, region_prefixes(partition["regionRegex"])))
            + "] },\n"
            f"        dns_suffix: {quoted(outputs['dnsSuffix'])},\n"
            f"        dual_stack_dns_suffix: {quoted(outputs['dualStackDnsSuffix'])},\n"
            f"        implicit_global_region: {quoted(outputs['implicitGlobalRegion'])},\n"
            f"        supports_dual_stack: {str(outputs['supportsDualStack']).lower()},\n"
            f"        supports_fips: {str(outputs['supportsFIPS']).lower()},\n"
            "    },\n"
        )
    return (
        head("The partitions of AWS and their regions; the first is the default.")
        + "use super::partition::{Partition, RegionPattern};\n\n"
        + "/// Every partition, in the order in which a region is looked for.\n"
        + f"pub static PARTITIONS: [Partition; {len(rows)}] = [\n{''.join(rows)}];\n"
    )


def files() -> dict[Path, str]:
    """The path and the text of every generated file."""
    return {
        RULES / "s3.rs": rule_set_file("s3", generator.endpoint_rules()),
        RULES / "partitions.rs": partitions_file(generator.data("partitions")["partitions"]),
    }


if __name__ == "__main__":
    generator.main(files, __doc__)
