"""The forms of the command line against boto3's, at the same frozen instant."""

from __future__ import annotations

import json
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import boto3
import pytest
from botocore.config import Config

from presigned import cli

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
    assert page.form == {"action": expected["url"], "method": "post", "enctype": "multipart/form-data"}
    assert page.values == [*expected["fields"].items(), ("Content-Type", "image/"), ("file", None)]
