"""What `presigned.aio` lacks comes from aiobotocore: from a client with the same arguments and credentials."""

from __future__ import annotations

import asyncio
import datetime
import subprocess
import sys
import urllib.request
from typing import Any

import aiobotocore.client
import aiobotocore.config
import aiobotocore.credentials
import aiobotocore.session
import botocore.exceptions
import pytest

import presigned
import presigned.aio
from presigned.config import Config

KEYS: dict[str, Any] = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "very secret"}
REGION: dict[str, Any] = {"region_name": "us-east-1"}
OBJECT = {"Bucket": "bucket", "Key": "key"}


def behind(client: Any) -> Any:
    """The client of aiobotocore's behind a client."""
    assert client.can_paginate("list_objects_v2")
    return client._presigned.gate.theirs


def fetched(url: str) -> bytes:
    """The content behind a URL."""
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - of this machine
        body: bytes = answer.read()
        return body


def test_a_program_that_does_more_than_presigning_works_with_the_import_swapped(at_server: dict[str, Any]) -> None:
    async def program() -> None:
        async with presigned.aio.get_session().create_client("s3", **at_server) as s3:
            await s3.create_bucket(Bucket="aio")
            for name in ("a/1", "a/2", "b"):
                await s3.put_object(Bucket="aio", Key=name, Body=name.encode())
            answer = await s3.get_object(Bucket="aio", Key="a/1")
            async with answer["Body"] as stream:
                assert await stream.read() == b"a/1"
            found = []
            async for page in s3.get_paginator("list_objects_v2").paginate(Bucket="aio", Prefix="a/", MaxKeys=1):
                found += [item["Key"] for item in page["Contents"]]
            assert found == ["a/1", "a/2"]
            await s3.get_waiter("object_exists").wait(Bucket="aio", Key="b")
            assert s3.can_paginate("list_objects_v2")
            with pytest.raises(s3.exceptions.NoSuchKey):
                await s3.get_object(Bucket="aio", Key="none")
            with pytest.raises(presigned.exceptions.ClientError):
                await s3.head_object(Bucket="aio", Key="none")
            url = await s3.generate_presigned_url("get_object", {"Bucket": "aio", "Key": "b"})
            assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in url
            assert await asyncio.to_thread(fetched, url) == b"b"

    asyncio.run(program())


def test_other_services_are_aiobotocores_with_the_credentials_of_the_session(other_services: str) -> None:
    async def program() -> None:
        session = presigned.aio.Session(**KEYS, **REGION)
        async with session.client("sqs", endpoint_url=other_services) as sqs:
            made = await sqs.create_queue(QueueName="links")
            await sqs.send_message(QueueUrl=made["QueueUrl"], MessageBody="here")
            messages = await sqs.receive_message(QueueUrl=made["QueueUrl"])
            assert [message["Body"] for message in messages["Messages"]] == ["here"]
            assert sqs.meta.region_name == "us-east-1"
            keys = await sqs._request_signer._credentials.get_frozen_credentials()
            assert keys.access_key == "AKIDEXAMPLE"
        async with presigned.aio.get_session().create_client("sts", "eu-west-3", **KEYS) as sts:
            assert sts.meta.region_name == "eu-west-3"

    asyncio.run(program())


def test_the_client_behind_has_the_same_arguments() -> None:
    async def program() -> None:
        session = presigned.aio.Session(**KEYS, region_name="eu-west-3")
        config = Config(s3={"addressing_style": "path"}, connect_timeout=7, signature_version="s3v4")
        async with session.client("s3", endpoint_url="http://minio:9000", config=config) as client:
            theirs = behind(client)
            assert theirs.meta.region_name == "eu-west-3"
            assert theirs.meta.endpoint_url == "http://minio:9000"
            assert theirs.meta.config.connect_timeout == 7
            assert theirs.meta.config.s3 == {"addressing_style": "path"}
        unsigned = Config(signature_version=presigned.UNSIGNED)
        async with session.client("s3", config=unsigned) as client:
            assert "?" not in await behind(client).generate_presigned_url("get_object", {**OBJECT})
        aios = aiobotocore.config.AioConfig(connector_args={"keepalive_timeout": 3}, user_agent_extra="mine")
        async with session.client("s3", config=aios) as client:
            assert behind(client).meta.config.connector_args["keepalive_timeout"] == 3
            assert behind(client).meta.config.user_agent_extra == "mine"

    asyncio.run(program())


