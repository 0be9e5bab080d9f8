"""The address by which readers reach S3, if that is not S3's own: a proxy's, or another name of the same server."""

from __future__ import annotations

import re

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Scheme -> the port that a URL and the `Host` header leave out.
_PORTS = {"https": "443", "http": "80"}
_BUCKET = "{bucket}"
_HOST = re.compile(r"([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?")
#: What signer and server both write as it stands.
_PATH = re.compile(r"([A-Za-z0-9._~/-]|%[0-9A-F]{2})*")


class PublicUrl:
    """Where readers send a presigned request, and what S3 receives of it.

    A signature holds the host and the path that S3 receives. A proxy must pass the reader's `Host` header on, and the
    whole query. It may change the path; then S3's path is signed, and the URL has the reader's.

    Args:
        url (str): What the readers' URLs begin with, such as `"https://files.example.org/media"`. `{bucket}` in its
            host or path stands for the bucket.
        shows_bucket (bool): Whether the bucket follows behind `url`, if `{bucket}` is not in it. `True` unless given.
        forwards (str): What stands in front of the key in the path that S3 receives. `"/{bucket}"` unless given: the
            proxy takes the path of `url` away, and adds the bucket if readers do not see it. `""` if the host names
            the bucket.

    Raises:
        ParamValidationError: It is no such address.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
        >>> photo = {"Bucket": "photos", "Key": "cat.jpg"}
        >>> proxy = presigned.PublicUrl("https://files.example.org", shows_bucket=False)
        >>> s3.presign("get_object", photo, public_url=proxy).url.split("?")[0]
        'https://files.example.org/cat.jpg'
    """

    __slots__ = ("_forwards", "_host", "_path", "_scheme", "url")
    url: str

    def __init__(self, url: str, *, shows_bucket: bool = True, forwards: str = "/" + _BUCKET) -> None:
        #: What the readers' URLs begin with.
        self.url = url
        if type(url) is not str or type(forwards) is not str:
            raise _refused(url, "it must be a str or a PublicUrl")
        scheme, slashes, rest = url.partition("://")
        self._scheme = scheme.lower()
        host, slash, path = rest.partition("/")
        if self._scheme not in _PORTS or not slashes or not host:
            raise _refused(url, "it must begin with https:// or http:// and a host")
        if not _HOST.fullmatch(host.replace(_BUCKET, "b").lower()):
            raise _refused(url, "its host must be a name, an IPv4 address or [an IPv6 address], with a port or without")
        for part in (path, forwards):
            if not _PATH.fullmatch(part.replace(_BUCKET, "b")):
                why = "a path has letters, digits, - . _ ~ / and {bucket}; write other characters as %XX, in upper case"
                raise _refused(url, why)
        name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
        if port and not 0 < int(port) < 1 << 16:
            raise _refused(url, "its port must be a number from 1 to 65535")
        name = name.lower()
        self._host = name if port in ("", _PORTS[self._scheme]) else f"{name}:{port}"
        self._path = (slash + path).rstrip("/")
        if shows_bucket and _BUCKET not in url:
            self._path += "/" + _BUCKET
        if forwards and not forwards.startswith("/"):
            raise _refused(url, f"forwards must begin with a slash or be empty, and is {forwards!r}")
        self._forwards = forwards.rstrip("/")

    def place(self, bucket: str) -> tuple[str, str, str]:
        """Scheme, host and path of what S3 receives."""
        return self._scheme, self._host.replace(_BUCKET, bucket), self._forwards.replace(_BUCKET, _encoded(bucket))

    def shown(self, signed: str, bucket: str) -> str:
        """The reader's URL of a signed one."""
        scheme, host, path = self.place(bucket)
        rest = signed.removeprefix(f"{scheme}://{host}{path}")
        if path and not self._path and rest[:1] == "?":
            # Clients send a slash for it, behind which the proxy would add nothing that was signed.
            raise _refused(self.url, "a request without a key has no path there. Give such readers another address")
        return f"{scheme}://{host}{self._path.replace(_BUCKET, _encoded(bucket))}{rest}"

    def of_form(self, bucket: str) -> str:
        """Where readers send a form."""
        scheme, host, path = self.place(bucket)
        shown = self.shown(f"{scheme}://{host}{path}", bucket)
        return shown if "/" in shown.partition("://")[2] else f"{shown}/"

    def __repr__(self) -> str:
        return f"PublicUrl({self.url!r})"


def public_url_of(given: Any) -> PublicUrl:
    """Reads a `public_url`.

    Raises:
        ParamValidationError: It is neither an address nor a `PublicUrl`.
    """
    return given if isinstance(given, PublicUrl) else PublicUrl(given)


def bucket_of(params: Any, public_url: PublicUrl) -> str:
    """The bucket of a call.

    Raises:
        ParamValidationError: There is none, or its ARN, which no proxy understands.
    """
    bucket = params.get("Bucket") if hasattr(params, "get") else None
    if not isinstance(bucket, str) or not bucket or bucket.startswith("arn:"):
        raise _refused(public_url.url, "only requests for a bucket, by its name, can go there")
    return bucket


def _encoded(bucket: str) -> str:
    from urllib.parse import quote

    return quote(bucket, safe="")


def _refused(url: object, why: str) -> Exception:
    return make("ParamValidationError", report=f"Invalid value for parameter public_url, value: {url!r}: {why}")


# The public module.
PublicUrl.__module__ = "presigned"
