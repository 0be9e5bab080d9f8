"""examples/upload_page: the back end alone, with requests that the page does not send."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from fastapi.testclient import TestClient

import backend

KEY = f"uploads/{'0' * 32}/cat.png"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The back end with its default settings."""
    for name, value in {"BUCKET": "holiday", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "s"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with TestClient(backend.create_app()) as client:
        yield client


def upload(client: TestClient, **changed: Any) -> Any:
    answer = client.post("/api/uploads", json={"name": "cat.png", "size": 1, "content_type": "image/png", **changed})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("size", "how", "part_bytes"),
    [
        (0, "form", None),
        (10_000_000, "form", None),
        (10_000_001, "put", None),
        (5_000_000_000, "put", None),
        (5_000_000_001, "multipart", 16 * 2**20),
    ],
)
def test_the_size_of_a_file_decides_how_it_is_uploaded(
    client: TestClient, size: int, how: str, part_bytes: int | None
) -> None:
    ticket = upload(client, size=size)
    assert (ticket["how"], ticket.get("part_bytes")) == (how, part_bytes)


@pytest.mark.usefixtures("client")
def test_no_file_has_more_parts_than_s3_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAX_BYTES", str(5 * 2**40))
    with TestClient(backend.create_app()) as generous:
        size = 5 * 2**40
        assert -(-size // upload(generous, size=size)["part_bytes"]) == 10_000


def test_urls_are_for_the_buckets_own_host_and_sigv4(client: TestClient) -> None:
    split = urlsplit(upload(client, size=20_000_000)["url"])
    assert split.netloc == "holiday.s3.eu-central-1.amazonaws.com"
    assert parse_qs(split.query)["X-Amz-SignedHeaders"] == ["content-length;content-type;host"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("cat.png", "cat.png"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("a\\b\r\n\x00.png", "a_b___.png"),
        ("\u202egnp.exe", "_gnp.exe"),
        ("ü" * 150 + ".png", "ü" * 100),
    ],
)
def test_a_file_keeps_its_name_below_a_folder_with_a_random_name(client: TestClient, name: str, kept: str) -> None:
    keys = [upload(client, name=name)["key"] for _ in range(2)]
    folders, names = zip(*(key.rsplit("/", 1) for key in keys), strict=True)
    assert names == (kept, kept)
    assert len(set(folders)) == 2


@pytest.mark.parametrize(
    "key", ["cat.png", "private/cat.png", f"uploads/{'0' * 31}/cat.png", f"{KEY}/other", f"uploads/{'0' * 32}/", ""]
)
def test_nothing_is_signed_for_a_key_that_the_page_did_not_make(client: TestClient, key: str) -> None:
    for path, body in (
        ("/api/links", {"key": key, "expires_in": 300}),
        ("/api/steps", {"step": "abort", "key": key, "upload_id": "x"}),
    ):
        answer = client.post(path, json=body)
        assert answer.status_code == 422
        assert "X-Amz-Signature" not in answer.text


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/links", {"key": KEY, "expires_in": 299}),
        ("/api/links", {"key": KEY, "expires_in": 10**9}),
        ("/api/steps", {"step": "copy", "key": KEY, "upload_id": "x"}),
        ("/api/steps", {"step": "abort", "key": KEY, "upload_id": ""}),
        ("/api/steps", {"step": "part", "key": KEY, "upload_id": "x", "number": 10_001}),
        ("/api/steps", {"step": "part", "key": KEY, "upload_id": "x", "number": 0}),
        ("/api/uploads", {"name": "", "size": 1}),
        ("/api/uploads", {"name": "a", "size": -1}),
    ],
)
def test_what_is_not_offered_is_refused(client: TestClient, path: str, body: dict[str, Any]) -> None:
    assert client.post(path, json=body).status_code == 422


def test_a_link_says_under_which_name_the_file_is_saved(client: TestClient) -> None:
    key = upload(client, name="Zürich \"1\"; x='y'.png")["key"]
    url = client.post("/api/links", json={"key": key, "expires_in": 300}).json()["url"]
    [disposition] = parse_qs(urlsplit(url).query)["response-content-disposition"]
    kind, name = disposition.split("; filename*=UTF-8''")
    assert (kind, unquote(name)) == ("attachment", "Zürich \"1\"; x='y'.png")


def test_without_a_bucket_the_back_end_says_what_to_set() -> None:
    with pytest.raises(ValueError, match="BUCKET must name the bucket"):
        backend.create_app()
