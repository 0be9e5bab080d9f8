"""The botocore session of the boto3 client behind our client. It has the settings that our client was made with.

Environment, files and our session may have changed since then; none of them is asked again.
"""

from __future__ import annotations

from copy import copy
from pathlib import Path

from botocore.configprovider import ConfiguredEndpointProvider, ConstantProvider
from botocore.session import Session
from botocore.useragent import register_feature_id

from .credentials import credentials_of
from .error_classes import SharedErrors
from .loader import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from presigned._client import Settled
    from presigned._session_state import SessionState

#: Source of credentials -> the feature that botocore reports to AWS in each request.
_FEATURES = {
    "config-file": "CREDENTIALS_PROFILE",
    "container-role": "CREDENTIALS_HTTP",
    "env": "CREDENTIALS_ENV_VARS",
    "iam-role": "CREDENTIALS_IMDS",
    "shared-credentials-file": "CREDENTIALS_PROFILE",
}
#: Search path -> the loader of botocore's and boto3's models, which keeps those that it has read.
_loaders: dict[str | None, Any] = {}


class SettledEnvironment:
    """Changes a botocore or aiobotocore session so that it reads a settled environment.

    Attributes:
        environ: The variables; set before the session itself is made.
    """

    environ: Mapping[str, str]

    def _register_config_store(self) -> None:
        super()._register_config_store()  # type: ignore[misc] # a session's
        store: Any = self.get_component("config_store")  # type: ignore[attr-defined] # the same
        for provider in store._mapping.values():
            _answer_from(provider, self.environ)

    def _add_configured_endpoint_provider(self, client_name: str, config_store: Any) -> None:
        provider = ConfiguredEndpointProvider(
            full_config=self.full_config,  # type: ignore[attr-defined] # the same
            scoped_config=self.get_scoped_config(),  # type: ignore[attr-defined] # the same
            client_name=client_name,
            environ=self.environ,
        )
        config_store.set_config_provider(logical_name="endpoint_url", provider=provider)

    def _resolve_defaults_mode(self, client_config: Any, config_store: Any) -> str:
        mode: str = super()._resolve_defaults_mode(client_config, config_store)  # type: ignore[misc] # a session's
        if mode != "auto" or not self.environ.get("AWS_EXECUTION_ENV"):
            return mode
        here = self.environ.get("AWS_REGION", self.environ.get("AWS_DEFAULT_REGION"))
        if not here:
            return mode
        return "in-region" if self._last_client_region_used == here else "cross-region"  # type: ignore[attr-defined] # a session's


class SettledSession(SettledEnvironment, Session):  # type: ignore[misc] # botocore has no types
    """A botocore session with a settled environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        super().__init__()

    def get_credentials(self) -> Any:
        """Returns the settled credentials, or `None`."""
        feature = _FEATURES.get(str(getattr(self._credentials, "method", None)))
        if feature is not None:
            register_feature_id(feature)
        return self._credentials


def session_of(settled: Settled) -> Any:
    """Makes a boto3 session for one client."""
    session = SettledSession(settled.environ)
    settle(session, settled, credentials_of(settled))
    return load().Session(botocore_session=session)


def settle(session: Any, settled: Settled, credentials: Any) -> None:
    """Sets in a botocore session what was settled for one client: profile, files, region and credentials."""
    take_settings(session, settled.session._presigned)
    session.register_component("data_loader", _loader(session))
    session.set_config_variable("region", settled.region)
    session._credentials = credentials


def take_settings(session: Any, state: SessionState) -> None:
    """Sets in a botocore session the profile of our session, and the content of its files when they were read."""
    if state.given["profile_name"] is not None:
        session.set_config_variable("profile", state.given["profile_name"])
    files = state.sources.files
    # The tables themselves, not copies: as in botocore, clients store results in them.
    session._config = {
        "profiles": files.profiles,
        "sso_sessions": files.sso_sessions,
        "services": files.services,
    }
    session._internal_components.register_component("exceptions_factory", SharedErrors.shared())


def make_loader(session: Any, state: SessionState) -> None:
    """Makes the loader of models.

    boto3 makes it with its session. So it is not an error if a missing profile is named later.
    """
    if state.sources.profile_name in (None, *state.sources.files.profiles):
        session.get_component("data_loader")
        return
    store = session.get_component("config_store")
    provider = store.get_config_provider("profile")
    store.set_config_provider("profile", ConstantProvider(None))
    try:
        session.get_component("data_loader")
    finally:
        store.set_config_provider("profile", provider)


def _loader(session: Any) -> Any:
    path = session.get_config_variable("data_path")
    if path not in _loaders:
        _loaders[path] = session.get_component("data_loader")
        # It never looks twice for a model that it did not find: so boto3's models must be there from the beginning.
        _loaders[path].search_paths.append(str(Path(load().__file__).with_name("data")))
    made = copy(_loaders[path])
    made._search_paths = [*made._search_paths]
    return made


def _answer_from(provider: Any, environ: Mapping[str, str]) -> None:
    """Makes a provider of settings read these variables."""
    if hasattr(provider, "_env"):
        provider._env = environ
    for inner in getattr(provider, "_providers", None) or ():
        _answer_from(inner, environ)
    for inner in (getattr(provider, "_override_providers", None) or {}).values():
        _answer_from(inner, environ)
