"""Sessions in boto3's shape: what several clients have in common, and the clients made from it."""

from __future__ import annotations

import presigned

from . import _core, _credentials, _settings
from ._client import S3, ClientMeta
from ._credentials import Credentials
from ._sources import Sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn, TypeAlias, TypeVar

    from ._behind import SessionBehind
    from ._botocore_session import BotocoreSources
    from ._credentials.absent import Absent
    from ._resource import ServiceResource
    from ._settings import Settings
    from .config import Config as Config

    #: Keys, or whom to ask for them; `None` where nothing is to be signed.
    _Source: TypeAlias = Credentials | Absent | None

    _C = TypeVar("_C", bound=S3)


class Session:
    """Keys, a region and a profile for clients to share.

    Every argument may be left out: then the environment and AWS's shared files say.

    Args:
        aws_access_key_id: The access key.
        aws_secret_access_key: Its secret.
        aws_session_token: The token, if the keys are those of a session.
        region_name: The region of clients that name none.
        botocore_session: A botocore session that has keys, settings and profiles to lend. As in
            boto3, the other arguments are set in it.
        profile_name: The profile of the shared files; it beats keys in the environment.
        aws_account_id: The account of the keys; kept, and used for nothing.

    Raises:
        ProfileNotFound: The shared files have no such profile.
        ConfigParseError: A shared file cannot be read.
        NoCredentialsError: An account was given without keys.
        TypeError: `botocore_session` is none.
    """

    def __init__(
        self,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        region_name: str | None = None,
        botocore_session: Any = None,
        profile_name: str | None = None,
        aws_account_id: str | None = None,
    ) -> None:
        self._given = arguments_of(locals())
        self._boto3: SessionBehind | None = None
        self._lender: BotocoreSources | None = None
        self._credentials: Credentials | None = None
        #: Why each source had no keys, once they were asked in vain.
        self._declined: list[tuple[str, str]] = []
        if botocore_session is None:
            self._sources = Sources(profile_name, region_name)
        else:
            from ._botocore_session import BotocoreSources

            self._sources = self._lender = BotocoreSources(botocore_session, profile_name, region_name)
        if aws_access_key_id or aws_secret_access_key or aws_session_token or aws_account_id:
            if aws_account_id is not None and (aws_access_key_id is None or aws_secret_access_key is None):
                raise presigned.exceptions.make("NoCredentialsError")
            if botocore_session is not None:
                # Older botocores know of no account.
                account = () if aws_account_id is None else (aws_account_id,)
                botocore_session.set_credentials(aws_access_key_id, aws_secret_access_key, aws_session_token, *account)
            else:
                # A missing half is reported by the first client that would sign with it.
                self._credentials = Credentials(
                    aws_access_key_id,  # type: ignore[arg-type] # see above
                    aws_secret_access_key,  # type: ignore[arg-type] # see above
                    aws_session_token,
                    account_id=aws_account_id,
                )
        # boto3 finds a wrong profile here, when it asks the profile where its models are.
        self._sources.get("data_path")

    def __repr__(self) -> str:
        """As boto3 prints it."""
        return f"{type(self).__name__}(region_name={self.region_name!r})"

    def __reduce__(self) -> NoReturn:
        """Refuses to be pickled."""
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it may hold a secret key")

    @property
    def profile_name(self) -> str:
        """The profile in use."""
        return self._sources.profile_name or "default"

    @property
    def region_name(self) -> str | None:
        """The region of clients that name none, or `None`."""
        return self._sources.region_name()

    @property
    def available_profiles(self) -> list[str]:
        """The profiles of the shared files."""
        return [*self._sources.files.profiles]

    def get_credentials(self) -> Credentials | None:
        """Returns the keys that clients sign with unless they are given others, or `None`.

        Raises:
            PartialCredentialsError: A source has an access key without its secret.
            CredentialRetrievalError: A source is configured, and has no keys to give.
            InvalidConfigError: A source is configured wrongly.
        """
        found = self._found_for(None)
        return found if isinstance(found, Credentials) else None

    def _found_for(self, region: str | None) -> _Source:
        """Looks for keys at the first need; roles are assumed in the region of the client that has it."""
        if self._lender is not None:
            return self._lender.credentials(region)
        if self._credentials is None and _credentials.are_in_environment(self._sources):
            # What most processes have needs nothing else of the chain.
            self._credentials = _credentials.of_environment()
        if self._credentials is None:
            from ._credentials.chain import Search

            search = Search(self._sources, region)
            self._credentials, self._declined = search.find(), search.declined
        return self._credentials

    def get_available_services(self) -> list[str]:
        """Lists the services that clients can be made for: boto3's, or S3 alone without boto3."""
        return self._behind().listed("get_available_services")

    def get_available_resources(self) -> list[str]:
        """Lists the services that resources can be made for, in the same way."""
        return self._behind().listed("get_available_resources")

    def get_available_partitions(self) -> list[str]:
        """Lists the partitions."""
        return [name for name, *_ in _core.partitions()]

    def get_available_regions(
        self, service_name: str, partition_name: str = "aws", allow_non_regional: bool = False
    ) -> list[str]:
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
        region_name: str | None = None,
        api_version: str | None = None,
        use_ssl: bool | None = True,
        verify: bool | str | None = None,
        endpoint_url: str | None = None,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        config: Any = None,
        aws_account_id: str | None = None,
        *,
        credentials: Any = None,
    ) -> S3:
        """Makes a client; what is not given, the session, the environment and the shared files say.

        Args:
            service_name: `"s3"`; a client of another service is boto3's.
            region_name: The region to sign for.
            api_version: `"2006-03-01"`, or nothing.
            use_ssl: Whether URLs of AWS's own hosts begin with `https`.
            verify: Bears on no URL.
            endpoint_url: Another server that speaks S3.
            aws_access_key_id: The access key.
            aws_secret_access_key: Its secret.
            aws_session_token: The token, if the keys are those of a session.
            config: A `presigned.config.Config`, or botocore's.
            aws_account_id: Bears on no URL.
            credentials: In place of keys, whoever has them and goes on to manage them: credentials
                or a session of boto3, botocore, aiobotocore or presigned, a function that returns
                keys, or an object with `access_key`, `secret_key` and `token`. Asked at each URL.

        Raises:
            BotoCoreError: A setting is refused; the class says of which kind.
            ValueError: No request could go to the endpoint.
            TypeError: `credentials` can lend no keys, or there are keys besides.
        """
        arguments = arguments_of(locals())
        if service_name != "s3" and isinstance(service_name, str):
            other: S3 = self._behind().make("client", service_name, arguments, credentials)
            return other
        settings, keys = self._settled(
            service_name,
            region_name=region_name,
            api_version=api_version,
            use_ssl=use_ssl,
            verify=verify,
            endpoint_url=endpoint_url,
            config=config,
            keys=lambda region: self._keys(
                region, aws_access_key_id, aws_secret_access_key, aws_session_token, aws_account_id, credentials
            ),
        )
        client = assemble(S3, settings, keys)
        client._origin = (self, arguments, keys)  # noqa: SLF001 - ours
        if self._boto3 is not None:
            self._boto3.hand_down(client)
        return client

    def _settled(
        self,
        service_name: str,
        *,
        region_name: str | None,
        api_version: str | None,
        use_ssl: bool | None,
        verify: bool | str | None,
        endpoint_url: str | None,
        config: Any,
        keys: Callable[[str | None], _Source],
    ) -> tuple[Settings, dict[str, Any]]:
        """Works out what a client is made of, and what it signs with; `keys` is asked with its region."""
        if service_name != "s3":
            self._behind().refuse(service_name, "client")
        sources = self._sources
        config = sources.with_defaults(config)
        options: Config | None = None
        unsigned = False
        if config is not None:
            from .config import adopt, is_unsigned

            options = adopt(config)
            unsigned = is_unsigned(options.signature_version)
        region = _settings.region_of(sources, options, region_name)
        if verify is None:
            verify = sources.get("ca_bundle")  # type: ignore[assignment] # it bears on no URL
        version = sources.model_version() if api_version is None else api_version
        credentials = None if unsigned else keys(region)
        if "sso_session" in sources.files.profiles.get(self.profile_name, {}):
            from ._credentials.sso_token import check_session

            check_session(sources, self.profile_name)
        settings = _settings.settle(
            sources,
            options,
            unsigned=unsigned,
            region=region,
            use_ssl=use_ssl,
            verify=verify,
            endpoint_url=endpoint_url,
            api_version=version,
        )
        return settings, self._core_keys(credentials, unsigned=unsigned)

    def resource(
        self,
        service_name: str,
        region_name: str | None = None,
        api_version: str | None = None,
        use_ssl: bool | None = True,
        verify: bool | str | None = None,
        endpoint_url: str | None = None,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        config: Any = None,
        *,
        credentials: Any = None,
    ) -> ServiceResource:
        """Makes a resource, of which `meta.client` is here; the arguments are those of `client`."""
        arguments = arguments_of(locals())
        if service_name != "s3" and isinstance(service_name, str):
            other: ServiceResource = self._behind().make("resource", service_name, arguments, credentials)
            return other
        if service_name != "s3":
            self._behind().refuse(service_name, "resource")
        from ._resource import ServiceResource, resource_config

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
            config=resource_config(config),
            credentials=credentials,
        )
        return ServiceResource(client, lambda: self._behind().make("resource", "s3", arguments, credentials))

    def _behind(self) -> SessionBehind:
        """What the session has from boto3."""
        if self._boto3 is None:
            from ._behind import SessionBehind

            self._boto3 = SessionBehind(self, self._given)
        return self._boto3

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in ("_boto3", "_given"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._behind().attribute(name)

    def _core_keys(self, credentials: _Source, *, unsigned: bool) -> dict[str, Any]:
        """The keys as the native client takes them: texts, or an object that it asks for them."""
        core: dict[str, Any] = {"access_key": None, "secret_key": None, "session_token": None, "source": None}
        if type(credentials) is Credentials:
            credentials.check_whole()
            core["access_key"], core["secret_key"] = credentials.access_key, credentials.secret_key
            core["session_token"] = credentials.token
        elif credentials is not None:
            core["source"] = credentials
        elif not unsigned:
            from ._credentials.absent import Absent

            core["source"] = Absent(self._declined)
        return core

    def _keys(
        self,
        region: str | None,
        access_key: str | None,
        secret_key: str | None,
        token: str | None,
        account_id: str | None,
        lender: Any,
    ) -> _Source:
        """Takes what a client was given, or else the session's; a token alone is passed over, as in boto3."""
        if lender is not None:
            check_alone(access_key, secret_key, token, account_id)
            from ._credentials.lent import adopt

            return adopt(lender)
        if access_key is None and secret_key is None:
            return self._found_for(region)
        given = Credentials(access_key, secret_key, token, account_id=account_id)  # type: ignore[arg-type] # checked next
        given.check_whole()
        return given


def arguments_of(names: dict[str, Any]) -> dict[str, Any]:
    """The arguments among the local names at the beginning of a method, without what has no place in boto3's."""
    return {name: value for name, value in names.items() if name not in ("self", "service_name", "credentials")}


def assemble(kind: type[_C], settings: Settings, keys: dict[str, Any]) -> _C:
    """Makes a client of what was settled."""
    client = kind(**settings.core, **keys)
    client.meta = ClientMeta(settings, client)
    return client


def check_alone(*keys: str | None) -> None:
    """Refuses keys beside a lender of keys: one of them would be passed over in silence."""
    names = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_account_id")
    given = [name for name, key in zip(names, keys, strict=True) if key is not None]
    if given:
        raise TypeError(f"Give credentials or {', '.join(given)}, not both: credentials have keys of their own")


def __getattr__(name: str) -> Any:
    if name == "Config":
        # Programs take it from `boto3.session` too.
        from .config import Config

        return Config
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
