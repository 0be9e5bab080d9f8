"""A client becomes the boto3 client of the time when it was made, even if environment and files change later."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore.config
import botocore.credentials
import pytest

import presigned
from cached_models import cached_models
from presigned import Config

KEYS: dict[str, Any] = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "very secret"}
OBJECT = {"Bucket": "photos", "Key": "cat.jpg"}
#: Variable -> a value, and another that it has later.
VARIABLES = {
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": ("disabled", "required"),
    "AWS_AUTH_SCHEME_PREFERENCE": ("sigv4", "sigv4a"),
    "AWS_CA_BUNDLE": ("/a.pem", "/b.pem"),
    "AWS_CONFIG_FILE": ("{folder}/one", "{folder}/two"),
    "AWS_DEFAULTS_MODE": ("standard", "mobile"),
    "AWS_DEFAULT_REGION": ("eu-west-3", "us-west-2"),
    "AWS_DISABLE_REQUEST_COMPRESSION": ("true", "false"),
    "AWS_DISABLE_HOST_PREFIX_INJECTION": ("true", "false"),
    "AWS_ENDPOINT_URL": ("http://127.0.0.1:1", "http://127.0.0.1:2"),
    "AWS_ENDPOINT_URL_S3": ("http://127.0.0.1:1", "http://127.0.0.1:2"),
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": ("true", "false"),
    "AWS_MAX_ATTEMPTS": ("3", "7"),
    "AWS_PROFILE": ("one", "two"),
    "AWS_REQUEST_CHECKSUM_CALCULATION": ("when_required", "when_supported"),
    "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES": ("100", "200"),
    "AWS_RESPONSE_CHECKSUM_VALIDATION": ("when_required", "when_supported"),
    "AWS_RETRY_MODE": ("adaptive", "legacy"),
    "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH": ("true", "false"),
    "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS": ("true", "false"),
    "AWS_S3_USE_ARN_REGION": ("false", "true"),
    "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": ("regional", "legacy"),
    "AWS_SDK_UA_APP_ID": ("one", "two"),
    "AWS_SHARED_CREDENTIALS_FILE": ("{folder}/one.keys", "{folder}/two.keys"),
    "AWS_SIGV4A_SIGNING_REGION_SET": ("eu-west-3", "us-west-2"),
    "AWS_USE_DUALSTACK_ENDPOINT": ("true", "false"),
    "AWS_USE_FIPS_ENDPOINT": ("true", "false"),
    "HTTPS_PROXY": ("http://127.0.0.1:3", "http://127.0.0.1:4"),
    "https_proxy": ("http://127.0.0.1:3", "http://127.0.0.1:4"),
    "NO_PROXY": ("*", "elsewhere"),
    "REQUESTS_CA_BUNDLE": ("/a.pem", "/b.pem"),
}
FILES = {
    "one": "[default]\nregion = eu-south-1\n[profile one]\nregion = eu-south-1\nmax_attempts = 4\n"
    "services = here\n[services here]\ns3 =\n  endpoint_url = http://127.0.0.1:5\n",
    "two": "[default]\nregion = eu-south-2\n[profile one]\nregion = eu-south-2\n[profile two]\nregion = ap-south-1\n",
    "one.keys": "[default]\naws_access_key_id = ONE\naws_secret_access_key = x\n",
    "two.keys": "[default]\naws_access_key_id = TWO\naws_secret_access_key = x\n",
}


@pytest.fixture(autouse=True, scope="module")
def models_are_read_once() -> Iterator[None]:
    """The sessions here are many, and none of them has other models."""
    with cached_models():
        yield


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Has credentials and files, and nothing of the user's."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "REQUESTS_")) or "PROXY" in name.upper()]:
        monkeypatch.delenv(name)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return monkeypatch


def settings_of(client: Any) -> dict[str, Any]:
    """The settings of a client of boto3's, or of the one that a client of presigned has become."""
    config = {name: value for name, value in vars(client._client_config).items() if name != "_user_provided_options"}
    session = client._endpoint.http_session
    proxies = session._proxy_config._proxies if config.get("proxies") is None else config["proxies"]
    # Proxies of the environment are given to boto3 by name, where it has changed since.
    config.pop("proxies", None)
    keys = client._request_signer._credentials
    return {
        **config,
        # The user agent names the source of the credentials, which is another for the two.
        "user_agent": None,
        "proxies": proxies or None,
        "verify": session._verify,
        "region": client.meta.region_name,
        "endpoint": client.meta.endpoint_url,
        "host": client._endpoint.host,
        "partition": client.meta.partition,
        "builtins": {name: value for name, value in client._ruleset_resolver._builtins.items() if not callable(value)},
        "key": None if keys is None else keys.get_frozen_credentials().access_key,
        "signing": (client._request_signer._region_name, client._request_signer._signature_version),
    }


def differences(ours: Any, theirs: Any) -> dict[str, Any]:
    mine, wanted = settings_of(ours), settings_of(theirs)
    return {name: (mine.get(name), value) for name, value in wanted.items() if mine.get(name) != value}


