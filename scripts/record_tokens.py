"""Writes tests/golden/tokens.json: tokens that the official signers of AWS made under a frozen clock.

boto3 makes those of RDS, DSQL and EKS again each time, and `--check` compares them. The other signers are not installed
for development: their tokens stay as they were recorded, with the version of the package. To record them again, install
the packages of `OFFICIAL` and run the script with OFFICIAL=1; for those of npm, set NODE_PATH to its `node_modules`.
"""

from __future__ import annotations

import base64
import datetime
import importlib.metadata
import json
import os
import subprocess
import sys
import types
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import boto3
from botocore.credentials import Credentials
from freezegun import freeze_time

import generator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOLDEN = generator.ROOT / "tests" / "golden" / "tokens.json"
INSTANT = "2026-01-02T03:04:05.678901Z"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"  # noqa: S105 - AWS's own example
TOKENS = (None, "FwoGZXIvYXdzEB0aDKt+/=" * 3)
#: The packages whose signers are not installed for development.
OFFICIAL = {
    "pip": (
        "aws-bedrock-token-generator",
        "aws-msk-iam-sasl-signer-python",
        "AWSIoTPythonSDK",
        "bedrock-agentcore",
        "developer-toolkit-elasticache",
    ),
    "npm": ("amazon-kinesis-video-streams-webrtc", "@smithy/signature-v4"),
}

Case = dict[str, Any]
_CHANNEL = "arn:aws:kinesisvideo:us-west-2:123456789012:channel/cats/1234567890123"
_RUNTIME = "arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/cats-abc"
_SIGNALING = "wss://m-26d02974.kinesisvideo.us-west-2.amazonaws.com"


def case(function: str, arguments: list[Any], options: dict[str, Any], session_token: str | None, token: str) -> Case:
    """One call of `presigned.tokens`, and what the official signer made for the same input."""
    return {"function": function, "args": arguments, "kwargs": options, "session_token": session_token, "token": token}


def of_boto3(session_token: str | None) -> Iterator[Case]:
    """The tokens that boto3 makes, and that of EKS, which the aws command makes of boto3's URL."""

    def client(name: str, region: str) -> Any:
        return boto3.client(
            name,
            region,
            aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key=SECRET,
            aws_session_token=session_token,
        )

    for host, port, user, region in (
        ("db.abc.eu-central-1.rds.amazonaws.com", 5432, "app", "eu-central-1"),
        ("DB.abc.cn-north-1.rds.amazonaws.com.cn", "3306", "jane@example.com/é +", "cn-north-1"),
        ("db.example.com", 443, "app", "us-east-1"),
        ("[::1]", 5432, "app", "us-east-1"),
    ):
        token = client("rds", region).generate_db_auth_token(host, port, user)
        yield case("rds", [host, port, user, region], {}, session_token, token)
    dsql = client("dsql", "eu-central-1")
    host = "abc.dsql.eu-central-1.on.aws"
    token = dsql.generate_db_connect_auth_token(host)
    yield case("dsql", [host, "eu-central-1"], {}, session_token, token)
    token = dsql.generate_db_connect_admin_auth_token(host, "us-east-1", 604800)
    yield case("dsql", [host, "us-east-1"], {"admin": True, "expires_in": 604800}, session_token, token)
    for region in ("eu-central-1", "us-east-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"):
        token = eks(client("sts", region), "production_1")
        yield case("eks", ["production_1", region], {}, session_token, token)


def eks(sts: Any, cluster: str) -> str:
    """What `aws eks get-token` does with a client of STS."""

    def add(request: Any, **_: Any) -> None:
        request.headers["x-k8s-aws-id"] = cluster

    sts.meta.events.register("before-sign.sts.GetCallerIdentity", add)
    url = sts.generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
    return "k8s-aws-v1." + base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")


