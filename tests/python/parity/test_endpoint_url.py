"""`endpoint_url` in every form that a person or a configuration file gives it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from .case import Case, Setting, get, label, post, setting, url
from .compare import agree_all, share

HOSTS = [
    "http://localhost", "http://localhost:9000", "https://localhost:9000/", "http://127.0.0.1", "http://127.0.0.1:9000",
    "https://10.0.0.1:443", "http://[::1]", "http://[::1]:9000", "https://[2001:db8::1]:8443/s3", "http://[::1",
    "http://[::ffff:1.2.3.4]:80", "http://[fe80::1%25eth0]:9000", "http://[fe80::1%eth0]", "https://[v1.x]/",
    "https://minio.example.com", "https://minio.example.com/", "https://minio.example.com//", "HTTP://EXAMPLE.com",
    "HTTPS://MiXed.Example.COM:443/Base", "http://EXAMPLE.com:80", "https://example.com:443", "https://example.com:80",
    "http://example.com:443", "https://example.com:0", "https://example.com:65535", "https://example.com:65536",
    "https://example.com:99999", "https://example.com:-1", "https://example.com:", "https://example.com:/x",
    "https://example.com:abc", "https://example.com: 80", "https://example.com:8 0", "https://example.com:٣",
    "https://example.com:080", "https://example.com.", "https://example.com.:9000/", "https://a", "https://localhost.",
    "https://account.r2.cloudflarestorage.com", "https://fra1.digitaloceanspaces.com", "https://storage.googleapis.com",
    "https://s3.us-west-002.backblazeb2.com", "https://oss-cn-hangzhou.aliyuncs.com",
]  # fmt: skip
PATHS = [
    "https://example.com/s3", "https://example.com/s3/", "https://example.com/a/b/c/", "https://example.com//a//b//",
    "https://example.com/a/../b", "https://example.com/./a", "https://example.com/..", "https://example.com/a/.",
    "https://example.com/a b", "https://example.com/a%20b", "https://example.com/é", "https://example.com/%C3%A9",
    "https://example.com/{x}", "https://example.com/a+b", "https://example.com/~a", "https://example.com/a;b=c",
    "https://example.com/a,b", "https://example.com/a:b@c", "https://example.com/$&'()*!", "https://example.com/a\\b",
    'https://example.com/"<>^`|', "https://example.com/a%2Fb", "https://example.com/%", "https://example.com/%zz",
    "https://example.com/日本", "https://example.com/\U0001f600", "https://example.com/a//",
    "https://example.com/a\tb", "https://example.com/a\nb", "https://example.com/[x]", "https://example.com/a[0]=1",
]  # fmt: skip
ODD = [
    "https://user:pw@example.com", "https://user@example.com:9000/x", "https://us%40er:p%3Aw@example.com",
    "https://@example.com",
    "https://:@example.com", "https://a:b@c@example.com", "https://example.com?x=1", "https://example.com/?x=1",
    "https://example.com/s3?a=b&c", "https://example.com?", "https://example.com/?", "https://example.com#frag",
    "https://example.com/#frag", "https://example.com/s3#", "https://example.com/x#y?z", "https://example.com/x?y#z",
    "", " ", "https://", "http://", "https:///", "https:///path", "//example.com", "example.com", "example.com:9000",
    "localhost:9000", "localhost", "/", "https:example.com", "https:/example.com", "ftp://example.com",
    "s3://bucket", "file:///x", "unix:///x", "httpss://example.com", "http+unix://x", "h t t p://x", "https//x",
    "https://under_score.example.com", "https://-dash.example.com", "https://dash-.example.com", "https://a..b.com",
    "https://.example.com", "https://" + "a" * 63 + ".com", "https://" + "a" * 64 + ".com",
    "https://" + ".".join(["a" * 49] * 5) + ".com", "https://" + ".".join(["a" * 50] * 5) + ".c",
    "https://" + ".".join(["a" * 50] * 6), "https://exa mple.com", " https://example.com", "https://example.com ",
    "\thttps://example.com\n", "https://exam\nple.com", "https://exam\tple.com", "https://exam\x00ple.com",
    "\x00https://example.com", "https://example.com\x7f", "https://exámple.com", "https://münchen.de", "https://例え.jp",
    "https://ＥＸＡＭＰＬＥ.com", "https://example。com", "https://ex℀mple.com", "https://a%2eb.com", "https://a+b.com",
    "https://*.example.com", "https://{bucket}.example.com", "https://1.2.3", "https://1.2.3.4.5", "https://256.1.1.1",
    "https://0x7f.1", "https://127.1", "https://2130706433", "https://1.2.3.04", "https://example.com:80:80",
    "https://[::1]x", "https://x[::1]", "https://[::1]]", "https://example.com\\@evil.com",
]  # fmt: skip
if sys.version_info >= (3, 11, 4):
    # Older Pythons take these for hosts, and boto3 with them.
    ODD += ["https://[1.2.3.4]", "https://[:::1]", "https://[]"]
AMAZON = [
    "https://s3.amazonaws.com", "https://s3.us-west-2.amazonaws.com", "https://s3-accelerate.amazonaws.com",
    "https://s3-accelerate.dualstack.amazonaws.com", "http://s3-accelerate.amazonaws.com/",
    "https://S3-Accelerate.amazonaws.com",
    "https://s3-accelerate.us-west-2.amazonaws.com", "https://s3-accelerate.amazonaws.com.cn",
    "https://x.s3-accelerate.amazonaws.com",
    "https://s3-accelerate.amazonaws.com:443", "https://s3-accelerate.dualstack.dualstack.amazonaws.com",
    "https://s3-accelerate",
    "https://bucket.s3.amazonaws.com", "https://bucket.vpce-0123-abcd.s3.us-east-1.vpce.amazonaws.com",
    "https://accesspoint.vpce-0123-abcd.s3.us-east-1.vpce.amazonaws.com",
    "https://s3.dualstack.eu-west-1.amazonaws.com",
    "https://s3express-control.us-west-2.amazonaws.com", "https://s3-outposts.us-east-1.amazonaws.com",
    "https://s3-fips.us-east-1.amazonaws.com", "https://beta.example.com",
    "https://s3-accelerate.dualstack.fips.amazonaws.com",
]  # fmt: skip

CONFIGS: dict[str, dict[str, Any] | None] = {
    "none": None,
    "auto": {"s3": {"addressing_style": "auto"}},
    "virtual": {"s3": {"addressing_style": "virtual"}},
    "path": {"s3": {"addressing_style": "path"}},
    "sigv2": {"signature_version": "s3"},
    "sigv2-virtual": {"signature_version": "s3", "s3": {"addressing_style": "virtual"}},
    "s3v4": {"signature_version": "s3v4"},
    "fips-dualstack": {"use_fips_endpoint": True, "use_dualstack_endpoint": True},
    "accelerate": {"s3": {"use_accelerate_endpoint": True}},
    "dualstack": {"s3": {"use_dualstack_endpoint": True}},
}


def calls(made_of: Setting) -> Iterator[Case]:
    """One call for each way a path is joined to the endpoint."""
    for bucket in ("bucket", "dotted.bucket", "Upper_", "ab"):
        yield get(made_of, Bucket=bucket)
    yield get(made_of, Key="/a//b/../é +%")
    yield url("list_buckets", {}, made_of)
    yield url("list_objects_v2", {"Bucket": "bucket", "Prefix": "a/b c"}, made_of)
    yield url("create_bucket", {"Bucket": "bucket"}, made_of)
    yield url("get_bucket_location", {"Bucket": "bucket"}, made_of)
    yield url("put_object", {"Bucket": "bucket", "Key": "k", "ContentType": "text/plain"}, made_of)
    yield url("list_directory_buckets", {}, made_of)
    yield url("write_get_object_response", {"RequestRoute": "ro", "RequestToken": "t"}, made_of)
    yield post(made_of=made_of)
    yield post("dotted.bucket", "k", made_of)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
@pytest.mark.parametrize("endpoint", [*HOSTS, *PATHS, *ODD, *AMAZON], ids=label)
def test_an_endpoint(endpoint: str, config: dict[str, Any] | None) -> None:
    agree_all(share(5, calls(setting(endpoint_url=endpoint, config=config))))


@pytest.mark.parametrize("region", [None, "us-west-2", "auto", "aws-global", "cn-north-1", "garage", "us-gov-west-1"])
@pytest.mark.parametrize("endpoint", ["http://localhost:9000", "https://example.com/s3/", "https://s3.amazonaws.com"])
def test_an_endpoint_in_a_region(endpoint: str, region: str | None) -> None:
    agree_all(
        share(
            9,
            (
                case
                for config in CONFIGS.values()
                for ssl in (True, False, None)
                for case in calls(setting(region, endpoint_url=endpoint, config=config, use_ssl=ssl))
            ),
        )
    )


@pytest.mark.parametrize("endpoint", [1, b"https://example.com", True, ["https://example.com"], 0], ids=label)
def test_an_endpoint_that_is_not_a_string(endpoint: object) -> None:
    agree_all([get(setting(endpoint_url=endpoint))])


ARNS = [
    "arn:aws:s3:us-west-2:123456789012:accesspoint:myap",
    "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/myap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/myap",
    "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap",
    "bucket--usw2-az1--x-s3",
    "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
]


@pytest.mark.parametrize("bucket", ARNS)
@pytest.mark.parametrize("endpoint", [*HOSTS[:12], *PATHS[:6], *AMAZON[:6]], ids=label)
def test_an_endpoint_under_a_bucket_that_is_more_than_a_name(endpoint: str, bucket: str) -> None:
    agree_all(
        case
        for config in (
            {"s3": {"disable_s3_express_session_auth": True}},
            {"s3": {"disable_s3_express_session_auth": True, "addressing_style": "virtual"}},
            {"s3": {"disable_s3_express_session_auth": True}, "signature_version": "s3"},
        )
        for made_of in [setting("us-west-2", endpoint_url=endpoint, config=config)]
        for case in (
            get(made_of, Bucket=bucket),
            url("list_objects_v2", {"Bucket": bucket}, made_of),
            url("create_bucket", {"Bucket": bucket}, made_of),
            post(bucket, "k", made_of),
        )
    )
