"""The forms of the command line against boto3's, at the same frozen instant."""

from __future__ import annotations

import json
import shlex
import subprocess
from datetime import datetime, timezone
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import boto3
import pytest
from botocore.config import Config

import presigned
from presigned import cli
from presigned._client import post_options

pytestmark = pytest.mark.usefixtures("command_line")


def printed_for(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """What `presigned post` prints for an upload with these options."""
    code = cli.main(["post", "s3://photos/uploads/${filename}", *options])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


def boto3_post(fields: dict[str, str], conditions: list[Any], expires_in: int = 3600) -> dict[str, Any]:
    s3 = boto3.client("s3", config=Config(signature_version="s3v4"))
    key = "uploads/${filename}"
    form: dict[str, Any] = s3.generate_presigned_post("photos", key, fields, conditions, expires_in)
    return form


#: What each option of `presign_post` is on the command line.
OPTIONS: list[tuple[str, dict[str, Any]]] = [
    ("--acl private --storage-class STANDARD_IA", {"acl": "private", "storage_class": "STANDARD_IA"}),
    ("--success-redirect https://example.org/?a=b", {"success_redirect": "https://example.org/?a=b"}),
    ("--success-status 201", {"success_status": 201}),
    ("--cache-control no-cache --content-encoding gzip", {"cache_control": "no-cache", "content_encoding": "gzip"}),
    ("--content-disposition 'inline; a=b'", {"content_disposition": "inline; a=b"}),
    ("--website-redirect /other", {"website_redirect": "/other"}),
    ("--metadata by=me --metadata a=b=c", {"metadata": {"by": "me", "a": "b=c"}}),
    ("--tag a=b --tag 'c=d & e'", {"tags": {"a": "b", "c": "d & e"}}),
    ("--sse AES256", {"server_side_encryption": "AES256"}),
    (
        "--sse aws:kms --sse-kms-key-id ID --sse-kms-context a=b --bucket-key",
        {
            "server_side_encryption": "aws:kms",
            "sse_kms_key_id": "ID",
            "sse_kms_encryption_context": {"a": "b"},
            "bucket_key_enabled": True,
        },
    ),
    (
        "--object-lock-mode GOVERNANCE --object-lock-retain-until 2026-11-30T13:00:00+01:00 --legal-hold",
        {
            "object_lock_mode": "GOVERNANCE",
            "object_lock_retain_until": datetime(2026, 11, 30, 12, tzinfo=timezone.utc),
            "object_lock_legal_hold": True,
        },
    ),
    ("--checksum-algorithm CRC32 --checksum AAAAAA==", {"checksum_algorithm": "CRC32", "checksum": "AAAAAA=="}),
    ("--key-prefix upl", {"key_prefix": "upl"}),
    ("--public-url https://files.example.org/x", {"public_url": "https://files.example.org/x"}),
    ("--stable-for 1h --on-temporary allow", {"stable_for": 3600, "on_temporary": "allow"}),
    ("--signed-at 2026-11-30T12:00:00Z", {"signed_at": 1_796_040_000}),
    ("--clock-offset -90.5 --on-early-expiry ignore", {"clock_offset": -90.5}),
]


@pytest.mark.parametrize(("arguments", "options"), OPTIONS)
def test_an_option_is_that_of_presign_post(
    capsys: pytest.CaptureFixture[str], arguments: str, options: dict[str, Any]
) -> None:
    form = presigned.client("s3").presign_post("photos", "uploads/${filename}", **options)
    printed = json.loads(printed_for(capsys, *shlex.split(arguments)))
    assert printed == {"url": form.url, "fields": form.fields}
    assert list(printed["fields"]) == list(form.fields)
    assert printed_for(capsys, *shlex.split(arguments), "--html") == form.html() + "\n"
    assert printed_for(capsys, *shlex.split(arguments), "--curl", "a.png") == form.curl("a.png") + "\n"


def test_every_option_of_presign_post_is_there() -> None:
    given = {name for _, options in OPTIONS for name in options} | {"max_size", "min_size", "content_type"}
    assert given | {"on_early_expiry"} == {*post_options.OPTIONS, *presigned._client._OF_DELIVERY}


def test_any_type_may_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    form = presigned.client("s3").presign_post("photos", "uploads/${filename}", content_type="*/*")
    assert json.loads(printed_for(capsys, "--content-type", "*/*"))["fields"] == form.fields


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ("--acl secret", "parameter acl, value: 'secret': S3 knows private,"),
        ("--success-status 404", "S3 answers with 200, 201 or 204"),
        ("--field acl=private --acl private", "give it once"),
        ("--field x-amz-acl=private", "the name is 'acl'"),
        ("--sse-kms-key-id ID", "it needs server_side_encryption"),
        ("--object-lock-retain-until 2026-11-30T12:00:00", "use seconds since 1970"),
        ("--stable-for 1h --signed-at 5", "Leave one of the two out"),
    ],
)
def test_what_contradicts_itself_is_refused(capsys: pytest.CaptureFixture[str], arguments: str, complaint: str) -> None:
    assert cli.main(["post", "s3://photos/k", *shlex.split(arguments)]) == 2
    out, err = capsys.readouterr()
    assert (out, complaint in err) == ("", True), err


