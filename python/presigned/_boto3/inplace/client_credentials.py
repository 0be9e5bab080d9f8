"""Asks a client's own credentials object for the credentials, each time, as the client itself would."""

from __future__ import annotations

from presigned._credentials.provided import ProvidedCredentials
from presigned._credentials.provided_base import checked_credentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._core import FrozenCredentials


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

    def answer(self, access_key: object, secret_key: object, token: object) -> FrozenCredentials:
        """Turns strings that the provider has shown into credentials."""
        return checked_credentials(self.provider, access_key, secret_key, token)

    def fail(self, error: Exception) -> None:
        """Takes what the provider has raised.

        Raises:
            ClientCredentialsError: Always.
        """
        raise ClientCredentialsError(error) from error


class AwaitedClientCredentials(ProvidedCredentials):
    """The credentials of a client of aiobotocore, which were awaited before."""

    #: What the credentials object answered last.
    frozen: Any = None

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns what was awaited."""
        frozen = self.frozen
        return self._answer(frozen.access_key, frozen.secret_key, frozen.token)
