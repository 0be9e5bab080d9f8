"""Asks a client's own credentials object for the credentials, each time, as the client itself would."""

from __future__ import annotations

from presigned._credentials.provided import ProvidedCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._core import Keys


class ClientCredentialsError(Exception):
    """The error of the client's credentials object. A second attempt would not help."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class ClientCredentials(ProvidedCredentials):
    """The credentials of a client of boto3 or botocore."""

    def current(self) -> tuple[Keys, float]:
        """Asks for frozen credentials.

        Raises:
            ClientCredentialsError: The credentials object raised something.
        """
        try:
            frozen = self.provider.get_frozen_credentials()
        except Exception as error:
            raise ClientCredentialsError(error) from error
        return self._answer(frozen.access_key, frozen.secret_key, frozen.token)


class AwaitedClientCredentials(ProvidedCredentials):
    """The credentials of a client of aiobotocore, which were awaited before."""

    #: What the credentials object answered last.
    frozen: Any = None

    def current(self) -> tuple[Keys, float]:
        """Returns what was awaited."""
        frozen = self.frozen
        return self._answer(frozen.access_key, frozen.secret_key, frozen.token)
