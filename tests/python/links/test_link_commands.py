"""The commands `presigned inspect`, `verify` and `explain`: the link comes from standard input or an argument."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine

from presigned import cli

from . import making
from .answering import mismatch
from .making import KEYS, TOKEN

LINK = making.link(s3=making.client(style="virtual"))
PUT = making.link("put_object", s3=making.client(style="virtual"), ContentType="image/png")


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEYS[0])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEYS[1])


def run(capsys: pytest.CaptureFixture[str], *arguments: str, stdin: str = "") -> tuple[int, str, str]:
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(making.NOW, tick=False):
        patch.setattr(sys, "stdin", io.StringIO(stdin))
        code = cli.main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_inspect_prints_what_a_link_says(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, stdin in (([LINK], ""), ([], f"{LINK}\n"), (["-"], LINK)):
        code, out, err = run(capsys, "inspect", *arguments, stdin=stdin)
        assert (code, err) == (0, "")
        assert "bucket:     photos\nkey:        dir/cat.jpg\nsignature:  SigV4\n" in out
        assert "expires:    2026-01-02 04:04:05 UTC, in 59 minutes 50 seconds\n" in out
        assert LINK.rpartition("=")[2] not in out


def test_inspect_reads_a_form_as_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "inspect", stdin=json.dumps(making.form(), indent=2))
    assert (code, err) == (0, "")
    assert "signature:  POST policy SigV4\n" in out


def test_verify_exits_with_0_if_it_holds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments, stdin in (([LINK], ""), ([], f"{LINK}\n"), (["-", "--method", "GET"], LINK)):
        assert run(capsys, "verify", *arguments, stdin=stdin) == (0, "it holds\n", "")
    sent = ["--method", "PUT", "--header", "Content-Type: image/png"]
    assert run(capsys, "verify", *sent, stdin=PUT) == (0, "it holds\n", "")
    form = json.dumps(making.form(Conditions=[["content-length-range", 0, 2048]]))
    assert run(capsys, "verify", "--file-size", "2KB", stdin=form) == (0, "it holds\n", "")
    moved = form.replace("photos.s3.eu-central-1.amazonaws.com", "proxy").replace("photos.s3.amazonaws.com", "proxy")
    assert run(capsys, "verify", "--bucket", "photos", stdin=moved) == (0, "it holds\n", "")
    (tmp_path / "body").write_bytes(b"meow")
    request = making.header_signed("https://photos.s3.amazonaws.com/k", "PUT", b"meow")
    headers = [word for pair in request.headers.items() for word in ("--header", ": ".join(pair))]
    sent = [request.url, "--method", "PUT", *headers, "--body", str(tmp_path / "body")]
    assert run(capsys, "verify", *sent) == (0, "it holds\n", "")


@pytest.mark.parametrize(
    ("arguments", "stdin", "answer"),
    [
        (["--method", "PUT"], LINK, "signature: the signature does not fit the request and the secret key"),
        (["--method", "get"], LINK, "signature: "),
        (["--method", "PUT"], PUT, "headers_missing: these headers are signed, and were not sent: content-type"),
        (["--now", "2026-01-02T04:04:05Z"], LINK, "expired: it expired at 2026-01-02 04:04:05 UTC"),
        ([], LINK.partition("?")[0], "unsigned: it has no signature"),
        ([], "photos/cat.jpg", "malformed: "),
        (
            ["--file-size", "3"],
            json.dumps(making.form(Conditions=[["content-length-range", 0, 2]])),
            "policy: the file",
        ),
        ([], LINK.replace(KEYS[0], "AKIDOTHER"), "unknown_key: the access key AKIDOTHER is not known"),
    ],
)
def test_verify_exits_with_1_and_the_reason_if_it_does_not_hold(
    capsys: pytest.CaptureFixture[str], arguments: list[str], stdin: str, answer: str
) -> None:
    code, out, err = run(capsys, "verify", *arguments, stdin=stdin)
    assert (code, err) == (1, "")
    assert out.startswith(answer)
    assert out.count("\n") == 1


def test_explain_uses_what_it_is_given(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    answer = tmp_path / "answer.xml"
    answer.write_text("HTTP/1.1 403 Forbidden\nDate: Fri, 02 Jan 2026 03:05:00 GMT\n\n" + mismatch(LINK, "HEAD"))
    for arguments, code in (
        (["--method", "head", "--with-credentials"], "method"),
        (["--response", str(answer)], "method"),
        (["--header", "X-Amz-Acl: private"], "headers_not_signed"),
    ):
        status, out, err = run(capsys, "explain", *arguments, stdin=LINK)
        assert (status, err) == (0, "")
        assert f"({code})\n" in out
    moved = LINK.replace("photos.s3.eu-central-1.amazonaws.com", "proxy")
    _, out, _ = run(
        capsys, "explain", "--with-credentials", "--host", "photos.s3.eu-central-1.amazonaws.com", stdin=moved
    )
    assert out.startswith("1. The request reached the server with another host")
    _, out, _ = run(capsys, "explain", "--with-credentials", stdin=LINK)
    assert "The signature fits the request and the credentials" in out
    _, out, _ = run(
        capsys, "explain", "--header=content-type: image/jpeg", "--with-credentials", "--method=PUT", stdin=PUT
    )
    assert "'image/png', and it was sent as 'image/jpeg'" in out


def test_the_credentials_of_a_profile_are_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    (tmp_path / "credentials").write_text(
        f"[work]\naws_access_key_id = {KEYS[0]}\naws_secret_access_key = {KEYS[1]}\n", encoding="utf-8"
    )
    _, out, _ = run(capsys, "explain", "--profile", "work", "--method", "DELETE", stdin=LINK)
    assert "The signature fits GET, and the request is DELETE." in out
    assert run(capsys, "verify", "--profile", "work", stdin=LINK) == (0, "it holds\n", "")
    for command in ("explain", "verify"):
        code, _, err = run(capsys, command, "--profile", "home", stdin=LINK)
        assert (code, "home" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (["inspect"], "", "no link given"),
        (["explain"], "\n", "no link given"),
        (["inspect"], "photos/cat.jpg", "not the URL of a web address"),
        (["inspect"], "{", "this is not JSON"),
        (["inspect"], '{"fields": {}}', "the form has no url"),
        (["verify"], "", "no link given"),
        (["verify"], '{"fields": {}}', "the form has no url"),
        (["verify", "--body", "/no/such/file"], LINK, "No such file"),
        (["verify", "--now", "soon"], LINK, "invalid instant 'soon'"),
        (["explain", "--header", "nonsense"], LINK, "use 'NAME: VALUE'"),
        (["explain", "--response", "/no/such/file"], LINK, "No such file"),
    ],
)
def test_what_is_wrong_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], stdin: str, words: str
) -> None:
    code, out, err = run(capsys, *arguments, stdin=stdin)
    assert (code, out) == (2, "")
    assert words in err
    assert LINK.rpartition("=")[2] not in err


def test_without_credentials_they_are_missed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    for command in (["explain", "--with-credentials"], ["verify"]):
        code, _, err = run(capsys, *command, stdin=LINK)
        assert (code, "credentials" in err) == (2, True)


def test_no_secret_is_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE")
    monkeypatch.setenv("AWS_SESSION_TOKEN", TOKEN)
    url = making.link(s3=making.client(token=TOKEN, access_key="ASIAEXAMPLE"))
    for command in (["inspect"], ["verify", "--method", "PUT"], ["explain", "--with-credentials", "--method", "PUT"]):
        _, out, _ = run(capsys, *command, stdin=url)
        assert not any(secret in out for secret in (TOKEN, KEYS[1], url.rpartition("=")[2]))


def test_inspect_loads_neither_the_extension_nor_what_takes_long() -> None:
    program = (
        "import sys, io; sys.stdin = io.StringIO(sys.argv[1])\n"
        "from presigned.cli import main; main(['inspect'])\n"
        "slow = {'presigned._core', 'hmac', 'hashlib', 'urllib.parse', 'dataclasses', 'typing', 'email', 'xml'}\n"
        "print(*sorted(slow & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, LINK], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""
