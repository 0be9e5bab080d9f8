"""Browser forms: what a POST policy lets in is stored as the form says."""

import json
from base64 import b64decode
from typing import Any

import pytest

from .servers import PLAIN_FIELDS, REDIRECT_QUERY, Server
from .wire import BODY, Presign, Send, Submit


def test_a_form_is_sigv4_and_its_policy_says_bucket_and_key(client: Any, bucket: str, key: str) -> None:
    post = client.generate_presigned_post(bucket, key)
    assert list(post["fields"]) == [
        "key",
        "x-amz-algorithm",
        "x-amz-credential",
        "x-amz-date",
        "policy",
        "x-amz-signature",
    ]
    assert json.loads(b64decode(post["fields"]["policy"]))["conditions"][:2] == [{"bucket": bucket}, {"key": key}]


def test_a_form_stores_the_file(
    client: Any, presign: Presign, fetch: Send, submit: Submit, bucket: str, key: str
) -> None:
    sent = submit(client.generate_presigned_post(bucket, key), BODY)
    assert (sent.status, sent.body) == (204, b"")
    assert fetch("GET", presign("get_object", Key=key)).body == BODY


@pytest.mark.parametrize("filename", ["photo 1+2.jpg", "日本語.png"])
def test_the_name_of_the_file_takes_the_place_of_filename(
    filename: str, client: Any, presign: Presign, fetch: Send, submit: Submit, bucket: str, key: str
) -> None:
    post = client.generate_presigned_post(bucket, f"{key}/${{filename}}")
    assert submit(post, BODY, filename).status == 204
    assert fetch("GET", presign("get_object", Key=f"{key}/{filename}")).body == BODY


@pytest.mark.parametrize("status", ["200", "201", "204"])
def test_the_form_chooses_the_status(status: str, client: Any, submit: Submit, bucket: str, key: str) -> None:
    field = {"success_action_status": status}
    sent = submit(client.generate_presigned_post(bucket, key, Fields=field, Conditions=[field]), BODY)
    assert sent.status == int(status)
    assert sent.element("Key") == (key if status == "201" else "")


def test_the_form_chooses_where_to_go_next(server: Server, client: Any, submit: Submit, bucket: str, key: str) -> None:
    target = "http://example.com/done?a=1"
    field = {"success_action_redirect": target}
    sent = submit(client.generate_presigned_post(bucket, key, Fields=field, Conditions=[field]), BODY)
    assert sent.status == 303
    location = sent.headers["Location"]
    assert location.startswith("http://example.com/done?")
    assert f"key={key}" in location
    assert ("a=1" in location) != (server.does(REDIRECT_QUERY))


STORED = {
    "Content-Type": "image/png",
    "x-amz-meta-author": "me and you",
    "Cache-Control": "max-age=60",
    "Content-Disposition": "attachment",
}


def test_the_fields_of_a_form_become_the_headers_of_the_object(
    server: Server, client: Any, presign: Presign, fetch: Send, submit: Submit, bucket: str, key: str
) -> None:
    conditions = [{name: value} for name, value in STORED.items()]
    assert submit(client.generate_presigned_post(bucket, key, Fields=STORED, Conditions=conditions)).status == 204
    got = fetch("HEAD", presign("head_object", Key=key)).headers
    unkept = {"Cache-Control", "Content-Disposition"} if server.does(PLAIN_FIELDS) else set()
    assert {name: got[name] for name in STORED.keys() - unkept} == {
        name: value for name, value in STORED.items() if name not in unkept
    }


def test_a_form_with_every_kind_of_condition_is_accepted(client: Any, submit: Submit, bucket: str, key: str) -> None:
    fields = {
        "acl": "private",
        "Content-Type": "image/png",
        "success_action_status": "201",
        "x-amz-meta-exact": "ü + & = 日本",
        "x-amz-meta-start": "user/eric/betty",
        "x-amz-meta-any": "anything at all",
        "x-amz-storage-class": "STANDARD",
    }
    conditions = [
        {"acl": "private"},
        ["starts-with", "$Content-Type", "image/"],
        {"success_action_status": "201"},
        ["eq", "$x-amz-meta-exact", fields["x-amz-meta-exact"]],
        ["starts-with", "$x-amz-meta-start", "user/eric/"],
        ["starts-with", "$x-amz-meta-any", ""],
        {"x-amz-storage-class": "STANDARD"},
        ["content-length-range", 1, 100],
    ]
    post = client.generate_presigned_post(bucket, f"{key}/${{filename}}", fields, conditions)
    assert submit(post, BODY).status == 201


def test_a_form_of_another_instant_is_taken_until_its_policy_ends(
    client: Any, submit: Submit, bucket: str, key: str
) -> None:
    stable = client.presign_post(bucket, key, expires_in=60, stable_for=86_400, max_size=len(BODY))
    assert submit(stable.as_dict(), BODY).status == 204
    ended = client.presign_post(bucket, key, expires_in=60, signed_at=1_700_000_000)
    assert submit(ended.as_dict(), BODY).status == 403
