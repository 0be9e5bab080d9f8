"""Why a server refused a presigned link or form, or may refuse it."""

from __future__ import annotations

from . import answers, findings, links, policies, received, statements, times
from .causes import Cause as Cause
from .causes import cause
from .records import Record
from .search import MOST_SIGNATURES, Search
from .secrets import lookup
from .verification import verify

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from .answers import Answer
    from .received import Form, Received

#: Code of a finding -> that of its cause.
_CAUSES = {
    "unsigned": "unsigned",
    "expired": "expired",
    "not_yet_valid": "clock",
    "over_7_days": "lifetime",
    "expires_malformed": "lifetime",
    "token_missing": "token_missing",
    "signature_malformed": "cut_off",
    "parameters_missing": "cut_off",
    "scope_malformed": "query_changed",
    "escaped_ampersand": "query_changed",
    "added_parameters": "query_changed",
    "white_space": "cut_off",
    "empty_checksum": "empty_checksum",
    "policy_malformed": "form",
    "form_not_in_policy": "form",
    "file_not_last": "form",
    "website_host": "host",
    "other_region": "region",
    "escaped_twice": "key_encoding",
    "path_normalised": "key_encoding",
    "key_ends_in_white_space": "key_encoding",
    "global_host": "redirect",
    "headers_to_send": "headers_missing",
    "sigv2": "sigv2",
    "temporary_credentials": "session_ended",
}
#: Findings that make every server refuse a link.
_CERTAIN = frozenset(
    {"unsigned", "expired", "not_yet_valid", "over_7_days", "expires_malformed", "token_missing", "signature_malformed",
     "parameters_missing", "scope_malformed", "escaped_ampersand", "empty_checksum", "policy_malformed",
     "form_not_in_policy", "file_not_last"}
)  # fmt: skip
#: Reasons of `verify` for a form -> the cause.
_REASONS = {
    "signature": "secret", "policy": "form", "expired": "expired", "malformed": "form", "token": "token_missing",
    "unknown_key": "access_key", "unsigned": "unsigned",
}  # fmt: skip


class Explanation(Record):
    """Why a request was refused, or may be. `str(explanation)` is a paragraph for people to read, without secrets.

    Attributes:
        causes (tuple[Cause, ...]): The causes, the likeliest first: what the signature proves, what the server says,
            what the request shows, and, if there is nothing of these, what is suspicious in the link.
        signature_fits (bool | None): Whether the signature fits the request and the credentials as they are. `None` if
            no credentials were given, or they are not those of the link.
        tried (int): How many signatures the search has computed, of 5,000 at most.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> url = s3.generate_presigned_url("put_object", {"Bucket": "photos", "Key": "cat.jpg"})
        >>> found = presigned.explain(url, method="POST", credentials=("AKIDEXAMPLE", "secret"))
        >>> found.signature_fits, found.causes[0].evidence
        (False, 'The signature fits PUT, and the request is POST.')
    """

    __slots__ = ("causes", "signature_fits", "tried")
    causes: tuple[Cause, ...]
    signature_fits: bool | None
    tried: int

    def __init__(self, causes: tuple[Cause, ...], signature_fits: bool | None, tried: int) -> None:
        self.causes = causes
        self.signature_fits = signature_fits
        self.tried = tried

    def __str__(self) -> str:
        parts = [str(self.causes[0])] if self.causes else ["No cause was found."]
        parts += [f"Perhaps also: {one}" for one in self.causes[1:]]
        if self.signature_fits:
            parts.append("The signature fits the request and the credentials as they are given.")
        elif self.signature_fits is None and not self.causes:
            parts.append("Give the credentials that signed it, or the answer of the server.")
        if self.tried > 1:
            parts.append(f"{self.tried} signatures were compared.")
        return " ".join(parts)


def explain(
    request: Any,
    *,
    method: str | None = None,
    headers: Any = None,
    response: Any = None,
    credentials: Any = None,
    hosts: Sequence[str] = (),
    now: Any = None,
) -> Explanation:
    """Finds out why a server refused a presigned URL or a form, such as by 403 SignatureDoesNotMatch.

    With the credentials that signed it, it looks for the one change, or the two, with which the signature fits: another
    method, host, path, query, header, token or secret. It needs no answer for that, and works with every server. With
    the server's answer, it reads that. With neither, it says what is suspicious. Nothing is sent anywhere.

    Args:
        request (object): A presigned URL, a `PresignedRequest` or a request of a library, or a form, as for `verify`.
        method (str): The method that was sent, if `request` has none: `GET` unless given.
        headers (Mapping): The headers that were sent, if `request` has none. Unless given, they are not known.
        response (object): The server's answer: its body, what `curl -i` printed, or an object with `status_code`,
            `headers` and `text`.
        credentials (object): The credentials that should have signed it, as for `verify`.
        hosts (Sequence[str]): Other hosts, or URLs of them, that it may have been signed for: that inside of a
            network, that of a proxy.
        now (datetime): The instant of the refusal, in UTC unless it has a time zone, or seconds since 1970; the present
            unless given. The date of the answer counts more.

    Returns:
        Explanation: The causes, the likeliest first, each with its evidence and what to do.

    Raises:
        TypeError: An argument is of no such type.
        ValueError: The URL is not one of a web address.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> url = s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"})
        >>> presigned.explain(f"{url}&utm_source=mail", credentials=("AKIDEXAMPLE", "secret")).causes[0].code
        'query_changed'
    """
    text = request if isinstance(request, str) else None
    given = received.read(request.strip() if isinstance(request, str) else request, method, headers)
    answer = None if response is None else answers.read(response)
    instant = times.present(now)
    if now is None and answer is not None:
        instant = times.of_http(answer.headers.get("date", "")) or instant
    if isinstance(given, received.Form):
        return _of_form(given, answer, credentials, instant)
    are_headers_known = headers is not None or not isinstance(request, str)
    return _of_link(given, text, answer, credentials, hosts, instant, are_headers_known=are_headers_known)


