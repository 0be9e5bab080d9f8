"""Sessions in boto3's shape: what several clients have in common, and the clients made from it."""

import sys
from abc import ABCMeta

from . import _core, _settings
from ._client import S3, Settled, itself, reduced
from ._session_state import ExpressSessions, SessionState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._client.resource import ServiceResource
    from ._credentials import Credentials
    from ._settings.config import Config as Config


#: The attributes of boto3's sessions that this one has only once it has become a boto3 session.
_OF_BOTO3 = (
    "_account_id_set_without_credentials",
    "_loader",
    "_register_default_handlers",
    "_session",
    "_setup_loader",
    "events",
    "resource_factory",
)


class _Theirs:
    """An attribute of boto3's session."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, session: "Session | None", kind: type) -> "Any":
        return self if session is None else _boto3_of(session).attribute(session, self._name)

    def __set__(self, session: "Session", value: object) -> None:
        _boto3_of(session).set_attribute(session, self._name, value)


def _boto3_of(session: "Session") -> "Any":
    """The module that turns a session into a boto3 or aiobotocore session."""
    return __import__(session._presigned_theirs, fromlist=["attribute"])  # noqa: SLF001 - our own class


class _Kind(ABCMeta):
    """The class of `Session`: a program may check `isinstance`, and boto3's own sessions are instances of it too.

    A program's own class may also derive from abstract and generic classes.
    """

    def __instancecheck__(cls, thing: object) -> bool:
        if super().__instancecheck__(thing):
            return True
        if cls.__module__ != __name__:
            return False
        from ._client.kinds import theirs

        kind = theirs("boto3.session", "Session")
        return kind is not None and isinstance(thing, kind)


class Session(metaclass=_Kind):
    """Credentials, a region and a profile for clients to share; the rest is read from the environment and files.

    Args:
        aws_access_key_id (str): The access key.
        aws_secret_access_key (str): Its secret.
        aws_session_token (str): The token, if the credentials are those of a session.
        region_name (str): The region of clients that name none.
        botocore_session (Session): botocore's, which provides credentials and settings; the others are set in it.
        profile_name (str): The profile of the shared files; it has precedence over credentials in the environment.
        aws_account_id (str): The account of the credentials; it changes no URL.

    Raises:
        ProfileNotFound: The shared files have no such profile.
        ConfigParseError: A shared file cannot be read.
        NoCredentialsError: An account was given without credentials.
        TypeError: `botocore_session` is not one.

    Example:
        >>> session = Session(region_name="eu-central-1")
    """

    #: boto3's class of sessions, and the module that turns a session into one.
    _presigned_known_as = ("boto3.session", "Session")
    _presigned_theirs = "presigned._boto3.session"

    def __init__(
        self,
        aws_access_key_id: "str | None" = None,
        aws_secret_access_key: "str | None" = None,
        aws_session_token: "str | None" = None,
        region_name: "str | None" = None,
        botocore_session: "Any" = None,
        profile_name: "str | None" = None,
        aws_account_id: "str | None" = None,
    ) -> None:
        # The only attribute of its own: a subclass may have attributes of any other name.
        self._presigned = state = SessionState(arguments_of(locals()))
        if (botocore_session is not None or _has_botocore()) and _boto3_of(self).takes(self):
            return
        if state.is_plain and aws_account_id is None:
            held = _settings.pair(aws_access_key_id, aws_secret_access_key, aws_session_token)
            if held is not None:
                state.hold(held)
            if held is not None or not (aws_access_key_id or aws_secret_access_key or aws_session_token):
                return
        if botocore_session is not None:
            from ._boto3.sources import BotocoreSources

            state.asked = state.provider = BotocoreSources(botocore_session, profile_name, region_name)
        elif not state.is_plain:
            from ._settings.sources import Sources

            state.asked = Sources(profile_name, region_name)
        if aws_access_key_id or aws_secret_access_key or aws_session_token or aws_account_id:
            if aws_account_id is not None and (aws_access_key_id is None or aws_secret_access_key is None):
                from ._errors import make

                raise make("NoCredentialsError")
            if botocore_session is not None:
                # Older botocores have no account.
                account = () if aws_account_id is None else (aws_account_id,)
                botocore_session.set_credentials(aws_access_key_id, aws_secret_access_key, aws_session_token, *account)
            else:
                from ._credentials import Credentials

                # A missing half is reported by the first client that would sign with it.
                state.credentials = Credentials(
                    aws_access_key_id,  # type: ignore[arg-type] # see above
                    aws_secret_access_key,  # type: ignore[arg-type] # see above
                    aws_session_token,
                    account_id=aws_account_id,
                )
        # boto3 finds a wrong profile here, when it reads from it where the models are.
        state.sources.get("data_path")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(region_name={self.region_name!r})"

    __copy__ = itself
    __deepcopy__ = itself
    __reduce__ = reduced

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> "type":
            """The class, as `isinstance` asks: a boto3 session too, once boto3 is loaded."""
            from ._client import kinds

            return kinds.joined(type(self), *self._presigned_known_as)

    @property
    def profile_name(self) -> str:
        """The profile in use."""
        state = self._presigned
        if state.boto3 is not None:
            return _boto3_of(self).attribute(self, "profile_name")  # type: ignore[no-any-return] # boto3's
        return state.sources.profile_name or "default"

    @property
    def region_name(self) -> "str | None":
        """The region of clients that name none, or `None`."""
        state = self._presigned
        if state.is_foreign:
            return state.boto3.region_name  # type: ignore[no-any-return] # boto3's
        return state.sources.region_name()

    @property
    def available_profiles(self) -> "list[str]":
        """The profiles of the shared files."""
        state = self._presigned
        if state.boto3 is not None:
            return _boto3_of(self).attribute(self, "available_profiles")  # type: ignore[no-any-return] # boto3's
        return [*state.sources.files.profiles]

    def get_credentials(self) -> "Credentials | None":
        """Returns the credentials that clients sign with unless they are given others, or `None`.

        Raises:
            PartialCredentialsError: A source has an access key without its secret.
            CredentialRetrievalError: A source is configured, and has no credentials to give.
            InvalidConfigError: A source is configured wrongly.
        """
        state = self._presigned
        if state.boto3 is not None:
            # From then on all clients of the session sign with botocore's object.
            return state.boto3.get_credentials()  # type: ignore[no-any-return] # botocore's
        from ._credentials import Credentials

        found = state.found_for(None)
        return found if isinstance(found, Credentials) else None

    def get_available_services(self) -> "list[str]":
        """Lists the services that clients can be made for: boto3's, or S3 alone without boto3."""
        services: list[str] = _boto3_of(self).listed(self, "get_available_services")
        return services

    def get_available_resources(self) -> "list[str]":
        """Lists the services that resources can be made for, in the same way."""
        services: list[str] = _boto3_of(self).listed(self, "get_available_resources")
        return services

    def get_available_partitions(self) -> "list[str]":
        """Lists the partitions."""
        if self._presigned.is_foreign:
            return self._presigned.boto3.get_available_partitions()  # type: ignore[no-any-return] # boto3's
        return [name for name, *_ in _core.partitions()]

    def get_available_regions(
        self, service_name: str, partition_name: str = "aws", allow_non_regional: bool = False
    ) -> "list[str]":
        """Lists the regions of a partition; on request with endpoints such as `s3-external-1`.

        Raises:
            UnknownServiceError: The service is not S3, and boto3 is not installed.
        """
        if service_name != "s3" or self._presigned.is_foreign:
            regions: list[str] = _boto3_of(self).regions(
                self, service_name, partition_name, allow_non_regional=allow_non_regional
            )
            return regions
        for name, own, others in _core.partitions():
            if name == partition_name:
                return sorted(own + others if allow_non_regional else own)
        return []

    def get_partition_for_region(self, region_name: str) -> str:
        """Names the partition of a region.

        Raises:
            UnknownRegionError: No partition has regions of this form.
        """
        if self._presigned.is_foreign:
            return self._presigned.boto3.get_partition_for_region(region_name)  # type: ignore[no-any-return] # boto3's
        partition = _core.region_partition_name(region_name)
        if partition is None:
            from ._errors import make

            message = "No partition found for provided region_name."
            raise make("UnknownRegionError", region_name=region_name, error_msg=message)
        return partition

    def client(
        self,
        service_name: str,
        region_name: "str | None" = None,
        api_version: "str | None" = None,
        use_ssl: "bool | None" = True,
        verify: "bool | str | None" = None,
        endpoint_url: "str | None" = None,
        aws_access_key_id: "str | None" = None,
        aws_secret_access_key: "str | None" = None,
        aws_session_token: "str | None" = None,
        config: "Any" = None,
        aws_account_id: "str | None" = None,
        *,
        credentials: "Any" = None,
    ) -> "S3":
        """Makes a client. What is not given comes from the session, the environment and the shared files.

        Args:
            service_name (str): `"s3"`; a client of another service is boto3's.
            region_name (str): The region to sign for.
            api_version (str): `"2006-03-01"`, or nothing.
            use_ssl (bool): Whether URLs of AWS's own hosts begin with `https`: `True` unless given.
            verify (bool | str): Changes no URL.
            endpoint_url (str): Another server that speaks S3.
            aws_access_key_id (str): The access key.
            aws_secret_access_key (str): Its secret.
            aws_session_token (str): The token, if the credentials are those of a session.
            config (Config): A `presigned.config.Config`, or botocore's.
            aws_account_id (str): Changes no URL.
            credentials (object): In place of access keys, an object that provides them: see `presigned.client`.

        Raises:
            BotoCoreError: A setting is refused; the class says of which kind.
            ValueError: No request could go to the endpoint.
            TypeError: `credentials` is of a type without credentials, or access keys were given too.

        Example:
            >>> s3 = Session().client("s3", region_name="eu-central-1")
        """
        arguments = arguments_of(locals())
        state = self._presigned
        if (service_name != "s3" and isinstance(service_name, str)) or state.is_foreign:
            other: S3 = _client_of_another_service(self, service_name, arguments, credentials)
            return other
        if state.boto3 is None and _has_botocore() and _boto3_of(self).is_patched():
            _boto3_of(self).promoted(self)
        if state.is_plain and service_name == "s3" and credentials is None:
            client = _plain_client(self, state, arguments)
            if client is not None:
                return client
        from ._client.assembly import client_of

        return client_of(self, service_name, arguments, credentials)

    def resource(
        self,
        service_name: str,
        region_name: "str | None" = None,
        api_version: "str | None" = None,
        use_ssl: "bool | None" = True,
        verify: "bool | str | None" = None,
        endpoint_url: "str | None" = None,
        aws_access_key_id: "str | None" = None,
        aws_secret_access_key: "str | None" = None,
        aws_session_token: "str | None" = None,
        config: "Any" = None,
        *,
        credentials: "Any" = None,
    ) -> "ServiceResource":
        """Makes a resource, whose `meta.client` is presigned's; the arguments are those of `client`."""
        arguments = arguments_of(locals())
        if service_name != "s3" or self._presigned.is_foreign:
            from ._boto3.session import of_other_service

            other: ServiceResource = of_other_service(self, "resource", service_name, arguments, credentials)
            return other
        from ._client.resource import resource_config, resource_of

        arguments["config"] = resource_config(config)
        if credentials is not None:
            arguments["credentials"] = credentials
        return resource_of(self.client(service_name, **arguments))

    @property
    def events(self) -> "Any":
        """The event emitter of boto3's session. Clients that are made afterwards have its handlers."""
        return self.__getattr__("events")

    if not TYPE_CHECKING:
        # Attributes of boto3's sessions: they are set there once this one has become a boto3 session.
        _session = _Theirs("_session")
        _loader = _Theirs("_loader")
        resource_factory = _Theirs("resource_factory")

    def __getattr__(self, name: str) -> "Any":
        if name in _OF_BOTO3 or (name[:2] != "__" and "_presigned" in vars(self) and self._presigned.boto3 is not None):
            return _boto3_of(self).attribute(self, name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


def _has_botocore() -> bool:
    """Whether a program can have replaced what botocore's sessions are made of."""
    return "botocore.session" in sys.modules or "botocore.credentials" in sys.modules


def _client_of_another_service(
    session: Session, service_name: str, arguments: "dict[str, Any]", credentials: "Any"
) -> "Any":
    """Makes boto3's client; for some services one that presigns without boto3, unless boto3's session decides."""

    def by_boto3(given: "dict[str, Any]") -> "Any":
        from ._boto3.session import of_other_service

        return of_other_service(session, "client", service_name, given, credentials)

    state = session._presigned  # noqa: SLF001 - our own class
    is_light = service_name in ("sts", "rds", "dsql", "polly") and credentials is None
    if not is_light or state.boto3 is not None or not state.is_plain or state.is_foreign:
        return by_boto3(arguments)
    if _has_botocore() and _boto3_of(session).is_patched():
        return by_boto3(arguments)
    from ._tokens.service_client import client_of

    return client_of(session, service_name, arguments, by_boto3)


def _plain_client(session: Session, state: SessionState, arguments: "dict[str, Any]") -> "S3 | None":
    """Makes a client that gets only credentials and a region; `None` if more is set."""
    environ = _settings.settled_environ(arguments)
    if environ is None:
        return None
    given = arguments["region_name"]
    region = _settings.region_of(state.region if given is None else given)
    held = state.plain_credentials(arguments)
    if region is None or held is None or not held.is_whole:
        return None
    credentials = _settings.signed_by(held)
    sessions = ExpressSessions(state, arguments, region, held)
    client = S3(**_settings.core_in(region), **credentials, sessions=sessions)
    client._presigned = Settled(session, arguments, region, region, environ, credentials, sessions)  # noqa: SLF001 - our own class
    return client


def arguments_of(names: "dict[str, Any]") -> "dict[str, Any]":
    """The arguments of a method, from its local names at its start, without those that boto3 does not have."""
    return {name: value for name, value in names.items() if name not in ("self", "service_name", "credentials")}


def __getattr__(name: str) -> "Any":
    if name == "Config":
        # Programs take it from `boto3.session` too.
        from ._settings.config import Config

        return Config
    if name == "botocore":
        return __import__("botocore.session")  # as `boto3.session` has it
    if name[0] != "_":
        from ._boto3.loader import of_session

        return of_session(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
