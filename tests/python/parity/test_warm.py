"""What a client remembers of its calls changes no answer: a warm client, a fresh one and boto3 agree."""

from __future__ import annotations

import enum
import itertools
import random
import threading
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

import botocore.auth
import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import strategies as draw
from .again import CALLS
from .case import INSTANT, KEYS
from .signing import always_warm, fresh, is_sigv2, tell, theirs
from .subjects import frozen

pytestmark = pytest.mark.usefixtures("signature")
PLACE = {"Bucket": "bucket", "Key": "key"}
DAY = 86_400
# More routes than a client caches.
MANY = 700


class Shouting(str):
    """A string whose `str()` is another string."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


class Small(enum.IntEnum):
    """A number that some versions of Python print differently."""

    ONE = 1


def warm(client: Any, *arguments: Any) -> str:
    """The answer to a call that the client has cached."""
    answers = {client.generate_presigned_url(*arguments) for _ in range(CALLS)}
    assert len(answers) == 1
    return str(answers.pop())


def outcome(client: Any, *arguments: Any) -> str:
    """The URL, or the error's class and text."""
    try:
        return client.generate_presigned_url(*arguments)  # type: ignore[no-any-return] # a string, of any client
    except Exception as error:  # noqa: BLE001 - the outcome may be any exception
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize(
    "steps",
    [(1, 2, 3), (DAY, 2 * DAY), (-1, -2), (-DAY, 0), (400 * DAY, 0, 400 * DAY), (0.4, -0.7, 59)],
    ids=["seconds", "midnights", "back", "back over midnight", "to and fro", "parts of a second"],
)
def test_a_warm_client_moves_with_the_clock(steps: tuple[float, ...], clock: Callable[[float], None]) -> None:
    client = fresh()
    for step in (0.0, *steps):
        clock(INSTANT + step)
        with frozen(INSTANT + step):
            expected = outcome(theirs(), "get_object", PLACE)
        assert warm(client, "get_object", PLACE) == expected


@pytest.mark.usefixtures("clock")
def test_a_warm_client_signs_with_the_credentials_of_the_moment() -> None:
    keys: list[tuple[str, ...]] = [
        ("AKID1", "secret1", "a/token+"),
        ("AKID2", "secret2"),
        ("AKID2", "secret3"),
        ("AKID2", "secret3", "another"),
        ("AKID1", "secret1", "a/token+"),
    ]
    names = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
    current = keys[0]
    client = fresh(credentials=lambda: current)
    for current in keys:
        arguments: dict[str, Any] = dict(zip(names, current, strict=False))
        with frozen(INSTANT):
            expected = theirs(**arguments).generate_presigned_url("get_object", PLACE)
        assert warm(client, "get_object", PLACE) == expected


# Each differs from the one before in what it is, not in its name.
KINDS: list[Any] = [1, "1", True, 2, Small.ONE, 1.0, None, b"1", -1, 2**70, Shouting("one"), 1]


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("operation", "name"),
    [("get_object", "PartNumber"), ("get_object", "VersionId"), ("put_object", "ContentType"), ("get_object", "Key")],
)
def test_a_warm_client_sees_what_a_value_is(operation: str, name: str) -> None:
    client = fresh()
    for value in KINDS * 3:
        arguments = (operation, {**PLACE, name: value})
        for _ in range(CALLS):
            assert outcome(client, *arguments) == outcome(fresh(), *arguments)


