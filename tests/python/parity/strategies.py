"""Draws clients, buckets, parameters and forms of every kind, valid ones and not, for hypothesis."""

from __future__ import annotations

import datetime
import functools
import string
from typing import Any

from hypothesis import strategies as st

from .case import KEYS, UNSIGNED, Case, Setting, post, url
from .model import OPERATIONS, members, required
from .test_arns import BAD, GOOD, MULTI_REGION, OUTPOSTS_ALIASES
from .test_endpoint_url import AMAZON, HOSTS, ODD, PATHS
from .test_express import NAMES as EXPRESS
from .test_regions import REGIONS

_NASTY = list(" /%+~*'\"\\?#&=;:@,.$!()[]{}<>|^`-_\t\n\x00\x7f\x85\u00a0\u2003éßİ日\U0001f600\ufeff")
characters = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from(_NASTY), st.sampled_from(string.ascii_letters)
)
texts = st.text(characters, max_size=30)
words = st.text(string.ascii_letters + string.digits + "-._/ ", max_size=20)
any_text = st.one_of(texts, words)
#: Strings, some of which cannot be encoded in UTF-8.
with_surrogates = st.one_of(*[any_text] * 12, st.text(st.characters(categories=["Cs", "Ll"]), min_size=1, max_size=4))

# Whole milliseconds: `datetime` rounds what lies between two microseconds, a real clock never does.
instants = st.integers(0, 4 * 10**12).map(lambda milliseconds: milliseconds / 1000)
moments = st.one_of(
    st.datetimes(), st.datetimes(timezones=st.timezones()), st.integers(-(10**10), 10**11), st.floats(-1e10, 1e11),
    st.booleans(),
    st.decimals(-(10**9), 10**10), st.datetimes().map(datetime.datetime.isoformat),
    st.datetimes().map("{:%a, %d %b %Y %H:%M:%S GMT}".format),
    st.integers(0, 2 * 10**9).map(str), st.floats(0, 2e9).map(str),
    st.datetimes(timezones=st.timezones()).map(datetime.datetime.isoformat),
)  # fmt: skip


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists, mappings and tuples of these."""
    return st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3), st.tuples(inner))


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), any_text, st.binary(max_size=8), st.decimals(),
    st.dates(), st.complex_numbers()),
    nested,
    max_leaves=5,
)  # fmt: skip


# A strategy that is made again for each draw is also checked again, which takes longer than the draw.
@functools.cache
def of_shape(shape: Any, name: str, depth: int = 0) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one return a kind of shape
    """A value that boto3 accepts for a shape."""
    match shape.type_name:
        case "string":
            return st.one_of(words, any_text, *(st.sampled_from(shape.enum) for _ in (1,) if shape.enum))
        case "integer" | "long":
            return st.integers(-5, 10**6)
        case "boolean":
            return st.booleans()
        case "timestamp":
            return moments
        case "blob":
            return st.sampled_from([b"", "", bytearray()])
        case "list":
            return st.lists(of_shape(shape.member, name, depth + 1), max_size=3)
        case "map":
            return st.dictionaries(words, st.one_of(words, texts), max_size=3)
        case _:
            names = list(shape.members) if depth < 4 else list(shape.required_members)
            return (
                st.lists(st.sampled_from(names), unique=True, max_size=4).flatmap(
                    lambda chosen: st.fixed_dictionaries(
                        {each: of_shape(shape.members[each], each, depth + 1) for each in chosen}
                    )
                )
                if names
                else st.just({})
            )


labels = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12)
buckets = st.one_of(
    *[st.just("bucket")] * 6, labels, st.text(string.ascii_letters + string.digits + "-._", min_size=1, max_size=70),
    st.sampled_from([*GOOD, *MULTI_REGION, *BAD, *OUTPOSTS_ALIASES, *EXPRESS]),
    st.builds("{}.{}".format, labels, labels), any_text, st.builds("{}--{}--x-s3".format, labels, labels),
    st.builds("arn:aws:s3:{}:{}:accesspoint{}{}".format, st.sampled_from(["us-west-2", "us-east-1", "cn-north-1", ""]),
    st.sampled_from(["123456789012", "1", ""]), st.sampled_from([":", "/"]), labels),
    st.builds("arn:aws:s3-object-lambda:{}:123456789012:accesspoint{}{}".format,
    st.sampled_from(["us-west-2", "us-gov-west-1"]), st.sampled_from([":", "/"]), labels),
    st.builds("arn:{}:s3-outposts:us-west-2:123456789012:outpost{}op-1{}accesspoint{}{}".format,
    st.sampled_from(["aws", "aws-cn", "x"]), *[st.sampled_from([":", "/"])] * 3, labels),
)  # fmt: skip
keys = st.one_of(with_surrogates.filter(bool), words.filter(bool), st.just("key"), any_text)
copy_sources = st.one_of(
    any_text, st.builds("{}/{}".format, labels, any_text), st.builds("{}/{}?versionId={}".format, labels, texts, texts),
    st.fixed_dictionaries({"Bucket": st.one_of(labels, buckets), "Key": any_text},
    optional={"VersionId": st.one_of(texts, st.none())}),
)  # fmt: skip
routes = st.one_of(labels, any_text)
SPECIAL = {"Bucket": buckets, "Key": keys, "CopySource": copy_sources, "RequestRoute": routes}


_odds = st.integers(0, 99)


@functools.cache
def _some_of(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=7)


@functools.cache
def _in_any_order(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.permutations(names)


@st.composite
def params(draw: st.DrawFn, operation: str, *, wrong: int = 0) -> dict[str, Any]:
    """Any subset of an operation's members, in any order; about `wrong` in a hundred do not fit."""
    shapes = members(operation)
    others = [name for name in shapes if name not in required(operation)]
    chosen = draw(_some_of(tuple(others))) if others else []
    names = draw(_in_any_order((*required(operation), *chosen)))
    given: dict[str, Any] = {}
    for name in names:
        if draw(_odds) < wrong // 2:
            continue
        fitting = SPECIAL[name] if name in SPECIAL else of_shape(shapes[name], name)
        given[name] = draw(anything if draw(_odds) < wrong else fitting)
    if draw(_odds) < wrong:
        given[draw(texts)] = draw(anything)
    return given


