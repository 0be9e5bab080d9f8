"""examples/notebook.ipynb: every cell runs, and what it shows works."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter
from nbclient import NotebookClient
from playwright.sync_api import Browser, expect

import presigned

NOTEBOOK = Path(__file__).parents[3] / "examples/notebook.ipynb"


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def outputs(aws: dict[str, str], bucket: str) -> Iterator[list[Any]]:
    """What the cells show, in order."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**aws, "BUCKET": bucket}.items():
            patch.setenv(name, value)
        executed = NotebookClient(read(), timeout=120).execute()
        cells = [cell for cell in executed.cells if cell.cell_type == "code"]
        yield [output["data"] for cell in cells for output in cell.outputs]


@pytest.fixture(scope="module")
def shown(outputs: list[Any]) -> list[str]:
    """The HTML of each output."""
    return [output["text/html"] for output in outputs]


def test_the_cells_show_a_picture_two_tables_two_columns_of_links_and_a_form(shown: list[str]) -> None:
    picture, pandas_table, polars_table, pandas_links, polars_links, form = shown
    assert picture.startswith("<img")
    assert all("Zürich" in table for table in (pandas_table, polars_table))
    assert all(links.count(">open</a>") == 3 for links in (pandas_links, polars_links))
    assert form.count("<form") == 1


def test_every_link_that_a_cell_shows_works(browser: Browser, shown: list[str]) -> None:
    urls = [html.unescape(url) for text in shown[:5] for url in re.findall(r'(?:href|src)="(http[^"]*)"', text)]
    assert len(urls) == 7
    with browser.new_context() as context:
        assert {context.request.get(url).status for url in urls} == {200}


def test_a_browser_shows_the_picture(browser: Browser, shown: list[str]) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(shown[0])
        assert page.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 256


def test_the_form_sends_a_file_from_the_notebook(
    browser: Browser, shown: list[str], s3: Any, bucket: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("from a colleague")
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(shown[5])
        page.get_by_label("File").set_input_files(tmp_path / "mine.txt")
        page.get_by_role("button", name="Send").click()
        expect(page.frame_locator("iframe").get_by_text("notebook/inbox/mine.txt", exact=True)).to_be_visible()
    assert s3.get_object(Bucket=bucket, Key="notebook/inbox/mine.txt")["Body"].read() == b"from a colleague"


def test_no_output_is_committed_with_the_notebook() -> None:
    cells = read().cells
    assert [cell.outputs for cell in cells if cell.cell_type == "code" and cell.outputs] == []


def test_tab_offers_what_signs(aws: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in aws.items():
        monkeypatch.setenv(name, value)
    completer = IPCompleter(namespace={"s3": presigned.client("s3")})  # type: ignore[no-untyped-call]
    with provisionalcompleter():
        offered = {completion.text for completion in completer.completions("s3.gen", 6)}
    assert {"generate_presigned_url", "generate_presigned_post"} <= offered
