"""The endpoint cases that botocore publishes for S3, put through clients."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from botocore import xform_name

from .case import KEYS, Case, Setting, post, url
from .compare import agree_all
from .model import members, required

FOLDER = Path(__file__).parents[3] / ".cache/botocore-1.44.5"
PUBLISHED = FOLDER / "tests/functional/endpoint-rules/s3/endpoint-tests-1.json"

# Where a client takes each input of the rules from.
CONFIG = {"AWS::UseFIPS": "use_fips_endpoint", "AWS::UseDualStack": "use_dualstack_endpoint"}
S3_CONFIG = {
    "AWS::S3::Accelerate": "use_accelerate_endpoint",
    "AWS::S3::UseArnRegion": "use_arn_region",
    "AWS::S3::DisableMultiRegionAccessPoints": "s3_disable_multiregion_access_points",
}


def published() -> list[dict[str, Any]]:
    """The 393 cases."""
    if not PUBLISHED.exists():
        pytest.fail(f"{PUBLISHED.relative_to(FOLDER.parents[1])} is missing: run scripts/fetch_botocore_tests.py")
    cases: list[dict[str, Any]] = json.loads(PUBLISHED.read_text(encoding="utf-8"))["testCases"]
    return cases


def client_of(given: dict[str, Any], version: str | None, *, sessions: bool) -> Setting:
    """The client that a case's built-in parameters describe."""
    config: dict[str, Any] = {name: given[key] for key, name in CONFIG.items() if key in given}
    s3 = {name: given[key] for key, name in S3_CONFIG.items() if key in given}
    if given.get("AWS::S3::ForcePathStyle"):
        s3["addressing_style"] = "path"
    if "AWS::S3::UseGlobalEndpoint" in given and not given["AWS::S3::UseGlobalEndpoint"]:
        s3["us_east_1_regional_endpoint"] = "regional"
    if not sessions:
        s3["disable_s3_express_session_auth"] = True
    arguments = {"region_name": given["AWS::Region"], **KEYS}
    if "SDK::Endpoint" in given:
        arguments["endpoint_url"] = given["SDK::Endpoint"]
    return Setting(client=arguments, config={**config, "s3": s3, "signature_version": version})


def calls_of(case: dict[str, Any]) -> list[Case]:
    """The calls that a case describes; for a case without an operation, those that its inputs fit."""
    found = []
    for described in case.get("operationInputs", []):
        operation = xform_name(described["operationName"])
        params = dict.fromkeys(required(operation), "value") | described.get("operationParams", {})
        found.append((described["builtInParams"], operation, params))
    if not found:
        inputs = case["params"]
        given = {
            "AWS::Region": inputs.get("Region"),
            **{key: inputs[key.split("::")[-1]] for key in (*CONFIG, *S3_CONFIG) if key.split("::")[-1] in inputs},
            "AWS::S3::ForcePathStyle": inputs.get("ForcePathStyle", False),
        }
        if "Endpoint" in inputs:
            given["SDK::Endpoint"] = inputs["Endpoint"]
        if inputs.get("UseObjectLambdaEndpoint"):
            found.append((given, "write_get_object_response", {"RequestRoute": "route", "RequestToken": "token"}))
        elif "Bucket" in inputs:
            key = inputs.get("Key", "key")
            found.append(
                (
                    given,
                    "list_objects_v2" if "Prefix" in inputs else "get_object",
                    {"Bucket": inputs["Bucket"], "Key": key},
                )
            )
        else:
            found.append((given, "list_buckets", {}))
    calls = []
    for given, operation, params in found:
        known = {name: value for name, value in params.items() if name in members(operation)}
        for version in (None, "s3v4", "s3"):
            for sessions in (False, version is None):
                made_of = client_of(given, version, sessions=sessions)
                calls.append(url(operation, known, made_of))
                if "Bucket" in known:
                    calls.append(post(known["Bucket"], "key", made_of))
    return calls


def test_the_published_file_is_the_one_that_was_read() -> None:
    cases = published()
    assert len(cases) == 393
    assert sum("operationInputs" in case for case in cases) == 215


@pytest.mark.parametrize("number", range(393))
def test_a_published_case(number: int) -> None:
    agree_all(calls_of(published()[number]))
