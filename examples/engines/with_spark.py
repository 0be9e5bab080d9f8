"""Makes links for a DataFrame: `spark-submit with_spark.py OBJECTS.csv`, a file with the columns bucket and key.

Spark pickles the client for the workers, without credentials: each worker finds its own.
"""

import sys
from collections.abc import Callable, Iterator

import pandas
import pyarrow
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql.functions import pandas_udf  # type: ignore[attr-defined] # not in its types
from pyspark.sql.types import StringType, StructField, StructType

import presigned


def with_links(frame: DataFrame, s3: presigned.S3, expires_in: int = 3600) -> DataFrame:
    """Adds a column `url` of links for GET, batch by batch, with Arrow in and Arrow out.

    Args:
        frame: Has columns `bucket` and `key`, without nulls.
        s3: Signs in the workers.
        expires_in: The lifetime of each link in seconds, from the moment when Spark computes its row.
    """

    def add(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            places = {"Bucket": batch["bucket"], "Key": batch["key"]}
            urls = s3.generate_presigned_urls("get_object", places, ExpiresIn=expires_in)
            yield batch.append_column("url", pyarrow.array(urls))

    return frame.mapInArrow(add, StructType([*frame.schema, StructField("url", StringType())]))


def link(s3: presigned.S3, expires_in: int = 3600) -> Callable[..., Column]:
    """Makes a pandas UDF with the arguments bucket and key, for `select` and, after it is registered, for SQL."""

    def links(bucket: pandas.Series, key: pandas.Series) -> pandas.Series:
        places = {"Bucket": bucket, "Key": key}
        return pandas.Series(s3.generate_presigned_urls("get_object", places, ExpiresIn=expires_in))

    made: Callable[..., Column] = pandas_udf(links, "string")
    return made


def main(objects: str) -> None:
    """Shows a link for each line of a file, first by `mapInArrow`, then by SQL."""
    spark = SparkSession.builder.getOrCreate()
    s3 = presigned.client("s3")
    frame = spark.read.csv(objects, header=True)
    with_links(frame, s3).show(truncate=60)
    spark.udf.register("link", link(s3))
    frame.createOrReplaceTempView("objects")
    spark.sql("SELECT key, link(bucket, key) AS url FROM objects").show(truncate=60)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
