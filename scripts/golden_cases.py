"""The cases that scripts/record_golden.py records. Each is unusual, and its name says in what."""

from __future__ import annotations

import datetime as dt
import decimal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.auth import SIGNED_HEADERS_BLACKLIST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEYS = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None)
TOKEN = "FwoGZXIvYXdzEBYaDH//token+with/base64=="  # noqa: S105 - made up
WITH_TOKEN = (*KEYS[:2], TOKEN)
EMPTY_TOKEN = (*KEYS[:2], "")
LONG_TOKEN = (*KEYS[:2], "IQoJb3JpZ2luX2VjE+/" * 45 + "==")
ODD_KEYS = ("AK/é=", "sécret/" * 12, None)
ACCESS_POINT = "arn:aws:s3:us-west-2:123456789012:accesspoint/myap"

MAY_2013 = 1_369_353_600


@dataclass(frozen=True)
class Frozen:
    """A case, and the second in which it is signed."""

    name: str

    @property
    def at(self) -> int:
        """Seconds since 1970."""
        return MAY_2013

    def frozen(self) -> dt.datetime:
        """The instant, as freezegun expects it."""
        return dt.datetime(1970, 1, 1) + dt.timedelta(seconds=self.at)  # noqa: DTZ001 - freezegun's form


@dataclass(frozen=True)
class Url(Frozen):
    """A call of generate_presigned_url."""

    operation: str = "get_object"
    params: Mapping[str, Any] = field(default_factory=lambda: {"Bucket": "bucket", "Key": "key"})
    version: str = "s3v4"
    expires_in: int = 3600
    http_method: str | None = None
    credentials: tuple[str, str, str | None] = KEYS
    region: str = "eu-central-1"
    endpoint_url: str | None = None
    s3: Mapping[str, Any] = field(default_factory=dict)
    second: int = MAY_2013

    @property
    def at(self) -> int:
        """Seconds since 1970."""
        return self.second


@dataclass(frozen=True)
class SignerRequest(Frozen):
    """A request for botocore's query signer for S3."""

    url: str = "https://bucket.s3.amazonaws.com/key"
    headers: Sequence[tuple[str, str]] = ()
    token: str | None = None


@dataclass(frozen=True)
class Post(Frozen):
    """A call of generate_presigned_post."""

    key: str = "key"
    conditions: list[Any] | None = None
    version: str = "s3v4"
    expires_in: int = 3600
    credentials: tuple[str, str, str | None] = KEYS
    region: str = "eu-central-1"
    endpoint_url: str | None = None
    s3: Mapping[str, Any] = field(default_factory=dict)


def at_key(name: str, **params: object) -> Mapping[str, Any]:
    """Parameters of an operation on one object."""
    return {"Bucket": "bucket", "Key": name, **params}


ODD_KEY = "//a b+c/../%41/é€🦀/~'(*)\n\x00/"
METADATA = {"b": " 2  x ", "A": "1", "a": "3   4", "": "empty", "c:d ": "5"}
OVERRIDES = at_key(
    "k",
    VersionId="v+/=",
    ResponseExpires=0,
    ResponseContentType="text/plain; charset=utf-8",
    ResponseContentDisposition='attachment; filename="é b.txt"',
    PartNumber=3,
)
HEADERS = at_key(
    "k",
    Range="bytes=0-9",
    IfMatch='"etag"',
    RequestPayer="requester",
    ExpectedBucketOwner="123456789012",
    SSECustomerAlgorithm="AES256",
    SSECustomerKey="k" * 32,
)
UPLOAD = at_key(
    "k",
    ContentType=" text/plain;  charset=utf-8 ",
    ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==",
    ContentLength=5,
    CacheControl="no-cache",
    Tagging="a=b&c=d",
    ACL="public-read",
)

