"""Many calls of one client: what the client caches changes no answer, and no call affects a later one."""

from __future__ import annotations

import datetime
import enum
import itertools
import threading
import weakref
from typing import Any

import boto3
import pytest
import time_machine
from botocore.config import Config
from botocore.credentials import Credentials

import presigned

from .case import KEYS

UTC = datetime.timezone.utc
NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=UTC)
MIDNIGHT = datetime.datetime(2026, 11, 25, tzinfo=UTC)
SECOND = datetime.timedelta(seconds=1)

FORMS: list[tuple[Any, ...]] = [
    ("photos", "a"),
    ("photos", "b/${filename}", {"acl": "private"}, [{"acl": "private"}]),
    ("photos", "c", {"acl": "public-read"}),
    ("dotted.photos", "c", {"acl": "private"}, None, 60),
    ("photos", "d", {"acl": "private", "Content-Type": "image/png"}),
    ("photos", "d", {"Content-Type": "image/png", "acl": "private"}),
    ("photos", "e", {"é": "日本", "a": ["x"]}),
    ("films", "f", {"b": "1"}),
    ("films", "f", {"c": "1"}, [["starts-with", "$c", ""]]),
    ("films", "g", {"key": "mine", "policy": "mine"}),
    ("films", "h", {"x-amz-date": "mine", "a": "b"}),
    ("films", "i", {"x-amz-signature": "mine", "x-amz-credential": "mine"}),
    ("films", "j", {"\ud800": "\ud800"}),
    ("films", "k", dict.fromkeys(range(20), "a")),
    ("films", "l", {f"field-{number}": "a" for number in range(20)}),
]  # fmt: skip


def clients(**options: Any) -> tuple[Any, Any]:
    """A client of boto3 and one of presigned with the same arguments."""
    options = {"region_name": "us-west-2", "config": Config(signature_version="s3v4"), **KEYS, **options}
    return boto3.client("s3", **options), presigned.client("s3", **options)


def same(theirs: Any, ours: Any, form: tuple[Any, ...]) -> None:
    """Both make the same form, with the fields in the same order."""
    expected, made = (client.generate_presigned_post(*form) for client in (theirs, ours))
    assert made == expected
    assert list(made) == list(expected)
    assert list(made["fields"].items()) == list(expected["fields"].items())


def test_forms_of_any_kinds_in_any_order() -> None:
    theirs, ours = clients()
    with time_machine.travel(NOON, tick=False):
        for first, second in itertools.product(FORMS, FORMS):
            same(theirs, ours, first)
            same(theirs, ours, second)


@pytest.mark.parametrize("token", [None, "to/ken+=="], ids=["keys", "token"])
def test_forms_across_midnight_and_back(token: str | None) -> None:
    theirs, ours = clients(aws_session_token=token)
    for instant in (MIDNIGHT - SECOND, MIDNIGHT, MIDNIGHT + SECOND, MIDNIGHT, MIDNIGHT - SECOND):
        with time_machine.travel(instant, tick=False):
            for form in FORMS[:5]:
                same(theirs, ours, form)


def test_forms_when_the_credentials_change() -> None:
    keys = Credentials("AKONE", "secret")
    config = Config(signature_version="s3v4")
    ours = presigned.client("s3", region_name="us-west-2", credentials=keys, config=config)
    with time_machine.travel(NOON, tick=False):
        for access_key, token in [("AKONE", None), ("AKTWO", "token"), ("AKONE", None), ("AKONE", "")]:
            keys.access_key, keys.token = access_key, token
            theirs, _ = clients(aws_access_key_id=access_key, aws_secret_access_key="secret", aws_session_token=token)
            for form in FORMS[:5]:
                same(theirs, ours, form)


def test_no_form_shares_anything_with_another() -> None:
    theirs, ours = clients()
    own = {"acl": "private"}
    with time_machine.travel(NOON, tick=False):
        for form in [("photos", "a", own), ("photos", "a")] * 2:
            expected = theirs.generate_presigned_post(*form)
            first = ours.generate_presigned_post(*form)
            first["fields"]["acl"] = "changed"
            first["fields"]["x-amz-date"] = "changed"
            del first["fields"]["x-amz-credential"]
            first["fields"]["more"] = "more"
            first["url"] = "changed"
            first["fields"].clear()
            first.clear()
            assert ours.generate_presigned_post(*form) == expected
        made = ours.generate_presigned_post("photos", "a", own)
        own["acl"] = "changed"
        own["more"] = "more"
        assert made["fields"]["acl"] == "private"
        assert "more" not in made["fields"]
        same(theirs, ours, ("photos", "a", own))


def test_a_form_keeps_nothing_of_the_callers_alive() -> None:
    class Value:
        """What can be watched."""

    _, ours = clients()
    value = Value()
    gone = weakref.ref(value)
    ours.generate_presigned_post("photos", "a", {"b": value})
    del value
    assert gone() is None


