"""Credentials for directory buckets of S3 Express: those of a session that `CreateSession` opens for five minutes."""

from __future__ import annotations

import sys
from functools import partial
from itertools import count

from presigned import _core
from presigned._errors import make

from .refreshable import RefreshableCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from presigned._core import FrozenCredentials

METHOD = "s3express"
#: How many buckets one client has sessions with, as in botocore. The one that was used longest ago is forgotten.
_BUCKETS = 100
#: Seconds: botocore's own. Attempts in all, as in its retry mode `legacy`.
_TIMEOUT, _ATTEMPTS = 60.0, 5
#: What may be configured for other requests, and not for this one.
_UNKNOWN = ("proxies", "proxies_config", "client_cert")


class _Asked:
    """A request for a session."""

    __slots__ = ("bucket", "headers", "region", "url")

    def __init__(self, bucket: str, url: str, region: str) -> None:
        self.bucket = bucket
        # As boto3 writes it: behind a bucket in the path there is no slash.
        self.url = url + ("?session" if url.count("/") > len("//") else "/?session")
        self.region = region
        #: Its headers, if the credentials that sign it had to be awaited.
        self.headers: list[tuple[str, str]] | None = None


class SessionCredentials(RefreshableCredentials):
    """The credentials of one session. They are renewed later than others, as they last for five minutes only."""

    _advisory, _mandatory = 45, 10

    def __init__(self, fetch: Callable[[], FrozenCredentials], asked: _Asked) -> None:
        super().__init__(fetch, METHOD)
        self.asked = asked
        #: The number of its last use.
        self.used_at = sys.maxsize


class OpenedSessions:
    """The sessions that one client has opened.

    Args:
        source: What signs the requests for them, as the native client takes it.
        network: How to reach S3, as `_network` takes it, without region and URL.
        lent: A function that opens sessions instead: called with the bucket, it returns what boto3's `create_session`
            returns.
    """

    def __init__(self, source: Any, network: dict[str, Any], lent: Callable[[str], Any] | None) -> None:
        self._source = source
        self._network = network
        self._lent = lent
        self._known: dict[str, SessionCredentials] = {}
        self._uses = count(1)

    def is_due(self, session: SessionCredentials) -> bool:
        """Whether a session must be opened, or opened again. If the old one still works, this is begun in a thread."""
        if not session.is_due():
            return False
        # A thread could not await the credentials that sign the request.
        session.asked.headers = None if self._lent is not None else self._headers(session.asked)
        if session.is_usable():
            session.refresh_in_background()
        return True

    def of(self, bucket: str, url: str, region: str) -> SessionCredentials:
        """Returns the session with a bucket. It is opened when its credentials are asked for."""
        known = self._known
        session = known.get(bucket)
        if session is None:
            asked = _Asked(bucket, url, region)
            # If two threads make one, both use the first.
            session = known.setdefault(bucket, SessionCredentials(partial(self._open, asked), asked))
            while len(known) > _BUCKETS:
                known.pop(min([*known.items()], key=lambda item: item[1].used_at)[0], None)
        session.used_at = next(self._uses)
        return session

    def _open(self, asked: _Asked) -> FrozenCredentials:
        if self._lent is not None:
            return _read(self._lent(asked.bucket))
        from presigned import _network

        from .offload import offload
        from .requests import raised

        headers, asked.headers = asked.headers or self._headers(asked), None
        network = {**self._network, "region": asked.region, "endpoint_url": asked.url}
        try:
            answer = offload(_network.create_session, url=asked.url, headers=headers, network=network)
        except _network.RequestError as error:
            raise raised("CreateSession", error, self._network["attempts"]) from None
        return _core.FrozenCredentials(*answer)

    def _headers(self, asked: _Asked) -> list[tuple[str, str]]:
        signer = _core.ServiceSigner(METHOD, asked.region, self._source)
        return signer.signed("GET", asked.url, [], b"")


def _read(answer: Any) -> FrozenCredentials:
    """Reads what boto3's `create_session` returns, or the credentials in it."""
    try:
        found = answer.get("Credentials", answer)
        end = found["Expiration"]
        end = end.timestamp() if hasattr(end, "timestamp") else float(end)
        parts = found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"]
    except (AttributeError, KeyError, TypeError, ValueError):
        # Its values are secrets: only its type is shown.
        message = (
            f"presign_express_session returned a {type(answer).__name__}, and not what create_session returns: "
            '{"Credentials": {"AccessKeyId": ..., "SecretAccessKey": ..., "SessionToken": ..., "Expiration": ...}}'
        )
        raise TypeError(message) from None
    return _core.FrozenCredentials(*parts, None, end)


def network_of(options: Mapping[str, Any], verify: object) -> dict[str, Any]:
    """Reads how a client reaches S3 from its settled options.

    Raises:
        UnsupportedS3ConfigurationError: An option is not supported for these requests.
    """
    from presigned._settings.client_settings import ca_bundle

    refused = [name for name in _UNKNOWN if options.get(name)]
    if verify is False:
        refused.append("verify=False")
    if refused:
        message = (
            f"sessions with directory buckets are opened without {', '.join(refused)}. Open them yourself by "
            "Config(s3={'presign_express_session': function}), or sign with the client's own keys by "
            "Config(s3={'disable_s3_express_session_auth': True})"
        )
        raise make("UnsupportedS3ConfigurationError", msg=message)
    retries = options.get("retries") or {}
    return {
        "use_fips": False,
        "use_dualstack": False,
        "connect_timeout": options.get("connect_timeout") or _TIMEOUT,
        "read_timeout": options.get("read_timeout") or _TIMEOUT,
        "attempts": retries.get("total_max_attempts", _ATTEMPTS),
        "ca_bundle": ca_bundle(verify),
    }


def lent_by(s3: Mapping[str, Any]) -> Callable[[str], Any] | None:
    """Returns the function that opens sessions for a client, if its `s3` options have one.

    Raises:
        InvalidConfigError: It is not a function.
    """
    function = s3.get("presign_express_session")
    if function is None or callable(function):
        return function
    message = f"presign_express_session must be a function that takes a bucket, not {type(function).__name__}"
    raise make("InvalidConfigError", error_msg=message)
