"""`verify` accepts every link that botocore and presigned make, and none that was changed in any byte."""

from __future__ import annotations

import base64
import datetime
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
import time_machine
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import assume, given
from hypothesis import strategies as st

import presigned
from presigned import tokens
from presigned._links import escapes, links

from . import making
from .making import CASES, CLIENTS, KEYS, NOW, TOKEN, Case

#: The bytes that a changed URL may contain.
OTHERS = "aA0/%+&=.-~ "


def named_bucket(url: str, endpoint: str | None) -> str | None:
    """The bucket in the host of another server: SigV2 signs it."""
    return making.BUCKET if endpoint and f"//{making.BUCKET}." in url else None


@pytest.mark.parametrize("arguments", CLIENTS, ids=str)
def test_every_link_of_botocore_and_of_presigned_holds(arguments: tuple[Any, ...]) -> None:
    signature, token, _, endpoint, _ = arguments
    for library in (boto3, presigned):
        s3 = making.client(library, *arguments)
        for case in CASES:
            with time_machine.travel(making.SIGNED_AT, tick=False):
                url = s3.generate_presigned_url(case.operation, case.params)
            # SigV2 has these headers in the query.
            headers = case.headers if signature == "s3v4" else {}
            bucket = named_bucket(url, endpoint)
            found = presigned.verify(url, (*KEYS, token), method=case.method, headers=headers, bucket=bucket, now=NOW)
            assert found, (library.__name__, case, found)
            assert (found.reason, found.access_key_id) == (None, KEYS[0])


@given(key=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), is_v2=st.booleans())
def test_any_key_holds(key: str, is_v2: bool) -> None:
    s3 = making.client(signature="s3" if is_v2 else "s3v4")
    url = making.link(s3=s3, Key=key, ResponseContentDisposition=f"attachment; {key}")
    assert presigned.verify(url, KEYS, now=NOW), url


def meaning(url: str) -> object:
    """What a server reads of a URL; `None` if it is not one."""
    try:
        parts = links.split(url)
    except ValueError:
        return None
    query = sorted((escapes.decoded_query(name), escapes.decoded_query(value or "")) for name, value in parts.query)
    return parts.netloc.lower(), escapes.decoded(parts.path), query


@pytest.mark.parametrize("signature", ["s3v4", "s3"])
@pytest.mark.parametrize("token", [None, TOKEN])
def test_every_changed_byte_is_refused(signature: str, token: str | None) -> None:
    s3 = making.client(signature=signature, token=token)
    url = making.link(s3=s3, Key="a b+c%.txt", ResponseContentType="text/plain; x", VersionId="v")
    keys = (*KEYS, token)
    assert presigned.verify(url, keys, now=NOW)
    original, accepted = meaning(url), []
    for position in range(len(url)):
        for other in OTHERS:
            changed = url[:position] + other + url[position + 1 :]
            if meaning(changed) != original and presigned.verify(changed, keys, now=NOW):
                accepted.append(changed)
    # SigV2 signs no host but the bucket in it.
    if signature == "s3":
        accepted = [one for one in accepted if one.partition("?")[2] != url.partition("?")[2] or "photos." not in one]
    assert accepted == []


@given(data=st.data(), case=st.sampled_from(CASES), is_v2=st.booleans())
def test_any_changed_character_of_any_link_is_refused(data: st.DataObject, case: Case, is_v2: bool) -> None:
    s3 = making.client(style="path", signature="s3" if is_v2 else "s3v4")
    with time_machine.travel(making.SIGNED_AT, tick=False):
        url = s3.generate_presigned_url(case.operation, case.params)
    # SigV2 signs neither the host nor every parameter.
    end = url.index("&AWSAccessKeyId") if is_v2 and "&AWSAccessKeyId" in url else len(url)
    start = url.index("/", 8) + 1 if is_v2 else 8
    assume(start < end and "prefix=" not in url)
    position = data.draw(st.integers(start, end - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_characters="#"))
    changed = url[:position] + other + url[position + 1 :]
    assume(meaning(changed) != meaning(url))
    headers = {} if is_v2 else case.headers
    assert not presigned.verify(changed, KEYS, method=case.method, headers=headers, now=NOW), changed


