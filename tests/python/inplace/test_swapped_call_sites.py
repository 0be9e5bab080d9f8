"""How further programs call, each written for `boto3`: the same with presigned in its place, and installed."""

from __future__ import annotations

import contextlib
import copy
import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore
import botocore.client
import botocore.config
import botocore.exceptions
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

import presigned
from inplace.twins import KEYS, listening, shown

BASE = {"Bucket": "bucket", "Key": "some/key.txt"}
REGION = {"region_name": "eu-west-1"}


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keys and region from the environment; SigV4 from the configuration, for boto3 too."""
    (tmp_path / "config").write_text(
        "[default]\ns3 =\n  signature_version = s3v4\n[profile other]\nregion = sa-east-1\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
    for module in (presigned, boto3):
        monkeypatch.setattr(module, "DEFAULT_SESSION", None)


def airflow_hook(boto3: Any) -> Any:
    session = boto3.session.Session(**REGION, profile_name=None)
    keywords = {"service_name": "s3", "config": Config(retries={"mode": "standard"}), "verify": False}
    client = session.client(endpoint_url=None, **keywords)
    return [client.meta.region_name, client.generate_presigned_url(ClientMethod="get_object", Params=BASE)]


def fsspec_style(boto3: Any) -> Any:
    given = {"service_name": "s3", "config": botocore.config.Config(), "verify": False, "use_ssl": True, **KEYS}
    client = boto3.session.Session().client(aws_session_token=None, **given)
    return client.generate_presigned_url("get_object", Params={**BASE, "VersionId": "v"}, ExpiresIn=100)


def resource_client(boto3: Any) -> Any:
    s3 = boto3.resource("s3", config=botocore.client.Config(s3={"addressing_style": "virtual"}))
    return [s3.meta.client.generate_presigned_url("get_object", Params=BASE), s3.meta.client.meta.endpoint_url]


def bucket_of_resource(boto3: Any) -> Any:
    bucket = boto3.resource("s3").Bucket("bucket")
    client = bucket.meta.client
    url = client.generate_presigned_url("get_object", Params={"Bucket": bucket.name, "Key": "k"}, ExpiresIn=9)
    return [url, bucket.Object("k").bucket_name, client.generate_presigned_post(bucket.name, "k")]


def sagemaker(boto3: Any) -> Any:
    session = boto3.DEFAULT_SESSION or boto3.Session()
    return [session.region_name, session.client("s3").meta.region_name, session.profile_name]


def chalice_blob(boto3: Any) -> Any:
    holder: dict[str, Any] = {}

    def get_client() -> Any:
        return holder.setdefault("s3", boto3.client("s3"))

    return [get_client() is get_client(), get_client().generate_presigned_post(Bucket="b", Key="k", ExpiresIn=60)]


def partials(boto3: Any) -> Any:
    link = functools.partial(boto3.client("s3").generate_presigned_url, "get_object", ExpiresIn=30)
    make = functools.partial(boto3.client, "s3", **REGION)
    return [[link(Params={**BASE, "Key": key}) for key in "ab"], make().generate_presigned_url("list_buckets")]


def by_getattr(boto3: Any) -> Any:
    client = boto3.client("s3")
    return [getattr(client, f"generate_presigned_{kind}")(**given) for kind, given in (
        ("url", {"ClientMethod": "head_object", "Params": BASE}), ("post", {"Bucket": "b", "Key": "k"}))]  # fmt: skip


def methods(boto3: Any) -> Any:
    client = boto3.client("s3")
    names = client.meta.method_to_api_mapping
    return [sorted(names), names["get_object"], [name for name in names if not callable(getattr(client, name))]]


def models(boto3: Any) -> Any:
    client = boto3.client("s3")
    model = client.meta.service_model
    shape = model.operation_model("GetObject").input_shape
    return [
        model.service_name,
        model.api_version,
        len(model.operation_names),
        sorted(shape.members),
        model.metadata["serviceId"],
    ]


def request_signer(boto3: Any) -> Any:
    client = boto3.client("s3", **REGION)
    signer = client._request_signer
    return [signer.region_name, signer._region_name, signer.signing_name, signer._credentials.access_key]


def endpoint(boto3: Any) -> Any:
    client = boto3.client("s3", endpoint_url="http://localhost:9000")
    return [client._endpoint.host, client.meta.endpoint_url, urlsplit(client.meta.endpoint_url).netloc]


def frozen(boto3: Any) -> Any:
    credentials = boto3.Session().get_credentials()
    keys = credentials.get_frozen_credentials()
    access_key, secret_key, token, *_ = keys
    return [access_key, secret_key, token, keys.access_key, credentials.method, credentials.token]


def borrowed(boto3: Any) -> Any:
    keys = boto3.Session(**KEYS, aws_session_token="t").get_credentials().get_frozen_credentials()
    client = boto3.client("s3", aws_access_key_id=keys.access_key, aws_secret_access_key=keys.secret_key,
                          aws_session_token=keys.token)  # fmt: skip
    return client.generate_presigned_url("put_object", Params={**BASE, "ContentType": "image/png"}, ExpiresIn=60)


def of_botocore(boto3: Any) -> Any:
    theirs = botocore.session.get_session()
    theirs.set_credentials("BOTO", "core", "token")
    theirs.set_config_variable("region", "ca-central-1")
    session = boto3.Session(botocore_session=theirs)
    return [session.region_name, session.client("s3").generate_presigned_url("get_object", Params=BASE)]


def profiles(boto3: Any) -> Any:
    session = boto3.Session(profile_name="other")
    try:
        boto3.Session(profile_name="none")
    except botocore.exceptions.ProfileNotFound as error:
        return [session.region_name, session.available_profiles, str(error)]
    return None


def caught(boto3: Any) -> Any:
    client = boto3.client("s3")

    def error_of(name: str, **params: Any) -> Any:
        try:
            return client.generate_presigned_url(name, Params=params)
        except (ClientError, BotoCoreError) as error:
            return f"{type(error).__name__} {error}"

    return [
        error_of("get_object", Bucket="b"),
        error_of("get_object", Bucket="b", Key=""),
        error_of("nothing"),
        error_of("get_object", Bucket="a b", Key="k"),
        error_of("get_object", Bucket="b", Key="k", Odd=1),
    ]


def errors_of_client(boto3: Any) -> Any:
    errors = boto3.client("s3").exceptions
    return [issubclass(errors.NoSuchKey, ClientError), errors.ClientError.__name__, errors.NoSuchBucket.__name__]


def kinds(boto3: Any) -> Any:
    client = boto3.client("s3")
    return [isinstance(client, botocore.client.BaseClient), type(client).__name__, client.__class__.__name__]


def signatures(boto3: Any) -> Any:
    client = boto3.client("s3")
    names = ("generate_presigned_url", "generate_presigned_post")
    return [str(inspect.signature(getattr(client, name))) for name in names]


def contexts(boto3: Any) -> Any:
    with contextlib.closing(boto3.client("s3", **REGION)) as client:
        return client.generate_presigned_url("delete_object", Params=BASE, HttpMethod="DELETE")


def cached(boto3: Any) -> Any:
    @functools.lru_cache
    def client(**given: Any) -> Any:
        return boto3.client("s3", **given)

    first, second = client(region_name="eu-west-1"), client(region_name="eu-west-1")
    return [first is second, {first: 1}[second], first == second, bool(first)]


def patched(boto3: Any) -> Any:
    client = boto3.client("s3")
    with mock.patch.object(client, "generate_presigned_url", return_value="mocked") as stand_in:
        made = client.generate_presigned_url("get_object", Params=BASE, ExpiresIn=60)
    stand_in.assert_called_once_with("get_object", Params=BASE, ExpiresIn=60)
    return [made, client.generate_presigned_url("get_object", Params=BASE)]


def patched_class(boto3: Any) -> Any:
    with mock.patch.object(boto3, "client") as make:
        make.return_value.generate_presigned_url.return_value = "mocked"
        return boto3.client("s3").generate_presigned_url("get_object", Params=BASE)


def host_override(boto3: Any) -> Any:
    client = boto3.client("s3", **REGION)
    model = client.meta.service_model.operation_model("GetObject")
    request = client._convert_to_request_dict(
        {**BASE}, model, endpoint_url="https://cdn.example.com", context={"is_presign_request": True}
    )
    request["url"] = "https://cdn.example.com/some/key.txt"
    return client._request_signer.generate_presigned_url(request, "GetObject", expires_in=600)


def configs(boto3: Any) -> Any:
    config = Config(region_name="eu-north-1", signature_version="s3v4").merge(Config(s3={"addressing_style": "path"}))
    client = boto3.client("s3", config=copy.copy(config))
    found = client.meta.config
    return [
        client.generate_presigned_url("get_object", Params=BASE),
        found.region_name,
        found.s3,
        found.signature_version,
    ]


def from_session_module(boto3: Any) -> Any:
    config = boto3.session.Config(signature_version="s3v4", connect_timeout=3, proxies={"https": "http://proxy"})
    return boto3.session.Session(**REGION).client("s3", config=config).generate_presigned_url("get_object", BASE)


def default_session(boto3: Any) -> Any:
    boto3.setup_default_session(**KEYS, region_name="eu-south-1")
    url = boto3.client("s3").generate_presigned_url("get_object", Params=BASE)
    return [url, boto3.DEFAULT_SESSION.region_name, boto3._get_default_session() is boto3.DEFAULT_SESSION]


def queries(boto3: Any) -> Any:
    query = parse_qs(urlsplit(boto3.client("s3").generate_presigned_url("get_object", Params=BASE)).query)
    return sorted(query), query["X-Amz-Credential"], query["X-Amz-Expires"]


def lakefs_parts(boto3: Any) -> Any:
    client = boto3.client("s3", endpoint_url="https://lake.example.com", config=Config(s3={"addressing_style": "path"}))
    given = {**BASE, "UploadId": "upload"}
    return [client.generate_presigned_url("upload_part", Params={**given, "PartNumber": n}) for n in range(1, 4)]


def handlers(boto3: Any) -> Any:
    client = boto3.client("s3")

    def add(request: Any, **_: Any) -> None:
        request.url += ("&" if "?" in request.url else "?") + "x-tag=1"

    client.meta.events.register("before-sign.s3.GetObject", add)
    return client.generate_presigned_url("get_object", Params=BASE)


def other_services(boto3: Any) -> Any:
    token = boto3.client("rds", **REGION).generate_db_auth_token("db.example.com", 5432, "me")
    sts = boto3.client("sts", **REGION).generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
    return [token, sts]


SITES = (
    airflow_hook, fsspec_style, resource_client, bucket_of_resource, sagemaker, chalice_blob, partials, by_getattr,
    methods, models, request_signer, endpoint, frozen, borrowed, of_botocore, profiles, caught, errors_of_client,
    kinds, signatures, contexts, cached, patched, patched_class, host_override, configs,
    from_session_module, default_session, queries, lakefs_parts, handlers, other_services,
)  # fmt: skip


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.__name__)
def test_a_call_site_gets_the_same_with_the_import_swapped(site: Callable[[Any], Any]) -> None:
    assert shown(site(presigned)) == shown(site(boto3))


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.__name__)
def test_a_call_site_gets_the_same_with_presigned_installed(site: Callable[[Any], Any]) -> None:
    expected = shown(site(boto3))
    boto3.DEFAULT_SESSION = None
    presigned.install()
    with listening():
        assert shown(site(boto3)) == expected
