"""Finds the credentials of a signer, and keeps signers whose credentials are the same."""

from __future__ import annotations

from sys import modules

from presigned import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned.session import Session

#: More services and regions than most programs use. Beyond it the oldest signer is forgotten.
_LIMIT = 64
#: (service, region) -> a signer for the default session, and the session's state that it was made for.
_of_session: dict[tuple[str, str], tuple[Any, Any, _core.ServiceSigner]] = {}
#: (identity of the credentials, service, region) -> a reference to them, and a signer for them.
_of_object: dict[tuple[int, str, str], tuple[Any, _core.ServiceSigner]] = {}

#: What a mapping or a tuple of credentials is, which has no changes to notice.
_PLAIN = (tuple, list, dict)


class _Fixed:
    """Credentials that do not change, with their expiry."""

    def __init__(self, credentials: _core.FrozenCredentials) -> None:
        self._credentials = credentials

    def current(self) -> tuple[_core.FrozenCredentials, float]:
        """Returns them, and that nobody needs to ask again."""
        return self._credentials, float("inf")


def default_session() -> Session:
    """The session behind `presigned.client`."""
    package = modules["presigned"]
    known: Session | None = package.DEFAULT_SESSION
    if known is not None and "boto3" not in modules:
        return known
    session: Session = package._get_default_session()  # noqa: SLF001 - our own package
    return session


def signer_for(service: str, region: str, credentials: Any) -> _core.ServiceSigner:
    """The signer for a service and a region; one that was made before, if the credentials are the same object."""
    if credentials is None:
        state = default_session()._presigned  # noqa: SLF001 - our own class
        try:
            known = _of_session.get((service, region))
        except TypeError:
            # Of a type that is refused below.
            known = None
        if known is not None and known[0] is state and known[1] is state.boto3:
            return known[2]
        arguments = source_of(service, region, None)
        signer = _core.ServiceSigner(*arguments)
        if not _is_absent(arguments[2]):
            # They may be there at the next call.
            _keep(_of_session, (service, region), (state, state.boto3, signer))
        return signer
    if type(credentials) in _PLAIN:
        # Not kept: it would keep a secret for longer than the caller does.
        return _core.ServiceSigner(*source_of(service, region, credentials))
    place = id(credentials), service, region
    try:
        kept = _of_object.get(place)
    except TypeError:
        # The same.
        kept = None
    if kept is not None and kept[0]() is credentials:
        return kept[1]
    arguments = source_of(service, region, credentials)
    signer = _core.ServiceSigner(*arguments)
    if _is_absent(arguments[2]):
        return signer
    try:
        from _weakref import ref

        _keep(_of_object, place, (ref(credentials), signer))
    except TypeError:
        # It cannot be referred to.
        pass
    return signer


def _is_absent(source: Any) -> bool:
    """Whether this stands for missing credentials."""
    return hasattr(type(source), "stands_for_provider")


def _keep(signers: dict[Any, Any], place: Any, signer: Any) -> None:
    while len(signers) >= _LIMIT:
        # Another thread may have removed it.
        signers.pop(next(iter(signers), None), None)
    signers[place] = signer


def source_of(service: Any, region: Any, credentials: Any) -> tuple[str, str, Any]:
    """Checks the arguments of a signer, and finds what it signs with.

    Raises:
        ParamValidationError: The name of the service is refused.
        InvalidRegionError: The region cannot be one.
        TypeError: `credentials` is of a type without credentials.
    """
    if type(service) is not str or not service.replace("-", "").isalnum() or not service.isascii():
        from .arguments import refused, shown

        raise refused("service", f"{shown(service)} is not the name of a service")
    if type(region) is not str or not region.replace("-", "").isalnum() or not region.isascii():
        from presigned._errors import make

        raise make("InvalidRegionError", region_name=region if isinstance(region, str) else type(region))
    if credentials is None:
        return service, region, _of_default_session(region)
    from presigned._credentials.provided import adopt

    if type(credentials) in _PLAIN:
        from presigned._credentials.provided_function import ProvidedFunction

        given = tuple(credentials) if type(credentials) is list else credentials
        try:
            frozen, _ = ProvidedFunction(lambda: given, adopt).current()
        except TypeError:
            # It speaks of a function.
            message = "A tuple or a dict of credentials must have strings: access key, secret key and perhaps a token"
            raise TypeError(message) from None
        return service, region, _Fixed(frozen)
    return service, region, adopt(credentials)


def _of_default_session(region: str) -> Any:
    session = default_session()
    state = session._presigned  # noqa: SLF001 - our own class
    if state.boto3 is not None:
        from presigned._credentials.provided import of_session

        return of_session(state.boto3, state.boto3.get_credentials())
    if state.is_plain and state.credentials is None:
        from presigned._settings import credentials_in_environment

        held = state.held or credentials_in_environment()
        if held is not None:
            return state.hold(held)
    found = state.found_for(region)
    if found is None:
        from presigned._credentials.absent import Absent

        return Absent(state.declined)
    from presigned._credentials import Credentials

    if type(found) is Credentials:
        found.check_whole()
    return found
