"""Resources of `presigned.aio`, and uploads and downloads of its clients, are aioboto3's. No other library has them."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import botocore.exceptions
import pytest

import presigned.aio

KEYS: dict[str, Any] = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "very secret"}


def test_a_program_with_the_import_swapped_uploads_and_downloads_by_client_and_bucket(
    at_server: dict[str, Any], tmp_path: Path
) -> None:
    content = bytes(range(256)) * 1000
    (tmp_path / "up").write_bytes(content)

    async def program() -> None:
        session = presigned.aio.Session(region_name="us-east-1")
        async with session.client("s3", **at_server) as s3:
            await s3.create_bucket(Bucket="aioboto3")
            await s3.upload_file(str(tmp_path / "up"), "aioboto3", "a/file")
            await s3.upload_fileobj(io.BytesIO(b"small"), "aioboto3", "a/small")
            await s3.download_file("aioboto3", "a/file", str(tmp_path / "down"))
        async with session.resource("s3", **at_server) as s3:
            bucket = await s3.Bucket("aioboto3")
            assert [item.key async for item in bucket.objects.filter(Prefix="a/")] == ["a/file", "a/small"]
            found = await s3.Object("aioboto3", "a/small")
            answer = await found.get()
            assert await answer["Body"].read() == b"small"
            url = await s3.meta.client.generate_presigned_url("get_object", {"Bucket": "aioboto3", "Key": "a/small"})
            assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in url
            assert (await s3.meta.client.head_object(Bucket="aioboto3", Key="a/small"))["ContentLength"] == 5
            await bucket.objects.delete()
            connections = bucket.meta.client._endpoint.http_session
            assert connections._sessions
        assert not connections._sessions

    asyncio.run(program())
    assert (tmp_path / "down").read_bytes() == content


def test_resources_of_other_services_are_aioboto3s(other_services: str) -> None:
    async def program() -> None:
        session = presigned.aio.Session(**KEYS, region_name="us-east-1")
        async with session.resource("dynamodb", endpoint_url=other_services) as dynamodb:
            table = await dynamodb.create_table(
                TableName="links",
                KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
            await table.put_item(Item={"key": "cat.jpg", "hits": 3})
            assert (await table.get_item(Key={"key": "cat.jpg"}))["Item"]["hits"] == 3
            connections = dynamodb.meta.client._endpoint.http_session
            assert connections._sessions
        assert not connections._sessions

    asyncio.run(program())


def test_a_session_in_aiobotocores_shape_has_clients_without_aioboto3s_methods() -> None:
    async def program() -> None:
        async with presigned.aio.get_session().create_client("s3", "us-east-1", **KEYS) as s3:
            with pytest.raises(AttributeError):
                await s3.upload_file("a", "b", "c")
        async with presigned.aio.Session(region_name="us-east-1").resource("s3") as s3:
            with pytest.raises(botocore.exceptions.NoCredentialsError):
                await (await s3.Bucket("bucket")).create()

    asyncio.run(program())


def test_without_aioboto3_a_resource_says_so() -> None:
    code = (
        "import asyncio, sys\n"
        "sys.modules['aioboto3'] = None\n"
        "from presigned import aio\n"
        "session = aio.Session(aws_access_key_id='a', aws_secret_access_key='b', region_name='us-east-1')\n"
        "async def program():\n"
        "    async with session.client('s3') as s3:\n"
        "        assert s3.can_paginate('list_buckets')\n"
        "    async with session.resource('s3') as s3:\n"
        "        try:\n"
        "            s3.Bucket\n"
        "        except AttributeError as error:\n"
        "            assert 'aioboto3 is not installed' in str(error), error\n"
        "        else:\n"
        "            raise AssertionError\n"
        "    try:\n"
        "        async with session.resource('dynamodb'):\n"
        "            raise AssertionError\n"
        "    except ModuleNotFoundError as error:\n"
        "        assert 'aioboto3 is not installed' in str(error), error\n"
        "asyncio.run(program())\n"
    )
    environment = {"PYTHONPATH": ":".join(sys.path), "AWS_EC2_METADATA_DISABLED": "true"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
