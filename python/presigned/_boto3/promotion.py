"""Turns one of our clients into a boto3 client, once for all threads.

boto3's client gets the settings that our client was made with, never those of the present environment.
From then on `gate` decides which of the two answers a call.
"""

from __future__ import annotations

import os

from presigned import _core
from presigned._core import Later
from presigned._settings import ACCOUNT, CREDENTIALS

from .arguments import as_given, botocore_config, forget_sigv2
from .loader import load
from .lock import Lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from presigned._client import S3, Settled

    from .gate import Gate


#: Held while an object is turned into boto3's. The result is set last, so a fork leaves nothing half made.
LOCK = Lock()


def promoted(client: S3) -> Gate:
    """Returns the gate of a client, which becomes a boto3 client if it is not one yet.

    Raises:
        ModuleNotFoundError: boto3 is not installed.
    """
    settled = client._presigned
    gate = settled.gate
    if gate is None:
        # An import has locks of its own.
        load()
        from .gate import Gate

        with LOCK:
            gate = settled.gate
            if gate is None:
                gate = Gate(*_made_of(settled), settled)
                become(client, gate)
    return gate


def become(client: S3, gate: Gate) -> None:
    """Sets on boto3's client what was set on our client so far, and connects the two."""
    # It may raise: a program's own class may refuse to be derived from.
    kind = _with_more(type(client))
    own = vars(client)
    if "meta" in own and own["meta"] is client._presigned.meta:
        # Programs may still hold this object: it asks boto3's `meta` from now on.
        del own["meta"]
    for name in later_names(type(client)).intersection(own):
        setattr(gate.theirs, name, own.pop(name))
    client._presigned.gate = gate
    # A program's handlers may add attributes to boto3's client, and its events answer for those that it lacks.
    _set_class(client, kind)
    if gate.is_asked_by_core:
        _core.promote(client, gate)


def later_names(kind: type) -> set[str]:
    """The names of a class that are attributes of this kind."""
    return {name for each in kind.__mro__ for name, value in vars(each).items() if isinstance(value, Later)}


#: Class of clients -> the class of those that are boto3's.
_with_names: dict[type, type] = {}


def _with_more(kind: type) -> type:
    """The class of a client with boto3's other attributes. Other clients lack them: each call would take longer."""

    def attribute(client: Any, name: str) -> Any:
        # A client that is being made has none yet.
        if name == "_presigned":
            raise AttributeError(name)
        return getattr(client._presigned.gate.theirs, name)

    names = {"__slots__": (), "__module__": kind.__module__, "__getattr__": attribute}
    if kind not in _with_names:
        _with_names[kind] = type(kind)(kind.__name__, (kind,), names)
    return _with_names[kind]


def _set_class(thing: Any, kind: type) -> None:
    # Not by our own property `__class__`, which answers `isinstance`.
    object.__dict__["__class__"].__set__(thing, kind)


def _made_of(settled: Settled) -> tuple[Any, Any]:
    """Makes a boto3 client with the settings of our client, and a session for it."""
    from .settled_session import session_of

    session = session_of(settled)
    made = session.client("s3", **arguments_of(settled))
    forget_sigv2(made)
    return made, session


def arguments_of(settled: Settled, kind: Any = None) -> dict[str, Any]:
    """The arguments of boto3's client, without credentials.

    Args:
        settled: The settings that our client was made with.
        kind: The class of its `config`, if that is not botocore's.
    """
    given = without_credentials(settled.arguments)
    given["region_name"] = settled.region
    if given["verify"] is None and "REQUESTS_CA_BUNDLE" in {*settled.environ, *os.environ}:
        # botocore itself looks up what has precedence, in the session's own variables and files.
        sources = settled.session._presigned.sources
        if "AWS_CA_BUNDLE" not in settled.environ and "ca_bundle" not in sources.section:
            given["verify"] = settled.environ.get("REQUESTS_CA_BUNDLE", True)
    proxies = proxies_then(settled)
    if proxies is not None:
        from presigned._settings.config import Config, adopt

        given["config"] = config = Config() if given.get("config") is None else adopt(given["config"])
        if config.proxies is None:
            config.proxies = proxies
    if given.get("config") is not None:
        given["config"] = botocore_config(given["config"], kind)
    return as_given(given)


def proxies_then(settled: Settled) -> dict[str, str] | None:
    """The proxies that the environment named when a client was made; `None` if it still names the same."""
    then = _proxy_variables(settled.environ)
    if then == _proxy_variables(os.environ):
        return None
    from urllib import request
    from urllib.parse import urlsplit

    from presigned._settings.client_settings import settings_in

    settings = settled.settings
    url = (settings_in(settings) if isinstance(settings, str) else settings).endpoint_url
    # The standard library's own order: names in lower case win.
    proxies = {name.lower()[: -len("_proxy")]: value for name, value in sorted(then.items()) if value}
    bypass: Any = request.proxy_bypass_environment  # type: ignore[attr-defined] # as requests and botocore use it
    return {} if bypass(urlsplit(url).netloc, proxies) else proxies


def _proxy_variables(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: environ[name] for name in environ if name.lower().endswith("_proxy")}


def without_credentials(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a client, without its credentials."""
    return {name: value for name, value in arguments.items() if name not in (*CREDENTIALS, ACCOUNT)}
