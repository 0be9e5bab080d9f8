"""Object keys that break signers: nothing about a key is normalised, ever."""

from __future__ import annotations

from typing import Any

import pytest

from .case import UNSIGNED, Setting, get, label, post, setting, url
from .compare import agree_all

KEYS = [
    # Slashes and dots, which URL libraries like to tidy up.
    "key", "a/b/c", "/key", "//key", "key/", "key//", "a//b", "///", "/", ".", "..", "./key", "../key", "a/./b",
    "a/../b",
    "a/..", "a/.", "/./", "/../", "...", ".hidden", "a.b.c", "./../../etc/passwd", "a/b/../../..", "\\a\\b",
    "C:\\x.txt",
    # Reserved and unreserved characters, alone and together.
    "a b", " ", "  ", " key", "key ", "a  b", "a+b", "+", "a%2Bb", "a%20b", "%", "%%", "%2", "%2F", "a%2Fb", "%2f",
    "%zz",
    "%C3%A9", "%00", "100%", "a%b", "~", "a~b", "%7E", "*", "a*b", "'", "a'b", '"', 'a"b', "(a)", "a!b",
    "!*'();:@&=+$,/?#[]",
    "?", "a?b", "a?b=c&d", "?versionId=1", "#", "a#b", "&", "a&b=c", "=", "a=b", ";", "a;b", ":", "a:b", "http://x/y",
    "@", "a@b",
    ",", "a,b", "$", "$$", "a$b", "`", "^", "|", "<", ">", "<a>&amp;", "{", "}", "{Bucket}", "{Key+}", "{}", "{0}",
    "%s", "%(a)s",
    "[", "]", "[1]", "\\", "-", "_", "-_.~", "${filename}", "a/${filename}", "${filename}/b", "$filename",
    "${Filename}",
    # Control characters are legal in keys.
    "\t", "a\tb", "\n", "a\nb", "\r\n", "a\r", "\x00", "a\x00b", "\x01", "\x1f", "\x7f", "\x80", "\x85", "\x9f",
    "\x0b\x0c", "\x1b[0m",
    # Unicode, precomposed and not, of every width, and with no visible part at all.
    "é", "e\u0301", "ü.txt", "ß", "İ", "ı", "ſ", "ﬁ", "Ⅷ", "日本語/ファイル.txt", "中文", "한국어", "العربية", "עברית",
    "ไทย",
    "हिन्दी",
    "\U0001f600", "👨‍👩‍👧‍👦", "🇩🇪", "a\u200bb", "\ufeffkey", "key\ufeff", "\u200e\u200f", "\u202etxt.exe", "\u00a0",
    "\u2003x", "\u3000", "\u2028",
    "\u2029", "\uffff", "\ufffd", "\ufffe", "\U0010ffff", "\U00010000", "\ue000", "a\u0338/", "ａ／ｂ", "∕", "․․",
    "\u0000\u0000", "Ω", "Å",
    # Lone surrogates have no UTF-8.
    "\ud800", "a\ud800b", "\udfff", "\ud83d\ude00", "key\udc80", "\udcff/x", "\udc00\ud800",
    # Lengths, and words of the signer's own.
    "k" * 1024, "k" * 2000, "é" * 1024, "a/" * 500, "🙂" * 300, "X-Amz-Signature=1", "key?X-Amz-Expires=1&X-Amz-Date=2",
    "AWSAccessKeyId",
    "index.html", "photo.JPG", "2026-01-02T03:04:05Z.log", "a" * 255 + "/" + "b" * 255, "None", "null", "true", "0",
    "-1", "1e5", "NaN",
]  # fmt: skip
keys = pytest.mark.parametrize("key", KEYS, ids=label)

