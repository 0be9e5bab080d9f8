"""Keys to sign with: those of the environment, which most processes have, and the way to the others."""

from __future__ import annotations

import os

import presigned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from ._frozen import ReadOnlyCredentials
    from ._sources import Sources

#: The older name of a session token comes first.
_TOKENS = ("AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN")


class Credentials:
    """An access key, its secret and the token of a session, in the shape of botocore's class.

    It prints its access key and nothing more, and refuses to be pickled: no secret gets into a
    file or another process by accident.
    """

    def __init__(
        self,
        access_key: str,
        secret_key: str,
        token: str | None = None,
        method: str | None = None,
        account_id: str | None = None,
    ) -> None:
        self.access_key = access_key
        self.secret_key = secret_key
        self.token = token
        #: Which source they came from, in botocore's words.
        self.method: str = "explicit" if method is None else method
        self.account_id = account_id

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the keys as they are now."""
        from ._frozen import ReadOnlyCredentials

        return ReadOnlyCredentials((self.access_key, self.secret_key, self.token, self.account_id))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(access_key={self.access_key!r}, method={self.method!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it holds a secret key")


def load(sources: Sources) -> Credentials | None:
    """Asks each source in boto3's order; `None` where none has anything.

    Raises:
        PartialCredentialsError: A source has an access key without its secret.
        CredentialRetrievalError: A source comes next that is not read here.
    """
    # A profile that was asked for by name beats the environment; AWS_PROFILE does not.
    found = _environment() if sources.profile is None else None
    if found is None:
        from . import _credential_files

        found = _credential_files.load(sources)
    return found


def _environment() -> Credentials | None:
    environ = os.environ
    access_key = environ.get("AWS_ACCESS_KEY_ID")
    if not access_key:
        return None
    secret_key = environ.get("AWS_SECRET_ACCESS_KEY")
    if not secret_key:
        raise presigned.exceptions.make("PartialCredentialsError", provider="env", cred_var="AWS_SECRET_ACCESS_KEY")
    token = next((value for name in _TOKENS if (value := environ.get(name))), None)
    if expiry := environ.get("AWS_CREDENTIAL_EXPIRATION"):
        _check_expiry(expiry)
    return Credentials(access_key, secret_key, token, "env", environ.get("AWS_ACCOUNT_ID") or None)


def _check_expiry(text: str) -> None:
    """Refuses keys of the environment that are no longer valid, in botocore's words."""
    from datetime import datetime, timezone

    try:
        expiry = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise ValueError(f"AWS_CREDENTIAL_EXPIRATION is not a timestamp: {text}") from error
    if expiry.tzinfo is None:
        expiry = expiry.replace(tzinfo=timezone.utc)
    if expiry <= datetime.now(timezone.utc):
        raise RuntimeError("Credentials were refreshed, but the refreshed credentials are still expired.")
