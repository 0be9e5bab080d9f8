"""Tokens that services take as a password, each made in 2 to 3 us and without boto3.

>>> from presigned import tokens
>>> keys = ("AKIDEXAMPLE", "secret")
>>> token = tokens.rds("db.abc.eu-central-1.rds.amazonaws.com", 5432, "app", "eu-central-1", credentials=keys)
>>> token.startswith("db.abc.eu-central-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app&X-Amz-Algorithm=")
True
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._tokens.bearers import bedrock as bedrock
    from ._tokens.bearers import eks as eks
    from ._tokens.bearers import msk as msk
    from ._tokens.databases import dsql as dsql
    from ._tokens.databases import elasticache as elasticache
    from ._tokens.databases import memorydb as memorydb
    from ._tokens.databases import rds as rds
    from ._tokens.provider import TokenProvider as TokenProvider
    from ._tokens.provider import provider as provider
    from ._tokens.sockets import agentcore as agentcore
    from ._tokens.sockets import iot as iot
    from ._tokens.sockets import kinesis_video as kinesis_video
    from ._tokens.sockets import opensearch as opensearch
    from ._tokens.sockets import transcribe as transcribe
    from ._tokens.token import Token as Token

__all__ = [
    "Token",
    "TokenProvider",
    "agentcore",
    "bedrock",
    "dsql",
    "eks",
    "elasticache",
    "iot",
    "kinesis_video",
    "memorydb",
    "msk",
    "opensearch",
    "provider",
    "rds",
    "transcribe",
]

#: Name -> the module that defines it; loaded at the first access.
_LAZY = {
    "Token": "token",
    "TokenProvider": "provider",
    "agentcore": "sockets",
    "bedrock": "bearers",
    "dsql": "databases",
    "eks": "bearers",
    "elasticache": "databases",
    "iot": "sockets",
    "kinesis_video": "sockets",
    "memorydb": "databases",
    "msk": "bearers",
    "opensearch": "sockets",
    "provider": "provider",
    "rds": "databases",
    "transcribe": "sockets",
}


def __getattr__(name: str) -> "Any":
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(__import__(f"presigned._tokens.{_LAZY[name]}", fromlist=[name]), name)
    # Programs call these by the module, each time.
    globals()[name] = found
    return found


def __dir__() -> "list[str]":
    return sorted({*globals(), *_LAZY})
