"""examples/lambda: what it refuses, with which status; and the same function on boto3 answers the same."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from freezegun import freeze_time

import cold_start
import local_runtime
from checks import Limits, Refused

FUNCTION = Path(local_runtime.__file__).parent / "function"
GET = {"bucket": "holiday", "key": "inbox/cat.jpg", "method": "GET"}
PUT = {**GET, "method": "PUT", "content_type": "image/png", "size": 5}
POST = {**GET, "method": "POST", "content_type": "image/png"}


def loaded(path: Path) -> ModuleType:
    """Import the function from a file."""
    spec = importlib.util.spec_from_file_location(path.parent.name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The function, with settings and credentials in the environment."""
    for name, value in cold_start.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return loaded(FUNCTION / "app.py")


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (None, 400, "the body is not JSON"),
        ("", 400, "the body is not JSON"),
        ("{", 400, "the body is not JSON"),
        ("[]", 400, "the body is not a JSON object"),
        ({}, 400, "method must be a string that is not empty"),
        ({**GET, "method": "get"}, 400, "method must be GET, PUT or POST"),
        ({**GET, "method": "DELETE"}, 400, "method must be GET, PUT or POST"),
        ({**GET, "bucket": None}, 400, "bucket must be a string that is not empty"),
        ({**GET, "key": 7}, 400, "key must be a string that is not empty"),
        ({**GET, "key": "inbox/" + "ü" * 510}, 400, "key must be at most 1024 bytes of UTF-8"),
        ({**GET, "key": "inbox/\ud800"}, 400, "key must be valid Unicode"),
        ({**GET, "key": "inbox/a\nb"}, 400, "key must have no control characters"),
        ({**GET, "key": "inbox/../secret"}, 400, "key must have no part that is . or .."),
        ({**GET, "key": "secret"}, 403, "no links are given to this key of this bucket"),
        ({**GET, "key": "inbox/"}, 403, "no links are given to this key of this bucket"),
        ({**GET, "bucket": "other"}, 403, "no links are given to this key of this bucket"),
        ({**GET, "expires_in": 0}, 400, "expires_in must be a whole number, 1 to 604800"),
        ({**GET, "expires_in": 604_801}, 400, "expires_in must be a whole number, 1 to 604800"),
        ({**GET, "expires_in": "300"}, 400, "expires_in must be a whole number, 1 to 604800"),
        ({**GET, "expires_in": True}, 400, "expires_in must be a whole number, 1 to 604800"),
        ({**GET, "expires": 5}, 400, "unknown field 'expires'; known are bucket, content_type, expires_in, key"),
        ({**GET, "size": 5}, 400, "size is for uploads only"),
        ({**PUT, "size": None}, 400, "size must be a whole number, 0 or more"),
        ({**PUT, "size": -1}, 400, "size must be a whole number, 0 or more"),
        ({**PUT, "size": 100_000_001}, 413, "size must be at most 100000000 bytes"),
        ({**POST, "size": 100_000_001}, 413, "size must be at most 100000000 bytes"),
        ({**POST, "content_type": "text/html"}, 415, "content_type must be one of image/jpeg, image/png"),
        ({**POST, "content_type": ""}, 400, "content_type must be a string that is not empty"),
    ],
)
def test_a_request_is_refused_with_its_status_and_a_reason(
    function: ModuleType, body: object, status: int, error: str
) -> None:
    event = {"body": body if body is None or isinstance(body, str) else json.dumps(body), "isBase64Encoded": False}
    answer = function.handler(event, None)
    assert answer["statusCode"] == status
    assert answer["headers"]["Content-Type"] == "application/json"
    assert json.loads(answer["body"])["error"].startswith(error)


PART = {"method": "PUT", "key": "inbox/a", "uploadId": "x", "partNumber": 1}


