"""Signs requests to any service of AWS by Signature Version 4: in their URL, or in their headers."""

from __future__ import annotations

from presigned import _core

from .credentials import signer_for, source_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import timedelta
    from typing import Any, Literal

    from typing_extensions import Self

    Body = bytes | bytearray | memoryview | str
    Pairs = Mapping[str, str] | Iterable[tuple[str, str]]
    TokenPlace = Literal["signed", "after", "omitted"]

#: The longest lifetime that AWS accepts anywhere, in seconds.
_WEEK = 604_800


def presign_url(
    method: str,
    url: str,
    *,
    service: str,
    region: str,
    credentials: Any = None,
    headers: Pairs | None = None,
    expires_in: int | timedelta = 3600,
    token: TokenPlace = "signed",  # noqa: S107 - where it goes, not a token
    unsigned_query: Pairs | None = None,
) -> str:
    """Signs a request to any service of AWS in its URL, as botocore's `SigV4QueryAuth` does.

    The body that it signs is empty, also for a POST. S3 is the exception: it does not sign the body, and signs the path
    as it is given.

    Args:
        method (str): The HTTP method, such as `"GET"`.
        url (str): The whole URL. It may begin with `wss` or `ws` too, which is signed as `https` or `http`. Parameters
            that it has come first, and those that are there several times are all kept, which botocore does not.
        service (str): The name that the service signs with, such as `"sts"`, `"execute-api"` or `"s3"`.
        region (str): The region to sign for.
        credentials (object): What `presigned.client` takes as `credentials`, or a tuple or a dict of access key, secret
            key and token. Without it, the credentials that `presigned.client` finds.
        headers (Mapping): Headers that are signed, and that the sender must send.
        expires_in (int | timedelta): Seconds, at most 604800: 3600 unless given. Services may accept fewer. The
            credentials may expire earlier, and the URL with them.
        token (str): Where the token of temporary credentials goes: among what is signed (`"signed"`), behind the
            signature (`"after"`, as AWS IoT wants it), or nowhere (`"omitted"`).
        unsigned_query (Mapping): Parameters that are added behind the signature, which does not cover them.

    Returns:
        str: The URL. Anybody who has it can send the request until it expires.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoCredentialsError: There are none.
        InvalidRegionError: The region cannot be one.

    Example:
        >>> import presigned
        >>> url = presigned.presign_url(
        ...     "GET", "https://abc123.execute-api.eu-central-1.amazonaws.com/prod/cats?colour=red",
        ...     service="execute-api", region="eu-central-1", credentials=("AKIDEXAMPLE", "secret"), expires_in=60,
        ... )
        >>> url.partition("&")[0]
        'https://abc123.execute-api.eu-central-1.amazonaws.com/prod/cats?colour=red'
    """
    signer = signer_for(service, region, credentials)
    is_usual = headers is None and unsigned_query is None and token == "signed"  # noqa: S105 - as above
    if is_usual and type(expires_in) is int and 0 < expires_in <= _WEEK:
        try:
            return signer.presigned(method, url, expires_in, (), (), token, ())[0]
        except (TypeError, UnicodeEncodeError):
            from .arguments import check_text

            check_text(method=method, url=url)
            raise
    return _presigned(signer, method, url, headers, expires_in, token, unsigned_query)


def sign(
    method: str,
    url: str,
    *,
    service: str,
    region: str,
    headers: Pairs | None = None,
    body: Body = b"",
    credentials: Any = None,
) -> dict[str, str]:
    """Signs a request to any service of AWS in its headers, as botocore's `SigV4Auth` does.

    Args:
        method (str): The HTTP method, such as `"POST"`.
        url (str): The whole URL, as it will be sent.
        service (str): The name that the service signs with, such as `"sts"`, `"appsync"` or `"s3"`.
        region (str): The region to sign for.
        headers (Mapping): Headers that are signed too. A `Date` among them is replaced by that of the signature, and an
            `Authorization` left out. An `X-Amz-Content-SHA256` is signed as it is, in place of the hash of the body.
        body (bytes | str): The body that will be sent; a string is sent in UTF-8.
        credentials (object): As for `presign_url`.

    Returns:
        dict[str, str]: The headers to send: the given ones, `X-Amz-Date`, `X-Amz-Security-Token` for temporary
            credentials, `X-Amz-Content-SHA256` for S3, and `Authorization`. Services accept them for five to fifteen
            minutes.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoCredentialsError: There are none.
        InvalidRegionError: The region cannot be one.

    Example:
        >>> import presigned
        >>> body = "Action=GetCallerIdentity&Version=2011-06-15"
        >>> headers = presigned.sign(
        ...     "POST", "https://sts.eu-central-1.amazonaws.com/", body=body, service="sts", region="eu-central-1",
        ...     headers={"Content-Type": "application/x-www-form-urlencoded"}, credentials=("AKIDEXAMPLE", "secret"),
        ... )
        >>> [*headers]
        ['Content-Type', 'X-Amz-Date', 'Authorization']
    """
    return _signed(signer_for(service, region, credentials), method, url, headers, body)


