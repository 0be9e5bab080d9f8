"""`Session(botocore_session=S)`: a client gets the same settings as from `boto3.Session(botocore_session=S)`."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import botocore.config
import botocore.credentials
import botocore.exceptions
import botocore.session
import freezegun
import pytest
from hypothesis import given
from hypothesis import strategies as st

import presigned
from credentials.source_classes import HOUR, SECRET, START, AioCredentials, AioSession, Service, refreshable
from parity.made_of import Making, of_boto3, of_presigned, record
from parity.mixtures import ENVIRONS, MAKINGS, S3_OPTIONS
from presigned._core import FrozenCredentials
from presigned._credentials import Credentials
from presigned._credentials.refreshable import RefreshableCredentials

Prepare = Callable[[Any], None]

PARAMS = {"Bucket": "photos", "Key": "cat.jpg"}
V4 = botocore.config.Config(signature_version="s3v4")

#: What a program can set in a session, with values of every kind.
VARIABLES: dict[str, list[Any]] = {
    "region": ["eu-west-1", "us-east-1", "aws-global", "fips-us-west-2", "a b", ""],
    "profile": ["p", "default", "missing"],
    "ca_bundle": ["/bundle.pem", ""],
    "api_versions": [{"s3": "2006-03-01"}, {"s3": "2000-01-01"}, {}],
    "use_dualstack_endpoint": [True, False, "true", "false"],
    "use_fips_endpoint": [True, False, "true", "false"],
    "ignore_configured_endpoint_urls": [True, "true", False],
    "retry_mode": ["adaptive", "foo"],
    "max_attempts": [3, "4", 0],
    "defaults_mode": ["standard", "In-Region", "foo"],
    "user_agent_appid": ["app"],
    "request_min_compression_size_bytes": [5, "6", 0, "x"],
    "disable_request_compression": [True, "true"],
    "sigv4a_signing_region_set": ["*"],
    "request_checksum_calculation": ["when_required", "WHEN_REQUIRED", "foo"],
    "response_checksum_validation": ["when_required", "foo"],
    "account_id_endpoint_mode": ["disabled", "foo"],
    "disable_host_prefix_injection": [True, "true", False],
    "auth_scheme_preference": ["sigv4,sigv4a", ""],
    "s3_disable_express_session_auth": [True, "true", "foo"],
    "sts_regional_endpoints": ["legacy", "foo"],
    "addressing_style": ["path", "virtual"],
    "use_accelerate_endpoint": [True, "true"],
    "payload_signing_enabled": [True],
    "use_arn_region": [False, "false"],
    "us_east_1_regional_endpoint": ["regional", "foo"],
    "s3_disable_multiregion_access_points": [True, "true"],
    "endpoint_url": ["http://localhost:9000"],
    "parameter_validation": [False],
}
FILE = """
[default]
region = us-west-2
endpoint_url = http://localhost:1111
s3 =
  addressing_style = virtual
  use_dualstack_endpoint = TRUE
[profile p]
region = ap-south-1
services = local
s3_use_arn_region = false
parameter_validation = false
[services local]
s3 =
  endpoint_url = http://services:9000
