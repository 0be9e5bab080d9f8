"""Every operation: with as little as it takes, with all it takes, and with each member alone."""

from __future__ import annotations

import pytest

from .case import UNSIGNED, Setting, setting, url
from .compare import agree, agree_all, share
from .model import OPERATIONS, filled, members, required

# Signed as it is by default, by SigV2, and not at all: three ways for a member to reach a URL.
SIGNERS: dict[str, Setting] = {
    "sigv4": setting(),
    "sigv4-token": setting(aws_session_token="to/ken+=="),
    "sigv4-virtual": setting("eu-central-1", config={"s3": {"addressing_style": "virtual"}}),
    "sigv4-path": setting("eu-west-1", config={"s3": {"addressing_style": "path"}}),
    "sigv2": setting(config={"signature_version": "s3"}),
    "sigv2-token": setting(config={"signature_version": "s3"}, aws_session_token="to/ken+=="),
    "unsigned": setting(config={"signature_version": UNSIGNED}),
    "unvalidated": setting(config={"parameter_validation": False}),
    "unvalidated-sigv2": setting(config={"parameter_validation": False, "signature_version": "s3"}),
}
operations = pytest.mark.parametrize("operation", OPERATIONS)


def test_there_are_116_operations() -> None:
    assert len(OPERATIONS) == 116


@operations
def test_the_least_an_operation_takes(operation: str) -> None:
    agree_all(url(operation, filled(operation, required(operation)), made_of) for made_of in SIGNERS.values())


@operations
def test_everything_an_operation_takes_in_either_order(operation: str) -> None:
    names = list(members(operation))
    agree_all(
        url(operation, filled(operation, order), made_of)
        for made_of in SIGNERS.values()
        for order in (names, names[::-1])
    )


@operations
def test_each_member_beside_the_required_ones(operation: str) -> None:
    must = required(operation)
    others = [name for name in members(operation) if name not in must]
    agree_all(
        url(operation, filled(operation, names), made_of)
        for made_of in SIGNERS.values()
        for names in (must, *([*must, name] for name in others), *([name, *must] for name in others))
    )


@operations
def test_each_required_member_left_out(operation: str) -> None:
    must, everything = required(operation), list(members(operation))
    lacking = [[other for other in names if other != name] for names in (must, everything) for name in must]
    agree_all(
        url(operation, params, made_of)
        for made_of in SIGNERS.values()
        for params in (None, {}, *(filled(operation, names) for names in lacking))
    )


@operations
def test_each_member_of_a_wrong_type(operation: str) -> None:
    everything = filled(operation, list(members(operation)))
    wrong = [None, 1, 1.5, "text", b"bytes", True, [], {}, [1], {"a": 1}, object, (1,), {1}]
    agree_all(
        url(operation, {**everything, name: value})
        for name in everything
        for value in wrong
        # A name is what every S3 operation looks at before it validates: `test_buckets.py`.
        if name != "Bucket"
    ) if everything.keys() - {"Bucket"} else None


@operations
def test_an_unknown_member_is_named_with_all_known_ones(operation: str) -> None:
    everything = filled(operation, list(members(operation)))
    agree(
        url(operation, {"Foo": 1, **everything}),
        url(operation, {**everything, "bucket": "b", "Bar": None}),
        url(operation, {"key": "k"}),
    )


METHODS = ["GET", "PUT", "post", "Delete", "HEAD", "", "ß", "PATCH x", "É", "ǆ"]


@operations
def test_another_http_method_is_signed_in_upper_case(operation: str) -> None:
    params = filled(operation, required(operation))
    agree_all(
        url(operation, params, made_of, HttpMethod=method)
        for made_of in (SIGNERS["sigv4"], SIGNERS["sigv2"])
        for method in METHODS
    )


BUCKETS = ["bucket", "my.bucket", "Up.Per", "b_c", "ab", "my-access-point-alias-s3alias", "x" * 64]


@operations
def test_each_operation_on_each_kind_of_bucket(operation: str) -> None:
    params = filled(operation, required(operation))
    # An operation without a bucket still says so for each kind.
    named = [{**params, "Bucket": bucket} for bucket in BUCKETS]
    agree_all(
        share(
            2,
            (
                url(operation, given, setting(region, config=config))
                for region in ("us-east-1", "us-west-2", "cn-north-1", None)
                for config in (None, {"s3": {"addressing_style": "virtual"}}, {"s3": {"addressing_style": "path"}})
                for given in named
            ),
        )
    )
