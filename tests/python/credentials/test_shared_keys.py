"""What a program sets on a session's credentials: all clients of the session sign with it, as in boto3."""

from __future__ import annotations

import asyncio
import datetime
import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
import botocore.config
import botocore.credentials
import botocore.exceptions
import freezegun
import pytest

import presigned
import presigned.aio
from credentials.source_classes import HOUR, SECRET, START, TOKEN
from credentials.sources import PARAMS, key_in, of_boto3, url
from presigned import _settings
from presigned._core import FrozenCredentials, HeldCredentials
from presigned._credentials import Credentials, environment
from presigned._credentials.provided import adopt
from presigned._credentials.refreshable import RefreshableCredentials

PAIR: dict[str, Any] = {"aws_access_key_id": "AK", "aws_secret_access_key": SECRET}
REGION: dict[str, Any] = {"region_name": "eu-central-1"}
OTHER_SECRET, OTHER_TOKEN = "another-hush-secret", "another-hush-token"


def of_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> presigned.Session:
    file = tmp_path / "credentials"
    file.write_text(f"[p]\naws_access_key_id = AK\naws_secret_access_key = {SECRET}\n", encoding="utf-8")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    return presigned.Session(profile_name="p", **REGION)


def of_environment(monkeypatch: pytest.MonkeyPatch) -> presigned.Session:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AK")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    return presigned.Session(**REGION)


@pytest.fixture(params=["given", "environment", "profile"])
def session(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> presigned.Session:
    if request.param == "profile":
        return of_profile(tmp_path, monkeypatch)
    if request.param == "environment":
        return of_environment(monkeypatch)
    return presigned.Session(**PAIR, **REGION)


def clients(session: presigned.Session) -> list[Any]:
    """Made in each of the ways that clients are made."""
    return [
        session.client("s3"),
        session.client("s3", verify=False),
        session.client("s3", config=botocore.config.Config(connect_timeout=7)),
        session.resource("s3").meta.client,
    ]


def made_by(client: Any) -> Iterator[str]:
    """The access keys of all that a client makes; twice, because the second call of a kind takes the fast path."""
    for _ in "123":
        yield key_in(client.generate_presigned_url("get_object", PARAMS))
        yield client.generate_presigned_post("photos", "k")["fields"]["x-amz-credential"].partition("/")[0]
        yield key_in(client.generate_presigned_urls("get_object", [PARAMS])[0])
        yield from map(key_in, client.generate_presigned_urls("get_object", {"Bucket": "photos", "Key": ["a", "b"]}))
        yield key_in(client.presign("get_object", PARAMS).url)


def test_all_clients_of_the_session_sign_with_what_is_set(clock: Any, session: presigned.Session) -> None:
    before = clients(session)
    own = session.client("s3", aws_access_key_id="OWN", aws_secret_access_key=SECRET)
    for client in before:
        assert set(made_by(client)) == {"AK"}
    credentials = session.get_credentials()
    assert credentials is not None
    credentials.access_key, credentials.secret_key, credentials.token = "NEW", OTHER_SECRET, OTHER_TOKEN
    expected = of_boto3("NEW", OTHER_SECRET, OTHER_TOKEN)
    for client in (*before, *clients(session)):
        assert url(client) == expected
        assert set(made_by(client)) == {"NEW"}
    assert set(made_by(own)) == {"OWN"}
    # One after the other, while clients are made.
    credentials.token = None
    assert {url(client) for client in before} == {of_boto3("NEW", OTHER_SECRET, None)}
    clock.tick(HOUR)
    credentials.access_key = "THIRD"
    assert {url(client) for client in before} == {of_boto3("THIRD", OTHER_SECRET, None)}


def test_it_is_so_in_boto3() -> None:
    for library in (boto3, presigned):
        session = library.Session(**PAIR, **REGION)
        before = session.client("s3", config=botocore.config.Config(signature_version="s3v4"))
        own = session.client("s3", config=botocore.config.Config(signature_version="s3v4"), **PAIR)
        session.get_credentials().access_key = "NEW"
        assert [key_in(url(client)) for client in (before, own)] == ["NEW", "AK"]


def test_the_boto3_client_behind_signs_with_what_is_set_too(session: presigned.Session) -> None:
    for client in clients(session)[:3]:
        assert client.can_paginate("list_objects_v2")
    credentials = session.get_credentials()
    assert credentials is not None
    before = clients(session)[:3]
    theirs = [client._get_credentials() for client in before]
    credentials.access_key, credentials.token = "NEW", OTHER_TOKEN
    for each in theirs:
        assert each.get_frozen_credentials()[:3] == ("NEW", SECRET, OTHER_TOKEN)


def test_what_is_set_is_seen_and_can_be_taken_back(session: presigned.Session) -> None:
    client = session.client("s3")
    credentials = session.get_credentials()
    assert credentials is not None
    with mock.patch.object(credentials, "access_key", "MOCKED"):
        assert (credentials.access_key, key_in(url(client))) == ("MOCKED", "MOCKED")
    assert (credentials.access_key, key_in(url(client))) == ("AK", "AK")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "secret_key", OTHER_SECRET)
        assert credentials.get_frozen_credentials().secret_key == OTHER_SECRET
    assert credentials.get_frozen_credentials() == ("AK", SECRET, None, None)

    class Masked(str):
        __slots__ = ()

        def __repr__(self) -> str:
            return "***"

    credentials.secret_key = masked = Masked(OTHER_SECRET)
    assert credentials.secret_key is masked
    with freezegun.freeze_time(START):
        assert url(client) == of_boto3("AK", OTHER_SECRET, None)