VALUES = ["plain", "", "a b", "é", "two  spaces", " edge ", "a\nb", "a\tb", "\ud800", "x/../y", "\x7f", "plain"]


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ("get_object", "Key"),
        ("get_object", "ResponseContentType"),
        ("get_object", "Range"),
        ("put_object", "ContentType"),
        ("put_object", "ContentMD5"),
        ("put_object", "Tagging"),
        ("get_object", "Bucket"),
    ],
)
def test_a_warm_client_looks_closer_where_a_value_asks_for_it(operation: str, name: str) -> None:
    client = fresh()
    warm(client, operation, {**PLACE, name: "plain"})
    for value in VALUES:
        arguments = (operation, {**PLACE, name: value})
        assert outcome(client, *arguments) == outcome(fresh(), *arguments), ascii(value)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("types", "versions"),
    [
        ("aaaaaaaabbbbbbbb", "1"),
        ("aaaaaaaab", "111111111222"),
        ("aaaaaaaabcabc", "1"),
        ("aaaaaaaaSbS", "1111111111234"),
    ],
)
def test_values_that_change_after_many_calls_are_seen(
    types: str, versions: str, clock: Callable[[float], None]
) -> None:
    clock(INSTANT)
    client = fresh()
    texts: dict[str, Any] = {"a": "image/png", "b": "text/css; é", "c": "x/y", "S": Shouting("image/gif")}
    length = max(len(types), len(versions))
    for kind, version in zip(types.ljust(length, types[-1]), versions.ljust(length, versions[-1]), strict=True):
        params = {**PLACE, "ResponseContentType": texts[kind], "VersionId": version}
        with frozen(INSTANT):
            expected = theirs().generate_presigned_url("get_object", params, 60)
            assert client.generate_presigned_url("get_object", params, 60) == expected


def test_calls_that_differ_in_one_argument_are_kept_apart() -> None:
    client = fresh()
    calls: list[tuple[Any, ...]] = [
        ("get_object", PLACE),
        ("head_object", PLACE),
        ("get_object", PLACE, 3600, "PUT"),
        ("get_object", PLACE, 3600, "put"),
        ("get_object", PLACE, 3600, None),
        ("get_object", PLACE, 60),
        ("get_object", PLACE, "60"),
        ("get_object", PLACE, 60.0),
        ("get_object", PLACE, True),
        ("get_object", PLACE, 0),
        ("get_object", PLACE, 604_801),
        ("get_object", {**PLACE, "Bucket": "other"}),
        ("get_object", {**PLACE, "Bucket": "arn:aws:s3:us-west-2:123456789012:accesspoint/name"}),
        ("get_object", {"Key": "key", "Bucket": "bucket"}),
        ("get_object", {**PLACE, "VersionId": "1"}),
        ("get_object", {**PLACE, "Nothing": "1"}),
        ("get_object", {"Bucket": "bucket"}),
        ("list_buckets",),
        ("list_buckets", {}),
        ("list_buckets", []),
        ("list_buckets", 1),
        ("get_it", PLACE),
        ("list_objects_v2", {"Bucket": "bucket"}),
        ("list_objects_v2", {"Bucket": "bucket", "EncodingType": "url"}),
    ]
    expected = [outcome(fresh(), *call) for call in calls]
    for _ in range(CALLS):
        assert [outcome(client, *call) for call in calls] == expected


def made_anew(text: str) -> str:
    """The same string in another object."""
    return "".join(list(text))


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("of_names", [False, True], ids=["fresh values", "fresh names"])
def test_fresh_strings_many_buckets_and_many_lifetimes(*, of_names: bool) -> None:
    client = fresh()
    turns = itertools.product(range(40), ("image/png", "text/css"), (60, 300, 3600), ("photos", "films", "notes"))
    for number, kind, lifetime, bucket in turns:
        params = {"Bucket": made_anew(bucket), "Key": f"key-{number}", "ResponseContentType": made_anew(kind)}
        if of_names:
            params = {made_anew(name): value for name, value in params.items()}
        arguments = ("get_object", params, lifetime + number % 7)
        url = client.generate_presigned_url(*arguments)
        with frozen(INSTANT):
            assert url == theirs().generate_presigned_url(*arguments)


@pytest.mark.usefixtures("clock")
def test_more_call_sites_than_a_client_remembers_and_then_one_again() -> None:
    client = fresh()
    operations = ["get_object", "head_object", "put_object", "delete_object", "get_object_acl", "get_object_tagging"]
    calls = [
        (operation, {**PLACE, **more}, 60)
        for operation in operations
        for more in ({}, {"VersionId": "1"}, {"ExpectedBucketOwner": "123456789012"})
        if operation != "put_object" or "VersionId" not in more
    ]
    expected = [fresh().generate_presigned_url(*call) for call in calls]
    for _ in range(20):
        assert [client.generate_presigned_url(*call) for call in calls] == expected
    for call, url in zip(calls, expected, strict=True):
        assert warm(client, *call) == url


