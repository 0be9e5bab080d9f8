"""The commands that print a token: ``presigned eks-token``, ``presigned rds-token`` and others."""

from __future__ import annotations

import os

from . import argument_types
from .parsers import Help, Parser
from .streams import complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

    from presigned._tokens.token import Token

#: The versions of kubectl's interface for tokens; the first is taken if kubectl names none.
_VERSIONS = tuple(f"client.authentication.k8s.io/{version}" for version in ("v1beta1", "v1", "v1alpha1"))

EKS_EXAMPLES = """\
examples:
  presigned eks-token --cluster-name production
  kubectl config set-credentials production --exec-api-version=client.authentication.k8s.io/v1beta1 \\
    --exec-command=presigned --exec-arg=eks-token --exec-arg=--cluster-name --exec-arg=production
"""


def run(command: str, arguments: list[str], use_profile: Callable[[str], object]) -> str:
    """What one of the commands prints.

    Args:
        command: Its name.
        arguments: Those of the command.
        use_profile: Takes credentials and region from a profile.

    Raises:
        SystemExit: An error or the help has been printed.
    """
    what, add, make = _COMMANDS[command]
    parser = Parser(
        prog=f"presigned {command}",
        description=f"Print {what}. Nothing is sent.",
        epilog=EKS_EXAMPLES if command == "eks-token" else None,
        formatter_class=Help,
        allow_abbrev=False,
    )
    add(parser)
    parser.add_argument("--region", help="the region; else that of the environment or profile")
    parser.add_argument("--profile", help="a profile of the AWS config and credentials files")
    options = parser.parse_args(arguments)
    if options.profile is not None:
        use_profile(options.profile)
    return make(options) + "\n"


def is_one(command: str) -> bool:
    """Whether this is the name of such a command."""
    return command in _COMMANDS


def _add_cluster(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--cluster-name", dest="cluster", metavar="NAME", help="the cluster")
    which.add_argument("--cluster-id", dest="cluster", metavar="ID", help="the local cluster on Outposts")


def _add_rds(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hostname", required=True, metavar="HOST", help="the host of the database")
    parser.add_argument("--port", required=True, help="its port")
    parser.add_argument("--username", required=True, metavar="USER", help="the user of the database")


def _add_dsql(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hostname", required=True, metavar="HOST", help="the endpoint of the cluster")
    parser.add_argument("--admin", action="store_true", help="for the user admin")
    _add_life(parser, 900)


def _add_elasticache(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--replication-group-id", metavar="ID", help="the replication group")
    which.add_argument("--serverless-cache-name", metavar="NAME", help="the serverless cache")
    parser.add_argument("--user-id", required=True, metavar="USER", help="the ID of the user")


def _add_memorydb(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cluster-name", required=True, metavar="NAME", help="the cluster")
    parser.add_argument("--user-name", required=True, metavar="USER", help="the user")


def _add_bedrock(parser: argparse.ArgumentParser) -> None:
    _add_life(parser, 43_200)


def _add_life(parser: argparse.ArgumentParser, seconds: int) -> None:
    parser.add_argument(
        "--expires-in",
        type=argument_types.duration,
        default=seconds,
        metavar="TIME",
        help="how long it works: seconds, or 5m, 12h; %(default)s if not given",
    )


def _eks(options: Any) -> str:
    from presigned._tokens.bearers import eks

    return exec_credential(eks(options.cluster, options.region))


def exec_credential(token: Token) -> str:
    """The object that kubectl reads from such a command."""
    # The strings have no character that JSON escapes. To import json takes 2 ms.
    return f"""\
{{
    "kind": "ExecCredential",
    "apiVersion": "{api_version(os.environ.get("KUBERNETES_EXEC_INFO"))}",
    "spec": {{}},
    "status": {{
        "expirationTimestamp": "{token.expires_at:%Y-%m-%dT%H:%M:%SZ}",
        "token": "{token!s}"
    }}
}}"""


def api_version(info: str | None) -> str:
    """The version that kubectl asks for; as in the aws command, v1beta1 if it is not clear."""
    if not info:
        return _VERSIONS[0]
    import json

    try:
        asked = json.loads(info)["apiVersion"]
    except (ValueError, TypeError, LookupError):
        asked = None
    for version in _VERSIONS:
        if asked == version:
            return version
    complain(f"presigned: KUBERNETES_EXEC_INFO has no known apiVersion: {_VERSIONS[0]} is assumed\n")
    return _VERSIONS[0]


def _rds(options: Any) -> str:
    from presigned._tokens.databases import rds

    return str(rds(options.hostname, options.port, options.username, options.region))


def _dsql(options: Any) -> str:
    from presigned._tokens.databases import dsql

    return str(dsql(options.hostname, options.region, options.admin, options.expires_in))


def _msk(options: Any) -> str:
    from presigned._tokens.bearers import msk

    return str(msk(options.region))


def _elasticache(options: Any) -> str:
    from presigned._tokens.databases import elasticache

    serverless = options.serverless_cache_name is not None
    name = options.serverless_cache_name if serverless else options.replication_group_id
    return str(elasticache(name, options.user_id, options.region, serverless))


def _memorydb(options: Any) -> str:
    from presigned._tokens.databases import memorydb

    return str(memorydb(options.cluster_name, options.user_name, options.region))


def _bedrock(options: Any) -> str:
    from presigned._tokens.bearers import bedrock

    return str(bedrock(options.region, options.expires_in))


#: Command -> what it prints, what adds its options, and what makes the token.
_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], object], Callable[[Any], str]]] = {
    "eks-token": ("a token for a Kubernetes cluster of EKS, as kubectl reads it", _add_cluster, _eks),
    "rds-token": ("the password for a database of RDS or Aurora", _add_rds, _rds),
    "dsql-token": ("the password for an Aurora DSQL cluster", _add_dsql, _dsql),
    "msk-token": ("a token for Kafka clusters of MSK", lambda _: None, _msk),
    "elasticache-token": ("the password for a cache of ElastiCache", _add_elasticache, _elasticache),
    "memorydb-token": ("the password for a cluster of MemoryDB", _add_memorydb, _memorydb),
    "bedrock-token": ("an API key for Bedrock", _add_bedrock, _bedrock),
}
