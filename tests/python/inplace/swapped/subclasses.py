"""Subclasses of a session, and classes of clients that handlers change."""

from __future__ import annotations

import datetime
from typing import Any

import boto3

from inplace.swapped.seen import KEYS, PHOTO, Server, failure, link


def a_subclass_with_names_of_its_own() -> None:
    class Mine(boto3.Session):
        def __init__(self, **named: Any) -> None:
            super().__init__(**named)
            self._credentials = {"mine": 1}
            self._boto3 = self._given = self._held = self._lender = self._asked = self._declined = "mine"
            self._region = self._is_plain = self._sources = self._settings = self._clients = self._lock = "mine"
            self.credentials = self.config = self.name = self.keys = "mine"

        def _behind(self) -> str:
            return "mine"

        def _plain_client(self) -> str:
            return "mine"

    server = Server()
    session = Mine(region_name="eu-west-3", **KEYS)
    client = session.client("s3", endpoint_url=server.url)
    print(link(client.generate_presigned_url("get_object", PHOTO)), session.region_name, session._behind())
    client.get_object(**PHOTO)
    session.resource("s3", endpoint_url=server.url).Object("photos", "cat.jpg").load()
    print(server.taken(), session._credentials, session.get_credentials().access_key, session.profile_name)
    print(session.client("sqs").meta.region_name, session.events is not None, repr(session), session._plain_client())


def a_subclass_with_class_attributes_and_properties() -> None:
    class Mine(boto3.Session):
        _credentials = None
        _region = "mine"
        _boto3 = "mine"
        _session_name = "mine"

        @property
        def _given(self) -> str:
            return "mine"

        @property
        def credentials(self) -> Any:
            return self.get_credentials()

        def refresh(self) -> str:
            return "refreshed"

    session = Mine(**KEYS)
    print(link(session.client("s3").generate_presigned_url("get_object", PHOTO)), session._given, session._region)
    print(session.credentials.access_key, session.refresh(), session.client("sqs").meta.region_name)


def a_subclass_that_overrides() -> None:
    class Mine(boto3.Session):
        def client(self, service_name: str, *arguments: Any, **named: Any) -> Any:
            named.setdefault("region_name", "eu-west-3")
            print("client", service_name, sorted(named))
            return super().client(service_name, *arguments, **named)

        def get_credentials(self) -> Any:
            found = super().get_credentials()
            print("asked for keys", found.access_key)
            return found

    session = Mine()
    print(link(session.client("s3").generate_presigned_url("get_object", PHOTO)))
    print(session.client("sqs").meta.region_name)
    print(
        session.resource("s3").meta.client.meta.region_name,
        session.resource("s3").Bucket("b").meta.client.meta.region_name,
    )


def a_subclass_that_has_not_called_the_constructor_of_its_parent() -> None:
    class Mine(boto3.Session):
        def __init__(self) -> None:
            pass

    print(failure(lambda: Mine().client("s3")).partition(":")[0])


def a_subclass_that_sets_what_botocore_has() -> None:
    from botocore.credentials import RefreshableCredentials

    class Refreshing(boto3.Session):
        def __init__(self, **named: Any) -> None:
            super().__init__(**named)
            self._session._credentials = RefreshableCredentials.create_from_metadata(
                self.fetch(), self.fetch, "custom-refresh"
            )

        @staticmethod
        def fetch() -> dict[str, str]:
            end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
            return {"access_key": "AKFRESH", "secret_key": "s", "token": "t", "expiry_time": end.isoformat()}

    server = Server()
    session = Refreshing(region_name="eu-west-3")
    client = session.client("s3", endpoint_url=server.url)
    print(link(client.generate_presigned_url("get_object", PHOTO)))
    client.get_object(**PHOTO)
    print(server.taken("x-amz-security-token"), session.get_credentials().method)


def a_subclass_with_attributes_found_late() -> None:
    class Mine(boto3.Session):
        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return f"late {name}"

    session = Mine(**KEYS)
    print(session.anything, link(session.client("s3").generate_presigned_url("get_object", PHOTO)))
    print(session.region_name, session.client("sqs").meta.region_name)


def a_client_made_by_handlers() -> None:
    class Counted:
        def list_buckets(self, **named: Any) -> Any:
            return "counted", named

        def extra(self) -> str:
            return f"extra {type(self).__name__}"

    def add(base_classes: Any, class_attributes: Any, **_: Any) -> None:
        base_classes.insert(0, Counted)
        class_attributes["mine"] = "mine"
        class_attributes["get_object"] = lambda _self, **named: ("replaced", sorted(named))

    session = boto3.Session()
    before = session.client("s3")
    session.events.register("creating-client-class.s3", add)
    client = session.client("s3")
    print(
        client.extra(),
        client.mine,
        client.get_object(**PHOTO),
        isinstance(client, Counted),
        isinstance(before, Counted),
    )
    print(hasattr(before, "extra"), link(client.generate_presigned_url("get_object", PHOTO)))
    print(session.resource("s3").meta.client.mine, hasattr(session.client("sqs"), "mine"))


def a_client_whose_presigning_is_replaced_by_handlers() -> None:
    def add(class_attributes: Any, **_: Any) -> None:
        original = class_attributes["generate_presigned_url"]

        def generate_presigned_url(self: Any, *arguments: Any, **named: Any) -> str:
            return "wrapped " + link(original(self, *arguments, **named))

        class_attributes["generate_presigned_url"] = generate_presigned_url

    session = boto3.Session()
    # After botocore's own, which adds the method.
    session.events.register_last("creating-client-class", add)
    print(session.client("s3").generate_presigned_url("get_object", Params=PHOTO))
