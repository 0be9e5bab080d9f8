"""Signed URLs and signed cookies of CloudFront: `presigned.CloudFront`."""

from __future__ import annotations

from presigned import _core
from presigned._client.instants import instant, offset_of, whole_seconds
from presigned._errors import make

from . import policies, private_keys, urls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, timedelta
    from os import PathLike
    from typing import Any, Literal, TypedDict

    from typing_extensions import Unpack

    class Access(TypedDict, total=False):
        """Who may have what, and when."""

        expires_in: float | str | timedelta | None
        until: datetime | float | None
        since: datetime | float | None
        ip: str | None
        stable_for: float | str | timedelta | None


class CloudFront:
    """Signs URLs and cookies for CloudFront distributions that only let in viewers with a signature.

    Nothing is sent, and no AWS credentials are used: a signature is made with the private key of a pair whose public
    key CloudFront has, in a key group. All threads may share one object.

    Args:
        key_id (str): The ID of the public key in CloudFront, such as `"K2JCJMDEHXQW5F"`.
        private_key (str | bytes | PathLike | Callable): The private key in PEM, RSA with 2048 bits or ECDSA on the
            curve P-256; or the path of its file; or a function that signs a message elsewhere, in KMS for example: it
            gets the message as bytes, hashes it by `hash_algorithm`, and returns the signature as bytes.
        hash_algorithm (str): `"SHA1"`, which CloudFront assumes, or `"SHA256"`, which is written into the URL.

    Raises:
        ParamValidationError: The private key cannot be used, or the algorithm is another.
        OSError: The file of the private key cannot be read.
        MissingDependencyException: The extension module for private keys cannot be loaded. Functions do not need it.

    Example:
        >>> import presigned
        >>> cloudfront = presigned.CloudFront("K2JCJMDEHXQW5F", lambda message: b"a signature")
        >>> cloudfront.sign("https://d111111abcdef8.cloudfront.net/cat.jpg", until=4102444800)
        'https://d111111abcdef8.cloudfront.net/cat.jpg?Expires=4102444800&Signature=YSBzaWduYXR1cmU_&Key-Pair-Id=K2JCJMDEHXQW5F'
        >>> cloudfront
        <CloudFront K2JCJMDEHXQW5F, a function, SHA1>
    """

    __slots__ = ("_key", "hash_algorithm", "key_id")
    key_id: str
    hash_algorithm: Literal["SHA1", "SHA256"]

    def __init__(
        self,
        key_id: str,
        private_key: str | bytes | PathLike[str] | Callable[[bytes], bytes],
        hash_algorithm: Literal["SHA1", "SHA256"] = "SHA1",
    ) -> None:
        if hash_algorithm not in ("SHA1", "SHA256"):
            raise refused("hash_algorithm", f"{hash_algorithm!r} is neither 'SHA1' nor 'SHA256'")
        if not private_keys.is_id(key_id):
            raise refused("key_id", f"{key_id!r} is not the ID of a public key: letters and digits")
        self.key_id = key_id
        self.hash_algorithm = hash_algorithm
        self._key = private_keys.key_of(private_key)

    def sign(self, url: str, *, policy_resource: str | None = None, **access: Unpack[Access]) -> str:
        """Signs a URL, for everybody who has it, until it expires.

        With `expires_in` or `until` alone, CloudFront knows the policy from the URL (a canned policy). Any other
        argument needs a policy of its own, which makes the URL longer (a custom policy).

        Args:
            url (str): The URL, with its query. What a URL cannot hold is percent-encoded, as in AWS's SDK for
                JavaScript.
            policy_resource (str): What else the signature opens, with `*` for any characters and `?` for one, such as
                `"https://d111111abcdef8.cloudfront.net/videos/*"`. It must match the URL.
            expires_in (float | str | timedelta): Whole seconds from now.
            until (datetime | float): The instant when it expires, with a time zone, or in seconds since 1970.
            since (datetime | float): The instant from which on it works.
            ip (str): The IPv4 address or range of addresses that may use it, such as `"192.0.2.0/24"`.
            stable_for (float | str | timedelta): Gives everybody the same URL for a window of this many seconds. It
                then lives for window and `expires_in` together. What signs is a private key, or a function whose
                signatures do not vary.

        Returns:
            str: The URL, which opens the file for anybody who reads it.

        Raises:
            ParamValidationError: An argument is invalid, or the URL has no signature that would be of use.
        """
        return self.sign_many((url,), policy_resource=policy_resource, **access)[0]

    def sign_many(
        self, urls: Iterable[str], *, policy_resource: str | None = None, **access: Unpack[Access]
    ) -> list[str]:
        """Signs URLs with the same arguments.

        With `policy_resource`, one signature opens all of them, and is made once: that is the fastest way by far.
        Without it, each has a signature of its own, and a private key makes them in several threads.

        Args:
            urls (Iterable[str]): The URLs.
            policy_resource (str): As for `sign`; it must match each of them.
            **access: The other arguments of `sign`.

        Returns:
            list[str]: The signed URLs, in the same order.

        Raises:
            ParamValidationError: As for `sign`; nothing is signed then.

        Example:
            >>> import presigned
            >>> cloudfront = presigned.CloudFront("K2JCJMDEHXQW5F", lambda message: b"a signature")
            >>> pages = [f"https://d111111abcdef8.cloudfront.net/book/{number}.jpg" for number in range(1, 301)]
            >>> links = cloudfront.sign_many(pages, expires_in=600, policy_resource="https://d111111abcdef8.cloudfront.net/book/*")
            >>> len(links), len({link.partition("?")[2] for link in links})
            (300, 1)
        """
        encoded = [url_of(url) for url in urls]
        moments = Moments(access)
        if policy_resource is not None:
            resource = resource_of("policy_resource", policy_resource)
            matches = policies.matcher(resource)
            for url in encoded:
                if not matches(url):
                    raise refused(
                        "policy_resource", f"{policy_resource!r} does not match {url!r}, so CloudFront would refuse it"
                    )
            wanted = [policies.custom(resource, *moments.of(resource))] if encoded else []
        elif moments.is_custom:
            wanted = [policies.custom(url, *moments.of(url)) for url in encoded]
        else:
            wanted = [policies.canned(url, moments.of(url)[0]) for url in encoded]
        queries = [
            policy.query(signature, self.key_id, self.hash_algorithm)
            for policy, signature in zip(wanted, self._signatures(wanted), strict=True)
        ]
        if policy_resource is not None:
            queries *= len(encoded)
        return [f"{url}{'&' if '?' in url else '?'}{query}" for url, query in zip(encoded, queries, strict=True)]

    def cookies(self, resource: str, **access: Unpack[Access]) -> dict[str, str]:
        """Makes the cookies that open all files that a resource matches.

        Set them with the attributes `Secure` and `HttpOnly`, for the domain that has the distribution. A browser sends
        them with each request there.

        Args:
            resource (str): A URL, or a pattern with `*` such as `"https://media.example.com/videos/*"`.
            **access: The arguments of `sign`, without `policy_resource`.

        Returns:
            dict[str, str]: The values of the cookies by name. A browser that has them may see the files.

        Raises:
            ParamValidationError: As for `sign`.

        Example:
            >>> import presigned
            >>> cloudfront = presigned.CloudFront("K2JCJMDEHXQW5F", lambda message: b"a signature", "SHA256")
            >>> list(cloudfront.cookies("https://media.example.com/videos/*", expires_in=3600))
            ['CloudFront-Policy', 'CloudFront-Signature', 'CloudFront-Key-Pair-Id', 'CloudFront-Hash-Algorithm']
        """
        encoded = resource_of("resource", resource)
        moments = Moments(access)
        if moments.is_custom or "*" in encoded:
            policy = policies.custom(encoded, *moments.of(encoded))
        else:
            policy = policies.canned(encoded, moments.of(encoded)[0])
        (signature,) = self._signatures([policy])
        return {
            f"CloudFront-{name}": value for name, value in policy.parts(signature, self.key_id, self.hash_algorithm)
        }

    def _signatures(self, wanted: list[policies.Policy]) -> list[bytes]:
        return private_keys.signatures(self._key, [policy.text for policy in wanted], self.hash_algorithm)

    def __repr__(self) -> str:
        return f"<CloudFront {self.key_id}, {private_keys.kind_of(self._key)}, {self.hash_algorithm}>"