def _of_link(
    given: Received,
    text: str | None,
    answer: Answer | None,
    credentials: Any,
    known_hosts: Sequence[str],
    now: datetime,
    *,
    are_headers_known: bool,
) -> Explanation:
    repaired, mangled = _repaired(given)
    signature = links.of_query(repaired.parameters())
    keys = None
    found: list[Cause] = [cause("query_changed", mangled)] if mangled else []
    if credentials is not None and signature.access_key_id:
        keys = lookup(credentials)(signature.access_key_id)
        if keys is None:
            evidence = f"It is signed by {signature.access_key_id}, and the credentials are others."
            found.append(cause("access_key", evidence))
    hidden = (signature.token, signature.value, keys.secret if keys else None, keys.token if keys else None)
    fits, tried = None, 0
    unfit: list[Cause] = []
    if keys is not None and signature.kind in {"SigV4", "SigV2"} and links.has_good_form(signature):
        seen = answer and statements.received_by(answer.elements.get("CanonicalRequest", ""), repaired)
        # A proxy may have changed the host: then that of the link is the one that was signed.
        likely = [repaired.host, *known_hosts] if seen else known_hosts
        search = Search(seen or repaired, keys, likely, are_headers_known=are_headers_known or seen is not None)
        changed = search.find()
        tried = search.tried
        fits = changed == () and not mangled and not seen
        if changed is None:
            more = " (the most that are tried)" if tried >= MOST_SIGNATURES else ""
            evidence = f"No change that was tried, and no two, make the signature fit: {tried} signatures{more}."
            unfit = [cause("no_fit", evidence, *hidden)]
        else:
            found += [cause(change.code, change.evidence, *hidden) for change in changed]
    if answer is not None:
        found += statements.of_answer(answer, signature, hidden)
        found += statements.of_clock(answer, signature, hidden)
        canonical = answer.elements.get("CanonicalRequest", "")
        found += statements.of_canonical_request(canonical, repaired, signature, hidden)
    if are_headers_known:
        found += statements.of_request(repaired, signature, now, hidden)
    suspicious = list(findings.of_link(repaired, signature, now, text))
    certain = _lint([one for one in suspicious if one.code in _CERTAIN], hidden)
    possible = [] if found else _lint(suspicious, hidden)
    return Explanation(_ordered(found, certain, unfit, possible), fits, tried)


def _repaired(given: Received) -> tuple[Received, str]:
    """The link without what makes its parameters unreadable, and what that was."""
    query = given.query
    mended = given.unescaped()
    if mended is not given:
        return mended, "The query has &amp; in place of &."
    if any(name == "X-Amz-Credential" and "%252F" in (value or "").upper() for name, value in query):
        once = tuple((name, value and value.replace("%25", "%")) for name, value in query)
        return given.but(query=once), "The query was percent-encoded twice."
    return given, ""


def _lint(suspicious: Iterable[findings.Finding], hidden: tuple[str | None, ...]) -> Iterator[Cause]:
    """The causes of findings."""
    for finding in suspicious:
        code = _CAUSES.get(finding.code)
        if code is not None:
            yield cause(code, finding.message, *hidden)


def _ordered(*groups: Iterable[Cause]) -> tuple[Cause, ...]:
    """All causes in their order, the first of each code."""
    first: dict[str, Cause] = {}
    for group in groups:
        for one in group:
            first.setdefault(one.code, one)
    return tuple(first.values())


def _of_form(form: Form, answer: Answer | None, credentials: Any, now: datetime) -> Explanation:
    fields = form.lower()
    policy = policies.read(fields.get("policy", ""))
    signature = links.of_fields(fields, None if isinstance(policy, str) else policy.expiration)
    hidden = (signature.token, signature.value, fields.get("policy"))
    found: list[Cause] = []
    fits = None
    if credentials is not None:
        result = verify(form, credentials, now=now)
        fits = _fits(result.reason)
        if result.reason is not None:
            found.append(cause(_REASONS.get(result.reason, "form"), f"A check says: {result.detail}.", *hidden))
    if answer is not None:
        found += statements.of_answer(answer, signature, hidden)
    suspicious = list(findings.of_form(form, policy, signature, now))
    certain = _lint([one for one in suspicious if one.code in _CERTAIN], hidden)
    possible = [] if found else _lint(suspicious, hidden)
    return Explanation(_ordered(found, certain, possible), fits, 0 if credentials is None else 1)


def _fits(reason: str | None) -> bool | None:
    # A policy is looked at when the signature has been found right.
    if reason in {None, "policy", "expired"}:
        return True
    return False if reason == "signature" else None


# The public module, which pickles name.
Explanation.__module__ = "presigned"