SETTINGS: dict[str, Setting] = {
    "sigv4": setting(),
    "path": setting("eu-west-3", config={"s3": {"addressing_style": "path"}}),
    "custom": setting(endpoint_url="http://localhost:9000/base/"),
    "custom-virtual": setting(endpoint_url="https://ex.com/a b/", config={"s3": {"addressing_style": "virtual"}}),
    "sigv2": setting(config={"signature_version": "s3"}),
    "sigv2-custom": setting(endpoint_url="http://localhost:9000/base/", config={"signature_version": "s3"}),
    "unsigned": setting(config={"signature_version": UNSIGNED}),
    "unvalidated": setting(config={"parameter_validation": False}),
    "v4": setting(config={"signature_version": "v4"}),
    "accelerate": setting(config={"s3": {"use_accelerate_endpoint": True}}),
}


def test_there_are_more_than_a_hundred_keys_and_all_differ() -> None:
    assert len(set(KEYS)) == len(KEYS) > 100


@keys
def test_a_key_in_the_path(key: str) -> None:
    agree_all(
        case
        for made_of in SETTINGS.values()
        for case in (
            get(made_of, Key=key),
            get(made_of, Bucket="dotted.bucket", Key=key),
            url("put_object_acl", {"Bucket": "bucket", "Key": key, "ACL": "private"}, made_of),
            url("upload_part", {"UploadId": key, "Key": key, "PartNumber": 1, "Bucket": "bucket"}, made_of),
        )
    )


@keys
def test_a_key_in_a_form(key: str) -> None:
    more = {"Fields": {key: key}, "Conditions": [{key: key}]}
    agree_all(
        case
        for made_of in SETTINGS.values()
        for case in (post("bucket", key, made_of), post("dotted.bucket", key + "${filename}", made_of, **more))
    )


@keys
def test_a_key_as_a_query_value_and_as_a_copy_source(key: str) -> None:
    target = {"Bucket": "bucket", "Key": "k"}
    part = {**target, "PartNumber": 1, "UploadId": "u", "CopySource": {"Bucket": "b", "Key": key, "VersionId": key}}
    agree_all(
        url(operation, params, made_of)
        for made_of in SETTINGS.values()
        for operation, params in (
            ("list_objects_v2", {"Bucket": "bucket", "Prefix": key, "Delimiter": key}),
            ("get_object", {**target, "VersionId": key}),
            ("copy_object", {**target, "CopySource": f"bucket/{key}"}),
            ("copy_object", {**target, "CopySource": {"Bucket": "b", "Key": key}}),
            ("upload_part_copy", {**part, "Key": key}),
            ("rename_object", {"Bucket": "bucket", "Key": key, "RenameSource": key, "ClientToken": "t"}),
        )
    )


class Text(str):
    """A `str` that prints as something else."""

    __slots__ = ()

    def __str__(self) -> str:
        return "printed"

    def __repr__(self) -> str:
        return "Text()"


@pytest.mark.parametrize("made_of", SETTINGS.values(), ids=SETTINGS)
def test_a_key_of_another_type(made_of: Setting) -> None:
    values: list[Any] = [None, 1, 1.5, True, b"key", bytearray(b"key"), [], {}, object, ["key"], {"Key": "k"}, "",
    Text("key"), Text("")]  # fmt: skip
    agree_all(
        case
        for value in values
        for case in (get(made_of, Key=value), post("bucket", value, made_of), get(made_of, Bucket=value))
    )
    agree_all(post(value, "key", made_of) for value in values)


@pytest.mark.parametrize(
    "config",
    [{"s3": {"addressing_style": "path"}}, {"signature_version": "s3", "s3": {"addressing_style": "path"}}],
    ids=["sigv4", "sigv2"],
)
def test_an_empty_key_leaves_a_slash_in_front_of_the_query_of_an_operation(config: dict[str, Any]) -> None:
    unvalidated = setting(config={"parameter_validation": False, **config})
    operations = ("get_object_acl", "get_object_tagging", "create_multipart_upload", "get_object", "put_object")
    agree_all([url(name, {"Bucket": "my.dotted", "Key": ""}, unvalidated) for name in operations])