def test_the_client_behind_signs_with_the_same_credentials() -> None:
    async def key(**arguments: Any) -> str:
        session = arguments.pop("session", presigned.aio.Session())
        async with session.client("s3", **REGION, **arguments) as client:
            ours = await client.generate_presigned_url("get_object", OBJECT)
            theirs = await behind(client).generate_presigned_url("get_object", {**OBJECT})
            found: str = theirs.partition("Credential=")[2].partition("%2F")[0]
            assert f"Credential={found}%2F" in ours
            return found

    async def rotating() -> dict[str, Any]:
        end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        asked.append(1)
        return {"AccessKeyId": f"A{len(asked)}", "SecretAccessKey": "B", "SessionToken": "C", "Expiration": end}

    async def program() -> None:
        assert await key(**KEYS) == "AKIDEXAMPLE"
        assert await key(session=presigned.aio.Session(**KEYS)) == "AKIDEXAMPLE"
        assert await key(credentials=lambda: ("SYNC", "B")) == "SYNC"
        # Asked once, for both.
        assert await key(credentials=rotating) == "A1"
        theirs = aiobotocore.session.get_session()
        theirs.set_credentials("X", "Y", "Z")
        assert await key(credentials=theirs) == "X"
        assert await key(session=presigned.aio.Session(botocore_session=theirs)) == "X"
        aio = presigned.aio.get_session()
        aio.set_credentials("SET", "B")
        assert await key(session=aio) == "SET"

    asked: list[int] = []
    asyncio.run(program())


def test_a_call_without_credentials_fails_and_not_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    async def program() -> None:
        async with presigned.aio.Session().client("s3", **REGION) as client:
            with pytest.raises(botocore.exceptions.NoCredentialsError):
                await client.list_buckets()
        async with presigned.aio.Session().client("sqs", **REGION) as sqs:
            with pytest.raises(botocore.exceptions.NoCredentialsError):
                await sqs.list_queues()

    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    asyncio.run(program())


def to_other(params: dict[str, Any], **_: Any) -> None:
    """A handler that changes what is presigned."""
    params["Key"] = "other"


async def to_other_later(params: dict[str, Any], **_: Any) -> None:
    """A handler that has to be awaited."""
    to_other(params)


@pytest.mark.parametrize("handler", [to_other, to_other_later])
def test_aiobotocore_presigns_with_sigv4_while_a_handler_affects_presigning(handler: Any) -> None:
    async def program() -> None:
        async with presigned.aio.Session(**KEYS, **REGION).client("s3") as client:
            client.meta.events.register("before-parameter-build.s3.GetObject", handler)
            during = await client.generate_presigned_url("get_object", {**OBJECT})
            assert "/other?X-Amz-Algorithm=AWS4-HMAC-SHA256" in during
            assert "/key?" in await client.generate_presigned_url("head_object", {**OBJECT})
            assert (await client.generate_presigned_post("bucket", "key"))["fields"]["key"] == "key"
            client.meta.events.unregister("before-parameter-build.s3.GetObject", handler)
            assert "/key?" in await client.generate_presigned_url("get_object", {**OBJECT})

    asyncio.run(program())


def test_the_options_of_a_form_count_before_and_after_a_client_is_aiobotocores() -> None:
    options: dict[str, Any] = {"key_prefix": "a/", "max_size": 5, "fields": {"acl": "private"}}

    async def program() -> list[Any]:
        async with presigned.aio.Session(**KEYS, **REGION).client("s3") as client:
            forms = [await client.presign_post("bucket", "a/b", **options)]
            behind(client)
            forms.append(await client.presign_post("bucket", "a/b", **options))
            client.meta.events.register("before-sign.s3.PutObject", lambda **_: None)
            return [*forms, await client.presign_post("bucket", "a/b", **options)]

    for form in asyncio.run(program()):
        assert (form.fields["key"], form.fields["acl"]) == ("a/b", "private")
        assert form.check(size=5, fields={"key": "a/other"}) is None
        assert form.check(size=6).code == "EntityTooLarge"


def test_clients_inherit_the_handlers_of_their_session() -> None:
    async def program() -> None:
        for session in (presigned.aio.Session(**KEYS, **REGION), presigned.aio.get_session()):
            async with session.client("s3", **KEYS, **REGION) as before:
                if isinstance(session, presigned.aio.AioSession):
                    session.register("before-parameter-build.s3.GetObject", to_other)
                else:
                    session.events.register("before-parameter-build.s3.GetObject", to_other)
                async with session.client("s3", **KEYS, **REGION) as after:
                    assert "/other?" in await after.generate_presigned_url("get_object", {**OBJECT})
                    assert "/key?" in await before.generate_presigned_url("get_object", {**OBJECT})

    asyncio.run(program())


