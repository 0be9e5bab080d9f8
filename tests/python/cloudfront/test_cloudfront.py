"""`presigned.CloudFront` signs what AWS's SDK for JavaScript and botocore sign, and what verifiers accept."""

from __future__ import annotations

import base64
import json
import pickle
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit
from zlib import crc32

import botocore.signers
import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

import presigned
from cloudfront import keys
from presigned.exceptions import ParamValidationError

GOLDEN = Path(__file__).parent / "golden"
RECORDED = json.loads((GOLDEN / "javascript.json").read_text(encoding="utf-8"))["cases"]
KEY_ID = "K2JCJMDEHXQW5F"
HOST = "https://d111111abcdef8.cloudfront.net"
URL = f"{HOST}/videos/cat.mp4"
NOW = 1_796_083_200
FROM_JAVASCRIPT = {"dateLessThan": "until", "dateGreaterThan": "since"}


@pytest.fixture(autouse=True)
def frozen() -> Any:
    """Stops the clock at `NOW`."""
    with freeze_time(datetime.fromtimestamp(NOW, timezone.utc)) as clock:
        yield clock


def signer(kind: str = "RSA", algorithm: Any = "SHA1") -> presigned.CloudFront:
    """A signer with a key of the tests."""
    return presigned.CloudFront(KEY_ID, keys.pem(keys.key(kind)), algorithm)


def decoded(text: str) -> bytes:
    """What CloudFront's Base64 stands for."""
    return base64.b64decode(text.replace("-", "+").replace("_", "=").replace("~", "/"), validate=True)


def policy_of(url: str) -> Any:
    """The policy that a URL carries."""
    return json.loads(decoded(parse_qs(urlsplit(url).query)["Policy"][0]))


def check(url: str, kind: str, algorithm: str = "SHA1") -> str:
    """Verifies a URL as CloudFront does, and returns the URL that was signed.

    This is the other side of the format: it rebuilds the canned policy from the URL as a viewer sends it.
    """
    base, _, own = re.fullmatch(r"(.*?)([?&])((?:Expires|Policy)=.*)", url).groups()  # type: ignore[union-attr]
    names = dict(parse_qsl(own, strict_parsing=True))
    if "Expires" in names:
        end = names["Expires"]
        text = f'{{"Statement":[{{"Resource":"{base}","Condition":{{"DateLessThan":{{"AWS:EpochTime":{end}}}}}}}]}}'
        policy = text.encode()
    else:
        policy = decoded(names["Policy"])
    assert names["Key-Pair-Id"] == KEY_ID
    assert names.get("Hash-Algorithm", "SHA1") == algorithm
    keys.verify(keys.key(kind), decoded(names["Signature"]), policy, algorithm)
    return base


