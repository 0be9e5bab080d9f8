"""`install` reaches clients made before and after it, from any thread; `uninstall` leaves nothing behind."""

from __future__ import annotations

import gc
import importlib
import inspect
import subprocess
import sys
import threading
import weakref
from typing import Any
from unittest import mock

import boto3
import botocore.client
import botocore.signers
import pytest

import presigned
from inplace import settings
from inplace.twins import KEYS, ask, client

NAMES = ("generate_presigned_url", "generate_presigned_post")
ORIGINALS = tuple(getattr(botocore.signers, name) for name in NAMES)


def is_fast(one: Any) -> bool:
    """Whether a client presigns here."""
    return ask(
        one, "generate_presigned_url", "get_object", settings.BASE
    ).reasons == [] and "_presigned_fast_path" in vars(one)


def test_clients_made_before_and_after_presign_here() -> None:
    before = client(region_name="us-east-1")
    presigned.install()
    after = client(region_name="us-east-1")
    resource = boto3.resource("s3", region_name="us-east-1", **KEYS)
    for one in (before, after, resource.meta.client, resource.Bucket("b").meta.client):
        assert is_fast(one)


def test_nothing_is_left_when_it_is_undone() -> None:
    before = client(region_name="us-east-1")
    names = set(vars(before)), set(vars(type(before)))
    presigned.install()
    presigned.install()
    after = client(region_name="us-east-1")
    assert is_fast(before)
    assert is_fast(after)
    taken = before.generate_presigned_url
    presigned.uninstall()
    presigned.uninstall()
    for one in (before, after, client(region_name="us-east-1")):
        assert tuple(getattr(type(one), name) for name in NAMES) == ORIGINALS
        assert (set(vars(one)), set(vars(type(one)))) == names
    assert tuple(getattr(botocore.signers, name) for name in NAMES) == ORIGINALS
    assert "__init_subclass__" not in vars(botocore.client.BaseClient)
    # A program that kept the method gets the original's results, and the client does not change.
    assert taken("get_object", settings.BASE) == before.generate_presigned_url("get_object", settings.BASE)
    assert set(vars(before)) == names[0]


def test_one_client_is_accelerated_and_no_other() -> None:
    one, other = client(region_name="us-east-1"), client(region_name="us-east-1")
    assert presigned.accelerate(one) is one
    assert is_fast(one)
    assert type(other).generate_presigned_url is ORIGINALS[0]
    assert botocore.signers.generate_presigned_url is ORIGINALS[0]


def test_what_is_no_client_is_refused() -> None:
    with pytest.raises(TypeError, match=r"accelerate\(\) takes a client of boto3.*not <class 'object'>"):
        presigned.accelerate(object())
    with pytest.raises(TypeError, match=r"give its meta\.client"):
        presigned.accelerate(boto3.resource("s3", region_name="us-east-1", **KEYS))


def test_names_signatures_and_docstrings_stay_boto3s() -> None:
    one = client(region_name="us-east-1")
    found = [(name, getattr(type(one), name).__doc__, inspect.signature(getattr(one, name))) for name in NAMES]
    presigned.accelerate(one)
    for name, text, signature in found:
        method = getattr(type(one), name)
        assert (method.__name__, method.__qualname__, method.__module__) == (name, name, "botocore.signers")
        assert method.__doc__ == text
        assert inspect.signature(getattr(one, name)) == signature


def test_a_client_can_be_patched_as_before() -> None:
    one = presigned.accelerate(client(region_name="us-east-1"))
    with mock.patch.object(one, "generate_presigned_url", return_value="url") as patched:
        assert one.generate_presigned_url("get_object", Params={}, ExpiresIn=5) == "url"
    patched.assert_called_once_with("get_object", Params={}, ExpiresIn=5)
    assert is_fast(one)


def test_a_function_that_another_program_sets_stays() -> None:
    presigned.install()
    one = client(region_name="us-east-1")

    def theirs(_: Any) -> str:
        return "theirs"

    type(one).generate_presigned_url = theirs
    presigned.install()
    presigned.uninstall()
    assert one.generate_presigned_url() == "theirs"


def test_threads_install_sign_and_undo_at_once() -> None:
    one = client(region_name="us-east-1")
    expected = one.generate_presigned_url("get_object", settings.BASE)
    wrong: list[Any] = []

    def work(number: int) -> None:
        for turn in range(60):
            try:
                if number == 0:
                    presigned.install() if turn % 2 else presigned.uninstall()
                made = one.generate_presigned_url("get_object", {**settings.BASE})
                if made != expected:
                    wrong.append(made)
            except Exception as error:  # noqa: BLE001, PERF203 - any error is a failure
                wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_client_is_freed_as_without_presigned() -> None:
    presigned.install()
    one = client(region_name="us-east-1")
    assert is_fast(one)
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None


def test_importing_presigned_does_not_load_the_in_place_modules() -> None:
    code = (
        "import sys, presigned\n"
        "loaded = [name for name in sys.modules if 'boto' in name or '_inplace' in name or name == 'logging']\n"
        "sys.exit(str(loaded) if loaded else 0)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_installing_needs_botocore_and_says_so() -> None:
    code = (
        "import sys\nsys.modules['botocore'] = None\nimport presigned\n"
        "try:\n    presigned.install()\nexcept ImportError as error:\n    sys.exit('botocore' not in str(error))\n"
        "sys.exit(2)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_module_can_be_imported_by_its_earlier_name() -> None:
    earlier = importlib.import_module("presigned._inplace")
    assert earlier.install is presigned.install
