"""Asks a client's own credentials object for the credentials, each time, as the client itself would."""

from __future__ import annotations

import botocore.credentials

from presigned._credentials import Credentials
from presigned._credentials.provided import ProvidedCredentials
from presigned._credentials.provided_base import checked_credentials

from .group import namespace, unchanged
from .origin import origin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._core import FrozenCredentials, Unchanged


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

    __slots__ = ()

    #: What tells the extension to ask.
    _native = "asked"

    def answer(
        self, access_key: object, secret_key: object, token: object
    ) -> tuple[FrozenCredentials, tuple[type, Unchanged] | None]:
        """Turns what the provider has shown into credentials.

        Returns:
            The credentials; and the provider's class and the names by which the extension can tell without a call that
            it would show the same, if it can.
        """
        shown = {"access_key": access_key, "secret_key": secret_key, "token": token}
        return checked_credentials(self.provider, access_key, secret_key, token), _known(self.provider, shown)

    def fail(self, error: Exception) -> None:
        """Takes what the provider has raised.

        Raises:
            ClientCredentialsError: Always.
        """
        raise ClientCredentialsError(error) from error


def _known(provider: Any, shown: dict[str, object]) -> tuple[type, Unchanged] | None:
    """What an object of botocore's plainest class consists of while it shows this; `None` for other classes."""
    kind, module = type(provider), vars(botocore.credentials)
    if kind is not module.get("Credentials"):
        return None
    names, own = namespace(kind), vars(provider)
    if not names.keys().isdisjoint((*_ATTRIBUTES, "__getattr__", "__getattribute__")):
        return None
    same = []
    for found, (name, expected) in ((names, _ASKS), (module, _SHOWS)):
        if origin(found.get(name)) != expected:
            return None
        same.append((found, name, found[name]))
    tuples = namespace(module[_SHOWS[0]])
    same += [(tuples, name, tuples[name]) for name in ("__new__", *_ATTRIBUTES) if name in tuples]
    seen = own.copy()
    # To look any other name up might run the program's code.
    are_names = all(type(name) is str for name in seen) and "account_id" in seen and _ASKS[0] not in seen
    if not are_names or any(seen.get(name, _ASKS) is not part for name, part in shown.items()):
        return None
    same += [(own, *item) for item in seen.items()]
    compared = unchanged(same, [(names, len(names)), (own, len(seen))], [])
    # Another thread may have changed something meanwhile.
    return (kind, compared) if compared.is_so() else None


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
