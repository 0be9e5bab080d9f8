"""Measures how the cost of presigned grows, and draws it into docs/benchmarks: `scaling.py [--quick]`.

Each point is the minimum of many short chunks; the points of a curve take turns. The numbers are printed too.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import cases
import presigned
from curves import Curve, Figure
from variants import EVERY, IN_PLACE, PROMOTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Call = Callable[[], object]

PLOTS = Path(__file__).resolve().parent.parent / "docs" / "benchmarks"
ROUNDS = 10 if "--quick" in sys.argv else 150
# The seconds of a chunk.
CHUNK = 0.001

KEYS: dict[str, Any] = {"aws_access_key_id": cases.ACCESS_KEY, "aws_secret_access_key": cases.SECRET_KEY}
PLACE = {"Bucket": cases.BUCKET, "Key": cases.KEY}
OPTIONAL = {
    "VersionId": cases.VERSION,
    "ResponseContentType": "image/jpeg",
    "ResponseContentDisposition": cases.ATTACHMENT,
    "ResponseCacheControl": "no-cache",
    "ResponseContentEncoding": "gzip",
    "ResponseContentLanguage": "is-IS",
    "PartNumber": 7,
    "IfMatch": '"686897696a7c876b7e"',
    "ExpectedBucketOwner": "123456789012",
    "RequestPayer": "requester",
}


def client(token: str | None = None) -> Any:
    """A client of presigned."""
    return presigned.client("s3", cases.REGION, **KEYS, aws_session_token=token)


def timed(call: Call, count: int) -> float:
    """The seconds per call, for this many calls."""
    start = time.perf_counter()
    for _ in range(count):
        call()
    return (time.perf_counter() - start) / count


def curve(name: str, places: Iterable[int], made: Callable[[int], Call], urls: Callable[[int], int]) -> Curve:
    """The minimum of microseconds per URL. `made` returns the call for a place, `urls` the number of its URLs."""
    calls = {place: made(place) for place in places}
    best = {place: min(timed(call, 1) for _ in range(3)) for place, call in calls.items()}
    counts = {place: max(1, min(2000, int(CHUNK / seconds))) for place, seconds in best.items()}
    for turn in range(ROUNDS):
        for place, call in calls.items():
            # Calls that take as long as many chunks have fewer turns.
            if turn % max(1, int(best[place] / CHUNK / 5)) == 0:
                best[place] = min(best[place], timed(call, counts[place]))
    return Curve(name, [(place, best[place] / urls(place) * 1e6) for place in calls])


def one(_: int) -> int:
    """A call that makes one URL."""
    return 1


def same(count: int) -> int:
    """A call that makes as many URLs as its place on the axis."""
    return count


def get(s3: Any, params: dict[str, Any]) -> Call:
    """Makes one URL."""
    return partial(s3.generate_presigned_url, "get_object", Params=params, ExpiresIn=3600)


def in_turn(calls: list[Call]) -> Call:
    """Makes the next of these calls."""
    turn = cycle(calls)

    def next_one() -> object:
        return next(turn)()

    return next_one


def by_key_length() -> Figure:
    """Keys from two bytes to the longest that S3 allows."""
    s3, lengths = client(), [2, 64, 128, 256, 384, 512, 640, 768, 896, 1024]
    plain = curve("letters", lengths, lambda length: get(s3, {**PLACE, "Key": "k" * length}), one)
    escaped = curve("letters that are escaped", lengths, lambda size: get(s3, {**PLACE, "Key": "ü" * (size // 2)}), one)
    return Figure("key-length", "One GET", "bytes of key", "microseconds a URL", is_log=False, curves=[plain, escaped])


def by_parameters() -> Figure:
    """From 2 parameters, bucket and key, to 12."""
    s3, names = client(), list(OPTIONAL)

    def with_so_many(count: int) -> Call:
        return get(s3, PLACE | {name: OPTIONAL[name] for name in names[: count - 2]})

    curves = [curve("GET", range(2, 13), with_so_many, one)]
    return Figure("parameters", "One GET", "parameters", "microseconds a URL", is_log=False, curves=curves)


def by_buckets() -> Figure:
    """Calls for this many buckets in turn: the caches of endpoints and requests are bounded."""
    s3 = client()

    def buckets(count: int) -> Call:
        return in_turn([get(s3, {**PLACE, "Bucket": f"bucket-{number:06}"}) for number in range(count)])

    places = [1, 10, 30, 100, 300, 1_000, 10_000, 100_000]
    curves = [curve("GET", places, buckets, one)]
    return Figure(
        "buckets", "One GET, buckets in turn", "distinct buckets", "microseconds a URL", is_log=True, curves=curves
    )


def by_batch() -> Figure:
    """Batches of one key to 100,000."""
    s3, sizes = client(), [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000]

    def batch(s3: Any, column: Callable[[list[str]], object], threads: int, count: int) -> Call:
        params = {"Bucket": cases.BUCKET, "Key": column(cases.keys(count))}
        return partial(s3.generate_presigned_urls, "get_object", params, ExpiresIn=3600, threads=threads)

    with_token = client(cases.SESSION_TOKEN)
    curves = [
        curve("list", sizes, partial(batch, s3, list, 1), same),
        curve("Arrow", sizes, partial(batch, s3, pa.array, 1), same),
        curve("list, 2 threads", sizes, partial(batch, s3, list, 2), same),
        curve("list, token", sizes, partial(batch, with_token, list, 1), same),
    ]
    return Figure("batch", "One batch", "keys", "microseconds a URL", is_log=True, curves=curves)


def by_threads() -> Figure:
    """Python threads that share one client; single calls hold the GIL, batches release it."""
    s3, keys = client(), cases.keys(20_000)

    def single(_: int) -> None:
        for _ in range(2_000):
            s3.generate_presigned_url("get_object", Params=PLACE)

    def batch(_: int) -> None:
        s3.generate_presigned_urls("get_object", {"Bucket": cases.BUCKET, "Key": keys}, threads=1)

    def shared(work: Callable[[int], None], urls: int) -> Curve:
        points: list[tuple[float, float]] = []
        for threads in (1, 2, 4, 8):
            with ThreadPoolExecutor(threads) as pool:
                seconds = min(timed(lambda: list(pool.map(work, range(threads))), 1) for _ in range(ROUNDS))  # noqa: B023
            points.append((threads, threads * urls / seconds / 1e6))
        return Curve("single calls" if work is single else "batches of 20,000", points)

    curves = [shared(single, 2_000), shared(batch, len(keys))]
    return Figure("threads", "Threads", "threads", "million URLs a second", is_log=False, curves=curves)


def made(name: str) -> Any:
    """A client as `variants` makes it."""
    found = cases.names("get")
    exec(f"{EVERY[name].imports}\n{EVERY[name].client}", found)
    return found["s3"]


def by_clients_in_place() -> Figure:
    """Calls of this many clients, or operations, in turn: what presigned compares before each URL is then cold."""
    places = [1, 3, 10, 30, 100]

    def clients(name: str) -> Curve:
        calls = [get(made(name), PLACE) for _ in range(places[-1])]
        return curve(name, places, lambda count: in_turn(calls[:count]), one)

    # First those that are not in place: `install` concerns all of boto3's clients.
    curves = [clients(PROMOTED), clients(IN_PLACE)]
    s3 = made(IN_PLACE)
    model, names = s3.meta.service_model, s3.meta.method_to_api_mapping
    required = {name: {*model.operation_model(names[name]).input_shape.required_members} for name in sorted(names)}
    calls: list[Call] = [
        partial(s3.generate_presigned_url, name, Params={member: PLACE[member] for member in members}, ExpiresIn=3600)
        for name, members in required.items()
        if members and members <= PLACE.keys()
    ]
    in_place = curve("operations, in place", places[:-1], lambda count: in_turn(calls[:count]), one)
    curves = [replace(each, name=f"clients, {each.name}") for each in curves]
    title, label = "One URL in place, clients or operations in turn", "in turn"
    return Figure("in-place", title, label, "microseconds a URL", is_log=True, curves=[*curves, in_place])


def main() -> None:
    """Measures, prints and draws."""
    PLOTS.mkdir(parents=True, exist_ok=True)
    for measure in (by_key_length, by_parameters, by_buckets, by_batch, by_threads, by_clients_in_place):
        try:
            figure = measure()
        except AttributeError as why:
            print(f"\n{measure.__name__} does not run here: {why}")
            continue
        figure.draw(PLOTS)
        print(f"\n{figure.table()}", flush=True)


if __name__ == "__main__":
    main()
