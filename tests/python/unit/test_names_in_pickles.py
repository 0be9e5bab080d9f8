"""Pickles name modules that have what they name, and pickles of earlier versions are read."""

from __future__ import annotations

import pickle
import subprocess
import sys

import presigned
from presigned import _errors, config

#: What pickles of earlier versions name -> what those of now do.
EARLIER = {
    b"cpresigned._presigned_request\nPresignedRequest\n": b"cpresigned\nPresignedRequest\n",
    b"cpresigned._presigned_post\nPresignedPost\n": b"cpresigned\nPresignedPost\n",
}


def test_pickles_of_earlier_versions_are_read() -> None:
    client = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
    things = [
        client.presign("get_object", {"Bucket": "photos", "Key": "cat.jpg"}),
        client.presign_post("photos", "cat.jpg"),
    ]
    for thing, (then, now) in zip(things, EARLIER.items(), strict=True):
        made = pickle.dumps(thing, 2)
        assert now in made
        assert pickle.loads(made) == pickle.loads(made.replace(now, then)) == thing  # noqa: S301 - our own
    session, client = presigned.Session(region_name="eu-central-1"), presigned.client("s3", "eu-central-1")
    for one in (session, client):
        made = pickle.dumps(one, 2)
        earlier = made.replace(b"cpresigned._client.pickled\n", b"cpresigned._pickled\n")
        assert earlier != made
        again = pickle.loads(earlier)  # noqa: S301 - our own
        assert (type(again), getattr(again, "region_name", None)) == (type(one), getattr(one, "region_name", None))
    # Options and errors have the same names as ever.
    error = _errors.make("NoCredentialsError")
    named = {error: b"cpresigned.exceptions\nrestore\n", config.Config(): b"presigned.config\nConfig\n"}
    assert all(name in pickle.dumps(thing, 2) for thing, name in named.items())


def test_what_makes_objects_of_a_pickle_is_found_in_the_module_that_it_names() -> None:
    """Otherwise cloudpickle, which Spark uses, copies the function without what belongs to its module."""
    program = """
import sys, presigned
for thing in (presigned.client("s3", "eu-central-1"), presigned.Session()):
    function = thing.__reduce__()[0]
    assert vars(sys.modules[function.__module__])[function.__qualname__] is function, function.__module__
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
