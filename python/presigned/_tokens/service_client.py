"""Clients of STS, RDS, DSQL and Polly that presign without boto3.

Each makes what it is mostly used for: one link, or one password. The first call or attribute that is anything else
turns it into boto3's client, for good: from then on boto3 answers everything.
"""

from __future__ import annotations

from presigned import _core
from presigned._client import kinds
from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from presigned.session import Session

_HOUR, _WEEK = 3600, 604_800
#: How long boto3's password for RDS lasts, in seconds.
_OF_RDS = 900
#: Partition -> the end of its hosts.
_DOMAINS = {"aws": "amazonaws.com", "aws-us-gov": "amazonaws.com", "aws-cn": "amazonaws.com.cn"}
_SCHEME = len("https://")
#: The members of `synthesize_speech`, those that are lists, and those that must be there.
_LISTS = frozenset({"LexiconNames", "SpeechMarkTypes"})
_STRINGS = frozenset({"Engine", "LanguageCode", "OutputFormat", "SampleRate", "Text", "TextType", "VoiceId"})
_REQUIRED = frozenset({"OutputFormat", "Text", "VoiceId"})
#: The methods below.
_METHODS = frozenset(
    {
        "generate_db_auth_token",
        "generate_db_connect_admin_auth_token",
        "generate_db_connect_auth_token",
        "generate_presigned_url",
    }
)
#: What notebooks and debuggers look for; boto3's clients have none of it.
_DISPLAYS = ("_repr_", "_ipython_")


class _Made:
    """What a client was made with."""

    __slots__ = ("by_boto3", "region", "signers", "source", "theirs")

    def __init__(self, region: str, source: Any, by_boto3: Callable[[], Any]) -> None:
        self.region = region
        self.source = source
        #: Makes boto3's client with the same settings.
        self.by_boto3 = by_boto3
        #: boto3's client, once this one has become it.
        self.theirs: Any = None
        #: (service, region) -> what signs.
        self.signers: dict[tuple[str, str], _core.ServiceSigner] = {}


class _NotPlainError(Exception):
    """A call that boto3 must answer."""


class ServiceClient:
    """A client that becomes boto3's client when it is used for more than it can do."""

    __slots__ = ("__weakref__", "_presigned")
    _presigned: _Made

    def __init__(self, made: _Made) -> None:
        object.__setattr__(self, "_presigned", made)

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            """The class, as `isinstance` asks: a botocore client too, once botocore is loaded."""
            return kinds.joined(type(self), "botocore.client", "BaseClient")

    def __getattribute__(self, name: str) -> Any:
        if name in _METHODS:
            theirs = object.__getattribute__(self, "_presigned").theirs
            if theirs is not None:
                return getattr(theirs, name)
        return object.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__" or name.startswith(_DISPLAYS):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(theirs_of(self), name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(theirs_of(self), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(theirs_of(self), name)

    def __dir__(self) -> list[str]:
        return dir(theirs_of(self))

    def __reduce__(self) -> Any:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")

    def _answer(self, method: str, arguments: tuple[Any, ...], make_it: Callable[..., str]) -> str:
        """What a method returns: made here if the call is plain, and by boto3 if it is not."""
        try:
            return make_it(self._presigned, *arguments)
        except _NotPlainError:
            answer: str = getattr(theirs_of(self), method)(*arguments)
            return answer


class STS(ServiceClient):
    """Presigns `get_caller_identity`."""

    __slots__ = ()

    def generate_presigned_url(
        self, ClientMethod: Any, Params: Any = None, ExpiresIn: Any = _HOUR, HttpMethod: Any = None
    ) -> str:
        """Presigns a request, as boto3's method does."""
        return self._answer("generate_presigned_url", (ClientMethod, Params, ExpiresIn, HttpMethod), _identity)


class RDS(ServiceClient):
    """Makes passwords for databases of RDS and Aurora."""

    __slots__ = ()

    def generate_db_auth_token(self, DBHostname: Any, Port: Any, DBUsername: Any, Region: Any = None) -> str:
        """Makes the password for a database, as boto3's method does."""
        return self._answer("generate_db_auth_token", (DBHostname, Port, DBUsername, Region), _of_database)


class AuroraDSQL(ServiceClient):
    """Makes passwords for clusters of Aurora DSQL."""

    __slots__ = ()

    def generate_db_connect_auth_token(self, Hostname: Any, Region: Any = None, ExpiresIn: Any = _OF_RDS) -> str:
        """Makes the password of a user, as boto3's method does."""
        return self._answer("generate_db_connect_auth_token", (Hostname, Region, ExpiresIn), _of_cluster("DbConnect"))

    def generate_db_connect_admin_auth_token(self, Hostname: Any, Region: Any = None, ExpiresIn: Any = _OF_RDS) -> str:
        """Makes the password of the user `admin`, as boto3's method does."""
        arguments = Hostname, Region, ExpiresIn
        return self._answer("generate_db_connect_admin_auth_token", arguments, _of_cluster("DbConnectAdmin"))


class Polly(ServiceClient):
    """Presigns `synthesize_speech`."""

    __slots__ = ()

    def generate_presigned_url(
        self, ClientMethod: Any, Params: Any = None, ExpiresIn: Any = _HOUR, HttpMethod: Any = None
    ) -> str:
        """Presigns a request, as boto3's method does."""
        return self._answer("generate_presigned_url", (ClientMethod, Params, ExpiresIn, HttpMethod), _speech)


