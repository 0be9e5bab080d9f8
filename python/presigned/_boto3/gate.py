"""Decides which calls the core answers once a client has become a boto3 client. boto3's client answers the rest.

The core presigns as before, with the credentials object that boto3's client has now. boto3 answers if something else
decides the result: a handler, a redirect to another region, a replaced function, a changed setting.
"""

from __future__ import annotations

from presigned import _core
from presigned._names import OPERATIONS
from presigned._settings import core_in, signed_by

from .coverage import Coverage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._client import S3, Settled

#: What boto3's function for a form takes as the operation, and the operation that the signer gets.
FORM = ("create_bucket", "PutObject")


class Gate:
    """Decides who answers each call of one client.

    Args:
        theirs: The boto3 client.
        session: The boto3 session that made it.
        settled: The settings that our client was made with.
    """

    #: Whether the native client asks here before it presigns.
    is_asked_by_core = True

    def __init__(self, theirs: Any, session: Any, settled: Settled) -> None:
        self.theirs = theirs
        self.session = session
        self._settled = settled
        #: What is known of boto3's client. The native client reads it, too.
        self.coverage: Coverage | None = None
        #: The settings that boto3's client was made with. If they change later, boto3 answers.
        self._as_made = Coverage.settings(theirs)
        self.credentials_as_made = theirs._request_signer._credentials
        #: Other credentials than boto3's client was made with, and the native client that signs with them.
        self._made: tuple[Any, _core.Client] | None = None

    # The native client calls the next three by these names. It answers itself if they return `None`.

    def generate_presigned_url(self, ClientMethod: Any, Params: Any = None, **rest: Any) -> Any:
        """Makes a presigned URL; `None` where the core makes it."""
        if not self.is_covered(ClientMethod, None, bucket_of(Params)):
            return self.theirs.generate_presigned_url(ClientMethod, copied(Params), **rest)
        credentials, core = self._signing()
        self._serve(ClientMethod, None, credentials, core)
        return None if core is None else core.generate_presigned_url(ClientMethod, Params, **rest)

    def generate_presigned_post(self, Bucket: Any, Key: Any, **rest: Any) -> Any:
        """Makes a form; `None` where the core makes it."""
        if not self.is_covered(*FORM, Bucket):
            return self.theirs.generate_presigned_post(Bucket, Key, **copied(rest))
        credentials, core = self._signing()
        self._serve(*FORM, credentials, core)
        return None if core is None else core.generate_presigned_post(Bucket, Key, **rest)

    def generate_presigned_urls(self, ClientMethod: Any, Params: Any, threads: Any = None, **rest: Any) -> Any:
        """Makes many URLs, or returns a function that makes the URL of one row. `None` leaves all to the core."""
        if not self.is_covered(ClientMethod, None, None) or self.has_moved():
            return lambda row: self._url(ClientMethod, row, rest)
        core = self.core()
        return None if core is None else core.generate_presigned_urls(ClientMethod, Params, threads=threads, **rest)

    def _url(self, method: Any, params: Any, rest: dict[str, Any]) -> Any:
        """The URL of one row of a batch."""
        url = self.generate_presigned_url(method, params, **rest)
        return self._own_core().generate_presigned_url(method, params, **rest) if url is None else url

    def core_of_request(self, client: S3, operation: Any, params: Any) -> _core.Client | None:
        """The native client that presigns a request; `None` if boto3's client must."""
        served = _core.covered_url(self, operation, params)
        if served is not None:
            return served.core or client
        if not self.is_covered(operation, None, bucket_of(params)):
            return None
        credentials, core = self._signing()
        self._serve(operation, None, credentials, core)
        return core or client

    def core_of_form(self, client: S3, bucket: Any) -> _core.Client | None:
        """The same for a form."""
        served = _core.covered_form(self, bucket)
        if served is not None:
            return served.core or client
        if not self.is_covered(*FORM, bucket):
            return None
        credentials, core = self._signing()
        self._serve(*FORM, credentials, core)
        return core or client

    def request(
        self, operation: Any, params: Any, expires_in: Any, http_method: Any
    ) -> tuple[str, str, dict[str, str], int | None]:
        """Presigns a request by boto3's client: method, URL, headers to send, and when it ends."""
        from .presigning import request

        return request(self.theirs, operation, copied(params), expires_in, http_method)

    def form(
        self, bucket: Any, key: Any, fields: Any, conditions: Any, expires_in: Any
    ) -> tuple[dict[str, Any], int | None]:
        """Presigns a form by boto3's client: what `generate_presigned_post` returns, and when it ends."""
        from .presigning import form

        return form(self.theirs, bucket, key, copied(fields), copied(conditions), expires_in)

    def core(self) -> _core.Client | None:
        """The native client that signs with the present credentials of boto3's client; `None` for the client itself."""
        return self._signing()[1]

    def signing_source(self) -> Any:
        """The source of those credentials, in the shape that the native client takes."""
        of_session = getattr(self.session, "_session", self.session)
        return core_credentials_of(self._signing()[0], of_session)["source"]

    def _signing(self) -> tuple[Any, _core.Client | None]:
        """The present credentials of boto3's client, and what signs with them."""
        # Read once: another thread may replace them meanwhile.
        credentials = self.theirs._request_signer._credentials
        if credentials is self.credentials_as_made:
            # The client signs with the same credentials, or reports where it has looked for them.
            return credentials, None
        made = self._made
        if made is None or made[0] is not credentials:
            of_session = getattr(self.session, "_session", self.session)
            found = core_credentials_of(credentials, of_session)
            sessions = self._settled.sessions.signed_by(found["source"])
            made = self._made = credentials, _core.Client(**self.core_settings(), **found, sessions=sessions)
        return made

    def core_settings(self) -> dict[str, Any]:
        """The keyword arguments of the native client, without the credentials."""
        settings = self._settled.settings
        if isinstance(settings, str):
            return core_in(settings)
        return settings.core

    def is_as_made(self) -> bool:
        """Whether the client would presign every operation as it did when it was made."""
        if self.theirs._request_signer._credentials is not self.credentials_as_made:
            return False
        if self.has_moved() or not self.is_covered(*FORM, None):
            return False
        return all(self.is_covered(method, None, None) for method in OPERATIONS)

    def is_url_covered(self, method: Any, params: Any) -> bool:
        """Whether the core may presign a URL, whatever the credentials are."""
        if _core.covered_url(self, method, params) is not None:
            return True
        is_covered = self.is_covered(method, None, bucket_of(params))
        if is_covered:
            self._serve(method, None, self.theirs._request_signer._credentials, None)
        return is_covered

    def is_form_covered(self, bucket: Any) -> bool:
        """The same for a form."""
        if _core.covered_form(self, bucket) is not None:
            return True
        is_covered = self.is_covered(*FORM, bucket)
        if is_covered:
            self._serve(*FORM, self.theirs._request_signer._credentials, None)
        return is_covered

    def _serve(self, method: Any, signed_as: str | None, credentials: Any, core: _core.Client | None) -> None:
        """Has the native client answer such calls without asking here, until boto3's client changes."""
        coverage = self.coverage
        # Another thread may have replaced the credentials since the coverage was read.
        if coverage is None or credentials is not coverage.credentials:
            return
        if type(method) is str and method in OPERATIONS:
            coverage.serve_calls(self.theirs, method, signed_as, core)

    def _own_core(self) -> _core.Client:
        settled = self._settled
        return _core.Client(**self.core_settings(), **settled.credentials, sessions=settled.sessions)

    def is_covered(self, method: Any, signed_as: str | None, bucket: Any) -> bool:
        if type(method) is not str or method not in OPERATIONS:
            # The core reports what is wrong with it.
            return True
        coverage = self.coverage
        if coverage is None or not coverage.is_current(self.theirs):
            try:
                coverage = self.coverage = Coverage(self.theirs, self._as_made)
            except Exception:  # noqa: BLE001 - boto3 answers if the client cannot be read
                return False
        if coverage.objection is not None or not coverage.are_untouched(form=signed_as is not None):
            return False
        redirector = coverage.redirector(method, signed_as)
        if redirector is None:
            return False
        # After a redirect boto3 signs for the region that S3 named.
        moved = redirector._cache
        return not moved or not isinstance(bucket, str) or bucket not in moved

    def has_moved(self) -> bool:
        """Whether S3 has redirected requests for any bucket."""
        coverage = self.coverage
        redirector = None if coverage is None else coverage.redirector(*FORM)
        return redirector is not None and bool(redirector._cache)


def core_credentials_of(credentials: Any, session: Any) -> dict[str, Any]:
    """Returns a botocore credentials object as the native client takes it.

    Args:
        credentials: The object, or `None`.
        session: The botocore session that has it, or has no credentials.
    """
    from presigned._credentials.provided import of_session

    return signed_by(of_session(session, credentials))


def bucket_of(params: Any) -> Any:
    return params.get("Bucket") if isinstance(params, dict) else None


def copied(value: Any) -> Any:
    """A copy of plain dicts and lists, which boto3 and a program's handlers may change."""
    if type(value) is dict:
        return {name: copied(item) for name, item in value.items()}
    return [*map(copied, value)] if type(value) is list else value
