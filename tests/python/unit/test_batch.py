"""`generate_presigned_urls`: what it takes for rows and columns, what it gives back, and how it fails."""

from __future__ import annotations

import datetime
import itertools
import resource
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import time_machine

import presigned
from presigned import exceptions
from presigned._core import ArrowUrls

KEYS = [f"a b/{number}.é" for number in range(12)]
PLACE = {"Bucket": "bucket"}


@pytest.fixture(autouse=True)
def a_clock_that_stands_still() -> Iterator[None]:
    with time_machine.travel(1767323045.0, tick=False):
        yield


def texts(urls: list[str] | ArrowUrls) -> list[str]:
    return [urls[row] for row in range(len(urls))]


def singles(s3: presigned.S3, params: dict[str, Any], name: str, values: Sequence[Any]) -> list[str]:
    return [s3.generate_presigned_url("get_object", {**params, name: value}) for value in values]


LISTS: dict[str, Any] = {
    "list": list,
    "tuple": tuple,
    "numpy": np.array,
    "numpy of objects": lambda values: np.array(values, dtype=object),
    "pandas": pd.Series,
    "pandas, an index": pd.Index,
    "pandas, categories": lambda values: pd.Series(values, dtype="category"),
}
ARROWS: dict[str, Any] = {
    "pyarrow": pa.array,
    "pyarrow, large": lambda values: pa.array(values, pa.large_string()),
    "pyarrow, views": lambda values: pa.array(values, pa.string_view()),
    "pyarrow, a dictionary": lambda values: pa.array(values).dictionary_encode(),
    "pyarrow, chunked": lambda values: pa.chunked_array([values[:5], [], values[5:]]),
    "pyarrow, a slice": lambda values: pa.array(["x", *values, "y"]).slice(1, len(values)),
    "polars": pl.Series,
}


@pytest.mark.parametrize("make", LISTS.values(), ids=LISTS)
def test_a_column_of_any_sort_of_list_gives_a_list(s3: presigned.S3, make: Any) -> None:
    urls = s3.generate_presigned_urls("get_object", {**PLACE, "Key": make(KEYS)})
    assert type(urls) is list
    assert urls == singles(s3, PLACE, "Key", KEYS)


@pytest.mark.parametrize("make", ARROWS.values(), ids=ARROWS)
def test_a_column_of_any_sort_of_arrow_array_gives_an_arrow_array(s3: presigned.S3, make: Any) -> None:
    urls = s3.generate_presigned_urls("get_object", {**PLACE, "Key": make(KEYS)})
    expected = singles(s3, PLACE, "Key", KEYS)
    assert isinstance(urls, ArrowUrls)
    assert pa.array(urls).type == pa.large_string()
    assert pa.array(urls).to_pylist() == expected
    assert pl.Series(urls).to_list() == expected
    assert [urls[0], urls[-1], len(urls)] == [expected[0], expected[-1], len(expected)]
    with pytest.raises(IndexError):
        urls[len(urls)]


@pytest.mark.parametrize("buckets", [["b-1", "b-2"], ["b-1", "b-1", "b-2", "b-1", "b-3", "b-2"]])
@pytest.mark.parametrize("make", [list, pa.array, lambda values: pa.array(values).dictionary_encode()])
def test_a_column_of_buckets(s3: presigned.S3, make: Any, buckets: list[str]) -> None:
    urls = s3.generate_presigned_urls("get_object", {"Bucket": make(buckets), "Key": "key"})
    assert texts(urls) == singles(s3, {"Key": "key"}, "Bucket", buckets)


NUMBERS: dict[str, Any] = {
    "range": range(1, 8),
    "list": list(range(1, 8)),
    "numpy": np.arange(1, 8, dtype=np.int32),
    "pandas": pd.Series(range(1, 8)),
    "pyarrow": pa.array(range(1, 8), pa.int16()),
    "polars": pl.Series(range(1, 8)),
}