@pytest.mark.usefixtures("clock")
def test_a_mock_in_the_place_of_the_method_that_clients_call_decides_what_they_sign_with() -> None:
    """As in boto3, whose clients call it for each signature."""
    fetched = FrozenCredentials("AK", SECRET, TOKEN, None, (START + 5 * HOUR).timestamp())
    source = boto3.Session(**PAIR)._session
    made: list[tuple[Any, Any]] = []
    for library in (boto3, presigned):
        session = library.Session(**PAIR, **REGION)
        config = botocore.config.Config(signature_version="s3v4")
        made.append((session.get_credentials(), session.client("s3", config=config)))
    of_theirs = presigned.Session(botocore_session=source, **REGION)
    made.append((of_theirs.get_credentials(), of_theirs.client("s3")))
    refreshable = RefreshableCredentials(lambda: fetched, "m")
    made.append((refreshable, presigned.client("s3", "eu-central-1", credentials=refreshable)))
    for credentials, client in made:
        for _ in "12":
            assert key_in(url(client)) == "AK"
        answers = iter(botocore.credentials.ReadOnlyCredentials(f"MOCKED{number}", SECRET, TOKEN) for number in "123")
        with mock.patch.object(credentials, "get_frozen_credentials", side_effect=answers):
            assert [key_in(url(client)) for _ in "123"] == ["MOCKED1", "MOCKED2", "MOCKED3"]
        assert key_in(url(client)) == "AK"
        assert credentials.get_frozen_credentials().access_key == "AK"


@pytest.mark.parametrize(
    ("changes", "error", "text"),
    [
        ({"access_key": None}, presigned.exceptions.PartialCredentialsError, "missing: aws_access_key_id"),
        ({"secret_key": None}, presigned.exceptions.PartialCredentialsError, "missing: aws_secret_access_key"),
        ({"access_key": None, "secret_key": None}, presigned.exceptions.NoCredentialsError, "Unable to locate"),
        ({"access_key": 5}, TypeError, "access_key must be a str, not <class 'int'>"),
        ({"secret_key": SECRET.encode()}, TypeError, "secret_key must be a str, not <class 'bytes'>"),
        ({"token": [TOKEN]}, TypeError, "token must be a str, not <class 'list'>"),
        ({"secret_key": "\ud800"}, ValueError, "must be strings that can be encoded in UTF-8"),
    ],
)
def test_what_cannot_sign_is_reported_when_it_would(
    session: presigned.Session, changes: dict[str, Any], error: type[Exception], text: str
) -> None:
    client = session.client("s3")
    assert url(client)
    credentials = session.get_credentials()
    for name, value in changes.items():
        setattr(credentials, name, value)
        # It is the value that was set.
        assert getattr(credentials, name) is value
    for call in (
        lambda: url(client),
        lambda: client.generate_presigned_post("photos", "k"),
        lambda: client.generate_presigned_urls("get_object", [PARAMS]),
        credentials.current,  # type: ignore[union-attr] # there are some
    ):
        with pytest.raises(error, match=text) as caught:
            call()
        assert SECRET not in str(caught.value)
        assert TOKEN not in str(caught.value)
    for name, value in {"access_key": "AK", "secret_key": SECRET, "token": None}.items():
        setattr(credentials, name, value)
    assert key_in(url(client)) == "AK"


