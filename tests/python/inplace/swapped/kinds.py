"""Kinds: what a program can ask of an object or a class, and what it makes of them, is the same as with boto3's."""

from __future__ import annotations

import copy
import re

import boto3

from inplace.swapped.seen import KEYS, PHOTO, failure, link


def _shown(thing: object) -> str:
    return re.sub("0x[0-9a-f]+", "0x", repr(thing))


def a_client() -> None:
    from botocore.client import BaseClient

    client = boto3.client("s3")
    print(isinstance(client, BaseClient), type(client).__name__, client.__class__.__name__)
    print(client == boto3.client("s3"), client == client, hash(client) == hash(client), bool(client))
    print(isinstance(boto3.client("sqs"), BaseClient), isinstance(boto3.client("sqs"), type(client)))


def a_session() -> None:
    import boto3.session

    session = boto3.Session(region_name="eu-west-3")
    print(isinstance(session, boto3.Session), isinstance(session, boto3.session.Session), _shown(session))
    print(boto3.Session is boto3.session.Session, type(session).__name__, boto3.session.Session.__name__)
    print(session == boto3.Session(region_name="eu-west-3"), session == session, bool(session))


def the_real_session_and_ours() -> None:
    import sys

    session = boto3.Session()
    from boto3.resources.base import ServiceResource
    from boto3.s3.transfer import S3Transfer

    s3 = session.resource("s3")
    print(
        isinstance(s3, ServiceResource),
        isinstance(s3.Bucket("b"), ServiceResource),
        isinstance(session, ServiceResource),
    )
    print(type(S3Transfer(session.client("s3"))).__name__, "boto3.resources.base" in sys.modules)


def credentials() -> None:
    from botocore.credentials import Credentials, ReadOnlyCredentials

    found = boto3.Session(aws_session_token="token", **KEYS).get_credentials()
    print(isinstance(found, Credentials), found.access_key, found.token, found.method, found.account_id)
    frozen = found.get_frozen_credentials()
    print(isinstance(frozen, ReadOnlyCredentials), isinstance(frozen, tuple), len(frozen), frozen._fields, frozen[0])
    access, secret, token, account = frozen
    print(
        access,
        secret == "secret",
        token,
        account,
        frozen == found.get_frozen_credentials(),
        hash(frozen) == hash(frozen),
    )
    print(sorted(frozen._asdict()), frozen._replace(token=None).token, frozen.index("AKGIVEN"))
    print(boto3.Session().get_credentials().method, type(boto3.Session().get_credentials()).__name__)


def credentials_of_an_account() -> None:
    found = boto3.Session(aws_account_id="123456789012", **KEYS).get_credentials()
    print(found.account_id, found.get_frozen_credentials().account_id, found.get_deferred_property("account_id")())


def no_credentials() -> None:
    import os

    del os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    session = boto3.Session()
    print(session.get_credentials())
    client = session.client("s3")
    print(failure(client.generate_presigned_url, "get_object", PHOTO))
    print(failure(client.list_buckets))
    print(failure(boto3.Session, aws_account_id="123456789012"))
    print(failure(session.client, "s3", aws_access_key_id="AK"))


def credentials_given_to_requests() -> None:
    from botocore.auth import S3SigV4Auth, SigV4Auth, SigV4QueryAuth
    from botocore.awsrequest import AWSRequest

    found = boto3.Session(**KEYS).get_credentials()
    for kind in (SigV4Auth, S3SigV4Auth):
        for given in (found, found.get_frozen_credentials()):
            request = AWSRequest("GET", "https://search.example/", headers={"host": "search.example"})
            kind(given, "es", "eu-west-3").add_auth(request)
            print(kind.__name__, re.sub("[0-9]{8}|Signature=.*", "", request.headers["Authorization"]))
    request = AWSRequest("GET", "https://search.example/")
    SigV4QueryAuth(found, "es", "eu-west-3").add_auth(request)
    print(link(request.url))


def credentials_given_to_another_session() -> None:
    found = boto3.Session(aws_session_token="token", **KEYS).get_credentials()
    frozen = found.get_frozen_credentials()
    for one in (found, frozen):
        other = boto3.Session(one.access_key, one.secret_key, one.token, region_name="eu-west-3")
        print(link(other.client("s3").generate_presigned_url("get_object", PHOTO)))
    underneath = boto3.Session()._session
    underneath._credentials = found
    print(link(underneath.create_client("s3").generate_presigned_url("get_object", PHOTO)).split()[2])


def attributes_of_a_client() -> None:
    client = boto3.client("s3")
    for name in ("nonsense", "_nonsense", "__nonsense__", "get_objekt", "client", "Bucket"):
        print(name, hasattr(client, name), failure(getattr, client, name), getattr(client, name, "default"))
    print(hasattr(client, "get_object"), callable(client.get_object), client.get_object.__name__)
    print(failure(setattr, client, "anything", 1), failure(getattr, client, "anything"))


def attributes_of_a_session() -> None:
    session = boto3.Session()
    for name in ("nonsense", "_nonsense", "__nonsense__"):
        print(name, hasattr(session, name), failure(getattr, session, name))
    session.mine = 1
    print(session.mine, failure(setattr, session, "region_name", "x"), failure(setattr, session, "profile_name", "x"))
    print(type(session._session).__name__, type(session.events).__name__, type(session._loader).__name__)
    print(session.events is session._session.get_component("event_emitter"), type(session.resource_factory).__name__)


