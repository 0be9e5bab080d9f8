"""Where presigned differs from boto3 on purpose: what boto3 does, and what presigned does instead.

A test has the number of its line in COMPATIBILITY.md; `stated.py` holds the same list for all other tests.
"""

from __future__ import annotations

import datetime
import decimal
import json
import re
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, NoCredentialsError, ParamValidationError

from . import sigv4a
from .case import KEYS, UNSIGNED, URL, Case, Setting, get, post, setting, url
from .outcome import Form, Outcome, Raised, Url
from .subjects import ask_boto3, ask_presigned, copied, presigned_client

V4 = setting(config={"signature_version": "s3v4"})
V2 = setting(config={"signature_version": "s3"})
OBJECT = {"Bucket": "bucket", "Key": "key"}


def boto3_says(case: Case) -> Outcome:
    """boto3 as it is, with nothing switched off."""
    return ask_boto3(case)[0]


def refused(case: Case, *words: str) -> bool:
    """Whether presigned refuses a case, with a message that contains these words."""
    ours = ask_presigned(case)
    return (
        isinstance(ours, Raised)
        and isinstance(ours.error, ParamValidationError)
        and all(word in str(ours.error) for word in words)
    )


def host(outcome: Outcome) -> str:
    """The host of a URL or of a form's."""
    assert isinstance(outcome, Url | Form), outcome.describe()
    return (outcome.text if isinstance(outcome, Url) else outcome.url).split("/")[2]


@pytest.mark.parametrize(
    "region", ["us-east-1", "us-west-2", "eu-west-1", "sa-east-1", "us-gov-west-1", "aws-global", None]
)
def test_1_sigv4_is_signed_unless_sigv2_is_asked_for(region: str | None) -> None:
    for case in (
        get(setting(region)),
        get(setting(region, endpoint_url="http://localhost:9000")),
        get(setting(region, config={})),
    ):
        theirs = boto3_says(case)
        assert isinstance(theirs, Url)
        assert "AWSAccessKeyId=" in theirs.text
        explicit = Case(
            setting(region, **_endpoint(case), config={"signature_version": "s3v4"}),
            case.method,
            case.arguments,
            case.keywords,
        )
        assert ask_presigned(case) == boto3_says(explicit)
    form = boto3_says(post(made_of=setting(region)))
    assert isinstance(form, Form)
    assert form.fields[1][0] == "AWSAccessKeyId"
    assert ask_presigned(post(made_of=setting(region))) == boto3_says(
        post(made_of=setting(region, config={"signature_version": "s3v4"}))
    )
    old = setting(region, config={"signature_version": "s3"})
    assert ask_presigned(get(old)) == boto3_says(get(old)) == boto3_says(get(setting(region)))


def _endpoint(case: Case) -> dict[str, Any]:
    return {name: given for name, given in case.setting.client.items() if name == "endpoint_url"}


def test_1_sigv4_by_default_leaves_s3_express_and_multi_region_access_points_their_own_scheme() -> None:
    for bucket, scope in ((MULTI_REGION, "%2F20"), ("bucket--usw2-az1--x-s3", "s3express%2Faws4_request")):
        default = get(setting("us-west-2", config={"s3": {"disable_s3_express_session_auth": True}}), Bucket=bucket)
        ours = ask_presigned(default)
        assert ours == ask_boto3(default, sigv2_by_default=False)[0]
        assert isinstance(ours, Url)
        assert scope in ours.text
        assert ("AWS4-ECDSA-P256-SHA256" in ours.text) is (bucket == MULTI_REGION)


@pytest.mark.parametrize("expires_in",
[0, -1, 604801, 10**9, 3600.5, 0.5, float("nan"), float("inf"), "abc", "", "1.5", b"60", [60], {},
datetime.timedelta(0), datetime.timedelta(days=8)])  # fmt: skip
def test_2_a_sigv4_expiry_that_s3_must_refuse_makes_no_url(expires_in: Any) -> None:
    case = url("get_object", OBJECT, V4, ExpiresIn=expires_in)
    assert isinstance(boto3_says(case), Url)
    assert refused(case, "ExpiresIn")


