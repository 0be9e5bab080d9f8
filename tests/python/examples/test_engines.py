"""examples/engines: each engine's links are boto3's, and work, with credentials that the engine's workers find."""

import pickle
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import boto3  # type: ignore[import-untyped] # it has no types
import botocore.config  # type: ignore[import-untyped] # it has no types
import duckdb
import polars
import pytest
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

import presigned
import seaweedfs
import with_duckdb
import with_polars
import with_spark
from server.wire import send

# The credentials of Spark's driver; its workers have the server's.
ELSEWHERE: dict[str, Any] = {"aws_access_key_id": "AKIDDRIVER", "aws_secret_access_key": "secret-of-the-driver"}
ODD = ["cat.jpg", "Zürich/lake & alps.jpg", "notes, all of them.txt", "100%/+=?#.bin", "~/日本語 🎬.mp4", "a//../b"]
# More than one of DuckDB's vectors and one of Spark's batches.
KEYS = [*ODD, *(f"film/{number:04}.mp4" for number in range(3000))]
BATCH = 1000


@pytest.fixture(autouse=True)
def environment(aws: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The credentials of the server, without its address: that is the client's."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", aws["AWS_ACCESS_KEY_ID"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", aws["AWS_SECRET_ACCESS_KEY"])


@pytest.fixture(scope="module")
def spark(aws: dict[str, str]) -> Iterator[SparkSession]:
    """Spark as the page starts it; the credentials of its workers are not those of this process."""
    settings = [line.split() for line in (Path(with_spark.__file__).parent / "local.conf").read_text().splitlines()]
    builder = SparkSession.builder
    for name, value in (setting for setting in settings if setting[0] != "#"):
        builder = builder.config(name, value)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        builder = builder.config(f"spark.executorEnv.{name}", aws[name])
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        with builder.getOrCreate() as session:
            yield session


@pytest.fixture
def client(server: seaweedfs.SeaweedFS, monkeypatch: pytest.MonkeyPatch) -> presigned.S3:
    """A client of a process with other credentials than those of the server."""
    for name, value in ELSEWHERE.items():
        monkeypatch.setenv(name.upper(), value)
    return presigned.client("s3", region_name="us-east-1", endpoint_url=server.endpoint)


@pytest.fixture
def here(server: seaweedfs.SeaweedFS) -> presigned.S3:
    """A client of a process with the credentials of the server."""
    return presigned.client("s3", region_name="us-east-1", endpoint_url=server.endpoint)


Links = Callable[[list[str]], list[str]]


def by_map_in_arrow(spark: SparkSession, client: presigned.S3, bucket: str, keys: list[str]) -> list[str]:
    frame = spark.createDataFrame([(bucket, key) for key in keys], "bucket string, key string")
    rows = with_spark.with_links(frame, client).collect()
    assert [(row.bucket, row.key) for row in rows] == [(bucket, key) for key in keys]
    return [row.url for row in rows]


def by_pandas_udf(spark: SparkSession, client: presigned.S3, bucket: str, keys: list[str]) -> list[str]:
    frame = spark.createDataFrame([(bucket, key) for key in keys], "bucket string, key string")
    return [row.url for row in frame.select(with_spark.link(client)("bucket", "key").alias("url")).collect()]


def by_polars(client: presigned.S3, bucket: str, keys: list[str]) -> list[str]:
    frame = polars.DataFrame({"key": keys}).select(polars.lit(bucket).alias("bucket"), "key")
    return frame.with_columns(url=with_polars.link(client))["url"].to_list()


def by_polars_streaming(client: presigned.S3, bucket: str, keys: list[str]) -> list[str]:
    frame = polars.LazyFrame({"bucket": [bucket] * len(keys), "key": keys}).with_columns(url=with_polars.link(client))
    return frame.collect(engine="streaming")["url"].to_list()


def by_duckdb(client: presigned.S3, bucket: str, keys: list[str]) -> list[str]:
    with duckdb.connect() as connection:
        with_duckdb.add_link(connection, client)
        found = connection.execute("SELECT link(?, key) FROM (SELECT unnest(?) AS key)", [bucket, keys]).fetchall()
    return [url for (url,) in found]


@pytest.fixture(
    params=[by_map_in_arrow, by_pandas_udf, by_polars, by_polars_streaming, by_duckdb], ids=lambda by: by.__name__
)
def links(request: pytest.FixtureRequest, bucket: str) -> Links:
    """Have an engine make the links to some object keys."""
    if request.param in {by_map_in_arrow, by_pandas_udf}:
        spark, client = request.getfixturevalue("spark"), request.getfixturevalue("client")
        return lambda keys: request.param(spark, client, bucket, keys)
    here = request.getfixturevalue("here")
    return lambda keys: request.param(here, bucket, keys)


def boto3s(server: seaweedfs.SeaweedFS, bucket: str, keys: list[str], urls: list[str]) -> list[str]:
    """What boto3 makes with the server's credentials, each at the second that a URL names."""
    client = boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url=server.endpoint,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        config=botocore.config.Config(signature_version="s3v4"),
    )
    made = []
    for key, url in zip(keys, urls, strict=True):
        [stamp] = parse_qs(urlsplit(url).query)["X-Amz-Date"]
        instant = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ")
        with mock.patch("botocore.auth.get_current_datetime", return_value=instant):
            made.append(client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}))
    return made


