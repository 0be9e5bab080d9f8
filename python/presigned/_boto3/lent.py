"""What a client of ours signs with, as botocore's clients ask for it; whoever fetches keys goes on to do so."""

from __future__ import annotations

from copy import copy

from botocore.credentials import Credentials, ReadOnlyCredentials

from presigned._credentials.absent import Absent
from presigned._credentials.lent import adopt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._client import Settled


def credentials_of(settled: Settled) -> Any:
    """The credentials object of boto3's client: the session's own where the client was given none."""
    keys = settled.keys
    source = keys["source"]
    if source is not None:
        return None if isinstance(source, Absent) else Lent(source)
    if keys["access_key"] is None:
        return None
    if settled.arguments.get("aws_access_key_id") is not None:
        return Credentials(keys["access_key"], keys["secret_key"], keys["session_token"], method="explicit")
    shared = settled.session._presigned.shared_credentials()  # noqa: SLF001 - ours
    return Lent(shared)


def session_with(session: Any, lender: Any) -> Any:
    """Makes a session of boto3's like another, for clients that sign with what somebody has to lend."""
    # The session itself stays as it is.
    made = copy(session)
    made._session = copy(session._session)  # noqa: SLF001 - boto3 has no other way
    found = lender if isinstance(lender, Absent) else adopt(lender)
    made._session._credentials = None if isinstance(found, Absent) else Lent(found)  # noqa: SLF001 - the same
    return made


class Lent(Credentials):  # type: ignore[misc] # botocore has no types
    """Each question goes to our credentials."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self.method = source.method

    def get_frozen_credentials(self) -> Any:
        """Returns the keys as they are now."""
        keys = self._source.current()[0] if hasattr(self._source, "current") else self._source.get_frozen_credentials()
        values = {"account_id": keys.account_id} if "account_id" in ReadOnlyCredentials._fields else {}
        return ReadOnlyCredentials(keys.access_key, keys.secret_key, keys.token, **values)

    def __getattribute__(self, name: str) -> Any:
        """Answers for the keys themselves, which botocore's class keeps as attributes."""
        if name in ("access_key", "secret_key", "token", "account_id"):
            return getattr(self.get_frozen_credentials(), name, None)
        return super().__getattribute__(name)
