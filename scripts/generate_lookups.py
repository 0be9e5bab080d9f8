#!/usr/bin/env python3
"""Writes python/presigned/_boto3/inplace/_lookups.py: the names that botocore looks up when it presigns.

Presigned URLs and forms are made step by step, and each name of a module, each method and each constant of a class that
a step looks up is written down. Whoever replaces one of them has boto3 presign from then on. Needs Python 3.11.
"""

import importlib.util
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import botocore

from traced_presigning import SIGNATURES, Places, resolved, watched

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "python/presigned/_boto3/inplace"
TARGET = FOLDER / "_lookups.py"
#: The longest line of the file.
WIDTH = 120

#: What decides nothing: what is logged, what botocore says of itself in requests that are sent, how the platform is
#: called, and keys, for which the client's own credentials are asked here too.
SILENT_NAMES = ("LOG", "_PY_TO_OP_NAME", "_register_endpoint_feature_ids", "logger", "register_feature_id")
SILENT_PLACES = (
    "botocore.config", "botocore.context", "botocore.credentials", "sys",
    # Methods that each client's emitter holds since it was made.
    "botocore.client.ClientCreator", "botocore.utils.S3ExpressIdentityResolver", "botocore.utils.S3RegionRedirectorv2",
)  # fmt: skip
#: What each URL asks for, but is not looked at each time: what answers with what the client was made with, what is run
#: after the URL is there, what makes a body, which no URL has, what can refuse parameters but change none, and what
#: modules call each other. It is looked at when a client presigns an operation for the first time.
ONCE: dict[str, set[str]] = {
    "botocore": {"_end_cap_regex", "_first_cap_regex", "_special_case_transform", "auth", "utils"},
    "botocore.auth.BaseSigner": {"*"},
    "botocore.awsrequest": {"AWSPreparedRequest", "HeadersDict", "_HeaderKey", "botocore"},
    "botocore.awsrequest.AWSPreparedRequest": {"*"},
    "botocore.awsrequest.AWSRequestPreparer": {"*"},
    "botocore.awsrequest.HeadersDict": {"*"},
    "botocore.awsrequest._HeaderKey": {"*"},
    "botocore.client.BaseClient": {"_service_model"},
    "botocore.client.ClientMeta": {"*"},
    "botocore.endpoint_provider": {"*"},
    "botocore.handlers": {"EndpointResolverBuiltins", "botocore", "utils"},
    "botocore.hooks.EventAliaser": {"_alias_event_name"},
    "botocore.regions": {"EndpointResolverBuiltins", "copy"},
    "botocore.serialize": {"is_json_value_header", "re"},
    "botocore.serialize.BaseRestSerializer": {
        "_encode_payload", "_has_streaming_payload", "_requires_empty_body", "_serialize_content_type",
        "_serialize_empty_body", "_serialize_payload",
    },
    "botocore.serialize.Serializer": {"DEFAULT_ENCODING", "DEFAULT_METHOD"},
    "botocore.signers": {"botocore"},
    "botocore.utils": {"determine_content_length", "weakref"},
    "botocore.utils.CachedProperty": {"*"},
    "botocore.validate": {"ValidationErrors", "is_json_value_header", "range_check"},
    "botocore.validate.ParamValidator": {
        "_check_special_validation_cases", "_validate_boolean", "_validate_integer", "_validate_long",
        "_validate_string", "_validate_structure",
    },
    "botocore.validate.ValidationErrors": {"*"},
    "copy": {"*"},
    "datetime": {"timedelta"},
    "re": {"*"},
    "weakref": {"*"},
}  # fmt: skip
#: Modules whose classes are all of that kind.
ONCE_MODULES = ("botocore.endpoint_provider.", "botocore.model")
NOT_ONCE = (("botocore.endpoint_provider.EndpointProvider", "resolve_endpoint"),)
#: What is asked for without a step of botocore's own: fields of named tuples, and what is asked for to make a client.
FIRST_TOO = {
    "botocore.endpoint_provider.RuleSetEndpoint": {"_make", "_replace", "headers", "properties", "url"},
    "botocore.model.ClientContextParameter": {"name"},
    "botocore.model.ContextParameter": {"member_name", "name"},
    "botocore.model.ServiceModel": {"operation_model", "service_id"},
    "botocore.model.StaticContextParameter": {"name", "value"},
}
#: What each URL asks for, but decides about those alone that have such values.
SPECIAL_ONLY = {
    "botocore.serialize.BaseRestSerializer": {"HEADER_TIMESTAMP_FORMAT", "QUERY_STRING_TIMESTAMP_FORMAT"},
}
#: Names of the tables of lookups -> what they are.
GROUPS = {
    "URL": "Signature, or `every` one -> what each URL looks up.",
    "SPECIAL": "The same -> what URLs look up too that have times, lists, tables, keys, sources of copies or ARNs.",
    "FORM": "The same -> what forms look up.",
    "FIRST": "The same -> what the first URL or form of an operation looks up alone, or what answers the same later.",
}


def deciding(names: Places) -> Places:
    """Those names that decide what comes out."""
    kept: Places = {}
    for place, found in names.items():
        owner = resolved(place)
        if owner is None or place.startswith(SILENT_PLACES):
            continue
        chosen = {name for name in found if name in vars(owner) and name not in SILENT_NAMES}
        kept[place] = {name for name in chosen if not is_exception(vars(owner)[name])}
    return {place: found for place, found in kept.items() if found}


def is_exception(value: Any) -> bool:
    """Whether a name stands for the class of an exception."""
    return isinstance(value, type) and issubclass(value, BaseException)


