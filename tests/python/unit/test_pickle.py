"""Clients and sessions pickle without secrets, and an object from a pickle finds its own credentials."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore
import botocore.config
import botocore.session
import freezegun
import pytest

import presigned
from presigned import _session_state, config
from presigned._client import pickled
from presigned._credentials import Credentials
from presigned._credentials.refreshable import RefreshableCredentials

ACCESS_KEY, SECRET, TOKEN = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", "session-token-of-the-driver"
KEYS: dict[str, Any] = {"aws_access_key_id": ACCESS_KEY, "aws_secret_access_key": SECRET, "aws_session_token": TOKEN}
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN}
ELSEWHERE = {"AWS_ACCESS_KEY_ID": "AKIDWORKER", "AWS_SECRET_ACCESS_KEY": "secret of the worker"}
CALL: dict[str, Any] = {"ClientMethod": "get_object", "Params": {"Bucket": "photos", "Key": "cat.jpg"}}
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.fixture(autouse=True)
def new_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presigned, "DEFAULT_SESSION", None)
    monkeypatch.setattr(pickled, "_SHARED", {})


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process has credentials in its environment."""
    set_credentials(monkeypatch, ENVIRONMENT)


def set_credentials(monkeypatch: pytest.MonkeyPatch, keys: dict[str, str]) -> None:
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    for name, value in keys.items():
        monkeypatch.setenv(name, value)


def again(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 - our own


def url_of(client: Any) -> str:
    url: str = client.generate_presigned_url(**CALL)
    return url


def boto3_at_the_same_instant(url: str, **arguments: Any) -> str:
    """What boto3 makes with the credentials of this environment at the second that a URL names."""
    [stamp] = parse_qs(urlsplit(url).query)["X-Amz-Date"]
    options = botocore.config.Config(signature_version="s3v4").merge(arguments.pop("config", botocore.config.Config()))
    with freezegun.freeze_time(datetime.strptime(stamp, "%Y%m%dT%H%M%SZ")):
        return url_of(boto3.Session().client("s3", config=options, **arguments))


def has_secret(pickled: bytes) -> bool:
    return any(text.encode() in pickled for text in (SECRET, TOKEN))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_credentials_that_were_found_are_in_no_pickle(protocol: int) -> None:
    session = presigned.Session()
    client = session.client("s3", region_name="eu-central-1")
    assert f"{ACCESS_KEY}%2F" in url_of(client)
    for thing in (session, client, presigned.client("s3")):
        pickled = pickle.dumps(thing, protocol)
        assert not has_secret(pickled)
        assert ACCESS_KEY.encode() not in pickled


def test_nothing_of_a_shared_file_is_in_a_pickle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "credentials"
    file.write_text(f"[p]\naws_access_key_id = {ACCESS_KEY}\naws_secret_access_key = {SECRET}\nregion = eu-north-1\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    session = presigned.Session(profile_name="p")
    client = session.client("s3")
    assert f"{ACCESS_KEY}%2F" in url_of(client)
    for made in (pickle.dumps(session), pickle.dumps(client)):
        assert not has_secret(made)
        assert b"eu-north-1" not in made
    file.write_text("[p]\naws_access_key_id = AKIDWORKER\naws_secret_access_key = X\nregion = eu-south-1\n")
    assert again(session).get_credentials().access_key == "AKIDWORKER"
    assert "AKIDWORKER%2F" in url_of(again(client))
    assert again(client).meta.region_name == "eu-south-1"


def test_credentials_that_are_fetched_are_in_no_pickle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "answer").write_text(
        f'{{"Version": 1, "AccessKeyId": "{ACCESS_KEY}", "SecretAccessKey": "{SECRET}", '
        f'"SessionToken": "{TOKEN}", "Expiration": "2999-01-01T00:00:00Z"}}'
    )
    (tmp_path / "config").write_text(f"[default]\ncredential_process = cat '{tmp_path}/answer'\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    session = presigned.Session()
    client = session.client("s3")
    assert f"{ACCESS_KEY}%2F" in url_of(client)
    assert isinstance(session.get_credentials(), RefreshableCredentials)
    for thing in (session, client):
        assert not has_secret(pickle.dumps(thing))
    assert f"{ACCESS_KEY}%2F" in url_of(again(client))


@pytest.mark.usefixtures("here")
def test_a_client_in_a_worker_signs_as_boto3_does_with_the_workers_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    client = presigned.client("s3", region_name="eu-central-1")
    url_of(client)
    # The worker is started with this environment.
    set_credentials(monkeypatch, ELSEWHERE)
    # It finds this module by its name, from every folder in which the tests are run.
    monkeypatch.syspath_prepend(Path(__file__).parents[3])
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        url = pool.apply(url_of, (client,))
    assert url == boto3_at_the_same_instant(url, region_name="eu-central-1")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"region_name": "cn-north-1"},
        {"endpoint_url": "https://minio.example:9000", "region_name": "x"},
        {"use_ssl": False, "verify": False, "api_version": "2006-03-01"},
        {"config": botocore.config.Config(s3={"addressing_style": "path"}, region_name="eu-west-3")},
        {"config": botocore.config.Config(use_dualstack_endpoint=True, proxies={"https": "proxy:3128"})},
    ],
)
def test_a_client_is_made_again_of_the_same_arguments(arguments: dict[str, Any]) -> None:
    client = again(presigned.client("s3", **arguments))
    url = url_of(client)
    assert url == boto3_at_the_same_instant(url, **arguments)
    assert vars(client.meta.config) == vars(presigned.client("s3", **arguments).meta.config)


