"""The limits of a batch: a batch that is too large, or hostile, ends in an exception and not in a crash."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np
import pandas as pd
import pytest

import presigned
from presigned.exceptions import ParamValidationError

PARTS = {"Bucket": "bucket", "Key": "key", "UploadId": "id"}
PLACE = {"Bucket": "bucket"}


def run(program: str) -> str:
    """What a program prints in its own process, which a crash would end."""
    start = (
        "import resource, os, sys, presigned\n"
        "s3 = presigned.client('s3', 'us-west-2', aws_access_key_id='AKID', aws_secret_access_key='secret')\n"
        "s3.generate_presigned_urls('get_object', [{'Bucket': 'b', 'Key': 'k'}] * 10)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", start + program], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout.strip()


class Endless:
    """An object that becomes a list too large for memory."""

    def __len__(self) -> int:
        return 10**12

    def tolist(self) -> NoReturn:
        raise AssertionError("asked for all of its items")


TOO_LONG: dict[str, Any] = {
    "range": range(10**10),
    "range, beyond what can be counted": range(2**70),
    "range, by large steps": range(0, 2**70, 2**5),
    "range, downwards": range(0, -(10**10), -1),
    "range, one more than the most": range(100_000_001),
    "numpy": np.broadcast_to(1, (10**10,)),
    "pandas": pd.RangeIndex(10**10),
    "an object": Endless(),
}


@pytest.mark.parametrize("column", TOO_LONG.values(), ids=TOO_LONG)
def test_a_column_of_too_many_rows_is_named_and_not_made(s3: presigned.S3, column: Any) -> None:
    for params in ({**PARTS, "PartNumber": column}, {"PartNumber": column, **PARTS, "Key": ["a", "b"]}):
        with pytest.raises(ParamValidationError, match=r"parameter PartNumber, value: .*, valid max length: 1000"):
            s3.generate_presigned_urls("upload_part", params)


def test_an_array_of_more_than_one_dimension_is_no_column(s3: presigned.S3) -> None:
    for shape in ((3, 10**12), (2, 2), (1, 1, 1)):
        with pytest.raises(
            ParamValidationError, match=r"shape of parameter PartNumber, type: <class 'numpy\.ndarray'>"
        ):
            s3.generate_presigned_urls("upload_part", {**PARTS, "PartNumber": np.broadcast_to(1, shape)})


RANGES = [range(0), range(-5), range(5, 0, -1), range(-3, 3), range(0, 2**70, 2**68), range(2**63 - 2, 2**63 + 2)]


@pytest.mark.parametrize("numbers", RANGES, ids=str)
def test_ranges_that_are_negative_backward_or_of_huge_steps(s3: presigned.S3, numbers: range) -> None:
    urls: Any = s3.generate_presigned_urls("upload_part", {**PARTS, "PartNumber": numbers})
    expected = [s3.generate_presigned_url("upload_part", {**PARTS, "PartNumber": number}) for number in numbers]
    assert [url.partition("&X-Amz-Date")[0] for url in urls] == [url.partition("&X-Amz-Date")[0] for url in expected]


LITTLE_MEMORY = """
import gc
limit = 1_500_000_000
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
long = "x" * 40_000_000
parts = {"Bucket": "b", "Key": "k", "UploadId": "u", "PartNumber": range(20_000_000)}
for name, operation, params in (
    ("parts", "upload_part", parts),
    ("one key in all rows", "get_object", [{"Bucket": "b", "Key": long}] * 1000),
    ("a column of it", "get_object", {"Bucket": "b", "Key": [long] * 1000}),
    ("it with a column", "get_object", {"Bucket": ["b-1", "b-2"] * 500, "Key": long}),
    ("rows of a megabyte", "get_object", {"Bucket": "b", "Key": ["k" * 1_000_000] * 3000}),
):
    try:
        s3.generate_presigned_urls(operation, params)
    except MemoryError as error:
        print(name, "-", str(error).partition(":")[0])
try:
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "x" * 200_000_000})
except MemoryError as error:
    print("one call -", error)
print(len(s3.generate_presigned_urls("get_object", [{"Bucket": "b", "Key": "k"}] * 10_000)))
"""


def test_urls_that_memory_does_not_hold_are_a_memory_error_before_they_are_made() -> None:
    """Without the bound on the memory of a batch, the process ends in the midst of it."""
    assert run(LITTLE_MEMORY).splitlines() == [
        "parts - not enough memory for 20000000 rows (PartNumber)",
        "one key in all rows - not enough memory for 1000 rows (Params)",
        "a column of it - not enough memory for 1000 rows (Key)",
        "it with a column - not enough memory for 1000 rows (Bucket)",
        "rows of a megabyte - not enough memory for 3000 rows (Key)",
        "one call - not enough memory for the URL of parameters of 200000001 bytes",
        "10000",
    ]


@pytest.mark.parametrize("threads", [5, 10**3, 10**9, 2**62, 2**64 - 1])
def test_no_more_threads_are_started_than_are_of_use(s3: presigned.S3, threads: int) -> None:
    for count in (0, 1, 3, 5000):
        rows = [{**PLACE, "Key": f"key-{number}"} for number in range(count)]
        urls = s3.generate_presigned_urls("get_object", rows, threads=threads)
        assert [url.split("?")[0].rpartition("/")[2] for url in urls] == [row["Key"] for row in rows]


@pytest.mark.parametrize("threads", [0, -1, True, False, 1.0, "4", 2**64, -(2**70), b"1", [1]])
def test_an_invalid_number_of_threads_is_shown(s3: presigned.S3, threads: Any) -> None:
    for rows in ([], [{**PLACE, "Key": "key"}]):
        with pytest.raises(ParamValidationError) as caught:
            s3.generate_presigned_urls("get_object", rows, threads=threads)
        assert f"parameter threads, value: {threads}, type: {type(threads)}, valid types: " in str(caught.value)


NO_THREADS = """
import pyarrow, threading
keys = [f"key-{number}" for number in range(50_000)]
arrow = pyarrow.array(keys)
one = s3.generate_presigned_urls("get_object", {"Bucket": "b", "Key": keys}, threads=1)
s3.generate_presigned_urls("get_object", {"Bucket": "b", "Key": arrow}, threads=1)
# All is imported now: another user may not be allowed to read these folders.
if os.getuid() == 0:
    # Nothing limits the superuser.
    os.setgid(65534)
    os.setuid(65534)
resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
try:
    threading.Thread(target=len).start()
except RuntimeError:
    print("no thread starts")
def cut(urls):
    return [urls[row].partition("?")[0] for row in range(len(urls))]
for column in (keys, arrow):
    for threads in (2, 4, 256, None):
        urls = s3.generate_presigned_urls("get_object", {"Bucket": "b", "Key": column}, threads=threads)
        assert cut(urls) == cut(one), (type(column), threads)
"""


def test_where_no_thread_can_be_started_the_caller_signs_all() -> None:
    assert run(NO_THREADS) == "no thread starts"


class Lying(list[Any]):
    """A list that is not as long as it says."""

    def __len__(self) -> int:
        return 2**62


class Short(list[Any]):
    """The same in the reverse order."""

    def __len__(self) -> int:
        return 0


class Uncounted(list[Any]):
    """A list that does not let itself be counted."""

    def __len__(self) -> NoReturn:
        raise OSError("no length")


class Growing(list[Any]):
    """A list that changes while it is read."""

    def __iter__(self) -> Iterator[Any]:
        for item in list.__iter__(self):
            if len(self) < 4:
                self.extend(self[:2])
            yield item


class Others(list[Any]):
    """A list whose methods show other items than it contains."""

    def __iter__(self) -> Iterator[Any]:
        return iter([self[0], self[1]] * 2)


class Pair(tuple[Any, ...]):
    """The same as a tuple."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return iter([self[0], self[1]] * 2)


@pytest.mark.parametrize(
    ("kind", "count"), [(Lying, 2), (Short, 2), (Uncounted, 2), (Growing, 4), (Others, 4), (Pair, 4)]
)
def test_a_list_of_the_callers_own_is_what_it_iterates_over(s3: presigned.S3, kind: Any, count: int) -> None:
    keys = ["a", "b", "a", "b"][:count]
    expected: Any = s3.generate_presigned_urls("get_object", {**PLACE, "Key": keys})
    urls: Any = s3.generate_presigned_urls("get_object", {**PLACE, "Key": kind(["a", "b"])})
    assert [url.partition("?")[0] for url in urls] == [url.partition("?")[0] for url in expected]
    rows = kind([{**PLACE, "Key": "a"}, {**PLACE, "Key": "b"}])
    urls = s3.generate_presigned_urls("get_object", rows)
    assert [url.partition("?")[0] for url in urls] == [url.partition("?")[0] for url in expected]


class Angry(list[Any]):
    """A list that raises where it is read."""

    def __iter__(self) -> Iterator[Any]:
        yield self[0]
        raise KeyError("half-way")


def test_what_a_list_of_the_callers_own_raises_is_passed_on(s3: presigned.S3) -> None:
    with pytest.raises(KeyError, match="half-way"):
        s3.generate_presigned_urls("get_object", {**PLACE, "Key": Angry(["a", "b"])})
    with pytest.raises(KeyError, match="half-way"):
        s3.generate_presigned_urls("get_object", Angry([{**PLACE, "Key": "a"}]))


def test_a_name_that_changes_its_dict_when_it_is_printed_breaks_nothing(s3: presigned.S3) -> None:
    class Name(str):
        __slots__ = ()

        def __str__(self) -> str:
            rows[0].clear()
            rows[0].update(dict.fromkeys(map(str, range(1000)), "a"))
            return "name"

        __format__ = None  # type: ignore[assignment] # set below

    Name.__format__ = lambda self, _: str(self)  # type: ignore[method-assign,misc,assignment] # see above
    rows: list[dict[Any, Any]] = [{Name("a"): "b", **PLACE, "Key": "k"}, {Name("a"): "b", **PLACE, "Key": "k"}]
    with pytest.raises(ParamValidationError, match="Unknown parameter in input"):
        s3.generate_presigned_urls("get_object", rows)


INTERRUPTED = """
import signal
signal.signal(signal.SIGALRM, signal.default_int_handler)
params = {"Bucket": "b", "Key": ["key"] * 500}
for round in range(200):
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.0005 + round * 2e-6)
        while True:
            s3.generate_presigned_urls("get_object", params)
    except KeyboardInterrupt:
        pass
print("all arrived")
"""


def test_a_signal_that_arrives_in_a_batch_is_not_lost() -> None:
    """A lost exception is printed on standard error, and the loop would go on for ever."""
    assert run(INTERRUPTED) == "all arrived"
