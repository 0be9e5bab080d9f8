"""Clients and sessions <-> pickles: what they were made with, of which a worker makes its own.

No key is in a pickle unless the program allows it: where it is read, keys are looked for anew.
"""

from __future__ import annotations

from ._client import S3
from .session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    _T = TypeVar("_T", bound=S3 | Session)
    _Given = dict[str, Any]

_KEYS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
_ACCOUNT = "aws_account_id"
#: What a session's own methods keep in it; a subclass may keep more.
_OF_SESSIONS = {
    "_asked", "_boto3", "_credentials", "_declined", "_flight", "_given", "_held", "_is_plain", "_keys_may_travel",
    "_lender", "_region", "_shown_credentials",
}  # fmt: skip

#: Arguments of a session without keys -> the session of this process.
_SHARED: dict[tuple[tuple[str, Any], ...], Session] = {}
_SHARED_AT_MOST = 100


def allow_keys_in_pickle(thing: _T) -> _T:
    """Lets a client or a session that was given keys be pickled **with these keys**, which all who get it can read.

    Without, pickling it is an error. A client or a session without keys of its own needs no permission: in the
    worker it looks for keys as a new one would, in the environment, the profile or the role.

    Args:
        thing (S3 | Session): A client or a session of presigned's; what a session allows, it allows for its clients.

    Returns:
        The same object.

    Raises:
        TypeError: It is neither, or its keys are lent, by `credentials=` or `botocore_session=`, or awaited.
        ValueError: It was given no keys, so that there are none to send.

    Example:
        >>> import pickle, presigned
        >>> s3 = presigned.client("s3", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> b"secret" in pickle.dumps(presigned.allow_keys_in_pickle(s3))
        True
    """
    if isinstance(thing, S3):
        session, arguments = _made_with(thing)
        has_keys = _has_keys(arguments) or _has_keys(_given(session))
    elif isinstance(thing, Session):
        has_keys = _has_keys(_given(thing))
    else:
        raise TypeError(f"Only a client or a session of presigned can be pickled with its keys, not {type(thing)}")
    if not has_keys:
        text = f"The {type(thing).__name__!r} object was given no keys: it can be pickled as it is, and its copies look"
        raise ValueError(f"{text} for keys where they are. To send keys along, give it aws_access_key_id and the like")
    vars(thing)["_keys_may_travel"] = True
    return thing


def reduce(thing: S3 | Session) -> tuple[Any, ...]:
    """Answers `pickle` for a client or a session.

    Raises:
        TypeError: It or its session was given keys, and nobody has allowed them to be pickled; or they are lent.
    """
    return _reduce_client(thing) if isinstance(thing, S3) else _reduce_session(thing)


def _reduce_session(session: Session) -> tuple[Any, ...]:
    given = _given(session)
    allowed = _may_travel(session)
    _refuse_keys(session, given, allowed=allowed)
    rest = {name: value for name, value in vars(session).items() if name not in _OF_SESSIONS}
    return session_of, (type(session), given, allowed), rest or None


def _reduce_client(client: S3) -> tuple[Any, ...]:
    session, arguments = _made_with(client)
    given = _given(session)
    allowed = _may_travel(client)
    _refuse_keys(client, given, allowed=allowed or _may_travel(session))
    _refuse_keys(client, arguments, allowed=allowed)
    own = {name: value for name, value in vars(client).items() if name[0] != "_" and name != "meta"}
    if client.__dict__.get("_found") is not None:
        _leave_methods(client, own)
    return client_of, (given, _may_travel(session), arguments, allowed), own or None


def session_of(kind: type[Session], given: _Given, allowed: bool) -> Session:
    """Makes a session of what was pickled."""
    session = kind.__new__(kind)
    # A class of a program's, or that in aiobotocore's shape, may want other arguments than these.
    own = next(each for each in kind.__mro__ if each.__name__ == "Session" and each.__module__.startswith("presigned."))
    own.__init__(session, **given)  # type: ignore[misc] # it is one
    return _marked(session, allowed)


def client_of(given: _Given, session_allowed: bool, arguments: _Given, allowed: bool) -> S3:
    """Makes a client of what was pickled."""
    session = session_of(Session, given, session_allowed) if _has_keys(given) else _shared(given)
    return _marked(session.client("s3", **arguments), allowed)


def _shared(given: _Given) -> Session:
    """The session behind all clients of this process that were pickled with these arguments of a session.

    Each task comes with a client of its own; not each shall ask the instance or STS for the keys of the worker.
    """
    arguments = tuple(sorted(given.items()))
    if len(_SHARED) == _SHARED_AT_MOST:
        _SHARED.clear()
    # Of two threads, both get the one that comes first.
    return _SHARED.get(arguments) or _SHARED.setdefault(arguments, Session(**given))


