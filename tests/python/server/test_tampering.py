"""A presigned URL opens what it was signed for and nothing else: each of its parts is changed, and refused."""

from urllib.parse import urlsplit

import pytest

from .servers import HOST_PORT, UNSIGNED_HEADERS, Server
from .wire import BODY, Presign, Send

# A GET with everything in the query that a GET can have.
PARAMS = {"ResponseContentType": "text/plain", "ResponseContentDisposition": "attachment; filename=a.txt"}
# Every parameter of such a URL, and a value that is as well formed as the signed one.
CHANGES = {
    "response-content-type": "text/html",
    "response-content-disposition": "inline",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA512",
    "X-Amz-Credential": "AKNOBODY000000000000%2F20260102%2Fus-east-1%2Fs3%2Faws4_request",
    "X-Amz-Date": "20260102T030405Z",
    "X-Amz-Expires": "3601",
    "X-Amz-SignedHeaders": "content-type%3Bhost",
    "X-Amz-Signature": "0" * 64,
}


@pytest.fixture
def url(presign: Presign, fetch: Send, stored: str) -> str:
    """A URL that is accepted: only so does a refusal below mean something."""
    signed = presign("get_object", Key=stored, **PARAMS)
    assert fetch("GET", signed).body == BODY
    return signed


def pairs(url: str) -> list[tuple[str, str]]:
    """The query's names and values, still encoded, in order."""
    return [(name, value) for name, _, value in (pair.partition("=") for pair in urlsplit(url).query.split("&"))]


def with_query(url: str, query: list[tuple[str, str]]) -> str:
    """The URL with another query."""
    return url.partition("?")[0] + "?" + "&".join(f"{name}={value}" for name, value in query)


def test_the_table_names_every_parameter_of_the_url(url: str) -> None:
    assert [name for name, _ in pairs(url)] == list(CHANGES)


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_parameter_is_refused(name: str, url: str, fetch: Send) -> None:
    changed = with_query(url, [(given, CHANGES[name] if given == name else value) for given, value in pairs(url)])
    assert changed != url
    assert fetch("GET", changed).status in {400, 403}


@pytest.mark.parametrize("name", CHANGES)
def test_a_removed_parameter_is_refused(name: str, url: str, fetch: Send) -> None:
    removed = with_query(url, [pair for pair in pairs(url) if pair[0] != name])
    assert removed != url
    assert fetch("GET", removed).status in {400, 403}


@pytest.mark.parametrize("added", ["versionId=null", "response-expires=0", "x-id=GetObject", "a"])
def test_an_added_parameter_is_refused(added: str, url: str, fetch: Send) -> None:
    assert fetch("GET", f"{url}&{added}").code == "SignatureDoesNotMatch"


@pytest.mark.parametrize("part", ["date", "region", "service", "end"])
def test_another_credential_scope_is_refused(part: str, url: str, fetch: Send) -> None:
    # The key was derived for the scope that was signed.
    scope = dict(pairs(url))["X-Amz-Credential"].split("%2F")
    scope[["date", "region", "service", "end"].index(part) + 1] = {
        "date": "20260102",
        "region": "eu-west-1",
        "service": "sqs",
        "end": "aws5_request",
    }[part]
    changed = "%2F".join(scope)
    query = [(name, changed if name == "X-Amz-Credential" else value) for name, value in pairs(url)]
    assert fetch("GET", with_query(url, query)).status in {400, 403}


def test_every_digit_of_the_signature_counts(url: str, fetch: Send) -> None:
    start = url.index("X-Amz-Signature=") + len("X-Amz-Signature=")
    for position in (0, 31, 63):
        other = "0" if url[start + position] != "0" else "1"
        forged = url[: start + position] + other + url[start + position + 1 :]
        assert fetch("GET", forged).code == "SignatureDoesNotMatch"


def test_the_order_of_the_parameters_does_not_count(url: str, fetch: Send) -> None:
    # The control of this file: what is not tampered with, however it looks, is accepted.
    assert fetch("GET", with_query(url, pairs(url)[::-1])).body == BODY


@pytest.mark.parametrize("change", ["/x", "%20", "a"])
def test_another_key_is_refused(change: str, url: str, fetch: Send) -> None:
    path, _, query = url.partition("?")
    assert fetch("GET", f"{path}{change}?{query}").code == "SignatureDoesNotMatch"


def test_another_bucket_is_refused(
    url: str, presign: Presign, fetch: Send, bucket: str, other_bucket: str, stored: str
) -> None:
    assert fetch("PUT", presign("put_object", Bucket=other_bucket, Key=stored), b"secret").status == 200
    assert fetch("GET", url.replace(f"/{bucket}/", f"/{other_bucket}/")).code == "SignatureDoesNotMatch"


def test_the_query_of_one_key_does_not_open_another(presign: Presign, url: str, fetch: Send, key: str) -> None:
    assert fetch("PUT", presign("put_object", Key=f"{key}-secret"), b"secret").status == 200
    other = presign("get_object", Key=f"{key}-secret", **PARAMS)
    mixed = other.partition("?")[0] + "?" + url.partition("?")[2]
    assert fetch("GET", other).body == b"secret"
    assert fetch("GET", mixed).code == "SignatureDoesNotMatch"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "s3.example.com"])
def test_another_host_is_refused(host: str, server: Server, url: str, fetch: Send) -> None:
    completed = host == server.host and server.does(HOST_PORT)
    assert fetch("GET", url, host=host).status == (200 if completed else 403)


@pytest.mark.parametrize("method", ["HEAD", "PUT", "POST", "DELETE"])
def test_another_method_is_refused(method: str, url: str, fetch: Send) -> None:
    body = b"x" if method in {"PUT", "POST"} else b""
    # A bucket's object takes no POST: some servers say so before they look at the signature.
    refusals = {400, 403, 405, 501} if method == "POST" else {403}
    assert fetch(method, url, body).status in refusals
    assert fetch("GET", url).body == BODY


@pytest.mark.parametrize(("operation", "method"), [("put_object", "PUT"), ("delete_object", "DELETE")])
def test_a_url_that_writes_does_not_read(
    operation: str, method: str, presign: Presign, fetch: Send, stored: str
) -> None:
    url = presign(operation, Key=stored)
    assert fetch("GET", url).code == "SignatureDoesNotMatch"
    assert fetch(method, url).status in {200, 204}


def test_a_signed_header_may_not_be_doubled_or_changed_in_case_of_its_value(
    presign: Presign, fetch: Send, key: str
) -> None:
    url = presign("put_object", Key=key, Metadata={"who": "Me"})
    assert fetch("PUT", url, BODY, {"x-amz-meta-who": "me"}).code == "SignatureDoesNotMatch"
    assert fetch("PUT", url, BODY, {"X-AMZ-META-WHO": "Me"}).status == 200


def test_a_request_with_no_signature_is_refused(url: str, fetch: Send) -> None:
    assert fetch("GET", url.partition("?")[0]).code == "AccessDenied"


def test_an_unsigned_amz_header_is_refused_where_the_server_looks(
    server: Server, presign: Presign, fetch: Send, key: str
) -> None:
    sent = fetch("PUT", presign("put_object", Key=key), BODY, {"x-amz-meta-who": "me"})
    assert sent.status == (200 if server.does(UNSIGNED_HEADERS) else 403)
