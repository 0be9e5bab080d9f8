"""Makes 10 million calls, and lets 8 threads sign with one client: `leaks.py [CALLS]`.

Fails if memory use grows after the caches are filled, or if a URL of a thread is not boto3's.
"""

from __future__ import annotations

import datetime
import sys
import threading
import time
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from freezegun import freeze_time

import cases
import presigned

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS: dict[str, Any] = {"aws_access_key_id": cases.ACCESS_KEY, "aws_secret_access_key": cases.SECRET_KEY}
# More buckets than any cache holds.
BUCKETS = [f"bucket-{number:06}" for number in range(50_000)]
SLACK_KB = 256
THREADS = 8
# Before and after midnight, so that threads need different signing keys and dates at the same time.
INSTANTS = [1_767_311_990 + 3 * step for step in range(8)]
OBJECTS = [f"photos/{number}.jpg" for number in range(25)]


def resident_kb() -> int:
    """The memory of this process, counted page by page."""
    rollup = Path("/proc/self/smaps_rollup").read_text()
    return int(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Rss:")))


def mixture(s3: Any) -> list[Callable[[int], object]]:
    """Calls of every kind, some of which fail. Each takes a number, so that no two are equal."""
    get = s3.generate_presigned_url

    def refused(_: int) -> object:
        try:
            return get("get_object", Params={"Bucket": cases.BUCKET, "Key": 1})
        except presigned.exceptions.ParamValidationError as error:
            return error

    return [
        lambda number: get("get_object", Params={"Bucket": cases.BUCKET, "Key": f"photos/{number}.jpg"}),
        lambda number: get("get_object", Params={"Bucket": BUCKETS[number % len(BUCKETS)], "Key": cases.KEY}),
        lambda number: get("put_object", Params={"Bucket": cases.BUCKET, "Key": f"{number}", "ACL": "private"}),
        lambda _: s3.generate_presigned_post(cases.BUCKET, cases.FORM_KEY, cases.FIELDS, cases.CONDITIONS),
        refused,
    ]


def leak(calls: int) -> None:
    """Makes the calls; exits if memory use grows in the last nine tenths."""
    mix = mixture(presigned.client("s3", cases.REGION, **KEYS))
    sizes = []
    for part in range(10):
        for number in range(part * calls // 10, (part + 1) * calls // 10):
            mix[number % len(mix)](number)
        sizes.append(resident_kb())
        print(f"{(part + 1) * calls // 10:,} calls: {sizes[-1] / 1024:.2f} MB", flush=True)
    if max(sizes) - sizes[0] > SLACK_KB:
        sys.exit(f"memory grows: {sizes}")


def params(key: str) -> dict[str, str]:
    """The parameters for one object."""
    return {"Bucket": cases.BUCKET, "Key": key}


def hammer(seconds: float) -> None:
    """Lets all threads sign with one client, each at its own instants; exits at the first wrong URL."""
    config = Config(signature_version="s3v4")
    theirs, expected = boto3.client("s3", cases.REGION, **KEYS, config=config), {}
    for instant, key in product(INSTANTS, OBJECTS):
        with freeze_time(time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(instant))):
            expected[instant, key] = theirs.generate_presigned_url("get_object", Params=params(key))

    ours = presigned.client("s3", cases.REGION, **KEYS)
    own, end, counts = threading.local(), time.monotonic() + seconds, [0] * THREADS
    wrong: list[tuple[int, str]] = []

    def sign(thread: int) -> None:
        while time.monotonic() < end and not wrong:
            for (instant, key), url in expected.items():
                own.now = float(instant)
                if ours.generate_presigned_url("get_object", Params=params(key)) != url:
                    wrong.append((instant, key))
            counts[thread] += len(expected)

    class Own(datetime.datetime):
        """The clock of each thread."""

        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return cls.fromtimestamp(own.now, tz)

    clock, datetime.datetime = datetime.datetime, Own  # type: ignore[misc] # as freezegun does
    # Threads switch as often as possible.
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=sign, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(interval)
    datetime.datetime = clock  # type: ignore[misc] # the original again
    if wrong:
        sys.exit(f"not boto3's URL: {wrong[0]}")
    print(f"{THREADS} threads, {sum(counts):,} URLs across midnight: all are boto3's")


def main() -> None:
    """Runs both checks."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    hammer(20 * min(1, calls / 10_000_000) + 1)
    leak(calls)


if __name__ == "__main__":
    main()