def test_every_link_of_an_engine_is_boto3s(links: Links, server: seaweedfs.SeaweedFS, bucket: str) -> None:
    urls = links(KEYS)
    assert urls == boto3s(server, bucket, KEYS, urls)


def test_the_links_of_an_engine_work(links: Links, server: seaweedfs.SeaweedFS, s3: Any, bucket: str) -> None:
    keys = ODD[:5]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    replies = [send((server.host, server.port), "GET", url, b"", None) for url in links(keys)]
    assert [(reply.status, reply.body.decode()) for reply in replies] == [(200, key) for key in keys]


@pytest.mark.parametrize("by", [by_map_in_arrow, by_pandas_udf])
def test_spark_refuses_to_send_credentials_and_says_how_to_allow_it(
    by: Callable[..., list[str]], spark: SparkSession, bucket: str
) -> None:
    client = presigned.client("s3", region_name="us-east-1", **ELSEWHERE)
    with pytest.raises(pickle.PicklingError, match=r"presigned\.allow_keys_in_pickle") as caught:
        by(spark, client, bucket, ["cat.jpg"])
    assert ELSEWHERE["aws_secret_access_key"] not in str(caught.value)
    [url] = by(spark, presigned.allow_keys_in_pickle(client), bucket, ["cat.jpg"])
    assert "X-Amz-Credential=AKIDDRIVER%2F" in url


def test_a_row_that_has_no_link_ends_a_query_of_polars_with_boto3s_words(here: presigned.S3, bucket: str) -> None:
    with pytest.raises(ValueError, match="Invalid type for parameter Key, value: None"):
        by_polars(here, bucket, ["cat.jpg", None])  # type: ignore[list-item] # that is the test


def test_a_row_that_has_no_link_ends_a_query_of_duckdb_with_boto3s_words(here: presigned.S3) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="Invalid bucket name"):
        by_duckdb(here, "no/bucket", ["cat.jpg"])


def test_a_row_that_has_no_link_ends_a_job_of_spark_with_boto3s_words(
    spark: SparkSession, client: presigned.S3
) -> None:
    with pytest.raises(PySparkException, match="Invalid bucket name"):
        by_map_in_arrow(spark, client, "no/bucket", ["cat.jpg"])


def test_duckdb_has_no_link_for_null(here: presigned.S3) -> None:
    with duckdb.connect() as connection:
        with_duckdb.add_link(connection, here)
        assert connection.execute("SELECT link('b', NULL), link(NULL, 'k')").fetchall() == [(None, None)]
