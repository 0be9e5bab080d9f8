"""Variables and files: a client keeps what they said when it was made, for links and for requests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3

from inplace.swapped.seen import PHOTO, Server, link

FOLDER = Path(os.environ["FOLDER"])


def both(client: Any, server: Server, *names: str) -> None:
    """Prints a link and a request of one client."""
    print(link(client.generate_presigned_url("get_object", PHOTO)))
    client.get_object(**PHOTO)
    print(server.taken(*names))


def endpoint_of_the_environment_at_creation() -> None:
    server = Server()
    os.environ["AWS_ENDPOINT_URL_S3"] = server.url
    client = boto3.client("s3")
    del os.environ["AWS_ENDPOINT_URL_S3"]
    both(client, server)
    print(client.meta.endpoint_url == server.url, client._endpoint.host == server.url)


def endpoint_of_the_environment_afterwards() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    os.environ["AWS_ENDPOINT_URL_S3"] = os.environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    both(client, server)


def endpoint_of_all_services() -> None:
    server = Server(lambda _method, _path: (200, {}, "{}"))
    os.environ["AWS_ENDPOINT_URL"] = server.url
    clients = [boto3.client("s3"), boto3.client("sqs"), boto3.resource("dynamodb").meta.client]
    del os.environ["AWS_ENDPOINT_URL"]
    for client in clients:
        print(client.meta.endpoint_url == server.url)
    both(clients[0], server)


def endpoints_ignored() -> None:
    os.environ["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9"
    os.environ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true"
    client = boto3.client("s3")
    os.environ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "false"
    print(link(client.generate_presigned_url("get_object", PHOTO)), client._endpoint.host, client.meta.endpoint_url)


def region_of_the_environment_afterwards() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    session = boto3.Session()
    lazy = session.client("s3", endpoint_url=server.url)
    os.environ["AWS_DEFAULT_REGION"] = "ap-south-1"
    for one in (client, lazy):
        both(one, server)
        print(one.meta.region_name, one._request_signer._region_name)
    later = session.client("s3", endpoint_url=server.url)
    both(later, server)
    print(session.region_name, later.meta.region_name, session.client("sqs").meta.region_name)


def keys_of_the_environment_afterwards() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    os.environ["AWS_ACCESS_KEY_ID"] = "AKLATER"
    both(client, server)
    both(boto3.client("s3", endpoint_url=server.url), server)
    both(boto3.Session().client("s3", endpoint_url=server.url), server)


def keys_of_the_environment_between_a_session_and_its_client() -> None:
    server = Server()
    session = boto3.Session()
    os.environ["AWS_ACCESS_KEY_ID"] = "AKLATER"
    client = session.client("s3", endpoint_url=server.url)
    os.environ["AWS_ACCESS_KEY_ID"] = "AKLATEST"
    both(client, server)
    print(session.get_credentials().access_key)


def keys_removed_from_the_environment() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    del os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    both(client, server)


def token_of_the_environment() -> None:
    server = Server()
    os.environ["AWS_SESSION_TOKEN"] = "first"
    client = boto3.client("s3", endpoint_url=server.url)
    os.environ["AWS_SESSION_TOKEN"] = "second"
    both(client, server, "x-amz-security-token")


def profile_of_the_environment_afterwards() -> None:
    (FOLDER / "config").write_text(
        "[profile a]\nregion=eu-west-3\naws_access_key_id=AKA\naws_secret_access_key=s\n"
        "[profile b]\nregion=ap-south-1\naws_access_key_id=AKB\naws_secret_access_key=s\n"
    )
    os.environ["AWS_CONFIG_FILE"] = str(FOLDER / "config")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        del os.environ[name]
    os.environ["AWS_PROFILE"] = "a"
    server = Server()
    session = boto3.Session()
    client = session.client("s3", endpoint_url=server.url)
    os.environ["AWS_PROFILE"] = "b"
    both(client, server)
    print(session.profile_name, session.region_name)
    both(boto3.Session().client("s3", endpoint_url=server.url), server)
    both(boto3.Session(profile_name="a").client("s3", endpoint_url=server.url), server)
    print(session.available_profiles)


def config_file_changed_afterwards() -> None:
    file = FOLDER / "config"
    file.write_text("[default]\nregion=eu-west-3\ns3=\n  addressing_style=path\nretry_mode=standard\nmax_attempts=2\n")
    os.environ["AWS_CONFIG_FILE"] = str(file)
    del os.environ["AWS_DEFAULT_REGION"]
    server = Server()
    client = boto3.client("s3")
    other = boto3.client("s3", endpoint_url=server.url)
    file.write_text("[default]\nregion=ap-south-1\n")
    print(link(client.generate_presigned_url("get_object", PHOTO)))
    print(client._endpoint.host, client.meta.config.s3, client.meta.config.retries)
    both(other, server)


def config_file_removed_afterwards() -> None:
    file = FOLDER / "config"
    file.write_text("[profile a]\nregion=eu-west-3\naws_access_key_id=AKA\naws_secret_access_key=s\n")
    os.environ["AWS_CONFIG_FILE"] = str(file)
    del os.environ["AWS_DEFAULT_REGION"]
    server = Server()
    session = boto3.Session(profile_name="a")
    client = session.client("s3", endpoint_url=server.url)
    file.unlink()
    both(client, server)
    print(client.can_paginate("list_objects_v2"), session.region_name)


def services_section_of_the_config_file() -> None:
    server = Server()
    file = FOLDER / "config"
    file.write_text(f"[default]\nservices=here\nregion=eu-west-3\n[services here]\ns3=\n  endpoint_url={server.url}\n")
    os.environ["AWS_CONFIG_FILE"] = str(file)
    del os.environ["AWS_DEFAULT_REGION"]
    client = boto3.client("s3")
    file.unlink()
    both(client, server)


def fips_and_dual_stack_of_the_environment() -> None:
    os.environ["AWS_USE_DUALSTACK_ENDPOINT"] = "true"
    client = boto3.client("s3")
    os.environ["AWS_USE_DUALSTACK_ENDPOINT"] = "false"
    print(link(client.generate_presigned_url("get_object", PHOTO)))
    print(
        client._client_config.use_dualstack_endpoint, client.meta.config.use_dualstack_endpoint, client._endpoint.host
    )


def checksums_of_the_environment() -> None:
    server = Server()
    os.environ["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_required"
    client = boto3.client("s3", endpoint_url=server.url)
    os.environ["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_supported"
    client.put_object(**PHOTO, Body=b"x")
    print(server.taken("x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm"))
    print(client.meta.config.request_checksum_calculation)


def attempts_of_the_environment() -> None:
    server = Server(lambda _method, _path: (500, {}, ""))
    os.environ["AWS_MAX_ATTEMPTS"] = "2"
    client = boto3.client("s3", endpoint_url=server.url)
    os.environ["AWS_MAX_ATTEMPTS"] = "1"
    try:
        client.get_object(**PHOTO)
    except client.exceptions.ClientError as error:
        print(error.response["Error"]["Code"], error.response["ResponseMetadata"]["RetryAttempts"])
    print(len(server.taken()), client.meta.config.retries)


def a_proxy_of_the_environment() -> None:
    proxy = Server()
    os.environ["HTTP_PROXY"] = os.environ["http_proxy"] = proxy.url
    client = boto3.client("s3", endpoint_url="http://s3.example")
    client.get_object(**PHOTO)
    print(proxy.taken("host"))


def keys_that_a_client_of_another_service_found() -> None:
    answers = Server(lambda _method, _path: (200, {}, "{}"))
    for first, second in (("s3", "dynamodb"), ("dynamodb", "s3")):
        os.environ.update(AWS_ACCESS_KEY_ID=f"AK{first.upper()}", AWS_SECRET_ACCESS_KEY="secret")
        session = boto3.Session()
        session.client(first)
        del os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
        client = session.client(second, endpoint_url=answers.url)
        if second == "s3":
            both(client, answers)
        else:
            client.list_tables()
            print(answers.taken())
        print(session.get_credentials().access_key)


def a_missing_profile_that_is_named_later() -> None:
    questions: dict[str, Callable[[Any], Any]] = {
        "access key": lambda session: session._session.get_credentials().access_key,
        "profile below": lambda session: session._session.profile,
        "variables": lambda session: session._session.instance_variables(),
        "section": lambda session: session._session.get_scoped_config(),
        "client": lambda session: session.client("sqs").meta.region_name,
        "profile": lambda session: session.profile_name,
        "services": lambda session: len(session.get_available_services()) > 100,
        "region": lambda session: session._session.get_config_variable("region"),
    }
    for name, question in questions.items():
        os.environ.pop("AWS_PROFILE", None)
        session = boto3.Session()
        os.environ["AWS_PROFILE"] = "missing"
        try:
            print(name, question(session))
        except Exception as error:  # noqa: BLE001 - any error is compared
            print(name, type(error).__name__, error)
