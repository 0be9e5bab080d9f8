"""Credentials that need no fetching: given ones and those of the environment load and start nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import os, sys
before = set(sys.modules)
import presigned
session = presigned.Session({arguments})
client = session.client("s3", region_name="eu-central-1")
client.generate_presigned_url("get_object", {{"Bucket": "b", "Key": "k"}})
assert session.get_credentials() is session.get_credentials()
print(len(os.listdir("/proc/self/task")))
print(*sorted(set(sys.modules) - before))
"""
GIVEN = "aws_access_key_id='A', aws_secret_access_key='B'"
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "B"}


@pytest.mark.parametrize(("arguments", "environ"), [(GIVEN, {}), ("", ENVIRONMENT)], ids=["given", "environment"])
def test_given_credentials_start_no_thread_and_load_nothing_of_the_chain(
    arguments: str, environ: dict[str, str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(arguments=arguments)],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    threads, modules = done.stdout.splitlines()
    assert threads == "1"
    loaded = set(modules.split())
    assert {name for name in loaded if name.startswith("presigned._credentials")} == {"presigned._credentials"}
    assert "presigned._network" not in loaded
    # What a chain, a refresh or a request would need.
    assert not loaded & {"asyncio", "configparser", "datetime", "json", "logging", "subprocess", "threading"}