#: Names that the endpoint rules treat alike, and names that they do not.
BUCKETS = (
    "photos", "films-of-2026", "a.photo", "Photos", "abc", "photos_", "x-s3", "n" * 63, "n" * 64, "a-op-s3",
    "127.0.0.1", "arn:aws:s3:us-west-2:123456789012:accesspoint:photos", "s3alias", "ab", "photos--", "photos",
)  # fmt: skip


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("style", [None, "path", "virtual"])
@pytest.mark.parametrize("operation", ["get_object", "put_object", "list_objects_v2", "get_bucket_location"])
def test_ordinary_and_unusual_buckets_in_any_order_at_one_line(operation: str, style: str | None) -> None:
    client, original = fresh(style), theirs(style)
    order = random.Random(operation)  # noqa: S311 - not a secret
    rest = {"Key": "key"} if operation.endswith("t_object") else {}
    for bucket in (*BUCKETS, *order.choices(BUCKETS, k=150)):
        params = {"Bucket": bucket, **rest}
        with frozen(INSTANT):
            assert outcome(client, operation, params) == outcome(original, operation, params), bucket


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", ["bucket-{}", "bucket.{}"])
def test_more_buckets_than_a_client_remembers(name: str) -> None:
    client = fresh()
    buckets = [name.format(number) for number in range(MANY)]
    expected = [fresh().generate_presigned_url("get_object", {**PLACE, "Bucket": bucket}) for bucket in buckets]
    for _ in range(3):
        found = [client.generate_presigned_url("get_object", {**PLACE, "Bucket": bucket}) for bucket in buckets]
        assert found == expected