@pytest.mark.parametrize(("expires_in", "seconds"),
[(3600.0, 3600), ("3600", 3600), (datetime.timedelta(hours=1), 3600), (1.0, 1), ("604800", 604800),
(datetime.timedelta(days=7), 604800), (decimal.Decimal(60), 60)])  # fmt: skip
def test_2_a_whole_number_of_seconds_is_taken_in_any_form(expires_in: Any, seconds: int) -> None:
    assert ask_presigned(url("get_object", OBJECT, V4, ExpiresIn=expires_in)) == boto3_says(
        url("get_object", OBJECT, V4, ExpiresIn=seconds)
    )


def test_2_sigv2_takes_every_expiry_that_boto3_takes() -> None:
    for expires_in in (0, -1, 604801, 10**10, 3600.5, " 60 ", "6_0"):
        case = url("get_object", OBJECT, V2, ExpiresIn=expires_in)
        assert isinstance(boto3_says(case), Url)
        assert ask_presigned(case) == boto3_says(case)


@pytest.mark.parametrize("expires_in", [0, -1, -3600, -0.5, datetime.timedelta(seconds=-1)])
def test_2_a_policy_that_ends_in_the_past_is_not_made(expires_in: Any) -> None:
    for made_of in (V4, V2):
        case = post(made_of=made_of, ExpiresIn=expires_in)
        assert isinstance(boto3_says(case), Form) is not isinstance(expires_in, datetime.timedelta)
        assert refused(case, "ExpiresIn")


@pytest.mark.parametrize("expires_in", [0, -3600, 0.5])
def test_2_an_unsigned_form_has_no_policy_that_could_end(expires_in: float) -> None:
    case = post(made_of=setting(config={"signature_version": UNSIGNED}), ExpiresIn=expires_in)
    assert isinstance(boto3_says(case), Form)
    assert ask_presigned(case) == boto3_says(case)


def test_2_a_policy_has_no_limit_and_accepts_strings_and_timedelta() -> None:
    assert ask_presigned(post(made_of=V4, ExpiresIn=10**8)) == boto3_says(post(made_of=V4, ExpiresIn=10**8))
    for expires_in in ("86400", datetime.timedelta(days=1)):
        assert isinstance(boto3_says(post(made_of=V4, ExpiresIn=expires_in)), Raised)
        assert ask_presigned(post(made_of=V4, ExpiresIn=expires_in)) == boto3_says(post(made_of=V4, ExpiresIn=86400))


TAGS = {"Bucket": "bucket", "Key": "key", "Tagging": {"TagSet": [{"Key": "a", "Value": "b"}]}}
POLICY = {"Bucket": "bucket", "Policy": '{"Version": "2012-10-17"}'}


def test_3_a_payload_is_required_and_validated_and_then_left_out() -> None:
    theirs = boto3_says(url("put_object_tagging", TAGS, V4))
    assert isinstance(theirs, Raised)
    assert isinstance(theirs.error, json.JSONDecodeError)
    merged = boto3_says(url("put_bucket_policy", POLICY, V4))
    assert isinstance(merged, Url)
    assert "?policy=&Version=2012-10-17&" in merged.text
    for operation, params, start in (
        ("put_object_tagging", TAGS, "https://bucket.s3.amazonaws.com/key?tagging=&X-Amz-Algorithm="),
        ("put_bucket_policy", POLICY, "https://bucket.s3.amazonaws.com/?policy=&X-Amz-Algorithm="),
    ):
        ours = ask_presigned(url(operation, params, V4))
        assert isinstance(ours, Url)
        assert ours.text.startswith(start)
        assert ours == ask_boto3(url(operation, params, V4), body_in_query=False)[0]
    for params in ({**OBJECT}, {**OBJECT, "Tagging": {"TagSet": [{"Key": ""}]}}):
        case = url("put_object_tagging", params, V4)
        theirs, ours = boto3_says(case), ask_presigned(case)
        assert isinstance(theirs, Raised) and isinstance(ours, Raised)  # noqa: PT018 - both at once
        assert str(theirs.error) == str(ours.error)


