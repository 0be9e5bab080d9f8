"""examples/lambda in AWS's runtime client: what it answers is used at a server that verifies."""

import base64
import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import local_runtime
import seaweedfs
from server.wire import Reply, multipart, send

EVENTS = Path(local_runtime.__file__).parent / "events"
PNG = {"content_type": "image/png"}
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def function(aws: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[local_runtime.RuntimeApi]:
    """The function, from the archives that are deployed."""
    task, opt = local_runtime.unpack(tmp_path_factory.mktemp("lambda"))
    with local_runtime.running(task, opt / "python", {**local_runtime.SETTINGS, **aws, "MAX_BYTES": "1000"}) as api:
        yield api


def rest_api(body: str) -> dict[str, Any]:
    """An event of a REST API, as AWS documents it, with another body."""
    event = json.loads((EVENTS / "rest_api.json").read_text())
    return {**event, "body": body}


def http_api(body: str) -> dict[str, Any]:
    """An event of an HTTP API, as AWS documents it, whose body came as base64."""
    event = json.loads((EVENTS / "http_api.json").read_text())
    return {**event, "body": base64.b64encode(body.encode()).decode(), "isBase64Encoded": True}


@pytest.fixture(params=[rest_api, http_api])
def ask(request: pytest.FixtureRequest, function: local_runtime.RuntimeApi, bucket: str) -> Ask:
    """Ask for a link by either kind of API, and see that it is granted."""

    def go(method: str, key: str, **fields: Any) -> dict[str, Any]:
        body = json.dumps({"bucket": bucket, "key": key, "method": method, **fields})
        answer = function.invoke(request.param(body))
        assert (answer["statusCode"], answer["isBase64Encoded"]) == (200, False), answer
        assert answer["headers"] == {"Content-Type": "application/json", "Cache-Control": "no-store"}
        granted: dict[str, Any] = json.loads(answer["body"])
        assert granted["method"] == method
        return granted

    return go


@pytest.fixture
def fetch(server: seaweedfs.SeaweedFS) -> Callable[..., Reply]:
    """Send a request with exactly the returned URL."""

    def go(method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        return send((server.host, server.port), method, url, body, headers)

    return go


@pytest.fixture
def submit(fetch: Callable[..., Reply]) -> Callable[..., Reply]:
    """Submit a form as a browser does."""

    def go(form: dict[str, Any], file: bytes, **changed: str) -> Reply:
        body, content_type = multipart({**form["fields"], **changed}, file, "file")
        return fetch("POST", form["url"], body, {"Content-Type": content_type})

    return go


def test_a_get_link_downloads(ask: Ask, fetch: Callable[..., Reply], s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="inbox/Zürich & me #1.txt", Body=b"hello")
    granted = ask("GET", "inbox/Zürich & me #1.txt")
    assert granted.keys() == {"method", "expires_in", "url"}
    assert fetch("GET", granted["url"]).body == b"hello"
    assert fetch("PUT", granted["url"], b"other").status == 403


def test_a_put_link_takes_the_file_that_was_announced(
    ask: Ask, fetch: Callable[..., Reply], s3: Any, bucket: str
) -> None:
    granted = ask("PUT", "inbox/cat.png", size=5, **PNG)
    assert granted["headers"] == {"Content-Type": "image/png"}
    assert fetch("PUT", granted["url"], b"meow!", granted["headers"]).status == 200
    stored = s3.get_object(Bucket=bucket, Key="inbox/cat.png")
    assert (stored["Body"].read(), stored["ContentType"]) == (b"meow!", "image/png")


@pytest.mark.parametrize(
    ("body", "content_type"), [(b"meow!!", "image/png"), (b"meow", "image/png"), (b"meow!", "text/html")]
)
def test_a_put_link_takes_no_other_size_and_no_other_type(
    ask: Ask, fetch: Callable[..., Reply], body: bytes, content_type: str
) -> None:
    granted = ask("PUT", "inbox/refused.png", size=5, **PNG)
    assert fetch("PUT", granted["url"], body, {"Content-Type": content_type}).code == "SignatureDoesNotMatch"


def test_a_form_takes_a_file(ask: Ask, submit: Callable[..., Reply], s3: Any, bucket: str) -> None:
    form = ask("POST", "inbox/form.png", **PNG)
    assert form.keys() == {"method", "expires_in", "url", "fields"}
    assert submit(form, b"x" * 1000).status == 204
    stored = s3.get_object(Bucket=bucket, Key="inbox/form.png")
    assert (stored["Body"].read(), stored["ContentType"]) == (b"x" * 1000, "image/png")


def test_a_form_takes_no_larger_file_no_other_type_and_no_other_key(ask: Ask, submit: Callable[..., Reply]) -> None:
    form = ask("POST", "inbox/refused.png", **PNG)
    assert submit(form, b"x" * 1001).code == "EntityTooLarge"
    assert submit(form, b"x", **{"Content-Type": "text/html"}).status == 403
    assert submit(form, b"x", key="elsewhere.png").status == 403
    assert submit(ask("POST", "inbox/refused.png", size=3, **PNG), b"four").code == "EntityTooLarge"


@pytest.mark.parametrize(("fields", "seconds"), [({}, 300), ({"expires_in": 1}, 1), ({"expires_in": 604_800}, 604_800)])
def test_a_link_is_valid_for_five_minutes_or_as_long_as_requested(
    ask: Ask, fields: dict[str, int], seconds: int
) -> None:
    granted = ask("GET", "inbox/cat.png", **fields)
    assert granted["expires_in"] == seconds
    assert parse_qs(urlsplit(granted["url"]).query)["X-Amz-Expires"] == [str(seconds)]


def test_without_credentials_the_function_fails_loudly(tmp_path: Path) -> None:
    task, opt = local_runtime.unpack(tmp_path)
    environment = {
        **local_runtime.SETTINGS,
        "HOME": str(tmp_path),
        "AWS_REGION": "eu-central-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    with (
        local_runtime.running(task, opt / "python", environment) as api,
        pytest.raises(local_runtime.FunctionError, match="NoCredentialsError"),
    ):
        api.invoke(rest_api(json.dumps({"bucket": "holiday", "key": "inbox/a", "method": "GET"})))


@pytest.mark.parametrize(
    ("changed", "error"),
    [({"ALLOW": "holiday"}, "ALLOW is a list of bucket/prefix"), ({"MAX_BYTES": "100 MB"}, "invalid literal for int")],
)
def test_settings_that_say_nothing_clear_stop_the_function_from_starting(
    tmp_path: Path, aws: dict[str, str], changed: dict[str, str], error: str
) -> None:
    task, opt = local_runtime.unpack(tmp_path)
    with (
        local_runtime.running(task, opt / "python", {**local_runtime.SETTINGS, **aws, **changed}) as api,
        pytest.raises(local_runtime.FunctionError, match=error),
    ):
        api.invoke(copy.deepcopy(rest_api("{}")))