#: Service, by boto3's name -> the class of its clients.
CLIENTS: dict[str, type[ServiceClient]] = {"sts": STS, "rds": RDS, "dsql": AuroraDSQL, "polly": Polly}


def theirs_of(client: ServiceClient) -> Any:
    """Returns boto3's client, which a client becomes if it is not one yet.

    Raises:
        ModuleNotFoundError: boto3 is not installed.
    """
    made = client._presigned  # noqa: SLF001 - of this module
    if made.theirs is None:
        from presigned._boto3.loader import load
        from presigned._boto3.promotion import LOCK

        # An import has locks of its own, and so has the promotion of the session.
        load()
        theirs = made.by_boto3()
        with LOCK:
            if made.theirs is None:
                made.theirs = theirs
    return made.theirs


def client_of(
    session: Session, service: str, arguments: dict[str, Any], by_boto3: Callable[[dict[str, Any]], Any]
) -> Any:
    """Makes a client of one of the services.

    Args:
        session: The session, which has no settings but those of its arguments and the environment.
        service: The service, by boto3's name.
        arguments: Those of `Session.client`.
        by_boto3: Makes boto3's client with such arguments.

    Returns:
        The client; boto3's own if more is set than credentials and a region of AWS.
    """
    from presigned import _settings

    state = session._presigned  # noqa: SLF001 - our own class
    given = arguments["region_name"]
    region = _settings.region_of(state.region if given is None else given)
    held = state.plain_credentials(arguments)
    is_plain = _settings.settled_environ(arguments) is not None and held is not None and held.is_whole
    if not is_plain or region is None or _core.region_partition_name(region) not in _DOMAINS:
        return by_boto3(arguments)
    settled = {**arguments, "region_name": region}
    return CLIENTS[service](_Made(region, held, lambda: by_boto3(settled)))


def _signed(
    made: _Made,
    service: str,
    region: str,
    method: str,
    url: str,
    life: int,
    query: tuple[tuple[str, str], ...],
) -> str:
    signer = made.signers.get((service, region))
    if signer is None:
        if _core.region_partition_name(region) is None:
            raise _NotPlainError
        signer = made.signers[service, region] = _core.ServiceSigner(service, region, made.source)
    try:
        return signer.presigned(method, url, life, query, (), "signed", ())[0]
    except type(make("ParamValidationError", report="")) as error:
        # boto3 may take it, or refuse it in its own words.
        raise _NotPlainError from error


def _plain_life(life: Any) -> int:
    if type(life) is not int or not 0 < life <= _WEEK:
        raise _NotPlainError
    return life


def _plain(value: Any) -> str:
    """A string that every signer writes alike: letters, digits and punctuation that needs no other form."""
    if type(value) is not str or not value.isascii() or not value.isprintable():
        raise _NotPlainError
    return value


def _host(value: Any) -> str:
    host = _plain(value)
    if not host.replace("-", "").replace(".", "").isalnum():
        raise _NotPlainError
    return host


def _url_of(made: _Made, service: str, path: str) -> str:
    domain = _DOMAINS[_core.region_partition_name(made.region) or ""]
    return f"https://{service}.{made.region}.{domain}{path}"


def _method(given: Any, usual: str) -> str:
    if given is None:
        return usual
    if type(given) is not str or given not in ("GET", "POST"):
        raise _NotPlainError
    return given


def _identity(made: _Made, operation: Any, params: Any, life: Any, method: Any) -> str:
    if operation != "get_caller_identity" or type(operation) is not str or (params is not None and params != {}):
        raise _NotPlainError
    query = ("Action", "GetCallerIdentity"), ("Version", "2011-06-15")
    return _signed(
        made, "sts", made.region, _method(method, "POST"), _url_of(made, "sts", "/"), _plain_life(life), query
    )


def _of_database(made: _Made, host: Any, port: Any, user: Any, region: Any) -> str:
    if type(port) not in (int, str) or not str(port).isdigit() or not str(port).isascii():
        raise _NotPlainError
    query = ("Action", "connect"), ("DBUser", _plain(user))
    region = made.region if region is None else _plain(region)
    url = f"https://{_host(host)}:{port}/"
    return _signed(made, "rds-db", region, "GET", url, _OF_RDS, query)[_SCHEME:]


def _of_cluster(action: str) -> Callable[..., str]:
    def token(made: _Made, host: Any, region: Any, life: Any) -> str:
        region = made.region if region is None else _plain(region)
        query = (("Action", action),)
        return _signed(made, "dsql", region, "GET", f"https://{_host(host)}/", _plain_life(life), query)[_SCHEME:]

    return token


def _speech(made: _Made, operation: Any, params: Any, life: Any, method: Any) -> str:
    if operation != "synthesize_speech" or type(operation) is not str or type(params) is not dict:
        raise _NotPlainError
    if not params.keys() >= _REQUIRED:
        raise _NotPlainError
    query = []
    for name, value in params.items():
        if name in _LISTS and type(value) is list:
            query += [(name, _plain(one)) for one in value]
        elif name in _STRINGS and type(value) is str:
            # Text in any language; other characters are refused by boto3, or written in another way.
            if not value.isprintable():
                raise _NotPlainError
            query.append((name, value))
        else:
            raise _NotPlainError
    url = _url_of(made, "polly", "/v1/speech")
    return _signed(made, "polly", made.region, _method(method, "POST"), url, _plain_life(life), tuple(query))
