"""Names by a digest what of S3's model, its endpoint rules and the partitions decides a presigned URL.

`scripts/generate_digests.py` asks it of the botocore that the core's tables are made from, and `model` of the one that
a client has loaded.
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
#: What botocore takes off the paths of S3's operations.
_BUCKET = "/{Bucket}"
#: What of a shape changes no presigned URL.
_SILENT = ("documentation", "deprecated", "deprecatedMessage", "deprecatedSince", "enum", "max", "pattern", "sensitive")


def digest(facts: Any) -> str:
    """A short name for a value of JSON; the same for the same value only."""
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def rules_digest(rules: Any) -> str:
    """The digest of a rule set, without what it says to people."""
    parameters = {name: _without_descriptions(one) for name, one in rules["parameters"].items()}
    return digest({"version": rules["version"], "parameters": parameters, "rules": rules["rules"]})


def partitions_digest(data: Any) -> str:
    """The digest of what the rules ask partitions for: which regions belong to one, and what its hosts end in."""
    return digest(
        [
            [one["id"], one["outputs"], one["regionRegex"], sorted(_odd_regions(one))]
            for one in sorted(data["partitions"], key=lambda one: str(one["id"]))
        ]
    )


def _odd_regions(partition: Any) -> list[Any]:
    """The regions that the pattern does not find, or of which more is said than their name."""
    regions = partition["regions"].items()
    return [
        [name, _without_descriptions(said)]
        for name, said in regions
        if _without_descriptions(said) or not re.match(partition["regionRegex"], name)
    ]


def _without_descriptions(said: Any) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in ("description", "documentation")}


def operation_digest(model: Any) -> str:
    """The digest of an operation as a whole, without the members that its calls may have or not."""
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
    """What a request of the operation begins with; its first presigned URL changes that in the model itself."""
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
