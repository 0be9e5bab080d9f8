"""`presign` with options that boto3 has no arguments for. Imported when the first of them is given."""

from __future__ import annotations

from math import isfinite

from presigned import _core
from presigned._errors import make

from . import early_expiry
from .hoisting import check_hoisted
from .lifetimes import seconds as seconds_of
from .public_url import bucket_of, public_url_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta
    from typing import Any, Literal, TypedDict

    from . import S3
    from .presigned_request import PresignedRequest
    from .public_url import PublicUrl

    class PresignOptions(TypedDict, total=False):
        """The options of `presign`."""

        stable_for: float | str | timedelta | None
        signed_at: datetime | float | None
        public_url: str | PublicUrl | None
        region: str | None
        query: Mapping[str, str] | None
        headers: Mapping[str, str] | None
        clock_offset: float | timedelta | None
        hoist: Iterable[str]
        on_early_expiry: Literal["warn", "raise", "clamp", "refresh", "ignore"]
        on_temporary: Literal["raise", "allow"]


_NAMES = (
    "stable_for",
    "signed_at",
    "public_url",
    "region",
    "query",
    "headers",
    "clock_offset",
    "hoist",
    "on_early_expiry",
    "on_temporary",
)
#: The parameters of a signature, in lower case: they are not the caller's.
_OF_SIGNATURE = frozenset(
    {
        "awsaccesskeyid",
        "expires",
        "signature",
        "x-amz-algorithm",
        "x-amz-content-sha256",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-expires",
        "x-amz-region-set",
        "x-amz-s3session-token",
        "x-amz-security-token",
        "x-amz-signature",
        "x-amz-signedheaders",
    }
)
#: Headers that every sender sets itself, or that would take the place of the signature.
#: Signers leave out the last three.
_OF_SENDERS = frozenset({
    "authorization", "connection", "content-length", "host", "transfer-encoding", "expect", "user-agent",
    "x-amzn-trace-id",
})  # fmt: skip
_TOKEN = "!#$%&'*+-.^_`|~"  # noqa: S105 - the marks of a header's name


class Presigning:
    """One call of `presign` with options.

    Args:
        client: The client.
        core: What presigns: the client itself, or another native client. `None` if only boto3 can.
        operation: The operation.
        params: Its parameters.
        options: The options, by name.

    Raises:
        TypeError: There is no such option.
        ParamValidationError: One has a value that cannot be, or two contradict each other.
    """

    def __init__(
        self, client: S3, core: _core.Client | None, operation: str, params: Any, options: Mapping[str, Any]
    ) -> None:
        given = _given(client, options)
        if core is None:
            raise _refused(
                next(iter(given), "options"),
                "boto3's client decides this URL, because a handler, a redirect or a replaced function changes it, and "
                "boto3 has no such option. Use a client of its own for it",
            )
        self._client, self._operation, self._params = client, operation, params
        region, address = given.get("region"), given.get("public_url")
        if region is not None:
            core = core_in_region(client, region)
        self._core = core
        self._address = None if address is None else public_url_of(address)
        self._bucket = "" if self._address is None else bucket_of(params, self._address)
        self._place = None if self._address is None else self._address.place(self._bucket)
        self._query, self._headers = _query(given.get("query", {})), _headers(given.get("headers", {}))
        self._hoisted = check_hoisted(given.get("hoist", ()))
        self._window = given.get("stable_for")
        self._instant = given.get("signed_at")
        self._is_signed = not _settings_of(client)["unsigned"]
        if not self._is_signed and (self._window is not None or self._instant is not None):
            raise _refused("signed_at" if self._window is None else "stable_for", "the client signs nothing")
        self._behind = clock_seconds(given.get("clock_offset", 0))
        if self._window is not None and self._instant is not None:
            raise _refused("signed_at", "stable_for chooses the instant. Leave one of the two out")
        self._on_early_expiry = given.get("on_early_expiry", "warn")
        early_expiry.check(self._on_early_expiry)
        if self._on_early_expiry == "refresh" and getattr(client, "_is_awaited", False):
            raise _refused(
                "on_early_expiry", "a client of asyncio cannot fetch here, as that would block the loop. Choose another"
            )
        self._may_be_temporary = _may_be_temporary(given.get("on_temporary", "raise"))
        self._source = source_of(client)

    def request(self, expires_in: Any, http_method: str | None) -> PresignedRequest:
        """Presigns.

        Raises:
            ParamValidationError: A value cannot be, or the link would not do what an option promises.
        """
        life = whole_seconds("expires_in", 3600 if expires_in is None else expires_in)
        if self._window is not None:
            window = whole_seconds("stable_for", self._window)
            signed_at, life = self._stable(window, life), window + life
        elif self._instant is not None:
            signed_at = instant("signed_at", self._instant)
        else:
            signed_at = int(self._now())

        def sign(seconds: int | None) -> PresignedRequest:
            return self._signed(signed_at, life if seconds is None else seconds, http_method)

        made = early_expiry.settled(
            self._on_early_expiry,
            sign(life),
            life,
            sign,
            left=early_expiry.left_of_request(signed_at, life),
            source=self._source,
            stacklevel=4,
        )
        if self._address is not None:
            made.url = self._address.shown(made.url, self._bucket)
        return made

    def _signed(self, signed_at: int, life: int, http_method: str | None) -> PresignedRequest:
        additions = signed_at if self._is_signed else None, self._query, self._headers, self._hoisted, self._place
        made = _core.presigned_request(self._core, self._operation, self._params, life, http_method, additions)
        if self._window is not None and not self._may_be_temporary and "-security-token=" in made.url.lower():
            raise _refused(
                "stable_for",
                "the credentials are temporary. Their token is a part of the URL, so the URL changes with each new "
                "token, and on each machine. Use long-lived keys, or on_temporary='allow'",
            )
        return made

    def _stable(self, window: int, life: int) -> int:
        """When the window began that the present instant lies in."""
        if window < 1:
            raise _refused("stable_for", "a window has at least one second")
        longest = _settings_of(self._client)["longest_life"]
        if window + life > longest:
            raise _refused(
                "stable_for",
                f"a stable link lives for window and expires_in together, {window} + {life} seconds, and S3 allows "
                f"{longest}",
            )
        offset = stable_offset(self._params, window)
        return (int(self._now()) - offset) // window * window + offset

    def _now(self) -> float:
        return _core.now() + self._behind


