"""What a program compares is the same: kinds, exceptions, equality, and sessions of a program's own class."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar
from unittest import mock

import boto3
import boto3.resources.base
import botocore.client
import botocore.exceptions
import botocore.stub
import moto
import moto.core.models
import pytest

import presigned

KEYS: dict[str, Any] = {
    "region_name": "eu-central-1",
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "very secret",
}
OBJECT = {"Bucket": "photos", "Key": "cat.jpg"}
_T = TypeVar("_T")


@pytest.fixture
def default_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives a test its own default sessions."""
    monkeypatch.setattr(presigned, "DEFAULT_SESSION", None)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKREAL")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


def signer(client: Any) -> str:
    """The access key that signs."""
    text: str = client.generate_presigned_url("get_object", OBJECT).partition("Credential=")[2]
    return text.partition("%2F")[0]


def test_sessions_of_both_are_sessions_of_both() -> None:
    assert isinstance(presigned.Session(), boto3.Session)
    assert isinstance(boto3.Session(), presigned.Session)
    assert not isinstance(boto3.Session(), type("Mine", (presigned.Session,), {}))
    assert not isinstance(5, presigned.Session)


def test_clients_resources_and_their_meta_are_boto3s_kinds() -> None:
    client, resource = presigned.client("s3", **KEYS), presigned.resource("s3", **KEYS)
    for _ in range(2):
        assert isinstance(client, botocore.client.BaseClient)
        assert isinstance(client.meta, botocore.client.ClientMeta)
        assert isinstance(resource, boto3.resources.base.ServiceResource)
        assert isinstance(resource.meta, boto3.resources.base.ResourceMeta)
        client.can_paginate("list_objects_v2")
        assert resource.Bucket("photos").name == "photos"


def test_resources_are_equal_as_boto3s_are() -> None:
    ours, other = presigned.resource("s3", **KEYS), presigned.resource("s3", **KEYS)
    theirs = boto3.resource("s3", **KEYS)
    for _ in range(2):
        assert ours == other == theirs == ours
        assert hash(ours) == hash(other) == hash(theirs)
        assert {name for name in dir(theirs) if name[0] != "_"} == {name for name in dir(ours) if name[0] != "_"}
        assert repr(ours) == repr(theirs)
        assert ours.Bucket("photos") == theirs.Bucket("photos")


def test_a_resource_and_its_buckets_and_objects_have_one_client() -> None:
    resource = presigned.resource("s3", **KEYS)
    client = resource.meta.client
    with botocore.stub.Stubber(client) as stubber:
        stubber.add_client_error("head_object", "404", expected_params=OBJECT)
        with pytest.raises(client.exceptions.ClientError):
            resource.Object("photos", "cat.jpg").load()
    assert resource.Bucket("photos").Object("cat.jpg").meta.client is client is resource.meta.client
    with mock.patch.object(client, "put_object", return_value={"ETag": "mine"}):
        assert resource.Object("photos", "cat.jpg").put(Body=b"")["ETag"] == "mine"
    with mock.patch.object(client, "list_objects", return_value={"Contents": [{"Key": "mine"}]}):
        assert [found.key for found in resource.Bucket("photos").objects.all()] == ["mine"]


def test_a_class_of_exceptions_taken_anywhere_catches_what_is_raised_anywhere() -> None:
    early = presigned.client("s3", **KEYS).exceptions.NoSuchKey
    client, resource = presigned.client("s3", **KEYS), presigned.Session(**KEYS).resource("s3")
    later = presigned.Session(**KEYS)
    later.events.register("before-call.s3", lambda **_: None)
    of_all = (client, resource.meta.client, later.client("s3"))
    assert {one.exceptions.NoSuchKey for one in of_all} == {early}
    assert early.__module__ == "botocore.errorfactory"
    for one in of_all:
        with botocore.stub.Stubber(one) as stubber:
            stubber.add_client_error("get_object", "NoSuchKey")
            with contextlib.suppress(early):
                one.get_object(**OBJECT)
            stubber.add_client_error("get_object", "NoSuchKey")
            with pytest.raises(one.exceptions.from_code("NoSuchKey")):
                one.get_object(**OBJECT)
    assert issubclass(early, botocore.exceptions.ClientError)


def test_errors_raised_before_botocore_is_loaded_are_caught_by_its_classes() -> None:
    program = """
import sys
import presigned
client = presigned.client("s3", "eu-central-1", aws_access_key_id="a", aws_secret_access_key="b")
try:
    client.generate_presigned_url("get_object", {"Bucket": "photos"})
except Exception as error:
    assert "botocore" not in sys.modules
    raised = error
# Looking it up loads the module, and the error that is in flight is one of its class.
try:
    raise raised
except presigned.exceptions.ParamValidationError:
    pass
import botocore.exceptions
assert presigned.exceptions.ParamValidationError is botocore.exceptions.ParamValidationError
assert isinstance(raised, botocore.exceptions.ParamValidationError)
assert "boto3" not in sys.modules and "botocore.client" not in sys.modules
for name in ("ConnectTimeoutError", "SSLError", "ReadTimeoutError"):
    made = presigned.exceptions.make(name, endpoint_url="x", error="y")
    assert isinstance(made, getattr(botocore.exceptions, name)) and isinstance(made, OSError), name
assert isinstance(presigned.exceptions.make("InvalidRegionError", region_name="x"), ValueError)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_unsigned_is_one_object_whichever_library_is_imported_first() -> None:
    program = """
