"""The extension reads plain credentials without a call, and gives what boto3 gives however a program changes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from unittest import mock

import botocore.credentials
import pytest

import presigned
from inplace import settings
from inplace.twins import Twins
from presigned._boto3.inplace import parts

URL, POST = "generate_presigned_url", "generate_presigned_post"
GET = ("get_object", settings.BASE)


class Shown(NamedTuple):
    """What credentials show to a client."""

    access_key: str
    secret_key: str
    token: str | None


class Other(botocore.credentials.Credentials):  # type: ignore[misc] # botocore has no types
    """Credentials of another class."""

    def get_frozen_credentials(self) -> Any:
        """Returns others."""
        return Shown("OTHER", "other secret", "other token")


def of_botocore() -> Any:
    return botocore.credentials.Credentials("AKFIRST", "first secret", "first token")


def of_presigned() -> Any:
    return presigned.Session(
        aws_access_key_id="AKFIRST", aws_secret_access_key="first secret", aws_session_token="first token"
    ).get_credentials()


CHANGES: dict[str, Callable[[Any], None]] = {
    "a key": lambda one: setattr(one, "access_key", "AKSECOND"),
    "the secret": lambda one: setattr(one, "secret_key", "second secret"),
    "another token": lambda one: setattr(one, "token", "second token"),
    "no token": lambda one: setattr(one, "token", None),
    "no key": lambda one: setattr(one, "access_key", None),
    "no secret": lambda one: setattr(one, "secret_key", None),
    "a number": lambda one: setattr(one, "access_key", 5),
    "bytes": lambda one: setattr(one, "secret_key", b"bytes"),
    "a deleted token": lambda one: delattr(one, "token"),
    "a deleted key": lambda one: delattr(one, "access_key"),
    "a deleted account": lambda one: delattr(one, "account_id"),
    "a method of its own": lambda one: setattr(one, "get_frozen_credentials", lambda: Shown("AKOWN", "own", None)),
    "a method past setattr": lambda one: vars(one).update(get_frozen_credentials=lambda: Shown("AKPAST", "own", None)),
    "a method that fails": lambda one: setattr(one, "get_frozen_credentials", mock.Mock(side_effect=OSError("gone"))),
}


def cold(make: Callable[[], Any]) -> Twins:
    twins = Twins(region_name="eu-central-1", config={"signature_version": "s3v4"})
    for client in (twins.plain, twins.fast):
        client._request_signer._credentials = make()
    return twins


def warm(make: Callable[[], Any]) -> Twins:
    twins = cold(make)
    for _ in range(3):
        twins.agree(URL, *GET)
        twins.agree(POST, "bucket", "key")
    return twins


def credentials_of(twins: Twins) -> list[Any]:
    return [client._request_signer._credentials for client in (twins.plain, twins.fast)]


@pytest.mark.parametrize("make", [of_botocore, of_presigned])
@pytest.mark.parametrize("change", CHANGES)
def test_what_a_program_sets_signs_the_next_call(make: Callable[[], Any], change: str) -> None:
    twins = warm(make)
    for one in credentials_of(twins):
        CHANGES[change](one)
    for _ in range(2):
        twins.agree(URL, *GET)
        twins.agree(POST, "bucket", "key")


@pytest.mark.parametrize("make", [of_botocore, of_presigned])
def test_a_method_of_the_class_that_is_replaced_is_called_until_it_is_put_back(make: Callable[[], Any]) -> None:
    twins = warm(make)
    kind = type(make())
    with mock.patch.object(kind, "get_frozen_credentials", return_value=Shown("AKCLASS", "class", "token")):
        assert "AKCLASS" in twins.agree(URL, *GET).text
        twins.agree(POST, "bucket", "key")
    assert "AKFIRST" in twins.agree(URL, *GET).text


@pytest.mark.parametrize("make", [of_botocore, of_presigned])
@pytest.mark.parametrize("is_warm", [False, True])
@pytest.mark.parametrize(
    ("name", "replacement"),
    [
        ("access_key", property(lambda _: "AKCLASS", lambda *_: None)),
        (
            "__getattribute__",
            lambda one, name: "AKCLASS" if name == "access_key" else object.__getattribute__(one, name),
        ),
    ],
)
def test_what_the_class_answers_for_an_attribute_counts(
    make: Callable[[], Any], is_warm: bool, name: str, replacement: Any
) -> None:
    twins = warm(make) if is_warm else cold(make)
    with mock.patch.object(type(make()), name, replacement, create=True):
        assert "AKCLASS" in twins.agree(URL, *GET).text
    assert "AKFIRST" in twins.agree(URL, *GET).text


@pytest.mark.parametrize("name", ["access_key", "secret_key", "token"])
def test_what_the_class_of_the_answer_shows_counts(name: str) -> None:
    twins = warm(of_botocore)
    before = twins.agree(URL, *GET).text
    with mock.patch.object(botocore.credentials.ReadOnlyCredentials, name, property(lambda _: "AKSHOWN")):
        assert twins.agree(URL, *GET).text != before


def test_what_the_method_of_botocore_makes_is_used_if_it_is_replaced() -> None:
    twins = warm(of_botocore)
    with mock.patch("botocore.credentials.ReadOnlyCredentials", return_value=Shown("AKMADE", "made", None)):
        assert "AKMADE" in twins.agree(URL, *GET).text
    assert "AKFIRST" in twins.agree(URL, *GET).text


@pytest.mark.parametrize("make", [of_botocore, of_presigned])
def test_an_object_that_becomes_one_of_another_class_is_asked_as_that_class_answers(make: Callable[[], Any]) -> None:
    twins = warm(of_botocore)
    for one in credentials_of(twins):
        one.__class__ = Other
    assert "OTHER" in twins.agree(URL, *GET).text
    for client in (twins.plain, twins.fast):
        client._request_signer._credentials = make()
    assert "AKFIRST" in twins.agree(URL, *GET).text


def test_credentials_that_another_thread_swaps_while_a_client_is_read_do_not_stay() -> None:
    twins = cold(of_botocore)
    signer = twins.fast._request_signer
    own, other = signer._credentials, botocore.credentials.Credentials("AKOTHER", "x")
    check = parts.check

    def swap(client: Any, library: str) -> None:
        check(client, library)
        signer._credentials = other

    with mock.patch.object(parts, "check", swap):
        twins.fast.generate_presigned_url(*GET)
    signer._credentials = own
    for _ in range(2):
        assert "AKFIRST" in twins.agree(URL, *GET).text
        twins.agree(POST, "bucket", "key")
