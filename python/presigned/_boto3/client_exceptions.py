"""The errors that S3 answers with, as `client.exceptions` names them."""

from __future__ import annotations

from presigned._errors import find
from presigned._names import ERRORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from presigned._errors.classes import ClientError

#: Parent of the classes -> the object that has them: a program may load botocore again.
_made: dict[type, S3Exceptions] = {}


class S3Exceptions:
    """One class for each error of the model, and `ClientError`, their parent."""

    def __init__(self, parent: type[ClientError]) -> None:
        self.ClientError = parent
        for name in ERRORS:
            setattr(self, name, type(name, (parent,), {"__module__": "botocore.errorfactory"}))

    def from_code(self, error_code: str) -> type[ClientError]:
        """Returns the class of an error code; `ClientError` for one that is not in the model."""
        found: type[ClientError] = getattr(self, error_code) if error_code in ERRORS else self.ClientError
        return found

    def __getattr__(self, name: str) -> type[ClientError]:
        if name[:2] == "__":
            raise AttributeError(name)
        raise AttributeError(f"{self} object has no attribute {name}. Valid exceptions are: {', '.join(ERRORS)}")


# As botocore's messages say it.
S3Exceptions.__module__ = "botocore.errorfactory"


def shared() -> S3Exceptions:
    """The classes of all clients in this process."""
    parent: Any = find("ClientError")
    # If two threads make one, both get the first.
    return _made.get(parent) or _made.setdefault(parent, S3Exceptions(parent))