def test_a_client_that_signs_nothing_still_signs_nothing() -> None:
    # botocore's own UNSIGNED cannot be pickled.
    for options in (
        botocore.config.Config(signature_version=botocore.UNSIGNED),
        config.Config(signature_version=presigned.UNSIGNED),
    ):
        client = again(presigned.client("s3", config=options))
        assert url_of(client) == "https://photos.s3.amazonaws.com/cat.jpg"


@pytest.mark.usefixtures("here")
def test_a_session_is_made_again_of_the_same_arguments() -> None:
    for given in ({}, {"region_name": "ap-south-1"}):
        session = again(presigned.Session(**given))
        assert session.region_name == presigned.Session(**given).region_name
        assert session.client("s3").meta.region_name == presigned.Session(**given).client("s3").meta.region_name


class Tenant(presigned.Session):
    """A session of a program's."""

    def __init__(self, name: str) -> None:
        super().__init__(region_name="eu-west-1")
        self._name = name


def test_a_session_of_a_programs_class_keeps_what_it_holds() -> None:
    session = again(Tenant("acme"))
    assert (type(session), session._name, session.region_name) == (Tenant, "acme", "eu-west-1")
    assert type(again(presigned.aio.get_session())) is presigned.aio.AioSession
    assert again(presigned.aio.Session(region_name="eu-west-1")).region_name == "eu-west-1"


@pytest.mark.parametrize("left", ["aws_access_key_id aws_secret_access_key", " ".join(KEYS)])
def test_a_client_with_given_credentials_is_not_pickled_and_the_error_names_the_remedy(left: str) -> None:
    keys = {name: KEYS[name] for name in left.split()}
    things = [
        presigned.Session(**keys),
        presigned.Session(**keys).client("s3"),
        presigned.client("s3", **keys),
        presigned.resource("s3", **keys).meta.client,
        presigned.aio.Session(**keys),
    ]
    for thing in things:
        for protocol in PROTOCOLS:
            with pytest.raises(TypeError) as caught:
                pickle.dumps(thing, protocol)
        text = str(caught.value)
        assert text.startswith(f"cannot pickle {type(thing).__name__!r} object: it was created with {', '.join(keys)},")
        assert "presigned.allow_keys_in_pickle" in text
        assert not has_secret(text.encode())


def test_credentials_that_an_aio_session_was_given_later_count_too() -> None:
    session = presigned.aio.get_session()
    assert pickle.dumps(session)
    session.set_credentials(ACCESS_KEY, SECRET, TOKEN)
    with pytest.raises(TypeError, match="it was created with aws_access_key_id"):
        pickle.dumps(session)
    made = again(presigned.allow_keys_in_pickle(session))
    found = made._presigned.found_for(None)
    assert isinstance(found, Credentials)
    assert found.get_frozen_credentials() == (ACCESS_KEY, SECRET, TOKEN, None)


