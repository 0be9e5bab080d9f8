"""Looks for the changes with which a signature fits: none, one, or two."""

from __future__ import annotations

import hmac

from . import changes, links, signing
from .changes import Attempt
from .verification import payload_hash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .changes import Change, Changed
    from .received import Received
    from .secrets import Keys

#: How many signatures a search computes at most. Single changes are some 100, and pairs many more.
MOST_SIGNATURES = 5_000
#: In a longer link, no changes are searched: no link of S3 is as long.
_MOST_PARAMETERS = 100
_LONGEST_PATH = 8192


class Search:
    """One search, for a link that is signed by SigV4 or SigV2.

    Attributes:
        tried: The signatures that were computed so far.
    """

    __slots__ = ("_are_headers_known", "_keys", "_known_hosts", "_seen", "_signing_keys", "_start", "tried")
    tried: int

    def __init__(self, given: Received, keys: Keys, known_hosts: Sequence[str], *, are_headers_known: bool) -> None:
        self._start = Attempt(given, keys.secret)
        self._keys = keys
        self._known_hosts = changes.hosts_of(known_hosts)
        self._are_headers_known = are_headers_known
        #: Secret and scope -> the signing key, which takes four hashes.
        self._signing_keys: dict[tuple[str, str], bytes] = {}
        self._seen: set[tuple[object, ...]] = set()
        self.tried = 0

    def find(self) -> tuple[Change, ...] | None:
        """The fewest changes with which the signature fits: none if it fits as it is; `None` if no two do."""
        if any(self._fits(attempt) for attempt in self._starts()):
            return ()
        return None if self._is_huge() else self._changed()

    def _is_huge(self) -> bool:
        """Whether each attempt would take as long as many of an ordinary link."""
        given = self._start.received
        return len(given.query) > _MOST_PARAMETERS or len(given.path) > _LONGEST_PATH

    def _changed(self) -> tuple[Change, ...] | None:
        groups = changes.groups(self._keys, self._known_hosts, are_headers_known=self._are_headers_known)
        singles: list[tuple[int, Changed]] = []
        for number, group in enumerate(groups):
            for changed in group(self._start):
                if self._fits(changed[1]):
                    return (changed[0],)
                singles.append((number, changed))
        for number, (first, attempt) in singles:
            for group in groups[number + 1 :]:
                for second, both in group(attempt):
                    if self.tried >= MOST_SIGNATURES:
                        return None
                    if self._fits(both):
                        return first, second
        return None

    def _starts(self) -> Iterator[Attempt]:
        yield self._start
        if any(name == "AWSAccessKeyId" for name, _ in self._start.received.query):
            # The host of another server may name the bucket.
            yield self._start.but(bucket=self._start.received.host.partition(".")[0])

    def _fits(self, attempt: Attempt) -> bool:
        seen = _key(attempt)
        if seen in self._seen:
            return False
        self._seen.add(seen)
        given = attempt.received
        parameters = given.parameters()
        signature = links.of_query(parameters)
        self.tried += 1
        if signature.kind == "SigV2":
            wanted = signing.sigv2(attempt.secret, signing.sigv2_string(given, attempt.bucket))
        elif signature.kind == "SigV4" and signature.scope is not None:
            scope = signature.scope
            known = attempt.secret, str(scope)
            if known not in self._signing_keys:
                self._signing_keys[known] = signing.signing_key(attempt.secret, scope)
            is_s3 = scope.service in signing.S3_SERVICES
            hashed = attempt.payload or payload_hash(given, parameters, signature.signed_headers, is_s3=is_s3)
            canonical = signing.canonical_request(given, signature.signed_headers, hashed, is_s3=is_s3)
            text = signing.string_to_sign(canonical, parameters.get("X-Amz-Date", ""), scope)
            wanted = signing.sigv4(self._signing_keys[known], text)
        else:
            return False
        return hmac.compare_digest(wanted.encode(), (signature.value or "").encode("utf-8", "surrogatepass"))


def _key(attempt: Attempt) -> tuple[object, ...]:
    """What distinguishes an attempt from others."""
    given = attempt.received
    headers = tuple(sorted(given.headers.items()))
    return given.method, given.host, given.path, given.query, headers, attempt.secret, attempt.payload, attempt.bucket
