"""The fields of a form that S3 knows, and what is refused in any of them.

AWS: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
"""

from __future__ import annotations

from presigned import _errors

from . import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

#: S3 replaces it by the name of the user's file, before it compares the key with the policy.
FILENAME = "${filename}"

_ENCRYPTION = "x-amz-server-side-encryption"

#: The fields besides `x-amz-meta-*`, as AWS spells them.
KNOWN = (
    "acl",
    "bucket",
    "Cache-Control",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-MD5",
    "Content-Type",
    "Expires",
    "key",
    "redirect",
    "success_action_redirect",
    "success_action_status",
    "tagging",
    "x-amz-checksum-algorithm",
    "x-amz-checksum-crc32",
    "x-amz-checksum-crc32c",
    "x-amz-checksum-crc64nvme",
    "x-amz-checksum-sha1",
    "x-amz-checksum-sha256",
    "x-amz-checksum-type",
    "x-amz-object-lock-legal-hold",
    "x-amz-object-lock-mode",
    "x-amz-object-lock-retain-until-date",
    "x-amz-request-payer",
    "x-amz-sdk-checksum-algorithm",
    _ENCRYPTION,
    f"{_ENCRYPTION}-aws-kms-key-id",
    f"{_ENCRYPTION}-bucket-key-enabled",
    f"{_ENCRYPTION}-context",
    f"{_ENCRYPTION}-customer-algorithm",
    f"{_ENCRYPTION}-customer-key",
    f"{_ENCRYPTION}-customer-key-MD5",
    "x-amz-storage-class",
    "x-amz-website-redirect-location",
)

#: Fields that the signature writes, and the file, which the browser adds. In lower case.
SIGNED = frozenset(
    {
        "awsaccesskeyid",
        "file",
        "policy",
        "signature",
        "x-amz-algorithm",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-security-token",
        "x-amz-signature",
    }
)

#: Fields that need no condition. In lower case, as those that begin with `x-ignore-`.
UNCHECKED = frozenset({"awsaccesskeyid", "file", "policy", "signature", "x-amz-signature"})


def _squeezed(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").removeprefix("xamz")


_BY_SHAPE = {_squeezed(name): name for name in KNOWN}
_SPELLINGS = {name.lower() for name in KNOWN}


def refuse(parameter: str, value: object, why: str) -> NoReturn:
    """Raises the error that a parameter has a wrong value.

    Raises:
        ParamValidationError: Always.
    """
    # Keys of customers are secret.
    seen = shown.HIDDEN if "customer-key" in f"{parameter} {value!r}".lower() else repr(value)
    raise _errors.make("ParamValidationError", report=f"Invalid value for parameter {parameter}, value: {seen}: {why}")


def check_name(parameter: str, name: Any) -> str:
    """Returns the name of a field in lower case.

    Raises:
        ParamValidationError: S3 does not know it, though it looks as if it did, or the signature writes it.
    """
    if not isinstance(name, str) or not name:
        refuse(parameter, name, "the name of a field is a string")
    lower = name.lower()
    if lower in SIGNED:
        refuse(
            parameter,
            name,
            "the browser adds it" if lower == "file" else "the signature writes this field: leave it out",
        )
    if lower in _SPELLINGS or lower.startswith(("x-amz-meta-", "x-ignore-")):
        return lower
    meant = _BY_SHAPE.get(_squeezed(name))
    if meant is not None:
        refuse(parameter, name, f"S3 does not know this field: the name is {meant!r}")
    if lower.startswith("x-amz-"):
        refuse(parameter, name, "S3 does not know this field; metadata begins with 'x-amz-meta-'")
    return lower


def check_value(parameter: str, name: str, value: Any) -> str:
    """Returns the value of a field.

    Raises:
        ParamValidationError: A form cannot hold it, or it could become another header.
    """
    if not isinstance(value, str):
        refuse(parameter, value, "the value of a field is a string")
    try:
        value.encode()
    except UnicodeEncodeError:
        refuse(parameter, ascii(value), "it holds a lone surrogate, which a form cannot carry")
    # A tag set is XML, and may have lines; a key may hold any character.
    if name not in ("tagging", "key") and any(character < " " or character == "\x7f" for character in value):
        refuse(parameter, value, "it holds a control character")
    return value
