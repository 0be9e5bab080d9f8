"""Resources: they use the client that a program sees, with its handlers, stubs, credentials and settings."""

from __future__ import annotations

import io
from typing import Any
from unittest import mock

import boto3

from inplace.swapped.seen import KEYS, PHOTO, Server, error, failure, link

LISTING = (
    "<ListBucketResult><Name>photos</Name><Contents><Key>a</Key><Size>1</Size></Contents>"
    "<Contents><Key>b</Key><Size>2</Size></Contents></ListBucketResult>"
)


def one_client() -> None:
    s3 = boto3.resource("s3")
    client = s3.meta.client
    print(s3.Bucket("b").meta.client is client, s3.Object("b", "k").meta.client is client)
    print(s3.Bucket("b").Object("k").meta.client is client, s3.Object("b", "k").Bucket().meta.client is client)
    print(s3.Bucket("b").objects._parent.meta.client is client, s3.Object("b", "k").Acl().meta.client is client)
    client.can_paginate("list_objects")
    print(s3.Bucket("b").meta.client is client, s3.meta.client is client, boto3.resource("s3").meta.client is client)


def links_of_buckets_and_objects() -> None:
    s3 = boto3.resource("s3", region_name="eu-west-3", **KEYS)
    for thing in (s3, s3.Bucket("photos"), s3.Object("photos", "cat.jpg"), s3.Bucket("photos").Object("cat.jpg")):
        print(link(thing.meta.client.generate_presigned_url("get_object", PHOTO)))
        print(thing.meta.client.generate_presigned_post("photos", "cat.jpg")["url"])


def handlers_of_its_client() -> None:
    server = Server()
    s3 = boto3.resource("s3", endpoint_url=server.url)
    seen: list[str] = []
    s3.meta.client.meta.events.register("before-call.s3", lambda model, **_: seen.append(model.name))
    s3.Object("photos", "cat.jpg").load()
    s3.Object("photos", "cat.jpg").put(Body=b"x")
    s3.meta.client.head_object(**PHOTO)
    s3.Bucket("photos").upload_fileobj(io.BytesIO(b"x"), "cat.jpg")
    print(seen, len(server.taken()))


def handlers_of_its_client_registered_late() -> None:
    server = Server()
    s3 = boto3.resource("s3", endpoint_url=server.url)
    thing = s3.Object("photos", "cat.jpg")
    thing.load()
    seen: list[str] = []
    thing.meta.client.meta.events.register("before-call.s3", lambda model, **_: seen.append(model.name))
    thing.load()
    s3.Object("photos", "cat.jpg").load()
    print(seen, len(server.taken()))


def signing_disabled() -> None:
    from botocore.handlers import disable_signing

    server = Server(lambda _method, _path: (200, {}, LISTING))
    s3 = boto3.resource("s3", endpoint_url=server.url)
    bucket = s3.Bucket("photos")
    s3.meta.client.meta.events.register("choose-signer.s3.*", disable_signing)
    print([summary.key for summary in bucket.objects.all()], server.taken())
    print(link(bucket.meta.client.generate_presigned_url("get_object", PHOTO)))


def a_stubbed_client() -> None:
    from botocore.stub import Stubber

    s3 = boto3.resource("s3")
    with Stubber(s3.meta.client) as stubber:
        stubber.add_response("head_object", {"ContentLength": 7}, {"Bucket": "photos", "Key": "cat.jpg"})
        print(s3.Object("photos", "cat.jpg").content_length)
        stubber.add_response("list_objects", {"Contents": [{"Key": "a"}, {"Key": "b"}]})
        print([summary.key for summary in s3.Bucket("photos").objects.all()])
        stubber.add_response("create_bucket", {"Location": "/photos"})
        print(s3.create_bucket(Bucket="photos"))


def a_patched_client() -> None:
    s3 = boto3.resource("s3")
    with mock.patch.object(s3.meta.client, "head_object", return_value={"ContentLength": 7}) as patched:
        print(s3.Object("photos", "cat.jpg").content_length, patched.call_args)
    with mock.patch.object(s3.meta.client, "upload_fileobj") as patched:
        s3.Bucket("photos").upload_fileobj(io.BytesIO(b"x"), "k")
        s3.Object("photos", "k").upload_fileobj(io.BytesIO(b"x"))
        print(patched.call_count)
    with mock.patch.object(s3.meta.client, "generate_presigned_url", return_value="mine"):
        print(s3.Object("photos", "cat.jpg").meta.client.generate_presigned_url("get_object"))


def a_replaced_client() -> None:
    server = Server()
    s3 = boto3.resource("s3")
    s3.meta.client = boto3.client("s3", endpoint_url=server.url, **KEYS)
    s3.Object("photos", "cat.jpg").load()
    print(server.taken(), s3.Bucket("b").meta.client is s3.meta.client)


def keys_of_its_client() -> None:
    from botocore.credentials import Credentials

    server = Server()
    s3 = boto3.resource("s3", endpoint_url=server.url)
    s3.meta.client._request_signer._credentials = Credentials("AKNEW", "secret")
    s3.Object("photos", "cat.jpg").load()
    print(server.taken(), link(s3.meta.client.generate_presigned_url("get_object", PHOTO)))


def kept_settings() -> None:
    from botocore.config import Config

    server = Server(lambda _method, _path: (200, {}, LISTING))
    s3 = boto3.resource(
        "s3", endpoint_url=server.url, region_name="eu-west-3", config=Config(s3={"addressing_style": "path"}), **KEYS
    )
    print([summary.size for summary in s3.Bucket("photos").objects.filter(Prefix="x").limit(1)], server.taken())
    print(s3.meta.client.meta.config.user_agent_extra, s3.meta.client.meta.config.s3)


