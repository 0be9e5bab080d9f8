"""The values that the timed calls sign. The statements in `contenders` use these names; nothing here is imported."""

from datetime import datetime, timezone
from itertools import cycle
from random import Random

REGION = "us-west-2"
ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
# As long as the tokens of assumed roles, and with as many escaped characters: about three in a hundred.
SESSION_TOKEN = 8 * (
    "IQoJb3JpZ2luX2VjEHgaCXVzLXdlc3QtMiJHMEUCIQDq/vT8kWb5n0Zr+4cYhJ6mXoPsLw3uFz1eNtBaG7dQ9gIgR2xK/iVyC8Us"
)

BUCKET = "my-bucket-1234"
KEY = "photos/2026/11/24/holiday-in-iceland.jpg"
ODD_KEY = type("OddKey", (str,), {})(KEY)
VERSION = "3sL4kqtJlcpXroDTDmJ"
ATTACHMENT = 'attachment; filename="x.jpg"'
FORM_KEY = "up/${filename}"
FIELDS = {"acl": "private"}
CONDITIONS = [{"acl": "private"}, ["content-length-range", 1, 1000], ["starts-with", "$Content-Type", "image/"]]

CASES = {
    "get": "GET",
    "token": "GET, session token of 800 characters",
    "six": "GET, 6 parameters",
    "put": "PUT, 2 signed headers",
    "post": "POST, 1 field, 3 conditions",
}
# A call-site cache must not make these calls slower: each value is another object at each call. The last ones show
# what the other caches buy (the table of caches in docs/ARCHITECTURE.md).
VARYING = {
    "fresh": "GET, a new string of the bucket for each call",
    "buckets": "GET, 30 buckets in turn",
    "lifetimes": "GET, 50 lifetimes in turn",
    "presign": "GET by `presign`",
    "presign_post": "POST by `presign_post`",
    "slow": "GET on the slow path: a key of a subclass of `str`",
    "small": "GET, a batch of 3 URLs",
    "conditions": "POST, 50 maximum sizes in turn",
    "timestamp": "GET with a timestamp, 50 in turn",
    "metadata": "PUT with 2 strings of metadata, 50 in turn",
}
# Timed only: the rows of `VARYING` say what a call costs in instructions, and this one is a matter of memory.
MANY_BUCKETS = "many buckets"
# How many buckets take turns; all cases but this one have 30.
BUCKETS = {MANY_BUCKETS: 100_000}
# Calls of a client that signs by SigV2: the case.
BY_SIGV2 = {"get, SigV2": "get", "six, SigV2": "six", "put, SigV2": "put", "post, SigV2": "post"}
# Calls of boto3's clients in place: the case, and the signature of the client.
IN_PLACE = {
    "get in place": ("get", "s3v4"),
    "get in place, SigV2": ("get", "s3"),
    "post in place": ("post", "s3v4"),
    "post in place, SigV2": ("post", "s3"),
}
# Calls of a client of presigned that has become boto3's: the case.
PROMOTED = {"get promoted": "get", "post promoted": "post"}
# Calls of a client of `presigned.aio`: the case.
AWAITED = {"get awaited": "get"}


def names(case: str) -> dict[str, object]:
    """The names that a statement can use; `TOKEN` is a string in the case with a token, and `None` in the others."""
    known: dict[str, object] = {name: value for name, value in globals().items() if name.isupper()}
    return {**known, "TOKEN": SESSION_TOKEN if case == "token" else None}


def turns(case: str) -> dict[str, object]:
    """What the statements of the cases in `VARYING` ask for the next bucket, the next lifetime and so on."""
    names = [f"my-bucket-{number:04}" for number in range(BUCKETS.get(case, 30))]
    # So many neighbours in memory would be read faster than those of a program.
    Random(0).shuffle(names)  # noqa: S311 - the same order in each run
    lifetimes = cycle([300 + number for number in range(50)])
    strings = cycle([f"{number:04}" for number in range(50)])
    moments = cycle([datetime(2026, 11, 24, 3, 4, number, tzinfo=timezone.utc) for number in range(50)])
    return {
        "next_bucket": cycle(names).__next__,
        "next_lifetime": lifetimes.__next__,
        "next_moment": moments.__next__,
        "next_string": strings.__next__,
    }


def keys(count: int) -> list[str]:
    """So many object keys of 40 characters."""
    return [f"photos/2026/11/24/holiday-{number:010}.jpg" for number in range(count)]
