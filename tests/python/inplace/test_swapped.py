"""The import swapped: boto3's modules below presigned's name, and presigned under the name of boto3."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import boto3
import botocore.client
import pytest

import presigned

KEYS: dict[str, Any] = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "very secret"}
REGION: dict[str, Any] = {"region_name": "us-east-1"}


def run(code: str) -> None:
    """Runs a program in its own process."""
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path), "HOME": "/nowhere"})


def test_modules_of_boto3_are_imported_by_presigneds_name_and_stay_one() -> None:
    run(
        "from presigned.s3.transfer import TransferConfig\n"
        "import presigned.dynamodb.conditions, presigned.dynamodb.types\n"
        "from presigned.session import Session\n"
        "from presigned.exceptions import S3UploadFailedError, Boto3Error\n"
        "import boto3.exceptions, boto3.s3.transfer, boto3.dynamodb.types, presigned\n"
        "assert TransferConfig is boto3.s3.transfer.TransferConfig\n"
        "assert presigned.dynamodb.types is boto3.dynamodb.types\n"
        "assert presigned.dynamodb.conditions is boto3.dynamodb.conditions\n"
        "assert S3UploadFailedError is boto3.exceptions.S3UploadFailedError\n"
        "assert Boto3Error is boto3.exceptions.Boto3Error\n"
        "assert boto3.s3.transfer.__spec__.name == 'boto3.s3.transfer'\n"
        "assert boto3.session.Session is not Session is presigned.Session\n"
    )


@pytest.mark.parametrize("first", ["", "presigned.client('s3', 'us-east-1').can_paginate('list_buckets')\n"])
def test_presigned_under_the_name_of_boto3_is_one_module_and_has_the_real_ones_behind_it(first: str) -> None:
    run(
        "import sys, presigned\n"
        "sys.modules['boto3'] = presigned\n" + first + "import boto3, boto3.session, boto3.exceptions\n"
        "from boto3.s3.transfer import TransferConfig\n"
        "from boto3.dynamodb.conditions import Key\n"
        "assert boto3 is presigned\n"
        "assert boto3.session is presigned.session and boto3.session.Session is presigned.Session\n"
        "assert boto3.exceptions is presigned.exceptions\n"
        "session = boto3.session.Session(aws_access_key_id='a', aws_secret_access_key='b', region_name='us-east-1')\n"
        "assert type(session.client('s3')) is presigned.S3\n"
        "assert session.client('sqs').meta.region_name == 'us-east-1'\n"
        "assert session.resource('s3').Bucket('b').name == 'b'\n"
        "assert session.resource('dynamodb').Table('t').name == 't'\n"
        "assert TransferConfig.__module__ == 'boto3.s3.transfer'\n"
        "assert issubclass(boto3.exceptions.S3UploadFailedError, boto3.exceptions.Boto3Error)\n"
        "assert sys.modules['boto3'] is presigned\n"
        "try:\n"
        "    import boto3.config\n"
        "except ModuleNotFoundError as error:\n"
        "    assert error.name == 'boto3.config', error\n"
        "else:\n"
        "    raise AssertionError\n"
    )


def test_presigned_under_the_name_of_boto3_loads_nothing_of_it_to_presign() -> None:
    run(
        "import sys, presigned\n"
        "sys.modules['boto3'] = presigned\n"
        "import boto3\n"
        "from boto3.session import Session\n"
        "session = Session(aws_access_key_id='a', aws_secret_access_key='b', region_name='us-east-1')\n"
        "session.client('s3').generate_presigned_url('get_object', {'Bucket': 'b', 'Key': 'k'})\n"
        "assert not {'botocore', 's3transfer', 'boto3.resources'} & {*sys.modules}\n"
    )


def test_without_boto3_a_module_of_it_is_missing_as_such() -> None:
    run(
        "import sys, presigned\n"
        "sys.modules['boto3'] = None\n"
        "try:\n"
        "    import presigned.s3.transfer\n"
        "except ModuleNotFoundError as error:\n"
        "    assert 'pip install boto3' in str(error), error\n"
        "else:\n"
        "    raise AssertionError\n"
        "assert presigned.Session().get_available_services() == ['s3']\n"
        "assert presigned.Session().get_available_resources() == ['s3']\n"
    )


def test_a_client_is_of_the_kind_that_boto3s_clients_are() -> None:
    client = presigned.Session().client("s3", **REGION, **KEYS)
    assert type(client) is presigned.S3
    for _ in range(2):
        assert isinstance(client, botocore.client.BaseClient)
        assert isinstance(client, presigned.S3)
        assert (client.__class__.__name__, client.__class__.__module__) == ("S3", "presigned._client")
        assert not isinstance(client, str)
        assert client.can_paginate("list_objects_v2")
    assert type(client) is not presigned.S3
    assert type(client).__mro__[1] is presigned.S3
    run(
        "import presigned\n"
        "client = presigned.client('s3', 'us-east-1')\n"
        "assert client.__class__ is presigned.S3\n"
        "import botocore.client\n"
        "assert isinstance(client, botocore.client.BaseClient)\n"
    )


def test_a_session_lists_what_boto3s_lists() -> None:
    ours, theirs = presigned.Session(**REGION), boto3.Session(**REGION)
    assert ours.get_available_services() == theirs.get_available_services()
    assert ours.get_available_resources() == theirs.get_available_resources()
    for service in ("ec2", "sqs", "nonsense"):
        assert ours.get_available_regions(service) == theirs.get_available_regions(service)
        others = ours.get_available_regions(service, "aws-cn", allow_non_regional=True)
        assert others == theirs.get_available_regions(service, "aws-cn", allow_non_regional=True)
