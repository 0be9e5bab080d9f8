"""Accelerated clients of aiobotocore give what untouched ones give; the oracle is aiobotocore with its own botocore."""

from __future__ import annotations

import asyncio
import inspect
import re
import subprocess
import sys
from typing import Any

import aiobotocore.config
import aiobotocore.credentials
import aiobotocore.session
import botocore
import pytest
from botocore.exceptions import BotoCoreError

import presigned
import presigned.aio
from inplace import settings
from inplace.conftest import nothing_left, stopped_clock
from inplace.twins import KEYS, NetworkUsed, copied, listening, shown

__all__ = ["nothing_left", "stopped_clock"]

SESSION = aiobotocore.session.get_session()


async def _made(**arguments: Any) -> Any:
    config = arguments.pop("config", None)
    given = {**KEYS, **arguments}
    if config is not None:
        given["config"] = aiobotocore.config.AioConfig(**copied(config))
    # No connection is ever made: there is nothing to close.
    client = await SESSION.create_client("s3", **given).__aenter__()
    client.meta.events.register("before-send.s3", _refuse_to_send)
    return client


def _refuse_to_send(**_: Any) -> None:
    raise NetworkUsed


async def _asked(client: Any, method: str, *arguments: Any, **keywords: Any) -> tuple[str, str, list[str]]:
    arguments, keywords = copied(arguments), copied(keywords)
    with listening() as reasons:
        try:
            text = shown(await getattr(client, method)(*arguments, **keywords))
        except (Exception, NetworkUsed) as error:  # noqa: BLE001 - any exception may be the right one
            text = f"{type(error).__module__}.{type(error).__qualname__} {error}"
    return text, re.sub(r" at 0x[0-9a-f]+", "", ascii((arguments, keywords))), reasons


async def _agree(plain: Any, fast: Any, method: str, *arguments: Any, **keywords: Any) -> list[str]:
    theirs = await _asked(plain, method, *arguments, **keywords)
    ours = await _asked(fast, method, *arguments, **keywords)
    assert ours[:2] == theirs[:2], (method, arguments, keywords, ours[2])
    return ours[2]


async def _twins(**arguments: Any) -> tuple[Any, Any]:
    return await _made(**arguments), presigned.accelerate(await _made(**arguments))


@pytest.mark.parametrize("signature", [None, "s3v4", "s3", botocore.UNSIGNED])
@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1"])
def test_every_call_of_the_tables_gives_what_aiobotocore_gives(region: str, signature: Any) -> None:
    async def run() -> None:
        for token in settings.TOKENS:
            config = {"signature_version": signature} if signature else None
            plain, fast = await _twins(region_name=region, aws_session_token=token, config=config)
            for method, params in (*settings.PLAIN, *settings.ODD):
                await _agree(plain, fast, "generate_presigned_url", method, params)
            for bucket in settings.BUCKETS:
                await _agree(plain, fast, "generate_presigned_url", "get_object", {"Bucket": bucket, "Key": "k"})
                await _agree(plain, fast, "generate_presigned_post", bucket, "k")
            for life in settings.LIVES:
                await _agree(plain, fast, "generate_presigned_url", "get_object", settings.BASE, ExpiresIn=life)
            for arguments, keywords in settings.FORMS:
                await _agree(plain, fast, "generate_presigned_post", *arguments, **keywords)

    asyncio.run(run())


def test_ordinary_calls_are_answered_here() -> None:
    async def run() -> None:
        plain, fast = await _twins(region_name="eu-central-1")
        for method, params in settings.PLAIN:
            assert await _agree(plain, fast, "generate_presigned_url", method, params) == []
        assert await _agree(plain, fast, "generate_presigned_post", "bucket", "key", {"acl": "private"}) == []

    asyncio.run(run())