@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
def test_a_column_of_numbers(s3: presigned.S3, numbers: Any) -> None:
    upload = {**PLACE, "Key": "big.bin", "UploadId": "u/d"}
    urls = s3.generate_presigned_urls("upload_part", {**upload, "PartNumber": numbers})
    expected = [s3.generate_presigned_url("upload_part", {**upload, "PartNumber": part}) for part in range(1, 8)]
    assert texts(urls) == expected


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 255, 256, 257, 1025, 5000])
@pytest.mark.parametrize("threads", [None, 1, 2, 3, 16])
def test_any_number_of_rows_by_any_number_of_threads(s3: presigned.S3, count: int, threads: int | None) -> None:
    keys = ["k" * (number * number % 150) + str(number) for number in range(count)]
    expected = singles(s3, PLACE, "Key", keys)
    rows = [{**PLACE, "Key": key} for key in keys]
    assert s3.generate_presigned_urls("get_object", rows, threads=threads) == expected
    assert s3.generate_presigned_urls("get_object", {**PLACE, "Key": keys}, threads=threads) == expected
    arrow = s3.generate_presigned_urls("get_object", {**PLACE, "Key": pa.array(keys)}, threads=threads)
    assert pa.array(arrow).to_pylist() == expected


def test_rows_that_have_little_in_common(s3: presigned.S3) -> None:
    rows: list[dict[str, Any]] = []
    for number in range(300):
        row: dict[str, Any] = {"Bucket": f"bucket-{number % 5}", "Key": f"k{number}"}
        if number % 3 == 0:
            row["ResponseContentType"] = ["text/plain", "a b"][number % 2]
        if number % 7 == 0:
            row["Range"] = f"bytes={number}-"
        if number % 11 == 0:
            row = dict(reversed(row.items()))
        if number % 13 == 0:
            row["SSECustomerKey"], row["SSECustomerAlgorithm"] = f"{number:032}", "AES256"
        rows.append(row)
    expected = [s3.generate_presigned_url("get_object", row) for row in rows]
    assert s3.generate_presigned_urls("get_object", rows) == expected


def test_headers_that_vary(s3: presigned.S3) -> None:
    types = ["text/plain", "", " a  b ", "application/x-www-form-urlencoded; charset=utf-8", "é", "a,b"] * 3
    rows = [{**PLACE, "Key": "key", "ContentType": value, "Metadata": {"a": value.encode().hex()}} for value in types]
    assert s3.generate_presigned_urls("put_object", rows) == [s3.generate_presigned_url("put_object", r) for r in rows]
    columns = {**PLACE, "Key": "key", "ContentType": types}
    expected = [s3.generate_presigned_url("put_object", {**columns, "ContentType": value}) for value in types]
    assert s3.generate_presigned_urls("put_object", columns) == expected


def test_a_member_that_is_a_list_is_no_column(s3: presigned.S3) -> None:
    params = {**PLACE, "ObjectAttributes": ["ETag", "ObjectSize"]}
    expected = [s3.generate_presigned_url("get_object_attributes", {**params, "Key": key}) for key in KEYS]
    assert s3.generate_presigned_urls("get_object_attributes", {**params, "Key": KEYS}) == expected
    with pytest.raises(exceptions.ParamValidationError, match="No parameter is a column"):
        s3.generate_presigned_urls("get_object_attributes", {**params, "Key": "key"})


@pytest.mark.parametrize("params", [[], (), {"Key": []}, {"Key": [], "Bucket": ()}, {"Key": range(0)}])
def test_a_batch_without_rows_returns_an_empty_list(s3: presigned.S3, params: Any) -> None:
    assert s3.generate_presigned_urls("get_object", params) == []
    with pytest.raises(exceptions.UnknownClientMethodError):
        s3.generate_presigned_urls("get_objects", params)


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string(), pa.string_view()], ids=str)
def test_an_arrow_array_of_urls_has_the_requested_type_of_strings(s3: presigned.S3, kind: Any) -> None:
    urls = s3.generate_presigned_urls("get_object", {**PLACE, "Key": pa.array(["a", "\xe4"])})
    assert isinstance(urls, ArrowUrls)
    array = pa.array(urls, kind)
    assert array.type == kind
    assert array.to_pylist() == [urls[0], urls[1]]


