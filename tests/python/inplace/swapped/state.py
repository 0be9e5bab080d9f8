"""State: credentials, providers, handlers and private attributes that a program sets affect both links and requests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import boto3

from inplace.swapped.seen import PHOTO, Server, form, link

FOLDER = Path(os.environ["FOLDER"])


def both(client: Any, server: Server, *names: str) -> None:
    """Prints a link, a form and a request of one client."""
    print(link(client.generate_presigned_url("get_object", PHOTO)))
    print(form(client.generate_presigned_post("photos", "cat.jpg")))
    client.get_object(**PHOTO)
    print(server.taken(*names))


def config_variables_set_on_the_session() -> None:
    server = Server()
    session = boto3.Session()
    session._session.set_config_variable("region", "eu-west-3")
    session._session.set_config_variable("max_attempts", 7)
    client = session.client("s3", endpoint_url=server.url)
    both(client, server)
    print(
        session.region_name, client.meta.region_name, client.meta.config.retries, session.client("sqs").meta.region_name
    )
    print(repr(session))


def profile_set_on_the_session() -> None:
    (FOLDER / "config").write_text("[profile a]\nregion=eu-west-3\naws_access_key_id=AKA\naws_secret_access_key=s\n")
    os.environ["AWS_CONFIG_FILE"] = str(FOLDER / "config")
    del os.environ["AWS_DEFAULT_REGION"]
    server = Server()
    session = boto3.Session()
    session._session.set_config_variable("profile", "a")
    both(session.client("s3", endpoint_url=server.url), server)
    print(session.profile_name, session.region_name, session.get_credentials().access_key)


def a_config_store_provider_set_on_the_session() -> None:
    from botocore.configprovider import ConstantProvider

    session = boto3.Session()
    session._session.get_component("config_store").set_config_provider("region", ConstantProvider("eu-west-3"))
    print(link(session.client("s3").generate_presigned_url("get_object", PHOTO)), session.region_name)


def handlers_of_the_client() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)

    def moved(params: Any, **_: Any) -> None:
        params["Key"] = f"moved/{params['Key']}"

    client.meta.events.register("provide-client-params.s3.GetObject", moved)
    print(link(client.generate_presigned_url("get_object", dict(PHOTO))))
    print(link(client.generate_presigned_url("put_object", dict(PHOTO))))
    client.get_object(**PHOTO)
    client.meta.events.unregister("provide-client-params.s3.GetObject", moved)
    print(link(client.generate_presigned_url("get_object", dict(PHOTO))))
    client.get_object(**PHOTO)
    print(server.taken())


def handlers_in_order_and_by_id() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    said = []
    events = client.meta.events
    events.register("before-send.s3", lambda **_: said.append("middle"))
    events.register_first("before-send.s3", lambda **_: said.append("first"))
    events.register_last("before-send.s3", lambda **_: said.append("last"))
    for _ in range(2):
        events.register("before-send.s3.GetObject", lambda **_: said.append("once"), unique_id="one")
    client.get_object(**PHOTO)
    print(said)
    events.unregister("before-send.s3.GetObject", unique_id="one")
    client.get_object(**PHOTO)
    print(said)


def handlers_of_the_session_and_of_clients() -> None:
    server = Server()
    session = boto3.Session()
    before = session.client("s3", endpoint_url=server.url)

    def moved(params: Any, **_: Any) -> None:
        params["Key"] = f"moved/{params['Key']}"

    session.events.register("provide-client-params.s3.GetObject", moved)
    after = session.client("s3", endpoint_url=server.url)
    for client in (before, after):
        print(link(client.generate_presigned_url("get_object", dict(PHOTO))))
        client.get_object(**PHOTO)
    session.events.unregister("provide-client-params.s3.GetObject", moved)
    third = session.client("s3", endpoint_url=server.url)
    third.get_object(**PHOTO)
    after.get_object(**PHOTO)
    print(server.taken())


def handlers_of_the_botocore_session() -> None:
    import botocore.session

    server = Server()
    underneath = botocore.session.get_session()
    seen = []
    underneath.register("before-sign.s3", lambda operation_name, **_: seen.append(operation_name))
    session = boto3.Session(botocore_session=underneath)
    client = session.client("s3", endpoint_url=server.url)
    client.generate_presigned_url("get_object", PHOTO)
    client.get_object(**PHOTO)
    session.resource("s3", endpoint_url=server.url).Object("photos", "cat.jpg").load()
    print(seen, len(server.taken()))


def handlers_of_signing() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    client.meta.events.register("before-sign.s3.*", lambda request, **_: request.headers.add_header("x-amz-mine", "1"))
    print(link(client.generate_presigned_url("get_object", PHOTO)))
    client.get_object(**PHOTO)
    print(server.taken("x-amz-mine"))


def signing_disabled() -> None:
    from botocore.handlers import disable_signing

    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    client.meta.events.register("choose-signer.s3.*", disable_signing)
    both(client, server)


def signing_disabled_in_a_session() -> None:
    from botocore.handlers import disable_signing

    server = Server()
    session = boto3.Session()
    session.events.register("choose-signer.s3.*", disable_signing)
    both(session.client("s3", endpoint_url=server.url), server)
    session.resource("s3", endpoint_url=server.url).Object("photos", "cat.jpg").load()
    print(server.taken())


def the_configuration_changed_in_place() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    client.meta.config.s3 = {"addressing_style": "path"}
    client._client_config.signature_version = "s3v4"
    client._request_signer._region_name = "eu-west-3"
    both(client, server)


def the_signer_told_another_version() -> None:
    client = boto3.client("s3")
    client._request_signer._signature_version = "s3"
    print(link(client.generate_presigned_url("get_object", PHOTO)))


def a_client_that_was_closed() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    client.close()
    both(client, server)
    client.close()
    both(client, server)


def the_endpoint_changed_in_place() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url="http://127.0.0.1:9")
    client._endpoint.host = server.url
    print(client.meta.endpoint_url, client._endpoint.host == server.url)


def a_session_that_was_made_before_its_botocore_was_changed() -> None:
    import botocore.session

    underneath = botocore.session.get_session()
    session = boto3.Session(botocore_session=underneath)
    underneath.set_credentials("AKNEW", "secret")
    underneath.set_config_variable("region", "eu-west-3")
    server = Server()
    both(session.client("s3", endpoint_url=server.url), server)
    print(session.region_name, session.get_credentials().access_key, session.profile_name)


def a_listing_of_handlers() -> None:
    client = boto3.client("s3")
    seen: list[Any] = []
    client.meta.events.register("mine", lambda value, **_: seen.append(value))
    print(
        client.meta.events.emit("mine", value=1)[0][1], client.meta.events.emit_until_response("mine", value=2)[1], seen
    )