def test_leaving_the_client_closes_the_one_behind_it(at_server: dict[str, Any]) -> None:
    async def program() -> None:
        session = presigned.aio.Session()
        async with session.client("s3", **at_server) as client:
            await client.list_buckets()
            connections = behind(client)._endpoint.http_session
            assert connections._sessions
        assert connections._sessions is None
        # aiobotocore does not allow this a second time.
        await client.close()
        async with session.client("s3", **at_server) as client:
            async with client as same:
                await same.list_buckets()
                connections = behind(client)._endpoint.http_session
            assert connections._sessions is None

    asyncio.run(program())


def test_a_model_that_is_read_in_a_thread_is_waited_for() -> None:
    async def program() -> None:
        config = aiobotocore.config.AioConfig(warm_up_loader_caches=True)
        async with presigned.aio.Session(**KEYS, **REGION).client("s3", config=config) as client:
            assert client.can_paginate("list_objects_v2")

    asyncio.run(program())


def test_a_client_is_of_the_kind_that_aiobotocores_clients_are() -> None:
    async def program() -> None:
        async with presigned.aio.Session(**KEYS, **REGION).client("s3") as client:
            assert isinstance(client, aiobotocore.client.AioBaseClient)
            assert isinstance(client, presigned.aio.S3)

    asyncio.run(program())


def test_what_is_set_in_a_session_counts_for_its_links_and_its_requests() -> None:
    async def program() -> None:
        session = presigned.aio.get_session()
        session.set_config_variable("region", "eu-west-3")
        session._credentials = aiobotocore.credentials.AioCredentials("SET", "B")
        assert session.user_agent().startswith("aiobotocore/")
        async with session.create_client("s3") as s3:
            url = await s3.generate_presigned_url("get_object", OBJECT)
            assert "Credential=SET%2F" in url
            assert "%2Feu-west-3%2F" in url
            assert s3.meta.region_name == "eu-west-3"
            assert "eu-west-3" in behind(s3)._endpoint.host

    asyncio.run(program())


def test_a_process_that_only_presigns_never_loads_aiobotocore() -> None:
    run(
        "async def program():\n"
        "    async with session.client('s3') as s3:\n"
        "        await s3.generate_presigned_url('get_object', {'Bucket': 'b', 'Key': 'k'})\n"
        "        await s3.generate_presigned_post('b', 'k')\n"
        "        s3.meta.region_name, dir(s3), await s3.close()\n"
        "    async with session.resource('s3') as s3:\n"
        "        await s3.meta.client.generate_presigned_url('list_buckets')\n"
        "asyncio.run(program())\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not names & {'aiobotocore', 'aiohttp', 'boto3', 'botocore'}, names\n"
    )


def test_what_needs_aiobotocore_says_that_it_is_not_installed() -> None:
    run(
        "sys.modules['aiobotocore'] = None\n"
        "async def program():\n"
        "    async with session.client('s3') as s3:\n"
        "        for way in (lambda: s3.list_buckets, lambda: s3.get_paginator, lambda: s3.meta.events,\n"
        "                    lambda: session.events, lambda: aio.get_session().register):\n"
        "            try:\n"
        "                way()\n"
        "            except AttributeError as error:\n"
        "                assert 'aiobotocore is not installed' in str(error), error\n"
        "            else:\n"
        "                raise AssertionError(way)\n"
        "        for make in (session.client, session.resource, aio.get_session().create_client):\n"
        "            try:\n"
        "                async with make('sqs'):\n"
        "                    raise AssertionError(make)\n"
        "            except presigned.exceptions.UnknownServiceError as error:\n"
        "                assert 'aiobotocore is not installed' in str(error), error\n"
        "        assert await s3.generate_presigned_url('list_buckets')\n"
        "    async with session.resource('s3') as s3:\n"
        "        try:\n"
        "            s3.Bucket\n"
        "        except AttributeError as error:\n"
        "            assert 'aiobotocore is not installed' in str(error), error\n"
        "asyncio.run(program())\n"
    )


def run(code: str) -> None:
    """Runs a program in its own process."""
    start = (
        "import asyncio, sys\n"
        "import presigned\n"
        "from presigned import aio\n"
        "session = aio.Session(aws_access_key_id='a', aws_secret_access_key='b', region_name='us-east-1')\n"
    )
    environment = {"PYTHONPATH": ":".join(sys.path), "HOME": "/nowhere", "AWS_EC2_METADATA_DISABLED": "true"}
    subprocess.run([sys.executable, "-c", start + code], check=True, env=environment)