def test_no_rows_of_arrow_are_an_empty_array(s3: presigned.S3) -> None:
    urls = s3.generate_presigned_urls("get_object", {"Key": pa.array([], pa.string())})
    assert pa.array(urls).to_pylist() == []


def raised(s3: presigned.S3, params: Any, **options: Any) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each test looks at it
        s3.generate_presigned_urls("get_object", params, **options)
    return caught.value


@pytest.mark.parametrize("row", [0, 1, 2, 70, 299])
@pytest.mark.parametrize("value", [None, 1, "", b"key"])
def test_an_error_names_its_row_and_is_that_of_the_single_call(s3: presigned.S3, row: int, value: Any) -> None:
    keys: list[Any] = [f"key{number}" for number in range(300)]
    keys[row] = value
    with pytest.raises(exceptions.ParamValidationError) as single:
        s3.generate_presigned_url("get_object", {**PLACE, "Key": value})
    for params in ({**PLACE, "Key": keys}, [{**PLACE, "Key": key} for key in keys]):
        error = raised(s3, params)
        assert type(error) is type(single.value)
        assert str(error) == str(single.value).replace("\n", f"\nrow {row}: ", 1)


def test_a_null_in_an_arrow_array_is_an_error(s3: presigned.S3) -> None:
    error = raised(s3, {**PLACE, "Key": pa.array(["a", None])})
    assert isinstance(error, exceptions.ParamValidationError)
    assert "row 1: Invalid type for parameter Key, value: None" in str(error)


def test_the_first_row_that_is_wrong_is_named(s3: presigned.S3) -> None:
    error = raised(s3, {"Bucket": ["b-1"] * 500, "Key": ["k"] * 200 + [1] + ["k"] * 100 + ["\ud800"] * 199})
    assert "row 200: Invalid type" in str(error)


def test_errors_with_a_fixed_message_name_the_row_too(s3: presigned.S3) -> None:
    error = raised(s3, [{**PLACE, "Key": "a"}, {**PLACE, "Key": "\ud800"}])
    assert isinstance(error, UnicodeEncodeError)
    assert error.reason == "surrogates not allowed (row 1)"
    nested: list[Any] = []
    for _ in range(3):
        nested = [nested]

    class Odd:
        def __str__(self) -> str:
            raise ValueError("odd")

    error = raised(s3, [{**PLACE, "Key": "a"}, {**PLACE, "Key": Odd()}])
    assert error.args == ("row 1: odd",)


@pytest.mark.parametrize(
    ("error", "arguments"),
    [
        (ValueError("odd", 1), ("row 1: odd", 1)),
        (KeyError("odd"), ("row 1: odd",)),
        (ValueError(1), (1,)),
        (ValueError(), ()),
        (KeyboardInterrupt("odd"), ("row 1: odd",)),
    ],
)
def test_the_row_is_added_to_a_message_and_to_nothing_else(
    s3: presigned.S3, error: BaseException, arguments: tuple[Any, ...]
) -> None:
    class Odd:
        def __str__(self) -> str:
            raise error

    with pytest.raises(type(error)) as caught:
        s3.generate_presigned_urls("get_object", {**PLACE, "Key": ["a", Odd()]})
    assert caught.value is error
    assert error.args == arguments


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"ExpiresIn": 0}, "parameter ExpiresIn, value: 0"),
        ({"ExpiresIn": "x"}, "parameter ExpiresIn, value: x"),
        ({"HttpMethod": 1}, "parameter HttpMethod, value: 1"),
        ({"threads": 0}, "parameter threads, value: 0"),
        ({"threads": "2"}, "parameter threads, value: 2"),
    ],
)
def test_a_fault_of_the_whole_call_names_no_row(s3: presigned.S3, options: dict[str, Any], text: str) -> None:
    for count in (1, 3, 100):
        error = raised(s3, {**PLACE, "Key": ["key"] * count}, **options)
        assert isinstance(error, exceptions.ParamValidationError)
        assert text in str(error)
        assert "row" not in str(error)


