"""The command `presigned post`: a form for uploads, as JSON, as a web page or as a curl command."""

from __future__ import annotations

from . import argument_types
from .parsers import add_common_options, add_instant_options, add_repeated_option, given, new_parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

    from presigned._client import S3

#: The largest upload by a form that S3 allows, in bytes.
LARGEST = 5 * 1024**3

EXAMPLES = """\
examples:
  presigned post 's3://photos/uploads/${filename}' --max-size 10MB --content-type 'image/*'
  presigned post s3://photos/cat.jpg --acl private --metadata by=me --curl cat.jpg
  presigned post 's3://photos/uploads/${filename}' --success-redirect https://example.org/done --html > upload.html
  presigned post 's3://photos/uploads/${filename}' --stable-for 1h

${filename} at the end of the key stands for the name of the file that is uploaded.
"""

#: The options that are passed to `presign_post` as they are.
_PASSED = (
    "key_prefix",
    "success_redirect",
    "success_status",
    "acl",
    "storage_class",
    "cache_control",
    "content_disposition",
    "content_encoding",
    "website_redirect",
    "metadata",
    "tags",
    "server_side_encryption",
    "sse_kms_key_id",
    "sse_kms_encryption_context",
    "bucket_key_enabled",
    "object_lock_mode",
    "object_lock_retain_until",
    "object_lock_legal_hold",
    "checksum_algorithm",
    "checksum",
    "public_url",
    "stable_for",
    "signed_at",
    "clock_offset",
    "on_temporary",
    "on_early_expiry",
)


def post(arguments: list[str], client: Callable[[argparse.Namespace], S3]) -> str:
    """What ``presigned post`` prints.

    Args:
        arguments: Those of the command.
        client: Makes the client that options describe.
    """
    options = _parser().parse_args(arguments)
    bucket, key = argument_types.bucket_and_key(options.uri)
    if not key:
        raise ValueError("no key given: use presigned post 's3://BUCKET/PREFIX/${filename}'")
    fields, conditions = _fields_and_conditions(options)
    more = given(options, _PASSED)
    _check_strings(key, fields, conditions, more)
    form = client(options).presign_post(
        bucket, key, fields=fields or None, conditions=conditions or None, expires_in=options.expires_in, **more
    )
    if options.curl is not None:
        return form.curl(options.curl) + "\n"
    if options.html:
        return form.html() + "\n"
    import json

    return json.dumps({"url": form.url, "fields": form.fields}, indent=2) + "\n"


def _fields_and_conditions(options: argparse.Namespace) -> tuple[dict[str, str], list[Any]]:
    fields: dict[str, str] = {}
    prefixes: dict[str, str] = dict(options.starts_with)
    for name, value in options.field:
        if name == "Content-Type" and value.endswith("*"):
            prefixes[name] = "" if value == "*/*" else value[:-1]
        else:
            fields[name] = value
    conditions: list[Any] = [{name: value} for name, value in fields.items()]
    conditions += [["starts-with", f"${name}", prefix] for name, prefix in prefixes.items()]
    if options.min_size is not None or options.max_size is not None:
        largest = LARGEST if options.max_size is None else options.max_size
        conditions.append(["content-length-range", options.min_size or 0, largest])
    return fields, conditions


def _check_strings(*values: Any) -> None:
    """Refuses an argument that is not UTF-8, as a form is sent in UTF-8.

    Raises:
        UnicodeEncodeError: It is in the message.
    """
    for value in values:
        if isinstance(value, str):
            value.encode()
        elif isinstance(value, dict):
            _check_strings(*value, *value.values())
        elif isinstance(value, list):
            _check_strings(*value)


def _parser() -> argparse.ArgumentParser:
    parser = new_parser("presigned post", "Print a form with which others can upload to S3.", EXAMPLES)
    parser.add_argument("uri", metavar="s3://BUCKET/KEY", help="where the upload goes; s3:// may be left out")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--curl", metavar="FILE", help="print the curl command that uploads FILE, in place of JSON")
    shape.add_argument("--html", action="store_true", help="print an HTML form in place of JSON")
    add_common_options(parser)
    _add_limits(parser.add_argument_group("what may be uploaded"))
    _add_object_options(parser.add_argument_group("what S3 does with it"))
    more = parser.add_argument_group("options that boto3 does not have")
    add_instant_options(more, "form")
    more.add_argument("--public-url", metavar="URL", help="where the form is sent, if a proxy stands before S3")
    return parser


def _add_limits(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--max-size", type=argument_types.size, metavar="SIZE", help="the most it may hold: 500, 10MB, 5GB"
    )
    group.add_argument("--min-size", type=argument_types.size, metavar="SIZE", help="the least it must hold")
    group.add_argument(
        "--content-type",
        dest="field",
        type=argument_types.content_type,
        action="append",
        default=[],
        metavar="TYPE",
        help="the type that the upload must have; 'image/*' for a family",
    )
    group.add_argument("--key-prefix", metavar="PREFIX", help="how the key begins, if the uploader may change the rest")
    group.add_argument("--checksum-algorithm", metavar="NAME", help="CRC32, CRC32C, CRC64NVME, SHA1 or SHA256")
    group.add_argument("--checksum", metavar="BASE64", help="the checksum of the one file that may be uploaded")
    add_repeated_option(
        group, "--field", argument_types.pair, "NAME=VALUE",
        "a form field with its only value, such as acl=private; the policy demands it",
    )  # fmt: skip
    add_repeated_option(
        group, "--starts-with", argument_types.pair, "NAME=PREFIX",
        "a field that the uploader adds, with the beginning of its value",
    )  # fmt: skip


def _add_object_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--success-redirect", metavar="URL", help="where the browser goes after the upload")
    group.add_argument("--success-status", type=int, metavar="STATUS", help="of S3's answer: 200, 201 or 204")
    group.add_argument("--acl", help="a canned ACL, such as private")
    group.add_argument("--storage-class", metavar="CLASS", help="such as STANDARD_IA")
    group.add_argument("--cache-control", metavar="VALUE", help="the header of the object")
    group.add_argument("--content-disposition", metavar="VALUE", help="the same")
    group.add_argument("--content-encoding", metavar="VALUE", help="the same")
    group.add_argument("--website-redirect", metavar="PLACE", help="where a website's bucket redirects requests for it")
    add_repeated_option(group, "--metadata", argument_types.pair, "NAME=VALUE", "a name without x-amz-meta-")
    add_repeated_option(group, "--tag", argument_types.pair, "NAME=VALUE", "a tag, up to 10", dest="tags")
    group.add_argument(
        "--sse", dest="server_side_encryption", metavar="METHOD", help="encryption: AES256, aws:kms or aws:kms:dsse"
    )
    group.add_argument("--sse-kms-key-id", metavar="ID", help="the key of KMS")
    add_repeated_option(
        group, "--sse-kms-context", argument_types.pair, "NAME=VALUE", "the encryption context",
        dest="sse_kms_encryption_context",
    )  # fmt: skip
    group.add_argument(
        "--bucket-key", dest="bucket_key_enabled", action="store_true", default=None, help="a bucket key encrypts"
    )
    group.add_argument("--object-lock-mode", metavar="MODE", help="GOVERNANCE or COMPLIANCE")
    group.add_argument(
        "--object-lock-retain-until", type=argument_types.date, metavar="TIME", help="such as 2026-11-30T12:00:00Z"
    )
    group.add_argument(
        "--legal-hold", dest="object_lock_legal_hold", action="store_true", default=None, help="put it on legal hold"
    )