@pytest.mark.parametrize("operation", ["put_object", "upload_part"])
@pytest.mark.parametrize("body", [b"hello", "hello", bytearray(b"hello")])
def test_3_a_raw_body_may_be_empty_and_no_more(operation: str, body: Any) -> None:
    params = {**OBJECT, **({"PartNumber": 1, "UploadId": "u"} if operation == "upload_part" else {})}
    theirs = boto3_says(url(operation, {**params, "Body": body}, V4))
    assert isinstance(theirs, Raised)
    assert isinstance(theirs.error, ValueError | TypeError)
    assert refused(url(operation, {**params, "Body": body}, V4), "Body")
    without = boto3_says(url(operation, params, V4))
    for empty in (b"", "", bytearray()):
        assert ask_presigned(url(operation, {**params, "Body": empty}, V4)) == without
    old = url(operation, {**params, "Body": body}, V2)
    assert ask_presigned(old) == boto3_says(old)


@pytest.mark.parametrize("version", [V4, V2], ids=["sigv4", "sigv2"])
def test_3_a_body_that_cannot_be_encoded_is_left_out_too(version: Setting) -> None:
    theirs = boto3_says(url("put_bucket_policy", {"Bucket": "bucket", "Policy": "\ud800"}, version))
    assert isinstance(theirs, Raised)
    assert isinstance(theirs.error, UnicodeEncodeError)
    ours = ask_presigned(url("put_bucket_policy", {"Bucket": "bucket", "Policy": "\ud800"}, version))
    assert ours == ask_presigned(url("put_bucket_policy", {"Bucket": "bucket", "Policy": "{}"}, version))


def test_4_no_credentials_for_a_form_are_reported_as_for_a_url() -> None:
    for version in ("s3v4", "s3"):
        nobody = setting(keys={}, config={"signature_version": version})
        theirs, ours = boto3_says(post(made_of=nobody)), ask_presigned(post(made_of=nobody))
        assert isinstance(theirs, Raised)
        assert type(theirs.error) is AttributeError
        assert isinstance(ours, Raised)
        assert isinstance(ours.error, NoCredentialsError)
        assert str(ours.error) == "Unable to locate credentials"


ACCIDENTS = [
    url("get_object", [], V4), url("get_object", {"Bucket": None, "Key": "k"}, V4),
    url("put_object", {**OBJECT, "Metadata": {"a": 1}}, V4), url("get_object", OBJECT, V4, HttpMethod=1),
    url(["get_object"], OBJECT, V4), post("bucket", None, V4), post(None, "key", V4), post(made_of=V4, Fields=()),
    post(made_of=V4, Conditions={}), post(made_of=V4, Conditions=[b"x"]),
    url("get_object", {**OBJECT, "Foo": 1},
    setting(config={"parameter_validation": False, "signature_version": "s3v4"})),
]  # fmt: skip


@pytest.mark.parametrize("case", ACCIDENTS, ids=lambda case: case.describe().splitlines()[-1][10:80])
def test_4_an_accident_inside_boto3_is_a_proper_error_here(case: Case) -> None:
    theirs, ours = boto3_says(case), ask_presigned(case)
    assert isinstance(theirs, Raised) and type(theirs.error) in (AttributeError, KeyError, TypeError)  # noqa: PT018 - both at once
    assert isinstance(ours, Raised)
    assert isinstance(ours.error, BotoCoreError | TypeError | ValueError)
    assert not re.search(r"object has no attribute|^'?\w+'?$", str(ours.error)), ours.describe()


def test_5_the_callers_arguments_are_never_changed() -> None:
    for params in (
        {**OBJECT, "SSECustomerKey": "0" * 32},
        {**OBJECT, "CopySource": {"Bucket": "b", "Key": "k"}, "CopySourceSSECustomerKey": b"1" * 32},
    ):  # fmt: skip
        operation = "copy_object" if "CopySource" in params else "get_object"
        given = copied(params)
        presigned_client(V4).generate_presigned_url(operation, Params=given)
        assert given == params
    given = {"Bucket": "bucket"}
    presigned_client(V4).generate_presigned_url("list_objects_v2", Params=given)
    assert given == {"Bucket": "bucket"}
    boto3_says(url("list_objects_v2", given, V4))


