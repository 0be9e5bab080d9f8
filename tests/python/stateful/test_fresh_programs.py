"""Random programs in processes that have nothing of boto3 loaded: what was taken from presigned before stays right."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import pytest

from .fresh_world import Fresh, FreshWorld
from .grammar import Grammar, Line, Table
from .program import START, Program
from .running import assert_none_differs
from .server import Server

#: The programs are divided, so that they run on several processors.
PARTS = 8
_LATE = "config=own.Config(retries={'total_max_attempts': 1})"
TABLE = Table(
    (
        "<new error> = own.errors.<error name>",
        "<new error> = <client>.exceptions.<modelled>",
        "<new unsigned> = own.UNSIGNED",
        "<new client> = boto3.client('s3', endpoint_url=SERVER)",
        f"<new client> = boto3.client('s3', endpoint_url='http://127.0.0.1:9', {_LATE})",
        "<new client> = boto3.client('s3', endpoint_url=SERVER, config=own.Config(signature_version=<unsigned>))",
        "<new client> = boto3.client('s3', endpoint_url=SERVER, config=<theirs>(signature_version=<unsigned>))",
        "<new resource> = boto3.resource('s3', endpoint_url=SERVER)",
        "__import__('botocore.<module>').__name__",
        "has_caught(lambda: <client>.<request>, <error>)",
        "has_caught(lambda: <client>.<request>, <error>)",
        "has_caught(lambda: <client>.generate_presigned_url('get_object', {'Bucket': 'photos'}), <error>)",
        "has_caught(lambda: <client>.generate_presigned_url('get_object', {'Bucket': 'photos', 'Key': 'a'}), <error>)",
        "has_caught(lambda: <resource>.Object('photos', <key>).load(), <error>)",
        "has_caught(lambda: boto3.Session(profile_name='ghost'), <error>)",
        "<client>.head_object(Bucket='photos', Key='cat.jpg')",
        "<client>.generate_presigned_url('get_object', {'Bucket': 'photos', 'Key': 'a'})",
        "isinstance(<client>, __import__('botocore.client').client.BaseClient)",
        "isinstance(boto3.Session(), __import__('boto3').Session)",
        "isinstance(<resource>, __import__('boto3.resources.base').resources.base.ServiceResource)",
        "issubclass(<error>, __import__('botocore.exceptions').exceptions.<error name>)",
        "<error>.__name__",
    ),
)
WORDS = {
    "error name": (
        "ClientError", "ClientError", "EndpointConnectionError", "NoCredentialsError", "ParamValidationError",
        "BotoCoreError", "ProfileNotFound", "HTTPClientError",
    ),
    "modelled": ("NoSuchKey", "NoSuchBucket", "ClientError"),
    "module": ("exceptions", "client", "config", "session"),
    "theirs": ("__import__('botocore.config').config.Config",),
    "request": (
        "head_object(Bucket='photos', Key=<key>)",
        "get_object(Bucket='photos', Key=<key>)",
        "list_objects_v2(Bucket='nowhere')",
        "get_object(Bucket='photos')",
    ),
    "key": ("'missing'", "'cat.jpg'"),
}  # fmt: skip


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Fresh, Fresh]]:
    """One that has boto3, and one that has presigned."""
    server, empty = Server(), tmp_path_factory.mktemp("empty")
    environ = {"PATH": os.environ["PATH"], "HOME": str(empty), "AWS_EC2_METADATA_DISABLED": "true", **START}
    both = Fresh("boto3", server, environ), Fresh("presigned", server, environ)
    yield both
    for each in both:
        each.close()
    server.shutdown()
    server.server_close()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_what_was_taken_before_botocore_was_loaded_is_the_same_as_what_is_raised(
    processes: tuple[Fresh, Fresh], part: int
) -> None:
    def difference(lines: Sequence[Line]) -> str | None:
        theirs, ours = map(FreshWorld, processes)
        try:
            return Program(theirs, ours).run_all(lines, at_last=lambda: None)
        finally:
            theirs.end()
            ours.end()

    assert_none_differs("fresh", Grammar((TABLE,), WORDS), difference, part, PARTS)