def some(**options: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these options."""
    return st.fixed_dictionaries({}, optional=options)


_FLAG = st.booleans()
_FLAGLIKE = st.sampled_from([True, False, None, "true", "false", 1, 0, ""])
versions = st.sampled_from(
    [None, None, None, "s3", "s3", "s3v4", "v4", UNSIGNED, "s3-query", "s3v4-query", "s3-presign-post", "v2", "foo", ""]
)


def s3_options(flag: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """`Config(s3=...)`; directory buckets never open a session."""
    return st.builds(
        lambda sessions, rest: {**sessions, **rest},
        st.just({"disable_s3_express_session_auth": True}),
        some(
            addressing_style=st.sampled_from(["auto", "virtual", "path", None]), use_accelerate_endpoint=flag,
            use_dualstack_endpoint=flag, use_arn_region=flag,
            us_east_1_regional_endpoint=st.sampled_from(["regional", "legacy"]),
            s3_disable_multiregion_access_points=flag, payload_signing_enabled=flag, force_path_style=flag,
        ),
    )  # fmt: skip


@functools.cache
def configs(flag: st.SearchStrategy[Any] = _FLAG) -> st.SearchStrategy[dict[str, Any]]:
    """`Config(...)` of any option that affects a URL."""
    return st.builds(
        lambda s3, rest: {"s3": s3, **rest},
        s3_options(flag),
        some(
            signature_version=versions, use_fips_endpoint=flag, use_dualstack_endpoint=flag,
            parameter_validation=st.sampled_from([True, True, True, False]), region_name=regions,
            client_context_params=some(force_path_style=flag, accelerate=flag, use_arn_region=flag,
            disable_multi_region_access_points=flag), inject_host_prefix=_FLAG,
            defaults_mode=st.sampled_from(["legacy", "standard", "in-region"]),
        ),
    )  # fmt: skip


regions = st.one_of(
    st.sampled_from(REGIONS), st.sampled_from(["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", None]), labels
)
endpoints = st.one_of(
    st.sampled_from([*HOSTS, *PATHS, *AMAZON]), st.sampled_from(ODD),
    st.builds("{}://{}{}{}".format, st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["ex.com", "localhost", "10.0.0.1", "[::1]", "S3.Ex.Com", "u:p@ex.com"]),
              st.sampled_from(["", ":9000", ":80", ":443", ":"]),
              st.one_of(st.just(""), texts.map("/{}".format), words.map("/{}".format))),
)  # fmt: skip
tokens = st.one_of(
    st.none(), st.just(""), words, any_text, st.text(string.ascii_letters + "+/=", min_size=100, max_size=300)
)
credentials = st.one_of(
    *[st.just(dict(KEYS))] * 3,
    st.builds(lambda token: {**KEYS, "aws_session_token": token}, tokens),
    st.builds(lambda key, secret,
    token: {"aws_access_key_id": key, "aws_secret_access_key": secret, "aws_session_token": token}, any_text, any_text,
    tokens),
    st.just({}),
)  # fmt: skip


_some_ssl = some(use_ssl=_FLAG)
_some_endpoint = st.one_of(st.just({}), st.just({}), some(endpoint_url=endpoints))


@functools.cache
def _none_or(given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), given)


@st.composite
def settings_of_any_kind(draw: st.DrawFn, *, flag: st.SearchStrategy[Any] = _FLAG) -> Setting:
    """A client of any region, endpoint, credentials and `Config`."""
    client = draw(credentials)
    region = draw(regions)
    if region is not None:
        client = {**client, "region_name": region}
    client |= draw(_some_ssl) | draw(_some_endpoint)
    return Setting(client=client, config=draw(_none_or(configs(flag))))


# A few clients made once carry the tests that are not about clients.
clients = st.sampled_from(
    [
        Setting(client={**KEYS, "region_name": region, **extra}, config=config)
        for region,
        extra in (("us-east-1", {}), ("eu-central-1", {"aws_session_token": "t/+="}),
        ("us-west-2", {"endpoint_url": "http://localhost:9000/p"}))
        for config in (
            {"s3": {"disable_s3_express_session_auth": True}},
            {"s3": {"disable_s3_express_session_auth": True}, "signature_version": "s3"},
            {"s3": {"disable_s3_express_session_auth": True, "addressing_style": "virtual"}},
            {"s3": {"disable_s3_express_session_auth": True, "addressing_style": "path"},
            "signature_version": UNSIGNED},
        )
    ]
)  # fmt: skip
flaglike = _FLAGLIKE
operations = st.sampled_from(sorted(OPERATIONS))
expiries = st.one_of(
    st.integers(1, 604_800), st.integers(), st.floats(), words, st.decimals(), st.timedeltas(), anything
)
http_methods = st.one_of(st.none(), st.sampled_from(["GET", "PUT", "post", "HEAD", "Delete"]), texts)

leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), with_surrogates)


def nested_json(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists, tuples and mappings of anything that JSON takes for a key."""
    return st.one_of(st.lists(inner, max_size=4), st.dictionaries(leaves, inner, max_size=4), st.tuples(inner, inner))


json_values = st.recursive(leaves, nested_json, max_leaves=12)
conditions = st.lists(
    st.one_of(st.dictionaries(any_text, json_values, max_size=2), st.lists(json_values, max_size=3), json_values),
    max_size=5,
)
fields = st.dictionaries(
    st.one_of(any_text, st.sampled_from(["key", "acl", "policy", "x-amz-date", "x-amz-security-token", "bucket"])),
    json_values,
    max_size=5,
)


@st.composite
def urls(draw: st.DrawFn, made_of: st.SearchStrategy[Setting], *, wrong: int = 0) -> Case:
    """`generate_presigned_url` of any operation."""
    operation = draw(operations)
    return url(operation, draw(params(operation, wrong=wrong)), draw(made_of))


_more_of_a_form = some(
    Fields=fields,
    Conditions=conditions,
    ExpiresIn=st.one_of(st.integers(1, 10**7), st.floats(1, 1e6), st.integers()),
)
_keys_of_a_form = st.one_of(with_surrogates, with_surrogates.map("{}${{filename}}".format))
_buckets_of_a_form = st.one_of(st.just("bucket"), buckets)


@st.composite
def forms(draw: st.DrawFn, made_of: st.SearchStrategy[Setting]) -> Case:
    """`generate_presigned_post` of any kind."""
    more = draw(_more_of_a_form)
    key = draw(_keys_of_a_form)
    return post(draw(_buckets_of_a_form), key, draw(made_of), **more)