@pytest.mark.parametrize("position", [0, 10, 40, 63])
def test_every_digit_of_a_signature_counts(position: int) -> None:
    start, _, signature = making.link().partition("X-Amz-Signature=")
    for other in "0123456789abcdefABCDEF":
        if other != signature[position]:
            forged = signature[:position] + other + signature[position + 1 :]
            found = presigned.verify(f"{start}X-Amz-Signature={forged}", KEYS, now=NOW)
            assert found.reason == ("malformed" if other.isupper() else "signature")


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url + "&Expires=9999999999",
        lambda url: url.replace("Expires=", "Expires=9999999999&Expires="),
        lambda url: url + "&content-type=%0A",
        lambda url: url + "&content-type=%0A1767326645%0Ax-amz-acl:private",
        lambda url: url.replace("Expires=1", "Expires=-1"),
    ],
)
def test_sigv2_leaves_no_room_between_its_lines(change: Any) -> None:
    url = making.link(s3=making.client(signature="s3"))
    assert presigned.verify(url, KEYS, now=NOW)
    assert presigned.verify(change(url), KEYS, now=NOW).reason in {"malformed", "signature"}


def test_the_order_of_parameters_and_the_case_of_escapes_do_not_count() -> None:
    place, _, query = making.link(Key="ü b").partition("?")
    assert presigned.verify(f"{place}?{'&'.join(query.split('&')[::-1])}", KEYS, now=NOW)
    assert presigned.verify(f"{place.replace('%C3%BC', '%c3%bc')}?{query}", KEYS, now=NOW)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda url: url.partition("?")[0], "unsigned"),
        (lambda url: "ftp" + url[5:], "malformed"),
        (lambda url: url[:-1], "malformed"),
        (lambda url: url.replace("X-Amz-Date=", "X-Amz-Day="), "malformed"),
        (lambda url: url.replace("X-Amz-Expires=3600", "X-Amz-Expires=604801"), "malformed"),
        (lambda url: url.replace("X-Amz-Expires=3600", "X-Amz-Expires=-1"), "malformed"),
        (lambda url: url.replace("X-Amz-Expires=3600", "X-Amz-Expires=3600&X-Amz-Expires=3600"), "malformed"),
        (lambda url: url.replace("20260102%2F", "20260103%2F"), "malformed"),
        (lambda url: url.replace("aws4_request", "aws5_request"), "malformed"),
        (lambda url: url.replace("SignedHeaders=host", "SignedHeaders=range"), "malformed"),
        (lambda url: url.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), "unsupported"),
        (lambda url: url.replace("AKIDEXAMPLE", "AKIDNOBODY"), "unknown_key"),
        (lambda url: url.replace("X-Amz-Date", f"X-Amz-Security-Token={'t' * 9}&X-Amz-Date"), "token"),
        (lambda url: url.replace("SignedHeaders=host", "SignedHeaders=content-type%3Bhost"), "headers_missing"),
        (lambda url: url.replace("eu-central-1", "eu-central-2"), "signature"),
        (lambda url: url + "&x-id=GetObject", "signature"),
    ],
)
def test_the_reason_says_what_is_wrong(change: Any, reason: str) -> None:
    found = presigned.verify(change(making.link()), KEYS, now=NOW)
    assert (bool(found), found.reason) == (False, reason)
    assert found.detail


@pytest.mark.parametrize(
    ("seconds", "reason"),
    [(-901, "not_yet_valid"), (-900, None), (0, None), (3599, None), (3600, "expired"), (10**6, "expired")],
)
def test_times_are_compared_with_now(seconds: int, reason: str | None) -> None:
    now = datetime.datetime.fromtimestamp(making.SECONDS + seconds, datetime.timezone.utc)
    for instant in (now, now.replace(tzinfo=None), making.SECONDS + seconds):
        assert presigned.verify(making.link(), KEYS, now=instant).reason == reason
    with time_machine.travel(now, tick=False):
        assert presigned.verify(making.link(), KEYS).reason == reason
    old = making.link(s3=making.client(signature="s3"))
    assert presigned.verify(old, KEYS, now=now).reason == (None if reason == "not_yet_valid" else reason)