URLS = [
    Url("a plain key"),
    Url("a key of every kind of character", params=at_key(ODD_KEY)),
    Url("an uploads template", "create_multipart_upload", at_key("k", ContentType="image/png")),
    Url("two sub-resources without values", "get_object_acl", at_key("k", VersionId="1")),
    Url("query parameters out of order", params=OVERRIDES),
    Url("a list with a query of its own", "list_objects_v2", {"Bucket": "bucket", "Prefix": "a/ b", "MaxKeys": 7}),
    Url("a list in path style", "list_objects", {"Bucket": "my.bucket", "Delimiter": "/", "Marker": ""}),
    Url("headers in the caller's order", params=HEADERS),
    Url("headers of an upload", "put_object", UPLOAD),
    Url("metadata names that differ in case only", "put_object", at_key("k", Metadata=METADATA)),
    Url(
        "the content type that is left out",
        "put_object",
        at_key("k", ContentType="application/x-www-form-urlencoded; charset=utf-8"),
    ),
    Url("copy source", "copy_object", at_key("k", CopySource={"Bucket": "b", "Key": "a é", "VersionId": "1"})),
    Url("a session token", credentials=WITH_TOKEN, params=OVERRIDES),
    Url("an empty token", credentials=EMPTY_TOKEN),
    Url("a long token", credentials=LONG_TOKEN, params=HEADERS),
    Url("odd keys, the secret longer than a block", credentials=ODD_KEYS),
    Url("seven days", expires_in=604_800),
    Url("a method in lower case", http_method="head"),
    Url("a method that grows in upper case", http_method="straße"),
    Url("an empty method", http_method=""),
    Url("a region that is no region", region="Mars-1"),
    Url("China", region="cn-north-1"),
    Url("GovCloud", region="us-gov-west-1", s3={"addressing_style": "virtual"}),
    Url("an access point", params={"Bucket": ACCESS_POINT, "Key": "a b"}),
    Url("an object lambda", params={"Bucket": ACCESS_POINT.replace("s3:", "s3-object-lambda:", 1), "Key": "k"}),
    Url("IPv6", endpoint_url="http://[::1]:9000"),
    Url("IPv6 with the default port", endpoint_url="http://[2001:DB8::1]:80"),
    Url("user, port and base path", endpoint_url="https://user:pw@Example.com:8443/base path/é"),
    Url("the default port", endpoint_url="https://EXAMPLE.com:443/"),
    Url(
        "a raw base path",
        endpoint_url="http://example.com/a b/é/%20",
        s3={"addressing_style": "virtual"},
    ),
    Url("New Year's Eve, the last second", second=1_767_225_599),
    Url("before 1970", second=-1),
    Url("before the year 1000", second=-30_641_760_000),
]

SIGNER_REQUESTS = [
    SignerRequest(
        "headers that are never signed",
        headers=[*((name.title(), "x") for name in SIGNED_HEADERS_BLACKLIST), ("Range", "bytes=1-")],
    ),
    SignerRequest("a host header of one's own", headers=[("Host", "Other.Example.com")]),
    SignerRequest("names with blanks", headers=[("x-amz-meta-a ", "1"), ("x-amz-meta-a", "2"), ("x-amz-meta-a!", "")]),
    SignerRequest("names beyond ASCII", headers=[("x-amz-meta-ÉΣ", "1"), ("x-amz-meta-éς", "2"), ("x-amz-meta-İ", "")]),
    SignerRequest("every kind of whitespace", headers=[("Range", "\u3000a\u0085b\u00a0\u1680c\u2003 \u2028d\u202f")]),
    SignerRequest("a query with repeated names", url="https://bucket.s3.amazonaws.com/key?b=2&a=1&b=1&c&a&c=3"),
    SignerRequest("names that = sorts", url="https://bucket.s3.amazonaws.com/key?select-type=2&select&select.a=1"),
    SignerRequest("names around those of the signature", url="https://h/k?X-Amz-E=5&X-Amz-Z=1&A=2&X-Amz-Sa=3&X=4"),
]

