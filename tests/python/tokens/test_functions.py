"""The functions of `presigned.tokens`: regions, credentials, what they refuse, and what they mend of boto3."""

from __future__ import annotations

import base64
import datetime
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import boto3
import botocore.session
import pytest
from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from time_machine import travel

import presigned
from presigned import tokens
from presigned._tokens import places

INSTANT = 1767323045.678901
KEYS = ("AKIDEXAMPLE", "very secret")
ARN = "arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/cats"
CHANNEL = "arn:aws:kinesisvideo:eu-central-1:123456789012:channel/cats/1"
#: Each function with arguments that it accepts, without a region.
CALLS: dict[str, Callable[..., tokens.Token]] = {
    "agentcore": lambda **more: tokens.agentcore(ARN, **more),
    "bedrock": tokens.bedrock,
    "dsql": lambda **more: tokens.dsql("abc.dsql.eu-central-1.on.aws", **more),
    "eks": lambda **more: tokens.eks("cluster", **more),
    "elasticache": lambda **more: tokens.elasticache("cache", "app", **more),
    "iot": lambda **more: tokens.iot("abc-ats.iot.eu-central-1.amazonaws.com", **more),
    "kinesis_video": lambda **more: tokens.kinesis_video(
        "wss://m-1.kinesisvideo.eu-central-1.amazonaws.com", CHANNEL, **more
    ),
    "memorydb": lambda **more: tokens.memorydb("cluster", "app", **more),
    "msk": tokens.msk,
    "opensearch": lambda **more: tokens.opensearch("GET", "https://abc.eu-central-1.es.amazonaws.com/_count", **more),
    "rds": lambda **more: tokens.rds("db.example.com", 5432, "app", **more),
    "transcribe": lambda **more: tokens.transcribe(language_code="de-DE", **more),
}


def decoded(token: str) -> str:
    """The URL in a token, in base64 or not."""
    text = token.removeprefix("k8s-aws-v1.").removeprefix("bedrock-api-key-")
    if "X-Amz-" in text:
        return text
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "==").decode()


def scope(token: str) -> str:
    """Access key and credential scope in a token."""
    found = re.search(r"X-Amz-Credential=([^&]+)", decoded(token))
    assert found
    return found[1].replace("%2F", "/")


def test_all_functions_are_tested() -> None:
    assert {*CALLS} == {name for name in tokens.__all__ if name[0].islower() and name != "provider"}


@pytest.mark.parametrize("name", CALLS)
def test_region_and_credentials_are_those_of_the_default_session(name: str, environment: pytest.MonkeyPatch) -> None:
    with travel(INSTANT, tick=False):
        assert scope(CALLS[name]()).startswith("AKIDEXAMPLE/20260102/eu-central-1/")
        environment.setenv("AWS_DEFAULT_REGION", "us-west-2")
        if name != "agentcore":
            assert "/us-west-2/" in scope(CALLS[name]())
            assert "/eu-west-1/" in scope(CALLS[name](region="eu-west-1"))
        assert scope(CALLS[name](credentials=("AKIDGIVEN", "secret"))).startswith("AKIDGIVEN/")


@pytest.mark.parametrize("name", CALLS)
def test_a_session_provides_its_region_too(name: str) -> None:
    for session in (presigned.Session(*KEYS, region_name="eu-west-1"), boto3.Session(*KEYS, region_name="eu-west-1")):
        if name != "agentcore":
            assert "/eu-west-1/" in scope(CALLS[name](credentials=session))


