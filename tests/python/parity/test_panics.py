"""No object of any type, in any argument, breaks presigned from inside: no panic, no crash, no `AttributeError`."""

from __future__ import annotations

import contextlib
import decimal
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError
from hypothesis import given
from hypothesis import strategies as st

import presigned
from presigned.config import Config

from . import strategies as draw
from .case import KEYS
from .hostile import OBJECT, OBJECTS, Angry
from .model import OPERATIONS, filled, members, required

CLIENTS = [
    presigned.client("s3", region_name="us-east-1", config=Config(**options), **KEYS)
    for options in (
        {}, {"signature_version": "s3"}, {"signature_version": presigned.UNSIGNED}, {"parameter_validation": False},
        {"parameter_validation": False, "signature_version": "s3"},
    )
]  # fmt: skip

# What a person can act on, and what the caller's own objects raise. No SystemError, no
# AttributeError, and no PanicException, which is no `Exception` at all.
PROPER = (
    BotoCoreError, TypeError, ValueError, KeyError, OverflowError, RuntimeError, Angry, MemoryError, BufferError,
    decimal.InvalidOperation,
)  # fmt: skip
names = pytest.mark.parametrize("name", OBJECTS)


def holds(call: Callable[..., object], *arguments: Any, **keywords: Any) -> None:
    """Fails if a call ends in anything but a result or a proper error."""
    with contextlib.suppress(*PROPER):
        call(*arguments, **keywords)


def under(thing: Any) -> dict[Any, Any]:
    """A mapping with a thing as its key, if it can be one."""
    try:
        return {thing: "a"}
    except Exception:  # noqa: BLE001 - its hash may raise anything
        return {}


@names
def test_an_object_in_each_argument_of_a_url(name: str) -> None:
    make = OBJECTS[name]
    for client in CLIENTS:
        presign = client.generate_presigned_url
        holds(presign, make())
        holds(presign, "get_object", make())
        holds(presign, "get_object", OBJECT, make())
        holds(presign, "get_object", OBJECT, 60, make())
        holds(presign, "get_object", {**OBJECT, **under(make())})


@names
def test_an_object_in_each_argument_of_a_form(name: str) -> None:
    make = OBJECTS[name]
    for client in CLIENTS:
        presign = client.generate_presigned_post
        holds(presign, make(), "key")
        holds(presign, "bucket", make())
        holds(presign, "bucket", "key", make())
        holds(presign, "bucket", "key", {}, make())
        holds(presign, "bucket", "key", {}, [], make())
        holds(presign, "bucket", "key", {"a": make()})
        holds(presign, "bucket", "key", under(make()))
        for condition in (make(), {"a": make()}, under(make()), [make()], [[[make()]]]):
            holds(presign, "bucket", "key", None, [condition])


RICHEST = (
    "put_object", "copy_object", "list_objects_v2", "write_get_object_response", "delete_objects",
    "get_object_attributes",
    "rename_object", "update_object_encryption",
)  # fmt: skip


@names
def test_an_object_in_each_member_of_the_richest_operations(name: str) -> None:
    make = OBJECTS[name]
    for operation in RICHEST:
        everything = filled(operation, list(members(operation)))
        for client in CLIENTS:
            for member in everything:
                holds(client.generate_presigned_url, operation, {**everything, member: make()})


@names
def test_an_object_below_a_member(name: str) -> None:
    make = OBJECTS[name]
    for client in (CLIENTS[0], CLIENTS[3]):
        presign = client.generate_presigned_url
        for below in (
            make(),
            {"Objects": make()},
            {"Objects": [make()]},
            {"Objects": [{"Key": make()}, under(make())]},
        ):
            holds(presign, "delete_objects", {"Bucket": "bucket", "Delete": below})
        for source in ({"Bucket": make(), "Key": "k"}, {"Bucket": "b", "Key": "k", "VersionId": make()}, under(make())):
            holds(presign, "copy_object", {**OBJECT, "CopySource": source})
        for metadata in ({"a": make()}, {**under(make()), "b": "é"}, under(make())):
            holds(presign, "put_object", {**OBJECT, "Metadata": metadata})