def test_a_batch_without_credentials_raises() -> None:
    s3 = presigned.client("s3", "us-west-2")
    assert type(raised(s3, {**PLACE, "Key": KEYS})).__name__ == "NoCredentialsError"
    assert str(raised(s3, {**PLACE, "Key": KEYS})) == "Unable to locate credentials"
    assert s3.generate_presigned_urls("get_object", []) == []


def test_columns_of_unequal_length_are_named(s3: presigned.S3) -> None:
    error = raised(s3, {"Bucket": ["b-1"] * 2, "Key": ["key"] * 3})
    assert "Columns of unequal length: Bucket has 2 rows, Key has 3" in str(error)


@pytest.mark.parametrize("params", [None, "key", 1, {1}, iter([])])
def test_params_are_a_list_or_a_dict(s3: presigned.S3, params: Any) -> None:
    assert "parameter Params" in str(raised(s3, params))


def test_nothing_of_the_caller_is_changed(s3: presigned.S3) -> None:
    rows = [{**PLACE, "Key": "k", "SSECustomerKey": "x" * 32, "SSECustomerAlgorithm": "AES256"} for _ in range(5)]
    before = repr(rows)
    s3.generate_presigned_urls("get_object", rows)
    assert repr(rows) == before


def test_all_rows_are_signed_at_one_instant(s3: presigned.S3, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count(1767323045)

    class Counting(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return cls.fromtimestamp(next(seconds), tz)

    monkeypatch.setattr(datetime, "datetime", Counting)
    urls = s3.generate_presigned_urls("get_object", [{**PLACE, "Key": key, "Range": key[:-1]} for key in KEYS * 100])
    assert len({url.partition("X-Amz-Date=")[2][:16] for url in urls}) == 1


def test_rows_may_change_while_they_are_signed(s3: presigned.S3) -> None:
    rows = [{**PLACE, "Key": f"key-{number}"} for number in range(20_000)]
    expected = s3.generate_presigned_urls("get_object", list(rows))
    stop = threading.Event()

    def disturb() -> None:
        while not stop.is_set():
            rows.append({})
            rows.pop()

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        for _ in range(5):
            assert s3.generate_presigned_urls("get_object", rows)[: len(expected)] == expected
    except exceptions.ParamValidationError as error:
        # The row that the other thread had just put there.
        assert "row 20000: " in str(error)  # noqa: PT017 - either outcome is right
    finally:
        stop.set()
        thread.join()


def test_eight_threads_on_one_client_get_the_right_urls() -> None:
    s3 = presigned.client("s3", "us-west-2", aws_access_key_id="AKID", aws_secret_access_key="secret")
    wrong: list[str] = []

    def work(name: int) -> None:
        bucket = f"bucket-{name}"
        keys = [f"{name}/{number}" for number in range(700)]
        expected = singles(s3, {"Bucket": bucket}, "Key", keys)
        for turn in range(20):
            urls = s3.generate_presigned_urls("get_object", {"Bucket": bucket, "Key": keys}, threads=1 + turn % 3)
            if urls != expected:
                wrong.append(bucket)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_million_urls_leave_no_memory_behind(s3: presigned.S3) -> None:
    rows = [{**PLACE, "Key": f"key-{number:06}"} for number in range(1000)]
    keys = pa.array(KEYS * 100)

    def grown(calls: int) -> int:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(calls):
            s3.generate_presigned_urls("get_object", rows)
            s3.generate_presigned_urls("get_object", {**PLACE, "Key": keys})
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    grown(50)
    assert grown(450) < 4096
