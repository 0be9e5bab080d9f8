"""The native module reads private keys in every format, says what is wrong with others, and signs as others verify."""

from __future__ import annotations

import base64
import copy
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import PrivateFormat

from cloudfront import keys
from presigned import _asymmetric

MESSAGES = [b"", b"a", bytes(range(256)), b"x" * 5000]


def load(kind: str) -> _asymmetric.PrivateKey:
    """A key of the tests, as the native module has it."""
    return _asymmetric.PrivateKey.from_pem(keys.pem(keys.key(kind)))


@pytest.mark.parametrize("algorithm", ["SHA1", "SHA256"])
@pytest.mark.parametrize("form", keys.FORMS)
@pytest.mark.parametrize("kind", keys.KINDS)
def test_signatures_hold(kind: str, form: str, algorithm: str, tmp_path: Path) -> None:
    private = keys.key(kind)
    loaded = _asymmetric.PrivateKey.from_pem(keys.pem(private, keys.FORMS[form]))
    assert loaded.kind == kind
    for message in MESSAGES:
        signature = loaded.sign(message, algorithm)
        keys.verify(private, signature, message, algorithm)
        assert keys.verify_by_openssl(tmp_path, private, signature, message, algorithm)
        assert not keys.verify_by_openssl(tmp_path, private, signature, message + b"!", algorithm)
        with pytest.raises(InvalidSignature):
            keys.verify(private, signature, message + b"!", algorithm)


@pytest.mark.parametrize("algorithm", ["SHA1", "SHA256"])
def test_rsa_signatures_are_those_of_others_and_ecdsa_repeats_its_own(algorithm: str) -> None:
    for message in MESSAGES:
        assert load("RSA").sign(message, algorithm) == keys.by_cryptography(keys.key("RSA"), message, algorithm)
        assert load("ECDSA").sign(message, algorithm) == load("ECDSA").sign(message, algorithm)


def test_the_key_of_an_ecdsa_signature_is_that_of_rfc_6979() -> None:
    """The example of its appendix A.2.5 for SHA-256."""
    number = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
    private = ec.derive_private_key(number, ec.SECP256R1())
    signature = _asymmetric.PrivateKey.from_pem(keys.pem(private)).sign(b"sample", "SHA256")
    assert decode_dss_signature(signature) == (
        0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,
        0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8,
    )


def test_other_keys_are_refused_in_words_that_help_and_show_nothing_of_them() -> None:
    for name, (text, said) in keys.others().items():
        with pytest.raises(ValueError, match="key") as caught:
            _asymmetric.PrivateKey.from_pem(text)
        message = str(caught.value)
        assert said in message, name
        lines = [line for line in text.split() if len(line) > 20 and b"-----" not in line]
        assert not [line for line in lines if line.decode("latin-1") in message], name


@pytest.mark.parametrize("kind", keys.KINDS)
def test_what_is_around_the_key_does_not_matter(kind: str) -> None:
    good = keys.pem(keys.key(kind), PrivateFormat.TraditionalOpenSSL)
    head, *body, end = good.splitlines()
    forms = {
        "line ends of Windows": good.replace(b"\n", b"\r\n"),
        "no last line end": good.rstrip(),
        "one long line": b"\n".join([head, b"".join(body), end]),
        "indented": b"\n".join(b"    " + line for line in good.splitlines()),
        "parameters of the curve": b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
        + good,
        "words before and after": b"Bag Attributes\n  friendlyName: key\n" + good + b"and so on\n",
        "its public key before it": keys.public(keys.key(kind)) + good,
    }
    for name, text in forms.items():
        assert _asymmetric.PrivateKey.from_pem(text).sign(b"a", "SHA1") == load(kind).sign(b"a", "SHA1"), name


def test_a_key_whose_numbers_do_not_fit_is_refused() -> None:
    private = keys.key("RSA")
    assert not isinstance(private, ec.EllipticCurvePrivateKey)
    content = keys.pem(private, PrivateFormat.TraditionalOpenSSL).split(b"-----")[2]
    der = bytearray(base64.b64decode(content))
    number = private.private_numbers().p.to_bytes(128, "big")
    der[der.index(number) + 64] ^= 1
    block = base64.encodebytes(bytes(der)).decode()
    text = f"-----BEGIN RSA PRIVATE KEY-----\n{block}-----END RSA PRIVATE KEY-----\n"
    with pytest.raises(ValueError, match="its numbers do not fit together"):
        _asymmetric.PrivateKey.from_pem(text.encode())


@pytest.mark.parametrize("kind", keys.KINDS)
@pytest.mark.parametrize("threads", [0, 1, 2, 3, 7, 100])
def test_many_messages_are_signed_in_their_order_by_any_number_of_threads(kind: str, threads: int) -> None:
    private = load(kind)
    messages = [b"%d" % number for number in range(7)]
    for count in (0, 1, 2, 6, 7):
        expected = [private.sign(message, "SHA256") for message in messages[:count]]
        assert private.sign_many(messages[:count], "SHA256", threads) == expected


@pytest.mark.parametrize("kind", keys.KINDS)
def test_a_key_is_not_shown_copied_or_pickled(kind: str) -> None:
    private = load(kind)
    assert repr(private) == f"<presigned._asymmetric.PrivateKey: {kind}>"
    for act in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            act(private)
    with pytest.raises(AttributeError):
        private.kind = "other"  # type: ignore[misc,assignment]


def test_another_algorithm_is_refused() -> None:
    for name in ("sha1", "SHA512", ""):
        with pytest.raises(ValueError, match="must be SHA1 or SHA256"):
            load("ECDSA").sign(b"a", name)
        with pytest.raises(ValueError, match="must be SHA1 or SHA256"):
            load("ECDSA").sign_many([b"a"], name, 2)


def test_threads_share_a_key() -> None:
    private = load("ECDSA")
    expected = private.sign(b"a", "SHA256")
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(private.sign(b"a", "SHA256"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_the_key_of_sigv4a_is_the_same_each_time_and_for_each_pair_of_keys_another() -> None:
    pairs = [(f"AKID{number % 20}", f"secret {number % 20}") for number in range(60)]
    made = [_asymmetric.sigv4a_signature(*pair, b"a") for pair in pairs]
    assert made[:20] == made[20:40] == made[40:]
    assert len(set(made)) == 20
    assert _asymmetric.sigv4a_signature("AKID1s", "ecret 1", b"a") != _asymmetric.sigv4a_signature(
        "AKID1", "secret 1", b"a"
    )


def test_a_fork_signs_as_its_parent() -> None:
    program = """
        import os, sys
        from presigned import _asymmetric
        mine = _asymmetric.sigv4a_signature("AKID", "secret", b"a")
        child = os.fork()
        if not child:
            os._exit(mine != _asymmetric.sigv4a_signature("AKID", "secret", b"a"))
        sys.exit(os.waitpid(child, 0)[1])
    """
    lines = "\n".join(line.strip() for line in program.splitlines()).replace("if not child:\n", "if not child: ")
    subprocess.run([sys.executable, "-c", lines], check=True)
