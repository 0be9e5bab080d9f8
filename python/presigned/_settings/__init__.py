"""The settings of clients that get only credentials and a region, as most clients do.

Such a client is made without the other modules of this room and without `_credentials`: each module costs a tenth of a
millisecond. All other clients, and all errors, come from `_client.assembly`, which gives the same results:
`tests/python/unit/test_plain.py`.
"""

import os

from presigned import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


#: The variables that are read here, the last two when a session is made. If any other of AWS's variables is set,
#: `_client.assembly` makes the client.
_READ = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_TOKEN",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
)
#: The variables among them that contain credentials.
_KEYS = _READ[:4]
#: The beginnings of AWS's variables that change nothing here: Lambda's, a bundle of certificates (its name must not be
#: blank), and whether an instance is asked for credentials.
_UNREAD = ("AWS_EXECUTION_ENV", "AWS_LAMBDA_", "AWS_XRAY_", "AWS_CA_BUNDLE", "AWS_EC2_METADATA_DISABLED")

#: The arguments of sessions and clients that are credentials. Clients take `ACCOUNT` too.
CREDENTIALS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
ACCOUNT = "aws_account_id"

#: Arguments of a client -> the values that set nothing.
_NOTHING = {
    "api_version": None,
    "use_ssl": True,
    "verify": None,
    "endpoint_url": None,
    "config": None,
    "aws_account_id": None,
}


def has_no_files() -> bool:
    """Whether no profile is set, and neither the config file nor the credentials file exists."""
    environ = os.environ
    if "AWS_PROFILE" in environ or "AWS_DEFAULT_PROFILE" in environ:
        return False
    return find(config_path()) is None and find(credentials_path()) is None


def config_path() -> str:
    """The path of the config file, before `~` and variables are replaced."""
    return os.environ.get("AWS_CONFIG_FILE", "~/.aws/config")


def credentials_path() -> str:
    """The path of the credentials file, before `~` and variables are replaced."""
    return os.environ.get("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")


def find(path: str) -> "str | None":
    """Replaces `~` and variables in a path, or returns `None` where there is no such file."""
    path = os.path.expanduser(os.path.expandvars(path))  # noqa: PTH111 - pathlib is slow to import
    return path if os.path.isfile(path) else None  # noqa: PTH113 - the same


#: Names of variables, other than AWS's own, that decide how requests are sent.
_OF_REQUESTS = ("REQUESTS_CA_BUNDLE", "_PROXY", "_proxy")


def settled_environ(arguments: "Mapping[str, Any]") -> "dict[str, str] | None":
    """The variables that boto3 would read for these arguments; `None` if more than credentials and a region is set.

    The client stores them. If it becomes a boto3 client later, the environment may have changed.
    """
    for name, nothing in _NOTHING.items():
        if arguments[name] is not nothing:
            return None
    settled = {}
    environ = os.environ
    for name in environ:
        if name.startswith("AWS_"):
            if name not in _READ and not name.startswith(_UNREAD):
                return None
            if name not in _KEYS:
                settled[name] = environ[name]
        elif name.endswith(_OF_REQUESTS):
            settled[name] = environ[name]
    if not all(settled.get(name, "-").strip() for name in ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE")):
        return None
    return settled


def environ_now() -> "dict[str, str]":
    """The variables, without credentials, that a boto3 client would read if it were made now."""
    environ = os.environ
    return {
        name: environ[name]
        for name in environ
        if (name.startswith("AWS_") and name not in _KEYS) or name.endswith(_OF_REQUESTS)
    }


def region_of(given: object) -> "str | None":
    """The region that is given, or else the environment's; `None` if no AWS region has this form."""
    if given is None:
        environ = os.environ
        given = environ.get("AWS_DEFAULT_REGION")
        if given is None:
            given = environ.get("AWS_REGION")
    if type(given) is not str or "fips" in given or not given.replace("-", "").isalnum():
        return None
    return None if _core.region_partition_name(given) is None else given


def credentials_of(arguments: "Mapping[str, Any]") -> "_core.HeldCredentials | None":
    """The credentials that a client was given, if they are a pair."""
    return pair(*(arguments[name] for name in CREDENTIALS))


def pair(access_key: object, secret_key: object, token: object) -> "_core.HeldCredentials | None":
    """Given credentials, if access key and secret key are there and all are strings."""
    if type(access_key) is not str or type(secret_key) is not str or not access_key or not secret_key:
        return None
    return _core.HeldCredentials(access_key, secret_key, token) if token is None or type(token) is str else None


def credentials_in_environment() -> "_core.HeldCredentials | None":
    """The credentials of the environment, if they are a pair."""
    environ = os.environ
    access_key, secret_key = environ.get("AWS_ACCESS_KEY_ID"), environ.get("AWS_SECRET_ACCESS_KEY")
    if not access_key or not secret_key:
        return None
    # The older name of a session token comes first.
    token = environ.get("AWS_SECURITY_TOKEN") or environ.get("AWS_SESSION_TOKEN") or None
    return _core.HeldCredentials(access_key, secret_key, token, "env")


def core_in(region: str) -> "dict[str, Any]":
    """The keyword arguments of the native client, without credentials, for a region and default settings."""
    is_global = region == "us-east-1"
    partition, name, signing_region, _ = _core.region_endpoint(
        None if is_global else region, dualstack=False, fips=False
    )
    if is_global and name == "aws-global":
        name = region
    return {
        "builtins": {
            "Region": name,
            "UseFIPS": False,
            "UseDualStack": False,
            "Endpoint": None,
            "ForcePathStyle": False,
            "Accelerate": False,
            "UseGlobalEndpoint": is_global,
            "UseArnRegion": True,
            "DisableMultiRegionAccessPoints": False,
        },
        "client_context": {"disable_s3_express_session_auth": False},
        "use_global_endpoint": partition == "aws",
        "use_ssl": True,
        "signature_version": None,
        "unsigned": False,
        "auth_scheme_preference": None,
        "longest_life": 604_800,
        "signing_region": signing_region,
        "parameter_validation": True,
        "inject_host_prefix": True,
    }


def signed_by(source: object) -> "dict[str, Any]":
    """The keyword arguments of the native client for its credentials.

    Args:
        source: The credentials, or an object that provides them; `None` if nothing is signed.
    """
    return {"access_key": None, "secret_key": None, "session_token": None, "source": source}