ARGUMENTS = (
    "service_name", "region_name", "endpoint_url", "aws_access_key_id", "aws_secret_access_key", "aws_session_token",
    "use_ssl", "verify", "config", "api_version", "aws_account_id",
)  # fmt: skip
OPTIONS = (
    "region_name", "signature_version", "s3", "use_fips_endpoint", "use_dualstack_endpoint", "client_context_params",
    "parameter_validation", "defaults_mode", "retries", "inject_host_prefix", "auth_scheme_preference",
    "ignore_configured_endpoint_urls",
)  # fmt: skip
S3_OPTIONS = (
    "addressing_style", "use_accelerate_endpoint", "use_dualstack_endpoint", "use_arn_region",
    "us_east_1_regional_endpoint",
    "disable_s3_express_session_auth", "s3_disable_multiregion_access_points", "force_path_style", "accelerate",
)  # fmt: skip
OF_A_SESSION = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "region_name", "profile_name")


def use(options: dict[str, Any] | None = None, session: dict[str, Any] | None = None, **arguments: Any) -> None:
    """Makes a client of these, and presigns with it."""
    if options is not None:
        arguments["config"] = Config(**options)
    given = {"service_name": "s3", "region_name": "us-east-1", **({} if session else KEYS), **arguments}
    client = presigned.Session(**(session or {})).client(**given)
    client.generate_presigned_url("get_object", OBJECT)
    client.generate_presigned_post("bucket", "key")


@names
def test_an_object_in_each_argument_of_a_client(name: str) -> None:
    make = OBJECTS[name]
    for argument in ARGUMENTS:
        holds(use, **{argument: make()})
    for option in OPTIONS:
        holds(use, {option: make()})
    for option in S3_OPTIONS:
        holds(use, {"s3": {option: make()}})
    for argument in OF_A_SESSION:
        holds(use, session={argument: make()})


@given(st.data())
def test_anything_anywhere(data: st.DataObject) -> None:
    client = data.draw(st.sampled_from(CLIENTS))
    operation = data.draw(draw.operations)
    params = {
        name: data.draw(draw.anything)
        for name in data.draw(st.lists(st.sampled_from(list(members(operation)) or ["x"]), unique=True))
    }
    params |= {name: "bucket" for name in required(operation) if data.draw(st.booleans())}
    holds(client.generate_presigned_url, operation, params, data.draw(draw.anything), data.draw(draw.anything))
    holds(client.generate_presigned_post, *(data.draw(draw.anything) for _ in range(5)))


DEEP = """
import threading

import presigned


def deep(wrap):
    held = None
    for _ in range(100_000):
        held = wrap(held)
    return held


def run():
    client = presigned.client("s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    lists, mappings = deep(lambda held: [held]), deep(lambda held: {"Objects": [held]})
    for presign, arguments in (
        (client.generate_presigned_post, ("bucket", "key", None, [lists])),
        (client.generate_presigned_post, ("bucket", "key", None, [mappings])),
        (client.generate_presigned_url, ("delete_objects", {"Bucket": "b-1", "Delete": {"Objects": lists}})),
        (client.generate_presigned_url, ("delete_objects", {"Bucket": "b-1", "Delete": mappings})),
    ):
        try:
            presign(*arguments)
        except Exception as error:
            print(type(error).__name__)


threading.stack_size(256 * 1024)
thread = threading.Thread(target=run)
thread.start()
thread.join()
print("alive")
"""


def test_a_deep_structure_does_not_overflow_the_stack_of_a_small_thread() -> None:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", DEEP], capture_output=True, text=True, timeout=120, check=False,
    env=environ)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) <= {"RecursionError", "ParamValidationError", "alive"}
    assert done.stdout.endswith("alive\n"), done.stderr


def test_every_operation_survives_every_kind_of_object() -> None:
    kinds = ("object.__str__", "object.__bool__", "str.__str__", "ring", "lying", "huge", "generator", "surrogates")
    for operation in OPERATIONS:
        everything = filled(operation, list(members(operation)))
        for member in everything:
            for name in kinds:
                params = {**everything, member: OBJECTS[name]()}
                holds(CLIENTS[0].generate_presigned_url, operation, params)
                holds(CLIENTS[4].generate_presigned_url, operation, params)
