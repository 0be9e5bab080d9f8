"""The command `presigned multipart`: all requests of an upload in parts, as JSON or a line for each part."""

from __future__ import annotations

from . import argument_types
from .parsers import add_common_options, add_link_options, add_repeated_option, given_link_options, new_parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from presigned._client import S3
    from presigned._client.multipart import PresignedMultipart

EXAMPLES = """\
examples:
  presigned multipart s3://films/a.mp4 --upload-id ID --size 12000000 > upload.json
  presigned multipart s3://films/a.mp4 --upload-id ID --size 12000000 --lines --parts 1,3
  presigned multipart s3://films/a.mp4 --upload-id ID --size 5GB --part-size 100MB --expires-in 12h --lines

The ID is the UploadId of the answer to create_multipart_upload. JSON has the requests of all parts, and those that
complete, list and abort the upload. With --lines, there is a line for each part: number, first byte, length, URL.
"""


def multipart(arguments: list[str], client: Callable[[argparse.Namespace], S3]) -> str:
    """What ``presigned multipart`` prints.

    Args:
        arguments: Those of the command.
        client: Makes the client that options describe.
    """
    options = _parser().parse_args(arguments)
    bucket, key = argument_types.bucket_and_key(options.uri)
    if not key:
        raise ValueError("no key given: use presigned multipart s3://BUCKET/KEY")
    upload = client(options).presign_multipart(
        bucket,
        key,
        options.upload_id,
        size=options.size,
        part_size=options.part_size,
        parts=options.parts,
        checksums=dict(options.checksum) or None,
        checksum_algorithm=options.checksum_algorithm,
        expires_in=options.expires_in,
        **given_link_options(options),
    )
    if options.lines:
        return _lines(upload)
    import json

    return json.dumps(upload.as_dict(), indent=2) + "\n"


def _lines(upload: PresignedMultipart) -> str:
    if any(part.request.headers for part in upload.parts):
        raise ValueError("the requests need headers, which --lines does not print: leave --lines out")
    return "".join(f"{part.number} {part.start} {part.end - part.start} {part.request.url}\n" for part in upload.parts)


def _parser() -> argparse.ArgumentParser:
    parser = new_parser("presigned multipart", "Print the presigned URLs of an upload in parts.", EXAMPLES)
    parser.usage = "presigned multipart s3://BUCKET/KEY --upload-id ID --size SIZE [options]"
    parser.add_argument("uri", metavar="s3://BUCKET/KEY", help="where the upload goes; s3:// may be left out")
    parser.add_argument("--upload-id", required=True, metavar="ID", help="what create_multipart_upload has answered")
    parser.add_argument(
        "--size", type=argument_types.size, required=True, metavar="SIZE", help="of the whole object: 500, 10MB, 5GB"
    )
    parser.add_argument(
        "--part-size", type=argument_types.size, metavar="SIZE",
        help="of each part but the last; as small as S3 allows, if not given",
    )  # fmt: skip
    parser.add_argument(
        "--parts", type=argument_types.numbers, metavar="NUMBERS", help="those that are still missing: 1,3-5"
    )
    parser.add_argument("--checksum-algorithm", metavar="NAME", help="CRC32, CRC32C, CRC64NVME, SHA1 or SHA256")
    add_repeated_option(
        parser, "--checksum", argument_types.numbered, "NUMBER=BASE64", "the checksum of a part, for each of them"
    )
    parser.add_argument("--lines", action="store_true", help="print a line for each part, in place of JSON")
    add_common_options(parser)
    add_link_options(parser)
    return parser