def test_boto3_signs_with_secrets_that_are_not_strings() -> None:
    session = boto3.Session(**PAIR, **REGION)
    client = session.client("s3", config=botocore.config.Config(signature_version="s3v4"))
    session.get_credentials().secret_key = 5
    assert key_in(url(client)) == "AK"
    session.get_credentials().access_key = 5
    with pytest.raises(TypeError, match="sequence item 0"):
        url(client)


def test_what_is_deleted_is_gone_as_in_boto3() -> None:
    for library in (boto3, presigned):
        credentials = library.Session(**PAIR).get_credentials()
        for name in ("access_key", "secret_key", "token"):
            delattr(credentials, name)
            with pytest.raises(AttributeError, match=f"'Credentials' object has no attribute '{name}'"):
                getattr(credentials, name)
            assert not hasattr(credentials, name)
        assert repr(credentials)
    session = presigned.Session(**PAIR, **REGION)
    client = session.client("s3")
    del session.get_credentials().secret_key  # type: ignore[union-attr] # there are some
    with pytest.raises(presigned.exceptions.PartialCredentialsError, match="aws_secret_access_key"):
        url(client)


def test_a_deleted_token_is_missed_when_a_client_signs_as_in_boto3() -> None:
    for library in (boto3, presigned):
        session = library.Session(**PAIR, **REGION)
        client = session.client("s3")
        del session.get_credentials().token
        with pytest.raises(AttributeError, match="'Credentials' object has no attribute 'token'"):
            url(client)


