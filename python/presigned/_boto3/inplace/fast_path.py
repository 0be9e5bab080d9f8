"""What the core needs to know of one client. It is read once, and again when the client has changed."""

from __future__ import annotations

import botocore
import botocore.signers

from presigned._core import Answered, Client

from . import model, originals, parts
from .client_credentials import AwaitedClientCredentials, ClientCredentials, are_own, sign_as_they_are, signs_alone
from .declined import NotCovered, NotCoveredNow, decline
from .fingerprint import Fingerprint
from .group import NOTHING_FOUND
from .handlers import Handlers, has_sigv2_default
from .operation import Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from presigned._credentials import Credentials

    from .lookups import Lookups

_SIGNERS: Any = botocore.signers
#: The name under which a client keeps its fast path: in its own `__dict__`, so that both are freed together.
NAME = "_presigned_fast_path"
#: Built-in parameter of the endpoint rules -> what the rules call it.
_BUILTINS = {
    "AWS::Region": "Region",
    "AWS::UseFIPS": "UseFIPS",
    "AWS::UseDualStack": "UseDualStack",
    "SDK::Endpoint": "Endpoint",
    "AWS::S3::ForcePathStyle": "ForcePathStyle",
    "AWS::S3::Accelerate": "Accelerate",
    "AWS::S3::UseGlobalEndpoint": "UseGlobalEndpoint",
    "AWS::S3::UseArnRegion": "UseArnRegion",
    "AWS::S3::DisableMultiRegionAccessPoints": "DisableMultiRegionAccessPoints",
    "AWS::S3::DisableS3ExpressSessionAuth": "DisableS3ExpressSessionAuth",
}
#: Context parameters of the client, as the rules ask for them.
_CONTEXT = (
    "accelerate",
    "disable_multi_region_access_points",
    "disable_s3_express_session_auth",
    "force_path_style",
    "use_arn_region",
)
_API_VERSION = "2006-03-01"
#: Where an ARN has its region.
_REGION_OF_ARN = 3
#: Versions of SigV4 and SigV2 as clients ask for them.
_SIGNATURES = ("s3", "s3-query", "s3v4", "s3v4-query", "v4", "v4-query")
_SIGV2 = ("s3", "s3-query")
#: The versions of botocore that the tests ask; a newer one is asked itself, at the first call of each operation.
_OLDEST, _NEWEST = (1, 43), (1, 44, 5)
#: Buckets for which the core makes a different host on purpose.
_ALIASES = ("--op-s3", "--xa-s3")
_SEVEN_DAYS = 604_800


