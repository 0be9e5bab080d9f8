"""Bucket names: which are refused, which get a host of their own, and which stay in the path."""

from __future__ import annotations

from typing import Any

import pytest

from .case import get, label, post, setting, url
from .compare import agree_all, share

NAMES = [
    "bucket", "b", "bb", "bbb", "a" * 62, "a" * 63, "a" * 64, "a" * 254, "a" * 255, "a" * 256, "1", "12", "123",
    "1bucket", "bucket1",
    "Bucket", "BUCKET", "bUcKeT", "my-bucket", "-bucket", "bucket-", "--", "a-", "-a", "-", "my--bucket", "_",
    "my_bucket", "_bucket", "bucket_",
    ".", "..", "...", ".bucket", "bucket.", "my.bucket", "my..bucket", "my.bucket.name", "a.b.c.d.e", "my-.bucket",
    "my.-bucket", "1.2.3.4",
    "192.168.0.1", "192.168.0.256", "10.1", "127.0.0.1", "0x7f.0.0.1", "xn--bucket", "sthree-bucket", "amzn-s3-demo-x",
    "x-s3alias", "ap-s3alias",
    "x--ol-s3", "x.mrap", "x--table-s3", "bucket--x", "bucket--op", "op-s3", "s3express", "A.B", "Upper.dotted",
    "a.B-c_D", "www.example.com",
    "", " ", "my bucket", " bucket", "bucket ", "bucket\n", "my.bucket\n", "Up_per\n", "\nbucket", "buc\nket",
    "bucket\n\n", "bucket\r\n", "bucket\t",
    "bucket\x00", "bücket", "日本", "🪣", "ＡＢＣ", "bucket/key", "/bucket", "bucket/", "a/b/c", "bucket?x", "bucket#x",
    "bucket%20", "b%2Fc",
    "bucket+", "b*", "b'", 'b"', "b:c", "s3://bucket", "s3://bucket/key", "https://bucket", "b@c", "b,c", "b;c", "b&c",
    "b=c", "{Bucket}",
    "b\\c", "b~c", "b|c", "<b>", "\ud800", "bucket\ud800", "٣٣٣", "ｂucket", "K", "bucket.s3.amazonaws.com", "false",
    "None",
]  # fmt: skip
CONFIGS: dict[str, dict[str, Any] | None] = {
    "auto": None,
    "virtual": {"s3": {"addressing_style": "virtual"}},
    "path": {"s3": {"addressing_style": "path"}},
    "sigv2": {"signature_version": "s3"},
    "sigv2-virtual": {"signature_version": "s3", "s3": {"addressing_style": "virtual"}},
    "accelerate": {"s3": {"use_accelerate_endpoint": True}},
    "dualstack": {"s3": {"use_dualstack_endpoint": True}},
    "fips": {"use_fips_endpoint": True},
    "regional": {"s3": {"us_east_1_regional_endpoint": "regional"}},
    "unvalidated": {"parameter_validation": False},
}


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
@pytest.mark.parametrize("name", NAMES, ids=label)
def test_a_bucket_name(name: str, config: dict[str, Any] | None) -> None:
    agree_all(
        share(
            4,
            (
                case
                for made_of in (
                    setting(config=config),
                    setting("us-west-2", config=config),
                    setting("cn-north-1", config=config),
                    setting(use_ssl=False, config=config),
                    setting(endpoint_url="http://localhost:9000", config=config),
                    setting(endpoint_url="https://example.com/p", config=config),
                )
                for case in (
                    get(made_of, Bucket=name),
                    url("list_objects", {"Bucket": name}, made_of),
                    url("get_bucket_location", {"Bucket": name}, made_of),
                    url("put_object", {"Bucket": name, "Key": "k", "Metadata": {"é": "1"}}, made_of),
                    post(name, "k", made_of),
                )
            ),
        )
    )


@pytest.mark.parametrize(
    "name", [None, 1, 0, True, 1.5, b"bucket", b"", bytearray(b"b"), [], ["b"], {}, (), object, {1}], ids=label
)
def test_a_bucket_that_is_not_a_string(name: object) -> None:
    agree_all(
        case
        for config in CONFIGS.values()
        for made_of in (setting(config=config), setting(endpoint_url="http://localhost:9000", config=config))
        for case in (
            get(made_of, Bucket=name),
            url("list_objects", {"Bucket": name}, made_of),
            post(name, "k", made_of),
        )
    )


def test_the_bucket_is_judged_after_metadata_and_before_everything_else() -> None:
    agree_all(
        [
            url("put_object", {"Bucket": "a b", "Key": "k", "Metadata": {"a": "é"}}),
            url("put_object", {"Bucket": "a b", "Foo": "k", "Metadata": {"a": 1}}),
            url("get_object", {"Bucket": "a b"}),
            url("get_object", {"Bucket": "a b", "Key": 1, "Foo": 2}),
            url("get_object", {"Bucket": "a b", "Key": "k"}, ExpiresIn="x"),
            url("get_object", {"Bucket": "a b", "Key": "k"}, setting(keys={})),
            url("copy_object", {"Bucket": "a b", "Key": "k", "CopySource": {}}),
            url("copy_object", {"Bucket": "a b", "Key": "k", "CopySource": 1}),
            url("get_object", {"Bucket": "a b", "Key": "k", "SSECustomerKey": 1}),
            post("a b", None),
            post("a b", "k", Fields=1),
            post("a b", "k", setting(keys={})),
        ]
    )
