"""Keys as they were at one moment."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


class ReadOnlyCredentials(tuple[str, str, "str | None", "str | None"]):
    """Access key, secret key, token and account, as a tuple with names; prints its access key only."""

    __slots__ = ()

    @property
    def access_key(self) -> str:
        """The access key."""
        return self[0]

    @property
    def secret_key(self) -> str:
        """The secret key."""
        return self[1]

    @property
    def token(self) -> str | None:
        """The session token, if the keys are those of a session."""
        return self[2]

    @property
    def account_id(self) -> str | None:
        """The account, if it is known."""
        return self[3]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(access_key={self.access_key!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it holds a secret key")
