"""Makes clients of what arguments, sources and lenders say, whatever that is."""

from __future__ import annotations

from . import _settings
from ._client import S3
from ._credentials import Credentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar

    from ._settings import Settings
    from .config import Config
    from .session import Session, _Source

    _C = TypeVar("_C", bound=S3)


def client_of(session: Session, service_name: str, arguments: Mapping[str, Any], lender: Any) -> S3:
    """Makes a client from the arguments of `Session.client`."""

    def keys(region: str | None) -> _Source:
        if lender is not None:
            check_alone(*key_arguments(arguments))
            from ._credentials.lent import adopt

            return adopt(lender)
        return keys_given(session, region, *key_arguments(arguments))

    settings, core_keys = settled(session, service_name, arguments, keys)
    client = assemble(S3, settings, core_keys)
    client._origin = (session, dict(arguments), core_keys)  # noqa: SLF001 - ours
    return client


def settled(
    session: Session, service_name: str, arguments: Mapping[str, Any], keys: Callable[[str | None], _Source]
) -> tuple[Settings, dict[str, Any]]:
    """Works out what a client is made of, and what it signs with; `keys` is asked with its region."""
    if service_name != "s3":
        session._behind().refuse(service_name, "client")  # noqa: SLF001 - ours
    sources = session._sources  # noqa: SLF001 - ours
    config = sources.with_defaults(arguments["config"])
    options: Config | None = None
    unsigned = False
    if config is not None:
        from .config import adopt, is_unsigned

        options = adopt(config)
        unsigned = is_unsigned(options.signature_version)
    region = _settings.region_of(sources, options, arguments["region_name"])
    verify = arguments["verify"]
    if verify is None:
        verify = sources.get("ca_bundle")
    version = arguments["api_version"]
    if version is None:
        version = sources.model_version()
    credentials = None if unsigned else keys(region)
    if "sso_session" in sources.files.profiles.get(session.profile_name, {}):
        from ._credentials.sso_token import check_session

        check_session(sources, session.profile_name)
    settings = _settings.settle(
        sources,
        options,
        unsigned=unsigned,
        region=region,
        use_ssl=arguments["use_ssl"],
        verify=verify,
        endpoint_url=arguments["endpoint_url"],
        api_version=version,
    )
    return settings, core_keys(session, credentials, unsigned=unsigned)


def core_keys(session: Session, credentials: _Source, *, unsigned: bool) -> dict[str, Any]:
    """The keys as the native client takes them: an object that it shares, or asks for them."""
    core: dict[str, Any] = {"access_key": None, "secret_key": None, "session_token": None, "source": None}
    if credentials is not None:
        if type(credentials) is Credentials:
            credentials.check_whole()
        core["source"] = credentials
    elif not unsigned:
        from ._credentials.absent import Absent

        core["source"] = Absent(session._declined)  # noqa: SLF001 - ours
    return core


def key_arguments(arguments: Mapping[str, Any]) -> tuple[str | None, str | None, str | None, str | None]:
    """The keys among the arguments of `Session.client`, or of `resource`, which takes no account."""
    return (
        arguments["aws_access_key_id"],
        arguments["aws_secret_access_key"],
        arguments["aws_session_token"],
        arguments.get("aws_account_id"),
    )


def keys_given(
    session: Session,
    region: str | None,
    access_key: str | None,
    secret_key: str | None,
    token: str | None,
    account_id: str | None,
) -> _Source:
    """Takes what a client was given, or else the session's; a token alone is passed over, as in boto3."""
    if access_key is None and secret_key is None:
        return session._found_for(region)  # noqa: SLF001 - ours
    given = Credentials(access_key, secret_key, token, account_id=account_id)  # type: ignore[arg-type] # checked next
    given.check_whole()
    return given


def check_alone(*keys: str | None) -> None:
    """Refuses keys beside a lender of keys: one of them would be passed over in silence."""
    names = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_account_id")
    given = [name for name, key in zip(names, keys, strict=True) if key is not None]
    if given:
        raise TypeError(f"Give credentials or {', '.join(given)}, not both: credentials have keys of their own")


def assemble(kind: type[_C], settings: Settings, keys: Mapping[str, Any]) -> _C:
    """Makes a client of what was settled."""
    client = kind(**settings.core, **keys)
    client._settings = settings  # noqa: SLF001 - ours
    return client
