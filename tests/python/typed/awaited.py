"""Calls of an asynchronous client, right and wrong ones. The comment of a wrong one says what is reported there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from presigned.aio import AioSession, Session, get_session
from presigned.uploads import sign_request

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from presigned.aio import S3


async def right(s3: S3) -> str:
    url: str = await s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"}, 300)
    url += await s3.generate_presigned_url("list_buckets")
    url += await s3.generate_presigned_url(
        ClientMethod="put_object", Params={"Bucket": "b", "Key": "k", "ACL": "private"}
    )
    coroutine: Coroutine[Any, Any, str] = s3.generate_presigned_url("list_buckets", HttpMethod="GET")
    form = await s3.generate_presigned_post("b", "k", Conditions=[{"acl": "private"}], ExpiresIn=60)
    fields: dict[str, str] = form["fields"]
    request = await s3.presign("get_object", {"Bucket": "b", "Key": "k"}, expires_in=60)
    url += request.url + (await s3.presign_post("b", "k", max_size=5)).url
    asked = {"method": "PUT", "key": "a/b"}
    answer = await sign_request(s3, asked, bucket="b", key_prefix="a/", max_size=5, content_types=["*/*"])
    url += str(answer["url"])
    async with s3 as same:
        await same.close()
    return url + await coroutine + form["url"] + fields["key"]


async def sessions() -> str:
    async with Session(region_name="eu-central-1").client("s3", credentials=lambda: ("a", "b")) as s3:
        url: str = await s3.generate_presigned_url("head_object", {"Bucket": "b", "Key": "k"})
    async with get_session().create_client("s3", "eu-central-1") as s3:
        region: str = s3.meta.region_name
    async with AioSession(profile="p").resource("s3") as resource:
        url += await resource.meta.client.generate_presigned_url("list_buckets")
    credentials = await Session().get_credentials()
    if credentials is not None:
        url += (await credentials.get_frozen_credentials()).access_key + credentials.method
    return url + region


async def wrong(s3: S3) -> None:
    await s3.generate_presigned_url("get_object", {"Bucket": "b", "Kye": "k"})  # deprecated
    await s3.generate_presigned_url("get_objct", {"Bucket": "b", "Key": "k"})  # deprecated
    await s3.generate_presigned_url("get_object", Parms={"Bucket": "b"})  # type: ignore[call-overload] # error
    await s3.generate_presigned_post("b", Ky="k")  # type: ignore[call-overload] # error
    await s3.presign("get_object", {"Bucket": "b", "Kye": "k"})  # deprecated
    unawaited: str = s3.presign("list_buckets").url  # type: ignore[attr-defined] # error
    unawaited = s3.generate_presigned_url("list_buckets")  # type: ignore[assignment] # error
    unawaited = Session().client("s3").meta.region_name  # type: ignore[attr-defined] # error
    del unawaited
