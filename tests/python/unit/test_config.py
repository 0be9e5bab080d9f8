"""`Config` and `UNSIGNED`, beside botocore's."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import botocore
import botocore.config
import botocore.exceptions
import pytest

import presigned
from presigned import config
from presigned._settings.config import is_unsigned


def both(*args: Any, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return vars(config.Config(*args, **kwargs)), vars(botocore.config.Config(*args, **kwargs))


def test_the_options_their_order_and_defaults_are_those_of_botocore() -> None:
    assert [*config.Config.OPTION_DEFAULTS.items()] == [*botocore.config.Config.OPTION_DEFAULTS.items()]
    ours, theirs = both()
    assert ours == theirs


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        (("eu-west-1", "s3v4"), {}),
        ((), {"inject_host_prefix": None}),
        (("eu-west-1",), {"s3": {"addressing_style": "path"}, "retries": {"max_attempts": 0, "mode": "legacy"}}),
        ((), {"defaults_mode": "standard"}),
        ((), {"defaults_mode": "standard", "connect_timeout": 3}),
    ],
)
def test_every_attribute_is_as_in_botocore(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    ours, theirs = both(*args, **kwargs)
    assert ours == theirs
    merged = vars(config.Config(*args, **kwargs).merge(config.Config(s3={}, region_name="us-west-2")))
    assert merged == vars(
        botocore.config.Config(*args, **kwargs).merge(botocore.config.Config(s3={}, region_name="us-west-2"))
    )


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ((), {"nonsense": 1}),
        (("us-east-1",), {"region_name": "us-east-1"}),
        (tuple(range(31)), {}),
        ((), {"s3": {"addressing_style": "foo"}}),
        ((), {"retries": {"foo": 1}}),
        ((), {"retries": {"max_attempts": -1}}),
        ((), {"retries": {"total_max_attempts": 0}}),
        ((), {"retries": {"mode": "foo"}}),
    ],
)
def test_what_botocore_refuses_is_refused_with_its_message(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    with pytest.raises((TypeError, botocore.exceptions.BotoCoreError)) as theirs:
        botocore.config.Config(*args, **kwargs)
    with pytest.raises(theirs.type) as ours:
        config.Config(*args, **kwargs)
    assert str(ours.value) == str(theirs.value)


def test_unsigned_is_one_object_however_it_is_copied() -> None:
    assert copy.copy(presigned.UNSIGNED) is presigned.UNSIGNED
    assert copy.deepcopy([presigned.UNSIGNED])[0] is presigned.UNSIGNED
    unsigned = config.Config(signature_version=config.UNSIGNED)
    again = pickle.loads(pickle.dumps(unsigned))  # noqa: S301 - our own
    assert again.signature_version is config.UNSIGNED is botocore.UNSIGNED
    assert again.merge(config.Config()).signature_version is config.UNSIGNED
    assert is_unsigned(presigned.UNSIGNED)
    assert is_unsigned(botocore.UNSIGNED)
    assert not is_unsigned(None)


def test_a_botocore_config_is_taken_by_its_attributes() -> None:
    theirs = botocore.config.Config(s3={"addressing_style": "virtual"}, signature_version=botocore.UNSIGNED)
    theirs.region_name = "eu-west-1"
    client = presigned.client("s3", config=theirs)
    assert client.meta.region_name == "eu-west-1"
    assert client.generate_presigned_url("get_object", {"Bucket": "bucket", "Key": "key"}) == (
        "https://bucket.s3.eu-west-1.amazonaws.com/key"
    )


def test_what_a_caller_gives_stays_as_it_was() -> None:
    given = {
        "s3": {"use_dualstack_endpoint": "true"},
        "retries": {"max_attempts": 2},
        "client_context_params": {"use_arn_region": True},
    }
    before = copy.deepcopy(given)
    options = config.Config(**given)  # type: ignore[arg-type] # a dict of many types
    shown = copy.deepcopy(vars(options))
    presigned.client("s3", "fips-us-east-1", config=options)
    assert given == before
    assert vars(options) == shown


def test_something_else_in_place_of_a_config_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="not <class 'dict'>"):
        presigned.client("s3", config={"region_name": "us-east-1"})
