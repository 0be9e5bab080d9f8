"""Reads private keys, and signs with them, or has a function of the program sign."""

from __future__ import annotations

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from presigned import _asymmetric

    Key: TypeAlias = _asymmetric.PrivateKey | Callable[[bytes], bytes]

#: How many signatures a thread makes at least: to start one takes a tenth of a millisecond.
_SHARES = {"RSA": 1, "ECDSA": 16}
#: A longer string without a dot is a key that has lost its first line, rather than a path.
_LONGEST_PATH = 100


def is_id(given: Any) -> bool:
    """Whether something may be the ID of a public key."""
    name = given.replace("-", "").replace("_", "") if isinstance(given, str) else ""
    return name.isascii() and name.isalnum()


def key_of(given: Any) -> Key:
    """Reads a private key.

    Raises:
        ParamValidationError: It cannot be used.
        OSError: Its file cannot be read.
    """
    if callable(given):
        function: Key = given
        return function
    from presigned import _asymmetric

    try:
        return _asymmetric.PrivateKey.from_pem(_pem(given))
    except ValueError as error:
        raise make("ParamValidationError", report=f"Invalid value for parameter private_key: {error}") from None


def _pem(given: Any) -> bytes:
    """The text of a key.

    Raises:
        ValueError: It is neither a key nor a path. It is not shown.
    """
    if isinstance(given, bytes | bytearray | memoryview):
        return bytes(given)
    if isinstance(given, str):
        if "-----BEGIN" in given or "\n" in given or (len(given) > _LONGEST_PATH and "." not in given):
            return given.encode("utf-8", "replace")
    elif not hasattr(given, "__fspath__"):
        raise ValueError(f"it is PEM, a path or a function, and not {type(given)}")
    with open(given, "rb") as file:  # noqa: PTH123 - it takes strings too
        content: bytes = file.read()
    return content


def signatures(key: Key, messages: list[bytes], algorithm: str) -> list[bytes]:
    """The signatures of messages, in their order.

    Raises:
        TypeError: The function returned something else than bytes.
    """
    if callable(key):
        return [_checked(key(message)) for message in messages]
    if len(messages) == 1:
        return [key.sign(messages[0], algorithm)]
    return key.sign_many(messages, algorithm, min(_processors(), len(messages) // _SHARES[key.kind] or 1))


def _checked(signature: Any) -> bytes:
    if not isinstance(signature, bytes | bytearray | memoryview):
        raise TypeError(f"the function that signs returned {type(signature)}, and not bytes")
    return bytes(signature)


def _processors() -> int:
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def kind_of(key: Key) -> str:
    """What a key is, without a character of it."""
    return "a function" if callable(key) else key.kind
