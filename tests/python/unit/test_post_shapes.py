"""The ways to send a form or a request: HTML, curl, and the dict that upload libraries take. curl is run."""

from __future__ import annotations

import html.parser
import http.server
import json
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import presigned

KEYS: dict[str, Any] = {
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "secret",
    "region_name": "us-east-1",
}
S3: Any = presigned.client("s3", **KEYS)
ODD = "'\"<b> & ${filename} \\ ü日"


class Form(html.parser.HTMLParser):
    """What a browser reads of a form."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.form: dict[str, str | None] = {}
        self.inputs: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.script: dict[str, str | None] = {}
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "form":
            self.form = dict(attrs)
        elif tag == "input":
            self.inputs.append(dict(attrs))
        elif tag == "script":
            self.script = dict(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_has_the_fields_hidden_in_their_order_and_the_file_last() -> None:
    form = S3.presign_post("photos", "inbox/${filename}", metadata={"odd": ODD}, content_type="image/png")
    page = Form(form.html(submit="Send <it>"))
    assert (page.form["action"], page.form["method"], page.form["enctype"]) == (form.url, "post", "multipart/form-data")
    *hidden, file = page.inputs
    assert [(one["name"], one["value"]) for one in hidden] == [*form.fields.items()]
    assert {one["type"] for one in hidden} == {"hidden"}
    assert file == {"type": "file", "name": "file", "accept": "image/png", "required": None}
    assert page.tags == ["form", *["input"] * len(page.inputs), "button"]
    assert "Send <it>" in page.text
    assert form.html().isascii()


@pytest.mark.parametrize(("kind", "accept"), [("image/*", "image/*"), ("*/*", None), ("image/p*", None)])
def test_html_fills_the_type_in_where_the_policy_leaves_it_open(kind: str, accept: str | None) -> None:
    page = Form(S3.presign_post("photos", "k", content_type=kind).html(nonce='a"b'))
    *_, of_type, file = page.inputs
    assert of_type == {"type": "hidden", "name": "Content-Type", "value": kind.removesuffix("*").replace("*/", "")}
    assert (file["type"], file.get("accept")) == ("file", accept)
    assert page.tags[-1] == "script"
    assert page.script == {"nonce": 'a"b'}


def test_html_shows_what_else_the_policy_leaves_open() -> None:
    form = S3.presign_post("photos", "k", conditions=[["starts-with", "$x-amz-meta-by", "user-"]])
    page = Form(form.html(accept=".txt"))
    *_, by, file = page.inputs
    assert by == {"name": "x-amz-meta-by", "value": "user-"}
    assert file["accept"] == ".txt"
    assert "script" not in page.tags


def test_html_of_a_form_without_a_policy_is_a_form() -> None:
    client: Any = presigned.client("s3", config=presigned.Config(signature_version=presigned.UNSIGNED), **KEYS)
    assert [one["name"] for one in Form(client.presign_post("photos", "k").html()).inputs] == ["key", "file"]


def test_a_dict_has_what_upload_libraries_take() -> None:
    form = S3.presign_post("photos", "k")
    assert form.as_dict() == {"method": "POST", "url": form.url, "fields": form.fields, "headers": {}}
    assert form.as_dict()["fields"] is not form.fields
    request = S3.presign("put_object", {"Bucket": "photos", "Key": "k", "ContentType": "image/png"})
    assert request.as_dict() == {
        "method": "PUT",
        "url": request.url,
        "fields": {},
        "headers": {"content-type": "image/png"},
    }
    json.dumps([form.as_dict(), request.as_dict()])


def test_a_browser_link_is_a_get_without_headers() -> None:
    place = {"Bucket": "photos", "Key": "k"}
    assert S3.presign("get_object", place).is_browser_link
    assert not S3.presign("get_object", {**place, "Range": "bytes=0-1"}).is_browser_link
    assert not S3.presign("get_object", place, http_method="HEAD").is_browser_link
    assert not S3.presign("put_object", place).is_browser_link


Seen = list[tuple[str, str, dict[str, str], bytes]]


@pytest.fixture
def server() -> Iterator[tuple[str, Seen]]:
    """A server that writes down what it gets."""
    seen: Seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            seen.append((self.command, self.path, {name.lower(): v for name, v in self.headers.items()}, body))
            self.send_response(200)
            self.send_header("Content-Length", "3")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(b"yes")

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer  # noqa: N815 - the names are http.server's

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", seen
        running.shutdown()
        thread.join()


needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


def run(command: str, folder: Path) -> None:
    """Run it as a user does: pasted into a shell."""
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode == 0, done.stderr


CASES: list[tuple[str, dict[str, Any], dict[str, Any], str | None, str]] = [
    ("get_object", {}, {}, None, "GET"),
    ("get_object", {"Range": "bytes=0-1"}, {}, "saved", "GET"),
    ("get_object", {}, {"http_method": "HEAD"}, None, "HEAD"),
    ("delete_object", {}, {}, None, "DELETE"),
    ("put_object", {"ContentType": "text/plain", "ContentDisposition": "ü 日"}, {}, "sent.txt", "PUT"),
    ("put_object", {"CacheControl": ""}, {}, "sent.txt", "PUT"),
    ("put_object", {"Key": "folder/"}, {}, "sent.txt", "PUT"),
    ("put_object", {}, {}, None, "PUT"),
    ("create_multipart_upload", {}, {}, None, "POST"),
]


@needs_curl
@pytest.mark.parametrize(("operation", "params", "options", "file", "method"), CASES)
def test_a_curl_command_sends_the_signed_request(
    operation: str,
    params: dict[str, Any],
    options: dict[str, Any],
    file: str | None,
    method: str,
    server: tuple[str, Seen],
    tmp_path: Path,
) -> None:
    address, seen = server
    client: Any = presigned.client("s3", endpoint_url=address, **KEYS)
    (tmp_path / "sent.txt").write_bytes(b"@what is sent\r\n")
    request = client.presign(operation, {"Bucket": "photos", "Key": "a b[1]{2}'", **params}, **options)
    run(request.curl(file), tmp_path)
    [(sent_method, path, headers, body)] = seen
    assert (sent_method, address + path) == (method, request.url)
    assert {name: headers[name] for name in request.headers} == request.headers
    assert body == (b"@what is sent\r\n" if file == "sent.txt" else b"")
    if "content-type" not in request.headers:
        assert "content-type" not in headers
    if file == "saved":
        assert (tmp_path / "saved").read_bytes() == b"yes"


@needs_curl
@pytest.mark.parametrize("name", ["cat.png", "-", "a \"b\" \\ 'c';type=x.png"])
def test_a_curl_command_sends_the_form(name: str, server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    client: Any = presigned.client("s3", endpoint_url=address, **KEYS)
    (tmp_path / name).write_bytes(b"a picture")
    metadata = {"odd": ODD, "at": "@/etc/passwd", "less": "<file", "type": "a;type=b"}
    form = client.presign_post("photos", "inbox/${filename}", metadata=metadata, content_type="image/*")
    if name == "-":
        # For curl, this is the standard input.
        assert 'file=@"./-"' in form.curl(name)
    run(form.curl(name), tmp_path)
    [(method, path, headers, body)] = seen
    assert (method, address + path) == ("POST", form.url)
    boundary = headers["content-type"].partition("boundary=")[2].encode()
    parts = [part.partition(b"\r\n\r\n") for part in body.split(b"--" + boundary)[1:-1]]
    sent = {head.split(b'name="')[1].split(b'"')[0].decode(): value[:-2].decode() for head, _, value in parts}
    kind = "image/png" if name.endswith(".png") else "image/"
    assert [*sent.items()] == [*form.fields.items(), ("Content-Type", kind), ("file", "a picture")]


def test_a_command_is_one_line_of_words() -> None:
    words = shlex.split(S3.presign("get_object", {"Bucket": "photos", "Key": "'$(id)`;\n"}).curl("a'b"))
    assert words[:2] == ["curl", "--fail-with-body"]
    assert words[2:4] == ["--output", "a'b"]
