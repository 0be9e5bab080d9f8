"""SigV4A: up to the signature the URLs are those of boto3 with awscrt, and every signature holds."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

import presigned
from presigned.exceptions import MissingDependencyException, UnsupportedSignatureVersionError
from presigned.session import Session

from . import sigv4a
from .case import Setting, post, url
from .outcome import Raised
from .subjects import ask_boto3, ask_presigned, frozen

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "sigv4a.json").read_text(encoding="utf-8"))
KEYS = dict(zip(("aws_access_key_id", "aws_secret_access_key"), GOLDEN["keys"], strict=True))
NOW = datetime.datetime.fromisoformat(GOLDEN["at"].replace("Z", "+00:00")).timestamp()
POINT = {"Bucket": "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap", "Key": "cat.jpg"}
MARK = "&X-Amz-Signature="


def client(differs: Any = (), **more: Any) -> Any:
    """A client of a recorded case."""
    given = dict(differs)
    return presigned.client(
        "s3",
        given.get("region", "eu-central-1"),
        use_ssl=given.get("use_ssl", True),
        aws_session_token=given.get("token"),
        config=presigned.Config(**given["config"]) if "config" in given else None,
        **KEYS,
        **more,
    )


def string_to_sign(text: str, method: str, headers: dict[str, str]) -> bytes:
    """What a server signs, from a URL alone and the headers that came with it."""
    place, _, query = text.partition(MARK)[0].partition("://")[2].partition("?")
    host, _, path = place.partition("/")
    pairs = sorted(query.split("&"))
    found = dict(pair.split("=", 1) for pair in pairs)
    names = found["X-Amz-SignedHeaders"].split("%3B")
    lines = "".join(f"{name}:{host if name == 'host' else headers[name]}\n" for name in names)
    canonical = f"{method}\n/{path}\n{'&'.join(pairs)}\n{lines}\n{';'.join(names)}\nUNSIGNED-PAYLOAD"
    scope = found["X-Amz-Credential"].partition("%2F")[2].replace("%2F", "/")
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    return f"AWS4-ECDSA-P256-SHA256\n{found['X-Amz-Date']}\n{scope}\n{hashed}".encode()


def verify(text: str, method: str = "GET", headers: dict[str, str] | None = None) -> None:
    """Raises `InvalidSignature` unless the signature of a URL holds."""
    public = sigv4a.key_of(*GOLDEN["keys"]).public_key()
    signature = bytes.fromhex(text.rpartition(MARK)[2])
    public.verify(signature, string_to_sign(text, method, headers or {}), ec.ECDSA(SHA256()))


def test_the_key_is_the_one_that_the_format_describes() -> None:
    number = f"{sigv4a.key_of(*GOLDEN['keys']).private_numbers().private_value:064x}"
    assert (number[:8], number[-4:]) == ("a5058988", "1e34")


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: f"{case['operation']} {case['differs']}")
def test_urls_are_those_of_awscrt_and_both_signatures_hold(case: dict[str, Any]) -> None:
    differs = case["differs"]
    with frozen(NOW):
        request = client(differs).presign(
            case["operation"],
            case["params"],
            expires_in=differs.get("expires_in", 3600),
            http_method=differs.get("http_method"),
        )
        call = case["params"], differs.get("expires_in", 3600), differs.get("http_method")
        plain = client(differs).generate_presigned_url(case["operation"], *call)
    assert request.url == plain
    assert plain.partition(MARK)[0] == case["url"].partition(MARK)[0]
    for text in (plain, case["url"]):
        verify(text, request.method, request.headers)
        with pytest.raises(InvalidSignature):
            verify(text.replace("X-Amz-Date=2026", "X-Amz-Date=2027"), request.method, request.headers)
    assert request.expires_at is not None
    assert request.expires_at.timestamp() == NOW + differs.get("expires_in", 3600)


def test_all_ways_to_make_a_url_make_the_same() -> None:
    with frozen(NOW):
        s3 = client()
        expected = s3.generate_presigned_url("get_object", POINT, 60)
        assert s3.generate_presigned_url("get_object", POINT, 60) == expected
        assert s3.generate_presigned_url("get_object", dict(POINT), 60) == expected
        assert s3.generate_presigned_urls("get_object", [POINT, POINT], 60) == [expected, expected]
        assert s3.generate_presigned_urls("get_object", {**POINT, "Key": ["cat.jpg"]}, 60) == [expected]
        assert [one.url for one in s3.presign_many("get_object", [POINT], expires_in=60)] == [expected]
        assert s3.presign("get_object", POINT, expires_in=60, signed_at=NOW).url == expected


def test_a_client_that_has_become_boto3_s_and_one_of_asyncio_sign_too() -> None:
    async def awaited() -> str:
        session = presigned.aio.Session(region_name="eu-central-1", **KEYS)
        async with session.client("s3") as s3:
            return str(await s3.generate_presigned_url("get_object", POINT, 60))

    with frozen(NOW):
        expected = client().generate_presigned_url("get_object", POINT, 60)
        s3 = client()
        assert s3.can_paginate("list_objects_v2")
        assert s3.generate_presigned_url("get_object", POINT, 60) == expected
        assert s3.presign("get_object", POINT, expires_in=60).url == expected
        assert asyncio.run(awaited()) == expected


def test_options_are_signed_too() -> None:
    with frozen(NOW):
        options: Any = {"query": {"x": "1 2"}, "headers": {"x-amz-request-payer": "requester"}, "stable_for": 3600}
        request = client().presign("get_object", POINT, expires_in=60, **options)
        again = client().presign("get_object", POINT, expires_in=60, **options)
    assert request.url == again.url
    assert "?x=1%202&X-Amz-Algorithm=" in request.url
    assert request.headers == {"x-amz-request-payer": "requester"}
    verify(request.url, "GET", request.headers)


def test_a_session_asks_for_no_more_than_before() -> None:
    """Each URL reads the credentials once."""
    seen: list[int] = []

    def provide() -> Any:
        seen.append(1)
        return presigned.Session(**KEYS).get_credentials()

    s3 = Session(region_name="eu-central-1").client("s3", credentials=provide)
    s3.generate_presigned_url("get_object", POINT)
    s3.generate_presigned_url("get_object", POINT)
    assert len(seen) <= 2


def test_forms_have_no_such_signature() -> None:
    setting = Setting(client={"region_name": "eu-central-1", **KEYS})
    ours = ask_presigned(post(POINT["Bucket"], "k", setting))
    assert isinstance(ours, Raised)
    assert isinstance(ours.error, UnsupportedSignatureVersionError)
    assert str(ours.error) == "Signature version(s) are not supported: s3v4a-presign-post"


def test_outposts_keep_the_signature_that_boto3_alone_makes() -> None:
    bucket = next(case["params"]["Bucket"] for case in GOLDEN["cases"] if "outpost" in case["params"]["Bucket"])
    setting = Setting(client={"region_name": "eu-central-1", **KEYS})
    case = url("get_object", {"Bucket": bucket, "Key": "k"}, setting)
    assert ask_presigned(case) == ask_boto3(case, sigv2_by_default=False)[0]
    assert "AWS4-HMAC-SHA256" in str(ask_presigned(case))


def test_without_the_extension_module_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "presigned._client.sigv4a", raising=False)
    monkeypatch.delitem(sys.modules, "presigned._asymmetric", raising=False)
    monkeypatch.delattr(presigned, "_asymmetric", raising=False)
    monkeypatch.setattr(presigned, "__path__", ["/nowhere"])
    with pytest.raises(MissingDependencyException, match="cannot load its extension module _asymmetric"):
        client().generate_presigned_url("get_object", POINT)
