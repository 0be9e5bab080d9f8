"""What presigned offers more than boto3, and what in boto3 is the same: programs call both by one name."""

from __future__ import annotations

import contextlib
import copy
import pickle
from collections.abc import Callable
from typing import Any

import botocore
import botocore.exceptions
import botocore.signers

import presigned
import presigned.exceptions

from .observed import Anything


class Boto3s:
    """What presigned has more than boto3, in boto3's words."""

    exceptions = botocore.exceptions

    def __init__(self, world: Any) -> None:
        self._world = world

    def urls(self, client: Any, operation: str, rows: list[Any], **named: Any) -> Any:
        """Makes many URLs."""
        made = [client.generate_presigned_url(operation, row, **named) for row in rows]
        return Anything() if _is_replaced(client) else made

    def presign(self, client: Any, operation: str, params: Any, **named: Any) -> Any:
        """Makes a URL."""
        names = {"expires_in": "ExpiresIn", "http_method": "HttpMethod"}
        made = client.generate_presigned_url(operation, params, **{names[name]: named[name] for name in named})
        return Anything() if _is_replaced(client) else made

    def presign_post(self, client: Any, bucket: str, key: str) -> Any:
        """Makes a form."""
        made = client.generate_presigned_post(bucket, key)
        return Anything() if "generate_presigned_post" in vars(client) else [made["url"], list(made["fields"].items())]

    def copied(self, client: Any) -> Any:
        """Copies a client."""
        return client

    def pickled(self, client: Any) -> Any:
        """Sends a client through a pickle."""
        return client

    def lasting(self, client: Any, seconds: Any) -> Any:
        """Makes a URL that works for a time, or an error if SigV4 does not allow that time.

        That is the second line of COMPATIBILITY.md, which holds as long as presigned itself presigns.
        """
        version = client.meta.config.signature_version
        if self._world.is_interfered_with or version is botocore.UNSIGNED or "4" not in version:
            return Anything()
        params = {"Bucket": "photos", "Key": "cat.jpg"}
        made = client.generate_presigned_url("get_object", params, ExpiresIn=int(seconds))
        return made if 0 < int(seconds) <= 604800 else "ParamValidationError"


class Ours:
    """The same in presigned's."""

    exceptions = presigned.exceptions

    def __init__(self, world: Any) -> None:
        self._world = world

    def urls(self, client: Any, operation: str, rows: list[Any], **named: Any) -> Any:
        """Makes many URLs."""
        return client.generate_presigned_urls(operation, rows, **named)

    def presign(self, client: Any, operation: str, params: Any, **named: Any) -> Any:
        """Makes a URL."""
        # S3 may have moved the client on.
        may_decline = "moved" in repr(params)
        return self._unless_declined(lambda: client.presign(operation, params, **named).url, may_decline=may_decline)

    def presign_post(self, client: Any, bucket: str, key: str) -> Any:
        """Makes a form."""

        def form() -> Any:
            made = client.presign_post(bucket, key)
            return [made.url, list(made.fields.items())]

        return self._unless_declined(form, may_decline=bucket == "moved")

    def copied(self, client: Any) -> Any:
        """Copies a client."""
        return copy.copy(client)

    def pickled(self, client: Any) -> Any:
        """Sends a client through a pickle, which keeps what it was made with, and nothing that was done to it since."""
        # One that has sent requests may know where a bucket has moved to.
        is_promoted = client._presigned.gate is not None
        if is_promoted or self._world.has_moved_on or self._world.is_interfered_with:
            return client
        # A client without its own credentials has nothing to allow.
        with contextlib.suppress(ValueError, TypeError):
            presigned.allow_keys_in_pickle(client)
        try:
            return pickle.loads(pickle.dumps(client))  # noqa: S301 - our own
        except TypeError as error:
            # Credentials that a source gives stay where they are.
            if "belong to this process" not in str(error):
                raise
            return client

    def lasting(self, client: Any, seconds: Any) -> Any:
        """Makes a URL that works for a time, or names the exception."""
        try:
            return client.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"}, seconds)
        except presigned.exceptions.ParamValidationError as error:
            return type(error).__name__

    def _unless_declined(self, call: Callable[[], Any], *, may_decline: bool) -> Any:
        # It is not known what a handler signs.
        try:
            return call()
        except NotImplementedError:
            if not (may_decline or self._world.is_interfered_with):
                raise
            return Anything()


def _is_replaced(client: Any) -> bool:
    function = getattr(type(client), "generate_presigned_url", None)
    return "generate_presigned_url" in vars(client) or function is not botocore.signers.generate_presigned_url
