"""`CloudFrontSigner`, under the name that it has in botocore: `botocore.signers.CloudFrontSigner`.

It gives botocore's results, byte for byte, and its errors. `presigned.CloudFront` can do more.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = ["CloudFrontSigner"]


class CloudFrontSigner:
    """Signs URLs for CloudFront with a function of the program, as botocore's class of this name does.

    Args:
        key_id (str): The ID of the public key in CloudFront.
        rsa_signer (Callable): Gets the policy as bytes, and returns its signature over SHA-1 as bytes.

    Example:
        >>> from datetime import datetime
        >>> from presigned.signers import CloudFrontSigner
        >>> signer = CloudFrontSigner("K2JCJMDEHXQW5F", lambda message: b"a signature")
        >>> signer.generate_presigned_url("https://d111111abcdef8.cloudfront.net/cat.jpg", datetime(2030, 1, 1))
        'https://d111111abcdef8.cloudfront.net/cat.jpg?Expires=1893456000&Signature=YSBzaWduYXR1cmU_&Key-Pair-Id=K2JCJMDEHXQW5F'
    """

    def __init__(self, key_id: str, rsa_signer: Callable[[bytes], bytes]) -> None:
        self.key_id = key_id
        self.rsa_signer = rsa_signer

    def generate_presigned_url(
        self, url: str, date_less_than: datetime | None = None, policy: str | bytes | None = None
    ) -> str:
        """Signs a URL.

        Args:
            url (str): The URL. It is signed and returned as it is.
            date_less_than (datetime): When it expires; in UTC, if it has no time zone. Or else:
            policy (str | bytes): A policy, such as `build_policy` makes.

        Returns:
            str: The signed URL.

        Raises:
            ValueError: Both are given, or none.
        """
        if (date_less_than is None) == (policy is None):
            raise ValueError("Need to provide either date_less_than or policy, but not both")
        if date_less_than is not None:
            policy = self.build_policy(url, date_less_than)
        content = policy.encode("utf8") if isinstance(policy, str) else policy
        if date_less_than is not None:
            first = f"Expires={_seconds(date_less_than)}"
        else:
            first = f"Policy={self._url_b64encode(content).decode('utf8')}"  # type: ignore[arg-type] # botocore's error
        signature = self.rsa_signer(content)  # type: ignore[arg-type] # one of the two is there
        encoded = self._url_b64encode(signature).decode("utf8")
        return self._build_url(url, [first, f"Signature={encoded}", f"Key-Pair-Id={self.key_id}"])

    def build_policy(
        self,
        resource: str,
        date_less_than: datetime,
        date_greater_than: datetime | None = None,
        ip_address: str | None = None,
    ) -> str:
        """Writes a policy.

        Args:
            resource (str): The URL, or a pattern with `*` and `?`.
            date_less_than (datetime): When it expires.
            date_greater_than (datetime): From when on it works.
            ip_address (str): The IPv4 address or range of addresses that may use it.

        Returns:
            str: The policy in JSON.
        """
        import json

        condition: dict[str, object] = {"DateLessThan": {"AWS:EpochTime": _seconds(date_less_than)}}
        if ip_address:
            if "/" not in ip_address:
                ip_address += "/32"
            condition["IpAddress"] = {"AWS:SourceIp": ip_address}
        if date_greater_than:
            condition["DateGreaterThan"] = {"AWS:EpochTime": _seconds(date_greater_than)}
        statement = {"Resource": resource, "Condition": condition}
        return json.dumps({"Statement": [statement]}, separators=(",", ":"))

    # Under botocore's names, as programs replace them.
    def _build_url(self, base_url: str, extra_params: list[str]) -> str:
        separator = "&" if "?" in base_url else "?"
        return base_url + separator + "&".join(extra_params)

    def _url_b64encode(self, data: bytes) -> bytes:
        import base64

        return base64.b64encode(data).replace(b"+", b"-").replace(b"=", b"_").replace(b"/", b"~")


def _seconds(instant: datetime) -> int:
    from datetime import datetime as original
    from datetime import timezone

    zoned = instant
    if zoned.tzinfo is None:
        zoned = zoned.replace(tzinfo=timezone.utc)
    offset = zoned.utcoffset()
    since = zoned.replace(tzinfo=None) - offset - original(1970, 1, 1)  # type: ignore[operator] # noqa: DTZ001 - as in botocore
    return int(since.total_seconds())
