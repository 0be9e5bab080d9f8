"""A real server refuses what was changed, and `explain` says why. `verify` agrees with the server."""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine

import presigned

from .servers import EXPIRED_TEXT, POST_CODE, UNSIGNED_HEADERS, Credentials, Server
from .wire import BODY, MakeClient, Presign, Reply, Send, Submit


def answer(reply: Reply) -> dict[str, Any]:
    """The answer, as an object of a library has it."""
    return {"status_code": reply.status, "headers": reply.headers, "content": reply.body}


def keys(server: Server) -> tuple[str, str]:
    return server.access_key, server.secret_key


def explained(server: Server, url: Any, reply: Reply | None, **arguments: Any) -> list[str]:
    """The codes of the causes, with the keys and the answer."""
    response = None if reply is None else answer(reply)
    found = presigned.explain(url, response=response, credentials=keys(server), **arguments)
    return [cause.code for cause in found.causes]


@pytest.fixture
def url(presign: Presign, fetch: Send, stored: str) -> str:
    """A link that the server accepts."""
    made = presign("get_object", Key=stored, ResponseContentType="text/plain")
    assert fetch("GET", made).body == BODY
    return made


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE"])
def test_another_method_is_named(server: Server, url: str, fetch: Send, method: str) -> None:
    reply = fetch(method, url, BODY if method == "PUT" else b"")
    assert reply.status == 403
    assert explained(server, url, reply, method=method)[0] == "method"
    assert presigned.verify(url, keys(server), method=method).reason == "signature"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("?", "?utm_source=mail&", "query_changed"),
        ("text%2Fplain", "text%252Fplain", "query_changed"),
        ("X-Amz-Expires=3600", "X-Amz-Expires=7200", "query_changed"),
        ("?", "%0A?", "key_encoding"),
        ("/test-bucket/", "/files/test-bucket/", "host"),
    ],
)
def test_what_was_changed_is_named(server: Server, url: str, fetch: Send, before: str, after: str, code: str) -> None:
    changed = url.replace(before, after, 1)
    assert changed != url
    reply = fetch("GET", changed)
    assert reply.code == "SignatureDoesNotMatch"
    assert explained(server, changed, reply)[0] == code
    assert presigned.verify(changed, keys(server)).reason == "signature"


def test_a_key_that_a_client_encodes_again_is_named(server: Server, presign: Presign, fetch: Send, key: str) -> None:
    signed = presign("put_object", Key=f"{key} a+b ü")
    path, _, query = signed.partition("?")
    changed = f"{path.replace('%', '%25')}?{query}"
    reply = fetch("PUT", changed, BODY)
    assert reply.code == "SignatureDoesNotMatch"
    assert explained(server, changed, reply, method="PUT")[0] == "key_encoding"


def test_a_content_type_that_a_client_adds_is_named(server: Server, presign: Presign, fetch: Send, key: str) -> None:
    signed = presign("put_object", Key=key, ContentType="image/png")
    for sent in ({"Content-Type": "application/x-www-form-urlencoded"}, {}):
        reply = fetch("PUT", signed, BODY, sent)
        assert reply.status in {400, 403}
        assert explained(server, signed, reply, method="PUT", headers=sent)[0] == "content_type"
        assert not presigned.verify(signed, keys(server), method="PUT", headers=sent)
    good = {"Content-Type": "image/png"}
    assert fetch("PUT", signed, BODY, good).status == 200
    assert presigned.verify(signed, keys(server), method="PUT", headers=good)


def test_a_header_that_was_not_signed_is_named(server: Server, presign: Presign, fetch: Send, key: str) -> None:
    signed, sent = presign("put_object", Key=key), {"x-amz-meta-who": "me"}
    reply = fetch("PUT", signed, BODY, sent)
    assert reply.status == (200 if server.does(UNSIGNED_HEADERS) else 403)
    assert "headers_not_signed" in explained(server, signed, reply, method="PUT", headers=sent)
    # S3 refuses such a header, whatever this server does.
    assert presigned.verify(signed, keys(server), method="PUT", headers=sent).reason == "headers_not_signed"


def test_another_host_is_named(server: Server, url: str, fetch: Send) -> None:
    reply = fetch("GET", url, host="files.example.com")
    assert reply.code == "SignatureDoesNotMatch"
    sent = {"Host": "files.example.com"}
    assert explained(server, url, reply, headers=sent, hosts=[server.endpoint])[0] == "host"


