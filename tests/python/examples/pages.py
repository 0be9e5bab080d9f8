"""The upload page in a browser, at its back end, at the S3 server."""

import contextlib
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

import backend

MIB = 2**20
# Milliseconds that a step may take. On an idle machine it takes none; a busy one needs more.
expect.set_options(timeout=60_000)
# Small, so that a few megabytes of test files take all three ways. S3 takes no smaller parts.
SETTINGS = backend.Settings(
    bucket="holiday", form_up_to=100_000, put_up_to=5 * MIB, max_bytes=40 * MIB, part_bytes=5 * MIB
)

# The types of the fixtures with similar names.
MakeFile = Callable[[str, bytes], Path]
Stored = Callable[[str], Any]


@contextlib.contextmanager
def serving(settings: backend.Settings) -> Iterator[str]:
    """Run the back end in a thread; give its address."""
    with running(
        uvicorn.Config(backend.create_app(settings), host="127.0.0.1", port=0, log_level="warning")
    ) as address:
        yield address


@contextlib.contextmanager
def running(config: uvicorn.Config) -> Iterator[str]:
    """Run a back end in a thread; give its address."""
    server = uvicorn.Server(config)
    began = threading.Event()
    # The moment at which uvicorn listens.
    start = server.startup

    async def startup(*args: object, **options: object) -> None:
        await start(*args, **options)  # type: ignore[arg-type] # the server's own
        began.set()

    server.startup = startup  # type: ignore[method-assign] # uvicorn has no hook
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        began.wait(timeout=30)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise RuntimeError("Chromium is missing: apt-get install chromium")
    # A container's root may have no sandbox, and its /dev/shm is small.
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def choose(page: Page, path: Path) -> Locator:
    """Choose a file to send; give its row."""
    page.get_by_label("Choose files to send").set_input_files(path)
    return page.locator("li.upload", has_text=path.name).first


def button(row: Locator, name: str) -> Locator:
    """A button of a row, by how its label begins: the file's name follows, for users of screen readers."""
    return row.get_by_role("button", name=re.compile(f"^{name}"))


def expect_state(row: Locator, text: str) -> None:
    """Wait until a row says this."""
    expect(row.locator(".state")).to_contain_text(text)
