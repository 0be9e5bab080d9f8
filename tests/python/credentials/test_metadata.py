"""The metadata service of an EC2 instance: boto3 and this package ask the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
import time_machine
from botocore.httpsession import URLLib3Session
from botocore.utils import IMDSFetcher

import presigned
from credentials.endpoint import Answer, Asked, Endpoint, as_json, serving, unused_url
from credentials.hanging import is_interrupted, is_left
from credentials.resolved import Found, notes_of, ours, reasons, same_credentials, same_error, theirs
from presigned import _network

ROLE = "/latest/meta-data/iam/security-credentials/"
KEYS = {
    "Code": "Success",
    "AccessKeyId": "ASIAINSTANCE",
    "SecretAccessKey": "a secret",
    "Token": "a token",
    "Expiration": "2090-01-31T12:00:00Z",
}
ENDED = {**KEYS, "Expiration": "2001-01-01T00:00:00Z"}


class Instance:
    """An instance with a role; speaks version 2 and, unless it wants tokens, version 1.

    What stands in `instead` is said in place of the usual answer to a path.
    """

    def __init__(self) -> None:
        self.endpoint: Endpoint
        self.wants_token = True
        self.instead: dict[str, Answer | list[Answer]] = {}

    def answer(self, asked: Asked) -> Answer:
        said = self.instead.get(asked.path)
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        return said or self._usual(asked)

    def _usual(self, asked: Asked) -> Answer:
        if asked.path == "/latest/api/token":
            good = asked.method == "PUT" and asked.headers.get("x-aws-ec2-metadata-token-ttl-seconds") == "21600"
            return (200, "the token") if good else (400, "")
        token = asked.headers.get("x-aws-ec2-metadata-token")
        if token != "the token" and (self.wants_token or token is not None):
            return 401, "Unauthorized"
        usual: dict[str, Answer] = {ROLE: (200, "the-role"), ROLE + "the-role": as_json(KEYS)}
        return usual.get(asked.path, (404, "Not Found"))


TOKEN = "/latest/api/token"


@pytest.fixture
def instance(monkeypatch: pytest.MonkeyPatch) -> Iterator[Instance]:
    made = Instance()
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
    with serving(made.answer) as endpoint:
        made.endpoint = endpoint
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint.url)
        yield made


def test_the_credentials_of_the_role_are_found(instance: Instance) -> None:
    found = same_credentials()
    assert (found.method, found.access_key, found.token) == ("iam-role", "ASIAINSTANCE", "a token")
    paths = [(asked.method, asked.path) for asked in instance.endpoint.taken()]
    assert paths == [("PUT", TOKEN), ("GET", ROLE), ("GET", ROLE + "the-role")] * 2


@pytest.mark.parametrize("refusal", [(404, ""), (403, "off"), (405, ""), (500, "oops"), "closed"])
def test_an_instance_without_tokens_is_asked_without(instance: Instance, refusal: Answer) -> None:
    instance.wants_token = False
    instance.instead[TOKEN] = refusal
    assert same_credentials().access_key == "ASIAINSTANCE"
    assert "x-aws-ec2-metadata-token" not in instance.endpoint.taken()[-1].headers


def test_a_token_that_does_not_come_through_is_done_without(instance: Instance) -> None:
    """As from a container, if the answer to a PUT may not take another hop."""
    instance.wants_token = False
    instance.instead[TOKEN] = "nothing"
    assert same_credentials().access_key == "ASIAINSTANCE"


def test_if_tokens_are_required_and_none_arrives_the_error_names_the_hop_limit(instance: Instance) -> None:
    instance.instead[TOKEN] = "nothing"
    assert theirs() is None
    assert "(status 401)" in (why := reasons("iam-role"))
    assert "hop limit must be 2" in why


@pytest.mark.parametrize("refusal", [(404, ""), (403, "off"), (500, "oops"), "closed", "nothing"])
def test_an_instance_without_tokens_is_refused_where_version_1_is_disabled(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, refusal: Answer
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_V1_DISABLED", "true")
    assert same_credentials().access_key == "ASIAINSTANCE"
    instance.wants_token = False
    instance.instead[TOKEN] = refusal
    error = same_error()
    assert isinstance(error, presigned.exceptions.MetadataRetrievalError)
    assert instance.endpoint.url + TOKEN in notes_of(error)


def test_a_request_for_a_token_that_is_called_wrong_is_no_want_of_tokens(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_V1_DISABLED", "true")
    instance.instead[TOKEN] = (400, "what?")
    assert theirs() is None
    assert "what?" in reasons("iam-role")


@pytest.mark.parametrize(
    ("path", "answer", "why"),
    [
        (TOKEN, (400, "what?"), "a token: what? (status 400)"),
        (ROLE, (404, "Not Found"), "the instance has no role"),
        (ROLE, (500, "oops"), "the name of the role: oops (status 500)"),
        (ROLE, (200, ""), "the name of the role: no text in the answer (status 200)"),
        (ROLE, "closed", "the name of the role: "),
        (ROLE, "nothing", "the name of the role: the service did not answer in time"),
        (ROLE + "the-role", (500, ""), "the credentials of the role: no text in the answer (status 500)"),
        (ROLE + "the-role", (200, "garbage"), "the credentials of the role: the answer is not JSON"),
        (ROLE + "the-role", as_json({}), "the credentials of the role: the answer has no AccessKeyId"),
        (ROLE + "the-role", as_json({**KEYS, "Token": None}), "the answer has no Token"),
        (
            ROLE + "the-role",
            as_json({"Code": "AssumeRoleUnauthorizedAccess", "Message": "EC2 cannot assume the role"}),
            "AssumeRoleUnauthorizedAccess: the credentials of the role: the answer has no AccessKeyId",
        ),
    ],
)
def test_an_instance_without_credentials_is_skipped_and_the_error_says_why(
    instance: Instance, path: str, answer: Answer, why: str
) -> None:
    instance.instead[path] = answer
    assert theirs() is None or path.endswith("the-role")
    reason = reasons("iam-role")
    assert why in reason
    assert "a secret" not in reason


def test_a_service_that_does_not_run_is_skipped_and_the_error_says_so(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", unused_url())
    assert theirs() is None
    assert "Connection refused" in reasons("iam-role")
    assert not instance.endpoint.asked


def test_a_service_that_is_disabled_is_not_asked(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "TRUE")
    assert theirs() is None
    assert reasons("iam-role") == "iam-role: AWS_EC2_METADATA_DISABLED is true"
    assert not instance.endpoint.asked


@pytest.mark.parametrize("path", [TOKEN, ROLE, ROLE + "the-role"])
def test_each_step_is_tried_as_often_as_the_setting_says(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    usual = instance.answer(Asked("PUT", path, {"x-aws-ec2-metadata-token-ttl-seconds": "21600"}))
    good: Answer = usual if path == TOKEN else ((200, "the-role") if path == ROLE else as_json(KEYS))
    monkeypatch.setenv("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "3")
    for ask in (ours, theirs):
        instance.instead[path] = [(500, "oops"), "closed", good]
        assert isinstance(ask(), Found)
        assert [asked.path for asked in instance.endpoint.taken()].count(path) == 3
    for attempts in ("0", "-1"):
        monkeypatch.setenv("AWS_METADATA_SERVICE_NUM_ATTEMPTS", attempts)
        assert theirs() is None
        assert ours() is None
        assert not instance.endpoint.asked


@pytest.mark.parametrize("option", ["timeout", "num_attempts"])
@pytest.mark.parametrize("value", ["abc", "1.5", ""])
def test_a_setting_that_is_no_whole_number_is_refused(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, option: str, value: str
) -> None:
    monkeypatch.setenv(f"AWS_METADATA_SERVICE_{option.upper()}", value)
    assert isinstance(same_error(), ValueError)
    assert not instance.endpoint.asked


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("AWS_METADATA_SERVICE_TIMEOUT", "abc"),
        ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", ""),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ipv5"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "here"),
    ],
)
def test_a_wrong_setting_is_refused_whichever_source_has_the_credentials(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, option: str, value: str
) -> None:
    file = tmp_path / "credentials"
    file.write_text("[default]\naws_access_key_id = A\naws_secret_access_key = B\n", encoding="utf-8")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    assert same_credentials().method == "shared-credentials-file"
    monkeypatch.setenv(option, value)
    same_error()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "A")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "B")
    same_error()
    assert not instance.endpoint.asked


@pytest.mark.parametrize("timeout", ["0", "-1"])
def test_an_invalid_timeout_is_refused(instance: Instance, monkeypatch: pytest.MonkeyPatch, timeout: str) -> None:
    monkeypatch.setenv("AWS_METADATA_SERVICE_TIMEOUT", timeout)
    same_error()
    assert not instance.endpoint.asked


def test_the_profile_has_the_same_settings(instance: Instance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = tmp_path / "config"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.delenv("AWS_EC2_METADATA_SERVICE_ENDPOINT")
    usual = f"[default]\nec2_metadata_service_endpoint = {instance.endpoint.url}\n"
    config.write_text(usual + "metadata_service_timeout = 1\nmetadata_service_num_attempts = 2\n", encoding="utf-8")
    instance.instead[ROLE] = [(500, "oops"), (200, "the-role"), (500, "oops"), (200, "the-role")]
    assert same_credentials().access_key == "ASIAINSTANCE"
    instance.instead[ROLE] = (200, "the-role")
    instance.wants_token = False
    instance.instead[TOKEN] = (404, "")
    assert same_credentials().access_key == "ASIAINSTANCE"
    config.write_text(usual + "ec2_metadata_v1_disabled = true\n", encoding="utf-8")
    assert isinstance(same_error(), presigned.exceptions.MetadataRetrievalError)
    config.write_text(usual + "metadata_service_timeout = soon\n", encoding="utf-8")
    assert isinstance(same_error(), ValueError)
    config.write_text("[default]\nec2_metadata_service_endpoint_mode = ipv5\n", encoding="utf-8")
    assert isinstance(same_error(), presigned.exceptions.InvalidIMDSEndpointModeError)


@pytest.mark.parametrize("url", ["here", "http://", "http://a b/", "http://a_b:1", "http://127.0.0.1:1\n"])
def test_an_invalid_endpoint_is_refused(instance: Instance, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", url)
    assert isinstance(same_error(), presigned.exceptions.InvalidIMDSEndpointError)
    assert not instance.endpoint.asked


@pytest.mark.parametrize("mode", ["ipv5", ""])
def test_an_invalid_mode_is_refused(instance: Instance, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", mode)
    assert isinstance(same_error(), presigned.exceptions.InvalidIMDSEndpointModeError)
    assert not instance.endpoint.asked


@pytest.mark.parametrize(
    ("settings", "mode"),
    [
        ({}, "ipv4"),
        ({"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"}, "ipv6"),
        ({"AWS_IMDS_USE_IPV6": "true"}, "ipv6"),
        ({"AWS_IMDS_USE_IPV6": "true", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "ipv4"}, "ipv4"),
        ({"AWS_IMDS_USE_IPV6": "1"}, "ipv4"),
    ],
)
def test_the_mode_says_which_address_of_aws_is_asked(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], mode: str
) -> None:
    """Shown by where boto3 would connect: neither address answers."""
    asked: list[str] = []

    def refuse(_: object, request: object) -> object:
        asked.append(request.url)  # type: ignore[attr-defined] # botocore's own class
        raise ConnectionRefusedError

    def remember(**settings: object) -> object:
        asked.append(str(settings["endpoint_mode"]))
        return "A", "B", None, None, None

    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", "")
    monkeypatch.setattr(URLLib3Session, "send", refuse)
    theirs()
    monkeypatch.setattr(_network, "metadata_credentials", remember)
    ours()
    hosts = {"ipv4": "http://169.254.169.254/", "ipv6": "http://[fd00:ec2::254]/"}
    assert asked == [hosts[mode] + TOKEN.lstrip("/"), mode]
    assert not instance.endpoint.asked


def test_the_time_out_is_the_setting_s(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[object] = []

    def remember(**settings: object) -> object:
        waits.append(settings["timeout"])
        return "A", "B", None, None, None

    monkeypatch.setattr(_network, "metadata_credentials", remember)
    ours()
    monkeypatch.setenv("AWS_METADATA_SERVICE_TIMEOUT", " 7 ")
    ours()
    assert waits == [IMDSFetcher()._timeout, 7]
    assert not instance.endpoint.asked


def test_expired_credentials_are_used_where_the_service_has_no_others(instance: Instance) -> None:
    instance.instead[ROLE + "the-role"] = as_json(ENDED)
    now = datetime.now(timezone.utc).timestamp()
    for ask in (ours, theirs):
        found = ask()
        assert isinstance(found, Found)
        assert found.access_key == "ASIAINSTANCE"
        assert found.expiry is not None
        assert now + 17 * 60 - 2 < found.expiry < now + 26 * 60
        assert len(instance.endpoint.taken()) == 3, "asked once"


def test_credentials_that_expire_soon_keep_their_expiry(instance: Instance) -> None:
    """boto3 moves it to a time when they do not work any more."""
    end = int(datetime.now(timezone.utc).timestamp()) + 6 * 60
    text = datetime.fromtimestamp(end, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    instance.instead[ROLE + "the-role"] = as_json({**KEYS, "Expiration": text})
    found, expected = ours(), theirs()
    assert isinstance(found, Found)
    assert isinstance(expected, Found)
    assert found.expiry == end
    assert expected.expiry is not None
    assert expected.expiry > end


def test_a_refresh_that_fails_says_what_boto3_says_and_why(instance: Instance) -> None:
    keys = presigned.Session().get_credentials()
    assert keys is not None
    instance.instead[ROLE] = (500, "oops")
    late = datetime(2090, 1, 31, 11, 55, tzinfo=timezone.utc)
    with time_machine.travel(late), pytest.raises(presigned.exceptions.CredentialRetrievalError) as caught:
        keys.get_frozen_credentials()
    assert str(caught.value) == (
        "Error when retrieving credentials from iam-role: Credential refresh failed, response did not contain: "
        "access_key, secret_key, token, expiry_time"
    )
    assert "the name of the role: oops (status 500)" in notes_of(caught.value)


@pytest.mark.parametrize("path", [TOKEN, ROLE + "the-role"])
@pytest.mark.parametrize("happens", [is_interrupted, is_left])
def test_a_service_that_hangs_does_not_delay_the_exit(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, path: str, happens: Callable[..., None]
) -> None:
    instance.instead[path] = "nothing"
    monkeypatch.setenv("AWS_METADATA_SERVICE_TIMEOUT", "600")
    happens(lambda: instance.endpoint.waiting.wait(30))