def _given(client: S3, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a call, and those that the client has for all its links."""
    given = {**(client._presigned.presign_options or {})}  # noqa: SLF001 - our own class
    for name, value in options.items():
        if name not in _NAMES:
            raise TypeError(f"S3.presign() got an unexpected keyword argument {name!r}")
        if value is None:
            # It switches off what the client has.
            given.pop(name, None)
        else:
            given[name] = value
    return given


def _may_be_temporary(given: Any) -> bool:
    if given not in ("raise", "allow"):
        raise _refused("on_temporary", "it must be 'raise' or 'allow'")
    return bool(given == "allow")


def defaults_of(s3: Mapping[str, Any]) -> dict[str, Any] | None:
    """The options that a client has for all its links, by its `s3` settings; `None` without any.

    Raises:
        ParamValidationError: A value cannot be.
    """
    found: dict[str, Any] = {}
    if s3.get("presign_public_url") is not None:
        found["public_url"] = public_url_of(s3["presign_public_url"])
    if s3.get("presign_clock_offset") is not None:
        found["clock_offset"] = clock_seconds(s3["presign_clock_offset"])
    return found or None


def clock_seconds(given: Any) -> float:
    """Reads the offset of a clock, in seconds.

    Raises:
        ParamValidationError: It is not a number of seconds, or more than a day.
    """
    found = seconds_of(given) if not isinstance(given, str) else None
    if found is None or not abs(found) <= 86_400:  # noqa: PLR2004 - a day: no clock is off by more
        raise _refused("clock_offset", f"{given!r} is not a number of seconds, a day at most")
    return found


def stable_offset(params: Any, window: int) -> int:
    """When in its window a link changes, in seconds: the CRC-32 of bucket, slash and key, modulo the window.

    So the links of a page do not all change in the same second. This is part of the contract: another machine, or
    another version, must choose the same instant.
    """
    get = params.get if hasattr(params, "get") else {}.get
    return offset_of(f"{get('Bucket', '')}/{get('Key', '')}", window)


def offset_of(name: str, window: int) -> int:
    """The CRC-32 of a name in UTF-8, modulo a window."""
    from binascii import crc32

    return crc32(name.encode("utf-8", "surrogatepass")) % window


def _settings_of(client: S3) -> Mapping[str, Any]:
    """The keyword arguments of the native client, without the credentials."""
    settings = client._presigned.settings  # noqa: SLF001 - our own class
    if not isinstance(settings, str):
        return settings.core
    from presigned._settings import core_in

    return core_in(settings)


def source_of(client: S3) -> Any:
    """The credentials object that a client signs with."""
    settled = client._presigned  # noqa: SLF001 - our own class
    gate = settled.gate
    return settled.credentials["source"] if gate is None else gate.theirs._request_signer._credentials  # noqa: SLF001 - boto3 has no other way


def core_in_region(client: S3, region: Any) -> _core.Client:
    """A native client with the settings of a client, but for another region, and with that region's own host.

    Raises:
        ParamValidationError: It cannot be a region.
    """
    from presigned._settings.client_settings import is_region

    if not region or not is_region(region) or not region.isprintable() or "fips" in region or "global" in region:
        raise _refused("region", f"{region!r} cannot be the region of a bucket")
    settled = client._presigned  # noqa: SLF001 - our own class
    known = settled.regions
    if known is None:
        known = settled.regions = {}
    gate, source = settled.gate, source_of(client)
    found = known.get(region)
    if found is not None and found[0] is source:
        core: _core.Client = found[1]
        return core
    core_settings = _settings_of(client)
    builtins = {**core_settings["builtins"], "Region": region, "UseGlobalEndpoint": False}
    credentials = settled.credentials
    if gate is not None:
        from presigned._boto3.gate import core_credentials_of

        credentials = core_credentials_of(source, getattr(gate.session, "_session", gate.session))
    changed = {"builtins": builtins, "signing_region": region, "use_global_endpoint": False}
    core = _core.Client(**{**core_settings, **changed}, **credentials)
    if len(known) >= 64:  # noqa: PLR2004 - more regions than AWS has
        known.clear()
    known[region] = source, core
    return core


def whole_seconds(name: str, given: Any) -> int:
    """Reads a number of whole seconds.

    Raises:
        ParamValidationError: It is something else.
    """
    if isinstance(given, str):
        number = given.strip()
        digits = (number[1:] if number[:1] in ("+", "-") else number).replace(".", "", 1)
        found = float(number) if digits.isascii() and digits.isdigit() else None
    else:
        found = seconds_of(given)
    if found is None or not isfinite(found) or found != int(found):
        raise _refused(name, f"{given!r} is not a whole number of seconds")
    return int(found)


def instant(name: str, given: Any) -> int:
    """Reads an instant, in seconds since 1970; a part of a second is cut off.

    Raises:
        ParamValidationError: It is something else, or it has no time zone.
    """
    if hasattr(given, "utcoffset"):
        if given.utcoffset() is None:
            raise _refused(name, "the datetime has no time zone. Use datetime.now(timezone.utc), for example")
        found = given.timestamp()
    else:
        found = None if type(given) is bool or not isinstance(given, int | float) else given
    # The years that a signature can name.
    if found is None or not 0 <= found < 253_402_300_800:  # noqa: PLR2004 - the end of year 9999
        raise _refused(name, f"{given!r} is neither a datetime nor seconds since 1970")
    return int(found)


def _query(given: Any) -> list[tuple[str, str]]:
    pairs = _strings("query", given)
    for name, _ in pairs:
        if not name:
            raise _refused("query", "a name is empty")
        if name.lower() in _OF_SIGNATURE:
            raise _refused("query", f"{name!r} is a parameter of the signature")
    return pairs


def _headers(given: Any) -> list[tuple[str, str]]:
    pairs = _strings("headers", given)
    for name, _ in pairs:
        if not name.isascii() or not name or not all(mark.isalnum() or mark in _TOKEN for mark in name):
            raise _refused("headers", f"{name!r} is not the name of a header")
        if name.lower() in _OF_SENDERS or name.lower() in _OF_SIGNATURE:
            raise _refused("headers", f"{name} is set by the sender or by the signature")
    if len({name.lower() for name, _ in pairs}) < len(pairs):
        raise _refused("headers", "a name is there twice")
    return pairs


def _strings(argument: str, given: Any) -> list[tuple[str, str]]:
    try:
        pairs = [*given.items()]
    except (AttributeError, TypeError):
        raise _refused(argument, f"{type(given)} is not a mapping") from None
    for name, value in pairs:
        if not isinstance(name, str) or not isinstance(value, str):
            raise _refused(argument, f"{name!r}: both name and value must be str, and the value is {type(value)}")
    return pairs


def _refused(name: str, why: str) -> Exception:
    return make("ParamValidationError", report=f"Invalid value for parameter {name}: {why}")
