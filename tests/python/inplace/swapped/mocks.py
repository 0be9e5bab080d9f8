"""Mocks, stubs and patches: on clients, classes and modules, before and after a client sends its first request."""

from __future__ import annotations

import inspect
import os
from typing import Any
from unittest import mock

import boto3

from inplace.swapped.seen import KEYS, PHOTO, Server, failure, link


def a_method_of_a_client() -> None:
    client = boto3.client("s3")
    with mock.patch.object(client, "get_object", return_value={"Body": "mine"}) as patched:
        print(client.get_object(**PHOTO), patched.call_count)
        print(link(client.generate_presigned_url("get_object", PHOTO)))
    print(inspect.ismethod(client.get_object))
    client.put_object = mock.Mock(return_value="put")
    client.can_paginate("list_objects")
    print(client.put_object(**PHOTO), client.put_object.call_args)


def presigning_of_a_client() -> None:
    for warm in (False, True):
        client = boto3.client("s3")
        if warm:
            client.can_paginate("list_objects")
        with mock.patch.object(client, "generate_presigned_url", return_value="mine") as patched:
            client.get_paginator("list_objects_v2")
            print(client.generate_presigned_url("get_object", Params=PHOTO), patched.call_args)
        print(link(client.generate_presigned_url("get_object", PHOTO)))
        client.generate_presigned_post = lambda *_, **__: {"url": "mine"}
        client.can_paginate("list_objects")
        print(client.generate_presigned_post("b", "k"))
        del client.generate_presigned_post
        print(client.generate_presigned_post("b", "k")["url"])


def presigning_with_a_side_effect() -> None:
    from botocore.exceptions import ClientError

    client = boto3.client("s3")
    problem = ClientError({"Error": {"Code": "500", "Message": "no"}}, "generate_presigned_url")
    with mock.patch.object(client, "generate_presigned_url", side_effect=problem):
        print(failure(client.generate_presigned_url, "get_object", Params=PHOTO))


def a_class_of_a_client() -> None:
    for warm in (False, True):
        client = boto3.client("s3")
        if warm:
            client.can_paginate("list_objects")
        with mock.patch.object(
            type(client), "generate_presigned_url", lambda self, *_, **__: f"class {self.meta.region_name}"
        ):
            print(client.generate_presigned_url("get_object", PHOTO))
        print(link(client.generate_presigned_url("get_object", PHOTO)))
        with mock.patch.object(type(client), "get_object", lambda _self, **named: sorted(named)):
            print(client.get_object(**PHOTO))


def every_call_of_botocore() -> None:
    said = []

    def answer(_self: Any, operation_name: str, kwargs: Any) -> Any:
        said.append((operation_name, kwargs))
        return {"Body": "mine", "Contents": []}

    with mock.patch("botocore.client.BaseClient._make_api_call", new=answer):
        client = boto3.client("s3")
        print(client.get_object(**PHOTO))
        print([*boto3.resource("s3").Bucket("photos").objects.all()])
        print(boto3.client("sqs").list_queues())
    print(said)


def every_call_of_botocore_patched_after_the_client() -> None:
    client = boto3.client("s3")
    with mock.patch("botocore.client.BaseClient._make_api_call", return_value={"Buckets": []}) as patched:
        print(client.list_buckets(), patched.call_args)
    with mock.patch("botocore.client.BaseClient._make_api_call", side_effect=ValueError("mine")):
        print(failure(client.list_buckets))


def presigning_of_botocore() -> None:
    with mock.patch("botocore.signers.RequestSigner.generate_presigned_url", return_value="https://mine") as patched:
        client = boto3.client("s3")
        client.can_paginate("list_objects")
        print(client.generate_presigned_url("get_object", PHOTO), patched.call_count)


def http_of_botocore() -> None:
    import io

    from botocore.awsrequest import AWSResponse

    class Raw(io.BytesIO):
        def stream(self, **_: Any) -> Any:
            yield self.read()

    def send(_self: Any, request: Any) -> Any:
        return AWSResponse(request.url, 200, {"x-amz-meta-a": "b"}, Raw(b"content"))

    with mock.patch("botocore.httpsession.URLLib3Session.send", send):
        answer = boto3.client("s3").get_object(**PHOTO)
        print(answer["Metadata"], answer["Body"].read())
        print(boto3.resource("s3").Object("photos", "cat.jpg").get()["Metadata"])


def the_function_that_makes_clients() -> None:
    with mock.patch("boto3.client") as patched:
        patched.return_value.generate_presigned_url.return_value = "mine"
        print(boto3.client("s3").generate_presigned_url("get_object", Params=PHOTO), patched.call_args)
    with mock.patch("boto3.client", autospec=True) as patched:
        boto3.client("s3", region_name="eu-west-3", config=None)
        print(patched.call_args)
    with mock.patch("boto3.resource") as patched:
        patched.return_value.Bucket.return_value.name = "mine"
        print(boto3.resource("s3").Bucket("b").name)


