"""A request, or a form, as a server receives it, made of any object that describes one."""

from __future__ import annotations

from . import links
from .escapes import decoded_query
from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from .links import Pairs


class Received(Record):
    """A request. Path and query have every character as it was sent; the names of headers are in lower case."""

    __slots__ = ("body", "headers", "host", "method", "path", "query", "scheme")
    method: str
    scheme: str
    host: str
    path: str
    query: Pairs
    headers: dict[str, str]
    body: bytes | None

    def __init__(
        self, method: str, scheme: str, host: str, path: str, query: Pairs, headers: dict[str, str], body: bytes | None
    ) -> None:
        self.method = method
        self.scheme = scheme
        self.host = host
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body

    def but(self, **changed: Any) -> Received:
        """The same request with other values."""
        values = {name: changed.get(name, getattr(self, name)) for name in type(self).__slots__}
        return Received(**values)

    def unescaped(self) -> Received:
        """The same without escapes of HTML in the query; this very object if there are none."""
        if not any(name.startswith("amp;") for name, _ in self.query):
            return self
        return self.but(query=tuple((name.removeprefix("amp;"), value) for name, value in self.query))

    def names(self) -> list[str]:
        """The names of all parameters, decoded."""
        return [decoded_query(name).decode("utf-8", "replace") for name, _ in self.query]

    def parameters(self) -> dict[str, str]:
        """The parameters, decoded; the first of each name."""
        return links.Url(self.scheme, self.host, self.path, self.query).parameters()

    def __repr__(self) -> str:
        return f"<Received {self.method} {self.host}>"


class Form(Record):
    """A form: where it goes, and its fields in order, without the file."""

    __slots__ = ("fields", "has_twice", "url")
    url: str
    fields: dict[str, str]
    #: Whether a name is there twice: which of them counts differs from reader to reader.
    has_twice: bool

    def __init__(self, url: str, fields: Mapping[str, object]) -> None:
        self.url = url
        given: list[tuple[Any, Any]] = [*fields.items()]
        for name, value in given:
            if not isinstance(name, str) or not isinstance(value, str):
                raise TypeError(f"fields must be strings, and {name!r:.40} is {type(value)}")
        self.fields = dict(given)
        self.has_twice = len({name.lower() for name, _ in given}) < len(given)

    def lower(self) -> dict[str, str]:
        """The fields by their names in lower case, as S3 reads them."""
        return {name.lower(): value for name, value in self.fields.items()}

    def __repr__(self) -> str:
        return f"<Form of {len(self.fields)} fields>"


def read(
    request: Any, method: str | None = None, headers: Any = None, body: bytes | str | None = None
) -> Received | Form:
    """Makes a request or a form of what describes it.

    Args:
        request: A URL; an object with `method`, `url` and `headers`; a dict with these; an object or a dict with `url`
            and `fields`, or a tuple of both, which is a form.
        method: The method, if the object has none or another is meant.
        headers: The headers, the same.
        body: The body, the same.

    Raises:
        TypeError: It is something else.
        ValueError: The URL is not the URL of a web address.
    """
    if isinstance(request, str):
        return _received(method, request, headers, body)
    if isinstance(request, (tuple, list)) and len(request) == 2:  # noqa: PLR2004 - URL and fields
        request = {"url": request[0], "fields": request[1]}
    part = request.get if hasattr(request, "keys") else lambda name: getattr(request, name, None)
    url, fields = part("url"), part("fields")
    if not isinstance(url, str):
        raise TypeError(
            "a request must be a URL, or an object or a dict with url, method and headers, or url and fields, "
            f"not {type(request)}"
        )
    if fields is not None:
        if not hasattr(fields, "items"):
            raise TypeError(f"fields must be a dict, not {type(fields)}")
        return Form(url, fields)
    given_body = part("body") if body is None else body
    return _received(method or part("method"), url, part("headers") if headers is None else headers, given_body)


def _received(method: Any, url: str, headers: Any, body: Any) -> Received:
    parts = links.split(url)
    lower = lower_headers(headers)
    if isinstance(body, str):
        body = body.encode()
    content = bytes(body) if isinstance(body, (bytes, bytearray, memoryview)) else None
    host = lower.get("host", parts.netloc)
    # As it arrived: methods of HTTP are case-sensitive, and signers sign them in upper case.
    return Received(str(method or "GET"), parts.scheme, host, parts.path, parts.query, lower, content)


def lower_headers(headers: Any) -> dict[str, str]:
    """Headers by their names in lower case; several of one name are joined, as signatures join them."""
    found: dict[str, str] = {}
    given: Iterable[tuple[Any, Any]] = headers.items() if hasattr(headers, "items") else headers or ()
    for name, value in given:
        lower, text = _text(name).strip().lower(), _text(value)
        found[lower] = f"{found[lower]},{text}" if lower in found else text
    return found


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