"""
PAIR = "aws_access_key_id = {0}\naws_secret_access_key = secret of {0}\n"
KEYS = {"AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "secret"}


def made(library: Any, making: Making, prepare: Prepare, times: int) -> dict[str, Any] | Exception:
    """The settings of a client of a prepared session, or the error."""
    try:
        source = botocore.session.Session()
        prepare(source)
        session = library.Session(botocore_session=source, **making.session)
        for _ in range(times):
            # A copy for each: boto3 writes into what it is given.
            config = None if making.config is None else botocore.config.Config(**copy.deepcopy(dict(making.config)))
            client = session.client("s3", **making.client, config=config)
    except Exception as error:  # noqa: BLE001 - every error is compared
        return error
    return of_boto3(client) if library is boto3 else of_presigned(client)


def compare(making: Making, prepare: Prepare = lambda _: None, *, times: int = 1) -> None:
    with making.surroundings(), pytest.MonkeyPatch.context() as patch:
        record(patch)
        theirs, ours = (made(library, making, prepare, times) for library in (boto3, presigned))
    if not isinstance(theirs, Exception):
        if isinstance(ours, Exception):
            raise ours
        assert ours == theirs
    elif isinstance(theirs, AttributeError | TypeError | KeyError):
        # boto3 fails with an internal error.
        assert isinstance(ours, botocore.exceptions.BotoCoreError | AttributeError | TypeError | KeyError)
    else:
        assert isinstance(ours, type(theirs)), f"boto3 raised {theirs!r}"
        assert str(ours) == str(theirs)


def setting(variables: dict[str, Any]) -> Prepare:
    def prepare(session: Any) -> None:
        for name, value in variables.items():
            session.set_config_variable(name, value)

    return prepare


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_set_in_the_session_counts_as_in_boto3(name: str) -> None:
    for value in VARIABLES[name]:
        for environ in ({}, {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": "http://env:1"}):
            for file in (None, FILE):
                making = Making(environ={**KEYS, **environ}, config_file=file)
                compare(making, setting({name: value}), times=2)


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_set_in_the_sessions_store_counts_as_in_boto3(name: str) -> None:
    def prepare(session: Any) -> None:
        session.get_component("config_store").set_config_variable(name, VARIABLES[name][0])

    compare(Making(environ=KEYS, config_file=FILE), prepare)


def test_a_table_set_in_the_sessions_store_counts_as_in_boto3() -> None:
    table = {"addressing_style": "path", "use_accelerate_endpoint": False}

    def prepare(session: Any) -> None:
        session.get_component("config_store").set_config_variable("s3", dict(table))

    for file in (None, FILE):
        compare(Making(environ=KEYS, config_file=file), prepare)


@given(MAKINGS, st.integers(1, 2))
def test_any_mixture_of_sources_makes_the_same_client(making: Making, times: int) -> None:
    compare(making, times=times)


@given(
    ENVIRONS,
    st.dictionaries(st.sampled_from([*VARIABLES]), st.integers(0, 9), max_size=3),
    S3_OPTIONS,
    st.sampled_from([None, FILE]),
)
def test_any_mixture_of_variables_makes_the_same_client(
    environ: dict[str, str], picks: dict[str, int], s3: dict[str, Any], file: str | None
) -> None:
    chosen = {name: VARIABLES[name][pick % len(VARIABLES[name])] for name, pick in picks.items()}
    compare(Making(environ={**KEYS, **environ}, config={"s3": s3}, config_file=file), setting(chosen), times=2)


@pytest.mark.parametrize(
    "default",
    [{"region_name": "eu-west-1"}, {"s3": {"addressing_style": "path"}}, {"signature_version": botocore.UNSIGNED},
     {"use_fips_endpoint": True}, {"parameter_validation": False}, {"inject_host_prefix": False},
     {"retries": {"max_attempts": 4}}],
    ids=lambda default: next(iter(default)),
)  # fmt: skip
@pytest.mark.parametrize(
    "config", [None, {}, {"region_name": "us-west-2"}, {"s3": {"use_accelerate_endpoint": True}}], ids=repr
)
def test_the_default_client_config_of_the_session_is_merged_as_in_boto3(
    default: dict[str, Any], config: dict[str, Any] | None
) -> None:
    def prepare(session: Any) -> None:
        session.set_default_client_config(botocore.config.Config(**default))

    for making in (Making(environ=KEYS, config=config), Making(environ=KEYS, config=config, config_file=FILE)):
        compare(making, prepare, times=2)


@pytest.mark.parametrize("environ", [{}, KEYS, {"AWS_PROFILE": "p"}], ids=["nothing", "keys", "a profile"])
@pytest.mark.parametrize(
    "arguments",
    [{}, {"profile_name": "p"}, {"profile_name": "missing"}, {"region_name": "eu-west-1"},
     {"aws_access_key_id": "AK", "aws_secret_access_key": "secret", "aws_account_id": "1"},
     {"aws_access_key_id": "AK", "aws_secret_access_key": "secret", "aws_session_token": "t", "profile_name": "p"},
     {"aws_account_id": "1"}],
    ids=repr,
)  # fmt: skip
def test_the_other_arguments_are_set_in_the_session_as_in_boto3(
    arguments: dict[str, Any], environ: dict[str, str]
) -> None:
    file = f"{FILE}[profile q]\n{PAIR.format('Q')}"
    credentials = f"[default]\n{PAIR.format('FILE')}[p]\n{PAIR.format('P')}"
    compare(Making(session=arguments, environ=environ, config_file=file, credentials_file=credentials))


def test_what_the_session_has_read_stays_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").write_text(FILE + "[profile q]\nregion = eu-north-1\n", encoding="utf-8")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    source = botocore.session.Session(profile="q")
    source.set_credentials("Q", SECRET)
    assert source.full_config
    monkeypatch.setenv("AWS_CONFIG_FILE", "nowhere")
    session = presigned.Session(botocore_session=source)
    theirs = boto3.Session(botocore_session=source)
    assert session.available_profiles == theirs.available_profiles == ["default", "p", "q"]
    assert session.profile_name == theirs.profile_name == "q"
    assert session.region_name == theirs.region_name == "eu-north-1"
    assert repr(session) == repr(theirs)
    with freezegun.freeze_time(START):
        urls = [one.client("s3", config=V4).generate_presigned_url("get_object", PARAMS) for one in (session, theirs)]
    assert urls[0] == urls[1]
    assert "Credential=Q%2F" in urls[0]


def test_the_credentials_of_the_session_stay_alive() -> None:
    source = botocore.session.Session()
    source.set_config_variable("region", "eu-central-1")
    service = Service()
    with freezegun.freeze_time(START) as clock:
        vars(source)["_credentials"] = refreshable(service)
        client = presigned.Session(botocore_session=source).client("s3")
        assert "Credential=A1%2F" in client.generate_presigned_url("get_object", PARAMS)
        clock.tick(HOUR)
        assert "Credential=A2%2F" in client.generate_presigned_url("get_object", PARAMS)
        source.set_credentials("NEW", SECRET)
        # As in boto3, a client keeps the credentials that it was made with.
        assert "Credential=A2%2F" in client.generate_presigned_url("get_object", PARAMS)
        later = presigned.Session(botocore_session=source).client("s3")
        assert "Credential=NEW%2F" in later.generate_presigned_url("get_object", PARAMS)


def test_a_session_without_credentials_makes_a_client_that_signs_nothing() -> None:
    session = presigned.Session(botocore_session=botocore.session.Session())
    assert session.get_credentials() is None
    with pytest.raises(botocore.exceptions.NoCredentialsError) as caught:
        session.client("s3").generate_presigned_url("get_object", PARAMS)
    assert "botocore.session.Session that was given has none" in caught.value.__notes__[0]


def test_a_role_is_assumed_in_the_region_of_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def resolver(_: Any, region_name: str | None = None) -> Any:
        asked.append(region_name)
        return botocore.credentials.CredentialResolver([])

    monkeypatch.setattr("botocore.credentials.create_credential_resolver", resolver)
    for library in (boto3, presigned):
        library.Session(botocore_session=botocore.session.Session()).client("s3", region_name="sa-east-1")
    assert asked == ["sa-east-1", "sa-east-1"]


@pytest.mark.parametrize(
    "given",
    [boto3.Session("AK", SECRET), "default", object(), botocore.session.Session, 5],
    ids=["boto3's", "a name", "an object", "a class", "a number"],
)
def test_a_value_that_is_not_a_botocore_session_is_refused_by_its_type(given: object) -> None:
    with pytest.raises(TypeError, match=r"must be a botocore\.session\.Session, not") as caught:
        presigned.Session(botocore_session=given)
    assert str(type(given)) in str(caught.value)
    assert ("credentials=that_session" in str(caught.value)) == isinstance(given, boto3.Session)


def test_an_asynchronous_session_gives_credentials_that_need_not_be_awaited() -> None:
    class Session(AioSession, botocore.session.Session):  # type: ignore[misc] # botocore has no types
        def __init__(self) -> None:
            botocore.session.Session.__init__(self)
            AioSession.__init__(self, AioCredentials())

    client = presigned.Session(botocore_session=Session(), region_name="eu-central-1").client("s3")
    assert "Credential=AIO%2F" in client.generate_presigned_url("get_object", PARAMS)


# The reverse: botocore and its users accept presigned's credentials.


def ours() -> list[Any]:
    end = (START + HOUR).timestamp()
    return [
        Credentials("AK", SECRET, "token", account_id="123456789012"),
        RefreshableCredentials(lambda: FrozenCredentials("AK", SECRET, "token", "123456789012", end), "test"),
        presigned.Session(botocore_session=boto3.Session("AK", SECRET, "token")._session).get_credentials(),
    ]


@pytest.mark.parametrize("kind", range(3))
def test_botocore_signs_with_our_credentials(kind: int) -> None:
    with freezegun.freeze_time(START):
        credentials = ours()[kind]
        session = botocore.session.Session()
        vars(session)["_credentials"] = credentials
        made = session.create_client("s3", "eu-central-1", config=V4).generate_presigned_url("get_object", PARAMS)
        client = presigned.client("s3", "eu-central-1", credentials=credentials)
        assert made == client.generate_presigned_url("get_object", PARAMS)
        # Another service, whose endpoint asks for the account.
        table = session.create_client("dynamodb", "eu-central-1")
        assert table.generate_presigned_url("list_tables").startswith("https://")


@pytest.mark.parametrize("kind", range(3))
def test_our_credentials_have_what_users_of_boto3s_read(kind: int) -> None:
    with freezegun.freeze_time(START):
        credentials = ours()[kind]
        theirs = botocore.credentials.Credentials("AK", SECRET, "token", account_id=credentials.account_id)
        # requests-aws4auth, opensearch-py, s3fs and pyarrow's users.
        for one in (credentials, credentials.get_frozen_credentials()):
            assert (one.access_key, one.secret_key, one.token) == ("AK", SECRET, "token")
        assert tuple(credentials.get_frozen_credentials())[:3] == tuple(theirs.get_frozen_credentials())[:3]
        access_key, secret_key, token, account_id = credentials.get_frozen_credentials()
        again = boto3.Session(access_key, secret_key, token).get_credentials()
        assert again is not None
        assert again.get_frozen_credentials()[:3] == theirs.get_frozen_credentials()[:3]
        assert account_id == credentials.account_id == credentials.get_deferred_property("account_id")()
        assert isinstance(credentials.method, str)
        # botocore's own has no such attribute.
        assert getattr(credentials, "expires_at", None) in (None, START + HOUR)


def test_expiry_is_an_instant_with_a_zone() -> None:
    with freezegun.freeze_time(START):
        found = ours()[1].expires_at
    assert isinstance(found, datetime.datetime)
    assert found.utcoffset() == datetime.timedelta(0)
