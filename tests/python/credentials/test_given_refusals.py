"""`credentials=`: what has no credentials is refused by its type, and a given secret is shown nowhere."""

from __future__ import annotations

import copy
import functools
import pickle
import traceback
from collections.abc import Generator
from types import SimpleNamespace
from typing import Any
from unittest import mock

import boto3
import botocore.credentials
import botocore.exceptions
import botocore.session
import pytest

import presigned
from credentials.source_classes import (
    SECRET,
    TOKEN,
    AioRefreshableCredentials,
    AioSession,
    Holder,
    Service,
)
from credentials.sources import (
    PAIR,
    functions,
    key_in,
    signing_with,
    source_named,
    sources,
    url,
)
from presigned._credentials import Credentials, provided

ACCEPTED = "credentials must be a credentials object or a session of boto3, botocore, aiobotocore or presigned"


@pytest.mark.parametrize("given", ["AK", b"AK", 5, (SECRET, SECRET), {**PAIR}, [SECRET], object(), SimpleNamespace()])
def test_an_invalid_source_is_refused_by_its_type_alone(given: object) -> None:
    with pytest.raises(TypeError) as caught:
        signing_with(given)
    assert str(caught.value).startswith(ACCEPTED)
    assert str(type(given)) in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("given", ["AK", 5, (SECRET,), ("A", SECRET, TOKEN, "x"), [SECRET, SECRET], lambda: SECRET])
def test_any_other_result_of_a_function_is_refused_by_its_type_alone(given: object) -> None:
    with pytest.raises(TypeError, match="credentials must") as caught:
        url(signing_with(lambda: given))
    assert str(type(given)) in str(caught.value)
    assert SECRET not in str(caught.value)


def test_credentials_and_an_access_key_together_are_refused_by_name() -> None:
    with pytest.raises(
        TypeError, match="Give either credentials or aws_access_key_id, aws_secret_access_key, not both"
    ):
        presigned.client("s3", aws_access_key_id="A", aws_secret_access_key=SECRET, credentials=Holder("AK", SECRET))
    with pytest.raises(TypeError, match="Give either credentials or aws_session_token, not both"):
        presigned.client("s3", aws_session_token=TOKEN, credentials=Holder("AK", SECRET))


def test_a_client_without_the_argument_uses_the_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    assert key_in(url(presigned.Session().client("s3", credentials=None))) == "ENV"


def test_an_unsigned_client_does_not_call_its_function() -> None:
    source = mock.Mock(side_effect=AssertionError)
    config = presigned.Config(signature_version=presigned.UNSIGNED)
    assert "X-Amz" not in url(presigned.client("s3", config=config, credentials=source))


@pytest.mark.parametrize(
    ("keys", "missing"), [((None, SECRET), "aws_access_key_id"), (("AK", None), "aws_secret_access_key")]
)
def test_one_key_without_the_other_gives_the_same_error_from_every_source(keys: tuple[Any, Any], missing: str) -> None:
    with pytest.raises(botocore.exceptions.PartialCredentialsError) as explicit:
        presigned.client("s3", **dict(zip(PAIR, keys, strict=True)))
    assert missing in str(explicit.value)
    mapping = dict(zip(("access_key", "secret_key"), keys, strict=True))
    for source in (Holder(*keys), Credentials(*keys), botocore.credentials.Credentials(*keys), lambda: mapping):
        with pytest.raises(botocore.exceptions.PartialCredentialsError) as caught:
            url(signing_with(source))
        assert str(caught.value) == str(explicit.value)


@pytest.mark.parametrize(
    "source",
    [lambda: None, dict, lambda: {"foo": SECRET}, Holder(None, None), boto3.Session(), presigned.Session()],
    ids=["None", "an empty dict", "a dict", "an object", "boto3", "ours"],
)
def test_a_source_without_credentials_raises_only_when_something_is_signed(source: object) -> None:
    client = signing_with(source)
    with pytest.raises(botocore.exceptions.NoCredentialsError) as caught:
        url(client)
    assert getattr(caught.value, "__notes__", [])


def test_credentials_that_are_not_strings_are_refused_and_not_shown() -> None:
    for source in (Holder("AK", SECRET.encode()), Holder(SECRET.encode(), "x"), Holder("AK", "x", [TOKEN])):
        with pytest.raises(ValueError, match="must be a string that UTF-8 can hold") as caught:
            url(signing_with(source))
        assert not any(secret in str(caught.value) for secret in (SECRET, TOKEN))


def test_asynchronous_credentials_that_need_not_wait_serve_a_synchronous_client() -> None:
    async def fetch() -> dict[str, Any]:
        return Service()()

    source = AioRefreshableCredentials(fetch)
    assert key_in(url(signing_with(source))) == "A1"
    assert key_in(url(signing_with(AioSession(source)))) == "A1"
    assert key_in(url(signing_with(lambda: source))) == "A1"


class Wait:
    """What a coroutine yields to its loop when it waits."""

    def __await__(self) -> Generator[None, None, None]:
        yield


def test_asynchronous_credentials_that_have_to_wait_need_an_asynchronous_client() -> None:
    closed = []

    async def fetch() -> dict[str, Any]:
        try:
            await Wait()
        finally:
            closed.append(True)
        raise AssertionError

    with pytest.raises(RuntimeError, match=r"must be awaited: create the client with presigned\.aio"):
        url(signing_with(AioRefreshableCredentials(fetch)))
    assert closed == [True]


def test_an_error_of_asynchronous_credentials_comes_with_advice() -> None:
    async def fetch() -> dict[str, Any]:
        raise RuntimeError("no running event loop")

    with pytest.raises(RuntimeError, match="no running event loop") as caught:
        url(signing_with(AioRefreshableCredentials(fetch)))
    assert "presigned.aio" in getattr(caught.value, "__notes__", [""])[0]


def test_an_async_function_needs_an_asynchronous_client() -> None:
    async def keys(access_key: str = "AK") -> tuple[str, str]:
        return access_key, SECRET

    class Asked:
        async def __call__(self) -> tuple[str, str]:
            return "AK", SECRET

        async def method(self) -> tuple[str, str]:
            return "AK", SECRET

    for given in (keys, functools.partial(keys, "AK"), Asked(), Asked().method):
        with pytest.raises(TypeError, match=r"presigned\.aio"):
            signing_with(given)
    with pytest.raises(TypeError, match=r"presigned\.aio"):
        url(signing_with(lambda: keys("AK")))


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", [*sources(), *functions()])
def test_a_given_secret_is_shown_nowhere(name: str) -> None:
    given = source_named(name)
    client = signing_with(given)
    url(client)
    source = provided.adopt(given)
    shown = [repr(client), str(client), repr(client.meta.config), repr(vars(client.meta)), repr(source), str(source)]
    for one in (client, source):
        # Copies of a client are the client itself.
        for attempt in (pickle.dumps, copy.deepcopy, copy.copy)[: 1 if one is client else 3]:
            with pytest.raises(TypeError, match="cannot pickle") as caught:
                attempt(one)
            shown += traceback.format_exception(caught.value)
    assert not any(secret in text for text in shown for secret in (SECRET, TOKEN))