URLS += [
    Url("a plain key", version="s3"),
    Url("a key of every kind of character", params=at_key(ODD_KEY), version="s3"),
    Url("a bucket alone", "list_objects_v2", {"Bucket": "bucket", "Prefix": "a/ b"}, "s3"),
    Url("no bucket", "list_buckets", {}, "s3"),
    Url("sub-resources, sorted and decoded", params=OVERRIDES, version="s3"),
    Url("a sub-resource without a value", "create_multipart_upload", at_key("k"), "s3"),
    Url("a sub-resource that is not signed", "get_bucket_encryption", {"Bucket": "bucket"}, "s3"),
    Url("headers, most of them dropped", params=HEADERS, version="s3"),
    Url("headers of an upload", "put_object", UPLOAD, "s3"),
    Url("metadata names that differ in case only", "put_object", at_key("k", Metadata=METADATA), "s3"),
    Url("a session token", credentials=WITH_TOKEN, params=HEADERS, version="s3"),
    Url("an empty token", credentials=EMPTY_TOKEN, version="s3"),
    Url("odd keys, the secret longer than a block", credentials=ODD_KEYS, version="s3"),
    Url("a method that grows in upper case", http_method="straße", version="s3"),
    Url("an access point", params={"Bucket": ACCESS_POINT, "Key": "a b"}, version="s3"),
    Url("an access point without a key", "list_objects_v2", {"Bucket": ACCESS_POINT}, "s3"),
    Url("a base path", endpoint_url="http://127.0.0.1:9000/base", version="s3"),
]

CONDITIONS = [
    {"acl": "public-read"},
    ["content-length-range", 0, 10_485_760],
    ["starts-with", "$Content-Type", "image/"],
    {"x-amz-meta-tag": 'é€🦀 "\\/\x7f\x00\n'},
    ["eq", "$success_action_redirect", "http://example.com/"],
]

POSTS = [
    *(
        post
        for version in ("s3v4", "s3")
        for post in (
            Post("no conditions", version=version),
            Post("no conditions, as a list", conditions=[], version=version),
            Post("a name of the browser's", key="uploads/é/${filename}", version=version),
            Post("a name of the browser's alone", key="${filename}", version=version),
            Post("a name of the browser's in the middle", key="a/${filename}/b", version=version),
            Post("an empty key", key="", version=version),
            Post("a key with a lone surrogate", key="a\ud800b", version=version),
            Post("conditions of every kind", conditions=CONDITIONS, version=version),
            Post("a session token", credentials=WITH_TOKEN, version=version),
            Post("an empty token", credentials=EMPTY_TOKEN, version=version),
            Post("odd keys", credentials=ODD_KEYS, version=version),
            Post("a form for a year", expires_in=31_536_000, version=version),
        )
    ),
]

JSON_VALUES: list[tuple[str, object]] = [
    ("nothing", [None, True, False]),
    ("whole numbers", [0, -1, 10**30]),
    ("floating point numbers", [1.0, -0.0, 1e16, 1e-7, 0.1, float("nan"), float("inf"), float("-inf")]),
    ("text", ["", '/ "\\\b\f\n\r\t\x00\x1f\x7f', "é\u2028\uffff🦀\ud800", "\ud83e\udd80"]),
    ("empty containers", [[], {}, (), [[]], {"a": {}}]),
    ("a tuple", (1, ("a", None))),
    (
        "keys that are not strings",
        {1: "a", 1.5: "b", None: "c", False: "d", float("nan"): 0, float("-inf"): 0, 10**20: 0},
    ),
    ("nested containers", {"a": [{"b": [1, {"c": "d"}]}], "e": 2}),
    ("bytes", [b"a"]),
    ("a date", {"a": dt.date(2026, 1, 2)}),
    ("a decimal number", decimal.Decimal("1.5")),
    ("a set", [{1}]),
    ("a key of bytes", {b"a": 1}),
    ("a key that is a set", {frozenset({1}): 1}),
]