class FastPath(Fingerprint):
    """A client whose calls the core can answer, as far as it has been read."""

    __slots__ = (
        "_code",
        "_has_awscrt",
        "_is_sigv2_default",
        "_is_trusted",
        "are_untouched",
        "are_untouched_of_forms",
        "core",
        "differences",
        "form",
        "is_finished",
        "is_reordered",
        "objection",
        "operations",
        "source",
    )  # fmt: skip

    def __init__(self, client: Any) -> None:
        super().__init__(client, own_names=int(NAME not in client.__dict__))
        #: Method -> the operation, or why it is not covered.
        self.operations: dict[str, Operation | str] = {}
        #: The operation of a form, or why it is not covered.
        self.form: Operation | str | None = None
        #: Why no call of this client is covered.
        self.objection: str | None = None
        #: How many results in a row differed from the original's, with a botocore newer than the tests know.
        self.differences = 0
        #: Whether it was read while botocore's functions were its own.
        self.is_finished = True
        self.are_untouched: Callable[[], bool] = NOTHING_FOUND.is_so
        self.are_untouched_of_forms: Callable[[], bool] = NOTHING_FOUND.is_so
        try:
            self._cover(client)
        except NotCovered as reason:
            self.objection = str(reason)
        except RuntimeError as error:
            # Another thread has changed what was read.
            raise NotCoveredNow(f"the client cannot be read ({type(error).__name__})") from error
        except Exception as error:
            self.objection = f"the client cannot be read ({type(error).__name__})"

    def _cover(self, client: Any) -> None:
        service = client.meta.service_model
        if service.service_name != "s3" or service.api_version != _API_VERSION:
            raise NotCovered(f"this is a client of {service.service_name} {service.api_version}")
        library = parts.library_of(client)
        parts.check(client, library)
        if not hasattr(client._serializer, "_param_validator"):
            raise NotCovered("the client does not validate parameters")
        version = tuple(map(int, botocore.__version__.split(".")[:3]))
        self._is_trusted = _OLDEST <= version <= _NEWEST
        model.check_rules(client._loader)
        self._check_place()
        code = originals.of(library)
        requested, unsigned = self._signature()
        signature = "unsigned" if unsigned else "s3" if requested in _SIGV2 else "s3v4"
        self._code: Lookups = code.lookups(signature)
        self.is_finished = self._code.url.is_own()
        if not self.is_finished:
            # The code below calls botocore. So botocore's functions must not be replaced.
            return
        #: Whether the names that botocore looks up for each URL still hold the same objects.
        self.are_untouched = self._code.url.are_untouched
        #: The same for what forms look up.
        self.are_untouched_of_forms = self._code.form.are_untouched
        self._has_awscrt = code.has_awscrt
        #: Whether awscrt signs the URLs. It puts their parameters into another order.
        self.is_reordered = code.has_awscrt and not unsigned and requested not in _SIGV2
        self.source: Credentials | None = None
        if not unsigned:
            self.source = self._source_for(library)
        self.core = Client(
            builtins={rule: self._builtins.get(name) for name, rule in _BUILTINS.items()},
            client_context={name: self._context.get(name) for name in _CONTEXT},
            use_global_endpoint=_SIGNERS._should_use_global_endpoint(client),
            use_ssl=bool(self._resolver._use_ssl),
            signature_version=requested,
            unsigned=unsigned,
            auth_scheme_preference=None,
            longest_life=_SEVEN_DAYS,
            signing_region=self._signer._region_name,
            parameter_validation=True,
            inject_host_prefix=True,
            source=self.source,
        )

    def _source_for(self, library: str) -> Credentials:
        """What the core asks for the credentials of the client."""
        found = self.credentials
        if found is None:
            raise NotCovered("the client has no credentials")
        if library != "botocore":
            return AwaitedClientCredentials(found)
        if are_own(found) and sign_as_they_are() and signs_alone(found):
            return found  # type: ignore[no-any-return] # it is of its class
        return ClientCredentials(found)

    def _signature(self) -> tuple[str | None, bool]:
        """The signature version to ask the core for, and whether requests are unsigned."""
        requested = self._resolver._requested_auth_scheme
        own = self._signer._signature_version
        defaults_to_sigv2 = self._is_sigv2_default = has_sigv2_default(self._events)
        if requested is botocore.UNSIGNED and own is botocore.UNSIGNED and not defaults_to_sigv2:
            return None, True
        if self._resolver._auth_scheme_preference is not None or self._config.sigv4a_signing_region_set is not None:
            raise NotCovered("the client prefers some signatures to others")
        if requested is None and own == "s3v4":
            return ("s3" if defaults_to_sigv2 else None), False
        if requested in _SIGNATURES and own == requested and not defaults_to_sigv2:
            return requested, False
        raise NotCovered("the client asks for a signature of its own")

    def _check_place(self) -> None:
        """Refuses hosts and regions that the core does not know, or for which it makes a different host on purpose."""
        builtins = self._builtins
        if any(callable(builtins.get(name)) for name in _BUILTINS):
            raise NotCovered("a parameter of the endpoint rules is a function")
        if builtins.get("AWS::UseFIPS") and builtins.get("AWS::Region") != "us-east-1":
            raise NotCovered("FIPS outside us-east-1 has another host here")
        if ".aws-global." in str(builtins.get("SDK::Endpoint")):
            raise NotCovered("the endpoint is named as a pseudo region")
        if self._signer._region_name is None or self._signer._signing_name != "s3":
            raise NotCovered("the client signs for another service than S3, or for no region")

    def serve_url(self, method: str, operation: Operation) -> None:
        """Lets the extension answer plain calls for URLs of an operation, while nothing changes."""
        serves = operation.is_verified and not operation.is_listing and not self.is_reordered
        # What was compared last may be what a test had put there.
        if serves and self._code.url.is_own():
            names = self._code.url.unchanged
            self.serve(Answered(self.core, names, operation.redirector, operation.kinds), method)

    def serve_form(self, operation: Operation) -> None:
        """The same for forms."""
        if operation.is_verified and self._code.form.is_own():
            self.serve(Answered(self.core, self._code.form.unchanged, operation.redirector, {}))

    def object_to_all(self, reason: str) -> None:
        """Leaves all calls of this client to the original."""
        self.objection = reason
        self.serve_none()

    @property
    def fault(self) -> str:
        """Which of the names that each URL looks up is not botocore's own."""
        return self._code.url.fault

    def is_replaced_by_harmless(self) -> bool:
        """Whether the replaced names that each URL looks up do not change what is presigned."""
        if self.is_finished:
            self.are_untouched = self._code.url.are_untouched
        return self._code.url.is_own()

    def is_special_own(self) -> bool:
        """Whether the names that botocore looks up for special values are its own. Logs why not."""
        if self._code.special.is_own():
            return True
        decline(self._code.special.fault)
        return False

    def operation(self, client: Any, method: str) -> Operation | None:
        """Returns what is known of an operation. Returns `None` and logs why, if it goes to the original."""
        found = self.operations.get(method)
        if type(found) is Operation:
            return found
        if found is None:
            try:
                found = self.operations[method] = self._looked_at(client, method, None)
            except NotCoveredNow as reason:
                found = str(reason)
            if type(found) is Operation:
                return found
        decline(str(found))
        return None

    def is_form_own(self) -> bool:
        """Whether the names that botocore looks up for forms are its own. Logs why not."""
        if self.are_untouched_of_forms():
            return True
        if not self.is_finished or not self._code.form.is_own():
            decline(self._code.form.fault or self.fault)
            return False
        self.are_untouched_of_forms = self._code.form.are_untouched
        return True

    def form_operation(self, client: Any) -> Operation | None:
        """Returns what is known of the operation of forms, in the same way."""
        found = self.form
        if found is None:
            try:
                found = self.form = self._looked_at(client, "create_bucket", "PutObject")
            except NotCoveredNow as reason:
                found = str(reason)
        if type(found) is Operation:
            return found
        decline(str(found))
        return None

    def _looked_at(self, client: Any, method: str, signed_as: str | None) -> Operation | str:
        """What is known of an operation, or why it is not covered.

        Raises:
            NotCoveredNow: It is not covered now; the next call asks again.
        """
        if not self._code.first.is_own():
            raise NotCoveredNow(self._code.first.fault)
        try:
            name = client._PY_TO_OP_NAME[method]
            handlers = Handlers(self._events, name, signed_as or name)
            if handlers.defaults_to_sigv2 is self._is_sigv2_default:
                return Operation(client, name, method, handlers, is_verified=self._is_trusted)
        except NotCovered as reason:
            return str(reason)
        except RuntimeError as error:
            # Another thread has changed what was read.
            raise NotCoveredNow(f"{method} cannot be read ({type(error).__name__})") from error
        except Exception as error:
            return f"{method} cannot be read ({type(error).__name__})"
        return f"{name} has another default signature"

    def takes_bucket(self, bucket: str) -> bool:
        """Whether the core gives the host that boto3 gives, for a name that ends in `-s3` or is an ARN."""
        if bucket.endswith(_ALIASES):
            return False
        if bucket.startswith("arn:"):
            # ARNs of multi-Region access points have no region, and need SigV4A. With awscrt, Outposts need it too.
            fields = bucket.split(":")
            is_regional = len(fields) > _REGION_OF_ARN and fields[_REGION_OF_ARN] != ""
            return is_regional and not self._has_awscrt
        return not (self._is_sigv2_default and bucket.endswith("--x-s3"))
