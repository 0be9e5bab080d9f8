"""`credentials=`: keys that somebody else holds are used as boto3 would use them, as long as they change."""

from __future__ import annotations

import copy
import datetime
import functools
import os
import pickle
import threading
import traceback
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from unittest import mock

import boto3
import botocore.credentials
import botocore.exceptions
import botocore.session
import freezegun
import pytest

import presigned
from credentials.lenders import (
    HOUR,
    SECRET,
    START,
    TOKEN,
    AioCredentials,
    AioRefreshableCredentials,
    AioSession,
    Holder,
    Service,
    refreshable,
)
from presigned._core import Keys
from presigned._credentials import Credentials
from presigned._credentials.refreshable import RefreshableCredentials

PARAMS = {"Bucket": "photos", "Key": "cat.jpg"}
PAIR = {"aws_access_key_id": "AK", "aws_secret_access_key": SECRET}
IAM = {"AccessKeyId": "AK", "SecretAccessKey": SECRET, "SessionToken": TOKEN}


@pytest.fixture
def clock() -> Iterator[Any]:
    with freezegun.freeze_time(START) as frozen:
        yield frozen


def signing_with(credentials: object) -> presigned.S3:
    return presigned.client("s3", "eu-central-1", credentials=credentials)


def url(client: Any) -> str:
    made = client.generate_presigned_url("get_object", PARAMS)
    assert isinstance(made, str)
    return made


def key_in(text: str) -> str:
    return text.partition("X-Amz-Credential=")[2].partition("%2F")[0]


def of_boto3(access_key: str, secret_key: str, token: str | None) -> str:
    session = boto3.Session(access_key, secret_key, token, region_name="eu-central-1")
    return url(session.client("s3", config=boto3.session.Config(signature_version="s3v4")))


def boto3_client(credentials: object) -> Any:
    session = botocore.session.Session()
    session._credentials = credentials
    return session.create_client("s3", "eu-central-1", config=boto3.session.Config(signature_version="s3v4"))


def lenders() -> dict[str, Callable[[], object]]:
    """One of each kind, all with the same keys."""
    end = START + 5 * HOUR
    theirs = botocore.credentials
    return {
        "botocore": lambda: theirs.Credentials("AK", SECRET, TOKEN),
        "botocore, refreshable": lambda: theirs.RefreshableCredentials("AK", SECRET, TOKEN, end, Service(), "m"),
        "botocore, deferred": lambda: theirs.DeferredRefreshableCredentials(
            lambda: {"access_key": "AK", "secret_key": SECRET, "token": TOKEN, "expiry_time": end.isoformat()}, "m"
        ),
        "botocore, frozen": lambda: theirs.ReadOnlyCredentials("AK", SECRET, TOKEN),
        "aiobotocore": lambda: AioCredentials("AK", SECRET, TOKEN),
        "a boto3 session": lambda: boto3.Session("AK", SECRET, TOKEN),
        "a botocore session": lambda: boto3.Session("AK", SECRET, TOKEN)._session,
        "an aiobotocore session": lambda: AioSession(AioCredentials("AK", SECRET, TOKEN)),
        "our session": lambda: presigned.Session("AK", SECRET, TOKEN),
        "our credentials": lambda: presigned.Session("AK", SECRET, TOKEN).get_credentials(),
        "our frozen credentials": lambda: Credentials("AK", SECRET, TOKEN).get_frozen_credentials(),
        "our refreshable credentials": lambda: RefreshableCredentials(lambda: Keys("AK", SECRET, TOKEN), "m"),
        "our keys": lambda: Keys("AK", SECRET, TOKEN),
        "an object": lambda: Holder("AK", SECRET, TOKEN),
        "an object without a class": lambda: SimpleNamespace(access_key="AK", secret_key=SECRET, token=TOKEN),
    }


