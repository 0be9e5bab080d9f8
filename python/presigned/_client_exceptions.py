"""The errors that S3 answers with, as `client.exceptions` names them."""

from __future__ import annotations

from . import exceptions
from ._names import ERRORS


class S3Exceptions:
    """One class for each error of the model, and `ClientError`, their parent."""

    def __init__(self) -> None:
        parent = exceptions.ClientError
        self.ClientError = parent
        for name in ERRORS:
            setattr(self, name, type(name, (parent,), {"__module__": exceptions.__name__}))

    def from_code(self, error_code: str) -> type[exceptions.ClientError]:
        """Returns the class of an error code; `ClientError` for one that is not in the model."""
        found: type[exceptions.ClientError] = getattr(self, error_code) if error_code in ERRORS else self.ClientError
        return found

    def __getattr__(self, name: str) -> type[exceptions.ClientError]:
        raise AttributeError(f"{self} object has no attribute {name}. Valid exceptions are: {', '.join(ERRORS)}")
