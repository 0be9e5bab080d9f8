"""A Lambda function behind API Gateway: `POST /presign` returns a presigned URL or form, `POST /sign` answers Uppy."""

import json
import os
from typing import Any

import presigned
from checks import Limits, Refused, Wish

# One client for each execution environment, so that a request takes microseconds. SigV4 and the bucket's regional host
# work in every region. The global host answers uploads to new buckets with a redirect.
S3 = presigned.client("s3", config=presigned.Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
LIMITS = Limits.read(os.environ)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer an event of a REST API, or of an HTTP API with payload format 1.0 or 2.0: the body is the same in all."""
    try:
        asked = body_of(event)
        return answer(200, sign(asked) if is_uppys(event) else presign(LIMITS.check(asked)))
    except Refused as refused:
        return answer(refused.status, {"error": str(refused)})


def body_of(event: dict[str, Any]) -> object:
    """Read the JSON that the caller sent."""
    body = event.get("body") or ""
    try:
        if event.get("isBase64Encoded"):
            from base64 import b64decode  # noqa: PLC0415 - few events need it, and a cold start is short

            body = b64decode(body, validate=True).decode()
        return json.loads(body)
    except ValueError:
        raise Refused(400, "the body is not JSON") from None


def presign(wish: Wish) -> dict[str, Any]:
    """Sign the request. Signing sends nothing to S3; S3 checks the request when it gets it."""
    said: dict[str, Any] = {"method": wish.method, "expires_in": wish.expires_in}
    place: dict[str, Any] = {"Bucket": wish.bucket, "Key": wish.key}
    if wish.method == "GET":
        return {**said, "url": S3.generate_presigned_url("get_object", place, ExpiresIn=wish.expires_in)}
    headers = {"Content-Type": wish.content_type}
    if wish.method == "PUT":
        place |= {"ContentType": wish.content_type, "ContentLength": wish.size}
        url = S3.generate_presigned_url("put_object", place, ExpiresIn=wish.expires_in)
        return {**said, "url": url, "headers": headers}
    conditions = [headers, ["content-length-range", 0, wish.size]]
    form = S3.generate_presigned_post(wish.bucket, wish.key, headers, conditions, wish.expires_in)
    return {**said, **form}


def is_uppys(event: dict[str, Any]) -> bool:
    """Return whether the event came by the route of Uppy. A stage may stand in front of it."""
    path: str = event.get("rawPath") or event.get("path") or ""
    return path.endswith("/sign")


def sign(asked: object) -> dict[str, Any]:
    """Sign one request of Uppy 6, which uploads in parts if a file is large, within the same limits."""
    from presigned.uploads import RefusedRequest, sign_request  # noqa: PLC0415 - other events do not need it

    if not isinstance(asked, dict):
        raise Refused(400, "the body is not a JSON object")
    bucket, prefix = LIMITS.folder()
    size, types = LIMITS.max_bytes, LIMITS.content_types
    try:
        return sign_request(S3, asked, bucket=bucket, key_prefix=prefix, max_size=size, content_types=types)
    except RefusedRequest as refused:
        raise Refused({"key": 403, "size": 413, "contentType": 415}.get(refused.field, 400), str(refused)) from None


def answer(status: int, body: dict[str, Any]) -> dict[str, Any]:
    """Return the answer for API Gateway. A link is for its receiver only, so no cache may keep it."""
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body), "isBase64Encoded": False}
