"""The server's side of uploads from browsers: signs what Uppy's S3 uploader asks for.

Uppy 6 (`@uppy/aws-s3`, option `signRequest`) asks its server one question for each request to S3: "may I send this?".
`sign_request` answers it. It sends nothing and reads no bucket, so resumable uploads need no other server code.

| method, with `uploadId`, with `partNumber` | what is signed |
|---|---|
| PUT | a form for `put_object`, in which S3 checks size and type |
| POST | `create_multipart_upload` |
| PUT, both | `upload_part` |
| GET, `uploadId` | `list_parts` |
| POST, `uploadId` | `complete_multipart_upload` |
| DELETE, `uploadId` | `abort_multipart_upload` |
| DELETE | `delete_object`, if that is allowed |
"""

from __future__ import annotations

from . import _errors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping
    from typing import Any, NoReturn, overload

    from . import _client, aio

__all__ = ["RefusedRequest", "sign_request"]

#: Unless a request names its type, as `@uppy/aws-s3` assumes.
_UNKNOWN_TYPE = "application/octet-stream"

#: S3's smallest part, except the last one, and the most parts of an upload.
_SMALLEST_PART = 5 * 2**20
_MOST_PARTS = 10_000

_LONGEST_KEY = 1024
_LONGEST_EXPIRY = 604_800

#: Method, whether there is an `uploadId`, whether there is a `partNumber` -> operation.
_OPERATIONS = {
    ("PUT", False, False): "put_object",
    ("POST", False, False): "create_multipart_upload",
    ("PUT", True, True): "upload_part",
    ("GET", True, False): "list_parts",
    ("POST", True, False): "complete_multipart_upload",
    ("DELETE", True, False): "abort_multipart_upload",
    ("DELETE", False, False): "delete_object",
}


class RefusedRequest(ValueError):
    """A browser has asked for something that it may not have: answer it with 400 or 403.

    Attributes:
        field (str): The field of the request that is wrong, such as `"key"`.
    """

    field: str

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.field, str(self).removeprefix(f"{self.field}: "))


if TYPE_CHECKING:

    @overload
    def sign_request(  # type: ignore[overload-overlap] # its results are awaited
        s3: aio.S3,
        request: Mapping[str, Any],
        *,
        bucket: str,
        key_prefix: str,
        max_size: int | None,
        content_types: Iterable[str],
        allow_delete: bool = False,
        form: bool = True,
        expires_in: int = 900,
    ) -> Coroutine[Any, Any, dict[str, Any]]: ...
    @overload
    def sign_request(
        s3: _client.S3,
        request: Mapping[str, Any],
        *,
        bucket: str,
        key_prefix: str,
        max_size: int | None,
        content_types: Iterable[str],
        allow_delete: bool = False,
        form: bool = True,
        expires_in: int = 900,
    ) -> dict[str, Any]: ...


def sign_request(
    s3: Any,
    request: Mapping[str, Any],
    *,
    bucket: str,
    key_prefix: str,
    max_size: int | None,
    content_types: Iterable[str],
    allow_delete: bool = False,
    form: bool = True,
    expires_in: int = 900,
) -> Any:
    """Signs one request of a browser's upload to S3, if it is within the limits.

    The browser chooses the key, and an object that has this key already is replaced: let `key_prefix` name the user,
    and let the browser put something random behind it.

    S3 itself compares the size and the type of a form. Of a file that is sent in parts, it compares the type if the
    request to create the upload has `contentType`, and the size if the request to complete it has `size`. Uppy leaves
    these two to the page: docs/UPLOADS.md has the lines. They may be missing only where any type or size is allowed.

    Args:
        s3 (S3): A client of presigned. If it is one of `presigned.aio`, await the result.
        request (Mapping): What Uppy asks: `method`, `key`, and of `contentType`, `uploadId`, `partNumber` and
            `expiresIn` those that apply; and `size`, the size of the whole file, which the page adds.
        bucket (str): The bucket.
        key_prefix (str): The folder that the user may write to, such as `"uploads/user-1/"`. It ends in a slash.
        max_size (int): The largest size of a file in bytes; `None` for any size.
        content_types (Iterable): The types that are allowed, such as `["image/*", "application/pdf"]`; `["*/*"]` for
            any type.
        allow_delete (bool): Whether the browser may delete objects that it has uploaded; unless given, it may not.
        form (bool): Whether a file in one piece goes by a form, as Uppy 6.3 and newer can. Otherwise, or if the server
            has no forms (Cloudflare R2), a PUT is signed for exactly `size` bytes.
        expires_in (int): How long each request may be sent, in seconds: 900 unless given. The browser may ask for less.

    Returns:
        dict: The answer for Uppy: `url`, and of `key`, `headers` and `fields` those that apply. It is JSON.

    Raises:
        RefusedRequest: The browser asks for something that it may not have. It is a `ValueError`.
        ParamValidationError: The server's own arguments are wrong.
        NoCredentialsError: There is nothing to sign with.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
        >>> limits = {"bucket": "photos", "key_prefix": "inbox/", "max_size": 10_000_000, "content_types": ["image/*"]}
        >>> asked = {"method": "PUT", "key": "inbox/cat.png", "contentType": "image/png"}
        >>> answer = presigned.uploads.sign_request(s3, asked, **limits)
        >>> answer["url"], answer["fields"]["Content-Type"]
        ('https://photos.s3.amazonaws.com/', 'image/png')
        >>> presigned.uploads.sign_request(s3, {**asked, "key": "private/cat.png"}, **limits)
        Traceback (most recent call last):
        presigned.uploads.RefusedRequest: key: it is outside of 'inbox/'
    """
    types = _checked(s3, bucket, key_prefix, max_size, content_types, expires_in)
    if not hasattr(request, "get"):
        raise RefusedRequest("request", "it is a JSON object")
    operation = _operation(request, allow_delete=allow_delete)
    key = _key(request.get("key"), key_prefix)
    lifetime = _lifetime(request.get("expiresIn"), expires_in)
    size = _size(request.get("size"), max_size)
    answer = {"key": key} if operation in ("put_object", "create_multipart_upload") else {}
    if operation == "put_object" and form:
        content_type = _content_type(request.get("contentType", _UNKNOWN_TYPE), types)
        post = s3.presign_post(bucket, key, content_type=content_type, max_size=max_size, expires_in=lifetime)
        return _answered(s3, post, lambda made: {**answer, "url": made.url, "fields": dict(made.fields)})
    params = _PARAMS[operation](request, types, size, max_size)
    signed = s3.presign(operation, {"Bucket": bucket, "Key": key, **params}, expires_in=lifetime)
    return _answered(s3, signed, lambda made: {**answer, "url": made.url, **_headers(made.headers)})


