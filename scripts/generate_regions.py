"""Writes src/rules/regions.rs from botocore's endpoints.json: the S3 hosts of every partition."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import generator
from generate_rules import quoted, region_prefixes, wrapped

if TYPE_CHECKING:
    from pathlib import Path

TARGET = generator.ROOT / "src" / "rules" / "regions.rs"

#: A JSON object of the data.
Table = dict[str, Any]

#: The four kinds of host, with the tags that the data has for each.
VARIANTS: dict[str, set[str]] = {
    "plain": set(),
    "dual_stack": {"dualstack"},
    "fips": {"fips"},
    "dual_stack_fips": {"dualstack", "fips"},
}

#: Partitions in which botocore refuses dual stack before it reads the data.
NO_DUALSTACK = ("aws-iso", "aws-iso-b")

HEAD = f"""\
// {generator.notice("generate_regions.py")}
//! The partitions in botocore's order, each with the regions and the host names that S3 has there.

use super::partition::RegionPattern;
use super::region_partition::RegionPartition;

"""


def variant(source: Table, tags: set[str]) -> Table:
    """Finds the part of `source` for the hosts with exactly these tags."""
    if not tags:
        return source
    found = [entry for entry in source.get("variants", []) if set(entry["tags"]) == tags]
    return dict(found[0]) if found else {}


def host(partition: Table, name: str, tags: set[str]) -> str | None:
    """Merges endpoint, service and partition as botocore does: the first that has a value for a key wins."""
    service = partition["services"]["s3"]
    merged: Table = {}
    for source in (service["endpoints"].get(name, {}), service.get("defaults", {}), partition["defaults"]):
        merged = {**variant(source, tags), **merged}
    if "hostname" not in merged:
        return None
    suffix = merged.get("dnsSuffix", partition["dnsSuffix"])
    return str(merged["hostname"]).replace("{service}", "s3").replace("{dnsSuffix}", str(suffix))


def describe(partition: Table) -> list[str]:
    """Writes one partition as the lines of a `RegionPartition`."""
    service = partition["services"]["s3"]
    endpoints = service["endpoints"]
    regions = list(partition["regions"])
    special = [name for name in endpoints if name not in regions]
    templates = {kind: host(partition, "", tags) for kind, tags in VARIANTS.items()}

    # The output is short because the data is regular. Stop if it no longer is.
    if [*endpoints] != sorted(regions + special):
        sys.exit(f"{partition['partition']}: the S3 endpoints are not its regions and the special ones, in order")
    for name in regions:
        for kind, tags in VARIANTS.items():
            hosts = {text and text.replace("{region}", name) for text in (templates[kind], host(partition, name, tags))}
            if len(hosts) > 1 and not ("dualstack" in tags and partition["partition"] in NO_DUALSTACK):
                sys.exit(f"{name}: the {kind} host differs from its template: {hosts}")

    pattern = partition["regionRegex"]
    lines = [
        "    RegionPartition {",
        f"        name: {quoted(partition['partition'])},",
        f"        pattern: RegionPattern {{ prefixes: &[{', '.join(map(quoted, region_prefixes(pattern)))}] }},",
        f"        regions: {wrapped(list(map(quoted, regions)), 8)},",
        f"        plain: {quoted(str(templates.pop('plain')))},",
        *(f"        {kind}: {maybe(template)}," for kind, template in templates.items()),
        f"        global_name: {maybe(service.get('partitionEndpoint'))},",
    ]
    if not special:
        return [*lines, "        special: &[],", "    },"]
    lines.append("        special: &[")
    for name in special:
        own, scope = host(partition, name, set()), endpoints[name]["credentialScope"]["region"]
        lines.append(f"            ({quoted(name)}, {quoted(str(own))}, {quoted(scope)}),")
    return [*lines, "        ],", "    },"]


def maybe(string: str | None) -> str:
    """Writes an `Option`."""
    return "None" if string is None else f"Some({quoted(string)})"


def files() -> dict[Path, str]:
    """Returns the text of `regions.rs`."""
    partitions = generator.data("endpoints")["partitions"]
    for partition in partitions:
        # Rust looks for a region in all lists before it tries the patterns.
        foreign = [name for other in partitions if other != partition for name in other["regions"]]
        if any(re.match(partition["regionRegex"], name) for name in foreign):
            sys.exit(f"{partition['partition']}: its pattern also matches a region of another partition")
    lines = [line for partition in partitions for line in describe(partition)]
    head = f"/// Every partition.\npub static PARTITIONS: [RegionPartition; {len(partitions)}] = [\n"
    return {TARGET: HEAD + head + "\n".join(lines) + "\n];\n"}


if __name__ == "__main__":
    generator.main(files, __doc__)
