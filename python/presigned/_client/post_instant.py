"""A form that is signed for another instant than the present one.

The core writes the policy for the present second. Here it gets the dates of the other one, and is signed again.
"""

from __future__ import annotations

import base64
import json

from presigned import _core
from presigned._errors import make
from presigned._links import signing
from presigned._links.links import Scope
from presigned._settings import signed_by

from . import shown
from .instants import LAST
from .presign_options import settings_of
from .presigned_post import PresignedPost

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import S3

_CREDENTIAL, _DATE = "x-amz-credential", "x-amz-date"


def at_instant(
    client: S3, core: _core.Client, arguments: tuple[Any, Any, Any, Any], signed_at: int, life: int
) -> PresignedPost:
    """Signs a form for an instant.

    Args:
        client: The client that it was asked of.
        core: What presigns for it.
        arguments: Bucket, key of the policy, fields and conditions.
        signed_at: The instant, in seconds since 1970.
        life: For how many seconds from there the policy lasts.

    Raises:
        ParamValidationError: The policy would end before it begins or after the year 9999, or SigV4A would sign it.
    """
    end = signed_at + life
    if life < 1:
        raise _refused("expires_in", f"{life} seconds: a policy must end after it begins")
    if end > LAST:
        raise _refused("expires_in", "the policy would end after the year 9999")
    keys = _keys(client, core)
    # The keys do not change between the two signatures, as those of the client may.
    held = _core.HeldCredentials(keys.access_key, keys.secret_key, keys.token)
    form = _core.presigned_post(_core.Client(**settings_of(client), **signed_by(held)), *arguments, 3600)
    fields: dict[str, str] = {**form.fields}
    policy = json.loads(base64.b64decode(fields["policy"]))
    policy["expiration"] = f"{shown.instant(end):%Y-%m-%dT%H:%M:%SZ}"
    if "signature" in fields:
        fields["policy"] = _encoded(policy)
        fields["signature"] = signing.sigv2(keys.secret_key, fields["policy"].encode())
    else:
        _sign(fields, policy, keys.secret_key, f"{shown.instant(signed_at):%Y%m%dT%H%M%SZ}")
    last = LAST if keys.expiry is None else int(keys.expiry)
    return PresignedPost(form.url, fields, min(last, end), last < end)


def _sign(fields: dict[str, str], policy: dict[str, Any], secret: str, date: str) -> None:
    """Writes date, policy and signature of SigV4 into the fields of a form."""
    access_key, _, region, service, terminator = fields[_CREDENTIAL].rsplit("/", 4)
    fields[_CREDENTIAL] = "/".join((access_key, date[:8], region, service, terminator))
    fields[_DATE] = date
    for condition in policy["conditions"]:
        # Only the core writes conditions on these two.
        if isinstance(condition, dict):
            condition.update({name: fields[name] for name in (_CREDENTIAL, _DATE) if name in condition})
    fields["policy"] = _encoded(policy)
    key = signing.signing_key(secret, Scope(access_key, date[:8], region, service))
    fields["x-amz-signature"] = signing.sigv4(key, fields["policy"])


def _encoded(policy: dict[str, Any]) -> str:
    # As botocore writes it.
    return base64.b64encode(json.dumps(policy).encode()).decode()


def _keys(client: S3, core: _core.Client) -> _core.FrozenCredentials:
    """The keys that a client signs with now."""
    settled = client._presigned  # noqa: SLF001 - our own class
    if settled.gate is not None and core is not client:
        source = settled.gate.signing_source()
    else:
        source = settled.credentials["source"] if settled.waiter is None else settled.waiter
    if isinstance(source, _core.HeldCredentials):
        return source.frozen()
    keys: _core.FrozenCredentials = source.current()[0]
    return keys


def _refused(name: str, why: str) -> Exception:
    return make("ParamValidationError", report=f"Invalid value for parameter {name}: {why}")
