"""Keys with characters that URLs change easily: each object is found under the exact name it was put with."""

from typing import Any

import pytest

from .servers import LONGEST, Server
from .wire import Presign, Send, Submit

BODY = b"body"

KEYS = [
    "plain.txt",
    "sp ace",
    "two  spaces",
    " both ends ",
    "plus+plus",
    "per%cent",
    "already%20encoded",
    "slash%2Fencoded",
    "a//b///c",
    "/leading",
    "folder/",
    "dots./in/.middle/..and.end.",
    "dots./in/../it",
    "quo'te\"s",
    "semi;colon",
    "question?mark=1&amp",
    "hash#tag",
    "amp&er=sand",
    "star*(paren)!",
    "til~de",
    "back\\slash",
    "br[ack]ets{and}<angle>",
    "pi|pe^caret`tick",
    "colon:at@com,dol$",
    "ümlaut-é-ñ",
    "decomposed-e\u0301",
    "日本語/キー",
    "emoji-😀-🏳️‍🌈",
    "arabic-مرحبا",
    "no\u00a0break\u2003em\u200bzero",
    "del-\x7f",
    "X-Amz-Signature=1",
    "dollar-${brace}",
    "n" * 200,
    LONGEST,
    "deep/" * 150 + "end",
]
every_key = pytest.mark.parametrize("name", KEYS, ids=lambda name: ascii(name)[1:30])


@every_key
def test_a_key_comes_back_as_it_was_put(
    name: str,
    server: Server,
    presign: Presign,
    virtual_client: Any,
    fetch: Send,
    bucket: str,
    prefix: str,
    boto3_client: Any,
) -> None:
    key = prefix + name
    put = fetch("PUT", presign("put_object", Key=key), BODY)
    if name in server.unlike.unkept_keys:
        # The signature was right: it is the key that this server cannot keep.
        assert put.status in {200, 400}, server.unlike.unkept_keys[name]
        return
    assert put.status == 200
    assert fetch("GET", presign("get_object", Key=key)).body == BODY
    assert fetch("GET", presign("get_object", virtual_client, Key=key)).body == BODY
    listed = boto3_client.list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]
    assert [one["Key"] for one in listed] == [key]


@every_key
def test_a_form_puts_a_key_under_its_name(
    name: str, server: Server, client: Any, submit: Submit, bucket: str, prefix: str, boto3_client: Any
) -> None:
    sent = submit(client.generate_presigned_post(bucket, prefix + name), BODY)
    if name in server.unlike.unkept_keys or name in server.unlike.unformed_keys:
        assert sent.code not in {"SignatureDoesNotMatch", "InvalidAccessKeyId"}
        return
    assert sent.status == 204
    assert boto3_client.get_object(Bucket=bucket, Key=prefix + name)["Body"].read() == BODY
