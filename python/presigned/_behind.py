"""The session and the client of boto3's that stand behind ours, for what is not presigning; made at the first need."""

from __future__ import annotations

import presigned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ._client import S3


def arguments_of(names: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments among the local names at the beginning of a method, without what has no place in boto3's."""
    own = ("self", "service_name", "credentials", "__class__")
    return {name: value for name, value in names.items() if name not in own}


def check_service(name: object, what: str) -> None:
    """Refuses another service than S3.

    Raises:
        UnknownServiceError: It is another.
    """
    if name != "s3":
        known = f"s3. presigned is for S3 alone; use boto3.{what}({name!r})"
        raise presigned.exceptions.make("UnknownServiceError", service_name=name, known_service_names=known)


class SessionBehind:
    """A session that has what it lacks from boto3's.

    Args:
        given: Its arguments.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._boto3: Any = None
        #: Whether somebody may have registered handlers, which new clients inherit.
        self._gives_events = False

    def boto3_session(self) -> Any:
        """Returns a session of boto3's with the same arguments; the same one each time.

        Raises:
            ModuleNotFoundError: boto3 is not installed.
        """
        if self._boto3 is None:
            from ._boto3 import session_like

            self._boto3 = session_like(self._given)
        return self._boto3

    @property
    def events(self) -> Any:
        """The event handlers of boto3's session, which clients made from now on inherit."""
        self._gives_events = True
        return self.boto3_session().events

    def _of_boto3(self, what: str, service_name: str, arguments: Mapping[str, Any], lender: Any = None) -> Any:
        """Makes a client or a resource of boto3's."""
        from ._boto3 import make_of

        try:
            session = self.boto3_session()
        except ModuleNotFoundError:
            check_service(service_name, what)
            raise
        given = dict(arguments)
        if given["region_name"] is None:
            given["region_name"] = self.region_name
        return make_of(session, what, service_name, given, lender)

    def __getattr__(self, name: str) -> Any:
        """Has the rest from boto3's session."""
        text = f"{type(self).__name__!r} object has no attribute {name!r}"
        if name.startswith("__") or name in ("_boto3", "_given", "_gives_events"):
            raise AttributeError(text)
        try:
            return getattr(self.boto3_session(), name)
        except ModuleNotFoundError as error:
            raise AttributeError(f"{text}: {error}") from None


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