@pytest.mark.parametrize("has_keys", [True, False])
@pytest.mark.parametrize("variable", VARIABLES)
def test_a_variable_that_changes_later_changes_nothing(
    environment: pytest.MonkeyPatch, tmp_path: Path, variable: str, has_keys: bool
) -> None:
    before, after = (value.format(folder=tmp_path) for value in VARIABLES[variable])
    keys = KEYS if has_keys else {}
    if variable == "NO_PROXY":
        environment.setenv("HTTPS_PROXY", "http://127.0.0.1:3")
    if variable == "AWS_PROFILE":
        environment.setenv("AWS_CONFIG_FILE", str(tmp_path / "one"))
    for first, second in ((before, after), (before, None), (None, after)):
        if first is None:
            environment.delenv(variable, raising=False)
        else:
            environment.setenv(variable, first)
        ours = presigned.Session(**keys).client("s3")
        theirs = boto3.Session(**keys).client("s3")
        if not has_keys and variable != "AWS_SHARED_CREDENTIALS_FILE":
            # A session finds its credentials when its first client is made.
            environment.setenv("AWS_ACCESS_KEY_ID", "LATER")
            environment.setenv("AWS_SECRET_ACCESS_KEY", "x")
        if second is None:
            environment.delenv(variable, raising=False)
        else:
            environment.setenv(variable, second)
        assert differences(ours, theirs) == {}
        environment.delenv("AWS_ACCESS_KEY_ID", raising=False)
        environment.delenv("AWS_SECRET_ACCESS_KEY", raising=False)


def test_files_that_change_later_change_nothing(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("AWS_CONFIG_FILE", str(tmp_path / "one"))
    environment.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "one.keys"))
    libraries: tuple[Any, ...] = (presigned, boto3)
    clients = [library.Session(profile_name=name).client("s3") for library in libraries for name in (None, "one")]
    (tmp_path / "one").write_text("[profile one]\nregion = us-west-1\n[default]\nregion = us-west-1\n")
    (tmp_path / "one.keys").unlink()
    assert differences(clients[0], clients[2]) == {}
    assert differences(clients[1], clients[3]) == {}


@pytest.mark.parametrize("kind", [Config, botocore.config.Config])
def test_a_config_that_changes_later_changes_nothing(kind: Any) -> None:
    given = {"region_name": "us-west-2", "s3": {"addressing_style": "path"}, "retries": {"max_attempts": 2}}
    config, same = kind(**copy.deepcopy(given)), botocore.config.Config(**copy.deepcopy(given))
    # Of a session of its own: one that is boto3's already shares the dicts of a Config, as boto3 does.
    ours = presigned.Session().client("s3", config=config, **KEYS)
    theirs = boto3.client("s3", config=same, **KEYS)
    config.region_name = "eu-west-3"
    config.s3["addressing_style"] = "virtual"
    config.retries["total_max_attempts"] = 9
    config.signature_version = "s3"
    assert differences(ours, theirs) == {}
    assert "us-west-2" in ours.generate_presigned_url("get_object", OBJECT)


@pytest.mark.parametrize("service", ["sqs", "dynamodb", "sts"])
def test_clients_and_resources_of_other_services_get_what_was_given(service: str) -> None:
    config = botocore.config.Config(region_name="us-west-2", retries={"max_attempts": 2})
    for session in (presigned.Session(region_name="eu-west-3", **KEYS), presigned.Session(**KEYS)):
        assert session.client(service, config=config).meta.region_name == "us-west-2"
        other = session.client(service, "eu-south-1", config=Config(region_name="us-west-2"))
        assert other.meta.region_name == "eu-south-1"
    table = presigned.Session(**KEYS).resource("dynamodb", config=config)
    assert table.meta.client.meta.region_name == "us-west-2"


def test_the_default_config_of_a_session_counts_for_links_and_requests() -> None:
    clients = []
    for library in (presigned, boto3):
        session = library.Session(**KEYS)
        session._session.set_default_client_config(botocore.config.Config(region_name="us-west-2", connect_timeout=7))
        session._session.set_config_variable("use_dualstack_endpoint", "true")
        clients.append(session.client("s3", config=botocore.config.Config(read_timeout=8)))
    assert differences(*clients) == {}
    assert "us-west-2" in clients[0].generate_presigned_url("get_object", OBJECT)


def test_a_region_that_only_aws_region_names_counts_for_all_services(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("AWS_REGION", "sa-east-1")
    session = presigned.Session(**KEYS)
    assert session.client("s3")._client_config.region_name == "sa-east-1"
    assert session.client("sqs").meta.region_name == "sa-east-1"
    environment.setenv("AWS_DEFAULT_REGION", "eu-west-3")
    assert session.client("sqs").meta.region_name == "eu-west-3"
    assert session.client("s3")._client_config.region_name == "eu-west-3"


def test_credentials_are_those_of_the_moment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("AWS_ACCESS_KEY_ID", "FIRST")
    environment.setenv("AWS_SECRET_ACCESS_KEY", "x")
    session = presigned.Session(region_name="eu-west-3")
    before = session.client("s3")
    session._session._credentials = botocore.credentials.Credentials("SECOND", "x")
    after = session.client("s3")
    for client, key in ((before, "FIRST"), (after, "SECOND")):
        assert client._request_signer._credentials.access_key == key
        assert f"Credential={key}%2F" in client.generate_presigned_url("get_object", OBJECT)
