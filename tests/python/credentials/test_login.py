"""The sign-in that `aws login` keeps: boto3 and this package read the same file and ask the same server.

boto3 needs another package to sign with the sign-in's private key. The tests give it one that
signs with anything; the signatures of this package are checked with the public key.
"""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import botocore.credentials
import pytest

import presigned
from credentials.endpoint import Answer, Asked, Endpoint, as_json, serving, unused_url
from credentials.hanging import is_interrupted, is_left
from credentials.p256 import is_signed
from credentials.resolved import Found, notes_of, ours, same_credentials, same_error, theirs
from presigned import _network

SESSION = "arn:aws:sts::123456789012:assumed-role/Admin/admin"
#: A key that is not in use: from the cases that botocore publishes.
PEM = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+PNauWi/ihtwHHbq
1tgc8Vgpwx0qQlNSN38y+z0igWehRANCAAR2Ntw6BXJ1v8jb9XjzKZJ+gL5f/3Jq
IqiH2PUGKWxoFwNlcNB83FivEXEzlTbuCQK5OezOYb3gbvHuzKkB0nDX
-----END PRIVATE KEY-----"""
ACCESS_TOKEN = {
    "accessKeyId": "ASIALOGIN",
    "secretAccessKey": "a secret",
    "sessionToken": "a token",
    "accountId": "123456789012",
    "expiresAt": "2090-01-31T12:00:00Z",
}
TOKEN = {
    "accessToken": ACCESS_TOKEN,
    "clientId": "arn:aws:signin:::devtools/same-device",
    "refreshToken": "a refresh token",
    "idToken": "an id",
    "dpopKey": PEM,
}
ENDED = {**TOKEN, "accessToken": {**ACCESS_TOKEN, "expiresAt": "2020-01-01T00:00:00Z"}}
RENEWED = as_json(
    {
        "accessToken": {"accessKeyId": "ASIANEXT", "secretAccessKey": "next secret", "sessionToken": "next token"},
        "refreshToken": "next refresh token",
        "tokenType": "aws_sigv4",
        "expiresIn": 3600,
    }
)


class AnyKey:
    """Signs with zeros."""

    @classmethod
    def new_key_from_der_data(cls, _: bytes) -> AnyKey:
        return cls()

    def get_public_coords(self) -> tuple[bytes, bytes]:
        return b"x", b"y"

    def sign(self, _: bytes) -> bytes:
        return bytes(64)

    @staticmethod
    def decode_der_signature_to_padded_pair(signature: bytes, pad_to: int) -> bytes:
        assert len(signature) == 2 * pad_to
        return signature


class Home:
    """A home with a sign-in, and the service that renews it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.endpoint: Endpoint
        self.answer: Answer = RENEWED
        self.file = folder / "cache" / (sha256(SESSION.encode()).hexdigest() + ".json")
        self.file.parent.mkdir()

    def keeps(self, token: object) -> None:
        self.file.write_text(token if isinstance(token, str) else json.dumps(token), encoding="utf-8")

    def kept(self) -> Any:
        return json.loads(self.file.read_text(encoding="utf-8"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    made = Home(tmp_path)
    monkeypatch.setattr(botocore.credentials, "EC", AnyKey)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    (tmp_path / "config").write_text(f"[default]\nlogin_session = {SESSION}\nregion = eu-central-1\n", encoding="utf-8")
    monkeypatch.setenv("AWS_LOGIN_CACHE_DIRECTORY", str(made.file.parent))
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with serving(lambda _: made.answer) as endpoint:
        made.endpoint = endpoint
        monkeypatch.setenv("AWS_ENDPOINT_URL_SIGNIN", endpoint.url)
        yield made


def both_renew(home: Home) -> Found:
    """Both renew the same sign-in, and write the same file; boto3 computes the expiry by its clock."""
    found, kept = [], []
    for ask in (ours, theirs):
        home.keeps(ENDED)
        keys = ask()
        assert isinstance(keys, Found), repr(keys)
        found.append(keys)
        kept.append(home.kept())
    assert found[0].expiry is not None
    assert found[1].expiry is not None
    assert found[0].expiry == pytest.approx(found[1].expiry, abs=5)
    for each in kept:
        each["accessToken"].pop("expiresAt")
    assert kept[0] == kept[1]
    for name in ("method", "access_key", "secret_key", "token", "account_id"):
        assert getattr(found[0], name) == getattr(found[1], name)
    return found[0]


def test_valid_credentials_are_read_without_a_request(home: Home) -> None:
    home.keeps(TOKEN)
    found = same_credentials()
    assert (found.method, found.access_key, found.account_id) == ("login", "ASIALOGIN", "123456789012")
    assert not home.endpoint.asked


@pytest.mark.parametrize("name", ["~/cache", "$HOME/cache", "${HOME}/cache"])
def test_the_directory_is_named_as_a_shell_names_it(home: Home, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("AWS_LOGIN_CACHE_DIRECTORY", name)
    home.keeps(TOKEN)
    assert same_credentials().access_key == "ASIALOGIN"


def test_the_directory_is_in_the_home_unless_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_LOGIN_CACHE_DIRECTORY")
    usual = home.folder / ".aws/login/cache"
    usual.mkdir(parents=True)
    (usual / home.file.name).write_text(json.dumps(TOKEN), encoding="utf-8")
    assert same_credentials().access_key == "ASIALOGIN"


def test_a_sign_in_is_renewed_when_its_credentials_have_expired(home: Home) -> None:
    found = both_renew(home)
    assert (found.access_key, found.secret_key, found.token) == ("ASIANEXT", "next secret", "next token")
    kept = home.kept()
    assert (kept["refreshToken"], kept["idToken"], kept["dpopKey"]) == ("next refresh token", "an id", PEM)
    mine, boto3s = home.endpoint.taken()
    assert (mine.method, mine.path, json.loads(mine.body)) == (boto3s.method, boto3s.path, json.loads(boto3s.body))


@pytest.mark.parametrize(
    ("minutes", "found"), [(4, "ASIANEXT"), (6, "ASIALOGIN"), (14, "ASIALOGIN"), (16, "ASIALOGIN")]
)
def test_a_sign_in_is_renewed_shortly_before_its_credentials_expire(home: Home, minutes: int, found: str) -> None:
    end = datetime.now(timezone.utc) + timedelta(minutes=minutes)
    token = {**TOKEN, "accessToken": {**ACCESS_TOKEN, "expiresAt": end.strftime("%Y-%m-%dT%H:%M:%SZ")}}
    for ask in (ours, theirs):
        home.keeps(token)
        keys = ask()
        assert isinstance(keys, Found)
        assert keys.access_key == found


def test_what_was_renewed_is_for_its_owner_alone_and_leaves_nothing_else(home: Home) -> None:
    home.keeps(ENDED)
    ours()
    assert stat.S_IMODE(home.file.stat().st_mode) == 0o600
    assert list(home.file.parent.iterdir()) == [home.file]


def test_credentials_that_another_process_renewed_are_read_from_the_file(home: Home) -> None:
    home.keeps(ENDED)
    keys = presigned.Session().get_credentials()
    assert keys is not None
    home.keeps(TOKEN)
    assert keys.access_key == "ASIALOGIN"
    assert not home.endpoint.asked


def test_a_renewal_proves_who_asks(home: Home) -> None:
    home.keeps(ENDED)
    ours()
    [asked] = home.endpoint.taken()
    header, claims, signature = asked.headers["dpop"].split(".")
    said, claimed = json.loads(_decoded(header)), json.loads(_decoded(claims))
    jwk = said["jwk"]
    public = (int.from_bytes(_decoded(jwk["x"]), "big"), int.from_bytes(_decoded(jwk["y"]), "big"))
    assert is_signed(f"{header}.{claims}".encode(), _decoded(signature), public)
    assert not is_signed(f"{header}.{claims}.".encode(), _decoded(signature), public)
    # The public key is at the end of the private one.
    der = base64.b64decode("".join(PEM.splitlines()[1:-1]))
    assert der.endswith(_decoded(jwk["x"]) + _decoded(jwk["y"]))
    theirs_of = json.loads(_decoded(_boto3s(home).headers["dpop"].split(".")[0]))
    assert {**said, "jwk": None} == {**theirs_of, "jwk": None}
    assert jwk.keys() == theirs_of["jwk"].keys()
    boto3_claims = json.loads(_decoded(_boto3s(home).headers["dpop"].split(".")[1]))
    assert claimed.keys() == boto3_claims.keys()
    assert (claimed["htm"], claimed["htu"]) == (boto3_claims["htm"], boto3_claims["htu"])
    assert abs(claimed["iat"] - boto3_claims["iat"]) < 30


def _boto3s(home: Home) -> Asked:
    home.keeps(ENDED)
    theirs()
    [asked] = home.endpoint.taken()
    return asked


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_sign_in_is_renewed_where_it_was_made(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def remember(**given: Any) -> object:
        asked.append(given["network"]["region"])
        return "A", "B", "C", 3600, "D"

    monkeypatch.setattr(_network, "login_create_token", remember)
    for token in (ENDED, {**ENDED, "signInRegion": "us-west-2"}):
        home.keeps(token)
        ours()
    assert asked == ["eu-central-1", "us-west-2"]


def test_without_a_region_a_sign_in_cannot_be_renewed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    (home.folder / "config").write_text(f"[default]\nlogin_session = {SESSION}\n", encoding="utf-8")
    monkeypatch.delenv("AWS_ENDPOINT_URL_SIGNIN")
    home.keeps(ENDED)
    assert isinstance(same_error(), presigned.exceptions.NoRegionError)


@pytest.mark.parametrize("missing", ["accessToken", "refreshToken", "dpopKey", "clientId"])
def test_a_file_that_lacks_something_is_refused_in_boto3s_words(home: Home, missing: str) -> None:
    home.keeps({name: value for name, value in TOKEN.items() if name != missing})
    error = same_error()
    assert isinstance(error, presigned.exceptions.LoginTokenLoadError)
    assert "Sign in again: aws login" in notes_of(error)
    home.keeps("[]")
    same_error()


def test_a_sign_in_that_is_missing_is_refused_in_boto3s_words(home: Home) -> None:
    error = same_error()
    assert isinstance(error, presigned.exceptions.LoginTokenLoadError)
    assert f"{home.file} does not exist." in notes_of(error)
    home.keeps("null")
    same_error()


def test_the_command_to_sign_in_again_names_the_profile(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    (home.folder / "config").write_text(f"[profile 'a b']\nlogin_session = {SESSION}\n", encoding="utf-8")
    monkeypatch.setenv("AWS_PROFILE", "a b")
    assert "Sign in again: aws login --profile 'a b'" in notes_of(same_error())


@pytest.mark.parametrize(
    "token",
    [
        "garbage",
        {**TOKEN, "accessToken": "text"},
        *({**TOKEN, "accessToken": {k: v for k, v in ACCESS_TOKEN.items() if k != name}} for name in ACCESS_TOKEN),
        {**TOKEN, "accessToken": {**ACCESS_TOKEN, "expiresAt": "soon"}},
    ],
)
def test_a_file_that_boto3_fails_on_is_refused(home: Home, token: object) -> None:
    home.keeps(token)
    expected = theirs()
    assert isinstance(expected, Exception)
    assert not isinstance(expected, botocore.exceptions.BotoCoreError)
    error = ours()
    assert isinstance(error, presigned.exceptions.LoginTokenLoadError)
    assert "a secret" not in str(error) + notes_of(error)


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        ("TOKEN_EXPIRED", "LoginRefreshRequired"),
        ("USER_CREDENTIALS_CHANGED", "LoginRefreshRequired"),
        ("INSUFFICIENT_PERMISSIONS", "LoginInsufficientPermissions"),
        ("SOMETHING_NEW", "LoginError"),
    ],
)
def test_a_refusal_is_named_as_boto3_names_it(home: Home, reason: str, name: str) -> None:
    _, body = as_json({"__type": "AccessDeniedException", "error": reason, "message": "no"})
    home.answer = (403, body)
    home.keeps(ENDED)
    error = same_error()
    assert type(error).__name__ == name
    assert "no (status 403)" in notes_of(error)
    assert home.kept() == ENDED


@pytest.mark.parametrize(("status", "code"), [(400, "ValidationException"), (429, "TooManyRequestsError")])
def test_an_error_of_the_service_is_raised_as_in_boto3(home: Home, status: int, code: str) -> None:
    _, body = as_json({"__type": code, "error": code, "message": "not now"})
    home.answer = (status, body)
    home.keeps(ENDED)
    raised, expected = ours(), theirs()
    for error in (raised, expected):
        assert isinstance(error, botocore.exceptions.ClientError)
        assert error.response["Error"] == {"Code": code, "Message": "not now"}
        assert error.operation_name == "CreateOAuth2Token"
    assert home.kept() == ENDED


def test_a_service_that_cannot_be_reached_is_reported_as_in_boto3(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.keeps(ENDED)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SIGNIN", unused_url())
    assert isinstance(same_error(), presigned.exceptions.EndpointConnectionError)


@pytest.mark.parametrize("answer", [as_json({}), as_json({"accessToken": {"accessKeyId": "A"}}), (200, "garbage")])
def test_an_answer_without_credentials_is_refused(home: Home, answer: Answer) -> None:
    home.answer = answer
    home.keeps(ENDED)
    assert isinstance(theirs(), Exception)
    error = ours()
    assert isinstance(error, presigned.exceptions.LoginTokenLoadError)
    assert "invalid service response" in str(error)
    assert home.kept() == ENDED


@pytest.mark.parametrize("pem", ["", "garbage", PEM.replace("MIGH", "AAAA")])
def test_an_invalid_private_key_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch, pem: str) -> None:
    def refuse(_: bytes) -> AnyKey:
        raise ValueError("no key")

    monkeypatch.setattr(AnyKey, "new_key_from_der_data", refuse)
    home.keeps({**ENDED, "dpopKey": pem})
    error = same_error()
    assert "Unable to load private key" in str(error)
    assert not home.endpoint.asked


def test_boto3_needs_another_package_for_this(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.keeps(TOKEN)
    monkeypatch.setattr(botocore.credentials, "EC", None)
    assert isinstance(theirs(), botocore.exceptions.MissingDependencyException)
    assert isinstance(ours(), Found)


@pytest.mark.parametrize("happens", [is_interrupted, is_left])
def test_a_service_that_hangs_does_not_delay_the_exit(home: Home, happens: Callable[..., None]) -> None:
    home.keeps(ENDED)
    home.answer = "nothing"
    look = "find = presigned.Session.get_credentials\n"
    patch = "presigned.Session.get_credentials = lambda self: find(self).get_frozen_credentials()"
    happens(lambda: home.endpoint.waiting.wait(30), look + patch)