def _put(request: Mapping[str, Any], types: tuple[str, ...], size: int | None, largest: int | None) -> dict[str, Any]:
    params: dict[str, Any] = {"ContentType": _content_type(request.get("contentType", _UNKNOWN_TYPE), types)}
    if largest is not None:
        params["ContentLength"] = _needed(size, "the page must add it: a PUT without a form is signed for one size")
    return params


def _create(request: Mapping[str, Any], types: tuple[str, ...], _size: object, _largest: object) -> dict[str, Any]:
    content_type = request.get("contentType")
    if content_type is not None:
        return {"ContentType": _content_type(content_type, types)}
    if "*/*" not in types:
        raise RefusedRequest("contentType", "the page must add it: Uppy leaves it out here")
    return {}


def _part(request: Mapping[str, Any], _types: object, _size: object, largest: int | None) -> dict[str, Any]:
    return {**_upload(request), "PartNumber": _part_number(request["partNumber"], largest)}


def _complete(request: Mapping[str, Any], _types: object, size: int | None, largest: int | None) -> dict[str, Any]:
    if largest is None:
        return _upload(request)
    # S3 compares it with the sum of the parts.
    return {**_upload(request), "MpuObjectSize": _needed(size, "the page must add it: the size of the whole file")}


def _upload(request: Mapping[str, Any], *_: object) -> dict[str, Any]:
    return {"UploadId": _upload_id(request["uploadId"])}


def _delete(*_: object) -> dict[str, Any]:
    return {}


#: Operation -> what reads its parameters, besides bucket and key, from a request.
_PARAMS: dict[str, Callable[..., dict[str, Any]]] = {
    "put_object": _put,
    "create_multipart_upload": _create,
    "upload_part": _part,
    "list_parts": _upload,
    "complete_multipart_upload": _complete,
    "abort_multipart_upload": _upload,
    "delete_object": _delete,
}


def _answered(s3: Any, made: Any, answer: Any) -> Any:
    if not getattr(type(s3), "_is_awaited", False):
        return answer(made)

    async def awaited() -> dict[str, Any]:
        found: dict[str, Any] = answer(await made)
        return found

    return awaited()


def _headers(signed: Mapping[str, str]) -> dict[str, Any]:
    # A browser writes the length itself, and refuses to take it from a script.
    headers = {name: value for name, value in signed.items() if name != "content-length"}
    return {"headers": headers} if headers else {}


def _checked(
    s3: Any, bucket: Any, key_prefix: Any, max_size: Any, content_types: Any, expires_in: Any
) -> tuple[str, ...]:
    """Checks the server's own arguments, and returns the types in lower case."""
    if not (hasattr(s3, "presign") and hasattr(s3, "presign_post")):
        _wrong("s3", s3, "it is a client of presigned")
    if not isinstance(bucket, str) or not bucket:
        _wrong("bucket", bucket, "it is the name of a bucket")
    if not isinstance(key_prefix, str) or key_prefix.strip("/") == "" or not key_prefix.endswith("/"):
        _wrong("key_prefix", key_prefix, "it is a folder and ends in a slash, as 'uploads/user-1/'")
    if any(segment in (".", "..") for segment in key_prefix.replace("\\", "/").split("/")):
        _wrong("key_prefix", key_prefix, "no folder in it is '.' or '..'")
    if max_size is not None and (not isinstance(max_size, int) or isinstance(max_size, bool) or max_size < 0):
        _wrong("max_size", max_size, "it is a whole number of bytes, or None for any size")
    is_listed = not isinstance(content_types, str | bytes) and hasattr(content_types, "__iter__")
    types = tuple(content_types) if is_listed else ()
    if not types or not all(isinstance(one, str) and "/" in one for one in types):
        _wrong("content_types", content_types, "it is a list of types, as ['image/*', 'application/pdf']")
    if not isinstance(expires_in, int) or isinstance(expires_in, bool) or not 0 < expires_in <= _LONGEST_EXPIRY:
        _wrong("expires_in", expires_in, f"it is a whole number of seconds from 1 to {_LONGEST_EXPIRY}")
    return tuple(one.lower() for one in types)


