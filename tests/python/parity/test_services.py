"""Requests to any service are signed as botocore's signers sign them, byte for byte."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st
from time_machine import travel

import presigned

from .case import ACCESS_KEY, INSTANT, SECRET_KEY

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
TOKEN = "FwoGZXIvYXdzEB0aDKt+/=" * 9
HOST = "https://search-cats.eu-central-1.es.amazonaws.com"
REGION = "eu-central-1"
Signs = Callable[..., Any]
KINDS: dict[tuple[str, bool], Signs] = {
    ("query", False): auth.SigV4QueryAuth,
    ("query", True): auth.S3SigV4QueryAuth,
    ("header", False): auth.SigV4Auth,
    ("header", True): auth.S3SigV4Auth,
}


def signed(kind: str, service: str, token: str | None, method: str, url: str, **more: Any) -> AWSRequest:
    """The request as botocore signs it."""
    request = AWSRequest(method, url, headers=more.get("headers"), data=more.get("body", b""))
    arguments = {"expires": more["expires_in"]} if "expires_in" in more else {}
    signer = KINDS[kind, service == "s3"](Credentials(ACCESS_KEY, SECRET_KEY, token), service, REGION, **arguments)
    signer.add_auth(request)
    return request


def same_url(service: str, token: str | None, method: str, url: str, **more: Any) -> str:
    """The URL of presigned, which must be botocore's."""
    with travel(INSTANT, tick=False):
        keys = (ACCESS_KEY, SECRET_KEY, token)
        ours = presigned.presign_url(method, url, service=service, region=REGION, credentials=keys, **more)
        assert ours == presigned.Signer(service, REGION, keys).presign_url(method, url, **more)
        assert ours == signed("query", service, token, method, url, **more).url
    return ours


def same_headers(service: str, token: str | None, method: str, url: str, **more: Any) -> dict[str, str]:
    """The headers of presigned, which must be botocore's."""
    with travel(INSTANT, tick=False):
        keys = (ACCESS_KEY, SECRET_KEY, token)
        ours = presigned.sign(method, url, service=service, region=REGION, credentials=keys, **more)
        assert ours == presigned.Signer(service, REGION, keys).sign(method, url, **more)
        theirs = signed("header", service, token, method, url, **more)
    assert [*ours.items()] == [*theirs.headers.items()]
    return ours


URLS = [
    f"{HOST}/",
    HOST,
    f"{HOST}?a=1",
    f"{HOST}/a/../b//c/./d/",
    f"{HOST}/runtimes/arn%3Aaws%3Abedrock/ws?qualifier=A%2fB",
    f"{HOST}/~a!$&'()*+,;=:@%7E",
    "https://user:pw@DB.Example.COM:5432/?Action=connect&DBUser=jane%20doe",
    "https://db.example.com:443/?x",
    "http://db.example.com:80/",
    "http://db.example.com:443/?a=1&&b=2",
    "https://[FE80::1]:8443/",
    "HTTPS://h/",
    f"{HOST}/?q=a+b%2bc%zz%C3%A9é&=v&k=a=b&X-Amz-Target=t&X-Amz-ChannelARN=arn&a&A&~b",
    f"{HOST}/?X-Amz-ClientId=z&X-Amz-D=1&zz=2&a=%20",
]