def _marked(thing: _T, allowed: bool) -> _T:
    if allowed:
        vars(thing)["_keys_may_travel"] = True
    return thing


def _may_travel(thing: S3 | Session) -> bool:
    return "_keys_may_travel" in vars(thing)


def _given(session: Session) -> _Given:
    """What a session was given, its keys as they are by now.

    Raises:
        TypeError: They are lent, or it has handlers.
    """
    given = {name: value for name, value in session._given.items() if value is not None}  # noqa: SLF001 - ours
    if "botocore_session" in given:
        raise _lent(session, "botocore_session=")
    keys = session._credentials  # noqa: SLF001 - ours
    if keys is not None and keys.method == "explicit":
        whole = (keys.access_key, keys.secret_key, keys.token, keys.account_id)
        given.update((name, key) for name, key in zip((*_KEYS, _ACCOUNT), whole, strict=True) if key is not None)
    behind = session._boto3  # noqa: SLF001 - ours
    if behind is not None and behind._gives_events:  # noqa: SLF001 - ours
        raise _with_handlers(session)
    return given


def _made_with(client: S3) -> tuple[Session, _Given]:
    """The session of a client, and the arguments that it was made with.

    Raises:
        TypeError: Its keys are lent, or awaited.
    """
    if client._origin is None or hasattr(type(client), "_waiter"):  # noqa: SLF001 - ours
        text = "its keys may have to be awaited. Make it where it is used; its session can be pickled"
        raise TypeError(f"cannot pickle {type(client).__name__!r} object of presigned.aio: {text}")
    session, arguments, keys = client._origin  # noqa: SLF001 - ours
    if _is_lent(session, arguments, keys["source"]):
        raise _lent(client, "credentials=")
    made = {name: value for name, value in arguments.items() if value is not None}
    config = made.get("config")
    if config is not None:
        from .config import UNSIGNED, adopt, is_unsigned

        # botocore's own would need botocore in the worker, and its UNSIGNED cannot be pickled.
        made["config"] = own = adopt(config)
        if is_unsigned(own.signature_version):
            own.signature_version = UNSIGNED
            own._user_provided_options["signature_version"] = UNSIGNED  # noqa: SLF001 - ours
    return session, made


def _is_lent(session: Session, arguments: _Given, source: Any) -> bool:
    """Whether a client's keys come from elsewhere than its arguments and its session's sources."""
    if source is None or source is session._credentials or source is session._held:  # noqa: SLF001 - ours
        return False
    if arguments["aws_access_key_id"] is not None:
        return False
    from ._credentials.absent import Absent

    return type(source) is not Absent or source.stands_for_lender


def _has_keys(given: _Given) -> bool:
    return any(given.get(name) for name in _KEYS) or _has_passwords(given)


def _has_passwords(given: _Given) -> bool:
    proxies = getattr(given.get("config"), "proxies", None) or {}
    return any("@" in str(url) for url in proxies.values())


def _refuse_keys(thing: S3 | Session, given: _Given, *, allowed: bool) -> None:
    if not allowed and _has_keys(given):
        named = [name for name in _KEYS if given.get(name)] + ["config.proxies"] * _has_passwords(given)
        raise TypeError(
            f"cannot pickle {_name(thing)}: it was made with {', '.join(named)}, which whoever gets the pickle could "
            "read. Leave that out, and what is unpickled looks for keys where it is: in the environment, the profile "
            "or the role. To send it along, call presigned.allow_keys_in_pickle first"
        )


def _lent(thing: S3 | Session, argument: str) -> TypeError:
    text = f"{argument} lends it keys of this process. Make it where it is used, or without {argument},"
    return TypeError(f"cannot pickle {_name(thing)}: {text} so that what is unpickled looks for keys where it is")


def _with_handlers(thing: S3 | Session) -> TypeError:
    text = "event handlers may decide what it signs, and stay behind. Make it, and register them, where it is used"
    return TypeError(f"cannot pickle {_name(thing)}: {text}")


def _name(thing: S3 | Session) -> str:
    return f"{type(thing).__name__!r} object"


def _leave_methods(client: S3, own: _Given) -> None:
    """Leaves out the methods that a boto3 client behind this one has put in; a new one will anew.

    Raises:
        TypeError: Handlers bear on what the client presigns.
    """
    from ._watched import METHODS, Watched

    for name in METHODS:
        watched = getattr(own.get(name), "__self__", None)
        if isinstance(watched, Watched):
            if watched.has_handlers():
                raise _with_handlers(client)
            del own[name]
