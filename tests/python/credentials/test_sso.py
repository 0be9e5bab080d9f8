"""Credentials for those who signed in by `aws sso login`: the settings, the token on disk, and how it is renewed."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from typing import Any

import boto3
import botocore.exceptions
import freezegun
import pytest

import presigned
from credentials.desk import Desk
from credentials.identity_server import Answer, Asked, json_error, sso_token
from credentials.resolved import notes_of

ROLE = "sso_account_id = 111122223333\nsso_role_name = Reader\n"
START = "sso_start_url = https://start\nsso_region = us-west-2\n"
LEGACY = f"[profile dev]\n{ROLE}{START}"
SESSION = f"[profile dev]\nsso_session = corp\n{ROLE}[sso-session corp]\n{START}sso_registration_scopes = a\n"
REGISTRATION = {
    "clientId": "id",
    "clientSecret": "secret",
    "refreshToken": "r",
    "registrationExpiresAt": "2098-01-01T00:00:00Z",
}
KINDS = pytest.mark.parametrize(
    ("config", "name"), [(LEGACY, "https://start"), (SESSION, "corp")], ids=["legacy", "session"]
)


@KINDS
def test_the_token_is_exchanged_for_the_credentials_of_the_role(desk: Desk, config: str, name: str) -> None:
    desk.sign_in(name)
    desk.write(config)
    found, [asked] = desk.keys(profile_name="dev")
    assert (found.method, found.access_key, found.account_id) == ("sso", "ASIAReader", "111122223333")
    assert found.expiry == 4070908800.0
    assert asked.parameters == {"role_name": "Reader", "account_id": "111122223333"}
    assert asked.token == "t"


def test_the_profile_may_repeat_what_its_session_says(desk: Desk) -> None:
    desk.sign_in("corp")
    desk.write(SESSION.replace("[sso-session", START + "[sso-session"))
    desk.keys(profile_name="dev")


@pytest.mark.parametrize(
    ("config", "text"),
    [
        (
            "[profile dev]\nsso_role_name = r\n",
            "missing required configuration: sso_account_id, sso_start_url, sso_reg",
        ),
        ("[profile dev]\nsso_account_id = 1\n" + START, "missing required configuration: sso_role_name"),
        (SESSION.replace("[sso-session corp]", "[sso-session other]"), 'sso-session does not exist: "corp"'),
        (
            SESSION.replace("[sso-session", "sso_region = eu-west-1\n[sso-session"),
            "The value for sso_region is inconsistent between profile (eu-west-1) and sso-session (us-west-2).",
        ),
        (SESSION.replace("sso_region = us-west-2\n", ""), "is missing required configuration: sso_region"),
        (
            SESSION.replace("sso_region = us-west-2\n", "").replace("[sso", "sso_region = eu-west-1\n[sso"),
            "the SSO token provider but is missing the following configuration: ['sso_region']",
        ),
        (
            f"[profile dev]\nsso_session = corp\n{ROLE}[sso-session corp]\n",
            "missing required configuration: sso_start_url",
        ),
    ],
)
def test_settings_that_lead_to_no_sign_in_are_refused(desk: Desk, config: str, text: str) -> None:
    desk.sign_in("corp")
    desk.write(config)
    error, asked = desk.error(profile_name="dev")
    assert text in str(error)
    assert not asked
    for library in (boto3, presigned):
        with pytest.raises(botocore.exceptions.InvalidConfigError):
            library.Session(profile_name="dev").client("s3")


@pytest.mark.parametrize(
    ("content", "text"),
    [(None, "does not exist"), ("{}", "is invalid"), ('{"accessToken": "t"}', "is invalid"), ("[]", "is invalid")],
)
@KINDS
def test_a_token_that_is_missing_or_incomplete_is_reported(
    desk: Desk, config: str, name: str, content: str | None, text: str
) -> None:
    if content is not None:
        desk.sign_in(name)
        desk.token_file(name).write_text(content, encoding="utf-8")
    desk.write(config)
    error, asked = desk.error(profile_name="dev")
    assert isinstance(error, botocore.exceptions.SSOTokenLoadError)
    assert text in str(error)
    assert notes_of(error).startswith("Sign in again: aws sso login --profile dev")
    assert not asked


@pytest.mark.parametrize(
    "content",
    ["not JSON", "\x00", "7", "null", '{"accessToken": 1, "expiresAt": 2}', '{"accessToken": "t", "expiresAt": "?"}'],
)
@KINDS
def test_an_invalid_token_is_reported_as_invalid(desk: Desk, config: str, name: str, content: str) -> None:
    """boto3 fails here with a KeyError, or with an error of its parser."""
    desk.sign_in(name)
    desk.token_file(name).write_text(content, encoding="utf-8")
    desk.write(config)
    keys: Any = presigned.Session(profile_name="dev").get_credentials()
    with pytest.raises(botocore.exceptions.SSOTokenLoadError, match="Token for https://start is invalid"):
        keys.get_frozen_credentials()
    keys = boto3.Session(profile_name="dev").get_credentials()
    with pytest.raises((KeyError, TypeError, ValueError)):
        keys.get_frozen_credentials()


@pytest.mark.parametrize("left", [1, 0, -1, -1e6])
def test_a_token_of_a_profile_is_used_until_it_expires(desk: Desk, left: float) -> None:
    # botocore reads another clock, so the token expires later than it seems.
    with freezegun.freeze_time("2030-01-01"):
        desk.now = 1893456000
        desk.sign_in("https://start", left)
        desk.write(LEGACY)
        if left > 0:
            desk.keys(profile_name="dev")
            return
        error, asked = desk.error(profile_name="dev")
    assert isinstance(error, botocore.exceptions.UnauthorizedSSOTokenError)
    assert notes_of(error).startswith("Sign in again: aws sso login --profile dev")
    assert not asked


def test_the_default_profile_needs_no_name(desk: Desk) -> None:
    desk.write(LEGACY.replace("profile dev", "default"))
    assert notes_of(desk.error()[0]).startswith("Sign in again: aws sso login")


@pytest.mark.parametrize(
    ("left", "registration", "operations", "token"),
    [
        (901, REGISTRATION, ["GetRoleCredentials"], "t"),
        (899, REGISTRATION, ["CreateToken", "GetRoleCredentials"], "renewed"),
        (-1000, REGISTRATION, ["CreateToken", "GetRoleCredentials"], "renewed"),
        (899, {}, ["GetRoleCredentials"], "t"),
        (899, {**REGISTRATION, "registrationExpiresAt": "2029-12-31T23:59:59UTC"}, ["GetRoleCredentials"], "t"),
    ],
)
def test_a_token_of_a_session_is_renewed_a_quarter_of_an_hour_before_its_end(
    desk: Desk, left: float, registration: dict[str, str], operations: list[str], token: str
) -> None:
    desk.write(SESSION)
    with freezegun.freeze_time("2030-01-01"):
        desk.now = 1893456000
        results = []
        for resolve in desk.both(profile_name="dev"):
            desk.sign_in("corp", left, **registration)
            asked, text = resolve(), desk.token_file("corp").read_text(encoding="utf-8")
            results.append((asked, text, stat.S_IMODE(desk.token_file("corp").stat().st_mode)))
    assert results[0] == results[1]
    asked = results[0][0]
    assert [one.operation for one in asked] == operations
    assert asked[-1].token == token
    if token == "renewed":
        assert asked[0].parameters == {
            "clientId": "id",
            "clientSecret": "secret",
            "grantType": "refresh_token",
            "refreshToken": "r",
        }
        assert json.loads(results[1][1])["expiresAt"] == "2030-01-01T08:00:00Z"
        assert results[1][2] == 0o600
    assert [path.name for path in desk.token_file("corp").parent.iterdir()] == [desk.token_file("corp").name]


def test_where_no_refresh_token_comes_back_none_is_kept(desk: Desk) -> None:
    body = json.dumps({"accessToken": "last", "tokenType": "Bearer", "expiresIn": 60})
    desk.identity.answers["CreateToken"] = lambda _: Answer(200, body, "application/json")
    desk.write(SESSION)
    kept = []
    for resolve in desk.both(profile_name="dev"):
        desk.sign_in("corp", 60, **REGISTRATION)
        assert resolve()[-1].token == "last"
        kept.append(json.loads(desk.token_file("corp").read_text(encoding="utf-8")).keys())
    assert kept[0] == kept[1]
    assert "refreshToken" not in kept[0]


REFUSAL = json_error("InvalidGrantException", "no more", 400)


@pytest.mark.parametrize(
    ("left", "registration", "answer", "asked"),
    [
        (-1, {}, sso_token, []),
        (-1, {**REGISTRATION, "registrationExpiresAt": "2020-01-01T00:00:00Z"}, sso_token, []),
        (-1, REGISTRATION, REFUSAL, ["CreateToken"]),
    ],
)
def test_a_token_that_expired_and_cannot_be_renewed_is_reported(
    desk: Desk, left: float, registration: dict[str, str], answer: Callable[[Asked], Answer], asked: list[str]
) -> None:
    desk.identity.answers["CreateToken"] = answer
    desk.sign_in("corp", left, **registration)
    desk.write(SESSION)
    error, sent = desk.error(profile_name="dev")
    assert str(error) == "Error when retrieving token from sso: Token has expired and refresh failed"
    assert notes_of(error).startswith("Sign in again: aws sso login --profile dev")
    assert [one.operation for one in sent] == asked


def test_a_token_that_still_works_does_where_it_cannot_be_renewed(desk: Desk) -> None:
    desk.identity.answers["CreateToken"] = REFUSAL
    desk.sign_in("corp", 60, **REGISTRATION)
    desk.write(SESSION)
    _, asked = desk.keys(profile_name="dev")
    assert [(one.operation, one.token) for one in asked] == [("CreateToken", None), ("GetRoleCredentials", "t")]


@KINDS
def test_a_token_that_is_refused_is_reported_as_an_ended_sign_in(desk: Desk, config: str, name: str) -> None:
    desk.identity.answers["GetRoleCredentials"] = json_error("UnauthorizedException", "Session token not found", 401)
    desk.sign_in(name)
    desk.write(config)
    error, _ = desk.error(profile_name="dev")
    assert isinstance(error, botocore.exceptions.UnauthorizedSSOTokenError)
    assert notes_of(error).startswith("Sign in again: aws sso login --profile dev")


@pytest.mark.parametrize(
    ("code", "status"),
    [("ForbiddenException", 403), ("ResourceNotFoundException", 404), ("InvalidRequestException", 400)],
)
def test_what_the_service_says_is_passed_on(desk: Desk, code: str, status: int) -> None:
    desk.identity.answers["GetRoleCredentials"] = json_error(code, "No access", status)
    desk.sign_in("corp")
    desk.write(SESSION, AWS_MAX_ATTEMPTS="3")
    error, _ = desk.error(profile_name="dev")
    assert f"({code}) when calling the GetRoleCredentials operation: No access" in str(error)
