"""Clients of STS, RDS, DSQL and Polly: what they make is boto3's, without boto3, and the rest is boto3 itself."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import boto3
import botocore.client
import pytest
import time_machine
from botocore.stub import Stubber
from hypothesis import given, settings
from hypothesis import strategies as st

import presigned
from cached_models import cached_models

KEYS: dict[str, Any] = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
SPEECH = {"VoiceId": "Joanna", "Text": "Hello", "OutputFormat": "mp3"}
#: Service, method, arguments by place and by name.
CALLS: list[tuple[str, str, tuple[Any, ...], dict[str, Any]]] = [
    ("sts", "generate_presigned_url", ("get_caller_identity",), {}),
    ("sts", "generate_presigned_url", ("get_caller_identity", {}, 60, "GET"), {}),
    ("sts", "generate_presigned_url", (), {"ClientMethod": "get_caller_identity", "HttpMethod": "POST"}),
    ("rds", "generate_db_auth_token", ("db.abc.eu-central-1.rds.amazonaws.com", 5432, "an app"), {}),
    ("rds", "generate_db_auth_token", ("DB.example.com", "3306", "a+b/c@d"), {"Region": "us-east-1"}),
    ("dsql", "generate_db_connect_auth_token", ("a.dsql.eu-central-1.on.aws",), {}),
    ("dsql", "generate_db_connect_auth_token", ("a.dsql.eu-central-1.on.aws", "us-west-2", 604_800), {}),
    ("dsql", "generate_db_connect_admin_auth_token", ("a.dsql.eu-central-1.on.aws",), {"ExpiresIn": 5}),
    ("polly", "generate_presigned_url", ("synthesize_speech", SPEECH), {}),
    (
        "polly",
        "generate_presigned_url",
        ("synthesize_speech", {**SPEECH, "Text": "Größe & <b>日本</b>"}, 300, "GET"),
        {},
    ),
    ("polly", "generate_presigned_url", ("synthesize_speech", {"LexiconNames": ["b", "a"], **SPEECH}), {}),
]
#: What boto3 answers in its own way: an error, or a URL that is written in another form.
UNUSUAL: list[tuple[str, str, tuple[Any, ...], dict[str, Any]]] = [
    ("sts", "generate_presigned_url", ("get_session_token", {"DurationSeconds": 900}), {}),
    ("sts", "generate_presigned_url", ("no_such_operation",), {}),
    ("sts", "generate_presigned_url", ("get_caller_identity", {"A": 1}), {}),
    ("sts", "generate_presigned_url", ("get_caller_identity", None, 0), {}),
    ("sts", "generate_presigned_url", ("get_caller_identity", None, "60", "put"), {}),
    ("rds", "generate_db_auth_token", ("::1", 5432, "app"), {}),
    ("rds", "generate_db_auth_token", ("[::1]", 5432, "app"), {}),
    ("rds", "generate_db_auth_token", ("a host", None, "ü"), {}),
    ("rds", "generate_db_auth_token", ("db.example.com", 5432, "app"), {"Region": "any where"}),
    ("rds", "generate_presigned_url", ("describe_db_instances",), {}),
    ("dsql", "generate_db_connect_auth_token", ("a.example.com", None, -5), {}),
    ("dsql", "generate_db_connect_auth_token", ("a.example.com", None, "abc"), {}),
    ("polly", "generate_presigned_url", ("synthesize_speech", {"VoiceId": 1}), {}),
    ("polly", "generate_presigned_url", ("synthesize_speech", {**SPEECH, "Unknown": "x"}), {}),
    ("polly", "generate_presigned_url", ("synthesize_speech", {**SPEECH, "Text": "a\nb"}), {}),
    ("polly", "generate_presigned_url", ("describe_voices", {"Engine": "neural"}), {}),
]


@pytest.fixture(autouse=True, scope="module")
def boto3_of_one_model() -> Iterator[None]:
    """Each test makes clients of boto3: they need not read the models again."""
    with cached_models(tls=True):
        yield


def outcome(call: Callable[[], Any]) -> Any:
    """What a call returns, or the class and the message of its error."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - all are compared
        return type(error).__name__, str(error)


def agree(service: str, method: str, arguments: tuple[Any, ...], named: dict[str, Any], **of_client: Any) -> Any:
    """Asks both libraries at one instant, and returns what both say."""
    given = {"region_name": "eu-central-1", **KEYS, **of_client}
    with time_machine.travel(1_790_000_000, tick=False):
        client = presigned.Session().client(service, **given)
        ours = outcome(lambda: getattr(client, method)(*arguments, **named))
        theirs = outcome(lambda: getattr(boto3.client(service, **given), method)(*arguments, **named))
    assert ours == theirs
    return client


@pytest.mark.parametrize("token", [None, "t/+= ü"])
@pytest.mark.parametrize("call", CALLS)
def test_the_usual_calls_are_boto3s_and_made_without_it(call: tuple[Any, ...], token: str | None) -> None:
    client = agree(*call, aws_session_token=token)
    assert client._presigned.theirs is None


