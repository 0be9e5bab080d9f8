"""What is suspicious in a presigned link or form: what will make a server refuse it, or surprise its maker."""

from __future__ import annotations

import re

from . import hosts, links, policies, times
from .escapes import decoded
from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .links import Signature
    from .policies import Policy
    from .received import Form, Received

_WEEK = 604800
#: No session of AWS is longer.
_LONGEST_SESSION = 12 * 3600
#: Parameters that mail programs and advertisers add to links.
TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|_hs\w+|igshid|yclid|twclid|ref_src", re.IGNORECASE)
#: The CRC32 of nothing, in base64, and those of other algorithms.
_OF_NOTHING = {
    "crc32": "AAAAAA==",
    "crc32c": "AAAAAA==",
    "crc64nvme": "AAAAAAAAAAA=",
    "sha1": "2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
    "sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
}


class Finding(Record):
    """One suspicious thing in a link or a form.

    Attributes:
        code (str): A stable name for it, such as `"sigv2"`; docs/LINKS.md lists all.
        message (str): What it is, in a sentence, without secrets.
        advice (str): What to do about it.

    Example:
        >>> import presigned
        >>> [finding] = presigned.inspect("https://photos.s3.eu-central-1.amazonaws.com/cat.jpg").findings
        >>> finding.code
        'unsigned'
    """

    __slots__ = ("advice", "code", "message")
    code: str
    message: str
    advice: str

    def __init__(self, code: str, message: str, advice: str) -> None:
        self.code = code
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}"


def of_link(given: Received, signature: Signature, now: datetime, text: str | None) -> Iterator[Finding]:
    """What is suspicious in a link.

    Args:
        given: The link.
        signature: Its signature.
        now: The instant to compare with.
        text: The link as it was given.
    """
    yield from _of_text(given, text)
    given = given.unescaped()
    if signature.kind == "unsigned":
        yield Finding(
            "unsigned",
            "The link has no signature.",
            "It opens public objects only. If it was signed once, its query was cut off.",
        )
        return
    yield from _of_signature(given, signature)
    yield from _of_times(signature, now)
    yield from _of_credentials(signature)
    yield from _of_query(given)
    yield from _of_path(given)
    yield from _of_host(given, signature)
    if signature.kind == "SigV2":
        yield _sigv2()
    needed = [name for name in signature.signed_headers if name != "host"]
    if needed:
        yield Finding(
            "headers_to_send",
            f"The sender must send these headers as they were signed: {', '.join(needed)}.",
            "A browser that follows a link sends none of them. Send them from code, or sign without them.",
        )


def _of_text(given: Received, text: str | None) -> Iterator[Finding]:
    if text is not None and re.search(r"\s", text):
        yield Finding(
            "white_space",
            "There is white space in or around the link.",
            "Strip what was read from a file or copied, and join lines that were wrapped.",
        )
    names = [name for name, _ in given.query]
    if any(name.startswith("amp;") for name in names):
        yield Finding(
            "escaped_ampersand",
            "The query has &amp; in place of &: the link was escaped for HTML, and not unescaped.",
            "Escape a URL once, when it is written into a page, and decode it when it is read from one.",
        )


def _of_signature(given: Received, signature: Signature) -> Iterator[Finding]:
    if not links.has_good_form(signature):
        length = len(signature.value or "")
        expected = {"SigV2": "28 characters of base64", "SigV4": "64 hexadecimal digits"}.get(
            signature.kind, "its form"
        )
        yield Finding(
            "signature_malformed",
            f"The signature has {length} characters, and should be {expected}.",
            "The link was cut off or changed: copy all of it, with every character as it was made.",
        )
    names = given.parameters()
    wanted = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders"]
    if signature.kind == "SigV2":
        wanted = ["AWSAccessKeyId", "Expires"]
    missing = [name for name in wanted if name not in names]
    if missing:
        yield Finding(
            "parameters_missing",
            f"The query lacks {', '.join(missing)}.",
            "The link was cut off or changed: all parameters of the signature must arrive.",
        )
    if signature.kind.startswith("SigV4") and "X-Amz-Credential" in names:
        date = names.get("X-Amz-Date", "")
        if signature.scope is None or (date and signature.scope.date != date[:8]):
            yield Finding(
                "scope_malformed",
                "The credential is not like AKID/20260102/REGION/s3/aws4_request, or its date is not X-Amz-Date's.",
                "The link was changed, or encoded twice: a %252F is an encoded %2F.",
            )


