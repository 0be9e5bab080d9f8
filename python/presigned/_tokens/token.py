"""A token: a string that knows when it stops working, and does not show itself by accident."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from typing_extensions import Self


class Token(str):
    """A token that a service takes as a password: `str(token)`, `f"{token}"` and every function for strings have it.

    Its `repr` does not show it, so that logs and tracebacks of containers and objects do not either. A pickle has it.

    Example:
        >>> import presigned
        >>> keys = ("AKIDEXAMPLE", "secret")
        >>> token = presigned.tokens.dsql("abc.dsql.eu-central-1.on.aws", "eu-central-1", credentials=keys)
        >>> token.startswith("abc.dsql.eu-central-1.on.aws/?Action=DbConnect&X-Amz-Algorithm=")
        True
        >>> repr(token).startswith("<Token until ")
        True
    """

    __slots__ = ("_end", "_start")
    _end: float | None
    _start: float | None

    def __new__(cls, token: str, end: float | None = None, start: float | None = None) -> Self:
        made = str.__new__(cls, token)
        made._end = end  # noqa: SLF001 - of this class
        made._start = start  # noqa: SLF001 - the same
        return made

    @property
    def expires_at(self) -> datetime | None:
        """When it stops working, in UTC: when its own time or that of the credentials ends, whichever is first.

        The expiry of credentials is known where their source has one (roles, SSO, containers and the like), and unknown
        for access keys that were given as they are. `None` for a token that was not made here.
        """
        from presigned._client.shown import instant

        return None if self._end is None else instant(int(self._end))

    def __repr__(self) -> str:
        end = self.expires_at
        return "<Token>" if end is None else f"<Token until {end:%Y-%m-%d %H:%M:%S} UTC>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Token, (str(self), self._end, self._start)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


def token_of(text: str, at: int, life: int, end: float | None) -> Token:
    """The token that was signed at an instant and lasts for some seconds, or until the credentials end."""
    own = at + life
    return Token(text, own if end is None or own < end else end, at)


# The public module, which pickles name.
Token.__module__ = "presigned.tokens"
