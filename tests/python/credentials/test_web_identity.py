"""Roles taken on for a token in a file: from the environment, as on EKS, or from a profile."""

from __future__ import annotations

from typing import Any

import boto3
import botocore.exceptions
import pytest

import presigned
from credentials.desk import Desk
from credentials.identity_server import sts_credentials, sts_error
from credentials.resolved import notes_of

ARN = "arn:aws:iam::123456789012:role/"
PROFILE = f"[profile p]\nrole_arn = {ARN}p\nweb_identity_token_file = HOME/token\nrole_session_name = p-session\n"
FILE = {"AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/other"}
ROLE = {"AWS_ROLE_ARN": f"{ARN}env"}
NAME = {"AWS_ROLE_SESSION_NAME": "env-session"}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    (desk.home / "token").write_text("token of the profile", encoding="utf-8")
    (desk.home / "other").write_text("token of the environment\n", encoding="utf-8")
    return desk


@pytest.mark.parametrize(
    ("environ", "profile_name", "role", "name", "token"),
    [
        ({**FILE, **ROLE}, None, "env", None, "token of the environment\n"),
        ({**FILE, **ROLE, **NAME}, None, "env", "env-session", "token of the environment\n"),
        ({**FILE, **ROLE, "AWS_ROLE_SESSION_NAME": ""}, None, "env", None, "token of the environment\n"),
        ({"AWS_PROFILE": "p"}, None, "p", "p-session", "token of the profile"),
        # One setting at a time, the environment comes first.
        ({"AWS_PROFILE": "p", **ROLE}, None, "env", "p-session", "token of the profile"),
        ({"AWS_PROFILE": "p", **FILE}, None, "p", "p-session", "token of the environment\n"),
        ({"AWS_PROFILE": "p", **NAME}, None, "p", "env-session", "token of the profile"),
        # The environment is ignored if the profile was given by name.
        ({**FILE, **ROLE, **NAME}, "p", "p", "p-session", "token of the profile"),
    ],
)
def test_sts_is_asked_for_the_role_with_the_token(
    desk: Desk, environ: dict[str, str], profile_name: str | None, role: str, name: str | None, token: str
) -> None:
    desk.write(PROFILE, **environ)
    found, [asked] = desk.keys(**({} if profile_name is None else {"profile_name": profile_name}))
    assert (found.method, found.access_key) == ("assume-role-with-web-identity", f"ASIA{role}")
    assert found.account_id == "123456789012"
    assert asked.operation == "AssumeRoleWithWebIdentity"
    assert asked.parameters == {
        "RoleArn": ARN + role,
        "RoleSessionName": name or f"botocore-session-{desk.now}",
        "WebIdentityToken": token,
    }
    assert (asked.signer, asked.token) == (None, None)


@pytest.mark.parametrize(
    ("config", "environ"),
    [("", FILE), ("", {**FILE, "AWS_ROLE_ARN": ""}), (PROFILE, {"AWS_PROFILE": "p", "AWS_ROLE_ARN": ""})],
)
def test_a_token_without_a_role_is_refused_at_once(desk: Desk, config: str, environ: dict[str, str]) -> None:
    desk.write(config, **environ)
    error, asked = desk.error()
    assert "has no role ARN configured" in str(error)
    assert not asked
    with pytest.raises(botocore.exceptions.InvalidConfigError):
        presigned.Session().client("s3")


def test_an_empty_variable_hides_the_profiles_own_token(desk: Desk) -> None:
    desk.write(PROFILE, AWS_PROFILE="p", AWS_WEB_IDENTITY_TOKEN_FILE="")
    assert desk.resolved() == (None, [])


def test_a_token_file_that_is_not_there_is_reported_when_it_is_needed(desk: Desk) -> None:
    (desk.home / "other").unlink()
    desk.write(**FILE, **ROLE)
    for library in (boto3, presigned):
        library.Session().client("s3")
    error, _ = desk.error()
    assert isinstance(error, FileNotFoundError)
    assert "AWS_WEB_IDENTITY_TOKEN_FILE" in notes_of(error)


def test_a_token_that_is_too_short_is_not_sent(desk: Desk) -> None:
    (desk.home / "other").write_text("abc", encoding="utf-8")
    desk.write(**{**FILE, "AWS_ROLE_ARN": "r", "AWS_ROLE_SESSION_NAME": "n"})
    error, asked = desk.error()
    assert "parameter WebIdentityToken, value: 3, valid min length: 4" in str(error)
    assert not asked


@pytest.mark.parametrize("code", ["ExpiredTokenException", "InvalidIdentityToken", "AccessDenied", "IDPRejectedClaim"])
def test_what_sts_says_is_passed_on(desk: Desk, code: str) -> None:
    desk.identity.answers["AssumeRoleWithWebIdentity"] = sts_error(code, "Token expired: current date/time", 400)
    desk.write(**FILE, **ROLE, AWS_MAX_ATTEMPTS="3")
    error, _ = desk.error()
    assert f"({code}) when calling the AssumeRoleWithWebIdentity operation: Token expired" in str(error)


def test_the_token_is_read_again_for_each_fetch(desk: Desk) -> None:
    desk.identity.answers["AssumeRoleWithWebIdentity"] = lambda asked: sts_credentials(asked, desk.instant(5 * 60))
    desk.write(**FILE, **ROLE)
    for keys in desk.unresolved():
        for text in ("first", "second"):
            (desk.home / "other").write_text(text, encoding="utf-8")
            keys.get_frozen_credentials()
            assert [one.parameters["WebIdentityToken"] for one in desk.identity.taken()] == [text]
            # Nearer to the expiry of the credentials than boto3 allows.
            desk.now += 4 * 60


def test_no_output_shows_the_token(desk: Desk) -> None:
    (desk.home / "other").write_text("a.secret.token", encoding="utf-8")
    desk.identity.answers["AssumeRoleWithWebIdentity"] = sts_error("AccessDenied", "no", 403)
    desk.write(**FILE, **ROLE)
    keys: Any = presigned.Session().get_credentials()
    with pytest.raises(botocore.exceptions.ClientError) as raised:
        keys.get_frozen_credentials()
    assert "secret" not in repr(raised.value) + repr(keys) + notes_of(raised.value)