def kinds() -> None:
    from boto3.resources.base import ServiceResource
    from boto3.resources.collection import ResourceCollection

    s3 = boto3.resource("s3")
    for thing in (s3, s3.Bucket("b"), s3.Object("b", "k"), s3.ObjectSummary("b", "k"), s3.BucketPolicy("b")):
        print(
            isinstance(thing, ServiceResource),
            type(thing).__name__,
            repr(thing),
            type(thing.meta).__name__,
            repr(thing.meta),
        )
    print(isinstance(s3.Bucket("b").objects.all(), ResourceCollection), type(s3.buckets).__name__)
    print(isinstance(s3, type(boto3.resource("sqs"))))


def equal_and_in_sets() -> None:
    s3, other = boto3.resource("s3"), boto3.resource("s3")
    print(s3 == s3, s3 == other, s3 != other, hash(s3) == hash(other), len({s3, other}))
    print(
        s3.Bucket("b") == other.Bucket("b"), s3.Bucket("b") == s3.Bucket("c"), len({s3.Bucket("b"), other.Bucket("b")})
    )
    print(s3 == s3.Bucket("b"), s3 == 1, {s3: 1}.get(s3), s3.Object("b", "k").Bucket() == s3.Bucket("b"))


def meta() -> None:
    s3 = boto3.resource("s3")
    print(s3.meta.service_name, s3.meta.identifiers, s3.meta.data, s3.meta.resource_model.name, type(s3.meta).__name__)
    copied = s3.meta.copy()
    print(copied == s3.meta, copied is s3.meta, copied.client is s3.meta.client, repr(copied))
    print(failure(getattr, s3.meta, "nonsense"), s3.Bucket("b").meta.identifiers, s3.Bucket("b").meta.data)


def names() -> None:
    s3 = boto3.resource("s3")
    print([name for name in dir(s3) if not name.startswith("_")], s3.get_available_subresources())
    print(failure(getattr, s3, "nonsense"), failure(getattr, s3, "_nonsense"), hasattr(s3, "Bucket"))
    s3.mine = 1
    print(s3.mine, failure(s3.Bucket), failure(s3.Bucket, ""), failure(s3.Object, "b"))


def added_by_handlers() -> None:
    import boto3.session

    session = boto3.session.Session()

    def add(class_attributes: Any, base_classes: Any, **_: Any) -> None:
        class_attributes["mine"] = lambda self: f"mine {type(self).__name__}"
        base_classes.append(Mixin)

    class Mixin:
        def extra(self) -> str:
            return "extra"

    session.events.register("creating-resource-class.s3.ServiceResource", add)
    session.events.register("creating-resource-class.s3.Bucket", add)
    s3 = session.resource("s3")
    print(s3.mine(), s3.extra(), s3.Bucket("b").mine(), hasattr(s3.Object("b", "k"), "mine"), isinstance(s3, Mixin))


def lazily_loaded() -> None:
    server = Server(lambda _method, _path: (200, {"Content-Length": "5", "ETag": '"e"', "x-amz-meta-a": "b"}, "hello"))
    s3 = boto3.resource("s3", endpoint_url=server.url)
    thing = s3.Object("photos", "cat.jpg")
    print(
        server.taken(),
        thing.content_length,
        thing.metadata,
        thing.e_tag,
        thing.meta.data["ContentLength"],
        server.taken(),
    )
    thing.reload()
    print(server.taken(), thing.get()["Body"].read(), thing.bucket_name, thing.key)


def waits_and_fails() -> None:
    server = Server(lambda _method, _path: error("NoSuchBucket"))
    s3 = boto3.resource("s3", endpoint_url=server.url)
    print(failure(s3.Bucket("photos").load), failure(s3.Object("photos", "cat.jpg").load))
    s3.Bucket("photos").wait_until_not_exists()
    print(server.taken())
    print(s3.Bucket("photos").creation_date if not failure(s3.Bucket("photos").load) else None)


def of_other_services() -> None:
    server = Server(
        lambda _method, _path: (200, {"Content-Type": "application/x-amz-json-1.0"}, '{"Item": {"a": {"N": "1"}}}')
    )
    table = boto3.resource("dynamodb", endpoint_url=server.url, region_name="eu-west-3").Table("t")
    print(table.get_item(Key={"id": 1})["Item"], server.taken(), table)
    print(boto3.resource("sqs").Queue("https://queue").url, boto3.resource("ec2").Instance("i").id)


def in_threads() -> None:
    import sys
    import threading

    sys.setswitchinterval(1e-5)
    server = Server()
    s3 = boto3.resource("s3", endpoint_url=server.url)
    together = threading.Barrier(8)
    clients: list[Any] = []
    failures: list[str] = []

    def ask() -> None:
        together.wait()
        try:
            clients.append(s3.Bucket("b").meta.client)
        except Exception as problem:  # noqa: BLE001 - it is printed
            failures.append(repr(problem))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(failures, len({id(client) for client in clients}), len(clients), clients[:1] == [s3.meta.client])


def of_two_sessions_in_threads() -> None:
    import sys
    import threading

    sys.setswitchinterval(1e-5)
    together = threading.Barrier(8)
    made: list[str] = []

    def ask() -> None:
        together.wait()
        try:
            made.append(boto3.Session(region_name="eu-west-3").resource("s3").Bucket("b").meta.client.meta.region_name)
        except Exception as problem:  # noqa: BLE001 - it is printed
            made.append(repr(problem))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(made)
