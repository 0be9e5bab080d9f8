"""The session and the client of boto3's that stand behind ours, for what is not presigning; made at the first need."""

from __future__ import annotations

import presigned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ._client import S3
    from .session import Session


class SessionBehind:
    """What one of our sessions has from a session of boto3's.

    Args:
        session: Ours.
        given: Its arguments.
    """

    def __init__(self, session: Session, given: Mapping[str, Any]) -> None:
        self._ours = session
        self._given = given
        self._theirs: Any = None
        #: Whether somebody may have registered handlers, which new clients inherit.
        self._gives_events = False

    def session(self) -> Any:
        """Returns a session of boto3's with the same arguments; the same one each time.

        Raises:
            ModuleNotFoundError: boto3 is not installed.
        """
        if self._theirs is None:
            from ._boto3 import session_like

            self._theirs = session_like(self._given)
        return self._theirs

    def make(self, what: str, service_name: str, arguments: Mapping[str, Any], lender: Any = None) -> Any:
        """Makes a client or a resource of boto3's."""
        from ._boto3 import make_of

        try:
            session = self.session()
        except ModuleNotFoundError:
            self.refuse(service_name, what)
            raise
        given = dict(arguments)
        if given["region_name"] is None:
            given["region_name"] = self._ours.region_name
        return make_of(session, what, service_name, given, lender)

    def refuse(self, name: object, what: str, reason: object = None) -> None:
        """Refuses another service than S3.

        Args:
            name: The service.
            what: What was asked of boto3's session for it.
            reason: Why nobody else has it.

        Raises:
            UnknownServiceError: It is another.
        """
        if name != "s3":
            known = f"s3. {reason or f'presigned is for S3 alone; use boto3.{what}({name!r})'}"
            raise presigned.exceptions.make("UnknownServiceError", service_name=name, known_service_names=known)

    def listed(self, name: str) -> list[str]:
        """Has what a method lists from boto3's session; without boto3, there is S3."""
        try:
            method = getattr(self.session(), name, None)
        except ModuleNotFoundError:
            method = None
        found: list[str] = ["s3"] if method is None else method()
        return found

    def regions(self, service_name: str, partition_name: str, *, allow_non_regional: bool) -> list[str]:
        """Has the regions of another service than S3 from boto3's session."""
        try:
            session = self.session()
        except ModuleNotFoundError:
            self.refuse(service_name, "Session().get_available_regions")
            raise
        found: list[str] = session.get_available_regions(service_name, partition_name, allow_non_regional)
        return found

    def attribute(self, name: str) -> Any:
        """Has an attribute from boto3's session; clients made after `events` was asked for inherit its handlers."""
        try:
            found = getattr(self.session(), name)
        except ModuleNotFoundError as error:
            raise AttributeError(f"{type(self._ours).__name__!r} object has no attribute {name!r}: {error}") from None
        if name == "events":
            self._gives_events = True
        return found

    def hand_down(self, client: S3) -> None:
        """Has a new client inherit the handlers that the session has now."""
        if self._gives_events and client._elsewhere is not None:  # noqa: SLF001 - ours
            client._elsewhere.client(client)  # noqa: SLF001 - ours


class Elsewhere:
    """boto3's client of the same arguments as one of ours, made when it is first asked for.

    Args:
        session: The session of the client.
        arguments: Those of the client, without its keys.
        keys: What the client signs with, as the native client takes it.
    """

    __slots__ = ("_arguments", "_client", "_keys", "_session")

    def __init__(self, session: Any, arguments: Mapping[str, Any], keys: Mapping[str, Any]) -> None:
        self._session = session
        self._arguments = arguments
        self._keys = keys
        self._client: Any = None

    @property
    def is_made(self) -> bool:
        """Whether there is such a client by now."""
        return self._client is not None

    def client(self, ours: S3) -> Any:
        """Returns boto3's client; from then on ours asks it what it has been told to do otherwise.

        Raises:
            ModuleNotFoundError: boto3 is not installed.
        """
        if self._client is None:
            from ._boto3 import client_like
            from ._watched import watch

            made = client_like(self._session, self._arguments, self._keys)
            watch(ours, made)
            self._client = made
        return self._client