@pytest.mark.parametrize("call", UNUSUAL)
def test_boto3_answers_all_other_calls(call: tuple[Any, ...]) -> None:
    client = agree(*call)
    assert client._presigned.theirs is not None


@pytest.mark.parametrize("service", ["sts", "polly"])
def test_the_hosts_of_all_regions_are_boto3s(service: str) -> None:
    operation = ("get_caller_identity",) if service == "sts" else ("synthesize_speech", SPEECH)
    session = boto3.Session()
    for partition in session.get_available_partitions():
        for region in [*session.get_available_regions("sts", partition), "eu-new-7"]:
            agree(service, "generate_presigned_url", operation, {}, region_name=region)


strings = st.text(st.characters(codec="utf-8"), max_size=6)
anything = st.one_of(strings, st.integers(-1, 700_000), st.none(), st.booleans(), st.just({}), st.just("eu-west-1"))


@settings(max_examples=40, deadline=None)
@given(st.tuples(anything, anything, strings, anything))
def test_any_arguments_for_a_database_are_answered_as_boto3_answers_them(arguments: tuple[Any, ...]) -> None:
    agree("rds", "generate_db_auth_token", arguments, {})


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*SPEECH, "Engine", "LexiconNames", "Foo"]), st.one_of(anything, st.lists(strings)))
)
def test_any_speech_is_answered_as_boto3_answers_it(more: dict[str, Any]) -> None:
    agree("polly", "generate_presigned_url", ("synthesize_speech", {**SPEECH, **more}), {})


PROGRAM = """
import sys, presigned
keys = {"region_name": "eu-central-1", "aws_access_key_id": "AK", "aws_secret_access_key": "SK"}
presigned.client("sts", **keys).generate_presigned_url("get_caller_identity")
presigned.client("rds", **keys).generate_db_auth_token("db", 1, "u")
presigned.client("dsql", **keys).generate_db_connect_auth_token("h")
presigned.Session(**keys).client("polly").generate_presigned_url(
    "synthesize_speech", {"VoiceId": "Joanna", "Text": "Hello", "OutputFormat": "mp3"}
)
print([name for name in sys.modules if name.partition(".")[0] in ("boto3", "botocore")])
"""


def test_nothing_of_boto3_is_imported() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def client_of(service: str = "sts") -> Any:
    return presigned.Session().client(service, "eu-central-1", **KEYS)


def test_a_client_is_one_of_boto3s_for_everything_else() -> None:
    sts = client_of()
    assert isinstance(sts, botocore.client.BaseClient)
    assert sts.meta.region_name == "eu-central-1"
    with Stubber(sts) as stubber:
        stubber.add_response("get_caller_identity", {"Account": "1"})
        assert sts.get_caller_identity()["Account"] == "1"
    assert "get_session_token" in dir(sts)
    assert sts.exceptions.RegionDisabledException


def test_from_then_on_boto3_answers_everything() -> None:
    sts = client_of()
    sts.meta.events.register("before-sign.sts", lambda request, **_: request.params.update(Mine="1"))
    assert "Mine=1" in sts.generate_presigned_url("get_caller_identity")
    other = client_of()
    with mock.patch.object(other, "generate_presigned_url", autospec=True) as replaced:
        other.generate_presigned_url("get_caller_identity")
    replaced.assert_called_once_with("get_caller_identity")
    assert other.generate_presigned_url("get_caller_identity").startswith("https://sts.")


def test_threads_make_one_client_of_boto3() -> None:
    sts, found = client_of(), []
    threads = [threading.Thread(target=lambda: found.append(sts.meta)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({*map(id, found)}) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"endpoint_url": "http://localhost:1"},
        {"config": presigned.Config(region_name="us-east-1")},
        {"verify": False},
        {"use_ssl": False},
        {"region_name": "aws-global"},
    ],
)
def test_a_client_with_other_settings_is_boto3s_own(more: dict[str, Any]) -> None:
    given = {"region_name": "eu-central-1", **KEYS, **more}
    assert type(presigned.Session().client("sts", **given)).__module__ == "botocore.client"
    agree("sts", "generate_presigned_url", ("get_caller_identity",), {}, **more)


@pytest.mark.parametrize(
    "variable", ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL", "AWS_USE_FIPS_ENDPOINT", "AWS_STS_REGIONAL_ENDPOINTS"]
)
def test_variables_that_decide_hosts_leave_it_to_boto3(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value = {"F": "true", "T": "legacy"}.get(variable[8], "http://localhost:1")
    monkeypatch.setenv(variable, "legacy" if "REGIONAL" in variable else value if "URL" in variable else "true")
    assert type(client_of()).__module__ == "botocore.client"


def test_no_secret_is_shown_pickled_or_copied() -> None:
    sts = client_of()
    assert "secret" not in repr(sts)
    for act in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot pickle 'STS' object"):
            act(sts)
    with pytest.raises(AttributeError):
        sts._repr_html_  # noqa: B018 - notebooks look for it
    assert sts._presigned.theirs is None
