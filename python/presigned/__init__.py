"""S3 presigned URLs and POST policies, byte for byte as boto3 makes them.

>>> import presigned
>>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
>>> url = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "cat.jpg"}, ExpiresIn=300)
>>> url.startswith("https://photos.s3.amazonaws.com/cat.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256")
True
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import aio as aio
    from . import config as config
    from . import exceptions as exceptions
    from . import session as session
    from ._client import S3 as S3
    from ._inplace import accelerate as accelerate
    from ._inplace import install as install
    from ._inplace import uninstall as uninstall
    from ._resource import ServiceResource
    from .config import UNSIGNED as UNSIGNED
    from .config import Config as Config
    from .session import Session as Session

    __version__: str

__all__ = [
    "DEFAULT_SESSION",
    "S3",
    "UNSIGNED",
    "Config",
    "Session",
    "accelerate",
    "aio",
    "client",
    "config",
    "exceptions",
    "install",
    "resource",
    "session",
    "set_stream_logger",
    "setup_default_session",
    "uninstall",
]

#: The session behind `client` and `resource`; made at the first need.
DEFAULT_SESSION: Session | None = None

#: Name -> the module it lives in; loaded when somebody asks for it.
_LAZY = {
    "S3": "_client",
    "UNSIGNED": "config",
    "Config": "config",
    "Session": "session",
    "accelerate": "_inplace",
    "aio": "",
    "config": "",
    "exceptions": "",
    "install": "_inplace",
    "session": "",
    "uninstall": "_inplace",
}

#: Other public names of boto3, so that `import presigned as boto3` has them too.
_BOTO3 = ("NullHandler", "compat", "docs", "dynamodb", "ec2", "logging", "resources", "s3", "utils")


def set_stream_logger(name: str = "boto3", level: int = 10, format_string: str | None = None) -> None:
    """Shows what a logger is told, on standard error.

    Args:
        name: The logger: `"presigned"`, `"boto3"`, `"botocore"`, or `""` for all.
        level: The least level to show, such as `logging.INFO`.
        format_string: How a line is put together.
    """
    import logging

    handler = logging.StreamHandler()
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter(format_string or "%(asctime)s %(name)s [%(levelname)s] %(message)s"))
    logger = logging.getLogger(name)
    logger.setLevel(level)
    logger.addHandler(handler)


def setup_default_session(**kwargs: Any) -> None:
    """Makes the session behind `client` and `resource` from the arguments of `Session`."""
    global DEFAULT_SESSION  # noqa: PLW0603 - boto3's own name, which programs set
    from .session import Session

    DEFAULT_SESSION = Session(**kwargs)


def _get_default_session() -> Session:
    # Under the name it has in boto3, where programs use it too.
    while DEFAULT_SESSION is None:
        setup_default_session()
    return DEFAULT_SESSION


def client(
    service_name: str,
    region_name: str | None = None,
    api_version: str | None = None,
    use_ssl: bool | None = True,
    verify: bool | str | None = None,
    endpoint_url: str | None = None,
    aws_access_key_id: str | None = None,
    aws_secret_access_key: str | None = None,
    aws_session_token: str | None = None,
    config: Any = None,
    aws_account_id: str | None = None,
    *,
    credentials: Any = None,
) -> S3:
    """Makes a client from the default session, with the arguments of `Session.client`."""
    return _get_default_session().client(
        service_name,
        region_name,
        api_version,
        use_ssl,
        verify,
        endpoint_url,
        aws_access_key_id,
        aws_secret_access_key,
        aws_session_token,
        config,
        aws_account_id,
        credentials=credentials,
    )


# What boto3 calls it where the arguments do not fit.
client.__qualname__ = "Session.client"


def resource(*args: Any, **kwargs: Any) -> ServiceResource:
    """Makes a resource from the default session, with the arguments of `Session.resource`."""
    return _get_default_session().resource(*args, **kwargs)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from ._core import __version__

        return __version__
    if name in _BOTO3:
        from ._boto3 import public

        return public(name)
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "UNSIGNED" and (theirs := getattr(sys.modules.get("botocore"), name, None)) is not None:
        # botocore's own, for botocore's Config takes no other; ours takes both.
        return theirs
    # Not by importlib, whose own import takes longer than most of what is imported here.
    module = __import__(f"{__name__}.{_LAZY[name] or name}", fromlist=[name])
    return getattr(module, name) if _LAZY[name] else module


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])


class _Submodules:
    """Finds boto3's modules by the names that they have once the import is swapped: `presigned.s3.transfer`.

    And by their own, where a program puts this package into `sys.modules` in boto3's place: without, Python would find
    our files, and load them a second time as boto3's.
    """

    @staticmethod
    def find_spec(name: str, path: Any = None, target: object = None) -> Any:
        del target
        package, _, rest = name.partition(".")
        if package == __name__:
            if rest.partition(".")[0] not in _BOTO3:
                return None
        elif package != "boto3" or path is not __path__:
            return None
        from ._boto3 import find_spec

        return find_spec(name, rest)


sys.meta_path.insert(0, _Submodules)
