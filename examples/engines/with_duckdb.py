"""Makes links in SQL with DuckDB: `with_duckdb.py OBJECTS.csv`, a file with the columns bucket and key."""

import sys

import duckdb
import pyarrow
from duckdb.func import ARROW

import presigned


def add_link(connection: duckdb.DuckDBPyConnection, s3: presigned.S3, expires_in: int = 3600) -> None:
    """Adds the function `link(bucket, key)` to a connection. It returns NULL if an argument is NULL.

    Args:
        connection: Its queries can use the function.
        s3: Signs, with Arrow in and Arrow out.
        expires_in: The lifetime of each link in seconds, from the moment when DuckDB computes its row.
    """

    def link(bucket: pyarrow.ChunkedArray, key: pyarrow.ChunkedArray) -> pyarrow.Array:
        return pyarrow.array(
            s3.generate_presigned_urls("get_object", {"Bucket": bucket, "Key": key}, ExpiresIn=expires_in)
        )

    connection.create_function("link", link, ["VARCHAR", "VARCHAR"], "VARCHAR", type=ARROW)


def main(objects: str) -> None:
    """Shows a link for each line of a file."""
    with duckdb.connect() as connection:
        add_link(connection, presigned.client("s3"))
        connection.sql("SELECT key, link(bucket, key) AS url FROM read_csv(?)", params=[objects]).show(max_width=100)


if __name__ == "__main__":
    main(*sys.argv[1:])
