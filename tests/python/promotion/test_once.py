"""A client becomes boto3's at most once, in threads and after forks too, and not because it is inspected."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any

import boto3
import botocore.client
import pytest

import presigned
from presigned._boto3.promotion import LOCK

KEYS: dict[str, Any] = {
    "region_name": "eu-central-1",
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "very secret",
}
OBJECT = {"Bucket": "photos", "Key": "cat.jpg"}

#: Programs that look at clients, sessions and resources without asking for anything that only boto3 has.
LOOKS = """
repr(s3), str(s3), dir(s3), vars(s3), hash(s3), s3 == 1, type(s3), s3.__class__, isinstance(s3, int)
copy.copy(s3), copy.deepcopy(s3), pickle.dumps(s3), weakref.ref(s3)
hasattr(s3, "nothing_of_the_kind"), hasattr(s3, "get_object"), s3.get_object, s3.upload_file, s3.get_paginator
s3.waiter_names, s3._PY_TO_OP_NAME, type(s3).get_object
mock.Mock(spec=s3), mock.create_autospec(type(s3)), inspect.getmembers(type(s3))
s3.meta.region_name, s3.meta.endpoint_url, s3.meta.config.s3, s3.meta.partition, s3.meta.method_to_api_mapping
s3.meta.service_model.service_name, hasattr(s3.meta, "nothing_of_the_kind"), repr(s3.meta)
s3.generate_presigned_urls("get_object", [OBJECT]), s3.presign("get_object", OBJECT), s3.close()
repr(session), dir(session), vars(session), session.region_name, session.profile_name, session.available_profiles
hasattr(session, "nothing_of_the_kind"), copy.copy(session), pickle.dumps(session), isinstance(session, int)
session.get_credentials().get_frozen_credentials(), session.get_partition_for_region("eu-west-1")
session.get_available_regions("s3"), session.get_available_partitions()
repr(resource), dir(resource), vars(resource), hash(resource), resource == resource, resource.meta.client.meta.partition
hasattr(resource, "nothing_of_the_kind"), repr(resource.meta), resource.meta.service_name, resource.meta.identifiers
""".strip().splitlines()


def run(code: str) -> None:
    """Runs a program in its own process, with credentials and a region in its environment."""
    environ = {"PYTHONPATH": ":".join(sys.path), "HOME": "/nowhere", "AWS_DEFAULT_REGION": "eu-central-1"}
    environ.update(AWS_ACCESS_KEY_ID="AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY="very secret")
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, env=environ)


def test_looking_loads_no_boto3() -> None:
    looks = "\n".join(LOOKS)
    run(
        "import copy, inspect, pickle, sys, weakref\n"
        "from unittest import mock\n"
        "import presigned\n"
        f"OBJECT = {OBJECT}\n"
        "session = presigned.Session()\n"
        "s3, resource = session.client('s3'), session.resource('s3')\n"
        f"for look in {looks!r}.splitlines():\n"
        "    eval(look)\n"
        # A program that looks up classes of exceptions gets botocore's own.
        "    loaded = {'boto3', 'botocore.client', 'botocore.session', 's3transfer'} & {*sys.modules}\n"
        "    assert not loaded, (look, loaded)\n"
    )


@pytest.mark.parametrize(
    "question",
    [
        "s3.can_paginate('list_objects_v2')",
        "s3.meta.events",
        "s3._endpoint",
        "s3._make_api_call.__self__._client_config if hasattr(s3._make_api_call, '__self__') else 0",
        "session.events",
        "session._session",
        "session.client('sqs')",
        "resource.Bucket('photos')",
    ],
)
def test_a_question_that_only_boto3_can_answer_does(question: str) -> None:
    run(
        "import sys\n"
        "import presigned\n"
        "session = presigned.Session()\n"
        "s3, resource = session.client('s3'), session.resource('s3')\n"
        f"{question}\n"
        "assert 'boto3' in sys.modules\n"
    )


def test_all_threads_share_one_client_of_boto3(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    create = botocore.client.ClientCreator.create_client

    def counted(self: Any, *args: Any, **kwargs: Any) -> Any:
        made.append(1)
        return create(self, *args, **kwargs)

    monkeypatch.setattr(botocore.client.ClientCreator, "create_client", counted)
    client = presigned.Session(**KEYS).client("s3")
    ready = threading.Barrier(16)

    def ask() -> None:
        ready.wait()
        client.can_paginate("list_objects_v2")

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def in_child(function: Any) -> int:
    """Calls a function in the child of a fork, which is ended should it wait for ever; returns how it ended."""
    pid = os.fork()
    if pid == 0:
        signal.alarm(20)
        code = 1
        try:
            function()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_the_child_of_a_fork_does_not_wait_for_a_thread_of_its_parent() -> None:
    client = presigned.Session(**KEYS).client("s3")
    boto3.Session(**KEYS).client("s3")
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with LOCK:
            held.set()
            let_go.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    try:
        assert in_child(lambda: client.can_paginate("list_objects_v2")) == 0
    finally:
        let_go.set()
        thread.join()


def test_a_handler_may_ask_another_client_while_one_becomes_boto3s() -> None:
    session = presigned.Session(**KEYS)
    other = presigned.client("s3", **KEYS)
    asked: list[bool] = []
    session.events.register("creating-client-class.s3", lambda **_: asked.append(other.can_paginate("list_objects_v2")))
    session.client("s3")
    assert asked == [True]


def test_what_runs_while_a_client_becomes_boto3s_may_ask_another_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a lock that its own thread cannot take again, this never ends."""
    one, other = (presigned.Session(**KEYS).client("s3") for _ in range(2))
    create = botocore.client.ClientCreator.create_client
    asked: list[bool] = []

    def asking(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not asked:
            asked.append(True)
            asked.append(other.can_paginate("list_objects_v2"))
        return create(self, *args, **kwargs)

    monkeypatch.setattr(botocore.client.ClientCreator, "create_client", asking)
    assert one.can_paginate("list_objects_v2")
    assert asked == [True, True]


def test_a_client_that_could_not_be_made_can_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client = presigned.Session(**KEYS).client("s3")
    with monkeypatch.context() as patch:
        patch.setattr(botocore.client.ClientCreator, "create_client", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            client.can_paginate("list_objects_v2")
        assert "X-Amz-Signature" in client.generate_presigned_url("get_object", OBJECT)
    assert client.can_paginate("list_objects_v2")