def test_eight_threads_get_the_right_forms() -> None:
    theirs, ours = clients()
    wrong = []
    with time_machine.travel(NOON, tick=False):
        expected = [theirs.generate_presigned_post(*form) for form in FORMS]

        def work(start: int) -> None:
            for turn in range(start, start + 40 * len(FORMS)):
                at = turn % len(FORMS)
                if ours.generate_presigned_post(*FORMS[at]) != expected[at]:
                    wrong.append(at)

        threads = [threading.Thread(target=work, args=(start,)) for start in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


class Word(str, enum.Enum):
    """A string whose `str()` is a name."""

    TEXT = "text/plain"


# One client is asked for all of them, one after the other: operation, what all rows share, the column, more arguments.
BATCHES: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("get_object", {"Bucket": "photos"}, "Key", {}),
    ("get_object", {"Bucket": "films"}, "Key", {}),
    ("head_object", {"Bucket": "photos"}, "Key", {}),
    ("get_object", {"Bucket": "photos"}, "Key", {"ExpiresIn": 60}),
    ("get_object", {"Bucket": "photos"}, "Key", {"HttpMethod": "HEAD"}),
    ("get_object", {"Bucket": "photos", "VersionId": "1"}, "Key", {}),
    ("get_object", {"Bucket": "photos", "VersionId": "2"}, "Key", {}),
    ("get_object", {"Bucket": "photos", "Key": "a"}, "VersionId", {}),
    ("get_object", {"Bucket": "photos", "Key": "b"}, "VersionId", {}),
    ("get_object", {"Bucket": "photos", "PartNumber": 1}, "Key", {}),
    ("get_object", {"Bucket": "photos", "PartNumber": 2}, "Key", {}),
    ("get_object", {"Bucket": "photos", "PartNumber": 10**30}, "Key", {}),
    ("get_object", {"Bucket": "photos", "ResponseContentType": "text/plain"}, "Key", {}),
    ("get_object", {"Bucket": "photos", "ResponseContentType": Word.TEXT}, "Key", {}),
    ("put_object", {"Bucket": "photos", "ContentType": "text/plain"}, "Key", {}),
    ("put_object", {"Bucket": "photos", "ContentType": Word.TEXT}, "Key", {}),
    ("put_object", {"Bucket": "photos", "Metadata": {"a": "b"}}, "Key", {}),
    ("put_object", {"Bucket": "photos", "Metadata": {"a": "c"}}, "Key", {}),
]
VALUES = ["a", "b c", "d/e", "é"]


def same_batch(theirs: Any, ours: Any, batch: tuple[str, dict[str, Any], str, dict[str, Any]]) -> None:
    """A batch as columns and as rows is what boto3 makes of each."""
    operation, shared, name, more = batch
    rows = [{**shared, name: value} for value in VALUES]
    # boto3 changes what it is given.
    expected = [theirs.generate_presigned_url(operation, dict(row), **more) for row in rows]
    assert ours.generate_presigned_urls(operation, {**shared, name: VALUES}, **more) == expected
    assert ours.generate_presigned_urls(operation, rows, **more) == expected


def test_batches_of_any_kinds_in_any_order() -> None:
    theirs, ours = clients()
    with time_machine.travel(NOON, tick=False):
        for first, second in itertools.product(BATCHES, BATCHES):
            same_batch(theirs, ours, first)
            same_batch(theirs, ours, second)


def test_batches_across_midnight_and_back() -> None:
    theirs, ours = clients()
    for instant in (MIDNIGHT - SECOND, MIDNIGHT, MIDNIGHT + SECOND, MIDNIGHT, MIDNIGHT - SECOND):
        with time_machine.travel(instant, tick=False):
            for batch in BATCHES[:4]:
                same_batch(theirs, ours, batch)


def test_batches_when_the_credentials_change() -> None:
    keys = Credentials("AKONE", "secret")
    config = Config(signature_version="s3v4")
    ours = presigned.client("s3", region_name="us-west-2", credentials=keys, config=config)
    with time_machine.travel(NOON, tick=False):
        for access_key, secret_key, token in [
            ("AKONE", "secret", None), ("AKONE", "other", None), ("AKTWO", "other", "token"),
            ("AKTWO", "other", "token2"), ("AKONE", "secret", None),
        ]:  # fmt: skip
            keys.access_key, keys.secret_key, keys.token = access_key, secret_key, token
            theirs, _ = clients(aws_access_key_id=access_key, aws_secret_access_key=secret_key, aws_session_token=token)
            for batch in BATCHES[:4]:
                same_batch(theirs, ours, batch)


def test_clients_keep_their_plans_apart() -> None:
    pairs = [
        clients(),
        clients(region_name="eu-central-1"),
        clients(endpoint_url="http://localhost:9000/x/"),
        clients(config=Config(signature_version="s3v4", s3={"addressing_style": "path"})),
    ]
    with time_machine.travel(NOON, tick=False):
        for _ in range(2):
            for theirs, ours in pairs:
                same_batch(theirs, ours, BATCHES[0])


def test_a_batch_fails_in_the_same_way_if_a_similar_one_was_made_before() -> None:
    _, ours = clients()
    columns = {"Bucket": "photos", "Key": VALUES}
    with time_machine.travel(NOON, tick=False):
        for _ in range(2):
            ours.generate_presigned_urls("get_object", columns)
            for more in ({"ExpiresIn": 0}, {"ExpiresIn": "x"}, {"HttpMethod": 1}):
                with pytest.raises(presigned.exceptions.ParamValidationError):
                    ours.generate_presigned_urls("get_object", columns, **more)


def test_eight_threads_get_the_right_batches() -> None:
    theirs, ours = clients()
    wrong = []
    with time_machine.travel(NOON, tick=False):
        asked = [(operation, {**shared, name: VALUES}, more) for operation, shared, name, more in BATCHES]
        expected = [
            [theirs.generate_presigned_url(operation, {**shared, name: value}, **more) for value in VALUES]
            for operation, shared, name, more in BATCHES
        ]

        def work(start: int) -> None:
            for turn in range(start, start + 20 * len(asked)):
                at = turn % len(asked)
                operation, params, more = asked[at]
                if ours.generate_presigned_urls(operation, params, **more) != expected[at]:
                    wrong.append(at)

        threads = [threading.Thread(target=work, args=(start,)) for start in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
