"""Tokens are those of AWS's own signers, which `scripts/record_tokens.py` has recorded."""

from __future__ import annotations

import base64
import datetime
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest
import time_machine

from presigned import tokens

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "tokens.json").read_text(encoding="utf-8"))
CASES = [*GOLDEN["boto3"]["cases"], *GOLDEN["official"]["cases"]]
AT = datetime.datetime.fromisoformat(GOLDEN["at"].replace("Z", "+00:00"))
#: The functions whose tokens are not recorded, and why.
UNRECORDED = {
    "opensearch": "it is presign_url: tests/python/parity/test_services.py",
    "memorydb": "AWS has no library that signs it: test_functions.py",
}


def made(case: dict[str, Any]) -> tokens.Token:
    keys = ("AKIDEXAMPLE", GOLDEN["secret_key"], case["session_token"])
    with time_machine.travel(AT, tick=False):
        token: tokens.Token = getattr(tokens, case["function"])(*case["args"], **case["kwargs"], credentials=keys)
    return token


def cases(*functions: str) -> pytest.MarkDecorator:
    found = [case for case in CASES if case["function"] in functions]
    assert found
    return pytest.mark.parametrize("case", found, ids=[f"{case['function']}-{at}" for at, case in enumerate(found)])


def test_every_function_is_compared() -> None:
    compared = {case["function"] for case in CASES}
    functions = {name for name in tokens.__all__ if name[0].islower() and name != "provider"}
    assert compared | {*UNRECORDED} == functions
    assert not compared & {*UNRECORDED}


@cases("rds", "dsql", "eks", "elasticache", "bedrock", "kinesis_video", "agentcore")
def test_a_token_is_the_official_one_byte_for_byte(case: dict[str, Any]) -> None:
    assert str(made(case)) == case["token"]


@cases("msk")
def test_a_token_of_msk_is_the_official_one_except_for_the_name_of_the_client(case: dict[str, Any]) -> None:
    ours, theirs = (base64.urlsafe_b64decode(f"{one}==").decode() for one in (made(case), case["token"]))
    assert ours.partition("&User-Agent=presigned%2F")[0] == theirs.partition("&User-Agent=aws-msk")[0]
    assert "&User-Agent=presigned%2F" in ours
    assert "=" not in made(case)
    assert made(case).expires_at == datetime.datetime.fromtimestamp(case["end"], datetime.timezone.utc)


@cases("iot")
def test_a_url_of_iot_is_the_official_one_without_port_and_with_a_token_that_is_escaped(case: dict[str, Any]) -> None:
    ours, theirs = str(made(case)), case["token"].replace(":443/", "/")
    place, _, token = ours.partition("&X-Amz-Security-Token=")
    assert place == theirs.partition("&X-Amz-Security-Token=")[0]
    assert unquote(token) == (case["session_token"] or "")
    assert "/" not in token


@cases("transcribe")
def test_a_url_of_transcribe_has_the_official_signature(case: dict[str, Any]) -> None:
    url = str(made(case))
    address, _, query = url.partition("?")
    assert address == "wss://transcribestreaming.eu-central-1.amazonaws.com:8443/stream-transcription-websocket"
    assert dict(parse_qsl(query))["X-Amz-Signature"] == case["token"]
