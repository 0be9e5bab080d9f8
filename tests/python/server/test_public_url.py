"""Links for a public host, through a real proxy; links that a cache keeps; and a whole upload in parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

import nginx
import presigned
from presigned import PublicUrl

from .servers import Server
from .wire import BODY, multipart, send

#: What each path of the proxy does, and how `public_url` says so. The proxy passes `Host` on, as it must.
LOCATIONS = """
proxy_set_header Host $http_host;
location /kept/ {{ proxy_pass {inner}; }}
location /media/ {{ proxy_pass {inner}/; }}
location /short/ {{ proxy_pass {inner}/{bucket}/; }}
location /cached/ {{
    proxy_pass {inner}/;
    proxy_cache links;
    proxy_cache_key $request_uri;
    proxy_cache_valid 200 1h;
    add_header X-Cache $upstream_cache_status;
}}
location / {{ proxy_pass {inner}; }}
"""


@pytest.fixture(scope="module")
def proxy(server: Server, bucket: str) -> Iterator[int]:
    with nginx.running(LOCATIONS.format(inner=server.endpoint, bucket=bucket)) as port:
        yield port


@pytest.fixture
def s3(server: Server) -> Any:
    return presigned.client(
        "s3",
        "us-east-1",
        endpoint_url="http://inside.example.org:9000",
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
    )


@pytest.mark.parametrize("way", ["passed on", "prefix taken away", "bucket added"])
def test_a_public_link_works_through_a_proxy(
    s3: Any, boto3_client: Any, bucket: str, key: str, proxy: int, way: str
) -> None:
    outside = f"http://127.0.0.1:{proxy}"
    public: Any = {
        "passed on": outside,
        "prefix taken away": f"{outside}/media",
        "bucket added": PublicUrl(f"{outside}/short", shows_bucket=False),
    }[way]
    place = {"Bucket": bucket, "Key": f"{key} ü+&"}
    upload = s3.presign("put_object", {**place, "ContentType": "text/plain"}, public_url=public)
    assert send(("127.0.0.1", proxy), upload.method, upload.url, BODY, upload.headers).status == 200
    assert boto3_client.get_object(**place)["Body"].read() == BODY
    link = s3.presign("get_object", {**place, "ResponseContentType": "image/x-a"}, public_url=public)
    reply = send(("127.0.0.1", proxy), "GET", link.url)
    assert (reply.status, reply.body, reply.headers["Content-Type"]) == (200, BODY, "image/x-a")
    refused = send(("127.0.0.1", proxy), "GET", link.url.replace("image%2Fx-a", "image%2Fx-b"))
    assert (refused.status, refused.code) == (403, "SignatureDoesNotMatch")


def test_a_link_for_the_inner_host_does_not_work_through_a_proxy(s3: Any, bucket: str, proxy: int) -> None:
    link = s3.presign("list_objects_v2", {"Bucket": bucket})
    url = link.url.replace("http://inside.example.org:9000", f"http://127.0.0.1:{proxy}")
    assert send(("127.0.0.1", proxy), "GET", url).code == "SignatureDoesNotMatch"
    public = s3.presign("list_objects_v2", {"Bucket": bucket}, public_url=f"http://127.0.0.1:{proxy}")
    assert send(("127.0.0.1", proxy), "GET", public.url).status == 200


def test_a_cache_serves_a_stable_link_to_the_next_reader(
    s3: Any, boto3_client: Any, bucket: str, key: str, proxy: int
) -> None:
    boto3_client.put_object(Bucket=bucket, Key=key, Body=BODY)
    options: dict[str, Any] = {"public_url": f"http://127.0.0.1:{proxy}/cached"}

    def answer(**more: Any) -> tuple[int, str]:
        link = s3.presign("get_object", {"Bucket": bucket, "Key": key}, **options, **more)
        reply = send(("127.0.0.1", proxy), "GET", link.url)
        assert reply.body == BODY
        return reply.status, reply.headers["X-Cache"]

    assert answer(stable_for=86_400) == (200, "MISS")
    assert answer(stable_for=86_400) == (200, "HIT")
    now = int(datetime.now(timezone.utc).timestamp())
    assert answer(signed_at=now - 60) == (200, "MISS")
    assert answer(signed_at=now - 61) == (200, "MISS")


def test_a_whole_upload_in_parts(server: Server, s3: Any, boto3_client: Any, bucket: str, key: str) -> None:
    body = bytes(range(256)) * 24_000
    upload_id = boto3_client.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]
    upload = s3.presign_multipart(bucket, key, upload_id, size=len(body), public_url=server.endpoint)
    etags = {}
    for part in upload.parts:
        request = part.request
        reply = send(server.address, request.method, request.url, body[part.start : part.end], request.headers)
        assert reply.status == 200
        etags[part.number] = reply.headers["ETag"]
    assert len(etags) == 2
    listed = send(server.address, upload.list_parts.method, upload.list_parts.url)
    assert (listed.status, listed.body.count(b"<PartNumber>")) == (200, 2)
    done = send(server.address, upload.complete.method, upload.complete.url, upload.completion(etags).encode())
    assert (done.status, done.element("Key")) == (200, key)
    assert boto3_client.get_object(Bucket=bucket, Key=key)["Body"].read() == body


def test_an_upload_in_parts_is_aborted(server: Server, s3: Any, boto3_client: Any, bucket: str, key: str) -> None:
    upload_id = boto3_client.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]
    upload = s3.presign_multipart(bucket, key, upload_id, size=5, public_url=server.endpoint)
    assert send(server.address, upload.abort.method, upload.abort.url).status == 204
    assert send(server.address, upload.list_parts.method, upload.list_parts.url).code == "NoSuchUpload"


@pytest.mark.parametrize("way", ["prefix taken away", "bucket added"])
def test_a_form_works_through_a_proxy(s3: Any, boto3_client: Any, bucket: str, key: str, proxy: int, way: str) -> None:
    outside = f"http://127.0.0.1:{proxy}"
    hidden = PublicUrl(f"{outside}/short", shows_bucket=False)
    public: Any = {"prefix taken away": f"{outside}/media", "bucket added": hidden}[way]
    form = s3.presign_post(bucket, key, max_size=100, public_url=public)
    assert form.url == {"prefix taken away": f"{outside}/media/{bucket}", "bucket added": f"{outside}/short"}[way]
    body, content_type = multipart(form.fields, BODY)
    url = form.url if way == "prefix taken away" else f"{form.url}/"
    reply = send(("127.0.0.1", proxy), "POST", url, body, {"Content-Type": content_type})
    assert reply.status in (200, 204)
    assert boto3_client.get_object(Bucket=bucket, Key=key)["Body"].read() == BODY