@pytest.mark.parametrize("name", CALLS)
def test_without_a_region_there_is_an_error(name: str, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("AWS_DEFAULT_REGION")
    if name == "eks":
        # As the aws command does.
        assert decoded(CALLS[name]()).startswith("https://sts.amazonaws.com/?")
        assert "/us-east-1/sts/" in scope(CALLS[name]())
    elif name != "agentcore":
        with pytest.raises(presigned.exceptions.NoRegionError):
            CALLS[name]()


@pytest.mark.parametrize("name", CALLS)
def test_no_credentials_are_an_error(name: str, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("AWS_ACCESS_KEY_ID")
    with pytest.raises(presigned.exceptions.NoCredentialsError):
        CALLS[name]()


@pytest.mark.parametrize("name", CALLS)
def test_a_token_ends_with_its_credentials(name: str) -> None:
    with travel(INSTANT, tick=False):
        end = datetime.datetime.fromtimestamp(int(INSTANT) + 7, datetime.timezone.utc)
        keys = {"access_key": "AKIDEXAMPLE", "secret_key": "x", "token": "y", "expires_at": end}
        assert CALLS[name](credentials=keys).expires_at == end
        assert CALLS[name](credentials=lambda: keys).expires_at == end
        life = {"eks": 840, "bedrock": 43200, "iot": 86400, "kinesis_video": 299, "opensearch": 3600}.get(name, 900)
        life = 300 if name in ("agentcore", "transcribe") else life
        expected = datetime.datetime.fromtimestamp(int(INSTANT) + life, datetime.timezone.utc)
        assert CALLS[name]().expires_at == expected


def test_the_token_of_memorydb_is_what_botocore_signs() -> None:
    with travel(INSTANT, tick=False):
        request = AWSRequest("GET", "https://my-cluster/?Action=connect&User=App-1")
        auth.SigV4QueryAuth(Credentials(*KEYS), "memorydb", "eu-central-1", 900).add_auth(request)
        assert tokens.memorydb("My-Cluster", "App-1") == str(request.url).removeprefix("https://")


def test_the_url_of_opensearch_is_that_of_presign_url() -> None:
    url = "https://abc.eu-central-1.es.amazonaws.com/_search?q=a&q=b"
    with travel(INSTANT, tick=False):
        for service, serverless in (("es", False), ("aoss", True)):
            expected = presigned.presign_url("GET", url, service=service, region="eu-central-1", expires_in=60)
            assert tokens.opensearch("GET", url, serverless=serverless, expires_in=60) == expected


def test_hosts_end_as_in_botocore_in_every_partition() -> None:
    data = botocore.session.get_session().get_component("data_loader").load_data("partitions")
    for partition in data["partitions"]:
        for region in partition["regions"]:
            if not region.endswith("-global"):
                expected = f"sts.{region}.{partition['outputs']['dnsSuffix']}"
                assert places.host_in("sts", region) == expected


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: tokens.rds("https://db", 5432, "app"), "host"),
        (lambda: tokens.rds("db/x", 5432, "app"), "host"),
        (lambda: tokens.rds("", 5432, "app"), "host"),
        (lambda: tokens.rds(None, 5432, "app"), "host"),  # type: ignore[arg-type]
        (lambda: tokens.rds(["db"], 5432, "app"), "host"),  # type: ignore[arg-type]
        (lambda: tokens.rds("db:5432", 5432, "app"), "host"),
        (lambda: tokens.rds("db", 0, "app"), "port"),
        (lambda: tokens.rds("db", "x", "app"), "port"),
        (lambda: tokens.rds("db", 65536, "app"), "port"),
        (lambda: tokens.rds("db", 5432, ""), "user"),
        (lambda: tokens.rds("db", 5432, None), "user"),  # type: ignore[arg-type]
        (lambda: tokens.dsql("db/"), "host"),
        (lambda: tokens.dsql("db", expires_in=0), "expires_in"),
        (lambda: tokens.dsql("db", expires_in=604801), "expires_in"),
        (lambda: tokens.dsql("db", expires_in="abc"), "expires_in"),  # type: ignore[arg-type]
        (lambda: tokens.elasticache("cache.abc.use1.cache.amazonaws.com", "app"), "name"),
        (lambda: tokens.elasticache("1cache", "app"), "name"),
        (lambda: tokens.elasticache("cache-", "app"), "name"),
        (lambda: tokens.elasticache("a--b", "app"), "name"),
        (lambda: tokens.elasticache("cache\n", "app"), "name"),
        (lambda: tokens.elasticache("cäche", "app"), "name"),
        (lambda: tokens.elasticache("cache", "default."), "user"),
        (lambda: tokens.elasticache("cache", "a.b"), "user"),
        (lambda: tokens.elasticache("cache", "-a"), "user"),
        (lambda: tokens.memorydb("clustercfg.a.memorydb.amazonaws.com", "app"), "cluster"),
        (lambda: tokens.memorydb("cluster", "a&b"), "user"),
        (lambda: tokens.eks(""), "cluster"),
        (lambda: tokens.eks("a b"), "cluster"),
        (lambda: tokens.eks("a\nb"), "cluster"),
        (lambda: tokens.eks("a" * 101), "cluster"),
        (lambda: tokens.bedrock(expires_in=43201), "expires_in"),
        (lambda: tokens.iot("wss://host"), "host"),
        (lambda: tokens.agentcore("arn:aws:s3:::bucket"), "arn"),
        (lambda: tokens.agentcore(ARN[:-4]), "arn"),
        (lambda: tokens.agentcore(ARN, expires_in=301), "expires_in"),
        (lambda: tokens.agentcore(ARN, query={"a": 1}), "query"),  # type: ignore[dict-item]
        (lambda: tokens.agentcore(ARN, ""), "qualifier"),
        (lambda: tokens.transcribe(language_code=""), "language_code"),
        (lambda: tokens.transcribe(language_code="de-DE", sample_rate=0), "sample_rate"),
        (lambda: tokens.transcribe(language_code="de-DE", expires_in=301), "expires_in"),
        (lambda: tokens.kinesis_video("https://h", CHANNEL), "endpoint"),
        (lambda: tokens.kinesis_video("wss://h/?a", CHANNEL), "endpoint"),
        (lambda: tokens.kinesis_video("wss://h", ""), "channel_arn"),
        (lambda: tokens.kinesis_video("wss://h", CHANNEL, ""), "client_id"),
        (lambda: tokens.opensearch("GET", "h"), "url"),
    ],
)  # fmt: skip
def test_an_argument_that_is_refused_is_named(call: Callable[[], object], name: str) -> None:
    with pytest.raises(presigned.exceptions.ParamValidationError, match=f"parameter {name}[,:]"):
        call()


