"""Answers one call of a client whose fast path is known, or leaves it to the original."""

from __future__ import annotations

from .arguments import LONG, fits_form, is_lifetime
from .client_credentials import AwaitedClientCredentials, ClientCredentialsError
from .declined import decline
from .operation import Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .fast_path import FastPath

#: Methods that are signed as they are written, by awscrt too.
_METHODS = ("DELETE", "GET", "HEAD", "POST", "PUT")
_EMPTY_TOKEN = "&X-Amz-Security-Token=&"  # noqa: S105 - no password


def url_operation(  # noqa: C901, PLR0911 - one more function takes a hundredth of the time of a call
    fast_path: FastPath, client: Any, method: Any, params: Any, expires_in: Any, http_method: Any
) -> Operation | None:
    """Returns the operation of a call whose arguments are plain; `None` if the original must answer the call."""
    if type(method) is not str:
        decline("the operation name is not a plain str")
        return None
    operation: Any = fast_path.operations.get(method)
    if type(operation) is not Operation:
        operation = fast_path.operation(client, method)
        if operation is None:
            return None
    if type(expires_in) is not int or not -LONG < expires_in < LONG:
        decline("ExpiresIn is not a plain int")
        return None
    if http_method is not None and (
        type(http_method) is not str or (fast_path.is_reordered and http_method not in _METHODS)
    ):
        decline("HttpMethod is not a plain str, or awscrt signs it as it is written")
        return None
    if params is None:
        return operation  # type: ignore[no-any-return] # it is an operation
    if type(params) is not dict:
        decline("Params is not a plain dict")
        return None
    kinds = operation.kinds
    is_special = False
    for name, value in params.items():
        if type(value) is not kinds.get(name):
            if not operation.takes(name, value):
                decline(f"a parameter is unknown here, has an unusual type or does not go into a URL: {name!s:.40}")
                return None
            is_special = True
    if is_special and not fast_path.is_special_own():
        return None
    bucket = params.get("Bucket")
    return operation if bucket is None or takes_bucket(fast_path, operation, bucket) else None


def takes_bucket(fast_path: FastPath, operation: Operation, bucket: str) -> bool:
    """Whether the core gives the host that boto3 gives for a bucket."""
    # The region redirector may replace its cache.
    moved = operation.redirector._cache
    if moved and bucket in moved:
        decline("S3 has redirected requests for the bucket to another region")
        return False
    if bucket[-3:] != "-s3" and bucket[:4] != "arn:":
        return True
    if not fast_path.takes_bucket(bucket):
        decline("the bucket name has an unusual form")
        return False
    return fast_path.is_special_own()


def signed_url(
    fast_path: FastPath,
    operation: Operation,
    method: str,
    params: dict[str, Any] | None,
    expires_in: int,
    http_method: str | None,
) -> str | None:
    """Returns the URL; `None` if the core has none, so that the original raises the error.

    Raises:
        Exception: What the client's own credentials raised.
    """
    failed = None
    url = ""
    try:
        url = fast_path.core.generate_presigned_url(method, params, expires_in, http_method)
    except ClientCredentialsError as error:
        failed = error.error
    except Exception as error:
        decline(f"the core refused it ({type(error).__name__})")
        return None
    if fast_path.is_reordered and _EMPTY_TOKEN in url:
        decline("awscrt leaves an empty token out")
        return None
    if params and operation.writes:
        operation.write_back(params)
    if failed is not None:
        raise failed
    return in_order_of_awscrt(url) if fast_path.is_reordered else url


def refuse(error: Exception) -> None:
    """Takes an error of the core. The extension calls it; the original answers then.

    Raises:
        Exception: What the client's own credentials raised.
    """
    if isinstance(error, ClientCredentialsError):
        raise error.error
    decline(f"the core refused it ({type(error).__name__})")


def in_order_of_awscrt(url: str) -> str:
    """Puts the names of the signed headers before the expiry, as awscrt does."""
    before, mark, after = url.rpartition("&X-Amz-Expires=")
    expires_in, _, rest = after.partition("&X-Amz-SignedHeaders=")
    names, _, rest = rest.partition("&")
    return f"{before}&X-Amz-SignedHeaders={names}{mark}{expires_in}&{rest}"


def form_operation(
    fast_path: FastPath, client: Any, bucket: Any, key: Any, fields: Any, conditions: Any, expires_in: Any
) -> Operation | None:
    """Returns the operation of a form whose arguments are plain; `None` if the original must answer the call."""
    if not (is_lifetime(expires_in) and fits_form(bucket, key, fields, conditions)):
        decline("an argument has an unusual type")
        return None
    if not fast_path.is_form_own():
        return None
    operation: Any = fast_path.form
    if type(operation) is not Operation:
        operation = fast_path.form_operation(client)
    if operation is None or not takes_bucket(fast_path, operation, bucket):
        return None
    found: Operation = operation
    return found


def signed_form(
    fast_path: FastPath,
    bucket: str,
    key: str,
    fields: dict[str, Any] | None,
    conditions: list[Any] | None,
    expires_in: int,
) -> dict[str, Any] | None:
    """Returns the form; `None` if the core has none, so that the original raises the error.

    Raises:
        Exception: What the client's own credentials raised.
    """
    try:
        return fast_path.core.generate_presigned_post(bucket, key, fields, conditions, expires_in)
    except ClientCredentialsError as error:
        failed = error.error
    except Exception as error:
        decline(f"the core refused it ({type(error).__name__})")
        return None
    raise failed


def url_answer(
    fast_path: FastPath,
    operation: Operation,
    method: str,
    params: dict[str, Any] | None,
    expires_in: int,
    http_method: str | None,
) -> Callable[[], str | None]:
    """Returns a function that signs a URL as `signed_url` does, each time from the current parameters."""
    copied = None if params is None else {**params}
    return lambda: signed_url(
        fast_path, operation, method, None if copied is None else {**copied}, expires_in, http_method
    )


def form_answer(
    fast_path: FastPath,
    bucket: str,
    key: str,
    fields: dict[str, Any] | None,
    conditions: list[Any] | None,
    expires_in: int,
) -> Callable[[], dict[str, Any] | None]:
    """Returns a function that signs a form as `signed_form` does, each time from the current arguments."""
    copied = None if conditions is None else [*conditions]
    copied_fields = None if fields is None else {**fields}
    return lambda: signed_form(fast_path, bucket, key, copied_fields, copied, expires_in)


def own_conditions(bucket: str, key: str) -> list[Any]:
    """What botocore adds to the conditions of a form."""
    prefix = key.removesuffix("${filename}")
    return [{"bucket": bucket}, {"key": key} if prefix == key else ["starts-with", "$key", prefix]]


async def await_credentials(fast_path: FastPath) -> bool:
    """Awaits the credentials of an asynchronous client. Returns whether it has any, or needs none."""
    credentials = fast_path.source
    if isinstance(credentials, AwaitedClientCredentials):
        try:
            credentials.frozen = await credentials.provider.get_frozen_credentials()
        except Exception as error:
            decline(f"the credentials cannot be fetched ({type(error).__name__})")
            return False
    return True