@pytest.mark.parametrize("region", ["eu-west-1", "us-west-2", "ca-central-1"])
@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_6_fips_goes_to_the_clients_own_region(region: str, version: str) -> None:
    made_of = setting(region, config={"use_fips_endpoint": True, "signature_version": version})
    for case in (get(made_of), post(made_of=made_of)):
        assert host(boto3_says(case)) == "bucket.s3-fips.us-east-1.amazonaws.com"
        assert host(ask_presigned(case)) == f"bucket.s3-fips.{region}.amazonaws.com"
        assert ask_presigned(case) == ask_boto3(case, global_host=False)[0]


NOWHERE: list[tuple[Case, str]] = [
    (url("list_directory_buckets", {}, setting("us-west-2", config={"signature_version": "s3v4"})),
    "s3express-control.us-west-2.amazonaws.com"),
    (url("write_get_object_response", {"RequestRoute": "route", "RequestToken": "t"},
    setting("us-west-2", config={"signature_version": "s3v4"})), "route.s3-object-lambda.us-west-2.amazonaws.com"),
    (
        get(setting("us-west-2", config={"signature_version": "s3v4"}),
        Bucket="test-accessp-e0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3"),
        "test-accessp-e0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3.ec2.s3-outposts.us-west-2.amazonaws.com",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "expected"), NOWHERE, ids=[case.operation for case, _ in NOWHERE])
def test_7_no_host_is_made_that_does_not_exist(case: Case, expected: str) -> None:
    assert ".aws-global." in host(boto3_says(case))
    assert host(ask_presigned(case)) == expected
    assert ask_presigned(case) == ask_boto3(case, global_host=False)[0]


CONTROLLED = [
    url("put_object", {**OBJECT, "ContentType": "a\nb"}, V4),
    url("put_object", {**OBJECT, "Metadata": {"a": "b\r\nx-evil: 1"}}, V4),
    url("put_object", {**OBJECT, "Metadata": {"a\nb": "c"}}, V4),
    url("get_object", {**OBJECT, "Range": "bytes=0-1\x00"}, V4), get(V4, Bucket="bucket\n"),
    post("bucket\n", "key", V4), get(V2, Bucket="bucket\n"), url("get_object", {**OBJECT, "IfMatch": "\x7f"}, V4),
]  # fmt: skip


@pytest.mark.parametrize("case", CONTROLLED, ids=lambda case: case.describe().splitlines()[-1][10:100])
def test_8_control_characters_in_headers_and_hosts_are_refused(case: Case) -> None:
    assert isinstance(boto3_says(case), Url | Form)
    assert refused(case)


def test_8_control_characters_in_keys_and_query_values_are_legal() -> None:
    case = get(V4, Key="a\nb\x00", VersionId="\x1f", ResponseContentType="a\r\nb")
    assert ask_presigned(case) == boto3_says(case)


def test_9_aws_region_is_read_last() -> None:
    def alone(**environ: str) -> Case:
        made_of = Setting(
            client=KEYS, environ=environ, config={"signature_version": "s3v4", "s3": {"addressing_style": "virtual"}}
        )
        return get(made_of)

    assert host(boto3_says(alone(AWS_REGION="eu-west-3"))) == "bucket.s3.amazonaws.com"
    assert host(ask_presigned(alone(AWS_REGION="eu-west-3"))) == "bucket.s3.eu-west-3.amazonaws.com"
    both = alone(AWS_REGION="eu-west-3", AWS_DEFAULT_REGION="us-west-2")
    assert ask_presigned(both) == boto3_says(both)
    in_file = Setting(
        client=KEYS,
        environ={"AWS_REGION": "eu-west-3"},
        config_file="[default]\nregion = ap-south-1\n",
        config={"signature_version": "s3v4", "s3": {"addressing_style": "virtual"}},
    )
    assert ask_presigned(get(in_file)) == boto3_says(get(in_file))
    assert host(ask_presigned(get(in_file))) == "bucket.s3.ap-south-1.amazonaws.com"


@pytest.mark.parametrize("name", ["Foo", "clientmethod"])
def test_10_an_unknown_name_of_an_argument_is_reported_with_the_class(name: str) -> None:
    case = Case(setting(), URL, ("get_object",), {name: 1})
    for answer, function in (
        (boto3_says(case), "generate_presigned_url()"),
        (ask_presigned(case), "Client.generate_presigned_url()"),
    ):
        assert isinstance(answer, Raised)
        assert type(answer.error) is TypeError
        assert str(answer.error) == f"{function} got an unexpected keyword argument '{name}'"


