"""The agent beside a container: boto3 and this package ask the same one."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.exceptions
import pytest
from botocore.utils import ContainerMetadataFetcher

import presigned
from credentials.endpoint import Answer, Asked, Endpoint, as_json, serving, unused_url
from credentials.hanging import is_interrupted, is_left
from credentials.resolved import Found, notes_of, ours, same_credentials, same_error, theirs
from presigned._credentials import container

ENDED = "2001-01-01T00:00:00Z"
KEYS = {
    "AccessKeyId": "ASIACONTAINER",
    "SecretAccessKey": "a secret",
    "Token": "a token",
    "Expiration": "2090-01-31T12:00:00Z",
}
FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"


class Agent:
    """Gives one answer after the other, and repeats the last."""

    def __init__(self, endpoint: Endpoint, script: list[Answer]) -> None:
        self.endpoint = endpoint
        self._script = script

    def says(self, *answers: Answer) -> None:
        self._script[:] = answers


@pytest.fixture
def agent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Agent]:
    """An agent that the environment names. There is no wait between two attempts."""
    script: list[Answer] = [as_json(KEYS)]

    def answer(_: Asked) -> Answer:
        return script.pop(0) if len(script) > 1 else script[0]

    monkeypatch.setattr(ContainerMetadataFetcher, "SLEEP_TIME", 0)
    monkeypatch.setattr(container, "PAUSE", 0.0)
    with serving(answer) as endpoint:
        monkeypatch.setenv(FULL, endpoint.url + "/keys?of=task")
        yield Agent(endpoint, script)


def test_the_credentials_of_the_agent_are_found(agent: Agent) -> None:
    found = same_credentials()
    assert (found.method, found.access_key, found.token) == ("container-role", "ASIACONTAINER", "a token")
    assert [asked.path for asked in agent.endpoint.taken()] == ["/keys?of=task"] * 2
    agent.says(as_json({**KEYS, "AccountId": "123456789012"}))
    assert same_credentials().account_id == "123456789012"


def test_the_same_is_asked_as_boto3_asks(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic abc=")
    same_credentials()
    mine, boto3s = agent.endpoint.taken()
    for name in ("authorization", "accept", "host"):
        assert mine.headers[name] == boto3s.headers[name]


def test_a_relative_uri_leads_to_the_agent_of_aws_and_comes_first(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"http://{ContainerMetadataFetcher.IP_ADDRESS}" == container.AGENT
    monkeypatch.setattr(ContainerMetadataFetcher, "IP_ADDRESS", agent.endpoint.url.removeprefix("http://"))
    monkeypatch.setattr(container, "AGENT", agent.endpoint.url)
    monkeypatch.setenv(RELATIVE, "/v2/credentials/uuid")
    monkeypatch.setenv(FULL, unused_url())
    same_credentials()
    assert [asked.path for asked in agent.endpoint.taken()] == ["/v2/credentials/uuid"] * 2


def test_the_token_in_a_file_comes_first_and_is_read_at_each_fetch(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text("first", encoding="utf-8")
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "other")
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", str(file))
    agent.says(as_json({**KEYS, "Expiration": ENDED}), as_json(KEYS))
    keys = presigned.Session().get_credentials()
    assert keys is not None
    file.write_text("second", encoding="utf-8")
    assert keys.access_key == "ASIACONTAINER"
    assert [asked.headers["authorization"] for asked in agent.endpoint.taken()] == ["first", "second"]


@pytest.mark.parametrize("token", ["line\n", "two\rlines"])
@pytest.mark.parametrize("in_file", [False, True])
def test_a_token_of_more_than_a_line_is_refused(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, token: str, in_file: bool
) -> None:
    variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
    if in_file:
        variable += "_FILE"
        file = tmp_path / "token"
        file.write_bytes(token.encode())
        token = str(file)
    monkeypatch.setenv(variable, token)
    error = same_error()
    assert isinstance(error, ValueError)
    assert f"{variable} must be one line" in notes_of(error)
    assert not agent.endpoint.asked


@pytest.mark.usefixtures("agent")
def test_a_token_file_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", str(tmp_path / "missing"))
    assert isinstance(same_error(), FileNotFoundError)


@pytest.mark.parametrize("host", ["1.2.3.4", "example.com", "localhost.", "127.1", "[fd00:ec2::24]"])
def test_credentials_are_not_fetched_from_any_host(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv(FULL, f"http://{host}/")
    assert isinstance(same_error(), ValueError)


@pytest.mark.parametrize("url", ["", "here", "/keys"])
def test_an_invalid_url_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv(FULL, url)
    assert isinstance(theirs(), ValueError)
    error = ours()
    assert isinstance(error, ValueError)
    assert notes_of(error).startswith(f"This was {FULL}: {url}")


@pytest.mark.parametrize(
    "answer", [(500, "on fire"), (404, ""), (403, '{"message": "no"}'), (200, ""), (200, "garbage"), (204, "")]
)
def test_an_answer_without_credentials_is_refused_in_boto3s_words(agent: Agent, answer: Answer) -> None:
    agent.says(answer)
    error = same_error()
    assert isinstance(error, presigned.exceptions.CredentialRetrievalError)
    assert f"This was {FULL}: {agent.endpoint.url}/keys?of=task" in notes_of(error)
    assert len(agent.endpoint.taken()) == 6, "three attempts each"


def test_silence_is_refused_in_boto3s_words(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContainerMetadataFetcher, "TIMEOUT_SECONDS", 0.05)
    monkeypatch.setattr(container, "TIMEOUT", 0.05)
    agent.says("nothing")
    assert "Read timeout on endpoint URL" in str(same_error())


def test_a_connection_that_is_closed_is_refused_in_boto3s_words(agent: Agent) -> None:
    agent.says("closed")
    assert "Connection was closed" in str(same_error())


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_agent_that_does_not_run_is_reported_in_boto3s_words(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv(FULL, unused_url().replace("http", scheme) + "/")
    assert "Could not connect to the endpoint URL" in str(same_error())


def test_an_agent_that_cannot_prove_who_it_is_is_refused(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FULL, agent.endpoint.url.replace("http", "https") + "/")
    for error in (ours(), theirs()):
        assert isinstance(error, botocore.exceptions.SSLError)
        assert f"SSL validation failed for {os.environ[FULL]}" in str(error)


def test_an_agent_that_stumbles_is_asked_again(agent: Agent) -> None:
    stumbling: list[Answer] = [(500, "oops"), "closed", as_json(KEYS)]
    for ask in (ours, theirs):
        agent.says(*stumbling)
        assert isinstance(ask(), Found)
        assert len(agent.endpoint.taken()) == 3


@pytest.mark.parametrize("missing", list(KEYS))
def test_incomplete_credentials_are_refused(agent: Agent, missing: str) -> None:
    agent.says(as_json({name: value for name, value in KEYS.items() if name != missing}))
    assert isinstance(theirs(), KeyError)
    error = ours()
    assert isinstance(error, presigned.exceptions.CredentialRetrievalError)
    assert missing in str(error)
    assert "a secret" not in str(error) + notes_of(error)


def test_expired_credentials_are_fetched_again(agent: Agent) -> None:
    ended = as_json({**KEYS, "Expiration": ENDED})
    for ask in (ours, theirs):
        agent.says(ended, as_json(KEYS))
        assert isinstance(ask(), Found)
    agent.says(ended)
    assert isinstance(same_error(), RuntimeError)


def test_a_refresh_that_fails_says_why(agent: Agent) -> None:
    agent.says(as_json({**KEYS, "Expiration": ENDED}), (500, "on fire"))
    error = ours()
    agent.says(as_json({**KEYS, "Expiration": ENDED}), (500, "on fire"))
    assert isinstance(error, presigned.exceptions.CredentialRetrievalError)
    assert str(error) == str(theirs())


@pytest.mark.parametrize("answers", [[(500, "on fire")], [as_json({**KEYS, "Expiration": ENDED}), (500, "on fire")]])
def test_a_failure_notes_the_sources_that_came_before_and_had_no_credentials(agent: Agent, answers: list[Any]) -> None:
    agent.says(*answers)
    error = ours()
    assert isinstance(error, presigned.exceptions.CredentialRetrievalError)
    notes = "\n".join(error.__notes__)  # type: ignore[attr-defined] # of Python 3.11
    assert "  env: AWS_ACCESS_KEY_ID is not set\n  assume-role: profile 'default' has no role_arn\n" in notes
    assert notes.count("  env: ") == 1


@pytest.mark.parametrize("happens", [is_interrupted, is_left])
def test_an_agent_that_hangs_does_not_delay_the_exit(agent: Agent, happens: Callable[..., None]) -> None:
    agent.says("nothing")
    patient = "from presigned._credentials import container\ncontainer.TIMEOUT = 600.0"
    happens(lambda: agent.endpoint.waiting.wait(30), patient)


def test_other_threads_go_on_while_the_agent_hangs(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "TIMEOUT", 0.5)
    agent.says("nothing", as_json(KEYS))
    thread = threading.Thread(target=ours)
    thread.start()
    assert agent.endpoint.waiting.wait(30), "this very thread runs while the other waits"
    thread.join()
