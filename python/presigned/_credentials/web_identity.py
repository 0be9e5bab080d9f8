"""assume-role-with-web-identity: not read yet."""

from __future__ import annotations

import os

import presigned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Credentials
    from .chain import Search


def load(search: Search, profile: str) -> Credentials | None:
    variable = os.environ.get("AWS_WEB_IDENTITY_TOKEN_FILE") if search.reads_environment else None
    if not (variable or search.section(profile).get("web_identity_token_file")):
        search.decline("assume-role-with-web-identity", "AWS_WEB_IDENTITY_TOKEN_FILE is not set")
        return None
    raise presigned.exceptions.make(
        "CredentialRetrievalError",
        provider="assume-role-with-web-identity",
        error_msg="a web identity token file is configured in profile " + profile,
    )