def test_eight_threads_with_calls_of_their_own_at_one_client(monkeypatch: pytest.MonkeyPatch) -> None:
    client = fresh()
    ready = threading.Barrier(8)
    wrong: list[str] = []

    def hammer(number: int) -> None:
        params = {
            "Bucket": f"bucket-{number % 3}",
            "Key": f"key-{number}",
            **({"VersionId": "1"} if number % 2 else {}),
        }
        operation = "get_object" if number < 6 else "head_object"
        expected = {outcome(at, operation, params) for at in others}
        ready.wait()
        wrong.extend(
            url for _ in range(2000) if (url := client.generate_presigned_url(operation, params)) not in expected
        )

    # The clock moves while the threads run; each URL is signed in one of its seconds.
    seconds = [INSTANT, INSTANT + DAY]
    turns = itertools.cycle(seconds)
    others = [At(second) for second in seconds]
    tell(monkeypatch, lambda: next(turns))
    threads = [threading.Thread(target=hammer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, wrong[:3]


def test_a_clock_that_asks_the_client_that_asks_it_gets_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    client = fresh()
    answers: list[str] = []

    def clock() -> float:
        tell(monkeypatch, lambda: INSTANT)
        answers.append(client.generate_presigned_url("get_object", PLACE))
        return INSTANT

    for _ in range(20):
        tell(monkeypatch, clock)
        answers.append(client.generate_presigned_url("get_object", PLACE))
    with frozen(INSTANT):
        assert answers == 40 * [outcome(theirs(), "get_object", PLACE)]


class At:
    """A client that signs at a fixed second."""

    def __init__(self, second: float) -> None:
        self.second = second

    def generate_presigned_url(self, *arguments: Any) -> str:
        """boto3's answer at that second."""
        with LOCK, frozen(self.second):
            return theirs().generate_presigned_url(*arguments)  # type: ignore[no-any-return] # a string, of any client


LOCK = threading.Lock()


@given(draw.keys, st.sampled_from(["bucket", "dotted.bucket", "UPPER"]), draw.words, st.integers(1, 10_000))
def test_warm_and_fresh_and_boto3_agree(key: str, bucket: str, text: str, number: int) -> None:
    params = {"Bucket": bucket, "Key": key, "ResponseContentType": text, "PartNumber": number}
    plain = {"Bucket": bucket, "Key": "key", "ResponseContentType": "text/plain", "PartNumber": 1}
    with frozen(INSTANT):
        client = always_warm()
        warm(client, "get_object", plain)
        ours = outcome(client, "get_object", params)
        assert ours == outcome(fresh(), "get_object", params)
        if not ours.startswith("ParamValidationError"):
            assert ours == outcome(theirs(), "get_object", params)


# What SigV2 signs as it is sent, signs decoded, signs stripped, sends and does not sign, and drops.
EVERYWHERE: dict[str, dict[str, Any]] = {
    "get_object": {"ResponseContentDisposition": 'a; "%41.jpg"', "Range": "bytes=0-1", "ExpectedBucketOwner": "1%2"},
    "put_object": {"ContentType": "a/b; c=%20", "ContentMD5": "a+b/c=", "Tagging": "a=b&c=d", "CacheControl": "x"},
    "upload_part": {"PartNumber": 1, "UploadId": "a+b/c%3D=", "RequestPayer": "requester"},
    "delete_object": {"VersionId": "a&b=c", "MFA": "serial 123", "IfMatch": '"e"'},
    "list_objects_v2": {"Prefix": "a/b c", "Delimiter": "/", "MaxKeys": 7, "EncodingType": "url"},
}
TOKENS = {**KEYS, "aws_session_token": "to/ken+=="}


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("operation", EVERYWHERE)
@pytest.mark.parametrize("keys", [KEYS, TOKENS, {**KEYS, "aws_session_token": " "}], ids=["keys", "token", "blank"])
def test_values_that_vary_at_one_line_wherever_they_are_signed(operation: str, keys: dict[str, str]) -> None:
    client = fresh(**keys)
    given = EVERYWHERE[operation]
    for number, name in itertools.product(range(8), given):
        # Up to two members differ from the call before, and the rest become constants.
        value = given[name]
        changed = value + number if isinstance(value, int) else f"{value}%25 {number}"
        place = {"Bucket": "bucket", **({} if operation == "list_objects_v2" else {"Key": f"k {number}%"})}
        arguments = (operation, {**place, **given, name: changed}, 60)
        url = client.generate_presigned_url(*arguments)
        with frozen(INSTANT):
            assert url == theirs(**keys).generate_presigned_url(*arguments)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("lifetime", [0, -5, 604_801, 2**53 + 1, 2**62, 2**63 - 1, -(2**63), 2**70, "60", 3.9, True])
def test_a_lifetime_of_any_kind_has_the_same_outcome_at_each_call(lifetime: Any) -> None:
    client = fresh()
    for instant in (INSTANT, -1.5, 1e18):
        with frozen(INSTANT), mock.patch.object(time, "time", lambda now=instant: now):
            auth: Any = botocore.auth
            auth.time = time
            # By SigV4, presigned refuses what S3 would refuse.
            expected = outcome(theirs() if is_sigv2() else fresh(), "get_object", PLACE, lifetime)
            assert {outcome(client, "get_object", PLACE, lifetime) for _ in range(CALLS)} == {expected}


@given(
    draw.keys, st.one_of(draw.words, draw.texts), st.one_of(draw.words, draw.texts), st.integers(1, 10_000),
    st.integers(-10, 10**6),
)  # fmt: skip
def test_warm_and_fresh_and_boto3_agree_on_headers(key: str, kind: str, tags: str, owner: int, lifetime: int) -> None:
    plain = {"Bucket": "bucket", "Key": "key", "ContentType": "a/b", "Tagging": "a=b", "ExpectedBucketOwner": "1"}
    params = {**plain, "Key": key, "ContentType": kind, "Tagging": tags, "ExpectedBucketOwner": str(owner)}
    with frozen(INSTANT):
        client = always_warm()
        warm(client, "put_object", plain, max(1, lifetime % 604_800))
        ours = outcome(client, "put_object", params, lifetime)
        assert ours == outcome(fresh(), "put_object", params, lifetime)
        if not ours.startswith("ParamValidationError"):
            assert ours == outcome(theirs(), "put_object", params, lifetime)