def _of_times(signature: Signature, now: datetime) -> Iterator[Finding]:
    lifetime = signature.lifetime
    if lifetime is not None and not re.fullmatch(r"[0-9]{1,12}", lifetime):
        yield Finding(
            "expires_malformed",
            "X-Amz-Expires is not a number of seconds.",
            "Sign with a whole number of seconds from 1 to 604800.",
        )
    elif lifetime is not None and not 0 < int(lifetime) <= _WEEK:
        yield Finding(
            "over_7_days" if int(lifetime) else "expires_malformed",
            f"X-Amz-Expires is {int(lifetime)} seconds: S3 refuses a SigV4 link with more than 604800, or with none.",
            "Sign for 7 days at most, and make a new link when it is asked for.",
        )
    if signature.expires is not None and now >= signature.expires:
        yield Finding(
            "expired",
            f"It expired at {times.shown(signature.expires)}.",
            "Make a new one, with a longer expiry if it was short.",
        )
    elif signature.issued is not None and signature.issued > now:
        ahead = times.shown_duration(signature.issued - now)
        yield Finding(
            "not_yet_valid",
            f"It was signed at {times.shown(signature.issued)}, which is {ahead} from now.",
            "One of the clocks is wrong: synchronise the signer's clock. S3 accepts 15 minutes.",
        )


def _of_credentials(signature: Signature) -> Iterator[Finding]:
    access_key_id = signature.access_key_id or ""
    if signature.token is not None:
        span = int(signature.lifetime or "0") if re.fullmatch(r"[0-9]{1,12}", signature.lifetime or "") else 0
        more = ", and no session lasts as long as its X-Amz-Expires" if span > _LONGEST_SESSION else ""
        yield Finding(
            "temporary_credentials",
            f"It was signed with temporary credentials{more}.",
            "It ends with their session, whatever it says itself. For a longer lifetime, sign with an IAM user's keys.",
        )
    elif access_key_id.startswith("ASIA"):
        yield Finding(
            "token_missing",
            "The access key is one of a session (ASIA...), and the session's token is missing.",
            "Sign with access key, secret key and token of one session; nobody may remove the token from the link.",
        )


def _of_query(given: Received) -> Iterator[Finding]:
    parameters = given.parameters()
    for algorithm, value in _OF_NOTHING.items():
        if parameters.get(f"x-amz-checksum-{algorithm}") == value:
            yield Finding(
                "empty_checksum",
                f"It demands a body whose {algorithm.upper()} is that of nothing: every upload is refused.",
                'Sign with requestChecksumCalculation: "WHEN_REQUIRED" in the JavaScript SDK, which adds it to links.',
            )
    added = [name for name in parameters if TRACKERS.fullmatch(name)]
    if added:
        yield Finding(
            "added_parameters",
            f"These parameters were added after signing, as it seems: {', '.join(added)}.",
            "Any added parameter makes the signature wrong: switch off link tracking for this link.",
        )

    disposition = parameters.get("response-content-disposition", "")
    if not disposition.isascii() or not disposition.isprintable():
        yield Finding(
            "disposition",
            "response-content-disposition has characters that no header can have: S3 answers with an error.",
            "Write the name of the file by presigned.attachment, which works for any script.",
        )


