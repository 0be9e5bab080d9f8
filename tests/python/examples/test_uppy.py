"""docs/UPLOADS.md: the page that it shows, bundled with Uppy itself, in Chromium, at a server that verifies."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from playwright.sync_api import Browser, Page

import presigned
import set_cors
from presigned.uploads import RefusedRequest, sign_request

from .pages import MIB, MakeFile, running

ROOT = Path(__file__).parents[3]
BUNDLER = ROOT / ".cache/uppy/node_modules/.bin/esbuild"
LIMITS: dict[str, Any] = {"max_size": 20 * MIB, "content_types": ["image/*", "text/plain"]}
# Without the link, the browser asks for an icon.
HEAD = '<!doctype html><link rel="icon" href="data:,">'
# What the page says of Uppy, and what the tests add: files above 5 MiB go in parts, and events are kept.
FOR_TESTS = """
uppy.getPlugin("AwsS3").setOptions({ shouldUseMultipart: (file) => file.size > 5 * 2 ** 20 });
window.uppy = uppy;
window.errors = [];
uppy.on("upload-error", (file, error) => window.errors.push(String(error.message)));
"""
# Adds the file that the input has, and uploads it.
UPLOAD = """async () => {
    const [data] = document.querySelector("input").files;
    uppy.addFile({ name: data.name, type: data.type, data });
    const { successful, failed } = await uppy.upload();
    return { keys: successful.map((file) => file.response.body.key), failed: failed.length, errors: window.errors };
}"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of the page, with Uppy in it."""
    [script] = re.findall(r"```js\n(.*?)```", (ROOT / "docs/UPLOADS.md").read_text(), re.DOTALL)
    assert BUNDLER.exists(), "Uppy is missing: make .cache/uppy/.installed"
    source = tmp_path_factory.mktemp("uppy") / "page.js"
    source.write_text(script + FOR_TESTS)
    environment = {"NODE_PATH": str(ROOT / ".cache/uppy/node_modules")}
    command = [str(BUNDLER), str(source), "--bundle", "--format=esm", "--log-level=warning"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def asked() -> list[dict[str, Any]]:
    """What Uppy has asked the server, in order."""
    return []


@pytest.fixture(scope="module")
def site(bundle: str, aws: dict[str, str], bucket: str, asked: list[dict[str, Any]]) -> Iterator[str]:
    """The address of the page and its back end."""
    app = FastAPI()
    s3 = presigned.client(
        "s3",
        endpoint_url=aws["AWS_ENDPOINT_URL_S3"],
        region_name=aws["AWS_DEFAULT_REGION"],
        aws_access_key_id=aws["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=aws["AWS_SECRET_ACCESS_KEY"],
    )

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(f'{HEAD}<input type="file"><script type="module" src="page.js"></script>')

    @app.get("/page.js")
    def script() -> Response:
        return Response(bundle, media_type="text/javascript")

    @app.get("/form")
    def form() -> HTMLResponse:
        posted = s3.presign_post(
            bucket,
            "forms/${filename}",
            content_type="image/*",
            max_size=MIB,
            success_status=201,
            metadata={"by": "<ü>"},
        )
        return HTMLResponse(HEAD + posted.html())

    @app.post("/sign")
    async def sign(request: Request) -> JSONResponse:
        wanted = await request.json()
        asked.append(wanted)
        try:
            return JSONResponse(sign_request(s3, wanted, bucket=bucket, key_prefix="uploads/user-1/", **LIMITS))
        except RefusedRequest as refused:
            return JSONResponse({"error": str(refused)}, 400)

    with (
        running(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")) as address,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, value in aws.items():
            patch.setenv(name, value)
        patch.setattr(presigned, "DEFAULT_SESSION", None)
        set_cors.main(bucket, address)
        yield address


@pytest.fixture
def uppy(browser: Browser, site: str, asked: list[dict[str, Any]]) -> Iterator[Page]:
    """The page in a new profile of the browser."""
    asked.clear()
    context = browser.new_context()
    page = context.new_page()
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(site)
    page.wait_for_function("window.uppy")
    yield page
    context.close()
    assert errors == []


def upload(page: Page, path: Path) -> dict[str, Any]:
    page.locator("input").set_input_files(path)
    found: dict[str, Any] = page.evaluate(UPLOAD)
    return found


def kinds(asked: list[dict[str, Any]]) -> list[str]:
    """What was asked for, in short."""
    return [
        f"{one['method']}{' upload' if 'uploadId' in one else ''}{' part' if 'partNumber' in one else ''}"
        for one in asked
    ]


def test_a_small_file_goes_by_a_form(uppy: Page, file: MakeFile, s3: Any, bucket: str, asked: list[Any]) -> None:
    done = upload(uppy, file("Größe 1+1.png", b"p" * 5000))
    assert (done["failed"], done["errors"], kinds(asked)) == (0, [], ["PUT"])
    got = s3.get_object(Bucket=bucket, Key=done["keys"][0])
    assert (got["Body"].read(), got["ContentType"]) == (b"p" * 5000, "image/png")
    assert done["keys"][0].endswith("/Größe 1+1.png")


def test_a_large_file_goes_in_parts(uppy: Page, file: MakeFile, s3: Any, bucket: str, asked: list[Any]) -> None:
    content = bytes(range(256)) * (12 * MIB // 256)
    done = upload(uppy, file("large.png", content))
    assert (done["failed"], done["errors"]) == (0, [])
    assert kinds(asked) == ["POST", *["PUT upload part"] * 3, "POST upload"]
    got = s3.get_object(Bucket=bucket, Key=done["keys"][0])
    assert (got["Body"].read(), got["ContentType"]) == (content, "image/png")


@pytest.mark.parametrize(("size", "kind"), [(10, "PUT"), (6 * MIB, "POST")])
def test_a_type_that_is_not_allowed_is_refused(
    size: int, kind: str, uppy: Page, file: MakeFile, asked: list[Any]
) -> None:
    done = upload(uppy, file("page.html", b"h" * size))
    assert (done["keys"], done["failed"]) == ([], 1)
    assert "contentType: 'text/html' is not among the allowed types" in done["errors"][0]
    assert kinds(asked) == [kind]


def test_a_size_that_is_not_allowed_is_refused(uppy: Page, file: MakeFile, asked: list[Any]) -> None:
    done = upload(uppy, file("huge.png", b"h" * (21 * MIB)))
    assert (done["keys"], done["failed"]) == ([], 1)
    assert "size: a file has at most 20971520 bytes" in done["errors"][0]
    assert kinds(asked) == ["POST"]


def test_the_server_refuses_a_size_that_the_page_lies_about(
    uppy: Page, file: MakeFile, monkeypatch: pytest.MonkeyPatch, asked: list[Any]
) -> None:
    monkeypatch.setitem(LIMITS, "max_size", 100)
    # The page says 5 bytes, and sends 500 by the form.
    uppy.evaluate(
        "() => { const get = Map.prototype.get; Map.prototype.get = function (key) {"
        "const file = get.call(this, key); return String(key).startsWith('uploads/') ? {...file, size: 5} : file; } }"
    )
    done = upload(uppy, file("small.png", b"p" * 500))
    assert (done["keys"], done["failed"]) == ([], 1)
    assert "EntityTooLarge" in done["errors"][0]
    assert [one["size"] for one in asked] == [5]


def test_an_upload_is_paused_and_resumed(uppy: Page, file: MakeFile, s3: Any, bucket: str, asked: list[Any]) -> None:
    sent: list[str] = []
    uppy.on(
        "requestfinished",
        lambda request: sent.append(f"{request.method} {request.url.partition('partNumber=')[2][:1]}"),
    )
    content = b"abcd" * (4 * MIB)
    uppy.locator("input").set_input_files(file("paused.png", content))
    uppy.evaluate("""() => new Promise((resolve) => {
        uppy.once("s3-multipart:part-uploaded", () => { uppy.pauseAll(); resolve(); });
        const [data] = document.querySelector("input").files;
        uppy.addFile({ name: data.name, type: data.type, data });
        window.uploaded = uppy.upload();
    })""")
    assert "GET upload" not in kinds(asked)
    key = uppy.evaluate("""async () => {
        uppy.resumeAll();
        const { successful } = await window.uploaded;
        return successful[0].response.body.key;
    }""")
    assert kinds(asked).count("GET upload") == 1
    assert kinds(asked)[-1] == "POST upload"
    # What was there already is not sent again.
    assert sent.count("PUT 1") == 1
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == content


def test_a_cancelled_upload_is_aborted(uppy: Page, file: MakeFile, s3: Any, bucket: str, asked: list[Any]) -> None:
    uppy.locator("input").set_input_files(file("cancelled.png", b"c" * (16 * MIB)))
    with uppy.expect_request_finished(lambda request: request.method == "DELETE"):
        uppy.evaluate("""() => new Promise((resolve) => {
            uppy.once("s3-multipart:part-uploaded", () => { uppy.cancelAll(); resolve(); });
            const [data] = document.querySelector("input").files;
            uppy.addFile({ name: data.name, type: data.type, data });
            uppy.upload();
        })""")
    assert kinds(asked)[-1] == "DELETE upload"
    left = s3.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
    assert [one["Key"] for one in left if one["Key"].endswith("cancelled.png")] == []


def test_the_html_of_a_form_uploads_in_a_browser(
    browser: Browser, site: str, file: MakeFile, s3: Any, bucket: str
) -> None:
    for name, status in (("cat & dög.png", 201), ("page.html", 403)):
        page = browser.new_page()
        page.goto(f"{site}/form")
        page.locator("input[type=file]").set_input_files(file(name, b"a picture"))
        with page.expect_response(lambda response: response.request.method == "POST") as answer:
            page.get_by_role("button", name="Upload").click()
        assert answer.value.status == status
        page.close()
    got = s3.get_object(Bucket=bucket, Key="forms/cat & dög.png")
    assert (got["Body"].read(), got["ContentType"]) == (b"a picture", "image/png")