from presigned import UNSIGNED
from presigned.config import UNSIGNED as again
import botocore
assert UNSIGNED is again is botocore.UNSIGNED
"""
    subprocess.run([sys.executable, "-c", program], check=True)


class Provider(ABC):
    """What a program's session derives from besides."""

    @abstractmethod
    def keys(self) -> tuple[str, str]: ...


class Own(Provider, presigned.Session, Generic[_T]):
    """A session of a program's own class, with names that presigned has used for itself."""

    def __init__(self) -> None:
        super().__init__(region_name="eu-central-1")
        for name in [
            "_credentials",
            "_sources",
            "_held",
            "_given",
            "_lender",
            "_asked",
            "_region",
            "_is_plain",
            "_boto3",
            "_state",
        ]:
            setattr(self, name, {})
        self._settings = self._behind = self._found = self._origin = self._declined = "mine"

    def keys(self) -> tuple[str, str]:
        return "AKOWN", "secret"


def test_a_session_of_a_programs_class_may_use_any_name() -> None:
    session: Own[int] = Own()
    session._session.set_credentials(*session.keys())
    assert signer(session.client("s3")) == "AKOWN"
    assert session.client("sqs").meta.region_name == "eu-central-1"
    assert session._credentials == {}
    assert session._settings == "mine"


def test_a_client_of_a_programs_class_may_use_any_name() -> None:
    client = presigned.client("s3", **KEYS)
    for name in ("_settings", "_origin", "_found", "_exceptions", "_waiter", "mine"):
        setattr(client, name, "mine")
    assert client.can_paginate("list_objects_v2")
    assert signer(client) == "AKIDEXAMPLE"
    assert client._settings == client.mine == "mine"


@pytest.mark.usefixtures("default_sessions")
def test_credentials_of_a_mock_are_not_used_after_it() -> None:
    with moto.mock_aws():
        assert signer(presigned.client("s3")) == "FOOBARKEY"
    assert signer(presigned.client("s3")) == "AKREAL"
    before = presigned.DEFAULT_SESSION
    with moto.mock_aws():
        assert signer(presigned.client("s3")) == "FOOBARKEY"
        assert presigned.DEFAULT_SESSION is not before
    assert signer(presigned.client("s3")) == "AKREAL"
    assert presigned.DEFAULT_SESSION is before


@pytest.mark.usefixtures("default_sessions")
def test_other_packages_find_the_default_session_of_the_program() -> None:
    presigned.setup_default_session(region_name="sa-east-1")
    assert boto3.client("sqs").meta.region_name == "sa-east-1"
    assert isinstance(boto3.DEFAULT_SESSION, boto3.Session)
    # To ask boto3 does not load anything into our client.
    assert presigned.DEFAULT_SESSION is not None
    assert presigned.DEFAULT_SESSION._presigned.boto3 is None
    presigned.DEFAULT_SESSION = None
    assert presigned.client("s3").meta.region_name == "us-east-1"
    assert boto3.client("sqs").meta.region_name == "us-east-1"


@pytest.mark.usefixtures("default_sessions")
def test_a_session_of_another_package_is_not_changed() -> None:
    own = boto3.Session(region_name="sa-east-1")
    boto3.DEFAULT_SESSION = own
    assert presigned.client("s3").meta.region_name == "us-east-1"
    assert boto3.DEFAULT_SESSION is own


def test_the_resource_of_a_client_made_before_the_mock_is_patched() -> None:
    resource = presigned.resource("s3", **KEYS)
    with moto.mock_aws():
        moto.core.models.patch_resource(resource)
        resource.create_bucket(Bucket="photos", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        assert [bucket.name for bucket in resource.buckets.all()] == ["photos"]


def test_nothing_that_a_program_can_list_shows_a_secret() -> None:
    secrets = {"aws_secret_access_key": "CANARY", "aws_session_token": "CANARYTOKEN"}
    given = {**KEYS, **secrets}
    session = presigned.Session(**given)
    for client in (presigned.client("s3", **given), session.client("s3"), session.client("s3", verify=True)):
        for thing in (client, session, session.resource("s3"), client.meta):
            shown = f"{vars(thing)!r} {thing!r} {[getattr(thing, name, None) for name in vars(thing)]!r}"
            assert "CANARY" not in shown
        assert client.can_paginate("list_objects_v2")
        assert "CANARY" not in repr(vars(client))


def test_events_answer_for_attributes_that_a_client_lacks_as_in_boto3() -> None:
    seen: dict[str, list[str]] = {}
    for library in (presigned, boto3):
        client = library.Session(**KEYS).client("s3")
        events = seen[library.__name__] = []

        def answer(event_name: str, events: list[str] = events, **_: Any) -> Any:
            events.append(event_name)
            return (lambda: "hello") if event_name.endswith(".greet") else None

        client.meta.events.register("getattr.s3.*", answer)
        assert client.greet() == "hello"
        for name in ("depart", "_depart", "__depart__"):
            with pytest.raises(AttributeError, match=f"^'S3' object has no attribute '{name}'$"):
                getattr(client, name)
        assert not hasattr(client, "depart")
        client.meta.events.unregister("getattr.s3.*", answer)
        assert not hasattr(client, "greet")
    assert seen["presigned"] == seen["boto3"]
    assert len(seen["boto3"]) == 5
