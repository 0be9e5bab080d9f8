"""Errors: a class catches what is raised, under each of its names and whenever a program has got it."""

from __future__ import annotations

import contextlib
import pickle
from typing import Any

import boto3

from inplace.swapped.seen import PHOTO, Server, error, failure

MISSING = Server(lambda _method, _path: error("NoSuchKey"))


def _caught(client: Any, kinds: Any) -> str:
    try:
        client.get_object(**PHOTO)
    except kinds as problem:
        return f"caught {type(problem).__name__}"
    except Exception as problem:  # noqa: BLE001 - it is printed
        return f"missed {type(problem).__name__}"
    return "no error"


def modelled() -> None:
    client = boto3.client("s3", endpoint_url=MISSING.url)
    kind = client.exceptions.NoSuchKey
    print(_caught(client, kind), _caught(client, client.exceptions.NoSuchKey), kind is client.exceptions.NoSuchKey)
    print(_caught(client, client.exceptions.ClientError), issubclass(kind, client.exceptions.ClientError))


def modelled_and_taken_before_the_first_request() -> None:
    client = boto3.client("s3", endpoint_url=MISSING.url)
    kinds = (client.exceptions.NoSuchKey, client.exceptions.NoSuchBucket)
    with contextlib.suppress(client.exceptions.NoSuchKey):
        client.get_object(**PHOTO)
        print("not reached")
    print(_caught(client, kinds), [kind.__name__ for kind in kinds], kinds[0] is client.exceptions.NoSuchKey)


def modelled_of_another_client() -> None:
    first, second = (boto3.client("s3", endpoint_url=MISSING.url) for _ in range(2))
    kind = first.exceptions.NoSuchKey
    print(_caught(second, kind), kind is second.exceptions.NoSuchKey)


def modelled_of_a_resource() -> None:
    s3 = boto3.resource("s3", endpoint_url=MISSING.url)
    kind = s3.meta.client.exceptions.NoSuchKey
    for action in (s3.Object("photos", "cat.jpg").get, lambda: s3.meta.client.get_object(**PHOTO)):
        try:
            action()
        except kind as problem:
            print("caught", type(problem).__name__, problem.response["Error"]["Code"], problem.operation_name)
    print(s3.Bucket("b").meta.client.exceptions.NoSuchKey is kind)


def modelled_and_unknown() -> None:
    client = boto3.client("s3")
    print(failure(getattr, client.exceptions, "Nonsense").partition(" object at ")[2].partition(" ")[2])
    print(client.exceptions.from_code("NoSuchKey").__name__, client.exceptions.from_code("nonsense").__name__)
    print([name for name in dir(client.exceptions) if name[:1].isupper()])
    print(client.exceptions is client.exceptions, [kind.__name__ for kind in client.exceptions.NoSuchKey.__mro__])


def of_a_kept_exceptions_object() -> None:
    client = boto3.client("s3", endpoint_url=MISSING.url)
    kept = client.exceptions
    client.can_paginate("list_objects")
    print(_caught(client, kept.NoSuchKey), kept.NoSuchKey is client.exceptions.NoSuchKey, kept is client.exceptions)


def imported_before_anything_else() -> None:
    from botocore.exceptions import ClientError

    print(_caught(boto3.client("s3", endpoint_url=MISSING.url), ClientError))
    print(boto3.client("s3").exceptions.ClientError is ClientError)


def what_an_error_says() -> None:
    client = boto3.client("s3", endpoint_url=MISSING.url)
    try:
        client.get_object(**PHOTO)
    except client.exceptions.NoSuchKey as problem:
        print(problem, problem.args, problem.operation_name, problem.response["Error"])
        again = pickle.loads(pickle.dumps(boto3.client("s3").exceptions.ClientError(problem.response, "GetObject")))  # noqa: S301 - its own
        print(again, type(again).__name__, again.response["Error"]["Code"])


