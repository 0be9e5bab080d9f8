"""Stands for missing credentials: an error that names the sources that were asked."""

from __future__ import annotations

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

_ADVICE = (
    "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, use a profile that has credentials, "
    "or pass aws_access_key_id and aws_secret_access_key to the client. Sources that were asked, in this order:"
)

#: The name among the sources for an object that was given as `credentials`.
PROVIDER = "credentials"


class Absent:
    """Takes the place of credentials if there are none.

    Args:
        declined: Each source that was asked, and why it had none.
    """

    def __init__(self, declined: Sequence[tuple[str, str]]) -> None:
        self._declined = declined

    @property
    def stands_for_provider(self) -> bool:
        """Whether the only source was the object that was given as `credentials`."""
        return any(source == PROVIDER for source, _ in self._declined)

    def current(self) -> NoReturn:
        """Raises the error.

        Raises:
            NoCredentialsError: Always; its notes name the sources and why each had no credentials.
        """
        error = make("NoCredentialsError")
        annotate(error, listed(_ADVICE, self._declined))
        raise error


def listed(heading: str, declined: Sequence[tuple[str, str]]) -> str:
    """Returns a note that lists the sources without credentials, and why they had none."""
    return "\n".join([heading, *(f"  {method}: {why}" for method, why in declined)])


def annotate(error: BaseException, note: str) -> None:
    """Adds a note to an error: a traceback prints it below the message, which stays botocore's.

    Python 3.10 keeps the note and does not print it.
    """
    notes: list[str] = getattr(error, "__notes__", [])
    if note not in notes:
        # A provider may raise the same object each time.
        error.__notes__ = [*notes, note]  # type: ignore[attr-defined] # of Python 3.11