def functions() -> dict[str, Callable[[], Any]]:
    """Functions that return keys in every shape."""
    return {
        "a tuple": lambda: ("AK", SECRET, TOKEN),
        "names of arguments": lambda: {**PAIR, "aws_session_token": TOKEN},
        "names of botocore": lambda: {"access_key": "AK", "secret_key": SECRET, "token": TOKEN},
        "names of a service": lambda: IAM,
        "the answer of STS": lambda: {"Credentials": {**IAM, "Expiration": START + HOUR}, "ResponseMetadata": {}},
        "the answer of a container": lambda: {
            **{name: value for name, value in IAM.items() if name != "SessionToken"},
            "Token": TOKEN,
            "Expiration": (START + HOUR).isoformat(),
        },
        "an object with an end": lambda: SimpleNamespace(
            access_key="AK", secret_key=SECRET, token=TOKEN, expires_at=START + HOUR
        ),
        "a number for an end": lambda: (
            {"access_key": "AK", "secret_key": SECRET, "token": TOKEN} | {"expires_at": (START + HOUR).timestamp()}
        ),
        "a class": functools.partial(Holder, "AK", SECRET, TOKEN),
        **{f"{name}, from a function": lender for name, lender in lenders().items()},
    }


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", lenders())
def test_a_client_signs_with_the_keys_of_whoever_lends_them(name: str) -> None:
    client = signing_with(lenders()[name]())
    expected = of_boto3("AK", SECRET, TOKEN)
    assert url(client) == expected
    assert url(client) == expected
    assert url(presigned.resource("s3", "eu-central-1", credentials=lenders()[name]()).meta.client) == expected
    assert url(presigned.Session().client("s3", "eu-central-1", credentials=lenders()[name]())) == expected


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", functions())
def test_a_client_signs_with_the_keys_that_a_function_returns(name: str) -> None:
    client = signing_with(functions()[name])
    assert url(client) == url(client) == of_boto3("AK", SECRET, TOKEN)


@pytest.mark.usefixtures("clock")
def test_a_form_is_signed_with_lent_keys_too() -> None:
    expected = boto3_client(botocore.credentials.Credentials("AK", SECRET, TOKEN)).generate_presigned_post("b-1", "k")
    made = signing_with(Holder("AK", SECRET, TOKEN)).generate_presigned_post("b-1", "k")
    assert made["fields"] == expected["fields"]


@pytest.mark.usefixtures("clock")
def test_keys_without_a_token_are_lent_without_one() -> None:
    expected = of_boto3("AK", SECRET, None)
    for lender in (botocore.credentials.Credentials("AK", SECRET), Holder("AK", SECRET), lambda: ("AK", SECRET)):
        assert url(signing_with(lender)) == expected
    del (bare := Holder("AK", SECRET)).token
    assert url(signing_with(bare)) == expected


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "make", [botocore.credentials.Credentials, Credentials, Holder], ids=["botocore", "ours", "own"]
)
def test_keys_that_change_change_the_next_url(make: Any) -> None:
    lender = make("AK", SECRET, None)
    client = signing_with(lender)
    assert url(client) == of_boto3("AK", SECRET, None)
    lender.access_key = "AK2"
    assert url(client) == of_boto3("AK2", SECRET, None)
    lender.secret_key = "other"
    assert url(client) == of_boto3("AK2", "other", None)
    lender.token = TOKEN
    assert url(client) == of_boto3("AK2", "other", TOKEN)
    # Equal texts, none of which is the same object.
    lender.access_key, lender.secret_key = "xAK2"[1:], "xother"[1:]
    assert url(client) == of_boto3("AK2", "other", TOKEN)


@pytest.mark.parametrize("minutes", [0, 44, 46, 49, 51, 59, 61, 200])
def test_botocores_refreshable_keys_are_refreshed_when_botocore_says_so(clock: Any, minutes: int) -> None:
    services = Service(), Service()
    ours, theirs = signing_with(refreshable(services[0])), boto3_client(refreshable(services[1]))
    for _ in range(2):
        assert url(ours) == url(theirs)
        assert services[0].fetched == services[1].fetched
        clock.move_to(START + datetime.timedelta(minutes=minutes))


@pytest.mark.parametrize("minutes", [46, 51, 61])
def test_a_refresh_of_botocores_that_fails_does_what_it_does_in_botocore(clock: Any, minutes: int) -> None:
    outcomes = []
    for make in (signing_with, boto3_client):
        clock.move_to(START)
        service = Service()
        client = make(refreshable(service))
        url(client)
        clock.move_to(START + datetime.timedelta(minutes=minutes))
        service.failure = ConnectionError("no route")
        try:
            outcomes.append(url(client))
        except ConnectionError as error:
            outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]


def test_a_function_without_an_end_is_called_for_each_url() -> None:
    calls = iter(range(1, 100))
    client = signing_with(lambda: (f"A{next(calls)}", SECRET))
    assert [key_in(url(client)) for _ in range(3)] == ["A1", "A2", "A3"]


