"""Writes tests/golden: cases that boto3 signed, each with its canonical request, string to sign and URL.

The cases call boto3 under a frozen clock. Requests that no S3 parameter can produce, such as one with a header that is
never signed, go to botocore's signer directly.
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import boto3
from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from freezegun import freeze_time

import generator
from golden_cases import JSON_VALUES, POSTS, SIGNER_REQUESTS, URLS, Post, SignerRequest, Url

GOLDEN = generator.ROOT / "tests" / "golden"

Case = dict[str, Any]


def recorded_request(request: AWSRequest) -> Case:
    """The parts of a request before it is signed."""
    signer = auth.SigV4Auth(Credentials("", ""), "s3", "us-east-1")
    parts = urlsplit(request.url)
    return {
        "method": request.method,
        "scheme": parts.scheme,
        "authority": parts.netloc,
        "host": signer.headers_to_sign(AWSRequest(url=request.url))["host"],
        "path": parts.path,
        "auth_path": request.auth_path,
        "query": parts.query,
        "headers": [list(header) for header in request.headers.items()],
    }


def recorded_credentials(credentials: Credentials) -> Case:
    """Access key, secret key and token."""
    return {
        "access_key": credentials.access_key,
        "secret_key": credentials.secret_key,
        "token": credentials.token,
    }


@contextmanager
def spying(cls: type, method: str, seen: Callable[..., None]) -> Iterator[None]:
    """Calls `seen(signer, result, *args)` after each call of a method of `cls`."""
    original = getattr(cls, method)

    def spy(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(self, *args, **kwargs)
        seen(self, result, *args)
        return result

    with mock.patch.object(cls, method, spy):
        yield


@contextmanager
def recording_stages(case: Case) -> Iterator[None]:
    """Adds to `case` every stage that a botocore signer passes."""

    def canonical_request(_: Any, result: str, *__: Any) -> None:
        case["canonical_request"] = result

    def string_to_sign(signer: Any, result: str, *_: Any) -> None:
        case["string_to_sign"] = result
        case["region"] = signer._region_name  # noqa: SLF001 - what it signs for is not public
        case["service"] = signer._service_name  # noqa: SLF001

    def string_to_sign_v2(_: Any, result: str, *__: Any) -> None:
        case["string_to_sign"] = result

    with (
        spying(auth.SigV4Auth, "canonical_request", canonical_request),
        spying(auth.SigV4Auth, "string_to_sign", string_to_sign),
        spying(auth.HmacV1Auth, "canonical_string", string_to_sign_v2),
    ):
        yield


def client(case: Url | Post) -> Any:
    """The boto3 client of a case."""
    access_key, secret_key, token = case.credentials
    s3: Any = dict(case.s3)
    return boto3.client(
        "s3",
        region_name=case.region,
        endpoint_url=case.endpoint_url,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        aws_session_token=token,
        config=Config(signature_version=case.version, s3=s3),
    )


def record_url(case: Url) -> Case:
    """A presigned URL and the stages on the way to it."""
    recorded: Case = {"name": case.name, "at": case.at}
    s3 = client(case)

    def before_sign(request: AWSRequest, **_: Any) -> None:
        recorded["request"] = recorded_request(request)

    # First, so that the path is seen before botocore takes an ARN out of it.
    s3.meta.events.register_first("before-sign.s3", before_sign)
    credentials = Credentials(*case.credentials)
    with freeze_time(case.frozen()), recording_stages(recorded):
        recorded["url"] = s3.generate_presigned_url(
            case.operation, Params=dict(case.params), ExpiresIn=case.expires_in, HttpMethod=case.http_method
        )
    expires = case.expires_in if case.version == "s3v4" else case.at + case.expires_in
    recorded["request"]["expires"] = str(expires)
    recorded["credentials"] = recorded_credentials(credentials)
    return recorded


def record_signer_request(case: SignerRequest) -> Case:
    """The URL that botocore's signer makes for a request that no S3 parameter produces."""
    recorded: Case = {"name": case.name, "at": case.at}
    request = AWSRequest(method="GET", url=case.url)
    for name, value in case.headers:
        request.headers[name] = value
    recorded["request"] = recorded_request(request) | {"expires": "60"}
    credentials = Credentials("AKIDEXAMPLE", "secret", case.token)
    recorded["credentials"] = recorded_credentials(credentials)
    with freeze_time(case.frozen()), recording_stages(recorded):
        auth.S3SigV4QueryAuth(credentials, "s3", "us-east-1", expires=60).add_auth(request)
    recorded["url"] = request.url
    return recorded


def tagged(value: object) -> object:
    """A Python value as JSON from which a test can build the same value."""
    match value:
        case None | bool():
            form: object = value
        case int():
            form = {"$int": str(value)}
        case float():
            form = {"$float": repr(value)}
        case str() if any("\ud800" <= character <= "\udfff" for character in value):
            form = {"$code_points": [ord(character) for character in value]}
        case str():
            form = value
        case list() | tuple():
            form = [tagged(item) for item in value]
        case dict():
            form = {"$map": [[tagged(key), tagged(item)] for key, item in value.items()]}
        case _:
            form = {"$other": str(type(value))}
    return form


def record_post(case: Post) -> Case:
    """A POST policy and the fields that go with it."""
    with freeze_time(case.frozen()):
        form = client(case).generate_presigned_post(
            "bucket", case.key, Conditions=case.conditions, ExpiresIn=case.expires_in
        )
    fields = [field for field in form["fields"].items() if field[0] != "key"]
    return {
        "name": case.name,
        "at": case.at,
        "expiration": case.at + case.expires_in,
        "region": case.region,
        "service": "s3",
        "credentials": recorded_credentials(Credentials(*case.credentials)),
        "key": tagged(case.key),
        "conditions": tagged(case.conditions),
        "policy": base64.b64decode(form["fields"]["policy"]).decode(),
        "fields": fields,
    }


def record_json(name: str, value: object) -> Case:
    """The JSON of a value, or the error that writing it raises."""
    try:
        return {"name": name, "value": tagged(value), "json": json.dumps(value)}
    except TypeError as error:
        return {"name": name, "value": tagged(value), "error": str(error)}


def files() -> dict[Path, str]:
    """Returns the text of each file."""
    recorded_from = f"{generator.BOTOCORE}, by scripts/record_golden.py"
    cases = {
        "sigv4.json": [
            *(record_url(case) for case in URLS if case.version == "s3v4"),
            *(record_signer_request(case) for case in SIGNER_REQUESTS),
        ],
        "sigv2.json": [record_url(case) for case in URLS if case.version == "s3"],
        "post_sigv4.json": [record_post(case) for case in POSTS if case.version == "s3v4"],
        "post_sigv2.json": [record_post(case) for case in POSTS if case.version == "s3"],
        "json.json": [record_json(name, value) for name, value in JSON_VALUES],
    }
    return {
        GOLDEN / name: json.dumps({"recorded_from": recorded_from, "cases": found}, indent=1, ensure_ascii=False) + "\n"
        for name, found in cases.items()
    }


if __name__ == "__main__":
    generator.main(files, __doc__)
