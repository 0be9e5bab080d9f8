"""The causes of a refusal, and what to do about each."""

from __future__ import annotations

from .records import Record
from .secrets import hide

#: Code -> the cause, and what to do. docs/LINKS.md lists the same, with the sign of each.
CAUSES = {
    "content_type": (
        "The Content-Type of the request is not the one that was signed.",
        (
            "Send exactly the signed Content-Type, also where a browser or a library sets one by itself; or sign "
            "without ContentType, which leaves it free."
        ),
    ),
    "method": (
        "The request has another method than the link was signed for.",
        (
            "Make a link for each method: a HEAD needs head_object, an upload put_object. Look for redirects and "
            "for clients that ask with HEAD first."
        ),
    ),
    "region": (
        "The link is signed for another region than the bucket's.",
        "Make the client with the bucket's region.",
    ),
    "redirect": (
        "The host redirects to another one, for which the signature does not hold.",
        (
            "Sign for the host that the bucket is at: with the client in the bucket's region, and "
            'Config(s3={"addressing_style": "virtual"}). Browsers report the redirect as a CORS error.'
        ),
    ),
    "expired": (
        "The link has expired.",
        "Make a new one when it is needed, with an expiry that lasts long enough.",
    ),
    "session_ended": (
        "The temporary credentials that signed the link have ended, and the link with them.",
        (
            "Refresh the credentials before signing, and let no link outlast the session. For days, sign with the"
            " keys of an IAM user."
        ),
    ),
    "token_missing": (
        "The access key belongs to a session, and the session's token is missing.",
        "Give the client access key, secret key and token of one session, and let nobody remove the token.",
    ),
    "permission": (
        "The signature is accepted, but its maker may not do this.",
        (
            "A link is worth no more than its maker's permissions: look at the policies of the role or user, the "
            "bucket, the KMS key and the organisation, and whether the session or role was revoked. Without "
            "s3:ListBucket, S3 also says so of a key that is not there."
        ),
    ),
    "clock": (
        "A clock is wrong: the link seems to come from the future, or from too long ago.",
        "Synchronise the clock of the machine that signs. S3 accepts 15 minutes.",
    ),
    "key_encoding": (
        "The object's key did not arrive as it was signed.",
        (
            "Pass keys to the signer as they are, without encoding them; send the URL without decoding, encoding "
            "or tidying its path."
        ),
    ),
    "query_changed": (
        "The query did not arrive as it was signed.",
        (
            "Use the URL as a whole, and add nothing to it: parameters such as ResponseContentType go into the "
            "call that signs. Unescape &amp; where it is read from HTML."
        ),
    ),
    "host": (
        "The request reached the server with another host or path prefix than was signed.",
        "Sign for the host that clients use, and let proxies pass on Host, path and query as they are.",
    ),
    "headers_not_signed": (
        "The request has x-amz- headers that the link was not signed with.",
        ("Name them in the parameters of the call that signs (ACL, Metadata, Tagging ...), or do not send them."),
    ),
    "headers_missing": (
        "The request lacks headers that were signed, or they have other values.",
        "Send the headers of X-Amz-SignedHeaders as they were signed: `client.presign(...)` returns them.",
    ),
    "sigv2": (
        "The link has a signature of version 2, which this bucket, region or server refuses.",
        'Sign with SigV4: presigned\'s default, and Config(signature_version="s3v4") in boto3.',
    ),
    "two_signatures": (
        "The request has an Authorization header besides the signature in its query.",
        "Send a presigned URL without Authorization: look at the defaults of the HTTP client and at proxies.",
    ),
    "form": (
        "The form is not one that its policy allows.",
        (
            "Give every field a condition when the form is signed, send the signed values as they are, and the "
            "file last."
        ),
    ),
    "empty_checksum": (
        "The link demands a body with the checksum of nothing.",
        ('Sign with requestChecksumCalculation: "WHEN_REQUIRED" in the JavaScript SDK, which adds the checksum.'),
    ),
    "secret": (
        "The link was signed with another secret key.",
        (
            "Look at the secret where the link is made: white space, an encoded character, another profile, a key"
            " that was replaced."
        ),
    ),
    "no_fit": (
        "The signature fits neither the request nor anything like it.",
        (
            "Most likely another secret key signed the link. Else compare the values of signed headers, and the "
            "canonical request of the server's answer, if it has one."
        ),
    ),
    "access_key": (
        "The server does not know the access key.",
        ("Look at which credentials the signer uses, whether the key was deleted, and whether this server has it."),
    ),
    "payload": (
        "The body is not the one that was signed.",
        "Send the body unchanged; or sign it as UNSIGNED-PAYLOAD, as S3's presigned URLs are.",
    ),
    "lifetime": (
        "The lifetime of the link is not one that S3 takes.",
        "Sign for 1 to 604800 seconds (7 days).",
    ),
    "cut_off": (
        "The link is incomplete.",
        ("Copy all of it, with every character as it was made: quote it in shells, and do not wrap or shorten it."),
    ),
    "unsigned": (
        "The request has no signature.",
        "Send the URL with its whole query. Without it, only public objects open.",
    ),
    "not_found": (
        "The server accepts the signature, and has no such bucket or object.",
        "Look at bucket and key.",
    ),
    "not_s3": (
        "The answer is not one of S3.",
        "Look at the proxy, firewall or web page in between: it answered in place of S3.",
    ),
    "other": (
        "The server names another fault.",
        "Look the code up in S3's list of error responses.",
    ),
}


class Cause(Record):
    """Why a server refused a request, or may refuse it.

    Attributes:
        code (str): A stable name for it, such as `"method"`; docs/LINKS.md lists all.
        cause (str): What it is, in a sentence.
        evidence (str): What speaks for it, without secrets.
        what_to_do (str): What to change.

    Example:
        >>> import presigned
        >>> [cause] = presigned.explain("https://photos.s3.eu-central-1.amazonaws.com/cat.jpg").causes
        >>> cause.code, cause.cause
        ('unsigned', 'The request has no signature.')
    """

    __slots__ = ("cause", "code", "evidence", "what_to_do")
    code: str
    cause: str
    evidence: str
    what_to_do: str

    def __init__(self, code: str, cause: str, evidence: str, what_to_do: str) -> None:
        self.code = code
        self.cause = cause
        self.evidence = evidence
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return f"{self.cause} {self.evidence} {self.what_to_do}"


def cause(code: str, evidence: str, *secrets: str | None) -> Cause:
    """Makes a cause of the table, and hides secrets in its evidence."""
    what, remedy = CAUSES[code]
    shown = "".join(one if one.isprintable() else repr(one)[1:-1] for one in hide(evidence, *secrets))
    return Cause(code, what, shown, remedy)


# The public module, which pickles name.
Cause.__module__ = "presigned"
