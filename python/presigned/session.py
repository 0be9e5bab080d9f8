"""Sessions in boto3's shape: what several clients have in common, and the clients made from it."""

import presigned

from . import _core, _plain
from ._client import S3, itself, reduced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from ._behind import SessionBehind
    from ._botocore_session import BotocoreSources
    from ._credentials import Credentials
    from ._credentials.absent import Absent
    from ._resource import ServiceResource
    from ._sources import Sources
    from .config import Config as Config

    #: Keys, or whom to ask for them; `None` where nothing is to be signed.
    _Source: TypeAlias = Credentials | Absent | None


class Session:
    """Keys, a region and a profile for clients to share; what is not given, the environment and AWS's shared files say.

    Args:
        aws_access_key_id (str): The access key.
        aws_secret_access_key (str): Its secret.
        aws_session_token (str): The token, if the keys are those of a session.
        region_name (str): The region of clients that name none.
        botocore_session (Session): botocore's, with keys, settings and profiles to lend; the others are set in it.
        profile_name (str): The profile of the shared files; it beats keys in the environment.
        aws_account_id (str): The account of the keys; kept, and used for nothing.

    Raises:
        ProfileNotFound: The shared files have no such profile.
        ConfigParseError: A shared file cannot be read.
        NoCredentialsError: An account was given without keys.
        TypeError: `botocore_session` is none.

    Example:
        >>> session = Session(region_name="eu-central-1")
    """

    #: Keys for all its clients, which `_credentials` may not have yet.
    _held: "_core.HeldKeys | None" = None

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
        self._given = arguments_of(locals())
        self._boto3: SessionBehind | None = None
        self._lender: BotocoreSources | None = None
        self._credentials: Credentials | None = None
        #: Why each source had no keys, once they were asked in vain.
        self._declined: list[tuple[str, str]] = []
        #: Where settings come from; made at the first need, if there are no files to read.
        self._asked: Sources | None = None
        self._region = region_name
        #: Whether there is nobody to ask but the environment.
        self._is_plain = botocore_session is None and profile_name is None and _plain.has_no_files()
        if self._is_plain and aws_account_id is None:
            held = _plain.pair(aws_access_key_id, aws_secret_access_key, aws_session_token)
            if held is not None:
                self._held = held
            if held is not None or not (aws_access_key_id or aws_secret_access_key or aws_session_token):
                return
        if botocore_session is not None:
            from . import _botocore_session

            self._asked = self._lender = _botocore_session.BotocoreSources(botocore_session, profile_name, region_name)
        elif not self._is_plain:
            from . import _sources

            self._asked = _sources.Sources(profile_name, region_name)
        if aws_access_key_id or aws_secret_access_key or aws_session_token or aws_account_id:
            if aws_account_id is not None and (aws_access_key_id is None or aws_secret_access_key is None):
                raise presigned.exceptions.make("NoCredentialsError")
            if botocore_session is not None:
                # Older botocores know of no account.
                account = () if aws_account_id is None else (aws_account_id,)
                botocore_session.set_credentials(aws_access_key_id, aws_secret_access_key, aws_session_token, *account)
            else:
                from . import _credentials

                # A missing half is reported by the first client that would sign with it.
                self._credentials = _credentials.Credentials(
                    aws_access_key_id,  # type: ignore[arg-type] # see above
                    aws_secret_access_key,  # type: ignore[arg-type] # see above
                    aws_session_token,
                    account_id=aws_account_id,
                )
        # boto3 finds a wrong profile here, when it asks the profile where its models are.
        self._sources.get("data_path")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(region_name={self.region_name!r})"

    __copy__ = itself
    __deepcopy__ = itself
    __reduce__ = reduced

    @property
    def _sources(self) -> "Sources":
        """The environment and the files; files that were not there when the session was made stay unread."""
        if self._asked is None:
            from . import _sources

            self._asked = _sources.Sources.without_files(self._region)
        return self._asked

    @property
    def profile_name(self) -> str:
        """The profile in use."""
        return self._sources.profile_name or "default"

    @property
    def region_name(self) -> "str | None":
        """The region of clients that name none, or `None`."""
        return self._sources.region_name()

    @property
    def available_profiles(self) -> "list[str]":
        """The profiles of the shared files."""
        return [*self._sources.files.profiles]

    def get_credentials(self) -> "Credentials | None":
        """Returns the keys that clients sign with unless they are given others, or `None`.

        Raises:
            PartialCredentialsError: A source has an access key without its secret.
            CredentialRetrievalError: A source is configured, and has no keys to give.
            InvalidConfigError: A source is configured wrongly.
        """
        from . import _credentials

        found = self._found_for(None)
        return found if isinstance(found, _credentials.Credentials) else None

    def _found_for(self, region: "str | None") -> "_Source":
        """Looks for keys at the first need; roles are assumed in the region of the client that has it."""
        if self._lender is not None:
            return self._lender.credentials(region)
        from . import _credentials

        if self._credentials is None and self._held is not None:
            self._credentials = _credentials.Credentials.holding(self._held)
        if self._credentials is None and _credentials.are_in_environment(self._sources):
            # What most processes have needs nothing else of the chain.
            of_environment = _credentials.of_environment()
            if type(of_environment) is _credentials.Credentials:
                # Clients may have found them already, in another thread.
                held = vars(self).setdefault("_held", of_environment._native)  # noqa: SLF001 - ours
                if held is not of_environment._native:  # noqa: SLF001 - ours
                    of_environment = _credentials.Credentials.holding(held)
            self._credentials = of_environment
        if self._credentials is None:
            from ._credentials.chain import Search

            search = Search(self._sources, region)
            found, self._declined = search.find(), search.declined
            if self._credentials is None:
                # Of two threads, both go on with what one of them found.
                self._credentials = found
        return self._credentials

    def get_available_services(self) -> "list[str]":
        """Lists the services that clients can be made for: boto3's, or S3 alone without boto3."""
        return self._behind().listed("get_available_services")

    def get_available_resources(self) -> "list[str]":
        """Lists the services that resources can be made for, in the same way."""
        return self._behind().listed("get_available_resources")

    def get_available_partitions(self) -> "list[str]":
        """Lists the partitions."""
        return [name for name, *_ in _core.partitions()]

    def get_available_regions(
        self, service_name: str, partition_name: str = "aws", allow_non_regional: bool = False
    ) -> "list[str]":
        """Lists the regions of a partition; on request with endpoints such as `s3-external-1`.

        Raises:
            UnknownServiceError: The service is not S3, and boto3 is not installed.
        """
        if service_name != "s3":
            return self._behind().regions(service_name, partition_name, allow_non_regional=allow_non_regional)
        for name, regions, others in _core.partitions():
            if name == partition_name:
                return sorted(regions + others if allow_non_regional else regions)
        return []

    def get_partition_for_region(self, region_name: str) -> str:
        """Names the partition of a region.

        Raises:
            UnknownRegionError: No partition has regions of this form.
        """
        partition = _core.region_partition_name(region_name)
        if partition is None:
            text = "No partition found for provided region_name."
            raise presigned.exceptions.make("UnknownRegionError", region_name=region_name, error_msg=text)
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
        """Makes a client; what is not given, the session, the environment and the shared files say.

        Args:
            service_name (str): `"s3"`; a client of another service is boto3's.
            region_name (str): The region to sign for.
            api_version (str): `"2006-03-01"`, or nothing.
            use_ssl (bool): Whether URLs of AWS's own hosts begin with `https`: `True` unless given.
            verify (bool | str): Bears on no URL.
            endpoint_url (str): Another server that speaks S3.
            aws_access_key_id (str): The access key.
            aws_secret_access_key (str): Its secret.
            aws_session_token (str): The token, if the keys are those of a session.
            config (Config): A `presigned.config.Config`, or botocore's.
            aws_account_id (str): Bears on no URL.
            credentials (object): In place of keys, whoever has them: see `presigned.client`.

        Raises:
            BotoCoreError: A setting is refused; the class says of which kind.
            ValueError: No request could go to the endpoint.
            TypeError: `credentials` can lend no keys, or there are keys besides.

        Example:
            >>> s3 = Session().client("s3", region_name="eu-central-1")
        """
        arguments = arguments_of(locals())
        if service_name != "s3" and isinstance(service_name, str):
            other: S3 = self._behind().make("client", service_name, arguments, credentials)
            return other
        client = None
        if self._is_plain and service_name == "s3" and credentials is None:
            client = self._plain_client(arguments)
        if client is None:
            from ._assembly import client_of

            client = client_of(self, service_name, arguments, credentials)
        if self._boto3 is not None:
            self._boto3.hand_down(client)
        return client

    def _plain_client(self, arguments: "dict[str, Any]") -> "S3 | None":
        """Makes a client of which nothing is said but keys and a region, or `None` if more is said."""
        if not _plain.is_told_no_more(arguments):
            return None
        given = arguments["region_name"]
        region = _plain.region_of(self._region if given is None else given)
        if arguments["aws_access_key_id"] is not None or arguments["aws_secret_access_key"] is not None:
            held = _plain.keys_of(arguments)
        elif self._credentials is None:
            # As in boto3, the session's clients go on with the keys that the first of them found.
            held = self._held or _plain.keys_in_environment()
            if held is not None:
                # Of two threads, both go on with the same.
                held = vars(self).setdefault("_held", held)
        else:
            from . import _credentials

            known = self._credentials
            held = known._native if type(known) is _credentials.Credentials else None  # noqa: SLF001 - ours
        if region is None or held is None or not held.is_whole:
            return None
        keys: dict[str, Any] = {"access_key": None, "secret_key": None, "session_token": None, "source": held}
        client = S3(**_plain.core_in(region), **keys)
        client._settings = region  # noqa: SLF001 - ours
        client._origin = (self, arguments, keys)  # noqa: SLF001 - ours
        return client

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
        """Makes a resource, of which `meta.client` is here; the arguments are those of `client`."""
        arguments = arguments_of(locals())
        if service_name != "s3" and isinstance(service_name, str):
            other: ServiceResource = self._behind().make("resource", service_name, arguments, credentials)
            return other
        if service_name != "s3":
            self._behind().refuse(service_name, "resource")
        from . import _resource

        client = self.client(
            service_name,
            region_name=region_name,
            api_version=api_version,
            use_ssl=use_ssl,
            verify=verify,
            endpoint_url=endpoint_url,
            aws_access_key_id=aws_access_key_id,
            aws_secret_access_key=aws_secret_access_key,
            aws_session_token=aws_session_token,
            config=_resource.resource_config(config),
            credentials=credentials,
        )
        return _resource.ServiceResource(client, lambda: self._behind().make("resource", "s3", arguments, credentials))

    def _behind(self) -> "SessionBehind":
        """What the session has from boto3."""
        if self._boto3 is None:
            from . import _behind

            self._boto3 = _behind.SessionBehind(self, self._given)
        return self._boto3

    def __getattr__(self, name: str) -> "Any":
        if name.startswith("__") or name in ("_boto3", "_given"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._behind().attribute(name)


def arguments_of(names: "dict[str, Any]") -> "dict[str, Any]":
    """The arguments among the local names at the beginning of a method, without what has no place in boto3's."""
    return {name: value for name, value in names.items() if name not in ("self", "service_name", "credentials")}


def __getattr__(name: str) -> "Any":
    if name == "Config":
        # Programs take it from `boto3.session` too.
        from .config import Config

        return Config
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
