"""`presign_post`: what each option writes into fields and policy, what is mirrored, and what is refused."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
from collections import OrderedDict
from datetime import datetime, timezone
from typing import Any

import boto3
import freezegun
import pytest
from hypothesis import given
from hypothesis import strategies as st

import presigned
import presigned.aio
from presigned.exceptions import ParamValidationError

START = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
KEYS: dict[str, Any] = {
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "secret",
    "region_name": "us-east-1",
}
S3: Any = presigned.client("s3", **KEYS)
#: The conditions of every form, which the bucket, the key and the signature add.
OWN = 5
SSE = "x-amz-server-side-encryption"


def conditions(form: Any) -> list[Any]:
    """The conditions in front of the one on the bucket."""
    found: list[Any] = json.loads(base64.b64decode(form.fields["policy"]))["conditions"]
    return found[:-OWN]


def own_fields(form: Any) -> dict[str, str]:
    """The fields that neither the key nor the signature adds."""
    return {
        name: value
        for name, value in form.fields.items()
        if not name.startswith(("x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"))
        and name not in ("key", "policy")
    }


ALONE: list[tuple[dict[str, Any], list[Any]]] = [
    ({"max_size": 10}, [["content-length-range", 0, 10]]),
    ({"min_size": 1}, [["content-length-range", 1, 5 * 2**30]]),
    ({"min_size": 1, "max_size": 1}, [["content-length-range", 1, 1]]),
    ({"min_size": 6 * 2**30}, [["content-length-range", 6 * 2**30, 6 * 2**30]]),
    ({"content_type": "image/*"}, [["starts-with", "$Content-Type", "image/"]]),
    ({"content_type": "*/*"}, [["starts-with", "$Content-Type", ""]]),
    ({"content_type": "*"}, [["starts-with", "$Content-Type", ""]]),
    ({"content_type": "text/*"}, [["starts-with", "$Content-Type", "text/"]]),
]


@pytest.mark.parametrize(("options", "expected"), ALONE)
def test_an_option_becomes_a_condition(options: dict[str, Any], expected: list[Any]) -> None:
    form = S3.presign_post("photos", "k", **options)
    assert (own_fields(form), conditions(form)) == ({}, expected)


WRITTEN: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"content_type": "image/png"}, {"Content-Type": "image/png"}),
    ({"success_redirect": "https://example.org/done?a=1"}, {"success_action_redirect": "https://example.org/done?a=1"}),
    ({"success_status": 201}, {"success_action_status": "201"}),
    ({"acl": "bucket-owner-full-control"}, {"acl": "bucket-owner-full-control"}),
    ({"storage_class": "STANDARD_IA"}, {"x-amz-storage-class": "STANDARD_IA"}),
    ({"cache_control": "max-age=60"}, {"Cache-Control": "max-age=60"}),
    ({"content_disposition": "attachment"}, {"Content-Disposition": "attachment"}),
    ({"content_encoding": "gzip"}, {"Content-Encoding": "gzip"}),
    ({"website_redirect": "/other"}, {"x-amz-website-redirect-location": "/other"}),
    ({"metadata": {"by": "ü", "X-Amz-Meta-a": ""}}, {"x-amz-meta-by": "ü", "x-amz-meta-a": ""}),
    (
        {"tags": {"a": "b & c", "d": ""}},
        {
            "tagging": "<Tagging><TagSet><Tag><Key>a</Key><Value>b &amp; c</Value></Tag>"
            "<Tag><Key>d</Key><Value></Value></Tag></TagSet></Tagging>"
        },
    ),
    ({"server_side_encryption": "AES256"}, {SSE: "AES256"}),
    (
        {
            "server_side_encryption": "aws:kms",
            "sse_kms_key_id": "a-key",
            "sse_kms_encryption_context": {"a": "b"},
            "bucket_key_enabled": True,
        },
        {
            SSE: "aws:kms",
            f"{SSE}-aws-kms-key-id": "a-key",
            f"{SSE}-context": base64.b64encode(b'{"a": "b"}').decode(),
            f"{SSE}-bucket-key-enabled": "true",
        },
    ),
    (
        {"object_lock_mode": "GOVERNANCE", "object_lock_retain_until": START, "object_lock_legal_hold": False},
        {
            "x-amz-object-lock-mode": "GOVERNANCE",
            "x-amz-object-lock-retain-until-date": "2026-11-24T12:00:00Z",
            "x-amz-object-lock-legal-hold": "OFF",
        },
    ),
    (
        {"checksum_algorithm": "CRC32", "checksum": "AAAAAA=="},
        {"x-amz-checksum-algorithm": "CRC32", "x-amz-checksum-crc32": "AAAAAA=="},
    ),
]


@freezegun.freeze_time(START)
@pytest.mark.parametrize(("options", "fields"), WRITTEN)
def test_an_option_becomes_a_field_and_its_condition_as_written_by_hand_for_boto3(
    options: dict[str, Any], fields: dict[str, str]
) -> None:
    theirs = boto3.client("s3", **KEYS, config=boto3.session.Config(signature_version="s3v4"))
    by_hand = theirs.generate_presigned_post("photos", "k", fields, [{name: fields[name]} for name in fields])
    form = S3.presign_post("photos", "k", **options)
    assert [form.url, [*form.fields.items()]] == [by_hand["url"], [*by_hand["fields"].items()]]
    assert form.check() is None


def test_an_option_whose_value_is_missing_is_not_given() -> None:
    with freezegun.freeze_time(START):
        assert S3.presign_post("photos", "k", max_size=None, tags=None) == S3.presign_post("photos", "k")


def test_a_field_becomes_a_condition_and_an_exact_condition_a_field() -> None:
    form = S3.presign_post("photos", "k", fields={"acl": "private"}, conditions=[["eq", "$Cache-Control", "no-cache"]])
    assert own_fields(form) == {"acl": "private", "Cache-Control": "no-cache"}
    assert conditions(form) == [["eq", "$Cache-Control", "no-cache"], {"acl": "private"}]
    # generate_presigned_post stays as it is.
    form = S3.generate_presigned_post("photos", "k", {"acl": "private"}, [{"Cache-Control": "no-cache"}])
    assert "Cache-Control" not in form["fields"]


def test_nothing_is_mirrored_that_needs_no_condition_or_is_there() -> None:
    fields = OrderedDict(
        {"x-ignore-this": "1", "key": "k", "x-amz-meta-a": "ab", "Content-Type": "image/png,image/gif"}
    )
    rules = [["starts-with", "$x-amz-meta-a", "a"], ("starts-with", "$Content-Type", "image/")]
    form = S3.presign_post("photos", "k", fields=fields, conditions=rules)
    assert conditions(form) == [list(rule) for rule in rules]
    assert isinstance(form.fields, OrderedDict)
    assert form.check() is None


def test_the_arguments_of_the_caller_stay_as_they_are() -> None:
    fields, rules = {"acl": "private"}, [{"Cache-Control": "no-cache"}]
    S3.presign_post("photos", "k", fields=fields, conditions=rules, max_size=10)
    assert (fields, rules) == ({"acl": "private"}, [{"Cache-Control": "no-cache"}])


def test_the_policy_of_a_key_with_the_name_of_the_file_holds_what_is_in_front_of_it() -> None:
    form = S3.presign_post("photos", "a/${filename}", max_size=1)
    assert ["starts-with", "$key", "a/"] in json.loads(base64.b64decode(form.fields["policy"]))["conditions"]


@pytest.mark.parametrize("key", ["users/1/${filename}", "users/1/2026/cat.png", "users/1/${filename}/${filename}.png"])
def test_a_prefix_is_all_that_the_policy_holds_of_a_key(key: str) -> None:
    form = S3.presign_post("photos", key, key_prefix="users/1/")
    policy = json.loads(base64.b64decode(form.fields["policy"]))["conditions"]
    assert [rule for rule in policy if "key" in str(rule)] == [["starts-with", "$key", "users/1/"]]
    assert form.fields["key"] == key
    assert form.check("cat.png") is None
    assert form.check("cat.png", fields={"key": "users/1/other"}) is None
    assert form.check("cat.png", fields={"key": "users/2/other"}) is not None


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"max_size": "10MB"}, "max_size, value: '10MB': a size is a whole number of bytes"),
    ({"max_size": 10.0}, "max_size, value: 10.0"),
    ({"max_size": True}, "max_size, value: True"),
    ({"max_size": -1}, "max_size, value: -1: a size is at least 0"),
    ({"min_size": 2, "max_size": 1}, "no file has at least 2 and at most 1 bytes"),
    ({"max_size": 1, "conditions": [["content-length-range", 0, 1]]}, "an option decides this already"),
    ({"conditions": [["content-length-range", 0, 1]] * 2}, r"conditions\[1\].*there is a content-length-range already"),
    ({"conditions": [["content-length-range", "0", 1]]}, "a size is a whole number of bytes"),
    ({"content_type": "image/*;q=1"}, "content_type"),
    ({"content_type": "image/png, image/gif"}, "content_type"),
    ({"content_type": ["image/png"]}, "content_type"),
    ({"content_type": "image/png\r\nx: y"}, "control character"),
    ({"content_type": "a/b", "fields": {"content-type": "a/b"}}, "`fields` has 'Content-Type' too"),
    ({"content_type": "a/*", "conditions": [["starts-with", "$Content-Type", "a/"]]}, "an option decides this"),
    ({"acl": "private", "conditions": [{"acl": "private"}]}, "an option decides this"),
    ({"acl": "everybody"}, "acl, value: 'everybody': S3 knows private"),
    ({"acl": 5}, "acl, value: 5"),
    ({"success_status": 302}, "S3 answers with 200, 201 or 204"),
    ({"success_redirect": "/done"}, "it is a whole URL"),
    ({"success_redirect": "https://example.org", "success_status": 201}, "give one"),
    ({"checksum_algorithm": "SHA256"}, "checksum, value: None: `checksum_algorithm` and `checksum` go together"),
    ({"checksum": "AAAAAA=="}, "checksum_algorithm, value: None"),
    ({"checksum_algorithm": "MD5", "checksum": "AAAAAA=="}, "S3 knows CRC32"),
    ({"checksum_algorithm": "SHA1", "checksum": "AAAAAA=="}, "the base64 of the 20 bytes"),
    ({"checksum_algorithm": "CRC32", "checksum": b"AAAAAA=="}, "the base64 of the 4 bytes"),
    ({"checksum_algorithm": "CRC32", "checksum": 5}, "the base64 of the 4 bytes"),
    ({"sse_kms_key_id": "a"}, "it needs server_side_encryption"),
    ({"server_side_encryption": "aws:kms", "sse_kms_encryption_context": "a"}, "mapping of strings"),
    ({"server_side_encryption": "aws:kms", "bucket_key_enabled": "yes"}, "it is True or False"),
    ({"object_lock_mode": "GOVERNANCE"}, "goes together with `object_lock_retain_until`"),
    ({"object_lock_mode": "GOVERNANCE", "object_lock_retain_until": datetime(2027, 1, 1)}, "with a time zone"),
    ({"tags": {str(number): "" for number in range(11)}}, "1 to 10 tags"),
    ({"tags": {"": ""}}, "the key of a tag"),
    ({"tags": [("a", "b")]}, "tags are a mapping"),
    ({"metadata": {"a b": ""}}, "a name of metadata"),
    ({"metadata": {"X-Amz-Meta-": ""}}, "a name of metadata"),
    ({"tags": {"a": "\x00"}}, "control character"),
    ({"success_status": 201.0}, "S3 answers with 200, 201 or 204"),
    ({"metadata": {"a": 1}}, "metadata is a mapping of strings"),
    ({"metadata": {"a": "b\nc"}}, "control character"),
    ({"metadata": {"a": "\ud800"}}, "lone surrogate"),
    ({"metadata": {"a": "1"}, "fields": {"X-Amz-Meta-A": "1"}}, "`fields` has 'x-amz-meta-a' too"),
    ({"key_prefix": "b/"}, "key, value: 'k': it begins with `key_prefix`, 'b/'"),
    ({"key_prefix": "k${filename}"}, "key_prefix"),
    ({"key_prefix": 5}, "key_prefix"),
    ({"max_size": 1, "fields": 5}, "fields are a mapping"),
    ({"max_size": 1, "conditions": ({"acl": "private"},)}, "conditions are a list"),
    ({"fields": {"acl": 5}}, r"fields\['acl'\], value: 5: the value of a field is a string"),
    ({"fields": {5: "a"}}, "the name of a field is a string"),
    ({"fields": {"policy": "a"}}, "the signature writes this field"),
    ({"fields": {"file": "a"}}, "the browser adds it"),
    ({"fields": {"ContentType": "image/png"}}, "the name is 'Content-Type'"),
    ({"fields": {"x-amz-acl": "private"}}, "the name is 'acl'"),
    ({"fields": {"x-amz-unheard-of": "1"}}, "S3 does not know this field"),
    ({"fields": {"acl": "private", "ACL": "private"}}, "the same field is also there as 'acl'"),
    ({"fields": {"key": "other"}}, "it contradicts the argument `key`"),
    ({"fields": {"bucket": "other"}}, "it contradicts the argument `bucket`"),
    ({"fields": {"acl": "private"}, "conditions": [{"acl": "public-read"}]}, "it contradicts the condition"),
    ({"fields": {"acl": "private"}, "conditions": [["starts-with", "$acl", "pub"]]}, "it contradicts the condition"),
    ({"fields": {"acl": "private"}, "conditions": [{"ACL": "private"}]}, "write it alike"),
    ({"conditions": [{"acl": "private"}, {"acl": "private"}]}, r"conditions\[1\].*the same condition is there already"),
    ({"conditions": [{"acl": "private"}, ["eq", "$acl", "public-read"]]}, r"conditions\[1\].*it contradicts"),
    ({"conditions": [["starts-with", "$acl", "a"], ["starts-with", "$acl", "b"]]}, "it contradicts"),
    ({"conditions": [{"acl": "private"}, ["starts-with", "$ACL", "p"]]}, "write it alike"),
    ({"conditions": [{"key": "k"}]}, "written from `key`: give `key_prefix`"),
    ({"conditions": [{"bucket": "photos"}]}, "written from `bucket`"),
    ({"conditions": [{"x-amz-date": "a"}]}, "the signature writes this field"),
    ({"conditions": [{"acl": "private", "Expires": "a"}]}, "a condition that is a dict has one entry"),
    ({"conditions": [{"success_action_status": 201}]}, "the value of a field is a string"),
    ({"conditions": ["acl"]}, "a condition is a dict"),
    ({"conditions": [["eq", "$acl"]]}, "a condition is a dict"),
    ({"conditions": [["eq", "acl", "private"]]}, r"begins with '\$'"),
    ({"conditions": [["eq", "$acl", 5]]}, "the value of a field is a string"),
    ({"conditions": [["matches", "$acl", "a"]]}, "a condition begins with 'eq'"),
]


@pytest.mark.parametrize(("options", "why"), REFUSED)
def test_what_cannot_work_is_refused_by_name(options: dict[str, Any], why: str) -> None:
    with pytest.raises(ParamValidationError, match=f"(?s)Invalid value for parameter .*{why}"):
        S3.presign_post("photos", "k", **options)


def test_a_name_of_a_file_in_the_middle_of_a_key_needs_a_prefix() -> None:
    # The policy would hold a key that no upload has, as S3 replaces the name before it compares.
    form = S3.presign_post("photos", "${filename}.png")
    assert form.check("cat") is not None
    with pytest.raises(ParamValidationError, match="give `key_prefix` too"):
        S3.presign_post("photos", "${filename}.png", max_size=1)
    # After a call that was answered from the same options, too.
    S3.presign_post("photos", "a.png", max_size=1)
    with pytest.raises(ParamValidationError, match="give `key_prefix` too"):
        S3.presign_post("photos", "${filename}.png", max_size=1)


def test_an_unknown_option_is_refused_as_python_refuses_it() -> None:
    with pytest.raises(TypeError, match=r"^S3\.presign_post\(\) got an unexpected keyword argument 'maxsize'$"):
        S3.presign_post("photos", "k", maxsize=5)
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        S3.presign_post("photos", "k", maxsize=None)


def test_no_error_shows_a_key_of_a_customer() -> None:
    name = f"{SSE}-customer-key"
    with pytest.raises(ParamValidationError) as raised:
        S3.presign_post("photos", "k", fields={name: "very-secret\n"})
    assert "very-secret" not in str(raised.value)
    with pytest.raises(ParamValidationError) as raised:
        S3.presign_post("photos", "k", fields={name: "very-secret"}, conditions=[{name: "another-secret"}])
    assert "secret" not in str(raised.value)


def test_the_key_of_a_customer_is_not_kept() -> None:
    form = S3.presign_post("photos", "k", fields={f"{SSE}-customer-key": "very-secret"})
    assert form.check() is None
    assert "very-secret" not in str(presigned._client._settled_form)


def test_plain_calls_load_none_of_it() -> None:
    program = (
        "import sys, presigned\n"
        f"s3 = presigned.client('s3', **{KEYS!r})\n"
        "s3.presign_post('photos', 'k')\n"
        "assert 'presigned._client.post_options' not in sys.modules\n"
        "s3.presign_post('photos', 'k', max_size=1)\n"
        "assert 'presigned._client.post_options' in sys.modules\n"
        "heavy = {'json', 're', 'html', 'datetime', 'typing', 'xml.sax', 'shlex', 'presigned._client.post_check'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-S", "-c", program], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_a_promoted_client_makes_the_same_form() -> None:
    mine: Any = presigned.client("s3", **KEYS)
    options = {"max_size": 5, "content_type": "image/png", "key_prefix": "a/", "fields": {"acl": "private"}}
    with freezegun.freeze_time(START):
        before = mine.presign_post("photos", "a/b", **options)
        mine.meta.events  # noqa: B018 - it promotes
        assert mine._presigned.gate is not None
        assert mine.presign_post("photos", "a/b", **options) == before
        mine.meta.events.register("before-sign.s3.PutObject", lambda **_: None)
        assert mine.presign_post("photos", "a/b", **options) == before


@freezegun.freeze_time(START)
def test_an_asynchronous_client_makes_the_same_form() -> None:
    options: dict[str, Any] = {
        "max_size": 5,
        "content_type": "image/png",
        "key_prefix": "a/",
        "fields": {"acl": "private"},
    }

    async def form() -> Any:
        async with presigned.aio.get_session().create_client("s3", **KEYS) as client:
            return await client.presign_post("photos", "a/b", **options)

    assert asyncio.run(form()) == S3.presign_post("photos", "a/b", **options)


NAMES = st.sampled_from(["acl", "Cache-Control", "x-amz-meta-a", "x-amz-meta-b", "Content-Type", "own"])
VALUES = st.text(st.characters(blacklist_categories=["C"]), max_size=4)
RULES = st.lists(st.tuples(st.sampled_from(["eq", "starts-with"]), NAMES, VALUES), max_size=3)


@given(st.dictionaries(NAMES, VALUES, max_size=4), RULES)
def test_what_is_not_refused_is_a_form_that_its_policy_lets_in(
    fields: dict[str, str], rules: list[tuple[str, str, str]]
) -> None:
    listed = [[operator, f"${name}", value] for operator, name, value in rules]
    try:
        form = S3.presign_post("photos", "k", fields=fields, conditions=listed)
    except ParamValidationError:
        return
    left = {name: prefix for operator, name, prefix in rules if operator == "starts-with" and name not in form.fields}
    longest = {name: max((p for _, n, p in rules if n == name), key=len) for name in left}
    assert form.check(fields=longest) is None


@pytest.mark.parametrize("given", [{"fields": [[1, 2]]}, {"conditions": {"a": 1}}])
def test_what_cannot_be_compared_is_refused_by_its_type(given: dict[str, Any]) -> None:
    class Odd:
        def __eq__(self, other: object) -> bool:
            raise ArithmeticError

        __hash__ = None  # type: ignore[assignment] # as it defines `__eq__`

    s3: Any = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
    [name] = given
    for value in (given[name], Odd()):
        with pytest.raises(ParamValidationError, match=f"parameter {name.title()}"):
            s3.presign_post("photos", "k", **{name: value})
