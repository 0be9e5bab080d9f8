"""Each of the causes that docs/LINKS.md numbers is staged, and found as the page says; the page has them all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import presigned
from presigned._links import causes, explanation, findings

from . import making
from .answering import mismatch, xml
from .making import KEYS, NOW, TEMPORARY, TOKEN

PAGE = (Path(__file__).parents[3] / "docs/LINKS.md").read_text()
VIRTUAL = making.client(style="virtual")
LINK = making.link(s3=VIRTUAL)
PUT = making.link("put_object", s3=VIRTUAL, ContentType="image/png")
OLD = making.link(s3=making.client(signature="s3"))
SESSION = making.link(s3=making.client(style="virtual", token=TOKEN, access_key=TEMPORARY[0]))
BARE = making.link(s3=making.client(style="virtual", access_key=TEMPORARY[0]))
FORM = making.form()
MORE = {**FORM["fields"], "acl": "private"}

#: Number of the cause -> ways to come upon it: what is explained, and with which arguments.
STAGED: dict[int, list[tuple[Any, dict[str, Any]]]] = {
    1: [
        (PUT, {"method": "PUT", "headers": {}}),
        (PUT, {"method": "PUT", "headers": {"content-type": "text/html"}, "credentials": KEYS}),
        (PUT, {"method": "PUT", "response": mismatch(PUT, "PUT")}),
    ],
    2: [
        (LINK, {"method": "HEAD", "credentials": KEYS}),
        (LINK, {"method": "GET", "response": mismatch(LINK, "HEAD")}),
    ],
    3: [
        (LINK, {"response": xml("AuthorizationQueryParametersError", "the region is wrong", Region="us-west-2")}),
        (LINK, {"response": "HTTP/1.1 400 Bad Request\nx-amz-bucket-region: us-west-2\n\n"}),
        (LINK.replace("s3.eu-central-1", "s3.us-west-2"), {}),
    ],
    4: [
        (making.link(), {}),
        (LINK, {"response": xml("TemporaryRedirect", "Please re-send.", Endpoint="photos.s3.us-west-2.amazonaws.com")}),
        (LINK, {"response": "HTTP/1.1 301 Moved Permanently\n\n", "method": "HEAD"}),
    ],
    5: [
        (LINK, {"now": making.SECONDS + 3600}),
        (LINK, {"response": xml("AccessDenied", "Request has expired")}),
        (LINK, {"response": "HTTP/1.1 403 x\nDate: Fri, 02 Jan 2026 05:04:05 GMT\n\n"}),
    ],
    6: [(SESSION, {}), (SESSION, {"response": xml("ExpiredToken", "The provided token has expired.")})],
    7: [
        (BARE, {}),
        (BARE, {"response": xml("InvalidAccessKeyId", "The key does not exist.")}),
        (re.sub("X-Amz-Security-Token=[^&]*&", "", SESSION), {"credentials": TEMPORARY}),
    ],
    8: [
        (LINK, {"response": xml("AccessDenied", "User: x is not authorized to perform: s3:GetObject")}),
        (LINK, {"response": xml("AccessDenied", "Access Denied"), "credentials": KEYS}),
    ],
    9: [
        (LINK, {"now": making.SECONDS - 3600}),
        (LINK, {"response": xml("RequestTimeTooSkewed", "The difference is too large.")}),
        (LINK, {"response": "HTTP/1.1 403 x\nDate: Fri, 02 Jan 2026 01:04:05 GMT\n\n"}),
    ],
    10: [
        (LINK.replace("dir/cat", "dir%252Fcat"), {}),
        (making.link(s3=VIRTUAL, Key="a b").replace("a%20b", "a+b"), {"credentials": KEYS}),
        (LINK, {"response": mismatch(LINK.replace("/dir/", "/dir//"))}),
    ],
    11: [
        (f"{LINK}&utm_source=mail", {}),
        (f"{LINK}&download=1", {"credentials": KEYS}),
        (LINK.replace("&", "&amp;"), {}),
        (LINK, {"response": mismatch(f"{LINK}&a=b")}),
    ],
    12: [
        (LINK.replace("photos.s3.eu-central-1.amazonaws.com", "proxy"),
         {"credentials": KEYS, "hosts": ["photos.s3.eu-central-1.amazonaws.com"]}),
        (LINK.replace("/dir", "/files/dir"), {"credentials": KEYS}),
        (LINK, {"response": mismatch(LINK.replace("photos.s3", "internal"))}),
    ],
    13: [
        (LINK, {"headers": {"x-amz-acl": "private"}}),
        (LINK, {"response": xml("AccessDenied", "not signed", HeadersNotSigned="x-amz-acl")}),
        (making.link("put_object", s3=VIRTUAL, ACL="private"), {"method": "PUT", "headers": {}}),
    ],
    14: [(OLD, {}), (OLD, {"response": xml("InvalidRequest", "KMS keys require AWS Signature Version 4.")})],
    15: [
        (LINK, {"headers": {"Authorization": "Bearer token"}}),
        (LINK, {"response": xml("InvalidArgument", "Only one auth mechanism allowed", ArgumentName="Authorization")}),
    ],
    16: [
        ((FORM["url"], MORE), {}),
        ((FORM["url"], {**FORM["fields"], "key": "another"}), {"credentials": KEYS}),
        ((FORM["url"], {**FORM["fields"], "file": "x", "x-ignore-a": "b"}), {}),
        ((FORM["url"], {**FORM["fields"], "policy": FORM["fields"]["policy"].replace("=", "&#x3D;")}), {}),
        (FORM, {"response": xml("EntityTooLarge", "Too large", ProposedSize="11", MaxSizeAllowed="10")}),
        (FORM, {"response": xml("AccessDenied", "Invalid according to Policy: Extra input fields: acl")}),
    ],
    17: [
        (f"{LINK}&x-amz-checksum-crc32=AAAAAA%3D%3D", {}),
        (f"{LINK}&x-amz-checksum-crc32=AAAAAA==", {"method": "PUT"}),
    ],
    18: [
        (LINK, {"credentials": (KEYS[0], f"{KEYS[1]}\n")}),
        (FORM, {"credentials": (KEYS[0], "another")}),
    ],
}  # fmt: skip

ROWS = re.findall(r"^\| (\d*) ?\| ([`\w, ]+) \| .+ \| .+ \|$", PAGE.partition("### The causes")[2], re.MULTILINE)
NUMBERED = {int(number): re.findall(r"`(\w+)`", codes) for number, codes in ROWS if number}


@pytest.mark.parametrize(
    ("number", "request_", "arguments"),
    [(number, *staged) for number, several in STAGED.items() for staged in several],
)
def test_a_staged_cause_is_found_first(number: int, request_: Any, arguments: dict[str, Any]) -> None:
    # An answer's own date counts only where no other instant is given.
    has_date = "Date:" in str(arguments.get("response"))
    found = presigned.explain(request_, **{**({} if has_date else {"now": NOW}), **arguments})
    assert found.causes[0].code in NUMBERED[number], found
    assert found.causes[0].evidence
    assert str(found).startswith(str(found.causes[0]))


def test_the_page_has_every_cause_and_every_cause_is_staged() -> None:
    assert [*NUMBERED] == [*range(1, 19)] == [*STAGED]
    assert {code for _, codes in ROWS for code in re.findall(r"`(\w+)`", codes)} == {*causes.CAUSES}


def test_the_page_has_every_finding() -> None:
    section = PAGE.partition("| finding |")[2].partition("## Check")[0]
    named = {
        code for row in re.findall(r"^\| (`[^|]+`) \|", section, re.MULTILINE) for code in re.findall(r"`(\w+)`", row)
    }
    source = Path(findings.__file__).read_text()
    made = set(re.findall(r'Finding\(\s*"(\w+)"', source)) | {"over_7_days"}
    assert named == made
    # Each of them leads to a cause, except a certificate, which no server sees, and what makes no 403.
    assert made - {*explanation._CAUSES} == {"dotted_bucket", "bucket_twice", "disposition"}


def test_the_page_has_every_reason() -> None:
    section = PAGE.partition("| reason |")[2].partition("It proves")[0]
    named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.+?`) \|", section, re.MULTILINE))))
    documented = set(re.findall(r'`"(\w+)"`', presigned.Verified.__doc__ or ""))
    assert named == documented