class Moments:
    """The arguments that say when, and for whom.

    Args:
        access: The arguments by name.

    Raises:
        TypeError: There is no such argument.
        ParamValidationError: One is invalid, or two contradict each other.
    """

    def __init__(self, access: Access) -> None:
        given: dict[str, Any] = {name: value for name, value in access.items() if value is not None}
        unknown = [name for name in access if name not in ("expires_in", "until", "since", "ip", "stable_for")]
        if unknown:
            raise TypeError(f"CloudFront got an unexpected keyword argument {unknown[0]!r}")
        self._now = int(_core.now())
        if ("expires_in" in given) == ("until" in given):
            raise refused("expires_in", "either expires_in or until is needed, and not both")
        if "until" in given and "stable_for" in given:
            raise refused("stable_for", "it chooses the end by expires_in. Leave until out")
        self._life = self._until = self._window = 0
        if "until" in given:
            self._until = instant("until", given["until"])
            if self._until <= self._now:
                raise refused("until", f"{given['until']!r} has passed")
        else:
            self._life = whole_seconds("expires_in", given["expires_in"])
            if self._life < 1:
                raise refused("expires_in", "a link lives for at least one second")
        if "stable_for" in given:
            self._window = whole_seconds("stable_for", given["stable_for"])
            if self._window < 1:
                raise refused("stable_for", "a window has at least one second")
        self._since = instant("since", given["since"]) if "since" in given else None
        self._ip = policies.address_range(given["ip"]) if "ip" in given else None

    @property
    def is_custom(self) -> bool:
        """Whether CloudFront cannot know the policy from the URL alone."""
        return self._since is not None or self._ip is not None

    def of(self, resource: str) -> tuple[int, int | None, str | None]:
        """The end, the beginning and the addresses for a resource.

        Raises:
            ParamValidationError: It would end before it begins.
        """
        end = self._until or self._now + self._life
        if self._window:
            offset = offset_of(resource, self._window)
            end = (self._now - offset) // self._window * self._window + offset + self._window + self._life
        if self._since is not None and self._since >= end:
            raise refused("since", "it would begin when it has expired")
        return end, self._since, self._ip


def url_of(given: Any) -> str:
    """A URL, encoded.

    Raises:
        ParamValidationError: No browser could ask for it so.
    """
    try:
        return urls.encoded(given)
    except ValueError as error:
        raise refused("url", f"{given!r}: {error}") from None


def resource_of(name: str, given: Any) -> str:
    """A resource, encoded.

    Raises:
        ParamValidationError: It is not a string, or an empty one.
    """
    try:
        return urls.encoded_pattern(given)
    except ValueError as error:
        raise refused(name, f"{given!r}: {error}") from None


def refused(name: str, why: str) -> Exception:
    """Makes the error for an argument."""
    return make("ParamValidationError", report=f"Invalid value for parameter {name}: {why}")


# The public module.
CloudFront.__module__ = "presigned"
