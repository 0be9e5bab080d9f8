"""examples/notebook.ipynb: every cell runs, and what it shows works."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter
from IPython.core.oinspect import Inspector
from nbclient import NotebookClient
from playwright.sync_api import Browser, expect

import presigned
from presigned import type_defs

NOTEBOOK = Path(__file__).parents[3] / "examples/notebook.ipynb"


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call] # it has no types


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


def test_the_cells_show_a_link_a_picture_two_tables_two_columns_of_links_and_a_form(shown: list[str]) -> None:
    link, picture, pandas_table, polars_table, pandas_links, polars_links, fields, form = shown
    assert "/notebook/gradient.png</a>, until " in link
    assert "<td>notebook/inbox/${filename}</td>" in fields
    assert picture.startswith("<img")
    assert all("Zürich" in table for table in (pandas_table, polars_table))
    assert all(links.count(">open</a>") == 3 for links in (pandas_links, polars_links))
    assert form.count("<form") == 1


def test_every_link_that_a_cell_shows_works(browser: Browser, shown: list[str]) -> None:
    urls = [html.unescape(url) for text in shown[:6] for url in re.findall(r'(?:href|src)="(http[^"]*)"', text)]
    assert len(urls) == 8
    with browser.new_context() as context:
        assert {context.request.get(url).status for url in urls} == {200}


def test_what_a_reader_sees_of_a_link_and_of_the_fields_has_no_signature(
    browser: Browser, outputs: list[Any], shown: list[str]
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        for at in (0, 6):
            page.set_content(shown[at])
            for text in (page.locator("body").inner_text(), outputs[at]["text/plain"]):
                assert "notebook/" in text
                assert not re.search(r"Signature=|Credential=|[0-9a-f]{64}|eyJ", text)


def test_a_click_on_the_link_opens_the_object(browser: Browser, shown: list[str]) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(shown[0])
        with context.expect_page() as opened:
            page.get_by_role("link").click()
        opened.value.wait_for_load_state()
        assert opened.value.locator("img").count() == 1


def test_a_browser_shows_the_picture(browser: Browser, shown: list[str]) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(shown[1])
        assert page.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 256


def test_the_form_sends_a_file_from_the_notebook(
    browser: Browser, shown: list[str], s3: Any, bucket: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("from a colleague")
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(shown[7])
        page.get_by_label("File").set_input_files(tmp_path / "mine.txt")
        page.get_by_role("button", name="Send").click()
        expect(page.frame_locator("iframe").get_by_text("notebook/inbox/mine.txt", exact=True)).to_be_visible()
    assert s3.get_object(Bucket=bucket, Key="notebook/inbox/mine.txt")["Body"].read() == b"from a colleague"


def test_no_output_is_committed_with_the_notebook() -> None:
    cells = read().cells
    assert [cell.outputs for cell in cells if cell.cell_type == "code" and cell.outputs] == []


@pytest.fixture
def client(aws: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> presigned.S3:
    for name, value in aws.items():
        monkeypatch.setenv(name, value)
    return presigned.client("s3")


def offered(text: str, **namespace: Any) -> set[str]:
    """The completions that Tab shows after a string."""
    completer = IPCompleter(namespace=namespace)  # type: ignore[no-untyped-call] # it has no types
    with provisionalcompleter():
        return {completion.text for completion in completer.completions(text, len(text))}


METHODS = {
    "generate_presigned_post",
    "generate_presigned_url",
    "generate_presigned_urls",
    "presign",
    "presign_post",
}


def test_tab_offers_what_signs(client: presigned.S3) -> None:
    assert {name.removeprefix(".") for name in offered("s3.", s3=client)} >= METHODS
    presigning = {"presign", "presign_many", "presign_multipart", "presign_post"}
    assert {name.removeprefix(".") for name in offered("s3.pre", s3=client)} == presigning
    assert offered("s3.presign(", s3=client) >= {"operation=", "params=", "expires_in=", "http_method="}
    assert {"url", "headers", "method", "expires_at", "operation"} <= {
        name.removeprefix(".") for name in offered("request.", request=client.presign("list_buckets"))
    }


@pytest.mark.parametrize("name", sorted(METHODS))
def test_shift_tab_shows_a_manual(client: presigned.S3, name: str) -> None:
    found = Inspector(theme_name="nocolor").info(getattr(client, name), oname=f"s3.{name}")
    assert str(found["definition"]).startswith(f"s3.{name}(")
    assert "self" not in str(found["definition"])
    expires = "expires_in" if name.startswith("presign") else "ExpiresIn"
    assert re.search(rf"{expires}[^,]* ?= ?3600", str(found["definition"]))
    page = str(found["docstring"])
    headings = re.findall(r"^(\w+):", page, re.MULTILINE)
    assert [heading for heading in headings if heading != "Options"][:4] == ["Args", "Returns", "Raises", "Example"]
    assert re.search(rf"{expires} \([\w |]+\): How long [^:]* in seconds", page)
    assert ">>> import presigned" in page
    assert "AWS: https://docs.aws.amazon.com/" in page


def test_shift_tab_tells_where_each_parameter_goes() -> None:
    page = str(Inspector(theme_name="nocolor").info(type_defs.PutObjectParams)["docstring"])
    assert "``put_object``: PUT" in page
    assert "Required: Bucket, Key." in page
    assert "ContentType as Content-Type" in page