def test_a_longer_lifetime_may_be_allowed() -> None:
    s3 = making.client(boto3)
    url = making.link(expires_in=2_000_000, s3=s3)
    assert presigned.verify(url, KEYS, now=NOW).reason == "malformed"
    assert presigned.verify(url, KEYS, now=NOW, max_expires=2_592_000)


def test_headers_are_those_that_were_signed() -> None:
    url = making.link("put_object", ContentType="image/png")
    sent = {"Content-Type": "image/png"}
    assert presigned.verify(url, KEYS, method="PUT", headers=sent, now=NOW)
    assert presigned.verify(url, KEYS, method="PUT", headers={"content-type": " image/png "}, now=NOW)
    assert presigned.verify(url, KEYS, method="PUT", now=NOW).reason == "headers_missing"
    assert presigned.verify(url, KEYS, method="PUT", headers={"content-type": "x"}, now=NOW).reason == "signature"
    more = {**sent, "x-amz-acl": "public-read"}
    found = presigned.verify(url, KEYS, method="PUT", headers=more, now=NOW)
    assert (found.reason, "x-amz-acl" in found.detail) == ("headers_not_signed", True)
    both = {**sent, "Authorization": "AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=y"}
    assert presigned.verify(url, KEYS, method="PUT", headers=both, now=NOW).reason == "malformed"


def test_the_host_is_that_of_the_request() -> None:
    url = making.link()
    assert presigned.verify(url, KEYS, headers={"Host": "photos.s3.amazonaws.com:443"}, now=NOW)
    assert presigned.verify(url, KEYS, headers={"Host": "PHOTOS.s3.amazonaws.com"}, now=NOW)
    assert presigned.verify(url, KEYS, headers={"Host": "cdn.example.com"}, now=NOW).reason == "signature"


@pytest.mark.parametrize("signature", ["s3v4", "s3"])
def test_the_case_of_a_method_counts(signature: str) -> None:
    # boto3 signs `HttpMethod="put"` as PUT.
    url = making.link("put_object", s3=making.client(signature=signature))
    assert presigned.verify(url, KEYS, method="PUT", bucket=making.BUCKET, now=NOW)
    for sent in ("put", "Put"):
        request: dict[str, Any] = {"method": sent, "url": url, "headers": {}}
        assert presigned.verify(request, KEYS, bucket=making.BUCKET, now=NOW).reason == "signature"
        assert presigned.verify(url, KEYS, method=sent, bucket=making.BUCKET, now=NOW).reason == "signature"
        [cause] = presigned.explain(url, method=sent, credentials=KEYS, now=NOW).causes[:1]
        assert (cause.code, f"fits PUT, and the request is {sent}" in cause.evidence) == ("method", True)


def test_a_request_may_be_any_object_that_describes_one() -> None:
    with time_machine.travel(making.SIGNED_AT, tick=False):
        place = {"Bucket": making.BUCKET, "Key": "k", "ContentDisposition": "inline; ü"}
        request = making.client().presign("put_object", place)
    as_dict = {"method": request.method, "url": request.url, "headers": request.headers}
    for one in (request, as_dict, SimpleNamespace(**as_dict)):
        assert presigned.verify(one, KEYS, now=NOW)
        assert presigned.verify(one, KEYS, method="GET", now=NOW).reason == "signature"
    for wrong in (None, 5, {"method": "GET"}, ["a"], b"https://a/"):
        with pytest.raises(TypeError):
            presigned.verify(wrong, KEYS)


def test_keys_may_be_any_object_that_has_them() -> None:
    url = making.link(s3=making.client(token=TOKEN, access_key="ASIAEXAMPLE"))
    good = [
        making.TEMPORARY,
        list(making.TEMPORARY),
        Credentials(*making.TEMPORARY),
        boto3.Session(*making.TEMPORARY),
        presigned.Session(*making.TEMPORARY),
        presigned.Session(*making.TEMPORARY).get_credentials(),
        {"ASIAEXAMPLE": KEYS[1]}.get,
        {"ASIAEXAMPLE": KEYS[1]}.__getitem__,
        lambda _: KEYS[1].encode(),
        lambda _: making.TEMPORARY,
    ]
    for keys in good:
        assert presigned.verify(url, keys, now=NOW), keys
    assert presigned.verify(url, making.TEMPORARY[:2], now=NOW).reason == "token"
    assert presigned.verify(url, lambda _: ("ASIAEXAMPLE", KEYS[1], "another"), now=NOW).reason == "token"
    nobody: dict[str, str] = {}
    for unknown in (nobody.get, nobody.__getitem__, ("AKID", "secret")):
        assert presigned.verify(url, unknown, now=NOW).reason == "unknown_key"
    for wrong in ("secret", None, 5, ("a", None), ("a",)):
        with pytest.raises(TypeError) as raised:
            presigned.verify(url, wrong)
        assert KEYS[1] not in str(raised.value)
    with pytest.raises(TypeError, match="now must be"):
        presigned.verify(url, KEYS, now="today")