HEADERS: list[Mapping[str, str]] = [
    {},
    {"x-k8s-aws-id": "cluster"},
    {"X-Custom": "  a \u3000  b  ", "x-other": "é"},
    {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
    {"Content-Type": "application/json", "User-Agent": "me", "Connection": "close"},
    {"Host": "other.example.com"},
    {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"},
]


@pytest.mark.parametrize("service", ["es", "s3"])
@pytest.mark.parametrize("token", [None, TOKEN, ""])
@pytest.mark.parametrize("url", URLS)
def test_a_url_is_botocores(url: str, token: str | None, service: str) -> None:
    if service == "s3" and url.startswith((f"{HOST}?", "https://h?")):
        return
    if service == "s3" and url == HOST:
        # See S4 of COMPATIBILITY.md.
        return
    same_url(service, token, "GET", url)
    same_url(service, token, "post", url, expires_in=604800)


@pytest.mark.parametrize("service", ["es", "s3"])
@pytest.mark.parametrize("headers", HEADERS)
def test_the_headers_of_a_url_are_signed_as_botocore_signs_them(headers: Mapping[str, str], service: str) -> None:
    same_url(service, TOKEN, "PUT", f"{HOST}/a?b=c", headers=headers)


@pytest.mark.parametrize("service", ["es", "s3"])
@pytest.mark.parametrize("body", [b"", b"\0\xff", b"Action=GetCallerIdentity"])
@pytest.mark.parametrize("url", [url for url in URLS if url.isascii() and url not in (HOST, f"{HOST}?a=1")])
def test_a_header_signature_is_botocores(url: str, body: bytes, service: str) -> None:
    for token in (None, TOKEN, ""):
        same_headers(service, token, "POST", url, body=body)


@pytest.mark.parametrize("service", ["es", "s3"])
@pytest.mark.parametrize(
    "headers",
    [
        *HEADERS[:-1],
        {"date": "yesterday", "A": "b"},
        {"Authorization": "no", "x-amz-date": "no", "Range": "bytes=0-1"},
        {"x-amz-security-token": "another", "Date": "x", "X-Amz-Date": "y"},
    ],
)
def test_given_headers_are_signed_as_botocore_signs_them(headers: Mapping[str, str], service: str) -> None:
    for token in (None, TOKEN):
        same_headers(service, token, "PUT", f"{HOST}/a?b=c&a=d&a=c", headers=headers, body=b"body")


def test_a_given_hash_of_the_body_is_signed_as_botocore_signs_it() -> None:
    given = {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}
    same_headers("es", None, "PUT", f"{HOST}/a", headers=given, body=b"body")


SEGMENTS = st.text("ab.~-_%4/;=+:@,!", max_size=12)


@given(
    path=SEGMENTS,
    names=st.lists(st.text("Xx-Amz%+&=é 4", min_size=1, max_size=8), max_size=5),
    values=st.lists(st.text("az%+=4é ~/", max_size=8), min_size=5, max_size=5),
    headers=st.dictionaries(st.text("xyz-", min_size=1, max_size=5), st.text("a b\u00a0é,", max_size=9), max_size=3),
    service=st.sampled_from(["es", "s3"]),
    token=st.sampled_from([None, TOKEN]),
)
def test_any_url_is_signed_as_botocore_signs_it(
    path: str, names: list[str], values: list[str], headers: dict[str, str], service: str, token: str | None
) -> None:
    query = "&".join(f"{name}={value}" for name, value in zip(names, values, strict=False))
    url = f"{HOST}/{path}?{query}" if query else f"{HOST}/{path}"
    parsed = auth.parse_qs(auth.urlsplit(url).query, keep_blank_values=True)
    if all(len(found) == 1 for found in parsed.values()):
        same_url(service, token, "GET", url, headers=headers)
    if query.isascii() and " " not in query:
        same_headers(service, token, "GET", url, headers=headers)


# The lines of COMPATIBILITY.md about requests to any service.


def test_repeated_parameters_are_kept() -> None:
    url = f"{HOST}/?x=2&x=1&y"
    keys = (ACCESS_KEY, SECRET_KEY)
    with travel(INSTANT, tick=False):
        theirs = str(signed("query", "es", None, "GET", url).url)
        ours = presigned.presign_url("GET", url, service="es", region=REGION, credentials=keys)
        assert "?x=2&y=&X-Amz-Algorithm" in theirs
        assert "?x=2&x=1&y=&X-Amz-Algorithm" in ours
        assert presigned.verify(ours, keys)
        assert presigned.verify(f"{HOST}/?x=2&x=1&y=&{theirs.partition('y=&')[2]}", keys).reason == "signature"


def test_a_websocket_is_signed_as_its_http_request() -> None:
    keys = (ACCESS_KEY, SECRET_KEY)
    with travel(INSTANT, tick=False):
        for ours, http in (("wss://h:443/mqtt", "https://h:443/mqtt"), ("ws://h:80/a", "http://h:80/a")):
            made = presigned.presign_url("GET", ours, service="iotdevicegateway", region=REGION, credentials=keys)
            theirs = str(signed("query", "iotdevicegateway", None, "GET", http).url)
            assert made.partition("?")[0] == ours
            assert made.partition("?")[2] == theirs.partition("?")[2]
            # botocore signs the port, which clients leave out.
            assert (
                made.partition("?")[2]
                != str(signed("query", "iotdevicegateway", None, "GET", ours).url).partition("?")[2]
            )


@pytest.mark.parametrize(
    "url",
    [
        "h/p",
        "ftp://h/",
        "https:///",
        "https://h/a b",
        "https://h/\u00e9",
        "https://h/#a",
        "https://h/?\n",
        "https://h:x/",
    ],
)
def test_a_url_that_cannot_be_sent_as_it_is_signed_is_refused(url: str) -> None:
    for function in (presigned.presign_url, presigned.sign):
        with pytest.raises(presigned.exceptions.ParamValidationError, match="parameter url"):
            function("GET", url, service="es", region=REGION, credentials=(ACCESS_KEY, SECRET_KEY))


def test_a_signed_url_is_not_signed_again() -> None:
    keys = (ACCESS_KEY, SECRET_KEY)
    url = presigned.presign_url("GET", HOST, service="es", region=REGION, credentials=keys)
    with pytest.raises(presigned.exceptions.ParamValidationError, match="parameter url: it has X-Amz-Algorithm"):
        presigned.presign_url("GET", url, service="es", region=REGION, credentials=keys)


def test_an_empty_path_of_s3_is_signed_as_a_slash() -> None:
    keys = (ACCESS_KEY, SECRET_KEY)
    with travel(INSTANT, tick=False):
        ours = presigned.presign_url("GET", f"{HOST}?a=1", service="s3", region=REGION, credentials=keys)
        assert presigned.verify(ours.replace("?", "/?"), keys)
        theirs = str(signed("query", "s3", None, "GET", f"{HOST}?a=1").url)
        assert presigned.verify(theirs.replace("?", "/?"), keys).reason == "signature"
        assert ours.rpartition("&")[0] == theirs.rpartition("&")[0]


def test_a_given_hash_of_the_body_is_signed_for_s3_too() -> None:
    given = {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}
    with travel(INSTANT, tick=False):
        ours = presigned.sign(
            "PUT", f"{HOST}/a", service="s3", region=REGION, headers=given, credentials=(ACCESS_KEY, SECRET_KEY)
        )
        theirs = signed("header", "s3", None, "PUT", f"{HOST}/a", headers=given)
    assert ours["X-Amz-Content-SHA256"] == "UNSIGNED-PAYLOAD"
    assert theirs.headers["X-Amz-Content-SHA256"] == EMPTY


# What botocore has no counterpart for.


def test_the_token_is_where_it_is_asked_for() -> None:
    keys = (ACCESS_KEY, SECRET_KEY, TOKEN)
    with travel(INSTANT, tick=False):
        signer = presigned.Signer("iotdevicegateway", REGION, keys)
        bare = signer.presign_url("GET", "wss://h/mqtt", token="omitted")
        assert bare == presigned.Signer("iotdevicegateway", REGION, keys[:2]).presign_url("GET", "wss://h/mqtt")
        after = signer.presign_url("GET", "wss://h/mqtt", token="after", unsigned_query={"a b": "c/d"})
        assert after == f"{bare}&X-Amz-Security-Token={auth.quote(TOKEN, safe='')}&a%20b=c%2Fd"
        inside = signer.presign_url("GET", "wss://h/mqtt")
        assert inside.rpartition("&X-Amz-Signature=")[0].endswith(f"&X-Amz-Security-Token={auth.quote(TOKEN, safe='')}")


@pytest.mark.parametrize("lifetime", [0, -1, 604801, 1.5, "x", "-1", None, True, 10**30, datetime.timedelta(days=8)])
def test_a_lifetime_that_is_refused_is_named(lifetime: Any) -> None:
    with pytest.raises(presigned.exceptions.ParamValidationError, match="parameter expires_in"):
        presigned.presign_url(
            "GET", HOST, service="es", region=REGION, credentials=(ACCESS_KEY, SECRET_KEY), expires_in=lifetime
        )


@pytest.mark.parametrize("lifetime", [60, 60.0, "60", datetime.timedelta(minutes=1)])
def test_a_lifetime_may_be_of_several_types(lifetime: Any) -> None:
    signer = presigned.Signer("es", REGION, (ACCESS_KEY, SECRET_KEY))
    assert "&X-Amz-Expires=60&" in signer.presign_url("GET", HOST, expires_in=lifetime)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("method", ""), ("method", "GET\n"), ("service", ""), ("service", "a/b"), ("service", 5),
        ("headers", {"a": 1}), ("headers", {"a": "\n"}), ("headers", [("a",)]), ("headers", 5),
        ("headers", [5]), ("headers", "abc"), ("unsigned_query", {"a": None}),
        ("unsigned_query", {"X-Amz-Signature": "x"}), ("token", "before"),
    ],
)  # fmt: skip
def test_an_argument_that_is_refused_is_named(name: str, value: Any) -> None:
    arguments: dict[str, Any] = {
        "method": "GET", "url": HOST, "service": "es", "region": REGION, "credentials": (ACCESS_KEY, SECRET_KEY),
    }  # fmt: skip
    with pytest.raises(presigned.exceptions.ParamValidationError, match=name.removesuffix("s")):
        presigned.presign_url(**{**arguments, name: value})


@pytest.mark.parametrize("region", ["", "a/b", "a b", None, 5])
def test_a_region_that_cannot_be_one_is_refused(region: Any) -> None:
    with pytest.raises(presigned.exceptions.InvalidRegionError):
        presigned.Signer("es", region, (ACCESS_KEY, SECRET_KEY))


def test_a_body_may_be_a_string_and_nothing_but_bytes_else() -> None:
    signer = presigned.Signer("es", REGION, (ACCESS_KEY, SECRET_KEY))
    with travel(INSTANT, tick=False):
        assert signer.sign("POST", HOST, body="é") == signer.sign("POST", HOST, body=bytearray("é".encode()))
    with pytest.raises(presigned.exceptions.ParamValidationError, match="parameter body"):
        signer.sign("POST", HOST, body={"a": 1})  # type: ignore[arg-type]
