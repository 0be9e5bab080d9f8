"""Turns one of our sessions into a boto3 session, which makes everything but presigning clients.

From then on the botocore session below decides: which credentials, region, profile and handlers clients get.
"""

from __future__ import annotations

import sys
from copy import copy

from presigned._errors import make

from .arguments import as_given, botocore_config, forget_sigv2
from .loader import load
from .promotion import LOCK, without_credentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from presigned._client import S3
    from presigned._session_state import SessionState
    from presigned.session import Session


#: The functions that make sessions, and methods of sessions. Programs replace them.
_OF_SESSIONS = ("Session", "get_session", "create_client", "get_credentials", "get_component", "get_config_variable")


def promoted(session: Session) -> Any:
    """Returns the boto3 session of a session, which becomes one if it is not one yet.

    Raises:
        ModuleNotFoundError: boto3 is not installed.
    """
    state = session._presigned
    if state.boto3 is None:
        boto3 = load()
        with LOCK:
            if state.boto3 is None:
                state.boto3 = _made_of(state, boto3)
    return state.boto3


def takes(session: Session) -> bool:
    """Turns a session into a boto3 session from the beginning, if another botocore session than our own decides.

    That is a session that was given, or one that a program's patch of `botocore.session.Session` makes.
    """
    state = session._presigned
    given = {name: value for name, value in state.given.items() if value is not None}
    if "botocore_session" not in given and not is_patched():
        return False
    try:
        boto3 = load()
    except ModuleNotFoundError:
        # botocore alone: its session provides settings and credentials.
        return False
    below = given.get("botocore_session")
    if below is not None and not _may_be_a_session(below):
        return False
    state.boto3 = above(boto3, **given)
    below = state.boto3._session
    state.is_plain = False
    from .sources import BotocoreSources

    try:
        state.asked = state.provider = BotocoreSources(below)
        state.boto3_as_made = settings_of(below)
    except TypeError:
        # A program's own object, such as a mock: only boto3 knows how to handle it.
        state.is_foreign = True
    return True


def _may_be_a_session(thing: Any) -> bool:
    """Whether boto3 accepts this as a botocore session. boto3 checks no more; an awaited one is aiobotocore's."""
    if isinstance(thing, type) or not (hasattr(thing, "user_agent_name") and hasattr(thing, "get_component")):
        return False
    from presigned._credentials.provided_base import is_async

    return not is_async(thing.get_credentials)


def above(boto3: Any, **given: Any) -> Any:
    """Makes a boto3 session above a botocore session, which may have other boto3 sessions too."""
    if not _is_botocores(given.get("botocore_session")):
        return boto3.Session(**given)

    class Session(boto3.Session):  # type: ignore[misc] # boto3 has no types
        """A boto3 session that allows another one above the same botocore session."""

        def _register_default_handlers(self) -> None:
            below: Any = vars(self)["_session"]
            self._session: Any = _Registering(below)
            try:
                super()._register_default_handlers()
            finally:
                self._session = below

    return Session(**given)


def _is_botocores(below: Any) -> bool:
    kind = getattr(sys.modules.get("botocore.session"), "Session", None)
    # A mock in place of the class has no instances.
    return isinstance(kind, type) and isinstance(below, kind)


class _Registering:
    """Registers boto3's handlers so that they do nothing if those of another session have already run."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def register(self, event_name: str, handler: Any, **more: Any) -> None:
        """Registers a handler; one that adds methods to a class comes after all others."""
        if event_name.startswith(("creating-client-class.s3", "creating-resource-class.s3")):
            self._session.get_component("event_emitter").register_last(event_name, _once(handler))
        else:
            self._session.register(event_name, handler, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


def _once(handler: Any) -> Any:
    def add_methods(class_attributes: dict[str, Any], **more: Any) -> None:
        methods: dict[str, Any] = {}
        handler(class_attributes=methods, **more)
        others = {name: class_attributes[name] for name in methods if name in class_attributes}
        if all(getattr(other, "__module__", None) == "boto3.s3.inject" for other in others.values()):
            class_attributes.update(methods)
        else:
            # boto3's error for a program's own methods of these names.
            handler(class_attributes=class_attributes, **more)

    return add_methods


def is_patched() -> bool:
    """Whether a program has replaced what makes botocore's sessions, clients or credentials, mostly by a mock."""
    session = sys.modules.get("botocore.session")
    kind = getattr(session, "Session", None)
    owners = ((session, _OF_SESSIONS[:2]), (kind, _OF_SESSIONS[2:]))
    resolver = getattr(sys.modules.get("botocore.credentials"), "CredentialResolver", None)
    if session is not None and not isinstance(kind, type):
        return True
    for owner, names in (*owners, (resolver, ("load_credentials",))):
        for name in names if owner is not None else ():
            found = vars(owner).get(name)
            home = getattr(found, "__globals__", {}).get("__name__", getattr(found, "__module__", ""))
            if found is not None and not str(home).startswith("botocore."):
                return True
    return False


def _made_of(state: SessionState, boto3: Any) -> Any:
    from .sources import BotocoreSources

    made = like(state, boto3)
    below = made._session
    state.boto3_as_made = settings_of(below)
    state.asked = state.provider = BotocoreSources(below)
    state.is_plain = False
    return made


