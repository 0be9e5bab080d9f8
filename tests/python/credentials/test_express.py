"""Sessions with directory buckets of S3 Express: presigned and boto3 open them at the same server."""

from __future__ import annotations

import asyncio
import datetime
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import boto3
import botocore.exceptions
import botocore.session
import pytest
import time_machine
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

import presigned
import presigned.aio
from credentials.endpoint import Answer, Asked, Endpoint, serving
from presigned.exceptions import EarlyExpiryWarning

BUCKET = "photos--usw2-az1--x-s3"
CAT = {"Bucket": BUCKET, "Key": "cat.jpg"}
KEYS: dict[str, Any] = {
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "secret",
    "aws_session_token": "token",
}
START = 1_790_000_000


class S3Express:
    """A server that opens sessions of five minutes, numbered by bucket."""

    def __init__(self) -> None:
        self.endpoint: Endpoint
        self.instead: Answer | None = None
        self._opened: dict[str, int] = {}

    def answer(self, asked: Asked) -> Answer:
        """A new session for the bucket of the path, or what the test wants instead."""
        if self.instead is not None:
            return self.instead
        bucket = asked.path.split("/")[1].removesuffix("?session")
        number = self._opened[bucket] = self._opened.get(bucket, 0) + 1
        end = datetime.datetime.fromtimestamp(time.time() + 300, datetime.timezone.utc)
        return 200, (
            '<CreateSessionResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Credentials>'
            f"<SessionToken>token/{bucket}/{number}</SessionToken><SecretAccessKey>secret {number}</SecretAccessKey>"
            f"<AccessKeyId>ASIA{number}</AccessKeyId><Expiration>{end:%Y-%m-%dT%H:%M:%SZ}</Expiration>"
            "</Credentials></CreateSessionResult>"
        )

    def client(self, **arguments: Any) -> Any:
        """A client of presigned's."""
        return presigned.client("s3", "us-west-2", endpoint_url=self.endpoint.url, **KEYS, **arguments)

    def boto3_client(self, **arguments: Any) -> Any:
        """The same of boto3's, with sessions that begin with the first number again."""
        self._opened.clear()
        return boto3.client("s3", "us-west-2", endpoint_url=self.endpoint.url, **KEYS, **arguments)

    def paths(self) -> list[str]:
        """What was asked since the last look."""
        return [asked.path for asked in self.endpoint.taken()]


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as frozen:
        yield frozen


@pytest.fixture
def express(clock: Any) -> Iterator[S3Express]:  # noqa: ARG001 - the server tells the time of the test
    server = S3Express()
    with serving(server.answer) as endpoint:
        server.endpoint = endpoint
        yield server


def token_in(url: str) -> str:
    return url.partition("X-Amz-S3session-Token=")[2].partition("&")[0]


def test_the_url_is_boto3s(express: S3Express) -> None:
    ours = express.client().generate_presigned_url("get_object", CAT, ExpiresIn=60)
    assert ours == express.boto3_client().generate_presigned_url("get_object", CAT, ExpiresIn=60)
    assert token_in(ours) == f"token%2F{BUCKET}%2F1"
    mine, boto3s = express.endpoint.taken()
    assert (mine.method, mine.path) == ("GET", f"/{BUCKET}?session")
    assert boto3s.path == mine.path
    assert mine.headers["x-amz-security-token"] == "token"


def test_the_request_is_signed_as_botocore_signs_it(express: S3Express) -> None:
    express.client().generate_presigned_url("get_object", CAT)
    (asked,) = express.endpoint.taken()
    request = AWSRequest("GET", express.endpoint.url + asked.path)
    request.context["timestamp"] = asked.headers["x-amz-date"]
    signer = S3SigV4Auth(Credentials("AKIDEXAMPLE", "secret", "token"), "s3express", "us-west-2")
    signer.add_auth(request)
    assert asked.headers["authorization"] == request.headers["Authorization"]
    received = {"method": "GET", "url": express.endpoint.url + asked.path, "headers": asked.headers}
    assert presigned.verify(received, ("AKIDEXAMPLE", "secret", "token"))


