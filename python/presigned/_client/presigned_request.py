"""The result of `presign`: a presigned URL, with the method, headers and expiry that its sender needs."""

from __future__ import annotations

from . import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from presigned._links.findings import Finding


class PresignedRequest:
    """A request that anybody may send until it expires.

    `str(request)` is the URL, so `print(request)` shows it with its signature. Its `repr` and its display in a notebook
    contain no signature and no credentials.

    Attributes:
        operation (str): The operation that was presigned, such as `"get_object"`.
        method (str): The HTTP method to send, such as `"GET"`.
        url (str): The URL, as `generate_presigned_url` makes it. Anybody who has it can send the request.
        headers (dict[str, str]): The headers to send, exactly so, names in lower case. With SigV4 these are all that
            are signed except `Host`, which every HTTP client sends by itself, and S3 refuses the request without them.
            SigV2 signs some of them and `UNSIGNED` none, but `params` still ask for all of them. A character that is
            not ASCII is written as its bytes in UTF-8, one character for each byte: requests, urllib, http.client and
            browsers send it so. For others, encode the values by `value.encode("latin-1")`.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> place = {"Bucket": "photos", "Key": "cat.jpg", "ContentType": "image/jpeg"}
        >>> request = s3.presign("put_object", place, expires_in=300)
        >>> request.method, request.headers
        ('PUT', {'content-type': 'image/jpeg'})
        >>> str(request) == request.url
        True
    """

    __slots__ = ("_end", "headers", "method", "operation", "url")
    operation: str
    method: str
    url: str
    headers: dict[str, str]
    _end: int | None

    def __init__(self, operation: str, method: str, url: str, headers: dict[str, str], end: int | None) -> None:
        self.operation = operation
        self.method = method
        self.url = url
        self.headers = headers
        self._end = end

    @property
    def expires_at(self) -> datetime | None:
        """When S3 stops accepting it, in UTC: when the signature or the credentials expire, whichever is first.

        `None` if nothing is signed. The expiry of credentials is known where their source has one (roles, SSO,
        containers and the like), and unknown for access keys that were given as they are.
        """
        return shown.instant(self._end)

    @property
    def is_browser_link(self) -> bool:
        """Whether a browser sends this request for a plain link: a GET without headers."""
        return self.method == "GET" and not self.headers

    def as_dict(self) -> dict[str, Any]:
        """Returns method, URL, fields (none) and headers, as Uppy up to 5, Shrine and Rails take them, for JSON.

        Browsers set `content-length` by themselves, and let no script set it.
        """
        return {"method": self.method, "url": self.url, "fields": {}, "headers": dict(self.headers)}

    def curl(self, file: str | None = None) -> str:
        """Writes a command for a POSIX shell that sends the request. Anybody who has it can send it.

        Args:
            file (str): The path of the file to send; for a GET, of the file to save. Without it, nothing is sent, and
                the answer is printed.
        """
        from . import curl

        return curl.request(self.method, self.url, self.headers, file)

    def __str__(self) -> str:
        return self.url

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What may make S3 or a client refuse it, as `presigned.inspect` finds it: the global host, for example."""
        from presigned._links.inspection import inspect

        return inspect(self.url).findings

    def __repr__(self) -> str:
        headers = f", headers {', '.join(self.headers)}" if self.headers else ""
        return f"<PresignedRequest {self.method} {shown.address(self.url)} {shown.end(self.expires_at)}{headers}>"

    def _repr_html_(self) -> str:
        """What Jupyter shows: a link, its method and its expiry."""
        from html import escape

        link = shown.link(self.url, shown.address(self.url))
        parts = [f"<code>{escape(self.method)}</code> {link}, {escape(shown.end(self.expires_at))}"]
        if self.headers:
            parts.append(f"headers to send: {', '.join(f'<code>{escape(name)}</code>' for name in self.headers)}")
        if self.headers or self.method != "GET":
            parts.append("copy the link's address: a click sends a plain GET")
        return f"<div>{'; '.join(parts)}</div>"

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, PresignedRequest) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.url)

    def _parts(self) -> tuple[object, ...]:
        return self.operation, self.method, self.url, self.headers, self._end


# The public module, which pickles name.
PresignedRequest.__module__ = "presigned"