def test_a_checked_argument_is_refused_again() -> None:
    for _ in range(2):
        with pytest.raises(presigned.exceptions.ParamValidationError, match="parameter port"):
            tokens.rds("db", -1, "app")


def test_what_was_checked_is_kept_within_bounds() -> None:
    for number in range(600):
        tokens.rds("db.example.com", number + 1, "app")
    assert len(places._kept) <= 256


# The lines of COMPATIBILITY.md about tokens.


def test_an_ipv6_address_is_put_into_brackets() -> None:
    rds = boto3.client("rds")
    with pytest.raises(ValueError, match="Port could not be cast"):
        rds.generate_db_auth_token("::1", 5432, "app")
    with travel(INSTANT, tick=False):
        assert tokens.rds("::1", 5432, "app") == rds.generate_db_auth_token("[::1]", 5432, "app")


@pytest.mark.parametrize("host", ["db.example.com/?x=", "user@db.example.com", "db.example.com#"])
def test_a_host_is_a_host(host: str) -> None:
    assert boto3.client("rds").generate_db_auth_token(host, 5432, "app")
    with pytest.raises(presigned.exceptions.ParamValidationError, match="parameter host"):
        tokens.rds(host, 5432, "app")


@pytest.mark.parametrize("lifetime", [0, -5, "abc"])
def test_a_lifetime_of_dsql_is_a_lifetime(lifetime: Any) -> None:
    theirs = boto3.client("dsql").generate_db_connect_auth_token("abc.dsql.on.aws", ExpiresIn=lifetime)
    assert f"X-Amz-Expires={lifetime}" in theirs
    with pytest.raises(presigned.exceptions.ParamValidationError, match="parameter expires_in"):
        tokens.dsql("abc.dsql.on.aws", expires_in=lifetime)


def test_a_new_session_of_an_agent_has_a_uuid() -> None:
    ids = {re.search(r"Session-Id=([^&]+)", tokens.agentcore(ARN))[1] for _ in range(50)}  # type: ignore[index]
    assert len(ids) == 50
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one) for one in ids)


@pytest.mark.parametrize("name", ["rds", "eks"])
def test_the_first_token_loads_few_modules(name: str) -> None:
    call = {"rds": "rds('db.example.com', 5432, 'app')", "eks": "eks('cluster')"}[name]
    program = (
        "import sys; before = {*sys.modules}; from presigned import tokens\n"
        f"tokens.{call}; print(*sorted(set(sys.modules) - before))"
    )
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert [one for one in made.stdout.split() if not one.startswith("presigned")] == [
        "__future__", *(["binascii"] if name == "eks" and "binascii" not in sys.builtin_module_names else []),
    ]  # fmt: skip
    room = "bearers" if name == "eks" else "databases"
    ours = [one for one in made.stdout.split() if one.startswith("presigned")]
    assert ours == [
        "presigned", "presigned._client", "presigned._core", "presigned._errors", "presigned._services",
        "presigned._services.credentials", "presigned._session_state", "presigned._settings",
        "presigned._settings.sources", "presigned._tokens", f"presigned._tokens.{room}",
        "presigned._tokens.places", "presigned._tokens.token", "presigned.session", "presigned.tokens",
    ]  # fmt: skip
