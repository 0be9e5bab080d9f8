"""A POST policy refuses what it does not let in: each kind of condition violated, each field changed or left out."""

from typing import Any, NamedTuple

import pytest

from .servers import POST_CODE, Server
from .wire import BODY, Submit


class Rule(NamedTuple):
    """A condition, the fields that fulfil it, and others that do not."""

    conditions: list[Any]
    fields: dict[str, str]
    violation: dict[str, str]


RULES = {
    "a value by name": Rule([{"x-amz-meta-a": "1"}], {"x-amz-meta-a": "1"}, {"x-amz-meta-a": "2"}),
    "eq": Rule([["eq", "$x-amz-meta-a", "1"]], {"x-amz-meta-a": "1"}, {"x-amz-meta-a": "11"}),
    "eq in another script": Rule([["eq", "$x-amz-meta-a", "ü日"]], {"x-amz-meta-a": "ü日"}, {"x-amz-meta-a": "u日"}),
    "eq compares the case": Rule([["eq", "$x-amz-meta-a", "Me"]], {"x-amz-meta-a": "Me"}, {"x-amz-meta-a": "me"}),
    "starts-with": Rule([["starts-with", "$x-amz-meta-a", "ab"]], {"x-amz-meta-a": "abc"}, {"x-amz-meta-a": "a"}),
    "Content-Type": Rule([{"Content-Type": "image/png"}], {"Content-Type": "image/png"}, {"Content-Type": "text/html"}),
    "Content-Type by its start": Rule(
        [["starts-with", "$Content-Type", "image/"]], {"Content-Type": "image/png"}, {"Content-Type": "text/html"}
    ),
    "acl": Rule([{"acl": "private"}], {"acl": "private"}, {"acl": "public-read"}),
    "success_action_status": Rule(
        [{"success_action_status": "201"}], {"success_action_status": "201"}, {"success_action_status": "200"}
    ),
    "success_action_redirect": Rule(
        [["starts-with", "$success_action_redirect", "http://example.com/"]],
        {"success_action_redirect": "http://example.com/done"},
        {"success_action_redirect": "http://example.org/done"},
    ),
    "Cache-Control": Rule(
        [{"Cache-Control": "no-cache"}], {"Cache-Control": "no-cache"}, {"Cache-Control": "max-age=1"}
    ),
}
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


@every_rule
def test_a_condition_lets_in_what_fulfils_it(rule: Rule, client: Any, submit: Submit, bucket: str, key: str) -> None:
    post = client.generate_presigned_post(bucket, key, rule.fields, rule.conditions)
    assert submit(post, BODY).status in {200, 201, 204, 303}


@every_rule
def test_a_condition_refuses_another_value(rule: Rule, client: Any, submit: Submit, bucket: str, key: str) -> None:
    post = client.generate_presigned_post(bucket, key, rule.violation, rule.conditions)
    assert submit(post, BODY).status == 403


@every_rule
def test_a_condition_refuses_a_form_without_the_field(
    rule: Rule, client: Any, submit: Submit, bucket: str, key: str
) -> None:
    post = client.generate_presigned_post(bucket, key, None, rule.conditions)
    assert submit(post, BODY).status == 403


@every_rule
def test_a_field_that_the_policy_does_not_name_is_refused(
    rule: Rule, server: Server, client: Any, submit: Submit, bucket: str, key: str
) -> None:
    # boto3 does not turn fields into conditions, and neither do we: the caller names both.
    post = client.generate_presigned_post(bucket, key, rule.fields, None)
    let_in = rule.fields.keys() <= server.unlike.unlisted_fields
    assert submit(post, BODY).status in ({201, 204, 303} if let_in else {403})


@pytest.mark.parametrize(("size", "code"), [(2, "EntityTooSmall"), (3, ""), (5, ""), (6, "EntityTooLarge")])
def test_a_length_outside_the_range_is_refused(
    size: int, code: str, client: Any, submit: Submit, bucket: str, key: str
) -> None:
    post = client.generate_presigned_post(bucket, key, Conditions=[["content-length-range", 3, 5]])
    sent = submit(post, b"x" * size)
    assert (sent.status, sent.code) == (400 if code else 204, code)


@pytest.mark.parametrize("other", ["another", "", "{key}/more"])
def test_another_key_is_refused(other: str, client: Any, submit: Submit, bucket: str, key: str) -> None:
    post = client.generate_presigned_post(bucket, key)
    post["fields"]["key"] = other.format(key=key)
    assert submit(post).status in {400, 403}


def test_a_prefix_lets_in_what_starts_with_it_and_nothing_else(
    client: Any, submit: Submit, bucket: str, key: str
) -> None:
    post = client.generate_presigned_post(bucket, f"{key}/${{filename}}")
    assert submit({**post, "fields": {**post["fields"], "key": f"{key}/other/name"}}).status == 204
    assert submit({**post, "fields": {**post["fields"], "key": f"x{key}/other"}}).status == 403


def test_another_bucket_is_refused(client: Any, submit: Submit, bucket: str, other_bucket: str, key: str) -> None:
    post = client.generate_presigned_post(bucket, key)
    assert submit({**post, "url": post["url"].replace(bucket, other_bucket)}).status == 403
    assert submit(client.generate_presigned_post(other_bucket, key)).status == 204


# Every field that signing makes, with a value that is as well formed.
SIGNED_FIELDS = {
    "x-amz-algorithm": "AWS4-HMAC-SHA512",
    "x-amz-credential": "AKNOBODY000000000000/20260102/us-east-1/s3/aws4_request",
    "x-amz-date": "20260102T030405Z",
    "policy": "eyJleHBpcmF0aW9uIjoiMjA5OS0wMS0wMVQwMDowMDowMFoiLCJjb25kaXRpb25zIjpbXX0=",
    "x-amz-signature": "0" * 64,
}


@pytest.mark.parametrize("name", SIGNED_FIELDS)
def test_a_changed_signed_field_is_refused(name: str, client: Any, submit: Submit, bucket: str, key: str) -> None:
    post = client.generate_presigned_post(bucket, key)
    assert submit(post).status == 204
    post["fields"][name] = SIGNED_FIELDS[name]
    assert submit(post).status in {400, 403}


@pytest.mark.parametrize("name", ["key", *SIGNED_FIELDS])
def test_a_form_without_a_signed_field_is_refused(
    name: str, client: Any, submit: Submit, bucket: str, key: str
) -> None:
    post = client.generate_presigned_post(bucket, key)
    del post["fields"][name]
    assert submit(post).status in {400, 403}


def test_the_policy_of_one_form_does_not_fit_the_signature_of_another(
    server: Server, client: Any, submit: Submit, bucket: str, key: str
) -> None:
    narrow = client.generate_presigned_post(bucket, key, Conditions=[["content-length-range", 0, 1]])
    wide = client.generate_presigned_post(bucket, key)
    narrow["fields"]["policy"] = wide["fields"]["policy"]
    sent = submit(narrow, BODY)
    code = "AccessDenied" if server.does(POST_CODE) else "SignatureDoesNotMatch"
    assert (sent.status, sent.code) == (403, code)


def test_a_form_for_one_style_is_good_in_the_other(
    client: Any, virtual_client: Any, submit: Submit, bucket: str, key: str
) -> None:
    # A policy names no host: what binds it is the bucket.
    path_style = client.generate_presigned_post(bucket, key)
    virtual = virtual_client.generate_presigned_post(bucket, key)
    assert path_style["url"] != virtual["url"]
    assert submit({**path_style, "url": virtual["url"]}).status == 204
    assert submit({**virtual, "url": path_style["url"]}).status == 204
