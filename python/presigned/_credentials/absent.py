"""What a client signs with that found no keys: an error that tells where they were looked for."""

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

#: What stands for a lender among the sources.
LENDER = "credentials"


class Absent:
    """Stands where keys would.

    Args:
        declined: Each source that was asked, and why it had none.
    """

    def __init__(self, declined: Sequence[tuple[str, str]]) -> None:
        self._declined = declined

    @property
    def stands_for_lender(self) -> bool:
        """Whether no source was asked, but somebody who was to lend keys."""
        return any(source == LENDER for source, _ in self._declined)

    def current(self) -> NoReturn:
        """Has none.

        Raises:
            NoCredentialsError: Always; its notes name the sources and why each had no keys.
        """
        error = make("NoCredentialsError")
        annotate(error, listed(_ADVICE, self._declined))
        raise error


def listed(heading: str, declined: Sequence[tuple[str, str]]) -> str:
    """Makes a note of the sources that had no keys, and why."""
    return "\n".join([heading, *(f"  {method}: {why}" for method, why in declined)])


def annotate(error: BaseException, note: str) -> None:
    """Adds a note to an error: a traceback prints it below the text, which stays botocore's.

    Python 3.10 keeps the note and does not print it.
    """
    notes: list[str] = getattr(error, "__notes__", [])
    if note not in notes:
        # A lender may raise the same object each time.
        error.__notes__ = [*notes, note]  # type: ignore[attr-defined] # of Python 3.11