def _wrong(parameter: str, value: object, why: str) -> NoReturn:
    raise _errors.make(
        "ParamValidationError", report=f"Invalid value for parameter {parameter}, value: {value!r}: {why}"
    )


def _operation(request: Mapping[str, Any], *, allow_delete: bool) -> str:
    method, has_upload, has_part = (request.get(name) for name in ("method", "uploadId", "partNumber"))
    asked = (method if isinstance(method, str) else "", has_upload is not None, has_part is not None)
    operation = _OPERATIONS.get(asked)
    if operation is None:
        given = [name for name, has in (("uploadId", asked[1]), ("partNumber", asked[2])) if has]
        # Another object may be too deep to show.
        shown = f"{method!r:.40}" if isinstance(method, str | None) else str(type(method))
        what = " and ".join(given) or "neither uploadId nor partNumber"
        raise RefusedRequest("method", f"{shown} with {what}")
    if operation == "delete_object" and not allow_delete:
        raise RefusedRequest("method", "objects may not be deleted")
    return operation


def _key(key: Any, prefix: str) -> str:
    if not isinstance(key, str):
        raise RefusedRequest("key", "it is a string")
    try:
        length = len(key.encode())
    except UnicodeEncodeError:
        raise RefusedRequest("key", "it holds a lone surrogate") from None
    if length > _LONGEST_KEY:
        raise RefusedRequest("key", f"it has at most {_LONGEST_KEY} bytes")
    if not key.startswith(prefix):
        raise RefusedRequest("key", f"it is outside of {prefix!r}")
    if _has_control(key):
        raise RefusedRequest("key", "it holds a control character")
    # Some programs take a backslash for a slash.
    segments = key[len(prefix) :].replace("\\", "/").split("/")
    if not all(segments):
        raise RefusedRequest("key", "the name of a file or a folder in it is empty")
    if any(segment in (".", "..") for segment in segments):
        raise RefusedRequest("key", "a folder in it is '.' or '..'")
    if "${filename}" in key:
        raise RefusedRequest("key", "it holds ${filename}, which S3 would replace")
    return key


def _has_control(text: str) -> bool:
    return any(one < " " or "\x7f" <= one <= "\x9f" or one in "\u2028\u2029" for one in text)


def _lifetime(asked: Any, longest: int) -> int:
    if asked is None:
        return longest
    if not isinstance(asked, int) or isinstance(asked, bool) or not 0 < asked <= longest:
        raise RefusedRequest("expiresIn", f"it is a whole number of seconds from 1 to {longest}")
    return asked


def _size(size: Any, largest: int | None) -> int | None:
    if size is None:
        return None
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise RefusedRequest("size", "it is a whole number of bytes")
    if largest is not None and size > largest:
        raise RefusedRequest("size", f"a file has at most {largest} bytes")
    return size


def _needed(size: int | None, why: str) -> int:
    if size is None:
        raise RefusedRequest("size", why)
    return size


def _content_type(content_type: Any, types: tuple[str, ...]) -> str:
    if (
        not isinstance(content_type, str)
        or "," in content_type
        or not content_type.isascii()
        or _has_control(content_type)
        or "*" in content_type
        or content_type != content_type.strip()
    ):
        raise RefusedRequest("contentType", "it is one type, as 'image/png'")
    # A type may have parameters, as `text/plain; charset=utf-8`.
    bare = content_type.partition(";")[0].strip().lower()
    kind, slash, name = bare.partition("/")
    if not (slash and kind and name):
        raise RefusedRequest("contentType", "it is one type, as 'image/png'")
    if not any(one in ("*/*", f"{kind}/*", bare) for one in types):
        raise RefusedRequest("contentType", f"{bare!r:.80} is not among the allowed types")
    return content_type


def _upload_id(upload_id: Any) -> str:
    if not isinstance(upload_id, str) or not 0 < len(upload_id) <= _LONGEST_KEY or not upload_id.isascii():
        raise RefusedRequest("uploadId", "it is the string that S3 gave the upload")
    if _has_control(upload_id):
        raise RefusedRequest("uploadId", "it is the string that S3 gave the upload")
    return upload_id


def _part_number(number: Any, largest: int | None) -> int:
    # No file of the largest size needs more parts than this.
    most = _MOST_PARTS if largest is None else min(_MOST_PARTS, max(1, -(-largest // _SMALLEST_PART)))
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number <= most:
        raise RefusedRequest("partNumber", f"it is a whole number from 1 to {most}")
    return number