def test_a_function_with_an_end_is_called_in_boto3s_windows(clock: Any) -> None:
    service = Service()
    client = signing_with(service)
    for minutes, key in ((0, "A1"), (44, "A1"), (46, "A2"), (60, "A2"), (92, "A3"), (300, "A4")):
        clock.move_to(START + datetime.timedelta(minutes=minutes))
        assert [key_in(url(client)) for _ in range(2)] == [key, key]
    service.failure = ConnectionError("no route")
    clock.move_to(START + datetime.timedelta(minutes=346))
    assert key_in(url(client)) == "A4"
    clock.move_to(START + datetime.timedelta(minutes=351))
    with pytest.raises(ConnectionError, match="no route"):
        url(client)


def test_a_function_may_begin_and_stop_to_say_when_its_keys_end(clock: Any) -> None:
    answers: list[Any] = [("A1", SECRET), {**IAM, "AccessKeyId": "A2", "Expiration": START + HOUR}]
    answers += [("A3", SECRET), ("A4", SECRET)]
    client = signing_with(lambda: answers.pop(0))
    assert [key_in(url(client)) for _ in range(3)] == ["A1", "A2", "A2"]
    clock.tick(HOUR)
    assert [key_in(url(client)) for _ in range(2)] == ["A3", "A4"]


def test_keys_that_live_shorter_than_boto3s_windows_are_not_fetched_for_each_url(clock: Any) -> None:
    calls = []

    def fetch() -> dict[str, Any]:
        calls.append(1)
        return {**IAM, "Expiration": presigned._core.now() + 300}

    client = signing_with(fetch)
    assert {key_in(url(client)) for _ in range(5)} == {"AK"}
    assert len(calls) == 1
    clock.tick(200)
    url(client)
    assert len(calls) == 2


@pytest.mark.usefixtures("clock")
def test_keys_that_have_ended_when_they_come_are_refused_as_by_boto3() -> None:
    with pytest.raises(RuntimeError, match="the refreshed credentials are still expired"):
        url(signing_with(lambda: {**IAM, "Expiration": "2029-12-31T23:59:59Z"}))


def test_one_call_of_a_function_with_an_end_serves_all_threads() -> None:
    gate = threading.Event()
    calls = []

    def slow() -> dict[str, Any]:
        calls.append(1)
        gate.wait(30)
        return {**IAM, "Expiration": datetime.datetime.now(datetime.timezone.utc) + HOUR}

    client = signing_with(slow)
    with ThreadPoolExecutor(16) as pool:
        made = [pool.submit(url, client) for _ in range(16)]
        gate.set()
        assert {key_in(one.result(30)) for one in made} == {"AK"}
    assert len(calls) == 1


def test_each_thread_gets_the_keys_that_a_function_returned_to_it() -> None:
    client = signing_with(lambda: (f"A{threading.get_ident()}", SECRET))

    def mine(_: int) -> bool:
        return all(key_in(url(client)) == f"A{threading.get_ident()}" for _ in range(200))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(mine, range(8)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_forked_during_the_first_call_can_make_its_own() -> None:
    entered, gate = threading.Event(), threading.Event()
    parent = os.getpid()

    def slow() -> tuple[str, str]:
        entered.set()
        if os.getpid() == parent:
            gate.wait(30)
        return "AK", SECRET

    client = signing_with(slow)
    thread = threading.Thread(target=url, args=(client,))
    thread.start()
    entered.wait(30)
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if key_in(url(client)) == "AK" else 1)
        finally:
            os._exit(2)
    gate.set()
    thread.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


ACCEPTED = "credentials must be a credentials object or a session of boto3, botocore, aiobotocore or presigned"


@pytest.mark.parametrize("given", ["AK", b"AK", 5, (SECRET, SECRET), {**PAIR}, [SECRET], object(), SimpleNamespace()])
def test_whatever_lends_no_keys_is_refused_by_its_type_alone(given: object) -> None:
    with pytest.raises(TypeError) as caught:
        signing_with(given)
    assert str(caught.value).startswith(ACCEPTED)
    assert str(type(given)) in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("given", ["AK", 5, (SECRET,), ("A", SECRET, TOKEN, "x"), [SECRET, SECRET], lambda: SECRET])
def test_whatever_else_a_function_returns_is_refused_by_its_type_alone(given: object) -> None:
    with pytest.raises(TypeError, match="credentials must") as caught:
        url(signing_with(lambda: given))
    assert str(type(given)) in str(caught.value)
    assert SECRET not in str(caught.value)


def test_keys_beside_a_lender_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match="Give credentials or aws_access_key_id, aws_secret_access_key, not both"):
        presigned.client("s3", aws_access_key_id="A", aws_secret_access_key=SECRET, credentials=Holder("AK", SECRET))
    with pytest.raises(TypeError, match="Give credentials or aws_session_token, not both"):
        presigned.client("s3", aws_session_token=TOKEN, credentials=Holder("AK", SECRET))


