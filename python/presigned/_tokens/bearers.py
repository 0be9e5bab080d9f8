"""Tokens in base64: for Kubernetes, Kafka and Bedrock."""

from __future__ import annotations

from binascii import b2a_base64

from presigned import _core
from presigned._errors import make
from presigned._services.credentials import signer_for

from .places import check_name, host_in, kept, known_region, refused, region_in_use, seconds
from .token import token_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Any

    from .places import Request
    from .token import Token

#: EKS accepts a token for 15 minutes, whatever its URL says. The aws command counts on 14.
_EKS_LIFE = 14 * 60
_EKS_EXPIRES = 60
_MSK_LIFE = 900
_BEDROCK_LIFE = 43_200
#: MSK logs it. It is not signed.
_AGENT = (("User-Agent", f"presigned/{_core.__version__}"),)
_IDENTITY = (("Action", "GetCallerIdentity"), ("Version", "2011-06-15"))
_LONGEST_CLUSTER = 100
#: From the letters of base64 to those that URLs and headers take as they are.
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def eks(cluster: str, region: str | None = None, *, credentials: Any = None) -> Token:
    """Makes the bearer token for a Kubernetes cluster of EKS, as `aws eks get-token` does. Count on 14 minutes.

    Args:
        cluster (str): The name of the cluster; for a local cluster on Outposts, its ID.
        region (str): The region of the cluster; else that of the default session. Without any, the global host of STS.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoCredentialsError: There are no credentials.

    Example:
        >>> from presigned import tokens
        >>> keys = ("AKIDEXAMPLE", "secret")
        >>> tokens.eks("production", "eu-central-1", credentials=keys).startswith("k8s-aws-v1.aHR0cHM6")
        True
    """
    if region is None:
        region = known_region(credentials) or "aws-global"
    place, query, headers = kept(_eks, cluster, region)
    signer = signer_for("sts", "us-east-1" if region == "aws-global" else region, credentials)
    url, at, end = signer.presigned("GET", place, _EKS_EXPIRES, query, headers, "signed", ())
    return token_of(f"k8s-aws-v1.{_url_safe(url)}", at, _EKS_LIFE, end)


def _eks(cluster: Any, region: Any) -> Request:
    cluster = check_name("cluster", cluster)
    if not isinstance(region, str):
        raise make("InvalidRegionError", region_name=type(region))
    is_name = cluster.isascii() and cluster.replace("-", "").replace("_", "").isalnum()
    if not is_name or len(cluster) > _LONGEST_CLUSTER:
        raise refused(
            "cluster", cluster, f"it must be letters, digits, - and _, and at most {_LONGEST_CLUSTER} of them"
        )
    host = "sts.amazonaws.com" if region == "aws-global" else host_in("sts", region)
    return f"https://{host}/", _IDENTITY, (("x-k8s-aws-id", cluster),)


def msk(region: str | None = None, *, credentials: Any = None) -> Token:
    """Makes the token for Kafka clusters of MSK (SASL/OAUTHBEARER). It lasts 15 minutes.

    Args:
        region (str): The region of the cluster; else that of the default session.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.
    """
    region = region_in_use(credentials) if region is None else region
    signer = signer_for("kafka-cluster", region, credentials)
    # The host ends in amazonaws.com in all partitions.
    place, query = f"https://kafka.{region}.amazonaws.com/", (("Action", "kafka-cluster:Connect"),)
    url, at, end = signer.presigned("GET", place, _MSK_LIFE, query, (), "signed", _AGENT)
    return token_of(_url_safe(url), at, _MSK_LIFE, end)


def bedrock(region: str | None = None, expires_in: int | timedelta = 43_200, *, credentials: Any = None) -> Token:
    """Makes a short-term API key for Bedrock.

    Args:
        region (str): The region to use Bedrock in; else that of the default session.
        expires_in (int): Seconds, at most 43200, which are 12 hours.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: `expires_in` is refused.
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.
    """
    life = seconds(expires_in, _BEDROCK_LIFE)
    signer = signer_for("bedrock", region_in_use(credentials) if region is None else region, credentials)
    query = (("Action", "CallWithBearerToken"),)
    place, version = "https://bedrock.amazonaws.com/", (("Version", "1"),)
    url, at, end = signer.presigned("POST", place, life, query, (), "signed", version)
    encoded = b2a_base64(url[len("https://") :].encode(), newline=False).decode()
    return token_of(f"bedrock-api-key-{encoded}", at, life, end)


def _url_safe(url: str) -> str:
    return b2a_base64(url.encode(), newline=False).translate(_URL_SAFE, b"=").decode()
