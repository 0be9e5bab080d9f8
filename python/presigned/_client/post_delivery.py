"""The options of `presign_post` that write no field: where a form goes, its instant, and what if it ends early."""

from __future__ import annotations

from presigned import _core
from presigned._errors import make

from . import early_expiry
from .instants import Timing
from .presign_options import source_of
from .public_url import bucket_of, public_url_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from . import S3
    from .presigned_post import PresignedPost

#: The options that choose the instant of a signature.
_OF_INSTANT = ("stable_for", "signed_at", "clock_offset")


def delivered(
    form: PresignedPost,
    client: S3,
    core: _core.Client | None,
    key: Any,
    arguments: tuple[Any, Any, Any, Any, Any],
    options: Mapping[str, Any],
) -> PresignedPost:
    """Returns a form as its options say.

    Args:
        form: The form.
        client: The client that it was asked of.
        core: What has made it; `None` if boto3 has.
        key: The key that was given.
        arguments: Bucket, key of the policy, fields, conditions and lifetime.
        options: The options; `None` stands for one that was not given.

    Raises:
        ParamValidationError: An option has a value that cannot be, or forbids the form.
    """
    of_client = client._presigned.presign_options or {}  # noqa: SLF001 - our own class
    given = {**of_client, **{name: value for name, value in options.items() if value is not None}}
    choice = given.get("on_early_expiry", "warn")
    early_expiry.check(choice)
    if choice == "refresh":
        early_expiry.check_refresh(client)
    bucket, of_policy, fields, conditions, expires_in = arguments
    timing = Timing(given, is_signed="policy" in form.fields, longest=None)
    signed_at: int | None = None
    life = expires_in
    if any(name in given for name in _OF_INSTANT) and "policy" in form.fields:
        _check_signer(form, core, next(name for name in _OF_INSTANT if name in given))
        signed_at, life = timing.settle({"Bucket": bucket, "Key": key}, expires_in)

    def again(seconds: int | None) -> PresignedPost:
        lasts = life if seconds is None else seconds
        if signed_at is None or core is None:
            return _core.presigned_post(core or client, bucket, of_policy, fields, conditions, lasts)
        from .post_instant import at_instant

        return at_instant(client, core, (bucket, of_policy, fields, conditions), signed_at, lasts)

    if signed_at is not None:
        form = again(None)
    if any(name.lower() == "x-amz-security-token" for name in form.fields):
        timing.check_temporary("form")
    left = early_expiry.left_of_form(signed_at)
    form = early_expiry.settled(choice, form, None, again, left=left, source=source_of(client))
    if "public_url" in given:
        address = public_url_of(given["public_url"])
        form.url = address.of_form(bucket_of({"Bucket": bucket}, address))
    return form


def _check_signer(form: PresignedPost, core: _core.Client | None, option: str) -> None:
    """Refuses another instant where it is not the core that signs, by SigV4 or SigV2.

    Raises:
        ParamValidationError: boto3 has made the form, or SigV4A signs it.
    """
    if form.fields.get("x-amz-algorithm", "AWS4-HMAC-SHA256") != "AWS4-HMAC-SHA256":
        why = "SigV4A signs this form, which has no such option"
    elif core is None:
        why = (
            "boto3's client decides this form, because a handler, a redirect or a replaced function changes it, and "
            "boto3 has no such option. Use a client of its own for it"
        )
    else:
        return
    raise make("ParamValidationError", report=f"Invalid value for parameter {option}: {why}")
