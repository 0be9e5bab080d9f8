"""The command line against boto3, called as `aws s3 presign` calls it, at the same frozen instant."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError

import presigned
from presigned import cli

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.usefixtures("command_line")


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints; it must succeed and complain of nothing."""
    code = cli.main(arguments)
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


def failure_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command complains of; it must fail and print nothing else."""
    code = cli.main(arguments)
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    return err


def boto3_url(operation: str, params: dict[str, Any], expires_in: int = 3600, **client: Any) -> str:
    config = Config(signature_version="s3v4").merge(client.pop("config", Config()))
    s3 = boto3.Session(profile_name=client.pop("profile", None)).client("s3", config=config, **client)
    url: str = s3.generate_presigned_url(operation, params, ExpiresIn=expires_in)
    return url


@pytest.mark.parametrize(
    ("arguments", "key", "expires_in", "client"),
    [
        (["s3://photos/cat.jpg"], "cat.jpg", 3600, {}),
        (["photos/cat.jpg"], "cat.jpg", 3600, {}),
        (["s3://photos//a b/ü+%25?x=1#y"], "/a b/ü+%25?x=1#y", 3600, {}),
        (["s3://photos/s3://cat.jpg"], "s3://cat.jpg", 3600, {}),
        (["s3://photos/cat.jpg", "--expires-in", "300"], "cat.jpg", 300, {}),
        (["--expires-in", "604800", "photos/cat.jpg"], "cat.jpg", 604800, {}),
        (["photos/cat.jpg", "--region", "eu-central-1"], "cat.jpg", 3600, {"region_name": "eu-central-1"}),
        (["photos/cat.jpg", "--region=cn-north-1"], "cat.jpg", 3600, {"region_name": "cn-north-1"}),
        (
            ["photos/cat.jpg", "--endpoint-url", "http://s3.test:9000"],
            "cat.jpg",
            3600,
            {"endpoint_url": "http://s3.test:9000"},
        ),
        (
            ["photos/cat.jpg", "--addressing-style", "path"],
            "cat.jpg",
            3600,
            {"config": Config(s3={"addressing_style": "path"})},
        ),
        (
            ["photos/k", "--addressing-style", "virtual", "--endpoint-url", "https://s3.test"],
            "k",
            3600,
            {"endpoint_url": "https://s3.test", "config": Config(s3={"addressing_style": "virtual"})},
        ),
        (["photos/cat.jpg", "--no-sign-request"], "cat.jpg", 3600, {"config": Config(signature_version=UNSIGNED)}),
    ],
)
def test_it_prints_what_aws_s3_presign_would(
    capsys: pytest.CaptureFixture[str], arguments: list[str], key: str, expires_in: int, client: dict[str, Any]
) -> None:
    expected = boto3_url("get_object", {"Bucket": "photos", "Key": key}, expires_in, **client)
    assert output_of(capsys, *arguments) == f"{expected}\n"


def test_region_credentials_and_token_come_from_the_environment_and_from_profiles(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-south-1")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "a/token+")
    params = {"Bucket": "photos", "Key": "cat.jpg"}
    assert output_of(capsys, "photos/cat.jpg") == boto3_url("get_object", params) + "\n"

    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    (tmp_path / "config").write_text(
        "[profile work]\nregion = eu-west-3\naws_access_key_id = AKIDWORK\naws_secret_access_key = secret\n"
        "s3 =\n  addressing_style = path\n"
    )
    expected = boto3_url("get_object", params, profile="work")
    assert "AKIDWORK" in expected
    assert output_of(capsys, "photos/cat.jpg", "--profile", "work") == f"{expected}\n"


@pytest.mark.parametrize(
    ("uri", "bucket", "key"),
    [  # as awscli 1.45.11 takes them apart; the last is one that it refuses and boto3 presigns
        (
            "arn:aws:s3:us-west-2:123456789012:accesspoint/mine/a/b",
            "arn:aws:s3:us-west-2:123456789012:accesspoint/mine",
            "a/b",
        ),
        (
            "arn:aws:s3:us-west-2:123456789012:accesspoint:mine/k",
            "arn:aws:s3:us-west-2:123456789012:accesspoint:mine",
            "k",
        ),
        (
            "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/mine/a/b",
            "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/mine",
            "a/b",
        ),
        (
            "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01234567890123456:accesspoint:mine:k",
            "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01234567890123456:accesspoint:mine",
            "k",
        ),
        (
            "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/mine/k",
            "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/mine",
            "k",
        ),
    ],
)
def test_the_bucket_may_be_an_arn(capsys: pytest.CaptureFixture[str], uri: str, bucket: str, key: str) -> None:
    expected = boto3_url("get_object", {"Bucket": bucket, "Key": key}, region_name="us-west-2")
    for path in (uri, f"s3://{uri}"):
        assert output_of(capsys, path, "--region", "us-west-2") == f"{expected}\n"


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("5m", 300), ("12h", 43200), ("7d", 604800), ("1h30m", 5400), ("90s", 90), ("1d1h1m1", 90061), ("0300", 300)],
)
def test_a_lifetime_may_have_units(capsys: pytest.CaptureFixture[str], written: str, seconds: int) -> None:
    expected = boto3_url("get_object", {"Bucket": "photos", "Key": "k"}, seconds)
    assert output_of(capsys, "photos/k", "--expires-in", written) == f"{expected}\n"


@pytest.mark.parametrize(
    ("method", "operation"),
    [("get", "get_object"), ("PUT", "put_object"), ("head", "head_object"), ("Delete", "delete_object")],
)
def test_a_method_stands_for_the_operation_on_an_object(
    capsys: pytest.CaptureFixture[str], method: str, operation: str
) -> None:
    expected = boto3_url(operation, {"Bucket": "photos", "Key": "k"})
    assert output_of(capsys, "photos/k", "--method", method) == f"{expected}\n"


@pytest.mark.parametrize(
    ("arguments", "operation", "params"),
    [
        ("s3://photos --operation list_objects_v2", "list_objects_v2", {"Bucket": "photos"}),
        (
            "photos --operation list-objects-v2 --param MaxKeys=5 --param FetchOwner=true --param Prefix=a=b",
            "list_objects_v2",
            {"Bucket": "photos", "MaxKeys": 5, "FetchOwner": True, "Prefix": "a=b"},
        ),
        (
            "photos --operation list_objects_v2 --param OptionalObjectAttributes=RestoreStatus,Other",
            "list_objects_v2",
            {"Bucket": "photos", "OptionalObjectAttributes": ["RestoreStatus", "Other"]},
        ),
        (
            """photos/k --operation get_object_attributes --param 'ObjectAttributes=["ETag", "a,b"]'""",
            "get_object_attributes",
            {"Bucket": "photos", "Key": "k", "ObjectAttributes": ["ETag", "a,b"]},
        ),
        (
            "photos/k --operation upload_part --param UploadId=5 --param PartNumber=5",
            "upload_part",
            {"Bucket": "photos", "Key": "k", "UploadId": "5", "PartNumber": 5},
        ),
        (
            "photos/k --param IfModifiedSince=2026-01-01T00:00:00Z --param ResponseExpires=1767323045",
            "get_object",
            {
                "Bucket": "photos",
                "Key": "k",
                "IfModifiedSince": "2026-01-01T00:00:00Z",
                "ResponseExpires": "1767323045",
            },
        ),
        (
            "photos/k --method put --param Metadata=a=b,c=d=e --param BucketKeyEnabled=False --param Tagging=a=b&c=d",
            "put_object",
            {
                "Bucket": "photos",
                "Key": "k",
                "Metadata": {"a": "b", "c": "d=e"},
                "BucketKeyEnabled": False,
                "Tagging": "a=b&c=d",
            },
        ),
        (
            """photos/k --method put --param 'Metadata={"a": "b,c"}' --param Metadata=d=e""",
            "put_object",
            {"Bucket": "photos", "Key": "k", "Metadata": {"a": "b,c", "d": "e"}},
        ),
        ("photos/k --method put --param Body=", "put_object", {"Bucket": "photos", "Key": "k", "Body": ""}),
        ("--operation list_buckets", "list_buckets", {}),
        ("--operation list_buckets --param MaxBuckets=3", "list_buckets", {"MaxBuckets": 3}),
        ("--param Bucket=photos --param Key=k", "get_object", {"Bucket": "photos", "Key": "k"}),
    ],
)
def test_params_have_the_types_of_the_operation(
    capsys: pytest.CaptureFixture[str], arguments: str, operation: str, params: dict[str, Any]
) -> None:
    expected = boto3_url(operation, params)
    assert output_of(capsys, *shlex.split(arguments.replace("&", "'&'"))) == f"{expected}\n"


def test_a_json_body_is_checked_and_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    tagging = '{"TagSet": [{"Key": "a", "Value": "b"}]}'
    operation = ["photos/k", "--operation", "put_object_tagging", "--param"]
    assert "?tagging=&X-Amz-Algorithm=" in output_of(capsys, *operation, f"Tagging={tagging}")
    assert 'Unknown parameter in Tagging: "Tags"' in failure_of(capsys, *operation, 'Tagging={"Tags": []}')


@pytest.mark.parametrize(
    ("arguments", "operation", "params"),
    [
        (["s3://photos"], "get_object", {"Bucket": "photos", "Key": ""}),
        (["s3://"], "get_object", {"Bucket": "", "Key": ""}),
        (["s3://a_b!/k"], "get_object", {"Bucket": "a_b!", "Key": "k"}),
        (["photos", "--operation", "get_object"], "get_object", {"Bucket": "photos"}),
        (["photos/k", "--operation", "get_objct"], "get_objct", {"Bucket": "photos", "Key": "k"}),
        (["photos/k", "--operation", "list_objects_v2"], "list_objects_v2", {"Bucket": "photos", "Key": "k"}),
        (["photos/k", "--param", "VersionID=1"], "get_object", {"Bucket": "photos", "Key": "k", "VersionID": "1"}),
        (["photos/k", "--param", "PartNumber=x"], "get_object", {"Bucket": "photos", "Key": "k", "PartNumber": "x"}),
        (
            ["photos", "--operation", "list_objects_v2", "--param", "FetchOwner=1"],
            "list_objects_v2",
            {"Bucket": "photos", "FetchOwner": "1"},
        ),
    ],
)
def test_an_error_is_boto3s_message_on_standard_error_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], operation: str, params: dict[str, Any]
) -> None:
    with pytest.raises(BotoCoreError) as raised:
        boto3_url(operation, params)
    assert failure_of(capsys, *arguments) == f"presigned: {raised.value}\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "no object given"),
        (["photos/k", "--expires-in", "soon"], "invalid duration 'soon': use seconds, or 5m, 12h, 7d"),
        (["photos/k", "--expires-in", ""], "invalid duration ''"),
        (["photos/k", "--expires-in", "0"], "ExpiresIn"),
        (["photos/k", "--expires-in", "8d"], "ExpiresIn"),
        (["photos/k", "--param", "VersionId"], "invalid argument 'VersionId': use NAME=VALUE"),
        (["photos/k", "--param", "=1"], "invalid argument '=1': use NAME=VALUE"),
        (["photos/k", "--method", "put", "--param", "Metadata=a"], "invalid argument 'a': use NAME=VALUE"),
        (["photos/k", "--operation", "delete_objects", "--param", "Delete={"], "Delete is not JSON"),
        (["photos/k", "--method", "patch"], "invalid choice: 'patch'"),
        (["photos/k", "--method", "put", "--operation", "put_object"], "not allowed with argument"),
        (["photos/k", "--exp", "5"], "unrecognized arguments"),
        (["photos/k", "--endpoint-url", "nonsense"], "Invalid endpoint: nonsense"),
        (["photos/k", "--region", "a b"], "Provided region_name 'a b' doesn't match a supported format."),
        (["photos/k", "--profile", "absent"], "The config profile (absent) could not be found"),
        (["post"], "required: s3://BUCKET/KEY"),
        (["post", "s3://photos"], "no key given"),
        (["post", "s3://photos/k", "--max-size", "10XB"], "invalid size '10XB': use bytes, or 10KB, 10MB, 5GB"),
        (["post", "s3://photos/k", "--field", "acl"], "invalid argument 'acl': use NAME=VALUE"),
        (["post", "s3://photos/k", "--html", "--curl", "a"], "not allowed with argument"),
    ],
)
def test_a_mistake_is_named_in_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    complaints = failure_of(capsys, *arguments)
    assert complaint in complaints
    assert "Traceback" not in complaints


def test_no_credentials_are_boto3s_error(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    for arguments in (["photos/k"], ["post", "photos/k"]):
        assert failure_of(capsys, *arguments) == "presigned: Unable to locate credentials\n"


@pytest.mark.parametrize("arguments", [["--help"], ["post", "--help"], ["multipart", "--help"]])
def test_every_example_in_the_help_works(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    examples = [line.strip() for line in output_of(capsys, *arguments).splitlines() if line.startswith("  presigned ")]
    assert len(examples) > 2
    for example in examples:
        assert output_of(capsys, *shlex.split(example.partition(" > ")[0])[1:])


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert output_of(capsys, "--version") == f"presigned {presigned.__version__}\n"


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "presigned", "photos/k", "--region", "eu-central-1"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("https://photos.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&")
    assert done.stdout.count("\n") == 1


def test_nothing_heavy_is_imported_for_a_url() -> None:
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from presigned.cli import main\n"
        "main(['photos/k'])\n"
        "print(*set(sys.modules) - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[1].split())
    parts = {name for name in loaded if name.startswith("presigned._cli.")}
    assert parts == {"presigned._cli.argument_types", "presigned._cli.parsers", "presigned._cli.streams"}
    heavy = {"asyncio", "boto3", "botocore", "configparser", "dataclasses", "datetime", "inspect", "json", "typing"}
    assert not heavy & loaded


def test_the_options_of_presign_make_the_url_of_presign(capsys: pytest.CaptureFixture[str]) -> None:
    s3: Any = presigned.client("s3")
    place = {"Bucket": "photos", "Key": "cat.jpg", "ACL": "private"}
    command = (
        "photos/cat.jpg --method put --param ACL=private --expires-in 60 --bucket-region us-west-2 "
        "--query a=b --query c=d --header x-e=f --hoist x-amz-acl "
        "--public-url https://files.example.org/x --on-early-expiry ignore "
    )
    options: dict[str, Any] = {
        "expires_in": 60,
        "region": "us-west-2",
        "query": {"a": "b", "c": "d"},
        "headers": {"x-e": "f"},
        "hoist": ["x-amz-acl"],
        "public_url": "https://files.example.org/x",
        "on_early_expiry": "ignore",
    }
    for more, others in (
        ("--stable-for 1h", {"stable_for": 3600}),
        ("--signed-at 2026-11-30T12:00:00Z", {"signed_at": 1_796_040_000}),
        ("--signed-at 1796040000", {"signed_at": 1_796_040_000}),
    ):
        expected = s3.presign("put_object", place, **options, **others).url
        assert output_of(capsys, *shlex.split(command + more)) == expected + "\n"


def test_an_instant_without_a_time_zone_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "use seconds since 1970" in failure_of(capsys, "photos/cat.jpg", "--signed-at", "2026-11-30T12:00:00")