@pytest.mark.parametrize(
    ("arguments", "fields", "conditions"),
    [
        ([], {}, []),
        (["--max-size", "10MB"], {}, [["content-length-range", 0, 10 * 1024 * 1024]]),
        (["--max-size", "1k", "--min-size", "1"], {}, [["content-length-range", 1, 1024]]),
        (["--min-size", "2 KiB"], {}, [["content-length-range", 2048, 5 * 1024**3]]),
        (["--field", "acl=private"], {"acl": "private"}, [{"acl": "private"}]),
        (["--content-type", "image/png"], {"Content-Type": "image/png"}, [{"Content-Type": "image/png"}]),
        (["--content-type", "image/*"], {}, [["starts-with", "$Content-Type", "image/"]]),
        (["--starts-with", "x-amz-meta-note="], {}, [["starts-with", "$x-amz-meta-note", ""]]),
        (
            [
                *("--field", "acl=private", "--content-type", "image/*", "--field", "x-amz-meta-a=b=c"),
                *("--starts-with", "x=y", "--max-size", "5"),
            ],
            {"acl": "private", "x-amz-meta-a": "b=c"},
            [
                {"acl": "private"},
                {"x-amz-meta-a": "b=c"},
                ["starts-with", "$x", "y"],
                ["starts-with", "$Content-Type", "image/"],
                ["content-length-range", 0, 5],
            ],
        ),
    ],
)
def test_a_post_is_boto3s_with_fields_and_conditions_that_agree(
    capsys: pytest.CaptureFixture[str], arguments: list[str], fields: dict[str, str], conditions: list[Any]
) -> None:
    expected = boto3_post(fields, conditions, 300)
    printed = json.loads(printed_for(capsys, *arguments, "--expires-in", "5m"))
    assert printed == expected
    assert list(printed["fields"]) == list(expected["fields"])


def test_the_curl_command_sends_the_fields_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    note = 'it\'s "$HOME"; type=a,@<b>'
    fields = {"x-amz-meta-note": note}
    conditions = [{"x-amz-meta-note": note}, ["starts-with", "$Content-Type", "image/"]]
    expected = boto3_post(fields, conditions)
    file = 'a "cat" \\ $x.jpg'
    printed = printed_for(capsys, "--field", f"x-amz-meta-note={note}", "--content-type", "image/*", "--curl", file)

    shell = subprocess.run(["/bin/sh", "-c", f"printf '%s\\n' {printed}"], capture_output=True, text=True, check=True)
    words = shell.stdout.splitlines()
    sent = [word for option, word in pairwise(words) if option == "--form-string"]
    assert sent == [f"{name}={value}" for name, value in {**expected["fields"], "Content-Type": "image/jpeg"}.items()]
    assert words[-3:] == ["--form", 'file=@"a \\"cat\\" \\\\ $x.jpg"', expected["url"]]


class Inputs(HTMLParser):
    """The form of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.form: dict[str, str | None] = {}
        self.values: list[tuple[str | None, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps what a browser would send."""
        if tag == "form":
            self.form = dict(attrs)
        elif tag == "input":
            self.values.append((dict(attrs)["name"], dict(attrs).get("value")))


def test_the_html_form_holds_the_fields_and_the_file_comes_last(capsys: pytest.CaptureFixture[str]) -> None:
    note = "<\"&amp;'>"
    conditions = [{"x-amz-meta-note": note}, ["starts-with", "$Content-Type", "image/"]]
    expected = boto3_post({"x-amz-meta-note": note}, conditions)
    page = Inputs(printed_for(capsys, "--field", f"x-amz-meta-note={note}", "--content-type", "image/*", "--html"))
    where = {"action": expected["url"], "method": "post", "enctype": "multipart/form-data", "accept-charset": "utf-8"}
    assert page.form == where
    assert page.values == [*expected["fields"].items(), ("Content-Type", "image/"), ("file", None)]
