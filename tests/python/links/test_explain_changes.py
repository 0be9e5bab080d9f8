"""With the keys, `explain` finds what was changed between signing and sending, without an answer of the server."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import presigned
from presigned._links import links, signing
from presigned._links.received import Received, read
from presigned._links.search import MOST_SIGNATURES

from . import making
from .making import KEYS, NOW, TEMPORARY, TOKEN

KEY = "dir/a b+c/ü%25.txt"
LINK = making.link(Key=KEY)
PUT = making.link("put_object", Key=KEY, ContentType="image/png")
OLD = making.link(s3=making.client(signature="s3"), Key=KEY)
WITH_TOKEN = making.link(s3=making.client(token=TOKEN, access_key=TEMPORARY[0]))
PLACE, _, QUERY = LINK.partition("?")
TYPE = {"Content-Type": "image/png"}


def explained(request: Any, credentials: Any = KEYS, **arguments: Any) -> presigned.Explanation:
    return presigned.explain(request, credentials=credentials, now=NOW, **arguments)


def codes(request: Any, credentials: Any = KEYS, **arguments: Any) -> list[str]:
    return [cause.code for cause in explained(request, credentials, **arguments).causes]


@pytest.mark.parametrize("url", [LINK, OLD])
@pytest.mark.parametrize("method", ["HEAD", "PUT", "POST", "DELETE"])
def test_the_method_that_was_signed_is_named(url: str, method: str) -> None:
    found = explained(url, method=method)
    assert found.signature_fits is False
    assert [cause.code for cause in found.causes][:1] == ["method"]
    assert found.causes[0].evidence == f"The signature fits GET, and the request is {method}."


@pytest.mark.parametrize(
    "path",
    [
        quote("/" + KEY).replace("%", "%25"),
        "/dir/a+b%2Bc/%C3%BC%2525.txt",
        "/s3" + quote("/" + KEY),
        "/api/files" + quote("/" + KEY),
        quote("/" + KEY) + "%0A",
        quote("/" + KEY) + "/",
        quote("/dir//a b+c/ü%25.txt"),
        quote("/dir/a b+c/u\u0308%25.txt"),
    ],
)
def test_a_path_that_changed_on_its_way_is_found(path: str) -> None:
    [cause] = explained(f"{PLACE[: PLACE.index('/', 8)]}{path}?{QUERY}").causes
    assert cause.code == ("host" if path.startswith(("/s3/", "/api/")) else "key_encoding")


@pytest.mark.parametrize("key", ["a%20b.txt", "a//b.txt", "//a", "a b.txt\n", "a.txt ", "folder/", "a+b", "e\u0301"])
def test_a_key_that_its_sender_tidied_is_found(key: str) -> None:
    url = making.link(Key=key)
    place, _, query = url.partition("?")
    origin, path = place[: place.index("/", 8)], place[place.index("/", 8) :]
    tidied = {
        "a%20b.txt": "/a%20b.txt", "a//b.txt": "/a/b.txt", "//a": "//a", "a b.txt\n": "/a%20b.txt", "a.txt ": "/a.txt",
        "folder/": "/folder", "a+b": "/a%20b", "e\u0301": "/%C3%A9",
    }[key]  # fmt: skip
    assert path != tidied
    assert codes(f"{origin}{tidied}?{query}") == ["key_encoding"]


@pytest.mark.parametrize(
    "query",
    [
        f"{QUERY}&utm_source=mail&utm_medium=link",
        f"{QUERY}&download=1",
        f"fbclid=abc&{QUERY}",
        f"{QUERY}&x-id=GetObject&a=b",
        QUERY.replace("&", "&amp;"),
        QUERY.replace("%2F", "%252F"),
        QUERY.replace("Expires=3600", "Expires=604800"),
    ],
)
def test_a_query_that_changed_is_found(query: str) -> None:
    found = codes(f"{PLACE}?{query}")
    assert found[0] == "query_changed"
    assert "cut_off" not in found


def test_a_parameter_that_is_there_twice_is_found() -> None:
    [cause] = explained(making.link(VersionId="v") + "&versionId=v").causes
    assert (cause.code, "twice" in cause.evidence) == ("query_changed", True)


def test_values_of_the_query_that_were_encoded_again_are_found() -> None:
    url = making.link(ResponseContentDisposition="attachment; a+b")
    assert "attachment%3B%20a%2Bb" in url
    for sent in ("attachment%3B%20a+b", "attachment%253B%2520a%252Bb"):
        assert codes(url.replace("attachment%3B%20a%2Bb", sent))[0] == "query_changed"
    # In a query, a plus sign is a space.
    assert explained(url.replace("attachment%3B%20a%2Bb", "attachment;+a%2bb")).signature_fits


def test_an_order_that_changed_is_no_fault() -> None:
    found = explained(f"{PLACE}?{'&'.join(sorted(QUERY.split('&')))}")
    assert found.signature_fits is True


@pytest.mark.parametrize("known", ["photos.s3.amazonaws.com", "https://photos.s3.amazonaws.com/", "http://minio:9000"])
def test_the_host_that_was_signed_is_found_among_those_that_are_known(known: str) -> None:
    endpoint = "http://minio:9000" if "minio" in known else None
    url = making.link(s3=making.client(endpoint=endpoint))
    host = url.partition("://")[2].partition("/")[0]
    sent = url.replace(host, "files.example.com")
    [cause] = explained(sent, hosts=["one.example.com", known]).causes
    assert cause.code == "host"
    assert host in cause.evidence
    assert codes(sent)[0] == "no_fit"


@pytest.mark.parametrize(
    ("endpoint", "style", "before", "after"),
    [
        ("http://localhost:9000", "path", "localhost:9000", "localhost"),
        ("http://localhost:8443", "path", "localhost:8443", "localhost:9000"),
        ("http://localhost", "path", "localhost", "localhost:8080"),
        (None, "auto", "photos.s3.amazonaws.com", "photos.s3.eu-central-1.amazonaws.com"),
        (None, "virtual", "photos.s3.eu-central-1.amazonaws.com", "photos.s3.amazonaws.com"),
        (None, "path", "s3.eu-central-1.amazonaws.com/photos", "photos.s3.eu-central-1.amazonaws.com"),
        (None, "virtual", "photos.s3.eu-central-1.amazonaws.com", "s3.eu-central-1.amazonaws.com/photos"),
        ("http://s3.test:9000", "virtual", "photos.s3.test:9000", "s3.test:9000/photos"),
        ("http://s3.test:9000", "path", "s3.test:9000/photos", "photos.s3.test:9000"),
    ],
)
def test_other_ports_and_styles_are_tried(endpoint: str | None, style: str, before: str, after: str) -> None:
    url = making.link(s3=making.client(endpoint=endpoint, style=style))
    assert before in url
    hosts = ["localhost:8443"] if "8443" in before else []
    assert codes(url.replace(before, after), hosts=hosts) == ["host"]


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({}, "and it was not sent"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, "'application/x-www-form-urlencoded'"),
        ({"Content-Type": "image/png; charset=utf-8"}, "'image/png; charset=utf-8'"),
    ],
)
def test_the_content_type_that_was_signed_is_found(headers: dict[str, str], words: str) -> None:
    [cause] = explained(PUT, method="PUT", headers=headers).causes
    assert cause.code == "content_type"
    assert "content-type: 'image/png'" in cause.evidence
    assert words in cause.evidence


def test_headers_that_are_not_known_are_said_to_be_so() -> None:
    [cause] = explained(PUT, method="PUT").causes
    assert cause.code == "content_type"
    assert "what was sent is not known" in cause.evidence


def test_a_content_type_that_sigv2_did_not_sign_is_found() -> None:
    url = making.link("put_object", s3=making.client(signature="s3"))
    assert codes(url, method="PUT", headers=TYPE)[0] == "content_type"
    assert explained(url, method="PUT", headers={}).signature_fits


def test_other_headers_are_found_where_they_have_a_usual_value() -> None:
    url = making.link("put_object", ACL="public-read", ServerSideEncryption="AES256")
    sent = {"x-amz-acl": "private", "x-amz-server-side-encryption": "AES256"}
    assert codes(url, method="PUT", headers=sent) == ["headers_missing"]


def test_tokens_that_were_removed_or_added_are_found() -> None:
    query = WITH_TOKEN.partition("?")[2].split("&")
    without = "&".join(pair for pair in query if not pair.startswith("X-Amz-Security-Token"))
    assert codes(f"{WITH_TOKEN.partition('?')[0]}?{without}", TEMPORARY)[0] == "token_missing"
    assert codes(f"{LINK}&X-Amz-Security-Token={quote(TOKEN, safe='')}")[0] == "query_changed"


def test_a_payload_that_was_hashed_is_found() -> None:
    received = read(LINK.rpartition("&")[0])
    assert isinstance(received, Received)
    signature = links.of_query(received.parameters())
    assert signature.scope is not None
    canonical = signing.canonical_request(received, ("host",), signing.EMPTY_PAYLOAD, is_s3=True)
    text = signing.string_to_sign(canonical, "20260102T030405Z", signature.scope)
    key = signing.signing_key(KEYS[1], signature.scope)
    assert codes(f"{LINK.rpartition('&')[0]}&X-Amz-Signature={signing.sigv4(key, text)}") == ["payload"]


@pytest.mark.parametrize(
    "secret",
    [f"{KEYS[1]}\n", f" {KEYS[1]}", f"{KEYS[1]} ", f'"{KEYS[1]}"', quote(KEYS[1], safe=""), KEYS[1].replace("+", " "),
     KEYS[1][:-1], KEYS[1].replace("/", "\\/"), KEYS[1] + "\r\n"],
)  # fmt: skip
def test_a_secret_that_was_mangled_where_the_link_is_made_is_found(secret: str) -> None:
    s3 = presigned.client("s3", "eu-central-1", credentials=lambda: (KEYS[0], secret))
    [cause] = explained(making.link(s3=s3)).causes
    assert cause.code == "secret"
    assert KEYS[1] not in str(cause)


def test_two_changes_are_found() -> None:
    assert codes(PUT, method="POST", headers={"Content-Type": "text/plain"}) == ["method", "content_type"]
    assert {*codes(LINK.replace("/dir", "/s3/dir") + "&utm_source=x")} == {"host", "query_changed"}
    assert {*codes(LINK.replace("photos.s3", "x.s3"), method="HEAD", hosts=["photos.s3.amazonaws.com"])} == {
        "method",
        "host",
    }


def test_what_does_not_fit_is_said_with_the_number_of_signatures() -> None:
    found = explained(LINK, (KEYS[0], "quite another"))
    assert found.causes[0].code == "no_fit"
    assert found.signature_fits is False
    assert str(found.tried) in str(found)
    assert 500 < found.tried <= MOST_SIGNATURES


def test_a_search_ends() -> None:
    many = "&".join(f"p{number}=%20+" for number in range(80))
    found = explained(f"{LINK}&{many}", (KEYS[0], "quite another"), hosts=[f"h{number}" for number in range(300)])
    assert found.tried == MOST_SIGNATURES
    assert "the most that are tried" in str(found)


def test_what_fits_is_said_to_fit() -> None:
    for url, method, headers in ((LINK, "GET", {}), (PUT, "PUT", TYPE), (OLD, "GET", {})):
        found = explained(url, method=method, headers=headers)
        assert (found.signature_fits, found.tried) == (True, 1)
        assert "fits the request and the credentials" in str(found)
    virtual = making.client(signature="s3", style="virtual", endpoint="http://s3.test:9000")
    assert explained(making.link(s3=virtual)).signature_fits


def test_other_credentials_are_named() -> None:
    found = explained(LINK, ("AKIDOTHER", "secret"))
    assert (found.causes[0].code, found.signature_fits, found.tried) == ("access_key", None, 0)


def test_nothing_secret_is_shown() -> None:
    signature = WITH_TOKEN.rpartition("=")[2]
    for url in (WITH_TOKEN, WITH_TOKEN.replace("&", "&amp;"), WITH_TOKEN + "&a=b", unquote(WITH_TOKEN)):
        for keys in (TEMPORARY, (TEMPORARY[0], KEYS[1] + "\n", TOKEN), (TEMPORARY[0], "other-secret-key", "t")):
            found = explained(url, keys, method="PUT")
            for shown in (str(found), repr(found)):
                assert not any(
                    one in shown for one in (signature, TOKEN, quote(TOKEN, safe=""), KEYS[1], "other-secret")
                )


@given(st.text(max_size=20), st.sampled_from(["GET", "get", "", "PROPFIND", "é"]))
def test_any_link_has_an_explanation(text: str, method: str) -> None:
    for url in (f"https://a/{text}?X-Amz-Algorithm=AWS4-HMAC-SHA256&{text}", f"{PLACE}?{QUERY}{text}"):
        assert str(presigned.explain(url, method=method, now=NOW))


@pytest.mark.parametrize("more", ["&" + "&".join(f"p{number}=1" for number in range(3000)), ""])
def test_a_huge_link_is_not_searched(more: str) -> None:
    link = f"{LINK}{more}" if more else LINK.replace(".com/", f".com/{'c%20' * 3000}")
    assert explained(link, KEYS).tried == 1
