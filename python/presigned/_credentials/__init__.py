"""Keys to sign with: those of the environment, which most processes have, and the way to the others.

Nothing else of this folder is imported before it is needed: most processes never need it.
"""

from __future__ import annotations

import os

import presigned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import NoReturn

    from presigned._sources import Sources

    from .frozen import ReadOnlyCredentials

#: The older name of a session token comes first.
TOKENS = ("AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN")

#: What `metadata_settings` refuses, if it is wrong.
_OF_METADATA = (
    "ec2_metadata_service_endpoint",
    "ec2_metadata_service_endpoint_mode",
    "metadata_service_num_attempts",
    "metadata_service_timeout",
)


class Credentials:
    """An access key, its secret and the token of a session, in the shape of botocore's class.

    It prints its access key and nothing more, and refuses to be pickled: no secret gets into a
    file or another process by accident.
    """

    #: Adds to an error of a fetch which sources were asked before; set by the search that found the keys.
    tell: Callable[[Exception], None] | None = None

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

    def check_whole(self) -> None:
        """Refuses half a pair of keys; with one from a session, boto3 makes a client that can sign nothing.

        Raises:
            PartialCredentialsError: One is missing.
        """
        for name, value in (("aws_access_key_id", self.access_key), ("aws_secret_access_key", self.secret_key)):
            if value is None:
                raise presigned.exceptions.make("PartialCredentialsError", provider="explicit", cred_var=name)

    @property
    def expires_at(self) -> datetime | None:
        """When they stop working: never, as far as is known."""
        return None

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the keys as they are now."""
        from .frozen import ReadOnlyCredentials

        return ReadOnlyCredentials((self.access_key, self.secret_key, self.token, self.account_id))

    def get_deferred_property(self, property_name: str) -> Callable[[], object]:
        """Returns a function that reads an attribute at its call; botocore's clients ask so for the account."""
        return lambda: getattr(self, property_name, None)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(access_key={self.access_key!r}, method={self.method!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it holds a secret key")


def are_in_environment(sources: Sources) -> bool:
    """Whether the environment comes first, and nothing is to be looked at before it.

    boto3 refuses wrong settings of the metadata service whoever has the keys: where there are any,
    the chain looks at them.
    """
    if sources.profile is not None:
        return False
    environ, section = os.environ, sources.section
    return not any("AWS_" + option.upper() in environ or option in section for option in _OF_METADATA)


def of_environment() -> Credentials | None:
    """Reads the keys of the environment; `None` where it names none.

    Raises:
        PartialCredentialsError: There is an access key without its secret.
    """
    environ = os.environ
    access_key = environ.get("AWS_ACCESS_KEY_ID")
    if not access_key:
        return None
    secret_key = environ.get("AWS_SECRET_ACCESS_KEY")
    if not secret_key:
        raise presigned.exceptions.make("PartialCredentialsError", provider="env", cred_var="AWS_SECRET_ACCESS_KEY")
    if environ.get("AWS_CREDENTIAL_EXPIRATION"):
        from . import expiring_environment

        return expiring_environment.load()
    token = next((value for name in TOKENS if (value := environ.get(name))), None)
    return Credentials(access_key, secret_key, token, "env", environ.get("AWS_ACCOUNT_ID") or None)
