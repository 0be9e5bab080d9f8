"""The options of `presign_post` that write no field and no condition: where a form goes, and what if it ends early."""

from __future__ import annotations

from presigned import _core

from . import early_expiry
from .presign_options import source_of
from .public_url import bucket_of, public_url_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import S3
    from .presigned_post import PresignedPost


def delivered(
    form: PresignedPost,
    client: S3,
    core: _core.Client | None,
    arguments: tuple[Any, Any, Any, Any, Any],
    on_early_expiry: str | None,
    public_url: Any,
) -> PresignedPost:
    """Returns a form as its options say.

    Args:
        form: The form.
        client: The client that it was asked of.
        core: What has made it; `None` if boto3 has.
        arguments: Bucket, key of the policy, fields, conditions and lifetime.
        on_early_expiry: What to do if its credentials expire first; `None` if it was not given.
        public_url: Where readers send it; `None` for what the client has for all its links.

    Raises:
        ParamValidationError: An option has a value that cannot be, or forbids the form.
    """
    bucket, key, fields, conditions, expires_in = arguments

    def again(seconds: int | None) -> PresignedPost:
        life = expires_in if seconds is None else seconds
        return _core.presigned_post(core or client, bucket, key, fields, conditions, life)

    choice = "warn" if on_early_expiry is None else on_early_expiry
    early_expiry.check(choice)
    form = early_expiry.settled(choice, form, None, again, left=early_expiry.left_of_form, source=source_of(client))
    if public_url is None:
        public_url = (client._presigned.presign_options or {}).get("public_url")  # noqa: SLF001 - our own class
    if public_url is not None:
        address = public_url_of(public_url)
        form.url = address.of_form(bucket_of({"Bucket": bucket}, address))
    return form
