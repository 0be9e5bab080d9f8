"""The server requires exactly the headers that `presign` names."""

from typing import Any

import pytest

from presigned.config import UNSIGNED, Config

from .servers import SIGV2_METADATA, Server
from .wire import BODY, MakeClient, Send

GIVEN = {
    "ContentType": "text/plain;  charset=utf-8",
    "CacheControl": "no-store",
    "ContentDisposition": 'attachment; filename="Größe €.txt"',
    "Metadata": {"Colour": "blue", "empty": ""},
    "ContentLength": len(BODY),
}


def test_a_presigned_request_is_accepted(client: Any, fetch: Send, bucket: str, key: str) -> None:
    put = client.presign("put_object", {"Bucket": bucket, "Key": key, **GIVEN})
    length = put.headers.pop("content-length")
    assert length == str(len(BODY))
    assert fetch(put.method, put.url, BODY, put.headers).status == 200
    get = client.presign("get_object", {"Bucket": bucket, "Key": key, "Range": "bytes=5-7"})
    reply = fetch(get.method, str(get), headers=get.headers)
    assert (reply.status, reply.body) == (206, BODY[5:8])
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-amz-meta-colour"] == "blue"
    # The standard library reads a byte as a character, and so shows what was sent.
    assert reply.headers["content-disposition"] == put.headers["content-disposition"]


def test_a_request_without_one_of_its_headers_is_refused(client: Any, fetch: Send, bucket: str, key: str) -> None:
    put = client.presign("put_object", {"Bucket": bucket, "Key": key, **GIVEN})
    del put.headers["content-length"]
    assert len(put.headers) == 5
    for name in put.headers:
        others = {other: value for other, value in put.headers.items() if other != name}
        # An absent header and an empty one may be the same to a server.
        if put.headers[name]:
            assert fetch(put.method, put.url, BODY, others).status == 403, name


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_only_the_returned_method_is_accepted(client: Any, fetch: Send, bucket: str, stored: str, method: str) -> None:
    request = client.presign("get_object", {"Bucket": bucket, "Key": stored}, http_method=method.lower())
    assert fetch(request.method, request.url).status == 200
    assert fetch("DELETE", request.url).status == 403


def test_a_presigned_sigv2_request_is_accepted(
    make_client: MakeClient, fetch: Send, server: Server, bucket: str, key: str
) -> None:
    client = make_client(Config(signature_version="s3"))
    given = {name: value for name, value in GIVEN.items() if name != "ContentLength"}
    put = client.presign("put_object", {"Bucket": bucket, "Key": key, **given})
    headers = dict(put.headers)
    if server.does(SIGV2_METADATA):
        assert fetch(put.method, put.url, BODY, headers).status == 403
        headers = {name: value for name, value in headers.items() if not name.startswith("x-amz-meta-")}
    assert fetch(put.method, put.url, BODY, headers).status == 200
    reply = fetch("GET", client.presign("get_object", {"Bucket": bucket, "Key": key}).url)
    assert reply.headers["x-amz-meta-colour"] == "blue"
    # Which SigV2 does not sign, and which is stored as the parameters ask for all the same.
    assert reply.headers["cache-control"] == "no-store"
    assert reply.body == BODY


def test_an_unsigned_request_has_the_headers_of_its_params(make_client: MakeClient, bucket: str, key: str) -> None:
    client = make_client(Config(signature_version=UNSIGNED))
    request = client.presign("get_object", {"Bucket": bucket, "Key": key, "Range": "bytes=5-7"})
    assert request.headers == {"range": "bytes=5-7"}
    assert "?" not in request.url
