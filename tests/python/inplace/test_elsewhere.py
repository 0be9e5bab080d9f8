"""What is not presigning goes to a client or a session of boto3 with the same arguments and credentials."""

from __future__ import annotations

import gc
import logging
import re
import subprocess
import sys
import weakref
from typing import Any

import boto3.dynamodb.conditions
import boto3.s3.transfer
import botocore
import botocore.config
import botocore.exceptions
import moto
import pytest

import presigned
from presigned.config import Config

KEYS: dict[str, Any] = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "very secret"}
OBJECT = {"Bucket": "bucket", "Key": "key"}
REGION: dict[str, Any] = {"region_name": "us-east-1"}


def run(code: str) -> None:
    """Runs a program in its own process."""
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path), "HOME": "/nowhere"})


def test_a_process_that_only_presigns_never_loads_boto3() -> None:
    run(
        "import sys\n"
        "import presigned as boto3\n"
        "from presigned.config import Config\n"
        "session = boto3.Session(aws_access_key_id='a', aws_secret_access_key='b', region_name='us-east-1')\n"
        "s3 = session.client('s3', config=Config(s3={'addressing_style': 'virtual'}))\n"
        "s3.generate_presigned_url('get_object', {'Bucket': 'b', 'Key': 'k'})\n"
        "s3.generate_presigned_post('b', 'k')\n"
        "session.resource('s3').meta.client.generate_presigned_url('list_buckets')\n"
        "s3.meta.region_name, dir(s3), repr(s3), s3.close()\n"
        "loaded = [name for name in sys.modules if name.partition('.')[0] in ('boto3', 'botocore', 's3transfer')]\n"
        "sys.exit(str(loaded) if loaded else 0)\n"
    )


@moto.mock_aws
def test_a_program_that_does_more_than_presigning_works_with_the_import_swapped() -> None:
    s3 = presigned.client("s3", **KEYS, **REGION)
    s3.create_bucket(Bucket="bucket")
    s3.put_object(Bucket="bucket", Key="a/1", Body=b"one")
    s3.put_object(Bucket="bucket", Key="a/2", Body=b"two")
    assert s3.get_object(Bucket="bucket", Key="a/1")["Body"].read() == b"one"
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="bucket", Prefix="a/")
    assert [item["Key"] for page in pages for item in page["Contents"]] == ["a/1", "a/2"]
    s3.get_waiter("object_exists").wait(Bucket="bucket", Key="a/1")
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object(Bucket="bucket", Key="none")
    with pytest.raises(presigned.exceptions.ClientError):
        s3.head_object(Bucket="bucket", Key="none")
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in s3.generate_presigned_url("get_object", {**OBJECT})
    assert presigned.client("sts", **KEYS, **REGION).get_caller_identity()["Account"]
    bucket = presigned.resource("s3", **KEYS, **REGION).Bucket("bucket")
    assert [item.key for item in bucket.objects.all()] == ["a/1", "a/2"]
    assert "X-Amz-Algorithm" in bucket.meta.client.generate_presigned_url("get_object", {**OBJECT})
    table = presigned.resource("dynamodb", **KEYS, **REGION)
    assert list(table.tables.all()) == []


def behind(client: Any) -> Any:
    """The boto3 client behind a client."""
    assert client.can_paginate("list_objects_v2")
    return client._presigned.gate.theirs


def test_the_client_behind_has_the_same_arguments() -> None:
    config = Config(s3={"addressing_style": "path"}, connect_timeout=7, signature_version="s3v4")
    client = presigned.client("s3", "eu-west-3", endpoint_url="http://minio:9000", config=config, **KEYS)
    theirs = behind(client)
    assert theirs.meta.region_name == "eu-west-3"
    assert theirs.meta.endpoint_url == "http://minio:9000"
    assert theirs.meta.config.connect_timeout == 7
    assert theirs.meta.config.s3 == {"addressing_style": "path"}
    assert theirs.generate_presigned_url("get_object", {**OBJECT}).startswith("http://minio:9000/bucket/key?X-Amz")
    unsigned = presigned.client("s3", **REGION, config=Config(signature_version=presigned.UNSIGNED))
    assert "?" not in behind(unsigned).generate_presigned_url("get_object", {**OBJECT})
    botocores = botocore.config.Config(user_agent_extra="mine")
    assert behind(presigned.client("s3", **REGION, **KEYS, config=botocores)).meta.config.user_agent_extra == "mine"


def test_the_client_behind_has_the_same_credentials() -> None:
    def keys(client: Any) -> tuple[str, str, str | None]:
        frozen = behind(client)._get_credentials().get_frozen_credentials()
        return frozen.access_key, frozen.secret_key, frozen.token

    assert keys(presigned.client("s3", **REGION, **KEYS, aws_session_token="T")) == ("AKIDEXAMPLE", "very secret", "T")
    session = presigned.Session(aws_access_key_id="A", aws_secret_access_key="B", **REGION)
    assert keys(session.client("s3")) == ("A", "B", None)
    asked: list[int] = []

    def fetch_credentials() -> tuple[str, str, str]:
        asked.append(1)
        return f"A{len(asked)}", "B", "C"

    assert keys(presigned.client("s3", **REGION, credentials=fetch_credentials))[0].startswith("A")
    assert presigned.client("sts", **REGION, credentials=fetch_credentials)._get_credentials().token == "C"
    botocores = botocore.session.Session()
    botocores.set_credentials("X", "Y", "Z")
    assert keys(presigned.client("s3", **REGION, credentials=botocores)) == ("X", "Y", "Z")
    assert keys(presigned.Session(botocore_session=botocores, **REGION).client("s3")) == ("X", "Y", "Z")


def to_other(params: dict[str, Any], **_: Any) -> None:
    """A handler that changes what is presigned."""
    params["Key"] = "other"


