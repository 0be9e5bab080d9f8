"""Reads one setting at a time from a botocore session: what was set in it, and what it has read."""

from __future__ import annotations

from presigned._settings.sources import Files, Sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._credentials import Credentials
    from presigned._credentials.absent import Absent
    from presigned._settings.config import Config
    from presigned._settings.sources import Section

#: The attributes by which a botocore session is recognised; a boto3 session has none of them.
_ASKED = ("full_config", "get_config_variable", "get_credentials", "get_scoped_config")
#: Option of the shared files -> what botocore calls it, where the names differ.
_NAMES = {"sdk_ua_app_id": "user_agent_appid"}


class BotocoreSources(Sources):
    """The settings of a botocore session. That session still decides.

    As in boto3, a profile and a region are set in the session itself.

    Raises:
        TypeError: It is not a botocore session.
    """

    __slots__ = ("_provided", "session")

    def __init__(self, session: Any, profile: str | None = None, region: str | None = None) -> None:
        if isinstance(session, type) or not all(hasattr(type(session), name) for name in _ASKED):
            message = f"botocore_session must be a botocore.session.Session, not {type(session)}"
            if hasattr(type(session), "get_credentials"):
                message += '; to sign with its credentials, use presigned.client("s3", credentials=that_session)'
            raise TypeError(message)
        super().__init__()
        self.session = session
        self._provided: Credentials | Absent | None = None
        for name, value in (("profile", profile), ("region", region)):
            if value is not None:
                session.set_config_variable(name, value)

    @property
    def files(self) -> Files:
        """What the session has read from the files that its environment named at that time."""
        if self._files is None:
            read = self.session.full_config
            files = Files()
            # The tables themselves, not copies: as in botocore, clients store results in them.
            files.profiles = read["profiles"]
            files.sso_sessions = read.get("sso_sessions", {})
            files.services = read.get("services", {})
            self._files = files
        return self._files

    @property
    def profile_name(self) -> str | None:
        """The profile in use, or `None` if none is named."""
        name: str | None = self.session.profile
        return name

    @property
    def section(self) -> Section:
        """What the files say for the profile in use.

        Raises:
            ProfileNotFound: A profile was named that neither file has.
        """
        section: Section = self.session.get_scoped_config()
        return section

    def get(self, option: str, variable: str | None = None) -> Any:  # noqa: ARG002 - the session knows its variable
        """Looks a setting up, converted, with botocore's default where nothing sets it."""
        return self.session.get_config_variable(_NAMES.get(option, option))

    def s3(self) -> dict[str, Any] | None:
        """The `s3` table, as the session resolves it."""
        table: dict[str, Any] | None = self.session.get_config_variable("s3")
        return table

    def api_versions(self) -> Any:
        """The versions of models that clients are made from."""
        return self.session.get_config_variable("api_versions")

    def endpoint_url(self) -> str | None:
        """What was set in the session's store. Its environment and its files are read as for any session."""
        url: str | None = self.session.get_config_variable("endpoint_url")
        return url

    def with_defaults(self, config: Config | None) -> Config | None:
        """Puts a caller's options on top of the session's default client config."""
        default: Config | None = self.session.get_default_client_config()
        if default is None or config is None:
            return config if default is None else default
        return default.merge(config)

    def region_name(self) -> str | None:
        """The region in use, or `None`; `AWS_REGION` is asked last."""
        self.region = self.session.get_config_variable("region")
        if self.region is None:
            from os import environ

            return environ.get("AWS_REGION") or None
        return self.region

    def ask(self, region: str | None) -> Any:
        """Asks the session for its credentials. An asynchronous session returns a coroutine.

        Args:
            region: The region of the client that asks; roles are assumed there.
        """
        session = self.session
        if region is not None and hasattr(session, "_last_client_region_used"):
            # botocore notes it for its own clients.
            session._last_client_region_used = region
        return session.get_credentials()

    def credentials(self, region: str | None) -> Credentials | Absent:
        """Provides the credentials that the session signs with now."""
        from presigned._credentials.provided_base import finish

        found = self.ask(region)
        return self.provide(finish(found) if hasattr(found, "send") else found)

    def provide(self, found: Any) -> Credentials | Absent:
        """Provides what the session found: the same object as before, if it found the same."""
        from presigned._credentials.provided import of_session

        if found is None or getattr(self._provided, "provider", None) is not found:
            self._provided = of_session(self.session, found)
        return self._provided  # type: ignore[return-value] # made above, if not before
