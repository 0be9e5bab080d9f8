"""Pickles clients and sessions: a pickle holds their arguments, and a worker makes its own objects from those.

A pickle holds no credentials unless the program allows it. The worker looks for its own credentials.
"""

from __future__ import annotations

from presigned._settings import ACCOUNT, CREDENTIALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from presigned.session import Session

    from . import S3

    _T = TypeVar("_T", bound=S3 | Session)
    _Given = dict[str, Any]

#: Arguments of a session without credentials -> the session of this process.
_SHARED: dict[tuple[tuple[str, Any], ...], Session] = {}
_SHARED_AT_MOST = 100
#: The class of sessions for pickles of earlier versions; set by `presigned._pickled`, which those name.
session_class: Any = None


def reduce_session(session: Session) -> tuple[Any, ...]:
    """Answers `pickle` for a session.

    Raises:
        TypeError: It was given credentials that may not be pickled, or that belong to this process.
    """
    given = given_to(session)
    allowed = _may_travel(session)
    _refuse_keys(session, given, allowed=allowed)
    rest = {name: value for name, value in vars(session).items() if name != "_presigned"}
    return session_of, (type(session), given, allowed), rest or None


def reduce_client(client: S3) -> tuple[Any, ...]:
    """Answers `pickle` for a client.

    Raises:
        TypeError: It or its session was given credentials that may not be pickled, or that belong to this process.
    """
    session, arguments = made_with(client)
    given = given_to(session)
    allowed = _may_travel(client)
    _refuse_keys(client, given, allowed=allowed or _may_travel(session))
    _refuse_keys(client, arguments, allowed=allowed)
    own = {name: value for name, value in vars(client).items() if name[0] != "_" and name != "meta"}
    gate = client._presigned.gate  # noqa: SLF001 - our own class
    if gate is not None and not gate.is_as_made():
        raise _with_handlers(client)
    # The class of its session is in a room above this one, so it is looked for among the parents.
    kind = next((each for each in type(session).__mro__ if each.__module__ == "presigned.session"), session_class)
    return client_of, (given, _may_travel(session), arguments, allowed, kind), own or None


def session_of(kind: type[Session], given: _Given, allowed: bool) -> Session:
    """Makes a session of what was pickled."""
    session = kind.__new__(kind)
    # A program's own class, or the one in aiobotocore's shape, may take other arguments than these.
    own = next(each for each in kind.__mro__ if each.__name__ == "Session" and each.__module__.startswith("presigned."))
    own.__init__(session, **given)  # type: ignore[misc] # it is one
    return _marked(session, allowed)


def client_of(
    given: _Given, session_allowed: bool, arguments: _Given, allowed: bool, kind: type[Session] | None = None
) -> S3:
    """Makes a client of what was pickled; pickles of earlier versions do not have the class of its session."""
    kind = kind or session_class
    session = session_of(kind, given, session_allowed) if has_keys(given) else _shared(kind, given)
    return _marked(session.client("s3", **arguments), allowed)


def _shared(kind: type[Session], given: _Given) -> Session:
    """The session of all clients in this process that were pickled with these arguments of a session.

    Each task brings its own client. The clients share a session, so that only one of them fetches credentials.
    """
    arguments = tuple(sorted(given.items()))
    if len(_SHARED) == _SHARED_AT_MOST:
        _SHARED.clear()
    # If two threads make one, both get the first.
    return _SHARED.get(arguments) or _SHARED.setdefault(arguments, kind(**given))


def _marked(thing: _T, allowed: bool) -> _T:
    if allowed:
        thing._presigned.may_travel = True  # noqa: SLF001 - our own class
    return thing


def _may_travel(thing: S3 | Session) -> bool:
    return thing._presigned.may_travel  # noqa: SLF001 - our own class


def given_to(session: Session) -> _Given:
    """The arguments of a session, with its present credentials.

    Raises:
        TypeError: They belong to this process, or it has handlers.
    """
    state = session._presigned  # noqa: SLF001 - our own class
    given = {name: value for name, value in state.given.items() if value is not None}
    if "botocore_session" in given:
        raise _of_this_process(session, "botocore_session=")
    if state.boto3 is not None:
        from presigned._boto3.session import is_as_made

        if not is_as_made(state):
            raise _with_handlers(session)
    credentials = state.credentials
    if credentials is not None and credentials.method == "explicit":
        whole = (credentials.access_key, credentials.secret_key, credentials.token, credentials.account_id)
        given.update((name, key) for name, key in zip((*CREDENTIALS, ACCOUNT), whole, strict=True) if key is not None)
    return given


def made_with(client: S3) -> tuple[Session, _Given]:
    """The session of a client, and the arguments that it was made with.

    Raises:
        TypeError: Its credentials belong to this process, or are awaited.
    """
    if hasattr(type(client), "_is_awaited"):
        message = (
            "its credentials may have to be awaited. Create it in the process that uses it; its session can be pickled"
        )
        raise TypeError(f"cannot pickle {type(client).__name__!r} object of presigned.aio: {message}")
    settled = client._presigned  # noqa: SLF001 - our own class
    session, arguments = settled.session, settled.arguments
    if settled.is_provided:
        raise _of_this_process(client, "credentials=")
    made = {name: value for name, value in arguments.items() if value is not None}
    config = made.get("config")
    if config is not None:
        from presigned._settings.config import _UNSIGNED, adopt, is_unsigned

        # botocore's own would need botocore in the worker, and its UNSIGNED cannot be pickled.
        made["config"] = own = adopt(config)
        if is_unsigned(own.signature_version):
            own.signature_version = _UNSIGNED
            own._user_provided_options["signature_version"] = _UNSIGNED  # noqa: SLF001 - our own class
    return session, made


def has_keys(given: _Given) -> bool:
    return any(given.get(name) for name in CREDENTIALS) or _has_passwords(given)


def _has_passwords(given: _Given) -> bool:
    proxies = getattr(given.get("config"), "proxies", None) or {}
    return any("@" in str(url) for url in proxies.values())


def _refuse_keys(thing: S3 | Session, given: _Given, *, allowed: bool) -> None:
    if not allowed and has_keys(given):
        named = [name for name in CREDENTIALS if given.get(name)] + ["config.proxies"] * _has_passwords(given)
        raise TypeError(
            f"cannot pickle {_name(thing)}: it was created with {', '.join(named)}, and anybody who gets the pickle "
            "could read that. Without it, the copy looks for credentials in its own process: in the environment, the "
            "profile or the role. To include it, call presigned.allow_keys_in_pickle first"
        )


def _of_this_process(thing: S3 | Session, argument: str) -> TypeError:
    return TypeError(
        f"cannot pickle {_name(thing)}: its credentials were given as {argument} and belong to this process. Create it "
        f"in the process that uses it, or without {argument}: then its copy looks for credentials in its own process"
    )


def _with_handlers(thing: S3 | Session) -> TypeError:
    message = (
        "event handlers or other credentials may decide what it signs, and they cannot be pickled. Create and "
        "configure it in the process that uses it"
    )
    return TypeError(f"cannot pickle {_name(thing)}: {message}")


def _name(thing: S3 | Session) -> str:
    return f"{type(thing).__name__!r} object"
