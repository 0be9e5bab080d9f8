"""`presigned.attachment`: a Content-Disposition that other parsers read as the name that was meant."""

from __future__ import annotations

import email.message
import email.policy
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import presigned
from presigned.exceptions import ParamValidationError


def read(header: str) -> str | None:
    """The name that the standard library's parser of mail finds, which knows RFC 2231 and so RFC 8187."""
    message = email.message.EmailMessage(policy=email.policy.HTTP)
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
    return message.get_filename()


WRITTEN = {
    "cat.jpg": 'attachment; filename="cat.jpg"',
    "my cat, (1).jpg": 'attachment; filename="my cat, (1).jpg"',
    "Größe.pdf": "attachment; filename=\"Gro_e.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf",
    "日本.txt": "attachment; filename=\"__.txt\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt",
    'a"b.txt': "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt",
    "100%25.txt": "attachment; filename=\"100_25.txt\"; filename*=UTF-8''100%2525.txt",
    # RFC 8187's own characters stay.
    "ü!#$&+-.^_`|~'*": "attachment; filename=\"u!#$&+-.^_`|~'*\"; filename*=UTF-8''%C3%BC!#$&+-.^_`|~%27%2A",
}


@pytest.mark.parametrize(("name", "header"), WRITTEN.items())
def test_a_name_is_written_for_old_and_new_browsers(name: str, header: str) -> None:
    assert presigned.attachment(name) == header


@pytest.mark.parametrize("path", ["reports/2026/cat.jpg", "C:\\me\\cat.jpg", "../../cat.jpg"])
def test_the_name_is_the_last_part_of_a_key(path: str) -> None:
    assert presigned.attachment(path) == presigned.attachment("cat.jpg")


@pytest.mark.parametrize("wrong", ["", " ", "folder/", "a\nb", "a\x7f", "a\x85b", "a\ud800", None, b"cat.jpg"])
def test_what_is_not_a_name_is_refused(wrong: Any) -> None:
    with pytest.raises(ParamValidationError, match="Invalid value for parameter filename"):
        presigned.attachment(wrong)


NAMES = st.text(st.characters(blacklist_categories=["C", "Z"], blacklist_characters="/\\"), min_size=1, max_size=20)


@given(NAMES)
def test_any_name_is_read_back(name: str) -> None:
    header = presigned.attachment(name)
    assert header.isascii()
    assert header.isprintable()
    if "filename*" in header:
        message = email.message.Message()
        message["Content-Disposition"] = header.replace('filename="', 'old="')
        found = message.get_param("filename", header="content-disposition")
        assert isinstance(found, tuple)
        charset, _, value = found
        assert value.encode("latin-1").decode(charset or "") == name if charset else False
    else:
        assert read(header) == name


def test_a_link_carries_it() -> None:
    s3 = presigned.client("s3", "us-east-1", aws_access_key_id="AK", aws_secret_access_key="SK")
    params: Any = {"Bucket": "b", "Key": "k", "ResponseContentDisposition": presigned.attachment("Größe.pdf")}
    query = parse_qs(urlsplit(s3.generate_presigned_url("get_object", params)).query)
    assert query["response-content-disposition"] == [WRITTEN["Größe.pdf"]]
