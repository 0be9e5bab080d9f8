"""The credentials that clients sign with.

Nothing else of this folder is imported before it is needed: most processes never need it.
"""

from __future__ import annotations

from presigned import _core
from presigned._errors import make
from presigned._settings import CREDENTIALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any, NoReturn

    from typing_extensions import Self

    from presigned._core import FrozenCredentials

    from .frozen import ReadOnlyCredentials

#: When to ask again for credentials that a program may set: at the next URL.
AT_ONCE = float("-inf")

#: The method that botocore's clients call for each signature.
_FROZEN = "get_frozen_credentials"


class _Held:
    """An attribute of credentials whose value the native half keeps, so that no `vars()` shows it."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, credentials: Any, owner: type) -> Any:
        return self if credentials is None else credentials._native[self._name]  # noqa: SLF001 - our own class

    def __set__(self, credentials: Any, value: object) -> None:
        credentials._native[self._name] = value  # noqa: SLF001 - our own class

    def __delete__(self, credentials: Any) -> None:
        del credentials._native[self._name]  # noqa: SLF001 - our own class


class Credentials:
    """An access key, its secret and the token of a session, in the shape of botocore's class.

    As in boto3, all clients of a session share its credentials: what is set here signs their next URLs.
    It prints its access key and nothing more, and refuses to be pickled: no secret gets into a
    file or another process by accident.
    """

    #: Adds to a fetch error the sources that were asked before. The search that found the credentials sets it.
    annotate: Callable[[Exception], None] | None = None
    #: The botocore class that it stands for, and its module.
    _known_as = ("botocore.credentials", "Credentials")

    if TYPE_CHECKING:
        access_key: str
        secret_key: str
        token: str | None
    else:
        access_key = _Held()
        secret_key = _Held()
        token = _Held()

        @property
        def __class__(self) -> type:
            """The class, as `isinstance` asks: botocore's credentials too, once botocore is loaded."""
            from .kinds import seen_as

            return seen_as(type(self), [self._known_as])

    def __init__(
        self,
        access_key: str,
        secret_key: str,
        token: str | None = None,
        method: str | None = None,
        account_id: str | None = None,
    ) -> None:
        #: The part that native clients share.
        self._native: Any = _core.HeldCredentials(
            access_key, secret_key, token, "explicit" if method is None else method
        )
        #: Which source they came from, in botocore's words.
        self.method: str = self._native.method
        self.account_id = account_id

    @classmethod
    def holding(cls, held: _core.HeldCredentials) -> Self:
        """Makes an object for credentials that clients already sign with."""
        made = cls.__new__(cls)
        made._native = held  # noqa: SLF001 - of this class
        made.method, made.account_id = held.method, None
        return made

    def check_whole(self) -> None:
        """Refuses one of the two keys without the other. boto3's sessions accept it, but their clients cannot sign.

        Raises:
            PartialCredentialsError: One is missing.
            TypeError: One is not a string.
            ValueError: One cannot be encoded in UTF-8.
        """
        if not self._native.is_whole:
            for name, value in zip(CREDENTIALS, (self.access_key, self.secret_key), strict=False):
                if value is None:
                    raise make("PartialCredentialsError", provider="explicit", cred_var=name)
            refuse(self.access_key, self.secret_key, self.token, CREDENTIALS)

    def current(self) -> tuple[FrozenCredentials, float]:
        """Returns the credentials to sign with, and after which instant to ask again, in seconds since 1970.

        Raises:
            NoCredentialsError: Access key and secret key were set to `None`.
            PartialCredentialsError: One is missing.
            TypeError: One is not a string.
            ValueError: One cannot be encoded in UTF-8.
        """
        return self._native.frozen(self.account_id), AT_ONCE

    @property
    def expires_at(self) -> datetime | None:
        """When they stop working: never, as far as is known."""
        return None

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name == _FROZEN:
            self._sign_with(value)

    def __delattr__(self, name: str) -> None:
        super().__delattr__(name)
        if name == _FROZEN:
            self._sign_with(None)

    def _sign_with(self, function: Any) -> None:
        """Makes clients call the function with which a program has replaced `get_frozen_credentials`."""

        def asked() -> FrozenCredentials:
            return of_frozen(function())

        self._native.ask(None if function is None else asked)

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Returns the credentials as they are now."""
        from .frozen import freeze

        return freeze(self.access_key, self.secret_key, self.token, self.account_id)

    def get_deferred_property(self, property_name: str) -> Callable[[], object]:
        """Returns a function that reads an attribute at its call; botocore's clients ask so for the account."""
        return lambda: getattr(self, property_name, None)

    def __repr__(self) -> str:
        # As it is: an access key is public, also one that a program has set.
        access_key = getattr(self, "access_key", None)
        return f"{type(self).__name__}(access_key={access_key!r}, method={self.method!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it holds a secret key")


#: The names under which the credentials were set.
_OF_ATTRIBUTES = ("access_key", "secret_key", "token")


def refuse(
    access_key: object, secret_key: object, token: object, names: tuple[str, str, str] = _OF_ATTRIBUTES
) -> NoReturn:
    """Reports why such credentials cannot sign. It shows their types, never their values.

    Raises:
        NoCredentialsError: There are none.
        PartialCredentialsError: One is missing.
        TypeError: One is not a string.
        ValueError: One cannot be encoded in UTF-8.
    """
    if access_key is None and secret_key is None:
        raise make("NoCredentialsError")
    if access_key is None or secret_key is None:
        missing = CREDENTIALS[0 if access_key is None else 1]
        raise make("PartialCredentialsError", provider="explicit", cred_var=missing)
    for name, value in zip(names, (access_key, secret_key, token), strict=True):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} must be a str, not {type(value)}")
    raise ValueError(f"{', '.join(names)} must be strings that can be encoded in UTF-8")


def made_of(access_key: Any, secret_key: Any, token: Any) -> FrozenCredentials:
    """Makes credentials of what a program has set, or reports as `refuse` does why they cannot sign."""
    try:
        return _core.FrozenCredentials(access_key, secret_key, token)
    except ValueError:
        pass
    refuse(access_key, secret_key, token)


def of_frozen(frozen: Any) -> FrozenCredentials:
    """Turns frozen credentials of any library into `FrozenCredentials`."""
    account_id = getattr(frozen, "account_id", None)
    account_id = account_id if isinstance(account_id, str) else None
    return _core.HeldCredentials(frozen.access_key, frozen.secret_key, frozen.token).frozen(account_id)
