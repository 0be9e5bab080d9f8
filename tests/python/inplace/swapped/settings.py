"""Settings: presigning and requests use the same ones, whenever and wherever they were set."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import boto3

from inplace.swapped.seen import KEYS, PHOTO, Server, link

FOLDER = Path(os.environ["FOLDER"])


def both(client: Any, server: Server, *names: str) -> None:
    """Prints a link and a request of one client."""
    print(link(client.generate_presigned_url("get_object", PHOTO)))
    client.get_object(**PHOTO)
    print(server.taken(*names))


def config_region() -> None:
    from botocore.config import Config

    for name in ("s3", "sqs", "sts", "dynamodb"):
        client = boto3.client(name, config=Config(region_name="eu-west-3"))
        print(name, client.meta.region_name, client._client_config.region_name, client._endpoint.host)


def config_region_of_a_resource() -> None:
    from botocore.config import Config

    for name in ("s3", "sqs", "dynamodb"):
        client = boto3.resource(name, config=Config(region_name="eu-west-3")).meta.client
        print(name, client.meta.region_name, client._endpoint.host)
        if name == "s3":
            print(link(client.generate_presigned_url("get_object", PHOTO)))


def region_of_the_argument_beats_that_of_the_config() -> None:
    from botocore.config import Config

    session = boto3.Session(region_name="ca-central-1")
    for arguments in ({}, {"region_name": "ap-south-1"}, {"config": Config(region_name="eu-west-3")},
                      {"region_name": "ap-south-1", "config": Config(region_name="eu-west-3")}):  # fmt: skip
        client = session.client("s3", **arguments)
        print(link(client.generate_presigned_url("get_object", PHOTO)), client._endpoint.host, client.meta.region_name)
        print(session.client("sqs", **arguments).meta.region_name)


def default_config_of_the_session() -> None:
    import botocore.session
    from botocore.config import Config

    underneath = botocore.session.get_session()
    underneath.set_default_client_config(
        Config(region_name="eu-west-3", s3={"addressing_style": "path"}, retries={"total_max_attempts": 2})
    )
    session = boto3.Session(botocore_session=underneath)
    for made in (session.client("s3"), session.client("s3", config=Config(read_timeout=3))):
        print(link(made.generate_presigned_url("get_object", PHOTO)), made.meta.region_name)
        print(made.meta.config.s3, made.meta.config.retries, made.meta.config.read_timeout, made._endpoint.host)
    print(session.client("sqs").meta.region_name, session.client("sqs").meta.config.retries)


def default_config_set_on_the_session_later() -> None:
    from botocore.config import Config

    session = boto3.Session()
    before = session.client("s3")
    session._session.set_default_client_config(Config(region_name="eu-west-3", user_agent_extra="mine"))
    after = session.client("s3")
    for client in (before, after):
        print(link(client.generate_presigned_url("get_object", PHOTO)), client.meta.region_name)
        print(client._endpoint.host, client.meta.config.user_agent_extra)


def default_config_of_a_resource() -> None:
    from botocore.config import Config

    session = boto3.Session()
    session._session.set_default_client_config(Config(s3={"addressing_style": "path"}, region_name="eu-west-3"))
    s3 = session.resource("s3")
    print(link(s3.meta.client.generate_presigned_url("get_object", PHOTO)))
    print(link(s3.Bucket("photos").meta.client.generate_presigned_url("get_object", PHOTO)))


def attempts_of_the_config() -> None:
    from botocore.config import Config

    server = Server(lambda _method, _path: (503, {}, ""))
    for config in (Config(retries={"total_max_attempts": 1}), Config(retries={"max_attempts": 1, "mode": "standard"})):
        client = boto3.client("s3", endpoint_url=server.url, config=config)
        try:
            client.head_object(**PHOTO)
        except Exception as error:  # noqa: BLE001 - it is printed
            print(type(error).__name__, len(server.taken()), client.meta.config.retries)


def user_agent() -> None:
    from botocore.config import Config

    server = Server()
    client = boto3.client(
        "s3", endpoint_url=server.url, config=Config(user_agent_extra="mine/1", user_agent_appid="app")
    )
    client.get_object(**PHOTO)
    print([word.split("/")[0] for word in server.taken("user-agent")[0].split() if "/" in word])
    session = boto3.Session()
    session._session.user_agent_name = "Tool"
    session._session.user_agent_version = "9"
    session._session.user_agent_extra = "more"
    session.client("s3", endpoint_url=server.url).get_object(**PHOTO)
    print([word for word in server.taken("user-agent")[0].split() if word.startswith(("user-agent=", "more"))])


def user_agent_says_boto3() -> None:
    import importlib.metadata

    import botocore.session

    underneath = botocore.session.get_session()
    session = boto3.Session(botocore_session=underneath)
    print(underneath.user_agent_name, underneath.user_agent_extra)
    print(underneath.user_agent_version == importlib.metadata.version("boto3"))
    print(session._session is underneath, boto3.Session()._session.user_agent_name)


def what_a_session_sets_in_that_of_botocore() -> None:
    import botocore.session

    underneath = botocore.session.get_session()
    boto3.Session(botocore_session=underneath, region_name="ap-south-1", **KEYS)
    print(underneath.get_config_variable("region"), underneath.get_credentials().access_key)
    print(underneath.create_client("s3").meta.region_name)


def path_style_of_the_config() -> None:
    from botocore.config import Config

    server = Server()
    for style in ("path", "virtual", "auto"):
        client = boto3.client("s3", endpoint_url=server.url, config=Config(s3={"addressing_style": style}))
        print(style, link(client.generate_presigned_url("get_object", PHOTO)), client.meta.config.s3)
    client = boto3.client("s3", endpoint_url=server.url, config=Config(s3={"addressing_style": "path"}))
    both(client, server, "host")


def sigv2_of_the_config() -> None:
    from botocore.config import Config

    server = Server()
    client = boto3.client("s3", endpoint_url=server.url, config=Config(signature_version="s3"))
    both(client, server)
    print(client.meta.config.signature_version, client._request_signer.signature_version)


def unsigned_of_the_config() -> None:
    from botocore import UNSIGNED
    from botocore.config import Config

    server = Server()
    client = boto3.client("s3", endpoint_url=server.url, config=Config(signature_version=UNSIGNED))
    both(client, server)
    s3 = boto3.resource("s3", endpoint_url=server.url, config=Config(signature_version=UNSIGNED))
    s3.Object("photos", "cat.jpg").load()
    print(server.taken())


def unsigned_of_the_package() -> None:
    # As after `from botocore import UNSIGNED`, with botocore loaded only now.
    import botocore
    from botocore.config import Config

    server = Server()
    session = boto3.Session()
    session.client("s3", endpoint_url=server.url, config=Config(signature_version=botocore.UNSIGNED)).get_object(
        **PHOTO
    )
    print(server.taken())


def parameters_not_validated() -> None:
    from botocore.config import Config

    server = Server()
    client = boto3.client("s3", endpoint_url=server.url, config=Config(parameter_validation=False))
    client.put_object(Bucket="photos", Key="k", Metadata={"a": "b"}, ContentLength="0")
    print(server.taken("x-amz-meta-a"))
    checked = boto3.client("s3", endpoint_url=server.url)
    try:
        checked.put_object(Bucket="photos", Key="k", ContentLength="0")
    except Exception as error:  # noqa: BLE001 - it is printed
        print(type(error).__name__, error)


def a_proxy() -> None:
    from botocore.config import Config

    proxy = Server()
    client = boto3.client("s3", endpoint_url="http://s3.example", config=Config(proxies={"http": proxy.url}))
    client.get_object(**PHOTO)
    print(proxy.taken("host"))


def certificates_are_those_said() -> None:
    for arguments in ({}, {"verify": False}, {"verify": "/some/file.pem"}):
        client = boto3.client("s3", **arguments)
        print(client._endpoint.http_session._verify)
    os.environ["AWS_CA_BUNDLE"] = "/other/file.pem"
    client = boto3.client("s3")
    del os.environ["AWS_CA_BUNDLE"]
    print(client._endpoint.http_session._verify)
    print(boto3.resource("s3", verify=False).Bucket("b").meta.client._endpoint.http_session._verify)


def timeouts_and_pools() -> None:
    from botocore.config import Config

    config = Config(connect_timeout=1, read_timeout=2, max_pool_connections=3, tcp_keepalive=True)
    for client in (boto3.client("s3", config=config), boto3.resource("s3", config=config).meta.client):
        http = client._endpoint.http_session
        print(http._timeout, http._max_pool_connections, client.meta.config.connect_timeout)


def without_tls() -> None:
    client = boto3.client("s3", use_ssl=False)
    print(link(client.generate_presigned_url("get_object", PHOTO)), client._endpoint.host, client.meta.endpoint_url)
    s3 = boto3.resource("s3", use_ssl=False)
    print(link(s3.Object("photos", "cat.jpg").meta.client.generate_presigned_url("get_object", PHOTO)))


def default_session_and_its_setup() -> None:
    server = Server()
    boto3.setup_default_session(region_name="ap-south-1", **KEYS)
    both(boto3.client("s3", endpoint_url=server.url), server)
    boto3.resource("s3", endpoint_url=server.url).Object("photos", "cat.jpg").load()
    print(server.taken(), boto3.DEFAULT_SESSION.region_name)
    boto3.setup_default_session(region_name="eu-west-3")
    both(boto3.client("s3", endpoint_url=server.url), server)
    boto3.DEFAULT_SESSION = None
    both(boto3.client("s3", endpoint_url=server.url), server)


def default_session_of_ones_own() -> None:
    class Mine(boto3.Session):
        def client(self, *arguments: Any, **named: Any) -> Any:
            print("asked for", arguments, sorted(named))
            return super().client(*arguments, **named)

    boto3.DEFAULT_SESSION = Mine(region_name="ap-south-1")
    print(link(boto3.client("s3").generate_presigned_url("get_object", PHOTO)))
    print(boto3.client("s3", region_name="eu-west-3").meta.region_name)
    print(boto3.resource("s3", region_name="eu-west-3").meta.client.meta.region_name)


def arguments_of_another_service() -> None:
    server = Server(lambda _method, _path: (200, {}, "{}"))
    session = boto3.Session(region_name="ap-south-1", **KEYS)
    client = session.client("dynamodb", endpoint_url=server.url, region_name="eu-west-3", aws_session_token="t")
    client.list_tables()
    print(server.taken(), client.meta.region_name)
    client = session.client("dynamodb", endpoint_url=server.url, aws_access_key_id="AKOTHER", aws_secret_access_key="x")
    client.list_tables()
    print(server.taken())


def own_config_for_other_services() -> None:
    from boto3.session import Config

    client = boto3.client("sqs", config=Config(region_name="eu-west-3", retries={"max_attempts": 7}))
    print(client.meta.region_name, client.meta.config.retries)
    table = boto3.resource("dynamodb", config=Config(region_name="eu-west-3")).Table("t")
    print(table.meta.client.meta.region_name, table.meta.client.meta.config.user_agent_extra)


def two_clients_with_different_settings() -> None:
    server, other = Server(), Server()
    session = boto3.Session()
    one = session.client("s3", endpoint_url=server.url, region_name="eu-west-3")
    two = session.client("s3", endpoint_url=other.url, **KEYS)
    both(two, other)
    both(one, server)
    print(one.meta.endpoint_url == server.url, two.meta.endpoint_url == other.url)


def an_older_api_version() -> None:
    client = boto3.client("s3", api_version="2006-03-01")
    print(client.meta.service_model.api_version, client.can_paginate("list_objects"))
    os.environ["AWS_DATA_PATH"] = "/nowhere"
    print(boto3.client("s3").meta.service_model.api_version)


def region_of_buckets_behind_arns() -> None:
    arn = "arn:aws:s3:ap-south-1:123456789012:accesspoint/point"
    client = boto3.client("s3", region_name="eu-west-3")
    print(link(client.generate_presigned_url("get_object", {"Bucket": arn, "Key": "k"})))
    client.can_paginate("list_objects")
    print(link(client.generate_presigned_url("get_object", {"Bucket": arn, "Key": "k"})))
