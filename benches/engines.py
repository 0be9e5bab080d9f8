"""Measures for how many rows per second data engines make links, with presigned and boto3: `engines.py [--write]`.

Each engine runs the function of examples/engines, and the same function with a loop over boto3, in turns. A figure is
the best of nine. Prints Markdown; with --write it writes the table into docs/BENCHMARKS.md.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped] # it has no types
import botocore.config  # type: ignore[import-untyped] # it has no types
import duckdb
import pandas
import polars
import pyarrow
from duckdb.func import ARROW
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import pandas_udf  # type: ignore[attr-defined] # its types leave it out

import presigned
import report
import with_duckdb
import with_polars
import with_spark

# Rates are compared, so boto3 may make fewer links.
ROWS, BOTO3_ROWS = 1_000_000, 10_000
# boto3's client is made once per partition: with fewer rows, that would be a tenth of the time of its loop.
SPARK_BOTO3_ROWS = 40_000
# Many short turns: on a busy machine, a few long ones differ by half from run to run.
ROUNDS = 9
BUCKET, REGION = "holiday", "eu-central-1"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
PACKAGES = ("boto3", "duckdb", "pandas", "polars", "pyarrow", "pyspark")

Job = Callable[[], object]


def boto3_links() -> Callable[[Iterable[str], Iterable[str]], list[str]]:
    """Without presigned: a client of boto3, and a loop."""
    s3 = boto3.client("s3", region_name=REGION, config=botocore.config.Config(signature_version="s3v4"))

    def links(buckets: Iterable[str], keys: Iterable[str]) -> list[str]:
        return [
            s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=3600)
            for bucket, key in zip(buckets, keys, strict=True)
        ]

    return links


def lists(s3: presigned.S3) -> tuple[Job, Job]:
    """No engine: lists of Python."""
    keys = [f"film/{row:07}.mp4" for row in range(ROWS)]
    few, buckets, links = keys[:BOTO3_ROWS], [BUCKET] * BOTO3_ROWS, boto3_links()
    column = {"Bucket": BUCKET, "Key": keys}
    return lambda: s3.generate_presigned_urls("get_object", column), lambda: links(buckets, few)


def in_polars(s3: presigned.S3) -> tuple[Job, Job]:
    """An expression over a frame in memory."""
    numbers = polars.int_range(ROWS, eager=True).cast(polars.String).str.zfill(7)
    frame = polars.DataFrame({"bucket": polars.repeat(BUCKET, ROWS, eager=True), "key": "film/" + numbers + ".mp4"})
    few, links = frame.head(BOTO3_ROWS), boto3_links()

    def loop(columns: Any) -> polars.Series:
        return polars.Series(links(*columns))

    ours = with_polars.link(s3)
    theirs = polars.map_batches(["bucket", "key"], loop, return_dtype=polars.String, is_elementwise=True)
    return lambda: frame.with_columns(url=ours), lambda: few.with_columns(url=theirs)


def in_duckdb(s3: presigned.S3) -> tuple[Job, Job]:
    """A function over a table in memory."""
    connection, links = duckdb.connect(), boto3_links()

    def loop(bucket: pyarrow.ChunkedArray, key: pyarrow.ChunkedArray) -> pyarrow.Array:
        return pyarrow.array(links(bucket.to_pylist(), key.to_pylist()))

    with_duckdb.add_link(connection, s3)
    connection.create_function("loop", loop, ["VARCHAR", "VARCHAR"], "VARCHAR", type=ARROW)
    connection.execute(
        "CREATE TABLE objects AS SELECT ? AS bucket, format('film/{:07}.mp4', range) AS key FROM range(?)",
        [BUCKET, ROWS],
    )
    connection.execute("CREATE TABLE few AS FROM objects LIMIT ?", [BOTO3_ROWS])
    return (
        lambda: connection.execute("SELECT sum(length(link(bucket, key))) FROM objects").fetchall(),
        lambda: connection.execute("SELECT sum(length(loop(bucket, key))) FROM few").fetchall(),
    )


def spark_session() -> SparkSession:
    """Spark, started as the page of the examples says, with this interpreter for its workers."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder
    for line in (Path(with_spark.__file__).parent / "local.conf").read_text().splitlines():
        if not line.startswith("#"):
            builder = builder.config(*line.split())
    return builder.getOrCreate()


