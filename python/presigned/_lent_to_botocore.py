"""Our credentials as botocore's clients ask for them; whoever fetches them goes on to manage them."""

from __future__ import annotations

from copy import copy

from botocore.credentials import Credentials, ReadOnlyCredentials

from ._credentials.absent import Absent
from ._credentials.lent import adopt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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
        keys = self._source.current()[0]
        values = {"account_id": keys.account_id} if "account_id" in ReadOnlyCredentials._fields else {}
        return ReadOnlyCredentials(keys.access_key, keys.secret_key, keys.token, **values)

    def __getattribute__(self, name: str) -> Any:
        """Answers for the keys themselves, which botocore's class keeps as attributes."""
        if name in ("access_key", "secret_key", "token", "account_id"):
            return getattr(self.get_frozen_credentials(), name, None)
        return super().__getattribute__(name)
