"""examples/upload_page in Chromium, at a server that verifies: each way to send a file, and what is refused."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from .pages import MIB, MakeFile, Stored, button, choose, expect_state

Asked = list[tuple[str, str]]


@pytest.fixture
def asked(page: Page) -> Asked:
    """Method and URL of each request that the page sends to S3."""
    seen: Asked = []

    def note(request: Request) -> None:
        if "/holiday" in request.url:
            seen.append((request.method, request.url))

    page.on("request", note)
    return seen


def test_a_small_file_goes_by_a_form(page: Page, file: MakeFile, asked: Asked, stored: Stored) -> None:
    expect_state(choose(page, file("small.png", b"p" * 5000)), "Sent, 5.0 kB")
    assert [method for method, _ in asked] == ["POST"]
    got = stored("small.png")
    assert (got["Body"].read(), got["ContentType"]) == (b"p" * 5000, "image/png")


def test_a_larger_file_goes_by_one_put(page: Page, file: MakeFile, asked: Asked, stored: Stored) -> None:
    film = os.urandom(2_000_000)
    expect_state(choose(page, file("film.mp4", film)), "Sent, 2.0 MB")
    assert [method for method, _ in asked] == ["PUT"]
    got = stored("film.mp4")
    assert (got["Body"].read(), got["ContentType"]) == (film, "video/mp4")


def test_a_large_file_goes_in_parts_several_at_a_time(page: Page, file: MakeFile, stored: Stored) -> None:
    open_now: set[Request] = set()
    most = 0

    def began(request: Request) -> None:
        nonlocal most
        if "partNumber=" in request.url and request.method == "PUT":
            open_now.add(request)
            most = max(most, len(open_now))

    page.on("request", began)
    page.on("requestfinished", lambda request: open_now.discard(request))  # noqa: PLW0108 - the same
    content = os.urandom(17 * MIB)
    expect_state(choose(page, file("large.zip", content)), "Sent, 17.8 MB")
    got = stored("large.zip")
    assert (got["Body"].read(), got["ContentType"]) == (content, "application/zip")
    assert got["ETag"].endswith('-4"')
    assert most > 1


def fail_puts(page: Page, part: int, failures: list[Callable[[Route], None]]) -> None:
    """Let the first PUTs of a part fail in these ways. Its preflights pass, whether or not the browser needs one."""

    def answer(route: Route) -> None:
        if route.request.method == "PUT" and failures:
            failures.pop(0)(route)
        else:
            route.continue_()

    page.route(f"**/*partNumber={part}*", answer)


def test_a_part_that_fails_is_sent_again(page: Page, file: MakeFile, asked: Asked, stored: Stored) -> None:
    fail_puts(page, 2, [lambda route: route.abort()])
    fail_puts(page, 3, [lambda route: route.fulfill(status=503)] * 2)
    content = os.urandom(11 * MIB)
    expect_state(choose(page, file("again.zip", content)), "Sent")
    assert sorted(parts(asked)) == ["1", "2", "2", "3", "3", "3"]
    assert stored("again.zip")["Body"].read() == content


def held_at_part_3(page: Page, path: Path) -> Locator:
    """Send a file whose third part does not arrive; wait for the others."""
    page.route("**/*partNumber=3*", lambda _route: None)
    row = choose(page, path)
    expect_state(row, "68 %")
    return row


@pytest.fixture
def large(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A file of four parts. Without the third, 68 % are sent."""
    path = tmp_path / f"{request.node.name[5:]}.zip"
    path.write_bytes(os.urandom(16 * MIB))
    return path


def unfinished(s3: Any, bucket: str, path: Path) -> list[Any]:
    """The unfinished uploads of the file."""
    uploads = s3.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
    return [upload for upload in uploads if upload["Key"].endswith(f"/{path.name}")]


def parts(asked: Asked) -> list[str]:
    return [url.split("partNumber=")[1].split("&")[0] for method, url in asked if method == "PUT"]


def test_a_paused_upload_goes_on_where_it_was(page: Page, large: Path, asked: Asked, stored: Stored) -> None:
    row = held_at_part_3(page, large)
    button(row, "Pause").click()
    expect_state(row, "Paused at 68 %")
    page.unroute("**/*partNumber=3*")
    asked.clear()
    button(row, "Resume").click()
    expect_state(row, "Sent")
    assert parts(asked) == ["3"]
    assert stored(large.name)["Body"].read() == large.read_bytes()