def test_an_expired_link_is_named(server: Server, make_client: MakeClient, bucket: str, fetch: Send, key: str) -> None:
    # Signed two hours ago, for one.
    with time_machine.travel(time.time() - 7200, tick=False):
        old = make_client().generate_presigned_url("get_object", {"Bucket": bucket, "Key": key}, ExpiresIn=3600)
    reply = fetch("GET", old)
    assert reply.status == 403
    assert "expired" in explained(server, old, reply)
    if not server.does(EXPIRED_TEXT):
        assert presigned.explain(old, response=answer(reply)).causes[0].code == "expired"
    assert presigned.verify(old, keys(server)).reason == "expired"


def test_a_mangled_secret_is_named(server: Server, make_client: MakeClient, bucket: str, fetch: Send, key: str) -> None:
    signer = make_client(aws_secret_access_key=f"{server.secret_key} ")
    wrong = signer.generate_presigned_url("get_object", {"Bucket": bucket, "Key": key})
    reply = fetch("GET", wrong)
    assert reply.code == "SignatureDoesNotMatch"
    assert explained(server, wrong, reply)[0] == "secret"


def test_an_unknown_access_key_is_named(
    server: Server, make_client: MakeClient, bucket: str, fetch: Send, key: str
) -> None:
    other = make_client(aws_access_key_id="AKNOBODY000000000000")
    wrong = other.generate_presigned_url("get_object", {"Bucket": bucket, "Key": key})
    reply = fetch("GET", wrong)
    assert reply.code == "InvalidAccessKeyId"
    assert explained(server, wrong, reply)[0] == "access_key"
    assert presigned.explain(wrong, response=answer(reply)).causes[0].code == "access_key"


def test_a_token_that_was_removed_is_named(
    make_client: MakeClient, temporary_credentials: Credentials, bucket: str, fetch: Send, stored: str
) -> None:
    access_key, secret_key, token = temporary_credentials
    signer = make_client(aws_access_key_id=access_key, aws_secret_access_key=secret_key, aws_session_token=token)
    whole = signer.generate_presigned_url("get_object", {"Bucket": bucket, "Key": stored})
    assert fetch("GET", whole).body == BODY
    assert presigned.verify(whole, temporary_credentials)
    place, _, query = whole.partition("?")
    pairs = [pair for pair in query.split("&") if not pair.startswith("X-Amz-Security-Token")]
    reply = fetch("GET", f"{place}?{'&'.join(pairs)}")
    assert reply.status in {400, 403}
    found = presigned.explain(f"{place}?{'&'.join(pairs)}", response=answer(reply), credentials=temporary_credentials)
    assert found.causes[0].code == "token_missing"
    assert token not in str(found) + repr(found)


@pytest.mark.parametrize(
    ("change", "file"),
    [({"x-amz-meta-more": "x"}, b"file"), ({"key": "elsewhere"}, b"file"), ({}, b"too long by one")],
)
def test_a_form_that_its_policy_refuses_is_explained(
    server: Server, client: Any, bucket: str, key: str, submit: Submit, change: dict[str, str], file: bytes
) -> None:
    conditions = [["content-length-range", 1, 14]]
    made = client.generate_presigned_post(bucket, key, Conditions=conditions)
    assert submit(made, b"file").status in {200, 201, 204}
    assert presigned.verify(made, keys(server), file_size=4, bucket=bucket)
    changed = {"url": made["url"], "fields": {**made["fields"], **change}}
    reply = submit(changed, file)
    assert reply.status in {400, 403}
    assert explained(server, changed, reply)[0] == "form"
    assert presigned.verify(changed, keys(server), file_size=len(file), bucket=bucket).reason == "policy"


def test_a_form_with_another_signature_is_explained(
    server: Server, client: Any, bucket: str, key: str, submit: Submit
) -> None:
    made = client.generate_presigned_post(bucket, key)
    made["fields"]["x-amz-signature"] = "0" * 64
    reply = submit(made)
    assert reply.code == ("AccessDenied" if server.does(POST_CODE) else "SignatureDoesNotMatch")
    assert explained(server, made, reply)[0] == "secret"
    assert presigned.verify(made, keys(server)).reason == "signature"
