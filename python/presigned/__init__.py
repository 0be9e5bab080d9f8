"""S3 presigned URLs and POST policies, byte for byte as boto3 makes them.

>>> import presigned
>>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
>>> url = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "cat.jpg"}, ExpiresIn=300)
>>> url.startswith("https://photos.s3.amazonaws.com/cat.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256")
True
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import aio as aio
    from . import config as config
    from . import exceptions as exceptions
    from . import session as session
    from . import signers as signers
    from . import tokens as tokens
    from . import uploads as uploads
    from ._boto3.inplace import accelerate as accelerate
    from ._boto3.inplace import install as install
    from ._boto3.inplace import uninstall as uninstall
    from ._client import S3 as S3
    from ._client.clock_offset import clock_offset as clock_offset
    from ._client.disposition import attachment as attachment
    from ._client.multipart import PresignedMultipart as PresignedMultipart
    from ._client.multipart import PresignedPart as PresignedPart
    from ._client.objection import Objection as Objection
    from ._client.presigned_post import PresignedPost as PresignedPost
    from ._client.presigned_request import PresignedRequest as PresignedRequest
    from ._client.public_url import PublicUrl as PublicUrl
    from ._client.resource import ServiceResource
    from ._cloudfront import CloudFront as CloudFront
    from ._links.explanation import Cause as Cause
    from ._links.explanation import Explanation as Explanation
    from ._links.explanation import explain as explain
    from ._links.findings import Finding as Finding
    from ._links.inspection import Inspection as Inspection
    from ._links.inspection import inspect as inspect
    from ._links.verification import Verified as Verified
    from ._links.verification import verify as verify
    from ._pickled import allow_keys_in_pickle as allow_keys_in_pickle
    from ._services import Signer as Signer
    from ._services import presign_url as presign_url
    from ._services import sign as sign
    from .config import UNSIGNED as UNSIGNED
    from .config import Config as Config
    from .session import Session as Session

    __author__: str
    __version__: str

__all__ = [
    "DEFAULT_SESSION",
    "S3",
    "UNSIGNED",
    "Cause",
    "CloudFront",
    "Config",
    "Explanation",
    "Finding",
    "Inspection",
    "Objection",
    "PresignedMultipart",
    "PresignedPart",
    "PresignedPost",
    "PresignedRequest",
    "PublicUrl",
    "Session",
    "Signer",
    "Verified",
    "accelerate",
    "aio",
    "allow_keys_in_pickle",
    "attachment",
    "client",
    "clock_offset",
    "config",
    "exceptions",
    "explain",
    "inspect",
    "install",
    "presign_url",
    "resource",
    "session",
    "set_stream_logger",
    "setup_default_session",
    "sign",
    "signers",
    "tokens",
    "uninstall",
    "uploads",
    "verify",
]

#: The session behind `client` and `resource`; made when it is first needed.
DEFAULT_SESSION: "Session | None" = None

#: Name -> the module that defines it; loaded at the first access.
_LAZY = {
    "S3": "_client",
    "UNSIGNED": "config",
    "Cause": "_links.explanation",
    "CloudFront": "_cloudfront",
    "Config": "_settings.config",
    "PresignedMultipart": "_client.multipart",
    "PresignedPart": "_client.multipart",
    "Explanation": "_links.explanation",
    "Finding": "_links.findings",
    "Inspection": "_links.inspection",
    "Objection": "_client.objection",
    "PresignedPost": "_client.presigned_post",
    "PresignedRequest": "_client.presigned_request",
    "PublicUrl": "_client.public_url",
    "Session": "session",
    "Signer": "_services",
    "Verified": "_links.verification",
    "accelerate": "_boto3.inplace",
    "aio": "",
    "allow_keys_in_pickle": "_pickled",
    "clock_offset": "_client.clock_offset",
    "attachment": "_client.disposition",
    "config": "",
    "exceptions": "",
    "explain": "_links.explanation",
    "inspect": "_links.inspection",
    "install": "_boto3.inplace",
    "presign_url": "_services",
    "session": "",
    "sign": "_services",
    "signers": "",
    "tokens": "",
    "uninstall": "_boto3.inplace",
    "verify": "_links.verification",
    "uploads": "",
}

#: Names of earlier versions, which pickles and programs use -> where the modules are now.
_MOVED = {
    "_inplace": "_boto3.inplace",
    "_presigned_post": "_client.presigned_post",
    "_presigned_request": "_client.presigned_request",
}

#: The oldest Python whose stable ABI the extension modules use.
_OLDEST_PYTHON = (3, 10)

#: The extension modules.
_EXTENSIONS = ("_core", "_arrow", "_asymmetric", "_network")

#: Other public names of boto3, so that `import presigned as boto3` has them too.
_BOTO3 = ("NullHandler", "compat", "docs", "dynamodb", "ec2", "logging", "resources", "s3", "utils")


def set_stream_logger(name: str = "boto3", level: int = 10, format_string: "str | None" = None) -> None:
    """Shows what a logger receives, on standard error.

    Args:
        name (str): The logger: `"presigned"`, `"botocore"`, or `""` for all; `"boto3"` unless given, as in boto3.
        level (int): The least level to show, such as `logging.INFO`; `logging.DEBUG` unless given.
        format_string (str): The format of a line; time, logger, level and message unless given.

    Example:
        >>> import presigned
        >>> presigned.set_stream_logger("presigned")
    """
    import logging

    handler = logging.StreamHandler()
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter(format_string or "%(asctime)s %(name)s [%(levelname)s] %(message)s"))
    logger = logging.getLogger(name)
    logger.setLevel(level)
    logger.addHandler(handler)


def setup_default_session(**kwargs: "Any") -> None:
    """Makes the session behind `client` and `resource`.

    Args:
        **kwargs: The arguments of `Session`, such as `profile_name` and `region_name`.

    Raises:
        ProfileNotFound: The shared files have no such profile.

    Example:
        >>> import presigned
        >>> presigned.setup_default_session(region_name="eu-central-1")
        >>> presigned.client("s3").meta.region_name
        'eu-central-1'
    """
    global DEFAULT_SESSION  # noqa: PLW0603 - boto3's own name, which programs set
    # By its public name: a program may have replaced it.
    DEFAULT_SESSION = sys.modules[__name__].Session(**kwargs)
    if "boto3" in sys.modules:
        from ._boto3.default_session import share

        share(sys.modules[__name__], DEFAULT_SESSION)


def _get_default_session() -> "Session":
    # Under the name it has in boto3, where programs use it too.
    if "boto3" in sys.modules:
        # Tests reset boto3's default session, and must reset this one with it.
        from ._boto3.default_session import followed

        return followed(sys.modules[__name__])
    while DEFAULT_SESSION is None:
        setup_default_session()
    return DEFAULT_SESSION


def client(
    service_name: str,
    region_name: "str | None" = None,
    api_version: "str | None" = None,
    use_ssl: "bool | None" = True,
    verify: "bool | str | None" = None,
    endpoint_url: "str | None" = None,
    aws_access_key_id: "str | None" = None,
    aws_secret_access_key: "str | None" = None,
    aws_session_token: "str | None" = None,
    config: "Any" = None,
    aws_account_id: "str | None" = None,
    *,
    credentials: "Any" = None,
) -> "S3":
    """Makes a client from the default session. What is not given comes from the environment and AWS's shared files.

    Args:
        service_name (str): `"s3"`; a client of another service is boto3's.
        region_name (str): The region to sign for, such as `"eu-central-1"`; else that of the environment or the
            profile, else us-east-1.
        api_version (str): `"2006-03-01"`, or nothing.
        use_ssl (bool): Whether URLs of AWS's own hosts begin with `https`: `True` unless given.
        verify (bool | str): Changes no URL.
        endpoint_url (str): Another server that speaks S3, such as `"http://localhost:9000"`.
        aws_access_key_id (str): The access key; without it, credentials are looked for where boto3 looks.
        aws_secret_access_key (str): Its secret.
        aws_session_token (str): The token, if the credentials are those of a session.
        config (Config): Options, of `presigned.config.Config` or botocore's.
        aws_account_id (str): Changes no URL.
        credentials (object): In place of access keys, an object that provides and refreshes credentials: credentials or
            a session of boto3, botocore, aiobotocore or presigned, a function that returns credentials, or an object
            with `access_key`, `secret_key` and `token`. It is asked for each URL.

    Returns:
        S3: The client, which all threads may share.

    Raises:
        BotoCoreError: A setting is refused; the class says of which kind.
        ValueError: No request could go to the endpoint.
        TypeError: `credentials` is of a type without credentials, or access keys were given too.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"}).split("?")[0]
        'https://photos.s3.amazonaws.com/cat.jpg'
    """
    given = {
        name: value
        for name, value in locals().items()
        if name != "service_name" and value is not (True if name == "use_ssl" else None)
    }
    # Arguments that were not given are not passed on: the session may be a program's own class with fewer arguments.
    return _get_default_session().client(service_name, **given)


# The function name in errors about wrong arguments, as in boto3.
client.__qualname__ = "Session.client"


def resource(*args: "Any", **kwargs: "Any") -> "ServiceResource":
    """Makes a resource from the default session, with the arguments of `client`; its `meta.client` presigns.

    Args:
        *args: The name of the service, `"s3"`, and further arguments of `client` in its order.
        **kwargs: Arguments of `client` by name.

    Returns:
        ServiceResource: All of S3; what is not presigning comes from boto3, if that is installed.

    Raises:
        BotoCoreError: A setting is refused; the class says of which kind.

    Example:
        >>> import presigned
        >>> presigned.resource("s3", region_name="eu-central-1").meta.client.meta.region_name
        'eu-central-1'
    """
    return _get_default_session().resource(*args, **kwargs)


def __getattr__(name: str) -> "Any":
    if name == "__version__":
        from . import _core

        return _core.__version__
    if name == "__author__":
        return "The presigned authors"
    if name in _BOTO3:
        from ._boto3.loader import public

        return public(name)
    if name in _EXTENSIONS:
        return _extension(name)
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if _LAZY[name] == "_boto3.inplace":
        # This error names the extension module, but does not say why it cannot be loaded.
        from . import _core as _core
    # Not by importlib: importing it takes longer than importing most modules here.
    module = __import__(f"{__name__}.{_LAZY[name] or name}", fromlist=[name])
    found = getattr(module, name) if _LAZY[name] else module
    if _LAZY[name] == "_services":
        # Programs call these by the package, each time: this function takes as long as a quarter of a signature.
        globals()[name] = found
    return found


def _extension(name: str) -> "Any":
    """Imports an extension module, for `from presigned import _core`, or raises an error that says what to do.

    Raises:
        ImportError: `_core` cannot be loaded.
        MissingDependencyException: `_arrow` or `_asymmetric` cannot be loaded.
        CredentialRetrievalError: `_network` cannot be loaded.
    """
    import os

    path = f"{__path__[0]}/{name}.abi3.so"
    head, size = b"", 0
    try:
        file = os.open(path, os.O_RDONLY)
        try:
            head, size = os.read(file, 64), os.fstat(file).st_size
        finally:
            os.close(file)
    except OSError:
        # It has another name, or is missing; the import will say so.
        pass
    # A table ends the file. If it is cut off, code may be missing too, and running it would kill Python by a signal.
    count, length = int.from_bytes(head[60:62], "little"), int.from_bytes(head[58:60], "little")
    if int.from_bytes(head[40:48], "little") + count * length > size or sys.version_info < _OLDEST_PYTHON:
        from ._errors.extensions import refuse

        refuse(name, path, __path__)
    try:
        return __import__(f"{__name__}.{name}", fromlist=[name])
    except ImportError as error:
        from ._errors.extensions import failure

        raise failure(name, __path__, error) from error


def __dir__() -> "list[str]":
    return sorted([*globals(), *_LAZY])


class _Submodules:
    """Finds boto3's modules by the names that they have once the import is swapped: `presigned.s3.transfer`.

    It also finds them by their own names, if a program puts this package into `sys.modules` in boto3's place. Without
    this, Python would find our files, and load them a second time under boto3's names.
    """

    @staticmethod
    def find_spec(name: str, path: "Any" = None, target: object = None) -> "Any":
        del target
        package, _, rest = name.partition(".")
        if package == __name__:
            if rest in _MOVED:
                from ._boto3.loader import alias

                return alias(name, f"{package}.{_MOVED[rest]}")
            if rest.partition(".")[0] not in _BOTO3:
                return None
        elif name in ("botocore", "botocore.exceptions"):
            from ._boto3.submodules import find_botocore

            return find_botocore(name, path)
        elif package != "boto3" or path is not __path__:
            return None
        from ._boto3.loader import find_spec

        return find_spec(name, rest)


# Tests and notebooks may import the package again: this finder then replaces the earlier one.
for _finder in [*sys.meta_path]:
    if (getattr(_finder, "__module__", ""), getattr(_finder, "__name__", "")) == (__name__, "_Submodules"):
        sys.meta_path.remove(_finder)
sys.meta_path.insert(0, _Submodules)
if sys.modules.get("botocore") is not None:
    from ._boto3.submodules import offer

    offer(sys.modules["botocore"])
