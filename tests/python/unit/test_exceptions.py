"""The exceptions: botocore's names and messages, and botocore's own classes wherever botocore is imported."""

from __future__ import annotations

import pickle
import subprocess
import sys
import types
from typing import Any

import botocore.exceptions
import pytest

from presigned import exceptions
from presigned._errors import classes

#: The root is a parent of presigned's classes only.
NAMES = [
    name
    for name, value in vars(classes).items()
    if isinstance(value, type) and issubclass(value, Exception) and name != "_Root"
]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ClientError"])
def test_name_parents_and_message_are_those_of_botocore(name: str) -> None:
    ours, theirs = getattr(classes, name), getattr(botocore.exceptions, name)
    assert ours.fmt == theirs.fmt
    exceptions.make("NoCredentialsError")
    # Each is a child of botocore's, and has the same parents besides.
    assert theirs in ours.__mro__
    own = [
        parent
        for parent in ours.__mro__
        if not parent.__module__.startswith("botocore.") and parent is not classes._Root
    ]
    assert [parent.__name__ for parent in own] == [parent.__name__ for parent in theirs.__mro__]
    assert ours.__module__ == "presigned.exceptions"


def test_what_is_raised_is_caught_under_both_names() -> None:
    error = exceptions.make("InvalidRegionError", region_name="a b")
    assert isinstance(error, botocore.exceptions.InvalidRegionError)
    assert isinstance(error, botocore.exceptions.BotoCoreError)
    assert isinstance(error, exceptions.InvalidRegionError)
    assert isinstance(error, classes.InvalidRegionError)
    assert isinstance(error, ValueError)
    assert error.kwargs == {"region_name": "a b"}
    assert str(error) == "Provided region_name 'a b' doesn't match a supported format."


def test_an_error_survives_a_pickle_with_its_class_and_arguments() -> None:
    error = exceptions.make("PartialCredentialsError", provider="env", cred_var="X")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert type(again) is type(error)
    assert (str(again), vars(again)) == (str(error), vars(error))


def test_an_answer_of_the_service_survives_a_pickle() -> None:
    response = {"Error": {"Code": "NoSuchKey", "Message": "gone"}}
    error = exceptions.make("ClientError", error_response=response, operation_name="GetObject")
    assert str(error) == str(botocore.exceptions.ClientError(response, "GetObject"))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert isinstance(again, botocore.exceptions.ClientError)
    assert (str(again), again.response) == (str(error), response)


class Mine(classes.BotoCoreError):
    """A program's own exception."""

    fmt = "mine: {what}"


def test_a_subclass_of_a_program_survives_a_pickle_as_itself() -> None:
    again = pickle.loads(pickle.dumps(Mine(what="x")))  # noqa: S301 - our own
    assert type(again) is Mine
    assert str(again) == "mine: x"


def test_a_class_made_twice_is_the_same() -> None:
    assert type(exceptions.make("NoCredentialsError")) is type(exceptions.make("NoCredentialsError"))


def test_a_half_imported_botocore_gives_only_the_classes_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    half: Any = types.ModuleType("botocore.exceptions")
    half.BotoCoreError = botocore.exceptions.BotoCoreError
    monkeypatch.setitem(sys.modules, "botocore.exceptions", half)
    assert type(exceptions.make("NoCredentialsError")) is classes.NoCredentialsError
    assert exceptions.BotoCoreError is botocore.exceptions.BotoCoreError


def test_names_of_the_other_packages_are_handed_on_while_they_are_loaded() -> None:
    assert exceptions.EndpointConnectionError is botocore.exceptions.EndpointConnectionError
    with pytest.raises(AttributeError, match="has no attribute 'Nonsense'"):
        exceptions.Nonsense  # noqa: B018 - looking is the test
    with pytest.raises(AttributeError):
        exceptions.make("Nonsense")


def test_without_botocore_the_classes_are_ours_and_botocore_stays_unloaded() -> None:
    program = (
        "import pickle, sys\n"
        "from presigned import exceptions\n"
        "error = exceptions.make('NoCredentialsError')\n"
        "assert not [name for name in sys.modules if name.startswith('boto')]\n"
        "sys.modules['botocore'] = None\n"
        "assert type(error) is exceptions.NoCredentialsError\n"
        "assert type(pickle.loads(pickle.dumps(error))) is exceptions.NoCredentialsError\n"
        "text = pickle.dumps(error)\n"
        "del sys.modules['botocore']\n"
        "import botocore.exceptions\n"
        "assert isinstance(pickle.loads(text), botocore.exceptions.NoCredentialsError)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_an_error_raised_before_botocore_is_imported_is_botocores_afterwards() -> None:
    code = (
        "import sys, presigned\n"
        "keys = {'region_name': 'eu-west-1', 'aws_access_key_id': 'a', 'aws_secret_access_key': 'b'}\n"
        "try:\n    presigned.client('s3', **keys).generate_presigned_url('get_object', {'Bucket': 'photos'})\n"
        "except Exception as error:\n"
        "    assert 'botocore' not in sys.modules\n"
        "    from botocore.exceptions import ParamValidationError\n"
        "    sys.exit(0 if isinstance(error, ParamValidationError) else 3)\n"
        "sys.exit(4)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
