"""Turns a client of `presigned.aio` into an aiobotocore client, once, as `_boto3.promotion` does."""

from __future__ import annotations

from presigned._boto3.arguments import forget_sigv2
from presigned._boto3.promotion import LOCK, arguments_of, become
from presigned._boto3.settled_session import SettledEnvironment, settle

from .credentials import credentials_of
from .loader import at_once, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._aio_client import S3
    from presigned._client import Settled

    from .gate import AioGate


def promoted(client: S3) -> AioGate:
    """Returns the gate of a client, which becomes an aiobotocore client if it is not one yet.

    Raises:
        ModuleNotFoundError: aiobotocore is not installed.
    """
    settled = client._presigned
    if settled.gate is None:
        load()
        from .gate import AioGate

        with LOCK:
            if settled.gate is None:
                become(client, AioGate(*_made_of(settled), settled))
    gate: AioGate = settled.gate  # type: ignore[assignment] # made here
    return gate


def _made_of(settled: Settled) -> tuple[Any, Any]:
    session = session_of(settled)
    arguments = arguments_of(settled, load().config.AioConfig)
    made = at_once(lambda: session.create_client("s3", **arguments).__aenter__())
    forget_sigv2(made)
    return made, session


def session_of(settled: Settled) -> Any:
    """Makes an aiobotocore session for one client, with a settled environment."""
    base: Any = load().session.AioSession

    class SettledAioSession(SettledEnvironment, base):  # type: ignore[misc] # aiobotocore has no types
        """An aiobotocore session with a settled environment."""

        def __init__(self) -> None:
            self.environ = settled.environ
            super().__init__()

        async def get_credentials(self) -> Any:
            return self._credentials

    session = SettledAioSession()
    settle(session, settled, credentials_of(settled.credentials, settled.waiter))
    _with_files(session, settled)
    return session


def _with_files(session: Any, settled: Settled) -> None:
    """Gives the clients of a session aioboto3's methods for file transfer, if aioboto3 is installed."""
    below = settled.session._presigned
    if below.has_aioboto3_shape:
        from contextlib import suppress

        from .session import aioboto3_session

        with suppress(ModuleNotFoundError):
            aioboto3_session(session)