def test_no_lender_means_the_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    assert key_in(url(presigned.Session().client("s3", credentials=None))) == "ENV"


def test_an_unsigned_client_asks_no_lender() -> None:
    lender = mock.Mock(side_effect=AssertionError)
    config = presigned.Config(signature_version=presigned.UNSIGNED)
    assert "X-Amz" not in url(presigned.client("s3", config=config, credentials=lender))


@pytest.mark.parametrize(
    ("keys", "missing"), [((None, SECRET), "aws_access_key_id"), (("AK", None), "aws_secret_access_key")]
)
def test_half_a_pair_of_keys_is_reported_as_where_it_was_given(keys: tuple[Any, Any], missing: str) -> None:
    with pytest.raises(botocore.exceptions.PartialCredentialsError) as explicit:
        presigned.client("s3", **dict(zip(PAIR, keys, strict=True)))
    assert missing in str(explicit.value)
    mapping = dict(zip(("access_key", "secret_key"), keys, strict=True))
    for lender in (Holder(*keys), Credentials(*keys), botocore.credentials.Credentials(*keys), lambda: mapping):
        with pytest.raises(botocore.exceptions.PartialCredentialsError) as caught:
            url(signing_with(lender))
        assert str(caught.value) == str(explicit.value)


@pytest.mark.parametrize(
    "lender",
    [lambda: None, dict, lambda: {"foo": SECRET}, Holder(None, None), boto3.Session(), presigned.Session()],
    ids=["None", "an empty dict", "a dict", "an object", "boto3", "ours"],
)
def test_a_lender_without_keys_is_no_error_until_something_is_signed(lender: object) -> None:
    client = signing_with(lender)
    with pytest.raises(botocore.exceptions.NoCredentialsError) as caught:
        url(client)
    assert getattr(caught.value, "__notes__", [])


def test_keys_that_are_no_texts_are_refused_without_showing_them() -> None:
    for lender in (Holder("AK", SECRET.encode()), Holder(SECRET.encode(), "x"), Holder("AK", "x", [TOKEN])):
        with pytest.raises(ValueError, match="must be text that UTF-8 can carry") as caught:
            url(signing_with(lender))
        assert not any(secret in str(caught.value) for secret in (SECRET, TOKEN))


def test_asynchronous_credentials_that_need_not_wait_serve_a_synchronous_client() -> None:
    async def fetch() -> dict[str, Any]:
        return Service()()

    lender = AioRefreshableCredentials(fetch)
    assert key_in(url(signing_with(lender))) == "A1"
    assert key_in(url(signing_with(AioSession(lender)))) == "A1"
    assert key_in(url(signing_with(lambda: lender))) == "A1"


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

    with pytest.raises(RuntimeError, match=r"must be awaited: make the client with presigned\.aio"):
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


def test_an_error_of_the_lender_reaches_the_caller_as_it_is() -> None:
    failure = ZeroDivisionError("of the lender")
    with pytest.raises(ZeroDivisionError) as caught:
        url(signing_with(mock.Mock(spec=[], side_effect=failure)))
    assert caught.value is failure


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", [*lenders(), *functions()])
def test_a_lent_secret_is_shown_nowhere(name: str) -> None:
    given = {**functions(), **{name: make() for name, make in lenders().items()}}[name]
    client = signing_with(given)
    url(client)
    source = presigned._credentials.lent.adopt(given)
    shown = [repr(client), str(client), repr(client.meta.config), repr(vars(client.meta)), repr(source), str(source)]
    for one in (client, source):
        for attempt in (pickle.dumps, copy.deepcopy, copy.copy):
            with pytest.raises(TypeError, match="cannot pickle") as caught:
                attempt(one)
            shown += traceback.format_exception(caught.value)
    assert not any(secret in text for text in shown for secret in (SECRET, TOKEN))


def test_credentials_lent_have_the_shape_of_botocores(clock: Any) -> None:
    lender: Any = botocore.session.Session()
    lender._credentials = theirs = refreshable(Service())
    session = presigned.Session(botocore_session=lender)
    ours = session.get_credentials()
    assert ours is not None
    assert tuple(ours.get_frozen_credentials())[:3] == tuple(theirs.get_frozen_credentials())[:3]
    assert (ours.access_key, ours.secret_key, ours.token) == (theirs.access_key, theirs.secret_key, theirs.token)
    assert ours.method == theirs.method
    assert ours.account_id == theirs.account_id
    assert ours.expires_at == START + HOUR
    clock.tick(2 * HOUR)
    assert ours.access_key == "A2"
