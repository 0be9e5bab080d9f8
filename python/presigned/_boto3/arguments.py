"""Turns the arguments of a client into those of a boto3 client that signs in the same way."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def as_given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that have a value."""
    return {name: value for name, value in arguments.items() if value is not None}


def forget_sigv2(client: Any) -> None:
    """Makes a boto3 or aiobotocore client presign with SigV4, unless a signature version is set, as our clients do."""
    events = client.meta.events
    for handler in [*events._emitter._handlers.prefix_search("choose-signer.s3")]:
        if getattr(handler, "__name__", None) == "_default_s3_presign_to_sigv2":
            events.unregister("choose-signer.s3", handler)


def botocore_config(config: Any, kind: Any = None) -> Any:
    """Turns our `Config` into botocore's, or into its subclass `kind`. One of botocore's is returned as it is."""
    import botocore
    import botocore.config

    from presigned._settings.config import Config, is_unsigned, leaves_host_prefix

    if not isinstance(config, Config):
        return config
    make: Any = kind or botocore.config.Config
    made = make(**config._user_provided_options)
    for name in Config.OPTION_DEFAULTS:
        if name != "inject_host_prefix" and hasattr(made, name):
            setattr(made, name, getattr(config, name))
    if not leaves_host_prefix(config):
        made.inject_host_prefix = config.inject_host_prefix
    if is_unsigned(config.signature_version):
        made.signature_version = botocore.UNSIGNED
        made._user_provided_options["signature_version"] = botocore.UNSIGNED
    return made
