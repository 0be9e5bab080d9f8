"""Makes links for a frame of polars: `with_polars.py OBJECTS.csv`, a file with the columns bucket and key."""

import sys
from collections.abc import Sequence

import polars

import presigned
from presigned.exceptions import BotoCoreError


def link(s3: presigned.S3, expires_in: int = 3600) -> polars.Expr:
    """Makes an expression: links for GET from the columns `bucket` and `key`, for eager, lazy and streaming frames.

    Args:
        s3: Signs, without copying the columns.
        expires_in: The lifetime of each link in seconds, from the moment when polars computes its row.
    """

    def links(columns: Sequence[polars.Series]) -> polars.Series:
        bucket, key = columns
        try:
            urls = s3.generate_presigned_urls("get_object", {"Bucket": bucket, "Key": key}, ExpiresIn=expires_in)
        except BotoCoreError as error:
            # polars makes a new error from class and message, and botocore's classes do not accept a message.
            raise ValueError(str(error)) from error
        return polars.Series(urls)

    return polars.map_batches(["bucket", "key"], links, return_dtype=polars.String, is_elementwise=True)


def main(objects: str) -> None:
    """Shows a link for each line of a file."""
    frame = polars.scan_csv(objects).with_columns(url=link(presigned.client("s3")))
    with polars.Config(fmt_str_lengths=60):
        print(frame.collect(engine="streaming"))


if __name__ == "__main__":
    main(*sys.argv[1:])