def arguments(case: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a recorded case, under our names."""
    instants = {
        ours: datetime.fromisoformat(case[theirs].replace("Z", "+00:00"))
        for theirs, ours in FROM_JAVASCRIPT.items()
        if theirs in case
    }
    return instants | ({"ip": case["ipAddress"]} if "ipAddress" in case else {})


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: f"{case['make']} {case['url'][:60]!a}")
def test_everything_is_signed_as_by_aws_s_sdk_for_javascript(case: dict[str, Any]) -> None:
    cloudfront = presigned.CloudFront(KEY_ID, GOLDEN / "key.pem", case["algorithm"])
    if case["make"] == "cookies":
        made = cloudfront.cookies(case["url"], **arguments(case))
        assert made == {name: str(value) for name, value in case["made"].items()}
        return
    url = cloudfront.sign(case["url"], **arguments(case))
    theirs = case["made"]
    # That SDK has the ID in front of the signature, AWS's documentation behind it.
    assert url.partition("Signature=")[0] == theirs.replace(f"Key-Pair-Id={KEY_ID}&", "").partition("Signature=")[0]
    assert sorted(parse_qsl(urlsplit(url).query)) == sorted(parse_qsl(urlsplit(theirs).query))
    assert url.endswith("&Hash-Algorithm=SHA256") is (case["algorithm"] == "SHA256")


@pytest.mark.parametrize("url", [URL, f"{HOST}/a/b%20c.jpg", f"{URL}?size=large&x=1", f"{HOST}/"])
def test_urls_that_need_no_encoding_are_botocore_s_byte_for_byte(url: str) -> None:
    private = keys.key("RSA")
    theirs = botocore.signers.CloudFrontSigner(KEY_ID, lambda message: keys.by_cryptography(private, message))
    end, start = datetime(2030, 1, 1, tzinfo=timezone.utc), datetime(2029, 1, 1, tzinfo=timezone.utc)
    assert signer().sign(url, until=end) == theirs.generate_presigned_url(url, end)
    for resource in (url, f"{HOST}/*"):
        for access in ({"since": start}, {"ip": "192.0.2.0/24"}, {"ip": "192.0.2.1"}):
            names = {"date_greater_than": access.get("since"), "ip_address": access.get("ip")}
            policy = theirs.build_policy(resource, end, **names)
            expected = theirs.generate_presigned_url(url, policy=policy)
            assert signer().sign(url, until=end, policy_resource=resource, **access) == expected


def test_botocore_signs_characters_that_no_viewer_sends() -> None:
    """The difference that docs/COMPATIBILITY.md states."""
    theirs = botocore.signers.CloudFrontSigner(KEY_ID, lambda message: message)
    url = theirs.generate_presigned_url(f"{HOST}/Größe.jpg", datetime(2030, 1, 1))
    assert url.startswith(f"{HOST}/Größe.jpg?")
    assert b"/Gr\\u00f6\\u00dfe.jpg" in decoded(parse_qs(urlsplit(url).query)["Signature"][0])
    assert check(signer().sign(f"{HOST}/Größe.jpg", expires_in=60), "RSA") == f"{HOST}/Gr%C3%B6%C3%9Fe.jpg"


@pytest.mark.parametrize("algorithm", ["SHA1", "SHA256"])
@pytest.mark.parametrize("kind", keys.KINDS)
def test_every_kind_of_signature_holds(kind: str, algorithm: str, tmp_path: Path) -> None:
    cloudfront = signer(kind, algorithm)
    private = keys.key(kind)
    for url in (URL, f"{HOST}/a b/ü?q=1 2"):
        for access in ({}, {"since": NOW - 5}, {"ip": "192.0.2.0/24"}, {"policy_resource": f"{HOST}/*"}):
            check(cloudfront.sign(url, expires_in=300, **access), kind, algorithm)
        # Once more by another program than pyca/cryptography.
        names = dict(parse_qsl(urlsplit(cloudfront.sign(url, expires_in=300, since=NOW)).query))
        signed = decoded(names["Signature"]), decoded(names["Policy"])
        assert keys.verify_by_openssl(tmp_path, private, *signed, algorithm)
    cookies = cloudfront.cookies(f"{HOST}/*", expires_in=300)
    policy, signature = decoded(cookies["CloudFront-Policy"]), decoded(cookies["CloudFront-Signature"])
    keys.verify(private, signature, policy, algorithm)
    assert cookies.get("CloudFront-Hash-Algorithm") == (None if algorithm == "SHA1" else algorithm)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="#")))
def test_any_path_is_signed_as_a_viewer_sends_it(text: str) -> None:
    try:
        url = signer("ECDSA").sign(f"{HOST}/{text}", expires_in=60)
    except ParamValidationError as error:
        assert "resolve the folders" in str(error) or "CloudFront's own" in str(error)  # noqa: PT017 - most pass
        return
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url
    base = check(url, "ECDSA")
    assert base.startswith(f"{HOST}/")
    # What is encoded already stays as it is.
    assert signer("ECDSA").sign(base, expires_in=60) == url


def test_one_policy_serves_many_urls_with_one_signature() -> None:
    messages: list[bytes] = []

    def sign(message: bytes) -> bytes:
        messages.append(message)
        return keys.by_cryptography(keys.key("RSA"), message)

    cloudfront = presigned.CloudFront(KEY_ID, sign)
    urls = [f"{HOST}/videos/{number}.ts" for number in range(1000)]
    made = cloudfront.sign_many(urls, expires_in=600, policy_resource=f"{HOST}/videos/*")
    assert len(messages) == 1
    assert [check(url, "RSA") for url in made] == urls
    assert policy_of(made[0]) == policy_of(made[-1])
    assert policy_of(made[0])["Statement"][0]["Resource"] == f"{HOST}/videos/*"
    assert cloudfront.sign_many([], expires_in=600, policy_resource=f"{HOST}/videos/*") == []
    assert len(messages) == 1


@pytest.mark.parametrize("kind", keys.KINDS)
def test_many_urls_have_the_signatures_that_each_would_have_alone(kind: str) -> None:
    cloudfront = signer(kind)
    urls = [f"{HOST}/{number}.jpg" for number in range(40)]
    for access in ({}, {"ip": "192.0.2.1"}, {"stable_for": 3600}):
        made = cloudfront.sign_many(iter(urls), expires_in=60, **access)
        assert made == [cloudfront.sign(url, expires_in=60, **access) for url in urls]
    assert cloudfront.sign_many([], expires_in=60) == []


@pytest.mark.parametrize(
    ("resource", "matches"),
    [
        (f"{HOST}/videos/*", True),
        (f"{HOST}/videos/cat.mp?", True),
        ("http*://d111111abcdef8.cloudfront.net/*", True),
        ("*", True),
        (URL, True),
        (f"{HOST}/videos/*.ts", False),
        (f"{HOST}/videos/cat.mp4?", False),
        (f"{HOST}/Videos/*", False),
        (f"{HOST}/videos", False),
        ("https://d222222abcdef8.cloudfront.net/*", False),
        (f"{HOST}/videos/[c]at.mp4", False),
        (f"{HOST}/videos/cat.m.4", False),
    ],
)
def test_a_policy_that_does_not_match_the_url_is_refused(resource: str, matches: bool) -> None:
    if matches:
        check(signer().sign(URL, expires_in=60, policy_resource=resource), "RSA")
    else:
        with pytest.raises(ParamValidationError, match="does not match"):
            signer().sign(URL, expires_in=60, policy_resource=resource)
        with pytest.raises(ParamValidationError, match="does not match"):
            signer().sign_many([f"{HOST}/videos", URL], expires_in=60, policy_resource=resource)


def test_patterns_are_encoded_as_browsers_encode_urls() -> None:
    cloudfront = signer()
    url = cloudfront.sign(f"{HOST}/Größe x/1?a=b", expires_in=60, policy_resource=f"{HOST}/Größe x/*")
    assert policy_of(url)["Statement"][0]["Resource"] == f"{HOST}/Gr%C3%B6%C3%9Fe%20x/*"
    cookies = cloudfront.cookies(f'{HOST}/"ü"/*', expires_in=60)
    assert json.loads(decoded(cookies["CloudFront-Policy"]))["Statement"][0]["Resource"] == f"{HOST}/%22%C3%BC%22/*"


def test_cookies_need_a_policy_of_their_own_only_for_patterns() -> None:
    plain = signer().cookies(f"{URL}?a=1", expires_in=60)
    assert list(plain) == ["CloudFront-Expires", "CloudFront-Signature", "CloudFront-Key-Pair-Id"]
    assert plain["CloudFront-Expires"] == str(NOW + 60)
    for access in ({"resource": f"{HOST}/*"}, {"resource": URL, "ip": "192.0.2.1"}, {"resource": URL, "since": NOW}):
        assert "CloudFront-Policy" in signer().cookies(expires_in=60, **access)
    assert list(signer(algorithm="SHA256").cookies(URL, expires_in=60))[-1] == "CloudFront-Hash-Algorithm"


def test_ends_and_beginnings_are_read_in_every_form() -> None:
    cloudfront = signer()
    end = datetime.fromtimestamp(NOW + 60, timezone.utc)
    lives: list[Any] = [{"expires_in": life} for life in (60, "60", timedelta(minutes=1))]
    lives += [{"until": instant} for instant in (NOW + 60, NOW + 60.9, end)]
    for access in lives:
        assert f"?Expires={NOW + 60}&" in cloudfront.sign(URL, **access)
    condition = policy_of(cloudfront.sign(URL, until=NOW + 60, since=NOW + 30, ip="192.0.2.77/24"))["Statement"][0]
    assert condition["Condition"] == {
        "DateLessThan": {"AWS:EpochTime": NOW + 60},
        "DateGreaterThan": {"AWS:EpochTime": NOW + 30},
        "IpAddress": {"AWS:SourceIp": "192.0.2.0/24"},
    }


@pytest.mark.parametrize("kind", keys.KINDS)
def test_a_stable_url_is_the_same_within_its_window_and_lives_longer_than_it_promises(kind: str, frozen: Any) -> None:
    life, window = 600, 3600
    seen: dict[str, list[int]] = {}
    begin = NOW // window * window
    for now in range(begin, begin + 2 * window, 150):
        frozen.move_to(datetime.fromtimestamp(now, timezone.utc))
        url = signer(kind).sign(URL, expires_in=life, stable_for=window)
        end = int(parse_qs(urlsplit(url).query)["Expires"][0])
        assert now + life < end <= now + life + window
        # The contract: the CRC-32 of what is signed, modulo the window.
        assert (end - life) % window == crc32(URL.encode()) % window
        seen.setdefault(url, []).append(now)
    assert len(seen) == 3
    assert all(times == list(range(times[0], times[-1] + 1, 150)) for times in seen.values())


def test_urls_under_one_pattern_are_stable_together() -> None:
    made = signer().sign_many(
        [URL, f"{HOST}/videos/2"], expires_in=60, stable_for=3600, policy_resource=f"{HOST}/videos/*"
    )
    end = policy_of(made[0])["Statement"][0]["Condition"]["DateLessThan"]["AWS:EpochTime"]
    assert (end - 60) % 3600 == crc32(f"{HOST}/videos/*".encode()) % 3600


END = {"expires_in": 60}
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({}, "either expires_in or until is needed"),
    ({"expires_in": 60, "until": NOW + 60}, "either expires_in or until is needed"),
    ({"expires_in": 0}, "at least one second"),
    ({"expires_in": -1}, "at least one second"),
    ({"expires_in": 1.5}, "not a whole number"),
    ({"expires_in": "soon"}, "not a whole number"),
    ({"expires_in": float("nan")}, "not a whole number"),
    ({"until": NOW}, "has passed"),
    ({"until": datetime(2030, 1, 1)}, "has no time zone"),
    ({"until": "2030-01-01"}, "neither a datetime nor seconds"),
    ({**END, "since": NOW + 60}, "begin when it has expired"),
    ({**END, "since": datetime(2030, 1, 1)}, "has no time zone"),
    ({**END, "ip": "::1"}, "no IPv4 address"),
    ({**END, "ip": "1.2.3"}, "no IPv4 address"),
    ({**END, "ip": "1.2.3.4/33"}, "no IPv4 address"),
    ({**END, "ip": '1.2.3.4"}'}, "no IPv4 address"),
    ({**END, "ip": ""}, "no IPv4 address"),
    ({**END, "stable_for": 0}, "at least one second"),
    ({**END, "stable_for": 1.5}, "not a whole number"),
    ({"until": NOW + 60, "stable_for": 60}, "Leave until out"),
    ({**END, "policy_resource": ""}, "a string with the URL"),
    ({**END, "policy_resource": 5}, "a string with the URL"),
    ({**END, "url": "d111111abcdef8.cloudfront.net/a"}, "begins with https://"),
    ({**END, "url": "rtmp://d/a"}, "begins with https://"),
    ({**END, "url": b"https://d/a"}, "a URL is a string"),
    ({**END, "url": f"{URL}#part"}, "do not send what is behind #"),
    ({**END, "url": f"{HOST}/a/../b"}, "resolve the folders"),
    ({**END, "url": f"{HOST}/%2e%2E/b"}, "resolve the folders"),
    ({**END, "url": "https://größe.example/a"}, "Punycode"),
    ({**END, "url": "https://user@example.com/a"}, "the host"),
    ({**END, "url": 'https://a"b/c'}, "the host"),
    ({**END, "url": "https:///c"}, "the host"),
    ({**END, "url": f"{HOST}/\ud800"}, "lone surrogate"),
    ({**END, "url": f"{HOST}/?\ud800"}, "lone surrogate"),
    ({**END, "policy_resource": "*\ud800"}, "lone surrogate"),
    *[({**END, "url": f"{URL}?a=1&{name}=2"}, "CloudFront's own")
      for name in ("Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm", "Key%2DPair%2DId")],
]  # fmt: skip


@pytest.mark.parametrize(("given", "said"), REFUSED, ids=lambda value: ascii(value)[:60])
def test_what_would_be_of_no_use_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ParamValidationError, match=re.escape(said)):
        signer("ECDSA").sign(**{"url": URL, **given})


def test_an_unknown_argument_is_refused() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'expires'"):
        signer("ECDSA").sign(URL, expires=5)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'expires'"):
        signer("ECDSA").cookies(URL, expires=5)  # type: ignore[call-arg]


@pytest.mark.parametrize("key_id", ["", "a b", "a&b=c", None, 5, "Größe", "-", "a\n"])
def test_a_key_id_that_cannot_be_is_refused(key_id: Any) -> None:
    with pytest.raises(ParamValidationError, match="is not the ID of a public key"):
        presigned.CloudFront(key_id, lambda message: message)


@pytest.mark.parametrize("algorithm", ["sha256", "SHA512", None, ""])
def test_another_algorithm_is_refused(algorithm: Any) -> None:
    with pytest.raises(ParamValidationError, match="is neither 'SHA1' nor 'SHA256'"):
        presigned.CloudFront(KEY_ID, lambda message: message, algorithm)


@pytest.mark.parametrize("kind", keys.KINDS)
def test_a_private_key_is_taken_in_every_form(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = keys.pem(keys.key(kind))
    path = tmp_path / "key.pem"
    path.write_bytes(pem)
    monkeypatch.chdir(tmp_path)
    expected = signer(kind).sign(URL, expires_in=60)
    forms: list[Any] = [pem, bytearray(pem), memoryview(pem), pem.decode(), path, str(path), "key.pem", Path("key.pem")]
    for form in forms:
        cloudfront = presigned.CloudFront(KEY_ID, form)
        assert cloudfront.sign(URL, expires_in=60) == expected
        assert repr(cloudfront) == f"<CloudFront {KEY_ID}, {kind}, SHA1>"
        with pytest.raises(TypeError):
            pickle.dumps(cloudfront)


def test_a_key_that_cannot_be_used_is_refused_without_being_shown(tmp_path: Path) -> None:
    bare = "".join(keys.pem(keys.key("ECDSA")).decode().splitlines()[1:-1])
    wrong: list[Any] = [bare, bare.encode(), b"", "\n", keys.pem(keys.key("RSA"))[:-40], None, 5, object()]
    wrong += [text for text, _ in keys.others().values()]
    for unusable in wrong:
        with pytest.raises(ParamValidationError, match="private_key") as caught:
            presigned.CloudFront(KEY_ID, unusable)
        assert bare[:20] not in str(caught.value)
        assert caught.value.__cause__ is None
    with pytest.raises(FileNotFoundError):
        presigned.CloudFront(KEY_ID, tmp_path / "missing.pem")


def test_a_function_may_sign_elsewhere() -> None:
    cloudfront = presigned.CloudFront(
        KEY_ID, lambda message: keys.by_cryptography(keys.key("ECDSA"), message, "SHA256"), "SHA256"
    )
    check(cloudfront.sign(URL, expires_in=60), "ECDSA", "SHA256")
    assert repr(cloudfront) == f"<CloudFront {KEY_ID}, a function, SHA256>"
    for answer in ("text", None, 5):
        with pytest.raises(TypeError, match="and not bytes"):
            presigned.CloudFront(KEY_ID, lambda _, answer=answer: answer).sign(URL, expires_in=60)  # type: ignore[misc]


def test_the_slash_of_a_host_alone_is_added() -> None:
    """Browsers send it. AWS's SDK for JavaScript signs the URL without it."""
    assert check(signer().sign(HOST, expires_in=60), "RSA") == f"{HOST}/"
    assert check(signer().sign(f"{HOST}?a=1", expires_in=60), "RSA") == f"{HOST}/?a=1"
