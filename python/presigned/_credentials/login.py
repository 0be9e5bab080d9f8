"""login: not read yet."""

from __future__ import annotations

import os

import presigned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Credentials
    from .chain import Search


def load(search: Search, profile: str) -> Credentials | None:
    raise presigned.exceptions.make(
        "CredentialRetrievalError", provider="login", error_msg="login_session is configured in profile " + profile
    )