def the_class_of_sessions() -> None:
    with mock.patch("boto3.Session") as patched:
        patched.return_value.client.return_value.generate_presigned_url.return_value = "mine"
        print(boto3.Session(profile_name="p").client("s3").generate_presigned_url("get_object"), patched.call_args)
    with mock.patch("boto3.session.Session") as patched:
        boto3.session.Session(region_name="r").client("s3")
        print(patched.mock_calls)
    with mock.patch.object(boto3.Session, "client", return_value="client") as patched:
        print(boto3.Session().client("s3"), patched.call_args)
    with mock.patch.object(boto3.Session, "get_credentials", return_value=None):
        print(boto3.Session().get_credentials())
    with mock.patch("boto3.Session.region_name", new_callable=mock.PropertyMock, return_value="mine"):
        print(boto3.Session().region_name)


def the_class_of_sessions_behind_the_default_session() -> None:
    with mock.patch("boto3.Session", autospec=True) as patched:
        boto3.DEFAULT_SESSION = None
        boto3.client("s3", region_name="eu-west-3")
        print(patched.call_args, patched.return_value.client.call_args)
        boto3.setup_default_session(region_name="eu-west-3")
        print(patched.call_args, boto3.DEFAULT_SESSION is patched.return_value)
        boto3.resource("s3", verify=False)
        print(patched.return_value.resource.call_args)
    boto3.DEFAULT_SESSION = None


def the_default_session() -> None:
    with mock.patch("boto3.DEFAULT_SESSION") as patched:
        boto3.client("s3", region_name="eu-west-3")
        print(patched.client.call_args)
    with mock.patch("boto3.setup_default_session", wraps=boto3.setup_default_session) as patched:
        boto3.DEFAULT_SESSION = None
        boto3.client("s3")
        print(patched.call_count, boto3.DEFAULT_SESSION is not None)
    with mock.patch("boto3._get_default_session") as patched:
        boto3.client("s3", verify=False)
        print(patched.return_value.client.call_args)


def a_session_of_botocore_that_is_a_mock() -> None:
    underneath = mock.MagicMock()
    underneath.get_config_variable.return_value = "eu-west-3"
    session = boto3.Session(botocore_session=underneath)
    print(session.region_name, session.client("s3") is underneath.create_client.return_value)
    print(underneath.create_client.call_args)


def the_session_of_botocore_patched() -> None:
    with mock.patch("botocore.session.get_session") as patched:
        patched.return_value.get_config_variable.return_value = "eu-west-3"
        session = boto3.Session()
        print(patched.call_count, session.region_name)
        session.client("s3", verify=False)
        print(patched.return_value.create_client.call_args)


def the_class_of_sessions_of_botocore_patched() -> None:
    with mock.patch("botocore.session.Session") as patched:
        boto3.Session("key", "secret", region_name="eu-west-3", profile_name="mine").client("s3")
        print(patched.return_value.mock_calls)


def clients_of_botocore_patched() -> None:
    with mock.patch("botocore.session.Session.create_client", return_value="made") as patched:
        print(boto3.Session().client("s3"), boto3.client("sqs"), patched.call_count)


def keys_of_botocores_sessions_patched() -> None:
    from botocore.credentials import Credentials

    with mock.patch("botocore.session.Session.get_credentials", return_value=Credentials("AKMOCK", "s")):
        print(boto3.Session().get_credentials().access_key)
        client = boto3.Session().client("s3")
    print(link(client.generate_presigned_url("get_object", PHOTO)))


def keys_of_botocores_providers_patched() -> None:
    from botocore.credentials import Credentials

    with mock.patch(
        "botocore.credentials.CredentialResolver.load_credentials", return_value=Credentials("AKMOCK", "s")
    ):
        client = boto3.Session().client("s3")
        print(link(client.generate_presigned_url("get_object", PHOTO)), client._get_credentials().access_key)


def specified_by_a_client() -> None:
    client = boto3.client("s3", **KEYS)
    for made in (mock.Mock(spec=client), mock.MagicMock(spec=client), mock.create_autospec(client)):
        made.generate_presigned_url.return_value = "mine"
        print(made.generate_presigned_url("get_object", Params=PHOTO))
        for name in (
            "get_object",
            "upload_file",
            "get_paginator",
            "exceptions",
            "meta",
            "waiter_names",
            "close",
            "copy",
        ):
            print(name, hasattr(made, name), end=" ")
        print(failure(lambda made=made: made.nonsense))
        print(isinstance(made, type(client)))


def specified_by_a_session() -> None:
    for made in (mock.Mock(spec=boto3.Session), mock.create_autospec(boto3.Session), mock.Mock(spec=boto3.Session())):
        for name in ("client", "resource", "region_name", "events", "get_credentials", "available_profiles", "nonsense",
                     "get_available_partitions", "get_partition_for_region", "profile_name"):  # fmt: skip
            print(name, hasattr(made, name), end=" ")
        print(isinstance(made, boto3.Session))