@pytest.mark.parametrize(
    ("asked", "status", "error"),
    [
        ([], 400, "the body is not a JSON object"),
        ({}, 400, "method: "),
        ({**PART, "method": "PATCH"}, 400, "method: "),
        ({"method": "DELETE", "key": "inbox/a"}, 400, "method: objects may not be deleted"),
        ({**PART, "partNumber": 21}, 400, "partNumber: it is a whole number from 1 to 20"),
        ({**PART, "uploadId": ""}, 400, "uploadId: "),
        ({**PART, "expiresIn": 901}, 400, "expiresIn: "),
        ({**PART, "key": "secret"}, 403, "key: it is outside of 'inbox/'"),
        ({**PART, "key": "inbox/../a"}, 403, "key: a folder in it is '.' or '..'"),
        ({"method": "PUT", "key": "inbox/a", "contentType": "text/html"}, 415, "contentType: 'text/html' is not among"),
        ({"method": "POST", "key": "inbox/a"}, 415, "contentType: the page must add it"),
        ({"method": "PUT", "key": "inbox/a", "contentType": "image/png", "size": 100_000_001}, 413, "size: a file has"),
        ({"method": "POST", "key": "inbox/a", "uploadId": "x"}, 413, "size: the page must add it"),
    ],
)
@pytest.mark.parametrize("place", [{"rawPath": "/sign"}, {"path": "/sign"}, {"rawPath": "/prod/sign"}])
def test_a_request_of_uppy_is_refused_with_its_status_and_a_reason(
    function: ModuleType, asked: object, status: int, error: str, place: dict[str, str]
) -> None:
    answer = function.handler({"body": json.dumps(asked), **place}, None)
    assert (answer["statusCode"], json.loads(answer["body"])["error"].startswith(error)) == (status, True), answer


def test_uppy_uploads_to_the_first_place_alone_which_is_a_folder(
    function: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(allow: str, key: str) -> tuple[int, str]:
        monkeypatch.setattr(function, "LIMITS", Limits.read({**local_runtime.SETTINGS, "ALLOW": allow}))
        asked = {"method": "PUT", "key": key, "contentType": "image/png"}
        found = function.handler({"body": json.dumps(asked), "rawPath": "/sign"}, None)
        return found["statusCode"], found["body"]

    status, body = answer("trip/in/, b/x/", "in/k")
    assert (status, json.loads(body)["url"]) == (200, "https://trip.s3.eu-central-1.amazonaws.com/")
    assert answer("trip/in/, b/x/", "x/k")[0] == 403
    for allow in ("a/", "a/in"):
        status, body = answer(allow, "in/k")
        assert (status, "is not a folder" in body) == (403, True)


@pytest.mark.parametrize("body", ["no base64", "gA=="])
def test_a_body_that_is_not_base64_or_not_utf_8_is_refused(function: ModuleType, body: str) -> None:
    answer = function.handler({"body": body, "isBase64Encoded": True}, None)
    assert (answer["statusCode"], json.loads(answer["body"])) == (400, {"error": "the body is not JSON"})


def test_links_are_for_the_buckets_own_regional_host(function: ModuleType) -> None:
    host = "https://holiday.s3.eu-central-1.amazonaws.com/"
    for asked in (GET, PUT, POST):
        granted = json.loads(function.handler({"body": json.dumps(asked)}, None)["body"])
        assert granted["url"].startswith(host)
        assert "AWS4-HMAC-SHA256" in json.dumps(granted)


def test_a_put_must_say_its_size(function: ModuleType) -> None:
    answer = function.handler({"body": json.dumps({**POST, "method": "PUT"})}, None)
    assert (answer["statusCode"], json.loads(answer["body"])["error"]) == (
        400,
        "size must be a whole number, 0 or more",
    )


@pytest.mark.parametrize("asked", [GET, PUT, {**PUT, "size": 0}, POST, {**POST, "key": "inbox/${filename}"}])
def test_the_same_function_on_boto3_answers_the_same(
    function: ModuleType, tmp_path: Path, asked: dict[str, Any]
) -> None:
    twin = tmp_path / "app.py"
    twin.write_text(cold_start.on_boto3((FUNCTION / "app.py").read_text()))
    event = {"body": json.dumps(asked)}
    with freeze_time("2026-11-24 12:00:00"):
        ours, theirs = function.handler(event, None), loaded(twin).handler(event, None)
    assert ours["statusCode"] == 200
    assert ours == theirs


@pytest.mark.parametrize(
    ("allow", "bucket", "key", "granted"),
    [
        ("a/", "a", "any", True),
        ("a/in/, b/x", "b", "xy", True),
        ("a/in/, b/x", "a", "in/y", True),
        ("a/in/,b/x", "a", "xy", False),
        ("a/in/,b/x", "b", "in/y", False),
    ],
)
def test_each_bucket_has_prefixes_of_its_own(*, allow: str, bucket: str, key: str, granted: bool) -> None:
    limits = Limits.read({**local_runtime.SETTINGS, "ALLOW": allow})
    asked = {"bucket": bucket, "key": key, "method": "GET"}
    if granted:
        assert limits.check(asked).key == key
    else:
        with pytest.raises(Refused) as refused:
            limits.check(asked)
        assert refused.value.status == 403
