"""Links for a frame of polars: `with_polars.py OBJECTS.csv`, whose columns are bucket and key."""

import sys
from collections.abc import Sequence

import polars

import presigned
from presigned.exceptions import BotoCoreError


def link(s3: presigned.S3, expires_in: int = 3600) -> polars.Expr:
    """An expression of links for GET, of the columns `bucket` and `key`, in frames eager, lazy and streaming.

    Args:
        s3: Signs, without copying the columns.
        expires_in: How many seconds each link lives, from the moment when polars computes its row.
    """

    def links(columns: Sequence[polars.Series]) -> polars.Series:
        bucket, key = columns
        try:
            urls = s3.generate_presigned_urls("get_object", {"Bucket": bucket, "Key": key}, ExpiresIn=expires_in)
        except BotoCoreError as error:
            # polars makes an error anew of its class and its text, and botocore's classes take no text.
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