def specified_by_a_resource() -> None:
    # A mock reads every attribute of its spec, and the attributes of buckets and objects are loaded.
    s3 = boto3.resource("s3", endpoint_url=Server().url)
    for thing in (s3, s3.Object("b", "k"), s3.Bucket):
        made = mock.Mock(spec=thing)
        for name in ("Bucket", "Object", "buckets", "objects", "create_bucket", "meta", "get_available_subresources",
                     "upload_file", "load", "delete", "nonsense"):  # fmt: skip
            print(name, hasattr(made, name), end=" ")
        print()


def signatures() -> None:
    client = boto3.client("s3")
    for name in ("generate_presigned_url", "generate_presigned_post", "get_paginator", "upload_file", "get_object"):
        print(name, inspect.signature(getattr(client, name)))
    print(list(inspect.signature(boto3.Session).parameters))
    print(boto3.client.__name__, boto3.client.__doc__ is not None, client.get_object.__name__)


def names_of_a_client() -> None:
    extra = {"presign", "presign_post", "generate_presigned_urls", "presign_many", "presign_multipart"}
    client = boto3.client("s3")
    names = [name for name in dir(client) if not name.startswith("_") and name not in extra]
    print(len(names), names)
    client.can_paginate("list_objects")
    print([name for name in dir(client) if not name.startswith("_") and name not in extra] == names)


def a_stubber() -> None:
    from botocore.stub import ANY, Stubber

    client = boto3.client("s3")
    stubber = Stubber(client)
    stubber.add_response("get_object", {"ContentLength": 3}, {"Bucket": "photos", "Key": ANY})
    stubber.add_client_error("head_object", "404", "Not Found", 404)
    with stubber:
        print(client.get_object(**PHOTO)["ContentLength"])
        print(failure(client.head_object, **PHOTO))
        print(failure(client.list_buckets))
        stubber.assert_no_pending_responses()
    server = Server()
    print(failure(boto3.client("s3", endpoint_url=server.url).list_buckets), server.taken())


def a_stubber_that_presigns() -> None:
    from botocore.stub import Stubber

    client = boto3.client("s3")
    with Stubber(client):
        print(failure(client.generate_presigned_url, "get_object", PHOTO).partition("{")[0])


def the_environment_patched() -> None:
    with mock.patch.dict(os.environ, {"AWS_ACCESS_KEY_ID": "testing", "AWS_DEFAULT_REGION": "eu-west-3"}, clear=True):
        os.environ["AWS_SECRET_ACCESS_KEY"] = "testing"
        boto3.DEFAULT_SESSION = None
        client = boto3.client("s3")
    boto3.DEFAULT_SESSION = None
    print(link(client.generate_presigned_url("get_object", PHOTO)), client._endpoint.host)
    print(client._get_credentials().access_key)


def moto_and_its_end() -> None:
    from moto import mock_aws

    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="photos")
        client.put_object(**PHOTO, Body=b"x")
        print(boto3.resource("s3").Object("photos", "cat.jpg").get()["Body"].read())
        print([bucket.name for bucket in boto3.resource("s3").buckets.all()])
        print(link(boto3.client("s3").generate_presigned_url("get_object", PHOTO)))
    print(link(boto3.client("s3").generate_presigned_url("get_object", PHOTO)))
    print(boto3.Session().get_credentials().access_key)


def moto_patches_what_exists() -> None:
    from moto import mock_aws
    from moto.core.models import patch_client, patch_resource

    client, s3 = boto3.client("s3", region_name="us-east-1"), boto3.resource("s3", region_name="us-east-1")
    with mock_aws():
        patch_client(client)
        patch_resource(s3)
        client.create_bucket(Bucket="photos")
        print([bucket.name for bucket in s3.buckets.all()], s3.Bucket("photos").creation_date is not None)


def what_sets_up_the_default_session() -> None:
    boto3.client("s3").can_paginate("list_objects")
    for service in ("s3", "sqs"):
        boto3.DEFAULT_SESSION = None
        with (
            mock.patch("boto3.Session", autospec=True) as session,
            mock.patch("boto3.setup_default_session", wraps=boto3.setup_default_session) as setup,
        ):
            boto3.client(service)
            print(setup.call_args, session.call_args, boto3.DEFAULT_SESSION is session.return_value)
            print(boto3.DEFAULT_SESSION.client.call_args)
        boto3.DEFAULT_SESSION = None
        print(type(boto3.client("s3")).__name__)


def a_botocore_session_with_parts_that_are_mocks() -> None:
    class Loader:
        def __init__(self) -> None:
            self.search_paths: list[str] = []

        def list_available_services(self, *_: Any, **__: Any) -> list[str]:
            return ["one", "two"]

    below = mock.Mock()
    below.get_component.return_value = Loader()
    session = boto3.Session(botocore_session=below)
    print(session.get_available_resources())
    print([call.args[0] for call in below.register.call_args_list])