def test_after_the_tab_was_closed_the_same_file_goes_on_where_it_was(
    page: Page, large: Path, asked: Asked, stored: Stored
) -> None:
    held_at_part_3(page, large)
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks whether to leave
    page.reload()
    page.unroute("**/*partNumber=3*")
    asked.clear()
    expect_state(choose(page, large), "Sent")
    assert parts(asked) == ["3"]
    assert stored(large.name)["Body"].read() == large.read_bytes()


def test_an_upload_that_storage_has_forgotten_starts_again(
    page: Page, large: Path, s3: Any, bucket: str, stored: Stored
) -> None:
    row = held_at_part_3(page, large)
    button(row, "Pause").click()
    [upload] = unfinished(s3, bucket, large)
    s3.abort_multipart_upload(Bucket=bucket, Key=upload["Key"], UploadId=upload["UploadId"])
    page.unroute("**/*partNumber=3*")
    button(row, "Resume").click()
    expect_state(row, "Sent")
    assert stored(large.name)["Body"].read() == large.read_bytes()


def test_a_cancelled_upload_leaves_no_parts_behind(page: Page, large: Path, s3: Any, bucket: str) -> None:
    row = held_at_part_3(page, large)
    assert len(unfinished(s3, bucket, large)) == 1
    with page.expect_response(lambda response: response.request.method == "DELETE") as aborted:
        button(row, "Cancel").click()
    assert aborted.value.status == 204
    expect_state(row, "Cancelled")
    assert unfinished(s3, bucket, large) == []


def test_a_connection_that_breaks_can_be_tried_again(page: Page, file: MakeFile, stored: Stored) -> None:
    page.route("**/holiday/uploads/**", lambda route: route.abort(), times=1)
    row = choose(page, file("broken.mp4", b"f" * 200_000))
    expect_state(row, "The connection to storage broke.")
    button(row, "Resume").click()
    expect_state(row, "Sent")
    assert stored("broken.mp4")["ContentLength"] == 200_000


def test_a_file_over_the_limit_is_refused_before_it_is_sent(page: Page, file: MakeFile, asked: Asked) -> None:
    huge = file("huge.zip", b"")
    os.truncate(huge, 40 * MIB + 1)
    row = choose(page, huge)
    expect_state(row, "Files may have up to 41,943,040 bytes; this one has 41,943,041.")
    expect(row.get_by_role("button")).to_have_count(0)
    assert asked == []


def test_a_type_that_is_not_taken_is_refused_before_it_is_sent(page: Page, file: MakeFile, asked: Asked) -> None:
    expect_state(choose(page, file("page.html", b"<p>")), "Files of the type text/html are not taken here.")
    expect_state(
        choose(page, file("thing.nothing", b"?")), "Files of the type application/octet-stream are not taken here."
    )
    assert asked == []


@pytest.mark.parametrize(
    ("size", "announced", "says"),
    [
        (5000, 4999, "the file is larger than was announced"),
        (5000, 5001, "the file is smaller than was announced"),
        (200_000, 199_999, "size or type are not what was announced"),
    ],
)
def test_storage_itself_refuses_another_size(page: Page, file: MakeFile, size: int, announced: int, says: str) -> None:
    def announce(route: Route) -> None:
        asked = route.request.post_data_json
        assert asked is not None
        route.continue_(post_data={**asked, "size": announced})

    page.route("**/api/uploads", announce)
    expect_state(choose(page, file("other.png", bytes(size))), says)


def test_storage_itself_refuses_another_type(page: Page, file: MakeFile) -> None:
    def change(route: Route) -> None:
        response = route.fetch()
        route.fulfill(json={**response.json(), "headers": {"Content-Type": "text/html"}})

    page.route("**/api/uploads", change)
    expect_state(choose(page, file("other.png", bytes(200_000))), "size or type are not what was announced")


def test_what_is_dropped_on_the_page_is_sent(page: Page) -> None:
    files = page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            for (const name of ["one.txt", "two.txt"]) data.items.add(new File([name], name, { type: "text/plain" }));
            return data;
        }"""
    )
    page.dispatch_event("#drop", "dragenter", {"dataTransfer": files})
    expect(page.locator("#drop")).to_have_class("drop over")
    page.dispatch_event("#drop", "drop", {"dataTransfer": files})
    expect(page.locator("#drop")).to_have_class("drop")
    for name in ("one.txt", "two.txt"):
        expect_state(page.locator("li.upload", has_text=name), "Sent, 7 bytes")
