"""Asks a client's own credentials object for the credentials, each time, as the client itself would."""

from __future__ import annotations

import botocore.credentials

from presigned._core import Unchanged
from presigned._credentials import Credentials
from presigned._credentials.provided import ProvidedCredentials
from presigned._credentials.provided_base import checked_credentials

from .group import namespace
from .origin import origin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._core import FrozenCredentials


#: What a client calls, and what that makes, with `origin` of each in an untouched botocore.
_ASKS = ("get_frozen_credentials", "function botocore.credentials.Credentials.get_frozen_credentials")
_OWN = ("get_frozen_credentials", "function presigned._credentials.Credentials.get_frozen_credentials")
_SHOWS = ("ReadOnlyCredentials", "class botocore.credentials.ReadOnlyCredentials")
#: What a client's credentials show.
_ATTRIBUTES = ("access_key", "account_id", "secret_key", "token")
#: What presigned's own show them by.
SHOWING = (_OWN[0], "access_key", "secret_key", "token")
#: The class of the attributes that the native part of presigned's credentials keeps.
_HELD = type(vars(Credentials)["access_key"])


class ClientCredentialsError(Exception):
    """The error of the client's credentials object. A second attempt would not help."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class ClientCredentials(ProvidedCredentials):
    """The credentials of a client of boto3 or botocore. The extension asks `provider` itself, and calls the rest."""

    __slots__ = ("plain",)

    #: What tells the extension to ask.
    _native = "asked"

    def __init__(self, provider: Any) -> None:
        super().__init__(provider)
        #: The provider's class and the names that must be unchanged, if the extension may read it without a call.
        self.plain = _plain(provider)

    def answer(self, access_key: object, secret_key: object, token: object) -> FrozenCredentials:
        """Turns strings that the provider has shown into credentials."""
        return checked_credentials(self.provider, access_key, secret_key, token)

    def fail(self, error: Exception) -> None:
        """Takes what the provider has raised.

        Raises:
            ClientCredentialsError: Always.
        """
        raise ClientCredentialsError(error) from error


def _plain(provider: Any) -> tuple[type, Unchanged] | None:
    """What makes an object of botocore's plainest class show its attributes and no more; `None` for other classes.

    Returns:
        The class, and the names that must be unchanged.
    """
    kind, module = type(provider), vars(botocore.credentials)
    if kind is not module.get("Credentials"):
        return None
    names = namespace(kind)
    if not names.keys().isdisjoint((*_ATTRIBUTES, "__getattr__", "__getattribute__")):
        return None
    same = []
    for found, (name, expected) in ((names, _ASKS), (module, _SHOWS)):
        if origin(found.get(name)) != expected:
            return None
        same.append((found, name, found[name]))
    shown = namespace(module[_SHOWS[0]])
    same += [(shown, name, shown[name]) for name in ("__new__", *_ATTRIBUTES) if name in shown]
    return kind, Unchanged(same, [], [names], [])


def are_own(credentials: Any) -> bool:
    """Whether these are credentials of presigned, whose native part the extension shares with their clients."""
    return type(credentials) is Credentials


def sign_as_they_are() -> bool:
    """Whether the class of presigned's credentials has its own method and attributes."""
    name, expected = _OWN
    names = vars(Credentials)
    are_held = all(type(names.get(part)) is _HELD for part in ("access_key", "secret_key", "token"))
    return are_held and origin(names.get(name)) == expected and "__getattribute__" not in names


def signs_alone(credentials: Credentials) -> bool:
    """Whether a program has replaced no method of one such object, and deleted nothing that the method reads."""
    return _ASKS[0] not in vars(credentials) and "account_id" in vars(credentials)


class AwaitedClientCredentials(ProvidedCredentials):
    """The credentials of a client of aiobotocore, which were awaited before."""

    #: What the credentials object answered last.
    frozen: Any = None

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns what was awaited."""
        frozen = self.frozen
        return self._answer(frozen.access_key, frozen.secret_key, frozen.token)