def test_links_of_other_services_hold_too() -> None:
    for service, url in (
        ("sts", "https://sts.eu-central-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"),
        ("rds-db", "https://db.example.com:5432/?Action=connect&DBUser=me%2Fyou"),
        ("bedrock-agentcore", "https://b.example.com/runtimes/arn%3Aaws%3Ax/a/../b//c/?q=1"),
    ):
        request = AWSRequest("GET", url)
        with time_machine.travel(making.SIGNED_AT, tick=False):
            SigV4QueryAuth(Credentials(*making.TEMPORARY), service, "eu-central-1", 900).add_auth(request)
        assert presigned.verify(request.prepare().url, making.TEMPORARY, now=NOW), service
        assert not presigned.verify(request.prepare().url + "&a=b", making.TEMPORARY, now=NOW)


@pytest.mark.parametrize("text", ["https://a", "https://a/?X-Amz-Signature", "https://a/%?&=&%=%&X-Amz-Date=x"])
def test_nonsense_is_malformed_or_unsigned(text: str) -> None:
    assert presigned.verify(text, KEYS).reason in {"malformed", "unsigned"}


@given(st.text(st.characters(exclude_characters="#")), st.text())
def test_any_string_has_a_result(path: str, query: str) -> None:
    for url in (path, f"https://a/{path}?{query}", f"{making.link()}{path}"):
        holds = presigned.verify(url, KEYS, now=NOW)
        assert not holds or meaning(url) == meaning(making.link()), url


def test_results_show_no_secret() -> None:
    url = making.link(s3=making.client(token=TOKEN, access_key="ASIAEXAMPLE"))
    signature = url.rpartition("=")[2]
    for keys in (making.TEMPORARY, ("ASIAEXAMPLE", "another", "another token"), ("A", "b")):
        shown = repr(presigned.verify(url, keys, now=NOW))
        assert not any(secret in shown for secret in (signature, TOKEN, KEYS[1], escapes.encoded(TOKEN.encode())))


@pytest.mark.parametrize(
    ("make", "arguments", "method", "behind"),
    [
        (tokens.iot, ("abc-ats.iot.eu-central-1.amazonaws.com", "eu-central-1"), "GET", "X-Amz-Security-Token"),
        (tokens.msk, ("eu-central-1",), "GET", "User-Agent"),
        (tokens.bedrock, ("eu-central-1",), "POST", "Version"),
    ],
)
def test_what_a_service_takes_behind_the_signature_is_not_signed(
    make: Any, arguments: tuple[str, ...], method: str, behind: str
) -> None:
    keys = ("AKIDEXAMPLE", "secret", "session+token/==")
    url = str(make(*arguments, credentials=keys))
    if not url.startswith("wss://"):
        text = url.removeprefix("bedrock-api-key-")
        url = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_" if "_" in text else None).decode()
        url = f"https://{url.removeprefix('https://')}"
    before, _, last = url.rpartition("&")
    assert last.startswith(f"{behind}=")
    assert presigned.verify(url, keys, method=method)
    # The same in front of the signature, another parameter behind it, and another service.
    assert presigned.verify(f"{before.replace('?', f'?{last}&', 1)}", keys, method=method).reason == "signature"
    assert presigned.verify(f"{url}&x=y", keys, method=method).reason == "signature"
    s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
    link = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "cat.jpg"})
    assert presigned.verify(f"{link}&{last}", keys[:2]).reason in {"signature", "token"}
