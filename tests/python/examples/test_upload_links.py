"""examples/upload_page in Chromium: the links that it makes, and who can use the page."""

import datetime
import re
from typing import Any
from unittest import mock

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .pages import MakeFile, Stored, button, choose, expect_state

ODD_NAME = "Zürich \"日本\" 🏔 100% & me #1 + 'you'.txt"


@pytest.fixture
def row(page: Page, file: MakeFile, request: pytest.FixtureRequest) -> Locator:
    """The row of a file that was sent."""
    row = choose(page, file(getattr(request, "param", "shared.txt"), b"for you"))
    expect_state(row, "Sent, 7 bytes")
    return row


def link(row: Locator, life: str = "5 minutes") -> str:
    """Create a link."""
    row.get_by_label("Link that lives").select_option(life)
    shown = row.locator(".url")
    shown.evaluate("input => (input.value = '')")
    button(row, "Create link").click()
    expect(shown).not_to_have_value("")
    return shown.input_value()


@pytest.mark.parametrize("row", [ODD_NAME], indirect=True)
def test_a_link_downloads_the_file_under_its_own_name(page: Page, row: Locator, stored: Stored) -> None:
    assert stored(ODD_NAME)["Body"].read() == b"for you"
    link(row)
    with page.expect_download() as download:
        row.get_by_role("link", name="Download").click()
    # Chromium writes no quotation marks into names.
    assert download.value.suggested_filename == ODD_NAME.replace('"', "_")
    assert download.value.path().read_bytes() == b"for you"


def test_the_reader_chooses_the_lifetime_of_a_link(row: Locator) -> None:
    lives = row.get_by_label("Link that lives").get_by_role("option")
    assert lives.all_inner_texts() == ["5 minutes", "1 hour", "1 day", "7 days"]
    for life, seconds, shown in (("1 hour", 3600, "ends in 59:5"), ("7 days", 604_800, "ends in 6 d 23:59:5")):
        assert f"X-Amz-Expires={seconds}&" in link(row, life)
        expect(row.get_by_role("timer")).to_contain_text(shown)


def test_what_is_left_of_a_link_is_counted_down(browser: Browser, address: str, file: MakeFile) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.goto(address)
        row = choose(page, file("counted.txt", b"for you"))
        expect_state(row, "Sent")
        link(row)
        page.clock.fast_forward(100_000)
        expect(row.get_by_role("timer")).to_have_text(re.compile(r"ends in 3:(1\d|20)"))
        page.clock.fast_forward(200_000)
        expect(row.get_by_role("timer")).to_have_text("has ended")
        expect(page.get_by_role("status")).to_have_text("The link to counted.txt has ended")


def test_an_expired_link_downloads_nothing(page: Page, row: Locator) -> None:
    class HourAgo(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return super().now(tz) - datetime.timedelta(hours=1)

    with mock.patch("datetime.datetime", HourAgo):
        ended = link(row)
    answer = page.request.get(ended)
    assert answer.status == 403
    assert "expired" in answer.text()
    assert page.request.get(link(row)).text() == "for you"


def test_a_link_can_be_copied(page: Page, row: Locator) -> None:
    url = link(row)
    button(row, "Copy").click()
    expect(button(row, "Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == url


def test_the_keyboard_alone_sends_and_shares(page: Page, file: MakeFile) -> None:
    # The listener is added early: the browser may report the dialog later than a key.
    page.on("filechooser", lambda _: None)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Choose files to send")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(file("typed.txt", b"for you"))
    row = page.locator("li.upload")
    expect_state(row, "Sent")
    page.keyboard.press("Tab")
    expect(row.get_by_label("Link that lives")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row.get_by_role("timer")).to_contain_text("ends in 59:5")
    for focused in (row.get_by_label("Link to"), button(row, "Copy"), row.get_by_role("link", name="Download")):
        page.keyboard.press("Tab")
        expect(focused).to_be_focused()


def test_screen_readers_learn_what_happens(page: Page, row: Locator) -> None:
    expect(page.get_by_role("status")).to_have_text("shared.txt: Sent, 7 bytes")
    link(row)
    expect(page.get_by_role("list", name="Files")).to_match_aria_snapshot("""
        - list "Files":
          - listitem:
            - text: shared.txt Sent, 7 bytes Link that lives
            - combobox "Link that lives"
            - button "Create link"
            - textbox "Link to shared.txt"
            - button "Copy"
            - link "Download"
            - timer: /ends in \\d:\\d\\d/
    """)


CONTRAST = """([front, back]) => {
    const probe = document.body.appendChild(document.createElement("i"));
    const luminance = (name) => {
        probe.style.color = `var(${name})`;
        const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3)
            .map((x) => (x / 255 <= 0.03928 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_have_the_contrast_that_wcag_asks_for(browser: Browser, address: str, scheme: str) -> None:
    pairs = [("--text", "--ground"), ("--soft", "--ground"), ("--on-main", "--main"), ("--main", "--tint")]
    pairs += [(front, "--card") for front in ("--text", "--soft", "--main", "--good", "--bad")]
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type] # it is one of the three
        page = context.new_page()
        page.goto(address)
        # https://www.w3.org/TR/WCAG22/#contrast-minimum
        assert {pair: ratio for pair in pairs if (ratio := page.evaluate(CONTRAST, pair)) < 4.5} == {}