def test_the_password_of_a_proxy_is_a_secret() -> None:
    client = presigned.client("s3", config=config.Config(proxies={"https": f"http://me:{SECRET}@proxy:3128"}))
    with pytest.raises(TypeError, match=r"it was created with config\.proxies,") as caught:
        pickle.dumps(client)
    assert not has_secret(str(caught.value).encode())
    assert has_secret(pickle.dumps(presigned.allow_keys_in_pickle(client)))


MADE_WITH_KEYS: dict[str, Callable[[], Any]] = {
    "a client": lambda: presigned.allow_keys_in_pickle(presigned.client("s3", **KEYS)),
    "a client of a session with keys": lambda: presigned.allow_keys_in_pickle(presigned.Session(**KEYS).client("s3")),
    "a client of one that allows it": lambda: presigned.allow_keys_in_pickle(presigned.Session(**KEYS)).client("s3"),
    "a session": lambda: presigned.allow_keys_in_pickle(presigned.Session(**KEYS)),
}


@pytest.mark.parametrize("make", MADE_WITH_KEYS.values(), ids=MADE_WITH_KEYS)
def test_a_pickle_has_credentials_once_the_program_allows_it(
    make: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pickled = pickle.dumps(make())
    assert has_secret(pickled)
    # A scheduler may pickle once more what it was sent.
    made = again(pickle.loads(pickled))  # noqa: S301 - our own
    url = url_of(made if isinstance(made, presigned.S3) else made.client("s3"))
    set_credentials(monkeypatch, ENVIRONMENT)
    assert url == boto3_at_the_same_instant(url)


def test_credentials_given_to_a_client_are_not_pickled_by_permission_of_its_session() -> None:
    session = presigned.allow_keys_in_pickle(presigned.Session(**KEYS))
    own = session.client("s3", aws_access_key_id="AKIDOTHER", aws_secret_access_key="secret of another")
    with pytest.raises(TypeError, match="allow_keys_in_pickle"):
        pickle.dumps(own)


@pytest.mark.usefixtures("here")
def test_a_client_without_credentials_of_its_own_cannot_allow_them_in_a_pickle() -> None:
    for thing in (presigned.client("s3"), presigned.Session(region_name="us-west-2")):
        with pytest.raises(ValueError, match=r"has no credentials of its own: .* create it with aws_access_key_id"):
            presigned.allow_keys_in_pickle(thing)
    with pytest.raises(TypeError, match=r"Only a client or a session .* not <class 'str'>"):
        presigned.allow_keys_in_pickle(SECRET)  # type: ignore[type-var] # that is the test


def access_key_pair() -> tuple[str, str]:
    return ACCESS_KEY, SECRET


def nobody() -> Any:
    return mock.Mock(spec=["get_credentials"], get_credentials=lambda: None)


GIVEN_CREDENTIALS: dict[str, Callable[[], Any]] = {
    "a function": lambda: presigned.client("s3", credentials=access_key_pair),
    "credentials of botocore": lambda: presigned.client("s3", credentials=boto3.Session(**KEYS).get_credentials()),
    "a session of boto3": lambda: presigned.client("s3", credentials=boto3.Session(**KEYS)),
    "a session that has none": lambda: presigned.client("s3", credentials=nobody()),
    "credentials of presigned": lambda: presigned.client("s3", credentials=presigned.Session(**KEYS).get_credentials()),
    "a session of botocore": lambda: presigned.Session(botocore_session=botocore.session.Session()),
    "a client of such": lambda: presigned.Session(botocore_session=botocore.session.Session()).client("s3"),
}


@pytest.mark.parametrize("make", GIVEN_CREDENTIALS.values(), ids=GIVEN_CREDENTIALS)
def test_given_credentials_are_never_pickled_even_where_allowed(make: Callable[[], Any]) -> None:
    thing = make()
    for attempt in (pickle.dumps, presigned.allow_keys_in_pickle):
        with pytest.raises(
            TypeError, match=r"cannot pickle .*: its credentials were given as \w+= and belong to this process"
        ) as caught:
            attempt(thing)
        assert not has_secret(str(caught.value).encode())


@pytest.mark.usefixtures("here")
def test_a_client_made_before_its_session_found_credentials_can_be_pickled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_credentials(monkeypatch, {})
    session = presigned.Session()
    client = session.client("s3")
    session.client("s3")
    set_credentials(monkeypatch, ENVIRONMENT)
    url = url_of(again(client))
    assert url == boto3_at_the_same_instant(url)


@pytest.mark.usefixtures("here")
def test_a_client_that_has_sent_requests_pickles_until_handlers_affect_what_it_signs() -> None:
    client = presigned.client("s3", region_name="eu-central-1")
    assert client.can_paginate("list_objects_v2")
    url = url_of(again(client))
    assert url == boto3_at_the_same_instant(url, region_name="eu-central-1")
    client.meta.events.register("provide-client-params.s3.PutObject", lambda **_: None)
    with pytest.raises(TypeError, match="event handlers"):
        pickle.dumps(client)


@pytest.mark.usefixtures("here")
def test_a_session_with_handlers_of_a_program_refuses() -> None:
    session = presigned.Session()
    session.events.register("before-sign.s3", lambda **_: None)
    for thing in (session, session.client("s3")):
        with pytest.raises(TypeError, match="event handlers"):
            pickle.dumps(thing)


@pytest.mark.usefixtures("here")
def test_an_attribute_that_a_program_has_set_travels() -> None:
    client = presigned.client("s3")
    setattr(client, "generate_presigned_url", url_of)  # noqa: B010 - a type checker knows
    assert again(client).generate_presigned_url is url_of


def test_a_client_of_asyncio_refuses_and_says_to_make_it_there() -> None:
    async def refused() -> None:
        async with presigned.aio.Session(**KEYS).client("s3") as client:
            for attempt in (pickle.dumps, presigned.allow_keys_in_pickle):
                with pytest.raises(TypeError, match=r"cannot pickle 'S3' object of presigned\.aio: .* its session can"):
                    attempt(client)

    with pytest.raises(StopIteration):
        refused().send(None)


@pytest.mark.usefixtures("here")
def test_the_clients_of_one_worker_look_for_credentials_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pickled = [pickle.dumps(presigned.client("s3", region_name=name)) for name in ("eu-west-1", "eu-west-2")]
    searches: list[object] = []
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    monkeypatch.setattr(_session_state.SessionState, "found_for", lambda self, _region: searches.append(self))
    for one in pickled * 2:
        pickle.loads(one)  # noqa: S301 - our own
    assert len(searches) == 4
    assert len({id(session) for session in searches}) == 1


def test_a_worker_that_meets_ever_new_arguments_keeps_a_hundred_sessions_at_most() -> None:
    for number in range(150):
        again(presigned.Session(region_name=f"region-{number}").client("s3"))
    assert len(pickled._SHARED) == 50


def test_copies_in_one_process_are_the_same_client_and_session() -> None:
    of_function = presigned.client("s3", credentials=access_key_pair)
    for thing in (presigned.client("s3", **KEYS), presigned.Session(**KEYS), of_function):
        assert copy.copy(thing) is thing
        assert copy.deepcopy({"its": thing})["its"] is thing


def test_boto3_pickles_secrets_and_no_clients() -> None:
    client = boto3.client("s3", "us-east-1")
    with pytest.raises(pickle.PicklingError):
        pickle.dumps(client)
    with pytest.raises(RecursionError):
        copy.copy(client)
    assert has_secret(pickle.dumps(boto3.Session(**KEYS).get_credentials()))


def test_a_process_that_pickles_nothing_does_not_load_what_pickles() -> None:
    program = (
        "import sys, presigned\n"
        "s3 = presigned.client('s3', aws_access_key_id='A', aws_secret_access_key='B')\n"
        "s3.generate_presigned_url('get_object', Params={'Bucket': 'b', 'Key': 'k'})\n"
        "assert 'presigned._client.pickled' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
