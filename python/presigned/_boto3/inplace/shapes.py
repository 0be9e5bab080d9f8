"""Makes digests of what decides a presigned URL in S3's model, its endpoint rules and the partitions.

`scripts/generate_digests.py` makes them from the botocore that the core's tables come from, and `model` from the one
that a client has loaded.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Where a member of an operation's input goes, if it can go into a URL.
_PLACES = ("header", "headers", "querystring", "uri")
#: What botocore removes from the paths of S3's operations.
_BUCKET = "/{Bucket}"
#: The parts of a shape that change no presigned URL.
_SILENT = ("documentation", "deprecated", "deprecatedMessage", "deprecatedSince", "enum", "max", "pattern", "sensitive")


def digest(facts: Any) -> str:
    """A digest of a JSON value. Different values have different digests."""
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def rules_digest(rules: Any) -> str:
    """The digest of a rule set, without its documentation."""
    parameters = {name: _without_descriptions(one) for name, one in rules["parameters"].items()}
    return digest({"version": rules["version"], "parameters": parameters, "rules": rules["rules"]})


def partitions_digest(data: Any) -> str:
    """The digest of what the rules read from partitions: their regions, and the suffixes of their hosts."""
    return digest(
        [
            [one["id"], one["outputs"], one["regionRegex"], sorted(_odd_regions(one))]
            for one in sorted(data["partitions"], key=lambda one: str(one["id"]))
        ]
    )


def _odd_regions(partition: Any) -> list[Any]:
    """The regions that the pattern does not match, or that have more data than their name."""
    regions = partition["regions"].items()
    return [
        [name, _without_descriptions(said)]
        for name, said in regions
        if _without_descriptions(said) or not re.match(partition["regionRegex"], name)
    ]


def _without_descriptions(said: Any) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in ("description", "documentation")}


def operation_digest(model: Any) -> str:
    """The digest of an operation as a whole, without its optional members."""
    shape = model.input_shape
    return digest(
        {
            "name": model.name,
            "http": _path_and_method(model.http),
            "endpoint": model.endpoint,
            "auth": [model.auth_type, model.auth, model.unsigned_payload],
            "static": [[one.name, one.value] for one in model.static_context_parameters],
            "context": sorted([one.name, one.member_name] for one in model.context_parameters),
            "paths": model.operation_context_parameters,
            "tokens": sorted(model.idempotent_members),
            "required": shape.metadata.get("required", []),
            "payload": shape.serialization.get("payload"),
            "protocol": model.service_model.protocol,
        }
    )


def _path_and_method(http: Any) -> dict[str, Any]:
    """The method and path of an operation. Its first presigned URL changes them in the model itself."""
    uri = http["requestUri"]
    in_bucket = "authPath" in http or uri.startswith(_BUCKET)
    rest = {name: value for name, value in http.items() if name not in ("authPath", "requestUri")}
    return {**rest, "requestUri": uri.removeprefix(_BUCKET), "in_bucket": in_bucket}


def member_digest(shape: Any) -> str:
    """The digest of a member that goes into a URL."""
    return digest(_described(shape))


def _described(shape: Any) -> Any:
    facts = {
        "type": shape.type_name,
        "serialization": shape.serialization,
        "metadata": {name: value for name, value in shape.metadata.items() if name not in _SILENT},
    }
    if shape.type_name == "list":
        facts["member"] = _described(shape.member)
    if shape.type_name == "map":
        facts["key"], facts["value"] = _described(shape.key), _described(shape.value)
    return facts


def goes_into_url(shape: Any) -> bool:
    """Whether a member is sent in the path, the query or a header."""
    return shape.serialization.get("location") in _PLACES