def meta_of_a_client() -> None:
    meta = boto3.client("s3", region_name="eu-west-3").meta
    print(type(meta).__name__, meta.region_name, meta.partition, meta.endpoint_url, meta.service_model.service_name)
    print(len(meta.method_to_api_mapping), meta.method_to_api_mapping["get_object"], type(meta.events).__name__)
    print(meta.config.region_name, meta.config.signature_version, meta.config.s3, meta.config.retries)
    print(failure(getattr, meta, "nonsense"), failure(setattr, meta, "region_name", "x"))
    print(sorted(meta.service_model.operation_names)[:3], meta.service_model.service_id)


def the_config_of_a_client() -> None:
    from botocore.config import Config

    config = Config(retries={"max_attempts": 3}, s3={"addressing_style": "path"})
    client = boto3.client("s3", config=config)
    print(isinstance(client.meta.config, Config), isinstance(client._client_config, Config))
    print(client.meta.config is client._client_config, client.meta.config.merge(Config(read_timeout=1)).read_timeout)
    print(config.s3, sorted(config._user_provided_options))


def paginators_and_waiters() -> None:
    client = boto3.client("s3")
    paginator = client.get_paginator("list_objects_v2")
    print(
        type(paginator).__name__,
        type(paginator.paginate(Bucket="b")).__name__,
        failure(client.can_paginate, "nonsense"),
    )
    print(failure(client.get_paginator, "get_object"))
    print(
        type(client.get_waiter("bucket_exists")).__name__, client.waiter_names, failure(client.get_waiter, "nonsense")
    )


def the_module() -> None:
    import importlib
    import importlib.util

    print(re.fullmatch(r"[0-9.]+", boto3.__version__) is not None, boto3.DEFAULT_SESSION)
    print(boto3.Session.__name__, callable(boto3.setup_default_session), type(boto3.NullHandler()).__name__)
    for name in ("resources", "utils", "compat", "session", "exceptions", "logging"):
        print(name, hasattr(boto3, name), getattr(boto3, name).__name__.rpartition(".")[2])
    print(hasattr(boto3, "nonsense"), importlib.import_module("boto3.s3.transfer").TransferConfig.__name__)
    print(importlib.util.find_spec("boto3.s3.transfer") is not None, importlib.util.find_spec("boto3.nonsense"))


def names_in_boto3_session() -> None:
    import boto3.session

    print(
        hasattr(boto3.session, "botocore"), hasattr(boto3.session, "Config"), hasattr(boto3.session, "ResourceFactory")
    )
    print(boto3.session.botocore.session.get_session().__class__.__name__)


def submodules_by_import() -> None:
    from boto3.dynamodb.conditions import Attr, Key
    from boto3.dynamodb.types import TypeSerializer
    from boto3.s3.inject import upload_file
    from boto3.s3.transfer import S3Transfer, TransferConfig
    from boto3.session import Session
    from boto3.utils import lazy_call

    print(Session is boto3.Session, TransferConfig().multipart_threshold, Key("a").eq(1).get_expression()["format"])
    print(TypeSerializer().serialize(1), upload_file.__name__, S3Transfer.__name__, lazy_call.__name__, Attr("a").name)


def copies() -> None:
    session = copy.copy(boto3.Session(region_name="eu-west-3"))
    print(session.region_name, session.client("s3").meta.region_name)


def a_stream_logger() -> None:
    import logging

    boto3.set_stream_logger("", logging.CRITICAL)
    boto3.set_stream_logger()
    print(
        logging.getLogger("boto3").level,
        sum(type(handler) is logging.StreamHandler for handler in logging.getLogger("boto3").handlers),
    )
    print(failure(boto3.set_stream_logger, level="nonsense"))


def refused_arguments() -> None:
    print(failure(boto3.client))
    print(failure(boto3.client, "nonsense").partition(".")[0])
    print(failure(boto3.resource, "sts").partition("\n")[0])
    print(failure(boto3.client, "s3", "eu-west-3", endpoint_url="nonsense"))
    print(failure(boto3.client, "s3", region_name="not a region"))
    print(failure(boto3.Session, profile_name="nonsense"))
    print(failure(boto3.Session, region="eu-west-3"))
    print(failure(boto3.client, "s3", nonsense=1))
    print(failure(boto3.Session().client, "s3", nonsense=1))


def lists_of_a_session() -> None:
    session = boto3.Session()
    print(len(session.get_available_services()), session.get_available_resources(), session.get_available_partitions())
    print(
        session.get_available_regions("s3")[:3],
        session.get_partition_for_region("cn-north-1"),
        session.available_profiles,
    )


def what_outlives_a_client() -> None:
    meta = boto3.client("s3", region_name="eu-west-3").meta
    exceptions = boto3.client("s3").exceptions
    url = boto3.client("s3").generate_presigned_url
    upload = boto3.client("s3").upload_file
    print(
        meta.service_model.service_name, exceptions.NoSuchKey.__name__, link(url("get_object", PHOTO)), upload.__name__
    )


def names_of_botocore_that_boto3_brings() -> None:
    import botocore

    for name in ("client", "config", "configloader", "credentials", "errorfactory", "exceptions", "loaders", "session"):
        print(name, hasattr(botocore, name))
    client = boto3.client("s3", config=botocore.client.Config(region_name="eu-west-3"))
    try:
        client.generate_presigned_url("get_object", {"Bucket": "photos"})
    except botocore.exceptions.ParamValidationError as problem:
        print("caught", problem)


def names_of_botocore_where_an_error_is_caught() -> None:
    import botocore

    try:
        boto3.client("s3").generate_presigned_url("get_object", {"Bucket": "photos"})
    except botocore.exceptions.BotoCoreError as problem:
        print("caught", type(problem).__name__)