def test_a_session_is_renewed_before_it_ends_and_each_bucket_has_its_own(express: S3Express, clock: Any) -> None:
    s3 = express.client()
    other = {**CAT, "Bucket": "films--usw2-az1--x-s3"}
    for _ in range(3):
        assert token_in(s3.generate_presigned_url("get_object", CAT)).endswith("1")
        assert "films" in token_in(s3.generate_presigned_url("get_object", other))
    assert len(express.paths()) == 2
    clock.shift(300 - 46)
    assert token_in(s3.generate_presigned_url("get_object", CAT)).endswith("1")
    clock.shift(2)
    assert token_in(s3.generate_presigned_url("get_object", CAT)).endswith("2")
    # Now it may fail: the old one works for ten more seconds.
    clock.shift(300 - 30)
    express.instead = 503, ""
    assert token_in(s3.generate_presigned_url("get_object", CAT)).endswith("2")


def test_sessions_with_the_last_hundred_buckets_are_kept(express: S3Express) -> None:
    s3 = express.client()
    buckets = [{**CAT, "Bucket": f"b{number}--usw2-az1--x-s3"} for number in range(101)]
    for params in [*buckets, buckets[100], buckets[1]]:
        s3.generate_presigned_url("get_object", params)
    assert len(express.paths()) == 101
    s3.generate_presigned_url("get_object", buckets[0])
    assert express.paths() == ["/b0--usw2-az1--x-s3?session"]


def test_threads_open_one_session(express: S3Express) -> None:
    s3, urls = express.client(), []
    begin = threading.Barrier(8)

    def presign() -> None:
        begin.wait()
        urls.append(s3.generate_presigned_url("get_object", CAT))

    threads = [threading.Thread(target=presign) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(express.paths()) == 1
    assert len({*urls}) == 1


def test_errors_are_boto3s(express: S3Express) -> None:
    express.instead = 403, "<Error><Code>AccessDenied</Code><Message>not you</Message></Error>"
    raised = []
    for s3 in (express.client(), express.boto3_client()):
        with pytest.raises(botocore.exceptions.ClientError) as caught:
            s3.generate_presigned_url("get_object", CAT)
        raised.append((str(caught.value), caught.value.response["Error"], caught.value.operation_name))
    assert raised[0] == raised[1]


def test_without_credentials_nothing_is_asked(express: S3Express, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    s3 = presigned.client("s3", "us-west-2", endpoint_url=express.endpoint.url)
    with pytest.raises(botocore.exceptions.NoCredentialsError):
        s3.generate_presigned_url("get_object", CAT)
    assert express.paths() == []


def test_a_link_knows_when_its_session_ends(express: S3Express) -> None:
    s3 = express.client()
    end = datetime.datetime.fromtimestamp(START + 300, datetime.timezone.utc)
    with pytest.warns(EarlyExpiryWarning):
        assert s3.presign("get_object", CAT).expires_at == end
    assert s3.presign("get_object", CAT, on_early_expiry="clamp").url.count("X-Amz-Expires=300") == 1
    assert s3.presign("get_object", CAT, expires_in=60).expires_at == end - datetime.timedelta(seconds=240)


def test_a_batch_uses_the_sessions(express: S3Express) -> None:
    s3 = express.client()
    rows = [{**CAT, "Key": str(number)} for number in range(5)]
    assert s3.generate_presigned_urls("get_object", rows) == [
        s3.generate_presigned_url("get_object", row) for row in rows
    ]
    assert len(express.paths()) == 1


def test_a_program_can_open_sessions_itself(express: S3Express) -> None:
    asked = []

    def opened(bucket: str) -> Any:
        asked.append(bucket)
        end = datetime.datetime.fromtimestamp(START + 300, datetime.timezone.utc)
        keys = {"AccessKeyId": "ASIALENT", "SecretAccessKey": "s", "SessionToken": "lent", "Expiration": end}
        return {"Credentials": keys} if len(asked) == 1 else keys

    s3 = express.client(config=presigned.Config(s3={"presign_express_session": opened}))
    for bucket in (BUCKET, BUCKET, "films--usw2-az1--x-s3"):
        assert token_in(s3.generate_presigned_url("get_object", {**CAT, "Bucket": bucket})) == "lent"
    assert asked == [BUCKET, "films--usw2-az1--x-s3"]
    assert express.paths() == []


@pytest.mark.parametrize("answer", [None, {}, {"Credentials": {"AccessKeyId": "a secret"}}, "a secret"])
def test_another_answer_is_refused_without_showing_it(express: S3Express, answer: Any) -> None:
    s3 = express.client(config=presigned.Config(s3={"presign_express_session": lambda _: answer}))
    with pytest.raises(TypeError, match="presign_express_session returned a") as caught:
        s3.generate_presigned_url("get_object", CAT)
    assert "a secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"config": presigned.Config(s3={"presign_express_session": "x"})}, "presign_express_session must be"),
        ({"config": presigned.Config(proxies={"http": "http://localhost:1"})}, "without proxies"),
        ({"verify": False}, "without verify=False"),
    ],
)
def test_what_is_not_supported_is_refused(express: S3Express, arguments: Any, named: str) -> None:
    s3 = express.client(**arguments)
    assert s3.generate_presigned_url("get_object", {"Bucket": "ordinary", "Key": "k"})
    with pytest.raises(botocore.exceptions.BotoCoreError, match=named):
        s3.generate_presigned_url("get_object", CAT)
    assert express.paths() == []


