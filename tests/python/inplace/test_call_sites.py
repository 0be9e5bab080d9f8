"""How real programs call: each call as its repository has it, with presigned installed and without."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import boto3
import botocore
import botocore.client
import botocore.session
import freezegun
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

import presigned
from inplace.twins import KEYS, listening, shown

REGION = {"region_name": "us-east-1"}
BASE = {"Bucket": "bucket", "Key": "some/key.txt"}
MINIO = {**KEYS, **REGION, "endpoint_url": "http://minio:9000"}


def s3(**given: Any) -> Any:
    """A client as most programs make it."""
    return boto3.client("s3", **{**KEYS, **REGION, **given})


def django_storages() -> list[Any]:
    connection = boto3.session.Session(**KEYS).resource("s3", region_name="us-east-1", use_ssl=True, verify=None)
    unsigned = boto3.session.Session().resource("s3", config=Config(signature_version=botocore.UNSIGNED), **REGION)
    url = connection.meta.client.generate_presigned_url
    return [
        url("get_object", Params={**BASE, "ResponseContentType": "text/plain"}, ExpiresIn=3600, HttpMethod=None),
        url("get_object", Params=BASE, ExpiresIn=10, HttpMethod="HEAD"),
        unsigned.meta.client.generate_presigned_url("get_object", Params=BASE, ExpiresIn=0),
    ]


def django_s3_storage() -> Any:
    url = s3().generate_presigned_url(ClientMethod="get_object", Params={**BASE}, ExpiresIn=60)
    return urlsplit(url)._replace(query="").geturl()


def airflow() -> list[Any]:
    made = []
    for method, params in (("get_object", BASE), ("list_buckets", None)):
        try:
            made.append(
                s3().generate_presigned_url(ClientMethod=method, Params=params, ExpiresIn=3600, HttpMethod=None)
            )
        except ClientError as error:  # noqa: PERF203 - so it is there
            made.append(error.response["Error"]["Message"])
    return made


def label_studio() -> Any:
    client = boto3.Session(**KEYS, **REGION).client("s3", config=boto3.session.Config(signature_version="s3v4"))
    return client.generate_presigned_url(ClientMethod="get_object", Params=dict(BASE), ExpiresIn=900)


def mlflow() -> Any:
    params = {**BASE, "PartNumber": 2, "UploadId": "u", "RequestPayer": "requester", "ExpectedBucketOwner": "1234"}
    extra = {"SSECustomerKey": "k" * 32, "SSECustomerAlgorithm": "AES256"}
    return s3().generate_presigned_url("upload_part", Params={**params, **extra})


def posthog() -> list[Any]:
    config = Config(signature_version="s3v4", connect_timeout=1, retries={"max_attempts": 1})
    client = s3(config=config)
    conditions = [["content-length-range", 0, 1000]]
    return [
        client.generate_presigned_url("get_object", Params=BASE, ExpiresIn=60, HttpMethod="GET"),
        client.generate_presigned_post("bucket", "key", Conditions=conditions, ExpiresIn=60),
        conditions,
    ]


def zulip() -> Any:
    config = Config(
        signature_version=botocore.UNSIGNED,
        s3={"addressing_style": "auto"},
        request_checksum_calculation="when_required",
    )
    client = boto3.resource("s3", **REGION, config=config).meta.client
    return client.generate_presigned_url(ClientMethod="get_object", Params=BASE, ExpiresIn=0)


def plane() -> Any:
    fields = {"Content-Type": "image/png", "key": "up/${filename}"}
    conditions: list[Any] = [{"bucket": "bucket"}, ["content-length-range", 1, 5], ["starts-with", "$key", "up/"]]
    client = boto3.client("s3", **MINIO, config=Config(signature_version="s3v4"))
    return client.generate_presigned_post(
        Bucket="bucket", Key="up/${filename}", Fields=fields, Conditions=conditions, ExpiresIn=3600
    )


def authentik() -> Any:
    client = s3(config=Config(signature_version="s3v4"))
    model = client.meta.service_model.operation_model("GetObject")
    endpoint = "https://cdn.example.com"
    request = client._convert_to_request_dict(
        {**BASE}, model, endpoint_url=endpoint, context={"is_presign_request": True}
    )
    request["url_path"] = "/some/key.txt"
    request["url"] = f"{endpoint}/some/key.txt"
    return client._request_signer.generate_presigned_url(request, "GetObject", expires_in=600)


def ctfd() -> Any:
    hour = datetime.datetime(2026, 1, 2, 3)
    with freezegun.freeze_time(hour):
        params = {
            **BASE,
            "ResponseContentDisposition": "attachment; filename=ä b.txt",
            "ResponseCacheControl": "max-age=1",
        }
        url = s3().generate_presigned_url("get_object", Params=params, ExpiresIn=3600)
    return urlsplit(url)._replace(netloc="cdn.example.com").geturl()


def quay() -> list[Any]:
    client = s3()
    return [
        client.generate_presigned_url("head_object", Params=BASE, ExpiresIn=300),
        client.generate_presigned_url("put_object", Params={**BASE, "ContentType": "text/plain"}, ExpiresIn=300),
    ]


def edx_ora2() -> Any:
    config = botocore.client.Config(signature_version=None, region_name=None)
    client = boto3.client("s3", **KEYS, config=config)
    return client.generate_presigned_url(ExpiresIn=5, ClientMethod="put_object", Params=BASE)


def fence() -> Any:
    client = boto3.client("s3", **{**KEYS, **REGION})
    params = {**BASE, "ServerSideEncryption": "AES256"}
    return client.generate_presigned_url(ClientMethod="put_object", Params=params, ExpiresIn=60)


def cloudpathlib() -> Any:
    session = boto3.Session(**REGION)
    client = session.client("s3", endpoint_url=None, config=Config(signature_version=botocore.UNSIGNED))
    return client.generate_presigned_url("get_object", Params=BASE, ExpiresIn=0)


def s3_file_field() -> list[Any]:
    client = s3()
    life = int(datetime.timedelta(days=1).total_seconds())
    part = {**BASE, "UploadId": "u", "PartNumber": 1, "ContentLength": 1000}
    return [
        client.generate_presigned_url(ClientMethod="upload_part", Params=part, ExpiresIn=life),
        client.generate_presigned_url(
            ClientMethod="complete_multipart_upload", Params={**BASE, "UploadId": "u"}, ExpiresIn=life
        ),
    ]


def dandi() -> Any:
    params = {**BASE, "ContentMD5": "m", "Tagging": urlencode({"embargoed": "true"})}
    return boto3.client("s3", **MINIO).generate_presigned_url("put_object", Params=params)


def ansible() -> list[Any]:
    client = s3()
    extra = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "id"}
    return [
        client.generate_presigned_url(ClientMethod="put_object", Params=BASE, ExpiresIn=600),
        client.generate_presigned_url("put_object", Params={**BASE, **extra}, ExpiresIn=3600, HttpMethod="PUT"),
    ]


def girder() -> Any:
    def sign(*arguments: Any, **keywords: Any) -> Any:
        return s3(config=Config(s3={"use_accelerate_endpoint": True})).generate_presigned_url(*arguments, **keywords)

    return sign(ClientMethod="get_object", Params=BASE).replace("AWSAccessKeyId", "GoogleAccessId")


def pypicloud() -> Any:
    bucket = boto3.resource("s3", **KEYS, **REGION).Bucket("bucket")
    url = bucket.meta.client.generate_presigned_url("get_object", Params=BASE, ExpiresIn=86400)
    return url, urlsplit(url).netloc == "s3.amazonaws.com"


def ckanext() -> Any:
    params = {**BASE, "ResponseContentDisposition": "filename=a b.csv"}
    return s3().generate_presigned_url(ClientMethod="get_object", Params=params, ExpiresIn=60)


def diracx() -> Any:
    fields = {"x-amz-checksum-sha256": "sum"}
    conditions: list[Any] = [["content-length-range", 5, 5], fields]
    return s3().generate_presigned_post(Bucket="bucket", Key="key", Fields=fields, Conditions=conditions, ExpiresIn=60)


def galaxy() -> Any:
    params = {**BASE, "ResponseContentDisposition": "attachment", "ResponseContentType": "text/plain"}
    return s3().generate_presigned_url("get_object", Params=params, ExpiresIn=3600, HttpMethod="GET")


def dagster() -> Any:
    client = boto3.resource("s3", **MINIO, use_ssl=False, verify=False).meta.client
    return client.generate_presigned_url(ClientMethod="get_object", Params=BASE)


def aws_cli() -> Any:
    return s3().generate_presigned_url("get_object", {"Bucket": "bucket", "Key": "k"}, ExpiresIn=60)


def eks_token() -> Any:
    client = botocore.session.get_session().create_client("sts", **REGION, **KEYS)

    def keep(params: Any, context: Any, **_: Any) -> None:
        context["cluster"] = params.pop("x-k8s-aws-id", None)

    def sign(request: Any, **_: Any) -> None:
        request.headers["x-k8s-aws-id"] = request.context["cluster"]

    client.meta.events.register("provide-client-params.sts.GetCallerIdentity", keep)
    client.meta.events.register("before-sign.sts.GetCallerIdentity", sign)
    return client.generate_presigned_url(
        "get_caller_identity", Params={"x-k8s-aws-id": "c"}, ExpiresIn=60, HttpMethod="GET"
    )


def rds_token() -> Any:
    client = boto3.client("rds", **KEYS, **REGION)
    token = client.generate_db_auth_token(DBHostname="db.example.com", Port=5432, DBUsername="me")
    client.close()
    return token


def msk_token() -> Any:
    request = botocore.awsrequest.AWSRequest(method="GET", url="https://kafka.us-east-1.amazonaws.com/?Action=connect")
    credentials = botocore.credentials.Credentials("AK", "SK")
    botocore.auth.SigV4QueryAuth(credentials, "kafka-cluster", "us-east-1", expires=900).add_auth(request)
    return request.url


def request_signer() -> Any:
    session = boto3.Session(**KEYS, **REGION)
    signer = botocore.signers.RequestSigner(
        botocore.model.ServiceId("sts"), "us-east-1", "sts", "v4", session.get_credentials(), session.events
    )
    request = {
        "method": "GET",
        "url": "https://sts.us-east-1.amazonaws.com/?Action=x",
        "body": {},
        "headers": {},
        "context": {},
    }
    return signer.generate_presigned_url(request, region_name="us-east-1", expires_in=60, operation_name="")


def lambda_samples() -> Any:
    fields, conditions = (
        {"Content-Type": "image/png", "acl": "private"},
        [{"acl": "private"}, {"Content-Type": "image/png"}],
    )
    return s3().generate_presigned_post("bucket", "key", fields, conditions, ExpiresIn=300), fields, conditions


def documentation() -> list[Any]:
    client = s3()
    try:
        url = client.generate_presigned_url("get_object", Params={"Bucket": "bucket", "Key": "key"}, ExpiresIn=3600)
    except ClientError:
        url = None
    return [url, client.generate_presigned_post("bucket", "key", Fields=None, Conditions=None, ExpiresIn=3600)]


SITES = (
    django_storages, django_s3_storage, airflow, label_studio, mlflow, posthog, zulip, plane, authentik, ctfd, quay,
    edx_ora2, fence, cloudpathlib, s3_file_field, dandi, ansible, girder, pypicloud, ckanext, diracx, galaxy, dagster,
    aws_cli, eks_token, rds_token, msk_token, request_signer, lambda_samples, documentation,
)  # fmt: skip
#: Those that go through other code of botocore's, another service or a clock of their own.
THEIRS = (authentik, ctfd, eks_token, rds_token, msk_token, request_signer)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.__name__)
def test_a_call_site_gets_the_same_with_presigned_installed(site: Callable[[], Any]) -> None:
    expected = shown(site())
    presigned.install()
    with listening() as reasons:
        assert shown(site()) == expected
    assert (reasons == []) is (site not in (ctfd, eks_token))
