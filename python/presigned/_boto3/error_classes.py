"""Gives all clients of this process one class for each error of S3. So it does not matter which client raises it."""

from __future__ import annotations

from botocore.errorfactory import ClientExceptionsFactory

from . import client_exceptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_shared: SharedErrors | None = None


class SharedErrors(ClientExceptionsFactory):  # type: ignore[misc] # botocore has no types
    """Makes `client.exceptions`; for S3, from the classes that our clients already have."""

    @staticmethod
    def shared() -> SharedErrors:
        """The one of this process."""
        global _shared  # noqa: PLW0603 - there is one
        if _shared is None:
            _shared = SharedErrors()
        return _shared

    def _create_client_exceptions(self, service_model: Any) -> Any:
        made: Any = super()._create_client_exceptions(service_model)
        if service_model.service_name == "s3":
            shared = client_exceptions.shared()
            ours = vars(shared)
            found = {code: ours.get(code) for code in made._code_to_exception}
            if all(own is not None and issubclass(own, type(made).ClientError) for own in found.values()):
                # Every class of this botocore: a program may have kept the object.
                return shared
            for code, kind in [*made._code_to_exception.items()]:
                own = ours.get(kind.__name__)
                if own is not None and issubclass(own, type(made).ClientError):
                    made._code_to_exception[code] = own
                    setattr(type(made), kind.__name__, own)
        return made
