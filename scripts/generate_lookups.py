"""Writes _lookups.py of the clients in place: the names that botocore looks up when it presigns, and their values.

The script traces botocore while it presigns URLs and forms. It notes each name of a module, and each method and
constant of a class, that a step looks up. If a program replaces one of them, boto3 presigns from then on. Needs
Python 3.11.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import generator
from generator import python_entry
from traced_presigning import SIGNATURES, Places, resolved, watched

TARGET = generator.IN_PLACE / "_lookups.py"
origin = generator.module(generator.IN_PLACE / "origin.py").origin

#: Names that change no URL: logging, the features that botocore names in requests it sends, the name of the platform;
#: and credentials, because presigned asks the client's own credentials object for them too.
SILENT_NAMES = ("LOG", "_PY_TO_OP_NAME", "_register_endpoint_feature_ids", "logger", "register_feature_id")
SILENT_PLACES = (
    "botocore.config", "botocore.context", "botocore.credentials", "sys",
    # Each client's emitter has held these methods since the client was made.
    "botocore.client.ClientCreator", "botocore.utils.S3ExpressIdentityResolver", "botocore.utils.S3RegionRedirectorv2",
)  # fmt: skip
#: Names that each URL looks up, and that are checked only when a client presigns an operation for the first time. They
#: return what the client was made with, run after the URL is made, make a body, which no URL has, refuse parameters but
#: change nothing, or are names of modules.
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
#: The same goes for all classes of these modules.
ONCE_MODULES = ("botocore.endpoint_provider.", "botocore.model")
NOT_ONCE = (("botocore.endpoint_provider.EndpointProvider", "resolve_endpoint"),)
#: Names that no traced step looks up: fields of named tuples, and names that making a client looks up.
FIRST_TOO = {
    "botocore.endpoint_provider.RuleSetEndpoint": {"_make", "_replace", "headers", "properties", "url"},
    "botocore.model.ClientContextParameter": {"name"},
    "botocore.model.ContextParameter": {"member_name", "name"},
    "botocore.model.ServiceModel": {"operation_model", "service_id"},
    "botocore.model.StaticContextParameter": {"name", "value"},
}
#: Names that each URL looks up, but that change only URLs with values of such types.
SPECIAL_ONLY = {
    "botocore.serialize.BaseRestSerializer": {"HEADER_TIMESTAMP_FORMAT", "QUERY_STRING_TIMESTAMP_FORMAT"},
}
#: Name of a table of lookups -> its comment.
GROUPS = {
    "URL": "Signature, or `every` one -> the names that each URL looks up.",
    "SPECIAL": "The same, for URLs with times, lists, maps, customer keys, copy sources or ARNs.",
    "FORM": "The same, for forms.",
    "FIRST": "The same, for names that only the first URL or form of an operation looks up, or that are fixed then.",
}


def deciding(names: Places) -> Places:
    """The names that can change a URL or a form."""
    kept: Places = {}
    for place, found in names.items():
        owner = resolved(place)
        if owner is None or place.startswith(SILENT_PLACES):
            continue
        chosen = {name for name in found if name in vars(owner) and name not in SILENT_NAMES}
        kept[place] = {name for name in chosen if not is_exception(vars(owner)[name])}
    return {place: found for place, found in kept.items() if found}


def is_exception(value: Any) -> bool:
    """Whether a value is the class of an exception."""
    return isinstance(value, type) and issubclass(value, BaseException)


def is_once(place: str, name: str) -> bool:
    """Whether a name is checked once for an operation, and not at each call."""
    if (place, name) in NOT_ONCE:
        return False
    return place.startswith(ONCE_MODULES) or not ONCE.get(place, set()).isdisjoint((name, "*"))


def without(names: Places, *others: Places) -> Places:
    """The names that no other table has."""
    kept = {
        place: found - set().union(*(other.get(place, set()) for other in others)) for place, found in names.items()
    }
    return {place: found for place, found in kept.items() if found}


def groups(signature: str) -> tuple[dict[str, Places], Places]:
    """The names of one signature by group, and the base classes of each class."""
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


def shared(by_signature: dict[str, Places]) -> dict[str, Places]:
    """Moves the names that all signatures have under the key `every`."""
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


def table(name: str, comment: str, rows: dict[str, Places]) -> Iterator[str]:
    """The lines of a table of places and names."""
    yield from ("", f"#: {comment}", f"{name}: dict[str, dict[str, str]] = {{")
    for key, places in rows.items():
        yield f'    "{key}": {{'
        for place in sorted(places):
            yield from python_entry(8, f'"{place}": ', " ".join(sorted(places[place])))
        yield "    },"
    yield "}"


def origins(place: str, names: set[str]) -> Iterator[str]:
    """The lines of the values that names of a module or class have, without functions that are defined there."""
    described = {name: origin(vars(resolved(place))[name]) for name in sorted(names)}
    if None in described.values():
        raise SystemExit(f"{place} has a value that origin.py cannot describe: {described}")
    others = {name: one for name, one in described.items() if one != f"function {place}.{name}"}
    if others:
        yield f'    "{place}": {{'
        for name, one in others.items():
            yield from python_entry(8, f'"{name}": ', one)
        yield "    },"


def lines() -> Iterator[str]:
    """The lines of the module."""
    found = {signature: groups(signature) for signature in SIGNATURES}
    names: Places = defaultdict(set)
    bases: Places = defaultdict(set)
    for by_group, inherited in found.values():
        for group in by_group.values():
            for place, some in group.items():
                names[place] |= some
        for kind, some in inherited.items():
            bases[kind] |= some
    yield f"# {generator.notice('generate_lookups.py')}"
    yield '"""The names that botocore looks up when it presigns, and their values in an untouched botocore."""'
    yield from ("", "from __future__ import annotations", "", "# fmt: off", "")
    yield "#: Module or class -> name in it -> its value, as `origin` describes it."
    yield "#: Functions that are defined there are left out."
    yield "ORIGINS: dict[str, dict[str, str]] = {"
    for place in sorted(names):
        yield from origins(place, names[place])
    yield from ("}", "")
    yield "#: Class -> the bases whose methods it inherits. It must not define these methods itself."
    yield "INHERITED: dict[str, str] = {"
    for kind in sorted(bases):
        yield from python_entry(4, f'"{kind}": ', " ".join(sorted(bases[kind])))
    yield "}"
    for title, comment in GROUPS.items():
        rows = shared({signature: by_group[title] for signature, (by_group, _) in found.items()})
        yield from table(title, comment, rows)


def files() -> dict[Path, str]:
    """Returns the text of `_lookups.py`."""
    return {TARGET: "\n".join([*lines(), ""])}


if __name__ == "__main__":
    generator.main(files, __doc__)
