"""A tour like boto3's guide to S3: clients, resources, transfers, waiters, errors and events; printed."""

from __future__ import annotations

import concurrent.futures
import io
import json
import logging
import os
import pathlib
import tempfile
import urllib.request
from typing import Any

import boto3
import boto3.exceptions
import botocore
import botocore.client
import botocore.config
import botocore.exceptions
from boto3.s3.transfer import S3Transfer, TransferConfig
from botocore.client import BaseClient, Config
from botocore.exceptions import ClientError

BUCKET = os.environ["BUCKET"]
CONTENT = bytes(range(256)) * 30_000


class Progress:
    """Counts what was transferred."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, amount: int) -> None:
        """Counts a part."""
        self.seen += amount


def sent(url: str, method: str = "GET", body: bytes | None = None) -> bytes:
    """Sends a request to a URL."""
    with urllib.request.urlopen(urllib.request.Request(url, method=method, data=body)) as answer:  # noqa: S310 - here
        content: bytes = answer.read()
        return content


def buckets(s3: Any) -> None:
    """Makes, finds, describes and misses buckets."""
    s3.create_bucket(Bucket=f"{BUCKET}-2")
    s3.get_waiter("bucket_exists").wait(Bucket=f"{BUCKET}-2")
    print("buckets", f"{BUCKET}-2" in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]])
    rules = {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}
    s3.put_bucket_cors(Bucket=f"{BUCKET}-2", CORSConfiguration=rules)
    print("cors", s3.get_bucket_cors(Bucket=f"{BUCKET}-2")["CORSRules"])
    s3.delete_bucket(Bucket=f"{BUCKET}-2")
    s3.get_waiter("bucket_not_exists").wait(Bucket=f"{BUCKET}-2")
    try:
        s3.head_bucket(Bucket=f"{BUCKET}-2")
    except ClientError as error:
        print("gone", error.response["Error"]["Code"], error.operation_name)


def transfers(s3: Any, folder: pathlib.Path) -> None:
    """Uploads and downloads files and streams."""
    (folder / "up").write_bytes(CONTENT)
    progress = Progress()
    extra = {"Metadata": {"made": "here"}, "ContentType": "text/x-made"}
    s3.upload_file(str(folder / "up"), BUCKET, "m/file", ExtraArgs=extra, Callback=progress)
    print("uploaded", progress.seen)
    parts = TransferConfig(multipart_threshold=5_242_880, multipart_chunksize=5_242_880, max_concurrency=2)
    s3.upload_file(Filename=str(folder / "up"), Bucket=BUCKET, Key="m/parts", Config=parts)
    s3.upload_fileobj(io.BytesIO(b"stream"), BUCKET, "m/stream")
    S3Transfer(s3).upload_file(str(folder / "up"), BUCKET, "m/transfer")
    s3.download_file(BUCKET, "m/parts", str(folder / "down"), Config=TransferConfig(use_threads=False))
    print("downloaded", (folder / "down").read_bytes() == CONTENT)
    got = io.BytesIO()
    s3.download_fileobj(BUCKET, "m/stream", got)
    print("stream", got.getvalue())
    head = s3.head_object(Bucket=BUCKET, Key="m/file")
    print("head", head["Metadata"], head["ContentType"], head["ContentLength"])
    s3.copy({"Bucket": BUCKET, "Key": "m/stream"}, BUCKET, "m/copied")
    try:
        s3.upload_file("/no/such/file", BUCKET, "m")
    except FileNotFoundError as error:
        print("failed", error)
    try:
        s3.download_file(BUCKET, "m/no", str(folder / "no"))
    except ClientError as error:
        print("failed", error)
    try:
        s3.upload_file(str(folder / "up"), f"{BUCKET}-none", "m")
    except boto3.exceptions.S3UploadFailedError as error:
        print("failed", "NoSuchBucket" in str(error))
    try:
        s3.upload_fileobj(io.BytesIO(), BUCKET, "m", ExtraArgs={"Nonsense": 1})
    except ValueError as error:
        print("refused", str(error)[:40])


def pages(s3: Any) -> None:
    """Pages through a listing."""
    paginator = s3.get_paginator("list_objects_v2")
    listed = paginator.paginate(Bucket=BUCKET, Prefix="m/", PaginationConfig={"PageSize": 2})
    print("pages", [len(page["Contents"]) for page in listed], s3.can_paginate("list_objects_v2"))
    print("searched", sorted(paginator.paginate(Bucket=BUCKET).search("Contents[?Size < `10`].Key")))
    print("waiters", s3.waiter_names)


def errors(s3: Any) -> None:
    """Catches what goes wrong, in each of the ways."""
    try:
        s3.get_object(Bucket=BUCKET, Key="none")
    except s3.exceptions.NoSuchKey as error:
        print("no key", error.response["Error"]["Code"], isinstance(error, ClientError))
    try:
        s3.get_object(Bucket=BUCKET)
    except botocore.exceptions.ParamValidationError as error:
        print("invalid", str(error))
    try:
        s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET})
    except botocore.exceptions.ParamValidationError as error:
        print("invalid", str(error))
    try:
        s3.generate_presigned_url("get_objekt")
    except botocore.exceptions.UnknownClientMethodError as error:
        print("unknown", str(error))
    try:
        s3.nonsense()
    except AttributeError as error:
        print("attribute", str(error))
    try:
        boto3.client("nonsense")
    except botocore.exceptions.UnknownServiceError as error:
        print("service", str(error)[:30])
    try:
        boto3.resource("sts")
    except boto3.exceptions.ResourceNotExistsError as error:
        print("resource", str(error)[:40])


def links(s3: Any) -> None:
    """Presigns, and uses what was presigned."""
    print(
        "put", sent(s3.generate_presigned_url("put_object", {"Bucket": BUCKET, "Key": "m/put"}, 60), "PUT", b"by PUT")
    )
    print("get", sent(s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "m/put"})))
    form = s3.generate_presigned_post(
        BUCKET, "m/${filename}", Conditions=[["content-length-range", 1, 9]], ExpiresIn=60
    )
    print("form", sorted(form["fields"]), form["url"].rpartition("/")[2] == BUCKET)
    upload = s3.create_multipart_upload(Bucket=BUCKET, Key="m/by-parts")["UploadId"]
    part = {"Bucket": BUCKET, "Key": "m/by-parts", "UploadId": upload, "PartNumber": 1}
    sent(s3.generate_presigned_url("upload_part", part), "PUT", b"a part")
    tag = s3.list_parts(Bucket=BUCKET, Key="m/by-parts", UploadId=upload)["Parts"][0]["ETag"]
    done = {"Parts": [{"PartNumber": 1, "ETag": tag}]}
    s3.complete_multipart_upload(Bucket=BUCKET, Key="m/by-parts", UploadId=upload, MultipartUpload=done)
    print("parts", s3.get_object(Bucket=BUCKET, Key="m/by-parts")["Body"].read())
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        made = pool.map(lambda key: s3.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": key}), "abcd")
        print("threads", len({*made}))


def events(session: Any, config: Any) -> None:
    """Registers handlers with a client and with a session."""
    seen: list[str] = []
    s3 = session.client("s3", config=config)
    s3.meta.events.register("before-call.s3.HeadObject", lambda model, **_: seen.append(model.name))
    s3.meta.events.register_first("before-send.s3.*", lambda request, **_: seen.append(request.method))
    s3.head_object(Bucket=BUCKET, Key="m/put")
    print("events", seen)
    other = boto3.Session(region_name="us-east-1")
    other.events.register("provide-client-params.s3.GetObject", lambda params, **_: {**params, "Key": "m/put"})
    print("inherited", other.client("s3", config=config).get_object(Bucket=BUCKET, Key="x")["Body"].read())
    print("presigned so", "/m/put?" in other.client("s3", config=config).generate_presigned_url(
        "get_object", Params={"Bucket": BUCKET, "Key": "x"}))  # fmt: skip


def resources(session: Any, config: Any) -> None:
    """Uses buckets and objects as resources."""
    s3 = session.resource("s3", config=config)
    bucket = s3.Bucket(BUCKET)
    print("keys", [item.key for item in bucket.objects.filter(Prefix="m/s")], bucket.name, bucket)
    made = bucket.put_object(Key="r/one", Body=b"one", Metadata={"a": "b"})
    print("made", made.key, made.metadata, s3.Object(BUCKET, "r/one").get()["Body"].read())
    bucket.Object("r/two").upload_fileobj(io.BytesIO(b"two"))
    s3.Object(BUCKET, "r/three").copy_from(CopySource={"Bucket": BUCKET, "Key": "r/two"})
    s3.meta.client.copy({"Bucket": BUCKET, "Key": "r/two"}, BUCKET, "r/four")
    print("limit", [item.key for item in bucket.objects.filter(Prefix="r/").limit(2)])
    print("summary", [(item.size, item.Object().content_length) for item in bucket.objects.filter(Prefix="r/")])
    url = bucket.meta.client.generate_presigned_url("get_object", Params={"Bucket": bucket.name, "Key": "r/one"})
    print("link", sent(url), s3.meta.client.meta.region_name, s3.meta.service_name)
    print("names", sorted(b.name for b in s3.buckets.all() if b.name == BUCKET), bucket.creation_date is not None)
    s3.ObjectSummary(BUCKET, "r/one").wait_until_exists()
    print("gone", len(bucket.objects.filter(Prefix="r/").delete()[0]["Deleted"]))
    try:
        s3.Object(BUCKET, "r/one").load()
    except ClientError as error:
        print("404", error.response["Error"]["Code"])


def sessions() -> None:
    """Asks a session what there is."""
    session = boto3.session.Session(aws_access_key_id="AK", aws_secret_access_key="SK", region_name="eu-west-3")
    keys = session.get_credentials().get_frozen_credentials()
    print("keys", keys.access_key, keys.secret_key, keys.token, session.region_name, session.profile_name)
    print("services", len(session.get_available_services()), "sqs" in session.get_available_services())
    print("resources", session.get_available_resources())
    print("regions", session.get_available_regions("s3")[:3], "eu-west-3" in session.get_available_regions("ec2"))
    print("partitions", session.get_available_partitions(), session.get_partition_for_region("cn-north-1"))
    print("regions of none", session.get_available_regions("nonsense"))
    print("other", session.client("sqs").meta.endpoint_url, session.resource("dynamodb").Table("t").name)
    boto3.setup_default_session(region_name="ap-south-1")
    print("default", boto3.DEFAULT_SESSION.region_name, boto3.client("s3").meta.region_name)
    boto3.setup_default_session(region_name="us-east-1")
    boto3.set_stream_logger("boto3.resources", logging.CRITICAL)
    logging.getLogger("boto3").addHandler(boto3.NullHandler())
    print("conditions", boto3.dynamodb.conditions.Key("a").eq(1).get_expression()["operator"])


def main() -> None:
    """Runs everything."""
    import boto3.dynamodb.conditions

    config = Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"max_attempts": 2})
    session = boto3.Session(region_name="us-east-1")
    s3 = boto3.client("s3", config=config, verify=False, use_ssl=False)
    print("client", s3.meta.region_name, s3.meta.service_model.service_name, s3.meta.config.signature_version)
    print("config", json.dumps(s3.meta.config.s3), s3.meta.partition, isinstance(config, botocore.config.Config))
    print("kind", type(s3).__name__, isinstance(s3, BaseClient), isinstance(s3, botocore.client.BaseClient))
    buckets(s3)
    with tempfile.TemporaryDirectory() as folder:
        transfers(s3, pathlib.Path(folder))
    pages(s3)
    errors(s3)
    links(s3)
    events(session, config)
    resources(session, config)
    sessions()
    s3.close()


main()