def is_once(place: str, name: str) -> bool:
    """Whether a name need not be looked at at each call."""
    if (place, name) in NOT_ONCE:
        return False
    return place.startswith(ONCE_MODULES) or not ONCE.get(place, set()).isdisjoint((name, "*"))


def without(names: Places, *others: Places) -> Places:
    """The names that are in none of the others."""
    kept = {
        place: found - set().union(*(other.get(place, set()) for other in others)) for place, found in names.items()
    }
    return {place: found for place, found in kept.items() if found}


def groups(signature: str) -> tuple[dict[str, Places], Places]:
    """The names of one signature: what each URL, other URLs, forms and the first calls look up; and who inherits."""
    by_group: dict[str, Places] = {}
    everything: Places = defaultdict(set)
    bases: Places = defaultdict(set)
    watches = dict(zip(("URL", "SPECIAL", "FORM", "FIRST"), watched(signature), strict=True))
    for watch in watches.values():
        for place, names in deciding(watch.names).items():
            everything[place] |= names
        for kind, inherited in watch.bases.items():
            bases[kind] |= inherited
    for place, names in FIRST_TOO.items():
        everything[place] |= names
    for group, watch in watches.items():
        before = () if group == "FORM" else by_group.values()
        found = without(everything if group == "FIRST" else deciding(watch.names), *before)
        if group != "FIRST":
            found = without(
                {place: {name for name in names if not is_once(place, name)} for place, names in found.items()}
            )
        by_group[group] = without(found, SPECIAL_ONLY) if group == "URL" else found
        for kind in watch.bases:
            if any(base in by_group[group] for base in bases[kind]):
                by_group[group].setdefault(kind, set())
    return by_group, bases


def origin_module() -> ModuleType:
    """The module that describes objects, without the package around it, which needs the extension and this file."""
    spec = importlib.util.spec_from_file_location("origin", FOLDER / "origin.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"{FOLDER} has no origin.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wrapped(indent: str, start: str, words: list[str], end: str) -> Iterator[str]:
    """A text of words, over as many lines as it takes."""
    line = f'{indent}{start}"'
    for word in words:
        if len(line) + len(word) + 3 + len(end) > WIDTH:
            yield f'{line}"'
            line = f'{indent}{" " * len(start)}"'
        line += f"{word} "
    yield f'{line.removesuffix(" ")}"{end}'


def shared(by_signature: dict[str, Places]) -> dict[str, Places]:
    """Takes out what all signatures have, under a name of its own."""
    first, *others = by_signature.values()
    places = [place for place in first if all(place in other for other in others)]
    common = {place: first[place].intersection(*(other[place] for other in others)) for place in places}
    rest = {
        signature: {
            p: names - common.get(p, set())
            for p, names in found.items()
            if names - common.get(p, set()) or p not in common
        }
        for signature, found in by_signature.items()
    }
    return {"every": common, **rest}


def table(name: str, said: str, rows: dict[str, Places]) -> Iterator[str]:
    """The lines of a table of places and names."""
    yield from ("", f"#: {said}", f"{name}: dict[str, dict[str, str]] = {{")
    for key, places in rows.items():
        yield f'    "{key}": {{'
        for place in sorted(places):
            yield from wrapped("        ", f'"{place}": ', sorted(places[place]), ",")
        yield "    },"
    yield "}"


def text() -> str:
    """The module, for the pinned botocore."""
    origin = origin_module().origin
    found = {signature: groups(signature) for signature in SIGNATURES}
    names: Places = defaultdict(set)
    bases: Places = defaultdict(set)
    for by_group, inherited in found.values():
        for group in by_group.values():
            for place, some in group.items():
                names[place] |= some
        for kind, some in inherited.items():
            bases[kind] |= some
    lines = [
        f"# Generated by scripts/generate_lookups.py from botocore {botocore.__version__}; do not edit.",
        '"""The names that botocore looks up when it presigns, and what stands there."""',
        "",
        "from __future__ import annotations",
        "",
        "# ruff: noqa: E501",
        "# fmt: off",
        "",
        "#: Module, or class in it -> name in it -> what stands there, as `origin` says it, but for functions that are",
        "#: defined there.",
        "ORIGINS: dict[str, dict[str, str]] = {",
    ]
    for place in sorted(names):
        told = {name: origin(vars(resolved(place))[name]) for name in sorted(names[place])}
        if None in told.values():
            raise SystemExit(f"{place} has something that origin.py does not know: {told}")
        others = {name: one for name, one in told.items() if one != f"function {place}.{name}"}
        if others:
            lines += [
                f'    "{place}": {{',
                *(f'        "{name}": {quoted(one)},' for name, one in others.items()),
                "    },",
            ]
    lines += ["}", "", "#: Class -> the classes whose methods it has inherited, and must have no own ones of."]
    lines.append("INHERITED: dict[str, str] = {")
    lines += [line for kind in sorted(bases) for line in wrapped("    ", f'"{kind}": ', sorted(bases[kind]), ",")]
    lines.append("}")
    for title, said in GROUPS.items():
        lines += table(title, said, shared({signature: by_group[title] for signature, (by_group, _) in found.items()}))
    return "\n".join([*lines, ""])


def quoted(told: str | None) -> str:
    """A text as Python has it, in double quotes where that needs no escapes."""
    return repr(told) if '"' in str(told) or "\\" in str(told) else f'"{told}"'


def main() -> int:
    """Writes the file, or says whether it is up to date."""
    made = text()
    if "--check" in sys.argv[1:]:
        if TARGET.read_text(encoding="utf-8") == made:
            return 0
        print(f"{TARGET.relative_to(ROOT)} is out of date: run scripts/generate_lookups.py", file=sys.stderr)
        return 1
    TARGET.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
