"""Whatever a program replaces in botocore, an accelerated client gives what an untouched client gives.

Each name of each module that presigning passes, and each attribute of each class there, is replaced in turn by what
raises, or by another value. The test does not know which of them botocore looks up.
"""

from __future__ import annotations

import enum
import gc
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

import botocore
import pytest

from inplace import settings
from inplace.twins import Twins
from presigned._boto3.inplace import _lookups

MODULES = (
    "botocore.auth", "botocore.awsrequest", "botocore.client", "botocore.compat", "botocore.endpoint_provider",
    "botocore.handlers", "botocore.hooks", "botocore.model", "botocore.regions", "botocore.serialize",
    "botocore.signers", "botocore.utils", "botocore.validate",
)  # fmt: skip
#: Names of other modules that botocore asks as they are.
OTHERS = {
    "base64": ("b64encode",), "botocore": ("UNSIGNED", "auth", "utils", "xform_name"), "calendar": ("timegm",),
    "copy": ("copy",), "datetime": ("datetime", "timedelta"), "hashlib": ("md5",), "hmac": ("new",),
    "json": ("dumps",), "re": ("findall",), "time": ("time",),
}  # fmt: skip
#: What decides nothing: what is logged and what a request says of the program that sends it; and the two functions in
#: whose place presigned's stand.
SILENT = (
    "LOG", "logger", "register_feature_id", "_register_endpoint_feature_ids", "generate_presigned_url",
    "generate_presigned_post",
)  # fmt: skip
#: Methods that were registered as handlers when each client was made: replacing them changes no client.
HELD = (
    "botocore.client.ClientCreator",
    "botocore.utils.S3ExpressIdentityResolver",
    "botocore.utils.S3RegionRedirectorv2",
)
SPECIAL = {
    **settings.BASE, "Metadata": {"A": "b"}, "SSECustomerKey": "k" * 32, "Expires": settings.MOMENT,
}  # fmt: skip
LISTING = {"Bucket": "bucket", "OptionalObjectAttributes": ["RestoreStatus"]}
COPY = {**settings.BASE, "CopySource": {"Bucket": "b", "Key": "k"}}
CALLS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("generate_presigned_url", ("get_object", settings.BASE)),
    ("generate_presigned_url", ("put_object", SPECIAL)),
    ("generate_presigned_url", ("copy_object", COPY)),
    ("generate_presigned_url", ("list_objects_v2", LISTING)),
    ("generate_presigned_post", ("bucket", "key", {"acl": "private"}, [{"acl": "private"}])),
)  # fmt: skip
SIGNATURES = ("s3v4", "s3", botocore.UNSIGNED)
#: How many tests share the names that are replaced before a client presigns: two processes are to end at the same time.
PARTS = 6


class ReplacedError(Exception):
    """The error that a replaced name raises."""


class StandIn:
    """Raises at each call and at each access."""

    def __call__(self, *_: Any, **__: Any) -> Any:
        """Raises."""
        raise ReplacedError

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise ReplacedError


def _raising(*_: Any, **__: Any) -> Any:
    raise ReplacedError


def stand_in(found: Any) -> Any:  # noqa: PLR0911 - one for each kind
    """Another value for a name."""
    if found is time.time:
        # What is logged has the time too.
        return lambda: 1e9
    if isinstance(found, bool):
        return not found
    if isinstance(found, int):
        return found + 1
    if isinstance(found, str):
        return "-".join(reversed(found.lower()))
    if isinstance(found, re.Pattern):
        return re.compile("(?!)")
    if isinstance(found, (list, tuple, dict, frozenset, set)):
        return type(found)()
    if isinstance(found, property) or type(found).__name__ == "CachedProperty":
        return property(_raising)
    if isinstance(found, staticmethod):
        return staticmethod(_raising)
    # A function of a class must be a method there.
    return _raising if isinstance(found, FunctionType) else StandIn()


def places() -> Iterator[tuple[Any, str, str]]:
    """Every module and class, its name, and each name in it."""
    for module in MODULES:
        for name, found in list(vars(sys.modules[module]).items()):
            yield sys.modules[module], module, name
            where = f"{module}.{name}"
            is_class = isinstance(found, type) and not isinstance(found, enum.EnumMeta)
            if is_class and found.__module__ == module and where not in HELD:
                for inner in list(vars(found)):
                    yield found, where, inner
    for module, names in OTHERS.items():
        for name in names:
            yield sys.modules[module], module, name


def is_asked(owner: Any, name: str) -> bool:
    """Whether a name is one that a program might replace."""
    found = vars(owner)[name]
    is_error = isinstance(found, type) and issubclass(found, BaseException)
    is_inner = name.startswith("__") and name != "__init__"
    return not (is_inner or is_error or name in SILENT)


PLACES = [(owner, place, name) for owner, place, name in places() if is_asked(owner, name)]


@contextmanager
def replaced(owner: Any, name: str) -> Iterator[None]:
    """Replaces a name, and restores it."""
    found = vars(owner)[name]
    setattr(owner, name, stand_in(found))
    try:
        yield
    finally:
        setattr(owner, name, found)


def differences(twins: Twins, *calls: tuple[str, tuple[Any, ...]]) -> Iterator[str]:
    """The calls for which the two clients give different results."""
    for method, arguments in calls or CALLS:
        try:
            twins.agree(method, *arguments)
        except AssertionError as error:  # noqa: PERF203 - one by one
            yield f"{method} {arguments[0]}: {error}"


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_name_that_is_replaced_at_any_time_counts_except_those_looked_at_once(signature: Any) -> None:
    twins = Twins(region_name="eu-central-1", config={"signature_version": signature})
    assert list(differences(twins)) == []
    once = looked_at_once("unsigned" if signature is botocore.UNSIGNED else signature)
    unseen = []
    for owner, place, name in PLACES:
        with replaced(owner, name):
            found = list(differences(twins))
        if found and name not in once.get(place, ()):
            unseen.append(f"{place}.{name} in {len(found)} calls: {found[0][:200]}")
    assert unseen == []
    assert [twins.agree(method, *arguments).reasons for method, arguments in CALLS] == [[]] * len(CALLS)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_name_that_is_replaced_before_a_client_presigns_counts(part: int) -> None:
    unseen = []
    for number, (owner, place, name) in enumerate(PLACES[part::PARTS]):
        twins = Twins(region_name="eu-central-1", config={"signature_version": "s3v4"})
        with replaced(owner, name):
            found = list(differences(twins, CALLS[1], CALLS[-1]))
        if found:
            unseen.append(f"{place}.{name} in {len(found)} calls: {found[0][:200]}")
        if number % 100 == 0:
            # Clients are parts of cycles.
            gc.collect()
    assert unseen == []


def looked_at_once(signature: str) -> dict[str, set[str]]:
    """The names that are looked at once for each operation."""
    once: dict[str, set[str]] = {}
    for key in ("every", signature):
        for place, names in _lookups.FIRST[key].items():
            once.setdefault(place, set()).update(names.split())
    return once