class Signer(_core.ServiceSigner):
    """Signs requests to one service in one region: what `presign_url` and `sign` do, for many calls with one key.

    All threads may share it. The key is derived once a day. Credentials that change are noticed at the next call.

    Args:
        service (str): The name that the service signs with, such as `"execute-api"`.
        region (str): The region to sign for.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: The name of the service is refused.
        InvalidRegionError: The region cannot be one.
        TypeError: `credentials` is of a type without credentials.

    Example:
        >>> import presigned
        >>> signer = presigned.Signer("es", "eu-central-1", ("AKIDEXAMPLE", "secret"))
        >>> url = signer.presign_url("GET", "https://search.eu-central-1.es.amazonaws.com/_count", expires_in=60)
        >>> url.partition("?")[0]
        'https://search.eu-central-1.es.amazonaws.com/_count'
    """

    __slots__ = ()

    def __new__(cls, service: str, region: str, credentials: Any = None) -> Self:
        return super().__new__(cls, *source_of(service, region, credentials))

    def presign_url(
        self,
        method: str,
        url: str,
        *,
        headers: Pairs | None = None,
        expires_in: int | timedelta = 3600,
        token: TokenPlace = "signed",  # noqa: S107 - where it goes, not a token
        unsigned_query: Pairs | None = None,
    ) -> str:
        """Signs a request in its URL; the arguments are those of `presigned.presign_url`."""
        return _presigned(self, method, url, headers, expires_in, token, unsigned_query)

    def sign(self, method: str, url: str, *, headers: Pairs | None = None, body: Body = b"") -> dict[str, str]:
        """Returns the headers to send; the arguments are those of `presigned.sign`."""
        return _signed(self, method, url, headers, body)

    def __repr__(self) -> str:
        return f"<Signer of {self.service} in {self.region}>"

    def __reduce__(self) -> Any:
        raise TypeError("cannot pickle 'Signer' object: it holds a secret key")


def _presigned(
    signer: _core.ServiceSigner,
    method: str,
    url: str,
    headers: Pairs | None,
    expires_in: int | timedelta,
    token: TokenPlace,
    unsigned_query: Pairs | None,
) -> str:
    if token not in ("signed", "after", "omitted"):
        from .arguments import refused, shown

        raise refused("token", f"it must be 'signed', 'after' or 'omitted', not {shown(token)}")
    if type(expires_in) is not int or not 0 < expires_in <= _WEEK:
        from .arguments import seconds_of

        expires_in = seconds_of(expires_in, _WEEK)
    signed, unsigned = _pairs("headers", headers), _pairs("unsigned_query", unsigned_query)
    try:
        return signer.presigned(method, url, expires_in, (), signed, token, unsigned)[0]
    except (TypeError, UnicodeEncodeError):
        from .arguments import check_pairs, check_text

        check_text(method=method, url=url)
        check_pairs(headers=signed, unsigned_query=unsigned)
        raise


def _signed(signer: _core.ServiceSigner, method: str, url: str, headers: Pairs | None, body: Body) -> dict[str, str]:
    if type(body) is not bytes:
        from .arguments import bytes_of

        body = bytes_of(body)
    pairs = _pairs("headers", headers)
    try:
        return dict(signer.signed(method, url, pairs, body))
    except (TypeError, UnicodeEncodeError):
        from .arguments import check_pairs, check_text

        check_text(method=method, url=url)
        check_pairs(headers=pairs)
        raise


def _pairs(name: str, given: Pairs | None) -> Any:
    if given is None:
        return ()
    from .arguments import pairs_of

    return pairs_of(name, given)


# The public module, which messages name.
Signer.__module__ = "presigned"
