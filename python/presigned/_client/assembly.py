"""Makes clients from arguments, settings and credentials of any kind."""

from __future__ import annotations

from presigned._credentials import Credentials
from presigned._session_state import ExpressSessions
from presigned._settings import ACCOUNT, CREDENTIALS, client_settings, environ_now, signed_by

from . import S3, Settled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from presigned._session_state import _Source
    from presigned._settings.client_settings import Settings
    from presigned._settings.config import Config
    from presigned.session import Session


def client_of(session: Session, service_name: str, arguments: Mapping[str, Any], provider: Any) -> S3:
    """Makes a client from the arguments of `Session.client`."""
    if session._presigned.boto3 is not None:  # noqa: SLF001 - our own class
        return _client_of_boto3(session, service_name, arguments, provider)

    def find(region: str | None) -> _Source:
        if provider is not None:
            check_alone(*credential_arguments(arguments))
            from presigned._credentials.provided import adopt

            return adopt(provider)
        return credentials_given(session, region, *credential_arguments(arguments))

    settings, settled = settle(session, service_name, arguments, find)
    client = S3(**settings.core, **settled.credentials, sessions=settled.sessions)
    settled.is_provided = provider is not None
    client._presigned = settled  # noqa: SLF001 - our own class
    return client


def _client_of_boto3(session: Session, service_name: str, arguments: Mapping[str, Any], provider: Any) -> S3:
    """Makes a boto3 client, and one of our clients that is joined with it from the beginning."""
    from presigned._boto3.gate import core_credentials_of
    from presigned._boto3.session import become
    from presigned._boto3.session import client_of as theirs_of

    if provider is not None:
        check_alone(*credential_arguments(arguments))
    if service_name != "s3":
        from presigned._boto3.session import refuse

        refuse(service_name, "client")
    # First, so that boto3's error comes first if there are two.
    theirs, made_by = theirs_of(session, arguments, provider)
    if made_by is None:
        mocked: S3 = theirs
        return mocked
    settings, settled = settle(session, service_name, arguments, lambda _: None)
    settled.credentials = core_credentials_of(theirs._request_signer._credentials, made_by._session)  # noqa: SLF001 - there is no other way to ask
    settled.sessions = settled.sessions.signed_by(settled.credentials["source"])
    client = S3(**settings.core, **settled.credentials, sessions=settled.sessions)
    settled.is_provided = provider is not None
    client._presigned = settled  # noqa: SLF001 - our own class
    become(client, theirs, made_by)
    return client


def settle(
    session: Session, service_name: str, arguments: Mapping[str, Any], find: Callable[[str | None], _Source]
) -> tuple[Settings, Settled]:
    """Settles a client's settings and its credentials; `find` is called with its region."""
    if service_name != "s3":
        from presigned._boto3.session import refuse

        refuse(service_name, "client")
    state = session._presigned  # noqa: SLF001 - our own class
    sources = state.sources
    environ = environ_now()
    config = sources.with_defaults(arguments["config"])
    options: Config | None = None
    unsigned = False
    if config is not None:
        from presigned._settings.config import adopt, is_unsigned

        options = adopt(config)
        unsigned = is_unsigned(options.signature_version)
    region = client_settings.region_of(sources, options, arguments["region_name"])
    verify = arguments["verify"]
    if verify is None:
        verify = sources.get("ca_bundle")
    version = arguments["api_version"]
    if version is None:
        version = sources.model_version()
    credentials = None if unsigned else find(region)
    if "sso_session" in sources.files.profiles.get(sources.profile_name or "default", {}):
        from presigned._settings.sso_session import check_session

        check_session(sources, sources.profile_name or "default")
    arguments = {**arguments, "config": _copy_of(arguments["config"])}
    settings = client_settings.settle(
        sources,
        options,
        unsigned=unsigned,
        region=region,
        use_ssl=arguments["use_ssl"],
        verify=verify,
        endpoint_url=arguments["endpoint_url"],
        api_version=version,
    )
    found = core_credentials(session, credentials, unsigned=unsigned)
    sessions = ExpressSessions(state, arguments, settings, found["source"])
    settled = Settled(session, arguments, region, settings, environ, found, sessions)
    s3 = settings.options["s3"] or {}
    if "presign_public_url" in s3 or "presign_clock_offset" in s3:
        from .presign_options import defaults_of

        settled.presign_options = defaults_of(s3)
        settings.core["has_presign_options"] = True
    return settings, settled


def _copy_of(config: Any) -> Any:
    """A copy of a caller's options: the caller may change them later."""
    if config is None:
        return None
    from presigned._settings.config import Config

    if type(config) is Config:
        # What `copy` does. To import that takes a tenth of a start.
        made: Any = object.__new__(Config)
        vars(made).update(config.__getstate__())
    else:
        from copy import copy

        made = copy(config)
    for name, value in vars(config).items():
        if type(value) is dict:
            setattr(made, name, {**value})
    return made


def core_credentials(session: Session, credentials: _Source, *, unsigned: bool) -> dict[str, Any]:
    """The credentials as the native client takes them: an object that it shares, or one that it asks for them."""
    if type(credentials) is Credentials:
        credentials.check_whole()
    if credentials is None and not unsigned:
        from presigned._credentials.absent import Absent

        credentials = Absent(session._presigned.declined)  # noqa: SLF001 - our own class
    return signed_by(credentials)


def credential_arguments(arguments: Mapping[str, Any]) -> tuple[str | None, str | None, str | None, str | None]:
    """The credentials among the arguments of `Session.client`, or of `resource`, which takes no account."""
    access_key, secret_key, token = (arguments[name] for name in CREDENTIALS)
    return access_key, secret_key, token, arguments.get(ACCOUNT)


def credentials_given(
    session: Session,
    region: str | None,
    access_key: str | None,
    secret_key: str | None,
    token: str | None,
    account_id: str | None,
) -> _Source:
    """Takes the client's own credentials, or else the session's. A token alone is ignored, as in boto3."""
    if access_key is None and secret_key is None:
        return session._presigned.found_for(region)  # noqa: SLF001 - our own class
    given = Credentials(access_key, secret_key, token, account_id=account_id)  # type: ignore[arg-type] # checked next
    given.check_whole()
    return given


def check_alone(*keys: str | None) -> None:
    """Refuses access keys beside `credentials`: one of the two would be ignored silently."""
    given = [name for name, key in zip((*CREDENTIALS, ACCOUNT), keys, strict=True) if key is not None]
    if given:
        raise TypeError(f"Give either credentials or {', '.join(given)}, not both")
