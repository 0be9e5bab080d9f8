"""`explain` reads the answers of S3: codes, messages, times, regions, the canonical request. None of it is trusted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import presigned

from . import making
from .answering import mismatch, xml
from .making import KEYS, NOW, TEMPORARY, TOKEN

REGIONAL = making.client(style="virtual")
LINK = making.link(s3=REGIONAL, Key="dir/a b.txt")
PUT = making.link("put_object", s3=REGIONAL, ContentType="image/png")
OLD = making.link(s3=making.client(signature="s3"))
WITH_TOKEN = making.link(s3=making.client(style="virtual", token=TOKEN, access_key=TEMPORARY[0]))
WITHOUT_TOKEN = making.link(s3=making.client(style="virtual", access_key=TEMPORARY[0]))


def explained(url: Any, response: Any, **arguments: Any) -> presigned.Explanation:
    return presigned.explain(url, response=response, now=NOW, **arguments)


@pytest.mark.parametrize(
    ("url", "body", "code", "words"),
    [
        (LINK, xml("AccessDenied", "Request has expired", **{"X-Amz-Expires": "3600", "Expires": "2026-01-02T04:04:05Z",
         "ServerTime": "2026-01-02T05:00:00Z"}), "expired", "it expired at 2026-01-02 04:04:05 UTC"),
        (LINK, xml("ExpiredRequest", "Request has expired"), "expired", "ExpiredRequest"),
        (OLD, xml("AccessDenied", "Request has expired", Expires="2026-01-02T04:04:05Z"), "expired", "04:04:05"),
        (LINK, xml("AccessDenied", "Request is not yet valid"), "clock", "not yet valid"),
        (LINK, xml("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.",
         RequestTime="20260102T030405Z", ServerTime="2026-01-02T04:04:05Z", MaxAllowedSkewMilliseconds="900000"),
         "clock", "the request says 2026-01-02 03:04:05 UTC, the server's clock says 2026-01-02 04:04:05 UTC"),
        (WITH_TOKEN, xml("ExpiredToken", "The provided token has expired.", **{"Token-0": TOKEN}), "session_ended",
         "ExpiredToken"),
        (WITH_TOKEN, xml("InvalidToken", "The provided token is malformed or otherwise invalid."), "session_ended", ""),
        (WITHOUT_TOKEN, xml("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.",
         AWSAccessKeyId="ASIAEXAMPLE"), "token_missing", ""),
        (LINK, xml("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
         "access_key", "does not exist"),
        (LINK, xml("AccessDenied", "User: arn:aws:iam::123456789012:user/x is not authorized to perform: s3:GetObject "
         'on resource: "arn:aws:s3:::photos/k" because no identity-based policy allows it'), "permission",
         "s3:GetObject"),
        (LINK, xml("AccessDenied", "Access Denied"), "permission", "Access Denied"),
        (LINK, xml("AccessDenied", "There were headers present in the request which were not signed",
         HeadersNotSigned="x-amz-acl, x-amz-meta-a"), "headers_not_signed", "x-amz-acl, x-amz-meta-a"),
        (LINK, xml("AuthorizationQueryParametersError", "Error parsing the X-Amz-Credential parameter; the region "
         "'eu-central-1' is wrong; expecting 'eu-west-1'", Region="eu-west-1"), "region", "in eu-west-1"),
        (LINK, xml("AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us-east-1' is "
         "wrong; expecting 'eu-west-1'"), "region", "expecting 'eu-west-1'"),
        (LINK, xml("AuthorizationQueryParametersError", "X-Amz-Expires must be less than a week (in seconds); that is, "
         "the given X-Amz-Expires must be less than 604800 seconds"), "lifetime", ""),
        (LINK, xml("AuthorizationQueryParametersError", "Query-string authentication version 4 requires the "
         "X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires "
         "parameters."), "cut_off", ""),
        (LINK, xml("TemporaryRedirect", "Please re-send this request to the specified temporary endpoint.",
         Endpoint="photos.s3.eu-west-1.amazonaws.com", Bucket="photos"), "redirect", "at photos.s3.eu-west-1"),
        (LINK, xml("PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified "
         "endpoint.", Endpoint="photos.s3.eu-west-1.amazonaws.com"), "redirect", "eu-west-1"),
        (OLD, xml("InvalidRequest", "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS "
         "Signature Version 4."), "sigv2", ""),
        (OLD, xml("InvalidRequest", "The authorization mechanism you have provided is not supported. Please use "
         "AWS4-HMAC-SHA256."), "sigv2", ""),
        (LINK, xml("InvalidArgument", "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
         "Signature query string parameter or the Authorization header should be specified",
         ArgumentName="Authorization", ArgumentValue="Bearer x"), "two_signatures", ""),
        (LINK, xml("NoSuchKey", "The specified key does not exist.", Key="k"), "not_found", ""),
        (LINK, xml("MethodNotAllowed", "The specified method is not allowed against this resource."), "method", ""),
        (PUT, xml("BadDigest", "The CRC32 you specified did not match the calculated checksum."), "payload", ""),
        (LINK, xml("KMS.DisabledException", "key is disabled."), "permission", ""),
        (LINK, xml("SlowDown", "Please reduce your request rate."), "other", "SlowDown"),
        (LINK, "<!DOCTYPE html><html><body>403 Forbidden</body></html>", "not_s3", ""),
        (LINK, '{"message": "Forbidden"}', "not_s3", ""),
        (LINK, "error code: 1020", "not_s3", ""),
    ],
)  # fmt: skip
def test_the_code_and_the_message_say_the_cause(url: str, body: str, code: str, words: str) -> None:
    response = SimpleNamespace(status_code=403, headers={"Content-Type": "application/xml"}, text=body)
    for answer in (body, body.encode(), f"HTTP/1.1 403 Forbidden\r\nServer: AmazonS3\r\n\r\n{body}", response):
        found = explained(url, answer)
        assert found.causes[0].code == code, found
        assert words in found.causes[0].evidence
        assert TOKEN not in str(found) + repr(found)


def test_headers_say_the_region_where_there_is_no_body() -> None:
    response = SimpleNamespace(status_code=400, headers={"X-Amz-Bucket-Region": "ap-south-1"}, text="")
    [cause] = explained(LINK, response, method="HEAD").causes
    assert (cause.code, "ap-south-1" in cause.evidence) == ("region", True)
    moved = SimpleNamespace(
        status=301, headers={"location": "https://x.s3.amazonaws.com/?X-Amz-Signature=abc"}, data=b""
    )
    [cause] = explained(LINK, moved).causes
    assert (cause.code, "abc" in cause.evidence) == ("redirect", False)


def test_the_date_of_an_answer_is_the_time_of_the_server() -> None:
    for date, code in (("Fri, 02 Jan 2026 04:04:06 GMT", "expired"), ("Fri, 02 Jan 2026 02:00:00 GMT", "clock")):
        found = explained(LINK, SimpleNamespace(status_code=403, headers={"Date": date}, text=""), method="HEAD")
        assert found.causes[0].code == code
        # It also stands for the present.
        assert presigned.explain(LINK, response=f"HTTP/1.1 403 x\nDate: {date}\n\n").causes[0].code == code


@pytest.mark.parametrize(
    ("url", "sent", "method", "headers", "code"),
    [
        (PUT, PUT, "PUT", None, "content_type"),
        (LINK, LINK, "HEAD", None, "method"),
        (LINK, LINK.replace("/dir/a%20b", "/dir/a%2520b"), "GET", None, "key_encoding"),
        (LINK, LINK.replace("/dir", "/s3/dir"), "GET", None, "host"),
        (LINK, LINK.replace("photos.s3.eu-central-1.amazonaws.com", "internal:9000"), "GET", None, "host"),
        (LINK, LINK + "&utm_source=mail", "GET", None, "query_changed"),
        (LINK, LINK.replace("Expires=3600", "Expires=600"), "GET", None, "query_changed"),
    ],
)
def test_the_canonical_request_of_the_server_is_compared(
    url: str, sent: str, method: str, headers: Any, code: str
) -> None:
    meant = "PUT" if url is PUT else "GET"
    found = explained(url, mismatch(sent, method, headers), method=meant)
    assert found.causes[0].code == code
    # With the keys, it is where the search begins: the link is as it was made, and what arrived is not.
    proven = explained(url, mismatch(sent, method, headers), method=meant, credentials=KEYS)
    assert proven.causes[0].code == code
    assert "fits" in proven.causes[0].evidence
    assert proven.signature_fits is False


def test_a_request_without_a_signature_in_its_query_has_not_two() -> None:
    found = presigned.explain(LINK.partition("?")[0], headers={"Authorization": "Bearer token"})
    assert [cause.code for cause in found.causes] == ["unsigned"]


def test_headers_that_arrived_otherwise_are_named() -> None:
    url = making.link("put_object", s3=REGIONAL, ContentType="image/png", Metadata={"who": "me"})
    sent = {"content-type": "image/png;charset=x", "x-amz-meta-who": "you"}
    meant = {"Content-Type": "image/png", "x-amz-meta-who": "me"}
    found = explained(url, mismatch(url, "PUT", sent), method="PUT", headers=meant)
    assert [cause.code for cause in found.causes] == ["content_type", "headers_missing"]


def test_an_answer_without_details_leaves_the_search() -> None:
    body = mismatch(LINK, "HEAD", with_elements=False)
    assert explained(LINK, body).causes == ()
    assert explained(LINK, body, method="HEAD", credentials=KEYS).causes[0].code == "method"
    same = explained(LINK, mismatch(LINK), credentials=(KEYS[0], "another secret"))
    assert same.causes[0].code == "no_fit"


def test_what_the_body_repeats_is_hidden() -> None:
    body = mismatch(WITH_TOKEN, "PUT")
    for keys in (None, TEMPORARY, (*TEMPORARY[:2], "another-token")):
        found = explained(WITH_TOKEN, body, credentials=keys)
        signature = WITH_TOKEN.rpartition("=")[2]
        shown = str(found) + repr(found)
        assert TOKEN not in shown
        assert TOKEN.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D") not in shown
        assert signature not in shown


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><Error><Code>&lol;</Code></Error>',
        '<!DOCTYPE Error SYSTEM "file:///etc/passwd"><Error><Code>AccessDenied</Code></Error>',
        "<Error>" + "<a>" * 100_000,
        "".join(f"<a{number}/>" for number in range(300)),
        "<Error><Code>AccessDenied</Code><Message>Access Denied</Mess",
        b"\xff\xfe<\x00E\x00",
        b"\x00" * 100,
        "<Error xmlns='x'><y:Code>AccessDenied</y:Code></Error>",
    ],
)
def test_no_body_does_harm(body: Any) -> None:
    found = explained(LINK, body)
    assert all(cause.code in {"not_s3", "permission"} for cause in found.causes)


def test_a_message_that_repeats_a_secret_is_shown_without_it() -> None:
    body = xml("InvalidToken", f"The token {TOKEN} does not belong to {TEMPORARY[1]}.")
    found = explained(WITH_TOKEN, body, credentials=TEMPORARY)
    assert "does not belong to …" in str(found)
    assert TOKEN not in str(found) + repr(found)
    assert TEMPORARY[1] not in str(found) + repr(found)


def test_a_message_that_shows_another_link_is_shown_without_its_signature() -> None:
    other = making.link(s3=making.client(token=TOKEN, access_key="ASIAOTHER"), Key="other")
    found = explained(LINK, xml("AccessDenied", f"Denied: GET {other}"))
    assert "ASIAOTHER" in str(found)
    assert other.rpartition("=")[2] not in str(found)
    assert "AQoEXAMPLE" not in str(found)


def test_a_document_with_a_type_is_not_read() -> None:
    body = '<!DOCTYPE Error SYSTEM "file:///etc/passwd"><Error><Code>AccessDenied</Code></Error>'
    assert [cause.code for cause in explained(LINK, body).causes] == ["not_s3"]
    for encoding in ("utf-16", "latin-1"):
        assert [cause.code for cause in explained(LINK, body.encode(encoding)).causes] == ["not_s3"]


def test_entities_are_never_expanded() -> None:
    body = '<!DOCTYPE e [<!ENTITY a "AccessDenied">]><Error><Code>&a;</Code><Message>x</Message></Error>'
    assert [cause.code for cause in explained(LINK, body).causes] == ["not_s3"]


@given(st.one_of(st.text(), st.binary()))
def test_any_body_has_an_explanation(body: Any) -> None:
    assert str(explained(LINK, body))


@given(
    st.dictionaries(
        st.sampled_from(["Code", "Message", "CanonicalRequest", "Region", "Expires"]), st.text("abc /?&=\n:Ü")
    )
)
def test_any_elements_have_an_explanation(elements: dict[str, str]) -> None:
    inner = "".join(f"<{name}>{value.replace('&', '&amp;')}</{name}>" for name, value in elements.items())
    assert str(explained(LINK, f"<Error>{inner}</Error>", credentials=KEYS))


@pytest.mark.parametrize("wrong", [5, object(), []])
def test_what_is_no_answer_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match="response must be"):
        explained(LINK, wrong)


FORM = making.form(Fields={"acl": "private"}, Conditions=[{"acl": "private"}, ["content-length-range", 1, 10]])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (xml("AccessDenied", 'Invalid according to Policy: Policy Condition failed: ["eq", "$acl", "private"]'),
         '"$acl"'),
        (xml("AccessDenied", "Invalid according to Policy: Extra input fields: tagging"), "tagging"),
        (xml("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", ProposedSize="11",
         MaxSizeAllowed="10"), "the file has 11 bytes, the most is 10 bytes"),
        (xml("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", ProposedSize="0",
         MinSizeAllowed="1"), "the least is 1 bytes"),
        (xml("InvalidPolicyDocument", "Invalid Policy: Invalid JSON."), "Invalid JSON"),
        (xml("InvalidArgument", "Bucket POST must contain a field named 'key'.", ArgumentName="key"), "named 'key'"),
    ],
)  # fmt: skip
def test_answers_to_forms_name_the_condition(body: str, words: str) -> None:
    found = explained(FORM, body)
    assert found.causes[0].code == "form"
    assert words in found.causes[0].evidence


def test_an_expired_policy_is_expired() -> None:
    found = explained(FORM, xml("AccessDenied", "Invalid according to Policy: Policy expired."))
    assert found.causes[0].code == "expired"