def of_packages(session_token: str | None) -> Iterator[Case]:
    """The tokens of AWS's other packages for Python."""
    bedrock = import_module("aws_bedrock_token_generator")
    msk = import_module("aws_msk_iam_sasl_signer.MSKAuthTokenProvider")
    iot = import_module("AWSIoTPythonSDK.core.protocol.connection.cores")
    agentcore = import_module("bedrock_agentcore.runtime")
    elasticache = import_module("developer_toolkit_elasticache")

    keys = Credentials("AKIDEXAMPLE", SECRET, session_token)
    for region in ("us-west-2", "cn-north-1"):
        with mock.patch.object(msk, "__load_default_credentials__", return_value=keys):
            token, end = msk.generate_auth_token(region)
        yield {**case("msk", [region], {}, session_token, token), "end": end // 1000}
        token = bedrock.BedrockTokenGenerator().get_token(keys, region)
        yield case("bedrock", [region], {}, session_token, token)
    provider = types.SimpleNamespace(load=lambda: keys)
    token = bedrock.provide_token("us-west-2", provider, datetime.timedelta(hours=1))
    yield case("bedrock", ["us-west-2", 3600], {}, session_token, token)
    for name, user, serverless in (
        ("cache-1", "app", False),
        ("Cache-1", "Default.IAM-user", True),
        ("cache", "a--b-", False),
    ):
        place = {"serverless_cache_name" if serverless else "replication_group_id": name}
        token = elasticache.generate_iam_auth_token(user_id=user, region="us-west-2", credentials=keys, **place)
        yield case("elasticache", [name, user, "us-west-2", serverless], {}, session_token, token)
    session = boto3.Session("AKIDEXAMPLE", SECRET, session_token, "us-west-2")
    agents = agentcore.AgentCoreRuntimeClient("us-west-2", session=session)
    for qualifier, more in ((None, None), ("DEFAULT", {"a b": "c/d"})):
        token = agents.generate_presigned_url(_RUNTIME, "a-session", qualifier, dict(more) if more else None)
        yield case("agentcore", [_RUNTIME, qualifier, "a-session", more], {}, session_token, token)
    signer = iot.SigV4Core()
    signer.setIAMCredentials("AKIDEXAMPLE", SECRET, session_token or "")
    host = "abc-ats.iot.us-west-2.amazonaws.com"
    token = signer.createWebsocketEndpoint(host, 443, "us-west-2", "GET", "iotdevicegateway", "/mqtt")
    yield case("iot", [host, "us-west-2"], {}, session_token, token)


_NODE = """
const { SigV4RequestSigner } = require('amazon-kinesis-video-streams-webrtc');
const { SignatureV4 } = require('@smithy/signature-v4');
const { createHash, createHmac } = require('crypto');
class Sha256 {
  constructor(key) { this.hash = key ? createHmac('sha256', key) : createHash('sha256'); }
  update(data) { this.hash.update(data); }
  async digest() { return new Uint8Array(this.hash.digest()); }
}
const { credentials, at, signaling, queries, region, host, query } = JSON.parse(process.argv[1]);
(async () => {
  const video = new SigV4RequestSigner('us-west-2', credentials);
  const found = [];
  for (const one of queries) found.push(await video.getSignedURL(signaling, one, new Date(at)));
  const signer = new SignatureV4({ service: 'transcribe', region, sha256: Sha256, credentials });
  const request = { method: 'GET', protocol: 'wss:', hostname: host, port: 8443, query,
    path: '/stream-transcription-websocket', headers: { host: host + ':8443' } };
  const signed = await signer.presign(request, { signingDate: new Date(at), expiresIn: 300 });
  found.push(signed.query['X-Amz-Signature']);
  console.log(JSON.stringify(found));
})();
"""


def of_npm(session_token: str | None) -> Iterator[Case]:
    """The URLs of AWS's packages for JavaScript; for Transcribe, the signature alone, as the order differs."""
    credentials = {"accessKeyId": "AKIDEXAMPLE", "secretAccessKey": SECRET}
    if session_token is not None:
        credentials["sessionToken"] = session_token
    viewer = {"X-Amz-ChannelARN": _CHANNEL, "X-Amz-ClientId": "viewer 1"}
    query = {"language-code": "de-DE", "media-encoding": "flac", "sample-rate": "8000", "vocabulary-name": "cats"}
    given = {
        "credentials": credentials,
        "at": INSTANT,
        "signaling": _SIGNALING,
        "queries": [{"X-Amz-ChannelARN": _CHANNEL}, viewer],
        "region": "eu-central-1",
        "host": "transcribestreaming.eu-central-1.amazonaws.com",
        "query": query,
    }
    run = subprocess.run(["node", "-e", _NODE, json.dumps(given)], capture_output=True, text=True, check=True)  # noqa: S607 - the node of the machine
    master, viewers, signature = json.loads(run.stdout)
    yield case("kinesis_video", [_SIGNALING, _CHANNEL, None, "us-west-2"], {}, session_token, master)
    yield case("kinesis_video", [_SIGNALING, _CHANNEL, "viewer 1", "us-west-2"], {}, session_token, viewers)
    options = {
        "language_code": "de-DE",
        "media_encoding": "flac",
        "sample_rate": 8000,
        "query": {"vocabulary-name": "cats"},
    }
    yield case("transcribe", ["eu-central-1"], options, session_token, signature)


def cases_of(make: Callable[[str | None], Iterator[Case]]) -> list[Case]:
    """The cases with and without a session token."""
    with freeze_time(INSTANT):
        return [found for session_token in TOKENS for found in make(session_token)]


def versions() -> list[str]:
    """The packages that make the tokens, with their versions."""
    found = [f"{name} {importlib.metadata.version(name)} (pip)" for name in OFFICIAL["pip"]]
    for name in OFFICIAL["npm"]:
        package = Path(os.environ["NODE_PATH"]) / name / "package.json"
        found.append(f"{name} {json.loads(package.read_text())['version']} (npm)")
    return found


def files() -> dict[Path, str]:
    """Returns the text of the file."""
    made = {"boto3": {"recorded_from": [generator.BOTOCORE], "cases": cases_of(of_boto3)}}
    if os.environ.get("OFFICIAL"):
        official = [*cases_of(of_packages), *cases_of(of_npm)]
        made["official"] = {"recorded_from": versions(), "cases": official}
    else:
        made["official"] = json.loads(GOLDEN.read_text(encoding="utf-8"))["official"]
    return {GOLDEN: json.dumps({"at": INSTANT, "secret_key": SECRET, **made}, indent=1, ensure_ascii=False) + "\n"}


if __name__ == "__main__":
    sys.exit(generator.run(files, __doc__))
