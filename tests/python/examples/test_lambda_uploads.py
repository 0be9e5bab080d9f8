"""examples/lambda in AWS's runtime client, at the route of Uppy: its requests are sent to a server that verifies."""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import local_runtime
import seaweedfs
from server.wire import Reply, multipart, send

EVENTS = Path(local_runtime.__file__).parent / "events"
LIMIT = 6 * 2**20
PART = 5 * 2**20
BODY = bytes(range(256)) * (LIMIT // 256)
KEY = "inbox/user-1/cat.png"
Ask = Callable[..., dict[str, Any]]
Fetch = Callable[..., Reply]


@pytest.fixture(scope="module")
def function(aws: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[local_runtime.RuntimeApi]:
    """The function, from the archives that are deployed."""
    task, opt = local_runtime.unpack(tmp_path_factory.mktemp("lambda"))
    settings = {**local_runtime.SETTINGS, **aws, "MAX_BYTES": str(LIMIT)}
    with local_runtime.running(task, opt / "python", settings) as api:
        yield api


def rest_api(body: str) -> dict[str, Any]:
    """An event of a REST API, as AWS documents it, of this route."""
    event = json.loads((EVENTS / "rest_api.json").read_text())
    return {**event, "path": "/sign", "resource": "/sign", "body": body}


def http_api(body: str) -> dict[str, Any]:
    """An event of an HTTP API, as AWS documents it, of this route, whose body came as base64."""
    event = json.loads((EVENTS / "http_api.json").read_text())
    encoded = base64.b64encode(body.encode()).decode()
    return {**event, "routeKey": "POST /sign", "rawPath": "/sign", "body": encoded, "isBase64Encoded": True}


@pytest.fixture(params=[rest_api, http_api])
def ask(request: pytest.FixtureRequest, function: local_runtime.RuntimeApi, bucket: str) -> Ask:
    """Ask as Uppy does, by either kind of API, and see that it is granted."""
    del bucket

    def go(method: str, **fields: Any) -> dict[str, Any]:
        answer = function.invoke(request.param(json.dumps({"method": method, "key": KEY, **fields})))
        assert answer["statusCode"] == 200, answer
        granted: dict[str, Any] = json.loads(answer["body"])
        return granted

    return go


@pytest.fixture
def fetch(server: seaweedfs.SeaweedFS) -> Fetch:
    """Send a request with exactly the returned URL."""

    def go(method: str, granted: dict[str, Any], body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        sent = {**granted.get("headers", {}), **(headers or {})}
        return send((server.host, server.port), method, granted["url"], body, sent)

    return go


def test_a_small_file_goes_by_a_form(ask: Ask, fetch: Fetch, s3: Any, bucket: str) -> None:
    form = ask("PUT", contentType="image/png", size=5)
    assert form["key"] == form["fields"]["key"] == KEY
    for file, status in ((b"meow!", 204), (BODY + b"x", 400)):
        body, content_type = multipart(form["fields"], file, "file")
        assert fetch("POST", form, body, {"Content-Type": content_type}).status == status
    stored = s3.get_object(Bucket=bucket, Key=KEY)
    assert (stored["Body"].read(), stored["ContentType"]) == (b"meow!", "image/png")


def test_a_large_file_goes_in_parts(ask: Ask, fetch: Fetch, s3: Any, bucket: str) -> None:
    create = ask("POST", contentType="image/png")
    upload = fetch("POST", create).element("UploadId")
    etags = []
    for number, part in enumerate((BODY[:PART], BODY[PART:]), 1):
        sent = fetch("PUT", ask("PUT", uploadId=upload, partNumber=number), part)
        assert sent.status == 200
        etags.append(f"<Part><PartNumber>{number}</PartNumber><ETag>{sent.headers['ETag']}</ETag></Part>")
    listed = fetch("GET", ask("GET", uploadId=upload))
    assert listed.body.count(b"<PartNumber>") == 2
    whole = f"<CompleteMultipartUpload>{''.join(etags)}</CompleteMultipartUpload>".encode()
    done = ask("POST", uploadId=upload, size=len(BODY))
    assert fetch("POST", done, whole, {"Content-Type": "application/xml"}).status == 200
    assert s3.get_object(Bucket=bucket, Key=KEY)["Body"].read() == BODY


def test_an_upload_is_given_up(ask: Ask, fetch: Fetch) -> None:
    upload = fetch("POST", ask("POST", contentType="image/png")).element("UploadId")
    assert fetch("DELETE", ask("DELETE", uploadId=upload)).status == 204
    assert fetch("GET", ask("GET", uploadId=upload)).code == "NoSuchUpload"
