"""The command `presigned multipart` against `presign_multipart`, at the same frozen instant."""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest

import presigned
from presigned import cli

pytestmark = pytest.mark.usefixtures("command_line")

UPLOAD = ("multipart", "s3://films/a b.mp4", "--upload-id", "an id/+=")
SUMS = {1: "AAAAAA==", 3: "AAAAAQ=="}


def printed_for(capsys: pytest.CaptureFixture[str], arguments: str) -> str:
    code = cli.main([*UPLOAD, *shlex.split(arguments)])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


def made(**options: Any) -> presigned.PresignedMultipart:
    return presigned.client("s3").presign_multipart("films", "a b.mp4", "an id/+=", **options)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ("--size 12000000", {"size": 12_000_000}),
        ("--size 0 --expires-in 5m", {"size": 0, "expires_in": 300}),
        ("--size 1GB --part-size 100MB", {"size": 2**30, "part_size": 100 * 2**20}),
        ("--size 50MB --parts 1,3-5,10", {"size": 50 * 2**20, "parts": [1, 3, 4, 5, 10]}),
        (
            "--size 12000000 --parts 1,3 --checksum-algorithm CRC32 --checksum 1=AAAAAA== --checksum 3=AAAAAQ==",
            {"size": 12_000_000, "parts": [1, 3], "checksum_algorithm": "CRC32", "checksums": SUMS},
        ),
        (
            "--size 5 --stable-for 1h --bucket-region us-west-2 --query a=b --header x-e=f --public-url https://f.test",
            {
                "size": 5,
                "stable_for": 3600,
                "region": "us-west-2",
                "query": {"a": "b"},
                "headers": {"x-e": "f"},
                "public_url": "https://f.test",
            },
        ),
    ],
)
def test_json_is_what_presign_multipart_gives(
    capsys: pytest.CaptureFixture[str], arguments: str, options: dict[str, Any]
) -> None:
    assert json.loads(printed_for(capsys, arguments)) == made(**options).as_dict()


def test_a_line_has_number_first_byte_length_and_url(capsys: pytest.CaptureFixture[str]) -> None:
    upload = made(size=12_000_000, parts=[1, 3])
    lines = printed_for(capsys, "--size 12000000 --parts 1,3 --lines")
    assert lines == "".join(
        f"{part.number} {part.start} {part.end - part.start} {part.request.url}\n" for part in upload.parts
    )
    assert [line.split()[:3] for line in lines.splitlines()] == [["1", "0", "5242880"], ["3", "10485760", "1514240"]]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ("multipart s3://films/k --size 5", "required: --upload-id"),
        ("multipart s3://films/k --upload-id ID", "required: --size"),
        ("multipart s3://films --upload-id ID --size 5", "no key given"),
        ("multipart s3://films/k --upload-id ID --size 5 --parts 2", "numbered 1 to 1"),
        ("multipart s3://films/k --upload-id ID --size 5 --parts 1,1", "a number is there twice"),
        ("multipart s3://films/k --upload-id ID --size 5 --parts 1-", "invalid numbers '1-': use 1,3-5"),
        ("multipart s3://films/k --upload-id ID --size 5 --parts 1-999999999", "invalid numbers"),
        ("multipart s3://films/k --upload-id ID --size 5 --parts x", "invalid numbers 'x': use 1,3-5"),
        ("multipart s3://films/k --upload-id ID --size 5 --parts ''", "invalid numbers ''"),
        ("multipart s3://films/k --upload-id ID --size 5 --checksum 1-2=AAAA", "use NUMBER=VALUE"),
        ("multipart s3://films/k --upload-id ID --size 5 --checksum x=AAAA", "use NUMBER=VALUE"),
        ("multipart s3://films/k --upload-id ID --size 5 --checksum 1", "use NAME=VALUE"),
        ("multipart s3://films/k --upload-id ID --size 5 --checksum-algorithm CRC32", "give the checksum of each part"),
        ("multipart s3://films/k --upload-id ID --size 5 --lines --header a=b", "which --lines does not print"),
        ("multipart s3://films/k --upload-id ID --size 60TB", "S3 allows 0 to"),
    ],
)
def test_a_mistake_is_named(capsys: pytest.CaptureFixture[str], arguments: str, complaint: str) -> None:
    assert cli.main(shlex.split(arguments)) == 2
    out, err = capsys.readouterr()
    assert (out, complaint in err) == ("", True), err
