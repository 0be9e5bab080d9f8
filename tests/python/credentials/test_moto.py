"""Roles assumed at moto's STS: a request with the credentials comes from the assumed role."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

import presigned
from credentials.desk import PAIR, Desk
from credentials.resolved import Found, ours, theirs

ARN = "arn:aws:iam::123456789012:role/"
WEB = f"role_arn = {ARN}web\nweb_identity_token_file = HOME/token\nrole_session_name = pod\n"
CONFIGS = {
    "other keys": f"[default]\nrole_arn = {ARN}reader\nsource_profile = base\nrole_session_name = me\n",
    "a web identity": "[default]\n" + WEB.replace("/web\n", "/reader\n").replace("= pod", "= me"),
    "two hops": f"[default]\nrole_arn={ARN}reader\nsource_profile=web\nrole_session_name=me\n[profile web]\n{WEB}",
}


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """Where moto's server is."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS.keys())
def test_the_credentials_are_those_of_the_role(desk: Desk, moto: str, config: str) -> None:
    (desk.home / "token").write_text("token of the pod", encoding="utf-8")
    desk.write(config, "[base]\n" + PAIR.format("AKIABASE"), AWS_ENDPOINT_URL=moto)
    found: list[Any] = [theirs(), ours()]
    for keys in found:
        assert isinstance(keys, Found), repr(keys)
        sts = boto3.client(
            "sts",
            aws_access_key_id=keys.access_key,
            aws_secret_access_key=keys.secret_key,
            aws_session_token=keys.token,
        )
        assert sts.get_caller_identity()["Arn"] == "arn:aws:sts::123456789012:assumed-role/reader/me"
    assert [(keys.method, keys.account_id) for keys in found] == [(found[0].method, "123456789012")] * 2
    assert abs(found[0].expiry - found[1].expiry) < 60


def test_a_url_is_signed_with_the_credentials_of_the_role(desk: Desk, moto: str) -> None:
    desk.write(CONFIGS["other keys"], "[base]\n" + PAIR.format("AKIABASE"), AWS_ENDPOINT_URL=moto)
    session = presigned.Session()
    keys = session.get_credentials()
    assert keys is not None
    url = session.client("s3").generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})
    assert f"X-Amz-Credential={keys.access_key}%2F" in url
    assert "X-Amz-Security-Token=" in url