def test_without_sessions_the_clients_own_keys_sign(express: S3Express) -> None:
    off: dict[str, Any] = {"s3": {"disable_s3_express_session_auth": True}, "signature_version": "s3v4"}
    ours = express.client(config=presigned.Config(**off)).generate_presigned_url("get_object", CAT)
    assert ours == express.boto3_client(config=Config(**off)).generate_presigned_url("get_object", CAT)
    assert "AKIDEXAMPLE" in ours
    assert express.paths() == []


def test_a_loop_waits_for_a_session_and_is_not_blocked(express: S3Express, clock: Any) -> None:
    async def presign() -> None:
        session = presigned.aio.get_session()
        made = session.create_client("s3", region_name="us-west-2", endpoint_url=express.endpoint.url, **KEYS)
        async with made as s3:
            url = await s3.generate_presigned_url("get_object", CAT)
            assert token_in(url).endswith("1")
            both = [CAT, {**CAT, "Bucket": "films--usw2-az1--x-s3"}]
            assert len(await s3.generate_presigned_urls("get_object", both)) == 2
            assert (await s3.presign("get_object", CAT, expires_in=60)).url.startswith(express.endpoint.url)
            # While the old session works, no call waits for the new one.
            clock.shift(300 - 30)
            assert token_in(await s3.generate_presigned_url("get_object", CAT)).endswith("1")

    asyncio.run(presign())


def test_a_promoted_client_opens_sessions_with_its_present_credentials(express: S3Express) -> None:
    s3 = express.client()
    before = s3.generate_presigned_url("get_object", CAT)
    assert s3.meta.events is not None
    assert s3.generate_presigned_url("get_object", CAT) == before
    assert len(express.paths()) == 1
    # The client of boto3 that it has become opens another.
    theirs = s3._presigned.gate.theirs
    assert token_in(theirs.generate_presigned_url("get_object", CAT)).endswith("2")


def test_a_client_of_a_session_of_boto3_has_sessions_too(express: S3Express) -> None:
    session = presigned.Session(botocore_session=botocore.session.Session())
    s3 = session.client("s3", "us-west-2", endpoint_url=express.endpoint.url, **KEYS)
    url = s3.generate_presigned_url("get_object", CAT)
    assert url == express.boto3_client().generate_presigned_url("get_object", CAT)
    assert s3.presign("get_object", CAT, expires_in=60).url.startswith(express.endpoint.url)
