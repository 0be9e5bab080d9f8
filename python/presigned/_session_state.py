"""The state of a session. It is not in the session object itself, as a subclass may have attributes of any name."""

from presigned import _core, _settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from presigned._boto3.sources import BotocoreSources
    from presigned._credentials import Credentials
    from presigned._credentials.absent import Absent
    from presigned._credentials.background import Flight
    from presigned._credentials.express import OpenedSessions, SessionCredentials
    from presigned._settings.client_settings import Settings
    from presigned._settings.sources import Sources

    #: Credentials, or the object to ask for them; `None` if nothing is signed.
    _Source: TypeAlias = Credentials | Absent | None


class SessionNeededError(Exception):
    """A session with a directory bucket must be opened before a signature, by a caller that can wait."""

    def __init__(self, credentials: "SessionCredentials") -> None:
        super().__init__("a session with a directory bucket must be opened first")
        self.credentials = credentials


class ExpressSessions:
    """The sessions of one client with directory buckets of S3 Express; the native client calls it for credentials.

    It has no reference to the client, which holds it where no collector of garbage looks.
    """

    __slots__ = ("_arguments", "_opened", "_settings", "_source", "_state", "is_awaited")

    def __init__(
        self, state: "SessionState", arguments: "dict[str, Any]", settings: "Settings | str", source: object
    ) -> None:
        self._state = state
        self._arguments = arguments
        self._settings = settings
        self._source = source
        self._opened: dict[str, OpenedSessions] = {}
        #: Whether it must not wait: the client awaits what a `SessionNeededError` names.
        self.is_awaited = False

    def signed_by(self, source: object, *, is_awaited: bool = False) -> "ExpressSessions":
        """The sessions of the same client with other credentials, or of a client that must not wait."""
        made = ExpressSessions(self._state, self._arguments, self._settings, source)
        made.is_awaited = is_awaited
        return made

    def __call__(self, bucket: str, url: str, region: str) -> "_core.FrozenCredentials":
        """Returns the credentials of a session with a bucket, at the URL of its endpoint."""
        opened = self._opened.get("opened")
        if opened is None:
            from presigned._credentials.express import OpenedSessions, lent_by, network_of

            settings, verify = self._settings, self._arguments["verify"]
            options = {} if isinstance(settings, str) else settings.options
            if verify is None:
                found = self._state.sources.get("ca_bundle")
                verify = found if isinstance(found, str) else None
            lent = lent_by(options.get("s3") or {})
            network = {} if lent is not None else network_of(options, verify)
            # If two threads come first, both use one.
            opened = self._opened.setdefault("opened", OpenedSessions(self._source, network, lent))
        session = opened.of(bucket, url, region)
        if not self.is_awaited:
            return session.current()[0]
        if opened.is_due(session) and not session.is_usable():
            raise SessionNeededError(session)
        return session.held()[0]


