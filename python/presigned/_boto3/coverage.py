"""Tells for which calls the core can answer, after one of our clients has become a boto3 client."""

from __future__ import annotations

from botocore import UNSIGNED

from presigned._core import Answered
from presigned._names import OPERATIONS

from .inplace import methods, originals, parts
from .inplace.client_credentials import are_own, sign_as_they_are
from .inplace.declined import NotCovered, decline
from .inplace.fingerprint import Fingerprint
from .inplace.handlers import Handlers
from .inplace.operation import Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._core import Client, Unchanged

_SIGV2 = ("s3", "s3-query")
#: The parts of a signer that each call uses, and that a program may replace.
_ASKED = ("_credentials", "_cache", "_service_id")


class Coverage(Fingerprint):
    """A boto3 client as it was when it was read.

    Args:
        client: The client.
        as_made: Its settings when it was made.
    """

    __slots__ = ("_code", "_redirectors", "_served", "objection")

    def __init__(self, client: Any, as_made: dict[str, Any]) -> None:
        super().__init__(client, own_names=0)
        #: Method, and operation that the signer gets -> the region redirector, or `None` where handlers decide.
        self._redirectors: dict[tuple[str, str | None], Any] = {}
        #: Method -> the names that must be unchanged while the native client answers its plain calls.
        self._served: dict[str | None, Unchanged] = {}
        #: Why the core can answer no call.
        self.objection: str | None = None
        try:
            self._cover(client, as_made)
        except NotCovered as reason:
            self.objection = str(reason)
        except Exception as error:  # noqa: BLE001 - boto3 answers if the client cannot be read
            self.objection = f"the client cannot be read ({type(error).__name__})"
        if self.objection is not None:
            decline(self.objection)

    def _cover(self, client: Any, as_made: dict[str, Any]) -> None:
        library = parts.library_of(client)
        parts.check(client, library)
        for name in methods.NAMES:
            function = getattr(getattr(client, name), "__func__", None)
            if not methods.is_original(function) and methods.replaced_by(function) is None:
                raise NotCovered(f"{name} was replaced")
        if self.settings(client) != as_made:
            raise NotCovered("the client has other settings than it was made with")
        if are_own(self.credentials) and not sign_as_they_are():
            raise NotCovered("the class of the credentials was changed")
        requested = self._resolver._requested_auth_scheme
        signature = "unsigned" if requested is UNSIGNED else "s3" if requested in _SIGV2 else "s3v4"
        self._code = originals.of(library).lookups(signature, clock=False)

    def are_untouched(self, *, form: bool) -> bool:
        """Whether what botocore looks up, for a URL or a form, is its own, or harmless."""
        code = self._code
        if code.url.is_own() and (code.form if form else code.special).is_own():
            return True
        decline(code.url.fault)
        return False

    @staticmethod
    def settings(client: Any) -> dict[str, Any]:
        """What decides a URL besides parameters, handlers and credentials."""
        signer, resolver, config = client._request_signer, client._ruleset_resolver, client._client_config
        return {
            **{f"signer.{name}": value for name, value in vars(signer).items() if name not in _ASKED},
            **{f"resolver.{name}": value for name, value in vars(resolver).items()},
            "builtins": {**resolver._builtins},
            "context": {**resolver._client_context},
            "s3": None if config.s3 is None else {**config.s3},
            "region": config.region_name,
            "signature": config.signature_version,
            "partition": client.meta.partition,
        }

    def serve_calls(self, client: Any, method: str, signed_as: str | None, core: Client | None) -> None:
        """Has the native client answer plain calls: those for URLs of a method, or those for forms.

        Args:
            client: The client.
            method: The method.
            signed_as: The operation that the signer gets, for a form.
            core: What answers; `None` if it is the native client itself.
        """
        key = method if signed_as is None else None
        names = (self._code.url if signed_as is None else self._code.form).unchanged
        if self._served.get(key) is names:
            return
        # Also if it fails: it would fail again.
        self._served[key] = names
        try:
            name = OPERATIONS[method]
            handlers = Handlers(self._events, name, signed_as or name)
            kinds = Operation(client, name, method, handlers, is_verified=True).kinds if signed_as is None else {}
        except NotCovered:
            return
        self.serve(Answered(core, names, handlers.redirector, kinds), key)

    def redirector(self, method: str, signed_as: str | None) -> Any:
        """The object that knows redirected buckets; `None` where handlers decide what is presigned."""
        key = method, signed_as
        if key not in self._redirectors:
            operation = OPERATIONS[method]
            try:
                handlers = Handlers(self._events, operation, signed_as or operation)
                self._redirectors[key] = None if handlers.defaults_to_sigv2 else handlers.redirector
            except NotCovered as reason:
                decline(str(reason))
                self._redirectors[key] = None
        return self._redirectors[key]
