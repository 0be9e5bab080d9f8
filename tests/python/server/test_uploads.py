"""`presigned.uploads.sign_request`: the requests of an upload, one after the other, as Uppy sends them."""

from typing import Any

import pytest

from presigned.uploads import sign_request

from .servers import OBJECT_SIZE, Server
from .wire import BODY, Presign, Reply, Send, Submit

SIZE = len(BODY)


@pytest.fixture
def ask(client: Any, bucket: str, key: str, fetch: Send, submit: Submit) -> Any:
    """Sign a request, and send it: `ask(request, body, headers)`."""

    def go(request: dict[str, Any], body: bytes = b"", headers: dict[str, str] | None = None, **options: Any) -> Reply:
        limits = {"bucket": bucket, "key_prefix": f"{key}/", "max_size": 1000, "content_types": ["image/*"], **options}
        answer = sign_request(client, {"key": f"{key}/cat.png", **request}, **limits)
        if "fields" in answer:
            return submit(answer, body)
        return fetch(request["method"], answer["url"], body, {**answer.get("headers", {}), **(headers or {})})

    return go


def test_a_file_is_sent_in_parts(ask: Any, presign: Presign, fetch: Send, key: str) -> None:
    upload = ask({"method": "POST", "contentType": "image/png"}).element("UploadId")
    part = ask({"method": "PUT", "uploadId": upload, "partNumber": 1}, BODY)
    assert part.status == 200
    listed = ask({"method": "GET", "uploadId": upload})
    assert listed.element("PartNumber") == "1"
    etag = part.headers["ETag"]
    whole = (
        f"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part></CompleteMultipartUpload>"
    )
    xml = {"Content-Type": "application/xml"}
    done = ask({"method": "POST", "uploadId": upload, "size": SIZE}, whole.encode(), xml)
    assert done.element("Key") == f"{key}/cat.png"
    got = fetch("GET", presign("get_object", Key=f"{key}/cat.png"))
    assert (got.body, got.headers["Content-Type"]) == (BODY, "image/png")
    assert ask({"method": "DELETE"}, allow_delete=True).status == 204
    assert fetch("GET", presign("get_object", Key=f"{key}/cat.png")).status == 404


def test_parts_of_another_size_than_was_said_make_no_object(ask: Any, server: Server) -> None:
    upload = ask({"method": "POST", "contentType": "image/png"}).element("UploadId")
    etag = ask({"method": "PUT", "uploadId": upload, "partNumber": 1}, BODY).headers["ETag"]
    whole = (
        f"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part></CompleteMultipartUpload>"
    )
    done = ask({"method": "POST", "uploadId": upload, "size": SIZE - 1}, whole.encode())
    assert (done.status == 400) is not server.does(OBJECT_SIZE)


def test_an_upload_is_aborted(ask: Any) -> None:
    upload = ask({"method": "POST", "contentType": "image/png"}).element("UploadId")
    assert ask({"method": "DELETE", "uploadId": upload}).status == 204
    assert ask({"method": "PUT", "uploadId": upload, "partNumber": 1}, BODY).status == 404


def test_a_form_and_a_put_hold_the_size(ask: Any, presign: Presign, fetch: Send, key: str) -> None:
    picture = {"method": "PUT", "contentType": "image/png"}
    assert ask(picture, BODY).status == 204
    assert ask(picture, b"x" * 1001).code == "EntityTooLarge"
    put = {**picture, "size": SIZE}
    assert ask(put, BODY, form=False).status == 200
    assert ask(put, BODY + b"x", form=False).status == 403
    assert fetch("HEAD", presign("head_object", Key=f"{key}/cat.png")).headers["Content-Type"] == "image/png"


def test_a_header_that_was_signed_cannot_be_left_out(ask: Any) -> None:
    assert ask({"method": "POST", "contentType": "image/png"}, headers={"content-type": "text/html"}).status == 403