def test_settings_of_all_kinds_give_what_aiobotocore_gives() -> None:
    async def run() -> None:
        for s3 in settings.S3_OPTIONS:
            for endpoint in settings.ENDPOINTS:
                arguments = {"config": {"s3": s3}, "endpoint_url": endpoint, "region_name": "us-west-2"}
                try:
                    plain, fast = await _twins(**arguments)
                except BotoCoreError:
                    # aiobotocore makes no such client.
                    continue
                for method, params in settings.PLAIN[:12]:
                    await _agree(plain, fast, "generate_presigned_url", method, params)

    asyncio.run(run())


def test_conditions_that_aiobotocore_writes_into_are_written_into() -> None:
    async def run() -> None:
        plain, fast = await _twins(region_name="us-east-1")
        lists: list[list[Any]] = [[{"acl": "private"}], [{"acl": "private"}]]
        for client, conditions in zip((plain, fast), lists, strict=True):
            await client.generate_presigned_post("bucket", "key", Conditions=conditions)
        assert lists[0] == lists[1]

    asyncio.run(run())


def test_install_reaches_clients_of_both_libraries_and_uninstall_leaves_none() -> None:
    async def run() -> None:
        before = await _made(region_name="us-east-1")
        originals = type(before).generate_presigned_url, aiobotocore.signers.generate_presigned_url
        presigned.install()
        after = await _made(region_name="us-east-1")
        for client in (before, after):
            assert inspect.iscoroutinefunction(client.generate_presigned_url)
            with listening() as reasons:
                await client.generate_presigned_url("get_object", settings.BASE)
            assert reasons == []
            assert "_presigned_fast_path" in vars(client)
        presigned.uninstall()
        for client in (before, after):
            assert type(client).generate_presigned_url is originals[0]
            assert "_presigned_fast_path" not in vars(client)
        assert aiobotocore.signers.generate_presigned_url is originals[1]

    asyncio.run(run())


def test_credentials_are_awaited_at_each_url() -> None:
    async def run() -> None:
        plain, fast = await _twins(region_name="us-east-1")
        for client in (plain, fast):
            client._request_signer._credentials.access_key = "OTHER"
        assert await _agree(plain, fast, "generate_presigned_url", "get_object", settings.BASE) == []
        assert "AWSAccessKeyId=OTHER" in await fast.generate_presigned_url("get_object", settings.BASE)

    asyncio.run(run())


def test_aiobotocore_may_be_imported_after_install() -> None:
    code = (
        "import asyncio, sys, botocore.client, presigned\n"
        "presigned.install()\n"
        "assert 'aiobotocore' not in sys.modules\n"
        "import aiobotocore.session\n"
        "async def run():\n"
        "    session = aiobotocore.session.get_session()\n"
        "    async with session.create_client('s3', region_name='us-east-1', aws_access_key_id='a',\n"
        "                                     aws_secret_access_key='b') as s3:\n"
        "        await s3.generate_presigned_url('list_buckets')\n"
        "        assert '_presigned_fast_path' in vars(s3)\n"
        "        presigned.uninstall()\n"
        "        assert type(s3).generate_presigned_url is aiobotocore.signers.generate_presigned_url\n"
        "asyncio.run(run())\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_promoted_client_signs_forms_for_another_instant() -> None:
    def plain(access_key: str) -> Any:
        s3 = presigned.client("s3", "eu-central-1", aws_access_key_id=access_key, aws_secret_access_key="S")
        return s3.presign_post("photos", "k", max_size=5, signed_at=1_000_000_000)

    async def forms() -> None:
        keys: dict[str, Any] = {"aws_access_key_id": "A", "aws_secret_access_key": "S"}
        async with presigned.aio.Session(region_name="eu-central-1").client("s3", **keys) as s3:
            assert s3.can_paginate("list_objects_v2")
            assert await s3.presign_post("photos", "k", max_size=5, signed_at=1_000_000_000) == plain("A")
            s3._request_signer._credentials = aiobotocore.credentials.AioCredentials("B", "S")
            assert await s3.presign_post("photos", "k", max_size=5, signed_at=1_000_000_000) == plain("B")
            with pytest.raises(presigned.exceptions.ParamValidationError, match="would block the loop"):
                await s3.presign_post("photos", "k", on_early_expiry="refresh")

    asyncio.run(forms())