def frames(spark: SparkSession) -> Iterator[DataFrame]:
    """A frame with many rows and one with few, in memory, with a partition for each of Spark's two threads."""
    for rows in (ROWS, SPARK_BOTO3_ROWS):
        columns = (f"'{BUCKET}' AS bucket", "format_string('film/%07d.mp4', id) AS key")
        frame = spark.range(0, rows, 1, 2).selectExpr(*columns).cache()
        frame.count()
        yield frame


def computed(frame: DataFrame) -> Job:
    """Lets Spark compute every row, and keep none."""
    return lambda: frame.write.format("noop").mode("overwrite").save()


def in_spark_by_arrow(s3: presigned.S3, many: DataFrame, few: DataFrame) -> tuple[Job, Job]:
    """`mapInArrow`. A boto3 client cannot be pickled, so it is made once per partition."""

    def loop(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        links = boto3_links()
        for batch in batches:
            urls = links(batch["bucket"].to_pylist(), batch["key"].to_pylist())
            yield batch.append_column("url", pyarrow.array(urls))

    ours = with_spark.with_links(many, s3)
    return computed(ours), computed(few.mapInArrow(loop, ours.schema))


def in_spark_by_pandas(s3: presigned.S3, many: DataFrame, few: DataFrame) -> tuple[Job, Job]:
    """A pandas UDF, which gets the batches of a partition one after the other."""

    def loop(batches: Iterator[tuple[pandas.Series, pandas.Series]]) -> Iterator[pandas.Series]:
        links = boto3_links()
        for bucket, key in batches:
            yield pandas.Series(links(bucket, key))

    theirs = pandas_udf(loop, "string")
    return computed(many.select(with_spark.link(s3)("bucket", "key"))), computed(few.select(theirs("bucket", "key")))


def seconds(job: Job) -> float:
    """The seconds that a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def row(name: str, jobs: tuple[Job, Job], boto3_rows: int = BOTO3_ROWS) -> str:
    """The line of an engine in the table."""
    ours, theirs = jobs
    # This starts the workers, and imports their modules.
    theirs()
    best = [min(pair) for pair in zip(*((seconds(ours), seconds(theirs)) for _ in range(ROUNDS)), strict=True)]
    rates = [ROWS / best[0], boto3_rows / best[1]]
    figures = [f"{float(f'{rate:.3g}'):,.0f}" for rate in rates]
    return f"| {name} | {figures[0]} | {figures[1]} | {rates[0] / rates[1]:.0f}x |"


def lines() -> Iterator[str]:
    """The table, and the machine and versions that its figures depend on."""
    s3 = presigned.client("s3", region_name=REGION)
    yield "| rows per second | presigned | boto3 | |"
    yield "|---|---|---|---|"
    yield row("no engine: lists of Python", lists(s3))
    yield row("polars, `map_batches`", in_polars(s3))
    yield row("DuckDB, Arrow UDF", in_duckdb(s3))
    with spark_session() as spark:
        many, few = frames(spark)
        yield row("Spark, `mapInArrow`", in_spark_by_arrow(s3, many, few), SPARK_BOTO3_ROWS)
        yield row("Spark, pandas UDF", in_spark_by_pandas(s3, many, few), SPARK_BOTO3_ROWS)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    system = f"{report.processor()}, {os.cpu_count()} cores, CPython {platform.python_version()}"
    yield f"\n{system}, presigned {presigned.__version__}, {packages}; {time.strftime('%Y-%m-%d')}"


def main() -> None:
    """Prints the table."""
    os.environ.update(KEYS)
    made = []
    for line in lines():
        print(line, flush=True)
        made.append(line)
    if "--write" in sys.argv:
        report.write("Data engines", "\n".join(made))


if __name__ == "__main__":
    main()