@pytest.mark.parametrize("arguments", [({}, {}), ({}, {"verify": False}), ({"verify": False}, {"verify": False})])
def test_threads_that_make_a_sessions_first_clients_share_its_credentials(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    session = of_environment(monkeypatch)
    both = threading.Barrier(2, timeout=60)

    def held_up(read: Any) -> Any:
        def reading() -> Any:
            found = read()
            # Neither has seen what the other has found.
            both.wait()
            return found

        return reading

    for module, name in ((_settings, "credentials_in_environment"), (environment, "of_environment")):
        monkeypatch.setattr(module, name, held_up(getattr(module, name)))
    with ThreadPoolExecutor(2) as pool:
        made = [pool.submit(session.client, "s3", **each) for each in arguments]
        clients = [one.result(60) for one in made]
    session.get_credentials().access_key = "NEW"  # type: ignore[union-attr] # there are some
    assert {key_in(url(client)) for client in clients} == {"NEW"}


def test_threads_see_credentials_that_were_set_together() -> None:
    """While one thread sets credentials, others sign: each URL is of some access key that was set, and none raises."""
    session = presigned.Session(**PAIR, **REGION)
    client = session.client("s3")
    credentials: Any = session.get_credentials()
    seen: set[str] = set()
    done = threading.Event()

    def sign() -> None:
        while not done.is_set():
            seen.add(key_in(url(client)))

    threads = [threading.Thread(target=sign) for _ in range(3)]
    for thread in threads:
        thread.start()
    numbers = itertools.count()
    while len(seen) < 20:
        credentials.access_key = f"A{next(numbers)}"
    done.set()
    for thread in threads:
        thread.join()
    credentials.access_key = "LAST"
    assert key_in(url(client)) == "LAST"
    assert all(key == "AK" or key.startswith("A") for key in seen)


def test_given_credentials_are_shared_with_their_owner() -> None:
    source = presigned.Session(**PAIR).get_credentials()
    assert source is not None
    client = presigned.client("s3", "eu-central-1", credentials=source)
    assert key_in(url(client)) == "AK"
    source.access_key = "NEW"
    assert key_in(url(client)) == "NEW"
    theirs = boto3.Session(**PAIR, **REGION)
    session = presigned.Session(botocore_session=theirs._session)
    ours = session.get_credentials()
    assert ours is session.get_credentials()
    client = session.client("s3")
    ours.access_key = "SET HERE"  # type: ignore[union-attr] # there are some
    assert theirs.get_credentials().access_key == "SET HERE"
    assert key_in(url(client)) == "SET%20HERE"
    theirs.get_credentials().access_key = "THERE"
    assert (ours.access_key, key_in(url(client))) == ("THERE", "THERE")  # type: ignore[union-attr] # the same


def test_what_a_function_returns_cannot_be_set() -> None:
    credentials: Any = adopt(lambda: ("AK", SECRET))
    with pytest.raises(AttributeError, match="the function that was given as credentials returns it"):
        credentials.access_key = "NEW"
    assert credentials.access_key == "AK"


def test_what_is_set_on_refreshable_credentials_is_shown_until_they_are_refreshed_and_signs_nothing(clock: Any) -> None:
    """As in botocore, which signs with what it has frozen at the last refresh."""
    numbers = itertools.count(2)

    def metadata() -> dict[str, str]:
        end = datetime.datetime.fromtimestamp(presigned._core.now() + 3600, START.tzinfo)
        keys = {"access_key": f"A{next(numbers)}", "secret_key": SECRET, "token": TOKEN}
        return {**keys, "expiry_time": end.isoformat()}

    def fetch() -> FrozenCredentials:
        return FrozenCredentials(f"A{next(numbers)}", SECRET, TOKEN, None, presigned._core.now() + 3600)

    theirs = botocore.credentials.RefreshableCredentials("A1", SECRET, TOKEN, START + HOUR, metadata, "m")
    ours = RefreshableCredentials(fetch, "m", FrozenCredentials("A1", SECRET, TOKEN, None, (START + HOUR).timestamp()))
    for credentials in (theirs, ours):
        credentials.access_key = "SET"
        assert credentials.access_key == "SET"
        assert credentials.get_frozen_credentials().access_key == "A1"
        client = presigned.client("s3", "eu-central-1", credentials=credentials)
        assert key_in(url(client)) == "A1"
    clock.tick(HOUR)
    assert theirs.access_key == "A2"
    assert ours.access_key == "A3"


def test_clients_of_aio_sign_with_what_is_set_too() -> None:
    async def made() -> None:
        session = presigned.aio.Session(**PAIR, **REGION)
        async with session.client("s3") as first, session.client("s3", config=presigned.Config()) as second:
            credentials = await session.get_credentials()
            assert credentials is await session.get_credentials()
            assert credentials is not None
            for client in (first, second):
                assert key_in(await client.generate_presigned_url("get_object", PARAMS)) == "AK"
            credentials.access_key, credentials.token = "NEW", OTHER_TOKEN
            for client in (first, second):
                assert key_in(await client.generate_presigned_url("get_object", PARAMS)) == "NEW"
            assert (credentials.get_access_key(), credentials.get_token()) == ("NEW", OTHER_TOKEN)
            assert tuple(await credentials.get_frozen_credentials()) == ("NEW", SECRET, OTHER_TOKEN, None)

    asyncio.run(made())


def test_held_credentials_show_no_secret() -> None:
    held = HeldCredentials("AK", SECRET, TOKEN)
    credentials = Credentials.holding(held)
    for shown in (repr(held), repr(credentials), repr(vars(credentials))):
        assert SECRET not in shown
        assert TOKEN not in shown
    with pytest.raises(TypeError, match="cannot pickle"):
        held.__reduce__()


def test_held_credentials_have_three_parts_and_no_others() -> None:
    held = HeldCredentials("AK", SECRET)
    assert [held[name] for name in ("access_key", "secret_key", "token")] == ["AK", SECRET, None]
    for change in (lambda: held["account_id"], lambda: held.__setitem__("expiry", 1), lambda: held.__delitem__("x")):
        with pytest.raises(KeyError):
            change()