def of_presigning() -> None:
    import botocore.exceptions

    client = boto3.client("s3")
    for call, kind in (
        (
            lambda: client.generate_presigned_url("get_object", {"Bucket": "b"}),
            botocore.exceptions.ParamValidationError,
        ),
        (lambda: client.generate_presigned_url("nonsense"), botocore.exceptions.UnknownClientMethodError),
        (
            lambda: client.generate_presigned_url("get_object", {"Bucket": "", "Key": "k"}),
            botocore.exceptions.ParamValidationError,
        ),
    ):
        try:
            call()
        except kind as problem:
            print(
                "caught",
                type(problem).__name__,
                problem,
                problem.kwargs,
                isinstance(problem, botocore.exceptions.BotoCoreError),
            )
            print(str(pickle.loads(pickle.dumps(problem))) == str(problem))  # noqa: S301 - its own


def of_a_client_that_sends_requests() -> None:
    import botocore.exceptions

    client = boto3.client("s3")
    client.can_paginate("list_objects")
    for call in (
        lambda: client.generate_presigned_url("get_object", {"Bucket": "b"}),
        lambda: client.generate_presigned_url("nonsense"),
        lambda: client.get_object(Bucket="b"),
        lambda: client.get_object("b", "k"),
        lambda: client.get_object(Bucket="b", Key="k", Nonsense=1),
    ):
        try:
            call()
        except (botocore.exceptions.BotoCoreError, TypeError) as problem:
            print(type(problem).__name__, problem)


def of_no_connection() -> None:
    from botocore.config import Config
    from botocore.exceptions import ConnectionError as NoConnection
    from botocore.exceptions import EndpointConnectionError, HTTPClientError

    config = Config(retries={"total_max_attempts": 1}, connect_timeout=1)
    for kind in (EndpointConnectionError, NoConnection, Exception):
        client = boto3.client("s3", endpoint_url="http://127.0.0.1:9", config=config)
        print(_caught(client, kind), issubclass(EndpointConnectionError, HTTPClientError))


def of_the_package() -> None:
    import boto3.exceptions
    from boto3.exceptions import Boto3Error, ResourceNotExistsError, S3UploadFailedError, UnknownAPIVersionError

    print(issubclass(S3UploadFailedError, Boto3Error), UnknownAPIVersionError.__mro__[1].__name__)
    for call in (lambda: boto3.resource("sts"), lambda: boto3.Session().resource("nonsense")):
        try:
            call()
        except ResourceNotExistsError as problem:
            print("caught", str(problem).partition("\n")[0])
    print(boto3.exceptions.S3UploadFailedError is S3UploadFailedError)


def of_an_upload() -> None:
    import io

    from boto3.exceptions import S3UploadFailedError

    server = Server(lambda _method, _path: error("AccessDenied", 403))
    client = boto3.client("s3", endpoint_url=server.url)
    try:
        client.upload_file(__file__, "photos", "cat.jpg")
    except S3UploadFailedError as problem:
        print("caught", str(problem).rpartition(": ")[0].partition(" to ")[2], type(problem.__context__).__name__)
    try:
        client.upload_fileobj(io.BytesIO(b"x"), "photos", "cat.jpg")
    except client.exceptions.ClientError as problem:
        print("caught", problem)


def of_other_services() -> None:
    server = Server(
        lambda _method, _path: (
            400,
            {"Content-Type": "application/x-amz-json-1.0"},
            '{"__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "message": "no"}',
        )
    )
    client = boto3.client("dynamodb", endpoint_url=server.url)
    table = boto3.resource("dynamodb", endpoint_url=server.url).Table("t")
    for call in (lambda: client.describe_table(TableName="t"), table.load):
        try:
            call()
        except client.exceptions.ResourceNotFoundException as problem:
            print("caught", type(problem).__name__)


def of_waiters() -> None:
    from botocore.exceptions import WaiterError

    client = boto3.client("s3", endpoint_url=Server(lambda _method, _path: error("NoSuchKey")).url)
    try:
        client.get_waiter("object_exists").wait(**PHOTO, WaiterConfig={"Delay": 0, "MaxAttempts": 2})
    except WaiterError as problem:
        print(problem, problem.last_response["Error"]["Code"])


def of_two_threads() -> None:
    import threading

    client = boto3.client("s3", endpoint_url=MISSING.url)
    # Threads that ask a client of boto3 for its first class at the same time may get different ones.
    kind = client.exceptions.NoSuchKey
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(_caught(client, kind))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(said)