def _of_path(given: Received) -> Iterator[Finding]:
    if re.search(r"%25[0-9A-Fa-f]{2}", given.path):
        yield Finding(
            "escaped_twice",
            "The path has a %25 in front of two digits: perhaps the key was percent-encoded before it was signed.",
            "Pass keys to the signer as they are. It encodes them.",
        )
    parts = links.segments(given.path)
    if any(part in {b".", b".."} for part in parts) or b"" in parts[:-1]:
        yield Finding(
            "path_normalised",
            "The key has a part that is empty, . or ..: browsers and many clients and proxies change such paths.",
            "Use keys without //, /./ and /../, or send the request with a client that leaves the path as it is.",
        )
    if decoded(given.path).endswith((b"\n", b"\r", b" ")):
        yield Finding(
            "key_ends_in_white_space",
            "The key ends in white space.",
            "Strip what was read from a file before it is signed.",
        )


def _of_host(given: Received, signature: Signature) -> Iterator[Finding]:
    host = hosts.read(given.host)
    name, first = given.host.lower(), given.path.lstrip("/").partition("/")[0].lower()
    if first and name.startswith(f"{first}."):
        yield Finding(
            "bucket_twice",
            f"The host begins with {first}, and so does the path: perhaps the bucket is there twice.",
            "Give endpoint_url without the bucket, or name no bucket that is in it already.",
        )
    if host is None:
        return
    if host.kind == "website":
        yield Finding(
            "website_host",
            "The host is one of a static website, which takes no signed requests.",
            "Sign for the host of S3 itself, such as BUCKET.s3.REGION.amazonaws.com.",
        )
    if hosts.is_global(given.host) and signature.region not in {None, "us-east-1", "aws-global"}:
        yield Finding(
            "global_host",
            f"It is signed for {signature.region} and goes to the global host, which redirects (307) while a bucket "
            "is new, and may refuse newer regions; the signature does not fit the new host, and browsers report CORS.",
            'Sign for the regional host: presign(..., region=...), or Config(s3={"addressing_style": "virtual"}).',
        )
    elif host.region and signature.region and host.region != signature.region and "*" not in signature.region:
        yield Finding(
            "other_region",
            f"It is signed for {signature.region}, and its host is in {host.region}.",
            "Make the client with the bucket's region.",
        )
    if given.scheme == "https" and host.kind == "s3" and "." in (host.bucket or ""):
        yield Finding(
            "dotted_bucket",
            "The bucket's name has a dot, so that AWS's certificate does not fit the host.",
            'Sign with Config(s3={"addressing_style": "path"}).',
        )


def _sigv2() -> Finding:
    return Finding(
        "sigv2",
        "It is signed with Signature Version 2.",
        "New regions, KMS keys and many servers refuse it: sign with SigV4, which is presigned's default.",
    )


def of_form(form: Form, policy: Policy | str, signature: Signature, now: datetime) -> Iterator[Finding]:
    """What is suspicious in a form."""
    if signature.kind == "unsigned":
        yield Finding("unsigned", "The form has no signature.", "It uploads to public buckets only.")
        return
    if isinstance(policy, str):
        escaped = "&" in form.lower().get("policy", "")
        yield Finding(
            "policy_malformed",
            f"The policy cannot be read: {policy}.",
            "It was escaped for HTML twice." if escaped else "It must arrive as it was signed.",
        )
    else:
        for failure in policies.failures(policy, form, None, policies.bucket_of(form)):
            yield Finding(
                "form_not_in_policy",
                f"The policy refuses the fields: {failure}.",
                "Give each field a condition when the form is signed, and leave the signed values as they are.",
            )
    if not links.has_good_form(signature):
        yield Finding(
            "signature_malformed",
            "The signature has not the form of its kind.",
            "It was cut off or changed: it must arrive as it was made.",
        )
    yield from _of_file(form)
    yield from _of_times(signature, now)
    yield from _of_credentials(signature)
    if signature.kind.endswith("SigV2"):
        yield _sigv2()


def _of_file(form: Form) -> Iterator[Finding]:
    names = [name.lower() for name in form.fields]
    if "file" in names[:-1]:
        yield Finding(
            "file_not_last",
            "Fields stand behind the file: S3 ignores them.",
            "Send the file as the last field of the form.",
        )


# The public module, which pickles name.
Finding.__module__ = "presigned"
