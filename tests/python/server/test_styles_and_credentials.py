"""Virtual-host style, session tokens, other secrets, SigV2 where it is asked for, the longest life."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from presigned import UNSIGNED
from presigned.config import Config

from .servers import POST_TOKEN, Credentials, Server
from .wire import BODY, MakeClient, Presign, Send, Submit

WEEK = 7 * 24 * 3600


def test_in_virtual_style_the_bucket_is_in_the_host_only(
    server: Server, virtual_client: Any, presign: Presign, fetch: Send, bucket: str, key: str
) -> None:
    url = presign("put_object", virtual_client, Key=key)
    assert url.startswith(f"http://{bucket}.{server.domain}:{server.port}/{key}?")
    assert fetch("PUT", url, BODY).status == 200
    for operation, method in (("get_object", "GET"), ("head_object", "HEAD"), ("delete_object", "DELETE")):
        assert fetch(method, presign(operation, virtual_client, Key=key)).status in {200, 204}
    assert fetch("GET", presign("list_objects_v2", virtual_client, Prefix=key)).status == 200


def test_a_form_in_virtual_style_is_accepted(
    virtual_client: Any, presign: Presign, fetch: Send, submit: Submit, bucket: str, key: str
) -> None:
    assert submit(virtual_client.generate_presigned_post(bucket, key), BODY).status == 204
    assert fetch("GET", presign("get_object", Key=key)).body == BODY


def test_a_url_for_one_style_is_refused_in_the_other(
    server: Server, virtual_client: Any, presign: Presign, fetch: Send, stored: str, bucket: str
) -> None:
    url = presign("get_object", virtual_client, Key=stored)
    path_style = url.replace(f"{bucket}.{server.domain}:{server.port}", f"{server.host}:{server.port}/{bucket}")
    assert fetch("GET", url).body == BODY
    assert fetch("GET", path_style).code == "SignatureDoesNotMatch"


def test_a_url_with_a_session_token_is_accepted(
    token_client: Any, temporary_credentials: Credentials, presign: Presign, fetch: Send, key: str
) -> None:
    url = presign("put_object", token_client, Key=key)
    assert parse_qs(urlsplit(url).query)["X-Amz-Security-Token"] == [temporary_credentials.token]
    assert fetch("PUT", url, BODY).status == 200
    assert fetch("GET", presign("get_object", token_client, Key=key)).body == BODY


def test_a_session_token_may_not_be_left_out_or_changed(
    token_client: Any,
    temporary_credentials: Credentials,
    presign: Presign,
    make_client: MakeClient,
    fetch: Send,
    stored: str,
) -> None:
    without = make_client(
        aws_access_key_id=temporary_credentials.access_key, aws_secret_access_key=temporary_credentials.secret_key
    )
    assert fetch("GET", presign("get_object", token_client, Key=stored)).status == 200
    assert fetch("GET", presign("get_object", without, Key=stored)).status == 403
    changed = presign("get_object", token_client, Key=stored).replace(
        "&X-Amz-Security-Token=", "&X-Amz-Security-Token=A"
    )
    assert fetch("GET", changed).status in {400, 403}


def test_a_form_with_a_session_token_carries_it_in_fields_and_policy(
    server: Server, token_client: Any, submit: Submit, bucket: str, key: str
) -> None:
    sent = submit(token_client.generate_presigned_post(bucket, key), BODY)
    expected = (403, "InvalidAccessKeyId") if server.does(POST_TOKEN) else (204, "")
    assert (sent.status, sent.code) == expected


@pytest.mark.parametrize("wrong", [{"aws_secret_access_key": "another"}, {"aws_access_key_id": "AKNOBODY000000000000"}])
def test_other_credentials_are_refused(
    wrong: dict[str, str],
    make_client: MakeClient,
    presign: Presign,
    fetch: Send,
    submit: Submit,
    bucket: str,
    stored: str,
) -> None:
    other = make_client(**wrong)
    assert fetch("GET", presign("get_object", other, Key=stored)).status == 403
    assert submit(other.generate_presigned_post(bucket, stored)).status == 403


def test_an_unsigned_url_is_refused_by_a_private_bucket(
    make_client: MakeClient, fetch: Send, bucket: str, stored: str
) -> None:
    url = make_client(Config(signature_version=UNSIGNED)).generate_presigned_url(
        "get_object", {"Bucket": bucket, "Key": stored}
    )
    assert "?" not in url
    assert (fetch("GET", url).status, fetch("GET", url).code) == (403, "AccessDenied")


def test_a_url_may_be_valid_for_a_week(presign: Presign, fetch: Send, stored: str) -> None:
    assert fetch("GET", presign("get_object", Key=stored, expires_in=WEEK)).body == BODY


@pytest.fixture
def sigv2(make_client: MakeClient) -> Any:
    """A client that signs with Signature Version 2."""
    return make_client(Config(signature_version="s3"))


def test_signature_version_s3_makes_a_sigv2_url_that_verifies(
    sigv2: Any, fetch: Send, bucket: str, stored: str
) -> None:
    url = sigv2.generate_presigned_url("get_object", {"Bucket": bucket, "Key": stored})
    assert parse_qs(urlsplit(url).query).keys() >= {"AWSAccessKeyId", "Signature", "Expires"}
    assert fetch("GET", url).body == BODY
    assert fetch("DELETE", url).status == 403
    assert fetch("GET", url.replace("Expires=", "Expires=9")).status == 403


def test_signature_version_s3_makes_a_sigv2_form_that_verifies(
    sigv2: Any, submit: Submit, bucket: str, key: str
) -> None:
    post = sigv2.generate_presigned_post(bucket, key)
    assert post["fields"].keys() == {"key", "AWSAccessKeyId", "policy", "signature"}
    assert submit(post, BODY).status == 204
    right = post["fields"]["signature"]
    post["fields"]["signature"] = ("B" if right[0] == "A" else "A") + right[1:]
    assert submit(post, BODY).status == 403


@pytest.fixture
def token_client(make_client: MakeClient, temporary_credentials: Credentials) -> Any:
    """A client with temporary credentials."""
    access_key, secret_key, token = temporary_credentials
    return make_client(aws_access_key_id=access_key, aws_secret_access_key=secret_key, aws_session_token=token)