class SessionState:
    """Settings and credentials of one session."""

    __slots__ = (
        "aioboto3",
        "asked",
        "boto3",
        "boto3_as_made",
        "credentials",
        "declined",
        "flight",
        "found",
        "given",
        "has_aioboto3_shape",
        "is_foreign",
        "is_plain",
        "may_travel",
        "provider",
        "region",
        "shown",
    )

    def __init__(self, given: "dict[str, Any]") -> None:
        #: The arguments of the session.
        self.given = given
        self.region: str | None = given["region_name"]
        #: Credentials that clients of the session share, once they were found or given.
        self.credentials: Credentials | None = None
        #: The credentials that the first client finds for all: `held`, which native clients share, and their `object`.
        self.found: dict[str, Any] = {}
        #: Why each source had no credentials, once all were asked and none had any.
        self.declined: list[tuple[str, str]] = []
        #: The source of settings; made when first needed, if there are no files to read.
        self.asked: Sources | None = None
        #: The botocore session that decides: one that was given, or the one below `boto3`.
        self.provider: BotocoreSources | None = None
        #: The boto3 session, once this one has become one.
        self.boto3: Any = None
        #: The aioboto3 session above the aiobotocore session.
        self.aioboto3: Any = None
        #: Whether a session of asyncio has the shape of aioboto3's, not aiobotocore's.
        self.has_aioboto3_shape = False
        #: The settings of boto3's session when it was made.
        self.boto3_as_made: tuple[Any, ...] = ()
        #: Whether the given botocore session is another object, which boto3 handles.
        self.is_foreign = False
        #: Whether credentials may be pickled.
        self.may_travel = False
        #: The last result of `get_credentials`, in asyncio.
        self.shown: Any = None
        #: The search for credentials that tasks of asyncio wait for.
        self.flight: Flight | None = None
        #: Whether settings and credentials come from arguments and the environment alone.
        self.is_plain = given["botocore_session"] is None and given["profile_name"] is None and _settings.has_no_files()

    @property
    def sources(self) -> "Sources":
        """The environment and the files. Files that did not exist when the session was made are not read."""
        if self.asked is None:
            from presigned._settings.sources import Sources

            self.asked = Sources.without_files(self.region)
        return self.asked

    @property
    def held(self) -> "_core.HeldCredentials | None":
        """Credentials for all clients of the session, which `credentials` may not have yet."""
        return self.found.get("held")

    def hold(self, credentials: "_core.HeldCredentials") -> "_core.HeldCredentials":
        """Keeps credentials for all clients. If two threads find some, both use the first."""
        first: _core.HeldCredentials = self.found.setdefault("held", credentials)
        return first

    def found_for(self, region: "str | None") -> "_Source":
        """Looks for credentials when they are first needed. Roles are assumed in the region of that client."""
        if self.provider is not None:
            return self.provider.credentials(region)
        if self.held is not None or self.credentials is not None:
            return self.shared_credentials()
        from presigned._credentials import Credentials
        from presigned._credentials.environment import are_in_environment, of_environment

        if are_in_environment(self.sources):
            # Most processes have such credentials: the rest of the chain is then not imported.
            known = of_environment()
            if type(known) is Credentials:
                if self.hold(known._native) is known._native:  # noqa: SLF001 - our own class
                    # It may also have the account.
                    self.credentials = self.found.setdefault("object", known)
                return self.shared_credentials()
            self.credentials = known
        if self.credentials is None:
            from presigned._credentials.chain import Search

            search = Search(self.sources, region)
            found, self.declined = search.find(), search.declined
            if self.credentials is None:
                # If two threads search, both use what one of them found.
                self.credentials = found
        return self.credentials

    def shared_credentials(self) -> "Credentials":
        """The object that clients without their own credentials sign with. Call it only if there is one."""
        if self.credentials is None and self.held is not None:
            from presigned._credentials import Credentials

            self.credentials = self.found.setdefault("object", Credentials.holding(self.held))
        if self.credentials is None:
            from presigned._errors import make

            raise make("NoCredentialsError")
        return self.credentials

    def known_credentials(self) -> "Credentials | None":
        """The object that clients without their own credentials sign with, if any were found or given so far."""
        return None if self.credentials is None and self.held is None else self.shared_credentials()

    def plain_credentials(self, arguments: "dict[str, Any]") -> "_core.HeldCredentials | None":
        """The credentials of a plain client: those that were given, or found; `None` if more sources must be asked."""
        if arguments["aws_access_key_id"] is not None or arguments["aws_secret_access_key"] is not None:
            return _settings.credentials_of(arguments)
        known = self.credentials
        if known is None:
            # As in boto3, all clients of the session use the credentials that the first of them found.
            held = self.held or _settings.credentials_in_environment()
            return None if held is None else self.hold(held)
        from presigned._credentials import Credentials

        return known._native if type(known) is Credentials else None  # noqa: SLF001 - our own class
