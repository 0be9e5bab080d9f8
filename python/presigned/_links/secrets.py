"""The keys that signatures are checked with, and how secrets are kept out of messages."""

from __future__ import annotations

import re

from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: In place of what is not shown.
HIDDEN = "…"
#: A pair and a triple of keys.
_PAIR, _TRIPLE = 2, 3
#: Shorter values are no secrets, and would hide parts of words.
_SHORTEST_SECRET = 8
_PARAMETERS = re.compile(
    r"((?:x-amz-(?:signature|security-token|s3session-token)|signature|policy)(?:=|%3D|[\"']?: ?[\"']?))"
    r"[^&\s\"'<>,]{16,}",
    re.IGNORECASE,
)
_ELEMENTS = re.compile(r"(<(Token-\d+|SessionToken|SignatureProvided)>)[^<]*")


class Keys(Record):
    """An access key and its secret; the token, if it is known whether there is one."""

    __slots__ = ("access_key_id", "is_token_known", "secret", "token")
    access_key_id: str
    secret: str
    token: str | None
    is_token_known: bool

    def __init__(self, access_key_id: str, secret: str, token: str | None, *, is_token_known: bool = True) -> None:
        self.access_key_id = access_key_id
        self.secret = secret
        self.token = token
        self.is_token_known = is_token_known

    def __repr__(self) -> str:
        return f"<Keys {self.access_key_id}>"


def lookup(credentials: Any) -> Callable[[str], Keys | None]:
    """What finds the keys of an access key.

    Args:
        credentials: An object with `access_key`, `secret_key` and `token`; a session of boto3 or presigned, which has
            such an object; a tuple of access key, secret key and perhaps token; or a function that takes an access key
            and returns its secret, such an object or tuple, or `None` if it does not know the key.

    Raises:
        TypeError: It is something else.
    """
    if callable(credentials) and not hasattr(credentials, "secret_key"):

        def asked(access_key_id: str) -> Keys | None:
            try:
                found = credentials(access_key_id)
            except KeyError:
                # A dictionary's own method was given.
                return None
            if isinstance(found, (str, bytes)):
                return Keys(access_key_id, _text(found), None, is_token_known=False)
            return None if found is None else _owned_by(access_key_id, _keys(found))

        return asked
    keys = _keys(credentials)
    return lambda access_key_id: _owned_by(access_key_id, keys)


def _owned_by(access_key_id: str, keys: Keys) -> Keys | None:
    return keys if keys.access_key_id == access_key_id else None


def _keys(credentials: Any) -> Keys:
    if not hasattr(credentials, "secret_key") and hasattr(credentials, "get_credentials"):
        credentials = credentials.get_credentials()
    if hasattr(credentials, "get_frozen_credentials"):
        # Credentials with an expiry: the three values of one moment.
        credentials = credentials.get_frozen_credentials()
    if hasattr(credentials, "secret_key"):
        parts = credentials.access_key, credentials.secret_key, getattr(credentials, "token", None)
    elif isinstance(credentials, (tuple, list)) and len(credentials) in {_PAIR, _TRIPLE}:
        parts = credentials[0], credentials[1], credentials[2] if len(credentials) == _TRIPLE else None
    else:
        raise TypeError(
            "credentials must be an object with access_key, secret_key and token, a tuple of these, or a function that "
            f"returns the secret of an access key, not {type(credentials)}"
        )
    access_key_id, secret, token = parts
    if not isinstance(access_key_id, str) or not isinstance(secret, str) or not isinstance(token, (str, type(None))):
        raise TypeError("access_key, secret_key and token must be strings")
    return Keys(access_key_id, secret, token or None)


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode()


def hide(text: str, *secrets: str | None) -> str:
    """A message without secrets: without the given ones, and without what is one by its name."""
    for secret in secrets:
        if secret and len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, HIDDEN)
    text = _PARAMETERS.sub(rf"\1{HIDDEN}", text)
    return _ELEMENTS.sub(rf"\1{HIDDEN}", text)