def like(state: SessionState, boto3: Any) -> Any:
    """Makes a boto3 session with the settings and credentials of our session."""
    if state.provider is not None:
        return above(boto3, botocore_session=state.provider.session)
    import botocore.session

    from .settled_session import make_loader, take_settings

    below = botocore.session.get_session()
    take_settings(below, state)
    make_loader(below, state)
    known = state.known_credentials()
    if known is not None:
        # The object that clients of this session sign with at present.
        below._credentials = known
    return boto3.Session(botocore_session=below, region_name=state.given["region_name"])


def is_as_made(state: SessionState) -> bool:
    """Whether a session that has become a boto3 session would still make the same clients as before."""
    below = getattr(state.boto3, "_session", state.boto3)
    return bool(settings_of(below) == state.boto3_as_made)


def settings_of(below: Any) -> tuple[Any, ...]:
    """What a program may have changed in a botocore session."""
    credentials = below._credentials
    # What a new session would find too does not count as a change.
    own_credentials = credentials if credentials is not None and credentials.method == "explicit" else None
    events = below.get_component("event_emitter")._emitter
    # The emitter makes a new dict each time that a handler comes or goes.
    return id(events._lookup_cache), below.instance_variables(), below.get_default_client_config(), own_credentials


def attribute(session: Session, name: str) -> Any:
    """Reads an attribute of boto3's session."""
    try:
        found = promoted(session)
    except ModuleNotFoundError as error:
        raise AttributeError(f"{type(session).__name__!r} object has no attribute {name!r}: {error}") from None
    return getattr(found, name)


def set_attribute(session: Session, name: str, value: Any) -> None:
    """Sets an attribute of boto3's session; another botocore session is the one that decides from then on."""
    setattr(promoted(session), name, value)
    if name == "_session":
        from .sources import BotocoreSources

        state = session._presigned
        state.asked = state.provider = BotocoreSources(value)


def of_other_service(
    session: Session, what: str, service_name: Any, arguments: Mapping[str, Any], provider: Any = None
) -> Any:
    """Makes a client or a resource of another service than S3 by boto3, with the arguments as they were given."""
    try:
        theirs = promoted(session)
    except ModuleNotFoundError:
        refuse(service_name, what)
        raise
    given = as_given(arguments)
    if "config" in given:
        given["config"] = botocore_config(given["config"])
    region = last_region(session, arguments)
    if region is not None:
        given["region_name"] = region
    if provider is not None:
        from .credentials import session_with

        theirs = session_with(theirs, provider)
    elif what == "resource":
        # It makes its client by the method that a program may have replaced.
        theirs = copy(theirs)
        theirs.client = session.client
    return getattr(theirs, what)(service_name, **given)


def last_region(session: Session, arguments: Mapping[str, Any]) -> str | None:
    """The region of `AWS_REGION`, if nothing else names one: boto3 does not read that variable."""
    if arguments["region_name"] is not None or session._presigned.is_foreign:
        return None
    config = session._presigned.sources.with_defaults(arguments["config"])
    if getattr(config, "region_name", None) is not None:
        return None
    sources: Any = session._presigned.sources
    region: str | None = sources.region_name()
    return region if sources.region is None else None


def client_of(session: Session, arguments: Mapping[str, Any], provider: Any) -> tuple[Any, Any]:
    """Makes an S3 client with what a session that has become boto3's has now; and the session that made it."""
    given = as_given(arguments)
    if "config" in given:
        given["config"] = botocore_config(given["config"])
    region = last_region(session, arguments)
    if region is not None:
        given["region_name"] = region
    theirs = promoted(session)
    if provider is not None:
        from .credentials import session_with

        theirs = session_with(theirs, provider)
        given = without_credentials(given)
    made = theirs.client("s3", **given)
    from botocore.client import BaseClient

    if not isinstance(made, BaseClient):
        # Of a program's mock.
        return made, None
    forget_sigv2(made)
    return made, theirs


def become(client: S3, theirs: Any, session: Any) -> None:
    """Connects our new client with the boto3 client that was made with it."""
    from . import promotion
    from .gate import Gate

    promotion.become(client, Gate(theirs, session, client._presigned))


def listed(session: Session, name: str) -> list[str]:
    """Calls a method of boto3's session that lists something; without boto3, there is only S3."""
    try:
        found: list[str] = getattr(promoted(session), name)()
    except ModuleNotFoundError:
        return ["s3"]
    return found


def regions(session: Session, service_name: str, partition_name: str, *, allow_non_regional: bool) -> list[str]:
    """Asks boto3's session for the regions of another service than S3."""
    try:
        theirs = promoted(session)
    except ModuleNotFoundError:
        refuse(service_name, "Session().get_available_regions")
        raise
    found: list[str] = theirs.get_available_regions(service_name, partition_name, allow_non_regional)
    return found


def refuse(name: object, what: str, reason: object = None) -> None:
    """Refuses another service than S3.

    Args:
        name: The service.
        what: The method of boto3's session to use for it.
        reason: Why boto3 cannot do it either.

    Raises:
        UnknownServiceError: The service is not S3.
    """
    if name != "s3":
        known = f"s3. {reason or f'presigned is for S3 alone; use boto3.{what}({name!r})'}"
        raise make("UnknownServiceError", service_name=name, known_service_names=known)
