"""Hypothesis combines everything: boto3 and presigned agree also on cases that are in no table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from . import strategies as draw
from .case import Case, Setting, get, post, url
from .compare import agree


@given(draw.urls(draw.clients))
def test_any_members_of_any_operation(case: Case) -> None:
    agree(case)


@given(draw.urls(draw.clients, wrong=20))
def test_any_members_some_of_which_do_not_fit(case: Case) -> None:
    agree(case)


@given(draw.settings_of_any_kind(), draw.buckets, draw.keys)
def test_any_client_any_bucket_and_any_key(made_of: Setting, bucket: str, key: str) -> None:
    agree(
        get(made_of, Bucket=bucket, Key=key),
        url("list_objects_v2", {"Bucket": bucket, "Prefix": key}, made_of),
        post(bucket, key, made_of),
    )


@given(draw.settings_of_any_kind(flag=draw.flaglike), draw.operations)
def test_flags_that_are_not_quite_booleans(made_of: Setting, operation: str) -> None:
    agree(get(made_of), url(operation, {"Bucket": "b-1", "Key": "k"}, made_of), post("b-1", "k", made_of))


@given(draw.clients, draw.keys, draw.keys)
def test_any_key_and_any_query_value(made_of: Setting, key: str, value: str) -> None:
    agree(
        url(
            "get_object",
            {"Key": key, "VersionId": value, "Bucket": "bucket", "ResponseContentDisposition": value},
            made_of,
        ),
        url(
            "list_objects_v2",
            {"Bucket": "dotted.bucket", "Delimiter": value, "Prefix": key, "StartAfter": value},
            made_of,
        ),
    )


@given(draw.clients, st.dictionaries(draw.words, draw.words), draw.any_text, draw.any_text, draw.copy_sources)
def test_any_header(made_of: Setting, metadata: dict[str, str], content_type: str, acl: str, source: Any) -> None:
    agree(
        url(
            "put_object",
            {"ACL": acl, "Bucket": "bucket", "Metadata": metadata, "Key": "k", "ContentType": content_type},
            made_of,
        ),
        url(
            "copy_object",
            {"CopySource": source, "Bucket": "bucket", "Tagging": acl, "Key": "k", "Metadata": metadata},
            made_of,
        ),
    )


@given(draw.clients, st.one_of(draw.moments, draw.anything))
def test_any_timestamp(made_of: Setting, moment: Any) -> None:
    agree(
        url("get_object", {"Bucket": "b-1", "Key": "k", "ResponseExpires": moment, "IfModifiedSince": moment}, made_of),
        url(
            "put_object", {"Bucket": "b-1", "Key": "k", "ObjectLockRetainUntilDate": moment, "Expires": moment}, made_of
        ),
    )


@given(draw.forms(draw.clients))
def test_any_form(case: Case) -> None:
    agree(case)


@given(draw.clients, draw.expiries, draw.http_methods, draw.instants)
def test_any_expiry_method_and_instant(
    made_of: Setting, expires_in: Any, http_method: str | None, instant: float
) -> None:
    agree(
        replace(
            url("get_object", {"Bucket": "b-1", "Key": "k"}, made_of, ExpiresIn=expires_in, HttpMethod=http_method),
            instant=instant,
        ),
        replace(post("b-1", "k", made_of, ExpiresIn=expires_in), instant=instant),
    )


@given(st.one_of(draw.urls(draw.settings_of_any_kind(), wrong=3), draw.forms(draw.settings_of_any_kind())))
def test_everything_at_once(case: Case) -> None:
    agree(case)
