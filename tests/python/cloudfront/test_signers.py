"""`presigned.signers.CloudFrontSigner` gives what botocore's class of this name gives, byte for byte, errors too."""

from __future__ import annotations

import inspect
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from typing import Any

import botocore.signers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudfront import keys
from presigned.signers import CloudFrontSigner

URL = "https://d111111abcdef8.cloudfront.net/cat.jpg"
END = datetime(2030, 1, 1)
URLS = [
    URL, f"{URL}?size=large", f"{URL}?", f"{URL}#frag", f"{URL}#frag?x", "", "no url", f"{URL}?a=Größe b", f"{URL}\n",
    "https://d/\ud800", "https://d/\U0001f389", b"https://d/", None, 5,
]  # fmt: skip
INSTANTS = [
    END, datetime(2030, 1, 1, 12, 0, 0, 999_999), END.replace(tzinfo=timezone(timedelta(hours=5, minutes=30))),
    END.replace(tzinfo=timezone.utc), datetime(1, 1, 1), datetime.max, datetime(1960, 1, 1, 0, 0, 0, 500_000),
    date(2030, 1, 1), 5, "2030-01-01", 0, "",
]  # fmt: skip
POLICIES = [
    '{"Statement":[]}',
    "",
    b"bytes",
    "Größe",
    {"Statement": []},
    5,
    "\ud800",
    bytearray(b"a"),
    memoryview(b"b"),
]
ADDRESSES = [None, "", "192.0.2.7", "192.0.2.0/24", "::1", "Größe", 5, b"1.2.3.4", ["/"]]
SIGNATURES: list[Any] = [bytes(range(256)), b"", b"\xfb\xff\xbf", bytearray(b"abc"), "text", None]


def outcome(call: Any) -> Any:
    """The result of a call, or class and text of its error."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - any error is compared
        return type(error), str(error)


def both(call: Any, signer: Any = lambda message: b"sig:" + bytes(message), key_id: Any = "K2JCJMDEHXQW5F") -> Any:
    """What a call gives with botocore's class; it must give the same with ours."""
    theirs = outcome(lambda: call(botocore.signers.CloudFrontSigner(key_id, signer)))
    ours = outcome(lambda: call(CloudFrontSigner(key_id, signer)))
    assert ours == theirs
    return ours


@pytest.mark.parametrize("url", URLS)
def test_urls_are_signed_alike(url: Any) -> None:
    for instant in INSTANTS:
        both(lambda signer: signer.generate_presigned_url(url, instant))  # noqa: B023
        both(lambda signer: signer.generate_presigned_url(url, date_less_than=instant, policy=None))  # noqa: B023
    for policy in POLICIES:
        both(lambda signer: signer.generate_presigned_url(url, policy=policy))  # noqa: B023


def test_exactly_one_of_both_is_needed() -> None:
    error = both(lambda signer: signer.generate_presigned_url(URL))
    assert error == (ValueError, "Need to provide either date_less_than or policy, but not both")
    assert both(lambda signer: signer.generate_presigned_url(URL, END, "")) == error
    assert both(lambda signer: signer.generate_presigned_url(URL, END, "{}")) == error
    both(lambda signer: signer.generate_presigned_url())
    both(lambda signer: signer.key_id)


def test_policies_are_written_alike() -> None:
    for resource in [*URLS, "https://d/*", "*"]:
        for address in ADDRESSES:
            both(lambda signer: signer.build_policy(resource, END, ip_address=address))  # noqa: B023
        for instant in INSTANTS:
            both(lambda signer: signer.build_policy(resource, instant, END, "1.2.3.4"))  # noqa: B023
            both(lambda signer: signer.build_policy(resource, END, instant, "1.2.3.4"))  # noqa: B023
    assert "IpAddress" in both(lambda signer: signer.build_policy("*", END, END, "1.2.3.4"))


@given(st.text(), st.datetimes(), st.none() | st.datetimes(), st.none() | st.text(), st.binary())
def test_any_arguments_give_the_same(
    text: str, end: datetime, start: datetime | None, address: str | None, signature: bytes
) -> None:
    both(lambda signer: signer.generate_presigned_url(text, end), lambda _: signature, text)
    both(
        lambda signer: signer.generate_presigned_url(text, policy=signer.build_policy(text, end, start, address)),
        lambda _: signature,
    )


@pytest.mark.parametrize("signature", SIGNATURES)
def test_any_answer_of_the_function_gives_the_same(signature: Any) -> None:
    both(lambda signer: signer.generate_presigned_url(URL, END), lambda _: signature)


@pytest.mark.parametrize("kind", keys.KINDS)
def test_a_real_key_gives_the_same(kind: str) -> None:
    made: dict[bytes, bytes] = {}

    def sign(message: bytes) -> bytes:
        # ECDSA is random in pyca/cryptography: the same message gets the same signature here.
        return made.setdefault(message, keys.by_cryptography(keys.key(kind), message))

    url = both(lambda signer: signer.generate_presigned_url(URL, END), sign)
    assert url.startswith(f"{URL}?Expires=1893456000&Signature=")
    assert url.endswith("&Key-Pair-Id=K2JCJMDEHXQW5F")


def test_subclasses_and_replaced_methods_have_the_same_effect() -> None:
    def call(signer: Any) -> str:
        class Own(type(signer)):  # type: ignore[misc]
            def build_policy(self, resource: str, *args: Any, **kwargs: Any) -> str:
                return str(super().build_policy(resource + "*", *args, **kwargs))

            def _build_url(self, base_url: str, extra_params: list[str]) -> str:
                return base_url + "!" + "!".join(extra_params)

            def _url_b64encode(self, data: bytes) -> bytes:
                return bytes(super()._url_b64encode(data)[::-1])

        own = Own(signer.key_id, lambda message: message)
        return str(own.generate_presigned_url(URL, END) + own.generate_presigned_url(URL, policy="x"))

    assert "!Signature=" in both(call)


def test_the_methods_take_the_same_arguments() -> None:
    for name in ("__init__", "generate_presigned_url", "build_policy", "_build_url", "_url_b64encode"):
        theirs, ours = (
            [(one.name, one.kind, one.default) for one in inspect.signature(getattr(kind, name)).parameters.values()]
            for kind in (botocore.signers.CloudFrontSigner, CloudFrontSigner)
        )
        assert ours == theirs


def test_no_extension_module_is_loaded() -> None:
    program = """
import sys
from datetime import datetime
import presigned
signer = presigned.signers.CloudFrontSigner("K2JCJMDEHXQW5F", lambda message: b"a")
assert signer.generate_presigned_url("https://d/a", datetime(2030, 1, 1)).startswith("https://d/a?Expires=1893456000&")
assert not [name for name in sys.modules if name.startswith(("presigned._", "boto"))], sorted(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
