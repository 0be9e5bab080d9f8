"""No unrelated call changes a link: what a client presigns is the same before and after it has become boto3's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

import boto3
import botocore.config
import botocore.credentials
import freezegun
import pytest

import presigned

KEYS: dict[str, Any] = {
    "region_name": "eu-central-1",
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "very secret",
}
OBJECT = {"Bucket": "photos", "Key": "cat.jpg"}
SETTINGS: list[dict[str, Any]] = [
    {},
    {"signature_version": "s3"},
    {"signature_version": "s3v4"},
    {"signature_version": presigned.UNSIGNED},
    {"region_name": "us-west-2"},
    {"s3": {"addressing_style": "path"}},
    {"s3": {"addressing_style": "virtual"}},
    {"s3": {"use_accelerate_endpoint": True}},
    {"s3": {"us_east_1_regional_endpoint": "regional"}, "region_name": "us-east-1"},
    {"s3": {"presign_max_expires_in": 10**8}},
    {"use_fips_endpoint": True},
    {"use_dualstack_endpoint": True},
    {"parameter_validation": False},
]
#: What is asked for, right and wrong: the stated differences hold before and after.
QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "get": lambda s3: s3.generate_presigned_url("get_object", OBJECT),
    "put": lambda s3: s3.generate_presigned_url("put_object", {**OBJECT, "Metadata": {"a": "b"}}, HttpMethod="POST"),
    "form": lambda s3: s3.generate_presigned_post("photos", "k", {"a": "b"}, [{"a": "b"}], 60),
    "too long": lambda s3: s3.generate_presigned_url("get_object", OBJECT, ExpiresIn=10**7),
    "no time": lambda s3: s3.generate_presigned_url("get_object", OBJECT, ExpiresIn="soon"),
    "form of the past": lambda s3: s3.generate_presigned_post("photos", "k", ExpiresIn=-5),
    "directory buckets": lambda s3: s3.generate_presigned_url("list_directory_buckets"),
    "body": lambda s3: s3.generate_presigned_url("put_object", {**OBJECT, "Body": b"x"}),
    "control": lambda s3: s3.generate_presigned_url("put_object", {**OBJECT, "ContentType": "a\nb"}),
    "wrong type": lambda s3: s3.generate_presigned_url("get_object", {**OBJECT, "Key": 5}),
    "no operation": lambda s3: s3.generate_presigned_url("no_operation", OBJECT),
    "columns": lambda s3: s3.generate_presigned_urls("get_object", {"Bucket": "b-1", "Key": ["a", "b"]}),
    "rows": lambda s3: s3.generate_presigned_urls("head_object", [OBJECT, {**OBJECT, "Key": "ü"}]),
    "presign": lambda s3: vars_of(s3.presign("put_object", {**OBJECT, "ContentType": "image/png"})),
    "presign_post": lambda s3: str(s3.presign_post("photos", "k").fields),
}


def vars_of(request: Any) -> tuple[Any, ...]:
    return request.method, request.url, request.headers, request.expires_at


def answers(client: Any) -> dict[str, str]:
    """What a client answers to every question, errors too."""
    found = {}
    for name, question in QUESTIONS.items():
        found[name] = outcome(question, client)
    return found


def outcome(question: Callable[[Any], Any], client: Any) -> str:
    try:
        return repr(question(client))
    except Exception as error:  # noqa: BLE001 - it is compared
        return f"{type(error)}: {error}"


@pytest.mark.parametrize("settings", SETTINGS, ids=[*map(str, range(len(SETTINGS)))])
@freezegun.freeze_time("2030-01-01 12:00:00")
def test_a_link_does_not_change(settings: dict[str, Any]) -> None:
    client = presigned.Session(**KEYS).client("s3", config=presigned.Config(**settings))
    before = answers(client)
    assert client.can_paginate("list_objects_v2")
    assert answers(client) == before
    # A handler that decides nothing of it decides nothing.
    client.meta.events.register("before-call.s3", lambda **_: None)
    assert answers(client) == before


@freezegun.freeze_time("2030-01-01 12:00:00")
def test_a_session_that_has_become_boto3s_makes_clients_with_the_same_links() -> None:
    session = presigned.Session(**KEYS)
    before = answers(session.client("s3"))
    assert session.events is not None
    assert answers(session.client("s3")) == before


def key_of(client: Any) -> str:
    text: str = client.generate_presigned_url("get_object", OBJECT).partition("Credential=")[2]
    return text.partition("%2F")[0]


def test_credentials_that_are_set_in_boto3s_client_sign_from_then_on() -> None:
    client = presigned.Session(**KEYS).client("s3")
    credentials = client._request_signer._credentials
    assert key_of(client) == "AKIDEXAMPLE"
    client._request_signer._credentials = botocore.credentials.Credentials("AKNEW", "x")
    assert key_of(client) == "AKNEW"
    assert "Credential=AKNEW" in client.generate_presigned_urls("get_object", [OBJECT])[0]
    assert "Credential=AKNEW" in client.presign("get_object", OBJECT).url
    client._request_signer._credentials.access_key = "AKCHANGED"
    assert key_of(client) == "AKCHANGED"
    client._request_signer._credentials = credentials
    assert key_of(client) == "AKIDEXAMPLE"
    credentials.access_key = "AKIN-PLACE"
    assert key_of(client) == "AKIN-PLACE"
    client._request_signer._credentials = None
    with pytest.raises(presigned.exceptions.NoCredentialsError):
        client.generate_presigned_url("get_object", OBJECT)


def test_a_handler_decides_of_its_operation_alone_row_by_row() -> None:
    def to_inbox(params: dict[str, Any], **_: Any) -> None:
        params["Key"] = "inbox/" + params["Key"]

    client = presigned.Session(**KEYS).client("s3")
    client.meta.events.register("provide-client-params.s3.GetObject", to_inbox)
    given = [dict(OBJECT), {**OBJECT, "Key": "dog.jpg"}]
    urls = client.generate_presigned_urls("get_object", given)
    assert ["/inbox/cat.jpg?" in urls[0], "/inbox/dog.jpg?" in urls[1]] == [True, True]
    columns = {"Bucket": "photos", "Key": ["cat.jpg", "dog.jpg"]}
    by_column: Any = client.generate_presigned_urls("get_object", columns)
    assert [url.split("?")[0] for url in by_column] == [url.split("?")[0] for url in urls]
    # The caller's own stay as they are.
    assert given == [OBJECT, {**OBJECT, "Key": "dog.jpg"}]
    assert "/cat.jpg?" in client.generate_presigned_url("head_object", OBJECT)
    with pytest.raises(presigned.exceptions.ParamValidationError, match=r"^Parameter|^row 1: Parameter"):
        client.generate_presigned_urls("get_object", [OBJECT, {"Bucket": "photos", "Key": "k", "Kye": "k"}])


def test_a_redirect_counts_for_single_links_and_batches() -> None:
    client = presigned.Session(**{**KEYS, "region_name": "us-east-1"}).client(
        "s3", config=presigned.Config(s3={"addressing_style": "path"})
    )
    handlers = client.meta.events._emitter._handlers.prefix_search("before-endpoint-resolution.s3")
    next(one.__self__ for one in handlers if hasattr(one, "__self__"))._cache["moved"] = "eu-west-3"
    rows = [{"Bucket": "moved", "Key": "k"}, {"Bucket": "stays", "Key": "k"}]
    hosts = ["s3.eu-west-3.amazonaws.com", "s3.amazonaws.com"]
    urls = client.generate_presigned_urls("get_object", rows)
    assert [url.split("/")[2] for url in urls] == hosts
    assert [client.presign("get_object", row).url.split("/")[2] for row in rows] == hosts


def test_a_function_of_botocore_that_a_program_replaced_decides() -> None:
    client = presigned.Session(**KEYS).client("s3")
    assert client.can_paginate("list_objects_v2")
    with mock.patch("botocore.signers.RequestSigner.generate_presigned_url", return_value="replaced"):
        assert client.generate_presigned_url("get_object", OBJECT) == "replaced"
        assert client.generate_presigned_urls("get_object", [OBJECT]) == ["replaced"]
    assert client.generate_presigned_url("get_object", OBJECT).startswith("https://")


def test_mocks_of_presigning_stay_until_they_are_stopped() -> None:
    client = presigned.Session(**KEYS).client("s3")
    with mock.patch.object(client, "generate_presigned_url", return_value="mine"):
        assert client.can_paginate("list_objects_v2")
        assert client.generate_presigned_url("get_object", OBJECT) == "mine"
    for method in ("generate_presigned_url", "generate_presigned_post", "presign", "generate_presigned_urls"):
        with mock.patch.object(presigned.S3, method, return_value="class"):
            assert getattr(client, method)("get_object", OBJECT) == "class"
    assert client.generate_presigned_url("get_object", OBJECT).startswith("https://")


def test_a_method_that_is_replaced_before_or_after_is_the_one_that_boto3_uses() -> None:
    for is_early in (True, False):
        client = presigned.Session(**KEYS).client("s3")
        if not is_early:
            assert client.can_paginate("list_objects_v2")
        answer = {"Contents": [{"Key": "mine"}]}
        with mock.patch.object(client, "list_objects_v2", return_value=answer) as mocked:
            pages = client.get_paginator("list_objects_v2").paginate(Bucket="photos")
            assert [item["Key"] for page in pages for item in page["Contents"]] == ["mine"]
            assert client.list_objects_v2(Bucket="photos") is answer
        assert mocked.call_count == 2
        assert client.list_objects_v2 is not mocked
        with mock.patch.object(client, "_make_api_call", return_value={"ETag": "mine"}):
            assert client.put_object(**OBJECT) == {"ETag": "mine"}


def test_clients_of_boto3_itself_are_left_alone() -> None:
    client = presigned.Session(**KEYS).client("s3")
    assert client.can_paginate("list_objects_v2")
    theirs = boto3.Session(**KEYS).client("s3", config=botocore.config.Config(signature_version="s3v4"))
    assert "_presigned_fast_path" not in vars(theirs)
    assert theirs.generate_presigned_url("get_object", OBJECT, ExpiresIn=10**7)
    presigned.install()
    presigned.uninstall()
    with pytest.raises(presigned.exceptions.ParamValidationError):
        client.generate_presigned_url("get_object", OBJECT, ExpiresIn=10**7)