def test_boto3_presigns_with_sigv4_while_a_handler_affects_presigning() -> None:
    client = presigned.client("s3", **REGION, **KEYS)
    before = client.generate_presigned_url("get_object", {**OBJECT})
    client.meta.events.register("before-parameter-build.s3.GetObject", to_other)
    during = client.generate_presigned_url("get_object", {**OBJECT})
    assert "/other?X-Amz-Algorithm=AWS4-HMAC-SHA256" in during
    assert "/key?" in client.generate_presigned_url("head_object", {**OBJECT})
    assert client.generate_presigned_post("bucket", "key")["fields"]["key"] == "key"
    client.meta.events.unregister("before-parameter-build.s3.GetObject", to_other)
    assert client.generate_presigned_url("get_object", {**OBJECT}).split("?")[0] == before.split("?")[0]
    with pytest.raises(botocore.exceptions.UnknownClientMethodError):
        client.generate_presigned_url("none")


def test_a_redirected_bucket_is_presigned_where_s3_said() -> None:
    client = presigned.client("s3", **REGION, **KEYS, config=Config(s3={"addressing_style": "path"}))
    handlers = behind(client).meta.events._emitter._handlers.prefix_search("before-endpoint-resolution.s3")
    next(one.__self__ for one in handlers if hasattr(one, "__self__"))._cache["bucket"] = "eu-west-3"
    assert "s3.eu-west-3." in client.generate_presigned_url("get_object", {**OBJECT})
    assert "s3.amazonaws.com" in client.generate_presigned_url("get_object", {**OBJECT, "Bucket": "another"})


def test_presign_tells_what_boto3_signed_where_handlers_decide() -> None:
    client = presigned.client("s3", **REGION, **KEYS)
    client.meta.events.register("before-parameter-build.s3.GetObject", to_other)

    def add_header(request: Any, **_: Any) -> None:
        request.headers["X-Amz-Meta-Note"] = "é"

    assert "/key?" in client.presign("head_object", {**OBJECT}, expires_in=60, http_method="GET").url
    made = client.presign("get_object", {**OBJECT}, expires_in=60)
    assert "/other?" in made.url
    assert (made.method, made.headers) == ("GET", {})
    client.meta.events.register("before-sign.s3.GetObject", add_header)
    made = client.presign("get_object", {**OBJECT}, expires_in=60, http_method="HEAD")
    # A character of a header is one byte of what is sent.
    assert (made.method, made.headers) == ("HEAD", {"x-amz-meta-note": "é".encode().decode("latin-1")})
    assert made.expires_at is not None
    assert made.url.partition("X-Amz-Expires=")[2].partition("&")[0] == "60"
    client.meta.events.register("before-sign.s3.PutObject", lambda request, **_: request.context.clear)
    form = client.presign_post("bucket", "key", fields={"a": "b"}, expires_in=60)
    assert form.fields["a"] == "b"
    assert form.expires_at is not None
    with pytest.raises(botocore.exceptions.UnknownClientMethodError):
        client.presign("none")


def test_clients_inherit_the_handlers_of_their_session() -> None:
    session = presigned.Session(**REGION, **KEYS)
    before = session.client("s3")
    session.events.register("before-parameter-build.s3.GetObject", to_other)
    after = session.client("s3")
    assert "/other?" in after.generate_presigned_url("get_object", {**OBJECT})
    assert "/key?" in before.generate_presigned_url("get_object", {**OBJECT})


def test_a_client_with_boto3_behind_it_is_freed() -> None:
    client = presigned.client("s3", **REGION, **KEYS)
    behind(client)
    gone = weakref.ref(client)
    del client
    gc.collect()
    assert gone() is None


def test_the_other_names_of_boto3_are_passed_on() -> None:
    assert presigned.dynamodb.conditions.Key is boto3.dynamodb.conditions.Key
    assert presigned.s3.transfer.TransferConfig is boto3.s3.transfer.TransferConfig
    assert presigned.session.Session is presigned.Session
    assert presigned.session.Config is Config
    assert presigned.exceptions.S3UploadFailedError is boto3.exceptions.S3UploadFailedError
    for name in ("compat", "docs", "ec2", "logging", "resources", "utils", "NullHandler"):
        assert getattr(presigned, name) is getattr(boto3, name)
    public = {name for name in vars(boto3) if not name.startswith("_")}
    assert [name for name in sorted(public) if not hasattr(presigned, name)] == ["crt"] * ("crt" in public)


def test_a_logger_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    name = "presigned.of.this.test"
    presigned.set_stream_logger(name, logging.INFO, "%(message)s!")
    logging.getLogger(name).debug("quiet")
    logging.getLogger(name).info("loud")
    assert re.findall(r"\w+!", capsys.readouterr().err) == ["loud!"]


def test_what_needs_boto3_says_that_it_is_not_installed() -> None:
    run(
        "import sys\n"
        "sys.modules['boto3'] = None\n"
        "import presigned\n"
        "session = presigned.Session(aws_access_key_id='a', aws_secret_access_key='b', region_name='us-east-1')\n"
        "s3 = session.client('s3')\n"
        "ways = [lambda: s3.list_buckets, lambda: s3.meta.events, lambda: session.events, \n"
        "        lambda: presigned.dynamodb, lambda: session.client('sqs'), lambda: session.client('sts').meta,\n"
        "        lambda: session.resource('s3').Bucket, lambda: session.resource_factory]\n"
        "for way in ways:\n"
        "    try:\n"
        "        way()\n"
        "    except Exception as error:\n"
        "        assert 'boto3' in str(error), error\n"
        "    else:\n"
        "        raise AssertionError(way)\n"
        "assert s3.generate_presigned_url('list_buckets')\n"
    )
