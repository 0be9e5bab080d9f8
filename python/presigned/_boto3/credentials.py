"""Passes a client's credentials object to botocore's clients: the same object, which still refreshes itself."""

from __future__ import annotations

from copy import copy

from presigned._core import HeldCredentials
from presigned._credentials import Credentials
from presigned._credentials.absent import Absent
from presigned._credentials.provided import adopt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._client import Settled


def credentials_of(settled: Settled) -> Any:
    """The credentials object of boto3's client: the session's own where the client was given none."""
    credentials = settled.credentials
    source = credentials["source"]
    if source is None or isinstance(source, Absent):
        return None
    if not isinstance(source, HeldCredentials):
        return source
    state = settled.session._presigned
    is_shared = state.provider is None and settled.arguments.get("aws_access_key_id") is None and state.held is source
    return state.shared_credentials() if is_shared else Credentials.holding(source)


def session_with(session: Any, provider: Any) -> Any:
    """Copies a boto3 session, for clients that sign with given credentials."""
    # The original session does not change.
    made = copy(session)
    made._session = copy(session._session)
    found = provider if isinstance(provider, Absent) else adopt(provider)
    made._session._credentials = None if isinstance(found, Absent) else found
    return made