MULTI_REGION = "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap"


@pytest.mark.parametrize(
    ("config", "bucket", "said"),
    [
        (None, MULTI_REGION, "botocore[crt]"),
        ({"signature_version": "v4a"}, MULTI_REGION, "s3v4a-query"),
        ({"signature_version": "s3v4a"}, MULTI_REGION, "s3v4a-query"),
        ({"signature_version": "s3v4a"}, "bucket", "s3v4a-query"),
        ({"auth_scheme_preference": "sigv4a"}, MULTI_REGION, "sigv4a"),
    ],
)
def test_11_sigv4a_needs_no_other_package(config: dict[str, Any] | None, bucket: str, said: str) -> None:
    case = get(setting("us-west-2", config=config), Bucket=bucket)
    with sigv4a.boto3_alone():
        theirs = ask_boto3(case, sigv2_by_default=False)[0]
    assert isinstance(theirs, Raised)
    assert said in str(theirs.error)
    ours = ask_presigned(case)
    assert ours == ask_boto3(case, sigv2_by_default=False)[0]
    assert "AWS4-ECDSA-P256-SHA256" in str(ours)


def test_11_a_form_by_sigv4a_is_refused_by_the_name_of_its_signature() -> None:
    case = post(MULTI_REGION, made_of=setting("us-west-2"))
    with sigv4a.boto3_alone():
        theirs = ask_boto3(case, sigv2_by_default=False)[0]
    assert isinstance(theirs, Raised)
    assert "botocore[crt]" in str(theirs.error)
    ours = ask_presigned(case)
    assert isinstance(ours, Raised)
    assert str(ours.error) == "Signature version(s) are not supported: s3v4a-presign-post"


def test_unsigned_urls_and_forms_are_boto3s() -> None:
    bare = setting(config={"signature_version": UNSIGNED})
    for case in (get(bare), post(made_of=bare), url("put_object_tagging", TAGS, bare)):
        assert ask_presigned(case) == boto3_says(case)


def test_2_the_longest_life_is_a_setting() -> None:
    for longest, expires_in in ((30 * 86400, 30 * 86400), (60, 60), (60, 61)):
        made_of = setting(config={"signature_version": "s3v4", "s3": {"presign_max_expires_in": longest}})
        case = url("get_object", OBJECT, made_of, ExpiresIn=expires_in)
        if expires_in > longest:
            assert refused(case, "ExpiresIn")
        else:
            assert ask_presigned(case) == boto3_says(case)


# Where Python shows through.


class Printed(str):
    """A string whose `str()` is another string, as with members of some enums."""

    __slots__ = ()

    def __str__(self) -> str:
        return "printed"


def test_a_bucket_that_prints_another_string_counts_as_its_value() -> None:
    # boto3 caches hosts by the bucket's value. So each line uses another bucket.
    assert host(boto3_says(get(V4, Bucket=Printed("pictures")))) == "printed.s3.amazonaws.com"
    assert ask_presigned(get(V4, Bucket=Printed("photos"))) == boto3_says(get(V4, Bucket="photos"))


def test_credentials_with_lone_surrogates_are_refused_when_the_client_is_made() -> None:
    for name in ("aws_access_key_id", "aws_secret_access_key", "aws_session_token"):
        case = get(setting(keys={**KEYS, name: "a\ud800b"}, config={"signature_version": "s3v4"}))
        theirs, ours = boto3_says(case), ask_presigned(case)
        assert isinstance(theirs, Raised)
        assert isinstance(theirs.error, UnicodeEncodeError)
        assert isinstance(ours, Raised)
        assert ours.step == "client"
        assert isinstance(ours.error, ValueError)
        assert "\ud800" not in f"{ours.error}{ours.error.args!r}"


def test_a_signed_header_with_a_lone_surrogate_is_refused_by_its_name() -> None:
    for member, header in (("ContentType", "content-type"), ("ACL", "x-amz-acl")):
        case = url("put_object", {**OBJECT, member: "a\ud800"}, V4)
        assert isinstance(boto3_says(case), Raised)
        ours = ask_presigned(case)
        assert isinstance(ours, Raised)
        assert isinstance(ours.error, ParamValidationError)
        assert header in str(ours.error).lower()
