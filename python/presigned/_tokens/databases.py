"""Tokens that databases and caches take as a password."""

from __future__ import annotations

from presigned._services.credentials import signer_for

from .places import check_flag, check_host, check_name, check_port, kept, refused, region_in_use, seconds, words
from .token import token_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Any

    from .places import Request
    from .token import Token

#: How long the tokens of RDS, ElastiCache and MemoryDB last, in seconds.
_LIFE = 900
_WEEK = 604_800
#: In front of the host, and not part of the token.
_SCHEME = len("https://")


def rds(host: str, port: int | str, user: str, region: str | None = None, *, credentials: Any = None) -> Token:
    """Makes the password for a database of RDS or Aurora, for 15 minutes, as boto3's `generate_db_auth_token` does.

    Args:
        host (str): The host of the database, as the client connects to it.
        port (int): Its port.
        user (str): The user of the database.
        region (str): The region of the database; else that of the default session.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.

    Example:
        >>> from presigned import tokens
        >>> keys = ("AKIDEXAMPLE", "secret")
        >>> token = tokens.rds("db.abc.eu-central-1.rds.amazonaws.com", 5432, "app", "eu-central-1", credentials=keys)
        >>> token.startswith("db.abc.eu-central-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app&X-Amz-Algorithm=")
        True
    """
    # 5432.0 is the same key as 5432, and refused.
    place, query, headers = kept(_rds, host, port, user, type(port))
    signer = signer_for("rds-db", region_in_use(credentials) if region is None else region, credentials)
    url, at, end = signer.presigned("GET", place, _LIFE, query, headers, "signed", ())
    return token_of(url[_SCHEME:], at, _LIFE, end)


def _rds(host: Any, port: Any, user: Any, _: type) -> Request:
    host = check_host("host", host)
    check_port(port)
    user = check_name("user", user)
    return f"https://{host}:{port}/", (("Action", "connect"), ("DBUser", user)), ()


def dsql(
    host: str,
    region: str | None = None,
    admin: bool = False,
    expires_in: int | timedelta = 900,
    *,
    credentials: Any = None,
) -> Token:
    """Makes the password for an Aurora DSQL cluster, as boto3's `generate_db_connect_auth_token` does.

    Args:
        host (str): The endpoint of the cluster.
        region (str): Its region; else that of the default session.
        admin (bool): Whether it is for the user `admin`.
        expires_in (int): Seconds, at most 604800.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.
    """
    place, query, headers = kept(_dsql, host, check_flag("admin", admin))
    life = seconds(expires_in, _WEEK)
    signer = signer_for("dsql", region_in_use(credentials) if region is None else region, credentials)
    url, at, end = signer.presigned("GET", place, life, query, headers, "signed", ())
    return token_of(url[_SCHEME:], at, life, end)


def _dsql(host: Any, admin: bool) -> Request:
    return f"https://{check_host('host', host)}/", (("Action", "DbConnectAdmin" if admin else "DbConnect"),), ()


def elasticache(
    name: str, user: str, region: str | None = None, serverless: bool = False, *, credentials: Any = None
) -> Token:
    """Makes the password for a cache of ElastiCache. It lasts 15 minutes.

    Args:
        name (str): The replication group, or the serverless cache: letters, digits and single hyphens. Not its host.
        user (str): The ID of the user, which may begin with `default.`. It and the name are signed in lower case, as
            ElastiCache keeps them.
        region (str): The region of the cache; else that of the default session.
        serverless (bool): Whether the cache is serverless.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.
    """
    place, query, headers = kept(_elasticache, name, user, check_flag("serverless", serverless))
    signer = signer_for("elasticache", region_in_use(credentials) if region is None else region, credentials)
    url, at, end = signer.presigned("GET", place, _LIFE, query, headers, "signed", ())
    return token_of(url[_SCHEME:], at, _LIFE, end)


def _elasticache(name: Any, user: Any, serverless: bool) -> Request:
    name = words("name", name)
    if isinstance(user, str) and user.lower().startswith("default."):
        user = f"default.{words('user', user[8:], may_end_in_hyphens=True)}"
    else:
        user = words("user", user, may_end_in_hyphens=True)
    kind = (("ResourceType", "ServerlessCache"),) if serverless else ()
    return f"https://{name}/", (("Action", "connect"), ("User", user), *kind), ()


def memorydb(cluster: str, user: str, region: str | None = None, *, credentials: Any = None) -> Token:
    """Makes the password for a cluster of MemoryDB. It lasts 15 minutes.

    Args:
        cluster (str): The name of the cluster: letters, digits and single hyphens. Not its host. It is signed in lower
            case.
        user (str): The user.
        region (str): The region of the cluster; else that of the default session.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.
    """
    place, query, headers = kept(_memorydb, cluster, user)
    signer = signer_for("memorydb", region_in_use(credentials) if region is None else region, credentials)
    url, at, end = signer.presigned("GET", place, _LIFE, query, headers, "signed", ())
    return token_of(url[_SCHEME:], at, _LIFE, end)


def _memorydb(cluster: Any, user: Any) -> Request:
    cluster = words("cluster", cluster)
    check_name("user", user)
    if not user.isascii() or not user.replace("-", "").isalnum():
        raise refused("user", user, "it must be letters, digits and hyphens")
    return f"https://{cluster}/", (("Action", "connect"), ("User", user)), ()
